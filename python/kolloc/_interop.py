"""The one place where other people's tables come in and go out.

Every frame and series is handled through narwhals or Arrow; pandas, polars, pyarrow and DuckDB are imported only inside
functions, and only when the caller uses them already or asks for them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
from narwhals import dependencies
from numpy.typing import NDArray

from kolloc._core import Documents as Documents
from kolloc.exceptions import InputTypeError, KollocError

documents_from_strings = Documents.from_strings
_MISSING_TYPES = ("NAType", "NaTType")
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
    untyped = [
        name for name, dtype in schema.items() if dtype == nw.Object or (dtype == nw.Unknown and not len(wrapped))
    ]
    objects = [name for name in untyped if _first_is_str(wrapped[name])]
    return [name for name in wrapped.columns if name in names or name in objects]


def _first_is_str(series: nw.Series[Any]) -> bool:
    if len(series) == 0:
        return True
    return isinstance(next((value for value in series.head(1000).to_list() if not is_missing(value)), None), str)


def is_missing(value: Any) -> bool:
    """Return whether a value stands for none: ``None``, NaN, NA or NaT."""
    return value is None or (isinstance(value, float) and value != value) or type(value).__name__ in _MISSING_TYPES


def column_values(frame: Any, name: str) -> list[Any]:
    """Return the values of a column, missing ones as ``None``."""
    series = nw.from_native(frame, eager_only=True)[name]
    return [None if is_missing(value) else value for value in series.to_list()]


def column_type(frame: Any, name: str) -> str:
    """Return the type of a column in words that are the same for all kinds of frames."""
    return type(nw.from_native(frame, eager_only=True).schema[name]).__name__


def column_series(frame: Any, name: str) -> Any:
    """Return a column as a native series."""
    return nw.from_native(frame, eager_only=True)[name].to_native()


def column_array(frame: Any, name: str) -> NDArray[Any]:
    """Return a column as a numpy array, of Python values where numpy has no type for it."""
    return np.asarray(nw.from_native(frame, eager_only=True)[name].to_numpy())


def select_columns(frame: Any, names: Sequence[str]) -> Any | None:
    """Return the frame with these columns alone, ``None`` if there are none."""
    return nw.from_native(frame, eager_only=True).select(list(names)).to_native() if names else None


def with_column(frame: Any, name: str, values: Sequence[Any]) -> Any:
    """Return the frame with one more column."""
    wrapped = nw.from_native(frame, eager_only=True)
    return wrapped.with_columns(nw.new_series(name, values, nw.String, backend=wrapped.implementation)).to_native()


def take_rows(frame: Any | None, rows: NDArray[np.uint32]) -> Any | None:
    """Return the given rows of a frame."""
    return None if frame is None else nw.from_native(frame, eager_only=True)[rows.astype(np.int64)].to_native()


def stacked(frame: Any | None, other: Any | None) -> Any | None:
    """Return the rows of two frames of one kind and with the same columns, one behind the other.

    Raises
    ------
    InputTypeError
        If the frames do not fit.
    """
    if frame is None and other is None:
        return None
    if type(frame) is not type(other) or columns(frame) != columns(other):
        found = f"{columns(frame)} and {columns(other)}"
        raise InputTypeError(f"the metadata must be frames of one kind with the same columns, got {found}")
    parts: list[nw.DataFrame[Any]] = [nw.from_native(part, eager_only=True) for part in (frame, other)]
    whole = nw.concat(parts)
    # Row numbers go on; labels of rows stay.
    has_labels = pandas_index(frame) is not None and pandas_index(other) is not None
    return (whole if has_labels else nw.maybe_reset_index(whole)).to_native()


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


def labels(values: Any) -> Any:
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
    if _is_all_missing(series, dtype):
        return Documents.from_strings([None] * len(series))
    if dtype not in _TEXT:
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
    return dtype not in _TEXT and int(nw.from_native(series, series_only=True).null_count()) == len(series)


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


def frame_from_columns(data: Mapping[str, Sequence[Any]]) -> Any:
    """Return a new pandas, polars or pyarrow frame, whichever is installed first."""
    try:
        if find_spec("pandas"):
            import pandas as pd

            return pd.DataFrame(dict(data))
        if find_spec("polars"):
            import polars as pl

            return pl.DataFrame(dict(data), strict=False)
        if find_spec("pyarrow"):
            import pyarrow as pa

            return pa.table(dict(data))
    except UnicodeEncodeError:
        for name, values in data.items():
            _from_objects([value if isinstance(value, str) else None for value in values], f"column {name!r}")
        raise
    raise _no_frames()


def _no_frames() -> ImportError:
    return ImportError("reading a table needs pandas, polars or pyarrow: pip install 'kolloc[pandas]'")


def new_frame(data: Mapping[str, Sequence[Any]], kind: str | None = None) -> Any:
    """Return typed columns as a frame of a kind, or of the first kind installed; dates are datetimes in pandas."""
    wanted = kind or next((name for name in ("pandas", "polars", "pyarrow") if find_spec(name)), None)
    if wanted is None:
        raise _no_frames()
    if not find_spec(wanted):
        raise ImportError(f"a {wanted} frame needs {wanted}: pip install {wanted}")
    frame = nw.from_dict(dict(data), backend=import_module(wanted))
    if wanted != "pandas":
        return frame.to_native()
    days = [name for name, values in data.items() if values and type(values[0]) is date]
    return frame.with_columns(nw.col(*days).cast(nw.Datetime("us"))).to_native() if days else frame.to_native()


def read_separated(file: Path, separator: str, codec: str, errors: str) -> Any:
    """Return the frame of a CSV or TSV file with a header; only empty cells are missing."""
    if find_spec("pandas"):
        import pandas as pd

        missing = {"keep_default_na": False, "na_values": [""]}
        return pd.read_csv(file, sep=separator, encoding=codec, encoding_errors=errors, low_memory=False, **missing)
    data = file.read_bytes().decode(codec, errors).encode()
    if find_spec("polars"):
        import polars as pl

        return pl.read_csv(data, separator=separator, infer_schema_length=None)
    if find_spec("pyarrow"):
        import pyarrow as pa
        from pyarrow import csv

        convert = csv.ConvertOptions(null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False)
        parse = csv.ParseOptions(delimiter=separator, newlines_in_values=True)
        return csv.read_csv(pa.BufferReader(data), parse_options=parse, convert_options=convert)
    raise _no_frames()


def read_parquet(file: Path) -> Any:
    """Return the frame of a Parquet file: a pyarrow table where pyarrow is installed."""
    if find_spec("pyarrow"):
        from pyarrow import parquet

        return parquet.ParquetFile(file).read()
    if find_spec("polars"):
        import polars as pl

        return pl.read_parquet(file)
    raise ImportError("reading Parquet needs pyarrow or polars: pip install 'kolloc[arrow]'")


def usual_frame(frame: Any | None) -> Any | None:
    """Return a pyarrow table as a pandas frame, with the index stored in it, where pandas is installed."""
    if frame is None or not dependencies.is_pyarrow_table(frame) or not find_spec("pandas"):
        return frame
    return frame.to_pandas()


def frame_like(frame: Any | None, data: Mapping[str, Any]) -> Any:
    """Return columns as a new frame of the same kind as `frame`, or of whichever kind is installed first."""
    if dependencies.is_polars_dataframe(frame):
        import polars as pl

        return pl.DataFrame(dict(data))
    if dependencies.is_pyarrow_table(frame):
        import pyarrow as pa

        return pa.table(dict(data))
    return frame_from_columns(data)


def arrow_lists(offsets: NDArray[np.int64], ids: NDArray[np.uint32], gap: int, terms: list[str]) -> Any:
    """Return a pyarrow list array of dictionary-encoded strings, null where the id is `gap`."""
    try:
        import pyarrow as pa
    except ImportError:
        raise ImportError("Arrow arrays need pyarrow: pip install 'kolloc[arrow]'") from None
    indices = pa.array(ids, mask=ids == gap) if len(ids) else pa.array(ids)
    return pa.LargeListArray.from_arrays(offsets, pa.DictionaryArray.from_arrays(indices, pa.array(terms, pa.string())))


def categories(frame: Any, name: str) -> list[Any]:
    """Return the categories of a column; none if it is not categorical, or categories have no order (polars)."""
    series = nw.from_native(frame, eager_only=True)[name]
    native: Any = series.to_native()
    if series.dtype not in (nw.Categorical, nw.Enum):
        return []
    if dependencies.is_pandas_series(native):
        return list(native.cat.categories)
    if dependencies.is_pyarrow_chunked_array(native):
        chunks = native.unify_dictionaries().chunks
        return chunks[0].dictionary.to_pylist() if chunks else []
    return list(series.dtype.categories) if isinstance(series.dtype, nw.Enum) else []


def graph(
    nodes: Sequence[tuple[str, dict[str, Any]]], edges: Sequence[tuple[str, str, dict[str, Any]]], *, directed: bool
) -> Any:
    """Return a networkx graph of nodes and edges with their attributes."""
    try:
        import networkx
    except ImportError:
        raise ImportError("graphs need networkx: pip install 'kolloc[graphs]'") from None
    made = networkx.DiGraph() if directed else networkx.Graph()
    made.add_nodes_from(nodes)
    made.add_edges_from(edges)
    return made


def coded_frame(
    frame: Any | None, coded: Mapping[str, tuple[NDArray[Any], list[str]]], plain: Mapping[str, Any]
) -> Any:
    """Return a new frame of the same kind as `frame` from columns given as codes into labels, and plain columns.

    A code of -1 is a missing value.
    """
    if dependencies.is_polars_dataframe(frame):
        import polars as pl

        columns = {name: pl.Series(name, [*labels, None], pl.String)[codes] for name, (codes, labels) in coded.items()}
        return pl.DataFrame({**columns, **plain})
    if dependencies.is_pyarrow_table(frame) or not find_spec("pandas"):
        decoded = {name: np.array([*labels, None])[codes].tolist() for name, (codes, labels) in coded.items()}
        return frame_like(frame, {**decoded, **plain})
    import pandas as pd

    columns = {name: _categories(codes, labels) for name, (codes, labels) in coded.items()}
    return pd.DataFrame({**columns, **plain})


def _categories(codes: NDArray[Any], labels: list[str]) -> Any:
    import pandas as pd

    distinct = list(dict.fromkeys(labels))
    if len(distinct) < len(labels):
        places = {label: place for place, label in enumerate(distinct)}
        codes = np.array([places[label] for label in labels], dtype=np.int64)[codes]
    return pd.Categorical.from_codes(codes.astype(np.int64), categories=distinct)
