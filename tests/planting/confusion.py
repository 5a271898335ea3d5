"""What planted pairs were called by a tool, and how many of the pairs it reports are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from planting.reports import Found, Pair, PairReport, by_pair, pair_of, turned
from planting.truth import OPPOSITE, Direction, Planted, Relation

_NO_CLAIM = {"none", "boilerplate_only"}


@dataclass(frozen=True)
class Confusion:
    """How right a tool was.

    `table` counts by kind what planted pairs were called, seen from the source. `relation` is by kind the share called
    rightly, `both` the share called rightly and given no wrong direction: in a directed kind, a pair may be left
    without one (`unstated` counts these); of `contains` and `contained_in` the name is the direction. `precision` is,
    by relation and for all reported pairs of it, the share between pages that hold text of one original;
    `false_pairs` lists the others. There, `contains` stands for both directions, and `boilerplate_only` is left out,
    which claims no common original. `wrong` lists the planted pairs not called rightly, with what they were called.
    """

    table: dict[str, Counter[str]]
    relation: dict[str, float]
    both: dict[str, float]
    unstated: dict[str, int]
    precision: dict[str, float]
    false_pairs: list[Found]
    wrong: list[tuple[Relation, str]]

    @property
    def share_right(self) -> float:
        """Share of all planted pairs with the right relation and no wrong direction."""
        pairs = sum(counts.total() for counts in self.table.values())
        return sum(self.both[kind] * counts.total() for kind, counts in self.table.items()) / max(1, pairs)


def confusion(truth: Planted, pairs: Iterable[PairReport]) -> Confusion:
    """Return how right the reported pairs are; see `Found` for what each may hold.

    Raises
    ------
    ValueError
        If two reports of one pair contradict each other, or a page is related to itself.
    """
    found = by_pair(truth, pairs)
    called = [(relation, *_called(found, relation)) for relation in truth.relations]
    right = [(relation, name, direction) for relation, name, direction in called if name in relation.expected]
    table: dict[str, Counter[str]] = {}
    for relation, name, _ in called:
        table.setdefault(relation.kind, Counter())[name] += 1
    judged = [(relation, direction) for relation, name, direction in right if _has_direction(relation, name)]
    unstated = [relation for relation, direction in judged if direction is None]
    misdirected = Counter(r.kind for r, direction in judged if direction not in {None, r.direction})
    rightly = Counter(relation.kind for relation, _, _ in right)
    precision, false_pairs = _precision(truth, found.values())
    return Confusion(
        table=table,
        relation=_shares(rightly, table),
        both=_shares(rightly - misdirected, table),
        unstated={kind: sum(relation.kind == kind for relation in unstated) for kind in table},
        precision=precision,
        false_pairs=false_pairs,
        wrong=[(relation, name) for relation, name, _ in called if name not in relation.expected],
    )


def _called(found: Mapping[Pair, Found], relation: Relation) -> tuple[str, Direction | None]:
    """Return what a planted pair was called, seen from its source, and where its text was said to have gone."""
    report = found.get(pair_of(relation))
    if report is None:
        return "none", None
    report = report if report.doc_a == relation.doc_a else turned(report)
    return report.relation, report.direction


def _has_direction(relation: Relation, name: str) -> bool:
    """Return whether a direction must be stated beside the name of the relation."""
    return relation.direction != "none" and name != "none" and name not in OPPOSITE


def _shares(counts: Mapping[str, int], table: Mapping[str, Counter[str]]) -> dict[str, float]:
    return {kind: counts.get(kind, 0) / called.total() for kind, called in table.items()}


def _precision(truth: Planted, found: Collection[Found]) -> tuple[dict[str, float], list[Found]]:
    """Return by relation the share of pairs of one origin, and the other pairs."""
    claims = [report for report in found if report.relation not in _NO_CLAIM]
    false_pairs = [report for report in claims if not truth.akin(int(report.doc_a), int(report.doc_b))]
    total, false = (Counter(map(_undirected, reports)) for reports in (claims, false_pairs))
    return {name: 1 - false[name] / total[name] for name in total}, false_pairs


def _undirected(report: Found) -> str:
    return "contains" if report.relation in OPPOSITE else report.relation
