"""Which documents are compared with which, and how often each word occurs in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kolloc import _check, _dispersion_table, _interop, _native, _rows
from kolloc._counts import signed
from kolloc._frequency_list import FrequencyList
from kolloc._matrix import Matrix
from kolloc._progress import Progress, reporting
from kolloc._weighted_counts import WeightedCounts
from kolloc.exceptions import ParameterError

if TYPE_CHECKING:
    from kolloc._keyness_sides import GroupCounts

__all__ = [
    "NEITHER",
    "REFERENCE",
    "TARGET",
    "Comparison",
    "Elsewhere",
    "Labels",
    "Sides",
    "Source",
    "grouped",
    "outside",
    "single",
]

TARGET, REFERENCE, NEITHER = 0, 1, 2
Labels = NDArray[np.uint8]


@dataclass(frozen=True)
class Comparison:
    """Counts of words in target and reference."""

    terms: list[str]
    columns: NDArray[np.int64]
    a: NDArray[Any]
    b: NDArray[Any]
    totals: tuple[float, float]
    n_docs: tuple[float, float]
    statistics: dict[str, NDArray[Any]]
    n_groups: int
    n_types: int
    mean_length: float
    background: NDArray[np.float64]

    def statistic(self, name: str) -> NDArray[Any]:
        """Return what was computed from the single documents."""
        return self.statistics[name]

    def at_least(self, min_count: float) -> Comparison:
        """Return the words that occur, and at least so often in both groups together."""
        both = self.a + self.b
        keep = np.flatnonzero((both > 0) & (both >= min_count))
        return Comparison(
            self.terms,
            self.columns[keep],
            self.a[keep],
            self.b[keep],
            self.totals,
            self.n_docs,
            {name: values[keep] for name, values in self.statistics.items()},
            self.n_groups,
            self.n_types,
            self.mean_length,
            self.background[keep],
        )


@dataclass(frozen=True)
class Sides:
    """One comparison to be made: the values it is named by, how documents are labelled, the numbers of its groups.

    Labels are made when the comparison is, as those of all comparisons together would take documents times comparisons.
    Groups that exclude each other have numbers, that of the target and those of the reference, ``None`` for all others.
    """

    values: tuple[Any, ...]
    label: Callable[[], Labels]
    groups: tuple[int, tuple[int, ...] | None] | None = None


def single(matrix: Matrix, target: Any, reference: Any, by: str | None, is_outside: bool) -> Sides:
    """Return the comparison of a target with a reference, or with the rest."""
    labels = np.full(matrix.n_docs, NEITHER if reference is not None or is_outside else REFERENCE, dtype=np.uint8)
    chosen = np.arange(matrix.n_docs) if target is None else _documents(matrix, "target", target, by)
    if reference is not None and not is_outside:
        labels[_documents(matrix, "reference", reference, by)] = REFERENCE
        shared = int((labels[chosen] == REFERENCE).sum())
        if shared:
            message = f"target and reference must have no documents in common, but share {shared:,}"
            raise ParameterError(message, parameter="reference", allowed="other documents than the target")
    labels[chosen] = TARGET
    _check_sides(labels, is_outside)
    return Sides((), lambda: labels)


def grouped(matrix: Matrix, by: str, reference: Any, is_outside: bool) -> list[Sides]:
    """Return the comparison of each group that has documents with the others, or with one of them."""
    values, groups = matrix._grouping(by)
    others = np.full(matrix.n_docs, NEITHER if reference is not None or is_outside else REFERENCE, dtype=np.uint8)
    if reference is not None and not is_outside:
        others[_documents(matrix, "reference", reference, by)] = REFERENCE
    found = []
    for number in np.unique(groups):
        if reference is not None and (others[groups == number] == REFERENCE).any():
            continue
        label = partial(_with_target, others, groups, number)
        _check_sides(label(), is_outside)
        found.append(Sides((values[number],), label))
    return found


def _with_target(others: Labels, groups: NDArray[np.uint32], target: int) -> Labels:
    """Return the labels of the others with one group as the target."""
    return np.where(groups == target, np.uint8(TARGET), others)


def _documents(matrix: Matrix, parameter: str, wanted: Any, by: str | None) -> NDArray[Any]:
    """Return the rows of values of a column, or of a mask."""
    if by is None:
        return _rows.selected(matrix._metadata, wanted, matrix.n_docs)
    values, groups = matrix._grouping(by)
    numbers = []
    for value in wanted if isinstance(wanted, list | tuple | set | frozenset) else [wanted]:
        if value not in values:
            shown = [str(each) for each in values]
            allowed = f"one of the values of {by!r}: {_check.listed(shown)}"
            message = f"{parameter} must be {allowed}; got {value!r}{_check.did_you_mean(value, shown)}"
            raise ParameterError(message, parameter=parameter, value=value, allowed=allowed)
        numbers.append(values.index(value))
    return np.flatnonzero(np.isin(groups, numbers))


def _check_sides(labels: Labels, is_outside: bool) -> None:
    for parameter, label in (("target", TARGET), ("reference", REFERENCE)):
        if not (labels == label).any() and not (is_outside and label == REFERENCE):
            message = f"{parameter} must have documents, and has none"
            raise ParameterError(message, parameter=parameter, allowed="at least one document")


def outside(reference: Any, count: str, totals: str, total: float | None) -> Elsewhere | None:
    """Return a reference that is no part of the matrix, ``None`` if it is one."""
    if isinstance(reference, Matrix):
        cf, df, _ = reference._native.frequencies()
        counts = df if count == "documents" else cf
        n = _total(reference, np.ones(reference.n_docs, dtype=np.bool_), count, totals, cf)
        return Elsewhere(FrequencyList(reference.terms, signed(counts)), n if total is None else total, reference)
    if isinstance(reference, Mapping) or _interop.as_frame(reference) is not None:
        listed = FrequencyList.of("reference", reference, "df" if count == "documents" else "count")
        if total is None and count == "documents":
            message = "reference_total must be given, the number of documents that were counted"
            raise ParameterError(message, parameter="reference_total", allowed="a number of documents")
        total = float(listed.counts.sum()) if total is None else total
        most = float(listed.counts.max(initial=0) if count == "documents" else listed.counts.sum())
        if total < most or total <= 0:
            message = f"reference_total must be above 0 and at least the counts of the list, {most:,g}, got {total:,g}"
            raise ParameterError(message, parameter="reference_total", value=total, allowed=f"at least {most:,g}")
        return Elsewhere(listed, total, None)
    return None


@dataclass(frozen=True)
class Elsewhere:
    """A reference from outside: a frequency list with its total, and the matrix it comes from, if it is one."""

    listed: FrequencyList
    total: float
    matrix: Matrix | None

    @property
    def n_docs(self) -> float:
        """Number of documents with tokens, NaN where they are not known."""
        if self.matrix is None:
            return np.nan
        everything = np.ones(self.matrix.n_docs, dtype=np.bool_)
        return _total(self.matrix, everything, "documents", "matrix", np.zeros(0))


@dataclass
class Source:
    """What comparisons of one matrix are made from; the pass over its columns is prepared once."""

    matrix: Matrix
    elsewhere: Elsewhere | None
    background: FrequencyList | None
    count: str
    totals: str
    wanted: frozenset[str]
    n_threads: int | None
    progress: Progress
    groups: GroupCounts | None = None
    prepared: Any = field(default=None, init=False)

    def comparisons(self, sides: list[Sides], n_groups: int) -> Iterator[tuple[Sides, Comparison]]:
        """Yield the documents and the counts of each comparison."""
        for each in sides:
            with reporting(self.progress, "keyness") as callback:
                found = self._compare(each, n_groups, callback)
            yield each, found

    def _compare(self, sides: Sides, n_groups: int, callback: Any) -> Comparison:
        labels = sides.label()
        if self._is_weighted():
            found = self._weighted(labels)
        elif self.groups is not None and sides.groups is not None and self.wanted <= {"dp"}:
            found = self._summed(self.groups, *sides.groups)
        else:
            found = self._counted(labels, callback)
        a, b = found.pop("a"), found.pop("b")
        n1 = _total(self.matrix, labels == TARGET, self.count, self.totals, a)
        n2 = _total(self.matrix, labels == REFERENCE, self.count, self.totals, b)
        n_docs = [_total(self.matrix, labels == side, "documents", self.totals, a) for side in (TARGET, REFERENCE)]
        mean_length = (n1 + n2) / max(sum(n_docs), 1.0)
        if self.count == "documents":
            a, b = found["df_target"], found["df_reference"]
        terms = self.matrix.terms
        if self.elsewhere is not None:
            terms, b, found = self._joined(terms, found)
            a, n2 = np.concatenate([a, np.zeros(len(terms) - len(a), dtype=a.dtype)]), self.elsewhere.total
        a, b = signed(a), signed(b)
        if a.dtype != b.dtype:
            a, b = a.astype(np.float64), b.astype(np.float64)
        return Comparison(
            terms,
            np.arange(len(terms)),
            a,
            b,
            (n1, n2),
            (n_docs[0], n_docs[1] if self.elsewhere is None else self.elsewhere.n_docs),
            {name: signed(values) if name.startswith("df") else values for name, values in found.items()},
            _n_groups(sides, n_groups),
            int((a.astype(np.float64) + b > 0).sum()),
            mean_length,
            self._shares(terms, a.astype(np.float64) + b),
        )

    def _is_weighted(self) -> bool:
        return isinstance(self.matrix._native, WeightedCounts)

    def _counted(self, labels: Labels, callback: Any) -> dict[str, NDArray[Any]]:
        options = {"n_threads": self.n_threads, "progress": callback}
        if self.prepared is None:
            self.prepared = _native.TermColumns(self.matrix._native, **options)  # type: ignore[arg-type]
        sizes = self.matrix.doc_lengths.astype(np.float64)
        wanted = {name: name in self.wanted for name in ("dp", "kld_norm", "ranks")}
        return dict(self.prepared.compare(labels, sizes, **wanted, **options))

    def _summed(self, groups: GroupCounts, target: int, reference: tuple[int, ...] | None) -> dict[str, NDArray[Any]]:
        """Return what groups of documents that exclude each other have, without another look at the reference."""
        (a, df_target), (b, df_reference) = groups.of(target), groups.of_several(reference, target)
        found = {"a": a, "b": b, "df_target": df_target, "df_reference": df_reference}
        rows = groups.rows(target)
        names = [name for name in ("dp",) if name in self.wanted]
        part = self.matrix._native.select_rows(rows) if names else None
        return found | self._spread(part, self.matrix.doc_lengths[rows], names)

    def _weighted(self, labels: Labels) -> dict[str, NDArray[Any]]:
        found: dict[str, NDArray[Any]] = {}
        for label, count, side in ((TARGET, "a", "target"), (REFERENCE, "b", "reference")):
            rows = np.flatnonzero(labels == label).astype(np.uint32)
            part = self.matrix._native.select_rows(rows)
            found[count], found[f"df_{side}"], _ = part.frequencies()
            names: list[str] = ["dp", "kld_norm"] if label == TARGET else ["kld_norm"]
            names = [name for name in names if name in self.wanted]
            spread = self._spread(part, self.matrix.doc_lengths[rows], names)
            found |= {"dp" if name == "dp" else f"kld_{side}": values for name, values in spread.items()}
        return found

    def _spread(self, counts: Any, sizes: NDArray[Any], names: list[str]) -> dict[str, NDArray[Any]]:
        if not names:
            return {}
        options: dict[str, Any] = {"equal_parts": False, "n_threads": self.n_threads, "progress": False}
        return _dispersion_table.by_parts(counts, sizes, names, **options)

    def _joined(
        self, terms: list[str], found: dict[str, NDArray[Any]]
    ) -> tuple[list[str], NDArray[Any], dict[str, NDArray[Any]]]:
        """Return the words of both sides, counts in the reference, and statistics of all words."""
        elsewhere = self.elsewhere
        assert elsewhere is not None
        joined, b = elsewhere.listed.along(terms)
        fill = {"df_target": 0, "dp": np.nan, "kld_target": np.nan}
        added = len(joined) - len(terms)
        statistics = {
            name: np.concatenate([found[name], np.full(added, value, dtype=found[name].dtype)])
            for name, value in fill.items()
            if name in found
        }
        if elsewhere.matrix is not None:
            native, listed = elsewhere.matrix._native, elsewhere.listed
            statistics["df_reference"] = listed.values(native.frequencies()[1], joined, 0)
            names = ["kld_norm"] if "kld_norm" in self.wanted else []
            for values in self._spread(native, elsewhere.matrix.doc_lengths, names).values():
                statistics["kld_reference"] = listed.values(values, joined, np.nan)
        return joined, b, statistics

    def _shares(self, terms: list[str], both: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the share of each word in the background of the prior: the two groups, or a list."""
        counts: NDArray[np.float64] = both
        if self.background is not None:
            counts = self.background.along(terms)[1].astype(np.float64)
        return counts[: len(terms)] / max(float(counts.sum()), 1.0)


def _n_groups(sides: Sides, most: int) -> int:
    """Return the number of groups that a comparison is about."""
    others = None if sides.groups is None else sides.groups[1]
    return most if others is None else 1 + len(others)


def _total(matrix: Matrix, chosen: NDArray[np.bool_], count: str, totals: str, cf: NDArray[Any]) -> float:
    """Return the number of tokens, or of documents that have any, of those that `chosen` marks."""
    if count == "tokens" and totals == "matrix":
        return float(cf.sum())
    lengths = matrix.doc_lengths
    if count == "tokens":
        return float(lengths[chosen].sum())
    native = matrix._native
    if isinstance(native, WeightedCounts) and native.of_documents:
        _, weights, tokens, *_ = native.state()
        return float(weights[chosen & (tokens > 0)].sum())
    return float((chosen & (lengths > 0)).sum())
