"""Terms weighted within documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kolloc import _check, _dtm_repr, _interop, _rows, _weigher
from kolloc._cells import Cells
from kolloc._columns import columns_of
from kolloc._csr import csr_array
from kolloc._similarity import Similarity
from kolloc._weigher import Fit
from kolloc._weighting_options import Scheme
from kolloc.exceptions import AlreadyWeightedError

__all__ = ["WeightedMatrix"]


class WeightedMatrix(Similarity):
    """Weights of terms (columns) in documents (rows), sparse. Made by `DocumentTermMatrix.weight`; immutable.

    It has the cells of the counts: a weight that is zero, as that of a term in all documents, is stored as zero. It
    holds no counts, so whatever needs counts (trimming, grouping, keyness) is done before.

    Examples
    --------
    >>> import kolloc
    >>> weighted = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm().tfidf()
    >>> weighted
    <WeightedMatrix: 2 documents × 3 terms, 4 stored (66.7 %), tf count, df inverse, base 10>
       peace  talks     on
    0  0.301      0      0
    1      0      0  0.301
    """

    __slots__ = ("_fit", "_matrix")

    _matrix: Cells
    _fit: Fit

    @classmethod
    def _new(cls, cells: Cells, fit: Fit, **attributes: Any) -> WeightedMatrix:
        weighted = object.__new__(cls)
        weighted._set(_matrix=cells, _fit=fit, **attributes)
        return weighted

    def _with(self, cells: Cells, step: str, parameters: dict[str, Any], **changed: Any) -> WeightedMatrix:
        attributes: dict[str, Any] = {"_names": self._names, "_metadata": self._metadata, "fit": self._fit}
        attributes |= changed
        rows, columns = cells.shape
        provenance = self._provenance.then(step, parameters, documents=rows, terms=columns)
        return WeightedMatrix._new(cells, attributes.pop("fit"), _provenance=provenance, **attributes)

    def _as_cells(self) -> Cells:
        return self._matrix

    # What it is

    @property
    def shape(self) -> tuple[int, int]:
        """Number of documents and of terms."""
        return self._matrix.shape

    @property
    def n_docs(self) -> int:
        """Number of documents (or groups), empty ones included."""
        return self.shape[0]

    @property
    def n_terms(self) -> int:
        """Number of terms."""
        return self.shape[1]

    @property
    def nnz(self) -> int:
        """Number of stored cells; their weights may be zero."""
        return len(self._matrix.indices)

    @property
    def terms(self) -> list[str]:
        """The terms in the order of the columns; a new list."""
        return self._matrix.terms()

    @property
    def scheme(self) -> dict[str, Any]:
        """The scheme with all its numbers, the pivot and the mean length of the documents it was made for; a new dict.

        Examples
        --------
        >>> import kolloc
        >>> scheme = kolloc.Corpus(["a b", "b"]).tokens().dtm().tfidf().scheme
        >>> scheme["tf"], scheme["df"], scheme["base"]
        ('count', 'inverse', 10.0)
        """
        return dict(self._fit.scheme.parameters)

    @property
    def idf(self) -> Any:
        """What the scheme made of the document frequency of each term: a frame of ``term`` and ``idf`` (float64).

        In the order of the columns; 1 for ``df="unary"``; inf for a term of no document.
        """
        return _interop.frame_like(self._metadata, {"term": self.terms, "idf": self._fit.idf})

    def __len__(self) -> int:
        return self.n_docs

    # As arrays and frames

    def to_scipy(self) -> sparse.csr_array:
        """Return the weights as a sparse array.

        Returns
        -------
        scipy.sparse.csr_array
            float64, shape (documents, terms), canonical, zeros that are stored included; shares read-only memory with
            this object. Indices are int32 while all fit, else int64.

        Examples
        --------
        >>> import kolloc
        >>> kolloc.Corpus(["a b a"]).tokens().dtm().weight(tf="prop").to_scipy().toarray().round(2)
        array([[0.67, 0.33]])
        """
        cells = self._matrix
        return csr_array(cells.indptr, cells.indices, cells.data, cells.shape, "float64")

    def to_frame(self) -> Any:
        """Return a long frame: ``document``, ``term``, ``weight`` (float64), a row for each stored cell.

        Ordered by document and column; in pandas names and terms are categories.
        """
        coded: dict[str, tuple[NDArray[Any], list[str]]]
        coded = {"document": (self._matrix.rows, list(self._names)), "term": (self._matrix.indices, self.terms)}
        return _interop.coded_frame(self._metadata, coded, {"weight": self._matrix.data})

    def top_terms(self, n: int = 10) -> Any:
        """Return the terms of the largest weights of each document.

        Parameters
        ----------
        n : int, default 10
            How many, of each document.

        Returns
        -------
        frame
            ``document``, ``term``, ``weight``; documents in order, terms by falling weight, ties by column.

        Examples
        --------
        >>> import kolloc
        >>> print(kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm().tfidf().top_terms(1).round(3))
          document   term  weight
        0        0  peace   0.301
        1        1     on   0.301
        """
        n = _check.integer("n", n, at_least=1)
        cells, rows = self._matrix, self._matrix.rows
        order = np.lexsort((cells.indices, -cells.data, rows))
        chosen = order[np.arange(len(order)) - cells.indptr.view(np.int64)[rows] < n]
        found = {
            "document": [self._names[row] for row in rows[chosen].tolist()],
            "term": [cells.term(column) for column in cells.indices[chosen].tolist()],
            "weight": cells.data[chosen],
        }
        return _interop.frame_like(self._metadata, found)

    # Parts

    def __getitem__(self, key: slice | Sequence[int] | Sequence[bool] | NDArray[Any]) -> WeightedMatrix:
        """Return some documents; terms and weights stay."""
        return self._take(self._selected(key), "rows", {})

    def filter(self, mask: Any) -> WeightedMatrix:
        """Return the documents that a condition on the metadata selects, as `Corpus.filter`; weights stay."""
        return self._take(
            _rows.selected(self._metadata, mask, self.n_docs), "filter", {"mask": str(type(mask).__name__)}
        )

    def _take(self, rows: _rows.Rows, step: str, parameters: dict[str, Any]) -> WeightedMatrix:
        names, metadata = self._names.take(rows), _interop.take_rows(self._metadata, rows)
        return self._with(self._matrix.take(rows), step, parameters, _names=names, _metadata=metadata)

    def select(self, terms: Iterable[str]) -> WeightedMatrix:
        """Return the columns of the given terms, in that order; weights stay.

        Raises
        ------
        KeyError
            If a term has no column; the message names the closest one.
        ParameterError
            If a term is given twice.
        """
        kept = columns_of(_check.strings("terms", terms), self.terms)
        wanted = [self._matrix.term(column) for column in kept.tolist()]
        return self._with(self._matrix.with_columns(wanted), "select", {"terms": len(wanted)}, fit=self._fit.at(kept))

    # A second time

    def weight(self, *, force: bool = False, **options: Any) -> WeightedMatrix:
        """Refuse to weigh what is weighted, unless forced.

        Parameters
        ----------
        force : bool, default False
            Weigh the weights as if they were counts; document frequencies count the weights that are not zero.
        **options
            As in `DocumentTermMatrix.weight`: ``like``, ``smart``, ``smart_dialect``, ``tf``, ``df``, ``norm``,
            ``base`` and the constants of a scheme.

        Raises
        ------
        AlreadyWeightedError
            If not forced; the message names the earlier scheme.

        Examples
        --------
        >>> import kolloc
        >>> bm25 = kolloc.Corpus(["a b", "b c"]).tokens().dtm().bm25()
        >>> bm25.weight(norm="l2")
        Traceback (most recent call last):
        kolloc.exceptions.AlreadyWeightedError: this matrix is weighted already (tf bm25, df lucene); weigh the counts
        it was made from, or pass force=True
        >>> bm25.weight(norm="l2", force=True).to_scipy().toarray().round(3)
        array([[0.967, 0.254, 0.   ],
               [0.   , 0.254, 0.967]])
        """
        if not force:
            raise self._refusal("force=True")
        scheme = Scheme.of(**{"like": None, "smart": None, "smart_dialect": "manning"} | options)
        scheme.refuse_fractions()
        df = _weigher.frequencies_above(self._matrix, 0)
        cells, fit = _weigher.fit(self._matrix, df, self.n_docs, scheme)
        return self._with(cells, "weight", {**scheme.parameters, "force": True}, fit=fit)

    def _refusal(self, way_out: str) -> AlreadyWeightedError:
        scheme = self._fit.scheme.describe()
        message = f"this matrix is weighted already ({scheme}); weigh the counts it was made from, or pass {way_out}"
        return AlreadyWeightedError(message, scheme=scheme)

    def tfidf(self, **options: Any) -> NoReturn:  # noqa: ARG002
        """Refuse to weigh what is weighted; see `weight`.

        Raises
        ------
        AlreadyWeightedError
            Always; the message names the earlier scheme.
        """
        raise self._refusal("force=True to weight()")

    bm25 = tfidf

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        scheme = self._fit.scheme.describe()
        hint = f"it holds weights ({scheme}) and no counts; ask the DocumentTermMatrix it was made from"
        raise AttributeError(f"a WeightedMatrix has no {name!r}: {hint}")

    # How it shows, compares and travels

    def __repr__(self) -> str:
        return _dtm_repr.text(self._matrix, self._names, "WeightedMatrix", self._fit.scheme.describe())

    def _repr_html_(self) -> str:
        return _dtm_repr.html(self._matrix, self._names, "WeightedMatrix", self._fit.scheme.describe())

    def __eq__(self, other: object) -> bool:
        """Return whether weights, scheme, terms, names and metadata are the same."""
        if not isinstance(other, WeightedMatrix):
            return NotImplemented
        pairs = ((getattr(self._matrix, name), getattr(other._matrix, name)) for name in ("indptr", "indices", "data"))
        same = self.shape == other.shape and all(np.array_equal(one, its) for one, its in pairs)
        same = same and self.scheme == other.scheme and self.terms == other.terms and self._names == other._names
        return same and _interop.frames_equal(self._metadata, other._metadata)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        names = ("_fit", "_names", "_metadata", "_provenance")
        state = {name: getattr(self, name) for name in names}
        return state | {"cells": (self._matrix.arrays, self._matrix.term_buffer)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._set(_matrix=Cells(*state.pop("cells")), **state)
