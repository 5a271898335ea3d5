"""Keyness of many groups: what is refused, frames, segments of about one length."""

from itertools import pairwise

import numpy as np
import pandas as pd
import polars as pl
import pytest

import kolloc
from kolloc._segments import starts
from kolloc.exceptions import InputTypeError, ParameterError

TEXTS = ["peace talks resume", "peace at last", "war", "war again and again"]
FRAME = {
    "text": TEXTS,
    "outlet": ["a", "b", "a", "c"],
    "date": ["2024-01-05", "2024-01-20", "2024-03-02", "2024-04-09"],
}


@pytest.fixture(scope="module")
def dtm():
    return kolloc.Corpus(pd.DataFrame(FRAME), text="text").tokens().dtm()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"date": "date", "by": "outlet"}, "by must be None with date"),
        ({"date": "date", "target": "a"}, "target must be None with date"),
        ({"date": "day"}, "date must be one of the columns"),
        ({"date": "date", "every": "fortnight"}, "every must be one of"),
        ({"date": "date", "reference": "previus"}, "did you mean 'previous'"),
        ({"date": "date", "every": "year"}, "date must be a column with two periods"),
        ({"by": "outlet", "measures": "relevance", "relevance_lambda": 2}, "relevance_lambda must be from 0 to 1"),
        ({"reference": {"war": 3}, "measures": "zeta"}, "zeta cannot be had here: it needs the documents"),
    ],
)
def test_what_is_not_allowed_is_named(dtm, options, message):
    with pytest.raises(ParameterError, match=message):
        dtm.keyness(**options)


def test_one_group_has_no_pair():
    frame = pd.DataFrame({"text": ["a", "b"], "outlet": ["x", "x"]})
    with pytest.raises(ParameterError, match="by must be a column with two groups"):
        kolloc.Corpus(frame, text="text").tokens().dtm().keyness(by="outlet", reference="pairwise")


def test_a_group_of_that_name_is_a_group():
    frame = pd.DataFrame({"text": ["a", "b b", "c"], "outlet": ["pairwise", "x", "y"]})
    found = kolloc.Corpus(frame, text="text").tokens().dtm().keyness(by="outlet", reference="pairwise", measures="g2")
    assert "reference" not in found.columns
    assert set(found["outlet"]) == {"x", "y"}


def test_polars_frames_stay_polars():
    dtm = kolloc.Corpus(pl.DataFrame(FRAME), text="text").tokens().dtm()
    pairs = dtm.keyness(by="outlet", reference="pairwise", measures=["g2"], n=1)
    assert pairs.columns[:3] == ["outlet", "reference", "term"]
    periods = dtm.keyness(date="date", reference="previous", measures=["g2"], n=1)
    assert periods["period"].dt.month().to_list() == [3, 4]


def test_all_measures_go_with_pairs_and_periods(dtm):
    with pytest.warns(kolloc.exceptions.UndefinedWarning):
        frame = dtm.keyness(by="outlet", reference="pairwise", measures="all")
    assert {"zeta", "zeta_eder", "relevance", "mann_whitney_u"} <= set(frame.columns)


def test_zeta_counts_documents_whatever_else_is_counted(dtm):
    tokens, documents = (
        dtm.keyness("a", by="outlet", measures=["zeta"], count=count).set_index("term")["zeta"]
        for count in ("tokens", "documents")
    )
    assert tokens.to_dict() == documents.to_dict()
    assert tokens["peace"] == 0.5 + 1 - 0.5


# Segments


def test_segments_differ_by_one_token_at_most():
    rng = np.random.default_rng(2)
    for size in (1, 3, 7):
        ids = np.where(rng.random(400) < 0.2, kolloc.tokens.GAP, rng.integers(0, 9, 400)).astype(np.uint32)
        offsets = np.sort(np.concatenate([[0, 0, 400], rng.integers(0, 400, 9)]))
        cuts, parents = starts(ids, offsets, size)
        lengths = np.array([(ids[a:b] != kolloc.tokens.GAP).sum() for a, b in pairwise(cuts.tolist())])
        assert set(offsets.tolist()) <= set(cuts.tolist())
        for document in range(len(offsets) - 1):
            mine = lengths[parents == document]
            n = int((ids[offsets[document] : offsets[document + 1]] != kolloc.tokens.GAP).sum())
            assert mine.sum() == n
            assert len(mine) == max(1, int(np.floor(n / size + 0.5)))
            assert mine.max() - mine.min() <= 1


def test_segments_keep_metadata_weights_and_borders():
    corpus = kolloc.Corpus(pd.DataFrame(FRAME), text="text")
    tokens = corpus.tokens().weigh([1, 2, 1, 3]).segments(2)
    assert tokens.metadata["outlet"].tolist() == ["a", "a", "b", "b", "a", "c", "c"]
    assert tokens.doc_weights.tolist() == [1, 1, 2, 2, 1, 3, 3]
    assert tokens.names[1] == "0#2"
    assert len(tokens.sentence_starts) == 7
    assert tokens.dtm(ngram_range=(2, 2)).terms == ["peace_talks", "peace_at", "war_again", "and_again"]
    with pytest.raises(InputTypeError, match="are segments"):
        tokens.spans(0)
    with pytest.raises(ParameterError, match="size must be an integer of at least 1"):
        corpus.tokens().segments(0)


# Measures of more than a table


def test_measures_of_windows_and_vocabularies_worked_out_by_hand():
    tokens = kolloc.Tokens.from_lists([["a", "b", "c", "a"], ["a", "b"], ["b", "c", "d", "e"]])
    table = tokens.cooccurrence(window=1)
    frame = table.association(["z_span", "gensim_default"], min_count=1).set_index(["term_1", "term_2"])
    # a stands three times in ten tokens, b three times, two positions around each; a b twice.
    p = 3 / (10 - 3)
    e = p * 3 * 2
    assert frame.loc[("a", "b"), "z_span"] == pytest.approx((2 - e) / (e * (1 - p)) ** 0.5)
    # The tokens of a have three neighbours, those of b four.
    assert frame.loc[("a", "b"), "gensim_default"] == pytest.approx((2 - 1) * 5 / (3 * 4))
    assert {"z_span", "gensim_default"} <= set(table.association("all").columns)


def test_measures_that_a_table_cannot_have_are_refused():
    tokens = kolloc.Tokens.from_lists([["a", "b", "c", "a"], ["a", "b"]])
    for table in (tokens.cooccurrence(context="document"), tokens.weigh([1, 2]).cooccurrence()):
        with pytest.raises(ParameterError, match="got 'z_span'"):
            table.association(["z_span"])
        assert "gensim_default" in table.association("gensim_default").columns


def test_collocations_have_the_measures_of_pairs_under_their_names():
    tokens = kolloc.Corpus(["peace talks resume", "peace talks fail", "trade talks fail"]).tokens()
    frame = tokens.collocations(min_count=1, measures=["z_score", "gensim_default", "mi"])
    row = frame[frame["collocation"] == "peace talks"].iloc[0]
    # Six pairs, two that start with peace and three that end with talks.
    assert row["z_score"] == pytest.approx(2 - 2 * 3 / 6)
    assert row["gensim_default"] == pytest.approx((2 - 1) * tokens.n_types / (2 * 3))
    assert {"z_score", "gensim_default"} <= set(tokens.collocations(min_count=1, measures="all").columns)
