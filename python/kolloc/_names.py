"""Names of documents: compact, immutable, without a Python string per document where none is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from kolloc import _check
from kolloc._interop import Documents, documents_from_strings, is_missing
from kolloc.exceptions import DuplicateNamesError, InputTypeError, ParameterError

__all__ = ["Names"]


class Names(Sequence[str]):
    """Distinct names in the order of the documents.

    Held as integers (row numbers, an integer index) or as one buffer of text.

    Examples
    --------
    >>> names = Names.from_rows(3)
    >>> list(names), names.row("2")
    (['0', '1', '2'], 2)
    """

    __slots__ = ("_labels", "_rows")

    def __init__(self, labels: NDArray[np.int64] | Documents) -> None:
        self._labels = labels
        self._rows: dict[str, int] | None = None

    @classmethod
    def from_rows(cls, n: int) -> Names:
        """Return the row numbers as names."""
        return cls(np.arange(n, dtype=np.int64))

    @classmethod
    def from_labels(cls, labels: Iterable[Any]) -> Names:
        """Return the labels as names; integers and other values by their `str`.

        Raises
        ------
        DuplicateNamesError
            If a name occurs twice.
        ParameterError
            If a name is missing.
        """
        array = labels if isinstance(labels, np.ndarray) else None
        if array is not None and array.ndim == 1 and np.issubdtype(array.dtype, np.integer):
            return cls(array.astype(np.int64))._distinct()
        if isinstance(labels, str):
            raise InputTypeError("names must be the name of a column or one name for each document, got a single str")
        return cls(documents_from_strings([_as_name(row, label) for row, label in enumerate(labels)]))._distinct()

    def _distinct(self) -> Names:
        if isinstance(self._labels, np.ndarray):
            values, counts = np.unique(self._labels, return_counts=True)
            repeated = [str(value) for value in values[counts > 1]]
        else:
            seen: set[str] = set()
            texts = self._labels.texts()
            repeated = list(dict.fromkeys(name for name in texts if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
        if repeated:
            raise DuplicateNamesError(
                f"names must be distinct, but {len(repeated):,} of them occur more than once: "
                f"{_check.listed(repeated, 5)}; pass names= with a column of distinct values, or reset the index",
                names=repeated[:5],
            )
        return self

    def take(self, rows: NDArray[np.uint32]) -> Names:
        """Return the names of the given rows."""
        labels = self._labels
        return Names(labels[rows] if isinstance(labels, np.ndarray) else labels.take(rows))

    def row(self, name: str) -> int:
        """Return the row of a document by its name.

        Raises
        ------
        KeyError
            If there is no such document.
        """
        if isinstance(self._labels, np.ndarray):
            number = _as_integer(name)
            found = [] if number is None else np.flatnonzero(self._labels == number).tolist()
            if found:
                return int(found[0])
        elif self._rows is None:
            self._rows = {each: row for row, each in enumerate(self)}
        if self._rows is not None and name in self._rows:
            return self._rows[name]
        hint = _check.did_you_mean(name, self[:10_000])
        raise KeyError(f"no document is named {name!r}{hint}")

    def rows(self, names: Iterable[Any]) -> NDArray[np.uint32]:
        """Return the row of each document in a list of names, which may repeat.

        Raises
        ------
        KeyError
            If there is no such document.
        InputTypeError
            If a name is not a `str`.
        """
        listed = list(names)
        index = {each: row for row, each in enumerate(self)}
        rows = np.fromiter((index.get(name, -1) for name in listed), dtype=np.int64, count=len(listed))
        unknown = np.flatnonzero(rows < 0)
        if len(unknown):
            name = listed[unknown[0]]
            if not isinstance(name, str):
                raise InputTypeError(f"documents must be given by name (str) or by row (int), got {name!r}")
            self.row(name)
        return rows.astype(np.uint32)

    def __len__(self) -> int:
        return len(self._labels)

    @overload
    def __getitem__(self, key: int) -> str: ...
    @overload
    def __getitem__(self, key: slice) -> Names: ...
    def __getitem__(self, key: int | slice) -> str | Names:
        if isinstance(key, slice):
            return self.take(np.ascontiguousarray(np.arange(len(self), dtype=np.uint32)[key]))
        row = range(len(self))[key]
        return str(self._labels[row]) if isinstance(self._labels, np.ndarray) else self._labels.text(row)

    def __iter__(self) -> Iterator[str]:
        if isinstance(self._labels, np.ndarray):
            return map(str, self._labels.tolist())
        return iter(self._labels.texts())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Names):
            return NotImplemented
        if isinstance(self._labels, np.ndarray) and isinstance(other._labels, np.ndarray):
            return np.array_equal(self._labels, other._labels)
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> NDArray[np.int64] | Documents:
        return self._labels

    def __setstate__(self, labels: NDArray[np.int64] | Documents) -> None:
        self._labels, self._rows = labels, None

    def __repr__(self) -> str:
        return f"<Names: {_check.listed(list(self[:5]), 5)}{', ...' if len(self) > 5 else ''}>"


def _as_integer(name: str) -> int | None:
    """Return the integer of 64 bits that has this name, if there is one."""
    try:
        number = int(name)
    except ValueError:
        return None
    return number if str(number) == name and -(2**63) <= number < 2**63 else None


def _as_name(row: int, label: Any) -> str:
    if isinstance(label, str):
        return label
    if is_missing(label):
        message = f"names must not be missing, but the one in row {row} is"
        raise ParameterError(message, parameter="names", value=None, allowed="one name for each document")
    return str(label)
