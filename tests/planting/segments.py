"""Words, sentences and paragraphs of a text, with the characters where they stand.

Rules are those a planting needs, not those of a tokenizer: a word is a run of letters and digits, a Han or kana
character is a word of its own, sentences end at their marks. Nothing here is shared with kolloc, which is judged by it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

Range = tuple[int, int]
"""First character and the one after the last."""

LONG_PARAGRAPH = 150
"""Words from which a paragraph counts as several."""

_HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|(?:(?![{_HAN}])[^\W_])+(?:['’](?:(?![{_HAN}])[^\W_])+)*")
_WESTERN_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ANY_HAN = re.compile(f"[{_HAN}]")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_EDGE = " \t\r\n\v\f\u00a0\u3000" + INVISIBLE
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]*]*(?=\s+[\"'“‘(\[*]*[^\Wa-z_])|[。！？]+[”’」』）]*")
_SHORT_FORM = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Capt|Hon|Prof|No|Nos|Sec|Art|Inc|Ltd|Co|Corp|vs|etc|seq"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)|^\W*\d+)\.$"
)
_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n\s*")


def words(text: str) -> list[str]:
    """Return the words, case folded, without invisible characters."""
    plain = text.translate(_DROP_INVISIBLE).casefold().replace("’", "'")
    return (_WORD if _ANY_HAN.search(plain) else _WESTERN_WORD).findall(plain)


def word_count(text: str) -> int:
    """Return the number of words."""
    return len(words(text))


def trimmed(text: str, start: int, end: int) -> Range:
    """Return the range without white space and invisible characters at its edges."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(_EDGE))
    return (start + left, start + max(left, len(inner.rstrip(_EDGE))))


def sentences(text: str, start: int, end: int) -> list[Range]:
    """Return where the sentences between two characters stand."""
    cuts = [start]
    for found in _SENTENCE_END.finditer(text, start, end):
        if not _SHORT_FORM.search(text[max(cuts[-1], found.end() - 8) : found.end()]):
            cuts.append(found.end())
    cuts.append(end)
    return _not_blank(text, cuts)


def paragraphs(text: str) -> list[Range]:
    """Return where the paragraphs stand: between blank lines or, without these, lines; long ones count as several."""
    separator = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else re.compile("\n")
    cuts = [0, *(found.end() for found in separator.finditer(text)), len(text)]
    return [part for block in _not_blank(text, cuts) for part in _divided(text, block)]


def _not_blank(text: str, cuts: list[int]) -> list[Range]:
    parts = (trimmed(text, start, end) for start, end in pairwise(cuts))
    return [(start, end) for start, end in parts if start < end]


def _divided(text: str, block: Range) -> Iterator[Range]:
    """Cut a long paragraph behind sentences, into parts of at least half that length."""
    if word_count(text[slice(*block)]) <= LONG_PARAGRAPH:
        yield block
        return
    start, held = block[0], 0
    for sentence in sentences(text, *block):
        held += word_count(text[slice(*sentence)])
        if held >= LONG_PARAGRAPH // 2:
            yield trimmed(text, start, sentence[1])
            start, held = sentence[1], 0
    rest = trimmed(text, start, block[1])
    if rest[0] < rest[1]:
        yield rest


@dataclass(frozen=True)
class Article:
    """A text to plant with: its number among the texts given, and its parts."""

    number: int
    text: str

    @cached_property
    def size(self) -> int:
        """Number of words."""
        return word_count(self.text)

    @cached_property
    def body(self) -> Range:
        """The text without white space at its edges."""
        return trimmed(self.text, 0, len(self.text))

    @cached_property
    def paragraphs(self) -> list[Range]:
        """Where the paragraphs stand."""
        return paragraphs(self.text)

    @cached_property
    def sentences(self) -> list[Range]:
        """Where the sentences of all paragraphs stand."""
        return [sentence for block in self.paragraphs for sentence in sentences(self.text, *block)]

    @cached_property
    def separator(self) -> str:
        """What stands between paragraphs."""
        return "\n\n" if _BLANK_LINE.search(self.text.strip()) else "\n"

    @cached_property
    def _words_before(self) -> list[int]:
        """Number of words up to the end of each sentence."""
        total, counts = 0, []
        for start, end in self.sentences:
            total += word_count(self.text[start:end])
            counts.append(total)
        return counts

    def size_of(self, part: Range) -> int:
        """Return the number of words between two characters."""
        return word_count(self.text[slice(*part)])

    def beginning(self, size: int) -> Range:
        """Return the first sentences: as few as hold that many words, all of them if none do."""
        last = min(bisect_left(self._words_before, size), len(self.sentences) - 1)
        return (self.body[0], self.sentences[last][1])
