"""Documents by the period of their date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _dates, _interop
from kolloc._dates import NO_DATE
from kolloc._document_rows import DocumentRows
from kolloc._periods import Periods, cut
from kolloc._warn import warn
from kolloc.exceptions import MissingDateWarning

__all__ = ["Dated", "of"]


@dataclass(frozen=True)
class Dated:
    """Periods, and the rows of the documents that have a date; `Periods.of_date` is along these."""

    periods: Periods
    rows: NDArray[np.uint32]
    n_rows: int

    def of_document(self, none: int) -> NDArray[np.int64]:
        """Return the number of the period of each document, `none` of those without a date."""
        numbers = np.full(self.n_rows, none, dtype=np.int64)
        numbers[self.rows] = self.periods.of_date
        return numbers


def of(documents: DocumentRows, date: str, every: str | timedelta) -> Dated:
    """Return the periods of documents, with a warning of those without a date.

    Raises
    ------
    ParameterError
        If the column does not exist, a value is no date, or `every` is no period.
    """
    _check.column("date", date, _interop.columns(documents._metadata))
    dates = _dates.microseconds(documents._metadata, date)
    dated = dates != NO_DATE
    if not dated.all():
        missing = int((~dated).sum())
        warn(f"{missing:,} of {len(dates):,} documents have no date and are in no period", MissingDateWarning)
    rows = np.flatnonzero(dated).astype(np.uint32)
    return Dated(cut(dates[rows], every), rows, len(dates))
