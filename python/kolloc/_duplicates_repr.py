"""What duplicates show of themselves."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from kolloc import _repr

__all__ = ["Facts", "html", "text"]


class Facts(NamedTuple):
    """Numbers to show; `relations` counts pairs."""

    n_docs: int
    n_pairs: int
    n_clusters: int
    n_in_clusters: int
    relations: dict[str, int]


def text(facts: Facts) -> str:
    """Return what was found in one line, then pairs by relation."""
    width = max(map(len, facts.relations), default=0)
    numbers = [f"{count:,}" for count in facts.relations.values()]
    digits = max(map(len, numbers), default=0)
    lines = [f"{name:<{width}}  {n:>{digits}}" for name, n in zip(facts.relations, numbers, strict=True)]
    return "\n".join([f"<Duplicates: {_line(facts)}>", *lines])


def html(facts: Facts) -> str:
    """Return the same as HTML."""
    head = f"<p><strong>Duplicates</strong>: {escape(_line(facts))}</p>"
    rows = [(name, f"{count:,}") for name, count in facts.relations.items()]
    return f"<div>{head}{_repr.html_table(['relation', 'pairs'], rows)}</div>"


def _line(facts: Facts) -> str:
    clusters = _repr.count(facts.n_clusters, "cluster")
    of = f" of {_repr.count(facts.n_in_clusters, 'document')}" if facts.n_clusters else ""
    return f"{_repr.count(facts.n_docs, 'document')}, {_repr.count(facts.n_pairs, 'pair')}, {clusters}{of}"
