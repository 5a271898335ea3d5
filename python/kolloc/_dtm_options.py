"""Options of the document-term matrix: checked, complete, as the core and the provenance take them."""

from __future__ import annotations

import json
from typing import Any

from kolloc import _bounds, _check
from kolloc._cooccurrence_options import UNITS
from kolloc.dtm import DTYPES
from kolloc.exceptions import InputTypeError

__all__ = ["ORDERS", "DtmOptions", "value_type"]

ORDERS = ("first", "term", "frequency")


def value_type(dtype: str | None, *, weighted: bool) -> str:
    """Return the type of values asked for, or the one that suits counts or weighted counts.

    Examples
    --------
    >>> value_type(None, weighted=True)
    'float64'
    """
    if dtype is None:
        return "float64" if weighted else "int32"
    return _check.one_of("dtype", dtype, [name for name in DTYPES if not weighted or name.startswith("float")])


class DtmOptions:
    """All options of `Tokens.dtm` by name."""

    __slots__ = ("parameters",)

    def __init__(self, **parameters: Any) -> None:
        _check.one_of("order", parameters["order"], ORDERS)
        _check.one_of("within", parameters["within"], UNITS)
        if not isinstance(parameters["binary"], bool):
            raise InputTypeError(f"binary must be True or False, got {parameters['binary']!r}")
        try:
            least, greatest = parameters["ngram_range"]
        except (TypeError, ValueError):
            message = f"ngram_range must be two integers, got {parameters['ngram_range']!r}"
            raise InputTypeError(message) from None
        least, greatest = (_check.integer("ngram_range", n, at_least=1, at_most=2**31) for n in (least, greatest))
        parameters["ngram_range"] = (least, greatest)
        _check.string("concatenator", parameters["concatenator"])
        if parameters["vocabulary"] is not None:
            parameters["vocabulary"] = _check.strings("vocabulary", parameters["vocabulary"])
        self.parameters = parameters

    def to_json(self) -> str:
        """Return the configuration of the core."""
        bounds = {name: self.parameters[name] for name in ("min_count", "max_count", "min_df", "max_df", "max_terms")}
        # One token in one document restricts nothing, so the core need not look.
        for name in ("min_count", "min_df"):
            bounds[name] = None if bounds[name] == 1 and type(bounds[name]) is int else bounds[name]
        names = ("ngram_range", "within", "concatenator", "order", "vocabulary", "binary")
        config = {name: self.parameters[name] for name in names}
        return json.dumps({**config, "trim": json.loads(_bounds.to_json(bounds))})
