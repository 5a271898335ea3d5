"""The kinds of planting, and which relations are right for each."""

from __future__ import annotations

from dataclasses import dataclass

NOT_REPORTED = frozenset({"none"})


PASSAGE = 12
"""So many equal words in a row are text in common; pages that only look alike have none."""


@dataclass(frozen=True)
class Kind:
    """What is right for a kind of planting and why.

    `expected` is read from the source `a` to the page `b` that was made of it. `uncut` takes its place where the text
    of a site is not cut before pages are compared. Of a directed kind, `a` is dated before `b`. Kinds that write or
    rewrite English are `english`, the others suit every language.
    """

    expected: frozenset[str]
    why: str
    uncut: frozenset[str] | None = None
    directed: bool = True
    english: bool = True


def _kind(expected: str, why: str, *, uncut: str = "", directed: bool = True, english: bool = True) -> Kind:
    return Kind(frozenset(expected.split()), why, frozenset(uncut.split()) or None, directed, english)


KINDS: dict[str, Kind] = {
    "quoted": _kind("quotes", "one paragraph of the source stands in quotation marks with a reporting verb"),
    "passage": _kind(
        "shared_passage", "one paragraph of the source is used, without quotation marks or a reporting verb"
    ),
    "glued": _kind("contained_in", "two articles on a page: it holds each of them whole"),
    "embedded": _kind("contained_in", "the page holds the whole article and twice as much text besides", english=False),
    "extended": _kind("contained_in", "the page holds the whole article and about as much text besides", english=False),
    "updated": _kind("near revised", "one story at two times; near or revised by the share of equal triples of words"),
    "rewritten_light": _kind("near revised", "one text in other words; near or revised by the share of equal triples"),
    "rewritten_medium": _kind("near revised", "one text in other words; near or revised by the share of equal triples"),
    "rewritten_strong": _kind("near revised", "one text in other words; near or revised by the share of equal triples"),
    "every_second_paragraph": _kind("contains", "all that is left stands in the source", english=False),
    "first_half": _kind("contains", "all that is left stands in the source", english=False),
    "first_quarter": _kind("contains", "all that is left stands in the source", english=False),
    "exact": _kind("exact", "the same characters", english=False),
    "same_text": _kind("same_text", "the same words; case, quotation marks, spaces, punctuation differ", english=False),
    "site_frame": _kind(
        "same_text near",
        "the article between a header and a footer: the same text once these are cut, or near where remains are left;"
        " uncut, a page that holds the article, or, if the article is long, one near to it",
        uncut="near contained_in",
    ),
    "pull_quote": _kind(
        "same_text near",
        "one sentence stands twice on the page: near, or the same text once the copy is cut",
    ),
    "boilerplate": _kind(
        "boilerplate_only none", "two articles share the note of their site, nothing else", directed=False
    ),
    "same_topic": _kind("none", "the same names and things, other sentences", directed=False),
    "same_speaker": _kind(
        "none boilerplate_only", "the same greeting and closing words, each shorter than a passage", directed=False
    ),
    "template_short": _kind("none boilerplate_only", "one template, other contents", directed=False),
    "template_long": _kind("none boilerplate_only", "one template, other contents", directed=False),
}
"""By name; kinds that need long originals come first, since they are served first."""

ANY_LANGUAGE = [name for name, kind in KINDS.items() if not kind.english]
"""The kinds that neither write nor rewrite English."""

NEGATIVES = ["boilerplate", "same_topic", "same_speaker", "template_short", "template_long"]
"""The kinds whose pages share no text of their own."""
