"""Which texts share a passage by nature, before anything is planted."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from planting.segments import words

_FREE, _SEVERAL = -1, -2


def naturally_related(texts: Sequence[str], run: int = 12) -> set[tuple[int, int]]:
    """Return the pairs of texts that share an identical run of at least `run` words, the smaller number first.

    Two passes over hashes of all runs of that length: the first finds out which slots of a table more than one text
    falls into, the second lists the texts by hash for those alone. Memory grows with the number of words and of pairs;
    that one hash of 64 bits could stand for two different runs is left out of account.
    """
    coded = _coded(texts)
    slots = _slots(coded, run)
    holders: dict[int, list[int]] = {}
    for number, runs in enumerate(_runs(coded, run)):
        for code in runs:
            if slots[code & (len(slots) - 1)] == _SEVERAL:
                texts_with_it = holders.setdefault(code, [])
                if not texts_with_it or texts_with_it[-1] != number:
                    texts_with_it.append(number)
    groups = {tuple(group) for group in holders.values() if len(group) > 1}
    return {pair for group in groups for pair in combinations(group, 2)}


def without_related(n_texts: int, related: Collection[tuple[int, int]]) -> list[int]:
    """Return numbers of texts among which no pair is related, taking each text that fits to those taken before."""
    others: dict[int, set[int]] = {}
    for a, b in related:
        others.setdefault(a, set()).add(b)
        others.setdefault(b, set()).add(a)
    taken: set[int] = set()
    for number in range(n_texts):
        if taken.isdisjoint(others.get(number, ())):
            taken.add(number)
    return sorted(taken)


def _coded(texts: Sequence[str]) -> list[array[int]]:
    """Return each text as numbers of its words."""
    numbers: dict[str, int] = {}
    return [array("i", [numbers.setdefault(word, len(numbers)) for word in words(text)]) for text in texts]


def _runs(coded: list[array[int]], run: int) -> Iterator[Iterator[int]]:
    """Yield by text the hashes of its runs; hashes of numbers are the same in every process."""
    for text in coded:
        yield map(hash, zip(*(text[start:] for start in range(run)), strict=False))


def _slots(coded: list[array[int]], run: int) -> array[int]:
    """Return a table that says whether runs with the same last bits of their hash are in one text or in several."""
    total = sum(map(len, coded))
    slots = array("i", [_FREE]) * (1 << max(10, (2 * total).bit_length()))
    mask = len(slots) - 1
    for number, runs in enumerate(_runs(coded, run)):
        for code in runs:
            holder = slots[code & mask]
            if holder == _FREE:
                slots[code & mask] = number
            elif holder != number:
                slots[code & mask] = _SEVERAL
    return slots
