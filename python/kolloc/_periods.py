"""Time cut into periods: months, weeks, spans of days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from kolloc._dates import span
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["CALENDAR", "Periods", "cut"]

CALENDAR = ("year", "quarter", "month", "week", "day")
"""Periods of the calendar; weeks start on Monday."""

_Integers = NDArray[np.int64]
_Starts = Callable[[NDArray[np.int64]], NDArray[np.datetime64]]

_DAY = 86_400_000_000
# 1970-01-01 was a Thursday.
_MONDAY = 3
_SEASONS = {"quarter": 4, "month": 12, "day": 7}


@dataclass(frozen=True)
class Periods:
    """Consecutive periods from the first date to the last, those without a document included.

    Attributes
    ----------
    starts : ndarray
        datetime64[us], shape (periods + 1,): where each starts; the last entry is where the last one ends.
    of_date : ndarray
        int64: number of the period of each date.
    season : ndarray or None
        Quarter of the year, month of the year or day of the week of each period, from 0; None where there is none.
    """

    starts: NDArray[np.datetime64]
    of_date: NDArray[np.int64]
    season: NDArray[np.int64] | None

    @property
    def n(self) -> int:
        """Number of periods."""
        return len(self.starts) - 1


def cut(dates: NDArray[np.int64], every: str | timedelta) -> Periods:
    """Return the periods that dates, in microseconds since 1970, fall into.

    Spans of time count from the midnight before the earliest date.

    Examples
    --------
    >>> dates = np.array(["2024-01-31", "2024-03-01"], dtype="datetime64[us]").astype(np.int64)
    >>> periods = cut(dates, "month")
    >>> periods.of_date.tolist(), periods.starts.astype("datetime64[D]").tolist()[:2]
    ([0, 2], [datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)])
    >>> cut(dates, "14D").of_date.tolist()
    [0, 2]
    """
    numbers, starts_of = _calendar(dates, every) if every in CALENDAR else _spans(dates, every)
    first, last = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, -1)
    listed = np.arange(first, last + 2, dtype=np.int64)
    season = None
    if isinstance(every, str) and every in _SEASONS:
        season = (listed[:-1] + (_MONDAY if every == "day" else 0)) % _SEASONS[every]
    return Periods(starts_of(listed), numbers - first, season)


def _calendar(dates: _Integers, every: object) -> tuple[_Integers, _Starts]:
    """Return the period of each date since 1970, and the function that gives their starts."""
    if every in ("week", "day"):
        days, length = np.floor_divide(dates, _DAY), 7 if every == "week" else 1
        shift = _MONDAY if every == "week" else 0
        numbers = np.floor_divide(days + shift, length)
        return numbers, lambda listed: (listed * length - shift).astype("datetime64[D]").astype("datetime64[us]")
    months = dates.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    length = {"month": 1, "quarter": 3, "year": 12}[str(every)]
    return (
        np.floor_divide(months, length),
        lambda listed: (listed * length).astype("datetime64[M]").astype("datetime64[us]"),
    )


def _spans(dates: _Integers, every: str | timedelta) -> tuple[_Integers, _Starts]:
    allowed = f"one of {', '.join(map(repr, CALENDAR))}, or a span of time such as '30D', '6W', '12h'"
    try:
        length = span(every)
    except (ParameterError, InputTypeError):
        length = 0
    if length == 0:
        message = f"every must be {allowed}, got {every!r}"
        raise ParameterError(message, parameter="every", value=every, allowed=allowed)
    origin = int(np.floor_divide(dates.min(), _DAY)) * _DAY if len(dates) else 0
    return np.floor_divide(dates - origin, length), lambda listed: (listed * length + origin).astype("datetime64[us]")
