"""What moves between two counts of one corpus."""

import math

import numpy as np
import pandas as pd
import polars as pl
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError


@pytest.fixture
def tokens():
    return kolloc.Corpus(["storm hits coast", "storm hits coast", "talks on storm", "talks on"]).tokens()


def test_terms_have_counts_rates_and_ranks_on_both_sides(tokens):
    stories = tokens.weigh([0.5, 0.5, 1, 1])
    found = kolloc.compare_counts(tokens, stories, min_count=1)
    assert found["term"].tolist() == ["talks", "on", "hits", "coast", "storm"]
    assert found["count_1"].tolist() == [2, 2, 2, 2, 3]
    assert found["count_2"].tolist() == [2, 2, 1, 1, 2]
    assert found["per_million_1"].tolist() == pytest.approx([n * 1e6 / 11 for n in (2, 2, 2, 2, 3)])
    assert found["per_million_2"].tolist() == pytest.approx([n * 1e6 / 8 for n in (2, 2, 1, 1, 2)])
    expected = [math.log2((b + 0.5) / 8 / ((a + 0.5) / 11)) for a, b in ((2, 2), (2, 2), (2, 1), (2, 1), (3, 2))]
    assert found["change"].tolist() == pytest.approx(expected)
    assert found["rank_1"].tolist() == [2, 2, 2, 2, 1]
    assert found["rank_2"].tolist() == [1, 1, 4, 4, 1]
    assert found["rank_change"].tolist() == [1, 1, -2, -2, 0]
    assert (found["count_1"].dtype, found["count_2"].dtype) == (np.int64, np.float64)


def test_the_order_may_follow_ranks(tokens):
    found = kolloc.compare_counts(tokens, tokens.weigh([0.5, 0.5, 1, 1]), 3, by="rank", min_count=1)
    assert found["term"].tolist() == ["hits", "coast", "talks"]


def test_terms_of_one_side_count_zero_on_the_other(tokens):
    masked = tokens.mask({"document": [2, 3], "char_start": [0, 0], "char_end": [8, 8]})
    found = kolloc.compare_counts(tokens, masked, None, min_count=1).set_index("term")
    assert found.loc["talks", ["count_1", "count_2", "per_million_2", "rank_2"]].tolist() == [2, 0, 0, 4]
    assert math.isfinite(found.loc["talks", "change"])
    there_and_back = kolloc.compare_counts(masked, tokens, None, min_count=1).set_index("term")
    assert there_and_back["change"].sort_index().tolist() == pytest.approx((-found["change"]).sort_index().tolist())


def test_rare_terms_are_not_listed_but_ranked(tokens):
    found = kolloc.compare_counts(tokens, tokens[[0, 2, 3]], min_count=3)
    assert found["term"].tolist() == ["storm"]
    assert found[["rank_1", "rank_2"]].to_numpy().tolist() == [[1, 1]]


def test_matrices_of_groups_and_of_n_grams_can_be_compared(tokens):
    options = {"ngram_range": (2, 2)}
    found = kolloc.compare_counts(tokens.dtm(**options), tokens[[0, 2, 3]].dtm(**options), min_count=1)
    assert found["term"].tolist()[0] == "talks_on"
    with pytest.raises(InputTypeError, match="must both be Tokens, DocumentTermMatrix or Cooccurrence, got Tokens and"):
        kolloc.compare_counts(tokens, tokens.cooccurrence())
    assert len(kolloc.compare_counts(tokens, tokens.dtm(), min_count=1)) == 5


@pytest.mark.parametrize("options", [{}, {"ordered": True}, {"nodes": ["storm", "talks"]}, {"count": "boolean"}])
def test_pairs_are_matched_by_their_words(tokens, options):
    one, other = tokens.cooccurrence(**options), tokens[[3, 2, 0]].cooccurrence(**options)
    found = kolloc.compare_counts(one, other, None, min_count=0)
    symmetric = not options.get("ordered") and "nodes" not in options

    def cells(table):
        pairs = table.edges()
        keys = zip(pairs["term_1"], pairs["term_2"], strict=True)
        keys = [tuple(sorted(key)) if symmetric else key for key in keys]
        return dict(zip(keys, pairs["count"].tolist(), strict=True))

    expected_1, expected_2 = cells(one), cells(other)
    assert len(found) == len(expected_1.keys() | expected_2.keys())
    for row in found.itertuples():
        key = (row.term_1, row.term_2)
        key = tuple(sorted(key)) if symmetric else key
        assert (row.count_1, row.count_2) == (expected_1.get(key, 0), expected_2.get(key, 0))
        whole = one.n if options.get("count") == "boolean" else one.n_pairs
        assert row.per_million_1 == pytest.approx(row.count_1 * 1e6 / whole)


def test_pairs_that_one_table_never_counted_are_not_compared(tokens):
    one, other = tokens.cooccurrence(min_count=2), tokens[[0, 2, 3]].cooccurrence(min_count=2)
    found = kolloc.compare_counts(one, other, None, min_count=0)
    assert set(found["term_1"]) | set(found["term_2"]) == {"storm", "talks", "on"}


def test_tables_counted_differently_are_refused(tokens):
    with pytest.raises(ParameterError, match=r"the same window, got \(5, 5\) and \(2, 2\)"):
        kolloc.compare_counts(tokens.cooccurrence(), tokens.cooccurrence(window=2))
    with pytest.raises(ParameterError, match="by must be one of 'rate', 'rank'"):
        kolloc.compare_counts(tokens, tokens, by="rates")


def test_the_result_is_the_kind_of_frame_that_came_in():
    corpus = kolloc.Corpus(pl.DataFrame({"text": ["a b", "a"], "outlet": ["x", "y"]}), text="text")
    assert isinstance(kolloc.compare_counts(corpus.tokens(), corpus[:1].tokens(), min_count=1), pl.DataFrame)
    empty = kolloc.Tokens.from_lists([])
    assert isinstance(kolloc.compare_counts(empty, empty), pd.DataFrame)
    assert list(kolloc.compare_counts(empty.cooccurrence(), empty.cooccurrence()).columns)[:2] == ["term_1", "term_2"]
    assert kolloc.compare_counts(empty, kolloc.Tokens.from_lists([["a"]]), min_count=0)["count_2"].tolist() == [1]
