"""What sets documents apart from others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _measures, _native
from kolloc import _keyness_groups as _groups
from kolloc import _keyness_measures as _table
from kolloc import _keyness_sides as _several
from kolloc._frequency_list import FrequencyList
from kolloc._keyness_drawn import Drawing
from kolloc._matrix import Matrix
from kolloc._progress import Progress
from kolloc._resampled import checked_prints
from kolloc._significance import ADJUSTMENTS
from kolloc._undefined import warn_of_undefined
from kolloc._weighted_counts import WeightedCounts
from kolloc.bootstrap import Bootstrap
from kolloc.exceptions import ParameterError

__all__ = ["Keyness"]

_NEED_DOCUMENTS = ("kld_dispersion", "zeta", "zeta_eder")
_NEED_WHOLE = ("fisher", "odds_ratio_cmle", "mann_whitney")
# Words that are called first where the caller does not say how many.
_TOP = 20
_STATISTICS = {"dp": "dp", "kld_dispersion": "kld_norm", "mann_whitney": "ranks"}


class Keyness(Matrix):
    """Counts that tell what sets some documents apart."""

    __slots__ = ()

    def keyness(
        self,
        target: Any = None,
        *,
        by: str | None = None,
        date: str | None = None,
        every: str | timedelta = "month",
        reference: Any = None,
        reference_total: float | None = None,
        measures: str | Iterable[str] = _table.USUAL,
        test: str = "g2",
        correction: str | None = None,
        count: str = "tokens",
        totals: str = "matrix",
        zero: str | None = None,
        confidence: float = 0.95,
        simultaneous: bool = True,
        adjust: str = "bh",
        simple_maths_n: float = 1.0,
        lock: float = 0.5,
        relevance_lambda: float = 0.6,
        prior: str = "informative",
        prior_strength: float | None = None,
        background: Any = None,
        variance: str = "two_term",
        min_count: float = 0,
        sort_by: str | None = None,
        n: int | None = None,
        bootstrap: Bootstrap | None = None,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return how much more or less often each word occurs in a target than in a reference.

        A word occurs a times in the N1 tokens of the target and b times in the N2 tokens of the reference; p1 = a / N1,
        p2 = b / N2, N = N1 + N2, E = (a + b) N1 / N. Signed measures are positive where the target has more.

        Parameters
        ----------
        target : value, list of values, mask or expression, optional
            With `by`, one or several values of that column; without, the documents as in `filter`. Without either, and
            with a `reference` from elsewhere, all documents. Without `target` but with `by`, each group in turn.
        by : str, optional
            Metadata column whose values make the groups; documents without a value are a group of their own.
        date, every : str, optional
            Metadata column of dates and length of the periods, as in `over_time`: each period that has documents is a
            target in turn; `target` and `by` are then left out.
        reference : value, mask, "pairwise", "previous", "earlier", DocumentTermMatrix, mapping or frame, optional
            All other documents by default. ``"pairwise"``, with `by` alone: each group with each later one, unless a
            group has that name. With `date`: ``"previous"``, the last period before it that has documents, or
            ``"earlier"``, all periods before it; the first one then has none and is left out, as are documents without
            a date. Otherwise given as the target, or from elsewhere: another matrix, a mapping
            of words to counts, a frame with the columns ``term`` and ``count`` (or ``cf``, as `term_frequencies` has;
            ``df`` if documents are counted). Words of either side are then compared, those of this matrix first.
        reference_total : float, optional
            N2 of a reference from elsewhere; otherwise the sum of its counts.
        measures : str or iterable of str, default ("g2", "log_ratio", "lrc", "p", "q", "df", "dp")
            Columns; ``"all"`` stands for all that can be had. Tests, two-sided, natural logarithm:

            - ``g2``: 2 Σ O ln(O / E) over the four cells of the table (Dunning 1993); ``g2_2term`` over the two cells
              of the word, which many online calculators show (Rayson & Garside 2000); ``chi2``: Pearson's. All signed.
            - ``fisher``: ``fisher_p`` of Fisher's exact test, ``fisher_neg_log10_p``, and ``fisher_p_over_use``.
            - ``mann_whitney``: over the relative frequencies of the single documents (Kilgarriff 2001), documents
              without tokens left out: ``mann_whitney_u`` of the target, ``mann_whitney_z``, ``mann_whitney_p``,
              ``mann_whitney_neg_log10_p`` by the normal approximation, corrected for ties and continuity.
            - ``p``: ``p`` and ``neg_log10_p`` of `test`; ``q``: p adjusted for the number of words.
            - ``bic``: |g2| − ln N; above 0 is evidence, above 10 strong (Wilson 2013). ``ell``: |g2| / (N ln of the
              smallest E), 0 to 1, NaN where that E is 1 or less (Johnston et al. 2006). Both without correction.

            Sizes of the effect:

            - ``log_ratio``: log2(p1 / p2) (Hardie 2014), −inf and +inf where a or b is 0, with ``log_ratio_low`` and
              ``log_ratio_high``, exact bounds at `confidence` (Clopper & Pearson 1934: a of a + b is binomial).
            - ``lrc``: the bound nearer to 0, at 1 − (1 − `confidence`) / number of words; 0 where the interval holds 0
              (Evert 2022). ``lockword``: whether the interval of ``log_ratio`` lies within ±`lock`: a word that is as
              frequent in both.
            - ``log_ratio_walter``: log2 of (a + ½) / (N1 + ½) over (b + ½) / (N2 + ½), finite; ``relative_risk``:
              p1 / p2; ``pct_diff``: 100 (p1 − p2) / p2 (Gabrielatos & Marchi 2011); ``simple_maths``:
              (10⁶ p1 + n) / (10⁶ p2 + n) (Kilgarriff 2009); ``diff_coeff``: (p1 − p2) / (p1 + p2), ``din``: 100 times
              that; ``pmi``: ln(a / E); ``odds_ratio``, with ½ added to all cells if one is 0, ``log_odds_ratio``: its
              ln, ``odds_ratio_cmle``: conditional maximum likelihood; ``phi2``: chi2 / N without correction;
              ``expected``: E.
            - ``relevance``: λ ln p1 + (1 − λ) ln(p1 / p), p = (a + b) / N (Sievert & Shirley 2014).
            - ``log_odds_prior``: difference of log-odds with a Dirichlet prior, ln, and ``log_odds_prior_z``, the same
              over its standard error (Monroe et al. 2008).

            By documents:

            - ``df``: ``df_target``, ``df_reference``, documents with the word. ``dp``: ``dp_target``, its deviation of
              proportions over the documents of the target, 0 is even (Gries 2008).
            - ``zeta``: share of documents of the target with the word plus share of those of the reference without it,
              0 to 2, 1 without a difference (Burrows 2007; Craig & Kinney 2009); ``zeta_eder``: (s1 − s2) / (s1 + s2)
              of the shares with the word, −1 to 1 (Eder et al. 2016). Both are meant for segments of equal length, see
              `Tokens.segments`.
            - ``kld_frequency``: divergence of a / (a + b) from N1 / N, bits, signed; ``kld_dispersion``: normalized
              divergence over documents (see `dispersion`) in the reference less that in the target, positive for
              words more even in the target, with ``kld_dispersion_target`` and ``kld_dispersion_reference``: two or
              three dimensions of keyness after Gries (2021).
            - ``per_million``: ``per_million_target`` and ``per_million_reference``.
        test : {"g2", "g2_2term", "chi2", "fisher", "mann_whitney"}, default "g2"
            What ``p`` and ``q`` belong to.
        correction : {"williams", "yates", "yates_if_small"}, optional
            Of ``g2`` and ``chi2``: division by q (Williams 1976); each O moved ½ toward its E, at most onto it; the
            same only if a − E is at least ½ and an E below 5, quanteda's rule. None by default.
        count : {"tokens", "documents"}, default "tokens"
            What a and b count; with documents (those with any tokens) every measure is text dispersion keyness (Egbert
            & Biber 2019).
        totals : {"matrix", "corpus"}, default "matrix"
            Whether N1 and N2 are sums of this matrix, or all tokens of the documents, those without a column too.
        zero : {"half"}, optional
            Take ½ for a count of zero in ``log_ratio``; its bounds stay.
        confidence : float, default 0.95
            Level of intervals.
        simultaneous : bool, default True
            Whether ``lrc`` holds for all words together (Bonferroni), or for each alone.
        adjust : {"bonferroni", "holm", "bh", "by"}, default "bh"
            How ``q`` is made, see `kolloc.adjust_p`; the words of each target are a family of tests.
        simple_maths_n : float, default 1
            n of ``simple_maths``; the larger, the more frequent the words on top.
        lock : float, default 0.5
            Largest distance from 0 of a lockword's log ratio.
        relevance_lambda : float, default 0.6
            λ of ``relevance``, from 0 to 1; the larger, the more frequent the words on top.
        prior : {"informative", "constant", "group_vs_all"}, default "informative"
            Of ``log_odds_prior``: for each word its share in the `background` times `prior_strength` (by default the
            tokens of a mean document); `prior_strength` for each word (by default 0.01); or the count of the word in
            all groups, the group then being compared with all of them, itself included, as tidylo does.
        prior_strength : float, optional
            See `prior`.
        background : mapping or frame, optional
            Frequencies as for `reference`; by default those of target and reference together.
        variance : {"two_term", "four_term"}, default "two_term"
            Variance of ``log_odds_prior``: 1 / (a + α) + 1 / (b + α) as in the paper, or with the reciprocals of what
            is not the word, too.
        min_count : float, default 0
            Smallest a + b. Words with less, or with none, are no candidates and no tests.
        sort_by : str, optional
            Column that orders the words, by default the first of the measures: falling, p-values rising; NaN last, ties
            by column of the matrix.
        n : int, optional
            Number of words of each target, all by default. Adjustments are made before.
        bootstrap : Bootstrap, optional
            How documents are drawn again to say how sure measures and ranks are, of the documents that are compared;
            target and reference are strata. A reference from elsewhere stays as it is.
        n_threads, progress
            As in `Corpus.tokens`; cells. The result is the same for any number of threads.

        Returns
        -------
        frame
            The column `by` if each group is compared, in order of the groups, with ``reference``, the other group,
            where these are pairs; ``period`` and ``period_end`` (datetime64) of periods; ``term``; ``count_target`` a,
            ``count_reference`` b, ``n_target`` N1, ``n_reference`` N2 (int64 or float64); the measures (float64, df as
            the counts, ``lockword`` bool). Columns by documents are NaN where the word is in none.
            With `bootstrap` also the columns that `Bootstrap` lists, for all measures of a, b, N1 and N2 but
            ``expected`` and ``odds_ratio_cmle``, and for ``log_odds_prior`` and ``log_odds_prior_z``; ``m_p_boot`` for
            those that are 0 without a difference. ``log_ratio_low`` and ``log_ratio_high`` are then ends of that
            interval. Further, if the words are ordered by such a measure: ``rank``, the place of the word (int64);
            ``rank_low``, ``rank_high``, between which it is in the replicates (at the level of `Bootstrap`, ends
            rounded outward, int64; not with the jackknife); ``top_share``, the share of replicates in which it is among
            the first `n` words, or the first 20. Candidates are the same words in all replicates, and so is a prior
            that is not the counts of the groups. In pandas terms are categories. Where documents have weights
            (`Tokens.weigh`), counts are sums of weights, which tests judge like counts; what needs whole numbers
            (``fisher``, ``odds_ratio_cmle``, ``mann_whitney``) is refused, and left out of ``"all"``.

        Raises
        ------
        ParameterError
            If an option has a value that is not allowed, or a group no documents.

        Warns
        -----
        UndefinedWarning
            Of values that are NaN although the word occurs.
        ResamplingWarning
            Where there is little to draw from, or too many replicates have no value.

        References
        ----------
        Evert, S. (2022). Measuring keyness. DH2022. Monroe, Colaresi & Quinn (2008), doi:10.1093/pan/mpn018. Gries
        (2021), doi:10.32714/ricl.09.02.02. Egbert & Biber (2019), doi:10.3366/cor.2019.0162.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> texts = ["peace talks resume", "peace at last", "trade talks", "trade falls again"]
        >>> frame = pd.DataFrame({"text": texts, "outlet": ["Post", "Post", "Herald", "Herald"]})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> table = dtm.keyness("Post", by="outlet", measures=["g2", "log_ratio_walter", "p"])
        >>> print(table[["term", "count_target", "count_reference", "g2", "p"]].head(3).round(3))
             term  count_target  count_reference     g2      p
        0   peace             2                0  2.793  0.095
        1  resume             1                0  1.295  0.255
        2      at             1                0  1.295  0.255
        >>> print(dtm.keyness(by="outlet", measures=["log_odds_prior"], sort_by="log_odds_prior_z", n=1).iloc[:, :4])
           outlet   term  count_target  count_reference
        0    Post  peace             2                0
        1  Herald  trade             2                0

        What is new in each month?

        >>> frame = pd.DataFrame({"text": ["peace talks", "peace at last", "war", "war again"],
        ...                       "date": ["2024-01-05", "2024-01-20", "2024-02-02", "2024-04-09"]})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> new = dtm.keyness(date="date", reference="earlier", measures=["g2"], n=1)
        >>> print(new[["period", "term", "count_target", "count_reference"]])
              period   term  count_target  count_reference
        0 2024-02-01    war             1                0
        1 2024-04-01  again             1                0

        How sure is it that a word sets the Post apart, and how stable is its place?

        >>> texts = ["war news"] * 8 + ["war war talks"] * 4 + ["peace news"] * 9 + ["war peace"] * 3
        >>> frame = pd.DataFrame({"text": texts, "outlet": ["Post"] * 12 + ["Herald"] * 12})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> drawn = dtm.keyness("Post", by="outlet", measures="log_ratio_walter", bootstrap=kolloc.Bootstrap(500))
        >>> ends = ["log_ratio_walter_low", "log_ratio_walter_high", "rank_low", "rank_high"]
        >>> print(drawn[["term", *ends]].rename(columns=lambda name: name.removeprefix("log_ratio_walter_")).round(2))
            term   low  high  rank_low  rank_high
        0  talks  1.53  3.54         1          2
        1    war  1.13  4.83         1          2
        2   news -1.30  0.38         3          3
        3  peace -5.01 -4.70         4          4
        """
        elsewhere = _groups.outside(reference, count, totals, _checked_total(reference_total))
        names = self._chosen_measures(measures, test, elsewhere)
        options = _options(
            test=test,
            correction="none" if correction is None else correction,
            zero=zero,
            confidence=confidence,
            simultaneous=simultaneous,
            adjust=adjust,
            simple_maths_n=simple_maths_n,
            lock=lock,
            relevance_lambda=relevance_lambda,
            prior=prior,
            prior_strength=prior_strength,
            variance=variance,
            n_threads=n_threads,
        )
        _check.one_of("count", count, ("tokens", "documents"))
        _check.one_of("totals", totals, ("matrix", "corpus"))
        source = _groups.Source(
            matrix=self,
            elsewhere=elsewhere,
            background=None if background is None else FrequencyList.of("background", background, "count"),
            count=count,
            totals=totals,
            wanted=frozenset(_STATISTICS[name] for name in (*names, test) if name in _STATISTICS),
            n_threads=n_threads,
            progress=progress,
        )
        sides, keys, source.groups = _several.chosen(self, target, by, (date, every), reference, elsewhere)
        limits = _check.number("min_count", min_count), None if n is None else _check.integer("n", n)
        drawing = None
        if bootstrap is not None:
            top = _TOP if limits[1] is None else limits[1]
            drawing = Drawing(source=source, bootstrap=checked_prints(bootstrap), options=options, top=top)
        return self._as_frame(source, sides, keys, names, options, sort_by, limits, drawing)

    def _chosen_measures(
        self, measures: str | Iterable[str], test: str, elsewhere: _groups.Elsewhere | None
    ) -> list[str]:
        """Return the names of measures, those left out of "all" that cannot be had; refuse these by name."""
        _check.one_of("test", test, _table.TESTS)
        reasons: dict[str, str] = {}
        if isinstance(self._native, WeightedCounts):
            reasons |= dict.fromkeys(_NEED_WHOLE, "needs whole numbers, and documents have weights")
        if elsewhere is not None:
            reasons |= {"mann_whitney": "needs the documents of both groups in one matrix"}
        if elsewhere is not None and elsewhere.matrix is None:
            reasons |= dict.fromkeys(_NEED_DOCUMENTS, "needs the documents of the reference")
        names = [
            name for name in _measures.chosen(measures, _table.MEASURES) if measures != "all" or (name not in reasons)
        ]
        for name in (*names, test):
            if name in reasons:
                raise ParameterError(f"{name} cannot be had here: it {reasons[name]}", parameter="measures", value=name)
        if not names:
            raise ParameterError("measures must name one at least", parameter="measures", allowed="one or more names")
        return names

    def _as_frame(
        self,
        source: _groups.Source,
        sides: list[_groups.Sides],
        keys: list[str],
        names: list[str],
        options: _table.Options,
        sort_by: str | None,
        limits: tuple[float, int | None],
        drawing: Drawing | None,
    ) -> Any:
        parts, undefined, terms = [], [], self.terms
        for each, whole in source.comparisons(sides, max(len(sides), 2)):
            found = whole.at_least(limits[0])
            computed = _table.columns(found, names, options)
            undefined.append({name: _where_it_occurs(name, values, found) for name, values in computed.items()})
            key = _check.one_of("sort_by", sort_by, list(computed)) if sort_by is not None else next(iter(computed))
            order = _order(computed[key], rises=key in _table.ASCENDING)[: limits[1]]
            fixed = {"column": found.columns, "count_target": found.a, "count_reference": found.b}
            columns = {name: column[order] for name, column in (fixed | computed).items()}
            if drawing is not None:
                columns = drawing.beside(columns, each.label(), found, order, key)
            parts.append((each.values, found.totals, columns))
            terms = whole.terms
        warn_of_undefined(_joined(undefined), _table.WHY)
        if drawing is not None:
            drawing.warn_of_missing()
        return self._frame_of(parts, keys, terms)

    def _frame_of(self, parts: list[Any], keys: list[str], terms: list[str]) -> Any:
        joined = _joined([columns for *_, columns in parts])
        sizes = np.array([len(columns["column"]) for *_, columns in parts], dtype=np.int64)
        coded = {"term": (joined.pop("column"), terms)}
        plain: dict[str, Any] = {name: joined.pop(name) for name in ("count_target", "count_reference")}
        for place, name in enumerate(("n_target", "n_reference")):
            totals = np.repeat(np.array([each[1][place] for each in parts]), sizes)
            plain[name] = totals.astype(plain["count_target"].dtype) if (totals % 1 == 0).all() else totals
        plain |= joined
        values = np.repeat(np.arange(len(parts)), sizes)
        for place, key in enumerate(keys):
            labels = [each[0][place] for each in parts]
            if all(isinstance(label, str) for label in labels):
                coded[key] = (values, labels)
            else:
                plain[key] = _repeated(labels, values)
        frame = _interop.coded_frame(self._metadata, coded, plain)
        order = [*keys, "term", *(name for name in plain if name not in keys)]
        return _interop.select_columns(frame, order)


