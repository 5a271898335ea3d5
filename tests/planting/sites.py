"""What a site prints around its articles: a header, a footer, a note; the same on each of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from planting.composer import Composer
from planting.dice import Dice
from planting.grammar import listed, patterns
from planting.segments import word_count

_FIRST_HALF = listed("Amber Beacon Compass Delta Evening Foundry Granite Heron Inland Juniper Kestrel Lantern", " ")
_SECOND_HALF = listed("Bulletin Chronicle Dispatch Echo Gazette Ledger Mirror Observer Record Sentinel", " ")
OUTLETS = [f"{first} {second}" for first in _FIRST_HALF[:6] for second in _SECOND_HALF[:2]]
"""Outlets that print articles and nothing around them."""

_SECTIONS = listed("""Home|Front page|Politics|Business|World|Region|Courts|Science|Health|Sport|Culture|Opinion|Letters
Weather|Travel|Schools|Podcasts|Puzzles|Obituaries|Jobs|Property|Archive|Video|Recipes|Gardens|Motoring""")
_ACTIONS = listed("Sign in|Subscribe|Search|Menu|My account|Newsletters|Live|Shop|E-paper|Contact")
_HEADER = patterns("""
[Reporting|Independent news|Printed and online] [from|for|about] {l1} [since|without pause since] {year}
""")
_FOOTER = patterns("""
[Do you like|Did you finish|Was it worth] [this page|reading this]? [Support|Join|Help] {site} [from|with] {n}
  crowns a {period}
  and [keep|get] {perk}.
[Send|Write|Whisper] [tips|corrections|complaints] to the {site} desk, {n} {l2} [Road|Quay|Lane], [weekdays|daily]
  until {hour}.
© {year} {site} [Media|Press|Publishing], {l1}. [No part|Nothing] may be [copied|resold] [without consent|unless we
  agree].
[Terms of use|House rules] | [Privacy|Data notice] | [Cookies|Cookie settings] | [Imprint|Masthead] |
  [Adverts|Media kit]
""")
_NOTE = patterns("""
{site} [is owned by|belongs to|answers to] its [readers|staff|members] in {l1} and {n} [parishes|villages] around it.
[Every|Each] {weekday} our [letter|digest] [brings|sends] {n} [stories|pictures] from {l2} [to your inbox|by
  {hour}], free of {burden}.
[Spotted|Found] [a slip|an error|a typo] [above|here]? [Ring|Write to] the {site} [corrections|standards]
  [desk|editor] [before {hour}|any {weekday}].
""")
_PERKS = listed("the crossword|archive access|the puzzle book|early editions|a tote bag|fewer adverts")
_PERIODS = listed("week|month|quarter|season")
_BURDENS = listed("charge|adverts|tracking|spam")


@dataclass(frozen=True)
class Site:
    """A site with its name and the text around its articles."""

    name: str
    header: str
    footer: str
    note: str


def new_site(number: int, composer: Composer, dice: Dice) -> Site:
    """Return a site: a header of about 30 words, a footer of about 60, a note of 25 to 60."""
    name = _name(number)
    cast = composer.grammar.cast(dice)[0] | {
        "site": name,
        "perk": dice.pick(_PERKS),
        "period": dice.pick(_PERIODS),
        "burden": dice.pick(_BURDENS),
    }
    composer.begin()
    sections, actions = dice.shuffled(_SECTIONS)[:16], dice.shuffled(_ACTIONS)[:4]
    header = [name, _written(composer, cast, _HEADER)[0], " | ".join(sections), " · ".join(actions)]
    note = dice.shuffled(_written(composer, cast, _NOTE))
    while word_count(" ".join(note)) > 60:
        note.pop()
    return Site(name, "\n".join(header), "\n".join(_written(composer, cast, _FOOTER)), " ".join(note))


def _name(number: int) -> str:
    """Return a name that no outlet has, another one for each number."""
    first, second = divmod(number, len(_SECOND_HALF))
    spare = _FIRST_HALF[6:]
    rank = first // len(spare)
    return f"{spare[first % len(spare)]} {_SECOND_HALF[second]}" + (f" {rank + 1}" if rank else "")


def _written(composer: Composer, cast: dict[str, str], of: list[str]) -> list[str]:
    return [sentence for pattern in of if (sentence := composer.sentence(pattern, cast))]
