"""How alike the documents, groups or terms of a matrix are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kolloc import _check, _pair_search
from kolloc._cells import Cells
from kolloc._document_rows import DocumentRows
from kolloc._progress import Progress
from kolloc.pairs import Pairs

__all__ = ["Similarity"]


class Similarity(DocumentRows):
    """Rows of values that can be compared."""

    __slots__ = ()

    def _as_cells(self) -> Cells:
        raise NotImplementedError

    def similarity(
        self,
        measure: str = "cosine",
        *,
        axis: str = "documents",
        other: Any | None = None,
        min_similarity: float | None = None,
        top: int | None = None,
        window: str | timedelta | None = None,
        date: str | None = None,
        group: str | None = None,
        by: str | None = None,
        diagonal: bool = False,
        max_pairs: int = 50_000_000,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Pairs:
        """Return similarities of documents (groups after `group`, or terms), exact, without a matrix of all pairs.

        Write x, y for two rows, n for the number of features, a for those in both rows (values that are not zero), b
        and c for those in one alone, d in neither.

        Parameters
        ----------
        measure : str, default "cosine"
            ``cosine`` x·y/(‖x‖‖y‖); ``correlation`` Pearson over all n features, zeros included; ``jaccard``
            a/(a+b+c); ``dice`` 2a/(2a+b+c); ``ejaccard`` x·y/(x²+y²-x·y); ``edice`` 2x·y/(x²+y²); ``hamann``
            (a+d-b-c)/n; ``simple_matching`` (a+d)/n; ``ruzicka`` Σmin/Σmax, not for negative weights; ``overlap``
            a/min(a+b, a+c). ``correlation`` and ``hamann`` run from -1 to 1, the others, of counts, from 0 to 1.
        axis : {"documents", "terms"}, default "documents"
            Whether rows or columns are compared.
        other : DocumentTermMatrix or WeightedMatrix, optional
            Rows to compare with; columns are matched by term, and terms of one matrix alone count there as well.
        min_similarity : float, optional
            Smallest similarity.
        top : int, optional
            The most similar of each row, the best first, ties by row.
        window : str or timedelta, optional
            Largest difference of dates, such as ``"30D"``; a document without a date is then in no pair.
        date : str, optional
            Metadata column of dates (dates, datetimes, ISO text); adds ``lag_hours``.
        group : {"within", "across"}, optional
            Only pairs of one value of `by`, or of two; a document without a value is then in no pair.
        by : str, optional
            Metadata column of the groups.
        diagonal : bool, default False
            Whether each row is compared with itself.
        max_pairs : int, default 50,000,000
            Largest number of pairs, about 32 bytes each; `top`, `min_similarity` and `window` make them fewer.
        n_threads, progress
            As in `Corpus.tokens`; rows.

        Returns
        -------
        Pairs
            Without `top` each pair once, the earlier row first. Without `top` and `min_similarity` every pair, NaN for
            0/0 (a document that is empty, with one warning); with one of them pairs of NaN are left out, and pairs
            without a common feature, too, if the measure is 0 for them (all but ``correlation``, ``hamann``,
            ``simple_matching``). The same, bit for bit, for any number of threads.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed.
        TooLargeError
            If there are more pairs than `max_pairs`.

        Notes
        -----
        Rows near in time are a range of each posting list when rows are sorted by date. What the terms of a third of
        all rows add to a pair is bounded by norms, and is computed only where it could matter: exact, and fast where
        weights make such terms light. Sums and products of double precision; integers are exact.

        References
        ----------
        Salton & McGill (1983); Jaccard (1901); Dice (1945), doi:10.2307/1932409; Hamann (1961); Ružička (1958).

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> frame = pd.DataFrame({"text": ["peace talks", "peace talks fail", "peace talks"],
        ...                       "day": ["2024-05-01", "2024-05-02", "2024-07-01"]})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> print(dtm.similarity(top=1, date="day").to_frame().round(3))
          document_1 document_2  value  lag_hours
        0          0          2  1.000     1464.0
        1          1          0  0.816      -24.0
        2          2          0  1.000    -1464.0
        >>> dtm.similarity(min_similarity=0.5, date="day", window="30D")
        <Pairs: cosine similarity of 3 documents, 1 pair>
        0  1  0.8165
        """
        bound = None if min_similarity is None else _check.number("min_similarity", min_similarity)
        return _pair_search.search(
            self, "similarity", measure, axis=axis, other=other, bound=bound, top=top, window=window, date=date,
            group=group, by=by, diagonal=diagonal, max_pairs=max_pairs, n_threads=n_threads, progress=progress,
        )  # fmt: skip

    def distance(
        self,
        measure: str = "euclidean",
        *,
        axis: str = "documents",
        other: Any | None = None,
        max_distance: float | None = None,
        top: int | None = None,
        window: str | timedelta | None = None,
        date: str | None = None,
        group: str | None = None,
        by: str | None = None,
        p: float = 2,
        base: float = 2,
        smoothing: float = 0,
        by_size: bool = False,
        diagonal: bool = False,
        max_pairs: int = 50_000_000,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Pairs:
        """Return distances of documents (groups after `group`, or terms).

        Write x, y for the values of a feature in two rows, P, Q for their shares of the row, M for the mean of P and Q.
        Sums run over the features of either row.

        Parameters
        ----------
        measure : str, default "euclidean"
            ``euclidean`` √Σ(x-y)²; ``manhattan`` Σ|x-y|; ``maximum`` max|x-y|; ``minkowski`` (Σ|x-y|^p)^(1/p);
            ``canberra`` Σ|x-y|/(|x|+|y|), not rescaled; ``bray_curtis`` Σ|x-y|/Σ(x+y); ``hamming`` share of the
            features that are in one row alone; ``hellinger`` √(½Σ(√P-√Q)²); ``chi_squared`` √Σ(P-Q)²/c, c the share of
            the feature in the matrix; ``jsd`` H(M) - ½H(P) - ½H(Q); ``js_distance`` its root, a metric; ``kld``
            Σ P log(P/Q), inf where Q = 0 < P, from either side; ``cosine``, ``jaccard``, ``min_max`` 1 - similarity
            (``min_max`` of ``ruzicka``). All are at least 0. Measures of shares are not for negative weights, nor is
            ``min_max``.
        axis, other, window, date, group, by, diagonal, max_pairs, n_threads, progress
            As in `similarity`.
        max_distance : float, optional
            Largest distance.
        top : int, optional
            The nearest of each row, the nearest first, ties by row; rows without a common term count like all others.
        p : float, default 2
            Exponent of ``minkowski``, at least 1.
        base : float, default 2
            Base of the logarithms: 2 gives bits.
        smoothing : float, default 0
            ``kld``: added to every value of the features of either row.
        by_size : bool, default False
            ``jsd``: whether rows weigh by their sums, and not half each.

        Returns
        -------
        Pairs
            As in `similarity`; ``kld`` has every pair from both sides. NaN where a share of an empty document is taken.

        Raises
        ------
        ParameterError, InputTypeError
            If an option has a value that is not allowed.
        TooLargeError
            If there are more pairs than `max_pairs`.

        References
        ----------
        Lin (1991), doi:10.1109/18.61115; Kullback & Leibler (1951), doi:10.1214/aoms/1177729694; Bray & Curtis (1957),
        doi:10.2307/1942268; Lance & Williams (1967).

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "talks on talks", "peace now"]).tokens().dtm()
        >>> dtm.distance("manhattan")
        <Pairs: manhattan distance of 3 documents, 3 pairs>
        0  1  3
        0  2  2
        1  2  5
        """
        bound = None if max_distance is None else _check.number("max_distance", max_distance)
        return _pair_search.search(
            self, "distance", measure, axis=axis, other=other, bound=bound, top=top, window=window, date=date,
            group=group, by=by, diagonal=diagonal, max_pairs=max_pairs, n_threads=n_threads, progress=progress,
            p=p, base=base, smoothing=smoothing, by_size=by_size,
        )  # fmt: skip
