"""How evenly the types of tokens are spread, and how evenly their occurrences follow one another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _dispersion_table, _groups, _interop, _measures, _native
from kolloc._dispersion_table import BY_PARTS
from kolloc._native import TermDocument
from kolloc._progress import Progress, reporting
from kolloc._token_arrays import TokenArrays
from kolloc._weighted_counts import WeightedCounts
from kolloc.exceptions import ParameterError

__all__ = ["TokenDispersion"]

_BY_DISTANCE = ("arf", "ald", "awt", "f_ald", "f_awt")


class TokenDispersion(TokenArrays):
    """Tokens that tell how evenly a type is spread."""

    __slots__ = ()

    def dispersion(
        self,
        measures: str | Iterable[str] = _dispersion_table.USUAL,
        *,
        parts: str | int = "documents",
        equal_parts: bool = False,
        even_high: bool = False,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return how evenly each type is spread over the corpus: by parts, and by the distances of its occurrences.

        Parameters
        ----------
        measures : str or iterable of str, default ("range", "dp_norm", "da", "kld_norm")
            ``"all"``, those of `DocumentTermMatrix.dispersion`, and some that need positions. Of these, the corpus is a
            ring of N positions: each of the f occurrences of a type has a distance d to the next, the last one to the
            first (Savický & Hlaváčová 2002):

            - ``arf``: average reduced frequency (1 / v) Σ min(d, v) with v = N / f, in tokens, from 1 to f;
            - ``ald``: average logarithmic distance (1 / N) Σ d log10 d, the lower the more even; ``f_ald``: the
              adjusted frequency N · 10^−ald, in tokens;
            - ``awt``: average waiting time ½ (1 + Σd² / N), in positions, the lower the more even;
              ``f_awt``: the adjusted frequency N² / Σd², in tokens.

            They depend on the order of the documents. Positions of removed tokens count as distance and in N, so that
            the numbers of a type do not depend on what else was removed.
        parts : str or int, default "documents"
            ``"documents"``, the metadata column whose values make the parts, or a number n: the tokens in their order
            are cut into n parts of equally many tokens (but for one), which may cross the borders of documents.
        equal_parts, even_high, n_threads, progress
            As in `DocumentTermMatrix.dispersion`.

        Returns
        -------
        frame
            ``term``, ``cf`` and the measures as in `DocumentTermMatrix.dispersion`, by falling cf, ties by id.

        Raises
        ------
        ParameterError
            If a measure or the column does not exist, or documents have weights, which neither distances nor a number
            of parts allow.

        Warns
        -----
        UndefinedWarning
            As `DocumentTermMatrix.dispersion`.

        References
        ----------
        Savický, P. & Hlaváčová, J. (2002). Measures of word commonness. doi:10.1076/jqul.9.3.215.14124

        Examples
        --------
        >>> import kolloc
        >>> tokens = kolloc.Corpus(["peace talks peace talks", "war war"]).tokens()
        >>> print(tokens.dispersion(["dp", "arf"], parts=3).round(3))
            term  cf    dp   arf
        0  peace   2 0.333 1.667
        1  talks   2 0.333 1.667
        2    war   2 0.667 1.333
        """
        names = _measures.chosen(measures, [*BY_PARTS, *_BY_DISTANCE])
        columns: dict[str, NDArray[Any]] = {}
        cf: NDArray[Any] = self._native.vocabulary.frequencies
        wanted = [name for name in names if name in BY_PARTS]
        if wanted or self._doc_weights is not None:
            counts, sizes, cf = self._parts(parts, n_threads)
            options: dict[str, Any] = {"equal_parts": equal_parts, "n_threads": n_threads, "progress": progress}
            columns |= _dispersion_table.by_parts(counts, sizes, wanted, **options)
        if len(wanted) < len(names):
            self._refuse_weights("measures", "measures of parts")
            with reporting(progress, "distances") as callback:
                columns |= _native.distances(self._native, progress=callback)
        named = _dispersion_table.named({name: columns[name] for name in names}, even_high=even_high)
        terms = self._native.vocabulary.buffers()
        return _interop.frame_like(self._metadata, _dispersion_table.ordered(terms, cf, named))

    def _parts(
        self, parts: str | int, n_threads: int | None
    ) -> tuple[TermDocument | WeightedCounts, NDArray[Any], NDArray[Any]]:
        """Return the counts of types in parts, the sizes of these, and the frequencies of types."""
        if not isinstance(parts, str):
            n = _check.integer("parts", parts, at_least=2, at_most=2**31)
            self._refuse_weights("parts", "documents or a column")
            equal = _native.type_counts(self._native, n, n_threads=n_threads)
            return equal, equal.row_sums(), self._native.vocabulary.frequencies
        of_documents = _native.type_counts(self._native, n_threads=n_threads)
        counts: TermDocument | WeightedCounts = of_documents
        sizes: NDArray[Any] = self._native.doc_lengths().astype(np.int64)
        if self._doc_weights is not None:
            counts = WeightedCounts.from_documents(of_documents, self._doc_weights, sizes)
            sizes = counts.doc_lengths
        cf = counts.frequencies()[0]
        if parts != "documents":
            values, groups = self._grouping(parts, parameter="parts")
            counts, sizes = _groups.summed(counts, sizes, groups, len(values))
        return counts, sizes, cf

    def _refuse_weights(self, parameter: str, allowed: str) -> None:
        if self._doc_weights is not None:
            message = f"{parameter} must be {allowed} where documents have weights: positions have none"
            raise ParameterError(message, parameter=parameter, allowed=allowed)
