"""Association measures of more than a 2×2 table: of a window, or of a vocabulary."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _native
from kolloc.exceptions import ParameterError

__all__ = ["BEYOND", "had", "values"]

BEYOND = ("gensim_default", "z_span")
"""Measures beside those of tables."""

_Float = NDArray[np.float64]


def had(names: list[str], options: dict[str, Any], *, weighted: bool, everything: bool) -> list[str]:
    """Return the measures of these names that a table has; refuse the others unless all were asked for.

    Examples
    --------
    >>> options = {"context": "document", "count": "frequency", "margins": "pairs"}
    >>> had(["z_span", "gensim_default"], options, weighted=False, everything=True)
    ['gensim_default']
    """
    windows = options["context"] == "window" and options["count"] == "frequency" and options["margins"] == "pairs"
    if (windows and not weighted) or "z_span" not in names:
        return names
    if everything:
        return [name for name in names if name != "z_span"]
    allowed = "other measures unless pairs of a window are counted, without weights"
    raise ParameterError(f"measures must be {allowed}, got 'z_span'", parameter="measures", allowed=allowed)


def values(
    name: str,
    table: _native.Cooccurrence,
    places: tuple[NDArray[np.uint32], NDArray[np.uint32]],
    tables: list[_Float],
    options: dict[str, Any],
    min_count: float,
) -> _Float:
    """Return a measure of some cells, given their rows and columns and their tables."""
    o11, r1, c1, _ = tables
    if name == "gensim_default":
        return _native.gensim_default(o11, r1, c1, min_count, float(table.shape[1]))
    node, collocate = table.row_frequencies[places[0]], table.frequencies[places[1]]
    left, right = options["window"]
    span = right if options["ordered"] else left + right
    f1, f2 = node.astype(np.float64), collocate.astype(np.float64)
    return _native.z_span(o11, f1, f2, float(table.n_tokens), float(span))
