"""Counts over time: rates of each period, with gaps made explicit, and trends of all terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kolloc import _check, _interop, _over_time_repr, _significance, _summaries
from kolloc import _native as core
from kolloc._columns import columns_of
from kolloc._periods import Periods
from kolloc._progress import Progress, reporting
from kolloc._resampled import checked_prints
from kolloc._trend_drawn import DatedCells, Series
from kolloc._undefined import warn_of_undefined
from kolloc._weighted_counts import WeightedCounts
from kolloc.bootstrap import Bootstrap
from kolloc.exceptions import ParameterError

__all__ = ["OverTime"]

_FIELDS = (
    *("slope", "intercept", "slope_low", "slope_high", "s", "var_s", "z", "tau", "p_exact"),
    *("change", "pettitt_k", "pettitt_p"),
)
_PER = 1e6


@dataclass(frozen=True, eq=False, repr=False)
class OverTime:
    """Counts of terms in periods, of all documents or of each group. Made by `DocumentTermMatrix.over_time`.

    Each period, and of several groups each group, has its own denominator: the tokens of its documents. A period
    without tokens is missing, not 0; one with tokens and no hit is 0.

    Examples
    --------
    >>> import kolloc, pandas as pd
    >>> frame = pd.DataFrame({"text": ["war war peace", "war", "peace talks"],
    ...                       "date": ["2024-01-05", "2024-01-20", "2024-03-02"]})
    >>> time = kolloc.Corpus(frame, text="text").tokens().dtm().over_time(date="date", every="month")
    >>> time
    <OverTime: 3 periods (1 without documents), every month, 3 terms>
    >>> print(time.rates(["war"])[["period", "count", "n_tokens", "per_million"]])
          period  count  n_tokens  per_million
    0 2024-01-01      3         4     750000.0
    1 2024-02-01      0         0          NaN
    2 2024-03-01      0         2          0.0
    """

    _counts: core.TermDocument | WeightedCounts
    _terms: list[str]
    _periods: Periods
    _every: str
    _by: str | None
    _groups: list[Any]
    _n_tokens: NDArray[Any]
    _n_docs: NDArray[np.int64]
    _frame: Any | None
    _dated: DatedCells

    def __repr__(self) -> str:
        docs = self._n_docs.reshape(self._periods.n, len(self._groups)).sum(axis=1)
        gaps = int((docs == 0).sum())
        groups = f", {len(self._groups):,} groups by {self._by}" if self._by is not None else ""
        return (
            f"<OverTime: {self._periods.n:,} periods ({gaps:,} without documents), every {self._every}{groups}, "
            f"{len(self._terms):,} terms>"
        )

    def _repr_html_(self) -> str:
        shape = (self._periods.n, len(self._groups))
        return _over_time_repr.html(
            repr(self), self._periods.starts, self._by, self._groups, self._n_docs.reshape(shape),
            self._n_tokens.reshape(shape),
        )  # fmt: skip

    @property
    def terms(self) -> list[str]:
        """The terms in the order of the columns; a new list."""
        return list(self._terms)

    @property
    def periods(self) -> Any:
        """All periods in order, of each group in turn: a frame.

        The group's column if there are groups, ``period`` (its start, datetime64), ``period_end`` (not within it),
        ``n_docs``, ``n_tokens`` (int64; float64 if documents have weights).
        """
        n_groups, n = len(self._groups), self._periods.n
        found = self._labels(np.repeat(np.arange(n_groups), n), np.tile(np.arange(n), n_groups))
        turned = [values.reshape(n, n_groups).T.ravel() for values in (self._n_docs, self._n_tokens)]
        return _interop.frame_like(self._frame, found | dict(zip(("n_docs", "n_tokens"), turned, strict=True)))

    def rates(self, terms: Iterable[str], *, rolling: int = 1) -> Any:
        """Return how often some terms occur in each period.

        Parameters
        ----------
        terms : iterable of str
            Terms with a column.
        rolling : int, default 1
            Number of consecutive periods that are taken together; a window starts with each period that has as many
            behind it. Windows overlap, so they are for looking at, not for tests: `trend` never sees them.

        Returns
        -------
        frame
            ``term``, the group's column if there are groups, ``period`` and ``period_end`` (datetime64), ``count``,
            ``n_tokens``, ``n_docs``, and ``per_million``, 10⁶ count / tokens of the period and group, NaN where there
            are none. In the order of `terms`, groups, periods; a row for each period, those without documents too.

        Raises
        ------
        KeyError
            If a term has no column; the message names the closest one.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> dates = ["2024-01-05", "2024-02-20", "2024-03-02"]
        >>> frame = pd.DataFrame({"text": ["war", "peace", "war war"], "date": dates})
        >>> time = kolloc.Corpus(frame, text="text").tokens().dtm().over_time(date="date", every="month")
        >>> time.rates(["war"], rolling=2)["per_million"].tolist()
        [500000.0, 666666.6666666666]
        """
        columns = columns_of(_check.strings("terms", terms), self._terms).astype(np.uint32)
        wanted = [self._terms[column] for column in columns.tolist()]
        width = _check.integer("rolling", rolling, at_least=1, at_most=max(self._periods.n, 1))
        cells = self._counts.select_columns(columns)
        dense = np.zeros(cells.shape, dtype=np.float64 if isinstance(cells, WeightedCounts) else np.int64)
        rows = np.repeat(np.arange(cells.shape[0]), _sizes(cells))
        dense[rows, cells.indices] = cells.data
        n_groups, n = len(self._groups), self._periods.n
        counts = _windows(dense.reshape(n, n_groups, len(wanted)), width)
        tokens, docs = (_windows(x.reshape(n, n_groups), width) for x in (self._n_tokens, self._n_docs))
        n_windows = len(counts)
        found: dict[str, Any] = {"term": np.repeat(np.array(wanted, dtype=object), n_groups * n_windows).tolist()}
        found |= self._labels(
            np.tile(np.repeat(np.arange(n_groups), n_windows), len(wanted)),
            np.tile(np.arange(n_windows), len(wanted) * n_groups),
            width,
        )
        count = counts.transpose(2, 1, 0).ravel()
        n_tokens, n_docs = (np.tile(x.T.ravel(), len(wanted)) for x in (tokens, docs))
        rate = np.divide(_PER * count, n_tokens, out=np.full(len(count), np.nan), where=n_tokens > 0)
        found |= {"count": count, "n_tokens": n_tokens, "n_docs": n_docs, "per_million": rate}
        return _interop.frame_like(self._frame, found)

    def trend(
        self,
        *,
        level: float = 0.95,
        seasonal: bool = False,
        autocorrelation: bool = False,
        adjust: str = "bh",
        bootstrap: Bootstrap | None = None,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return slope, test and change point of the rate of every term.

        Parameters
        ----------
        level : float, default 0.95
            Level of the interval of the slope.
        seasonal : bool, default False
            Whether only periods of the same season (month of the year, quarter, day of the week) are compared (Hirsch,
            Slack & Smith 1982). Change points are those of the whole series.
        autocorrelation : bool, default False
            Whether the variance of S is corrected for significant rank autocorrelations of the series without its trend
            (Hamed & Rao 1998, at 5 %).
        adjust : {"bh", "by", "holm", "bonferroni"}, default "bh"
            How p is adjusted for the number of terms, of each group on its own; see `kolloc.adjust_p`.
        bootstrap : Bootstrap, optional
            How documents are drawn again, within their periods (and groups), for standard errors and intervals of the
            slope. Takes time for each term, replicate and pair of periods: `DocumentTermMatrix.select` or `trim` first.
        n_threads, progress
            As in `Corpus.tokens`; terms.

        Returns
        -------
        frame
            A row for each term, of each group in turn, in the order of the columns. The group's column if there are
            groups, ``term``, ``n_periods`` with tokens;

            ``slope``, ``slope_low``, ``slope_high``, ``intercept``
                Median of (y_j - y_i) / (t_j - t_i) over all pairs, y per million tokens and t in periods from the first
                one, gaps counted (Theil 1950; Sen 1968); interval by ranks; median(y) - slope·median(t). With
                `bootstrap` the interval is that of the replicates, and the other columns that `Bootstrap` lists follow.
            ``s``, ``var_s``, ``z``, ``p``, ``neg_log10_p``, ``q``
                Mann-Kendall: rising minus falling pairs, its variance with ties, (S - sgn S)/√Var, two-sided normal p,
                p adjusted.
            ``tau``, ``p_exact``
                Kendall's τ-b; p of S exact, without ties and seasons and up to 50 periods, else NaN (no warning).
            ``change``, ``pettitt_k``, ``pettitt_p``
                Start of the first period after the change; K = max |Σ sgn(y_j - y_i)| over i ≤ k < j; p ≈
                2 exp(-6K²/(n³ + n²)), at most 1 (Pettitt 1979). NaT without any change.

        Raises
        ------
        ParameterError
            If periods have no seasons, or an option has a value that is not allowed.

        Warns
        -----
        UndefinedWarning
            If there are fewer than four periods with tokens, or all values are the same.
        ResamplingWarning
            If periods have few documents, too few to vary as others would.

        Notes
        -----
        The interval by ranks takes the rates of periods for independent and of one distribution around the trend; it
        knows nothing of how many documents each rests on. That of `bootstrap` takes the periods as given and tells how
        far the slope would move with other documents of the same periods. A period whose drawn documents have no tokens
        is missing in that replicate.

        Documents of one period that are reprints of one story, and periods that depend on each other, make p too small;
        see `Duplicates.apply` and `autocorrelation`.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> texts = ["war " * n + "peace " * (20 - n) for n in (10, 12, 11, 15, 18, 17)]
        >>> frame = pd.DataFrame({"text": texts, "date": [f"2024-0{month}-15" for month in range(1, 7)]})
        >>> time = kolloc.Corpus(frame, text="text").tokens().dtm().over_time(date="date", every="month")
        >>> print(time.trend()[["term", "slope", "s", "z", "p", "tau"]].round(3))
            term     slope     s      z     p    tau
        0    war  83333.333  11.0  1.879  0.06  0.733
        1  peace -83333.333 -11.0 -1.879  0.06 -0.733

        How far would the slope move with other texts of the same months?

        >>> texts = [text for n in (2, 3, 5, 6) for text in ["war"] * n + ["peace"] * (10 - n)]
        >>> dates = [f"2024-0{month}-15" for month in range(1, 5) for _ in range(10)]
        >>> frame = pd.DataFrame({"text": texts, "date": dates})
        >>> time = kolloc.Corpus(frame, text="text").tokens().dtm().over_time(date="date", every="month")
        >>> drawn = time.trend(bootstrap=kolloc.Bootstrap(500))
        >>> print(drawn[["term", "slope", "slope_se", "slope_low", "slope_high"]].round())
            term     slope  slope_se  slope_low  slope_high
        0    war  141667.0   65800.0     7917.0    266667.0
        1  peace -141667.0   65800.0  -266667.0     -7917.0
        """
        drawn = None if bootstrap is None else checked_prints(bootstrap)
        if _check.share("level", level) == 1:
            raise ParameterError("level must be below 1, got 1", parameter="level", value=1, allowed="below 1")
        _check.one_of("adjust", adjust, _significance.ADJUSTMENTS)
        if seasonal and self._periods.season is None:
            allowed = "False unless periods are quarters, months or days"
            message = f"seasonal must be {allowed}, got True with every={self._every!r}"
            raise ParameterError(message, parameter="seasonal", value=True, allowed=allowed)
        limits = (float(special.ndtri((1 + level) / 2)), float(special.ndtri(0.975)) if autocorrelation else None, _PER)
        with reporting(progress, "trends") as callback:
            parts = [
                core.trends(*self._series(g, seasonal), limits, n_threads=n_threads, progress=callback)
                for g in range(len(self._groups))
            ]
        # Of no groups there are no terms, and no values.
        values = np.concatenate([np.empty((len(_FIELDS), 0)), *parts], axis=1)
        named: dict[str, NDArray[Any]] = dict(zip(_FIELDS, values, strict=True))
        fields = None
        if drawn is not None:
            series = [self._cells_of(group, seasonal) for group in range(len(self._groups))]
            fields = self._dated.slopes(drawn, series, _PER, n_threads, progress)
        return _interop.frame_like(self._frame, self._trend_columns(named, adjust, fields))

    def _series(self, group: int, seasonal: bool) -> tuple[Any, Any]:
        """Return the counts by term, and the denominators, times and seasons, of one group."""
        n, n_groups = self._periods.n, len(self._groups)
        rows = np.arange(n, dtype=np.uint32) * np.uint32(n_groups) + np.uint32(group)
        cells = self._counts.select_rows(rows)
        period = np.repeat(np.arange(n), _sizes(cells))
        order = np.argsort(cells.indices, kind="stable")
        starts = np.searchsorted(cells.indices[order], np.arange(cells.shape[1] + 1)).astype(np.uint64)
        counts = (starts, period[order].astype(np.uint32), cells.data[order].astype(np.float64))
        _, times, seasons = self._cells_of(group, seasonal)
        return counts, (self._n_tokens[rows].astype(np.float64), times, seasons)

    def _cells_of(self, group: int, seasonal: bool) -> Series:
        """Return the cells of a group that have tokens, their times and their seasons."""
        n_groups = len(self._groups)
        there = np.flatnonzero(self._n_tokens.reshape(-1, n_groups)[:, group] > 0)
        season = self._periods.season if seasonal else None
        seasons = np.zeros(len(there), dtype=np.uint32) if season is None else season[there].astype(np.uint32)
        return (there * n_groups + group).astype(np.uint32), there.astype(np.float64), seasons

    def _trend_columns(
        self, named: dict[str, NDArray[Any]], adjust: str, fields: NDArray[np.float64] | None
    ) -> dict[str, Any]:
        n_groups, n_terms = len(self._groups), len(self._terms)
        there = (self._n_tokens > 0).reshape(self._periods.n, n_groups)
        warn_of_undefined(
            {name: named[name] for name in ("slope", "z", "tau")},
            "fewer than four periods have tokens, all rates are the same, or the corrected variance is negative",
        )
        p = _significance.p_columns(_significance.log_p_of_z(named["z"]))
        q = [_significance.adjust_p(part, adjust) for part in p["p"].reshape(n_groups, n_terms)] if n_terms else []
        found: dict[str, Any] = {}
        if self._by is not None:
            found[self._by] = [value for value in self._groups for _ in range(n_terms)]
        found |= {"term": self._terms * n_groups, "n_periods": np.repeat(there.sum(axis=0), n_terms)}
        found |= {name: named[name] for name in ("slope", "slope_low", "slope_high")}
        if fields is not None:
            found |= _summaries.columns("slope", fields, null=True)
            _summaries.warn_of_missing({"slope": fields})
        found |= {name: named[name] for name in ("intercept", "s", "var_s", "z")}
        found |= {**p, "q": np.concatenate(q) if q else p["p"]}
        found |= {name: named[name] for name in ("tau", "p_exact")}
        found["change"] = self._changes(named["change"].reshape(n_groups, n_terms), there)
        return found | {name: named[name] for name in ("pettitt_k", "pettitt_p")}

    def _changes(self, places: NDArray[Any], there: NDArray[np.bool_]) -> NDArray[np.datetime64]:
        """Return the start of the first period with tokens after the change, NaT if there is none."""
        found = np.full(places.shape, np.datetime64("NaT", "us"))
        for group, row in enumerate(places):
            starts = self._periods.starts[:-1][there[:, group]]
            known = ~np.isnan(row)
            found[group, known] = starts[row[known].astype(np.int64) + 1]
        return found.ravel()

    def _labels(self, groups: NDArray[Any], periods: NDArray[Any], width: int = 1) -> dict[str, Any]:
        found: dict[str, Any] = (
            {} if self._by is None else {self._by: [self._groups[group] for group in groups.tolist()]}
        )
        starts = self._periods.starts
        return found | {"period": starts[periods], "period_end": starts[periods + width]}


def _sizes(cells: core.TermDocument | WeightedCounts) -> NDArray[np.int64]:
    """Return the number of cells of each row."""
    starts = cells.indptr.astype(np.int64)
    return starts[1:] - starts[:-1]


def _windows(values: NDArray[Any], width: int) -> NDArray[Any]:
    """Return sums over `width` consecutive entries of the first axis; none if there are fewer entries."""
    if len(values) < width:
        return values[:0]
    views = np.lib.stride_tricks.sliding_window_view(values, width, axis=0)
    return np.asarray(views.sum(axis=-1))
