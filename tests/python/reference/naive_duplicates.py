"""What two texts have in common, as the definitions read: slow, short, and sharing nothing with kolloc.

Units by regular expressions and Unicode's categories, sets of triples by Python's sets, runs by a table of all pairs of
positions. `verdict` says what the search makes of two texts of which every k-gram is a fingerprint; `long_run` is what
it may never miss.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

K, WINDOW, FULLY_SAMPLED = 4, 4, 50
SHORT, SHORT_CONTAINED, SHORT_RUN = 30, Fraction(8, 10), 8
FLOOR, NEAR, CONTAINED, REVISED, PASSAGE, QUOTED = (
    Fraction(4, 10),
    Fraction(7, 10),
    Fraction(8, 10),
    Fraction(4, 10),
    12,
    0.8,
)

_SKIPPED = re.compile(r"<(?=[A-Za-z/!])[^<>]*>|&[A-Za-z0-9#]{2,8};")
_LINK = re.compile(r"https?(?=://)[^\s)>\]\"<]*", re.IGNORECASE)
_UNSPACED = re.compile(
    "[\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff]"
)
_OPENING, _CLOSING = "“„«「『", "”»」』"


@dataclass(frozen=True)
class Unit:
    """A word, or two neighbouring characters of a script without spaces, of which the next unit may have the second."""

    folded: str
    unspaced: bool
    quoted: bool
    overlaps: bool = False


@dataclass(frozen=True)
class Text:
    """A text and what it is compared by."""

    raw: str

    @cached_property
    def units(self) -> list[Unit]:
        return list(_units(unicodedata.normalize("NFC", self.raw)))

    @cached_property
    def keys(self) -> list[tuple[str, bool]]:
        return [(unit.folded, unit.unspaced) for unit in self.units]

    @cached_property
    def folded(self) -> str:
        """Letters and digits that count, whatever the borders of words."""
        return "".join(unit.folded[:1] if unit.overlaps else unit.folded for unit in self.units)

    @cached_property
    def triples(self) -> set[tuple]:
        return set(self.grams(3))

    def grams(self, k: int) -> list[tuple]:
        return [tuple(self.keys[i : i + k]) for i in range(len(self.keys) - k + 1)]

    @cached_property
    def places(self) -> dict[tuple, int]:
        """First place of each k-gram."""
        return {gram: i for i, gram in reversed(list(enumerate(self.grams(K))))}


def _units(text: str):
    pending: list[tuple[str, bool]] = []  # characters of a script without spaces that follow each other
    opened, line_is_empty, at = None, False, 0

    def pairs():
        if len(pending) == 1:
            yield Unit(pending[0][0], True, opened is not None)
        for place, ((one, _), (other, quoted)) in enumerate(pairwise(pending)):
            yield Unit(one + other, True, quoted, overlaps=place < len(pending) - 2)
        pending.clear()

    while at < len(text):
        char = text[at]
        if skipped := _SKIPPED.match(text, at):
            at = skipped.end()
        elif _UNSPACED.match(char):
            pending.append((char, opened is not None))
            line_is_empty = False
            at += 1
        elif _continues(char) and not unicodedata.category(char).startswith("M"):
            yield from pairs()
            line_is_empty = False
            end = at
            while end < len(text) and (_continues(text[end]) or _vanishes(text[end])):
                end += 1
            link = _LINK.match(text, at)
            if link and link.start() == at and text[at:end].lower() in {"http", "https"}:
                at = link.end()
                continue
            yield Unit("".join(map(_fold, text[at:end])), False, opened is not None)
            at = end
        else:
            opened, line_is_empty = _quotation(char, opened, line_is_empty)
            at += 1
    yield from pairs()


def _continues(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    if char == "\u02bc" or _UNSPACED.match(char):
        return False
    return unicodedata.category(char)[0] in "LM" or unicodedata.category(char) in {"Nd", "Nl", "No", "Pc"}


def _vanishes(char: str) -> bool:
    return unicodedata.category(char) == "Cf" and char != "\u200b"


def _fold(char: str) -> str:
    if _vanishes(char):
        return ""
    return (chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char).lower()


def _quotation(char: str, opened: str | None, line_is_empty: bool) -> tuple[str | None, bool]:
    if char == "\n":
        return (None if line_is_empty else opened), True
    if char.isspace():
        return opened, line_is_empty
    if char in '"＂':
        return ('"' if opened is None else None), False
    if char == "“" and opened == "„":
        return None, False
    if char in _OPENING:
        return char, False
    return (None if char in _CLOSING else opened), False


def n_words(keys: list[tuple[str, bool]]) -> int:
    """Return about so many words: three for five pairs of characters."""
    unspaced = sum(key[1] for key in keys)
    return len(keys) - unspaced + -(-3 * unspaced // 5)


def runs(a: Text, b: Text) -> set[tuple[int, int, int]]:
    """Return the longest stretches of equal units: where they start in either text, and how long they are."""
    found = set()
    for i in range(len(a.keys)):
        for j in range(len(b.keys)):
            if a.keys[i] == b.keys[j] and (i == 0 or j == 0 or a.keys[i - 1] != b.keys[j - 1]):
                n = 0
                while i + n < len(a.keys) and j + n < len(b.keys) and a.keys[i + n] == b.keys[j + n]:
                    n += 1
                found.add((i, j, n))
    return found


def longest_run(a: Text, b: Text) -> int:
    """Return the words of the longest run."""
    return max((n_words(a.keys[i : i + n]) for i, _, n in runs(a, b)), default=0)


def longest_seen(a: Text, b: Text) -> int:
    """Return the words of the longest run through the first places of a k-gram that both have."""
    seeds = [(a.places[gram], b.places[gram]) for gram in a.places.keys() & b.places.keys()]
    seen = [
        n_words(a.keys[i : i + n])
        for i, j, n in runs(a, b)
        if any(in_a - i == in_b - j and 0 <= in_a - i < n for in_a, in_b in seeds)
    ]
    return max(seen, default=0)


def long_run(a: Text, b: Text) -> int:
    """Return the words of the longest run sure to hold two fingerprints: no k-gram of it repeats."""
    return max(
        (n_words(a.keys[i : i + n]) for i, j, n in runs(a, b) if n >= K + 2 * WINDOW - 1 and _is_plain(a, b, i, n)),
        default=0,
    )


def _is_plain(a: Text, b: Text, i: int, n: int) -> bool:
    grams = a.grams(K)
    inside = grams[i : i + n - K + 1]
    return all(grams.count(gram) == 1 for gram in inside) and all(b.grams(K).count(gram) == 1 for gram in inside)


def is_fully_sampled(text: Text) -> bool:
    """Return whether every k-gram of the text is a fingerprint."""
    return len(text.keys) < FULLY_SAMPLED


def is_short(text: Text) -> bool:
    """Return whether a pair with the text needs more in common."""
    return n_words(text.keys) < SHORT


@dataclass(frozen=True)
class Verdict:
    """What two texts are to each other, and the integers behind it."""

    relation: str
    shared: int
    size_a: int
    size_b: int


def same(a: Text, b: Text) -> Verdict | None:
    """Return the verdict on texts with the same characters, or the same letters and digits."""
    if a.raw.strip() and a.raw == b.raw:
        relation = "exact"
    elif a.folded and a.folded == b.folded:
        relation = "same_text"
    else:
        return None
    return Verdict(relation, len(a.triples & b.triples), len(a.triples), len(b.triples))


def verdict(a: Text, b: Text) -> Verdict | None:
    """Return what the search must make of two texts of which all k-grams are fingerprints; None if no pair."""
    if same_text := same(a, b):
        return same_text
    short = is_short(a) or is_short(b)
    common = a.places.keys() & b.places.keys()
    if len(common) < (1 if short else 2):
        return None
    longest = longest_seen(a, b)
    contained = SHORT_CONTAINED if short else FLOOR
    sampled = [-(-2 * len(text.places) // (WINDOW + 1)) for text in (a, b)]
    gate = float(contained) ** (4 / 3) / 3 * min(sampled)
    return None if longest < PASSAGE and len(common) < gate else exact_counts(a, b, longest)


def exact_counts(a: Text, b: Text, longest: int) -> Verdict | None:
    """Return the verdict on two different texts of which the longest run seen is known."""
    short = is_short(a) or is_short(b)
    contained = SHORT_CONTAINED if short else FLOOR
    shared, size_a, size_b = (len(triples) for triples in (a.triples & b.triples, a.triples, b.triples))
    akin = shared >= contained * min(size_a, size_b) and (not short or longest >= SHORT_RUN)
    name = relation(shared, size_a, size_b, longest) if akin or longest >= PASSAGE else None
    return name and Verdict(name, shared, size_a, size_b)


def relation(shared: int, size_a: int, size_b: int, longest: int) -> str | None:
    """Return the relation of two different texts; "passage" is quotes or shared_passage."""
    smaller, larger = min(size_a, size_b), max(size_a, size_b)
    if shared and Fraction(shared, size_a + size_b - shared) >= NEAR:
        return "near"
    if shared and Fraction(shared, smaller) >= CONTAINED > Fraction(shared, larger):
        whole, mostly_else = Fraction(shared, smaller) >= Fraction(95, 100), Fraction(shared, larger) < Fraction(6, 10)
        if whole or mostly_else:
            return "contains" if size_a > size_b else "contained_in"
    if shared and Fraction(shared, larger) >= REVISED:
        return "revised"
    return "passage" if longest >= PASSAGE else None


def quotes(a: Text, b: Text) -> bool | None:
    """Return whether the only passage that both have is a quotation in one of them; None if they have several."""
    passages = [(i, j, n) for i, j, n in runs(a, b) if n_words(a.keys[i : i + n]) >= PASSAGE]
    if len(passages) != 1:
        return None
    ((i, j, n),) = passages
    return any(sum(unit.quoted for unit in text.units[at : at + n]) >= QUOTED * n for text, at in ((a, i), (b, j)))
