"""Lexical diversity of any texts: options, and the columns of the result."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _native, _summaries
from kolloc._undefined import warn_of_undefined
from kolloc._warn import warn
from kolloc.exceptions import ParameterError, ShortTextWarning

__all__ = ["ALL", "CLOSED", "beside", "columns", "to_json"]

ALL = tuple(name for name, _ in _native.diversity_measures())
CLOSED = tuple(name for name, needs_order in _native.diversity_measures() if not needs_order)
# McCarthy and Jarvis found the measure stable from here on.
_SHORT = 50
_WHY_SHORT = "the text is shorter than the window"
_WHY = {
    "mattr": _WHY_SHORT,
    "msttr": _WHY_SHORT,
    "hdd": "the text is shorter than the sample",
    "rarefied_types": "the text is shorter than the sample",
    "vocd_d": "the text has less than 50 tokens",
    "vocd_d_expected": "the text has less than 50 tokens",
    "mtld": "hardly a type repeats",
    "mtld_ma": "hardly a type repeats",
}
_OTHERWISE = "the text is too short, or no type repeats"


def to_json(measures: list[str], options: dict[str, Any]) -> str:
    """Return the configuration of the core, checked."""
    checked = dict(options)
    base = _check.number("log_base", options["log_base"])
    if not 1 < base < float("inf"):
        allowed = "a number above 1"
        message = f"log_base must be {allowed}, got {base:g}"
        raise ParameterError(message, parameter="log_base", value=base, allowed=allowed)
    _check.one_of("closed", options["closed"], ("lt", "le"))
    checked["log_base"] = base
    for name in ("window", "sample"):
        checked[name] = _check.integer(name, options[name], at_least=1)
    checked["seed"] = _check.integer("seed", options["seed"])
    for name in ("remove_punct", "remove_symbols", "remove_numbers", "lowercase"):
        checked[name] = bool(options[name])
    return json.dumps({"measures": measures, **checked})


def columns(table: NDArray[np.float64], measures: list[str]) -> dict[str, NDArray[Any]]:
    """Return ``n_tokens``, ``n_types`` and the measures; warn of what is undefined or unreliable."""
    n_tokens = table[:, 0]
    found = {name: np.ascontiguousarray(table[:, 2 + i]) for i, name in enumerate(measures)}
    warn_of_undefined(found, {name: _WHY.get(name, _OTHERWISE) for name in measures})
    short = [name for name in ("mtld", "mtld_ma") if name in found]
    n_short = int(np.sum((n_tokens < _SHORT) & ~np.isnan(found[short[0]]))) if short else 0
    if n_short:
        message = f"{', '.join(short)} is unreliable below {_SHORT} tokens, as in {n_short:,} of {len(table):,} texts"
        warn(message, ShortTextWarning)
    return {"n_tokens": n_tokens.astype(np.int64), "n_types": table[:, 1].astype(np.int64), **found}


def beside(columns: dict[str, NDArray[Any]], fields: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[Any]]:
    """Return the columns, each measure followed by what replicates say of it; warn of missing intervals."""
    _summaries.warn_of_missing(fields)
    found: dict[str, NDArray[Any]] = {}
    for name, values in columns.items():
        found[name] = values
        if name in fields:
            found |= _summaries.columns(name, fields[name])
    return found
