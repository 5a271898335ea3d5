"""The same words in other clothes: case, quotation marks, dashes, spaces, punctuation, invisible characters."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from planting.dice import Dice
from planting.draft import Draft, Made
from planting.segments import Article, words

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_HALF_WIDTH = str.maketrans({"，": ", ", "：": ": ", "；": "; ", "！": "! ", "？": "? ", "（": " (", "）": ") "})
_FIRST_WORDS = re.compile(r"(?:\S+\s+){4,8}")


def other_surface(article: Article, dice: Dice) -> tuple[Made, str] | None:
    """Return the article with two to four kinds of change and their names, or None if it offers nothing to change."""
    start, end = article.body
    text = article.text[start:end]
    made: list[str] = []
    for name in dice.shuffled(sorted(CHANGES)):
        changed = CHANGES[name](text, dice)
        if changed != text and words(changed) == words(text):
            text, made = changed, [*made, name]
        if len(made) == 4 or (len(made) >= 2 and dice.chance(0.4)):
            break
    if len(made) < 2:
        return None
    draft = Draft()
    draft.keep(article, article.body, text)
    return draft.done(), ", ".join(sorted(made))


def _case(text: str, dice: Dice) -> str:
    """Begin in capitals, or write everything small or in capitals."""
    way = dice.pick(["first words", "first words", "small", "capitals"])
    if way == "small":
        return re.sub(r"\S+", lambda found: _if_reversible(found[0], found[0].lower()), text)
    end = len(text) if way == "capitals" else (found.end() if (found := _FIRST_WORDS.match(text)) else 0)
    return re.sub(r"\S+", lambda found: _if_reversible(found[0], found[0].upper()), text[:end]) + text[end:]


def _if_reversible(word: str, other: str) -> str:
    """Return the other form unless case is more than case there, as in ß or the dotless i."""
    same = other.lower() == word.lower() and other.casefold() == word.casefold() and len(other) == len(word)
    return other if same else word


def _quotes(text: str, _dice: Dice) -> str:
    """Make curly quotation marks straight, or straight ones curly."""
    straight = text.translate(_STRAIGHT)
    if straight != text:
        return straight
    curly = re.sub(r"(^|[\s(\[*])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", r"\1‘", curly).replace("'", "’")


def _dashes(text: str, dice: Dice) -> str:
    """Write dashes between words in another way."""
    mark = dice.pick([" – ", " — ", "—", " - "])
    return re.sub(r"(?<=[^\W\d_])(?:\s*[—–]\s*| -{1,2} )(?=[^\W\d_])", mark, text)


def _spaces(text: str, dice: Dice) -> str:
    """Break lines elsewhere, or use other spaces."""
    way = dice.pick(["one line", "narrow", "two behind sentences", "no-break", "no blank lines"])
    if way == "two behind sentences":
        return re.sub(r"(?<=[.!?]) (?=\S)", "  ", text)
    if way == "no-break":
        return re.sub(r"(?<=\w) (?=\w)", lambda found: "\u00a0" if dice.chance(0.2) else found[0], text)
    if way == "no blank lines":
        return re.sub(r"\n\s*\n", "\n", text)
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
    return "\n\n".join(block if way == "one line" else _narrow(block) for block in blocks)


def _narrow(block: str) -> str:
    return textwrap.fill(block, 60, break_long_words=False, break_on_hyphens=False)


def _punctuation(text: str, dice: Dice) -> str:
    """Leave out commas before `and`, join dots of an ellipsis, drop the full stop at the end."""
    text = re.sub(r"(?<=[^\W\d_]),(?= (?:and|or|but|who|which)\b)", "", text)
    text = text.replace("...", "…") if "..." in text else text.replace("…", "...")
    text = re.sub(r";(?=\s)", dice.pick([",", ";"]), text)
    return text.removesuffix(".") if not re.search(r"\b\w\.\w\.$", text) else text


def _width(text: str, _dice: Dice) -> str:
    """Write the punctuation of Chinese and Japanese half as wide."""
    return text.translate(_HALF_WIDTH)


def _invisible(text: str, dice: Dice) -> str:
    """Put soft hyphens into some long words and zero-width spaces behind some paragraphs."""

    def hyphenated(found: re.Match[str]) -> str:
        at = found.end() - found.start() >> 1
        return found[0][:at] + "\u00ad" + found[0][at:] if dice.chance(0.1) else found[0]

    outside_addresses = re.compile(r"(?<![\w/.@:#-])[a-z]{9,}(?![\w/.@:#-])")
    return re.sub(r"(?<=\.)(?=\n)", "\u200b", outside_addresses.sub(hyphenated, text))


CHANGES: dict[str, Callable[[str, Dice], str]] = {
    "case": _case,
    "quotes": _quotes,
    "dashes": _dashes,
    "spaces": _spaces,
    "punctuation": _punctuation,
    "width": _width,
    "invisible": _invisible,
}
"""By name, what can be changed; every change keeps the words."""
