"""Comparisons of many groups: each with each, and each period with others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _dated
from kolloc._keyness_groups import NEITHER, REFERENCE, TARGET, Elsewhere, Labels, Sides, grouped, single
from kolloc._matrix import Matrix
from kolloc.exceptions import ParameterError

__all__ = ["AGAINST", "GroupCounts", "chosen"]

AGAINST = ("previous", "earlier")
"""What periods are compared with, besides all others."""

_Numbers = tuple[int, ...]
_Counts = tuple[NDArray[Any], NDArray[Any]]


@dataclass
class GroupCounts:
    """Counts of terms in groups of documents that exclude each other, each group summed once.

    Parameters
    ----------
    matrix : Matrix
        Documents without weights.
    number_of : ndarray
        int64: group of each document, below zero where it is in none.
    held : int
        Number of groups whose counts are kept.
    """

    matrix: Matrix
    number_of: NDArray[np.int64]
    held: int
    kept: dict[int, _Counts] = field(default_factory=dict, init=False)
    summed: tuple[_Numbers, _Counts] | None = field(default=None, init=False)
    every: _Counts | None = field(default=None, init=False)

    def rows(self, number: int) -> NDArray[np.uint32]:
        """Return the documents of a group."""
        return np.flatnonzero(self.number_of == number).astype(np.uint32)

    def of(self, number: int) -> _Counts:
        """Return tokens and documents of each term in a group."""
        if number not in self.kept:
            while len(self.kept) >= self.held:
                del self.kept[next(iter(self.kept))]
            self.kept[number] = _frequencies(self.matrix, self.rows(number))
        return self.kept[number]

    def of_several(self, numbers: _Numbers | None, but: int) -> _Counts:
        """Return tokens and documents of each term in several groups, or in all but one."""
        if numbers is None:
            if self.every is None:
                self.every = _frequencies(self.matrix, np.flatnonzero(self.number_of >= 0).astype(np.uint32))
            return _each(np.subtract, self.every, self.of(but))
        if len(numbers) == 1:
            return self.of(numbers[0])
        if self.summed is None or self.summed[0] != numbers:
            is_next = self.summed is not None and self.summed[0] == numbers[:-1]
            start = self.summed[1] if self.summed is not None and is_next else self.of(numbers[0])
            for number in numbers[-1:] if is_next else numbers[1:]:
                start = _each(np.add, start, self.of(number))
            self.summed = numbers, start
        return self.summed[1]


def _frequencies(matrix: Matrix, rows: NDArray[np.uint32]) -> _Counts:
    cf, df, _ = matrix._native.select_rows(rows).frequencies()
    return cf, df


def _each(operation: np.ufunc, one: _Counts, other: _Counts) -> _Counts:
    return operation(one[0], other[0]), operation(one[1], other[1])


def chosen(
    matrix: Matrix,
    target: Any,
    by: str | None,
    dated: tuple[str | None, str | timedelta],
    reference: Any,
    elsewhere: Elsewhere | None,
) -> tuple[list[Sides], list[str], GroupCounts | None]:
    """Return the comparisons, the columns that name them, and the counts of groups if these exclude each other."""
    is_outside = elsewhere is not None
    if dated[0] is not None:
        _check_periods(target, by, None if is_outside else reference)
        sides, numbers = _of_periods(matrix, dated[0], dated[1], None if is_outside else reference, is_outside)
        return sides, ["period", "period_end"], GroupCounts(matrix, numbers, held=2)
    if target is None and by is not None and _is_pairwise(matrix, by, reference):
        sides, numbers = _of_pairs(matrix, by)
        return sides, [by, "reference"], GroupCounts(matrix, numbers, held=len(sides))
    if target is None and by is not None:
        sides = grouped(matrix, by, reference, is_outside)
        if not sides:
            allowed = "a column with at least one group to compare"
            raise ParameterError(f"by must be {allowed}, got {by!r}", parameter="by", value=by, allowed=allowed)
        return sides, [by], None
    if target is None and not is_outside:
        message = "target must be given, or by, or date, or a reference from elsewhere"
        raise ParameterError(message, parameter="target", allowed="documents, or values of by")
    return [single(matrix, target, reference, by, is_outside)], [], None


def _check_periods(target: Any, by: str | None, reference: Any) -> None:
    """Refuse what does not go with periods."""
    for name, value in (("target", target), ("by", by)):
        if value is not None:
            message = f"{name} must be None with date, where each period is a target, got {value!r:.100}"
            raise ParameterError(message, parameter=name, value=value, allowed="None with date")
    if reference is not None:
        _check.one_of("reference", reference, AGAINST)


def _is_pairwise(matrix: Matrix, by: str, reference: Any) -> bool:
    return isinstance(reference, str) and reference == "pairwise" and reference not in matrix._grouping(by)[0]


def _of_pairs(matrix: Matrix, by: str) -> tuple[list[Sides], NDArray[np.int64]]:
    """Return the comparison of each two groups that have documents, and the group of each document."""
    values, groups = matrix._grouping(by)
    there = np.unique(groups).tolist()
    if len(there) < 2:
        allowed = "a column with two groups to compare"
        raise ParameterError(f"by must be {allowed}, got {by!r}", parameter="by", value=by, allowed=allowed)
    numbers = groups.astype(np.int64)
    sides = [
        Sides((values[one], values[other]), partial(_labels, numbers, one, (other,)), (one, (other,)))
        for one, other in combinations(there, 2)
    ]
    return sides, numbers


def _of_periods(
    matrix: Matrix, date: str, every: str | timedelta, against: str | None, is_outside: bool
) -> tuple[list[Sides], NDArray[np.int64]]:
    """Return the comparison of each period that has documents and others, and the period of each document."""
    dated = _dated.of(matrix, date, every)
    numbers = dated.of_document(-1)
    there = np.unique(dated.periods.of_date).tolist()
    starts = dated.periods.starts
    sides = []
    for place, number in enumerate(there):
        others: _Numbers | None = None
        if is_outside:
            others = ()
        elif against is not None:
            others = tuple(there[:place])[-1:] if against == "previous" else tuple(there[:place])
        if is_outside or others or (others is None and len(there) > 1):
            parts = None if is_outside else (number, others)
            label = partial(_labels, numbers, number, others)
            sides.append(Sides((starts[number], starts[number + 1]), label, parts))
    if not sides:
        allowed = "a column with two periods to compare"
        raise ParameterError(f"date must be {allowed}, got {date!r}", parameter="date", value=date, allowed=allowed)
    return sides, numbers


def _labels(numbers: NDArray[np.int64], target: int, others: _Numbers | None) -> Labels:
    """Return the side of each document; without `others` all other groups are the reference."""
    reference = numbers >= 0 if others is None else np.isin(numbers, others)
    labels = np.where(reference, REFERENCE, NEITHER).astype(np.uint8)
    labels[numbers == target] = TARGET
    return labels
