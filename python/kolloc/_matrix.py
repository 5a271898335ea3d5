"""What every statistic of a document-term matrix starts from: counts, terms and lengths."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from kolloc._document_rows import DocumentRows
from kolloc._native import TermDocument
from kolloc._strings import decode
from kolloc._weighted_counts import WeightedCounts

__all__ = ["Matrix"]


class Matrix(DocumentRows):
    """Counts of terms (columns) in documents or groups of them (rows)."""

    __slots__ = ("_doc_lengths", "_dtype", "_native", "_terms")

    _native: TermDocument | WeightedCounts
    _doc_lengths: NDArray[Any]
    _dtype: str
    _terms: list[str] | None

    @property
    def shape(self) -> tuple[int, int]:
        """Number of documents and of terms."""
        return self._native.shape

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
        """Number of non-zero cells."""
        return len(self._native.indices)

    @property
    def terms(self) -> list[str]:
        """The terms in the order of the columns; a new list."""
        if self._terms is None:
            object.__setattr__(self, "_terms", decode(*self._native.terms()))
        assert self._terms is not None
        return list(self._terms)

    @property
    def doc_lengths(self) -> NDArray[Any]:
        """Number of tokens of each document, those without a column too: shape (documents,).

        int64; float64, times the weight, where documents have weights.
        """
        return self._doc_lengths

    def __len__(self) -> int:
        return self.n_docs
