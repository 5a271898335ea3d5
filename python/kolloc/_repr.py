"""Pieces of text and HTML for what objects show of themselves; every string is escaped, nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["count", "html_table", "one_line", "shorten", "size"]

_UNITS = ("B", "kB", "MB", "GB", "TB")


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
    """Return a table with every cell escaped."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    tail = f"<p>{escape(more)}</p>" if more else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}"
