"""Dispersion of the terms of any counts: the columns of the result, and what they are called."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _native, _summaries
from kolloc._native import TermDocument
from kolloc._progress import Progress, reporting
from kolloc._strings import decode
from kolloc._undefined import warn_of_undefined
from kolloc._weighted_counts import WeightedCounts

__all__ = ["BY_PARTS", "USUAL", "beside", "by_parts", "named", "ordered"]

BY_PARTS = tuple(name for name, _ in _native.dispersion_measures())
USUAL = ("range", "dp_norm", "da", "kld_norm")
_ZERO_IS_EVEN = {name for name, zero_is_even in _native.dispersion_measures() if zero_is_even}
_WHY = "the term does not occur, or there are fewer than two parts with tokens"


def by_parts(
    counts: TermDocument | WeightedCounts,
    sizes: NDArray[Any],
    names: list[str],
    *,
    equal_parts: bool,
    n_threads: int | None,
    progress: Progress,
) -> dict[str, NDArray[Any]]:
    """Return measures of all columns of counts whose rows are parts; documents of a weight are so many parts."""
    weighted = isinstance(counts, WeightedCounts)
    options: dict[str, Any] = {"equal_parts": equal_parts, "n_threads": n_threads}
    with reporting(progress, "dispersion") as callback:
        options["progress"] = callback
        if isinstance(counts, WeightedCounts) and counts.of_documents:
            _, weights, lengths, *_ = counts.state()
            table = _native.dispersion(counts.counts, names, lengths.astype(np.float64), weights, **options)
        elif isinstance(counts, WeightedCounts):
            arrays = counts.indptr, counts.indices, counts.data
            lengths = sizes.astype(np.float64)
            table = _native.dispersion_of_weights(*arrays, counts.shape[1], names, lengths, **options)
        else:
            table = _native.dispersion(counts, names, sizes.astype(np.float64), **options)
    columns: dict[str, NDArray[Any]] = {name: np.ascontiguousarray(table[:, i]) for i, name in enumerate(names)}
    if "range" in columns and not weighted:
        columns["range"] = columns["range"].astype(np.int64)
    return columns


def named(columns: dict[str, NDArray[Any]], *, even_high: bool) -> dict[str, NDArray[Any]]:
    """Return the columns, those for which 0 is even as 1 - x under another name if wished; warn of undefined cells."""
    warn_of_undefined(columns, _WHY)
    if not even_high:
        return columns
    return {
        f"{name}_evenness" if name in _ZERO_IS_EVEN else name: 1 - values if name in _ZERO_IS_EVEN else values
        for name, values in columns.items()
    }


def beside(
    columns: dict[str, NDArray[Any]], fields: dict[str, NDArray[np.float64]], *, even_high: bool
) -> dict[str, NDArray[Any]]:
    """Return the columns of measures, each followed by what replicates say of it; warn of missing intervals."""
    _summaries.warn_of_missing(fields)
    found: dict[str, NDArray[Any]] = {}
    for (label, values), (name, its) in zip(columns.items(), fields.items(), strict=True):
        turned = its
        if even_high and name in _ZERO_IS_EVEN:
            value, se, low, high, bias, p_boot, missing = its
            turned = np.stack((1 - value, se, 1 - high, 1 - low, -bias, p_boot, missing))
        found |= {label: values} | _summaries.columns(label, turned)
    return found


def ordered(terms: tuple[bytes, NDArray[np.int64]], cf: NDArray[Any], columns: dict[str, NDArray[Any]]) -> Any:
    """Return terms, frequencies and columns by falling frequency, ties in the order they have here."""
    order = np.argsort(-cf.astype(np.float64), kind="stable")
    labels = decode(*terms)
    found: dict[str, Any] = {"term": [labels[row] for row in order.tolist()], "cf": cf[order]}
    return found | {name: values[order] for name, values in columns.items()}
