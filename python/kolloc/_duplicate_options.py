"""Options of the search for duplicates: checked, complete, as the core and the provenance take them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from numbers import Real
from typing import Any

from kolloc import _check, _dates
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["FURNITURE", "GROUPINGS", "KEEPS", "POLICIES", "UNITS", "DuplicateOptions"]

UNITS = ("document", "paragraph", "sentence")
FURNITURE = ("cut", "keep")
GROUPINGS = ("within", "across")
KEEPS = ("earliest", "longest", "first")
POLICIES = (
    "all",
    "one_per_cluster",
    "one_per_source_per_cluster",
    "weight_1_over_size",
    "drop_boilerplate",
    "drop_repeated_passages",
    "mask_quotes",
)
_THRESHOLDS = ("near", "contained", "revised", "passage", "quoted", "cohesion", "join_revised")
_SHARES = ("floor", "near", "contained", "revised", "quoted", "short_contained", "cohesion")
_COUNTS = ("shingle", "winnow", "max_df", "passage", "short", "short_run")
_MOST = 2**32 - 1
_COLUMNS = ("date", "source", "site", "furniture", "unit")


class DuplicateOptions:
    """All options of `Corpus.duplicates` by name."""

    __slots__ = ("parameters",)

    def __init__(self, parameters: Mapping[str, Any], columns: list[str]) -> None:
        options = dict(parameters)
        _check.one_of("unit", options["unit"], UNITS)
        _check.one_of("furniture", options["furniture"], FURNITURE)
        for name in ("date", "source", "site"):
            if options[name] is not None:
                _check.column(name, options[name], columns)
        if options["group"] is not None:
            _check.one_of("group", options["group"], GROUPINGS)
        for needed, because in (("date", "window"), ("source", "group")):
            if options[because] is not None and options[needed] is None:
                allowed = f"a column, since {because} needs it"
                message = f"{needed} must be {allowed}, got None"
                raise ParameterError(message, parameter=needed, value=None, allowed=allowed)
        self.parameters = {**options, **_numbers(options)}

    def but(self, changes: Mapping[str, Any]) -> DuplicateOptions:
        """Return the options with other thresholds."""
        for name in changes:
            _check.one_of("thresholds", name, _THRESHOLDS)
        changed: DuplicateOptions = object.__new__(DuplicateOptions)
        options = {**self.parameters, **changes}
        changed.parameters = {**options, **_numbers(options)}
        return changed

    def __eq__(self, other: object) -> bool:
        """Return whether both ask for the same search."""
        if not isinstance(other, DuplicateOptions):
            return NotImplemented
        same_columns = all(self.parameters[name] == other.parameters[name] for name in _COLUMNS)
        return same_columns and self.to_json() == other.to_json()

    __hash__ = None  # type: ignore[assignment]

    def to_json(self) -> str:
        """Return the configuration of the core."""
        config = {name: value for name, value in self.parameters.items() if name not in _COLUMNS}
        window = config["window"]
        config["window"] = None if window is None else _dates.span(window)
        config["cut_furniture"] = self.parameters["furniture"] == "cut"
        return json.dumps(config)


def _numbers(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are numbers, of the right type; their bounds are the core's business."""
    given = [name for name in _COUNTS if name != "passage" or options[name] is not None]
    counts = {name: _check.integer(name, options[name], at_least=1, at_most=_MOST) for name in given}
    numbers: dict[str, Any] = dict(counts)
    for name in _SHARES:
        value = options[name]
        allowed = "a number above 0 and at most 1"
        if isinstance(value, bool) or not isinstance(value, Real):
            raise InputTypeError(f"{name} must be {allowed}, got {value!r}")
        if not isfinite(value):
            raise ParameterError(
                f"{name} must be {allowed}, got {value!r}", parameter=name, value=value, allowed=allowed
            )
        numbers[name] = float(value)
    if not isinstance(options["join_revised"], bool):
        raise InputTypeError(f"join_revised must be True or False, got {options['join_revised']!r}")
    return numbers
