"""How often words occur elsewhere: a mapping, a frame or another matrix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["FrequencyList"]

_FORMS = "a mapping of words to counts, or a frame with the columns 'term' and 'count' (or 'cf')"


class FrequencyList:
    """Words and their counts.

    Examples
    --------
    >>> listed = FrequencyList.of("reference", {"peace": 3, "talks": 5}, "count")
    >>> terms, counts = listed.along(["talks", "fail"])
    >>> terms, counts
    (['talks', 'fail', 'peace'], array([5, 0, 3]))
    """

    __slots__ = ("counts", "terms")

    def __init__(self, terms: list[str], counts: NDArray[Any]) -> None:
        self.terms = terms
        self.counts = counts

    @classmethod
    def of(cls, parameter: str, data: Any, column: str) -> FrequencyList:
        """Return the list that a caller gave; `column` is what a frame is read for, ``"count"`` or ``"df"``."""
        if isinstance(data, Mapping):
            return cls._checked(parameter, list(data), list(data.values()))
        frame = _interop.as_frame(data)
        if frame is None:
            raise InputTypeError(f"{parameter} must be {_FORMS}, got {type(data).__name__}")
        names = _interop.columns(frame)
        wanted = next((name for name in ((column,) if column == "df" else ("count", "cf")) if name in names), None)
        if wanted is None or "term" not in names:
            raise InputTypeError(f"{parameter} must be {_FORMS}, got the columns {_check.listed(names)}")
        return cls._checked(parameter, _interop.column_values(frame, "term"), _interop.column_array(frame, wanted))

    @classmethod
    def _checked(cls, parameter: str, terms: list[Any], counts: Any) -> FrequencyList:
        words = _check.strings(parameter, terms)
        if len(set(words)) < len(words):
            raise ParameterError(f"{parameter} must have each word once", parameter=parameter)
        try:
            numbers = np.asarray(counts, dtype=np.float64)
        except (TypeError, ValueError):
            raise InputTypeError(f"{parameter} must have numbers for counts") from None
        wrong = numbers[~((numbers >= 0) & np.isfinite(numbers))]
        if len(wrong):
            value = float(wrong[0])
            message = f"{parameter} must have finite counts of at least 0, got {value}"
            raise ParameterError(message, parameter=parameter, value=value, allowed="finite counts of at least 0")
        whole = bool((numbers == np.floor(numbers)).all() and (numbers < 2.0**53).all())
        return cls(words, numbers.astype(np.int64) if whole else numbers)

    def along(self, terms: list[str]) -> tuple[list[str], NDArray[Any]]:
        """Return `terms` and behind them the words that only this list has, and the count here of each."""
        place = {term: i for i, term in enumerate(terms)}
        places = np.fromiter((place.setdefault(term, len(place)) for term in self.terms), np.int64, len(self.terms))
        counts = np.zeros(len(place), dtype=self.counts.dtype)
        counts[places] = self.counts
        return list(place), counts

    def values(self, values: NDArray[Any], terms: list[str], missing: Any) -> NDArray[Any]:
        """Return for each of `terms` the value that goes with it here, or `missing`."""
        place = {term: i for i, term in enumerate(self.terms)}
        places = np.fromiter((place.get(term, -1) for term in terms), np.int64, len(terms))
        return np.append(values, np.array(missing, dtype=values.dtype))[places]
