"""Readability of any texts: which scores hold for a language, their options, and the columns of the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _measures, _native
from kolloc._undefined import warn_of_undefined
from kolloc._warn import warn
from kolloc.exceptions import InputTypeError, ParameterError, ShortTextWarning

__all__ = ["checked_language", "chosen", "columns", "familiar_words", "syllable_dictionary"]

_LANGUAGES = {name: languages for name, languages, _ in _native.readability_measures()}
_OF_A_LIST = {name for name, _, needs_list in _native.readability_measures() if needs_list}
# McLaughlin drew 30 sentences of each text.
_SMOG_SENTENCES = 30
_SYLLABLES = ("syllables", "monosyllables", "polysyllables")


def checked_language(language: str) -> str:
    """Return a two-letter code in lower case, as it must be given.

    Examples
    --------
    >>> checked_language("en")
    'en'
    """
    if isinstance(language, str) and len(language) == 2 and language.isascii() and language.islower():
        return language
    allowed = "a two-letter code such as 'en' or 'de'"
    message = f"language must be {allowed}, got {language!r}"
    raise ParameterError(message, parameter="language", value=language, allowed=allowed)


def chosen(measures: str | Iterable[str], language: str, *, has_list: bool) -> list[str]:
    """Return the names of scores, all of which hold for a language.

    Examples
    --------
    >>> chosen("all", "it", has_list=False)
    ['lix', 'rix', 'gulpease']
    """
    fitting = [name for name, languages in _LANGUAGES.items() if not languages or language in languages]
    if isinstance(measures, str) and measures == "all":
        return [name for name in fitting if has_list or name not in _OF_A_LIST]
    names = _measures.chosen(measures, list(_LANGUAGES))
    for name in names:
        if name not in fitting:
            allowed = f"those that hold for {language!r}: {', '.join(fitting)}"
            known = ", ".join(map(repr, _LANGUAGES[name]))
            message = f"measures must be {allowed}; {name} was fitted to {known} and says nothing of other languages"
            raise ParameterError(message, parameter="measures", value=name, allowed=allowed)
        if name in _OF_A_LIST and not has_list:
            allowed = f"a list of words for {name}"
            message = f"familiar must be {allowed}, got None: this score asks which words are on the list"
            raise ParameterError(message, parameter="familiar", allowed=allowed)
    return names


def familiar_words(words: Iterable[str] | None) -> set[str] | None:
    """Return words in lower case; an empty list covers nothing and is an error."""
    if words is None:
        return None
    found = {word.lower() for word in _check.strings("familiar", words)}
    if not found:
        allowed = "a list with at least one word"
        message = f"familiar must be {allowed}, got an empty one"
        raise ParameterError(message, parameter="familiar", allowed=allowed)
    return found


def syllable_dictionary(syllables: Mapping[str, int] | None) -> dict[str, int] | None:
    """Return the syllables of words in lower case."""
    if syllables is None:
        return None
    if not isinstance(syllables, Mapping):
        raise InputTypeError(f"syllables must map words to numbers, got {type(syllables).__name__}")
    words = _check.strings("syllables", syllables)
    numbers = (_check.integer("syllables", number, at_most=1000) for number in syllables.values())
    return {word.lower(): number for word, number in zip(words, numbers, strict=True)}


def columns(
    counts: NDArray[Any], names: list[str], language: str, *, has_dictionary: bool, has_list: bool
) -> dict[str, NDArray[Any]]:
    """Return counts, what is known of syllables and familiar words, and the scores; warn of what says little."""
    fields = dict(zip(_native.prose_fields(), counts.T, strict=True))
    table = _native.readability_scores(np.ascontiguousarray(counts, dtype=np.float64), names)
    scores = {name: np.ascontiguousarray(table[:, i]) for i, name in enumerate(names)}
    counts_syllables = has_dictionary or _native.has_syllables(language)
    kept = [name for name in fields if name not in (*_SYLLABLES, "in_dictionary", "unfamiliar")]
    kept += _SYLLABLES if counts_syllables else ()
    kept += ["unfamiliar"] if has_list else []
    found = {f"n_{name}": np.ascontiguousarray(fields[name]) for name in kept}
    if has_dictionary:
        words = fields["words"].astype(np.float64)
        missing = np.full(len(words), np.nan)
        found["dictionary_share"] = np.divide(fields["in_dictionary"], words, out=missing, where=words > 0)
    warn_of_undefined(scores, "the text has no words")
    if "smog" in scores:
        _warn_of_short(fields["sentences"])
    return found | scores


def _warn_of_short(sentences: NDArray[Any]) -> None:
    n_short = int(np.sum((sentences > 0) & (sentences < _SMOG_SENTENCES)))
    if n_short:
        few = f"smog is unreliable below {_SMOG_SENTENCES} sentences"
        warn(f"{few}, as in {n_short:,} of {len(sentences):,} texts", ShortTextWarning)
