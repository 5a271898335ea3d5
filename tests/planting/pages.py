"""Pages that hold a whole article and more: own paragraphs, another article, a longer text, the text of a site."""

from __future__ import annotations

from dataclasses import dataclass

from planting.composer import Composer
from planting.dice import Dice
from planting.draft import Draft, Made
from planting.grammar import filled, patterns
from planting.segments import Article, Range, sentences
from planting.sites import Site

Excerpt = tuple[Article, Range]

_HEADLINES = patterns("""
[Doubts|Hopes|Questions] over {t1} in {l1}
{o1}: {a1} {t2} by {month}
{g1} of {l2} and the {t1}
""")


@dataclass(frozen=True)
class Page:
    """A page and the parts of it that are something of their own."""

    made: Made
    parts: tuple[Range, ...]


def extended(article: Article, extra: list[Excerpt], dice: Dice) -> Made:
    """Return the article with paragraphs of other texts before it, behind it or between its paragraphs."""
    before: list[Excerpt] = []
    inside: list[Excerpt] = []
    behind = list(extra)
    way = dice.pick(["behind", "around", "inside"])
    if way != "behind" and len(behind) > 1:
        (before if way == "around" else inside).append(behind.pop(0))
    draft = Draft()
    _excerpts(draft, before, article.separator, behind=True)
    _with_insert(draft, article, inside, dice)
    _excerpts(draft, behind, article.separator)
    return draft.done()


def embedded(article: Article, host: list[Excerpt], dice: Dice) -> Made:
    """Return a host text with the article between two of its paragraphs."""
    blocks = [(text, block) for text, part in host for block in _blocks(text, part)]
    at = dice.between(1, max(1, len(blocks) - 1))
    draft = Draft()
    _excerpts(draft, blocks[:at], article.separator, behind=True)
    draft.keep(article, article.body)
    _excerpts(draft, blocks[at:], article.separator)
    return draft.done()


def glued(articles: list[Article], composer: Composer, dice: Dice) -> Page:
    """Return a page of several articles, each under a headline and a name; the parts are the articles with these."""
    draft, parts = Draft(), []
    for number, article in enumerate(articles):
        draft.own("\n\n\n" if number else "")
        cast = composer.grammar.cast(dice)[0]
        headline = filled(dice.pick(_HEADLINES), cast, composer.grammar.makers, dice)
        start = draft.own(f"{headline}\n\nBy {cast['p1']}\n\n")[0]
        parts.append((start, draft.keep(article, article.body)[1]))
    return Page(draft.done(), tuple(parts))


def framed(article: Article, site: Site) -> Page:
    """Return the article between header and footer of a site, which are the parts."""
    draft = Draft()
    header = draft.own(site.header)
    draft.own("\n\n")
    draft.keep(article, article.body)
    draft.own("\n\n")
    footer = draft.own(site.footer)
    return Page(draft.done(), (header, footer))


def with_note(article: Article, site: Site, dice: Dice) -> Page:
    """Return the article with the note of a site, the only part, at its foot or before its last paragraph."""
    draft = Draft()
    cut = article.paragraphs[-1][0] if len(article.paragraphs) > 2 and dice.chance(0.3) else article.body[1]
    draft.keep(article, (article.body[0], cut))
    draft.own("" if draft.ends_line else article.separator)
    note = draft.own(site.note)
    if cut < article.body[1]:
        draft.own(article.separator)
        draft.keep(article, (cut, article.body[1]))
    return Page(draft.done(), (note,))


def with_pull_quote(article: Article, dice: Dice) -> Page | None:
    """Return the article with a sentence of it once more, far from its place; the parts are the copy and the source."""
    blocks = article.paragraphs
    fit = [(at, s) for at, block in enumerate(blocks) for s in sentences(article.text, *block) if _quotable(article, s)]
    if not fit or len(blocks) < 4:
        return None
    home, source = dice.pick(fit)
    places = [at for at in range(1, len(blocks)) if at <= home - 1 or at >= home + 2]
    if not places:
        return None
    cut = blocks[dice.pick(places)][0]
    draft = Draft()
    first = draft.keep(article, (article.body[0], cut))
    draft.own("" if draft.ends_line else article.separator)
    copy = draft.own(" ".join(article.text[slice(*source)].split()))
    draft.own(article.separator)
    second = draft.keep(article, (cut, article.body[1]))
    moved = first[0] - article.body[0] if source[1] <= cut else second[0] - cut
    return Page(draft.done(), (copy, (source[0] + moved, source[1] + moved)))


def _quotable(article: Article, sentence: Range) -> bool:
    """Return whether a sentence has 10 to 35 words, begins and ends like one, and stands only once in the article."""
    text = article.text[slice(*sentence)]
    whole = text[0].isupper() and text[-1] in ".!?" and not any(mark in text for mark in "[]*_|\\<>")
    return whole and 10 <= article.size_of(sentence) <= 35 and article.text.count(text) == 1


def _with_insert(draft: Draft, article: Article, inside: list[Excerpt], dice: Dice) -> None:
    """Add the article, with the excerpts between two of its paragraphs."""
    cut = dice.pick(article.paragraphs[1:] or article.paragraphs)[0]
    if not inside or cut == article.body[0]:
        draft.keep(article, article.body)
        _excerpts(draft, inside, article.separator)
        return
    draft.keep(article, (article.body[0], cut))
    draft.own("" if draft.ends_line else article.separator)
    _excerpts(draft, inside, article.separator, behind=True)
    draft.keep(article, (cut, article.body[1]))


def _excerpts(draft: Draft, excerpts: list[Excerpt], separator: str, *, behind: bool = False) -> None:
    """Add excerpts, each with a separator before it or behind it."""
    for text, part in excerpts:
        draft.own("" if behind else separator)
        draft.keep(text, part)
        draft.own(separator if behind else "")


def _blocks(article: Article, part: Range) -> list[Range]:
    """Return the paragraphs of a part, the last one cut where it ends."""
    return [(start, min(end, part[1])) for start, end in article.paragraphs if start < part[1] and end > part[0]]
