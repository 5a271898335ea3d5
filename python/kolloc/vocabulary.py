"""The types of a corpus, looked up both ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _core, _interop, _repr

__all__ = ["Vocabulary"]


class Vocabulary:
    """Types with their ids and frequencies; ids follow the first appearance in the corpus.

    Examples
    --------
    >>> import kolloc
    >>> vocabulary = kolloc.Corpus(["peace talks, peace"]).tokens().vocabulary
    >>> vocabulary.terms
    ['peace', 'talks', ',']
    >>> vocabulary["talks"], vocabulary.term(0), "war" in vocabulary
    (1, 'peace', False)
    >>> vocabulary.frequencies.tolist()
    [2, 1, 1]
    """

    __slots__ = ("_frame", "_native", "_terms")

    def __init__(self, core: _core.Vocabulary, frame: Any | None = None) -> None:
        self._native = core
        self._frame = frame
        self._terms: list[str] | None = None

    @property
    def terms(self) -> list[str]:
        """All types by id; a new list."""
        if self._terms is None:
            self._terms = self._native.terms()
        return list(self._terms)

    @property
    def frequencies(self) -> NDArray[np.uint64]:
        """How often each type occurs: uint64, shape (types,), counts by id; a read-only view."""
        return self._native.frequencies

    def term(self, id: int) -> str:  # noqa: A002
        """Return the type with an id.

        Raises
        ------
        IndexError
            If there is no such id.
        """
        return self._native.term(_check.integer("id", id))

    def __getitem__(self, term: str) -> int:
        """Return the id of a type.

        Raises
        ------
        KeyError
            If the type does not occur; the message names the closest one.
        """
        try:
            return self._native.id(term)
        except KeyError:
            raise KeyError(f"{term!r} does not occur{self._hint(term)}") from None

    def _hint(self, term: str) -> str:
        lower = term.lower()
        if lower != term and lower in self._native:
            return f"; did you mean {lower!r}?"
        order = np.argsort(self._native.frequencies, kind="stable")[::-1][:20_000]
        return _check.did_you_mean(term, [self._native.term(int(each)) for each in order])

    def __contains__(self, term: object) -> bool:
        # What UTF-8 cannot hold is in no text.
        return isinstance(term, str) and not _check.has_surrogates(term) and term in self._native

    def __len__(self) -> int:
        return len(self._native)

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def to_frame(self) -> Any:
        """Return a frame with columns ``term`` and ``count`` (uint64), a row for each type, in id order."""
        return _interop.frame_like(self._frame, {"term": self.terms, "count": self.frequencies})

    def __repr__(self) -> str:
        shown = ", ".join(repr(self._native.term(each)) for each in range(min(6, len(self))))
        more = ", ..." if len(self) > 6 else ""
        return f"<Vocabulary: {_repr.count(len(self), 'type')}: {shown}{more}>"
