"""From whatever holds texts to documents, names and metadata."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kolloc import _check, _files, _interop
from kolloc._interop import Documents
from kolloc._names import Names
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["Source", "read"]

_USUAL_TEXT_COLUMNS = ("text", "content", "body", "article")


@dataclass(frozen=True, slots=True)
class Source:
    """What a corpus is made of."""

    documents: Documents
    names: Names
    metadata: Any | None
    text: str | None


def read(data: Any, text: str | None, names: Any, encoding: str, errors: str) -> Source:
    """Return documents, names and metadata of any source that a corpus can be made from."""
    _check.one_of("errors", errors, ("strict", "replace"))
    if isinstance(data, str | os.PathLike):
        return _from_path(data, text, names, encoding, errors)
    frame = _interop.as_frame(data)
    if frame is not None:
        return from_frame(frame, text, names)
    series = _interop.as_series(data)
    if series is None and not isinstance(data, list | tuple) and hasattr(data, "__arrow_c_stream__"):
        return _from_stream(data, text, names)
    if text is not None:
        raise ParameterError(f"text names a column, and the data has none, got {text!r}", parameter="text", value=text)
    if series is not None:
        index = _interop.pandas_index(series)
        documents = _interop.documents_from_series(series)
        return Source(documents, _names(len(documents), names, index), None, None)
    if isinstance(data, Mapping):
        documents = _interop.documents_from_strings(list(data.values()))
        return Source(documents, _names(len(documents), names, list(data)), None, None)
    documents = _interop.documents_from_strings(_listed(data))
    return Source(documents, _names(len(documents), names, None), None, None)


def from_frame(frame: Any, text: str | None, names: Any) -> Source:
    """Return documents, names and metadata of a native frame."""
    columns = _interop.columns(frame)
    unnamed = [name for name in columns if not isinstance(name, str)]
    if unnamed:
        raise InputTypeError(f"columns must be named by str, got {unnamed[0]!r}; rename them first")
    text = _text_column(frame, text, columns)
    documents = _interop.documents_from_series(_interop.column_series(frame, text), text)
    if isinstance(names, str):
        names = _interop.column_values(frame, _check.column("names", names, columns))
    metadata = _interop.select_columns(frame, [name for name in columns if name != text])
    return Source(documents, _names(len(documents), names, _interop.pandas_index(frame)), metadata, text)


def _text_column(frame: Any, text: str | None, columns: list[str]) -> str:
    if text is not None:
        return _check.column("text", text, columns)
    candidates = _interop.text_columns(frame)
    if len(candidates) == 1:
        return candidates[0]
    usual = [name for name in candidates if name.casefold() in _USUAL_TEXT_COLUMNS]
    if len(usual) == 1:
        return usual[0]
    if not candidates:
        raise ParameterError(
            f"no column holds text; the columns are {_check.listed(columns)}", parameter="text", allowed="a text column"
        )
    options = f"one of the text columns {_check.listed(candidates)}"
    raise ParameterError(f"text must name {options}; pass text=", parameter="text", allowed=options)


def _from_stream(data: Any, text: str | None, names: Any) -> Source:
    table = _interop.frame_from_stream(data)
    if table is not None:
        return read(table, text, names, "utf-8", "strict")
    documents = Documents.from_arrow(data, column=text)
    return Source(documents, _names(len(documents), names, None), None, text)


def _from_path(path: str | os.PathLike[str], text: str | None, names: Any, encoding: str, errors: str) -> Source:
    found = _files.read(path, encoding, errors)
    if not isinstance(found, _files.Texts):
        return _of_file(from_frame(found, text, names), names)
    if text is not None and found.names:
        raise ParameterError(f"text names a column, and text files have none, got {text!r}", parameter="text")
    return Source(found.documents, _names(len(found.documents), names, found.names), None, None)


def _of_file(source: Source, names: Any) -> Source:
    """Return the source with metadata in the usual kind of frame, named by its index if nothing else names it."""
    metadata = _interop.usual_frame(source.metadata)
    index = _interop.pandas_index(metadata)
    if names is not None or index is None:
        return replace(source, metadata=metadata)
    return replace(source, metadata=metadata, names=_names(len(source.documents), None, index))


def _listed(data: Any) -> list[Any]:
    if isinstance(data, bytes | set | frozenset) or not isinstance(data, Iterable):
        raise InputTypeError(
            "data must be a list of str, a DataFrame or Series (pandas, polars, pyarrow), a DuckDB relation, "
            f"an object with an Arrow stream, or a path, got {type(data).__name__}"
        )
    if isinstance(data, np.ndarray) and data.ndim != 1:
        raise InputTypeError(f"an array of texts must have one dimension, got {data.ndim}")
    return list(data.tolist() if isinstance(data, np.ndarray) else data)


def _names(n: int, names: Any, labels: Iterable[Any] | None) -> Names:
    """Return the names asked for, else those the source brings, else row numbers."""
    if names is None and labels is None:
        return Names.from_rows(n)
    if isinstance(names, str):
        raise ParameterError(
            f"names gives a column, and the data has none, got {names!r}", parameter="names", value=names
        )
    given = labels if names is None else names
    found = Names.from_labels(_interop.labels(given))
    if len(found) != n:
        message = f"names must have one value for each of {n:,} documents, got {len(found):,}"
        raise ParameterError(message, parameter="names", value=len(found), allowed=f"{n} names")
    return found
