"""Checks of arguments: one message form, with what is allowed and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from operator import index
from typing import TypeVar

from kolloc.exceptions import InputTypeError, ParameterError

_Option = TypeVar("_Option", bound=str)


def one_of(parameter: str, value: _Option, allowed: Sequence[str]) -> _Option:
    """Return `value` if it is one of the allowed options.

    Examples
    --------
    >>> one_of("errors", "strict", ["strict", "replace"])
    'strict'
    >>> one_of("errors", "replaced", ["strict", "replace"])
    Traceback (most recent call last):
    kolloc.exceptions.ParameterError: errors must be one of 'strict', 'replace', got 'replaced'; did you mean 'replace'?
    """
    if value in allowed:
        return value
    options = "one of " + ", ".join(map(repr, allowed))
    message = f"{parameter} must be {options}, got {value!r}{did_you_mean(value, allowed)}"
    raise ParameterError(message, parameter=parameter, value=value, allowed=options)


def column(parameter: str, value: object, columns: Sequence[str]) -> str:
    """Return `value` if it names one of the columns.

    Examples
    --------
    >>> column("by", "outlet", ["date", "outlet"])
    'outlet'
    """
    if isinstance(value, str) and value in columns:
        return value
    options = f"one of the columns {listed(columns)}" if columns else "a column, but there is none"
    message = f"{parameter} must be {options}, got {value!r}{did_you_mean(value, columns)}"
    raise ParameterError(message, parameter=parameter, value=value, allowed=options)


def integer(parameter: str, value: object, *, at_least: int = 0, at_most: int | None = None) -> int:
    """Return `value` as an int within its bounds.

    Examples
    --------
    >>> integer("n", 3)
    3
    >>> integer("n", -1)
    Traceback (most recent call last):
    kolloc.exceptions.ParameterError: n must be an integer of at least 0, got -1
    """
    allowed = f"an integer of at least {at_least}" + ("" if at_most is None else f" and at most {at_most}")
    try:
        number = index(value)  # type: ignore[arg-type]
    except TypeError:
        raise InputTypeError(f"{parameter} must be {allowed}, got {value!r}") from None
    if isinstance(value, bool) or number < at_least or (at_most is not None and number > at_most):
        message = f"{parameter} must be {allowed}, got {value!r}"
        raise ParameterError(message, parameter=parameter, value=value, allowed=allowed)
    return number


def strings(parameter: str, values: Iterable[str]) -> list[str]:
    """Return an iterable of `str` as a list.

    Examples
    --------
    >>> strings("vocabulary", ("peace", "talks"))
    ['peace', 'talks']
    >>> strings("vocabulary", "peace")
    Traceback (most recent call last):
    kolloc.exceptions.InputTypeError: vocabulary must be an iterable of str, got a single str
    """
    expected = f"{parameter} must be an iterable of str"
    if isinstance(values, str):
        raise InputTypeError(f"{expected}, got a single str")
    try:
        listed = list(values)
    except TypeError:
        raise InputTypeError(f"{expected}, got {values!r}") from None
    for value in listed:
        if not isinstance(value, str):
            raise InputTypeError(f"{expected}, got one with {value!r}")
    return listed


def did_you_mean(value: object, options: Iterable[str]) -> str:
    """Return a hint at the option closest to `value`, or nothing.

    Examples
    --------
    >>> did_you_mean("outlte", ["date", "outlet"])
    "; did you mean 'outlet'?"
    """
    by_folded = {option.casefold(): option for option in options}
    close = difflib.get_close_matches(str(value).casefold(), by_folded, n=1)
    return f"; did you mean {by_folded[close[0]]!r}?" if close else ""


def listed(names: Sequence[str], limit: int = 20) -> str:
    """Return names quoted and joined, at most `limit` of them.

    Examples
    --------
    >>> listed(["a", "b", "c"], limit=2)
    "'a', 'b' and 1 more"
    """
    shown = ", ".join(map(repr, names[:limit]))
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"
