"""Which measures a caller asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kolloc import _check

__all__ = ["chosen"]


def chosen(measures: str | Iterable[str], known: Sequence[str]) -> list[str]:
    """Return the names of measures once each, in the order given; ``"all"`` stands for all that are known.

    Examples
    --------
    >>> chosen(["da", "dp", "da"], ["range", "dp", "da"]), chosen("all", ["dp", "da"]), chosen("dp", ["dp", "da"])
    (['da', 'dp'], ['dp', 'da'], ['dp'])
    """
    if measures == "all":
        return list(known)
    names = [measures] if isinstance(measures, str) else _check.strings("measures", measures)
    return [_check.one_of("measures", name, known) for name in dict.fromkeys(names)]
