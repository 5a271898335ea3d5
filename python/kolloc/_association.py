"""How strongly the terms of each pair attract each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import (
    _association_beyond,
    _check,
    _interop,
    _measures,
    _native,
    _pair_bootstrap,
    _pair_documents,
    _resampled,
)
from kolloc._association_beyond import BEYOND
from kolloc._progress import Progress
from kolloc._significance import ADJUSTMENTS, adjust_p, log_p_of_chi2, p_columns
from kolloc._undefined import warn_of_undefined
from kolloc.bootstrap import Bootstrap

__all__ = ["EFFECTS", "MEASURES", "TESTS", "Association", "scores"]

MEASURES: tuple[str, ...] = tuple(name for name, _ in _native.association_measures())
"""Names of all association measures."""

TESTS: tuple[str, ...] = tuple(name for name, is_test in _native.association_measures() if is_test)
"""Measures that grow with the evidence for an association, of whatever strength."""

EFFECTS: tuple[str, ...] = tuple(name for name in MEASURES if name not in TESTS)
"""Measures of how strong an association is."""

_USUAL = ("log_dice", "mi", "delta_p_2_given_1", "delta_p_1_given_2", "g2")
_P_TESTS = ("g2", "chi2", "chi2_yates", "g2_yates", "g2_williams", "chi2_williams", "fisher")
_WHY = "no value for some tables, see the formula"

_Arrays = Iterable[NDArray[np.float64]]


def scores(names: Iterable[str], tables: _Arrays) -> dict[str, NDArray[np.float64]]:
    """Return the values of measures for tables, given as o11, r1, c1, n.

    Examples
    --------
    >>> scores(["mi"], [np.array([value]) for value in (4.0, 8.0, 8.0, 64.0)])
    {'mi': array([2.])}
    """
    o11, r1, c1, n = tables
    return {name: _native.association(name, o11, r1, c1, n) for name in names}


class Association:
    """A table of pairs with the margins of a sampling model."""

    __slots__ = ()

    _native: _native.Cooccurrence
    _options: dict[str, Any]
    _frame: Any | None
    _counted: _pair_documents.Counted | None

    def association(
        self,
        measures: str | Iterable[str] = _USUAL,
        *,
        min_count: float = 0,
        min_df: float = 0,
        top: int | None = None,
        sort_by: str = "log_dice",
        test: str = "g2",
        adjust: str = "bh",
        bootstrap: Bootstrap | None = None,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return pairs of terms with measures of their association, the strongest first.

        Of f observed, E = R1 C1 / N expected, margins R1 (term 1) and C1 (term 2) and sample size N, all of one
        sampling model (see `Tokens.cooccurrence`), o12 = R1 - f, o21 = C1 - f, o22 = N - R1 - C1 + f.

        Parameters
        ----------
        measures : str or iterable of str
            Columns, ``"all"`` for every measure of `kolloc.cooccurrence.MEASURES` and the two below. Effect sizes:
            ``mi`` log2(f/E), ``mi2`` and ``mi3`` log2(f^k/E), ``local_mi`` f mi, ``mi_log_f`` mi ln(f+1),
            ``average_mi`` g2/(2N ln 2), ``npmi``, ``log_dice`` 14 + log2(2f/(R1+C1)), ``dice``, ``jaccard``,
            ``min_sens``, ``gmean`` f/√(R1 C1), ``log_ratio``, ``relative_risk``, ``odds_ratio``, ``log_odds``, ``phi2``
            chi2/N, ``mu`` f/E, ``mutual_expectation`` (f/N) dice and ``mutual_expectation_count`` f dice, ``lfmd``;
            directional ``delta_p_2_given_1`` f/R1 - o21/(N-R1), ``cond_p_2_given_1`` f/R1 and both the other way round.
            Tests, positive for attraction and negative for repulsion: ``g2`` and ``chi2``, also ``_yates`` and
            ``_williams``, ``fisher`` (-log10 p), ``simple_ll``, ``z``, ``z_yates``, ``t``, ``poisson_stirling``. They
            follow effect sizes, and are left out of tables that sum weights of distances.

            Two measures need more than the table and come last: ``gensim_default``, (f - `min_count`) V / (R1 C1) with
            V the number of terms of the table (Mikolov et al. 2013); and ``z_span``, (f - E) / √(E (1 - p)) with
            p = c / (N - r), E = p r S, where r and c are the tokens of term 1 and term 2, N all tokens and S the
            positions around each (Berry-Rogghe 1973), a test of pairs in a window without weights.

            ``df``, the number of documents with the pair in the context that was counted, and ``dp``, the deviation of
            proportions of its counts over the documents by their tokens, from 0, which is even, towards 1 (Gries 2008,
            doi:10.1075/ijcl.13.4.02gri), need another look at the text, of which each pair asked for costs the windows
            of its rarer word; ``"all"`` leaves them out.
        min_count : float, default 0
            Smallest count. What is left are the candidates, the tests that are made.
        min_df : float, default 0
            Smallest number of documents with the pair; pairs with fewer are no candidates. ``df`` is then a column.
        top : int, optional
            Number of pairs; all by default. ``q`` is that of all candidates.
        sort_by : str, default "log_dice"
            Measure that decides the order, falling, undefined values last; ties by falling count, then by row and
            column of the table.
        test : {"g2", "chi2", "chi2_yates", "g2_yates", "g2_williams", "chi2_williams", "fisher"}, default "g2"
            What p-values are of, two-sided: the χ² distribution with one degree of freedom, or Fisher's exact test.
        adjust : {"bonferroni", "holm", "bh", "by"}, default "bh"
            How ``q`` adjusts p for the number of candidates, see `adjust_p`.
        bootstrap : Bootstrap, optional
            How documents are drawn again for standard errors and intervals of the effect sizes: in each replicate
            observed count, margins and sample size are the sums over the documents drawn. Only of the pairs listed:
            with `top` of as many. Not of tables that sum weights of distances.
        n_threads, progress
            As in `Corpus.tokens`, with ``df``, ``dp``, `min_df` or `bootstrap` only; pairs. The result is the same for
            any number of threads.

        Returns
        -------
        frame
            ``term_1``, ``term_2``, ``observed`` and ``expected`` (float64, in the unit of the sampling model), ``df``
            (int64) and ``dp`` if asked for, effect sizes, tests, ``p``, ``neg_log10_p`` and ``q``. A symmetric pair
            stands once. Pairs of a text are not independent draws: read p and q as an order of evidence. Where
            documents or distances have weights there is no p and q. Where documents have weights (`Tokens.weigh`),
            ``df`` is the sum of the weights of the documents (float64), and ``dp`` that of weighted counts and tokens.

            With `bootstrap` each effect size is followed by the columns that `Bootstrap` lists, with ``m_p_boot`` where
            0 is the value of independent words (``mi``, ``local_mi``, ``mi_log_f``, ``npmi``, ``log_ratio``,
            ``log_odds``, both ``delta_p``). Documents that count less there (`Bootstrap.count`) count less in these
            values, not in ``observed``, tests, and the order of the pairs. Replicates without the pair have no
            logarithm: a pair in few documents has no interval, which is as it should be.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed, or documents are asked for of a table that was pickled.

        Warns
        -----
        UndefinedWarning, ResamplingWarning
            If a measure has no value (NaN) for some pairs, or there is little to draw from.

        Examples
        --------
        >>> import kolloc
        >>> corpus = kolloc.Corpus(["peace talks fail", "peace talks resume", "trade talks"])
        >>> table = corpus.tokens().cooccurrence(window=2)
        >>> frame = table.association(["log_dice", "mi"], top=2)
        >>> print(frame[["term_1", "term_2", "observed", "log_dice", "mi"]].round(3))
          term_1 term_2  observed  log_dice     mi
        0  talks  peace       2.0    12.830  0.485
        1  talks  trade       1.0    12.415  1.485
        >>> print(table.association(["df", "dp"], min_df=2)[["term_1", "term_2", "df", "dp"]])
          term_1 term_2  df    dp
        0  talks  peace   2  0.25
        >>> many = kolloc.Corpus(["peace talks resume"] * 9 + ["trade talks"] * 9 + ["peace at last"] * 3).tokens()
        >>> frame = many.cooccurrence().association("npmi", top=2, bootstrap=kolloc.Bootstrap(500))
        >>> print(frame[["term_1", "term_2", "npmi", "npmi_low", "npmi_high"]].round(2))
          term_1 term_2  npmi  npmi_low  npmi_high
        0  talks  trade  0.52      0.39       0.68
        1     at   last  0.59      0.49       0.69
        """
        _check.one_of("sort_by", sort_by, MEASURES)
        _check.one_of("test", test, _P_TESTS)
        _check.one_of("adjust", adjust, ADJUSTMENTS)
        if bootstrap is not None:
            _resampled.checked(bootstrap)
            _pair_bootstrap.refuse_distances(self._options["count"])
        top = None if top is None else _check.integer("top", top)
        names, beyond, beside = self._wanted(measures, _check.number("min_df", min_df) > 0)
        rows, columns, cells = self._native.edges(_check.number("min_count", min_count), None)
        documents: dict[str, NDArray[Any]] = {}
        if min_df > 0:
            documents = self._documents(cells, beside, n_threads, progress)
            kept = documents["df"] >= min_df
            rows, columns, cells = rows[kept], columns[kept], cells[kept]
            documents = {name: values[kept] for name, values in documents.items()}
        tables = self._native.tables(cells)
        found = self._scores(["observed", "expected", *names], tables)
        for name in beyond:
            options = self._options, _check.number("min_count", min_count)
            found[name] = _association_beyond.values(name, self._native, (rows, columns), list(tables), *options)
        key = found[sort_by] if sort_by in found else scores([sort_by], tables)[sort_by]
        # Pairs come by falling count, row and column, which a stable sort keeps among equals.
        order = np.argsort(np.where(np.isnan(key), np.inf, -key), kind="stable")[:top]
        if self._native.data.dtype != np.float64:
            found |= _significance(test, found.get(test), tables, adjust)
        shown = {name: values[order] for name, values in documents.items()}
        shown = shown or self._documents(cells[order], beside, n_threads, progress)
        warn_of_undefined(found | shown, dict.fromkeys(found, _WHY) | _pair_documents.WHY)
        pairs = {
            "term_1": self._terms_of(self._native.row_terms[rows[order]]),
            "term_2": self._terms_of(self._native.terms[columns[order]]),
        }
        values = {name: values[order] for name, values in found.items()}
        counts = {name: values.pop(name) for name in ("observed", "expected")}
        if bootstrap is not None:
            drawn = _pair_bootstrap.fields(
                self._native,
                _pair_documents.counted(self._counted),
                self._frame,
                cells[order],
                [name for name in values if name in EFFECTS],
                bootstrap,
                n_threads,
                progress,
            )
            values = _pair_bootstrap.with_columns(values, drawn)
        return _interop.frame_like(self._frame, pairs | counts | shown | values)

    def _wanted(self, measures: str | Iterable[str], needs_df: bool) -> tuple[list[str], list[str], list[str]]:
        """Return the names of measures of tables, effect sizes first, of others, and of what documents tell."""
        known = (*MEASURES, *BEYOND)
        names = _measures.chosen(measures, known if measures == "all" else (*known, *_pair_documents.NAMES))
        beyond = [name for name in BEYOND if name in names]
        weighted = self._native.frequencies.dtype == np.float64
        beyond = _association_beyond.had(beyond, self._options, weighted=weighted, everything=measures == "all")
        ordered = [*(name for name in names if name in EFFECTS), *(name for name in names if name in TESTS)]
        documents = [name for name in _pair_documents.NAMES if name in names or (name == "df" and needs_df)]
        return ordered, beyond, documents

    def _documents(
        self, cells: NDArray[np.uint64], names: list[str], n_threads: int | None, progress: Progress
    ) -> dict[str, NDArray[Any]]:
        return _pair_documents.columns(self._native, self._counted, cells, names, n_threads, progress)

    def _scores(self, names: Iterable[str], tables: _Arrays) -> dict[str, NDArray[np.float64]]:
        """Return measures, without tests where distances have weights."""
        weighted = self._options["count"] == "weighted"
        return scores([name for name in names if not (weighted and name in TESTS)], tables)

    def _terms_of(self, ids: NDArray[np.uint32]) -> list[str]:
        raise NotImplementedError


def _significance(
    test: str, statistic: NDArray[np.float64] | None, tables: _Arrays, adjust: str
) -> dict[str, NDArray[np.float64]]:
    if statistic is None:
        statistic = scores([test], tables)[test]
    log_p = -np.abs(statistic) * np.log(10.0) if test == "fisher" else log_p_of_chi2(statistic)
    found = p_columns(log_p)
    return {**found, "q": adjust_p(found["p"], adjust)}
