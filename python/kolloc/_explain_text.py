"""An explanation as plain text: two columns, wrapped by the width of letters on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kolloc import _tables
from kolloc._alignment import CHANGED, LEFT_OUT, Piece, Row

__all__ = ["side_by_side"]

_COLUMNS = 48


def side_by_side(head: tuple[str, str], rows: Iterable[Row]) -> str:
    """Return rows as two columns: the number of a shared span before it, what differs within it in square brackets.

    Examples
    --------
    >>> row = Row(1, 2, [Piece("same", "peace "), Piece("changed", "talks")], [Piece("same", "peace")])
    >>> print(side_by_side(("a", "b"), [row]))
          a                                                  b
       1  peace [talks]                                   2  peace
    """
    lines = [_line("", head[0], "", head[1])]
    for row in rows:
        left, right = _wrapped(_plain(row.a)), _wrapped(_plain(row.b))
        for i in range(max(len(left), len(right))):
            shown = i == 0 and row.number is not None
            numbers = (str(row.number), str(row.number_b)) if shown else ("", "")
            lines.append(_line(numbers[0], _nth(left, i), numbers[1], _nth(right, i)))
    return "\n".join(lines)


def _line(number: str, left: str, number_b: str, right: str) -> str:
    return f"{number:>4}  {_tables.padded(left, _COLUMNS)}  {number_b:>4}  {right}".rstrip()


def _nth(lines: list[str], i: int) -> str:
    return lines[i] if i < len(lines) else ""


def _plain(pieces: Iterable[Piece]) -> str:
    return "".join(map(_shown, pieces))


def _shown(piece: Piece) -> str:
    if piece.kind == LEFT_OUT:
        return f" … {piece.n_left_out:,} characters … "
    text = "".join(char if char.isprintable() or char.isspace() else "\ufffd" for char in piece.text)
    return f"[{text}]" if piece.kind == CHANGED else text


def _wrapped(text: str) -> list[str]:
    lines, line = [], ""
    for part in _parts(text):
        if line and _tables.width(line) + _tables.width(part) + 1 > _COLUMNS:
            lines.append(line)
            line = part
        else:
            line = f"{line} {part}" if line else part
    return [*lines, line] if line else lines


def _parts(text: str) -> Iterator[str]:
    """Tell the words of a text, those that are wider than a line in pieces of a line."""
    for word in text.split():
        part = ""
        for char in word:
            if _tables.width(part + char) > _COLUMNS:
                yield part
                part = ""
            part += char
        yield part
