"""Pairs document by document: in how many they stand, and how evenly they are spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _native
from kolloc._names import Names
from kolloc._progress import Progress, reporting
from kolloc.exceptions import InputTypeError

__all__ = ["NAMES", "WHY", "Counted", "columns", "counted"]

NAMES = ("df", "dp")
"""What is counted document by document."""

WHY = {"dp": "fewer than two documents with tokens"}


@dataclass(frozen=True, eq=False)
class Counted:
    """What a table was counted from."""

    tokens: _native.Tokens
    weights: NDArray[np.float64] | None
    names: Names


def counted(documents: Counted | None) -> Counted:
    """Return the documents of a table if it still has them.

    Examples
    --------
    >>> counted(None)
    Traceback (most recent call last):
    kolloc.exceptions.InputTypeError: a table that was pickled has no documents to look at again; count it anew
    """
    if documents is None:
        raise InputTypeError("a table that was pickled has no documents to look at again; count it anew")
    return documents


def columns(
    table: _native.Cooccurrence,
    documents: Counted | None,
    cells: NDArray[np.uint64],
    names: list[str],
    n_threads: int | None,
    progress: Progress,
) -> dict[str, NDArray[Any]]:
    """Return ``"df"`` and ``"dp"``, those of them that are wanted, of some cells of a table."""
    if not names:
        return {}
    known = counted(documents)
    sizes = known.tokens.doc_lengths().astype(np.float64)
    if known.weights is not None:
        sizes *= known.weights
    measures = [name for name in names if name != "df"]
    with reporting(progress, "pairs by document") as callback:
        df, values = _native.pair_documents(
            table, known.tokens, cells, sizes, measures, known.weights, n_threads=n_threads, progress=callback
        )
    found: dict[str, NDArray[Any]] = dict(zip(measures, values, strict=True))
    found["df"] = df if known.weights is not None else df.astype(np.int64)
    return {name: found[name] for name in NAMES if name in names}
