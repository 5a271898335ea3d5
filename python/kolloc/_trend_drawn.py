"""Slopes of documents that are drawn again within their periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kolloc import _native, _resampling
from kolloc._matrix import Matrix
from kolloc._progress import Progress, reporting
from kolloc.bootstrap import Bootstrap

__all__ = ["DatedCells", "Series"]

Series = tuple[NDArray[np.uint32], NDArray[np.float64], NDArray[np.uint32]]
"""The cells of a series that have tokens, their times and their seasons."""


@dataclass(frozen=True)
class DatedCells:
    """Documents with dates, and the cell of each: its period times the number of groups, plus its group."""

    documents: Matrix
    cells: NDArray[np.uint32]
    n_cells: int

    def slopes(
        self, bootstrap: Bootstrap, series: list[Series], scale: float, n_threads: int | None, progress: Progress
    ) -> NDArray[np.float64]:
        """Return what the replicates say of the slope of each term: shape (fields, series times terms)."""
        design = _resampling.design(bootstrap, self.documents, self.cells, self.n_cells)
        with reporting(progress, "bootstrap") as callback:
            fields = _native.resampled_slopes(
                design.native,
                design.counts,
                series,
                scale,
                bootstrap.interval,
                bootstrap.level,
                n_threads=n_threads,
                progress=callback,
            )
        return fields.transpose(1, 0, 2).reshape(fields.shape[1], -1)
