"""Which rows a key, a mask or a condition on the metadata selects."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
from narwhals import dependencies
from numpy.typing import NDArray

from kolloc import _check
from kolloc._interop import is_missing, shared
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["Rows", "from_values", "is_expression", "of_sequence", "one", "selected"]

Rows = NDArray[np.uint32]


def one(row: Any, n: int) -> int:
    """Return a row as a number from 0; negative ones count from the end.

    Raises
    ------
    IndexError
        If there is no such row.
    """
    number = _check.integer("row", row, at_least=-(2**63))
    if not -n <= number < n:
        raise IndexError(f"row {number} is out of range for {n:,} documents")
    return number % n


def of_sequence(keys: Any, n: int) -> Rows:
    """Return the rows of a list of rows or of a boolean mask."""
    if isinstance(keys, np.ndarray) and keys.dtype == np.bool_:
        return _where_true(keys, n)
    if isinstance(keys, np.ndarray) and keys.ndim == 1 and np.issubdtype(keys.dtype, np.integer):
        return _distinct(_of_integers(keys, n))
    values = _to_list(keys)
    if values and all(_is_boolean(value) or is_missing(value) for value in values):
        return _where_true(values, n)
    rows = np.array([one(value, n) for value in values], dtype=np.uint32)
    return _distinct(rows)


def _of_integers(keys: NDArray[Any], n: int) -> Rows:
    # 64 bits without sign may hold rows beyond all others, which stay so.
    outside = (keys >= n) | (keys < -n) if keys.dtype.kind == "i" else keys >= n
    if outside.any():
        one(keys[outside][0], n)
    return np.where(keys < 0, keys.astype(np.int64) + n, keys).astype(np.uint32)


def _distinct(rows: Rows) -> Rows:
    if len(np.unique(rows)) < len(rows):
        raise ParameterError("rows must be distinct: a document cannot be in a corpus twice", parameter="rows")
    return rows


def selected(frame: Any | None, condition: Any, n: int) -> Rows:
    """Return the rows where an expression, a function of the frame or booleans hold; a missing value does not hold."""
    if callable(condition) and not is_expression(condition):
        condition = condition(shared(frame))
    if is_expression(condition):
        return _where_true(_evaluate(_required(frame), condition), n)
    if dependencies.is_pandas_series(condition) and dependencies.is_pandas_dataframe(frame):
        assert frame is not None
        if not condition.index.equals(frame.index):
            message = "mask must have the index of the metadata; make it from corpus.metadata"
            raise ParameterError(message, parameter="mask")
    return _where_true(condition if hasattr(condition, "__len__") else _to_list(condition), n)


def from_values(frame: Any, column: str, wanted: Sequence[Any]) -> Rows:
    """Return the rows that hold one of the wanted values in a column; ``None`` asks for missing ones."""
    present = [value for value in wanted if not is_missing(value)]
    conditions = [nw.col(column).is_in(present)] if present else []
    if len(present) < len(wanted):
        conditions.append(nw.col(column).is_null())
    if not conditions:
        return np.empty(0, dtype=np.uint32)
    return _where_true(_evaluate(frame, nw.any_horizontal(*conditions, ignore_nulls=True)), len(frame))


def is_expression(value: Any) -> bool:
    """Return whether `value` is an expression on columns."""
    return isinstance(value, nw.Expr) or _is_polars_expression(value)


def _is_polars_expression(value: Any) -> bool:
    polars = sys.modules.get("polars")
    return polars is not None and bool(isinstance(value, polars.Expr))


def _evaluate(frame: Any, expression: Any) -> Any:
    if isinstance(expression, nw.Expr):
        return nw.from_native(frame, eager_only=True).select(mask=expression)["mask"]
    if not dependencies.is_polars_dataframe(frame):
        raise InputTypeError("a polars expression needs polars metadata; write it with narwhals (nw.col) instead")
    return frame.select(expression).to_series()


def _required(frame: Any | None) -> Any:
    if frame is None:
        raise InputTypeError("an expression needs metadata, and there are none; pass one boolean for each document")
    return frame


def _to_list(values: Any) -> list[Any]:
    for method in ("tolist", "to_list", "to_pylist"):
        if hasattr(values, method):
            return list(getattr(values, method)())
    if isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping | set | frozenset):
        return list(values)
    raise InputTypeError(f"rows must be given by booleans or integers, got {values!r}")


def _where_true(values: Any, n: int) -> Rows:
    if len(values) != n:
        message = f"mask must have one value for each of {n:,} documents, got {len(values):,}"
        raise ParameterError(message, parameter="mask", value=len(values), allowed=f"{n} values")
    holds = None if isinstance(values, list | tuple) else np.asarray(values)
    if holds is None or holds.dtype != np.bool_ or holds.ndim != 1:
        holds = _checked_booleans(_to_list(values))
    return np.flatnonzero(holds).astype(np.uint32)


def _checked_booleans(values: list[Any]) -> NDArray[np.bool_]:
    wrong = next((value for value in values if not (_is_boolean(value) or is_missing(value))), None)
    if wrong is not None:
        raise InputTypeError(f"mask must hold booleans, got {wrong!r}")
    return np.array([_is_boolean(value) and bool(value) for value in values], dtype=np.bool_)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool | np.bool_)
