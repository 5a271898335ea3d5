"""Entropy of documents and terms, and the words that make the difference between two texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _native, _pair_search, _rows
from kolloc._cells import Cells
from kolloc._matrix import Matrix
from kolloc._undefined import warn_of_undefined
from kolloc.exceptions import ParameterError

__all__ = ["WordShift"]

_KINDS = _native.pair_measures()[3]
_Float = NDArray[np.float64]


class WordShift(Matrix):
    """Counts whose shares are compared."""

    __slots__ = ()

    def entropy(
        self, axis: str = "documents", *, base: float = 2, normalized: bool = False, miller_madow: bool = False
    ) -> Any:
        """Return the entropy -Σ p log p of each document (or group) over terms, or of each term over documents.

        Parameters
        ----------
        axis : {"documents", "terms"}, default "documents"
            Whose entropy.
        base : float, default 2
            Base of log: 2 gives bits.
        normalized : bool, default False
            Divide by log V, V the number of distinct terms of the document (documents of the term): 0 to 1, NaN for
            V = 1.
        miller_madow : bool, default False
            Add (V - 1)/(2N) nats, N the number of tokens, for what a sample does not show.

        Returns
        -------
        frame
            ``document`` (``term``) and ``entropy`` (float64, in units of the base, at least 0), in order. An empty
            document has NaN. Where documents have weights, shares are of weighted counts.

        References
        ----------
        Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x; Miller (1955).

        Examples
        --------
        >>> import kolloc
        >>> print(kolloc.Corpus(["peace talks", "talks on talks"]).tokens().dtm().entropy().round(3))
          document  entropy
        0        0    1.000
        1        1    0.918
        """
        _check.one_of("axis", axis, ("documents", "terms"))
        cells = Cells.of(self._native)
        labels = list(self._names) if axis == "documents" else self.terms
        rows = cells if axis == "documents" else _pair_search.transposed(cells)
        base = _check.number("base", base)
        values = _native.row_entropies(rows.arrays, rows.n_columns, base, bool(normalized), bool(miller_madow))
        why = "without tokens, or with one distinct value where divided by log V" if normalized else "without tokens"
        warn_of_undefined({"entropy": values}, why)
        return _interop.frame_like(self._metadata, {axis.removesuffix("s"): labels, "entropy": values})

    def word_shift(
        self,
        target: Any,
        reference: Any = None,
        *,
        by: str | None = None,
        kind: str = "proportion",
        scores: Mapping[str, float] | None = None,
        reference_scores: Mapping[str, float] | None = None,
        reference_score: float = 0,
        base: float = 2,
        totals: str = "matrix",
        n: int | None = None,
    ) -> Any:
        """Return what each word adds to the difference of a target from a reference.

        Write p2 and p1 for the share of a word in the target and in the reference, m = ½(p1 + p2).

        Parameters
        ----------
        target : value, list of values, mask or expression
            With `by`, one or several values of that column; without, the documents as in `filter`.
        reference : as target, optional
            All other documents by default.
        by : str, optional
            Metadata column.
        kind : str, default "proportion"
            ``proportion`` p2 - p1; ``entropy`` -p2 log p2 + p1 log p1; ``jsd`` -m log m + ½(p1 log p1 + p2 log p2),
            which sums to the Jensen-Shannon divergence; ``kld`` p2 log(p2/p1), inf where p1 = 0 < p2;
            ``weighted_average`` (p2 - p1)(½(s1 + s2) - reference_score) + (s2 - s1)·½(p1 + p2), which sums to the
            difference of the mean scores if p1 and p2 sum to 1.
        scores, reference_scores : mapping of str to float, optional
            ``weighted_average``: scores s2 of words in the target and s1 in the reference (the same by default). Words
            without a score are left out before shares are taken.
        reference_score : float, default 0
            ``weighted_average``: the score of a word that makes no difference.
        base : float, default 2
            Base of log: 2 gives bits.
        totals : {"matrix", "corpus"}, default "matrix"
            Whether shares are of the tokens that have a column (and a score), or of all.
        n : int, optional
            Number of words; all by default.

        Returns
        -------
        frame
            ``term``, ``target`` (p2), ``reference`` (p1), ``shift``: words of either text, the largest absolute shift
            first, ties by column; infinite ones come before all others. Positive shifts raise the value of the target.

        Raises
        ------
        ParameterError
            If target or reference have no tokens, or documents in common.

        References
        ----------
        Gallagher et al. (2021), doi:10.1140/epjds/s13688-021-00260-3.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["peace talks", "trade talks talks"], "outlet": ["Post", "Herald"]})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> print(dtm.word_shift("Herald", by="outlet").round(3))
            term  target  reference  shift
        0  peace   0.000        0.5 -0.500
        1  trade   0.333        0.0  0.333
        2  talks   0.667        0.5  0.167
        """
        _check.one_of("kind", kind, _KINDS)
        _check.one_of("totals", totals, ("matrix", "corpus"))
        first, second = self._two_texts(target, reference, by)
        cells = Cells.of(self._native)
        counts = [_summed(cells, rows) for rows in (first, second)]
        scored = np.ones(self.n_terms, dtype=bool)
        s2 = s1 = np.zeros(self.n_terms)
        if kind == "weighted_average":
            if scores is None:
                message = "scores must be given for kind='weighted_average', got None"
                raise ParameterError(message, parameter="scores", value=None)
            s2, s1 = (_by_term(self.terms, each) for each in (scores, reference_scores or scores))
            scored = ~(np.isnan(s1) | np.isnan(s2))
        lengths = [float(self._doc_lengths[rows].sum()) for rows in (first, second)]
        sizes = [count[scored].sum() for count in counts] if totals == "matrix" else lengths
        for name, size in zip(("target", "reference"), sizes, strict=True):
            if size <= 0:
                raise ParameterError(f"{name} must have tokens, got none", parameter=name, value=None)
        kept = np.flatnonzero(scored & ((counts[0] > 0) | (counts[1] > 0)))
        p2, p1 = (count[kept] / size for count, size in zip(counts, sizes, strict=True))
        score = _check.number("reference_score", reference_score)
        shift = _native.word_shift(kind, p1, p2, s1[kept], s2[kept], score, _check.number("base", base))
        order = np.argsort(-np.abs(shift), kind="stable")[: None if n is None else _check.integer("n", n)]
        terms = self.terms
        found = {
            "term": [terms[column] for column in kept[order].tolist()],
            "target": p2[order],
            "reference": p1[order],
            "shift": shift[order],
        }
        return _interop.frame_like(self._metadata, found)

    def _two_texts(self, target: Any, reference: Any, by: str | None) -> tuple[_rows.Rows, _rows.Rows]:
        first = self._rows_of("target", target, by)
        if reference is None:
            return first, np.setdiff1d(np.arange(self.n_docs, dtype=np.uint32), first)
        second = self._rows_of("reference", reference, by)
        common = np.intersect1d(first, second)
        if len(common):
            message = f"reference must have no document of the target, but both have {self._names[int(common[0])]!r}"
            raise ParameterError(message, parameter="reference", value=reference)
        return first, second

    def _rows_of(self, parameter: str, wanted: Any, by: str | None) -> _rows.Rows:
        if by is None:
            return _rows.selected(self._metadata, wanted, self.n_docs)
        _check.column("by", by, _interop.columns(self._metadata))
        values = wanted if isinstance(wanted, list | tuple | set | frozenset) else [wanted]
        present = dict.fromkeys(_interop.column_values(self._metadata, by))
        unknown = next((value for value in values if value not in present), None)
        if unknown is not None:
            hint = _check.did_you_mean(unknown, [str(value) for value in present])
            message = f"{parameter} must be among the values of {by!r}, got {unknown!r}{hint}"
            raise ParameterError(message, parameter=parameter, value=unknown)
        return _rows.from_values(self._metadata, by, list(values))


def _summed(cells: Cells, rows: _rows.Rows) -> _Float:
    part = cells.take(rows.astype(np.int64))
    sums = np.bincount(part.indices, weights=part.data, minlength=cells.n_columns)
    return sums.astype(np.float64, copy=False)


def _by_term(terms: list[str], scores: Mapping[str, float]) -> _Float:
    return np.array([scores.get(term, np.nan) for term in terms], dtype=np.float64)
