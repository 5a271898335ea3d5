"""Bounds on terms, as the caller writes them and as the core reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

from kolloc import _check
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["TYPES", "to_json"]

TYPES = ("auto", "count", "prop", "quantile")
_KINDS = {"prop": "share", "quantile": "quantile"}


def to_json(bounds: Mapping[str, Any], bound_type: str = "auto") -> str:
    """Return bounds for the core; ``None`` restricts nothing.

    Examples
    --------
    >>> json.loads(to_json({"min_df": 0.07, "max_terms": 5}))["min_df"]
    {'share': 0.07}
    """
    config: dict[str, Any] = {
        name: _bound(name, bounds.get(name), bound_type) for name in ("min_count", "max_count", "min_df", "max_df")
    }
    config["max_sparsity"] = _number("max_sparsity", bounds.get("max_sparsity"))
    for name in ("top", "bottom_from", "max_terms"):
        value = bounds.get(name)
        config[name] = None if value is None else _check.integer(name, value)
    return json.dumps(config)


def _bound(name: str, value: Any, bound_type: str) -> dict[str, float] | None:
    if value is None:
        return None
    number = _number(name, value)
    is_count = bound_type == "count" or (bound_type == "auto" and isinstance(value, Integral))
    if is_count:
        return {"count": _check.integer(name, value)}
    return {_KINDS.get(bound_type, "share"): float(number or 0)}


def _number(name: str, value: Any) -> float | None:
    if value is None:
        return None
    if not isinstance(value, Real) or isinstance(value, bool):
        raise InputTypeError(f"{name} must be an int (a count) or a float (a share), got {value!r}")
    if value != value:
        raise ParameterError(f"{name} must be a number, got nan", parameter=name, value=value, allowed="a number")
    return float(value)
