"""Measures of keyness for all words of a comparison at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kolloc import _native
from kolloc._keyness_groups import Comparison
from kolloc._significance import adjust_p, log_p_of_chi2, log_p_of_z, p_columns

__all__ = ["ASCENDING", "MEASURES", "TESTS", "USUAL", "WHY", "Options", "columns", "prior"]

_Float = NDArray[np.float64]
_Columns = dict[str, NDArray[Any]]

_OF_COUNTS = tuple(_native.keyness_measures())
_OTHERS = ("fisher", "lrc", "lockword", "log_odds_prior", "mann_whitney", "kld_dispersion")
_BESIDE = ("p", "q", "df", "dp", "per_million")
MEASURES = (*_OF_COUNTS, *_OTHERS, *_BESIDE)
USUAL = ("g2", "log_ratio", "lrc", "p", "q", "df", "dp")
TESTS = ("g2", "g2_2term", "chi2", "fisher", "mann_whitney")
ASCENDING = frozenset(["p", "q", "fisher_p", "fisher_p_over_use", "mann_whitney_p"])
"""Columns of which the smallest values are the strongest."""
_IN_GROUP = "the word stands in all of both texts"
WHY = {
    "ell": "an expected count of at most 1",
    "chi2": _IN_GROUP,
    "phi2": _IN_GROUP,
    "odds_ratio_cmle": _IN_GROUP,
    "log_odds_prior_z": "a count and its prior of zero",
    "mann_whitney_z": "all documents have the same relative frequency",
    "dp_target": "fewer than two documents with tokens",
}


@dataclass(frozen=True, kw_only=True)
class Options:
    """How measures are computed: what `Keyness.keyness` takes."""

    test: str
    correction: str
    half_for_zero: bool
    confidence: float
    simultaneous: bool
    adjust: str
    simple_maths_n: float
    lock: float
    prior: str
    prior_strength: float | None
    variance: str
    n_threads: int | None


@dataclass
class _Table:
    """Counts of a comparison, each distinct pair of them once, and what was computed of them."""

    found: Comparison
    options: Options
    a: _Float = field(init=False)
    b: _Float = field(init=False)
    every: NDArray[np.int64] | slice = field(init=False)
    values: dict[str, _Float] = field(default_factory=dict)
    bounds: dict[float, tuple[_Float, _Float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.a, self.b, self.every = _distinct(self.found.a, self.found.b)

    def compute(self, names: list[str]) -> None:
        """Compute measures of counts, all in one call."""
        missing = [name for name in dict.fromkeys(names) if name in _OF_COUNTS and name not in self.values]
        if missing:
            computed = _native.keyness(
                missing,
                self.a,
                self.b,
                *self.found.totals,
                correction=self.options.correction,
                added=self.options.simple_maths_n,
                half_for_zero=self.options.half_for_zero,
                n_threads=self.options.n_threads,
            )
            self.values |= dict(zip(missing, computed, strict=True))

    def of(self, name: str) -> _Float:
        """Return a measure of counts for each word."""
        self.compute([name])
        return self.values[name][self.every]

    def fisher(self) -> tuple[_Float, _Float]:
        """Return ln p of Fisher's test, two-sided and for over-use, of each word."""
        if "fisher" not in self.values:
            both = _native.fisher_log_p(self.a, self.b, *self.found.totals, n_threads=self.options.n_threads)
            self.values["fisher"], self.values["fisher_over_use"] = both
        return self.values["fisher"][self.every], self.values["fisher_over_use"][self.every]

    def interval(self, alpha: float) -> tuple[_Float, _Float]:
        """Return the bounds of the log ratio at level 1 - alpha, of each word (Clopper & Pearson 1934)."""
        if alpha not in self.bounds:
            n1, n2 = self.found.totals
            shift = np.log2(n2 / n1) if n1 > 0 and n2 > 0 else np.nan
            low = shift + _log2_odds(self.a, self.b, alpha / 2)
            high = shift - _log2_odds(self.b, self.a, alpha / 2)
            self.bounds[alpha] = low[self.every], high[self.every]
        return self.bounds[alpha]

    def log_p(self) -> _Float:
        """Return ln p of the test that the options name."""
        test = self.options.test
        if test == "fisher":
            return self.fisher()[0]
        return log_p_of_z(self.found.statistic("z")) if test == "mann_whitney" else log_p_of_chi2(self.of(test))


def columns(found: Comparison, names: list[str], options: Options) -> _Columns:
    """Return the columns of the measures for each word of a comparison, in the order of the names."""
    table = _Table(found, options)
    table.compute(names)
    computed: _Columns = {}
    for name in names:
        make = _MADE.get(name)
        computed |= {name: table.of(name)} if make is None else make(table)
    return computed


