"""What a document-term matrix shows of itself."""

from __future__ import annotations

from html import escape
from typing import TypeAlias

from kolloc import _repr
from kolloc._cells import Cells
from kolloc._names import Names
from kolloc._native import TermDocument
from kolloc._weighted_counts import WeightedCounts

__all__ = ["html", "text"]

_ROWS = 5
_COLUMNS = 8


_Matrix: TypeAlias = TermDocument | WeightedCounts | Cells


def text(matrix: _Matrix, names: Names, kind: str = "DocumentTermMatrix", values: str = "") -> str:
    """Return what a matrix is in one line, then its first corner; `values` says what weights are."""
    header, rows = _corner(matrix, names)
    table = [header, *rows] if rows and len(header) > 1 else []
    widths = [max(len(row[i]) for row in table) for i in range(len(header))] if table else []
    lines = [
        "  ".join(cell.rjust(w) if i else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True)))
        for row in table
    ]
    return "\n".join([f"<{kind}: {_facts(matrix, values)}>", *lines, *_tail(matrix)])


def html(matrix: _Matrix, names: Names, kind: str = "DocumentTermMatrix", values: str = "") -> str:
    """Return the same as HTML."""
    header, rows = _corner(matrix, names)
    facts = f"<p><strong>{kind}</strong>: {escape(_facts(matrix, values))}</p>"
    return f"<div>{facts}{_repr.html_table(header, rows, ' '.join(_tail(matrix)))}</div>"


def _facts(matrix: _Matrix, values: str) -> str:
    rows, columns = matrix.shape
    nnz = len(matrix.indices)
    density = f" ({100 * nnz / (rows * columns):.1f} %)" if rows * columns else ""
    cells = f"{nnz:,} {'stored' if isinstance(matrix, Cells) else 'non-zero'}{density}"
    values = values or ("weighted counts" if isinstance(matrix, WeightedCounts) else "counts")
    return f"{_repr.count(rows, 'document')} × {_repr.count(columns, 'term')}, {cells}, {values}"


def _corner(matrix: _Matrix, names: Names) -> tuple[list[str], list[list[str]]]:
    n_rows, n_columns = (min(size, limit) for size, limit in zip(matrix.shape, (_ROWS, _COLUMNS), strict=True))
    header = ["", *(_repr.shorten(matrix.term(column), 20) for column in range(n_columns))]
    rows = []
    for row in range(n_rows):
        start, end = (int(at) for at in matrix.indptr[row : row + 2])
        cells = dict(zip(matrix.indices[start:end].tolist(), matrix.data[start:end].tolist(), strict=True))
        rows.append([_repr.shorten(names[row], 30), *(_shown(cells.get(column, 0)) for column in range(n_columns))])
    return header, rows


def _shown(value: float) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else f"{value:,}"


def _tail(matrix: _Matrix) -> list[str]:
    more_rows, more_columns = matrix.shape[0] - _ROWS, matrix.shape[1] - _COLUMNS
    more = [_repr.count(n, noun) for n, noun in ((more_rows, "more document"), (more_columns, "more term")) if n > 0]
    return [f"... {', '.join(more)}"] if more else []
