"""An explanation as HTML: a table with a column for each text; every string is escaped, nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kolloc._alignment import CHANGED, LEFT_OUT, SAME, Piece, Row

__all__ = ["page"]

# Light backgrounds that dark letters stand out from, in a light notebook and in a dark one.
_COLOURS = ("#fdf0c4", "#d9ecd3", "#d8e6f6", "#f6dde6", "#e6def5", "#f9e2cd")
_INK = "#1f2328"
_CELL = f"vertical-align:top;text-align:start;padding:4px 8px;color:{_INK};white-space:pre-wrap;overflow-wrap:anywhere"
_NUMBER = "vertical-align:top;text-align:center;padding:4px 6px;color:#57606a;white-space:nowrap;font-size:85%"
_TABLE = f"table-layout:fixed;width:100%;max-width:1100px;border-collapse:collapse;background:#ffffff;color:{_INK}"
_CHANGED = "background:#ffffff;border:1px solid #b35900;border-radius:3px;padding:0 2px;font-weight:600"


def page(heading: str, reason: str, facts: Sequence[tuple[str, str]], head: Sequence[str], rows: Iterable[Row]) -> str:
    """Return heading, reason and facts, then the rows side by side."""
    told = " · ".join(f"{escape(name)}: {escape(value)}" for name, value in facts)
    columns = '<colgroup><col style="width:3.5em"><col><col style="width:3.5em"><col></colgroup>'
    names = "".join(
        f'<th></th><th dir="auto" style="{_CELL};border-bottom:1px solid #8c959f">{escape(name)}</th>' for name in head
    )
    body = "".join(map(_row, rows))
    return (
        f'<div><p><strong dir="auto">{escape(heading)}</strong><br>{escape(reason)}<br><small>{told}</small></p>'
        f'<table style="{_TABLE}">{columns}<thead><tr style="background:#ffffff">{names}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(row: Row) -> str:
    background = "#ffffff" if row.number is None else _COLOURS[(row.number - 1) % len(_COLOURS)]
    numbers = ("", "") if row.number is None else (str(row.number), str(row.number_b))
    cells = "".join(
        f'<td style="{_NUMBER}">{number}</td><td dir="auto" style="{_CELL}">{"".join(map(_piece, pieces))}</td>'
        for number, pieces in zip(numbers, (row.a, row.b), strict=True)
    )
    return f'<tr style="background:{background}">{cells}</tr>'


def _piece(piece: Piece) -> str:
    if piece.kind == LEFT_OUT:
        return f'<bdi style="color:#57606a;font-style:italic"> … {piece.n_left_out:,} characters left out … </bdi>'
    text = escape(piece.text)
    if piece.kind == CHANGED:
        return f'<mark style="{_CHANGED};color:{_INK}">{text}</mark>'
    return text if piece.kind == SAME else f'<span style="color:#57606a">{text}</span>'
