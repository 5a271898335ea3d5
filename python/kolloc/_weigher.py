"""How counts become weights, and what is kept to weigh other counts alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _native
from kolloc._cells import Cells
from kolloc._columns import columns_of
from kolloc._weighting_options import Scheme
from kolloc.exceptions import ParameterError

__all__ = ["Fit", "fit", "frequencies_above", "weigh"]

_Float = NDArray[np.float64]


class Fit(NamedTuple):
    """A scheme with the numbers it took from the documents it was made for."""

    scheme: Scheme
    """The scheme; mean length and pivot of those documents included."""
    idf: _Float
    """What document frequencies became, for each column."""
    factors: _Float
    """What columns are multiplied by: `idf` times the weights of terms, 0 for terms of no document."""

    def at(self, columns: NDArray[Any]) -> Fit:
        """Return the same for some of the columns."""
        return Fit(self.scheme, self.idf[columns], self.factors[columns])


def fit(
    cells: Cells,
    df: _Float,
    n: float,
    scheme: Scheme,
    *,
    term_weights: Mapping[str, float] | None = None,
    lengths: _Float | None = None,
    characters: _Float | None = None,
    n_threads: int | None = None,
) -> tuple[Cells, Fit]:
    """Return weights, and what it takes to weigh other documents alike.

    Parameters
    ----------
    df, n
        Document frequency of each column, number of documents.
    term_weights, lengths, characters
        What named columns are multiplied by; length and number of characters of each row.
    """
    idf = _native.document_frequencies(df, n, scheme.parameters)
    factors = np.where(df > 0, idf, 0.0)
    for column, weight in _by_column(cells, term_weights).items():
        factors[column] *= weight
    made = Fit(scheme, idf, factors)
    values, average_length, pivot = _weigh(cells, made, lengths, characters, n_threads)
    known = Scheme({**scheme.parameters, "average_length": average_length, "pivot": pivot})
    return cells.with_values(values), Fit(known, idf, factors)


def weigh(cells: Cells, by: Fit, *, lengths: _Float | None, characters: _Float | None, n_threads: int | None) -> Cells:
    """Return weights of cells with the columns of a fit."""
    return cells.with_values(_weigh(cells, by, lengths, characters, n_threads)[0])


def _weigh(
    cells: Cells, by: Fit, lengths: _Float | None, characters: _Float | None, n_threads: int | None
) -> tuple[_Float, float, float]:
    options = {"average_length": None, **by.scheme.parameters}
    arrays = (by.factors, lengths, characters)
    return _native.weigh(cells.arrays, cells.n_columns, options, *arrays, n_threads=n_threads)


def frequencies_above(cells: Cells, threshold: float) -> _Float:
    """Return the number of rows whose cell is above a threshold, for each column."""
    found = np.bincount(cells.indices[cells.data > threshold], minlength=cells.n_columns)
    return found.astype(np.float64)


def _by_column(cells: Cells, term_weights: Mapping[str, float] | None) -> dict[int, float]:
    if term_weights is None:
        return {}
    if not isinstance(term_weights, Mapping):
        message = f"term_weights must be a mapping from terms to numbers, got {term_weights!r}"
        raise ParameterError(message, parameter="term_weights", value=term_weights)
    columns = columns_of(term_weights, cells.terms()).tolist()
    weights = (_check.number("term_weights", weight) for weight in term_weights.values())
    return dict(zip(columns, weights, strict=True))
