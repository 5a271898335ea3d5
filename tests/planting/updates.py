"""A later version of an article: another beginning, other figures, a paragraph more and one less."""

from __future__ import annotations

from planting.composer import Composer
from planting.dice import Dice
from planting.draft import Draft, Made
from planting.grammar import Cast
from planting.numbers import changed_figures
from planting.segments import Article, Range


def updated(article: Article, composer: Composer, cast: Cast, dice: Dice) -> Made | None:
    """Return a later version, or None if the article has too few paragraphs for one."""
    blocks = article.paragraphs
    droppable = [at for at in range(2, len(blocks)) if _is_small(article, blocks[at])]
    if len(blocks) < 5 or not droppable:
        return None
    dropped = dice.pick(droppable)
    inserted_before = dice.pick([at for at in range(2, len(blocks)) if at != dropped])
    patterns = dice.shuffled(composer.grammar.patterns)
    draft = Draft()
    draft.own(composer.text(cast, patterns[:3], 25))
    for at, block in enumerate(blocks):
        if at == dropped or (at == 0 and _is_small(article, block)):
            continue
        draft.own(article.separator)
        if at == inserted_before:
            draft.own(composer.text(cast, patterns[3:8], 40).replace("\n\n", " ") + article.separator)
        draft.keep(article, block, changed_figures(article.text[slice(*block)], dice, 0.4))
    return draft.done()


def _is_small(article: Article, block: Range) -> bool:
    """Return whether a paragraph holds at most a seventh of the article, yet some words."""
    return 10 <= article.size_of(block) <= article.size / 7
