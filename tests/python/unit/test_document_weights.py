"""Documents that count with weights: what carries the weights, what follows them, what refuses them."""

import pickle

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

TEXTS = ["peace talks talks fail", "peace talks talks fail", "", "peace on trade"]
OUTLETS = ["Post", "Herald", "Post", "Herald"]


@pytest.fixture
def tokens():
    return kolloc.Corpus(pd.DataFrame({"text": TEXTS, "outlet": OUTLETS}), text="text").tokens()


@pytest.fixture
def weighed(tokens):
    return tokens.weigh([0.5, 0.5, 1, 1], label="weight_1_over_size")


def test_weights_are_carried_and_tokens_stay(tokens, weighed):
    assert tokens.doc_weights is None
    assert weighed.doc_weights.tolist() == [0.5, 0.5, 1, 1]
    assert weighed.doc_weights.dtype == np.float64
    with pytest.raises(ValueError, match="read-only"):
        weighed.doc_weights[0] = 2
    assert (weighed.n_tokens, weighed.doc_lengths.tolist()) == (11, [4, 4, 0, 3])
    assert weighed.vocabulary.frequencies.tolist() == tokens.vocabulary.frequencies.tolist()
    assert weighed != tokens
    assert weighed == tokens.weigh(np.array([0.5, 0.5, 1, 1]))
    assert weighed != tokens.weigh([0.5, 0.5, 1, 2])
    assert pickle.loads(pickle.dumps(weighed)) == weighed


def test_the_callers_array_may_change_afterwards(tokens):
    weights = np.array([1.0, 1.0, 1.0, -0.0])
    weighed = tokens.weigh(weights)
    weights[0] = 9
    assert weighed.doc_weights.tolist() == [1, 1, 1, 0]
    assert not np.signbit(weighed.doc_weights).any()


def test_parts_keep_their_weights(weighed):
    part = weighed[[3, 0]]
    assert part.doc_weights.tolist() == [1, 0.5]
    assert list(part.names) == ["3", "0"]
    assert [step["step"] for step in part.provenance["steps"]] == ["corpus", "tokens", "weigh", "rows"]
    assert weighed[np.array([3, -4])] == part
    assert list(weighed[::-2].names) == list(weighed.dtm()[::-2].names) == ["3", "1"]
    assert weighed[[True, False, False, False]].doc_weights.tolist() == [0.5]


def test_the_record_and_the_repr_say_so(weighed):
    assert weighed.provenance["steps"][-1] == {
        "step": "weigh",
        "parameters": {"label": "weight_1_over_size"},
        "weights": {"distinct": 2, "least": 0.5, "greatest": 1.0, "sum": 3.0},
    }
    assert repr(weighed).splitlines()[0] == "<Tokens: 4 documents, 11 tokens, 5 types, documents weighted, 3 in all>"
    assert "documents weighted" in weighed._repr_html_()
    assert repr(weighed.dtm()) == (
        "<DocumentTermMatrix: 4 documents × 5 terms, 9 non-zero (45.0 %), weighted counts>\n"
        "   peace  talks  fail  on  trade\n"
        "0    0.5      1   0.5   0      0\n"
        "1    0.5      1   0.5   0      0\n"
        "2      0      0     0   0      0\n"
        "3      1      0     0   1      1"
    )
    assert "weighted counts" in weighed.dtm()._repr_html_()
    assert repr(weighed.cooccurrence(window=1)).splitlines()[0].endswith("frequency, documents weighted>")


def test_a_second_weight_is_refused_naming_the_first(weighed):
    message = r"weights already, by the step weigh\(label='weight_1_over_size'\)"
    for each in (weighed, weighed[[0, 1]], pickle.loads(pickle.dumps(weighed))):
        with pytest.raises(ParameterError, match=message):
            each.weigh(np.ones(len(each)))


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        ([1, 1, 1], ParameterError, "weights must be one for each of 4 documents, got an array of shape (3,)"),
        (np.ones((4, 1)), ParameterError, "got an array of shape (4, 1)"),
        (1.0, ParameterError, "got an array of shape ()"),
        ([1, 1, -0.5, 1], ParameterError, "weights must be finite and at least 0, got -0.5 in row 2"),
        ([1, np.nan, 1, 1], ParameterError, "weights must be finite and at least 0, got nan in row 1"),
        ([1, 1, 1, np.inf], ParameterError, "got inf in row 3"),
        (["a"] * 4, InputTypeError, "weights must be numbers, one for each document, got ['a'"),
        ("half", InputTypeError, "weights must be numbers"),
        ([1, None, 1, {}], InputTypeError, "weights must be numbers"),
    ],
)
def test_weights_that_cannot_be_are_refused(tokens, weights, error, message):
    with pytest.raises(error) as caught:
        tokens.weigh(weights)
    assert message in str(caught.value)


