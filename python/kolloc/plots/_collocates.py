"""The words around a word as bars."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from kolloc import _check
from kolloc.plots._axes import COLOURS, bare, fonts_for, new_axes

__all__ = ["collocates"]


def collocates(frame: Any, *, measure: str = "log_dice", ax: Any | None = None) -> Any:
    """Return the axes of a bar chart: one bar for each collocate, the strongest on top.

    Parameters
    ----------
    frame : frame
        What `Cooccurrence.collocates` returns.
    measure : str, default "log_dice"
        The column that gives the length of the bars. Beside each bar stands how often the two words were observed
        together.
    ax : matplotlib Axes, optional
        Where to draw; otherwise on a new pyplot figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ParameterError
        If the frame lacks the column.

    Warns
    -----
    MissingGlyphWarning
        If no font on this machine has some letters.

    Examples
    --------
    >>> import kolloc, matplotlib
    >>> matplotlib.use("agg")
    >>> table = kolloc.Corpus(["peace talks resume", "peace talks fail"]).tokens().cooccurrence()
    >>> ax = kolloc.plots.collocates(table.collocates("peace"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['talks', 'resume', 'fail']
    """
    table = nw.from_native(frame, eager_only=True)
    _check.column("measure", measure, table.columns)
    table = table.sort(measure, descending=True)
    words, lengths, observed = (table[name].to_list() for name in ("collocate", measure, "observed"))
    ax = new_axes(len(words)) if ax is None else ax
    rows = range(len(words))
    ax.barh(rows, lengths, color=COLOURS[0], height=0.7)
    ax.set_yticks(rows, words, fontfamily=fonts_for(words))
    ax.set_ylim(len(words) - 0.4, -0.6)
    ax.margins(x=0.12)
    for row, length, count in zip(rows, lengths, observed, strict=True):
        ax.annotate(
            f"{count:,g}", (length, row), xytext=(3, 0), textcoords="offset points", va="center", fontsize="small"
        )
    ax.set_xlabel(f"{measure} (beside each bar: times observed together)")
    return bare(ax)
