"""Statistics of a matrix with their uncertainty, as columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kolloc import _resampling, _summaries
from kolloc._matrix import Matrix
from kolloc._progress import Progress, reporting
from kolloc.bootstrap import Bootstrap
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["checked", "checked_prints", "checked_replicates", "rates"]


def checked(bootstrap: object) -> Bootstrap:
    """Return `bootstrap` if it is one.

    Examples
    --------
    >>> checked(1000)
    Traceback (most recent call last):
    kolloc.exceptions.InputTypeError: bootstrap must be a kolloc.Bootstrap, such as kolloc.Bootstrap(1000), got 1000
    """
    if isinstance(bootstrap, Bootstrap):
        return bootstrap
    allowed = "a kolloc.Bootstrap, such as kolloc.Bootstrap(1000)"
    raise InputTypeError(f"bootstrap must be {allowed}, got {bootstrap!r:.100}")


def checked_prints(bootstrap: object) -> Bootstrap:
    """Return `bootstrap` if documents count in it what they count in the matrix, as all other columns have it.

    Examples
    --------
    >>> checked_prints(Bootstrap(100)).count
    'prints'
    """
    drawn = checked(bootstrap)
    if drawn.count == "prints":
        return drawn
    allowed = "'prints' here, where other columns stand beside"
    message = (
        f"count must be {allowed}, got {drawn.count!r}; weigh the documents, see Tokens.weigh and Duplicates.apply"
    )
    raise ParameterError(message, parameter="count", value=drawn.count, allowed=allowed)


def checked_replicates(bootstrap: object, what: str) -> Bootstrap:
    """Return `bootstrap` if it needs no values without one unit each, which `what` would take too long for.

    Examples
    --------
    >>> checked_replicates(Bootstrap(interval="bca"), "diversity")
    Traceback (most recent call last):
    kolloc.exceptions.ParameterError: interval must be one of 'percentile', 'basic', 'normal' for diversity, got 'bca'
    """
    drawn = checked_prints(bootstrap)
    for is_refused, parameter, refused, allowed in (
        (drawn.leaves_one_out, "method", "jackknife", "one of 'multinomial', 'poisson'"),
        (drawn.interval == "bca", "interval", "bca", "one of 'percentile', 'basic', 'normal'"),
    ):
        if is_refused:
            message = f"{parameter} must be {allowed} for {what}, got {refused!r}"
            raise ParameterError(message, parameter=parameter, value=refused, allowed=allowed)
    return drawn


def rates(
    matrix: Matrix, bootstrap: Bootstrap, n_threads: int | None, progress: Progress
) -> dict[str, NDArray[np.float64]]:
    """Return the rate and the share of documents of each term, with what the replicates say of them."""
    drawn = checked(bootstrap)
    design = _resampling.design(drawn, matrix)
    with reporting(progress, "bootstrap") as callback:
        fields = design.native.rates(design.counts, drawn.interval, drawn.level, n_threads=n_threads, progress=callback)
    named = dict(zip(("per_million", "df_share"), fields, strict=True))
    _summaries.warn_of_missing(named)
    found: dict[str, NDArray[np.float64]] = {}
    for name, its in named.items():
        found |= {name: its[0]} | _summaries.columns(name, its)
    return found
