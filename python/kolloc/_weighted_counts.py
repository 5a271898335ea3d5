"""Counts of documents with weights, as sums of weight times integer.

A matrix of integers stays beneath. Each of its rows, a *stratum*, holds the documents of one row and one weight; a
row of the weighted matrix is the sum of weight times count over its strata, by ascending weight. Whatever is grouped or
summed is therefore summed in integers first: results do not depend on the order of documents and are exact but for the
rounding of one product and one sum for each distinct weight.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kolloc._counts import ranks
from kolloc._native import TermDocument

__all__ = ["WeightedCounts"]

_Float = NDArray[np.float64]
_Cells = tuple[NDArray[np.uint64], NDArray[np.uint32], _Float]


class WeightedCounts:
    """A document-term matrix of the core whose documents have weights; with the same members, in float64.

    Parameters
    ----------
    counts : TermDocument
        Integers, a row for each stratum.
    rows : ndarray
        Row of the weighted matrix that each stratum adds to, ascending.
    weights : ndarray
        Weight of each stratum, ascending within a row.
    lengths : ndarray
        Number of tokens of each stratum.
    n_rows : int
        Number of rows of the weighted matrix.
    of_documents : bool
        Whether a row is a document and not a group of them.
    """

    __slots__ = ("_cells", "_lengths", "_rows", "_weights", "counts", "of_documents", "shape")

    def __init__(
        self,
        counts: TermDocument,
        rows: NDArray[np.int64],
        weights: _Float,
        lengths: NDArray[np.int64],
        n_rows: int,
        of_documents: bool,
    ) -> None:
        self.counts = counts
        self.shape = (n_rows, counts.shape[1])
        self.of_documents = of_documents
        self._rows, self._weights, self._lengths = rows, weights, lengths
        self._cells: _Cells | None = None

    @classmethod
    def from_documents(cls, counts: TermDocument, weights: _Float, lengths: NDArray[np.int64]) -> WeightedCounts:
        """Return the counts of documents, each with its weight."""
        return cls(counts, np.arange(len(weights)), weights, lengths, len(weights), of_documents=True)

    def state(self) -> tuple[Any, ...]:
        """Return what makes these counts from the integers again."""
        return self._rows, self._weights, self._lengths, self.shape[0], self.of_documents

    # Cells

    @property
    def indptr(self) -> NDArray[np.uint64]:
        """Where each row starts."""
        return self._summed()[0]

    @property
    def indices(self) -> NDArray[np.uint32]:
        """Column of each cell."""
        return self._summed()[1]

    @property
    def data(self) -> _Float:
        """Weighted count of each cell, above zero."""
        return self._summed()[2]

    @property
    def doc_lengths(self) -> _Float:
        """Weighted number of tokens of each row."""
        return _sums_by_place(self._rows, self._weights * self._lengths, self.shape[0])

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Number of tokens of each stratum, without weights."""
        return self._lengths

    @property
    def n_documents(self) -> float:
        """Sum of the weights of the documents; the number of groups if rows are groups."""
        return float(self._weights.sum()) if self.of_documents else float(self.shape[0])

    def _summed(self) -> _Cells:
        if self._cells is None:
            self._cells = _weighted_sum(_as_scipy(self.counts), self._rows, self._weights, self.shape[0])
        return self._cells

    def term(self, column: int) -> str:
        """Return one term."""
        return self.counts.term(column)

    def terms(self) -> tuple[bytes, NDArray[np.int64]]:
        """Return all terms in one buffer of UTF-8, and their boundaries."""
        return self.counts.terms()

    # Sums

    def frequencies(self) -> tuple[_Float, _Float, NDArray[np.uint64]]:
        """Return weighted collection and document frequency and rank of each column; groups weigh 1 each."""
        everything = self.group(np.zeros(self.shape[0], dtype=np.uint32), 1)
        cf = _sums_by_place(everything.indices, everything.data, self.shape[1])
        return cf, self._document_frequencies(), ranks(cf).astype(np.uint64)

    def _document_frequencies(self) -> _Float:
        presence = _as_scipy(self.counts if self.of_documents else self._prints())
        presence.data = np.ones(len(presence.data), dtype=np.int64)
        weights = self._weights if self.of_documents else np.ones(self.shape[0])
        classes, labels = np.unique(weights, return_inverse=True)
        members = (np.ones(len(labels), dtype=np.int64), (labels, np.arange(len(labels))))
        by_class = sparse.csr_array(members, shape=(len(classes), len(labels))) @ presence
        _, columns, sums = _weighted_sum(by_class, np.zeros(len(classes), dtype=np.int64), classes, 1)
        return _sums_by_place(columns, sums, self.shape[1])

    def top_terms(self, n: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32], _Float]:
        """Return row, column and weighted count of the largest cells of each row, ties by column."""
        indptr, indices, data = self._summed()
        starts = indptr.view(np.int64)
        rows = np.repeat(np.arange(self.shape[0]), np.diff(starts))
        order = np.lexsort((indices, -data, rows))
        chosen = order[np.arange(len(order)) - starts[rows] < n]
        return rows[chosen].astype(np.uint32), indices[chosen], data[chosen]

    def group(self, groups: NDArray[np.uint32], n_groups: int) -> WeightedCounts:
        """Return rows summed by their group."""
        classes, labels = np.unique(self._weights, return_inverse=True)
        keys = groups[self._rows].astype(np.int64) * len(classes) + labels
        strata, places = np.unique(keys, return_inverse=True)
        lengths = np.zeros(len(strata), dtype=np.int64)
        np.add.at(lengths, places, self._lengths)
        counts = self.counts.group(places.astype(np.uint32), len(strata))
        rows, weights = strata // max(len(classes), 1), classes[strata % max(len(classes), 1)]
        return WeightedCounts(counts, rows, weights, lengths, n_groups, of_documents=False)

    # Parts

    def kept_columns(self, bounds: str) -> NDArray[np.uint32]:
        """Return the columns that bounds on counts without weights keep."""
        return self._prints().kept_columns(bounds)

    def select_columns(self, keep: NDArray[np.uint32]) -> WeightedCounts:
        """Return the given columns in the given order."""
        return WeightedCounts(self.counts.select_columns(keep), *self.state())

    def select_rows(self, keep: NDArray[np.uint32]) -> WeightedCounts:
        """Return the given rows in the given order."""
        starts, ends = (np.searchsorted(self._rows, keep, side=side) for side in ("left", "right"))
        sizes = ends - starts
        strata = np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        counts = self.counts.select_rows(strata.astype(np.uint32))
        rows = np.repeat(np.arange(len(keep)), sizes)
        parts = self._weights[strata], self._lengths[strata]
        return WeightedCounts(counts, rows, *parts, len(keep), self.of_documents)

    def _prints(self) -> TermDocument:
        """Return the rows without weights."""
        if self.of_documents:
            return self.counts
        return self.counts.group(self._rows.astype(np.uint32), self.shape[0])


def _as_scipy(counts: TermDocument) -> sparse.csr_array:
    parts = (counts.data, counts.indices.astype(np.int64), counts.indptr.view(np.int64))
    return sparse.csr_array(parts, shape=counts.shape)


def _weighted_sum(counts: sparse.csr_array, rows: NDArray[np.int64], weights: _Float, n_rows: int) -> _Cells:
    """Return the sums of weight times row of `counts` over the rows of each number, in their order; no zeros."""
    starts = np.searchsorted(rows, np.arange(n_rows + 1))
    weighting = sparse.csr_array((weights, np.arange(len(weights)), starts), shape=(n_rows, len(weights)))
    summed = sparse.csr_array(weighting @ counts)
    summed.sort_indices()
    summed.eliminate_zeros()
    summed.data.flags.writeable = False
    return summed.indptr.astype(np.uint64), summed.indices.astype(np.uint32), summed.data


def _sums_by_place(places: NDArray[Any], values: _Float, n: int) -> _Float:
    """Return the sum of the values at each place, added in their order."""
    return np.bincount(places, weights=values, minlength=n).astype(np.float64, copy=False)
