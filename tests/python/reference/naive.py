"""What kolloc counts, as the definitions read: slow, short, and sharing nothing with it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

Term = str
Unit = list  # of str, None at gaps


def units_of(tokens, unit: str) -> list[Unit]:
    """Return the tokens of each document, paragraph or sentence; empty documents are units, too."""
    documents = [tokens.doc(row) for row in range(len(tokens))]
    if unit == "document":
        return documents
    flat = [token for document in documents for token in document]
    starts = (tokens.paragraph_starts if unit == "paragraph" else tokens.sentence_starts).tolist()
    return [flat[start:end] for start, end in pairwise([*starts, len(flat)])]


def frequencies(units: list[Unit]) -> Counter[Term]:
    """Return the collection frequencies, terms by first appearance."""
    return Counter(token for unit in units for token in unit if token is not None)


def by_frequency(counts: Counter[Term]) -> list[Term]:
    """Return terms by falling frequency, ties by first appearance."""
    return sorted(counts, key=lambda term: -counts[term])


@dataclass
class Counts:
    """Cells of all terms in both directions, margins by term, sample size, number of pairs."""

    cells: dict[tuple[Term, Term], float] = field(default_factory=lambda: defaultdict(float))
    sides: dict[tuple[Term, str], float] = field(default_factory=lambda: defaultdict(float))
    rows: dict[Term, float] = field(default_factory=lambda: defaultdict(float))
    columns: dict[Term, float] = field(default_factory=lambda: defaultdict(float))
    n: float = 0
    n_pairs: float = 0


def cooccurrence(
    units: list[Unit],
    *,
    window: tuple[float, float] = (math.inf, math.inf),
    count: str = "frequency",
    weights: list[float] | None = None,
    ordered: bool = False,
    diagonal: str = "pairs",
    margins: str | None = None,
) -> Counts:
    """Count pairs of positions p < q of a unit: q in the right window of p, or p in the left window of q."""
    left, right = (0, window[1]) if ordered else window
    result = Counts()
    for unit in units:
        cells: dict[tuple[Term, Term], float] = defaultdict(float)
        # A term with itself: each pair once, and what either token sees of the other.
        once: dict[Term, float] = defaultdict(float)
        forward: dict[Term, float] = defaultdict(float)
        backward: dict[Term, float] = defaultdict(float)
        for p, one in enumerate(unit):
            for q in range(p + 1, len(unit)):
                other, distance = unit[q], q - p
                if one is None or other is None or distance > max(left, right):
                    continue
                weight = 1.0
                if count == "weighted":
                    weight = 1 / distance if weights is None else weights[distance - 1]
                result.n_pairs += weight
                seen = [(one, other, forward)] * (distance <= right) + [(other, one, backward)] * (distance <= left)
                for node, collocate, side in seen:
                    result.rows[node] += weight
                    result.columns[collocate] += weight
                    result.n += weight
                    if one == other:
                        side[node] += weight
                    else:
                        cells[node, collocate] += weight
                if one == other:
                    once[one] += weight
        for term in once:
            sides = {"pairs": once[term], "twice": forward[term] + backward[term], "zero": 0.0}
            if count == "boolean":
                sides["twice"] = bool(forward[term]) + bool(backward[term])
            if ordered:
                sides["twice"] = 2 * (bool(once[term]) if count == "boolean" else once[term])
            if sides[diagonal]:
                cells[term, term] = sides[diagonal]
            result.sides[term, "both"] += once[term] if ordered else forward[term] + backward[term]
            result.sides[term, "units"] += 1
        for pair, value in cells.items():
            is_twice = pair[0] == pair[1] and diagonal == "twice"
            result.cells[pair] += value if count != "boolean" or is_twice else 1.0
    if margins == "surface":
        _surface(units, left, right, result)
    if count == "boolean":
        result.rows = Counter(term for unit in units for term in set(unit) - {None})
        result.columns, result.n = result.rows, len(units)
    return result


def _surface(units: list[Unit], left: float, right: float, result: Counts) -> None:
    """Replace cells and margins by tokens in the span of at least one node token (Evert 2008)."""
    result.cells.clear()
    result.rows.clear()
    result.columns = frequencies(units)
    result.n = sum(result.columns.values())
    for unit in units:
        for node in set(unit) - {None}:
            places = [p for p, token in enumerate(unit) if token == node]
            for q, token in enumerate(unit):
                near = any(p - q <= left if q < p else q - p <= right for p in places)
                if token not in (None, node) and near:
                    result.cells[node, token] += 1
                    result.rows[node] += 1


def association(observed: float, r1: float, c1: float, n: float) -> dict[str, float]:
    """Return the usual measures of a 2 x 2 table by their plain formulas, NaN if a cell is below zero.

    Only a term with itself in units has such a table: not every unit with the term holds it twice.
    """
    expected = r1 * c1 / n
    table = [
        (observed, expected),
        (r1 - observed, r1 * (n - c1) / n),
        (c1 - observed, (n - r1) * c1 / n),
        (n - r1 - c1 + observed, (n - r1) * (n - c1) / n),
    ]
    if min(cell for cell, _ in table) < -1e-9:
        return {"expected": expected} | dict.fromkeys(("mi", "npmi", "log_dice", "g2"), math.nan)
    # Sums of weights miss zero by their rounding.
    g2 = 2 * sum(o * math.log(o / e) for o, e in table if o > 1e-9 and e > 1e-9)
    mi = math.log2(observed / expected)
    return {
        "expected": expected,
        "mi": mi,
        "npmi": math.log(observed / expected) / -math.log(observed / n) if not math.isclose(observed, n) else math.nan,
        "log_dice": 14 + math.log2(2 * observed / (r1 + c1)),
        "g2": math.copysign(g2, observed - expected),
    }


def n_grams(documents: list[list[Unit]], least: int, greatest: int) -> dict[tuple[Term, ...], list[int]]:
    """Return how often each n-gram occurs in each document, given by its units; by n, then by first appearance."""
    found: dict[tuple[Term, ...], list[int]] = {}
    for n in range(least, greatest + 1):
        for row, units in enumerate(documents):
            for unit in units:
                for start in range(len(unit) - n + 1):
                    piece = tuple(unit[start : start + n])
                    if None not in piece:
                        found.setdefault(piece, [0] * len(documents))[row] += 1
    return found


def units_by_document(tokens, unit: str) -> list[list[Unit]]:
    """Return the units of each document."""
    starts = {"paragraph": tokens.paragraph_starts, "sentence": tokens.sentence_starts}.get(unit, tokens.offsets[:-1])
    documents = []
    for row, (first, end) in enumerate(pairwise(tokens.offsets.tolist())):
        inside = [start - first for start in sorted(set(starts.tolist())) if first <= start < end]
        document = tokens.doc(row)
        documents.append([document[start:stop] for start, stop in pairwise([*inside, end - first])])
    return documents


def within(value: int, whole: int, least: float | None, greatest: float | None) -> bool:
    """Return whether a count passes inclusive bounds: ints are counts, floats shares of the whole, read as written."""

    def as_count(bound: float) -> Fraction:
        return Fraction(bound) if isinstance(bound, int) else Fraction(str(bound)) * whole

    return (least is None or value >= as_count(least)) and (greatest is None or value <= as_count(greatest))
