"""What tokens show of themselves."""

from __future__ import annotations

from html import escape
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kolloc import _document_weights, _repr
from kolloc._names import Names
from kolloc._native import Tokens

__all__ = ["html", "text"]

_ROWS = 5
_TOKENS = 12
_GAP = "␣"

Weights: TypeAlias = NDArray[np.float64] | None


def text(tokens: Tokens, names: Names, weights: Weights) -> str:
    """Return what tokens are in one line, then the start of the first documents."""
    head = _head(tokens, names)
    width = max((len(name) for name, _ in head), default=0)
    rows = [f"{name:<{width}}  {start}".rstrip() for name, start in head]
    return "\n".join([_repr.one_line("Tokens", _facts(tokens, weights)), *rows, *_tail(tokens)])


def html(tokens: Tokens, names: Names, weights: Weights) -> str:
    """Return the same as HTML, with the most frequent types."""
    vocabulary = tokens.vocabulary
    ranked = sorted(range(len(vocabulary)), key=vocabulary.frequencies.tolist().__getitem__, reverse=True)[:10]
    top = [(vocabulary.term(each), f"{int(vocabulary.frequencies[each]):,}") for each in ranked]
    facts = f"<p><strong>Tokens</strong>: {escape(', '.join(_facts(tokens, weights)))}</p>"
    first = _repr.html_table(["document", "tokens"], _head(tokens, names), "".join(_tail(tokens)))
    return f"<div>{facts}{_repr.html_table(['frequent type', 'count'], top)}{first}</div>"


def _facts(tokens: Tokens, weights: Weights) -> list[str]:
    gaps = len(tokens.term_ids) - tokens.n_tokens
    return [
        _repr.count(tokens.n_docs, "document"),
        _repr.count(tokens.n_tokens, "token"),
        _repr.count(len(tokens.vocabulary), "type"),
        *([_repr.count(gaps, "gap")] if gaps else []),
        *_document_weights.text(weights),
    ]


def _head(tokens: Tokens, names: Names) -> list[tuple[str, str]]:
    return [(_repr.shorten(names[row], 30), _start(tokens, row)) for row in range(min(_ROWS, tokens.n_docs))]


def _start(tokens: Tokens, row: int) -> str:
    start, end = (int(at) for at in tokens.doc_offsets[row : row + 2])
    ids = tokens.term_ids[start : min(end, start + _TOKENS)].tolist()
    n_types = len(tokens.vocabulary)
    shown = [_repr.shorten(tokens.vocabulary.term(each), 30) if each < n_types else _GAP for each in ids]
    return " ".join(shown) + (" …" if end - start > _TOKENS else "")


def _tail(tokens: Tokens) -> list[str]:
    more = tokens.n_docs - _ROWS
    return [f"... {_repr.count(more, 'more document')}"] if more > 0 else []
