"""Options of tokenization: checked, complete, as the core and the provenance take them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kolloc import _build, _check
from kolloc.exceptions import InputTypeError

__all__ = ["POSSESSIVES", "SEGMENTERS", "TokenOptions"]

SEGMENTERS = ("auto", "uax29", "whitespace", "regex")
NORMAL_FORMS = ("nfc", "nfkc")
POSSESSIVES = ("cut", "keep")
_SWITCHES = (
    "lowercase",
    "remove_punct",
    "remove_symbols",
    "remove_numbers",
    "remove_urls",
    "split_hyphens",
    "keep_gaps",
)


class TokenOptions:
    """All options of `Corpus.tokens` by name."""

    __slots__ = ("parameters",)

    def __init__(self, parameters: dict[str, Any]) -> None:
        for name in _SWITCHES:
            if not isinstance(parameters[name], bool):
                raise InputTypeError(f"{name} must be True or False, got {parameters[name]!r}")
        _check.one_of("segmenter", parameters["segmenter"], SEGMENTERS)
        _check.one_of("possessive", parameters["possessive"], POSSESSIVES)
        if parameters["normalize"] is not None:
            _check.one_of("normalize", parameters["normalize"], NORMAL_FORMS)
        for name in ("min_chars", "max_chars"):
            if parameters[name] is not None:
                parameters[name] = _check.integer(name, parameters[name], at_least=1)
        words = parameters["stopwords"]
        if words is not None and not isinstance(words, str):
            parameters["stopwords"] = _words(words)
        self.parameters = parameters

    def to_json(self) -> str:
        """Return the configuration of the core."""
        config = dict(self.parameters)
        words = config.pop("stopwords")
        config["stopwords"] = words if isinstance(words, str) else None
        config["stopword_list"] = [] if words is None or isinstance(words, str) else words
        config["cut_possessive"] = config.pop("possessive") == "cut"
        return json.dumps(config)

    def data_versions(self) -> dict[str, str]:
        """Return the versions of the data that decide where tokens lie and what they are."""
        versions = {"unicode": _build.UNICODE_VERSION, "segmenter": _build.SEGMENTER_VERSION}
        if self.parameters["stem"] is not None:
            versions["stemmer"] = _build.STEMMER_VERSION
        return versions

    def __getstate__(self) -> dict[str, Any]:
        return self.parameters

    def __setstate__(self, parameters: dict[str, Any]) -> None:
        self.parameters = parameters


def _words(words: Iterable[str]) -> list[str]:
    try:
        listed = sorted(words) if isinstance(words, set | frozenset) else list(words)
    except TypeError:
        raise InputTypeError(f"stopwords must be the name of a list or an iterable of str, got {words!r}") from None
    wrong = next((word for word in listed if not isinstance(word, str)), None)
    if wrong is not None:
        raise InputTypeError(f"stopwords must be str, got {wrong!r}")
    return _check.strings("stopwords", listed)
