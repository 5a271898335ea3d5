"""From which site each document is: an outlet, or the host of an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop
from kolloc.exceptions import ParameterError

__all__ = ["codes", "site_of"]

_UNKNOWN = 2**32 - 1


def site_of(value: Any) -> str | None:
    """Return the site that a value names: of an address the host without ``www.``; ``None`` if it is missing.

    Examples
    --------
    >>> site_of("https://www.harbour-post.example/talks"), site_of("Harbour Post"), site_of(None)
    ('harbour-post.example', 'Harbour Post', None)
    """
    if _interop.is_missing(value) or not str(value).strip():
        return None
    name = str(value).strip()
    if "://" not in name:
        return name
    try:
        host = urlsplit(name).hostname
    except ValueError:
        host = None
    return (host or name).removeprefix("www.")


def codes(site: str | Iterable[Any] | None, metadata: Any | None, n_docs: int) -> NDArray[np.uint32] | None:
    """Return a number for the site of each document, in order of first appearance; ``None`` if there are no sites."""
    if site is None:
        return None
    if isinstance(site, str):
        values = _interop.column_values(metadata, _check.column("site", site, _interop.columns(metadata)))
    else:
        values = list(site)
    if len(values) != n_docs:
        allowed = f"a column, or one site for each of {n_docs:,} documents"
        raise ParameterError(
            f"site must be {allowed}, got {len(values):,}", parameter="site", value=len(values), allowed=allowed
        )
    numbers: dict[str, int] = {}
    named = map(site_of, values)
    known = (_UNKNOWN if name is None else numbers.setdefault(name, len(numbers)) for name in named)
    return np.fromiter(known, dtype=np.uint32, count=n_docs)
