"""How each kind of planting is made: which originals it takes, which pages it adds, what is true of them."""

from __future__ import annotations

from collections.abc import Callable

from planting import briefs, excerpts, negatives, pages, passages, rewriting, surface, updates
from planting.dice import Dice
from planting.draft import Draft, Made
from planting.kinds import KINDS
from planting.likeness import likeness, near_or
from planting.segments import Article, Range
from planting.sites import Site
from planting.workshop import Workshop

Planter = Callable[[Workshop, str, Dice], None]

LEAST_ALIKE = 0.5
"""Share of triples of words that a rewritten or updated text keeps on either side, well above what no tool can see."""


def _copied(article: Article) -> Made:
    draft = Draft()
    draft.keep(article, (0, len(article.text)))
    return draft.done()


def _derive(
    shop: Workshop, kind: str, dice: Dice, article: Article, made: Made, *, note: str = "", measured: bool = False
) -> int:
    """Add an article and a page made of it, and relate them."""
    a = shop.original(article)
    b = shop.derived(made, [a], dice)
    expected = near_or("revised", shop.text(a), shop.text(b)) if measured else None
    shop.relate(kind, a, b, made.spans[article.number], expected=expected, note=note)
    return b


def _exact(shop: Workshop, kind: str, dice: Dice) -> None:
    _derive(shop, kind, dice, *shop.pool.take(_copied, kind))


def _same_text(shop: Workshop, kind: str, dice: Dice) -> None:
    article, (made, note) = shop.pool.take(lambda article: surface.other_surface(article, dice), kind)
    _derive(shop, kind, dice, article, made, note=note)


def _beginning(share: float) -> Planter:
    def planter(shop: Workshop, kind: str, dice: Dice) -> None:
        _derive(shop, kind, dice, *shop.pool.take(lambda article: excerpts.beginning(article, share), kind))

    return planter


def _every_second_paragraph(shop: Workshop, kind: str, dice: Dice) -> None:
    _derive(shop, kind, dice, *shop.pool.take(excerpts.every_second_paragraph, kind))


def _not_long(shop: Workshop, kind: str) -> Article:
    """Take an article of at most middle length, so that there is text to put around it."""
    return shop.pool.sized(0, shop.pool.middle, kind)


def _extended(shop: Workshop, kind: str, dice: Dice) -> None:
    article = _not_long(shop, kind)
    extra = shop.pool.fillers(round(article.size * dice.share(0.8, 1.5)), kind)
    _derive(shop, kind, dice, article, pages.extended(article, extra, dice))


def _embedded(shop: Workshop, kind: str, dice: Dice) -> None:
    article = _not_long(shop, kind)
    host = shop.pool.fillers(2 * article.size, kind)
    _derive(shop, kind, dice, article, pages.embedded(article, host, dice))


def _glued(shop: Workshop, kind: str, dice: Dice) -> None:
    first = _not_long(shop, kind)
    second = shop.pool.sized(first.size * 0.65, first.size * 1.5, kind)
    page = pages.glued([first, second], shop.composer, dice)
    sources = [shop.original(article) for article in (first, second)]
    b = shop.derived(page.made, sources, dice)
    shop.mark(b, page.parts, article=True)
    for article, a in zip((first, second), sources, strict=True):
        shop.relate(kind, a, b, page.made.spans[article.number])


def _rewritten(strength: rewriting.Strength) -> Planter:
    def planter(shop: Workshop, kind: str, dice: Dice) -> None:
        article, made = shop.pool.take(lambda article: _rewriting(article, strength, dice), kind)
        shares = likeness(article.text, made.text)
        note = f"{shares.a_in_b:.0%} of the triples kept, Jaccard {shares.jaccard:.2f}"
        _derive(shop, kind, dice, article, made, note=note, measured=True)

    return planter


def _rewriting(article: Article, strength: rewriting.Strength, dice: Dice) -> Made | None:
    """Rewrite with a lighter hand until enough is left."""
    made = rewriting.rewritten(article, strength, dice)
    while likeness(article.text, made.text).least < LEAST_ALIKE:
        strength = strength.eased()
        made = rewriting.rewritten(article, strength, dice)
    return made if made.text != article.text else None


def _updated(shop: Workshop, kind: str, dice: Dice) -> None:
    def make(article: Article) -> Made | None:
        made = updates.updated(article, shop.composer, negatives.cast_of(article, shop.composer, dice), dice)
        return made if made and likeness(article.text, made.text).least >= LEAST_ALIKE else None

    article, made = shop.pool.take(make, kind)
    _derive(shop, kind, dice, article, made, measured=True)


