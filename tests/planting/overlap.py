"""How well the spans that a tool found cover the planted ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

from planting.reports import SpanReport, spans_by_page
from planting.segments import Range
from planting.truth import Planted, Relation


def span_iou(truth: Planted, spans: Iterable[SpanReport]) -> dict[str, float]:
    """Return by kind the mean overlap of found and planted spans, and over all pairs as "all".

    The overlap of a pair is, over both pages, the number of letters and digits in planted and found spans by the number
    in either; a pair without found spans has 0. White space and punctuation at the edges does not count.
    """
    found = spans_by_page(truth, spans)
    overlaps: dict[str, list[float]] = {}
    for relation in truth.relations:
        if relation.spans:
            overlap = _overlap(truth, relation, found)
            overlaps.setdefault(relation.kind, []).append(overlap)
            overlaps.setdefault("all", []).append(overlap)
    return {kind: sum(of) / len(of) for kind, of in overlaps.items()}


def _overlap(truth: Planted, relation: Relation, found: Mapping[tuple[int, int], list[Range]]) -> float:
    a, b = relation.doc_a, relation.doc_b
    planted_a = [(span.char_start_a, span.char_end_a) for span in relation.spans]
    planted_b = [(span.char_start_b, span.char_end_b) for span in relation.spans]
    sides = [
        _both_and_either(truth.documents[a], planted_a, found.get((a, b), [])),
        _both_and_either(truth.documents[b], planted_b, found.get((b, a), [])),
    ]
    return sum(both for both, _ in sides) / max(1, sum(either for _, either in sides))


def _both_and_either(text: str, planted: list[Range], found: list[Range]) -> tuple[int, int]:
    """Return how many letters and digits stand in ranges of both lists, and of either."""
    before = [0, *accumulate(map(str.isalnum, text))]
    either = _covered(before, [*planted, *found])
    return _covered(before, planted) + _covered(before, found) - either, either


def _covered(before: list[int], ranges: list[Range]) -> int:
    """Return the number of letters and digits in any of the ranges."""
    total = reached = 0
    for start, end in sorted(ranges):
        total += before[max(end, reached)] - before[max(start, reached)]
        reached = max(end, reached)
    return total
