"""Documents without any term: all that drawing them again, or sorting them by date, needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from kolloc import _native
from kolloc._matrix import Matrix
from kolloc._pair_documents import Counted
from kolloc._weighted_counts import WeightedCounts

__all__ = ["of"]


class _Documents(Matrix):
    """A matrix without columns."""

    __slots__ = ()

    def __init__(self, documents: Counted, metadata: Any | None) -> None:
        lengths = documents.tokens.doc_lengths().view(np.int64)
        none = np.array([], dtype=np.uint32)
        starts = np.zeros(len(lengths) + 1, dtype=np.uint64)
        counts = _native.TermDocument.from_parts(starts, none, none, "", np.zeros(1, dtype=np.int64))
        weighted = None if documents.weights is None else documents.weights
        native = counts if weighted is None else WeightedCounts.from_documents(counts, weighted, lengths)
        self._set(_native=native, _terms=[], _doc_lengths=lengths, _dtype="int32")
        self._set(_names=documents.names, _metadata=metadata)


def of(documents: Counted, metadata: Any | None) -> Matrix:
    """Return the documents of a table as a matrix without terms."""
    return _Documents(documents, metadata)
