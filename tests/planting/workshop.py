"""Where a corpus with its truth is put together: pages are added, related, and in the end shuffled."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planting.briefs import BRIEF_ENGLISH
from planting.composer import Composer
from planting.dice import Dice
from planting.draft import Made
from planting.kinds import KINDS
from planting.pool import Pool
from planting.segments import Article, Range
from planting.sites import OUTLETS, Site, new_site
from planting.truth import Direction, InPage, PartKind, Planted, Relation, Span

_FIRST_DAY = datetime.date(2024, 1, 1)


@dataclass(frozen=True)
class Given:
    """What the caller brought: texts, and dates and sources where they are known."""

    texts: Sequence[str]
    dates: Sequence[str | None] | None
    sources: Sequence[str | None] | None


@dataclass(frozen=True)
class _Page:
    text: str
    date: datetime.date
    source: str
    lineage: tuple[int, ...]


class Workshop:
    """Holds what plantings draw on (pool, composer, sites) and the pages and truths made so far."""

    def __init__(
        self, given: Given, articles: list[Article], dice: Dice, *, boilerplate_cut: bool, pages_per_site: int
    ) -> None:
        self.dice = dice
        self.pool = Pool(articles)
        self.composer = Composer(dice.child("composer"))
        self.brief_composer = Composer(dice.child("briefs"), BRIEF_ENGLISH)
        self.boilerplate_cut = boilerplate_cut
        self.pages_per_site = pages_per_site
        self._given = given
        self._sites: list[Site] = []
        self._made = len(given.texts)
        self._pages: list[_Page] = []
        self._relations: list[Relation] = []
        self._in_page: list[InPage] = []

    def original(self, article: Article, *, text: str | None = None, source: str | None = None) -> int:
        """Add an article as it is, or with something around it; return its page."""
        date = self._given.dates[article.number] if self._given.dates else None
        known = self._given.sources[article.number] if self._given.sources else None
        dice = self.dice.child("original", article.number)
        any_day = _FIRST_DAY + datetime.timedelta(days=dice.below(366))
        page = _Page(
            article.text if text is None else text,
            datetime.date.fromisoformat(date[:10]) if date else any_day,
            source or known or dice.pick(OUTLETS),
            (article.number,),
        )
        return self._add(page)

    def derived(self, made: Made, after: Sequence[int], dice: Dice, source: str | None = None) -> int:
        """Add a page made of others, dated 1 to 20 days after the latest of these; return it."""
        latest = max(self._pages[page].date for page in after)
        date = latest + datetime.timedelta(days=dice.between(1, 20))
        elsewhere = [name for name in OUTLETS if name not in {self._pages[page].source for page in after}]
        return self._add(_Page(made.text, date, source or dice.pick(elsewhere), made.lineage))

    def written(self, text: str, dice: Dice) -> int:
        """Add a page with a text of its own; return it."""
        date = _FIRST_DAY + datetime.timedelta(days=dice.below(366))
        self._made += 1
        return self._add(_Page(text, date, dice.pick(OUTLETS), (self._made - 1,)))

    def _add(self, page: _Page) -> int:
        self._pages.append(page)
        return len(self._pages) - 1

    def text(self, page: int) -> str:
        """Return the text of a page."""
        return self._pages[page].text

    def relate(
        self,
        kind: str,
        a: int,
        b: int,
        spans: tuple[Span, ...] = (),
        *,
        expected: frozenset[str] | None = None,
        note: str = "",
    ) -> None:
        """Say what is true of two pages; without `expected`, what is true of every planting of that kind."""
        shared = sorted(set(self._pages[a].lineage) & set(self._pages[b].lineage))
        expected = KINDS[kind].expected if expected is None else expected
        direction: Direction = "a_to_b" if KINDS[kind].directed else "none"
        self._relations.append(Relation(a, b, kind, expected, direction, spans, tuple(shared), note))

    def mark(self, page: int, parts: Iterable[Range], *, article: bool = False) -> None:
        """Say that parts of a page are text of its site, or articles of their own."""
        kind: PartKind = "article" if article else "boilerplate"
        self._in_page += [InPage(page, kind, start, end) for start, end in parts]

    def mark_pull_quote(self, page: int, copy: Range, source: Range) -> None:
        """Say that a sentence of a page stands there once more."""
        self._in_page.append(InPage(page, "pull_quote", *copy, *source))

    def open_site(self) -> Site:
        """Return a site that no page has come from so far."""
        number = len(self._sites)
        self._sites.append(new_site(number, self.composer, self.dice.child("site", number)))
        return self._sites[-1]

    def finish(self, related: frozenset[tuple[int, int]]) -> Planted:
        """Return everything, pages in an order that says nothing."""
        order = self.dice.child("order").shuffled(range(len(self._pages)))
        place = {page: at for at, page in enumerate(order)}
        pages = [self._pages[page] for page in order]
        return Planted(
            documents=[page.text for page in pages],
            names=[f"page-{at:05}" for at in range(len(pages))],
            dates=[page.date.isoformat() for page in pages],
            sources=[page.source for page in pages],
            relations=[replace(r, doc_a=place[r.doc_a], doc_b=place[r.doc_b]) for r in self._relations],
            in_page=[replace(part, doc=place[part.doc]) for part in self._in_page],
            lineage=[page.lineage for page in pages],
            related=related,
        )
