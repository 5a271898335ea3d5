"""Pairs that look alike and share no text: one topic, one speaker."""

from __future__ import annotations

import re
from collections import Counter

from planting.composer import Composer
from planting.dice import Dice
from planting.draft import Draft, Made
from planting.grammar import Cast, listed
from planting.segments import Article

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}")
_KEYWORD = re.compile(r"\b[a-z]{6,}\b")

SPEECHES = [
    tuple(listed(line, " / "))
    for line in listed("""Madam Chair, dear colleagues, good morning. / I thank you, and I wish us all luck.
Friends, neighbours, it is good to be home. / Thank you, stay safe, and good night.
Mr. Speaker, honoured members of this house. / May this house decide wisely. Thank you.
Good evening, everyone, and thanks for coming. / That is all for tonight. Thank you all.
Excellencies, ladies and gentlemen, dear guests. / Long live the friendship of our peoples.
Comrades, delegates, guests from near and far. / Forward together, and thank you, comrades.
Thank you, thank you. Please, take your seats. / God keep you and bless this land.
My fellow citizens, I speak to you tonight. / Sleep well, and be kind to each other.""")
]
"""Greetings and closing words, each far shorter than a passage."""


def cast_of(article: Article, composer: Composer, dice: Dice) -> Cast:
    """Return a cast that has its names and things from an article, as far as it offers enough."""
    cast, _ = composer.grammar.cast(dice)
    names = _frequent(_NAME, article.text)
    long = [name for name in names if " " in name]
    short = [name for name in names if " " not in name]
    cast |= zip(("p1", "p2"), long, strict=False)
    cast |= zip(("s1", "s2"), (name.split()[-1] for name in long), strict=False)
    cast |= zip(("l1", "l2"), short, strict=False)
    cast |= zip(("o1", "o2"), (f"the {name}" for name in long[2:]), strict=False)
    keywords = _frequent(_KEYWORD, article.text)
    cast |= zip(("t1", "t2", "t3", "a1", "a2", "g1", "g2"), keywords, strict=False)
    return cast


def _frequent(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return what a pattern finds, the most frequent first, ties by first appearance."""
    counts = Counter(pattern.findall(text))
    return sorted(counts, key=lambda entry: -counts[entry])


def same_topic(article: Article, composer: Composer, dice: Dice) -> str:
    """Return a made article about who and what another one is about, in sentences of its own."""
    composer.avoid(article.text)
    patterns = dice.shuffled(composer.grammar.patterns)
    return composer.text(cast_of(article, composer, dice), patterns, min(article.size, 600))


def spoken(article: Article, speech: tuple[str, ...]) -> Made:
    """Return the article as a speech, between a greeting and closing words."""
    draft = Draft()
    draft.own(speech[0] + article.separator)
    draft.keep(article, article.body)
    draft.own(article.separator + speech[1])
    return draft.done()
