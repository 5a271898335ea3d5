"""Distances between texts by their most frequent words."""

from __future__ import annotations

import numpy as np

from kolloc import _check, _interop, _native
from kolloc._cells import Cells
from kolloc._matrix import Matrix
from kolloc._undefined import warn_of_undefined
from kolloc._warn import warn
from kolloc.exceptions import ParameterError, UndefinedWarning
from kolloc.pairs import Pairs

__all__ = ["Stylometry"]

_MEASURES = _native.pair_measures()[2]


class Stylometry(Matrix):
    """Counts of words by which the style of texts is compared."""

    __slots__ = ()

    def delta(
        self,
        measure: str = "burrows",
        *,
        n_terms: int = 100,
        totals: str = "corpus",
        n_threads: int | None = None,
    ) -> Pairs:
        """Return the Delta distances of documents or, after `group`, of groups.

        Write x for the relative frequency of a word in a text, z for its standardized value by the sample standard
        deviation (divisor: texts - 1) of the word over the texts, n for the number of words, k = 1..n for their rank.

        Parameters
        ----------
        measure : str, default "burrows"
            ``burrows`` mean |z-z'|; ``quadratic`` mean (z-z')²; ``argamon_stylo`` √Σ(z-z')²/n; ``cosine``
            1 - cos(z, z') (Würzburg), at most 2; ``eder`` Σ|z-z'|·(n-k+1)/n; ``eder_simple`` Σ|√x-√x'|; ``min_max``
            1 - Σmin/Σmax, at most 1. All are at least 0.
        n_terms : int, default 100
            Number of words: the most frequent of the matrix, ties by column.
        totals : {"corpus", "matrix"}, default "corpus"
            Whether relative frequencies are of all tokens of a text (`doc_lengths`) or of those with a column.
        n_threads : int, optional
            All processors by default.

        Returns
        -------
        Pairs
            Every pair once. Where documents have weights, x is a ratio of weighted counts.

        Raises
        ------
        ParameterError
            If a text has no tokens.

        Warns
        -----
        UndefinedWarning
            Of words equally frequent in all texts, which have no z and are left out.

        Notes
        -----
        The program *stylo* 0.7.7 weighs ``eder`` with (n-k+2)/n, which adds the mean of Burrows.

        References
        ----------
        Burrows (2002), doi:10.1093/llc/17.3.267; Argamon (2008), doi:10.1093/llc/fqn003; Eder (2015),
        doi:10.1093/llc/fqt066; Evert et al. (2017), doi:10.1093/llc/fqx023.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["we met and we spoke", "they met and spoke", "and we left"]).tokens().dtm()
        >>> dtm.delta(n_terms=3)
        <Pairs: burrows distance of 3 documents, 3 pairs>
        0  1  0.9956
        0  2  1.267
        1  2  1.561
        """
        _check.one_of("measure", measure, _MEASURES)
        _check.one_of("totals", totals, ("corpus", "matrix"))
        cells = Cells.of(self._native)
        cf = np.bincount(cells.indices, weights=cells.data, minlength=cells.n_columns)
        words = np.argsort(-cf, kind="stable")[: _check.integer("n_terms", n_terms, at_least=1)]
        in_matrix = np.bincount(cells.rows, weights=cells.data, minlength=self.n_docs)
        sizes = self._doc_lengths.astype(np.float64) if totals == "corpus" else in_matrix
        empty = np.flatnonzero(sizes <= 0)
        if len(empty):
            message = f"documents must have tokens, but {self._names[int(empty[0])]!r} has none; filter it out"
            raise ParameterError(message, parameter="totals", value=totals)
        place = np.full(cells.n_columns, -1)
        place[words] = np.arange(len(words))
        kept = place[cells.indices] >= 0
        x = np.zeros((self.n_docs, len(words)))
        x[cells.rows[kept], place[cells.indices[kept]]] = cells.data[kept]
        x /= sizes[:, None]
        values, constant = _native.delta_distances(measure, x.ravel(), max(len(words), 1), n_threads=n_threads)
        if len(constant):
            message = f"{len(constant):,} of {len(words):,} terms are equally frequent in all texts and left out"
            warn(message, UndefinedWarning)
        rows, columns = np.triu_indices(self.n_docs, 1)
        values = values.reshape(self.n_docs, self.n_docs)[rows, columns]
        warn_of_undefined({measure: values}, "0/0")
        frame = None if self._metadata is None else _interop.take_rows(self._metadata, np.array([], dtype=np.uint32))
        return Pairs._new(
            rows=rows.astype(np.uint32), columns=columns.astype(np.uint32), values=values, lags=None, measure=measure,
            kind="distance", axis="documents", names=list(self._names), other_names=None, frame=frame, once=True,
        )  # fmt: skip
