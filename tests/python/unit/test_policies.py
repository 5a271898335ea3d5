"""What each counting policy keeps, weighs and masks, on tiny corpora counted by hand."""

import math

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
POLICIES = [
    *("all", "one_per_cluster", "one_per_source_per_cluster", "weight_1_over_size"),
    *("drop_boilerplate", "drop_repeated_passages", "mask_quotes"),
]


def words(start, end):
    """Words of seven letters and digits each."""
    return " ".join(f"word{i:03}" for i in range(start, end))


# A story in four prints, the third of them the longest; a story in two prints; one page on its own.
STORY, OTHER = words(0, 40), words(100, 140)
PAGES = {
    "text": [STORY, STORY, f"{STORY} {words(40, 44)}", OTHER, words(200, 240), OTHER, STORY],
    "outlet": ["Post", "Wire", "Post", "Wire", "Post", None, None],
    "day": ["2031-04-03", "2031-04-01", "2031-04-02", None, "2031-04-01", "2031-04-09", "2031-04-01"],
}


def corpus(kind="pandas", pages=PAGES):
    return kolloc.Corpus(KINDS[kind](pages), text="text")


def search(kind="pandas", pages=PAGES, **options):
    return corpus(kind, pages).duplicates(**{"date": "day", "source": "outlet", **options})


def frequencies(tokens):
    dtm = tokens.dtm()
    return dict(zip(dtm.terms, dtm.to_scipy().sum(axis=0).tolist(), strict=True))


# Representatives


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("keep", "expected"),
    # The wire and the last page are both of the first day: the earlier row stands for the cluster.
    [("earliest", [1, 4, 5]), ("longest", [2, 3, 4]), ("first", [0, 3, 4])],
)
def test_one_document_stands_for_a_cluster(kind, keep, expected):
    rows = search(kind).representatives(keep)
    assert rows.tolist() == expected
    assert rows.dtype == np.uint32


def test_without_dates_the_first_row_is_the_earliest():
    assert search(date=None).representatives().tolist() == [0, 3, 4]


def test_clusters_without_any_date_are_represented_by_their_first_row():
    pages = {**PAGES, "day": [None] * 7}
    assert search(pages=pages).representatives().tolist() == [0, 3, 4]


def test_preferred_sources_come_before_dates():
    found = search()
    assert found.representatives(prefer=["Post"]).tolist() == [2, 4, 5]
    assert found.representatives(prefer=["Wire", "Post"]).tolist() == [1, 3, 4]
    assert found.representatives("first", prefer=["Post"]).tolist() == [0, 3, 4]
    assert found.representatives(prefer=iter(["Wire"])).tolist() == [1, 3, 4]


def test_unknown_ways_to_choose_are_refused():
    found = search()
    with pytest.raises(ParameterError, match="keep must be one of 'earliest', 'longest', 'first'"):
        found.representatives("oldest")
    with pytest.raises(ParameterError, match="did you mean 'Wire'"):
        found.representatives(prefer=["Wires"])
    with pytest.raises(InputTypeError, match="got a single str"):
        found.representatives(prefer="Wire")
    with pytest.raises(ParameterError, match="pass source= to duplicates"):
        search(source=None).representatives(prefer=["Wire"])


# Weights


def test_weights_sum_to_the_number_of_stories():
    weights = search().weights()
    assert weights.tolist() == [0.25, 0.25, 0.25, 0.5, 1, 0.5, 0.25]
    assert math.fsum(weights) == 3


def test_weights_of_policies_that_keep_or_leave_out_are_ones_and_zeros():
    found = search()
    assert found.weights("all").tolist() == [1] * 7
    assert found.weights("one_per_cluster", keep="first").tolist() == [1, 0, 0, 1, 1, 0, 0]
    assert found.weights("one_per_source_per_cluster").tolist() == [0, 1, 1, 1, 1, 1, 1]
    with pytest.raises(ParameterError, match="policy must be one of 'all', 'one_per_cluster'"):
        found.weights("mask_quotes")


# What is masked


def masked(found, policy):
    places = found.masked(policy)
    assert all(values.dtype == np.int64 for values in places.values())
    return sorted(zip(*(values.tolist() for values in places.values()), strict=True))


