"""Rates over time as lines that break at gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from kolloc import _check
from kolloc.exceptions import ParameterError
from kolloc.plots._axes import COLOURS, GREY, bare, fonts_for, new_axes, over_days

__all__ = ["over_time"]

_MARKERS = "osD^vPX"
_DASHES = ("-", "--", ":", "-.")
_UNITS = {"per_million": "per million tokens", "count": "occurrences", "n_docs": "documents", "n_tokens": "tokens"}
# From so many periods on a mark for each is clutter.
_MARKED = 60


def over_time(
    rates: Any, *, value: str = "per_million", rolled: Any | None = None, log: bool = False, ax: Any | None = None
) -> Any:
    """Return the axes of lines: how often terms occur in each period, of each group.

    Parameters
    ----------
    rates : frame
        What `OverTime.rates` returns. A line breaks where a period has no tokens; where no group has any documents, the
        ground is grey.
    value : str, default "per_million"
        The column that gives the height; an interval is drawn if the frame has its ``_low`` and ``_high``.
    rolled : frame, optional
        The same rates with ``rolling``: these become the lines, each point in the middle of its window, and the periods
        themselves faint marks behind them.
    log : bool, default False
        Whether the height is logarithmic; zeros are then left out.
    ax : matplotlib Axes, optional
        Where to draw; otherwise on a new pyplot figure.

    Returns
    -------
    matplotlib.axes.Axes
        A colour and a mark for each term; with several terms of several groups, a kind of line for each group.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ParameterError
        If the frame lacks a column.

    Warns
    -----
    MissingGlyphWarning
        If no font on this machine has some letters.

    Examples
    --------
    >>> import kolloc, matplotlib, pandas as pd
    >>> matplotlib.use("agg")
    >>> frame = pd.DataFrame({"text": ["war war peace", "war", "peace talks"],
    ...                       "date": ["2024-01-05", "2024-01-20", "2024-03-02"]})
    >>> time = kolloc.Corpus(frame, text="text").tokens().dtm().over_time(date="date", every="month")
    >>> ax = kolloc.plots.over_time(time.rates(["war", "peace"]))
    >>> [line.get_label() for line in ax.get_lines()]
    ['war', 'peace']
    """
    table = nw.from_native(rates, eager_only=True)
    for name in ("term", "period", "period_end"):
        _check.column("rates", name, table.columns)
    _check.column("value", value, table.columns)
    smooth = None if rolled is None else nw.from_native(rolled, eager_only=True)
    if smooth is not None and set(smooth.columns) != set(table.columns):
        allowed = "the same rates with rolling, with the same columns"
        raise ParameterError(f"rolled must be {allowed}", parameter="rolled", allowed=allowed)
    ax = new_axes(8, 8.5) if ax is None else ax
    _gaps(ax, table)
    by = next((name for name in table.columns[: table.columns.index("period")] if name != "term"), None)
    series = _series(table, by)
    for one in series:
        if smooth is None:
            _line(ax, one.rows_of(table, by), value, one)
        else:
            _marks(ax, one.rows_of(table, by), value, one)
            _line(ax, one.rows_of(smooth, by), value, one, is_rolled=True)
    over_days(ax, np.concatenate([_moments(table, name) for name in ("period", "period_end")]))
    ax.set_ylabel(_UNITS.get(value, value))
    ax.yaxis.set_major_formatter(lambda height, _: f"{height:,.6g}")
    if log:
        ax.set_yscale("log")
    else:
        ax.set_ylim(bottom=0)
    labels = [one.label for one in series]
    columns = 1 + (len(labels) - 1) // 12
    place = {"loc": "upper left", "bbox_to_anchor": (1.01, 1), "ncols": columns}
    ax.legend(frameon=False, prop={"family": fonts_for(labels)}, **place)
    return bare(ax)


@dataclass(frozen=True)
class _Series:
    """A term of a group: how it is drawn."""

    term: str
    group: Any
    label: str
    colour: str
    marker: str
    dashes: str

    def rows_of(self, table: Any, by: str | None) -> Any:
        """Return its rows of a table, in the order of periods."""
        rows = table.filter(nw.col("term") == self.term)
        if by is not None:
            same = nw.col(by).is_null() if self.group is None else nw.col(by) == self.group
            rows = rows.filter(same)
        return rows.sort("period")


def _series(table: Any, by: str | None) -> list[_Series]:
    """Return each term of each group, in order: of one term each group has a colour, else each term."""
    terms = table["term"].unique(maintain_order=True).to_list()
    groups = [None] if by is None else table[by].unique(maintain_order=True).to_list()
    found = []
    for i, term in enumerate(terms):
        for j, group in enumerate(groups):
            number, dashes = (j, 0) if len(terms) == 1 and by is not None else (i, j)
            label = str(term) if by is None else str(group) if len(terms) == 1 else f"{term} · {group}"
            places = (number % len(COLOURS), number % len(_MARKERS), (dashes + number // len(COLOURS)) % len(_DASHES))
            found.append(_Series(term, group, label, COLOURS[places[0]], _MARKERS[places[1]], _DASHES[places[2]]))
    return found


def _line(ax: Any, rows: Any, value: str, one: _Series, *, is_rolled: bool = False) -> None:
    """Draw a line that breaks at NaN, with its interval."""
    middles, heights = _middles(rows), _floats(rows, value)
    # A value between two gaps has no line, so it needs a mark.
    marker = one.marker if len(rows) <= _MARKED and not is_rolled else None
    width = 2.0 if is_rolled else 1.5
    how = {"color": one.colour, "linewidth": width, "label": one.label}
    ax.plot(middles, heights, one.dashes, marker=marker, markersize=4, **how)
    if marker is None:
        missing = np.concatenate([[True], np.isnan(heights), [True]])
        alone = missing[:-2] & missing[2:] & ~missing[1:-1]
        if alone.any():
            ax.plot(middles[alone], heights[alone], one.marker, color=one.colour, markersize=4)
    low, high = f"{value}_low", f"{value}_high"
    if {low, high} <= set(rows.columns):
        ax.fill_between(middles, _floats(rows, low), _floats(rows, high), color=one.colour, alpha=0.18, linewidth=0)


def _marks(ax: Any, rows: Any, value: str, one: _Series) -> None:
    ax.plot(_middles(rows), _floats(rows, value), one.marker, color=one.colour, markersize=3, alpha=0.4)


def _gaps(ax: Any, table: Any) -> None:
    """Shade periods in which no group has documents."""
    if "n_docs" not in table.columns:
        return
    starts, which = np.unique(_moments(table, "period"), return_inverse=True)
    ends, docs = np.empty_like(starts), np.zeros(len(starts))
    ends[which] = _moments(table, "period_end")
    np.add.at(docs, which, _floats(table, "n_docs"))
    label = "no documents"
    for start, end in zip(starts[docs == 0], ends[docs == 0], strict=True):
        ax.axvspan(start, end, color=GREY, alpha=0.12, linewidth=0, zorder=0, label=label)
        label = "_"


def _middles(rows: Any) -> NDArray[np.datetime64]:
    start, end = _moments(rows, "period"), _moments(rows, "period_end")
    return start + (end - start) // 2


def _moments(table: Any, name: str) -> NDArray[np.datetime64]:
    return np.asarray(table[name].to_numpy()).astype("datetime64[us]")


def _floats(table: Any, name: str) -> NDArray[np.float64]:
    return np.asarray(table[name].to_numpy(), dtype=np.float64)
