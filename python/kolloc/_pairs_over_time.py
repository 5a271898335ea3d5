"""Pairs of terms over time: how often they stand near each other in each period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _dated, _documents_matrix, _interop, _measures, _native, _pair_documents
from kolloc._association import MEASURES, scores
from kolloc._progress import Progress, reporting
from kolloc._undefined import warn_of_undefined
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["PairsOverTime"]

_Cells = NDArray[np.uint64]
_WHY = "no value for some tables, see the formula"


class PairsOverTime:
    """A table whose documents have dates."""

    __slots__ = ()

    _vocabulary: _native.Vocabulary
    _native: _native.Cooccurrence
    _options: dict[str, Any]
    _frame: Any | None
    _counted: _pair_documents.Counted | None

    def over_time(
        self,
        pairs: Iterable[tuple[str, str]] | str | None = None,
        *,
        date: str,
        every: str | timedelta = "month",
        measures: str | Iterable[str] = ("log_dice", "mi"),
        min_count: float = 0,
        top: int | None = 20,
        sort_by: str = "log_dice",
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return counts and measures of some pairs in each period, with explicit zeros and gaps.

        All periods come from one look at the text: what each document adds to counts, margins and sample sizes is
        summed by period, so that each period has the measures of a table of its own.

        Parameters
        ----------
        pairs : iterable of (str, str), or str, optional
            The pairs, in either order (the row's term first where the table is not symmetric), each once; or one term,
            for its strongest pairs; by default the strongest pairs of all.
        date : str
            Metadata column of dates, as in `DocumentTermMatrix.over_time`.
        every : str or timedelta, default "month"
            ``"year"``, ``"quarter"``, ``"month"``, ``"week"``, ``"day"``, or a span such as ``"30D"``.
        measures : str or iterable of str, default ("log_dice", "mi")
            Association measures, ``"all"`` for every one, as in `association`.
        min_count, top, sort_by
            Which pairs are taken if none are given, by the whole text: their smallest count, their number (``None`` for
            all), and the measure that orders them.
        n_threads, progress
            As in `Corpus.tokens`; pairs.

        Returns
        -------
        frame
            ``term_1``, ``term_2``, ``period`` and ``period_end`` (datetime64), ``observed`` and ``expected`` (float64,
            in the unit of the sampling model), ``df``, documents with the pair, ``n_docs``, all documents of the period
            (int64; ``df`` is a sum of weights where documents have some), the measures. In the order of the pairs, then
            of periods: a row for each period from the first document to the last, with zeros where the pair does not
            stand, and measures NaN where a term does not occur or there are no documents.

        Raises
        ------
        KeyError
            If a term has no row or column, or a pair never stands near each other.
        ParameterError, InputTypeError
            If an option has a value that is not allowed, distances have weights, or the table was pickled.

        Warns
        -----
        MissingDateWarning
            If documents have no date; they are in no period.
        UndefinedWarning
            If a measure has no value (NaN) for a pair whose terms both occur.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["peace talks", "trade talks", "peace talks"],
        ...                       "date": ["2024-01-05", "2024-01-20", "2024-03-02"]})
        >>> table = kolloc.Corpus(frame, text="text").tokens().cooccurrence()
        >>> found = table.over_time([("peace", "talks")], date="date")
        >>> print(found[["period", "observed", "df", "n_docs"]])
              period  observed  df  n_docs
        0 2024-01-01       1.0   1       2
        1 2024-02-01       0.0   0       0
        2 2024-03-01       1.0   1       1
        >>> found["log_dice"].round(2).tolist()
        [13.42, nan, 14.0]
        """
        names = _measures.chosen(measures, MEASURES)
        _check.one_of("sort_by", sort_by, MEASURES)
        limits = _check.number("min_count", min_count), None if top is None else _check.integer("top", top)
        if self._options["count"] == "weighted":
            allowed = "'frequency' or 'boolean' for counts over time"
            message = f"count must be {allowed}, got 'weighted'"
            raise ParameterError(message, parameter="count", value="weighted", allowed=allowed)
        documents = _pair_documents.counted(self._counted)
        dated = _dated.of(_documents_matrix.of(documents, self._frame), date, every)
        cells = self._cells(pairs, *limits, sort_by)
        n = dated.periods.n
        groups = dated.of_document(n).astype(np.uint32)
        with reporting(progress, "pairs over time") as callback:
            tables = _native.pair_groups(
                self._native,
                documents.tokens,
                cells,
                groups,
                n,
                documents.weights,
                n_threads=n_threads,
                progress=callback,
            )
        *table, df = (values.ravel() for values in tables)
        found = scores(
            ["observed", "expected", *(name for name in names if name not in ("observed", "expected"))], table
        )
        there = (table[1] > 0) & (table[2] > 0)
        warn_of_undefined({name: values[there] for name, values in found.items()}, _WHY)
        starts = dated.periods.starts
        columns: dict[str, Any] = {
            **self._terms_of_cells(cells, n),
            "period": np.tile(starts[:-1], len(cells)),
            "period_end": np.tile(starts[1:], len(cells)),
            **{name: found.pop(name) for name in ("observed", "expected")},
            "df": df if documents.weights is not None else df.astype(np.int64),
            "n_docs": np.tile(np.bincount(dated.periods.of_date, minlength=n), len(cells)),
        }
        return _interop.frame_like(self._frame, columns | found)

    def _cells(
        self, pairs: Iterable[tuple[str, str]] | str | None, min_count: float, top: int | None, sort_by: str
    ) -> _Cells:
        """Return the cells of pairs that are given, or the strongest."""
        if pairs is not None and not isinstance(pairs, str):
            found = [self._cell(*pair) for pair in _checked(pairs)]
            return np.array(list(dict.fromkeys(found)), dtype=np.uint64)
        rows, columns, cells = self._native.edges(min_count, None)
        if pairs is not None:
            row = self._row(pairs)
            cells = cells[(rows == row) | (columns == row if self._native.is_upper else False)]
        key = scores([sort_by], self._native.tables(cells))[sort_by]
        return cells[np.argsort(np.where(np.isnan(key), np.inf, -key), kind="stable")[:top]]

    def _cell(self, one: str, other: str) -> int:
        """Return the cell of a pair."""
        row = self._row(one)
        columns, cells = self._native.partners(row)
        if other in self._vocabulary:
            near = self._native.terms[columns] == self._vocabulary.id(other)
            if near.any():
                return int(cells[near][0])
        raise KeyError(f"{one!r} and {other!r} never stand near each other{self._hint(other)}")

    def _hint(self, term: str) -> str:
        """Return the closest term if there is none of this name."""
        return (
            "" if term in self._vocabulary else _check.did_you_mean(term, self._terms_of(self._native.terms[:20_000]))
        )

    def _terms_of_cells(self, cells: _Cells, times: int) -> dict[str, list[str]]:
        """Return the terms of rows and columns of cells, each several times."""
        places = cells.view(np.int64)
        rows = np.searchsorted(self._native.indptr.view(np.int64), places, side="right") - 1
        named = {
            "term_1": self._terms_of(self._native.row_terms[rows]),
            "term_2": self._terms_of(self._native.terms[self._native.indices[places]]),
        }
        return {name: [term for term in terms for _ in range(times)] for name, terms in named.items()}

    def _row(self, term: str) -> int:
        raise NotImplementedError

    def _terms_of(self, ids: NDArray[np.uint32]) -> list[str]:
        raise NotImplementedError


def _checked(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    allowed = "an iterable of pairs of str, or one str"
    try:
        listed = [tuple(pair) if not isinstance(pair, str) else () for pair in pairs]
    except TypeError:
        raise InputTypeError(f"pairs must be {allowed}, got {pairs!r:.100}") from None
    for pair in listed:
        if len(pair) != 2 or not all(isinstance(term, str) for term in pair):
            raise InputTypeError(f"pairs must be {allowed}, got one with {pair!r:.100}")
    return [(one, other) for one, other in listed]
