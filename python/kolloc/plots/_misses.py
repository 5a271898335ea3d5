"""How often a search for duplicates misses a pair, as curves."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from kolloc import _check
from kolloc.plots._axes import bare, new_axes

__all__ = ["misses"]


def misses(frame: Any, *, ax: Any | None = None) -> Any:
    """Return the axes of curves of how often a search for duplicates misses a pair: one for each length of text.

    Parameters
    ----------
    frame : frame
        The `misses` of a `Duplicates.report`.
    ax : matplotlib Axes, optional
        Where to draw; otherwise on a new pyplot figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ImportError
        If matplotlib is not installed.

    Examples
    --------
    >>> import kolloc, matplotlib
    >>> matplotlib.use("agg")
    >>> report = kolloc.Corpus(["peace talks resume"]).duplicates().report(words=[50, 200])
    >>> ax = kolloc.plots.misses(report.misses)
    >>> [line.get_label() for line in ax.get_lines()]
    ['50 words', '200 words']
    """
    table = nw.from_native(frame, eager_only=True)
    for name in ("words", "containment", "probability"):
        _check.column("frame", name, table.columns)
    ax = new_axes(8) if ax is None else ax
    for length in table["words"].unique(maintain_order=True).to_list():
        curve = table.filter(nw.col("words") == length).sort("containment")
        points = curve["containment"].to_list(), curve["probability"].to_list()
        ax.plot(*points, marker="o", markersize=3, label=f"{length:,} words")
    ax.set_xlabel("share of triples that stay (containment)")
    ax.set_ylabel("probability of a miss")
    ax.set_ylim(-0.02, 1.02)
    ax.legend(frameon=False)
    return bare(ax)
