"""Counts of the core as callers see them: signed, ranked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ranks", "signed"]


def signed(counts: NDArray[Any]) -> NDArray[Any]:
    """Return integers as int64, and sums of weights as they are."""
    return counts if counts.dtype == np.float64 else counts.astype(np.int64)


def ranks(counts: NDArray[Any]) -> NDArray[np.int64]:
    """Return ranks by falling count from 1, ties sharing the smallest.

    Examples
    --------
    >>> ranks(np.array([2, 7, 7, 0]))
    array([3, 1, 1, 4])
    """
    return len(counts) + 1 - np.searchsorted(np.sort(counts), counts, side="right")