def _passage(shop: Workshop, kind: str, dice: Dice) -> None:
    source, found = shop.pool.take(lambda article: passages.quiet_passages(article) or None, kind)
    part: Range = dice.pick(found)
    wire = source.text[slice(*part)]
    host, spots = shop.pool.take(
        lambda article: passages.places(article) if passages.fits(article, wire) else None, kind
    )
    speaker = shop.composer.grammar.cast(dice)[0] if kind == "quoted" else None
    made = passages.with_passage(host, source, part, dice.pick(spots), speaker, dice)
    a = shop.original(source)
    b = shop.derived(made, [a], dice)
    shop.relate(kind, a, b, made.spans[source.number])


def _pull_quote(shop: Workshop, kind: str, dice: Dice) -> None:
    article, page = shop.pool.take(lambda article: pages.with_pull_quote(article, dice), kind)
    b = _derive(shop, kind, dice, article, page.made)
    shop.mark_pull_quote(b, page.parts[0], page.parts[1])


def _any_article(shop: Workshop, kind: str) -> Article:
    return shop.pool.sized(0, None, kind)


def _same_topic(shop: Workshop, kind: str, dice: Dice) -> None:
    article = _any_article(shop, kind)
    text = negatives.same_topic(article, shop.composer, dice)
    shop.relate(kind, shop.original(article), shop.written(text, dice))


def _same_speaker(shop: Workshop, kind: str, dice: Dice) -> None:
    speech = dice.pick(negatives.SPEECHES)
    a, b = (
        shop.original(article, text=negatives.spoken(article, speech).text)
        for article in (_any_article(shop, kind), _any_article(shop, kind))
    )
    shop.relate(kind, a, b)


def _template(weather: list[str], markets: list[str]) -> Planter:
    def planter(shop: Workshop, kind: str, dice: Dice) -> None:
        template = dice.pick([weather, markets])
        a, b = (shop.written(briefs.brief(template, shop.brief_composer), dice) for _ in "ab")
        shop.relate(kind, a, b)

    return planter


def plant_site_frames(shop: Workshop, kind: str, dice: Dice, n: int) -> None:
    """Plant reposts between header and footer of sites."""
    for at, site in enumerate(_sites(shop, n, 0)):
        article = _any_article(shop, kind)
        page = pages.framed(article, site)
        a = shop.original(article)
        b = shop.derived(page.made, [a], dice.child(at), site.name)
        uncut = near_or("contained_in", article.text, page.made.text) & (KINDS[kind].uncut or frozenset())
        shop.relate(kind, a, b, page.made.spans[article.number], expected=None if shop.boilerplate_cut else uncut)
        shop.mark(b, page.parts)


def plant_boilerplate(shop: Workshop, kind: str, dice: Dice, n: int) -> None:
    """Plant pages of sites that have a note in common; each page is related to the one made before it on its site."""
    before: dict[str, int] = {}
    for at, site in enumerate(_sites(shop, n, 1)):
        article = _any_article(shop, kind)
        page = pages.with_note(article, site, dice.child(at))
        this = shop.original(article, text=page.made.text, source=site.name)
        shop.mark(this, page.parts)
        if site.name in before:
            shop.relate(kind, before[site.name], this)
        before[site.name] = this


def _sites(shop: Workshop, n: int, more: int) -> list[Site]:
    """Return a site for each of `n` pages and `more` pages a site, at least as many each as a site should have."""
    sites = [shop.open_site() for _ in range(max(1, n // shop.pages_per_site))]
    n_pages = n + more * len(sites)
    return [sites[at * len(sites) // n_pages] for at in range(n_pages)]


PLANTERS: dict[str, Planter] = {
    "quoted": _passage,
    "passage": _passage,
    "glued": _glued,
    "embedded": _embedded,
    "extended": _extended,
    "updated": _updated,
    "rewritten_light": _rewritten(rewriting.LIGHT),
    "rewritten_medium": _rewritten(rewriting.MEDIUM),
    "rewritten_strong": _rewritten(rewriting.STRONG),
    "every_second_paragraph": _every_second_paragraph,
    "first_half": _beginning(0.5),
    "first_quarter": _beginning(0.25),
    "exact": _exact,
    "same_text": _same_text,
    "pull_quote": _pull_quote,
    "same_topic": _same_topic,
    "same_speaker": _same_speaker,
    "template_short": _template(briefs.WEATHER, briefs.MARKETS),
    "template_long": _template(briefs.WEATHER_LONG, briefs.MARKETS_LONG),
}
"""By kind, what plants one."""

SITE_PLANTERS: dict[str, Callable[[Workshop, str, Dice, int], None]] = {
    "site_frame": plant_site_frames,
    "boilerplate": plant_boilerplate,
}
"""By kind, what plants several on sites of their own."""
