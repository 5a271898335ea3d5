"""Letters and digits of texts, counted: in all of a text, and in the parts of it that spans cover.

Spans of one document may overlap; they are made disjoint first, so that no character counts twice. Everything runs on
arrays over chunks of documents.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["counted", "disjoint"]

_CHUNK = 256

Integers = NDArray[np.int64]


class _Texts(Protocol):
    def __len__(self) -> int: ...
    def take(self, rows: NDArray[np.uint32]) -> _Texts: ...
    def to_buffers(self) -> tuple[bytes, Integers]: ...


def disjoint(rows: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any]) -> tuple[Integers, Integers, Integers]:
    """Return the union of half-open spans of each row as rows, starts and ends, ascending; spans that touch become one.

    Examples
    --------
    >>> [part.tolist() for part in disjoint(np.array([1, 0, 1, 1]), np.array([4, 0, 0, 9]), np.array([6, 3, 5, 9]))]
    [[0, 1], [0, 0], [3, 6]]
    """
    filled = ends > starts
    rows, starts, ends = (values[filled].astype(np.int64) for values in (rows, starts, ends))
    if not len(rows):
        return rows, starts, ends
    # On a line on which rows follow each other, the end reached so far never lies in a later row.
    stride = int(ends.max()) + 1
    order = np.lexsort((starts, rows))
    rows, starts, ends = rows[order], starts[order], ends[order]
    reached = np.maximum.accumulate(rows * stride + ends)
    opens = np.flatnonzero(np.append(True, (rows * stride + starts)[1:] > reached[:-1]))
    closes = np.append(opens[1:], len(rows)) - 1
    return rows[opens], starts[opens], reached[closes] - rows[opens] * stride


Parts = tuple[Integers, Integers, NDArray[np.uint64]]


def counted(
    documents: _Texts, rows: Integers, starts: Integers, ends: Integers, left_out: Parts | None = None
) -> tuple[Integers, Integers]:
    """Return the number of letters and digits of each document, and of those in spans of code points.

    A letter or digit is a character for which `str.isalnum` holds.

    Parameters
    ----------
    documents : Documents
        The texts.
    rows, starts, ends : int64 arrays
        Disjoint spans, ascending by row.
    left_out : arrays, optional
        Byte ranges of which no letter counts: starts, stops, and where the ranges of each document end.
    """
    totals, inside = (np.zeros(len(documents), dtype=np.int64) for _ in range(2))
    for first in range(0, len(documents), _CHUNK):
        last = min(first + _CHUNK, len(documents))
        part = documents.take(np.arange(first, last, dtype=np.uint32))
        before, text_starts = _running_count(part, _ranges(left_out, first, last))
        totals[first:last] = before[text_starts[1:]] - before[text_starts[:-1]]
        spans = slice(*np.searchsorted(rows, (first, last)))
        place = rows[spans] - first
        counts = before[text_starts[place] + ends[spans]] - before[text_starts[place] + starts[spans]]
        inside[first:last] = np.bincount(place, weights=counts, minlength=last - first)
    return totals, inside


class _Ranges(NamedTuple):
    """Byte ranges of some documents."""

    place: Integers
    starts: Integers
    stops: Integers


def _ranges(left_out: Parts | None, first: int, last: int) -> _Ranges:
    if left_out is None:
        return _Ranges(*np.zeros((3, 0), dtype=np.int64))
    starts, stops, ends = left_out
    bounds = np.append(0, ends)[first : last + 1].astype(np.int64)
    part = slice(bounds[0], bounds[-1])
    return _Ranges(np.repeat(np.arange(last - first), np.diff(bounds)), starts[part], stops[part])


def _running_count(documents: _Texts, left_out: _Ranges) -> tuple[Integers, Integers]:
    """Return the letters and digits before each character of all texts in a row, and where each text starts."""
    text, byte_offsets = documents.to_buffers()
    points = np.frombuffer(text.decode().encode("utf-32-le"), dtype="<u4")
    counts = _is_letter_or_digit()[points]
    start_bytes, stop_bytes = (byte_offsets[left_out.place] + at for at in (left_out.starts, left_out.stops))
    if len(points) == len(text):
        text_starts, starts, stops = byte_offsets, start_bytes, stop_bytes
    else:
        starts_character = (np.frombuffer(text, dtype=np.uint8) & 0xC0) != 0x80
        characters = np.append(0, np.cumsum(starts_character))
        text_starts, starts, stops = (characters[at] for at in (byte_offsets, start_bytes, stop_bytes))
    if len(starts):
        opened = np.zeros(len(points) + 1, dtype=np.int64)
        np.add.at(opened, starts, 1)
        np.add.at(opened, stops, -1)
        counts &= np.cumsum(opened)[:-1] == 0
    return np.append(0, np.cumsum(counts)), text_starts


@cache
def _is_letter_or_digit() -> NDArray[np.bool_]:
    return np.fromiter((chr(point).isalnum() for point in range(0x110000)), dtype=np.bool_, count=0x110000)
