"""Parts of texts as the caller lists them, turned into arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop
from kolloc._names import Names
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["COLUMNS", "arrays"]

COLUMNS = ("document", "char_start", "char_end")

Arrays = tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]


def arrays(spans: Any, names: Names) -> Arrays:
    """Return row, start and end of each span, given as a frame or a mapping with the three columns.

    Examples
    --------
    >>> arrays({"document": ["a"], "char_start": [0], "char_end": [5]}, Names.from_labels(["b", "a"]))
    (array([1], dtype=uint32), array([0]), array([5]))
    """
    frame = _interop.as_frame(spans)
    if frame is None and not isinstance(spans, Mapping):
        raise InputTypeError(f"spans must be a frame or a mapping with the columns {_check.listed(COLUMNS)}")
    present = _interop.columns(frame) if frame is not None else list(spans)
    missing = next((name for name in COLUMNS if name not in present), None)
    if missing is not None:
        allowed = f"a frame or a mapping with the columns {_check.listed(COLUMNS)}"
        message = f"spans must be {allowed}, but {missing!r} is missing"
        raise ParameterError(message, parameter="spans", value=present, allowed=allowed)
    columns = [_interop.column_array(frame, name) if frame is not None else np.asarray(spans[name]) for name in COLUMNS]
    lengths = [column.shape for column in columns]
    if len(set(lengths)) > 1 or columns[0].ndim != 1:
        message = f"spans must have columns of one dimension and one length, got shapes {lengths}"
        raise ParameterError(message, parameter="spans", value=lengths, allowed="columns of one length")
    documents, starts, ends = columns
    return _rows(documents, names), _offsets("char_start", starts), _offsets("char_end", ends)


def _rows(documents: NDArray[Any], names: Names) -> NDArray[np.uint32]:
    if not np.issubdtype(documents.dtype, np.integer):
        return names.rows(documents.tolist())
    outside = (documents < 0) | (documents >= len(names))
    if outside.any():
        raise IndexError(f"row {documents[outside][0]} is out of range for {len(names):,} documents")
    return np.ascontiguousarray(documents, dtype=np.uint32)


def _offsets(name: str, values: NDArray[Any]) -> NDArray[np.int64]:
    if len(values) and not np.issubdtype(values.dtype, np.integer):
        raise InputTypeError(f"{name} must hold integers (code points), got values of type {values.dtype}")
    return np.ascontiguousarray(values, dtype=np.int64)
