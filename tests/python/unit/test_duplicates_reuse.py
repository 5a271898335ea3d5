"""Who prints what first and whose text stands where, on texts of numbered words with shares counted by hand."""

import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from kolloc import _letters, _prints
from kolloc.exceptions import ParameterError


def words(*ranges):
    """Words of seven letters and digits each."""
    return " ".join(f"word{i:03}" for start, end in ranges for i in range(start, end))


# The wire is printed whole by the herald, in part by the post; the mail takes from the wire and from the post.
PAGES = {
    "name": ["wire", "post", "herald", "mail", "lone", "blank"],
    "text": [
        words((0, 40)),
        words((0, 20), (100, 140)),
        words((0, 40)),
        words((10, 30), (100, 120), (200, 220)),
        words((300, 340)),
        "…",
    ],
    "outlet": ["Wire", "Post", "Herald", "Mail", None, "Mail"],
    "day": ["2031-04-01", "2031-04-02", "2031-04-03", None, "2031-04-01", "2031-04-01"],
}


def duplicates(kind="pandas", pages=PAGES, **options):
    frame = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}[kind](pages)
    return kolloc.Corpus(frame, text="text", names="name").duplicates(**{"source": "outlet", "date": "day", **options})


def column(frame, name):
    values = frame[name].to_pylist() if isinstance(frame, pa.Table) else frame[name].to_list()
    return [None if value is None or value != value else value for value in values]


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_shares_are_letters_in_earlier_documents(kind):
    frame = duplicates(kind).reprints()
    assert column(frame, "document") == PAGES["name"]
    assert column(frame, "reprinted") == pytest.approx([0, 20 / 60, 1, 40 / 60, 0, None])
    assert column(frame, "originality") == pytest.approx([1, 40 / 60, 0, 20 / 60, 1, None])
    assert column(frame, "cluster") == [0, -1, 0, -1, -1, -1]
    assert column(frame, "prints") == [2, 1, 2, 1, 1, 1]
    assert column(frame, "sources") == [2, 1, 2, 1, 0, 1]
    assert column(frame, "rank") == [1, 1, 2, 1, 1, 1]
    assert column(frame, "is_first") == [True, True, False, True, True, True]


def test_the_earlier_date_is_earlier_whatever_the_row():
    pages = {**PAGES, "day": ["2031-04-05", "2031-04-02", "2031-04-03", None, None, None]}
    frame = duplicates(pages=pages).reprints()
    # The wire is now behind the herald, which is behind the post; the mail has no date and stands in a later row.
    assert column(frame, "reprinted") == pytest.approx([1, 0, 20 / 40, 40 / 60, 0, None])
    assert column(frame, "rank") == [2, 1, 1, 1, 1, 1]


def test_without_dates_the_earlier_row_is_earlier():
    frame = duplicates(date=None).reprints()
    assert column(frame, "reprinted") == pytest.approx([0, 20 / 60, 1, 40 / 60, 0, None])
    assert column(frame, "rank") == [1, 1, 2, 1, 1, 1]


def test_only_the_relations_asked_for_count():
    found = duplicates()
    assert column(found.reprints(relations="exact"), "reprinted") == [0, 0, 1, 0, 0, None]
    assert column(found.reprints(relations=["exact", "near"]), "reprinted") == [0, 0, 1, 0, 0, None]
    with pytest.raises(ParameterError, match="did you mean 'near'"):
        found.reprints(relations=["nearly"])


def test_sources_are_left_out_if_the_search_had_none():
    assert "sources" not in duplicates(source=None).reprints().columns


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_sources_are_told_what_they_reprint_and_from_whom(kind):
    frame = duplicates(kind).sources()
    assert column(frame, "source") == ["Wire", "Post", "Herald", "Mail"]
    assert column(frame, "documents") == [1, 1, 1, 2]
    assert column(frame, "reprinted_documents") == [0, 0, 1, 1]
    assert column(frame, "first_prints") == [1, 0, 0, 0]
    assert column(frame, "stories") == [1, 0, 1, 0]
    assert column(frame, "stories_first") == [1, 0, 0, 0]
    assert column(frame, "first_share") == [1, None, 0, None]
    assert column(frame, "reprinted") == pytest.approx([0, 20 / 60, 1, 40 / 60])
    assert column(frame, "originality") == pytest.approx([1, 40 / 60, 0, 20 / 60])
    # The herald follows the post by a day, and both have the text of the wire.
    assert column(frame, "takes_from") == [None, "Wire", "Wire", "Wire"]


