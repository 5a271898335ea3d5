"""How documents are drawn: options, units, strata, what each counts, and warnings."""

import pickle

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError, ResamplingWarning

STORY = "The ferry to the northern islands sank in calm weather on Monday and all forty passengers were saved"


def _corpus(n_copies=3, n_others=12):
    texts = [STORY] * n_copies + [f"word{i} other{i} text{i} about{i} nothing" for i in range(n_others)]
    n = len(texts)
    frame = pd.DataFrame(
        {
            "text": texts,
            "outlet": ["Post" if row % 2 else "Herald" for row in range(n)],
            "date": [f"2024-05-{n - row:02}" for row in range(n)],
        }
    )
    return kolloc.Corpus(frame, text="text")


def _stories():
    corpus = _corpus()
    return corpus.tokens().dtm(), corpus.duplicates(date="date")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 1}, "n must be an integer of at least 2"),
        ({"count": "story"}, "did you mean 'stories'"),
        ({"method": "jack"}, "method must be one of"),
        ({"interval": "bc"}, "interval must be one of"),
        ({"level": 1}, "level must be below 1"),
        ({"level": 95}, "level must be above 0"),
        ({"seed": -1}, "seed must be an integer of at least 0"),
        ({"units": "clusters"}, "duplicates must be what"),
        ({"count": "stories"}, "where count='stories'"),
        ({"weights": [[0.5, 1], [1, 1]]}, "weights must be integers from 0 to 255"),
        ({"weights": [[256, 0], [0, 1]]}, "weights must be integers from 0 to 255"),
    ],
)
def test_options_that_are_not_allowed_are_named(options, message):
    with pytest.raises(ParameterError, match=message):
        kolloc.Bootstrap(**options)


def test_other_things_are_no_bootstrap():
    dtm = _corpus().tokens().dtm()
    with pytest.raises(InputTypeError, match=r"bootstrap must be a kolloc\.Bootstrap"):
        dtm.term_frequencies(bootstrap=1000)
    with pytest.raises(InputTypeError, match="duplicates must be what"):
        kolloc.Bootstrap(duplicates=dtm)


def test_columns_that_do_not_exist_are_named():
    dtm = _corpus().tokens().dtm()
    with pytest.raises(ParameterError, match="units must be one of 'documents', 'clusters', 'outlet', 'date'"):
        dtm.term_frequencies(bootstrap=kolloc.Bootstrap(10, units="outlt"))
    with pytest.raises(ParameterError, match="did you mean 'outlet'"):
        dtm.term_frequencies(bootstrap=kolloc.Bootstrap(10, strata=["outlt"]))
    with pytest.raises(ParameterError, match="given for each of 15 units, got 2 columns"):
        dtm.term_frequencies(bootstrap=kolloc.Bootstrap(weights=[[1, 1], [1, 1]]))


def test_members_of_a_cluster_travel_together():
    dtm, duplicates = _stories()
    weights = kolloc.Bootstrap(200, units="clusters", duplicates=duplicates).document_weights(dtm)
    assert (weights[:, :3] == weights[:, :1]).all()
    assert set(weights.sum(axis=1)) > {15}
    in_stories = kolloc.Bootstrap(200, units="clusters", duplicates=duplicates, count="stories").document_weights(dtm)
    assert in_stories.sum(axis=1) == pytest.approx(np.full(200, 13))


def test_only_the_earliest_print_counts():
    dtm, duplicates = _stories()
    bootstrap = kolloc.Bootstrap(50, duplicates=duplicates, count="earliest", seed=3)
    assert (bootstrap.document_weights(dtm)[:, :2] == 0).all()
    # Among those at hand: without the third print the second is the earliest.
    some = dtm[[0, 1, *range(3, 15)]]
    assert (bootstrap.document_weights(some)[:, 0] == 0).all()
    assert bootstrap.document_weights(some)[:, 1].any()


def test_strata_keep_their_numbers_of_units():
    dtm = _corpus().tokens().dtm()
    weights = kolloc.Bootstrap(100, strata="outlet").document_weights(dtm)
    is_post = (dtm.metadata["outlet"] == "Post").to_numpy()
    assert set(weights[:, is_post].sum(axis=1)) == {7}
    assert set(weights[:, ~is_post].sum(axis=1)) == {8}


