"""Dates of documents as integers, and spans of time in the same unit."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _interop
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["NO_DATE", "microseconds", "span"]

NO_DATE = np.iinfo(np.int64).min
"""Stands for a missing date."""

_UNITS = {"min": "minutes", "h": "hours", "D": "days", "d": "days", "W": "weeks", "w": "weeks"}
_ALLOWED = "a span of time such as '30D', '6W', '12h', '90min', or a timedelta"
_SPAN = re.compile(r"\s*(\d+)\s*(min|h|D|d|W|w)\s*")


def microseconds(frame: Any, name: str) -> NDArray[np.int64]:
    """Return the dates of a column in microseconds since 1970: int64, shape (rows,), `NO_DATE` where missing.

    Dates, datetimes and text that begins as in ISO 8601 are understood; a time zone is turned into UTC.

    Raises
    ------
    ParameterError
        If a value is no date; the message names its row.

    Examples
    --------
    >>> import pandas as pd
    >>> microseconds(pd.DataFrame({"day": ["1970-01-02", None]}), "day").tolist()
    [86400000000, -9223372036854775808]
    """
    values = _interop.column_values(frame, name)
    return np.array([_one(name, row, value) for row, value in enumerate(values)], dtype=np.int64)


_EPOCH = datetime(1970, 1, 1)


def _one(name: str, row: int, value: Any) -> int:
    if value is None or value == "":
        return int(NO_DATE)
    try:
        moment = _moment(value)
    except (ValueError, TypeError):
        allowed = "dates, datetimes or text such as '2024-05-31'"
        message = f"date must name a column of {allowed}, but {name!r} holds {value!r} in row {row}"
        raise ParameterError(message, parameter="date", value=value, allowed=allowed) from None
    if moment.tzinfo is not None:
        moment = (moment - (moment.utcoffset() or timedelta())).replace(tzinfo=None)
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, np.datetime64):
        return _moment(value.astype("datetime64[us]").item())
    if isinstance(value, str):
        return datetime.fromisoformat(value.strip())
    raise TypeError


def span(value: str | timedelta) -> int:
    """Return a span of time in microseconds.

    Parameters
    ----------
    value : str or timedelta
        Such as ``"30D"``, ``"6W"``, ``"12h"``, ``"90min"``.

    Examples
    --------
    >>> span("1D") == span("24h") == span(timedelta(days=1))
    True
    """
    length: timedelta | None
    if isinstance(value, timedelta):
        length = value
    elif isinstance(value, str):
        found = _SPAN.fullmatch(value)
        length = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    else:
        raise InputTypeError(f"window must be {_ALLOWED}, got {value!r}")
    if length is None or length < timedelta(0):
        message = f"window must be {_ALLOWED}, got {value!r}"
        raise ParameterError(message, parameter="window", value=value, allowed=_ALLOWED)
    return length // timedelta(microseconds=1)
