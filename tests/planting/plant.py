"""From natural articles to a corpus of which everything is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from planting.dice import Dice
from planting.kinds import KINDS
from planting.plantings import PLANTERS, SITE_PLANTERS
from planting.segments import Article
from planting.truth import Planted
from planting.workshop import Given, Workshop


def plant(
    texts: Sequence[str],
    *,
    seed: int,
    dates: Sequence[str | None] | None = None,
    sources: Sequence[str | None] | None = None,
    kinds: Collection[str] = tuple(KINDS),
    per_kind: int | Mapping[str, int] = 20,
    n_originals: int | None = None,
    min_words: int = 150,
    max_words: int | None = None,
    related: Collection[tuple[int, int]] = (),
    boilerplate_cut: bool = True,
    pages_per_site: int = 20,
) -> Planted:
    """Return a corpus with typed truth, the same one for the same arguments on every Python.

    Each planting takes originals of its own. What no planting takes joins the corpus as it is; articles that others
    are embedded in or extended with are used up.

    Parameters
    ----------
    texts
        Natural articles; `naturally_related` finds those that share passages before anything is planted.
    seed
        Decides everything that is drawn.
    dates, sources
        By text, a date that begins as in ISO 8601, and an outlet; what is None or "" is drawn.
    kinds
        Names from `KINDS`.
    per_kind
        Plantings of each kind, or of each kind by name; a page of two glued articles is one planting of two relations.
    n_originals
        Articles to draw from those that are long enough; all of them by default.
    min_words, max_words
        Shorter articles are left out, longer ones end behind the sentence that passes `max_words`.
    related
        Pairs of texts that share a passage by nature; both are background, never planted with, and their pages no false
        pair.
    boilerplate_cut
        Whether the text of sites counts as cut before pages are compared; see `Kind.uncut`.
    pages_per_site
        Pages that a site with a header and footer, or with a note, has at least, as far as `per_kind` allows.

    Raises
    ------
    ValueError
        If a kind is unknown, or the originals do not suffice.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise ValueError(f"unknown kinds {unknown}; known are {list(KINDS)}")
    dice = Dice(seed)
    articles = [Article(number, _shortened(text, max_words)) for number, text in enumerate(texts)]
    fit = [article for article in articles if article.size >= min_words]
    drawn = dice.child("originals").shuffled(fit)[:n_originals]
    entangled = {number for pair in related for number in pair}
    free = [article for article in drawn if article.number not in entangled]
    given = Given(texts, dates, sources)
    shop = Workshop(given, free, dice, boilerplate_cut=boilerplate_cut, pages_per_site=pages_per_site)
    if any(KINDS[kind].english for kind in kinds):
        for article in drawn:
            shop.composer.avoid(article.text)
    for kind in (kind for kind in KINDS if kind in set(kinds)):
        _plant_kind(shop, kind, per_kind if isinstance(per_kind, int) else per_kind.get(kind, 0))
    for article in [*shop.pool.left, *(article for article in drawn if article.number in entangled)]:
        shop.original(article)
    return shop.finish(frozenset((min(pair), max(pair)) for pair in related))


def _plant_kind(shop: Workshop, kind: str, count: int) -> None:
    dice = shop.dice.child(kind)
    if kind in SITE_PLANTERS and count:
        SITE_PLANTERS[kind](shop, kind, dice, count)
        return
    for number in range(count):
        PLANTERS[kind](shop, kind, dice.child(number))


def _shortened(text: str, max_words: int | None) -> str:
    if max_words is None:
        return text
    article = Article(0, text)
    return text if article.size <= max_words else text[: article.beginning(max_words)[1]]
