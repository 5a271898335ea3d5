"""Pairs of documents as objects: windows, groups, bounds, other matrices, terms, errors, threads."""

import pickle

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import KollocError, TooLargeError, UndefinedWarning

TEXTS = ["peace talks fail", "talks on talks", "peace on trade", "peace talks fail", "trade"]
DAYS = ["2024-01-01", "2024-03-01", "2024-01-20", "2024-02-05", None]
OUTLETS = ["Post", "Herald", "Herald", "Post", None]


@pytest.fixture
def dtm():
    frame = pd.DataFrame({"text": TEXTS, "day": DAYS, "outlet": OUTLETS})
    return kolloc.Corpus(frame, text="text").tokens().dtm()


def _pairs(pairs):
    return list(zip(pairs.rows.tolist(), pairs.columns.tolist(), strict=True))


def test_each_pair_stands_once_without_top(dtm):
    pairs = dtm.similarity()
    assert _pairs(pairs) == [(i, j) for i in range(5) for j in range(i + 1, 5)]
    full = pairs.to_scipy().toarray()
    assert np.array_equal(full, full.T)
    assert dtm.similarity(diagonal=True).to_array().diagonal().tolist() == [1] * 5


def test_a_window_holds_pairs_near_in_time(dtm):
    pairs = dtm.similarity("overlap", window="30D", date="day")
    assert _pairs(pairs) == [(0, 2), (1, 3), (2, 3)]
    frame = pairs.to_frame()
    assert frame["lag_hours"].tolist() == [19 * 24, -25 * 24, 16 * 24]
    assert _pairs(dtm.distance("manhattan", window="30D", date="day")) == [(0, 2), (1, 3), (2, 3)]
    assert _pairs(dtm.similarity(window="19D", date="day", min_similarity=0.1)) == [(0, 2), (2, 3)]
    assert _pairs(dtm.similarity(window="400D", date="day", top=1)) == [(0, 3), (1, 0), (2, 0), (3, 0)]


def test_groups_hold_pairs_of_one_or_of_two_outlets(dtm):
    assert _pairs(dtm.similarity(group="within", by="outlet")) == [(0, 3), (1, 2)]
    across = [(0, 1), (0, 2), (1, 3), (2, 3)]
    assert _pairs(dtm.similarity(group="across", by="outlet")) == across
    assert _pairs(dtm.distance(group="across", by="outlet")) == across


def test_bounds_leave_out_the_less_similar(dtm):
    pairs = dtm.similarity(min_similarity=0.4)
    assert (pairs.values >= 0.4).all()
    every = dtm.similarity()
    assert sorted(pairs.values) == sorted(every.values[every.values >= 0.4])
    near = dtm.distance("manhattan", max_distance=3)
    assert (near.values <= 3).all()
    assert len(near) == (dtm.distance("manhattan").values <= 3).sum()


def test_ties_are_broken_by_row(dtm):
    pairs = kolloc.Corpus(["a b"] * 5).tokens().dtm().similarity(top=2)
    assert _pairs(pairs) == [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (3, 0), (3, 1), (4, 0), (4, 1)]
    assert set(pairs.values) == {1.0}
    nearest = dtm.distance(top=1)
    assert _pairs(nearest)[0] == (0, 3)
    assert nearest.values[0] == 0


def test_another_matrix_is_matched_by_term(dtm):
    other = kolloc.Corpus(["trade war", "talks"]).tokens().dtm()
    found = dtm.similarity(other=other).to_array()
    assert found.shape == (5, 2)
    assert found[4].tolist() == pytest.approx([1 / np.sqrt(2), 0])
    both = kolloc.Corpus([*TEXTS, "trade war", "talks"]).tokens().dtm()
    np.testing.assert_allclose(found, both.similarity().to_array()[:5, 5:], rtol=1e-15)
    assert _pairs(dtm.similarity(other=other, top=1)) == [(0, 1), (1, 1), (2, 0), (3, 1), (4, 0)]
    np.testing.assert_allclose(dtm.distance(other=other).to_array(), both.distance().to_array()[:5, 5:], rtol=1e-15)


