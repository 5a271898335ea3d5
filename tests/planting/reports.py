"""What a tool reports about pairs of pages, brought into the order of the truth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planting.truth import Direction, Planted, Relation, seen_from_b

Doc = int | str
"""A page by its place among the documents or by its name."""

Pair = tuple[int, int]
"""Two places, the smaller one first."""

PairReport = tuple[Doc, Doc, str] | tuple[Doc, Doc, str, Direction | None]
SpanReport = tuple[Doc, Doc, int, int, int, int]


class Found(NamedTuple):
    """A pair that a tool reports, read as "a *relation* b"; `direction` says where text went, None if nowhere said."""

    doc_a: Doc
    doc_b: Doc
    relation: str
    direction: Direction | None = None


class FoundSpan(NamedTuple):
    """The same text in two pages as a tool reports it; character offsets."""

    doc_a: Doc
    doc_b: Doc
    char_start_a: int
    char_end_a: int
    char_start_b: int
    char_end_b: int


def pair_of(relation: Relation) -> Pair:
    """Return the places of a planted pair."""
    return (min(relation.doc_a, relation.doc_b), max(relation.doc_a, relation.doc_b))


def by_pair(truth: Planted, reports: Iterable[PairReport]) -> dict[Pair, Found]:
    """Return the reports by pair, each seen from the smaller place.

    Raises
    ------
    ValueError
        If two reports of one pair contradict each other, or a page is related to itself.
    """
    places = _places(truth)
    found: dict[Pair, Found] = {}
    for report in (Found(*reported) for reported in reports):
        a, b = _place(places, report.doc_a), _place(places, report.doc_b)
        if a == b:
            raise ValueError(f"page {truth.names[a]} is related to itself")
        report = Found(a, b, report.relation, report.direction)
        report = report if a < b else turned(report)
        if found.setdefault((min(a, b), max(a, b)), report) != report:
            raise ValueError(f"pages {truth.names[a]} and {truth.names[b]} are related in two ways")
    return found


def turned(report: Found) -> Found:
    """Return the same report seen from the other page."""
    other: dict[Direction | None, Direction | None] = {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}
    direction = other.get(report.direction, report.direction)
    return Found(report.doc_b, report.doc_a, seen_from_b(report.relation), direction)


def spans_by_page(truth: Planted, reports: Iterable[SpanReport]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return by page and page it shares text with, in this order, where the text stands in the first one."""
    places = _places(truth)
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for report in (FoundSpan(*reported) for reported in reports):
        a, b = _place(places, report.doc_a), _place(places, report.doc_b)
        found.setdefault((a, b), []).append((report.char_start_a, report.char_end_a))
        found.setdefault((b, a), []).append((report.char_start_b, report.char_end_b))
    return found


def _places(truth: Planted) -> dict[str, int]:
    return {name: place for place, name in enumerate(truth.names)}


def _place(places: dict[str, int], doc: Doc) -> int:
    return places[doc] if isinstance(doc, str) else int(doc)
