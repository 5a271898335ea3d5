"""How alike documents, groups or terms are, pair by pair."""

from __future__ import annotations

from html import escape
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kolloc import _check, _interop, _repr
from kolloc.exceptions import TooLargeError

__all__ = ["Pairs"]

_SHOWN = 5


class Pairs:
    """Similarities or distances of pairs of documents (groups, terms); immutable.

    Made by `similarity`, `distance` and `delta` of a matrix. Without ``top`` each pair of one matrix stands once, the
    earlier row first; with ``top`` each row has its own list, the best first, ties by row.

    Examples
    --------
    >>> import kolloc
    >>> dtm = kolloc.Corpus(["peace talks", "talks on talks", "peace now"]).tokens().dtm()
    >>> dtm.similarity("cosine")
    <Pairs: cosine similarity of 3 documents, 3 pairs>
    0  1  0.6325
    0  2  0.5
    1  2  0
    """

    __slots__ = (
        "_axis",
        "_columns",
        "_frame",
        "_kind",
        "_lags",
        "_measure",
        "_names",
        "_once",
        "_other_names",
        "_rows",
        "_values",
    )

    _rows: NDArray[np.uint32]
    _columns: NDArray[np.uint32]
    _values: NDArray[np.float64]
    _lags: NDArray[np.float64] | None
    _names: list[str]
    _other_names: list[str] | None
    _measure: str
    _kind: str
    _axis: str
    _once: bool
    _frame: Any | None

    @classmethod
    def _new(cls, **attributes: Any) -> Pairs:
        pairs = object.__new__(cls)
        for name, value in attributes.items():
            object.__setattr__(pairs, f"_{name}", value)
        for array in (pairs._rows, pairs._columns, pairs._values):
            array.flags.writeable = False
        return pairs

    # What it is

    @property
    def measure(self) -> str:
        """Name of the measure."""
        return self._measure

    @property
    def kind(self) -> str:
        """What the values are: ``similarity`` or ``distance``."""
        return self._kind

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows of the first and of the second matrix."""
        return len(self._names), len(self._second_names())

    def _second_names(self) -> list[str]:
        return self._names if self._other_names is None else self._other_names

    @property
    def rows(self) -> NDArray[np.uint32]:
        """Row of the first of each pair: uint32, shape (pairs,), read-only."""
        return self._rows

    @property
    def columns(self) -> NDArray[np.uint32]:
        """Row of the second of each pair: uint32, shape (pairs,), read-only."""
        return self._columns

    @property
    def values(self) -> NDArray[np.float64]:
        """Similarity or distance of each pair: float64, shape (pairs,), read-only; NaN where it is undefined."""
        return self._values

    def __len__(self) -> int:
        return len(self._values)

    # As arrays and frames

    def to_frame(self) -> Any:
        """Return a frame with a row for each pair.

        Returns
        -------
        frame
            ``document_1``, ``document_2`` (``term_1``, ``term_2`` for terms; categories in pandas), ``value`` (float64)
            and, where dates were given, ``lag_hours`` (float64): date of the second minus date of the first.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
        >>> print(dtm.similarity("jaccard").to_frame().round(3))
          document_1 document_2  value
        0          0          1  0.333
        """
        noun = self._axis.removesuffix("s")
        coded: dict[str, tuple[NDArray[Any], list[str]]] = {
            f"{noun}_1": (self._rows, self._names),
            f"{noun}_2": (self._columns, self._second_names()),
        }
        plain = {"value": self._values} | ({} if self._lags is None else {"lag_hours": self._lags})
        return _interop.coded_frame(self._frame, coded, plain)

    def to_scipy(self) -> sparse.csr_array:
        """Return the values as a sparse array.

        Returns
        -------
        scipy.sparse.csr_array
            float64, shape (rows, rows of the second), canonical. Pairs that stand once are on both sides of the
            diagonal; a pair that is not there reads 0, and so does a value of 0 that is.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
        >>> dtm.similarity("jaccard").to_scipy().toarray().round(3)
        array([[0.   , 0.333],
               [0.333, 0.   ]])
        """
        rows, columns, values = self._both_sides()
        small = max(len(values), *self.shape) <= np.iinfo(np.int32).max
        kind: type[np.int32 | np.int64] = np.int32 if small else np.int64
        places: Any = rows.astype(kind), columns.astype(kind)
        return sparse.csr_array(sparse.coo_array((values, places), shape=self.shape))

    def to_array(self, *, max_cells: int = 100_000_000) -> NDArray[np.float64]:
        """Return the values as a dense array.

        Parameters
        ----------
        max_cells : int, default 100,000,000
            Largest number of cells, 8 bytes each.

        Returns
        -------
        ndarray
            float64, shape (rows, rows of the second); NaN where there is no pair or no value.

        Raises
        ------
        TooLargeError
            If there are more cells.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm()
        >>> dtm.similarity("jaccard", diagonal=True).to_array().round(3)
        array([[1.   , 0.333],
               [0.333, 1.   ]])
        """
        size, limit = self.shape[0] * self.shape[1], _check.integer("max_cells", max_cells)
        if size > limit:
            message = f"a dense array of {size:,} cells is too large, the limit is {limit:,}"
            raise TooLargeError(message, size=size, limit=limit)
        dense = np.full(self.shape, np.nan)
        rows, columns, values = self._both_sides()
        dense[rows, columns] = values
        return dense

    def _both_sides(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64]]:
        if not self._once:
            return self._rows, self._columns, self._values
        apart = self._rows != self._columns
        rows, columns = self._rows[apart], self._columns[apart]
        joined = (np.concatenate([self._rows, columns]), np.concatenate([self._columns, rows]))
        return *joined, np.concatenate([self._values, self._values[apart]])

    # How it shows, compares and travels

    def __repr__(self) -> str:
        lines = ["  ".join(_repr.shorten(cell, 30) for cell in row) for row in self._first()]
        return "\n".join([f"<Pairs: {self._facts()}>", *lines, *self._tail()])

    def _first(self) -> list[tuple[str, str, str]]:
        arrays = (array[:_SHOWN].tolist() for array in (self._rows, self._columns, self._values))
        second = self._second_names()
        return [(self._names[row], second[column], f"{value:.4g}") for row, column, value in zip(*arrays, strict=True)]

    def _tail(self) -> list[str]:
        return [f"... {len(self) - _SHOWN:,} more"] if len(self) > _SHOWN else []

    def _facts(self) -> str:
        noun = self._axis.removesuffix("s")
        whom = _repr.count(self.shape[0], noun)
        if self._other_names is not None:
            whom += f" and {_repr.count(self.shape[1], noun)}"
        return f"{self._measure} {self._kind} of {whom}, {_repr.count(len(self), 'pair')}"

    def _repr_html_(self) -> str:
        noun = self._axis.removesuffix("s")
        table = _repr.html_table((f"{noun}_1", f"{noun}_2", "value"), self._first(), "".join(self._tail()))
        return f"<div><p><strong>Pairs</strong>: {escape(self._facts())}</p>{table}</div>"

    def __eq__(self, other: object) -> bool:
        """Return whether measure, pairs, values and names are the same."""
        if not isinstance(other, Pairs):
            return NotImplemented
        arrays = ("_rows", "_columns")
        same = all(np.array_equal(getattr(self, name), getattr(other, name)) for name in arrays)
        same = same and np.array_equal(self._values, other._values, equal_nan=True)
        names = ("_measure", "_kind", "_names", "_other_names")
        return same and all(getattr(self, name) == getattr(other, name) for name in names)

    __hash__ = None  # type: ignore[assignment]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"Pairs are immutable; make new ones instead of setting {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"Pairs are immutable; {name!r} cannot be deleted")

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)
