"""What every object with a row for each document has: names, metadata, provenance, and that it never changes."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np

from kolloc import _check, _interop, _rows
from kolloc._names import Names
from kolloc._provenance import Provenance
from kolloc.exceptions import InputTypeError

__all__ = ["DocumentRows"]


class DocumentRows:
    """Names, metadata and provenance of documents; immutable."""

    __slots__ = ("__weakref__", "_metadata", "_names", "_provenance")

    _metadata: Any | None
    _names: Names
    _provenance: Provenance

    def _set(self, **attributes: Any) -> None:
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    @property
    def names(self) -> Names:
        """Names of the documents, in order: a sequence of `str`."""
        return self._names

    @property
    def metadata(self) -> Any | None:
        """Metadata of the documents in the caller's kind of frame, a row for each; ``None`` without columns.

        Changing the frame does not change the object.
        """
        return _interop.shared(self._metadata)

    @property
    def provenance(self) -> dict[str, Any]:
        """What went in and every step since: version, fingerprint of the texts, parameters; a new dict fit for JSON.

        Examples
        --------
        >>> import kolloc
        >>> record = kolloc.Corpus(["Peace talks resume."]).provenance
        >>> record["input"]
        {'documents': 1, 'bytes': 19, 'fingerprint': '78b252fe0715a8368322bc9fadc3dd8f'}
        """
        return self._provenance.to_dict()

    def _row(self, document: str | int) -> int:
        """Return the row of a document given by name or row."""
        return self._names.row(document) if isinstance(document, str) else _rows.one(document, len(self._names))

    def _selected(self, key: Any) -> _rows.Rows:
        """Return the rows of a slice, a list of rows or a boolean mask."""
        if isinstance(key, slice):
            return np.ascontiguousarray(np.arange(len(self._names), dtype=np.uint32)[key])
        if isinstance(key, str):
            raise InputTypeError(f"rows are integers or a mask, got the str {key!r}")
        return _rows.of_sequence(key, len(self._names))

    def _grouping(self, by: str, *, parameter: str = "by") -> tuple[list[Any], np.ndarray[Any, np.dtype[np.uint32]]]:
        """Return the values of a metadata column and the group of each document.

        Values stand in order of first appearance; of a categorical column all categories in their order.
        """
        _check.column(parameter, by, _interop.columns(self._metadata))
        values: dict[Any, int] = {value: i for i, value in enumerate(_interop.categories(self._metadata, by))}
        groups = [values.setdefault(value, len(values)) for value in _interop.column_values(self._metadata, by)]
        return list(values), np.array(groups, dtype=np.uint32)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is immutable; make a new one instead of setting {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is immutable; make a new one instead of deleting {name!r}")
