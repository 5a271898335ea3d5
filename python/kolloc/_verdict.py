"""Which rule made a relation, in a sentence with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Counts", "related", "unrelated"]


class Counts(NamedTuple):
    """The integers behind a pair of texts, and their ratios; a ratio of nothing is 0."""

    shared: int
    size_a: int
    size_b: int
    longest_run: int

    @property
    def union(self) -> int:
        """Triples of either text."""
        return self.size_a + self.size_b - self.shared

    @property
    def jaccard(self) -> float:
        """Shared triples by those of either text."""
        return self.shared / max(self.union, 1)

    @property
    def containment_a(self) -> float:
        """Shared triples by those of the first text."""
        return self.shared / max(self.size_a, 1)

    @property
    def containment_b(self) -> float:
        """Shared triples by those of the second text."""
        return self.shared / max(self.size_b, 1)

    @property
    def containment(self) -> float:
        """Shared triples by those of the smaller text."""
        return max(self.containment_a, self.containment_b)


def related(relation: str, counts: Counts, options: Mapping[str, Any]) -> str:
    """Return why the first text stands in this relation to the second one.

    Examples
    --------
    >>> related("near", Counts(136, 150, 164, 60), {"near": 0.7})
    'near: 136 of 178 triples are in both, Jaccard 0.76 ≥ 0.70'
    """
    return f"{relation}: {_RULES[relation](counts, options)}"


def unrelated(counts: Counts, options: Mapping[str, Any]) -> str:
    """Return why two texts are in no relation, as far as it can be read from their counts.

    Examples
    --------
    >>> options = {"near": 0.7, "revised": 0.4, "floor": 0.4, "passage": 12}
    >>> unrelated(Counts(5, 40, 50, 7), options)
    '5 of 85 triples are in both: Jaccard 0.06 < 0.70, containment 0.12 < 0.40; longest run of 7 words < 12'
    """
    if not counts.shared:
        return "no triple of words is in both"
    parts = [_below("Jaccard", counts.jaccard, options["near"])]
    parts.append(_below("containment", counts.containment, options["floor"]))
    run = f"longest run of {_words(counts.longest_run)}"
    least = options["passage"]
    passage = f"{run} < {least}" if least is not None and counts.longest_run < least else run
    return f"{counts.shared:,} of {counts.union:,} triples are in both: {', '.join(parts)}; {passage}"


def _below(name: str, value: float, bound: float) -> str:
    return _against(name, value, bound) if value < bound else f"{name} {value:.2f}"


def _against(name: str, value: float, bound: float) -> str:
    """Return a comparison with as many digits as it needs to look true."""
    sign = "≥" if value >= bound else "<"
    digits = 2
    while digits < 6 and value != bound and f"{value:.{digits}f}" == f"{bound:.{digits}f}":
        digits += 1
    return f"{name} {value:.{digits}f} {sign} {bound:.{digits}f}"


def _words(n: int) -> str:
    return "1 word" if n == 1 else f"{n:,} words"


def _near(counts: Counts, options: Mapping[str, Any]) -> str:
    jaccard = _against("Jaccard", counts.jaccard, options["near"])
    return f"{counts.shared:,} of {counts.union:,} triples are in both, {jaccard}"


def _contained(counts: Counts, options: Mapping[str, Any]) -> str:
    of_larger = min(counts.containment_a, counts.containment_b)
    contained = _against("containment", counts.containment, options["contained"])
    smaller = min(counts.size_a, counts.size_b)
    return (
        f"{counts.shared:,} of the {smaller:,} triples of the smaller text are in the larger one, {contained}; "
        f"they are {of_larger:.2f} of the larger one"
    )


def _revised(counts: Counts, options: Mapping[str, Any]) -> str:
    less = min(counts.containment_a, counts.containment_b)
    both = f"{counts.containment_a:.2f} of the first text and {counts.containment_b:.2f} of the second"
    return f"{counts.shared:,} triples are in both, {both}; {_against('the smaller share', less, options['revised'])}"


def _passage(counts: Counts, options: Mapping[str, Any]) -> str:
    run = f"a run of {_words(counts.longest_run)} ≥ {options['passage']} is in both"
    return f"{run}; as wholes they are not akin (Jaccard {counts.jaccard:.2f}, containment {counts.containment:.2f})"


def _quotes(counts: Counts, options: Mapping[str, Any]) -> str:
    share = f"at least {options['quoted']:.2f} of the shared passages stand between quotation marks in one of them"
    return f"{_passage(counts, options)}; {share}"


_RULES = {
    "exact": lambda *_: "both texts have the same characters",
    "same_text": lambda *_: "both texts have the same letters and digits; case, punctuation and spaces differ",
    "near": _near,
    "contains": _contained,
    "contained_in": _contained,
    "revised": _revised,
    "quotes": _quotes,
    "shared_passage": _passage,
}
