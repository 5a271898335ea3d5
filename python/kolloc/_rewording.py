"""How much wording given pairs of documents share, related or not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _interop
from kolloc._progress import Progress, reporting
from kolloc._searched import Searched
from kolloc.exceptions import InputTypeError

__all__ = ["Reworded"]

_LONGEST = 5


class Reworded(Searched):
    """Duplicates asked about any two documents."""

    __slots__ = ()

    def overlap(
        self,
        pairs: Any,
        *,
        n: int | Iterable[int] = (1, 3, 5),
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return how many words and runs of words given documents have in common, related or not.

        Copies keep long runs; who rewrites keeps words and loses runs. So the share of an answer's single words that
        its presumed source has tells heavy rewriting from independent work better than longer runs do, while three and
        five words tell copying from a common topic. The counts are exact, of sets: a word or run counts once.

        Parameters
        ----------
        pairs : iterable of (str, str), or frame
            Names of two documents each, in the order wanted; or a frame with columns ``document_a`` and
            ``document_b``, such as `pairs`.
        n : int or iterable of int, default (1, 3, 5)
            Words in a run, 1 to 5; of scripts without spaces, pairs of characters.
        n_threads, progress
            As in `Corpus.duplicates`; pairs.

        Returns
        -------
        frame
            Of the caller's kind, a row for each pair and each n, by n and in the order given. ``document_a``,
            ``document_b``: names. ``n``. ``shared``, ``size_a``, ``size_b``: different runs of n words in both, in a,
            in b. ``jaccard``: shared / (size_a + size_b − shared). ``containment_a``, ``containment_b``: shared /
            size_a, shared / size_b; all three are 0 for texts without runs.

        Raises
        ------
        KeyError
            If there is no such document.
        ParameterError, InputTypeError
            If n is not allowed or the pairs are none.

        Notes
        -----
        Containment: Broder 1997. N-grams of several lengths as grades of rewriting: Clough & Stevenson, Developing a
        corpus of plagiarised short answers, Language Resources and Evaluation 45, 2011,
        https://doi.org/10.1007/s10579-009-9112-1.

        Examples
        --------
        >>> import kolloc
        >>> source = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved"
        >>> rewritten = "All forty were saved when on Monday, in calm weather, the ferry to the islands sank"
        >>> duplicates = kolloc.Corpus({"source": source, "rewritten": rewritten}).duplicates()
        >>> duplicates.n_pairs
        0
        >>> duplicates.overlap([("rewritten", "source")], n=[1, 3])[["n", "shared", "size_a", "containment_a"]].round(2)
           n  shared  size_a  containment_a
        0  1      14      15           0.93
        1  3       5      14           0.36
        """
        sizes = [n] if not isinstance(n, Iterable) else list(n)
        sizes = [_check.integer("n", size, at_least=1, at_most=_LONGEST) for size in sizes]
        a, b = self._rows_of_pairs(pairs)
        with reporting(progress, "overlap") as callback:
            found = [self._native.overlaps(a, b, size, n_threads=n_threads, progress=callback) for size in sizes]
        shared, size_a, size_b = (_joined(column[name] for column in found) for name in ("shared", "size_a", "size_b"))
        names = list(self._names)
        return _interop.coded_frame(
            self._metadata,
            {"document_a": (np.tile(a, len(sizes)), names), "document_b": (np.tile(b, len(sizes)), names)},
            {
                "n": np.repeat(np.array(sizes, dtype=np.int64), len(a)),
                "shared": shared,
                "size_a": size_a,
                "size_b": size_b,
                "jaccard": shared / np.maximum(size_a + size_b - shared, 1),
                "containment_a": shared / np.maximum(size_a, 1),
                "containment_b": shared / np.maximum(size_b, 1),
            },
        )

    def _rows_of_pairs(self, pairs: Any) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        frame = _interop.as_frame(pairs)
        if frame is not None:
            columns = ("document_a", "document_b")
            for name in columns:
                _check.column("pairs", name, _interop.columns(frame))
            named = list(zip(*(map(str, _interop.column_values(frame, name)) for name in columns), strict=True))
        else:
            named = [_as_pair(pair) for pair in pairs]
        rows = np.fromiter(map(self._names.row, chain.from_iterable(named)), dtype=np.uint32, count=2 * len(named))
        return rows[::2].copy(), rows[1::2].copy()


def _as_pair(pair: Any) -> tuple[str, str]:
    if isinstance(pair, str) or not isinstance(pair, Iterable):
        raise InputTypeError(f"pairs must hold two names each, got {pair!r}")
    names = tuple(pair)
    if len(names) != 2 or not all(isinstance(name, str) for name in names):
        raise InputTypeError(f"pairs must hold two names each, got {pair!r}")
    return names


def _joined(columns: Iterable[NDArray[Any]]) -> NDArray[np.int64]:
    return np.concatenate([np.empty(0, np.int64), *columns]).astype(np.int64)
