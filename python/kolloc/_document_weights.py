"""Weights of documents: checked, described, carried along."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc._provenance import Provenance
from kolloc._rows import Rows
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["checked", "equal", "facts", "refuse_second", "taken", "text"]

Weights = NDArray[np.float64]


def checked(weights: Any, n_docs: int) -> Weights:
    """Return the weights as a new read-only array, one for each document, finite and not below 0.

    Examples
    --------
    >>> checked([1, 0.5], 2)
    array([1. , 0.5])
    """
    try:
        values = np.array(weights, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputTypeError(f"weights must be numbers, one for each document, got {weights!r:.200}") from None
    if values.shape != (n_docs,):
        allowed = f"one for each of {n_docs:,} documents"
        message = f"weights must be {allowed}, got an array of shape {values.shape}"
        raise ParameterError(message, parameter="weights", value=values.shape, allowed=allowed)
    wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
    if len(wrong):
        value = float(values[wrong[0]])
        allowed = "finite and at least 0"
        message = f"weights must be {allowed}, got {value:g} in row {wrong[0]}"
        raise ParameterError(message, parameter="weights", value=value, allowed=allowed)
    values += 0.0  # -0.0 becomes 0.0
    values.flags.writeable = False
    return values


def refuse_second(weights: Weights | None, provenance: Provenance) -> None:
    """Raise if there are weights already, naming the step that gave them."""
    if weights is None:
        return
    step = provenance.last("weigh") or {}
    label = step.get("parameters", {}).get("label")
    message = (
        f"the documents have weights already, by the step weigh(label={label!r}); weigh the tokens before that step"
    )
    raise ParameterError(message, parameter="weights", value=label, allowed="tokens without weights")


def facts(weights: Weights) -> dict[str, float]:
    """Return what the provenance says of weights."""
    ends = {"least": float(weights.min()), "greatest": float(weights.max())} if len(weights) else {}
    return {"distinct": len(np.unique(weights)), **ends, "sum": float(weights.sum())}


def text(weights: Weights | None) -> list[str]:
    """Return what a repr says of weights, nothing if there are none."""
    return [] if weights is None else [f"documents weighted, {weights.sum():,.6g} in all"]


def taken(weights: Weights | None, rows: Rows) -> Weights | None:
    """Return the weights of some documents."""
    return None if weights is None else checked(weights[rows], len(rows))


def equal(one: Weights | None, other: Weights | None) -> bool:
    """Return whether both have the same weights, or both none."""
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)
