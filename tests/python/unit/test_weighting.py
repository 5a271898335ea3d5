"""Weights as an object: options, errors, reuse on new texts, parts, reprs."""

import math
import pickle

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import AlreadyWeightedError, KollocError, ParameterError, TooLargeError

TEXTS = ["peace talks fail", "talks on talks", "", "peace on trade"]


@pytest.fixture
def dtm():
    frame = pd.DataFrame({"text": TEXTS, "outlet": ["Post", "Herald", "Post", "Post"], "letters": [16, 14, 0, 14]})
    return kolloc.Corpus(frame, text="text").tokens().dtm()


def _dense(weighted):
    return weighted.to_scipy().toarray()


def test_the_default_is_counts_and_of_tfidf_that_of_quanteda(dtm):
    assert np.array_equal(_dense(dtm.weight()), dtm.to_scipy().toarray())
    assert dtm.tfidf() == dtm.weight(like="quanteda") == dtm.weight(df="inverse", base=10)
    assert dtm.tfidf(tf="prop", norm="l1").scheme["tf"] == "prop"


def test_a_term_in_all_documents_weighs_nothing_and_keeps_its_cell():
    weighted = kolloc.Corpus(["a b", "a"]).tokens().dtm().tfidf()
    assert _dense(weighted)[:, 0].tolist() == [0, 0]
    assert weighted.nnz == 3
    assert weighted.to_frame()["weight"].tolist() == pytest.approx([0, math.log10(2), 0])


def test_an_empty_document_stays_a_row_of_zeros(dtm):
    for norm in ("none", "l1", "l2", "pivoted_unique"):
        row = _dense(dtm.weight(tf="logave", df="inverse", norm=norm))[2]
        assert row.tolist() == [0] * dtm.n_terms
    assert len(kolloc.Corpus([]).tokens().dtm().bm25()) == 0


def test_norms_are_those_of_the_definition(dtm):
    counts = dtm.to_scipy().toarray().astype(float)
    assert np.abs(_dense(dtm.weight(norm="l1"))).sum(axis=1).tolist() == pytest.approx([1, 1, 0, 1])
    distinct = (counts > 0).sum(axis=1)
    pivoted = counts / (0.75 * distinct.mean() + 0.25 * distinct)[:, None]
    np.testing.assert_allclose(_dense(dtm.weight(norm="pivoted_unique")), pivoted, rtol=1e-15)
    by_bytes = counts / np.maximum([16, 14, 1, 14], 1)[:, None] ** 0.375
    np.testing.assert_allclose(_dense(dtm.weight(norm="byte_size", char_lengths="letters")), by_bytes, rtol=1e-15)
    with pytest.raises(ParameterError, match="char_lengths must be given for norm byte_size"):
        dtm.weight(norm="byte_size")


def test_shares_are_of_the_matrix_or_of_the_text(dtm):
    few = dtm.select(["talks"])
    assert _dense(few.weight(tf="prop")).ravel().tolist() == [1, 1, 0, 0]
    assert _dense(few.weight(tf="prop", totals="corpus")).ravel().tolist() == pytest.approx([1 / 3, 2 / 3, 0, 0])


def test_terms_can_be_given_weights(dtm):
    weighted = dtm.weight(term_weights={"talks": 5, "trade": 0})
    assert _dense(weighted)[:, 1].tolist() == [5, 10, 0, 0]
    assert _dense(weighted)[3].tolist() == [1, 0, 0, 1, 0]
    with pytest.raises(KeyError, match="did you mean 'talks'"):
        dtm.weight(term_weights={"talk": 2})


def test_new_texts_are_weighed_as_the_old_ones(dtm):
    for options in ({"like": "sklearn"}, {"smart": "ntu"}, {"tf": "bm25", "df": "lucene"}):
        fitted = dtm.weight(**options)
        assert dtm.weight(fitted=fitted) == fitted
        new = kolloc.Corpus(["trade talks stall talks", "stall"]).tokens().dtm().weight(fitted=fitted)
        assert new.terms == dtm.terms
        assert new.nnz == 2
        assert new.scheme == fitted.scheme
        assert new.provenance["steps"][-1]["parameters"]["left_out"] == 1
    fitted = dtm.tfidf()
    again = kolloc.Corpus(["talks"]).tokens().dtm().weight(fitted=fitted)
    assert _dense(again)[0, 1] == math.log10(4 / 2)


def test_a_term_of_no_fitted_document_weighs_nothing():
    fitted = kolloc.Corpus(["a"]).tokens().dtm(vocabulary=["a", "z"]).tfidf()
    assert fitted.idf["idf"].tolist() == [0, math.inf]
    assert _dense(kolloc.Corpus(["z a"]).tokens().dtm().weight(fitted=fitted)).tolist() == [[0, 0]]


def test_weighing_twice_is_refused_with_the_earlier_scheme(dtm):
    weighted = dtm.weight(smart="ltc")
    for again in (weighted.weight, weighted.tfidf, weighted.bm25):
        with pytest.raises(AlreadyWeightedError, match="tf logcount, df inverse, norm l2, base 10") as caught:
            again()
        assert caught.value.scheme == "tf logcount, df inverse, norm l2, base 10"
    assert _dense(dtm.weight(tf="prop").weight(norm="l2", force=True)) == pytest.approx(_dense(dtm.weight(norm="l2")))


