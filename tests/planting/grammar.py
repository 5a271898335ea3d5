"""What a language brings for made-up articles, and how a pattern becomes a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planting.dice import Dice

Cast = dict[str, str]
"""By slot, what an article keeps from the first sentence to the last: names, bodies, things."""

Makers = Mapping[str, Callable[[Dice], str]]
"""By slot, what is drawn anew each time: numbers, dates, sums."""

_CHOICE = re.compile(r"\[([^\[\]]+)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def listed(text: str, separator: str = "|") -> list[str]:
    """Return the entries of a list written over several lines."""
    return [entry.strip() for entry in text.replace("\n", separator).split(separator) if entry.strip()]


def patterns(text: str, gap: str = " ") -> list[str]:
    """Return the patterns of a text: one a line; indented lines continue the one before, behind a gap."""
    return [line for line in re.sub("\n +", gap, text).splitlines() if line]


@dataclass(frozen=True)
class Topic:
    """What some articles are about: things, and patterns of their own."""

    things: list[str]
    patterns: list[str]


@dataclass(frozen=True)
class Grammar:
    """Lists, patterns and makers of one language; `gap` stands between sentences.

    No two made texts share a run of `run` words; in Chinese a word is a character here.
    """

    people: Callable[[Dice], tuple[str, str]]
    places: list[str]
    bodies: Callable[[Dice], str]
    lists: Mapping[str, list[str]]
    topics: list[Topic]
    patterns: list[str]
    makers: Makers
    gap: str
    run: int

    def cast(self, dice: Dice) -> tuple[Cast, list[str]]:
        """Return who and what an article is about, and the patterns it may use, in order of use."""
        topic = dice.pick(self.topics)
        cast = dict(zip(("t1", "t2", "t3"), dice.shuffled(topic.things), strict=False))
        cast |= zip(("l1", "l2"), dice.shuffled(self.places), strict=False)
        for slot, entries in self.lists.items():
            cast |= zip((f"{slot}1", f"{slot}2"), dice.shuffled(entries), strict=False)
        for number in "12":
            cast["p" + number], cast["s" + number] = self.people(dice)
            cast["o" + number] = self.bodies(dice)
        return cast, dice.shuffled([*topic.patterns, *self.patterns])


def filled(pattern: str, cast: Mapping[str, str], makers: Makers, dice: Dice) -> str:
    """Return a pattern with alternatives chosen and slots filled, its first letter a capital."""
    while _CHOICE.search(pattern):
        pattern = _CHOICE.sub(lambda found: dice.pick(found[1].split("|")), pattern)
    text = _SLOT.sub(lambda found: cast[found[1]] if found[1] in cast else makers[found[1]](dice), pattern)
    return text[0].upper() + text[1:]
