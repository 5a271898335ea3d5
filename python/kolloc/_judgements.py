"""What judgements of a stratified sample say about all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import nan, sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

from kolloc import _check, _interop
from kolloc.exceptions import ParameterError

__all__ = ["precision", "wilson"]

_YES = frozenset({"yes", "y", "true", "right", "1", "1.0"})
_NO = frozenset({"no", "n", "false", "wrong", "0", "0.0"})


class _Judged(NamedTuple):
    relation: str
    band: str
    size: int
    right: bool | None


def precision(sample: Any, relations: Sequence[str], confidence: float) -> Any:
    """Return the frame of `Duplicates.audit_precision`."""
    rows = _read(sample)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    met = [name for name in relations if any(row.relation == name for row in rows)]
    parts = [*((name, [row for row in rows if row.relation == name]) for name in met), ("all", rows)]
    found = [(name, *_of(part, z)) for name, part in parts]
    names = ("relation", "judged", "right", "precision", "lower", "upper", "covered")
    return _interop.frame_like(sample, dict(zip(names, map(list, zip(*found, strict=True)), strict=True)))


def _read(sample: Any) -> list[_Judged]:
    names = ("relation", "band", "stratum_size", "judgement")
    for name in names:
        _check.column("sample", name, _interop.columns(sample))
    values = [_interop.column_values(sample, name) for name in names]
    return [
        _Judged(str(relation), str(band), int(size), _judgement(row, judgement))
        for row, (relation, band, size, judgement) in enumerate(zip(*values, strict=True))
    ]


def _judgement(row: int, value: Any) -> bool | None:
    """Return whether a pair was judged right; ``None`` if it was not judged."""
    told = "" if value is None else str(value).strip().casefold()
    if told in _YES or told in _NO:
        return told in _YES
    if not told:
        return None
    message = f"judgement must be yes or no, got {value!r} in row {row}"
    raise ParameterError(message, parameter="judgement", value=value, allowed="yes or no")


def _of(rows: Sequence[_Judged], z: float) -> tuple[int, int, float, float, float, float]:
    judged = [row for row in rows if row.right is not None]
    if not judged:
        return 0, 0, nan, nan, nan, 0.0
    of_stratum = Counter((row.relation, row.band) for row in judged)
    weights = [row.size / of_stratum[row.relation, row.band] for row in judged]
    right = sum(weight for weight, row in zip(weights, judged, strict=True) if row.right)
    share = right / sum(weights)
    effective = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    n_right = sum(bool(row.right) for row in judged)
    return len(judged), n_right, share, *wilson(share, effective, z), _pairs(judged) / _pairs(rows)


def _pairs(rows: Iterable[_Judged]) -> int:
    """Return the number of pairs in the strata of some rows."""
    return sum({(row.relation, row.band): row.size for row in rows}.values())


def wilson(share: float, n: float, z: float) -> tuple[float, float]:
    """Return Wilson's interval of a share of n.

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson(0.8, 10, 1.96)]
    [0.49, 0.943]
    """
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)
