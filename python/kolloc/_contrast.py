"""Groups of documents side by side: how sure a difference is, and rates in which each group counts the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _resampling, _summaries
from kolloc._matrix import Matrix
from kolloc._progress import Progress, reporting
from kolloc._resampled import checked
from kolloc._significance import ADJUSTMENTS, adjust_p
from kolloc._undefined import warn_of_undefined
from kolloc.bootstrap import Bootstrap
from kolloc.exceptions import ParameterError

__all__ = ["Contrast"]

_MEASURES = {"log_ratio": "log_ratio", "log_odds": "log_odds", "difference": "delta_p_2_given_1"}


class Contrast(Matrix):
    """Counts of documents that fall into groups."""

    __slots__ = ()

    def contrast(
        self,
        target: Any,
        *,
        by: str,
        measures: str | Iterable[str] = ("log_ratio", "log_odds"),
        bootstrap: Bootstrap,
        permutations: int = 0,
        adjust: str = "bh",
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return how each term differs between one group of documents and all others, and how sure that is.

        A term occurs a times in the N1 tokens of the target and b times in the N2 tokens of the others (all tokens,
        those without a column too). Measures are positive where the target has more.

        Parameters
        ----------
        target : value
            A value of the column `by`.
        by : str
            Metadata column whose values are the groups.
        measures : str or iterable of str, default ("log_ratio", "log_odds")
            ``"log_ratio"``: log2((a / N1) / (b / N2)), infinite where a or b is 0 (Hardie 2014); ``"log_odds"``: ln of
            the odds ratio with ½ added to each cell, always finite; ``"difference"``: a / N1 - b / N2.
        bootstrap : Bootstrap
            How documents are drawn again; the two groups are strata. It also says what counts, what the units are and
            the seed where labels are exchanged.
        permutations : int, default 0
            Number of times that the labels "target" and "others" are exchanged among units, within `Bootstrap.strata`;
            with 0 there is no such test. A unit with documents of both belongs to that of its earliest one.
        adjust : {"bonferroni", "holm", "bh", "by"}, default "bh"
            How p-values are adjusted for the number of terms, see `kolloc.adjust_p`.
        n_threads, progress
            As in `Corpus.tokens`; terms.

        Returns
        -------
        frame
            ``term``, in the order of columns; each measure with the columns that `Bootstrap` lists, ``m_p_boot``
            included; with `permutations` also ``m_p_exchange``, (k + 1) / (B + 1) where k of B exchanges lead at least
            as far from 0 (two-sided), and ``m_q_exchange``, adjusted. All float64.

        Raises
        ------
        ParameterError
            If a group is empty or an option has a value that is not allowed.

        Warns
        -----
        ResamplingWarning, UndefinedWarning
            Where there is little to draw from, or a value is NaN.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> texts = ["war news"] * 8 + ["war war news"] * 4 + ["peace news"] * 9 + ["war peace"] * 3
        >>> frame = pd.DataFrame({"text": texts, "outlet": ["Post"] * 12 + ["Herald"] * 12})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> found = dtm.contrast(
        ...     "Post", by="outlet", measures="log_odds", bootstrap=kolloc.Bootstrap(500), permutations=999
        ... )
        >>> print(found[["term", "log_odds", "log_odds_se", "log_odds_p_exchange"]].round(2))
            term  log_odds  log_odds_se  log_odds_p_exchange
        0    war      2.09         0.62                 0.00
        1   news      0.21         0.27                 0.42
        2  peace     -4.04         0.06                 0.00
        """
        drawn = checked(bootstrap)
        names = [measures] if isinstance(measures, str) else _check.strings("measures", measures)
        formulas = [_MEASURES[_check.one_of("measures", name, list(_MEASURES))] for name in names]
        _check.one_of("adjust", adjust, ADJUSTMENTS)
        n_exchanges = _check.integer("permutations", permutations)
        groups = self._two_groups(target, by)
        with reporting(progress, "bootstrap") as callback:
            design = _resampling.design(drawn, self, groups, 2)
            fields = design.native.contrast(
                design.counts, formulas, drawn.interval, drawn.level, n_threads=n_threads, progress=callback
            )
        found: dict[str, Any] = {"term": self.terms}
        for name, its in zip(names, fields, strict=True):
            found |= {name: its[0]} | _summaries.columns(name, its, null=True)
        if n_exchanges:
            exchange = _resampling.design(drawn, self, groups, 2, exchanged=n_exchanges)
            with reporting(progress, "permutations") as callback:
                p = exchange.native.exchanged(exchange.counts, formulas, n_threads=n_threads, progress=callback)
            for name, its in zip(names, p, strict=True):
                found |= {f"{name}_p_exchange": its, f"{name}_q_exchange": adjust_p(its, adjust)}
        warn_of_undefined({name: found[name] for name in names}, "a group has no tokens, or no others have the term")
        _summaries.warn_of_missing(dict(zip(names, fields, strict=True)))
        return _interop.frame_like(self._metadata, found)

    def _two_groups(self, target: Any, by: str) -> NDArray[np.uint32]:
        """Return 0 for each document of the target and 1 for the others."""
        values, group_of = self._grouping(by)
        if target not in values:
            allowed = f"a value of {by!r}"
            hint = _check.did_you_mean(target, [str(value) for value in values])
            message = f"target must be {allowed}, got {target!r}{hint}"
            raise ParameterError(message, parameter="target", value=target, allowed=allowed)
        groups: NDArray[np.uint32] = np.array(group_of != values.index(target), dtype=np.uint32)
        if len(np.unique(groups)) < 2:
            message = f"target must leave documents on both sides, but of {by!r} there are none on one of them"
            raise ParameterError(message, parameter="target", value=target, allowed="a group of some documents")
        return groups

    def balanced_rates(
        self, *, by: str, bootstrap: Bootstrap, n_threads: int | None = None, progress: Progress = None
    ) -> Any:
        """Return rates in which each group, such as an outlet, counts the same, beside those of all tokens together.

        Parameters
        ----------
        by : str
            Metadata column whose values are the groups, of which each needs tokens.
        bootstrap : Bootstrap
            How documents are drawn again; groups are strata.
        n_threads, progress
            As in `Corpus.tokens`; terms.

        Returns
        -------
        frame
            ``term``, in the order of columns; ``balanced``, 10⁶ times the mean over the groups of f_g / N_g;
            ``pooled``, 10⁶ Σ f_g / Σ N_g, both with the columns that `Bootstrap` lists; ``n_effective``, the same for
            all terms: (Σ w)² / Σ w² over the documents, w = 1 / N_g the weight that balance gives to each, times what
            it counts.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> texts = ["war news"] * 30 + ["peace news"] * 10
        >>> frame = pd.DataFrame({"text": texts, "outlet": ["Post"] * 30 + ["Herald"] * 10})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> found = dtm.balanced_rates(by="outlet", bootstrap=kolloc.Bootstrap(100))
        >>> print(found[["term", "balanced", "pooled", "n_effective"]].round())
            term  balanced    pooled  n_effective
        0    war  250000.0  375000.0         30.0
        1   news  500000.0  500000.0         30.0
        2  peace  250000.0  125000.0         30.0
        """
        drawn = checked(bootstrap)
        values, group_of = self._grouping(by)
        design = _resampling.design(drawn, self, group_of, len(values))
        with reporting(progress, "bootstrap") as callback:
            fields, n_effective = design.native.balanced(
                design.counts, drawn.interval, drawn.level, n_threads=n_threads, progress=callback
            )
        named = dict(zip(("balanced", "pooled"), fields, strict=True))
        found: dict[str, Any] = {"term": self.terms}
        for name, its in named.items():
            found |= {name: its[0]} | _summaries.columns(name, its)
        found["n_effective"] = np.full(self.n_terms, n_effective)
        warn_of_undefined({name: its[0] for name, its in named.items()}, "a group has no tokens")
        _summaries.warn_of_missing(named)
        return _interop.frame_like(self._metadata, found)
