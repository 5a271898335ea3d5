"""A page in the making that remembers which characters came from where."""

from __future__ import annotations

from dataclasses import dataclass

from planting.segments import Article, Range, trimmed
from planting.truth import Span


@dataclass(frozen=True)
class Made:
    """A finished page, and by number of each article used, what of it stands where."""

    text: str
    spans: dict[int, tuple[Span, ...]]

    @property
    def lineage(self) -> tuple[int, ...]:
        """Numbers of the articles used, rising."""
        return tuple(sorted(self.spans))


class Draft:
    """Takes a page piece by piece; `done` gives it with its spans."""

    def __init__(self) -> None:
        self._text = ""
        self._used: dict[int, Article] = {}
        self._spans: dict[int, list[Span]] = {}

    @property
    def ends_line(self) -> bool:
        """Whether the text so far ends with a line break."""
        return self._text.endswith("\n")

    def own(self, text: str) -> Range:
        """Add text that is in no article; return where it stands."""
        start = len(self._text)
        self._text += text
        return (start, len(self._text))

    def keep(self, article: Article, part: Range, changed: str | None = None) -> Range:
        """Add part of an article, as it is or changed; return where it stands."""
        text = article.text[slice(*part)] if changed is None else changed
        added = self.own(text)
        in_a, in_b = trimmed(article.text, *part), trimmed(self._text, *added)
        if in_a[0] < in_a[1] and in_b[0] < in_b[1]:
            self._used[article.number] = article
            self._spans.setdefault(article.number, []).append(Span(*in_a, *in_b))
        return in_b

    def done(self) -> Made:
        """Return the page; pieces that follow each other on both sides are one span."""
        return Made(self._text, {number: self._joined(self._used[number]) for number in sorted(self._spans)})

    def _joined(self, article: Article) -> tuple[Span, ...]:
        joined: list[Span] = []
        for span in self._spans[article.number]:
            if joined and self._follows(article, joined[-1], span):
                first = joined.pop()
                span = Span(first.char_start_a, span.char_end_a, first.char_start_b, span.char_end_b)
            joined.append(span)
        return tuple(joined)

    def _follows(self, article: Article, first: Span, second: Span) -> bool:
        between_a = article.text[first.char_end_a : second.char_start_a]
        between_b = self._text[first.char_end_b : second.char_start_b]
        in_order = first.char_end_a <= second.char_start_a
        return in_order and not between_a.strip() and not between_b.strip()
