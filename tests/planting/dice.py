"""Chance that falls the same way on every Python.

Everything is drawn through `random.Random(seed).random()`, the one method whose sequence Python promises to keep.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded source of choices; equal seeds give equal choices."""

    def __init__(self, seed: int | str) -> None:
        self._seed = str(seed)
        self._random = random.Random(self._seed).random

    def child(self, *labels: object) -> Dice:
        """Return dice of their own for a part of the work, whatever was drawn here before."""
        return Dice("/".join([self._seed, *map(str, labels)]))

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to `limit - 1`."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def share(self, low: float, high: float) -> float:
        """Return a number from `low` up to, not including, `high`."""
        return low + self._random() * (high - low)

    def chance(self, probability: float) -> bool:
        """Return True that often."""
        return self._random() < probability

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[self.below(len(options))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        left = list(items)
        for last in range(len(left) - 1, 0, -1):
            other = self.below(last + 1)
            left[last], left[other] = left[other], left[last]
        return left
