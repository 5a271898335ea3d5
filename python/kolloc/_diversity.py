"""How rich the vocabulary of documents is, from their counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kolloc import _diversity_table, _interop, _measures, _native
from kolloc._matrix import Matrix
from kolloc._progress import Progress, reporting
from kolloc._weighted_counts import WeightedCounts
from kolloc.exceptions import ParameterError

__all__ = ["Diversity"]


class Diversity(Matrix):
    """Counts that tell how rich a vocabulary is."""

    __slots__ = ()

    def lexical_diversity(
        self,
        measures: str | Iterable[str] = ("ttr", "yule_k", "hdd"),
        *,
        sample: int = 42,
        log_base: float = 10,
        seed: int = 0,
        remove_punct: bool = True,
        remove_symbols: bool = True,
        remove_numbers: bool = True,
        lowercase: bool = True,
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
        sample, log_base, seed, remove_punct, remove_symbols, remove_numbers, lowercase, n_threads, progress
            As in `Tokens.lexical_diversity`.

        Returns
        -------
        frame
            ``document``, ``n_tokens``, ``n_types`` (int64) and the measures (float64), a row for each row of the
            matrix, in its order. Weights of documents do not matter to the diversity of each.

        Raises
        ------
        ParameterError
            If an option has a value that is not allowed, or rows are groups of documents with weights: diversity needs
            whole tokens.

        Warns
        -----
        UndefinedWarning
            Of values that are NaN.

        Examples
        --------
        >>> import kolloc
        >>> dtm = kolloc.Corpus(["a b c d d e e f f f"]).tokens().dtm()
        >>> print(dtm.lexical_diversity(["ttr", "yule_k"]))
          document  n_tokens  n_types  ttr  yule_k
        0        0        10        6  0.6  1000.0
        """
        names = _measures.chosen(measures, _diversity_table.CLOSED)
        options = {
            "sample": sample, "log_base": log_base, "seed": seed, "remove_punct": remove_punct,
            "remove_symbols": remove_symbols, "remove_numbers": remove_numbers, "lowercase": lowercase,
        }  # fmt: skip
        config = _diversity_table.to_json(names, {**options, "window": 1, "closed": "lt"})
        counts = self._native
        if isinstance(counts, WeightedCounts):
            if not counts.of_documents:
                allowed = "those of documents, not of groups with weights"
                raise ParameterError(f"counts must be {allowed}", parameter="counts", allowed=allowed)
            counts = counts.counts
        with reporting(progress, "lexical diversity") as callback:
            table = _native.diversity_of_counts(counts, config, n_threads=n_threads, progress=callback)
        found: dict[str, Any] = {"document": list(self._names)}
        return _interop.frame_like(self._metadata, found | _diversity_table.columns(table, names))
