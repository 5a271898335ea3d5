"""A paragraph of agency copy in an article that is otherwise independent, quoted or simply used."""

from __future__ import annotations

import re

from planting.dice import Dice
from planting.draft import Draft, Made
from planting.grammar import Cast, filled, patterns
from planting.grammar_en import MAKERS
from planting.segments import Article, Range, sentences, word_count

LEAST, MOST = 40, 80
"""Words of a passage."""

SHARE = 6
"""An article that holds a passage is at least so many times as long."""

_QUOTE_MARKS = '"“”„«»‘'
_MARKUP = re.compile(r"[\[\]*_|\\<>#]|https?:|\b[A-Z][A-Z.’'-]+:")
_SPEAKING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|tell|tells|told|stat(?:e|ed|es|ing)|add(?:s|ed)|not(?:e|ed|es)|announc\w+|declar\w+|according"
    r"|argu\w+|claim\w*|repl(?:y|ied|ies)|insist\w*|warn\w*|remark\w*|ask(?:s|ed)|wr(?:ite|ites|ote)|spoke\w*|explain\w*"
    r"|repeat\w*|confirm\w*|admit\w*|agreed|shouted|hinted|reminded|call(?:s|ed))\b",
    re.IGNORECASE,
)
_ATTRIBUTION = patterns("""
{p1}, {r1} of {o1}, said on {weekday}: “{passage}”
“{passage}” {p1}, {r1} of {o1}, said on {weekday}.
“{passage}” the agency said in a report carried on {weekday}.
According to a report read out in {l1} on {weekday}, “{passage}”
""")


def quiet_passages(article: Article) -> list[Range]:
    """Return runs of whole sentences of one paragraph, 40 to 80 words long, in and around which nobody speaks."""
    found = []
    for number, block in enumerate(article.paragraphs):
        parts = sentences(article.text, *block)
        before = article.text[slice(*article.paragraphs[number - 1])] if number else ""
        found += [
            part for part in _windows(article, parts, before[-200:]) if article.size_of(part) * SHARE <= article.size
        ]
    return found


def _windows(article: Article, parts: list[Range], before: str) -> list[Range]:
    """Return the fitting runs among the sentences of one paragraph, `before` being what stands in front of it."""
    found = []
    for first in range(len(parts)):
        lead_in = article.text[slice(*parts[first - 1])] if first else before
        for last in range(first, len(parts)):
            part = (parts[first][0], parts[last][1])
            size = article.size_of(part)
            if size > MOST or not _is_quiet(article.text[slice(*part)]):
                break
            if size >= LEAST and _leads_nowhere(lead_in) and _is_unquoted(article.text[parts[0][0] : part[0]]):
                found.append(part)
    return found


def _is_quiet(text: str) -> bool:
    """Return whether a text holds no quotation marks, no markup, no `SPEAKER:` and no verb of speaking."""
    return not any(mark in text for mark in _QUOTE_MARKS) and not _MARKUP.search(text) and not _SPEAKING.search(text)


def _leads_nowhere(text: str) -> bool:
    """Return whether the text before a passage does not hand over to a speaker."""
    return not _SPEAKING.search(text) and not text.rstrip().endswith((":", ","))


def _is_unquoted(text: str) -> bool:
    """Return whether every quotation mark in the paragraph so far is closed."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def places(article: Article) -> list[Range]:
    """Return the paragraphs behind which a passage can stand on its own."""
    fit = [block for block in article.paragraphs[:-1] if _ends_quietly(article.text[slice(*block)])]
    return fit[1:] or fit


def _ends_quietly(text: str) -> bool:
    return text[-1] in ".!?" and not _SPEAKING.search(text[-200:]) and _is_unquoted(text)


def with_passage(host: Article, source: Article, part: Range, place: Range, quoted_by: Cast | None, dice: Dice) -> Made:
    """Return the host with a passage as a paragraph of its own; with a cast, somebody of it is quoted with it."""
    passage = " ".join(source.text[slice(*part)].split())
    before, after = "", ""
    if quoted_by is not None:
        pattern = dice.pick(_ATTRIBUTION)
        before, after = filled(pattern, {**quoted_by, "passage": "\0"}, MAKERS, dice).split("\0")
        passage = passage.removesuffix(".") + "," if after.startswith("” ") and passage.endswith(".") else passage
    draft = Draft()
    draft.keep(host, (host.body[0], place[1]))
    draft.own(host.separator + before)
    draft.keep(source, part, passage)
    draft.own(after + host.separator)
    draft.keep(host, (place[1], host.body[1]))
    return draft.done()


def fits(host: Article, passage: str) -> bool:
    """Return whether a host is long enough for a passage and has a place for it."""
    return host.size >= SHARE * word_count(passage) and bool(places(host))
