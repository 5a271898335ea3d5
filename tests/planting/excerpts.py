"""Abridged copies: the beginning of an article, or every second paragraph."""

from __future__ import annotations

from planting.draft import Draft, Made
from planting.likeness import likeness
from planting.segments import Article

LEAST_WORDS = 45
"""An excerpt is longer than what counts as a short text."""


def beginning(article: Article, share: float) -> Made | None:
    """Return whole sentences from the start that hold about that share of the words, or None if they hold far more."""
    part = article.beginning(max(LEAST_WORDS, round(article.size * share)))
    if not share - 0.1 <= article.size_of(part) / article.size <= share + 0.1:
        return None
    draft = Draft()
    draft.keep(article, part)
    return draft.done()


def every_second_paragraph(article: Article) -> Made | None:
    """Return every second paragraph from the first on, or None if that is not a clear abridgement."""
    draft = Draft()
    for number, block in enumerate(article.paragraphs[::2]):
        draft.own(article.separator if number else "")
        draft.keep(article, block)
    made = draft.done()
    share = sum(article.size_of((s.char_start_a, s.char_end_a)) for s in made.spans[article.number]) / article.size
    clear = len(article.paragraphs) >= 5 and 0.3 <= share <= 0.65
    return made if clear and likeness(made.text, article.text).a_in_b >= 0.88 else None
