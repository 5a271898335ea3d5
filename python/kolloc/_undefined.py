"""Cells without a value: they are NaN, and one warning a call says which, how many and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc._warn import warn
from kolloc.exceptions import UndefinedWarning

__all__ = ["warn_of_undefined"]


def warn_of_undefined(columns: Mapping[str, NDArray[Any]], why: Mapping[str, str] | str) -> None:
    """Warn once if some of these columns hold NaN.

    Parameters
    ----------
    columns : mapping
        Values by name of the measure, of any shape.
    why : str or mapping
        The reason, of all or by name of the measure; a name without a reason is listed without.

    Warns
    -----
    UndefinedWarning
        Naming each measure with its number of cells and the reason, those with the same numbers and reason together.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warn_of_undefined({"t": np.array([1.0, np.nan]), "z": np.array([1.0, 2.0])}, "nothing was observed")
    >>> str(caught[0].message)
    'some values are undefined and NaN: t in 1 of 2 cells (nothing was observed)'
    """
    cases: dict[tuple[int, int, str], list[str]] = {}
    for name, values in columns.items():
        n_undefined = int(np.isnan(values).sum())
        if n_undefined:
            reason = why if isinstance(why, str) else why.get(name, "")
            cases.setdefault((n_undefined, values.size, reason), []).append(name)
    if cases:
        listed = "; ".join(_said(names, *case) for case, names in cases.items())
        warn(f"some values are undefined and NaN: {listed}", UndefinedWarning)


def _said(names: list[str], n_undefined: int, n_cells: int, reason: str) -> str:
    cells = f"{', '.join(names)} in {n_undefined:,} of {n_cells:,} cells"
    return f"{cells} ({reason})" if reason else cells
