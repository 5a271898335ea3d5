"""What a test says: p-values that do not underflow, and their adjustment for the number of tests."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kolloc import _check
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["ADJUSTMENTS", "adjust_p", "log_p_of_chi2", "log_p_of_z", "p_columns"]

ADJUSTMENTS = ("bonferroni", "holm", "bh", "by")

_Float = NDArray[np.float64]


def log_p_of_z(z: _Float) -> _Float:
    """Return ln p, two-sided, of standard normal statistics; NaN stays.

    Examples
    --------
    >>> np.exp(log_p_of_z(np.array([0.0, 1.959964]))).round(6)
    array([1.  , 0.05])
    >>> log_p_of_z(np.array([-100.0])).round(3)
    array([-5004.831])
    """
    log_p: _Float = np.minimum(np.log(2.0) + special.log_ndtr(-np.abs(z)), 0.0)
    return log_p


def log_p_of_chi2(statistic: _Float) -> _Float:
    """Return ln p of statistics that follow χ² with one degree of freedom, whatever sign they carry; NaN stays.

    Examples
    --------
    >>> np.exp(log_p_of_chi2(np.array([1.2742380, -3.7794405]))).round(6)
    array([0.258973, 0.051886])
    """
    return log_p_of_z(np.sqrt(np.abs(statistic)))


def p_columns(log_p: _Float, prefix: str = "") -> dict[str, _Float]:
    """Return the columns ``p`` and ``neg_log10_p`` of natural logarithms of p-values.

    Examples
    --------
    >>> p_columns(np.array([0.0, -5000.0]))
    {'p': array([1., 0.]), 'neg_log10_p': array([   0.        , 2171.47240952])}
    """
    # The difference turns minus zero into zero.
    return {f"{prefix}p": np.exp(log_p), f"{prefix}neg_log10_p": 0.0 - log_p / np.log(10.0)}


def adjust_p(p: Any, method: str = "bh") -> _Float:
    """Return p-values adjusted for the number of tests that were made.

    Parameters
    ----------
    p : array-like of float
        p-values of all tests; NaN stays NaN and is no test.
    method : {"bonferroni", "holm", "bh", "by"}, default "bh"
        Of the m values in rising order: ``"bonferroni"`` m p, ``"holm"`` the running maximum of (m - i + 1) p_i; both
        bound the probability of any false finding. ``"bh"``, running minimum from the largest value of m p_i / i,
        bounds the share of false findings (FDR); ``"by"``, that times Σ 1/k, does so however the tests depend on each
        other. None exceeds 1.

    Returns
    -------
    ndarray
        float64, of the shape of `p`.

    Raises
    ------
    ParameterError
        If the method is unknown or a value lies outside 0 to 1.

    Notes
    -----
    Give all tests that were made, before any cut by p: m is their number. Holm 1979; Benjamini & Hochberg 1995,
    doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini & Yekutieli 2001, doi:10.1214/aos/1013699998.

    Examples
    --------
    >>> import kolloc
    >>> kolloc.adjust_p([0.01, 0.04, 0.03, 0.005, 0.55, 0.2]).round(3)
    array([0.03, 0.06, 0.06, 0.03, 0.55, 0.24])
    """
    _check.one_of("method", method, ADJUSTMENTS)
    values = _probabilities(p)
    adjusted = np.full(values.shape, np.nan)
    tested = ~np.isnan(values)
    given = values[tested]
    order = np.argsort(given, kind="stable")
    found = np.empty(len(given))
    found[order] = _adjusted(given[order], method)
    adjusted[tested] = found
    return adjusted


def _adjusted(rising: _Float, method: str) -> _Float:
    m = len(rising)
    ranks = np.arange(1, m + 1)
    if method == "bonferroni":
        raised = rising * m
    elif method == "holm":
        raised = np.maximum.accumulate(rising * (m - ranks + 1))
    else:
        penalty = (1.0 / ranks).sum() if method == "by" else 1.0
        raised = penalty * np.minimum.accumulate((rising * (m / ranks))[::-1])[::-1]
    return np.minimum(raised, 1.0)


def _probabilities(p: Any) -> _Float:
    try:
        values = np.asarray(p, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputTypeError(f"p must be numbers, got {p!r}") from None
    outside = values[(values < 0) | (values > 1)]
    if len(outside):
        message = f"p must be from 0 to 1 or NaN, got {float(outside[0])}"
        raise ParameterError(message, parameter="p", value=float(outside[0]), allowed="from 0 to 1 or NaN")
    return values
