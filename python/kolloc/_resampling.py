"""From documents and a `Bootstrap` to units, strata and what each document counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop
from kolloc import _native as core
from kolloc._dates import NO_DATE
from kolloc._matrix import Matrix
from kolloc._searched import NO_CLUSTER, Searched
from kolloc._warn import warn
from kolloc._weighted_counts import WeightedCounts
from kolloc.exceptions import ParameterError, ResamplingWarning

if TYPE_CHECKING:
    from kolloc.bootstrap import Bootstrap

__all__ = ["Design", "design"]

_FEW = 10
_Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Design:
    """Documents as they are drawn: the core's object, unit and factor of each document, the counts beneath."""

    native: core.Resampling
    counts: core.TermDocument
    units: _Ids
    factors: NDArray[np.float64]


def design(
    bootstrap: Bootstrap,
    matrix: Matrix,
    groups: NDArray[np.uint32] | None = None,
    n_groups: int = 1,
    *,
    exchanged: int = 0,
    sizes: str = "corpus",
) -> Design:
    """Return how the documents of a matrix are drawn.

    Parameters
    ----------
    bootstrap : Bootstrap
        What is drawn, and how.
    matrix : Matrix
        The documents: one in each row.
    groups : ndarray, optional
        Group of each document whose sums are kept apart; groups are strata.
    n_groups : int
        Number of groups.
    exchanged : int
        How often the labels "group 0 or not" are exchanged among the units of a stratum, instead of drawing units;
        groups are then no strata.
    sizes : {"corpus", "matrix", "documents"}
        What sums of sizes are sums of: all tokens of a document, those with a column, or 1 if it has any.
    """
    counts, weights, lengths = _documents(matrix)
    group_of = np.zeros(matrix.n_docs, dtype=np.uint32) if groups is None else groups
    clusters = _clusters(bootstrap.duplicates, matrix) if bootstrap.duplicates is not None else None
    first = _order(bootstrap.duplicates, matrix)
    units = _units(bootstrap, matrix, clusters)
    columns = [bootstrap.strata] if isinstance(bootstrap.strata, str) else list(bootstrap.strata or ())
    strata = _crossed(
        [_codes(matrix, "strata", name) for name in columns] + [np.zeros_like(group_of) if exchanged else group_of]
    )
    factors = weights * _factors(bootstrap.count, clusters, first)
    of_unit = _of_first(units, strata, first, "strata")
    labels = (_of_first(units, group_of, first, "groups") == 0).astype(np.uint8) if exchanged else None
    _warn_of_few(units, group_of, of_unit, n_groups)
    method, given = ("labels", labels) if exchanged else (bootstrap.method, None)
    if bootstrap.weights is not None and not exchanged:
        method, given = "given", _fitting(bootstrap.weights, len(of_unit)).ravel()
    sums_of = np.zeros(matrix.n_docs, dtype=np.uint32) if exchanged else group_of
    documents = (units.astype(np.uint32), sums_of, factors, _sizes(sizes, counts, lengths).astype(np.float64))
    # One more for the sums of both groups.
    drawing = (exchanged + 1 if exchanged else bootstrap.n, bootstrap.seed, method)
    native = core.Resampling(documents, of_unit.astype(np.uint32), 1 if exchanged else n_groups, drawing, given)
    return Design(native, counts, units, factors)


def _documents(matrix: Matrix) -> tuple[core.TermDocument, NDArray[np.float64], NDArray[Any]]:
    """Return the counts without weights, and the weight and the length of each row."""
    native = matrix._native
    if not isinstance(native, WeightedCounts):
        return native, np.ones(matrix.n_docs), matrix._doc_lengths
    if native.of_documents:
        _, weights, _, _, _ = native.state()
        return native.counts, weights, native.lengths
    allowed = "given for a matrix of documents"
    message = f"bootstrap must be {allowed}: this one holds sums of weighted documents; group inside the method instead"
    raise ParameterError(message, parameter="bootstrap", value=None, allowed=allowed)


def _sizes(sizes: str, counts: core.TermDocument, lengths: NDArray[Any]) -> NDArray[Any]:
    """Return the size of each document."""
    if sizes == "matrix":
        sums = np.append(0, np.cumsum(counts.data, dtype=np.int64))
        return np.diff(sums[counts.indptr.astype(np.int64)])
    return lengths > 0 if sizes == "documents" else lengths


def _rows_in(duplicates: Searched, matrix: Matrix) -> NDArray[Any]:
    """Return the row of each document in the search."""
    if duplicates._names == matrix._names:
        return np.arange(matrix.n_docs)
    return duplicates._names.rows(matrix._names)


def _clusters(duplicates: Searched, matrix: Matrix) -> _Ids:
    """Return the cluster of each document, one of its own where it has none."""
    found = duplicates._native.clusters()[0][_rows_in(duplicates, matrix)].astype(np.int64)
    return np.where(found == NO_CLUSTER, int(NO_CLUSTER) + 1 + np.arange(len(found)), found)