def test_terms_are_compared_over_documents(dtm):
    pairs = dtm.similarity("jaccard", axis="terms")
    presence = dtm.to_scipy().toarray() > 0
    for i, j, value in zip(pairs.rows, pairs.columns, pairs.values, strict=True):
        both, either = (presence[:, i] & presence[:, j]).sum(), (presence[:, i] | presence[:, j]).sum()
        assert value == both / either
    assert list(pairs.to_frame().columns) == ["term_1", "term_2", "value"]
    with pytest.raises(KollocError, match="date must be None for axis='terms'"):
        dtm.similarity(axis="terms", date="day")


def test_groups_of_documents_are_compared_like_documents(dtm):
    frame = dtm.group("outlet").similarity().to_frame()
    assert frame["document_1"].tolist() == ["Post", "Post", "Herald"]


def test_an_empty_document_has_no_value_and_one_warning():
    dtm = kolloc.Corpus(["a b", "", ""]).tokens().dtm()
    for measure in ("cosine", "overlap", "correlation"):
        with pytest.warns(UndefinedWarning, match=f"{measure} in 3 of 3 cells"):
            assert np.isnan(dtm.similarity(measure).values).all()
    with pytest.warns(UndefinedWarning, match="jaccard in 1 of 3 cells"):
        assert dtm.similarity("jaccard").values[:2].tolist() == [0, 0]
    assert len(dtm.similarity(top=2)) == 0
    assert len(dtm.distance("hellinger", top=2)) == 0
    assert dtm.distance("manhattan", top=1).values.tolist() == [2, 0, 0]
    assert len(kolloc.Corpus([]).tokens().dtm().similarity()) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "cosin"}, "did you mean 'cosine'"),
        ({"axis": "rows"}, "axis must be one of"),
        ({"window": "30D"}, "date must name a column where there is a window"),
        ({"window": "30 days", "date": "day"}, "window must be a span of time"),
        ({"date": "dya"}, "did you mean 'day'"),
        ({"group": "within"}, "by must be one of the columns"),
        ({"by": "outlet"}, "group must be 'within' or 'across'"),
        ({"top": 0}, "top must be an integer of at least 1"),
        ({"other": 3}, "other must be a matrix, got int"),
        ({"n_threads": 0}, "n_threads must be 1 to 1024"),
    ],
)
def test_options_are_checked(dtm, options, message):
    with pytest.raises(KollocError, match=message):
        dtm.similarity(**options)


def test_constants_of_distances_are_checked(dtm):
    for options, message in (
        ({"p": 0.5}, "p must be"),
        ({"base": 1}, "base must be"),
        ({"smoothing": -1}, "smoothing"),
    ):
        with pytest.raises(KollocError, match=message):
            dtm.distance("kld", **options)
    with pytest.raises(KollocError, match="negative weights"):
        dtm.bm25(idf="robertson").distance("jsd")
    with pytest.raises(KollocError, match="negative weights"):
        dtm.bm25(idf="robertson").similarity("ruzicka")


def test_too_many_pairs_are_refused(dtm):
    with pytest.raises(TooLargeError, match="number of pairs is too large: 10, the limit is 9"):
        dtm.similarity(max_pairs=9)
    with pytest.raises(TooLargeError, match="number of pairs"):
        dtm.distance(top=3, max_pairs=9)
    with pytest.raises(TooLargeError, match="25 cells is too large"):
        dtm.similarity().to_array(max_cells=24)


def test_pairs_travel_and_never_change(dtm):
    pairs = dtm.similarity(top=2, date="day")
    assert pickle.loads(pickle.dumps(pairs)) == pairs
    assert pairs != dtm.similarity("dice", top=2, date="day")
    with pytest.raises(AttributeError, match="immutable"):
        pairs.values = []
    with pytest.raises(ValueError, match="read-only"):
        pairs.values[0] = 1
    assert (pairs.measure, pairs.kind, pairs.shape) == ("cosine", "similarity", (5, 5))


def test_the_repr_says_what_was_compared(dtm):
    assert repr(dtm[:2].similarity("jaccard")) == ("<Pairs: jaccard similarity of 2 documents, 1 pair>\n0  1  0.25")
    assert "... 5 more" in repr(dtm.similarity())
    assert "<strong>Pairs</strong>" in dtm.similarity()._repr_html_()


