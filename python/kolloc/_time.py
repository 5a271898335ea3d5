"""A matrix of dated documents, cut into periods."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from kolloc import _dated, _groups
from kolloc._matrix import Matrix
from kolloc._trend_drawn import DatedCells
from kolloc.over_time import OverTime

__all__ = ["Time"]


class Time(Matrix):
    """Counts of documents that have dates."""

    __slots__ = ()

    def over_time(self, *, date: str, every: str | timedelta = "month", by: str | None = None) -> OverTime:
        """Return the counts of each period, with explicit gaps.

        Parameters
        ----------
        date : str
            Metadata column of dates: dates, datetimes or ISO text; time zones are turned into UTC.
        every : str or timedelta, default "month"
            ``"year"``, ``"quarter"``, ``"month"``, ``"week"`` (from Monday), ``"day"``; or a span of time such as
            ``"30D"``, counted from the midnight before the earliest date.
        by : str, optional
            Metadata column, such as the outlet, whose values have series of their own, each with its own denominators.

        Returns
        -------
        OverTime
            All periods from the first document to the last, those without a document too.

        Raises
        ------
        ParameterError
            If a column does not exist, a value is no date, or `every` is no period.

        Warns
        -----
        MissingDateWarning
            If documents have no date; they are in no period.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["war", "war peace", "peace"], "outlet": ["Post", "Post", "Herald"],
        ...                       "date": ["2024-01-05", "2024-03-02", "2024-03-09"]})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> print(dtm.over_time(date="date", by="outlet").rates(["war"])[["outlet", "period", "per_million"]])
           outlet     period  per_million
        0    Post 2024-01-01    1000000.0
        1    Post 2024-02-01          NaN
        2    Post 2024-03-01     500000.0
        3  Herald 2024-01-01          NaN
        4  Herald 2024-02-01          NaN
        5  Herald 2024-03-01          0.0
        """
        dated = _dated.of(self, date, every)
        periods, rows = dated.periods, dated.rows
        values, group_of = self._grouping(by) if by is not None else ([None], np.zeros(self.n_docs, dtype=np.uint32))
        n_groups = max(len(values), 1)
        cells = (periods.of_date * n_groups + group_of[rows]).astype(np.uint32)
        whole: Any = self
        documents = self if len(rows) == self.n_docs else whole._take(rows, "rows", {})
        counts = documents._native
        grouped, lengths = _groups.summed(counts, self._doc_lengths[rows], cells, periods.n * n_groups)
        n_docs = np.bincount(cells, minlength=periods.n * n_groups).astype(np.int64)
        said = every if isinstance(every, str) else str(every)
        drawn = DatedCells(documents, cells, periods.n * n_groups)
        return OverTime(grouped, self.terms, periods, said, by, values, lengths, n_docs, self._metadata, drawn)
