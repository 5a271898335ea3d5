"""Strings of the core: one buffer of UTF-8 and its boundaries."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["decode"]


def decode(text: bytes, boundaries: NDArray[np.int64]) -> list[str]:
    """Return the strings between the boundaries (bytes).

    Examples
    --------
    >>> decode("peace회담".encode(), np.array([0, 5, 11]))
    ['peace', '회담']
    """
    ends = boundaries.tolist()
    if text.isascii():
        whole = text.decode("ascii")
        return [whole[start:end] for start, end in pairwise(ends)]
    return [text[start:end].decode() for start, end in pairwise(ends)]
