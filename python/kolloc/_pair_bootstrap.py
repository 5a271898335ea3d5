"""How far the measures of pairs would move in another sample of documents."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _documents_matrix, _native, _resampling, _summaries
from kolloc._pair_documents import Counted
from kolloc._progress import Progress, reporting
from kolloc.bootstrap import Bootstrap
from kolloc.exceptions import ParameterError

__all__ = ["fields", "refuse_distances", "with_columns"]

_Fields = NDArray[np.float64]

_ZERO_IS_NULL = frozenset(
    [
        *("mi", "local_mi", "mi_log_f", "npmi", "log_ratio", "log_odds"),
        *("delta_p_2_given_1", "delta_p_1_given_2"),
    ]
)
"""Measures that are 0 where two words are independent."""


def refuse_distances(count: str) -> None:
    """Refuse tables that sum weights of distances.

    Examples
    --------
    >>> refuse_distances("weighted")
    Traceback (most recent call last):
    kolloc.exceptions.ParameterError: bootstrap must be None where count='weighted': such margins are no counts
    """
    if count == "weighted":
        allowed = "None where count='weighted'"
        message = f"bootstrap must be {allowed}: such margins are no counts"
        raise ParameterError(message, parameter="bootstrap", allowed=allowed)


def fields(
    table: _native.Cooccurrence,
    documents: Counted,
    metadata: Any | None,
    cells: NDArray[np.uint64],
    names: list[str],
    bootstrap: Bootstrap,
    n_threads: int | None,
    progress: Progress,
) -> dict[str, _Fields]:
    """Return what the replicates say of measures of cells of a table, by name of the measure."""
    design = _resampling.design(bootstrap, _documents_matrix.of(documents, metadata))
    with reporting(progress, "bootstrap") as callback:
        found = _native.pair_bootstrap(
            table,
            documents.tokens,
            cells,
            design.native,
            names,
            bootstrap.interval,
            bootstrap.level,
            n_threads=n_threads,
            progress=callback,
        )
    return dict(zip(names, found, strict=True))


def with_columns(values: dict[str, NDArray[Any]], drawn: dict[str, _Fields]) -> dict[str, NDArray[Any]]:
    """Return measures, each that was drawn again with its value of the sample and followed by its columns."""
    found: dict[str, NDArray[Any]] = {}
    for name, its in values.items():
        found[name] = drawn[name][0] if name in drawn else its
        if name in drawn:
            found |= _summaries.columns(name, drawn[name], null=name in _ZERO_IS_NULL)
    _summaries.warn_of_missing(drawn)
    return found