PASSAGE = words(500, 520)
QUOTED = {
    "text": [f"{words(0, 40)} “{PASSAGE}” {words(40, 60)}", f"{words(100, 140)} {PASSAGE}. {words(140, 160)}"],
    "day": ["2031-04-02", "2031-04-01"],
}


def test_the_later_print_of_a_passage_is_masked():
    found = search(pages=QUOTED, source=None)
    start = QUOTED["text"][0].index("word500")
    assert masked(found, "drop_repeated_passages") == [(0, start, start + len(PASSAGE))]
    undated = search(pages=QUOTED, source=None, date=None)
    start = QUOTED["text"][1].index("word500")
    assert masked(undated, "drop_repeated_passages") == [(1, start, start + len(PASSAGE))]


def test_a_passage_counts_once_wherever_dates_are_missing():
    # Of the rows alone the second would be before the third, and the first before the second; of dates the third is
    # before the first: no document would keep the text.
    pages = {"text": [STORY] * 3, "day": ["2031-04-03", None, "2031-04-01"]}
    found = search(pages=pages, source=None)
    assert {document for document, *_ in masked(found, "drop_repeated_passages")} == {0, 1}
    counts = frequencies(found.apply(corpus(pages=pages).tokens(), "drop_repeated_passages"))
    assert set(counts.values()) == {1}


def test_headlines_of_few_words_are_masked_whole():
    pages = {"text": ["Peace talks!", "Peace talks", "War"], "day": ["2031-04-02", "2031-04-01", None]}
    found = search(pages=pages, source=None)
    assert masked(found, "drop_repeated_passages") == [(0, 0, 12)]


def test_only_quotations_are_masked():
    found = search(pages=QUOTED, source=None)
    assert found.pairs["relation"].tolist() == ["quotes"]
    start = QUOTED["text"][0].index("word500")
    assert masked(found, "mask_quotes") == [(0, start, start + len(PASSAGE))]
    unquoted = {**QUOTED, "text": [text.replace("“", "").replace("”", "") for text in QUOTED["text"]]}
    assert masked(search(pages=unquoted, source=None), "mask_quotes") == []


def test_furniture_is_masked_that_pages_of_a_site_share():
    legal = "Words here belong to the harbour office and to nobody beside it"
    texts = [f"{words(40 * page, 40 * page + 40)}.\n\n{legal}" for page in range(25)]
    pages = {"text": texts, "site": ["harbour.example"] * 25}
    spans = masked(search(pages=pages, source=None, date=None, site="site"), "drop_boilerplate")
    assert spans == [(page, len(text) - len(legal), len(text)) for page, text in enumerate(texts)]
    assert masked(search(pages=pages, source=None, date=None), "drop_boilerplate") == []
    with pytest.raises(ParameterError, match="policy must be one of 'drop_boilerplate'"):
        search().masked("all")


# Tokens


@pytest.mark.parametrize("kind", KINDS)
def test_tokens_count_under_each_policy(kind):
    found, tokens = search(kind), corpus(kind).tokens()
    word = {
        policy: [frequencies(found.apply(tokens, policy)).get(name, 0) for name in ("word000", "word040", "word100")]
        for policy in POLICIES
    }
    assert word == {
        "all": [4, 1, 2],
        "one_per_cluster": [1, 0, 1],
        "one_per_source_per_cluster": [3, 1, 2],
        "weight_1_over_size": [1, 0.25, 1],
        "drop_boilerplate": [4, 1, 2],
        "drop_repeated_passages": [1, 1, 1],
        "mask_quotes": [4, 1, 2],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_metadata_of_the_documents_kept_come_along(kind):
    kept = search(kind).apply(corpus(kind).tokens(), "one_per_cluster")
    assert list(kept.names) == ["1", "4", "5"]
    assert type(kept.metadata) is type(KINDS[kind]({}))
    assert len(kept.metadata) == 3


def test_what_is_masked_leaves_gaps_that_no_pair_or_n_gram_bridges():
    found, tokens = search(pages=QUOTED, source=None), corpus(pages=QUOTED).tokens(remove_punct=True)
    kept = found.apply(tokens, "drop_repeated_passages")
    assert kept.n_docs == 2
    assert kept.n_tokens == tokens.n_tokens - 20
    assert len(kept.doc(0)) == len(tokens.doc(0))
    bigrams = kept.dtm(ngram_range=(2, 2)).terms
    assert "word038_word039" in bigrams
    assert "word039_word040" not in bigrams
    pairs = kept.cooccurrence(window=19).edges()
    assert {"word039", "word040"} not in [{row.term_1, row.term_2} for row in pairs.itertuples()]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("all", 4), ("one_per_cluster", 1), ("weight_1_over_size", 1), ("drop_repeated_passages", 1)],
)
def test_pairs_count_under_a_policy_too(policy, expected):
    table = search().apply(corpus().tokens(), policy).cooccurrence(window=2)
    cell = table.edges().set_index(["term_1", "term_2"]).loc[("word000", "word001"), "count"]
    assert cell == expected


