"""Which words stand next to each other more often than their parts explain."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop, _native
from kolloc._association import MEASURES, scores
from kolloc._cooccurrence_options import UNITS
from kolloc._measures import chosen
from kolloc._progress import Progress, reporting
from kolloc._significance import ADJUSTMENTS, adjust_p, log_p_of_z, p_columns
from kolloc._strings import decode
from kolloc._token_arrays import TokenArrays
from kolloc._undefined import warn_of_undefined
from kolloc.exceptions import InputTypeError, ParameterError

__all__ = ["CollocationCounts"]

_OWN = ("z", "lambda", "count")
# The measure of association of that name, beside the z of λ.
_Z = "z_score"
_SIZES = range(2, 6)


class CollocationCounts(TokenArrays):
    """Tokens whose neighbours are counted."""

    __slots__ = ()

    def collocations(
        self,
        size: int | Iterable[int] = 2,
        *,
        min_count: int = 2,
        measure: str = "z",
        measures: str | Iterable[str] = (),
        smoothing: float = 0.5,
        within: str = "sentence",
        adjust: str = "bh",
        top: int | None = None,
        concatenator: str = " ",
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return n-grams whose words come together more often than their parts explain, the strongest first.

        For an n-gram of n words and each pattern b of n bits let c_b be the number of n-grams in the text that have its
        words exactly in the places with bit 1. With smoothing s, λ = Σ (-1)^(n - |b|) ln(c_b + s) and z = λ / σ with
        σ² = Σ 1 / (c_b + s) (Blaheta & Johnson 2001). For two words λ is the log odds ratio. For three and more it is
        only what the parts of an n-gram do not explain already: a frequent phrase made of frequent pairs has a λ near
        zero or below.

        Parameters
        ----------
        size : int or iterable of int, default 2
            Numbers of words, from 2 to 5.
        min_count : int, default 2
            Occurrences an n-gram needs to be listed, whatever the weights of documents. All n-grams count in λ.
        measure : str, default "z"
            What decides the order, falling: ``"z"``, ``"lambda"``, ``"count"``, or for pairs an association measure,
            see `measures`.
        measures : str or iterable of str, optional
            Association measures to add, of pairs only: ``"all"`` or names, as in `Cooccurrence.association`, but
            ``"z_score"`` for its ``"z"``, and ``"gensim_default"`` with the number of types for V. f is the count, R1
            and C1 the pairs with the first and the second word in their place, N all pairs.
        smoothing : float, default 0.5
            s, what is added to each cell. With 0 an empty cell makes λ NaN.
        within : {"document", "paragraph", "sentence"}, default "sentence"
            The unit whose border no n-gram crosses. Neither does it cross a gap: such n-grams are in no cell.
        adjust : {"bonferroni", "holm", "bh", "by"}, default "bh"
            How ``q`` adjusts p for the number of n-grams listed, see `adjust_p`.
        top : int, optional
            Number of rows; all by default. ``q`` is that of the whole list.
        concatenator : str, default " "
            What joins the words.
        n_threads, progress
            As in `Corpus.tokens`; positions, once for each set of places that is counted.

        Returns
        -------
        frame
            ``collocation``; ``count`` and ``count_nested`` (int64), how often it occurs, and how often inside a longer
            n-gram of a size asked for; ``length``, number of words; ``lambda`` (natural logarithm) and ``z``; ``p`` of
            z, two-sided from the normal distribution, ``neg_log10_p`` and ``q``; the measures. Ties by falling count,
            then shorter n-grams first, then by first appearance of their words.

            Where documents have weights, counts are sums of weights (float64), λ and z those of weighted counts, and
            there is no p, neg_log10_p and q.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed.

        Warns
        -----
        UndefinedWarning
            If λ or a measure of some n-grams has no value (NaN).

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus(["peace talks resume", "peace talks fail", "trade talks fail"]).tokens()
        >>> frame = tokens.collocations(min_count=1)
        >>> print(frame[["collocation", "count", "lambda", "z"]].round(3))
            collocation  count  lambda      z
        0   peace talks      2   2.457  1.342
        1    talks fail      2   2.457  1.342
        2  talks resume      1   1.435  0.784
        3   trade talks      1   1.435  0.784

        Notes
        -----
        Room: 8 bytes for each token, and 4 · 2^n + 4 n for each n-gram listed. Counts are exact: nothing is pruned.
        """
        sizes = _sizes(size)
        names = _needed(measure, measures, sizes)
        _check.one_of("within", within, UNITS)
        _check.one_of("adjust", adjust, ADJUSTMENTS)
        _check.string("concatenator", concatenator)
        smoothing = _check.number("smoothing", smoothing)
        config = {
            "sizes": sizes,
            "within": within,
            "min_count": _check.integer("min_count", min_count, at_least=1, at_most=2**32 - 1),
        }
        top = None if top is None else _check.integer("top", top)
        with reporting(progress, "collocations") as callback:
            found = _native.Collocations.count(
                self._native, json.dumps(config), self._doc_weights, n_threads=n_threads, progress=callback
            )
        interaction = dict(zip(("lambda", "z"), found.interaction(smoothing, n_threads=n_threads), strict=True))
        keys = interaction | (_scores(names, found.tables(), min_count, self.n_types) if names else {})
        counts = found.counts()
        key = counts.astype(np.float64) if measure == "count" else keys[measure]
        order = found.order(key, n_threads=n_threads)[:top]
        columns = {"count": counts, "count_nested": found.nested(), "length": found.lengths(), **interaction}
        if self._doc_weights is None:
            columns |= p_columns(log_p_of_z(interaction["z"]))
            columns["q"] = adjust_p(columns["p"], adjust)
        columns |= {name: keys[name] for name in names}
        rows = {name: values[order] for name, values in columns.items()}
        _warn(keys)
        return _interop.frame_like(self._metadata, {"collocation": decode(*found.terms(order, concatenator)), **rows})


def _sizes(size: int | Iterable[int]) -> list[int]:
    given = size if isinstance(size, Iterable) and not isinstance(size, str) else (size,)
    sizes = sorted({_check.integer("size", each, at_least=_SIZES[0], at_most=_SIZES[-1]) for each in given})
    if not sizes:
        raise InputTypeError("size must be one or more numbers of words, got none")
    return sizes


def _needed(measure: str, measures: str | Iterable[str], sizes: list[int]) -> list[str]:
    """Return the association measures that are needed; they are for pairs only."""
    allowed = [_Z if name == "z" else name for name in MEASURES] + ["gensim_default"]
    names = chosen(measures, allowed)
    if _check.one_of("measure", measure, [*_OWN, *allowed]) not in [*_OWN, *names]:
        names.append(measure)
    if names and sizes != [2]:
        message = f"size must be 2 for association measures, got {sizes} with {names[0]!r}"
        raise ParameterError(message, parameter="size", value=sizes, allowed="2 for association measures")
    return names


def _scores(names: list[str], tables: Any, min_count: int, n_types: int) -> dict[str, NDArray[np.float64]]:
    """Return association measures of pairs."""
    found: dict[str, NDArray[np.float64]] = {}
    for name in names:
        if name == "gensim_default":
            o11, r1, c1, _ = tables
            found[name] = _native.gensim_default(o11, r1, c1, float(min_count), float(n_types))
            continue
        measure = "z" if name == _Z else name
        found[name] = scores([measure], tables)[measure]
    return found


def _warn(columns: dict[str, NDArray[np.float64]]) -> None:
    why = dict.fromkeys(("lambda", "z"), "a cell of the table is empty and smoothing is 0")
    warn_of_undefined(columns, why)
