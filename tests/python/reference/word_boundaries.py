"""Word boundaries of UAX #29, rule by rule, for the characters that the tests draw.

Properties come from general categories and from the sets below, which are right for the alphabet of the tests and the
official cases, not for every character of Unicode.
"""

from __future__ import annotations

import unicodedata

NEWLINES = set("\n\v\f\x85\u2028\u2029")
SINGLE_LETTER_MARKS = {
    "\r": "CR", "'": "Single_Quote", '"': "Double_Quote", ".": "MidNumLet", "’": "MidNumLet", "‘": "MidNumLet",
    ":": "MidLetter", "·": "MidLetter", ",": "MidNum", ";": "MidNum", "\u200d": "ZWJ", "\u200c": "Extend",
    "\u200b": "Other", "\u202f": "ExtendNumLet", "\u3099": "Extend",
}  # fmt: skip
LETTERS = {"AHLetter", "ALetter", "Hebrew_Letter"}
SPACES = {" ", "\u1680", "\u205f", "\u3000", *map(chr, range(0x2000, 0x2007)), *map(chr, range(0x2008, 0x200B))}
UNSPACED = ("CJK", "HIRAGANA", "THAI", "LAO", "KHMER", "MYANMAR")
PICTOGRAPHS = [(0x2600, 0x27BF), (0x1F300, 0x1F3FA), (0x1F400, 0x1FAFF), (0xA9, 0xA9), (0xAE, 0xAE), (0x2122, 0x2122)]


def word_break(char: str) -> str:
    """Return the Word_Break property of a character."""
    code, category, name = ord(char), unicodedata.category(char), unicodedata.name(char, "")
    if char in SINGLE_LETTER_MARKS:
        return SINGLE_LETTER_MARKS[char]
    if char in NEWLINES:
        return "LF" if char == "\n" else "Newline"
    if category.startswith("M") or 0x1F3FB <= code <= 0x1F3FF:
        return "Extend"
    if category == "Cf":
        return "Format"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "Regional_Indicator"
    if "KATAKANA" in name and category.startswith("L"):
        return "Katakana"
    if "HEBREW LETTER" in name:
        return "Hebrew_Letter"
    if category == "Nd":
        return "Numeric"
    if category == "Pc":
        return "ExtendNumLet"
    if char in SPACES:
        return "WSegSpace"
    if category.startswith("L") and not name.startswith(UNSPACED):
        return "ALetter"
    return "Other"


def is_pictograph(char: str) -> bool:
    """Return whether a character is Extended_Pictographic."""
    return any(first <= ord(char) <= last for first, last in PICTOGRAPHS) and word_break(char) == "Other"


def is_visible(segment: str) -> bool:
    """Return whether a segment holds more than spaces, marks, controls and format characters."""
    return any(unicodedata.category(char) not in ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Mc", "Me") for char in segment)


def segments(text: str) -> list[str]:
    """Cut a text at its word boundaries."""
    if not text:
        return []
    kinds = [word_break(char) for char in text]
    cuts = [i for i in range(1, len(text)) if _is_boundary(text, kinds, i)]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


_BREAKS = {"CR", "LF", "Newline"}
_IGNORED = {"Extend", "Format", "ZWJ"}
_MIDDLE_OF_WORD = {"MidLetter", "MidNumLet", "Single_Quote"}
_MIDDLE_OF_NUMBER = {"MidNum", "MidNumLet", "Single_Quote"}


def _is_boundary(text: str, kinds: list[str], i: int) -> bool:
    before, after = kinds[i - 1], kinds[i]
    if before == "CR" and after == "LF":  # WB3
        return False
    if before in _BREAKS or after in _BREAKS:  # WB3a, WB3b
        return True
    if before == "ZWJ" and is_pictograph(text[i]):  # WB3c
        return False
    if before == after == "WSegSpace":  # WB3d
        return False
    if after in _IGNORED:  # WB4
        return False
    # From here on ignored characters belong to the one before them.
    left = [kind for j, kind in enumerate(kinds[:i]) if kind not in _IGNORED or j == 0 or kinds[j - 1] in _BREAKS]
    right = [kind for kind in kinds[i:] if kind not in _IGNORED]
    one, two = left[-1], left[-2] if len(left) > 1 else ""
    next_one = right[1] if len(right) > 1 else ""
    return not (
        (one in LETTERS and after in LETTERS)  # WB5
        or (one in LETTERS and after in _MIDDLE_OF_WORD and next_one in LETTERS)  # WB6
        or (two in LETTERS and one in _MIDDLE_OF_WORD and after in LETTERS)  # WB7
        or (one == "Hebrew_Letter" and after == "Single_Quote")  # WB7a
        or (one == "Hebrew_Letter" and after == "Double_Quote" and next_one == "Hebrew_Letter")  # WB7b
        or (two == "Hebrew_Letter" and one == "Double_Quote" and after == "Hebrew_Letter")  # WB7c
        or (one == "Numeric" and after == "Numeric")  # WB8
        or (one in LETTERS and after == "Numeric")  # WB9
        or (one == "Numeric" and after in LETTERS)  # WB10
        or (two == "Numeric" and one in _MIDDLE_OF_NUMBER and after == "Numeric")  # WB11
        or (one == "Numeric" and after in _MIDDLE_OF_NUMBER and next_one == "Numeric")  # WB12
        or (one == after == "Katakana")  # WB13
        or (one in LETTERS | {"Numeric", "Katakana", "ExtendNumLet"} and after == "ExtendNumLet")  # WB13a
        or (one == "ExtendNumLet" and after in LETTERS | {"Numeric", "Katakana"})  # WB13b
        or (after == "Regional_Indicator" and _flags_before(left) % 2 == 1)  # WB15, WB16
    )


def _flags_before(kinds: list[str]) -> int:
    n = 0
    while n < len(kinds) and kinds[-1 - n] == "Regional_Indicator":
        n += 1
    return n
