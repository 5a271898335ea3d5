"""Names on five scraped pages, as a careful reader counted them (shared seeds)."""

import json
from collections import Counter

import pytest

import kolloc

COUNTED_KINDS = ("body", "quoted_report", "subheading")
PAGES = (
    "000_9d2b4a1b01f0dc1c.txt",
    "001_3ef9852a99cd561e.txt",
    "002_e0668375dad8101a.txt",
    "003_aee5db814be1d452.txt",
    "004_52797cdb5ed56653.txt",
)


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads(shared("seeds/truth.json").read_text("utf-8"))


def _lines(shared, page, record, kinds=COUNTED_KINDS):
    """The lines of article 1 on which the names are counted."""
    lines = shared(f"seeds/{page}").read_text("utf-8").split("\n")
    return [lines[b["line"] - 1] for b in record["blocks"] if b["article"] == 1 and b["kind"] in kinds]


def _terms(lines, *, lowercase):
    """Counts of words and pairs of words; a hyphen, slash or possessive ends a word, the hyphen stays between."""
    tokens = kolloc.Corpus(lines).tokens(split_hyphens=True, possessive="cut", lowercase=lowercase)
    frame = tokens.dtm(ngram_range=(1, 2), concatenator=" ").term_frequencies()
    return Counter(dict(zip(frame["term"], map(int, frame["cf"]), strict=True)))


def _count(lines, entities):
    folded, as_written = _terms(lines, lowercase=True), _terms(lines, lowercase=False)
    counts = {}
    for name in entities:
        if name == "us":
            counts[name] = as_written["US"]
        elif name == "denuclear*":
            counts[name] = sum(
                count for term, count in folded.items() if " " not in term and term.startswith(name[:-1])
            )
        elif name == "de-nuclear*":
            # Cut at its hyphen; as the hyphen is a token, the word stands behind two pairs.
            whole = kolloc.Corpus(lines).tokens().vocabulary
            counts[name] = sum(
                int(count)
                for term, count in zip(whole.terms, whole.frequencies, strict=True)
                if term.startswith(name[:-1])
            )
        else:
            counts[name] = folded[name]
    return counts


@pytest.mark.parametrize("page", PAGES)
def test_names_of_an_article_are_counted_as_by_a_reader(shared, truth, page):
    record = truth[page]
    assert _count(_lines(shared, page, record), record["entities"]) == record["entities"]


@pytest.mark.parametrize("page", PAGES)
def test_names_of_each_kind_of_line_are_counted_as_by_a_reader(shared, truth, page):
    record = truth[page]
    found = {
        kind: _count(_lines(shared, page, record, (kind,)), expected)
        for kind, expected in record["entities_by_kind"].items()
    }
    assert found == record["entities_by_kind"]


@pytest.mark.parametrize("page", PAGES)
def test_variants_of_names_are_counted_apart(shared, truth, page):
    record = truth[page]
    assert _count(_lines(shared, page, record), record["entities_extra"]) == record["entities_extra"]


def test_every_page_with_truth_is_counted(truth):
    assert sorted(truth) == sorted(PAGES)
