"""How evenly the terms of a document-term matrix are spread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _dispersion_table, _groups, _interop, _measures, _native, _resampled, _resampling
from kolloc._matrix import Matrix
from kolloc._progress import Progress, reporting
from kolloc.bootstrap import Bootstrap

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
        bootstrap: Bootstrap | None = None,
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
        bootstrap : Bootstrap, optional
            How documents are drawn again, see Notes. Takes time for each non-zero cell, replicate and measure.
        n_threads, progress
            As in `Corpus.tokens`; cells. The result is the same for any number of threads.

        Returns
        -------
        frame
            ``term``; ``cf``, tokens (uint64; float64 where documents have weights); the measures (float64, ``range``
            int64 unless documents have weights). By falling cf, ties in the order of columns. A document of weight w
            (`Tokens.weigh`) counts as w parts, so that two prints of weight ½ are one document; a group of such
            documents is one part with the sums of their weighted counts. With `bootstrap` each measure is followed by
            the columns that `Bootstrap` lists.

        Raises
        ------
        ParameterError
            If a measure or the column does not exist; with documents as parts, if `bootstrap` is a jackknife or its
            interval ``"bca"``, which would take as many passes as there are documents.

        Warns
        -----
        UndefinedWarning
            Of values that are NaN: those of terms that do not occur (but their range, 0), and with fewer than 2 parts.
        ResamplingWarning
            Where there is little to draw from, or too many replicates have no value.

        Notes
        -----
        With `bootstrap` documents are a sample, and the question is how even the term would look in another one of as
        many documents. Where documents are the parts, one that is drawn w times stands for w parts. Where their groups
        are, the groups are given and documents are drawn within them. A replicate holds about two thirds of the
        documents, some several times, so that terms of few documents are less even in it than in the sample: ``m_bias``
        tells by how much, and the intervals ``"basic"`` and ``"normal"`` take it off. What rests on the single smallest
        part (``dp_norm``) or on few occurrences is estimated poorly by any resampling. Distances between occurrences
        (``arf``, ``ald``, ``awt`` of `Tokens.dispersion`) are not defined for drawn documents, which have no order.

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
        >>> dtm = kolloc.Corpus(["peace talks", "peace talks now"] * 6 + ["trade talks"] * 8).tokens().dtm()
        >>> drawn = dtm.dispersion("dp_norm", bootstrap=kolloc.Bootstrap(500))
        >>> print(drawn[["term", "dp_norm", "dp_norm_low", "dp_norm_high"]].round(2))
            term  dp_norm  dp_norm_low  dp_norm_high
        0  talks     0.10         0.05          0.11
        1  peace     0.36         0.17          0.59
        2  trade     0.68         0.46          0.87
        3    now     0.64         0.42          0.90
        """
        names = _measures.chosen(measures, _dispersion_table.BY_PARTS)
        counts, sizes, groups = self._native, self._doc_lengths, None
        if parts != "documents":
            values, groups = self._grouping(parts, parameter="parts")
            counts, sizes = _groups.summed(counts, sizes, groups, len(values))
        options: dict[str, Any] = {"equal_parts": equal_parts, "n_threads": n_threads, "progress": progress}
        columns = _dispersion_table.by_parts(counts, sizes, names, **options)
        cf = self._native.frequencies()[0]
        named = _dispersion_table.named(columns, even_high=even_high)
        if bootstrap is not None:
            fields = self._drawn_dispersion(bootstrap, names, groups, options)
            named = _dispersion_table.beside(named, dict(zip(names, fields, strict=True)), even_high=even_high)
        return _interop.frame_like(self._metadata, _dispersion_table.ordered(self._native.terms(), cf, named))

    def _drawn_dispersion(
        self, bootstrap: Bootstrap, names: list[str], groups: NDArray[np.uint32] | None, options: dict[str, Any]
    ) -> NDArray[np.float64]:
        """Return what the replicates say of each measure: shape (measures, fields, terms)."""
        if groups is None:
            drawn = _resampled.checked_replicates(bootstrap, "dispersion over documents")
        else:
            drawn = _resampled.checked_prints(bootstrap)
        n_groups = 1 if groups is None else int(groups.max(initial=0)) + 1
        design = _resampling.design(drawn, self, groups, n_groups)
        with reporting(options["progress"], "bootstrap") as callback:
            return _native.resampled_dispersion(
                design.native,
                design.counts,
                names,
                drawn.interval,
                drawn.level,
                by_group=groups is not None,
                equal_parts=options["equal_parts"],
                n_threads=options["n_threads"],
                progress=callback,
            )
