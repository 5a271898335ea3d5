"""Pictures of results. They need matplotlib and return its objects, so that everything can still be changed."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from kolloc import _check

__all__ = ["collocates", "misses"]


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

    Notes
    -----
    Letters that matplotlib's font lacks, such as Hangul in its default font, appear as boxes; set
    ``matplotlib.rcParams["font.family"]`` to a font that has them.

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
    if ax is None:
        ax = _new_axes(len(table))
    words, lengths, observed = (table[name].to_list() for name in ("collocate", measure, "observed"))
    rows = range(len(words))
    ax.barh(rows, lengths, color="#3b6ea5", height=0.7)
    ax.set_yticks(rows, words)
    ax.set_ylim(len(words) - 0.4, -0.6)
    ax.margins(x=0.12)
    for row, length, count in zip(rows, lengths, observed, strict=True):
        ax.annotate(
            f"{count:,g}", (length, row), xytext=(3, 0), textcoords="offset points", va="center", fontsize="small"
        )
    ax.set_xlabel(f"{measure} (beside each bar: times observed together)")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


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
    if ax is None:
        ax = _new_axes(8)
    for length in table["words"].unique(maintain_order=True).to_list():
        curve = table.filter(nw.col("words") == length).sort("containment")
        points = curve["containment"].to_list(), curve["probability"].to_list()
        ax.plot(*points, marker="o", markersize=3, label=f"{length:,} words")
    ax.set_xlabel("share of triples that stay (containment)")
    ax.set_ylabel("probability of a miss")
    ax.set_ylim(-0.02, 1.02)
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def _new_axes(n_bars: int) -> Any:
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("pictures need matplotlib: pip install 'kolloc[plots]'") from None
    return pyplot.subplots(figsize=(7, 1.2 + 0.28 * n_bars), layout="constrained")[1]