def _distinct(a: NDArray[Any], b: NDArray[Any]) -> tuple[_Float, _Float, NDArray[np.int64] | slice]:
    """Return each pair of counts once, and its place for each word: most words are rare and share theirs."""
    if not len(a) or a.dtype.kind == "f" or float(a.max()) * (float(b.max()) + 1) + float(b.max()) >= 2.0**62:
        return a.astype(np.float64), b.astype(np.float64), slice(None)
    base = int(b.max()) + 1
    keys, every = np.unique(a.astype(np.int64) * base + b.astype(np.int64), return_inverse=True)
    return (keys // base).astype(np.float64), (keys % base).astype(np.float64), every


def _log2_odds(a: _Float, b: _Float, tail: float) -> _Float:
    """Return log2 of the odds of the lower bound of a / (a + b) that leaves `tail` below it; -inf where a is 0."""
    lower = np.zeros(len(a))
    seen = a > 0
    lower[seen] = special.betaincinv(a[seen], b[seen] + 1, tail)
    with np.errstate(divide="ignore"):
        odds: _Float = np.log2(lower) - np.log1p(-lower) / np.log(2)
    return odds


def _fisher(table: _Table) -> _Columns:
    two_sided, over_use = table.fisher()
    return p_columns(two_sided, "fisher_") | {"fisher_p_over_use": np.exp(over_use)}


def _log_ratio(table: _Table) -> _Columns:
    low, high = table.interval(1 - table.options.confidence)
    return {"log_ratio": table.of("log_ratio"), "log_ratio_low": low, "log_ratio_high": high}


def _lrc(table: _Table) -> _Columns:
    n_tests = len(table.found.a) if table.options.simultaneous else 1
    low, high = table.interval((1 - table.options.confidence) / max(n_tests, 1))
    n1, n2 = table.found.totals
    over = table.found.a.astype(np.float64) * n2 >= table.found.b.astype(np.float64) * n1
    # The sum turns minus zero into zero.
    return {"lrc": np.where(over, np.maximum(low, 0.0), np.minimum(high, 0.0)) + 0.0}


def _lockword(table: _Table) -> _Columns:
    low, high = table.interval(1 - table.options.confidence)
    return {"lockword": (low >= -table.options.lock) & (high <= table.options.lock)}


def _log_odds_prior(table: _Table) -> _Columns:
    found, options = table.found, table.options
    a, b = found.a.astype(np.float64), found.b.astype(np.float64)
    alpha, strength = prior(found, options)
    strengths = {"n_groups": strength} if alpha is None else {"alpha": alpha, "total_alpha": strength}
    delta, z = _native.log_odds_prior(a, b, *found.totals, **strengths, variance=options.variance)
    return {"log_odds_prior": delta, "log_odds_prior_z": z}


def prior(found: Comparison, options: Options) -> tuple[_Float | None, float]:
    """Return the prior of each word and that of all words; none, and the number of groups, where counts make it."""
    if options.prior == "group_vs_all":
        return None, float(found.n_groups)
    if options.prior == "constant":
        each = 0.01 if options.prior_strength is None else options.prior_strength
        return np.full(len(found.a), each), each * found.n_types
    strength = found.mean_length if options.prior_strength is None else options.prior_strength
    return strength * found.background, strength


def _mann_whitney(table: _Table) -> _Columns:
    u, z = table.found.statistic("u"), table.found.statistic("z")
    return {"mann_whitney_u": u, "mann_whitney_z": z} | p_columns(log_p_of_z(z), "mann_whitney_")


def _kld_dispersion(table: _Table) -> _Columns:
    target, reference = table.found.statistic("kld_target"), table.found.statistic("kld_reference")
    named = {"kld_dispersion_target": target, "kld_dispersion_reference": reference}
    return {"kld_dispersion": reference - target} | named


def _p(table: _Table) -> _Columns:
    return p_columns(table.log_p())


def _q(table: _Table) -> _Columns:
    return {"q": adjust_p(np.exp(table.log_p()), table.options.adjust)}


def _df(table: _Table) -> _Columns:
    known = {name: table.found.statistics.get(name) for name in ("df_target", "df_reference")}
    return {name: values for name, values in known.items() if values is not None}


def _dp(table: _Table) -> _Columns:
    return {"dp_target": table.found.statistic("dp")}


def _per_million(table: _Table) -> _Columns:
    found = table.found
    rates = [1e6 * counts / n for counts, n in zip((found.a, found.b), found.totals, strict=True)]
    return dict(zip(("per_million_target", "per_million_reference"), rates, strict=True))


_MADE: dict[str, Callable[[_Table], _Columns]] = {
    "fisher": _fisher,
    "log_ratio": _log_ratio,
    "lrc": _lrc,
    "lockword": _lockword,
    "log_odds_prior": _log_odds_prior,
    "mann_whitney": _mann_whitney,
    "kld_dispersion": _kld_dispersion,
    "p": _p,
    "q": _q,
    "df": _df,
    "dp": _dp,
    "per_million": _per_million,
}
