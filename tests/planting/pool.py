"""Original articles, handed out once each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from planting.pages import Excerpt
from planting.segments import Article

T = TypeVar("T")


class Pool:
    """Hands out articles in their order; none is handed out twice, so no two plantings contradict each other."""

    def __init__(self, articles: list[Article]) -> None:
        self._left = list(articles)
        sizes = sorted(article.size for article in articles)
        self.middle = sizes[len(sizes) // 2] if sizes else 0

    @property
    def left(self) -> list[Article]:
        """The articles that nobody has taken."""
        return list(self._left)

    def take(self, make: Callable[[Article], T | None], purpose: str) -> tuple[Article, T]:
        """Return the first article that something can be made of, and that; `make` returns None for the others."""
        for at, article in enumerate(self._left):
            made = make(article)
            if made is not None:
                del self._left[at]
                return article, made
        raise ValueError(
            f"none of the {len(self._left)} originals left suits the planting {purpose!r}; give more of them"
        )

    def sized(self, least: float, most: float | None, purpose: str) -> Article:
        """Return the first article with so many words, both bounds included."""

        def fits(article: Article) -> bool | None:
            return (least <= article.size and (most is None or article.size <= most)) or None

        return self.take(fits, purpose)[0]

    def fillers(self, size: int, purpose: str) -> list[Excerpt]:
        """Return the beginnings of fresh articles, as few as hold about `size` words together."""
        excerpts: list[Excerpt] = []
        while size > 0:
            enough = [article.size for article in self._left if article.size >= size]
            wanted = size if enough else max((article.size for article in self._left), default=0)
            article = self.sized(wanted, None, purpose)
            part = article.beginning(size)
            excerpts.append((article, part))
            size -= article.size_of(part)
            size = size if size > 30 else 0
        return excerpts
