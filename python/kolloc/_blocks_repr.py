"""What blocks show of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kolloc import _repr

__all__ = ["html", "text"]

_Tally = tuple[str, int, int, int]


def text(n_docs: int, n_blocks: int, tallies: Sequence[_Tally]) -> str:
    """Return what blocks are in one line, then how many there are of each kind and their share of the characters."""
    rows = _rows(tallies)
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
    shown = [f"{kind:<{widths[0]}}  {n:>{widths[1]}}  {share:>{widths[2]}}" for kind, n, share in rows]
    return "\n".join([_repr.one_line("Blocks", _facts(n_docs, n_blocks, tallies)), *shown])


def html(n_docs: int, n_blocks: int, tallies: Sequence[_Tally]) -> str:
    """Return the same as HTML."""
    facts = f"<p><strong>Blocks</strong>: {escape(', '.join(_facts(n_docs, n_blocks, tallies)))}</p>"
    return f"<div>{facts}{_repr.html_table(['kind', 'blocks', 'share of characters'], _rows(tallies))}</div>"


def _facts(n_docs: int, n_blocks: int, tallies: Sequence[_Tally]) -> list[str]:
    characters = sum(n for *_, n in tallies)
    return [_repr.count(n_docs, "document"), _repr.count(n_blocks, "block"), _repr.count(characters, "character")]


def _rows(tallies: Sequence[_Tally]) -> list[tuple[str, str, str]]:
    total = max(1, sum(n for *_, n in tallies))
    return [(kind, f"{n:,}", f"{100 * characters / total:.0f} %") for kind, _, n, characters in tallies]
