"""Who printed a story first: order within clusters, on arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kolloc._dates import NO_DATE
from kolloc._searched import NO_CLUSTER, NO_SOURCE

__all__ = ["Prints", "n_sources", "prints", "stories"]

Integers = NDArray[np.int64]


class Prints(NamedTuple):
    """Arrays with one entry for each document; a document without a cluster is a story of its own."""

    cluster: Integers
    n_prints: Integers
    rank: Integers


def prints(of_document: NDArray[np.uint32], dates: NDArray[np.int64] | None) -> Prints:
    """Return the cluster (-1 for none), the number of its documents and the rank among them.

    The rank is one more than the number of documents of the cluster with an earlier date: documents of one date share
    it. Those without a date come behind, in the order of rows.

    Examples
    --------
    >>> prints(np.array([0, 0, 0], dtype=np.uint32), np.array([5, 3, 3])).rank.tolist()
    [3, 1, 1]
    """
    n = len(of_document)
    cluster = np.where(of_document == NO_CLUSTER, -1, of_document.astype(np.int64))
    story = np.where(cluster < 0, n + np.arange(n), cluster)
    date = np.full(n, NO_DATE) if dates is None else dates
    dated = date != NO_DATE
    order = np.lexsort((np.arange(n), date, ~dated, story))
    story, date, dated = story[order], date[order], dated[order]
    place = np.arange(n)
    opens_story = np.append(True, story[1:] != story[:-1])[:n]
    ties = np.append(False, (date[1:] == date[:-1]) & dated[1:])[:n] & ~opens_story
    start = np.maximum.accumulate(np.where(opens_story, place, 0))
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.maximum.accumulate(np.where(ties, 0, place)) - start + 1
    sizes = np.bincount(cluster[cluster >= 0], minlength=1)
    return Prints(cluster, np.where(cluster < 0, 1, sizes[cluster]), rank)


def n_sources(cluster: Integers, sources: NDArray[np.uint32]) -> Integers:
    """Return the number of different known sources of the story of each document.

    Examples
    --------
    >>> n_sources(np.array([0, 0, -1]), np.array([1, 0, 0], dtype=np.uint32)).tolist()
    [2, 2, 1]
    """
    known = sources != NO_SOURCE
    by_cluster = _sources_by_cluster(cluster, sources, _n_codes(sources))
    return np.where(cluster < 0, known.astype(np.int64), by_cluster[cluster])


def stories(printed: Prints, sources: NDArray[np.uint32], n: int) -> tuple[Integers, Integers]:
    """Return the number of clusters that each of `n` sources shares with others, and in how many of them it is first.

    Examples
    --------
    >>> cluster = np.array([0, 0, 1, 1])
    >>> printed = Prints(cluster, np.array([2, 2, 2, 2]), np.array([1, 2, 1, 2]))
    >>> [counts.tolist() for counts in stories(printed, np.array([0, 1, 1, 1], dtype=np.uint32), 2)]
    [[1, 1], [1, 0]]
    """
    counts = _sources_by_cluster(printed.cluster, sources, n)
    shared = (printed.cluster >= 0) & (sources != NO_SOURCE) & (counts[printed.cluster] >= 2)
    found = []
    for documents in (shared, shared & (printed.rank == 1)):
        met = np.unique(printed.cluster[documents] * n + sources[documents])
        found.append(np.bincount(met % max(n, 1), minlength=n))
    return found[0], found[1]


def _sources_by_cluster(cluster: Integers, sources: NDArray[np.uint32], n: int) -> Integers:
    counted = (sources != NO_SOURCE) & (cluster >= 0)
    met = np.unique(cluster[counted] * n + sources[counted])
    return np.bincount(met // max(n, 1), minlength=int(cluster.max(initial=0)) + 1)


def _n_codes(sources: NDArray[np.uint32]) -> int:
    return int(sources[sources != NO_SOURCE].max(initial=0)) + 1
