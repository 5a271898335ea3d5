"""What sets a target apart as bars to both sides."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from kolloc import _check
from kolloc.exceptions import ParameterError
from kolloc.plots._axes import COLOURS, GREY, bare, fonts_for, new_axes

__all__ = ["keyness"]

_UNITS = {
    "log_ratio": "log ratio: log2 of rate in target / rate in reference",
    "log_ratio_walter": "log ratio, ½ added to counts: log2 of rate in target / rate in reference",
    "lrc": "log ratio, the bound of its interval nearer to 0",
    "g2": "G2, signed",
    "chi2": "chi-squared, signed",
    "log_odds_prior": "log-odds with prior (ln), target less reference",
    "log_odds_prior_z": "log-odds with prior over its standard error (z)",
    "pct_diff": "difference of rates in % of the reference",
}
# How far a bar without an end reaches, as a share of the longest that has one.
_BEYOND = 1.12


def keyness(
    frame: Any, *, measure: str = "log_ratio", rank_by: str | None = None, n: int = 12, ax: Any | None = None
) -> Any:
    """Return the axes of bars to both sides: the words a target has most, and least, against a reference.

    Parameters
    ----------
    frame : frame
        What `DocumentTermMatrix.keyness` or `contrast` returns, of one target.
    measure : str, default "log_ratio"
        The column that gives the length of the bars; an interval is drawn if the frame has its ``_low`` and ``_high``.
        A bar without an end (a word of one side alone) reaches the border, marked ∞.
    rank_by : str, optional
        The column by whose largest and smallest values words are chosen: ``"g2"`` if the frame has it, since the words
        with the largest ratios are the rarest; otherwise `measure`.
    n : int, default 12
        Number of words on each side, at most.
    ax : matplotlib Axes, optional
        Where to draw; otherwise on a new pyplot figure.

    Returns
    -------
    matplotlib.axes.Axes
        Words from the largest value of `measure` to the smallest. On the right stands how often a word occurs in target
        and reference, if the frame says so.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ParameterError
        If the frame lacks a column, or holds several targets.

    Warns
    -----
    MissingGlyphWarning
        If no font on this machine has some letters.

    Examples
    --------
    >>> import kolloc, matplotlib, pandas as pd
    >>> matplotlib.use("agg")
    >>> texts = ["peace talks peace", "peace talks", "trade talks", "trade falls trade talks"]
    >>> frame = pd.DataFrame({"text": texts, "outlet": ["Post", "Post", "Herald", "Herald"]})
    >>> table = kolloc.Corpus(frame, text="text").tokens().dtm().keyness("Post", by="outlet")
    >>> ax = kolloc.plots.keyness(table, n=1)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['peace', 'trade']
    """
    table = nw.from_native(frame, eager_only=True)
    for parameter, name in (("frame", "term"), ("measure", measure)):
        _check.column(parameter, name, table.columns)
    if rank_by is None:
        rank_by = "g2" if "g2" in table.columns else measure
    _check.column("rank_by", rank_by, table.columns)
    if table["term"].n_unique() < len(table):
        allowed = "of one target: it holds words twice, so choose the rows of a group"
        raise ParameterError(f"frame must be {allowed}", parameter="frame", allowed=allowed)
    rows = _strongest(_floats(table, rank_by), _check.integer("n", n, at_least=1))
    table = table[rows[np.argsort(-_floats(table, measure)[rows], kind="stable")]]
    words, values = [str(term) for term in table["term"].to_list()], _floats(table, measure)
    ax = new_axes(len(words) + 1, 7.5) if ax is None else ax
    _bars(ax, values, *_interval(table, measure))
    ax.set_yticks(range(len(words)), words, fontfamily=fonts_for(words))
    # A row more for what stands above the bars, clear of the title.
    ax.set_ylim(len(words) - 0.4, -1.4)
    ax.set_xlabel(_UNITS.get(measure, measure))
    ax.axvline(0, color="black", linewidth=0.8)
    if {"count_target", "count_reference"} <= set(table.columns):
        _counts(ax, _floats(table, "count_target"), _floats(table, "count_reference"))
    return bare(ax)


def _floats(table: Any, name: str) -> NDArray[np.float64]:
    return np.asarray(table[name].to_numpy(), dtype=np.float64)


def _strongest(values: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """Return the rows of the n largest values above 0 and of the n smallest below, falling; ties in order."""
    order = np.argsort(-values, kind="stable")
    ordered = values[order]
    return np.concatenate([order[ordered > 0][:n], order[ordered < 0][-n:]])


def _interval(table: Any, measure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]] | tuple[None, None]:
    low, high = f"{measure}_low", f"{measure}_high"
    return (_floats(table, low), _floats(table, high)) if {low, high} <= set(table.columns) else (None, None)


def _bars(
    ax: Any, values: NDArray[np.float64], low: NDArray[np.float64] | None, high: NDArray[np.float64] | None
) -> None:
    """Draw bars with intervals, those without an end up to the border of their side."""
    ends = np.concatenate([values, *(bound for bound in (low, high) if bound is not None)])
    ends = ends[np.isfinite(ends)]
    most = float(np.abs(ends).max(initial=0)) or 1.0
    # A bar without an end must not look shorter than one that has one.
    left, right = (
        _BEYOND * (most if np.inf * sign in values else float((sign * ends).max(initial=0)) or most) for sign in (-1, 1)
    )
    rows, endless = np.arange(len(values)), np.isinf(values)
    drawn = np.clip(np.nan_to_num(values, nan=0.0, posinf=right, neginf=-left), -left, right)
    bars = ax.barh(rows, drawn, color=[COLOURS[0] if value > 0 else COLOURS[1] for value in drawn], height=0.68)
    for bar in np.array(bars)[endless]:
        bar.set_alpha(0.45)
    for row in rows[endless]:
        outside = {"xytext": (3, 0), "ha": "left"} if values[row] > 0 else {"xytext": (-3, 0), "ha": "right"}
        ax.annotate("∞", (drawn[row], row), textcoords="offset points", va="center", **outside)
    if low is not None and high is not None:
        ax.hlines(rows, np.clip(low, -left, right), np.clip(high, -left, right), color="black", linewidth=1)
        for bound in (low, high):
            closed = np.isfinite(bound)
            ax.plot(bound[closed], rows[closed], linestyle="none", marker="|", markersize=6, color="black")
    reaches_left, reaches_right = (ends < 0).any() or (drawn < 0).any(), (ends > 0).any() or (drawn > 0).any()
    rim = 0.06 * (left * reaches_left + right * reaches_right)
    ax.set_xlim(-left - rim if reaches_left else 0, right + rim if reaches_right else 0.0 if reaches_left else 1.0)
    for is_there, side, colour, place in (
        ((drawn < 0).any(), "more in reference", COLOURS[1], {"xytext": (-6, -3), "ha": "right"}),
        ((drawn > 0).any(), "more in target", COLOURS[0], {"xytext": (6, -3), "ha": "left"}),
    ):
        if is_there:
            place |= {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "va": "top"}
            ax.annotate(side, (0, 1), color=colour, **place)


def _counts(ax: Any, target: NDArray[np.float64], reference: NDArray[np.float64]) -> None:
    """Write counts in target and reference beside the rows."""
    place: dict[str, Any] = {"textcoords": "offset points", "fontsize": "small", "color": GREY}
    place |= {"annotation_clip": False, "xycoords": ("axes fraction", "data")}
    for row, (a, b) in enumerate(zip(target, reference, strict=True)):
        ax.annotate(f"{a:,.6g} : {b:,.6g}", (1, row), xytext=(6, 0), va="center", **place)
    place["xycoords"] = "axes fraction"
    ax.annotate("target : reference", (1, 1), xytext=(6, -3), va="top", **place)
