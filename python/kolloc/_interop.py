"""The one place where other people's tables come in and go out.

Every frame and series is handled through narwhals or Arrow; pandas, polars, pyarrow and DuckDB are imported only inside
functions, and only when the caller uses them already or asks for them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import narwhals as nw
import numpy as np
from narwhals import dependencies
from numpy.typing import NDArray

from kolloc import _check
from kolloc._core import Documents
from kolloc.exceptions import InputTypeError, KollocError, ParameterError

__all__ = [
    "Documents",
    "as_frame",
    "as_series",
    "column_values",
    "columns",
    "documents_from_series",
    "documents_from_strings",
    "frame_from_columns",
    "frames_equal",
    "labels",
    "pandas_index",
    "select_columns",
    "shared",
    "take_rows",
    "text_columns",
]

documents_from_strings = Documents.from_strings
_TEXT = (nw.String, nw.Categorical, nw.Enum)


def as_frame(data: Any) -> Any | None:
    """Return `data` as an eager native frame if it is a table of any kind, else ``None``."""
    if dependencies.is_narwhals_dataframe(data) or dependencies.is_narwhals_lazyframe(data):
        data = data.to_native()
    if dependencies.is_polars_lazyframe(data):
        return data.collect()
    if any(is_frame(data) for is_frame in (dependencies.is_pandas_dataframe, dependencies.is_polars_dataframe)):
        return data
    if dependencies.is_duckdb_relation(data):
        return _read_relation(data)
    if dependencies.is_pyarrow_table(data):
        return data
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is not None and isinstance(data, pyarrow.RecordBatch):
        return pyarrow.Table.from_batches([data])
    if pyarrow is not None and isinstance(data, pyarrow.RecordBatchReader):
        return _not_consumed(data.read_all())
    return None


def _not_consumed(table: Any) -> Any:
    if len(table) == 0:
        raise InputTypeError("the stream gave no rows: it was read before, or it is empty; pass a Table instead")
    return table


def _read_relation(relation: Any) -> Any:
    if find_spec("pyarrow"):
        table = relation.to_arrow_table() if hasattr(relation, "to_arrow_table") else relation.arrow()
        return table.read_all() if hasattr(table, "read_all") else table
    if find_spec("polars"):
        return relation.pl()
    if find_spec("pandas"):
        return relation.df()
    raise ImportError("reading a DuckDB relation needs pyarrow, polars or pandas: pip install 'kolloc[arrow]'")


def as_series(data: Any) -> Any | None:
    """Return `data` as a native series or column if it is one of any kind, else ``None``."""
    if dependencies.is_narwhals_series(data):
        data = data.to_native()
    if dependencies.is_pandas_series(data) or dependencies.is_polars_series(data):
        return data
    if dependencies.is_pyarrow_chunked_array(data):
        return data
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is not None and isinstance(data, pyarrow.Array):
        return pyarrow.chunked_array([data])
    if dependencies.is_pandas_index(data):
        return data.to_series()
    return None


def frame_from_stream(data: Any) -> Any:
    """Return a native table or column for an object that only has an Arrow stream."""
    if find_spec("pyarrow"):
        import pyarrow as pa

        try:
            return _not_consumed(pa.table(data))
        except (TypeError, pa.ArrowInvalid, pa.ArrowTypeError):
            return pa.chunked_array(data)
    if find_spec("polars"):
        import polars as pl

        return pl.DataFrame(data)
    return None


def columns(frame: Any) -> list[str]:
    """Return the names of the columns, none if there is no frame."""
    return [] if frame is None else list(nw.from_native(frame, eager_only=True).columns)


def text_columns(frame: Any) -> list[str]:
    """Return the names of the columns that hold strings."""
    wrapped = nw.from_native(frame, eager_only=True)
    schema = wrapped.schema
    names = [name for name, dtype in schema.items() if dtype == nw.String]
    objects = [name for name, dtype in schema.items() if dtype == nw.Object and _first_is_str(wrapped[name])]
    return [name for name in wrapped.columns if name in names or name in objects]


def _first_is_str(series: nw.Series[Any]) -> bool:
    return isinstance(next((value for value in series.head(1000).to_list() if _is_present(value)), None), str)


def _is_present(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and value != value)


def column_values(frame: Any, name: str) -> list[Any]:
    """Return the values of a column, missing ones as ``None``."""
    series = nw.from_native(frame, eager_only=True)[name]
    return [value if _is_present(value) else None for value in series.to_list()]


def column_type(frame: Any, name: str) -> str:
    """Return the type of a column in words that are the same for all kinds of frames."""
    return str(nw.from_native(frame, eager_only=True).schema[name])


def column_series(frame: Any, name: str) -> Any:
    """Return a column as a native series."""
    return nw.from_native(frame, eager_only=True)[name].to_native()


def select_columns(frame: Any, names: Sequence[str]) -> Any | None:
    """Return the frame with these columns alone, ``None`` if there are none."""
    return nw.from_native(frame, eager_only=True).select(list(names)).to_native() if names else None


def take_rows(frame: Any | None, rows: NDArray[np.uint32]) -> Any | None:
    """Return the given rows of a frame."""
    return None if frame is None else nw.from_native(frame, eager_only=True)[rows.astype(np.int64)].to_native()


def shared(frame: Any | None) -> Any | None:
    """Return a frame whose changes do not reach the original."""
    if not dependencies.is_pandas_dataframe(frame):
        return frame
    import pandas as pd

    copies_on_write = int(pd.__version__.split(".")[0]) >= 3
    return frame.copy(deep=not copies_on_write)


def frames_equal(one: Any | None, other: Any | None) -> bool:
    """Return whether two frames are of one kind and hold the same."""
    if type(one) is not type(other):
        return False
    return True if one is None else bool(one.equals(other))


def pandas_index(data: Any) -> Any | None:
    """Return the index of pandas data that is more than row numbers, else ``None``."""
    if not (dependencies.is_pandas_dataframe(data) or dependencies.is_pandas_series(data)):
        return None
    index = data.index
    is_row_numbers = type(index).__name__ == "RangeIndex" and (index.start, index.step) == (0, 1)
    return None if is_row_numbers else index


def labels(values: Iterable[Any]) -> Iterable[Any]:
    """Return labels as an array of integers where they are, else as Python values."""
    if isinstance(values, np.ndarray):
        return values if np.issubdtype(values.dtype, np.integer) else values.tolist()
    if hasattr(values, "to_pylist"):
        return list(values.to_pylist())
    if hasattr(values, "to_numpy") and str(getattr(values, "dtype", "")).startswith(("int", "uint")):
        return np.asarray(values.to_numpy())
    return list(values.tolist()) if hasattr(values, "tolist") else values


def documents_from_series(series: Any, column: str | None = None) -> Documents:
    """Return the texts of a native series, borrowed where its layout is Arrow's.

    Raises
    ------
    InputTypeError
        If the series does not hold text.
    """
    where = "the data" if column is None else f"column {column!r}"
    dtype = nw.from_native(series, series_only=True).dtype
    if dtype == nw.Object:
        return _from_objects(series.tolist() if hasattr(series, "tolist") else series.to_list(), where)
    if dtype not in _TEXT and not _is_all_missing(series, dtype):
        raise InputTypeError(
            f"{where} must hold text, got values of type {dtype}; convert them with astype(str) or cast"
        )
    try:
        return Documents.from_arrow(_streamable(series), column="text", n_rows=len(series))
    except ImportError:
        return _from_objects(series.tolist(), where)
    except KollocError as error:
        error.add_note(f"while reading {where}")
        raise


def _is_all_missing(series: Any, dtype: Any) -> bool:
    return dtype == nw.Unknown or nw.from_native(series, series_only=True).null_count() == len(series) > 0


def _streamable(series: Any) -> Any:
    if hasattr(series, "__arrow_c_stream__"):
        return series
    return series.to_frame(name="text")


def _from_objects(values: list[Any], where: str) -> Documents:
    try:
        return Documents.from_strings(values)
    except KollocError as error:
        error.add_note(f"while reading {where}")
        raise


def mask_from(frame: Any | None, expression: Any, n: int) -> NDArray[np.bool_]:
    """Return which rows an expression, a function of the frame or a boolean sequence selects; missing selects nothing."""
    if callable(expression) and not is_expression(expression):
        expression = expression(shared(frame))
    if isinstance(expression, nw.Expr):
        return _mask_values(
            nw.from_native(_required(frame), eager_only=True).select(mask=expression)["mask"].to_list(), n
        )
    if _is_polars_expression(expression):
        if not dependencies.is_polars_dataframe(frame):
            raise InputTypeError("a polars expression needs polars metadata; write it with narwhals (nw.col) instead")
        return _mask_values(frame.select(expression).to_series().to_list(), n)
    if dependencies.is_pandas_series(expression) and dependencies.is_pandas_dataframe(frame):
        assert frame is not None
        if not expression.index.equals(frame.index):
            raise ParameterError(
                "mask must have the index of the metadata; make it from corpus.metadata", parameter="mask"
            )
    return _mask_values(_to_list(expression), n)


def _to_list(values: Any) -> list[Any]:
    for method in ("tolist", "to_list", "to_pylist"):
        if hasattr(values, method):
            return list(getattr(values, method)())
    if isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping):
        return list(values)
    raise InputTypeError(f"mask must be an expression, a function of the metadata or booleans, got {values!r}")


def _required(frame: Any | None) -> Any:
    if frame is None:
        raise InputTypeError(
            "an expression needs metadata, and this corpus has none; pass one boolean for each document"
        )
    return frame


def is_expression(value: Any) -> bool:
    """Return whether `value` is an expression on columns."""
    return isinstance(value, nw.Expr) or _is_polars_expression(value)


def _is_polars_expression(value: Any) -> bool:
    polars = sys.modules.get("polars")
    return polars is not None and isinstance(value, polars.Expr)


def _mask_values(values: list[Any], n: int) -> NDArray[np.bool_]:
    if len(values) != n:
        message = f"mask must have one value for each of {n:,} documents, got {len(values):,}"
        raise ParameterError(message, parameter="mask", value=len(values), allowed=f"{n} values")
    wrong = next((value for value in values if _is_present(value) and not _is_boolean(value)), None)
    if wrong is not None:
        raise InputTypeError(f"mask must hold booleans, got {wrong!r}")
    return np.fromiter((_is_boolean(value) and bool(value) for value in values), dtype=np.bool_, count=n)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool | np.bool_)


def rows_where(frame: Any, column: str, wanted: Sequence[Any]) -> NDArray[np.bool_]:
    """Return which rows hold one of the wanted values in a column; ``None`` asks for missing ones."""
    values = [value for value in wanted if _is_present(value)]
    expression = nw.col(column).is_in(values)
    if len(values) < len(wanted):
        expression = expression | nw.col(column).is_null()
    found = nw.from_native(frame, eager_only=True).select(mask=expression)["mask"]
    return _mask_values(found.to_list(), len(found))


def frame_from_columns(data: Mapping[str, Sequence[Any]]) -> Any | None:
    """Return a pandas, polars or pyarrow frame of new columns, whichever is installed first; ``None`` without columns."""
    if not data:
        return None
    for package, build in (("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "table")):
        if find_spec(package):
            return getattr(__import__(package), build)(dict(data))
    raise ImportError(
        f"the columns {_check.listed(list(data))} need pandas, polars or pyarrow: pip install 'kolloc[pandas]'"
    )
