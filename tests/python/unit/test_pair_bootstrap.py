"""Bootstrap of pairs, and pairs over time: columns, units, weights, errors, threads."""

import pickle

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, MissingDateWarning, ParameterError

STORY = "the ferry to the northern islands sank in calm weather on monday and all passengers were saved by a ship"


def _corpus(n_copies=4, n_others=16):
    rng = np.random.default_rng(5)
    words = np.array(["peace", "talks", "trade", "war", "ferry", "islands"])
    texts = [STORY] * n_copies + [" ".join(words[rng.integers(0, 6, 9)]) for _ in range(n_others)]
    n = len(texts)
    frame = {
        "text": texts,
        "outlet": ["Post", "Herald"] * (n // 2),
        "date": [f"2024-05-{1 + row:02}" for row in range(n)],
    }
    return kolloc.Corpus(pd.DataFrame(frame), text="text")


@pytest.fixture(scope="module")
def corpus():
    return _corpus()


@pytest.fixture(scope="module")
def table(corpus):
    return corpus.tokens().cooccurrence(window=3)


def test_effect_sizes_are_followed_by_their_columns(table):
    plain = table.association(["mi", "g2", "dice"], top=5)
    drawn = table.association(["mi", "g2", "dice"], top=5, bootstrap=kolloc.Bootstrap(50))
    of = lambda name, *fields: [f"{name}_{field}" for field in fields]  # noqa: E731
    expected = ["mi", *of("mi", "se", "low", "high", "bias", "p_boot", "missing")]
    expected += ["dice", *of("dice", "se", "low", "high", "bias", "missing"), "g2", "p", "neg_log10_p", "q"]
    assert list(drawn.columns) == ["term_1", "term_2", "observed", "expected", *expected]
    pd.testing.assert_frame_equal(drawn[list(plain.columns)], plain)


@pytest.mark.parametrize("interval", ["percentile", "basic", "normal", "bca"])
def test_any_number_of_threads_draws_the_same(corpus, table, interval):
    clusters = {"units": "clusters", "duplicates": corpus.duplicates(date="date"), "count": "stories"}
    bootstrap = kolloc.Bootstrap(150, seed=3, interval=interval, **clusters)
    options = {"measures": ["log_dice", "delta_p_1_given_2"], "min_count": 2, "bootstrap": bootstrap}
    with pytest.warns(kolloc.exceptions.ResamplingWarning, match="no interval"):
        one, two, eight = (table.association(**options, n_threads=n) for n in (1, 2, 8))
    pd.testing.assert_frame_equal(one, two)
    pd.testing.assert_frame_equal(one, eight)
    assert (one["delta_p_1_given_2_low"] <= one["delta_p_1_given_2_high"]).any()


def test_stories_that_count_once_are_counted_once(corpus, table):
    search = corpus.duplicates(date="date")
    once = kolloc.Bootstrap(20, units="clusters", duplicates=search, count="stories")
    with pytest.warns(kolloc.exceptions.ResamplingWarning):
        drawn = table.association("mi", bootstrap=once).set_index(["term_1", "term_2"])["mi"]
    single = corpus.tokens().weigh([1 / 4] * 4 + [1] * 16).cooccurrence(window=3)
    weighed = single.association("mi").set_index(["term_1", "term_2"])["mi"]
    assert drawn.to_numpy() == pytest.approx(weighed.loc[drawn.index].to_numpy())


@pytest.mark.filterwarnings("ignore:no interval")
def test_weights_of_documents_count_in_each_replicate(corpus):
    weighed = corpus.tokens().weigh([1 / 4] * 4 + [1] * 16).cooccurrence(window=3)
    drawn = weighed.association(["mi", "npmi"], bootstrap=kolloc.Bootstrap(30))
    assert drawn["mi"].to_numpy() == pytest.approx(weighed.association(["mi", "npmi"])["mi"].to_numpy())


def test_a_replicate_of_the_corpus_itself_moves_nothing(table):
    weights = np.ones((3, 20), dtype=int)
    frame = table.association(["mi", "dice"], bootstrap=kolloc.Bootstrap(weights=weights))
    for name in ("mi", "dice"):
        assert frame[f"{name}_se"].max() < 1e-14
        assert frame[f"{name}_low"].equals(frame[name])


def test_what_cannot_be_drawn_is_said(corpus, table):
    with pytest.raises(InputTypeError, match=r"bootstrap must be a kolloc\.Bootstrap"):
        table.association(bootstrap=100)
    with pytest.raises(ParameterError, match="bootstrap must be None where count='weighted'"):
        corpus.tokens().cooccurrence(count="weighted").association(bootstrap=kolloc.Bootstrap())
    with pytest.raises(InputTypeError, match="pickled"):
        pickle.loads(pickle.dumps(table)).association(bootstrap=kolloc.Bootstrap())


# Pairs over time


def _dated():
    texts = ["peace talks", "trade talks", "peace talks on peace", "war"]
    dates = ["2024-01-05", "2024-01-20", "2024-03-02", "2024-03-09"]
    return kolloc.Corpus(pd.DataFrame({"text": texts, "date": dates}), text="text").tokens()


def test_pairs_are_taken_in_either_order_once():
    table = _dated().cooccurrence(window=2)
    frame = table.over_time([("peace", "talks"), ("talks", "peace")], date="date", measures="dice")
    assert frame["observed"].tolist() == [1, 0, 2]
    assert frame["df"].tolist() == [1, 0, 1]
    assert frame["n_docs"].tolist() == [2, 0, 2]
    assert frame["dice"].isna().tolist() == [False, True, False]
    assert list(frame.columns)[-2:] == ["n_docs", "dice"]


def test_a_term_stands_for_its_pairs():
    table = _dated().cooccurrence(window=2)
    of_term = table.over_time("trade", date="date", every="year")
    assert set(of_term["term_1"]) | set(of_term["term_2"]) == {"trade", "talks"}
    nodes = _dated().cooccurrence(window=2, nodes=["trade"]).over_time("trade", date="date", every="year")
    assert nodes[["observed", "log_dice"]].to_numpy() == pytest.approx(of_term[["observed", "log_dice"]].to_numpy())
    assert len(table.over_time(date="date", top=2)) == 6


def test_periods_add_up_to_the_table():
    tokens = _dated().weigh([0.5, 1, 1, 2])
    table = tokens.cooccurrence()
    frame = table.over_time(date="date", top=None)
    sums = frame.groupby(["term_1", "term_2"])[["observed", "df"]].sum()
    whole = table.association("df").set_index(["term_1", "term_2"])
    pd.testing.assert_frame_equal(sums.loc[whole.index], whole[["observed", "df"]])


def test_undated_documents_are_in_no_period():
    frame = pd.DataFrame({"text": ["a b", "a b"], "date": ["2024-01-01", None]})
    table = kolloc.Corpus(frame, text="text").tokens().cooccurrence()
    with pytest.warns(MissingDateWarning, match="1 of 2 documents"):
        assert table.over_time(date="date", measures=["observed"])["observed"].tolist() == [1]


def test_pairs_that_do_not_exist_are_named():
    table = _dated().cooccurrence(window=1)
    with pytest.raises(KeyError, match="'war' and 'peace' never stand near each other"):
        table.over_time([("war", "peace")], date="date")
    with pytest.raises(KeyError, match="did you mean 'peace'"):
        table.over_time([("talks", "peaec")], date="date")
    with pytest.raises(InputTypeError, match="pairs must be an iterable of pairs of str"):
        table.over_time(["talks", "peace"], date="date")
    with pytest.raises(ParameterError, match="date must be one of the columns"):
        table.over_time("talks", date="day")
    with pytest.raises(ParameterError, match="count must be 'frequency' or 'boolean'"):
        _dated().cooccurrence(count="weighted").over_time("talks", date="date")


def test_nothing_gives_an_empty_frame():
    frame = pd.DataFrame({"text": ["", ""], "date": ["2024-01-01", "2024-02-01"]})
    table = kolloc.Corpus(frame, text="text").tokens().cooccurrence()
    assert len(table.over_time(date="date")) == 0
    with pytest.warns(kolloc.exceptions.ResamplingWarning, match="2 units"):
        assert len(table.association(["mi", "df"], min_df=1, bootstrap=kolloc.Bootstrap(10))) == 0