def test_what_needs_counts_says_so(dtm):
    weighted = dtm.bm25()
    assert not hasattr(weighted, "trim")
    with pytest.raises(AttributeError, match=r"no 'group': it holds weights \(tf bm25, df lucene\) and no counts"):
        weighted.group("outlet")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tf": "logsmooth"}, "tf must be one of 'count', .*, got 'logsmooth'"),
        ({"df": "inverted"}, "did you mean 'inverse'"),
        ({"norm": "l3"}, "norm must be one of"),
        ({"like": "sklear"}, "did you mean 'sklearn'"),
        ({"smart": "lt"}, "smart must be three letters"),
        ({"smart": "dtc"}, "smart must be three letters"),
        ({"smart": "ltc", "norm": "l2"}, "smart must be given without norm"),
        ({"smart": "ltc", "smart_dialect": "quanteda"}, "smart_dialect must be one of"),
        ({"base": 1}, "base must be a finite number above 1, got 1"),
        ({"totals": "text"}, "totals must be one of"),
        ({"fitted": 3}, "fitted must be a WeightedMatrix"),
    ],
)
def test_options_are_checked(dtm, options, message):
    with pytest.raises(KollocError, match=message):
        dtm.weight(**options)


def test_a_fitted_scheme_allows_no_other(dtm):
    with pytest.raises(ParameterError, match="fitted decides the scheme, so 'tf' must not be given"):
        dtm.weight(fitted=dtm.tfidf(), tf="prop")


def test_the_scheme_is_in_the_record(dtm):
    step = dtm.weight(smart="lfc", smart_dialect="gensim").provenance["steps"][-1]
    assert (step["step"], step["parameters"]["base"], step["parameters"]["tf"]) == ("weight", 2, "logcount")


def test_documents_with_weights_weigh_by_them():
    corpus = kolloc.Corpus(["a a b", "a", "b c"])
    dtm = corpus.tokens().weigh([0.5, 0.5, 1]).dtm()
    n, df = 2, np.array([1, 1.5, 1])
    expected = dtm.to_scipy().toarray() * np.log10(n / df)
    np.testing.assert_allclose(_dense(dtm.tfidf()), expected, rtol=1e-14)
    assert dtm.document_frequencies()["df"].tolist() == df.tolist()
    with pytest.raises(ParameterError, match="where documents have weights, got 'logcount'"):
        dtm.weight(tf="logcount")
    with pytest.raises(ParameterError, match="threshold must be 0 where documents have weights"):
        dtm.document_frequencies(threshold=1)


def test_smoothing_makes_a_dense_array_within_a_limit(dtm):
    assert np.array_equal(dtm.smooth(0.5), dtm.to_scipy().toarray() + 0.5)
    with pytest.raises(TooLargeError, match="20 cells is too large, the limit is 19") as caught:
        dtm.smooth(max_cells=19)
    assert (caught.value.size, caught.value.limit) == (20, 19)


def test_parts_keep_weights_and_can_still_weigh_new_texts(dtm):
    weighted = dtm.tfidf()
    assert np.array_equal(_dense(weighted[[3, 0]]), _dense(weighted)[[3, 0]])
    assert list(weighted.filter(lambda frame: frame["outlet"] == "Post").names) == ["0", "2", "3"]
    few = weighted.select(["trade", "talks"])
    assert few.terms == ["trade", "talks"]
    assert np.array_equal(_dense(few), _dense(weighted)[:, [4, 1]])
    new = kolloc.Corpus(["talks trade"]).tokens().dtm().weight(fitted=few)
    assert _dense(new)[0].tolist() == [math.log10(4), math.log10(2)]
    with pytest.raises(KeyError, match="no column is named 'war'"):
        weighted.select(["war"])


def test_weights_travel_and_never_change(dtm):
    weighted = dtm.bm25()
    again = pickle.loads(pickle.dumps(weighted))
    assert again == weighted
    assert again != dtm.tfidf()
    with pytest.raises(AttributeError, match="immutable"):
        weighted.names = []
    array = weighted.to_scipy()
    with pytest.raises(ValueError, match="read-only"):
        array.data[0] = 1
    assert array.dtype == np.float64


def test_top_terms_are_those_of_the_largest_weights(dtm):
    top = dtm.tfidf().top_terms(2)
    assert top["document"].tolist() == ["0", "0", "1", "1", "3", "3"]
    assert top["term"].tolist() == ["fail", "peace", "talks", "on", "trade", "peace"]


def test_the_repr_names_the_scheme(dtm):
    weighted = dtm[:2].weight(tf="prop", norm="l2")
    assert repr(weighted) == (
        "<WeightedMatrix: 2 documents × 5 terms, 5 stored (50.0 %), tf prop, df unary, norm l2>\n"
        "    peace   talks    fail      on  trade\n"
        "0  0.5774  0.5774  0.5774       0      0\n"
        "1       0  0.8944       0  0.4472      0"
    )
    assert "<strong>WeightedMatrix</strong>" in weighted._repr_html_()


@pytest.mark.parametrize("n_threads", [1, 2, 8])
def test_threads_do_not_change_a_weight(n_threads):
    random = np.random.default_rng(4)
    texts = [" ".join(f"w{i}" for i in random.zipf(1.3, 400) % 5000) for _ in range(500)]
    dtm = kolloc.Corpus(texts).tokens().dtm()
    assert dtm.weight(smart="ltc", n_threads=n_threads) == dtm.weight(smart="ltc", n_threads=3)
