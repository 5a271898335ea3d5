"""Options of co-occurrence: checked, complete, as the core and the provenance take them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from kolloc import _check
from kolloc.exceptions import InputTypeError, ParameterError
from kolloc.vocabulary import Vocabulary

__all__ = ["CONTEXTS", "COUNTS", "DIAGONALS", "MARGINS", "UNITS", "checked", "node_ids", "to_json", "window_of"]

CONTEXTS = ("window", "document", "paragraph", "sentence")
UNITS = ("document", "paragraph", "sentence")
COUNTS = ("frequency", "boolean", "weighted")
DIAGONALS = ("pairs", "twice", "zero")
MARGINS = ("pairs", "surface", "textual")


def checked(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options with what the caller left open filled in."""
    _check.one_of("context", options["context"], CONTEXTS)
    _check.one_of("within", options["within"], UNITS)
    _check.one_of("count", options["count"], COUNTS)
    _check.one_of("diagonal", options["diagonal"], DIAGONALS)
    if options["margins"] is None:
        options["margins"] = "textual" if options["count"] == "boolean" else "pairs"
    _check.one_of("margins", options["margins"], MARGINS)
    options["window"] = window_of(options["window"])
    options["min_count"] = _check.integer("min_count", options["min_count"], at_least=1)
    if not isinstance(options["ordered"], bool):
        raise InputTypeError(f"ordered must be True or False, got {options['ordered']!r}")
    if options["weights"] is not None:
        options["weights"] = _weights(options["weights"])
    if isinstance(options["nodes"], str):
        options["nodes"] = [options["nodes"]]
    elif options["nodes"] is not None:
        options["nodes"] = _check.strings("nodes", options["nodes"])
    return options


def _weights(weights: Any) -> list[float]:
    try:
        numbers = [] if isinstance(weights, str) else [float(weight) for weight in weights]
    except (TypeError, ValueError):
        numbers = []
    if not numbers:
        raise InputTypeError(f"weights must be numbers, one for each distance, got {weights!r}")
    wrong = next((number for number in numbers if not (math.isfinite(number) and number > 0)), None)
    if wrong is not None:
        allowed = "finite and above 0"
        message = f"weights must be {allowed}, got {wrong:g}"
        raise ParameterError(message, parameter="weights", value=wrong, allowed=allowed)
    return numbers


def window_of(window: int | Sequence[int]) -> tuple[int, int]:
    """Return a window as (left, right).

    Examples
    --------
    >>> window_of(5), window_of((0, 3))
    ((5, 5), (0, 3))
    """
    if isinstance(window, Sequence) and not isinstance(window, str):
        if len(window) != 2:
            raise InputTypeError(f"window must be one integer or two (left, right), got {window!r}")
        left, right = (_check.integer("window", side, at_most=2**31) for side in window)
        return left, right
    side = _check.integer("window", window, at_least=1, at_most=2**31)
    return side, side


def node_ids(nodes: Iterable[str] | None, vocabulary: Vocabulary) -> list[int] | None:
    """Return the ids of node words; an unknown one is an error that names the closest."""
    return None if nodes is None else [vocabulary[node] for node in nodes]


def to_json(options: dict[str, Any], nodes: list[int] | None) -> str:
    """Return the configuration of the core."""
    config = dict(options)
    config["left"], config["right"] = config.pop("window")
    config["nodes"] = None if options["nodes"] is None else nodes
    return json.dumps(config)
