"""Pieces of text and HTML for what objects show of themselves; every string is escaped, nothing is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["count", "html_table", "one_line", "shorten", "size"]

_TABLE = "margin:0 0 12px"
_UNITS = ("B", "kB", "MB", "GB", "TB")
_NUMBER = re.compile(r"[<≤≥+−-]? ?(\d[\d,]*(\.\d+)?(e[+-]?\d+)?|∞|inf|nan)( ?%)?|–?", re.IGNORECASE)


def size(n_bytes: int) -> str:
    """Return a size in bytes for reading.

    Examples
    --------
    >>> size(999), size(118_200_000)
    ('999 B', '118.2 MB')
    """
    value, unit = float(n_bytes), 0
    while value >= 999.95 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{n_bytes} B" if unit == 0 else f"{value:.1f} {_UNITS[unit]}"


def count(n: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "document"), count(45000, "document")
    ('1 document', '45,000 documents')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def shorten(text: str, width: int) -> str:
    """Return the start of a text on one line, control characters made visible.

    Examples
    --------
    >>> shorten("peace  talks resume", 12)
    'peace talks…'
    """
    start = " ".join(text[: 4 * width].split())
    start = "".join(char if char.isprintable() else "\ufffd" for char in start)
    return start if len(start) <= width and len(text) <= 4 * width else start[: width - 1].rstrip() + "…"


def one_line(kind: str, parts: Iterable[str]) -> str:
    """Return the line that says what an object is."""
    return f"<{kind}: {', '.join(part for part in parts if part)}>"


def html_table(header: Sequence[str], rows: Iterable[Sequence[str]], more: str = "") -> str:
    """Return a table with every cell escaped: words to the left, columns of numbers to the right."""
    body = list(rows)
    styles = [_style(all(_NUMBER.fullmatch(row[i]) for row in body) and bool(body)) for i in range(len(header))]
    head = _cells("th", header, styles)
    lines = "".join(f"<tr>{_cells('td', row, styles)}</tr>" for row in body)
    tail = f"<p>{escape(more)}</p>" if more else ""
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>{tail}'


def _style(is_numeric: bool) -> str:
    """Return the style of a cell, written into each: what notebooks lay down for tables comes behind that."""
    return f"text-align:{'right' if is_numeric else 'left'};padding:2px 12px"


def _cells(tag: str, texts: Sequence[str], styles: Sequence[str]) -> str:
    cells = zip(texts, styles, strict=True)
    return "".join(f'<{tag} style="{style}">{escape(text)}</{tag}>' for text, style in cells)
