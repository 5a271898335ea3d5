"""What duplicates show of themselves: relations, the largest clusters, the sources that reprint most."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kolloc import _prints, _repr
from kolloc._searched import NO_CLUSTER, NO_SOURCE, RELATIONS, Searched

__all__ = ["Facts", "facts", "html", "text"]

_SHOWN = 5
_NAMES = 3
_WIDTH = 60


class Facts(NamedTuple):
    """What to show; `relations` counts pairs, `largest` has size and first names of clusters."""

    n_docs: int
    n_pairs: int
    n_clusters: int
    n_in_clusters: int
    relations: dict[str, int]
    largest: list[tuple[int, list[str]]]
    reprinting: list[tuple[str, int, int]]


def facts(found: Searched) -> Facts:
    """Return what to show of a search: the largest clusters and the sources with the most reprints, a few of each."""
    counts = np.bincount(found._native.pairs()["relation"], minlength=len(RELATIONS)).tolist()
    of_document, anchors, _, _ = found._native.clusters()
    in_clusters = int((of_document != NO_CLUSTER).sum())
    relations = {name: count for name, count in zip(RELATIONS, counts, strict=True) if count}
    largest = _largest(of_document, len(anchors), found._names)
    n_docs = len(of_document)
    return Facts(n_docs, found._native.n_pairs, len(anchors), in_clusters, relations, largest, _reprinting(found))


def _largest(of_document: NDArray[np.uint32], n: int, names: Sequence[str]) -> list[tuple[int, list[str]]]:
    sizes = np.bincount(of_document[of_document != NO_CLUSTER], minlength=n)
    clusters = np.argsort(-sizes, kind="stable")[:_SHOWN].tolist()
    first = [np.flatnonzero(of_document == cluster)[:_NAMES].tolist() for cluster in clusters]
    return [(int(sizes[cluster]), [names[row] for row in rows]) for cluster, rows in zip(clusters, first, strict=True)]


def _reprinting(found: Searched) -> list[tuple[str, int, int]]:
    """Return sources with the number of their documents that are not first in their cluster, and of all of them."""
    if found._sources is None:
        return []
    labels = found._source_labels()
    known = found._sources != NO_SOURCE
    is_reprint = known & (_prints.prints(found._native.clusters()[0], found._dates).rank > 1)
    reprints, documents = (np.bincount(found._sources[those], minlength=len(labels)) for those in (is_reprint, known))
    order = [source for source in np.argsort(-reprints, kind="stable")[:_SHOWN].tolist() if reprints[source]]
    return [(labels[source], int(reprints[source]), int(documents[source])) for source in order]


def text(shown: Facts) -> str:
    """Return what was found in one line, then pairs by relation."""
    width = max(map(len, shown.relations), default=0)
    numbers = [f"{count:,}" for count in shown.relations.values()]
    digits = max(map(len, numbers), default=0)
    lines = [f"{name:<{width}}  {n:>{digits}}" for name, n in zip(shown.relations, numbers, strict=True)]
    return "\n".join([f"<Duplicates: {_line(shown)}>", *lines])


def html(shown: Facts) -> str:
    """Return the same as HTML, with the largest clusters and the sources that reprint most."""
    relations = [(name, f"{count:,}") for name, count in shown.relations.items()]
    clusters = [(f"{size:,}", _some(names, size)) for size, names in shown.largest]
    sources = [(_repr.shorten(name, _WIDTH), f"{n:,}", f"{of:,}") for name, n, of in shown.reprinting]
    more = shown.n_clusters - len(shown.largest)
    tables = [
        _table(["relation", "pairs"], relations),
        _table(["documents", "largest clusters"], clusters, f"... {_repr.count(more, 'more cluster')}" if more else ""),
        _table(["source", "prints after the first", "documents"], sources),
    ]
    return f"<div><p><strong>Duplicates</strong>: {escape(_line(shown))}</p>{''.join(tables)}</div>"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], more: str = "") -> str:
    return _repr.html_table(header, rows, more) if rows else ""


def _some(names: Sequence[str], size: int) -> str:
    shown = ", ".join(_repr.shorten(name, _WIDTH) for name in names)
    return shown if size <= len(names) else f"{shown} and {size - len(names):,} more"


def _line(shown: Facts) -> str:
    clusters = _repr.count(shown.n_clusters, "cluster")
    of = f" of {_repr.count(shown.n_in_clusters, 'document')}" if shown.n_clusters else ""
    return f"{_repr.count(shown.n_docs, 'document')}, {_repr.count(shown.n_pairs, 'pair')}, {clusters}{of}"
