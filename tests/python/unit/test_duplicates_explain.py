"""Explanations: which rule, which numbers, and both texts with nothing lost."""

import json
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kolloc
from kolloc import _alignment, _explain_text, _verdict
from kolloc._alignment import CHANGED, LEFT_OUT, OWN, SAME, Piece, Spans
from kolloc.exceptions import ParameterError


def words(*numbers):
    return " ".join(f"word{i:03}" for i in numbers)


STORY = words(*range(40))
CHANGED_STORY = words(*range(20), 900, *range(21, 40))


def search(texts, **options):
    return kolloc.Corpus(texts).duplicates(**options)


SAME_LETTERS = "both texts have the same letters and digits; case, punctuation and spaces differ"
RULES = [
    (STORY, STORY, "exact: both texts have the same characters"),
    (
        STORY,
        STORY.upper(),
        "same_text: both texts have the same letters and digits; case, punctuation and spaces differ",
    ),
    (STORY, CHANGED_STORY, "near: 35 of 41 triples are in both, Jaccard 0.85 ≥ 0.70"),
    (
        words(*range(100)),
        words(*range(10, 40)),
        "contains: 28 of the 28 triples of the smaller text are in the larger one, containment 1.00 ≥ 0.80; "
        "they are 0.29 of the larger one",
    ),
    (
        words(*range(30), *range(100, 120)),
        words(*range(30), *range(200, 230)),
        "revised: 28 triples are in both, 0.58 of the first text and 0.48 of the second; the smaller share 0.48 ≥ 0.40",
    ),
    (
        words(*range(14), *range(100, 150)),
        words(*range(14), *range(200, 250)),
        "shared_passage: a run of 14 words ≥ 12 is in both; as wholes they are not akin "
        "(Jaccard 0.11, containment 0.19)",
    ),
    (
        f"{words(*range(100, 150))} “{words(*range(14))}”",
        words(*range(14), *range(200, 250)),
        "quotes: a run of 14 words ≥ 12 is in both; as wholes they are not akin (Jaccard 0.11, containment 0.19); "
        "at least 0.80 of the shared passages stand between quotation marks in one of them",
    ),
]


@pytest.mark.parametrize(("one", "other", "reason"), RULES)
def test_the_rule_is_told_with_its_numbers(one, other, reason):
    found = search({"a": one, "b": other}).explain("a", "b")
    assert found.reason == reason
    assert found.relation == reason.split(":")[0]


def test_the_relation_is_seen_from_the_first_document_named():
    found = search([words(*range(100)), words(*range(10, 40))])
    assert (found.explain(0, 1).relation, found.explain(1, 0).relation) == ("contains", "contained_in")
    told = found.explain(1, 0).to_dict()
    assert json.loads(json.dumps(told)) == told
    assert (told["size_a"], told["size_b"], told["shared"], told["longest_run"]) == (28, 98, 28, 30)
    assert (told["document_a"], told["containment_a"]) == ("1", 1.0)


def test_documents_that_are_not_akin_are_told_by_how_much():
    found = search([words(*range(7), *range(100, 150)), words(*range(7), *range(200, 240))]).explain(0, 1)
    assert found.relation is None
    assert found.reason == (
        "no relation: 5 of 95 triples are in both: Jaccard 0.05 < 0.70, containment 0.11 < 0.40; "
        "longest run of 7 words < 12"
    )
    nothing = search(["peace talks resume today", "goats eat cheese"]).explain(0, 1)
    assert nothing.reason == "no relation: no triple of words is in both"
    assert (nothing.to_dict()["size_a"], nothing.to_dict()["size_b"]) == (2, 1)


def test_texts_without_words_are_explained_too():
    assert search(["", "…"]).explain(0, 1).reason == "no relation: no triple of words is in both"
    assert search(["…", "…"]).explain(0, 1).relation == "exact"