def test_the_share_from_which_a_document_counts_is_the_callers():
    assert column(duplicates().sources(least=0.3), "reprinted_documents") == [0, 1, 1, 1]
    with pytest.raises(ParameterError, match="least must be above 0 and at most 1, got 0"):
        duplicates().sources(least=0)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_flows_count_pairs_and_words_from_the_earlier_to_the_later(kind):
    frame = duplicates(kind).flows()
    flows = zip(*(column(frame, name) for name in ("source_from", "source_to", "pairs", "words")), strict=True)
    assert sorted(flows) == [
        ("Herald", "Mail", 1, 20),
        ("Post", "Herald", 1, 20),
        ("Post", "Mail", 1, 30),
        ("Wire", "Herald", 1, 40),
        ("Wire", "Mail", 1, 20),
        ("Wire", "Post", 1, 20),
    ]


def test_sources_and_flows_need_sources():
    for question in ("sources", "flows"):
        with pytest.raises(ParameterError, match="pass source= to duplicates"):
            getattr(duplicates(source=None), question)()


def test_nothing_comes_of_nothing():
    pages = {name: [] for name in PAGES}
    found = kolloc.Corpus(pl.DataFrame(pages, schema=dict.fromkeys(pages, pl.String)), text="text").duplicates(
        source="outlet", date="day"
    )
    assert [len(found.reprints()), len(found.sources()), len(found.flows())] == [0, 0, 0]


def test_ranks_are_shared_by_one_date_and_end_with_the_undated():
    no = np.iinfo(np.int64).min
    cluster = np.array([0, 0, 0, 0, 0, 2**32 - 1, 1, 1], dtype=np.uint32)
    dates = np.array([7, no, 5, 5, no, no, no, no])
    assert _prints.prints(cluster, dates).rank.tolist() == [3, 4, 1, 1, 5, 1, 1, 2]


def test_stories_shared_by_sources_are_counted_once_for_each():
    printed = _prints.prints(np.array([0, 0, 0, 1, 1], dtype=np.uint32), np.array([1, 1, 2, 3, 4]))
    sources = np.array([0, 1, 0, 1, 1], dtype=np.uint32)
    shared, first = _prints.stories(printed, sources, 2)
    assert (shared.tolist(), first.tolist()) == ([1, 1], [1, 1])


SPANS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 12)), max_size=20)


@given(SPANS)
def test_the_union_of_spans_covers_each_place_once(spans):
    rows, starts, lengths = (np.array([span[i] for span in spans], dtype=np.int64) for i in range(3))
    found = list(zip(*(part.tolist() for part in _letters.disjoint(rows, starts, starts + lengths)), strict=True))
    covered = [(row, at) for row, start, end in found for at in range(start, end)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {(row, at) for row, start, length in spans for at in range(start, start + length)}
    assert found == sorted(found)


LEFT_OUT = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(1, 12)), max_size=4)


@given(st.lists(st.text(alphabet="aé1 中…\u0301-😀ㅎ", max_size=40), max_size=6), SPANS, LEFT_OUT)
def test_letters_and_digits_are_counted_as_python_does(texts, spans, left_out):
    documents = kolloc.Corpus(texts)._documents
    inside, outside = (
        [(row, start, start + n) for row, start, n in found if row < len(texts) and start + n <= len(texts[row])]
        for found in (spans, left_out)
    )
    arrays = (np.array([span[i] for span in inside], dtype=np.int64) for i in range(3))
    totals, counts = _letters.counted(documents, *_letters.disjoint(*arrays), byte_ranges(texts, outside))
    gone = {(row, at) for row, start, end in outside for at in range(start, end)}
    letters = [
        {at for at, char in enumerate(text) if char.isalnum() and (row, at) not in gone}
        for row, text in enumerate(texts)
    ]
    assert totals.tolist() == [len(places) for places in letters]
    covered = {(row, at) for row, start, end in inside for at in range(start, end)}
    assert counts.tolist() == [sum((row, at) in covered for at in places) for row, places in enumerate(letters)]


