"""What a search did and could not do: counts of what became of candidates, losses, and expected misses."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from kolloc import _check, _interop, _misses, _repr, _tables
from kolloc._dates import NO_DATE
from kolloc._searched import NO_SOURCE, Searched

__all__ = ["Report", "Reported"]

_CONTAINMENTS = tuple(tenths / 10 for tenths in range(1, 10))
_WORDS = (20, 30, 50, 100, 200, 400)

# Keys of the counts, and how they are told.
_LINES = {
    "documents": "documents",
    "bodies": "different texts",
    "without_fingerprint": "documents too short for a fingerprint",
    "without_date": "documents without a date",
    "without_source": "documents without a source",
    "common_fingerprints": "fingerprints in too many texts",
    "saturated_bodies": "texts mostly made of these",
    "met": "pairs of texts that share a fingerprint",
    "candidates": "pairs that were compared",
    "too_few_shared": "rejected: too few shared fingerprints",
    "below_floor": "rejected: too few shared triples",
    "verified": "pairs of texts kept",
    "pairs": "pairs of documents listed",
    "pairs_left_out": "pairs of documents left out",
    "clusters": "clusters",
    "components_split": "components split for lack of cohesion",
}


class Report:
    """What a search for duplicates did, and what it is expected to miss.

    Made by `Duplicates.report`.
    """

    __slots__ = ("_counts", "_frame", "_misses")

    def __init__(self, counts: dict[str, int | None], misses: dict[int, dict[float, float]], frame: Any | None) -> None:
        self._counts = counts
        self._misses = misses
        self._frame = frame

    @property
    def misses(self) -> Any:
        """Expected misses as a new frame of the caller's kind: ``words``, ``containment``, ``probability``."""
        rows = [(words, *point) for words, points in self._misses.items() for point in points.items()]
        words, containment, probability = zip(*rows, strict=True)
        columns = {"words": words, "containment": containment, "probability": probability}
        return _interop.frame_like(self._frame, {name: np.array(values) for name, values in columns.items()})

    def to_dict(self) -> dict[str, Any]:
        """Return everything as a new dict fit for JSON: the counts, and ``expected_misses`` as a list of dicts."""
        misses = [
            {"words": words, "containment": containment, "probability": probability}
            for words, points in self._misses.items()
            for containment, probability in points.items()
        ]
        return {**self._counts, "expected_misses": misses}

    def __repr__(self) -> str:
        told = [(line, number) for line, number in self._told()]
        header, rows = self._table()
        return "\n".join(
            [
                "<Report on a search for duplicates>",
                *_tables.aligned(["", ""], told, indent="").split("\n")[1:],
                f"probability of a miss, {_MEANING}:",
                _tables.aligned(header, rows, indent=""),
            ]
        )

    def _repr_html_(self) -> str:
        counts = _repr.html_table(["", ""], [(line, f"{number:,}") for line, number in self._told()])
        header, rows = self._table()
        misses = _repr.html_table(header, rows)
        caption = escape(f"Probability of a miss, {_MEANING}:")
        return f"<div><p><strong>Report on a search for duplicates</strong></p>{counts}<p>{caption}</p>{misses}</div>"

    def _told(self) -> list[tuple[str, int]]:
        return [(line, count) for key, line in _LINES.items() if (count := self._counts[key]) is not None]

    def _table(self) -> tuple[list[str], list[list[str]]]:
        containments = next(iter(self._misses.values()), {})
        header = ["words", *(f"{containment:g}" for containment in containments)]
        return header, [[f"{n:,}", *map(_percent, points.values())] for n, points in self._misses.items()]


_MEANING = "by words of the text and share of its triples that stay"


def _percent(share: float) -> str:
    return "<0.1%" if 0 < share < 0.001 else f"{share:.1%}"


