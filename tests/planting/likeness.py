"""How much of two texts is the same, in sets of three consecutive words."""

from __future__ import annotations

from dataclasses import dataclass

from planting.segments import words

NEAR = 0.7
"""Jaccard similarity from which two texts are `near`."""

MARGIN = 0.05
"""So close to that bound, word rules decide, and either side of it is right."""


@dataclass(frozen=True)
class Likeness:
    """Triples of words in both texts, in the first and in the second."""

    shared: int
    size_a: int
    size_b: int

    @property
    def jaccard(self) -> float:
        """Shared triples by all triples, 0 for two texts without any."""
        return self.shared / max(1, self.size_a + self.size_b - self.shared)

    @property
    def a_in_b(self) -> float:
        """Share of the first text's triples that the second has, too."""
        return self.shared / max(1, self.size_a)

    @property
    def b_in_a(self) -> float:
        """Share of the second text's triples that the first has, too."""
        return self.shared / max(1, self.size_b)

    @property
    def least(self) -> float:
        """The smaller one of these two shares."""
        return min(self.a_in_b, self.b_in_a)


def likeness(a: str, b: str) -> Likeness:
    """Return how much of two texts is the same."""
    triples_a, triples_b = _triples(a), _triples(b)
    return Likeness(len(triples_a & triples_b), len(triples_a), len(triples_b))


def _triples(text: str) -> set[tuple[str, str, str]]:
    found = words(text)
    return set(zip(found, found[1:], found[2:], strict=False))


def near_or(other: str, a: str, b: str) -> frozenset[str]:
    """Return `near`, the other relation, or, close to the bound between them, both."""
    jaccard = likeness(a, b).jaccard
    named = {"near": jaccard >= NEAR - MARGIN, other: jaccard < NEAR + MARGIN}
    return frozenset(relation for relation, right in named.items() if right)
