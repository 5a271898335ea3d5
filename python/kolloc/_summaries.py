"""Columns of what replicates say of a measure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _native as core
from kolloc._warn import warn
from kolloc.exceptions import ResamplingWarning

__all__ = ["columns", "of_values", "plain", "warn_of_missing", "without_one"]

_FIELDS = ("value", "se", "low", "high", "bias", "p_boot", "missing")

Fields = NDArray[np.float64]


def columns(measure: str, fields: Fields, *, null: bool = False) -> dict[str, NDArray[np.float64]]:
    """Return the columns that follow a measure; ``p_boot`` only where 0 is its null value.

    Examples
    --------
    >>> list(columns("log_ratio", np.zeros((7, 1)), null=True))[-2:]
    ['log_ratio_p_boot', 'log_ratio_missing']
    """
    named = dict(zip(_FIELDS[1:], fields[1:], strict=True))
    return {f"{measure}_{name}": values for name, values in named.items() if null or name != "p_boot"}


def plain(fields: Fields) -> dict[str, NDArray[np.float64]]:
    """Return the columns of one measure without its name."""
    return dict(zip(_FIELDS, fields, strict=True))


def of_values(estimates: Fields, replicates: Fields, interval: str, level: float) -> Fields:
    """Return the fields of statistics computed elsewhere: values of each replicate, shape (statistics, replicates)."""
    fields = core.summaries(estimates, np.ascontiguousarray(replicates).ravel(), interval, level)
    warn_of_missing({"the statistic": fields})
    return fields


def without_one(design: core.Resampling, estimates: Fields, replicates: Fields, level: float) -> Fields:
    """Return the fields of statistics from their values without each unit, shape (statistics, units)."""
    fields = design.jackknife(estimates, np.ascontiguousarray(replicates).ravel(), level)
    warn_of_missing({"the statistic": fields})
    return fields


def warn_of_missing(measures: dict[str, Any]) -> None:
    """Warn once of all values that have no interval because too many replicates have no value."""
    lost = {name: int((np.isfinite(f[0]) & np.isnan(f[2]) & (f[6] > 0)).sum()) for name, f in measures.items()}
    told = [f"{name} ({n:,})" for name, n in lost.items() if n]
    if told:
        message = f"no interval (NaN) where more than 5 % of the replicates have no finite value: {', '.join(told)}"
        warn(message, ResamplingWarning)
