"""What co-occurrence counts show of themselves."""

from __future__ import annotations

from html import escape
from typing import Any

from kolloc import _repr
from kolloc._native import Cooccurrence, Vocabulary

__all__ = ["html", "text"]

_PAIRS = 5


def text(table: Cooccurrence, vocabulary: Vocabulary, options: dict[str, Any]) -> str:
    """Return what a table is in one line, then its largest cells."""
    rows = _strongest(table, vocabulary)
    widths = [max(len(row[i]) for row in rows) for i in range(3)] if rows else []
    lines = [f"{one:<{widths[0]}}  {other:<{widths[1]}}  {count:>{widths[2]}}" for one, other, count in rows]
    return "\n".join([f"<Cooccurrence: {_facts(table, options)}>", *lines, *_tail(table)])


def html(table: Cooccurrence, vocabulary: Vocabulary, options: dict[str, Any]) -> str:
    """Return the same as HTML."""
    facts = f"<p><strong>Cooccurrence</strong>: {escape(_facts(table, options))}</p>"
    pairs = _repr.html_table(["term", "term", "count"], _strongest(table, vocabulary), "".join(_tail(table)))
    return f"<div>{facts}{pairs}</div>"


def _facts(table: Cooccurrence, options: dict[str, Any]) -> str:
    left, right = options["window"]
    window = f"window {left}" if left == right else f"window {left} left, {right} right"
    where = f"{window} within {options['within']}" if options["context"] == "window" else f"same {options['context']}"
    rows, columns = table.shape
    size = (
        _repr.count(columns, "term")
        if options["nodes"] is None
        else f"{_repr.count(rows, 'node')} × {_repr.count(columns, 'term')}"
    )
    pairs = f"{table.n_pairs:,.6g}" if isinstance(table.n_pairs, float) else f"{table.n_pairs:,}"
    ordered = ["ordered"] if options["ordered"] else []
    cells = f"{len(table.indices):,} pairs of terms"
    weighted = ["documents weighted"] if table.frequencies.dtype.kind == "f" else []
    return ", ".join([size, cells, f"{pairs} pairs of positions", where, options["count"], *ordered, *weighted])


def _strongest(table: Cooccurrence, vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    rows, columns, cells = table.edges(0.0, _PAIRS)
    found = []
    for row, column, cell in zip(rows.tolist(), columns.tolist(), cells.tolist(), strict=True):
        value = table.data[cell]
        one, other = (vocabulary.term(int(id_)) for id_ in (table.row_terms[row], table.terms[column]))
        shown = f"{value:,.6g}" if table.data.dtype.kind == "f" else f"{value:,}"
        found.append((_repr.shorten(one, 30), _repr.shorten(other, 30), shown))
    return found


def _tail(table: Cooccurrence) -> list[str]:
    more = len(table.indices) - _PAIRS
    return [f"... {more:,} more"] if more > 0 else []
