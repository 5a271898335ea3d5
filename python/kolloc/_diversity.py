"""How rich the vocabulary of documents is, from their counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kolloc import _diversity_table, _groups, _interop, _measures, _native, _resampled, _resampling
from kolloc._matrix import Matrix
from kolloc._progress import Progress, reporting
from kolloc._weighted_counts import WeightedCounts
from kolloc.bootstrap import Bootstrap
from kolloc.exceptions import ParameterError

__all__ = ["Diversity"]


class Diversity(Matrix):
    """Counts that tell how rich a vocabulary is."""

    __slots__ = ()

    def lexical_diversity(
        self,
        measures: str | Iterable[str] = ("ttr", "yule_k", "hdd"),
        *,
        by: str | None = None,
        sample: int = 42,
        log_base: float = 10,
        seed: int = 0,
        remove_punct: bool = True,
        remove_symbols: bool = True,
        remove_numbers: bool = True,
        lowercase: bool = True,
        bootstrap: Bootstrap | None = None,
        n_threads: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Return measures of lexical diversity of each row, from its counts alone.

        Terms that have no column count neither as tokens nor as types, so take a matrix of all single words. The
        measures and options are those of `Tokens.lexical_diversity`, without ``mattr``, ``msttr``, ``mtld`` and
        ``mtld_ma``, which need the order of tokens.

        Parameters
        ----------
        measures : str or iterable of str, default ("ttr", "yule_k", "hdd")
            ``"all"`` or names.
        by : str, optional
            Metadata column whose values make the texts, in place of the rows.
        bootstrap : Bootstrap, optional
            How documents are drawn again within each value of `by`, see Notes.
        sample, log_base, seed, remove_punct, remove_symbols, remove_numbers, lowercase, n_threads, progress
            As in `Tokens.lexical_diversity`.

        Returns
        -------
        frame
            ``document``, ``n_tokens``, ``n_types`` (int64) and the measures (float64), a row for each row of the
            matrix, in its order; with `by` a row for each of its values, in the column of that name instead of
            ``document``. Weights of documents do not matter to the diversity of each. With `bootstrap` each measure is
            followed by the columns that `Bootstrap` lists.

        Raises
        ------
        ParameterError
            If an option has a value that is not allowed, or rows are groups of documents with weights: diversity needs
            whole tokens. If `bootstrap` is given without `by`, or is a jackknife or has the interval ``"bca"``.

        Warns
        -----
        UndefinedWarning
            Of values that are NaN.
        ResamplingWarning
            Where there is little to draw from, or too many replicates have no value.

        Notes
        -----
        With `bootstrap` documents are a sample of their group, and frequencies are summed over what was drawn. A
        replicate holds about two thirds of the documents, some of them several times, and therefore fewer types in as
        many tokens than another sample would: measures that count types (``ttr`` and its kin, ``hapax_share``,
        ``honore_r``, ``brunet_w``, ``fisher_alpha``) lie lower in richness in nearly all replicates, often so much that
        the interval ``"percentile"`` leaves the value itself out. ``m_bias`` shows it. The intervals ``"basic"`` and
        ``"normal"`` take it off, but what other documents would add in types no resampling can know; compare groups by
        ``rarefied_types`` or ``hdd`` at one `sample`. ``yule_k``, ``simpson_d``, ``repeat_rate`` and ``entropy`` rest
        on frequent words and are hardly biased.

        Examples
        --------
        >>> import kolloc, pandas as pd
        >>> dtm = kolloc.Corpus(["a b c d d e e f f f"]).tokens().dtm()
        >>> print(dtm.lexical_diversity(["ttr", "yule_k"]))
          document  n_tokens  n_types  ttr  yule_k
        0        0        10        6  0.6  1000.0
        >>> texts = ["peace and peace talks"] * 7 + ["trade"] * 5 + ["peace talks fail"] * 6 + ["trade talks"] * 6
        >>> frame = pd.DataFrame({"text": texts, "outlet": ["Post"] * 12 + ["Herald"] * 12})
        >>> dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        >>> drawn = dtm.lexical_diversity("yule_k", by="outlet", bootstrap=kolloc.Bootstrap(200))
        >>> print(drawn[["outlet", "n_tokens", "yule_k", "yule_k_se"]].round(1))
           outlet  n_tokens  yule_k  yule_k_se
        0    Post        33  2626.3      254.6
        1  Herald        30  2466.7      177.9
        """
        names = _measures.chosen(measures, _diversity_table.CLOSED)
        options = {
            "sample": sample, "log_base": log_base, "seed": seed, "remove_punct": remove_punct,
            "remove_symbols": remove_symbols, "remove_numbers": remove_numbers, "lowercase": lowercase,
        }  # fmt: skip
        config = _diversity_table.to_json(names, {**options, "window": 1, "closed": "lt"})
        drawn = None if bootstrap is None else _resampled.checked_replicates(bootstrap, "diversity")
        if drawn is not None and by is None:
            allowed = "given with bootstrap, which draws documents within groups"
            raise ParameterError(f"by must be {allowed}", parameter="by", value=None, allowed=allowed)
        counts, values, groups = self._native, list(self._names), None
        if by is not None:
            values, groups = self._grouping(by)
            counts, _ = _groups.summed(counts, self._doc_lengths, groups, len(values))
        if isinstance(counts, WeightedCounts):
            if not counts.of_documents:
                allowed = "those of documents, not of groups with weights"
                raise ParameterError(f"counts must be {allowed}", parameter="counts", allowed=allowed)
            counts = counts.counts
        with reporting(progress, "lexical diversity") as callback:
            table = _native.diversity_of_counts(counts, config, n_threads=n_threads, progress=callback)
        columns = _diversity_table.columns(table, names)
        if drawn is not None and groups is not None:
            design = _resampling.design(drawn, self, groups, len(values))
            with reporting(progress, "bootstrap") as callback:
                options_of = (drawn.interval, drawn.level)
                fields = _native.resampled_diversity(
                    design.native, design.counts, config, *options_of, n_threads=n_threads, progress=callback
                )
            columns = _diversity_table.beside(columns, dict(zip(names, fields, strict=True)))
        found: dict[str, Any] = {"document" if by is None else by: values}
        return _interop.frame_like(self._metadata, found | columns)
