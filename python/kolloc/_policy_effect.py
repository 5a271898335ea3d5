"""How much a counting policy matters: terms and pairs whose rate or rank moves most between two counts."""

from __future__ import annotations

from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop
from kolloc._counts import ranks, signed
from kolloc.cooccurrence import Cooccurrence
from kolloc.dtm import DocumentTermMatrix
from kolloc.exceptions import InputTypeError, ParameterError
from kolloc.tokens import Tokens

__all__ = ["compare_counts"]

_ORDERS = ("rate", "rank")


def compare_counts(one: Any, other: Any, n: int | None = 20, *, by: str = "rate", min_count: float = 5) -> Any:
    """Return the terms, or pairs of terms, whose rate or rank moves most from one count to the other.

    Made for one corpus counted under two policies: every print against each story once, with and without masked
    passages, with and without weights.

    Parameters
    ----------
    one, other : Tokens, DocumentTermMatrix or Cooccurrence
        What is compared, both of the same kind. Tokens stand for ``tokens.dtm()``.
    n : int, optional
        Number of rows; ``None`` for all.
    by : {"rate", "rank"}, default "rate"
        What decides the order: the size of ``change``, or that of ``rank_change``.
    min_count : float, default 5
        Count that a term or pair needs on at least one side to be listed; the ratios of rarer ones are noise. Ranks and
        rates are those among all terms.

    Returns
    -------
    frame
        ``term`` (of pairs ``term_1`` and ``term_2``); ``count_1`` and ``count_2``, 0 where a side lacks the term or
        pair; ``per_million_1`` and ``per_million_2``, the count for each million tokens of all documents (of pairs: for
        each million pairs of positions, or whatever the sampling model counts); ``change``, log2 of the ratio of the
        two rates, second over first, after adding ½ to both counts, so that a count of 0 has a finite value and rare
        terms move less; ``rank_1`` and ``rank_2`` by falling count, ties sharing the smallest rank; ``rank_change``,
        rank_1 - rank_2, above 0 where the term climbs. Largest move first; ties by the larger of the two rates, then in
        the order of columns of `one`, then of `other`.

    Raises
    ------
    InputTypeError
        If the two are not of the same kind.
    ParameterError
        If two co-occurrence tables were counted with different options.

    Notes
    -----
    A term that bounds keep out of one matrix counts 0 there, so compare matrices made without bounds or with one
    `vocabulary`. Of co-occurrence tables, pairs with a term that one table's `min_count` leaves out are not listed.

    Examples
    --------
    >>> import kolloc
    >>> tokens = kolloc.Corpus(["storm hits coast", "storm hits coast", "talks on storm"]).tokens()
    >>> stories = tokens.weigh([0.5, 0.5, 1])
    >>> effect = kolloc.compare_counts(tokens, stories, 3, min_count=1)
    >>> print(effect[["term", "count_1", "count_2", "change"]].round(2))
        term  count_1  count_2  change
    0  talks        1      1.0    0.58
    1     on        1      1.0    0.58
    2   hits        2      1.0   -0.15
    """
    _check.one_of("by", by, _ORDERS)
    n = None if n is None else _check.integer("n", n)
    least = _check.number("min_count", min_count)
    first, second = (each.dtm() if isinstance(each, Tokens) else each for each in (one, other))
    if isinstance(first, DocumentTermMatrix) and isinstance(second, DocumentTermMatrix):
        sides = _of_terms(first), _of_terms(second)
    elif isinstance(first, Cooccurrence) and isinstance(second, Cooccurrence):
        _refuse_other_options(first, second)
        sides = _of_pairs(first), _of_pairs(second)
    else:
        kinds = " and ".join(type(each).__name__ for each in (one, other))
        raise InputTypeError(f"one and other must both be Tokens, DocumentTermMatrix or Cooccurrence, got {kinds}")
    return _interop.frame_like(sides[0].frame, _moves(sides, n, by, least))


class _Side(NamedTuple):
    """Counts of terms or pairs of terms: for each word of a row its place in `terms`."""

    terms: list[str]
    places: tuple[NDArray[Any], ...]
    counts: NDArray[Any]
    whole: float
    symmetric: bool
    """Whether the words of a row may be swapped."""
    complete: bool
    """Whether a term without a place is known to count 0."""
    frame: Any


def _of_terms(dtm: DocumentTermMatrix) -> _Side:
    counts = signed(dtm._native.frequencies()[0])
    _, lengths = dtm._grouped(np.zeros(dtm.n_docs, dtype=np.uint32), 1)
    places = (np.arange(len(counts)),)
    return _Side(dtm.terms, places, counts, float(lengths[0]), symmetric=False, complete=True, frame=dtm._metadata)


