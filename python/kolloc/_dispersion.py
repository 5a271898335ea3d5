"""How evenly the terms of a document-term matrix are spread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kolloc import _dispersion_table, _groups, _interop, _measures
from kolloc._matrix import Matrix
from kolloc._progress import Progress

__all__ = ["Dispersion"]


class Dispersion(Matrix):
    """Counts that tell how evenly a term is spread."""

    __slots__ = ()

    def dispersion(
        self,
        measures: str | Iterable[str] = _dispersion_table.USUAL,
        *,
        parts: str = "documents",
        equal_parts: bool = False,
        even_high: bool = False,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return how evenly each term is spread over the parts of the corpus.

        Of n parts, part i holds the share sᵢ of all tokens and vᵢ of the f tokens of a term; pᵢ = vᵢ / size of part i.
        Parts without tokens are left out.

        Parameters
        ----------
        measures : str or iterable of str, default ("range", "dp_norm", "da", "kld_norm")
            ``"all"``, or some of these. Even is 1 and uneven 0, unless said otherwise:

            - ``range``, ``range_share``: number and share of the parts with the term;
            - ``sd``, ``vc``: population standard deviation of v; the same over the mean. 0 is even, no upper bound;
            - ``juilland_d``: 1 − (sd / mean of p) / √(n − 1) (Juilland & Chang-Rodríguez 1964);
            - ``carroll_d2``: entropy of p / Σp over log n (Carroll 1970);
            - ``rosengren_s``: (Σ√(v s))² / f, at least the smallest s (Rosengren 1971);
            - ``lyne_d3``: 1 − χ² / ((n − 1) f), χ² of v against f / n (Lyne 1985, whose divisor is 4 f for n = 5);
            - ``dc``: (Σ√v / n)² / (f / n), at least 1 / n (Zhang et al. 2004);
            - ``dp``: ½ Σ|v / f − s|, **0 is even**, at most 1 − smallest s (Gries 2008); ``dp_norm``: divided by that
              most (Lijffijt & Gries 2012), **0 is even**, 1 uneven;
            - ``kld``: Σ (v / f) log2((v / f) / s), bits, **0 is even**, no upper bound (Gries 2020); ``kld_norm``:
              1 − 2^−kld, **0 is even**, 1 uneven (Gries 2021);
            - ``da``: 1 − mean of |pᵢ − pⱼ| over all pairs / (2 mean of p) (Burch, Egbert & Biber 2017);
            - adjusted frequencies, in tokens: ``juilland_u`` f D; ``carroll_um`` f D2 + (1 − D2) f / n;
              ``rosengren_kf`` (Σ√(v s))²; ``engwall_fm`` f range / n; ``kromer_ur`` Σ (1 + 1/2 + ... + 1/v).

            With thousands of parts ``juilland_d`` and ``carroll_d2`` are near 1 for nearly all terms.
        parts : str, default "documents"
            The rows of this matrix, or the metadata column whose values make the parts.
        equal_parts : bool, default False
            Whether to take all parts for equally large.
        even_high : bool, default False
            Whether measures for which 0 is even (bold) come as 1 − x, named ``dp_evenness`` and so on.
        n_threads, progress
            As in `Corpus.tokens`; cells. The result is the same for any number of threads.

        Returns
        -------
        frame
            ``term``; ``cf``, tokens (uint64; float64 where documents have weights); the measures (float64, ``range``
            int64 unless documents have weights). By falling cf, ties in the order of columns. A document of weight w
            (`Tokens.weigh`) counts as w parts, so that two prints of weight ½ are one document; a group of such
            documents is one part with the sums of their weighted counts.

        Raises
        ------
        ParameterError
            If a measure or the column does not exist.

        Warns
        -----
        UndefinedWarning
            Of values that are NaN: those of terms that do not occur (but their range, 0), and with fewer than 2 parts.

        References
        ----------
        Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. doi:10.1075/ijcl.13.4.02gri

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["peace talks", "peace now", "peace talks talks talks"]).tokens().dtm()
        >>> print(dtm.dispersion(["range", "dp_norm", "da"]).round(3))
            term  cf  range  dp_norm   da
        0  talks   4      2    0.333  0.4
        1  peace   3      3    0.222  0.8
        2    now   1      1    1.000  0.0
        """
        names = _measures.chosen(measures, _dispersion_table.BY_PARTS)
        counts, sizes = self._native, self._doc_lengths
        if parts != "documents":
            values, groups = self._grouping(parts, parameter="parts")
            counts, sizes = _groups.summed(counts, sizes, groups, len(values))
        options: dict[str, Any] = {"equal_parts": equal_parts, "n_threads": n_threads, "progress": progress}
        columns = _dispersion_table.by_parts(counts, sizes, names, **options)
        cf = self._native.frequencies()[0]
        named = _dispersion_table.named(columns, even_high=even_high)
        return _interop.frame_like(self._metadata, _dispersion_table.ordered(self._native.terms(), cf, named))