def test_a_cluster_that_spans_strata_belongs_to_that_of_its_earliest_document():
    dtm, duplicates = _stories()
    bootstrap = kolloc.Bootstrap(100, units="clusters", duplicates=duplicates, strata="outlet")
    with pytest.warns(ResamplingWarning, match="1 of 13 units span several strata"):
        weights = bootstrap.document_weights(dtm)
    # The third print is the earliest and Herald's: with it Herald has seven units, Post six.
    is_post = (dtm.metadata["outlet"] == "Post").to_numpy() & (np.arange(15) > 2)
    assert set(weights[:, is_post].sum(axis=1)) == {6}


def test_few_units_and_strata_of_one_are_warned_of():
    frame = pd.DataFrame({"text": ["a b"] * 11, "outlet": ["x"] * 10 + ["y"]})
    dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
    with pytest.warns(ResamplingWarning, match="1 of 2 strata have one unit"):
        kolloc.Bootstrap(10, strata="outlet").document_weights(dtm)
    with pytest.warns(ResamplingWarning, match="there are 9 units in all"):
        kolloc.Bootstrap(10).document_weights(dtm[:9])


def test_documents_without_a_value_are_units_of_their_own():
    frame = pd.DataFrame({"text": ["a"] * 14, "story": ["x", "x"] + [None] * 12})
    dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
    weights = kolloc.Bootstrap(100, units="story").document_weights(dtm)
    assert set((weights.sum(axis=1) - weights[:, 0]).tolist()) == {13}


def test_sums_of_weighted_documents_cannot_be_drawn():
    tokens = _corpus().tokens().weigh(np.full(15, 0.5))
    with pytest.raises(ParameterError, match="given for a matrix of documents"):
        tokens.dtm().group("outlet").term_frequencies(bootstrap=kolloc.Bootstrap(10))


def test_replicates_without_a_value_leave_no_interval():
    lists = [["a"]] * 2 + [[]] * 10
    dtm = kolloc.Tokens.from_lists(lists).dtm()
    with pytest.warns(ResamplingWarning, match=r"no interval \(NaN\).*per_million \(1\)"):
        frame = dtm.term_frequencies(bootstrap=kolloc.Bootstrap(500))
    row = frame.iloc[0]
    assert row["per_million_missing"] > 25
    assert np.isnan(row["per_million_low"])
    assert row["per_million_se"] == 0
    assert row["df_share_missing"] == 0


def test_statistics_of_ones_own_agree_with_the_core():
    dtm = _corpus(0, 40).tokens().dtm()
    counts, lengths = dtm.to_scipy(), dtm.doc_lengths
    bootstrap = kolloc.Bootstrap(200, seed=2, strata="outlet")
    own = bootstrap.of(dtm, lambda weights: 1e6 * (weights @ counts) / (weights @ lengths))
    core = dtm.term_frequencies(bootstrap=bootstrap)
    places = [dtm.terms.index(term) for term in core["term"]]
    for name in ("se", "low", "high", "bias", "missing"):
        assert own[name].to_numpy()[places] == pytest.approx(core[f"per_million_{name}"].to_numpy(), rel=1e-9, abs=1e-6)
    with pytest.raises(ParameterError, match="interval must be"):
        kolloc.Bootstrap(10, interval="bca").of(dtm, np.sum)


def test_a_bootstrap_is_immutable_and_travels():
    bootstrap = kolloc.Bootstrap(50, strata=["outlet"], seed=4)
    with pytest.raises(AttributeError):
        bootstrap.seed = 5
    copy = pickle.loads(pickle.dumps(bootstrap))
    dtm = _corpus().tokens().dtm()
    assert np.array_equal(copy.document_weights(dtm), bootstrap.document_weights(dtm))
    assert repr(copy).startswith("Bootstrap(n=50, units='documents', strata=('outlet',)")


def test_nothing_can_be_drawn_from_nothing():
    dtm = kolloc.Corpus([]).tokens().dtm()
    with pytest.warns(ResamplingWarning, match="there are 0 units"):
        frame = dtm.term_frequencies(bootstrap=kolloc.Bootstrap(10))
    assert len(frame) == 0
