"""Made-up articles in which nothing is said twice for long, so that every reuse in a corpus is a planted one."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from planting.dice import Dice
from planting.grammar import Cast, Grammar, filled
from planting.grammar_en import ENGLISH
from planting.grammar_ko import KOREAN
from planting.grammar_zh import CHINESE
from planting.segments import words

GRAMMARS = {"en": ENGLISH, "ko": KOREAN, "zh": CHINESE}
_TRIES = 60


class Composer:
    """Writes texts of one language that share no run of the grammar's length, with each other or a text to avoid."""

    def __init__(self, dice: Dice, grammar: Grammar = ENGLISH) -> None:
        self.grammar = grammar
        self._dice = dice
        self._seen: set[int] = set()
        self._tail: list[str] = []

    def avoid(self, text: str) -> None:
        """Never write a longer run of this text."""
        self._seen.update(self._runs(words(text)))

    def article(self, size: int) -> str:
        """Return an article of at least `size` words, in paragraphs."""
        cast, patterns = self.grammar.cast(self._dice)
        return self.text(cast, patterns, size)

    def text(self, cast: Cast, patterns: Sequence[str], size: int) -> str:
        """Return paragraphs of at least `size` words about a cast, patterns taken in turn."""
        self.begin()
        paragraphs: list[str] = []
        held = 0
        while held < size:
            before, order = held, list(patterns)
            while order and held < size:
                sentences = self._some(order, cast)
                held += sum(len(words(sentence)) for sentence in sentences)
                paragraphs.extend([self.grammar.gap.join(sentences)] if sentences else [])
            if held == before:
                raise ValueError("nothing new can be said with these patterns")
        return "\n\n".join(paragraphs)

    def begin(self) -> None:
        """Start a new text: what follows does not join what was written before."""
        self._tail = []

    def sentence(self, pattern: str, cast: Mapping[str, str]) -> str | None:
        """Return a pattern filled so that nothing is said again, or None if no filling tried is new behind the last."""
        for _ in range(_TRIES):
            text = filled(pattern, cast, self.grammar.makers, self._dice)
            joined = self._tail + words(text)
            runs = self._runs(joined)
            if self._seen.isdisjoint(runs):
                self._seen.update(runs)
                self._tail = joined[1 - self.grammar.run :]
                return text
        return None

    def _some(self, order: list[str], cast: Cast) -> list[str]:
        """Take two to four patterns and return their sentences."""
        taken = [order.pop() for _ in range(min(self._dice.between(2, 4), len(order)))]
        return [sentence for pattern in taken if (sentence := self.sentence(pattern, cast)) is not None]

    def _runs(self, found: list[str]) -> list[int]:
        """Return a number for each run; a rare collision only means that a sentence is written anew."""
        size = self.grammar.run
        return [zlib.crc32(" ".join(found[at : at + size]).encode()) for at in range(len(found) - size + 1)]


def made_articles(
    n_articles: int, *, seed: int, language: str = "en", min_words: int = 150, max_words: int = 700
) -> list[str]:
    """Return made-up articles in English ("en"), Korean ("ko") or Chinese ("zh", where a character is a word)."""
    dice = Dice(seed).child("articles", language)
    composer = Composer(dice.child("text"), GRAMMARS[language])
    return [composer.article(dice.between(min_words, max_words)) for _ in range(n_articles)]