def test_window_and_group_are_named_if_they_rule_a_pair_out():
    pages = pd.DataFrame(
        {"text": [STORY] * 4, "day": ["2031-01-01", "2031-03-01", None, "2031-01-02"], "outlet": ["A", "A", "B", None]}
    )
    corpus = kolloc.Corpus(pages, text="text")
    within = corpus.duplicates(date="day", window="30D")
    assert within.explain(0, 1).reason == "no relation: their dates are 59 days apart, the window is 30D"
    assert within.explain(0, 2).reason == "no relation: one of them has no date, and the search had a window"
    assert within.explain(0, 3).relation == "exact"
    across = corpus.duplicates(source="outlet", group="across")
    assert across.explain(0, 1).reason == "no relation: they have the same source, and the search was across sources"
    assert across.explain(0, 3).reason == "no relation: one of them has no source, and the search was across sources"
    assert across.explain(0, 2).relation == "exact"


def test_a_pair_lost_in_a_crowd_is_told_to_be_lost():
    found = search([words(*range(60), *range(1000 + 3 * i, 1003 + 3 * i)) for i in range(40)], max_df=2)
    listed = {tuple(pair) for pair in found.pairs[["document_a", "document_b"]].astype(int).itertuples(index=False)}
    lost = next((a, b) for a in range(40) for b in range(a + 1, 40) if (a, b) not in listed)
    assert found.explain(*lost).reason.startswith("no relation: by themselves they are near, but among all documents")


def test_by_themselves_documents_are_what_the_search_made_of_them():
    legal = "Words here belong to the harbour office and to nobody who came by to look at them"
    texts = [f"{words(*range(40 * page, 40 * page + 40))}.\n\n{legal}" for page in range(25)]
    pages = pd.DataFrame({"text": texts, "site": "harbour.example"})
    corpus = kolloc.Corpus(pages, text="text")
    assert corpus.duplicates().explain(0, 1).relation == "shared_passage"
    assert corpus.duplicates(site="site").explain(0, 1).reason == "no relation: no triple of words is in both"


def test_one_document_is_no_pair():
    with pytest.raises(ParameterError, match="a and b must be two different documents"):
        search({"a": STORY, "b": STORY}).explain("a", 0)
    with pytest.raises(KeyError, match="did you mean 'wire'"):
        search({"wire": STORY, "b": STORY}).explain("wir", "b")


def test_ratios_get_the_digits_that_make_them_true():
    options = {"near": 0.7, "floor": 0.4, "passage": 12}
    counts = _verdict.Counts(6998, 10_000, 6998, 5)
    assert "Jaccard 0.6998 < 0.7000" in _verdict.unrelated(counts, options)


# Side by side


def test_what_differs_within_a_span_is_marked_on_both_sides():
    (row,) = search([STORY, CHANGED_STORY]).explain(0, 1)._rows
    assert [piece.text for piece in row.a if piece.kind == CHANGED] == ["word020"]
    assert [piece.text for piece in row.b if piece.kind == CHANGED] == ["word900"]
    assert (row.number, row.number_b) == (1, 1)


def test_parts_in_another_order_keep_the_numbers_of_either_text():
    found = search([words(*range(40)), words(*range(20, 40), *range(20))]).explain(0, 1)
    assert [(row.number, row.number_b) for row in found._rows] == [(1, 2), (2, 1)]


def test_long_stretches_are_left_out_and_counted():
    text = f"{words(*range(500, 600))} {STORY} {words(*range(600, 700))}"
    rows = search([STORY, text]).explain(0, 1, context=20)._rows
    first, span, last = rows
    assert first.a == []
    assert [piece.kind for piece in first.b] == [LEFT_OUT, OWN]
    assert [piece.kind for piece in span.a] == [SAME, LEFT_OUT, SAME]
    assert [piece.kind for piece in last.b] == [OWN, LEFT_OUT]
    shown = sum(len(piece.text) + piece.n_left_out for row in rows for piece in row.b)
    assert shown == len(text) - 2, "but for the spaces before and behind the span"
    assert len(first.b[1].text) <= 40


def test_cuts_do_not_part_a_letter_from_its_marks():
    text = "e\u0301" * 200
    left, gap, right = _alignment._shortened(Piece(SAME, text), 21, 21)
    assert (left.text + right.text).count("e") == (left.text + right.text).count("\u0301")
    assert len(left.text) + gap.n_left_out + len(right.text) == len(text)


