"""How often each term occurs in each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kolloc import _bounds, _check, _core, _dtm_repr, _groups, _interop, _resampled, _rows
from kolloc._columns import columns_of
from kolloc._contrast import Contrast
from kolloc._counts import signed
from kolloc._csr import csr_array
from kolloc._delta import Stylometry
from kolloc._dispersion import Dispersion
from kolloc._diversity import Diversity
from kolloc._keyness import Keyness
from kolloc._names import Names
from kolloc._progress import Progress
from kolloc._shift import WordShift
from kolloc._similarity import Similarity
from kolloc._time import Time
from kolloc._weighted_counts import WeightedCounts
from kolloc._weighting import Weighting
from kolloc.bootstrap import Bootstrap

__all__ = ["DTYPES", "DocumentTermMatrix"]

DTYPES = ("int32", "int64", "float32", "float64")


class DocumentTermMatrix(
    Weighting,
    Dispersion,
    Similarity,
    Stylometry,
    WordShift,
    Keyness,
    Diversity,
    Time,
    Contrast,
):
    """Counts of terms (columns) in documents (rows), sparse. Made by `Tokens.dtm`; immutable.

    Where documents have weights (`Tokens.weigh`), a cell is weight times count, and sums over documents (groups,
    frequencies, lengths) are sums of these.

    Examples
    --------
    >>> import kolloc
    >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
    >>> dtm
    <DocumentTermMatrix: 2 documents × 3 terms, 4 non-zero (66.7 %), counts>
       peace  talks  on
    0      1      1   0
    1      0      2   1
    >>> dtm.to_scipy().toarray()
    array([[1, 1, 0],
           [0, 2, 1]], dtype=int32)
    """

    __slots__ = ()

    @classmethod
    def _new(cls, core: _core.TermDocument | WeightedCounts, **attributes: Any) -> DocumentTermMatrix:
        dtm = object.__new__(cls)
        dtm._set(_native=core, _terms=None, **attributes)
        return dtm

    def _with(
        self, core: _core.TermDocument | WeightedCounts, step: str, parameters: dict[str, Any], **changed: Any
    ) -> DocumentTermMatrix:
        names = ("_names", "_metadata", "_doc_lengths", "_dtype")
        attributes = {name: getattr(self, name) for name in names} | changed
        rows, columns = core.shape
        provenance = self._provenance.then(step, parameters, documents=rows, terms=columns)
        return DocumentTermMatrix._new(core, _provenance=provenance, **attributes)

    # As arrays and frames

    def to_scipy(self) -> sparse.csr_array:
        """Return the counts as a sparse array.

        Returns
        -------
        scipy.sparse.csr_array
            Shape (documents, terms), canonical (columns ascend, none twice), of the dtype asked for in `Tokens.dtm`.
            Column numbers and, with ``int32``, counts share memory with this object and are read-only; indices are
            int32 while all fit, else int64. Documents of weight 0 have no cells.

        Examples
        --------
        >>> import kolloc
        >>> kolloc.Corpus(["a b a"]).tokens().dtm().to_scipy().sum()
        np.int64(3)
        """
        return csr_array(self._native.indptr, self._native.indices, self._native.data, self.shape, self._dtype)

    def to_frame(self) -> Any:
        """Return a long frame: ``document``, ``term``, ``count`` (int64 or float64), a row for each non-zero cell.

        Ordered by document and column.

        In pandas names and terms are categories.
        """
        counts = self._native.indptr[1:] - self._native.indptr[:-1]
        rows: NDArray[Any] = np.repeat(np.arange(self.n_docs, dtype=np.int64), counts.astype(np.int64))
        coded: dict[str, tuple[NDArray[Any], list[str]]] = {
            "document": (rows, list(self._names)),
            "term": (self._native.indices, self.terms),
        }
        return _interop.coded_frame(self._metadata, coded, {"count": signed(self._native.data)})

    def term_frequencies(
        self, *, bootstrap: Bootstrap | None = None, n_threads: int | None = None, progress: Progress = None
    ) -> Any:
        """Return how often each term occurs.

        Parameters
        ----------
        bootstrap : Bootstrap, optional
            How documents are drawn again for standard errors and intervals of two more columns.
        n_threads, progress
            As in `Corpus.tokens`, with `bootstrap` only; terms.

        Returns
        -------
        frame
            ``term``; ``cf``, the collection frequency (tokens); ``df``, the document frequency (documents); ``rank`` by
            falling cf, ties sharing the smallest rank. All uint64; ordered by rank, then by column. Where documents
            have weights, cf and df are sums of weights (float64); groups count 1 each in df.

            With `bootstrap` also ``per_million``, 10⁶ cf / number of tokens (those without a column included), and
            ``df_share``, df / number of documents (float64), each with the columns that `Bootstrap` lists. Documents
            that count less there (`count`) count less in these two, not in cf and df.

        Examples
        --------
        >>> import kolloc
        >>> print(kolloc.Corpus(["peace talks", "talks"]).tokens().dtm().term_frequencies())
            term  cf  df  rank
        0  talks   2   2     1
        1  peace   1   1     2
        """
        cf, df, rank = self._native.frequencies()
        order = np.argsort(rank, kind="stable")
        terms = self.terms
        columns = {"term": [terms[column] for column in order], "cf": cf[order], "df": df[order], "rank": rank[order]}
        if bootstrap is not None:
            rates = _resampled.rates(self, bootstrap, n_threads, progress)
            columns |= {name: values[order] for name, values in rates.items()}
        return _interop.frame_like(self._metadata, columns)

    def top_terms(self, n: int = 10, by: str | None = None) -> Any:
        """Return the most frequent terms, of all documents or of each group.

        Parameters
        ----------
        n : int, default 10
            How many terms, of each group.
        by : str, optional
            Metadata column whose values make the groups.

        Returns
        -------
        frame
            The column `by` if given, ``term``, ``count`` (int64 or float64), ``per_million`` (count for each million
            tokens of the group, those without a column included; both weighted if documents have weights). Groups in
            order of first appearance, terms by falling count, ties by column.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["peace talks talks", "trade"], "outlet": ["Post", "Herald"]})
        >>> print(kolloc.Corpus(frame, text="text").tokens().dtm().top_terms(1, by="outlet"))
           outlet   term  count    per_million
        0    Post  talks      2  666666.666667
        1  Herald  trade      1 1000000.000000
        """
        n = _check.integer("n", n, at_least=1)
        values, groups = self._grouping(by) if by is not None else ([None], np.zeros(self.n_docs, dtype=np.uint32))
        grouped, lengths = self._grouped(groups, len(values))
        rows, columns, counts = grouped.top_terms(n)
        rate = np.divide(counts * 1e6, lengths[rows], out=np.zeros(len(rows)), where=lengths[rows] > 0)
        found: dict[str, Any] = {} if by is None else {by: [values[row] for row in rows]}
        found |= {"term": [self._native.term(int(column)) for column in columns]}
        found |= {"count": signed(counts), "per_million": rate}
        return _interop.frame_like(self._metadata, found)

    def _grouped(
        self, groups: NDArray[np.uint32], n_groups: int
    ) -> tuple[_core.TermDocument | WeightedCounts, NDArray[Any]]:
        """Return the counts and the lengths of groups of documents."""
        return _groups.summed(self._native, self._doc_lengths, groups, n_groups)

    # Parts

    def __getitem__(self, key: slice | Sequence[int] | Sequence[bool] | NDArray[Any]) -> DocumentTermMatrix:
        """Return some documents; the terms stay."""
        return self._take(self._selected(key), "rows", {})

    def filter(self, mask: Any) -> DocumentTermMatrix:
        """Return the documents that a condition on the metadata selects, as `Corpus.filter`; the terms stay."""
        return self._take(
            _rows.selected(self._metadata, mask, self.n_docs), "filter", {"mask": str(type(mask).__name__)}
        )

    def _take(self, rows: _rows.Rows, step: str, parameters: dict[str, Any]) -> DocumentTermMatrix:
        return self._with(
            self._native.select_rows(rows),
            step,
            parameters,
            _names=self._names.take(rows),
            _metadata=_interop.take_rows(self._metadata, rows),
            _doc_lengths=self._doc_lengths[rows],
        )

    def select(self, terms: Iterable[str]) -> DocumentTermMatrix:
        """Return the columns of the given terms, in that order.

        Raises
        ------
        KeyError
            If a term has no column; the message names the closest one.
        ParameterError
            If a term is given twice.
        """
        keep = columns_of(_check.strings("terms", terms), self.terms).astype(np.uint32)
        return self._with(self._native.select_columns(keep), "select", {"terms": len(keep)})

    def trim(
        self,
        *,
        min_count: float | None = None,
        max_count: float | None = None,
        min_df: float | None = None,
        max_df: float | None = None,
        bound_type: str = "auto",
        top: int | None = None,
        bottom_from: int | None = None,
        max_sparsity: float | None = None,
        max_terms: int | None = None,
    ) -> DocumentTermMatrix:
        """Return the columns within bounds. All are inclusive, judged on this matrix, and must hold together.

        Where documents have weights, bounds judge the counts without weights, as in `Tokens.dtm`.

        Parameters
        ----------
        min_count, max_count : int or float, optional
            Total count.
        min_df, max_df : int or float, optional
            Number of documents with the term.
        bound_type : {"auto", "count", "prop", "quantile"}, default "auto"
            What these four numbers are: counts; shares of the sum of all counts or of the documents (exact at borders:
            7 of 100 documents pass ``min_df=0.07``); type-7 quantiles over the terms. ``"auto"`` takes an int for a
            count and a float for a share.
        top, bottom_from : int, optional
            Smallest or largest rank by falling count that is kept; ties share the smallest rank.
        max_sparsity : float, optional
            Largest share of documents without the term.
        max_terms : int, optional
            Exactly this many terms of those left, the most frequent, ties by column.

        Raises
        ------
        ParameterError
            If a value is not allowed.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["a b b", "b c"]).tokens().dtm()
        >>> dtm.trim(min_df=2).terms, dtm.trim(max_count=1).terms
        (['b'], ['a', 'c'])
        """
        _check.one_of("bound_type", bound_type, _bounds.TYPES)
        parameters = {
            "min_count": min_count, "max_count": max_count, "min_df": min_df, "max_df": max_df, "top": top,
            "bottom_from": bottom_from, "max_sparsity": max_sparsity, "max_terms": max_terms,
        }  # fmt: skip
        keep = self._native.kept_columns(_bounds.to_json(parameters, bound_type))
        return self._with(self._native.select_columns(keep), "trim", {**parameters, "bound_type": bound_type})

    def group(self, by: str) -> DocumentTermMatrix:
        """Return the sums over the documents of each value of a metadata column.

        Rows are the values in order of first appearance (all categories, in their order, if the column is categorical);
        the metadata are the column and ``n_docs``.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["a b", "b", "c"], "outlet": ["Post", "Herald", "Post"]})
        >>> kolloc.Corpus(frame, text="text").tokens().dtm().group("outlet")
        <DocumentTermMatrix: 2 documents × 3 terms, 4 non-zero (66.7 %), counts>
                a  b  c
        Post    1  1  1
        Herald  0  1  0
        """
        values, groups = self._grouping(by)
        grouped, lengths = self._grouped(groups, len(values))
        n_docs = np.bincount(groups, minlength=len(values)).astype(np.int64)
        return self._with(
            grouped,
            "group",
            {"by": by},
            _names=Names.from_labels([str(value) for value in values]),
            _metadata=_interop.frame_like(self._metadata, {by: values, "n_docs": n_docs}),
            _doc_lengths=lengths,
        )

    # How it shows, compares and travels

    def __repr__(self) -> str:
        return _dtm_repr.text(self._native, self._names)

    def _repr_html_(self) -> str:
        return _dtm_repr.html(self._native, self._names)

    def __eq__(self, other: object) -> bool:
        """Return whether counts, terms, names and metadata are the same."""
        if not isinstance(other, DocumentTermMatrix):
            return NotImplemented
        pairs = ((getattr(self._native, name), getattr(other._native, name)) for name in ("indptr", "indices", "data"))
        same = self.shape == other.shape and all(np.array_equal(one, its) for one, its in pairs)
        same = same and self.terms == other.terms and self._names == other._names and self._dtype == other._dtype
        return same and _interop.frames_equal(self._metadata, other._metadata)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        weighted = self._native if isinstance(self._native, WeightedCounts) else None
        core = self._native if weighted is None else weighted.counts
        names = ("_doc_lengths", "_dtype", "_names", "_metadata", "_provenance")
        state: dict[str, Any] = {"arrays": (core.indptr, core.indices, core.data), "terms": core.terms()}
        state["weights"] = None if weighted is None else weighted.state()
        return state | {"attributes": {name: getattr(self, name) for name in names}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        (indptr, indices, data), (text, boundaries) = state["arrays"], state["terms"]
        core = _core.TermDocument.from_parts(indptr, indices, data, text.decode(), boundaries)
        counts = core if state["weights"] is None else WeightedCounts(core, *state["weights"])
        self._set(_native=counts, _terms=None, **state["attributes"])
