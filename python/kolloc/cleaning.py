"""What was left out of a corpus when it was cleaned."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _interop, _repr
from kolloc._names import Names

__all__ = ["CleaningReport"]


class CleaningReport:
    r"""How many blocks and characters of each kind `Corpus.clean` left out of each document. Immutable.

    Examples
    --------
    >>> import kolloc
    >>> text = "The two sides met again in the old harbour on Monday.\n\nContinue Reading"
    >>> report = kolloc.Corpus([text]).clean().cleaning
    >>> report
    <CleaningReport: 1 block, 16 characters left out of 1 document>
    >>> report.to_frame().values.tolist()
    [['0', 'navigation', 1, 16]]
    """

    __slots__ = ("_counts", "_kinds", "_metadata", "_names")

    _counts: NDArray[np.int64]
    _kinds: tuple[str, ...]
    _metadata: Any | None
    _names: Names

    @classmethod
    def _of(
        cls,
        names: Names,
        metadata: Any | None,
        kinds: Sequence[str],
        rows: NDArray[np.int64],
        codes: NDArray[np.uint8],
        lengths: NDArray[np.int64],
    ) -> CleaningReport:
        """Return the report for blocks left out, given by document, kind and length."""
        keys, places = np.unique(rows * len(kinds) + codes, return_inverse=True)
        blocks, characters = np.bincount(places, minlength=len(keys)), np.zeros(len(keys), dtype=np.int64)
        np.add.at(characters, places, lengths)
        counts = np.stack((keys // len(kinds), keys % len(kinds), blocks, characters), axis=1).astype(np.int64)
        return cls._new(names, metadata, tuple(kinds), counts)

    @classmethod
    def _new(
        cls, names: Names, metadata: Any | None, kinds: tuple[str, ...], counts: NDArray[np.int64]
    ) -> CleaningReport:
        report = object.__new__(cls)
        report.__setstate__({"_names": names, "_metadata": metadata, "_kinds": kinds, "_counts": counts})
        return report

    def _take(self, rows: NDArray[np.uint32], names: Names, metadata: Any | None) -> CleaningReport:
        """Return the report on some documents."""
        places = np.full(len(self._names), -1, dtype=np.int64)
        places[rows] = np.arange(len(rows))
        counts = self._counts[places[self._counts[:, 0]] >= 0]
        counts = np.concatenate((places[counts[:, :1]], counts[:, 1:]), axis=1)
        return self._new(names, metadata, self._kinds, counts[np.lexsort((counts[:, 1], counts[:, 0]))])

    @property
    def n_blocks(self) -> int:
        """Number of blocks left out."""
        return int(self._counts[:, 2].sum())

    @property
    def n_characters(self) -> int:
        """Number of characters (code points) in these blocks."""
        return int(self._counts[:, 3].sum())

    def to_frame(self) -> Any:
        """Return a row for each document and kind of which something was left out.

        Returns
        -------
        frame
            Columns ``document`` (name), ``kind``, ``blocks`` and ``characters``.
        """
        coded = {
            "document": (self._counts[:, 0], list(self._names)),
            "kind": (self._counts[:, 1], list(self._kinds)),
        }
        plain = {"blocks": self._counts[:, 2], "characters": self._counts[:, 3]}
        return _interop.coded_frame(self._metadata, coded, plain)

    def totals(self) -> dict[str, dict[str, int]]:
        r"""Return for each kind of which something was left out the number of documents, blocks and characters.

        Examples
        --------
        >>> import kolloc
        >>> kolloc.Corpus(["The two sides met again.\n\nContinue Reading"]).clean().cleaning.totals()
        {'navigation': {'documents': 1, 'blocks': 1, 'characters': 16}}
        """
        codes = np.unique(self._counts[:, 1]).tolist()
        of_kind = {self._kinds[code]: self._counts[self._counts[:, 1] == code] for code in codes}
        return {
            kind: {"documents": len(counts), "blocks": int(counts[:, 2].sum()), "characters": int(counts[:, 3].sum())}
            for kind, counts in of_kind.items()
        }

    def _facts(self) -> str:
        n_docs = len(np.unique(self._counts[:, 0]))
        blocks, characters = _repr.count(self.n_blocks, "block"), _repr.count(self.n_characters, "character")
        return f"{blocks}, {characters} left out of {_repr.count(n_docs, 'document')}"

    def __repr__(self) -> str:
        return f"<CleaningReport: {self._facts()}>"

    def _repr_html_(self) -> str:
        rows = [[kind, *(f"{n:,}" for n in counts.values())] for kind, counts in self.totals().items()]
        table = _repr.html_table(["kind", "documents", "blocks", "characters"], rows)
        return f"<div><p><strong>CleaningReport</strong>: {escape(self._facts())}</p>{table}</div>"

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        state["_counts"].flags.writeable = False
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a CleaningReport is immutable; {name!r} cannot be set")