SENTENCES = st.sampled_from(
    [
        "one two three four five. ",
        "“six seven eight” nine ten! ",
        "渡轮星期一在平静的天气中沉没。",
        "페리는 월요일에 침몰했다. ",
        "a b ",
        "\n\n",
        "e\u0301t la ",
    ]
)
_BORDERS, _FERRY = "one two three four five. ", "渡轮星期一在平静的天气中沉没。"
TEXTS = st.lists(SENTENCES, max_size=10).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
@example(_BORDERS * 4 + _FERRY * 2, _BORDERS * 4 + _FERRY + _BORDERS + _FERRY * 2)
def test_every_letter_of_both_texts_is_shown_once(one, other):
    found = search([one, other])
    spans = found._native.spans(np.array([0], dtype=np.uint32), np.array([1], dtype=np.uint32))
    spans = Spans(*(spans[name] for name in ("char_start_a", "char_end_a", "char_start_b", "char_end_b")))
    rows = _alignment.rows(one, other, spans, 10_000)
    for side, text in (("a", one), ("b", other)):
        pieces = [piece for row in rows for piece in getattr(row, side)]
        shown = Counter("".join(piece.text for piece in pieces))
        assert not shown - Counter(text)
        assert all(char.isspace() for char in Counter(text) - shown)
        assert all(piece.kind != LEFT_OUT for piece in pieces)
    for row in rows:
        if row.number is not None:
            assert same(row.a) == same(row.b)


def same(pieces):
    return [word.lower() for piece in pieces if piece.kind == SAME for word in re.findall(r"\w+", piece.text)]


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_outside_the_changes_texts_are_the_same(one, other):
    i = j = 0
    for changed_a, changed_b in _alignment._changes(one, other):
        assert one[i : changed_a.start] == other[j : changed_b.start]
        i, j = changed_a.stop, changed_b.stop
    assert one[i:] == other[j:]


# How it shows


def test_html_escapes_everything_and_loads_nothing():
    texts = {"<a&b>": f"<script>alert(1)</script> {STORY}", "c": f"{STORY} <img src=x>"}
    shown = search(texts).explain("<a&b>", "c")._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;a&amp;b&gt;" in shown
    assert "http" not in shown
    assert "alert(1)" in shown


def test_html_is_made_for_any_direction_of_writing():
    arabic = "غرقت العبارة المتجهة إلى الجزر الشمالية يوم الاثنين في طقس هادئ وتم إنقاذ جميع الركاب"
    shown = search([arabic, arabic + "!"]).explain(0, 1)._repr_html_()
    cells = re.findall(r"<td [^>]*>", shown)
    assert sum('dir="auto"' in cell for cell in cells) == len(cells) // 2
    assert "text-align:start" in shown


def test_long_texts_stay_short_on_the_page():
    found = search([words(*range(1000)) * 20, words(*range(1000)) * 21]).explain(0, 1)
    assert len(found._repr_html_()) < 10_000
    assert len(str(found)) < 6_000


def test_names_come_with_source_and_date():
    pages = pd.DataFrame({"text": [STORY, STORY], "day": ["2031-01-01", None], "outlet": ["Wire", "Post"]})
    found = kolloc.Corpus(pages, text="text").duplicates(date="day", source="outlet").explain(0, 1)
    head = str(found).split("\n")[3]
    assert re.split(r"\s{2,}", head.strip()) == ["0, Wire, 2031-01-01", "1, Post"]


def test_columns_are_as_wide_on_a_terminal_in_every_script():
    row = _alignment.Row(1, 1, [Piece(SAME, "중국과 미국은 " * 8)], [Piece(SAME, "中国和美国" * 12)])
    lines = _explain_text.side_by_side(("a", "b"), [row]).split("\n")
    assert len(lines) > 2
    for line in lines:
        assert sum(2 if ord(char) > 0x2E7F else 1 for char in line) <= 110


def test_control_characters_do_not_reach_the_terminal():
    found = search([f"{STORY}\x1b[31m", STORY]).explain(0, 1)
    assert "\x1b" not in str(found)
