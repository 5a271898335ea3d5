"""How a corpus is drawn again and again, to see how far a number would move in another sample."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _summaries
from kolloc import _resampling as resampling
from kolloc._matrix import Matrix
from kolloc._searched import Searched
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["Bootstrap"]

COUNTS = ("prints", "stories", "earliest")
METHODS = ("multinomial", "poisson", "jackknife")
INTERVALS = ("percentile", "basic", "normal", "bca")
_MOST_WEIGHT = 255
# Units whose weights without each of them fit in 400 MB.
_MOST_LEFT_OUT = 20_000


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """How documents are drawn again, for every method that takes ``bootstrap=``. Immutable.

    A corpus is a sample of documents, not of words: words of one document depend on each other, and so do the copies of
    one story. Units are drawn with replacement and the statistic is computed again from the sums of what was drawn.

    Parameters
    ----------
    n : int, default 1000
        Number of replicates B.
    units : str, default "documents"
        What is drawn: ``"documents"``; ``"clusters"``, the near-duplicate clusters of `duplicates`, whose members
        travel together (a document without duplicates is a unit of its own); or the name of a metadata column, such as
        outlet and day in one, whose values are the units (documents without a value each on their own).
    duplicates : Duplicates, optional
        The search whose clusters are meant, for ``units="clusters"`` and for `count`.
    strata : str or sequence of str, optional
        Metadata columns within whose values (or combinations) units are drawn, so that the number of units of each is
        fixed. A unit that spans strata belongs to that of its earliest document, with a warning.
    count : {"prints", "stories", "earliest"}, default "prints"
        How much a document counts, times its weight if it has one: 1; 1 / size of its cluster; or 1 for the earliest
        member of a cluster and 0 for the rest. Sizes and dates are those of the documents at hand.
    method : {"multinomial", "poisson", "jackknife"}, default "multinomial"
        As many units as there are, drawn with replacement; independent Poisson weights of mean 1, an approximation
        that does not fix the number of units, strata included; or no chance at all: each unit is left out once, `n`,
        `seed` and `interval` then say nothing, see Notes.
    interval : {"percentile", "basic", "normal", "bca"}, default "percentile"
        Type-7 quantiles of the replicates at α/2 and 1 - α/2; 2θ minus these; θ - bias ± z·se; or quantiles corrected
        for bias and acceleration by the jackknife over units (Efron 1987), which takes time for each unit.
    level : float, default 0.95
        Share of the distribution inside the interval, 1 - α.
    seed : int, default 0
        Replicate r is drawn from a stream of its own, made from seed and r, whatever the number of threads.
    weights : array, optional
        Weights of the units instead of drawn ones: shape (replicates, units), integers from 0 to 255, units in the
        order of their first document. `n`, `method` and `seed` then say nothing.

    Raises
    ------
    ParameterError, InputTypeError
        If an option has a value that is not allowed.

    Notes
    -----
    What a method adds to its frame, for a measure ``m``:

    =================  ==============================================================================
    ``m_se``           standard deviation of the replicates, divisor B - 1
    ``m_low, m_high``  interval
    ``m_bias``         mean of the replicates minus the value
    ``m_p_boot``       where 0 is the null value: min(1, 2·min(share ≤ 0, share ≥ 0)), at least 1/(B + 1)
    ``m_missing``      number of replicates without a finite value, which all others leave out
    =================  ==============================================================================

    All float64, in the unit of the measure. With more than 5 % of the replicates missing there is no interval (NaN).

    The jackknife takes θᵢ, the value without unit i of U, for replicates: ``m_se`` is √((U - 1) / U · Σ(θᵢ - θ̄)²),
    ``m_bias`` (U - 1)(θ̄ - θ), the interval θ - bias ± z·se, ``m_p_boot`` NaN; squares of se and biases of strata add
    up. It suits smooth measures, such as rates and their ratios, not medians and ranks.

    Efron & Tibshirani (1993); Efron (1987), doi:10.2307/2289144.

    Examples
    --------
    >>> import kolloc
    >>> dtm = kolloc.Corpus(["peace talks"] * 12 + ["trade talks"] * 12).tokens().dtm()
    >>> frame = dtm.term_frequencies(bootstrap=kolloc.Bootstrap(200, seed=1))
    >>> print(frame[["term", "per_million", "per_million_low", "per_million_high"]].round())
        term  per_million  per_million_low  per_million_high
    0  talks     500000.0         500000.0          500000.0
    1  peace     250000.0         166667.0          354688.0
    2  trade     250000.0         145313.0          333333.0
    >>> jackknife = dtm.term_frequencies(bootstrap=kolloc.Bootstrap(method="jackknife"))
    >>> print(jackknife[["term", "per_million_se"]].round())
        term  per_million_se
    0  talks             0.0
    1  peace         52129.0
    2  trade         52129.0
    """

    n: int = 1000
    _: KW_ONLY
    units: str = "documents"
    duplicates: Searched | None = field(default=None, repr=False)
    strata: str | Sequence[str] | None = None
    count: str = "prints"
    method: str = "multinomial"
    interval: str = "percentile"
    level: float = 0.95
    seed: int = 0
    weights: NDArray[Any] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "n", _check.integer("n", self.n, at_least=2, at_most=10_000_000))
        object.__setattr__(self, "seed", _check.integer("seed", self.seed))
        _check.string("units", self.units)
        _check.one_of("count", self.count, COUNTS)
        _check.one_of("method", self.method, METHODS)
        _check.one_of("interval", self.interval, INTERVALS)
        if _check.share("level", self.level) == 1:
            raise ParameterError("level must be below 1, got 1", parameter="level", value=1, allowed="below 1")
        if self.strata is not None and not isinstance(self.strata, str):
            object.__setattr__(self, "strata", tuple(_check.strings("strata", self.strata)))
        self._check_duplicates()
        if self.weights is not None:
            object.__setattr__(self, "weights", _given(self.weights))
            object.__setattr__(self, "n", len(self.weights))

    def _check_duplicates(self) -> None:
        if self.duplicates is not None and not isinstance(self.duplicates, Searched):
            raise InputTypeError(f"duplicates must be what Corpus.duplicates() returns, got {self.duplicates!r:.100}")
        needs = "units='clusters'" if self.units == "clusters" else f"count={self.count!r}"
        if self.duplicates is None and (self.units == "clusters" or self.count != "prints"):
            allowed = "what Corpus.duplicates() returns"
            message = f"duplicates must be {allowed} where {needs}, got None"
            raise ParameterError(message, parameter="duplicates", value=None, allowed=allowed)

    # For statistics of one's own

    def document_weights(self, matrix: Matrix) -> NDArray[np.float64]:
        """Return how much each document counts in each replicate: float64, shape (replicates, documents).

        The weight of a unit times what `count` and the weights of documents (`Tokens.weigh`) say. With
        ``method="jackknife"`` a replicate for each unit.

        Parameters
        ----------
        matrix : DocumentTermMatrix
            The documents.

        Raises
        ------
        ParameterError
            If ``method="jackknife"`` and there are more than 20,000 units.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus([f"text {i}" for i in range(12)]).tokens().dtm()
        >>> weights = kolloc.Bootstrap(100).document_weights(dtm)
        >>> weights.shape, weights.sum(axis=1).min(), weights.sum(axis=1).max()
        ((100, 12), np.float64(12.0), np.float64(12.0))
        """
        design = self._design(matrix)
        return design.native.weights()[:, design.units] * design.factors

    def _design(self, matrix: Matrix) -> resampling.Design:
        design = resampling.design(self, matrix)
        n_units = int(design.units.max(initial=-1)) + 1
        if self.leaves_one_out and n_units > _MOST_LEFT_OUT:
            allowed = f"'multinomial' or 'poisson' with more than {_MOST_LEFT_OUT:,} units"
            message = f"method must be {allowed}, got 'jackknife' with {n_units:,}"
            raise ParameterError(message, parameter="method", value="jackknife", allowed=allowed)
        return design

    @property
    def leaves_one_out(self) -> bool:
        """Whether replicates are the documents without one unit each."""
        return self.method == "jackknife" and self.weights is None

    def of(self, matrix: Matrix, statistic: Callable[[NDArray[np.float64]], Any]) -> Any:
        """Return standard error and interval of any statistic of weighted documents.

        Parameters
        ----------
        matrix : DocumentTermMatrix
            The documents; its frame's kind is that of the result.
        statistic : callable
            Takes the weights of the documents (float64, shape (documents,)) and returns a number, or an array or
            sequence of them, the same number each time. It is called ``n + 1`` times, with the jackknife once more than
            there are units.

        Returns
        -------
        frame
            A row for each number: ``value`` (of the documents as they are), ``se``, ``low``, ``high``, ``bias``,
            ``p_boot``, ``missing``.

        Raises
        ------
        ParameterError
            If ``interval="bca"``, which needs the statistic without each unit.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks"] * 12 + ["trade talks at length"] * 12).tokens().dtm()
        >>> mean_length = lambda weights: (weights @ dtm.doc_lengths) / weights.sum()
        >>> print(kolloc.Bootstrap(500).of(dtm, mean_length)[["value", "se"]].round(2))
           value   se
        0    3.0  0.2
        """
        if self.interval == "bca" and not self.leaves_one_out:
            allowed = "one of 'percentile', 'basic', 'normal' for a statistic of one's own"
            message = f"interval must be {allowed}, got 'bca'"
            raise ParameterError(message, parameter="interval", value="bca", allowed=allowed)
        design = self._design(matrix)
        sample = np.atleast_1d(np.asarray(statistic(design.factors.copy()), dtype=np.float64)).ravel()
        drawn = design.native.weights()
        replicates = np.empty((len(sample), len(drawn)))
        for number, weights in enumerate(drawn):
            replicates[:, number] = statistic(weights[design.units] * design.factors)
        if self.leaves_one_out:
            fields = _summaries.without_one(design.native, sample, replicates, self.level)
        else:
            fields = _summaries.of_values(sample, replicates, self.interval, self.level)
        return _interop.frame_like(matrix._metadata, _summaries.plain(fields))


def _given(weights: Any) -> NDArray[np.uint8]:
    values = np.asarray(weights)
    allowed = f"integers from 0 to {_MOST_WEIGHT} of shape (replicates, units), with at least two replicates"
    integral = values.ndim == 2 and len(values) > 1 and np.issubdtype(values.dtype, np.integer)
    if not integral or values.min(initial=0) < 0 or values.max(initial=0) > _MOST_WEIGHT:
        message = f"weights must be {allowed}, got {weights!r:.100}"
        raise ParameterError(message, parameter="weights", value=weights, allowed=allowed)
    given = values.astype(np.uint8)
    given.flags.writeable = False
    return given
