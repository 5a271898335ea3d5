"""Tables of plain text, aligned also where letters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["aligned", "padded", "width"]


def aligned(header: Sequence[str], rows: Iterable[Sequence[Any]], indent: str = "  ") -> str:
    """Return a table as text: words to the left, numbers to the right.

    Examples
    --------
    >>> print(aligned(["term", "count"], [["peace", 1200], ["회담", 7]], indent=""))
    term   count
    peace  1,200
    회담       7
    """
    body = list(rows)
    numeric = [all(isinstance(row[i], int | float) for row in body) for i in range(len(header))]
    lines = [list(header), *([_shown(value) for value in row] for row in body)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(header))]
    return "\n".join(
        (indent + "  ".join(padded(*cell) for cell in zip(line, widths, numeric, strict=True))).rstrip()
        for line in lines
    )


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def padded(text: str, columns: int, to_the_right: bool = False) -> str:
    """Return the text with spaces behind it, or before it, up to a number of columns."""
    space = " " * (columns - width(text))
    return space + text if to_the_right else text + space


def width(text: str) -> int:
    """Return the number of columns that a text takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)