def _order(duplicates: Searched | None, matrix: Matrix) -> _Ids:
    """Return the place of each document by date, undated ones last, then by row."""
    rows = np.arange(matrix.n_docs)
    if duplicates is None or duplicates._dates is None:
        return rows
    dates = duplicates._dates[_rows_in(duplicates, matrix)]
    places = np.empty_like(rows)
    places[np.lexsort((rows, np.where(dates == NO_DATE, np.iinfo(np.int64).max, dates)))] = rows
    return places


def _units(bootstrap: Bootstrap, matrix: Matrix, clusters: _Ids | None) -> _Ids:
    """Return the unit of each document, numbered in the order of their first documents."""
    if bootstrap.units == "documents":
        return np.arange(matrix.n_docs)
    if bootstrap.units == "clusters":
        assert clusters is not None
        return _numbered(clusters)
    return _numbered(_codes(matrix, "units", bootstrap.units, alone=True))


def _codes(matrix: Matrix, parameter: str, name: str, alone: bool = False) -> _Ids:
    """Return the values of a column as integers; those that are missing are one value, or each one of its own."""
    values = ("documents", "clusters") if parameter == "units" else ()
    if name not in (columns := _interop.columns(matrix._metadata)):
        _check.one_of(parameter, name, [*values, *columns])
    codes: dict[Any, int] = {}
    found = _interop.column_values(matrix._metadata, name)
    keys = ((row,) if alone and value is None else value for row, value in enumerate(found))
    return np.array([codes.setdefault(key, len(codes)) for key in keys], dtype=np.int64)


def _numbered(codes: _Ids) -> _Ids:
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    places = np.empty(len(first), dtype=np.int64)
    places[np.argsort(first)] = np.arange(len(first))
    return places[inverse]


def _crossed(codes: list[NDArray[Any]]) -> _Ids:
    """Return a number for each combination of values, dense and ascending by them."""
    combined = np.zeros(len(codes[0]) if codes else 0, dtype=np.int64)
    for part in codes:
        combined = np.unique(combined * (int(part.max(initial=0)) + 1) + part, return_inverse=True)[1]
    return combined


def _factors(count: str, clusters: _Ids | None, first: _Ids) -> NDArray[np.float64]:
    """Return how much each document counts beside the others of its cluster."""
    if count == "prints" or clusters is None:
        return np.ones(len(first))
    number = _numbered(clusters)
    if count == "stories":
        shares: NDArray[np.float64] = 1.0 / np.bincount(number)[number]
        return shares
    factors = np.zeros(len(first))
    factors[_earliest(number, first)] = 1.0
    return factors


def _earliest(units: _Ids, first: _Ids) -> _Ids:
    """Return the row of the earliest document of each unit."""
    order = np.lexsort((first, units))
    return order[np.searchsorted(units[order], np.arange(int(units.max(initial=-1)) + 1))]


def _of_first(units: _Ids, values: NDArray[Any], first: _Ids, what: str) -> NDArray[Any]:
    """Return the value of the earliest document of each unit, warning of units with several."""
    if not len(values):
        return np.zeros(int(units.max(initial=-1)) + 1, dtype=np.int64)
    of_unit = values[_earliest(units, first)]
    spanning = len(np.unique(units[of_unit[units] != values]))
    if spanning:
        message = f"{spanning:,} of {len(of_unit):,} units span several {what}"
        warn(f"{message}; each belongs to that of its earliest document", ResamplingWarning)
    return of_unit


def _warn_of_few(units: _Ids, groups: NDArray[np.uint32], strata: NDArray[Any], n_groups: int) -> None:
    """Warn where there is too little to draw from."""
    pairs = np.unique(np.stack((groups.astype(np.int64), units)), axis=1)[0] if len(units) else units
    counts = np.bincount(pairs)
    least = int(counts[counts > 0].min(initial=_FEW)) if len(units) else 0
    if least < _FEW:
        where = "in the smallest group" if n_groups > 1 else "in all"
        message = f"there are {least} units {where}; with fewer than {_FEW}, standard errors and intervals say little"
        warn(message, ResamplingWarning)
    sizes = np.bincount(strata)
    alone = int((sizes == 1).sum())
    if alone and len(sizes) > 1:
        message = f"{alone:,} of {int((sizes > 0).sum()):,} strata have one unit, which is drawn every time"
        warn(f"{message} and adds no variance", ResamplingWarning)


def _fitting(weights: NDArray[Any], n_units: int) -> NDArray[Any]:
    if weights.shape[1] == n_units:
        return weights
    allowed = f"given for each of {n_units:,} units"
    message = f"weights must be {allowed}, got {weights.shape[1]:,} columns"
    raise ParameterError(message, parameter="weights", value=weights.shape, allowed=allowed)
