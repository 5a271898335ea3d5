"""Rows of cells as a scipy array."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = ["csr_array"]


def csr_array(
    indptr: NDArray[np.uint64], indices: NDArray[np.uint32], data: NDArray[Any], shape: tuple[int, int], dtype: str
) -> sparse.csr_array:
    """Return arrays of the core as a scipy array, shared where the types allow."""
    small = max(len(indices), *shape) <= np.iinfo(np.int32).max
    columns = indices.view(np.int32) if small else indices.astype(np.int64)
    starts = indptr.astype(np.int32) if small else indptr.view(np.int64)
    narrow = (
        data.dtype == np.uint32 and dtype == "int32" and (not len(data) or int(data.max()) <= np.iinfo(np.int32).max)
    )
    values = data.view(np.int32) if narrow else data.astype("int64" if dtype == "int32" else dtype, copy=False)
    array = sparse.csr_array((values, columns, starts), shape=shape)
    array.has_canonical_format = True
    return array
