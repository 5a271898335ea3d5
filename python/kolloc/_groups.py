"""Counts and lengths of groups of documents."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc._native import TermDocument
from kolloc._weighted_counts import WeightedCounts

__all__ = ["summed"]


def summed(
    counts: TermDocument | WeightedCounts, lengths: NDArray[Any], groups: NDArray[np.uint32], n_groups: int
) -> tuple[TermDocument | WeightedCounts, NDArray[Any]]:
    """Return the sums of rows of counts, and of their lengths, by the number of their group."""
    grouped = counts.group(groups, n_groups)
    if isinstance(grouped, WeightedCounts):
        return grouped, grouped.doc_lengths
    sums = np.zeros(n_groups, dtype=np.int64)
    np.add.at(sums, groups, lengths)
    return grouped, sums