def _of_pairs(table: Cooccurrence) -> _Side:
    core = table._native
    used, places = np.unique(np.concatenate([core.row_terms, core.terms]), return_inverse=True)
    row_places, column_places = places[: len(core.row_terms)], places[len(core.row_terms) :]
    lengths = (core.indptr[1:] - core.indptr[:-1]).astype(np.int64)
    pairs = np.repeat(row_places, lengths), column_places[core.indices]
    return _Side(
        table._terms_of(used),
        pairs,
        signed(core.data),
        float(table.n_pairs if table._options["margins"] == "pairs" else table.n),
        symmetric=core.is_upper,
        complete=table._options["min_count"] == 1,
        frame=table._frame,
    )


def _refuse_other_options(one: Cooccurrence, other: Cooccurrence) -> None:
    mine, its = ({**table._options, "min_count": None} for table in (one, other))
    name = next((name for name in mine if mine[name] != its[name]), None)
    if name is not None:
        message = f"one and other must be counted with the same {name}, got {mine[name]!r} and {its[name]!r}"
        raise ParameterError(message, parameter=name, value=its[name], allowed=f"the same {name}")


class _Aligned(NamedTuple):
    """The terms or pairs of both sides together, in any order; `words` are places in `terms`."""

    terms: list[str]
    words: tuple[NDArray[np.int64], ...]
    counts: list[NDArray[Any]]
    order: NDArray[np.int64]
    """Place among the rows of the first side, then of the second."""
    known: NDArray[np.bool_]
    """Whether both sides know the count."""


def _align(sides: tuple[_Side, _Side]) -> _Aligned:
    terms = list(dict.fromkeys(chain(sides[0].terms, sides[1].terms)))
    ids = dict(zip(terms, range(len(terms)), strict=True))
    of_terms = [np.fromiter(map(ids.__getitem__, side.terms), np.int64, len(side.terms)) for side in sides]
    found = [_keys(side, of_term, len(terms)) for side, of_term in zip(sides, of_terms, strict=True)]
    keys, order, inverse = np.unique(np.concatenate(found), return_index=True, return_inverse=True)
    words = (keys,) if len(sides[0].places) == 1 else np.divmod(keys, max(len(terms), 1))
    inverses = np.split(inverse, [len(found[0])])
    counts = [_filled(side.counts, places, len(keys)) for side, places in zip(sides, inverses, strict=True)]
    known = np.ones(len(keys), dtype=np.bool_)
    for side, of_term in zip(sides, of_terms, strict=True):
        knows = np.full(len(terms), side.complete)
        knows[of_term] = True
        known &= np.logical_and.reduce([knows[places] for places in words])
    return _Aligned(terms, words, counts, order, known)


def _moves(sides: tuple[_Side, _Side], n: int | None, by: str, least: float) -> dict[str, Any]:
    terms, words, counts, order, known = _align(sides)
    rates = [_per_million(values, side.whole) for values, side in zip(counts, sides, strict=True)]
    smoothed = [_per_million(values + 0.5, side.whole) for values, side in zip(counts, sides, strict=True)]
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.log2(smoothed[1] / smoothed[0])
    rank_1, rank_2 = (ranks(values) for values in counts)
    size = np.abs(change if by == "rate" else rank_1 - rank_2)
    rows = np.flatnonzero(known & (np.maximum(*counts) >= least))
    rows = rows[np.lexsort((order[rows], -np.maximum(*rates)[rows], -size[rows]))][:n]
    names = ("term",) if len(words) == 1 else ("term_1", "term_2")
    columns: dict[str, Any] = {
        name: [terms[place] for place in places[rows].tolist()] for name, places in zip(names, words, strict=True)
    }
    numbers = {
        "count_1": counts[0], "count_2": counts[1], "per_million_1": rates[0], "per_million_2": rates[1],
        "change": change, "rank_1": rank_1, "rank_2": rank_2, "rank_change": rank_1 - rank_2,
    }  # fmt: skip
    return columns | {name: values[rows] for name, values in numbers.items()}


def _keys(side: _Side, of_term: NDArray[np.int64], n_terms: int) -> NDArray[np.int64]:
    """Return one number for each row, from the ids of its words; the smaller first if they may be swapped."""
    words: list[NDArray[np.int64]] = [of_term[places] for places in side.places]
    if len(words) == 1:
        return words[0]
    if side.symmetric:
        words = [np.minimum(*words), np.maximum(*words)]
    return np.asarray(words[0] * n_terms + words[1])


def _filled(counts: NDArray[Any], places: NDArray[np.int64], n: int) -> NDArray[Any]:
    filled = np.zeros(n, dtype=counts.dtype)
    filled[places] = counts
    return filled


def _per_million(counts: NDArray[Any], whole: float) -> NDArray[np.float64]:
    return np.asarray(counts * 1e6 / whole) if whole > 0 else np.zeros(len(counts))
