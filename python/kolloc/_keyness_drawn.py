"""Keyness of documents that are drawn again: how sure a measure is, and how stable the order of the words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _keyness_measures as _table
from kolloc import _native, _resampling, _summaries
from kolloc._keyness_groups import NEITHER, TARGET, Comparison, Source
from kolloc._progress import reporting
from kolloc.bootstrap import Bootstrap

__all__ = ["Drawing"]

_NOT_DRAWN = ("expected", "odds_ratio_cmle")
_DRAWN = (
    *(name for name in _native.keyness_measures() if name not in _NOT_DRAWN),
    *("log_odds_prior", "log_odds_prior_z"),
)
# Those that are not 0 without a difference.
_WITHOUT_NULL = frozenset(["phi2", "bic", "ell", "odds_ratio", "relative_risk", "simple_maths"])
_Columns = dict[str, NDArray[Any]]
_Places = NDArray[np.int64]


@dataclass
class Drawing:
    """Documents of comparisons that are drawn again, and what was found of the measures so far."""

    source: Source
    bootstrap: Bootstrap
    options: _table.Options
    top: int
    fields: dict[str, list[NDArray[np.float64]]] = field(default_factory=dict)

    def beside(
        self, columns: _Columns, labels: NDArray[np.uint8], found: Comparison, order: _Places, key: str
    ) -> _Columns:
        """Return the columns of some words of a comparison with those of the replicates.

        Parameters
        ----------
        columns : dict
            Columns of the words that are shown.
        labels : ndarray
            Side of each document.
        found : Comparison
            All words.
        order : ndarray
            Places of the words that are shown.
        key : str
            Column that orders them.
        """
        names = [name for name in columns if name in _DRAWN]
        design = self._design(labels)
        joined: _Columns = {}
        drawn = dict(zip(names, self._summaries(design, names, found, order), strict=True)) if names else {}
        for name, values in columns.items():
            joined.setdefault(name, values)
            if name in drawn:
                self.fields.setdefault(name, []).append(drawn[name])
                joined |= _summaries.columns(name, drawn[name], null=name not in _WITHOUT_NULL)
        if key not in _DRAWN or self.bootstrap.leaves_one_out:
            return joined
        return joined | self._ranks(design, key, found, order)

    def warn_of_missing(self) -> None:
        """Warn once of the values of all comparisons that have no interval."""
        _summaries.warn_of_missing({name: np.concatenate(parts, axis=1) for name, parts in self.fields.items()})

    def _design(self, labels: NDArray[np.uint8]) -> _resampling.Design:
        matrix: Any = self.source.matrix
        if (labels == NEITHER).any():
            rows = np.flatnonzero(labels != NEITHER).astype(np.uint32)
            matrix, labels = matrix._take(rows, "rows", {}), labels[rows]
        sizes = "documents" if self.source.count == "documents" else self.source.totals
        n_groups = 2 if self.source.elsewhere is None else 1
        groups = (labels != TARGET).astype(np.uint32)
        return _resampling.design(self.bootstrap, matrix, groups, n_groups, sizes=sizes)

    def _scores(self, names: list[str], found: Comparison, places: _Places) -> _native.KeynessScores:
        """Return what is computed of the words at some places."""
        options = self.options
        alpha, strength = _table.prior(found, options)
        of_words = None if alpha is None else np.ascontiguousarray(alpha[places])
        elsewhere = None
        if self.source.elsewhere is not None:
            elsewhere = (found.b[places].astype(np.float64), float(found.totals[1]))
        how = (options.correction, float(options.simple_maths_n), options.half_for_zero)
        prior = (of_words, float(strength), options.variance)
        return _native.KeynessScores(names, how, self.source.count == "documents", prior, elsewhere)

    def _counts(self, design: _resampling.Design, found: Comparison, places: _Places) -> _native.TermDocument:
        """Return the counts of the words at some places, ascending; words from elsewhere have no column."""
        columns = found.columns[places]
        return design.counts.select_columns(columns[columns < design.counts.shape[1]].astype(np.uint32))

    def _summaries(
        self, design: _resampling.Design, names: list[str], found: Comparison, order: _Places
    ) -> NDArray[np.float64]:
        places = np.sort(order)
        scores, counts = self._scores(names, found, places), self._counts(design, found, places)
        drawn = self.bootstrap
        with reporting(self.source.progress, "bootstrap") as callback:
            fields = scores.summaries(
                design.native,
                counts,
                drawn.interval,
                drawn.level,
                n_threads=self.source.n_threads,
                progress=callback,
            )
        return fields[:, :, np.searchsorted(places, order)]

    def _ranks(self, design: _resampling.Design, key: str, found: Comparison, order: _Places) -> _Columns:
        places = np.arange(len(found.columns))
        scores, counts = self._scores([key], found, places), self._counts(design, found, places)
        with reporting(self.source.progress, "ranks") as callback:
            low, high, top_share = scores.ranks(
                design.native,
                counts,
                order.astype(np.uint32),
                self.top,
                self.bootstrap.level,
                n_threads=self.source.n_threads,
                progress=callback,
            )
        ranks = {"rank": np.arange(1, len(order) + 1), "rank_low": low.astype(np.int64)}
        return {**ranks, "rank_high": high.astype(np.int64), "top_share": top_share}