@pytest.fixture(scope="module")
def many():
    random = np.random.default_rng(11)
    texts = [" ".join(f"w{i}" for i in random.zipf(1.3, 80) % 900) for _ in range(300)]
    days = pd.to_datetime("2024-01-01") + pd.to_timedelta(random.integers(0, 200, 300), unit="D")
    frame = pd.DataFrame({"text": texts, "day": days, "outlet": random.integers(0, 4, 300)})
    return kolloc.Corpus(frame, text="text").tokens(segmenter="whitespace").dtm()


@pytest.mark.parametrize(
    "options", [{}, {"top": 5}, {"min_similarity": 0.3}, {"top": 3, "window": "9D", "date": "day"}]
)
def test_threads_change_nothing(many, options):
    for matrix in (many, many.tfidf()):
        one = matrix.similarity(n_threads=1, **options)
        for n_threads in (2, 8):
            assert matrix.similarity(n_threads=n_threads, **options) == one
    near = {"max_distance" if name == "min_similarity" else name: value for name, value in options.items()}
    one = many.distance("jsd", n_threads=1, **near)
    assert many.distance("jsd", n_threads=8, **near) == one


@pytest.mark.parametrize("group", [None, "within", "across"])
def test_a_window_is_a_filter_of_all_pairs(many, group):
    options = {"date": "day", "window": "9D"} | ({"group": group, "by": "outlet"} if group else {})
    pairs = many.tfidf().similarity(**options)
    days = many.metadata["day"].to_numpy().astype("datetime64[D]").astype(int)
    outlets = many.metadata["outlet"].to_numpy()
    rows, columns = np.triu_indices(300, 1)
    kept = np.abs(days[rows] - days[columns]) <= 9
    if group:
        kept &= (outlets[rows] == outlets[columns]) == (group == "within")
    assert pairs.rows.tolist() == rows[kept].tolist()
    assert pairs.columns.tolist() == columns[kept].tolist()
    np.testing.assert_allclose(pairs.values, many.tfidf().similarity().values[kept], rtol=1e-12)


def test_the_order_of_documents_changes_no_value(many):
    order = np.random.default_rng(2).permutation(300)
    matrix = many.tfidf()
    for options in ({}, {"window": "9D", "date": "day"}):
        before = matrix.similarity(**options).to_array()
        after = matrix[order].similarity(**options).to_array()
        np.testing.assert_allclose(after, before[np.ix_(order, order)], rtol=1e-12)


def test_words_equally_frequent_in_all_texts_are_left_out_of_delta():
    dtm = kolloc.Corpus(["a b b c", "a b c c", "a c c c"]).tokens().dtm()
    with pytest.warns(UndefinedWarning, match="1 of 3 terms are equally frequent in all texts"):
        assert len(dtm.delta()) == 3
    with pytest.raises(KollocError, match="documents must have tokens, but '1' has none"):
        kolloc.Corpus(["a", ""]).tokens().dtm().delta()


def test_a_word_shift_compares_groups_or_masks(dtm):
    by_group = dtm.word_shift("Post", "Herald", by="outlet", kind="kld")
    assert by_group["shift"].tolist()[0] == np.inf
    assert by_group.equals(
        dtm.word_shift([True, False, False, True, False], [False, True, True, False, False], kind="kld")
    )
    assert dtm.word_shift("Post", by="outlet", n=1)["term"].tolist() == ["fail"]
    for arguments, message in (
        ({"target": "Pots", "by": "outlet"}, "did you mean 'Post'"),
        ({"target": "Post", "reference": "Post", "by": "outlet"}, "reference must have no document of the target"),
        ({"target": [False] * 5}, "target must have tokens"),
        ({"target": "Post", "by": "outlet", "kind": "weighted_average"}, "scores must be given"),
    ):
        with pytest.raises(KollocError, match=message):
            dtm.word_shift(**arguments)


def test_shares_of_a_word_shift_are_of_the_matrix_or_the_corpus(dtm):
    few = dtm.select(["peace"])
    assert few.word_shift("Post", by="outlet")["target"].tolist() == [1]
    assert few.word_shift("Post", by="outlet", totals="corpus")["target"].tolist() == pytest.approx([1 / 3])
