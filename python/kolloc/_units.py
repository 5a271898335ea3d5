"""What is searched for duplicates: whole documents, their paragraphs or their sentences."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kolloc import _interop, _sites
from kolloc import _native as core
from kolloc._duplicate_options import DuplicateOptions
from kolloc._names import Names
from kolloc._progress import Progress, reporting

__all__ = ["Origin", "Units", "of"]


class Origin(NamedTuple):
    """The documents of a corpus."""

    documents: core.Documents
    names: Names
    metadata: Any | None


class Units(NamedTuple):
    """What is compared; of parts of documents also the row of the document and where the part starts there."""

    documents: core.Documents
    names: Names
    metadata: Any | None
    parents: NDArray[np.uint32] | None
    char_starts: NDArray[np.int64] | None


def of(origin: Origin, options: DuplicateOptions, n_threads: int | None, progress: Progress) -> Units:
    """Return the units of documents; paragraphs and sentences are named by document and number, such as ``page#3``."""
    unit = options.parameters["unit"]
    if unit == "document":
        return Units(*origin, None, None)
    sites = _sites.codes(options.parameters["site"], origin.metadata, len(origin.names))
    with reporting(progress, f"{unit}s", "B") as callback:
        documents, parents, char_starts = core.parts(
            origin.documents,
            unit,
            sites,
            cut_furniture=options.parameters["furniture"] == "cut",
            n_threads=n_threads,
            progress=callback,
        )
    first = np.searchsorted(parents, parents, side="left")
    numbers = np.arange(len(parents)) - first + 1
    labels = list(origin.names)
    names = [f"{labels[parent]}#{number}" for parent, number in zip(parents.tolist(), numbers.tolist(), strict=True)]
    metadata = _interop.take_rows(origin.metadata, parents)
    return Units(documents, Names.from_labels(names), metadata, parents, char_starts.astype(np.int64))
