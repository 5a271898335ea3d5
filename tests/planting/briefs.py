"""Short and long items from a template, in which only places, numbers and a few words change.

No two items share a passage, so a template is exhausted at some point: the long one on the weather after 350 items.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planting.composer import Composer
from planting.dice import Dice
from planting.grammar import listed, patterns
from planting.grammar_en import ENGLISH, PLACES
from planting.kinds import PASSAGE

_TRIES = 30
_LISTS = {
    "sky": listed("""clear|overcast|hazy|mostly sunny|grey|bright|misty|partly cloudy|dull|unsettled|stormy|mild|damp
crisp|muggy|blustery|sleety|thundery|fair"""),
    "place": PLACES,
    "wind": listed("north|north-east|east|south-east|south|south-west|west|north-west"),
    "stock": listed("""Arbel Mills|Bryde Shipping|Corvex|Dunn Paper|Elmet Glass|Farrow Foods|Gant Cement|Halden Rail
Ister Power|Jutland Wool|Kestral Air|Lomond Salt|Merrow Tin|Nordane Timber|Oxley Rubber|Penrose Drugs"""),
    "move": listed("gained|lost|shed|added|rose|fell|slipped|climbed|dropped|jumped|sank|recovered"),
    "goods": listed("wheat|tin|copper|barley|lumber|wool|zinc|coffee|sugar|heating oil|cotton|nickel|butter|rubber"),
    "mood": listed("quiet|brisk|thin|nervous|steady|hectic|listless|mixed|cheerful|cautious|uneven|subdued"),
    "tide": listed("low|high|spring|neap|ebb|flood"),
    "crop": listed("orchards|vineyards|hop fields|beet fields|pastures|nurseries|greenhouses|hay meadows|bean plots"),
}

WEATHER = patterns("""
Weather for {place} on {weekday}: {sky} with a high of {t} and a low of {t} degrees.
A {wind} wind of {t} knots. Rain is likely ({t} percent) from {hour} on.
The sun sets at {hour}, {tide} tide of {t} feet at {hour}.
""")
MARKETS = patterns("""
Markets in {place} at {hour}: {stock} {move} {t} percent while {stock} {move} {t} percent.
The price of {goods} was {t} crowns, and that of {goods} stood at {t} crowns.
Trading was {mood} with a turnover of {t} million.
""")
WEATHER_LONG = patterns("""
The {weekday} outlook from our desk for {place} is {sky} at first and {sky} later.
Temperatures may reach {t} degrees in {place} and {t} degrees in the hills near {place}.
A {wind} wind of up to {t} knots will bring {sky} spells to {place} by {hour}.
The chance of rain in {place} is put at {t} percent, compared with {t} percent on {day}.
In and around {place}, {crop} may see up to {t} hours of frost after {hour}.
The {tide} tide at {place} is due at {hour} with about {t} feet.
Visibility on the road to {place} may drop to {t} miles shortly before {hour}.
During the night, {place} will cool down to {t} degrees under {sky} skies.
The pollen count stands at {t} in {place} and at {t} in the villages around {place}.
By {weekday}, {sky} air from the {wind} will lift readings at {place} to {t} degrees.
The record for {day} in these parts is {t} degrees, set in {year} at {place}.
Rivers near {place} are carrying {t} inches of water, {t} inches less than in {month}.
""")
MARKETS_LONG = patterns("""
Trading in {place} was {mood} on {weekday} as shares in {stock} {move} {t} percent.
Shares in {stock} {move} {t} percent on a turnover of {money}.
Among others, {stock} {move} {t} percent and {stock} {move} {t} percent.
The price of {goods} for delivery in {month} was {money} at the exchange in {place}.
The price of {goods} {move} {t} percent to {money} in a {mood} session in {place}.
The main index in {place} ended the day at {big}, compared with {big} on {day}.
Some {n} of the listed issues {move}, and {n} were not traded before {hour}.
Dealers in {place} spoke of {mood} business with a volume of {big} lots.
The next to report are {stock} on {day} and {stock} on {day}.
The cost of borrowing for {n} months now stands at {t} percent in {place}.
After the close of business, {stock} {move} {t} percent on {n} orders.
The exchange in {place} will open again on {weekday} at {hour}.
Stocks of {goods} in the warehouses of {place} stand at {big} tonnes.
""")


def _picker(entries: list[str]) -> Callable[[Dice], str]:
    return lambda dice: dice.pick(entries)


def _tenths(dice: Dice) -> str:
    return f"{dice.between(2, 68)}.{dice.between(1, 9)}"


BRIEF_ENGLISH = replace(
    ENGLISH,
    makers={**ENGLISH.makers, "t": _tenths, **{slot: _picker(entries) for slot, entries in _LISTS.items()}},
    run=PASSAGE,
)
"""What briefs are filled with; they may say the same for longer than other made texts, yet for less than a passage."""


def brief(template: list[str], composer: Composer) -> str:
    """Return one item made from a template, started anew where a line would repeat what another item says."""
    for _ in range(_TRIES):
        composer.begin()
        lines = [line for pattern in template if (line := composer.sentence(pattern, {}))]
        if len(lines) == len(template):
            return " ".join(lines)
    raise ValueError(f"there is nothing new to say with the template that begins {template[0]!r}")
