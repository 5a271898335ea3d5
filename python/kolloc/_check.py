"""Checks of arguments: one message form, with what is allowed and what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from numbers import Real
from operator import index
from typing import TypeVar

from kolloc.exceptions import InputTypeError, ParameterError

# No index or count of the core is larger.
_MOST = 2**63 - 1

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
    if at_most is None and number > _MOST:
        at_most, allowed = _MOST, f"{allowed} and at most {_MOST}"
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
        string(parameter, value)
    return listed


def string(parameter: str, value: str) -> str:
    """Return `value` if it is text that UTF-8 can hold.

    Examples
    --------
    >>> string("concatenator", "_")
    '_'
    >>> string("concatenator", 1)
    Traceback (most recent call last):
    kolloc.exceptions.InputTypeError: concatenator must be a str, got 1
    """
    if not isinstance(value, str):
        raise InputTypeError(f"{parameter} must be a str, got {value!r}")
    if has_surrogates(value):
        allowed = "text without lone surrogates"
        message = f"{parameter} must be {allowed}, got {value!r}"
        raise ParameterError(message, parameter=parameter, value=value, allowed=allowed)
    return value


def has_surrogates(text: str) -> bool:
    r"""Return whether a text holds a lone surrogate, which UTF-8 cannot.

    Examples
    --------
    >>> has_surrogates("a\ud800"), has_surrogates("😀")
    (True, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def number(parameter: str, value: float) -> float:
    """Return `value` as a float that is a number.

    Examples
    --------
    >>> number("min_count", 3)
    3.0
    """
    if not isinstance(value, Real) or isinstance(value, bool):
        raise InputTypeError(f"{parameter} must be a number, got {value!r}")
    if value != value:
        raise ParameterError(
            f"{parameter} must be a number, got nan", parameter=parameter, value=value, allowed="a number"
        )
    return float(value)


def share(parameter: str, value: float) -> float:
    """Return `value` as a float above 0 and at most 1.

    Examples
    --------
    >>> share("least", 1)
    1.0
    """
    found = number(parameter, value)
    if not 0 < found <= 1:
        allowed = "above 0 and at most 1"
        message = f"{parameter} must be {allowed}, got {value!r}"
        raise ParameterError(message, parameter=parameter, value=value, allowed=allowed)
    return found


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
