"""Segments of 300 real pages that people called main text or boilerplate (shared pages), without knowledge of sites."""

import hashlib

import pytest

import kolloc
from kolloc.blocks import DROPPED


def collapsed(text):
    return " ".join(text.split())


def half_of(page_id):
    """Rules were chosen on half 0; half 1 was looked at as a sum alone."""
    return int(hashlib.sha256(str(page_id).encode()).hexdigest(), 16) % 2


class Judged:
    """The blocks of a page, joined by spaces, and which of them are dropped."""

    def __init__(self):
        self.text, self.blocks = "", []

    def add(self, block, dropped):
        start = len(self.text) + 1
        self.text = f"{self.text} {block}"
        self.blocks.append((start, len(self.text), dropped))

    def is_dropped(self, segment):
        """Whether all places of a segment lie within dropped blocks; None if it does not occur."""
        places, at = [], self.text.find(segment)
        while at >= 0:
            places.append(all(gone for start, end, gone in self.blocks if start < at + len(segment) and at < end))
            at = self.text.find(segment, at + 1)
        return all(places) if places else None


@pytest.fixture(scope="module")
def counts(shared):
    """By half and kind of segment, the number dropped and the number in all."""
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(shared("data/pages/pages.parquet")).to_pylist()
    corpus = kolloc.Corpus({str(row["page_id"]): row["text"] for row in rows})
    pages = {str(row["page_id"]): Judged() for row in rows}
    frame = corpus.blocks().to_frame(text=True)
    for name, kind, text in zip(frame["document"], frame["kind"], frame["text"], strict=True):
        pages[name].add(collapsed(text), kind in DROPPED)
    counts = {(half, kind): [0, 0] for half in (0, 1) for kind in ("main", "boilerplate")}
    for row in rows:
        for kind in ("main", "boilerplate"):
            for segment in row[f"{kind}_segments"]:
                count = counts[half_of(row["page_id"]), kind]
                count[0] += pages[str(row["page_id"])].is_dropped(collapsed(segment)) is True
                count[1] += 1
    return counts


def share(counts, kind, halves=(0, 1)):
    return sum(counts[half, kind][0] for half in halves) / sum(counts[half, kind][1] for half in halves)


def test_much_boilerplate_is_found_and_little_main_text_is_lost(counts):
    assert share(counts, "boilerplate") >= 0.45
    assert share(counts, "main") <= 0.02


@pytest.mark.parametrize("half", [0, 1])
def test_both_halves_agree(counts, half):
    assert share(counts, "boilerplate", [half]) >= 0.42
    assert share(counts, "main", [half]) <= 0.03
