"""All pairs of small corpora against plain sets and tables: no false pair, and nothing missed that must be found."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kolloc
from reference import naive_duplicates as naive
from reference.naive_duplicates import Text, Verdict

ALPHABETS = [
    ["peace", "talks"],
    ["a", "b", "c", "d", "1", "000"],
    [f"w{i}" for i in range(60)],
    ["Café", "cafe\u0301", "CAFÉ", "Ａｂ", "co\u00adop", "coop", "don't", "İx", "straße", "٣"],
    ["정부는", "발표했다", "평화", "회담이", "서울에서", "열렸다"],
    list("中国和美北京会谈平安的一是不了人"),
    ["ไทย", "中国", "和", "3", "ab", "カー", "平安", "会", "谈"],
]
SEPARATORS = [" ", ", ", "\n", "\n\n", "&nbsp;", "<br/>", " — ", " & ", " < ", ""]
FRAMES = [
    *[("", ""), ("", ". "), ("“", "”"), ('"', '"'), ("„", "“"), ("「", "」"), ("<p class='x'>", "</p>"), ("“", "")],
    *[("[", "](https://site.example/a?b=c&d)"), ("https://peace.example/talks ", " "), ("<b>", "</b> &amp; ")],
]


@st.composite
def corpora(draw, longest=24):
    """Return documents of parts that are cut out of a few stretches of words, so that they share many runs."""
    dice = Random(draw(st.integers(0, 2**32)))
    alphabet = dice.choice(ALPHABETS)
    stretches = [dice.choices(alphabet, k=dice.randint(1, longest)) for _ in range(dice.randint(1, 4))]
    return ["".join(_part(dice, stretches) for _ in range(dice.randint(0, 4))) for _ in range(dice.randint(2, 6))]


def _part(dice, stretches):
    """Return part of a stretch, now and then with a word changed, between marks that may or may not count."""
    words = list(dice.choice(stretches))
    if dice.random() < 0.5:
        words = words[dice.randrange(len(words)) :]
    if dice.random() < 0.3:
        words = words[: dice.randint(1, len(words))]
    if dice.random() < 0.3:
        words[dice.randrange(len(words))] = dice.choice(dice.choice(ALPHABETS))
    text = dice.choice(SEPARATORS if dice.random() < 0.3 else SEPARATORS[:3]).join(words)
    opening, closing = dice.choice(FRAMES if dice.random() < 0.7 else FRAMES[:1])
    return f"{opening}{text.upper() if dice.random() < 0.2 else text}{closing} "


def _found(texts, **options):
    rows = kolloc.Corpus(texts).duplicates(furniture="keep", **options).pairs.to_dict("records")
    found = {(int(row["document_a"]), int(row["document_b"])): row for row in rows}
    assert len(found) == len(rows)
    assert list(found) == sorted(found)
    assert all(a < b for a, b in found)
    return found


def _verdict(row):
    return Verdict(row["relation"], row["shared"], row["size_a"], row["size_b"])


def _compared(texts, row):
    """Return what may be compared for a document: of the prints of its text those with the most units."""
    prints = [other for other in texts if other is texts[row] or naive.same(other, texts[row])]
    most = max(len(other.keys) for other in prints)
    return [other for other in prints if len(other.keys) == most]


def _without_passage(verdict, a, b):
    """Return the verdicts that a passage allows: whether it is quoted is plain where there is but one."""
    if verdict is None or verdict.relation != "passage":
        return {verdict}
    quotes = naive.quotes(a, b)
    names = {"quotes", "shared_passage"} if quotes is None else {"quotes" if quotes else "shared_passage"}
    return {Verdict(name, verdict.shared, verdict.size_a, verdict.size_b) for name in names}


def _allowed(a, b, row):
    """Return the verdicts allowed on two different texts, given the row that was found, if any."""
    if naive.is_fully_sampled(a) and naive.is_fully_sampled(b):
        return _without_passage(naive.verdict(a, b), a, b)
    certain = naive.long_run(a, b)
    if row is None:
        return {None} if certain < naive.PASSAGE else set()
    if not certain <= row["longest_run"] <= naive.longest_run(a, b):
        return set()
    return _without_passage(naive.exact_counts(a, b, row["longest_run"]), a, b)


def _assert_as_defined(texts):
    found = _found(texts)
    texts = [Text(raw) for raw in texts]
    for i, j in combinations(range(len(texts)), 2):
        a, b, row = texts[i], texts[j], found.get((i, j))
        told = row and _verdict(row)
        if same := naive.same(a, b):
            assert told == same, (a.raw, b.raw)
            continue
        allowed = [_allowed(one, other, row) for one in _compared(texts, i) for other in _compared(texts, j)]
        assert told in set().union(*allowed), (a.raw, b.raw, told, allowed)


@settings(max_examples=300, deadline=None)
@given(texts=corpora(), passage=st.integers(12, 20))
def test_other_thresholds_keep_what_a_new_search_finds(texts, passage):
    corpus = kolloc.Corpus(texts)
    new = corpus.duplicates(furniture="keep", passage=passage).pairs
    again = corpus.duplicates(furniture="keep").rethreshold(passage=passage).pairs
    listed = set(again[["document_a", "document_b", "relation"]].itertuples(index=False, name=None))
    assert set(new[["document_a", "document_b", "relation"]].itertuples(index=False, name=None)) <= listed


@settings(max_examples=600, deadline=None)
@given(texts=corpora())
@example(texts=["1,000 a b c d", "1000 a b c d", "1,000 a b c d e", "x 1,000 a b c d"])
@example(texts=['"谈" 「谈」 [谈](https://site.example/a?b=c&d) 谈 ', "谈 <p class='x'>谈</p> 谈 谈 "])
@example(texts=["", " ", "…", "…", "👍", "👍", "\u0301", "\u0301", "a", "A", "中", "「中」"])
def test_pairs_of_short_texts_are_those_of_the_definitions(texts):
    _assert_as_defined(texts)


@settings(max_examples=300, deadline=None)
@given(texts=corpora(longest=70))
def test_pairs_of_longer_texts_are_right_and_long_runs_are_never_missed(texts):
    _assert_as_defined(texts)


@settings(max_examples=300, deadline=None)
@given(texts=corpora(longest=40), max_df=st.integers(2, 3))
def test_common_fingerprints_cost_pairs_and_never_make_false_ones(texts, max_df):
    found = _found(texts, max_df=max_df)
    texts = [Text(raw) for raw in texts]
    for (i, j), row in found.items():
        if not naive.same(texts[i], texts[j]):
            compared = [(a, b) for a in _compared(texts, i) for b in _compared(texts, j)]
            allowed = [_without_passage(naive.exact_counts(a, b, row["longest_run"]), a, b) for a, b in compared]
            assert _verdict(row) in set().union(*allowed)
            assert row["longest_run"] <= max(naive.longest_run(a, b) for a, b in compared)


@settings(max_examples=300, deadline=None)
@given(texts=corpora(longest=40))
def test_spans_lie_in_their_texts_and_runs_hold_the_same_letters(texts):
    duplicates = kolloc.Corpus(texts).duplicates(furniture="keep")
    for row in duplicates.spans.to_dict("records"):
        sides = []
        for name, document in (("a", int(row["document_a"])), ("b", int(row["document_b"]))):
            start, end = row[f"char_start_{name}"], row[f"char_end_{name}"]
            assert 0 <= start < end <= len(texts[document])
            sides.append(Text(texts[document][start:end]))
        if row["equal_words"] == row["words"]:
            assert sides[0].keys == sides[1].keys
            assert len(sides[0].keys) == row["words"]


@pytest.mark.parametrize("name", ["jaccard", "containment_a", "containment_b"])
def test_ratios_are_those_of_the_integers(name):
    words = [f"w{i}" for i in range(80)]
    texts = [" ".join(words), " ".join(words[:60]), " ".join(words[20:])]
    pairs = kolloc.Corpus(texts).duplicates().pairs
    either = {"jaccard": pairs["size_a"] + pairs["size_b"] - pairs["shared"]}
    below = {**either, "containment_a": pairs["size_a"], "containment_b": pairs["size_b"]}[name]
    assert (pairs[name] == pairs["shared"] / below).all()
    assert len(pairs) == 3
