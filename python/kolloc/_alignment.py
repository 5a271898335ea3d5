"""Two texts in rows: what they share side by side, what differs within, and what stands between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["CHANGED", "LEFT_OUT", "OWN", "SAME", "Piece", "Row", "Spans", "rows"]

SAME, CHANGED, OWN, LEFT_OUT = "same", "changed", "own", "left_out"

# Words; in scripts without spaces single characters.
_UNSPACED = "\u0e00-\u0eff\u2e80-\u2fdf\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_CLOSING = re.compile(r"[^\w\s]*")
# Two texts meet again where so many words are the same, at most so many words further on.
_MEET = 4
_AHEAD = 24
# Fewer characters are not left out, and a cut is moved so far to fall between words.
_LEAST_LEFT_OUT = 40
_TO_SPACE = 16


class Piece(NamedTuple):
    """A stretch of text; of text left out only the number of characters, in `n_left_out`."""

    kind: str
    text: str
    n_left_out: int = 0


class Row(NamedTuple):
    """What stands side by side: a shared span with its numbers in the order of either text, or text between spans."""

    number: int | None
    number_b: int | None
    a: list[Piece]
    b: list[Piece]


class Spans(NamedTuple):
    """Shared spans in code points, ascending by their start in the first text."""

    start_a: NDArray[np.int64]
    end_a: NDArray[np.int64]
    start_b: NDArray[np.int64]
    end_b: NDArray[np.int64]


def rows(text_a: str, text_b: str, spans: Spans, context: int) -> list[Row]:
    """Return the rows of two texts: before each span what precedes it in either text, and what is left at the end.

    Of stretches much longer than the context only so many characters at their borders are kept. Where the texts have
    spans in another order, the second text follows that of the first; the numbers tell.

    Examples
    --------
    >>> spans = Spans(*(np.array([place]) for place in (0, 16, 5, 21)))
    >>> for row in rows("one two six four", "Now: one two ten four!", spans, 80):
    ...     print(row.number, *(" ".join(f"{piece.kind}:{piece.text!r}" for piece in side) for side in (row.a, row.b)))
    None  own:'Now:'
    1 same:'one two ' changed:'six' same:' four' same:'one two ' changed:'ten' same:' four' own:'!'
    """
    n = len(spans.start_a)
    order_b = np.argsort(spans.start_b, kind="stable")
    spans = _apart(spans, order_b)
    place_b = np.argsort(order_b, kind="stable")
    gaps_a, gaps_b = _gaps(text_a, spans.start_a, spans.end_a), _gaps(text_b, spans.start_b, spans.end_b)
    found = []
    for i in range(n):
        j = int(place_b[i])
        found.append(Row(None, None, _own(gaps_a[i], i, n, context), _own(gaps_b[j], j, n, context)))
        side_a, side_b = _compared(
            text_a[spans.start_a[i] : spans.end_a[i]], text_b[spans.start_b[i] : spans.end_b[i]], context
        )
        found.append(Row(i + 1, j + 1, [*side_a, *_closing(gaps_a[i + 1])], [*side_b, *_closing(gaps_b[j + 1])]))
    found.append(Row(None, None, _own(gaps_a[n], n, n, context), _own(gaps_b[n], n, n, context)))
    return [row for row in found if row.a or row.b]


def _apart(spans: Spans, order_b: NDArray[np.int64]) -> Spans:
    """Return the spans without the characters that the span before has, too: pairs of characters overlap."""
    start_a, start_b = spans.start_a.copy(), spans.start_b.copy()
    for start, end in ((start_a, spans.end_a), (start_b, spans.end_b)):
        order = order_b if start is start_b else np.arange(len(start))
        before = np.maximum.accumulate(end[order])[:-1]
        start[order[1:]] = np.minimum(np.maximum(start[order[1:]], before), end[order[1:]])
    return Spans(start_a, spans.end_a, start_b, spans.end_b)


class _Gap(NamedTuple):
    """Text between spans: the punctuation that closes the span before it, and the rest."""

    closing: str
    rest: str


def _gaps(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[_Gap]:
    """Return the text before each span in the order of the text, and that behind the last one."""
    order = np.argsort(starts, kind="stable")
    reached = [0, *np.maximum.accumulate(ends[order]).tolist()]
    gaps = [text[start:end] for start, end in zip(reached, [*starts[order].tolist(), len(text)], strict=True)]
    return [_Gap("", gaps[0]), *(_gap(gap) for gap in gaps[1:])]


def _gap(gap: str) -> _Gap:
    closing = len(gap) if not _WORD.search(gap) else _CLOSING.match(gap).end()  # type: ignore[union-attr]
    return _Gap(gap[:closing].rstrip(), gap[closing:])


def _closing(gap: _Gap) -> list[Piece]:
    return [Piece(OWN, gap.closing)] if gap.closing else []


def _own(gap: _Gap, place: int, n: int, context: int) -> list[Piece]:
    own = gap.rest.strip()
    if not own:
        return []
    at_start = context if place > 0 else 0
    at_end = context if place < n else 0
    return list(_shortened(Piece(OWN, own), *((at_start, at_end) if n else (2 * context, 0))))


def _shortened(piece: Piece, at_start: int, at_end: int) -> Iterator[Piece]:
    kind, text, _ = piece
    start, end = _between_words(text, at_start, -1), _between_words(text, len(text) - at_end, 1)
    if end - start < _LEAST_LEFT_OUT:
        yield piece
        return
    if start:
        yield Piece(kind, text[:start])
    yield Piece(LEFT_OUT, "", end - start)
    if end < len(text):
        yield Piece(kind, text[end:])


def _between_words(text: str, at: int, step: int) -> int:
    """Return a place to cut close to this one: at a space, else not before a mark that belongs to a letter."""
    if not 0 < at < len(text):
        return max(0, min(at, len(text)))
    for place in range(at, at + step * _TO_SPACE, step):
        if 0 < place < len(text) and text[place].isspace():
            return place
    while 0 < at < len(text) and (unicodedata.combining(text[at]) or text[at] in "\u200d\ufe0f"):
        at += step
    return at


def _compared(side_a: str, side_b: str, context: int) -> tuple[list[Piece], list[Piece]]:
    words_a, words_b = list(_WORD.finditer(side_a)), list(_WORD.finditer(side_b))
    found: tuple[list[Piece], list[Piece]] = ([], [])
    at = [0, 0]
    for changed_a, changed_b in _changes(_folded(words_a), _folded(words_b)):
        for side, (text, words, changed) in enumerate(((side_a, words_a, changed_a), (side_b, words_b, changed_b))):
            if changed:
                start, end = words[changed.start].start(), words[changed.stop - 1].end()
                found[side].extend(_shortened(Piece(SAME, text[at[side] : start]), context, context))
                found[side].extend(_shortened(Piece(CHANGED, text[start:end]), context, context))
                at[side] = end
    for side, text in enumerate((side_a, side_b)):
        found[side].extend(_shortened(Piece(SAME, text[at[side] :]), context, context))
    return tuple([piece for piece in side if piece.text or piece.n_left_out] for side in found)  # type: ignore[return-value]


def _folded(words: list[re.Match[str]]) -> list[str]:
    return [unicodedata.normalize("NFC", word.group()).casefold() for word in words]


def _changes(a: list[str], b: list[str]) -> Iterator[tuple[range, range]]:
    """Tell the stretches of words in which two texts differ, one of the two possibly empty."""
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            i, j = i + 1, j + 1
            continue
        next_i, next_j = _meeting(a, b, i, j)
        yield range(i, next_i), range(j, next_j)
        i, j = next_i, next_j


def _meeting(a: list[str], b: list[str], i: int, j: int) -> tuple[int, int]:
    """Return the nearest places from which on the texts are the same again, or their ends."""
    for distance in range(1, 2 * _AHEAD + 1):
        for ahead in range(max(0, distance - _AHEAD), min(distance, _AHEAD) + 1):
            one, other = i + ahead, j + distance - ahead
            met = a[one : one + _MEET]
            at_ends = one + len(met) == len(a) and other + len(met) == len(b)
            if met and met == b[other : other + len(met)] and (len(met) == _MEET or at_ends):
                return one, other
    return len(a), len(b)
