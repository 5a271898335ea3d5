"""What all pictures share: axes, colours, fonts that have the letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc.plots import _fonts

__all__ = ["COLOURS", "GREY", "bare", "fonts_for", "new_axes", "over_days"]

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""The palette of Okabe and Ito (2008) without its yellow, which is too light on white."""

GREY = "#6e6e6e"
"""For what stands behind: lines, notes."""


def new_axes(n_rows: float, width: float = 7) -> Any:
    """Return the axes of a new pyplot figure with room for so many rows of text.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    """
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("pictures need matplotlib: pip install 'kolloc[plots]'") from None
    return pyplot.subplots(figsize=(width, 1.2 + 0.28 * n_rows), layout="constrained")[1]


def bare(ax: Any) -> Any:
    """Return the axes without the lines at the top and on the right."""
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def over_days(ax: Any, moments: NDArray[np.datetime64]) -> None:
    """Make the horizontal axis one of dates, from the first moment to the last."""
    from matplotlib import dates

    locator = dates.AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    if len(moments):
        first, last = moments.min(), moments.max()
        rim = max((last - first) / 50, np.timedelta64(1, "h"))
        ax.set_xlim(first - rim, last + rim)


def fonts_for(texts: Iterable[Any]) -> list[str]:
    """Return the families of fonts that have the letters of some texts, the one in use first."""
    return _fonts.families({letter for text in texts for letter in str(text)})
