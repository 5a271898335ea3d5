"""Other ways to write a number, and other numbers."""

from __future__ import annotations

import re

from planting.dice import Dice
from planting.grammar import listed

_SMALL = listed("two three four five six seven eight nine ten eleven twelve", " ")
_DIGITS = {word: str(value) for value, word in enumerate(_SMALL, 2)}
_WORDS = {digits: word for word, digits in _DIGITS.items()}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_UNIT = "hundred|thousand|million|billion|trillion"

_FORMS = re.compile(
    rf"\$(?P<dollars>\d[\d.,]*\d|\d)(?P<scale> (?:{_UNIT}))?\b"
    rf"|\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})\b(?!,? \d{{4}})"
    r"|\b(?P<thousands>\d{1,3}),(?P<rest>\d{3})\b(?!,)"
    r"|(?<=\d) ?(?P<percent>percent|per cent|%)"
    rf"|\b(?P<word>{'|'.join(_SMALL)})\b(?!-)"
    r"|(?<![\d.,:$-])\b(?P<digits>[2-9]|1[0-2])\b(?![\d.,:%-])",
)
_FIGURE = re.compile(r"\d+")


def rewritten_numbers(text: str, dice: Dice, share: float) -> str:
    """Return the text with that share of its sums, dates, shares and small numbers written in another form."""
    return _FORMS.sub(lambda found: _other_form(found, dice) if dice.chance(share) else found[0], text)


def _other_form(found: re.Match[str], dice: Dice) -> str:
    if found["dollars"]:
        return f"{found['dollars']}{found['scale'] or ''} dollars"
    if found["month"]:
        return f"{found['day']} {found['month']}"
    if found["thousands"]:
        return found["thousands"] + found["rest"]
    if found["percent"]:
        return dice.pick([form for form in ("%", " percent", " per cent") if form.strip() != found["percent"]])
    word = _DIGITS[found["word"]] if found["word"] else _WORDS[found["digits"]]
    return word if found.start() else word.capitalize()


def changed_figures(text: str, dice: Dice, share: float) -> str:
    """Return the text with that share of its figures replaced by others of as many digits."""
    return _FIGURE.sub(lambda found: _other_figure(found[0], dice) if dice.chance(share) else found[0], text)


def _other_figure(figure: str, dice: Dice) -> str:
    while True:
        digits = [str(dice.between(1, 9)), *(str(dice.between(0, 9)) for _ in figure[1:])]
        if (other := "".join(digits)) != figure:
            return other