def byte_ranges(texts, spans):
    def byte(row, at):
        return len(texts[row][:at].encode())

    spans = sorted(spans)
    ends = np.cumsum([sum(row == doc for row, _, _ in spans) for doc in range(len(texts))], dtype=np.uint64)
    starts, stops = (np.array([byte(span[0], span[i]) for span in spans], dtype=np.int64) for i in (1, 2))
    return starts, stops, ends


def test_furniture_is_no_text_of_anybody():
    foot = "Share\nLeave a Comment\n\nRecent Posts"
    story, other = words((0, 40)), words((100, 140))
    corpus = kolloc.Corpus([story, f"{story}\n\n{foot}", f"{other}\n\n{foot}"])
    assert column(corpus.duplicates().reprints(), "reprinted") == [0, 1, 0]
    kept = corpus.duplicates(furniture="keep").reprints()
    assert column(kept, "reprinted") == pytest.approx([0, 280 / (280 + 29), 0])


BLOCKS = [*(words((start, start + 15)) for start in range(0, 90, 15)), "중국과 미국은", "中国和美国在北京会谈"]
BLOCK = st.sampled_from(BLOCKS)
PAGE = st.tuples(st.lists(BLOCK, max_size=5).map(" — ".join), st.sampled_from(["2031-04-01", "2031-04-02", None]))


@settings(max_examples=60, deadline=None)
@given(st.lists(PAGE, min_size=1, max_size=6))
def test_shares_are_those_of_a_naive_count(pages):
    columns = {"text": [text for text, _ in pages], "day": [day for _, day in pages]}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    found = kolloc.Corpus(frame, text="text").duplicates(date="day")
    covered = [set() for _ in pages]
    for span in found.spans.iter_rows(named=True):
        a, b = int(span["document_a"]), int(span["document_b"])
        later, side = (b, "b") if is_earlier(pages, a, b) else (a, "a")
        covered[later].update(range(span[f"char_start_{side}"], span[f"char_end_{side}"]))
    for pair in found.pairs.iter_rows(named=True):
        if pair["relation"] in ("exact", "same_text"):
            a, b = int(pair["document_a"]), int(pair["document_b"])
            later = b if is_earlier(pages, a, b) else a
            covered[later].update(range(len(pages[later][0])))
    for (text, _), places, share in zip(pages, covered, found.reprints()["reprinted"], strict=True):
        letters = sum(map(str.isalnum, text))
        if letters == 0:
            assert math.isnan(share)
        else:
            assert share == pytest.approx(sum(text[at].isalnum() for at in places) / letters)


def is_earlier(pages, a, b):
    one, other = pages[a][1], pages[b][1]
    return (one or "9999", a) < (other or "9999", b)


def test_texts_are_the_same_whatever_their_line_breaks_let_pass_for_furniture():
    body = "The ferry line asked for three more berths in the old harbour of Asterholm before winter. " * 2
    lines = f"Home\n\nAbout us\n\nLeave a reply\n\n{body}"
    corpus = kolloc.Corpus([lines, lines.upper().replace("\n\n", " "), body])
    kinds = corpus.blocks().to_frame().groupby("document")["kind"].agg(list)
    assert kinds.tolist() == [["navigation"] * 3 + ["body"], ["body"], ["body"]]
    pairs = corpus.duplicates().pairs
    assert pairs["relation"].tolist() == ["same_text", "same_text", "near"]
    assert (pairs["jaccard"] == 1).tolist() == [False, True, False]