class Reported(Searched):
    """The report on a search."""

    __slots__ = ()

    def report(self, *, words: Sequence[int] = _WORDS, containments: Sequence[float] = _CONTAINMENTS) -> Report:
        """Return what became of candidates, what was left out, and what the search is expected to miss.

        Parameters
        ----------
        words : sequence of int
            Lengths of texts for which misses are expected.
        containments : sequence of float
            Shares of a text's triples in the other text for which misses are expected.

        Returns
        -------
        Report
            Shows itself; ``to_dict()`` has the keys ``documents``; ``bodies`` (different texts, compared once each);
            ``without_fingerprint`` (documents of fewer than `shingle` words, related only to documents with the same
            letters); ``without_date`` and ``without_source`` (``None`` if the search had no such column);
            ``common_fingerprints`` (in more than `max_df` texts) and ``saturated_bodies`` (more than half of their
            fingerprints are common; compared with a few anchors only); ``met`` (pairs of texts that share a
            fingerprint); ``candidates`` (those that share enough of them, and that `window` and `group` admit);
            ``too_few_shared`` and ``below_floor`` (candidates rejected before and after their triples were counted);
            ``verified`` (pairs of texts kept); ``pairs`` and ``pairs_left_out`` (pairs of documents listed, and those
            not listed because two texts are printed very often; each document is listed with its nearest prints by
            date); ``clusters``; ``components_split``; ``expected_misses``. ``misses`` is a frame of the last.

        Raises
        ------
        ParameterError
            If a length or a share is not allowed.

        Notes ----- A miss is a pair that shares fewer than two fingerprints (one where the texts are `short`), if each
        word of one text is changed in the other independently of the rest, neither has common fingerprints, and both
        are equally long. Changes that stand together leave longer runs and are missed less often: a run of `shingle` +
        `winnow` − 1 words always gives one fingerprint, and short texts keep all of theirs. The probability is computed
        from the order of hashes in windows: of a run of m shared k-grams the smallest is a fingerprint in both texts
        with probability E[(v^t (1 + t(1 − v)))²], where v is the largest of m uniform numbers and t = max(winnow − m,
        0). Winnowing: Schleimer, Wilkerson & Aiken, SIGMOD 2003.

        Examples
        --------
        >>> import kolloc
        >>> story = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> report = kolloc.Corpus([story, story.upper(), "Short news"]).duplicates().report(words=[100, 200])
        >>> {key: report.to_dict()[key] for key in ("documents", "bodies", "without_fingerprint", "pairs")}
        {'documents': 3, 'bodies': 2, 'without_fingerprint': 1, 'pairs': 1}
        >>> report.misses.query("containment == 0.2").round(3)
            words  containment  probability
        1     100          0.2        0.152
        10    200          0.2        0.010
        """
        lengths = [_check.integer("words", n, at_least=1, at_most=100_000) for n in words]
        shares = [_check.share("containments", share) for share in containments]
        misses = {n: {share: self._expected_miss(share, n) for share in shares} for n in lengths}
        return Report(self._counts(), misses, self._metadata)

    def _counts(self) -> dict[str, int | None]:
        tally = self._native.tally()
        shingle = self._options.parameters["shingle"]
        return {
            "documents": len(self._names),
            "bodies": tally["bodies"],
            "without_fingerprint": int((self._native.n_units() < shingle).sum()),
            "without_date": None if self._dates is None else int((self._dates == NO_DATE).sum()),
            "without_source": None if self._sources is None else int((self._sources == NO_SOURCE).sum()),
            "common_fingerprints": tally["common_fingerprints"],
            "saturated_bodies": tally["saturated_bodies"],
            "met": tally["pairs_met"],
            "candidates": tally["candidates"],
            "too_few_shared": tally["unlike"],
            "below_floor": tally["below_floor"],
            "verified": tally["verified"],
            "pairs": self._native.n_pairs,
            "pairs_left_out": tally["pairs_left_out"],
            "clusters": len(self._native.clusters()[1]),
            "components_split": tally["components_split"],
        }

    def _expected_miss(self, containment: float, words: int) -> float:
        options = self._options.parameters
        winnow = 1 if words < self._native.FULLY_SAMPLED else options["winnow"]
        needed = 1 if words < options["short"] else 2
        return _misses.fewer_than(needed, containment, words, shingle=options["shingle"], winnow=winnow)