def test_preferences_reach_the_tokens():
    found, tokens = search(), corpus().tokens()
    assert list(found.apply(tokens, "one_per_cluster", prefer=["Post"]).names) == ["2", "4", "5"]
    assert list(found.apply(tokens, "one_per_source_per_cluster", keep="longest").names) == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
    ]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_record_names_the_policy_and_the_search(policy):
    found = search(near=0.75)
    step = found.apply(corpus().tokens(), policy, prefer=["Wire"]).provenance["steps"][-1]
    assert step["step"] == "policy"
    expected = {"policy": policy, "keep": "earliest", "prefer": ["Wire"]}
    assert {name: step["parameters"][name] for name in expected} == expected
    assert step["parameters"]["search"]["near"] == 0.75


def test_tokens_of_other_documents_and_unknown_policies_are_refused():
    found, tokens = search(), corpus().tokens()
    with pytest.raises(InputTypeError, match="must be of the 7 documents that were searched, got 3"):
        found.apply(tokens[:3], "all")
    with pytest.raises(InputTypeError, match="tokens must be Tokens of the same corpus, got Corpus"):
        found.apply(corpus(), "all")
    with pytest.raises(ParameterError, match="did you mean 'one_per_cluster'"):
        found.apply(tokens, "one_per_clusters")
    with pytest.raises(ParameterError, match="keep must be one of"):
        found.apply(tokens, "all", keep="oldest")
    with pytest.raises(ParameterError, match="pass source= to duplicates"):
        search(source=None).apply(tokens, "one_per_source_per_cluster")
    with pytest.raises(ParameterError, match="weigh"):
        found.apply(found.apply(tokens, "weight_1_over_size"), "weight_1_over_size")
    ready = kolloc.Tokens.from_lists([["a"]] * 7)
    with pytest.raises(InputTypeError, match="have no text to point into"):
        found.apply(ready, "drop_repeated_passages")
    assert found.apply(ready, "one_per_cluster").n_docs == 3


# The effect


@pytest.mark.parametrize("kind", KINDS)
def test_the_effect_is_the_comparison_of_both_counts(kind):
    found, tokens = search(kind), corpus(kind).tokens()
    effect = found.effect(tokens, "all", "one_per_cluster", None, min_count=1)
    assert type(effect) is type(KINDS[kind]({}))
    rows = nw.from_native(effect, eager_only=True).iter_rows(named=True)
    counts = {row["term"]: (row["count_1"], row["count_2"]) for row in rows}
    assert (counts["word000"], counts["word040"], counts["word200"]) == ((4, 1), (1, 0), (1, 1))


def test_nothing_is_done_to_documents_without_anything_in_common():
    pages = {"text": [words(0, 40), words(100, 140), None], "outlet": ["a", "b", None], "day": [None] * 3}
    with pytest.warns(UserWarning, match="without text"):
        texts = corpus(pages=pages)
    tokens, found = texts.tokens(), texts.duplicates(date="day", source="outlet")
    for policy in POLICIES:
        counted = found.apply(tokens, policy)
        assert counted.n_docs == 3
        assert frequencies(counted) == frequencies(tokens)


def test_policies_of_an_empty_corpus_are_empty():
    nothing = kolloc.Corpus([])
    found = nothing.duplicates()
    assert found.representatives().tolist() == []
    assert found.weights().tolist() == []
    assert all(found.apply(nothing.tokens(), policy).n_docs == 0 for policy in POLICIES if "source" not in policy)
