"""How often terms occur near each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kolloc import _check, _cooccurrence_options, _cooccurrence_repr, _core, _interop
from kolloc._association import MEASURES, Association, scores
from kolloc._counts import signed
from kolloc._csr import csr_array
from kolloc._pairs_over_time import PairsOverTime
from kolloc._provenance import Provenance

__all__ = ["MEASURES", "Cooccurrence"]

_USUAL = ("mi", "npmi", "log_dice", "g2")


class Cooccurrence(
    Association,
    PairsOverTime,
):
    """Counts of pairs of terms with the margins that every association measure needs.

    Made by `Tokens.cooccurrence`; immutable.

    Other tools call this matrix fcm or tcm. Rows and columns run from the most to the least frequent term as printed,
    ties by first appearance. Of a symmetric table only the cells with row <= column are held. Where documents have
    weights (`Tokens.weigh`), counts, margins and totals are sums of weight times count over documents, in float64.

    A table keeps the integers of the tokens it was counted from (4 bytes for each position, shared with these, not
    copied), so that `association` can look at single documents. They do not travel with a pickled table.

    Examples
    --------
    >>> import kolloc
    >>> table = kolloc.Corpus(["a a a b b c", "a a c e", "a c e f g"]).tokens().cooccurrence(window=2)
    >>> table
    <Cooccurrence: 6 terms, 11 pairs of terms, 21 pairs of positions, window 2 within document, frequency>
    a  a  4
    a  c  3
    a  b  3
    a  e  2
    c  b  2
    ... 6 more
    >>> table.terms
    ['a', 'c', 'b', 'e', 'f', 'g']
    """

    __slots__ = (
        "__weakref__",
        "_counted",
        "_frame",
        "_native",
        "_options",
        "_provenance",
        "_row_index",
        "_vocabulary",
    )

    _native: _core.Cooccurrence
    _vocabulary: _core.Vocabulary
    _options: dict[str, Any]
    _frame: Any | None
    _provenance: Provenance
    _row_index: dict[int, int] | None

    @classmethod
    def _new(cls, core: _core.Cooccurrence, **attributes: Any) -> Cooccurrence:
        table = object.__new__(cls)
        table._set(_native=core, _row_index=None, **attributes)
        return table

    def _set(self, **attributes: Any) -> None:
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    # What it is

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows (terms, or nodes) and of columns (terms)."""
        return self._native.shape

    @property
    def nnz(self) -> int:
        """Number of cells held; of a symmetric table those with row <= column."""
        return len(self._native.indices)

    @property
    def terms(self) -> list[str]:
        """Terms of the columns, by falling frequency; a new list."""
        return [self._vocabulary.term(id_) for id_ in self._native.terms.tolist()]

    @property
    def row_terms(self) -> list[str]:
        """Terms of the rows: those of the columns, or the nodes as given; a new list."""
        return [self._vocabulary.term(id_) for id_ in self._native.row_terms.tolist()]

    @property
    def row_margins(self) -> NDArray[Any]:
        """R1 of each row: uint64 (float64 if weighted), shape (rows,), over all terms and positions of the text."""
        return self._native.row_margins

    @property
    def column_margins(self) -> NDArray[Any]:
        """C1 of each column: uint64 (float64 if weighted), shape (columns,), over all terms and positions."""
        return self._native.column_margins

    @property
    def frequencies(self) -> NDArray[Any]:
        """Collection frequency of each column's term: uint64, shape (columns,), tokens.

        float64, sums of the weights of documents, where these have weights.
        """
        return self._native.frequencies

    @property
    def n(self) -> float:
        """Sample size N of the sampling model: pairs seen from both sides (once if ordered), tokens, or units."""
        return self._native.n

    @property
    def n_pairs(self) -> float:
        """Number of pairs of positions, each once, of all terms with a column or not; their weights if weighted."""
        return self._native.n_pairs

    @property
    def provenance(self) -> dict[str, Any]:
        """What went in and every step since, with all parameters: a new dict fit for JSON."""
        return self._provenance.to_dict()

    # As arrays and frames

    def to_scipy(self, shape: str = "upper") -> sparse.csr_array:
        """Return the counts as a sparse array.

        Parameters
        ----------
        shape : {"upper", "full"}, default "upper"
            Of a symmetric table, the cells with row <= column, or all. Ordered tables, tables with an asymmetric window
            and tables of nodes are always full.

        Returns
        -------
        scipy.sparse.csr_array
            Shape (rows, columns), int32 (int64 if a count needs it; float64 if weighted), canonical; ``"upper"`` shares
            memory with this object and is read-only.

        Examples
        --------
        >>> import kolloc
        >>> table = kolloc.Corpus(["a b a"]).tokens().cooccurrence(window=1)
        >>> table.to_scipy("full").toarray()
        array([[0, 2],
               [2, 0]], dtype=int32)
        """
        _check.one_of("shape", shape, ("upper", "full"))
        core = self._native
        dtype = "float64" if core.data.dtype == np.float64 else "int32"
        stored = csr_array(core.indptr, core.indices, core.data, core.shape, dtype)
        if shape == "upper" or not core.is_upper:
            return stored
        return sparse.csr_array(stored + sparse.triu(stored, k=1).T)

    def edges(self, *, min_count: float = 0, top: int | None = None, measures: Iterable[str] = ()) -> Any:
        """Return pairs of terms, the strongest first.

        Parameters
        ----------
        min_count : float, default 0
            Smallest count.
        top : int, optional
            Number of pairs; all by default.
        measures : iterable of str, optional
            Association measures to add, see `collocates`.

        Returns
        -------
        frame
            ``term_1``, ``term_2``, ``count`` and the measures; by falling count, ties by row and column. A symmetric
            pair stands once; in an ordered table ``term_1`` comes before ``term_2`` in the text.

        Examples
        --------
        >>> import kolloc
        >>> print(kolloc.Corpus(["peace talks", "peace talks fail"]).tokens().cooccurrence().edges(top=1))
          term_1 term_2  count
        0  peace  talks      2
        """
        top = None if top is None else _check.integer("top", top)
        rows, columns, cells = self._native.edges(_check.number("min_count", min_count), top)
        names = [_check.one_of("measures", name, MEASURES) for name in _check.strings("measures", measures)]
        counts = self._native.data[cells.view(np.int64)]
        found: dict[str, Any] = {
            "term_1": self._terms_of(self._native.row_terms[rows]),
            "term_2": self._terms_of(self._native.terms[columns]),
            "count": signed(counts),
        }
        found |= self._scores(names, self._native.tables(cells))
        return _interop.frame_like(self._frame, found)

    def collocates(
        self,
        node: str,
        n: int | None = 20,
        *,
        measure: str = "log_dice",
        measures: Iterable[str] = _USUAL,
        min_count: float = 0,
    ) -> Any:
        """Return the terms near a node word, the most strongly associated first.

        Parameters
        ----------
        node : str
            A term with a row.
        n : int, optional
            Number of collocates; ``None`` for all.
        measure : str, default "log_dice"
            What decides the order, falling; ties by frequency.
        measures : iterable of str, default ("mi", "npmi", "log_dice", "g2")
            Columns. Of f observed, E expected, margins R1 (node) and C1 (collocate), sample size N: ``mi`` log2(f/E),
            ``npmi`` ln(f/E) / -ln(f/N) in -1..1 (Bouma 2009), ``log_dice`` 14 + log2(2f/(R1+C1)) (Rychlý 2008), ``g2``
            the log-likelihood ratio over the four cells, in nats times 2, negative where f < E (Dunning 1993).
            `MEASURES` names all; ``delta_p_2_given_1`` reads the node as word 1. Measures that test significance are
            left out of tables that sum weights of distances; with weights of documents they judge the weighted counts.
        min_count : float, default 0
            Smallest observed count.

        Returns
        -------
        frame
            ``collocate``, ``observed`` and ``expected`` (float64, in the unit of the sampling model: the cell of a
            term with itself counts each pair from both sides), then the measures.

        Raises
        ------
        KeyError
            If the node has no row; the message says why and names the closest term.

        Examples
        --------
        >>> import kolloc
        >>> corpus = kolloc.Corpus(["peace talks fail", "peace talks resume", "trade talks"])
        >>> table = corpus.tokens().cooccurrence(window=2)
        >>> print(table.collocates("peace", 2, measures=["mi", "log_dice"]).round(3))
          collocate  observed  expected     mi  log_dice
        0     talks       2.0     1.429  0.485    12.830
        1      fail       1.0     0.571  0.807    12.415
        """
        row = self._row(_check.string("node", node))
        n = None if n is None else _check.integer("n", n)
        _check.one_of("measure", measure, MEASURES)
        names = [
            _check.one_of("measures", name, MEASURES) for name in dict.fromkeys(_check.strings("measures", measures))
        ]
        columns, cells = self._native.partners(row)
        tables = self._native.tables(cells, row)
        enough = tables[0] >= _check.number("min_count", min_count)
        columns, frequent = columns[enough], [array[enough] for array in tables]
        key = scores([measure], frequent)[measure]
        order = np.lexsort((columns, np.where(np.isnan(key), np.inf, -key)))[:n]
        chosen = [array[order] for array in frequent]
        found: dict[str, Any] = {
            "collocate": self._terms_of(self._native.terms[columns[order]]),
            "observed": chosen[0],
            **scores(["expected"], chosen),
        }
        return _interop.frame_like(self._frame, found | self._scores(names, chosen))

    def _terms_of(self, ids: NDArray[np.uint32]) -> list[str]:
        return [self._vocabulary.term(id_) for id_ in ids.tolist()]

    def _row(self, term: str) -> int:
        if self._row_index is None:
            self._set(_row_index={id_: row for row, id_ in enumerate(self._native.row_terms.tolist())})
        assert self._row_index is not None
        id_ = self._vocabulary.id(term) if term in self._vocabulary else None
        if id_ is not None and id_ in self._row_index:
            return self._row_index[id_]
        if id_ is not None:
            reason = (
                "is not among the nodes" if self._options["nodes"] is not None else "occurs less often than min_count"
            )
            raise KeyError(f"{term!r} {reason}")
        hint = _check.did_you_mean(term, self.row_terms[:20_000])
        raise KeyError(f"{term!r} does not occur{hint}")

    # How it shows, compares and travels

    def __repr__(self) -> str:
        return _cooccurrence_repr.text(self._native, self._vocabulary, self._options)

    def _repr_html_(self) -> str:
        return _cooccurrence_repr.html(self._native, self._vocabulary, self._options)

    def __eq__(self, other: object) -> bool:
        """Return whether terms, options, cells and margins are the same."""
        if not isinstance(other, Cooccurrence):
            return NotImplemented
        arrays = ("indptr", "indices", "data", "row_margins", "column_margins", "frequencies")
        same = all(np.array_equal(getattr(self._native, name), getattr(other._native, name)) for name in arrays)
        same = same and self._options == other._options and (self.n, self.n_pairs) == (other.n, other.n_pairs)
        return same and self.terms == other.terms and self.row_terms == other.row_terms

    __hash__ = None  # type: ignore[assignment]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a Cooccurrence is immutable; make a new one instead of setting {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a Cooccurrence is immutable; {name!r} cannot be deleted")

    def __getstate__(self) -> dict[str, Any]:
        core = self._native
        # The vocabulary shrinks to the terms in use, so ids become places in it.
        ids = np.unique(np.concatenate([core.terms, core.row_terms]))
        places = [np.searchsorted(ids, each).astype(np.uint32) for each in (core.terms, core.row_terms)]
        options = _cooccurrence_options.to_json(self._options, places[1].tolist())
        parts = (
            options,
            (core.n_tokens, core.n_units, core.is_upper),
            (core.n, core.n_pairs),
            *places,
            (core.frequencies, core.row_frequencies),
            (core.row_margins, core.column_margins),
            (core.indptr, core.indices, core.data),
        )
        attributes = {name: getattr(self, name) for name in ("_options", "_provenance")}
        frame = None if self._frame is None else _interop.take_rows(self._frame, np.array([], dtype=np.uint32))
        return {"parts": parts, "terms": self._terms_of(ids), "frame": frame, "attributes": attributes}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vocabulary = _core.Tokens.from_lists([state["terms"]]).vocabulary
        core = _core.Cooccurrence.from_parts(*state["parts"])
        kept = {"_frame": state["frame"], "_row_index": None, "_counted": None} | state["attributes"]
        self._set(_native=core, _vocabulary=vocabulary, **kept)
