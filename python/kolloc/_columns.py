"""Which columns terms have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kolloc import _check
from kolloc.exceptions import ParameterError

__all__ = ["columns_of"]


def columns_of(wanted: Iterable[str], terms: Sequence[str]) -> NDArray[np.int64]:
    """Return the column of each wanted term, in the order given; `terms` are those of the columns.

    Raises
    ------
    KeyError
        If a term has no column; the message names the closest one.
    ParameterError
        If a term is wanted twice.

    Examples
    --------
    >>> columns_of(["talks", "peace"], ["peace", "talks"]).tolist()
    [1, 0]
    """
    columns = {term: column for column, term in enumerate(terms)}
    found: dict[str, int] = {}
    for term in wanted:
        if term in found:
            allowed = "distinct terms"
            message = f"terms must be {allowed}, got {term!r} twice"
            raise ParameterError(message, parameter="terms", value=term, allowed=allowed)
        if term not in columns:
            raise KeyError(f"no column is named {term!r}{_check.did_you_mean(term, terms[:20_000])}")
        found[term] = columns[term]
    return np.array(list(found.values()), dtype=np.int64)
