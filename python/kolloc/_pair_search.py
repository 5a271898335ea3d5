"""From options on pairs of rows to a search of the core, and to its result."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kolloc import _check, _dates, _interop, _native
from kolloc._cells import Cells
from kolloc._names import Names
from kolloc._progress import Progress, reporting
from kolloc._undefined import warn_of_undefined
from kolloc.exceptions import InputTypeError, ParameterError
from kolloc.pairs import Pairs

__all__ = ["DISTANCES", "SIMILARITIES", "Rows", "search"]

SIMILARITIES, DISTANCES, _, _ = _native.pair_measures()
_AXES = ("documents", "terms")
_NO_GROUP = np.iinfo(np.uint32).max
_HOUR = 3_600_000_000
_ASYMMETRIC = ("kld",)


class Rows(Protocol):
    """What a search reads of a matrix."""

    _names: Names
    _metadata: Any | None

    def _as_cells(self) -> Cells: ...


def search(
    matrix: Rows,
    kind: str,
    measure: str,
    *,
    axis: str,
    other: Any | None,
    bound: float | None,
    top: int | None,
    window: str | timedelta | None,
    date: str | None,
    group: str | None,
    by: str | None,
    diagonal: bool,
    max_pairs: int,
    n_threads: int | None,
    progress: Progress,
    p: float = 2,
    base: float = 2,
    smoothing: float = 0,
    by_size: bool = False,
) -> Pairs:
    """Return pairs of a kind, similarity or distance; the other arguments are those of the public methods."""
    _check.one_of("measure", measure, SIMILARITIES if kind == "similarity" else DISTANCES)
    _check.one_of("axis", axis, _AXES)
    first, second = matrix._as_cells(), None
    if other is not None:
        first, second = _same_columns(first, other, axis)
    if axis == "terms":
        _refuse_for_terms({"window": window, "date": date, "group": group, "by": by})
        first, second = transposed(first), None if second is None else transposed(second)
    dates = _pair_of(lambda frame: _dates.microseconds(frame, _required(frame, "date", date)), matrix, other, date)
    if window is not None and date is None:
        raise ParameterError("date must name a column where there is a window, got None", parameter="date", value=None)
    options = {
        "measure": measure,
        "p": _check.number("p", p),
        "base": _check.number("base", base),
        "smoothing": _check.number("smoothing", smoothing),
        "by_size": bool(by_size),
        "top": None if top is None else _check.integer("top", top, at_least=1),
        "bound": bound,
        "limit": _check.integer("max_pairs", max_pairs),
        "diagonal": bool(diagonal),
        "span": 0 if window is None else _dates.span(window),
        "within": group == "within",
        "dates": dates if window is not None else None,
        "groups": _groups(matrix, other, group, by),
    }
    run = _native.pair_similarities if kind == "similarity" else _native.pair_distances
    with reporting(progress, "Comparing") as callback:
        arrays = first.arrays, None if second is None else second.arrays, first.n_columns
        rows, columns, values = run(*arrays, options, n_threads=n_threads, progress=callback)
    warn_of_undefined({measure: values}, "0/0, as where a document is empty")
    terms = axis == "terms"
    names = _labels(matrix, first_terms=terms)
    lags = None if dates is None else _lags(dates, rows, columns)
    return Pairs._new(
        rows=rows, columns=columns, values=values, lags=lags, measure=measure, kind=kind, axis=axis, names=names,
        other_names=None if other is None else _labels(other, first_terms=terms), frame=_empty(matrix._metadata),
        once=other is None and top is None and measure not in _ASYMMETRIC,
    )  # fmt: skip


def transposed(cells: Cells) -> Cells:
    """Return columns as rows; the columns of the result have numbers for names."""
    parts = (cells.data, cells.indices.astype(np.int64), cells.indptr.view(np.int64))
    turned = sparse.csr_array(sparse.csr_array(parts, shape=cells.shape).T)
    turned.sort_indices()
    values = np.asarray(turned.data, dtype=np.float64)
    arrays = (turned.indptr.astype(np.uint64), turned.indices.astype(np.uint32), values)
    return Cells(arrays, (b"", np.zeros(cells.shape[0] + 1, dtype=np.int64)))


def _labels(matrix: Any, *, first_terms: bool) -> list[str]:
    return matrix._as_cells().terms() if first_terms else list(matrix._names)


def _same_columns(first: Cells, other: Any, axis: str) -> tuple[Cells, Cells]:
    if not hasattr(other, "_as_cells"):
        raise InputTypeError(f"other must be a matrix, got {type(other).__name__}")
    cells: Cells = other._as_cells()
    if axis == "terms":
        if cells.shape[0] != first.shape[0]:
            message = f"other must have the same {first.shape[0]:,} documents, got {cells.shape[0]:,}"
            raise ParameterError(message, parameter="other", value=other)
        return first, cells
    terms, its = first.terms(), cells.terms()
    if terms == its:
        return first, cells
    # Terms of one matrix alone count in the norms of its documents.
    union = list(dict.fromkeys([*terms, *its]))
    return first if len(union) == len(terms) else first.with_columns(union), cells.with_columns(union)


def _refuse_for_terms(given: dict[str, object]) -> None:
    for name, value in given.items():
        if value is not None:
            message = f"{name} must be None for axis='terms', which have no metadata, got {value!r}"
            raise ParameterError(message, parameter=name, value=value, allowed="None")


def _required(frame: Any | None, parameter: str, name: str | None) -> str:
    return _check.column(parameter, name, _interop.columns(frame))


def _pair_of(read: Any, matrix: Rows, other: Rows | None, name: str | None) -> tuple[Any, Any] | None:
    """Return what a column says of both matrices."""
    if name is None:
        return None
    frames = [matrix._metadata, matrix._metadata if other is None else other._metadata]
    for frame in frames:
        _required(frame, "date", name)
    first = read(frames[0])
    return first, first if other is None else read(frames[1])


def _groups(matrix: Rows, other: Rows | None, group: str | None, by: str | None) -> tuple[Any, Any] | None:
    if group is None:
        if by is not None:
            message = f"group must be 'within' or 'across' where by is given, got None with by={by!r}"
            raise ParameterError(message, parameter="group", value=None)
        return None
    _check.one_of("group", group, ("within", "across"))
    numbers: dict[Any, int] = {}

    def read(frame: Any | None) -> NDArray[np.uint32]:
        values = _interop.column_values(frame, _required(frame, "by", by))
        found = [_NO_GROUP if value is None else numbers.setdefault(value, len(numbers)) for value in values]
        return np.array(found, dtype=np.uint32)

    first = read(matrix._metadata)
    return first, first if other is None else read(other._metadata)


def _lags(dates: tuple[Any, Any], rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[np.float64]:
    first, second = dates[0][rows], dates[1][columns]
    missing = (first == _dates.NO_DATE) | (second == _dates.NO_DATE)
    lags: NDArray[np.float64] = np.where(missing, np.nan, (second - first) / _HOUR)
    return lags


def _empty(frame: Any | None) -> Any | None:
    """Return an empty frame of the same kind."""
    return None if frame is None else _interop.take_rows(frame, np.array([], dtype=np.uint32))
