"""Samples of pairs to be judged by hand, stratified by relation and score."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _judgements
from kolloc._searched import RELATIONS, Columns, Searched
from kolloc._warn import warn
from kolloc.exceptions import SmallSampleWarning

__all__ = ["SCORES", "Audited"]

SCORES = ("score", "jaccard", "containment")
_BANDS = 10
_EXCERPT = 400
_AROUND = 60

Integers = NDArray[np.int64]


class Audited(Searched):
    """Samples of pairs, and what their judgements say."""

    __slots__ = ()

    def audit_sample(self, n: int = 200, *, by: str = "score", seed: int = 0) -> Any:
        """Return a sample of pairs to be judged by hand, from every relation and every band of scores.

        Parameters
        ----------
        n : int, default 200
            Number of pairs; all pairs if there are no more.
        by : {"score", "jaccard", "containment"}, default "score"
            What the bands are made of, a tenth each: the number that the rule of the relation looks at (Jaccard for
            exact, same_text and near; for revised the smaller of the two containments; for others the containment of
            the smaller text), Jaccard, or the containment of the smaller text.
        seed : int, default 0
            The same seed gives the same sample.

        Returns
        -------
        frame
            A new frame of the caller's kind, in random order. ``document_a``, ``document_b``, ``relation``: as in
            `pairs`. ``band``: such as ``0.7-0.8``, the lower bound included; 1 belongs to the last one. ``score``: what
            the band is of. ``stratum_size``: pairs of this relation and band. ``weight``: pairs that this one stands
            for. ``excerpt_a``, ``excerpt_b``: the longest shared span in either text, with some text around it.
            ``judgement``: empty, to be filled in with yes or no; see `audit_precision`.

        Raises
        ------
        ParameterError
            If `n` is smaller than 1, or `by` is none of these.

        Warns
        -----
        SmallSampleWarning
            If there are more strata than `n`.

        Notes
        -----
        Every stratum gets the same number of pairs as far as it has them, so that rare kinds can be judged; the weights
        undo that. If `n` is smaller than the number of strata, the `n` largest ones get one pair each (of equal size
        those of the earlier relation and lower band): the most of all pairs that `n` can stand for. Weights then add up
        to the pairs of these strata, and `audit_precision` speaks of them alone.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> duplicates = kolloc.Corpus({"a": story, "b": story, "c": story.upper(), "d": story + "!"}).duplicates()
        >>> sample = duplicates.audit_sample(3)
        >>> sorted(zip(sample["relation"], sample["band"], sample["stratum_size"], sample["weight"]))
        [('exact', '0.9-1.0', 1, 1.0), ('same_text', '0.9-1.0', 5, 2.5), ('same_text', '0.9-1.0', 5, 2.5)]
        """
        n = _check.integer("n", n, at_least=1)
        _check.one_of("by", by, SCORES)
        seed = _check.integer("seed", seed)
        columns = self._measured()
        part, whole = _score(columns, by)
        band = np.minimum(_BANDS * part // whole, _BANDS - 1)
        drawn = _drawn(columns["relation"].astype(np.int64) * _BANDS + band, n, seed)
        pairs = drawn.pairs
        excerpts = self._excerpts(columns["a"][pairs], columns["b"][pairs])
        names = list(self._names)
        bands = [f"{lower / _BANDS:.1f}-{(lower + 1) / _BANDS:.1f}" for lower in range(_BANDS)]
        return _interop.coded_frame(
            self._metadata,
            {
                "document_a": (columns["a"][pairs], names),
                "document_b": (columns["b"][pairs], names),
                "relation": (columns["relation"][pairs], list(RELATIONS)),
                "band": (band[pairs], bands),
            },
            {
                "score": (part / whole)[pairs],
                "stratum_size": drawn.sizes,
                "weight": drawn.sizes / drawn.taken,
                "excerpt_a": excerpts[0],
                "excerpt_b": excerpts[1],
                "judgement": [""] * len(pairs),
            },
        )

    @staticmethod
    def audit_precision(sample: Any, *, confidence: float = 0.95) -> Any:
        """Return which share of the pairs of each relation is right, judged from a sample.

        Parameters
        ----------
        sample : frame
            What `audit_sample` returned, with ``judgement`` filled in: yes or no (also true and false, right and wrong,
            1 and 0); rows without a judgement are left out.
        confidence : float, default 0.95
            Confidence of the interval.

        Returns
        -------
        frame
            A new frame of the same kind, a row for each relation and one for ``all``. ``relation``; ``judged`` and
            ``right``: rows; ``precision``: weighted share; ``lower``, ``upper``: its interval; ``covered``: share of
            the pairs that are in strata with a judgement. NaN where nothing was judged.

        Raises
        ------
        ParameterError
            If a judgement is neither yes nor no, or a column is missing.

        Notes
        -----
        A judged pair stands for size / judged pairs of its stratum. The interval is Wilson's (JASA 1927) with Kish's
        effective sample size (Σw)² / Σw² in the place of n; with equal weights it is Wilson's own. It takes no account
        of how many pairs there are, so that it is wide if most of them were judged.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> sample = kolloc.Corpus([story, story.upper(), story + "!"]).duplicates().audit_sample(3)
        >>> sample["judgement"] = ["yes", "yes", "no"]
        >>> kolloc.Duplicates.audit_precision(sample).round(2)
            relation  judged  right  precision  lower  upper  covered
        0  same_text       3      2       0.67   0.21   0.94      1.0
        1        all       3      2       0.67   0.21   0.94      1.0
        """
        return _judgements.precision(sample, RELATIONS, _check.share("confidence", confidence))

    def _excerpts(self, a: NDArray[np.uint32], b: NDArray[np.uint32]) -> tuple[list[str], list[str]]:
        """Return the longest shared span of each pair in either text; the start of the texts if there is none."""
        spans = self._spans_of(a, b, None)
        order = np.lexsort((-spans["units"].astype(np.int64), spans["pair"]))
        _, first = np.unique(spans["pair"][order], return_index=True)
        longest = dict(zip(spans["pair"][order][first].tolist(), order[first].tolist(), strict=True))
        found: tuple[list[str], list[str]] = ([], [])
        for side, (rows, name) in enumerate(((a, "a"), (b, "b"))):
            for pair, row in enumerate(rows.tolist()):
                start, end = (0, 0)
                if pair in longest:
                    start, end = (int(spans[f"char_{at}_{name}"][longest[pair]]) for at in ("start", "end"))
                found[side].append(_excerpt(self._documents.text(row), start, end))
        return found


class _Drawn(NamedTuple):
    """Pairs that were drawn, the size of their strata, and how many were drawn from them."""

    pairs: Integers
    sizes: Integers
    taken: Integers


def _score(columns: Columns, by: str) -> tuple[Integers, Integers]:
    """Return the score of each pair as a fraction; texts without triples are related by all they have."""
    shared, size_a, size_b = (columns[name].astype(np.int64) for name in ("shared", "size_a", "size_b"))
    union, smaller, larger = size_a + size_b - shared, np.minimum(size_a, size_b), np.maximum(size_a, size_b)
    relation = columns["relation"]
    if by == "jaccard":
        whole = union
    elif by == "containment":
        whole = smaller
    else:
        wholes = {"exact": union, "same_text": union, "near": union, "revised": larger}
        whole = np.select(
            [relation == RELATIONS.index(name) for name in wholes], list(wholes.values()), default=smaller
        )
    return np.where(union == 0, 1, shared), np.maximum(whole, 1)


def _drawn(strata: Integers, n: int, seed: int) -> _Drawn:
    present, stratum, sizes = np.unique(strata, return_inverse=True, return_counts=True)
    keys = np.random.default_rng(seed).random(len(strata))
    order = np.lexsort((keys, stratum))
    place = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    taken = _allocated(sizes, n)
    if n < len(present):
        left_out = sizes[taken == 0]
        warn(
            f"n={n} is smaller than the number of strata, {len(present)}: {len(left_out)} of them, with "
            f"{left_out.sum():,} of {len(strata):,} pairs, are not in the sample",
            SmallSampleWarning,
        )
    pairs = order[place < taken[stratum[order]]]
    pairs = pairs[np.argsort(keys[pairs], kind="stable")]
    return _Drawn(pairs, sizes[stratum[pairs]], taken[stratum[pairs]])


def _allocated(sizes: Integers, n: int) -> Integers:
    """Return how many of each stratum to take: equal numbers as far as they go, the rest from the largest."""
    taken = np.zeros_like(sizes)
    rest = min(n, int(sizes.sum()))
    while rest:
        left = sizes - taken
        share = rest // int((left > 0).sum())
        if share:
            more = np.minimum(left, share)
        else:
            more = np.zeros_like(sizes)
            more[np.argsort(-left, kind="stable")[:rest]] = 1
        taken += more
        rest -= int(more.sum())
    return taken


def _excerpt(text: str, start: int, end: int) -> str:
    """Return a span with some text around it, at most so much of it."""
    end = min(max(end, start), start + _EXCERPT)
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
