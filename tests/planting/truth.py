"""What was planted: the pages, and what is true of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["a_to_b", "b_to_a", "none"]
PartKind = Literal["boilerplate", "article", "pull_quote"]
OPPOSITE = {"contains": "contained_in", "contained_in": "contains"}


def seen_from_b(relation: str) -> str:
    """Return what a relation of `a` to `b` is called as one of `b` to `a`."""
    return OPPOSITE.get(relation, relation)


@dataclass(frozen=True)
class Span:
    """The same text in two documents; character offsets, the end is not included."""

    char_start_a: int
    char_end_a: int
    char_start_b: int
    char_end_b: int


@dataclass(frozen=True)
class Relation:
    """What is true of two documents.

    `expected` holds every answer that is right, each read as "a *relation* b": in `contains`, `a` is the larger one.
    `"none"` stands for a pair that is not reported. With the direction `"a_to_b"` the shared text went from `a` to `b`,
    and the dates say so. `lineage` are the originals whose text both hold; `note` says how this one was made.
    """

    doc_a: int
    doc_b: int
    kind: str
    expected: frozenset[str]
    direction: Direction
    spans: tuple[Span, ...]
    lineage: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class InPage:
    """What is true of a part of one page.

    `kind` is `boilerplate`, `article` (one of several on the page) or `pull_quote`, whose sentence of the body stands
    from `of_start` to `of_end`.
    """

    doc: int
    kind: PartKind
    char_start: int
    char_end: int
    of_start: int | None = None
    of_end: int | None = None


@dataclass(frozen=True)
class Planted:
    """Pages with typed truth.

    `lineage` names, by page, the texts it holds something of: numbers below the number of texts given to `plant` are
    those texts, higher ones texts made for the purpose. `related` are pairs of texts that share a passage by nature.
    """

    documents: list[str]
    names: list[str]
    dates: list[str]
    sources: list[str]
    relations: list[Relation]
    in_page: list[InPage]
    lineage: list[tuple[int, ...]]
    related: frozenset[tuple[int, int]] = frozenset()

    def columns(self) -> dict[str, list[str]]:
        """Return the pages as columns of a table: name, date, source, text."""
        return {"name": self.names, "date": self.dates, "source": self.sources, "text": self.documents}

    def akin(self, a: int, b: int) -> bool:
        """Return whether two pages hold text of one original, or of two that are related by nature."""
        pairs = ((min(x, y), max(x, y)) for x in self.lineage[a] for y in self.lineage[b])
        return any(x == y or (x, y) in self.related for x, y in pairs)
