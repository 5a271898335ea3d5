"""A light hand over a text: other words, clauses and sentences in another order, numbers in another form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from planting.dice import Dice
from planting.draft import Draft, Made
from planting.numbers import rewritten_numbers
from planting.segments import Article, Range, sentences
from planting.synonyms import SYNONYMS

_LEADING = re.compile(
    r"^(?P<clause>(?:When|While|If|After|Before|Although|Because|Since|Until|Once|During|Despite|Without|Through|In|On|At"
    r"|For|With|By) [^,.;:\"“”()]{8,90}), (?P<rest>[^\"“”]+?)(?P<end>[.!]?)$",
    re.DOTALL,
)
_WORD_OR_ADDRESS = re.compile(r"\]\([^)]*\)|(?:https?://|www\.)\S+|(?P<word>(?<![\w'’-])[A-Za-z]+(?![\w'’-]))")


@dataclass(frozen=True)
class Strength:
    """How often each change is made where it can be: words, clauses, pairs of sentences, numbers."""

    words: float
    clauses: float
    swaps: float
    numbers: float

    def eased(self) -> Strength:
        """Return a lighter hand."""
        return Strength(self.words * 0.75, self.clauses * 0.75, self.swaps * 0.75, self.numbers * 0.75)


LIGHT = Strength(words=0.25, clauses=0.1, swaps=0.0, numbers=0.3)
MEDIUM = Strength(words=0.75, clauses=0.4, swaps=0.1, numbers=0.6)
STRONG = Strength(words=1.0, clauses=0.9, swaps=0.3, numbers=0.9)


def rewritten(article: Article, strength: Strength, dice: Dice) -> Made:
    """Return the article rewritten, sentence by sentence."""
    draft = Draft()
    draft.own(article.text[: article.body[0]])
    end = article.body[0]
    for block in article.paragraphs:
        order = _swapped(sentences(article.text, *block), strength.swaps, dice)
        gaps = [article.text[end : block[0]], *_gaps(article.text, block)]
        for gap, sentence in zip(gaps, order, strict=True):
            draft.own(gap)
            draft.keep(article, sentence, _sentence(article.text[slice(*sentence)], strength, dice))
        end = block[1]
    return draft.done()


def _swapped(order: list[Range], share: float, dice: Dice) -> list[Range]:
    """Exchange that share of the neighbouring sentences, leaving the first one of a paragraph where it is."""
    order = list(order)
    at = 1
    while at + 1 < len(order):
        if dice.chance(share):
            order[at], order[at + 1] = order[at + 1], order[at]
            at += 1
        at += 1
    return order


def _gaps(text: str, block: Range) -> list[str]:
    """Return what stands between the sentences of a paragraph."""
    parts = sentences(text, *block)
    return [text[before[1] : after[0]] for before, after in pairwise(parts)]


def _sentence(text: str, strength: Strength, dice: Dice) -> str:
    if dice.chance(strength.clauses):
        text = _clause_moved(text)
    return rewritten_numbers(_words_changed(text, strength.words, dice), dice, strength.numbers)


def _clause_moved(text: str) -> str:
    """Move a clause that leads the sentence to its end."""
    found = _LEADING.match(text)
    if not found:
        return text
    clause, rest = found["clause"], found["rest"]
    return f"{rest[0].upper()}{rest[1:]} {clause[0].lower()}{clause[1:]}{found['end']}"


def _words_changed(text: str, share: float, dice: Dice) -> str:
    """Replace that share of the words that have a synonym; capitals inside a sentence are names and stay."""

    def other(found: re.Match[str]) -> str:
        word = found["word"]
        first = not text[: found.start()].strip("\"'“‘(*[ ")
        if not word or not (word.islower() or (first and word.istitle())) or word.lower() not in SYNONYMS:
            return found[0]
        if not dice.chance(share):
            return found[0]
        chosen = dice.pick(SYNONYMS[word.lower()])
        return chosen if word.islower() else chosen[0].upper() + chosen[1:]

    return _WORD_OR_ADDRESS.sub(other, text)
