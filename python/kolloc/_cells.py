"""A sparse matrix of real numbers with the terms of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _strings
from kolloc._native import TermDocument
from kolloc._weighted_counts import WeightedCounts

__all__ = ["Cells"]

_Float = NDArray[np.float64]
_Arrays = tuple[NDArray[np.uint64], NDArray[np.uint32], _Float]


class Cells:
    """Values of terms (columns) in documents (rows), in compressed rows whose columns ascend; not to be changed.

    Parameters
    ----------
    arrays : tuple of ndarray
        Where each row starts (uint64), column of each cell (uint32), value of each cell (float64).
    terms : tuple of bytes and ndarray
        All terms in one buffer of UTF-8, and their boundaries.
    """

    __slots__ = ("arrays", "n_columns", "term_buffer")

    def __init__(self, arrays: _Arrays, terms: tuple[bytes, NDArray[np.int64]]) -> None:
        arrays[2].flags.writeable = False
        self.arrays = arrays
        self.term_buffer = terms
        self.n_columns = len(terms[1]) - 1

    @classmethod
    def of(cls, counts: TermDocument | WeightedCounts) -> Cells:
        """Return counts as real numbers."""
        return cls((counts.indptr, counts.indices, counts.data.astype(np.float64)), counts.terms())

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return len(self.arrays[0]) - 1, self.n_columns

    @property
    def indptr(self) -> NDArray[np.uint64]:
        """Where each row starts."""
        return self.arrays[0]

    @property
    def indices(self) -> NDArray[np.uint32]:
        """Column of each cell."""
        return self.arrays[1]

    @property
    def data(self) -> _Float:
        """Value of each cell."""
        return self.arrays[2]

    @property
    def rows(self) -> NDArray[np.int64]:
        """Row of each cell."""
        return np.repeat(np.arange(self.shape[0]), np.diff(self.indptr).astype(np.int64))

    def term(self, column: int) -> str:
        """Return one term."""
        text, boundaries = self.term_buffer
        return text[boundaries[column] : boundaries[column + 1]].decode()

    def terms(self) -> list[str]:
        """Return all terms, a new list."""
        return _strings.decode(*self.term_buffer)

    def with_values(self, values: _Float) -> Cells:
        """Return the same cells with other values."""
        return Cells((self.indptr, self.indices, values), self.term_buffer)

    def take(self, rows: NDArray[Any]) -> Cells:
        """Return the given rows in the given order."""
        starts = self.indptr.view(np.int64)
        sizes = np.diff(starts)[rows]
        indptr = np.concatenate([[0], np.cumsum(sizes)])
        places = np.repeat(starts[:-1][rows] - indptr[:-1], sizes) + np.arange(indptr[-1])
        return Cells((indptr.astype(np.uint64), self.indices[places], self.data[places]), self.term_buffer)

    def with_columns(self, terms: Sequence[str]) -> Cells:
        """Return the columns of the given distinct terms in the given order; one that is not here has no cells."""
        wanted = {term: column for column, term in enumerate(terms)}
        column_of = np.array([wanted.get(term, -1) for term in self.terms()], dtype=np.int64)
        columns = column_of[self.indices]
        kept = np.flatnonzero(columns >= 0)
        order = kept[np.lexsort((columns[kept], self.rows[kept]))]
        sizes = np.bincount(self.rows[order], minlength=self.shape[0])
        indptr = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64)
        return Cells((indptr, columns[order].astype(np.uint32), self.data[order]), _buffer(terms))


def _buffer(terms: Sequence[str]) -> tuple[bytes, NDArray[np.int64]]:
    encoded = [term.encode() for term in terms]
    return b"".join(encoded), np.concatenate([[0], np.cumsum([len(term) for term in encoded])]).astype(np.int64)
