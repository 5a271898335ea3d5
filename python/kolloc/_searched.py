"""Documents that were searched for duplicates: what every question about the result starts from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _sites
from kolloc import _native as core
from kolloc._dates import NO_DATE
from kolloc._document_rows import DocumentRows
from kolloc._duplicate_options import DuplicateOptions
from kolloc._progress import Progress, reporting
from kolloc._units import Origin
from kolloc.exceptions import ParameterError

__all__ = ["DIRECTIONS", "NO_CLUSTER", "NO_SOURCE", "RELATIONS", "REVERSED", "Searched"]

RELATIONS: tuple[str, ...] = tuple(core.relations())
"""Names of the relations, the strongest first."""

REVERSED = {"contains": "contained_in", "contained_in": "contains"}
"""The relations that are others from the other side."""

DIRECTIONS = ("none", "a_to_b", "b_to_a")
"""Which document of a pair is dated earlier, by code."""

NO_CLUSTER = np.iinfo(np.uint32).max
"""Stands for the cluster of a document that is in none."""

NO_SOURCE = np.iinfo(np.uint32).max
"""Stands for a missing source."""

Columns = dict[str, NDArray[Any]]


class Searched(DocumentRows):
    """Documents with the pairs that were found in them."""

    __slots__ = (
        *("_char_starts", "_dates", "_documents", "_native", "_options", "_origin", "_parents", "_searched"),
        "_sources",
    )

    _native: core.Duplicates
    _documents: core.Documents
    _options: DuplicateOptions
    _searched: DuplicateOptions
    _dates: NDArray[np.int64] | None
    _sources: NDArray[np.uint32] | None
    _origin: Origin
    _parents: NDArray[np.uint32] | None
    _char_starts: NDArray[np.int64] | None

    def _shift(self, rows: NDArray[Any]) -> NDArray[np.int64]:
        """Return where the texts of some rows start in their documents, in code points."""
        return np.zeros(len(rows), dtype=np.int64) if self._char_starts is None else self._char_starts[rows]

    def _spans_of(self, a: NDArray[np.uint32], b: NDArray[np.uint32], progress: Progress) -> Columns:
        """Return the spans of pairs of documents; ``pair`` is the place in `a` and `b`."""
        with reporting(progress, "spans") as callback:
            return self._native.spans(a, b, progress=callback)

    def _found_spans(self, progress: Progress = None) -> tuple[Columns, Columns]:
        """Return the columns of all pairs and of their spans."""
        columns = self._native.pairs()
        return columns, self._spans_of(columns["a"], columns["b"], progress)

    def _measured(self) -> Columns:
        """Return the columns of all pairs with what they share."""
        return {**self._native.pairs(), **self._native.measures()}

    def _related(self, relations: str | Iterable[str] | None, *, measured: bool = False) -> Columns:
        """Return the columns of the pairs of some relations, of all if there are none given."""
        columns = self._measured() if measured else self._native.pairs()
        if relations is None:
            return columns
        names = [relations] if isinstance(relations, str) else list(relations)
        codes = [RELATIONS.index(_check.one_of("relations", name, RELATIONS)) for name in names]
        wanted = np.isin(columns["relation"], codes)
        return {name: values[wanted] for name, values in columns.items()}

    def _a_is_earlier(self, a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.bool_]:
        """Return whether the first document of each pair is earlier: by date, undated ones last, then by row.

        This orders all documents, so that of any that share a text one is the first.
        """
        if self._dates is None:
            return a < b
        dates = np.where(self._dates == NO_DATE, np.iinfo(np.int64).max, self._dates)
        return np.where(dates[a] != dates[b], dates[a] < dates[b], a < b)

    @property
    def _known_sources(self) -> NDArray[np.uint32]:
        """Source of each document.

        Raises
        ------
        ParameterError
            If the search had none.
        """
        if self._sources is None:
            allowed = "a column of the search"
            message = f"source must be {allowed}: sources are needed here; pass source= to duplicates()"
            raise ParameterError(message, parameter="source", value=None, allowed=allowed)
        return self._sources

    def _source_labels(self) -> list[str]:
        """Return the names of the sources by code, in the order of their first document."""
        known = np.flatnonzero(self._known_sources != NO_SOURCE)
        _, first = np.unique(self._known_sources[known], return_index=True)
        rows = known[first].astype(np.uint32)
        part = _interop.take_rows(self._metadata, rows)
        values = _interop.column_values(part, self._options.parameters["source"])
        return [str(_sites.site_of(value)) for value in values]