def _repeated(labels: list[Any], places: NDArray[np.int64]) -> Any:
    values = np.array(labels)
    return values[places] if values.dtype.kind in "iufbM" else [labels[place] for place in places.tolist()]


def _joined(parts: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}


def _where_it_occurs(name: str, values: NDArray[Any], found: _groups.Comparison) -> NDArray[Any]:
    """Return the values of which a warning should say that they are undefined; those of absent words are by nature."""
    if name in ("dp_target", "kld_dispersion_target"):
        return values[found.a > 0]
    if name.startswith("kld_dispersion"):
        return values[(found.a > 0) & (found.b > 0)] if name == "kld_dispersion" else values[found.b > 0]
    return values


def _order(values: NDArray[Any], *, rises: bool) -> NDArray[np.int64]:
    key = values.astype(np.float64)
    return np.argsort(np.where(np.isnan(key), np.inf, key if rises else -key), kind="stable")


def _options(*, zero: str | None, **given: Any) -> _table.Options:
    _check.one_of("correction", given["correction"], _native.corrections())
    if zero is not None:
        _check.one_of("zero", zero, ("half",))
    confidence = _check.share("confidence", given["confidence"])
    if confidence == 1:
        raise ParameterError("confidence must be below 1, got 1", parameter="confidence", value=1, allowed="below 1")
    _check.one_of("adjust", given["adjust"], ADJUSTMENTS)
    _check.one_of("prior", given["prior"], ("informative", "constant", "group_vs_all"))
    _check.one_of("variance", given["variance"], ("two_term", "four_term"))
    if not 0 <= _check.number("relevance_lambda", given["relevance_lambda"]) <= 1:
        value, allowed = given["relevance_lambda"], "from 0 to 1"
        message = f"relevance_lambda must be {allowed}, got {value!r}"
        raise ParameterError(message, parameter="relevance_lambda", value=value, allowed=allowed)
    for name in ("simple_maths_n", "lock", "prior_strength"):
        if given[name] is not None and _check.number(name, given[name]) < 0:
            message = f"{name} must be at least 0, got {given[name]!r}"
            raise ParameterError(message, parameter=name, value=given[name], allowed="at least 0")
    return _table.Options(half_for_zero=zero == "half", **given)


def _checked_total(total: float | None) -> float | None:
    return None if total is None else _check.number("reference_total", total)