def test_reprints_of_one_weight_count_as_one_story(weighed):
    dtm = weighed.dtm()
    found = dtm.term_frequencies()
    assert found["term"].tolist() == ["peace", "talks", "fail", "on", "trade"]
    assert found["cf"].tolist() == [2, 2, 1, 1, 1]
    assert found["df"].tolist() == [2, 1, 1, 1, 1]
    assert found["rank"].tolist() == [1, 1, 3, 3, 3]
    assert dtm.doc_lengths.tolist() == [2, 2, 0, 3]
    top = dtm.top_terms(1)
    assert top.to_numpy().tolist() == [["peace", 2.0, 2e6 / 7]]
    sixths = kolloc.Tokens.from_lists([["a"]] * 6).weigh([1 / 6] * 6)
    # Added one by one, six sixths are less than one.
    assert sixths.dtm().term_frequencies()["cf"].tolist() == [1.0]
    assert sixths.cooccurrence().frequencies.tolist() == [1.0]


def test_groups_of_weighted_documents(weighed):
    grouped = weighed.dtm().group("outlet")
    assert grouped.to_scipy().toarray().tolist() == [[0.5, 1, 0.5, 0, 0], [1.5, 1, 0.5, 1, 1]]
    assert grouped.doc_lengths.tolist() == [2, 5]
    assert grouped.term_frequencies()["df"].tolist() == [2, 2, 2, 1, 1]
    assert grouped[[1]].to_scipy().toarray().tolist() == [[1.5, 1, 0.5, 1, 1]]
    assert grouped.select(["talks"]).to_scipy().toarray().tolist() == [[1], [1]]
    assert pickle.loads(pickle.dumps(grouped)) == grouped
    assert grouped.to_frame()["count"].tolist() == [0.5, 1, 0.5, 1.5, 1, 0.5, 1, 1]
    assert weighed.dtm().filter([True, False, False, True]).group("outlet").doc_lengths.tolist() == [2, 3]


def test_matrices_and_tables_travel(weighed):
    for each in (weighed.dtm(), weighed.dtm(ngram_range=(1, 2)), weighed.cooccurrence(window=2)):
        assert pickle.loads(pickle.dumps(each)) == each
    assert weighed.dtm() != weighed.dtm(dtype="float32")
    assert weighed.dtm(dtype="float32").to_scipy().dtype == np.float32


@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_integers_cannot_hold_weighted_counts(weighed, dtype):
    with pytest.raises(ParameterError, match="dtype must be one of 'float32', 'float64'"):
        weighed.dtm(dtype=dtype)


def test_documents_of_weight_zero_have_columns_but_no_cells(tokens):
    weighed = tokens.weigh([0, 0, 0, 1])
    dtm = weighed.dtm()
    assert (dtm.terms, dtm.nnz) == (tokens.dtm().terms, 3)
    assert dtm.term_frequencies()["cf"].tolist() == [1, 1, 1, 0, 0]
    table = weighed.cooccurrence(window=1)
    assert (sorted(table.terms), table.nnz, table.n_pairs) == (sorted(dtm.terms), 2, 2)
    nothing = tokens.weigh(np.zeros(4))
    assert (nothing.dtm().nnz, nothing.cooccurrence().nnz, nothing.cooccurrence().n) == (0, 0, 0)
    assert nothing.dtm().top_terms(3).shape[0] == 0


def test_empty_corpora_may_be_weighed():
    for lists in ([], [[]], [[None]]):
        weighed = kolloc.Tokens.from_lists(lists).weigh([1] * len(lists))
        assert weighed.dtm().shape == (len(lists), 0)
        assert len(weighed.dtm().term_frequencies()) == 0
        assert weighed.cooccurrence().nnz == 0
        assert repr(weighed.dtm())
        assert pickle.loads(pickle.dumps(weighed.dtm())) == weighed.dtm()


@pytest.mark.parametrize("options", [{}, {"count": "boolean"}, {"margins": "surface"}, {"context": "document"}])
def test_every_measure_reads_weighted_tables(weighed, options):
    table = weighed.cooccurrence(**options)
    measures = list(kolloc.cooccurrence.MEASURES)
    found = table.collocates("talks", None, measure="g2", measures=measures)
    assert set(measures) <= set(found.columns)
    assert np.isfinite(found["observed"]).all()
    assert set(measures) <= set(table.edges(measures=measures).columns)
    by_distance = weighed.cooccurrence(count="weighted").edges(measures=measures)
    assert "g2" not in by_distance.columns


def test_progress_goes_up_to_the_total_over_all_weights(weighed):
    reports = []
    weighed.cooccurrence(progress=lambda done, total: reports.append((done, total)))
    assert reports[-1][0] == reports[-1][1] == 15


def test_rows_may_be_an_array_of_any_integers(tokens):
    for rows in (np.array([3, 1], dtype=np.uint64), np.array([-1, 1], dtype=np.int8), [3, 1]):
        assert list(tokens[rows].names) == ["3", "1"]
    for rows in (np.array([4]), np.array([-5]), np.array([2**62], dtype=np.uint64)):
        with pytest.raises(IndexError, match="out of range for 4 documents"):
            tokens[rows]
    with pytest.raises(ParameterError, match="rows must be distinct"):
        tokens[np.array([1, -3])]
