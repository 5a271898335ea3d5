"""Keyness: who is compared with whom, which columns come out, and what is refused."""

import warnings

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kolloc
from kolloc import _keyness_measures
from kolloc.exceptions import InputTypeError, ParameterError, UndefinedWarning

FRAME = {
    "text": [
        "peace talks resume", "peace at last", "trade talks", "trade falls again and again", "peace", "oil falls", "",
        "war", "war ends",
    ],
    "outlet": ["Post", "Post", "Herald", "Herald", "Sun", "Sun", "Sun", None, None],
    "year": [1990, 1991, 1990, 1991, 1990, 1991, 1990, 1991, 1990],
}  # fmt: skip
N = len(FRAME["text"])


def matrix(frame=FRAME, kind=pd.DataFrame, **options):
    return kolloc.Corpus(kind(frame), text="text").tokens().dtm(**options)


def counts(table):
    return {
        term: (a, b)
        for term, a, b in zip(
            list(table["term"]), list(table["count_target"]), list(table["count_reference"]), strict=True
        )
    }


def test_a_group_is_compared_with_all_other_documents():
    table = matrix().keyness("Post", by="outlet")
    assert counts(table)["peace"] == (2, 1)
    assert table["n_target"].tolist() == [6] * len(table)
    assert table["n_reference"].tolist() == [13] * len(table)
    assert table["g2"].is_monotonic_decreasing


def test_the_usual_columns():
    table = matrix().keyness("Post", by="outlet")
    assert table.columns.tolist() == [
        "term", "count_target", "count_reference", "n_target", "n_reference", "g2", "log_ratio", "log_ratio_low",
        "log_ratio_high", "lrc", "p", "neg_log10_p", "q", "df_target", "df_reference", "dp_target",
    ]  # fmt: skip
    kinds = dict(table.dtypes)
    assert {kinds[name] for name in ("count_target", "n_reference", "df_target")} == {np.dtype("int64")}
    assert kinds["g2"] == np.dtype("float64")


def test_every_way_to_name_documents_gives_the_same():
    dtm = matrix()
    mask = np.array(FRAME["outlet"]) == "Post"
    expected = dtm.keyness("Post", by="outlet")
    for other in (
        dtm.keyness(mask),
        dtm.keyness(mask.tolist()),
        dtm.keyness(pd.Series(mask)),
        dtm.keyness(["Post"], by="outlet"),
        dtm.keyness("Post", by="outlet", reference=["Herald", "Sun", None]),
        dtm.keyness(mask, reference=~mask),
    ):
        pd.testing.assert_frame_equal(other, expected)


def test_a_group_is_compared_with_another():
    table = matrix().keyness("Post", by="outlet", reference="Herald")
    assert counts(table)["peace"] == (2, 0)
    assert "war" not in counts(table)
    assert table["n_reference"].tolist() == [7] * len(table)


def test_each_group_in_turn_is_the_same_as_alone():
    dtm = matrix()
    table = dtm.keyness(by="outlet")
    assert table["outlet"].astype(object).where(table["outlet"].notna(), None).unique().tolist() == [
        "Post", "Herald", "Sun", None,
    ]  # fmt: skip
    for outlet in ("Post", "Herald", "Sun"):
        part = table[table["outlet"] == outlet].drop(columns="outlet").reset_index(drop=True)
        pd.testing.assert_frame_equal(part, dtm.keyness(outlet, by="outlet"))


def test_each_group_against_one_of_them():
    table = matrix().keyness(by="outlet", reference="Herald", n=1)
    assert "Herald" not in table["outlet"].tolist()
    assert set(table["n_reference"]) == {7}


def test_groups_keep_their_type():
    table = matrix().keyness(by="year", n=2)
    assert table.columns[0] == "year"
    assert table["year"].tolist() == [1990, 1990, 1991, 1991]


@pytest.mark.parametrize("kind", [pl.DataFrame, pa.table])
def test_frames_of_other_kinds_come_out(kind):
    table = matrix(kind=kind).keyness(by="outlet", n=1)
    assert type(table) is type(kind({"a": [1]}))
    expected = matrix().keyness(by="outlet", n=1)
    assert (table.columns if kind is pl.DataFrame else table.column_names) == expected.columns.tolist()


def test_another_matrix_as_the_reference_is_the_rest_that_it_holds():
    dtm = matrix()
    mask = np.array(FRAME["outlet"]) == "Post"
    names = [name for name in _keyness_measures.MEASURES if name != "mann_whitney"]
    rest = {key: [value for value, is_target in zip(FRAME[key], mask, strict=True) if not is_target] for key in FRAME}
    post = {key: [value for value, is_target in zip(FRAME[key], mask, strict=True) if is_target] for key in FRAME}
    with pytest.warns(UndefinedWarning):
        expected = dtm.keyness(mask, measures=names)
    with pytest.warns(UndefinedWarning):
        found = matrix(post).keyness(reference=matrix(rest), measures=names)
    found, expected = (table.assign(term=table["term"].astype(str)) for table in (found, expected))
    found, expected = (table.sort_values("term", ignore_index=True) for table in (found, expected))
    # The mean document of the prior is one of the target alone.
    beside = [name for name in found if not name.startswith("log_odds_prior")]
    pd.testing.assert_frame_equal(found[beside], expected[beside], check_exact=False, rtol=1e-12)


def test_a_frequency_list_as_the_reference():
    dtm = matrix()[:2]
    reference = {"peace": 10, "talks": 50, "oil": 40}
    table = dtm.keyness(reference=reference)
    assert counts(table)["peace"] == (2, 10)
    assert counts(table)["oil"] == (0, 40)
    assert table["n_reference"].tolist() == [100] * len(table)
    assert "df_reference" not in table
    frame = pd.DataFrame({"term": list(reference), "count": list(reference.values())})
    pd.testing.assert_frame_equal(dtm.keyness(reference=frame), table)
    larger = dtm.keyness(reference=reference, reference_total=1000)
    assert larger["n_reference"].tolist() == [1000] * len(table)
    everything = dtm.keyness(reference=reference, measures=["log_ratio"], target=[True, True])
    assert set(everything["term"]) == set(table["term"])


def test_the_frequencies_of_another_corpus_are_a_list():
    frequencies = matrix()[2:].term_frequencies()
    one = matrix()[:2].keyness(reference=frequencies, measures=["g2", "log_ratio"])
    other = matrix()[:2].keyness(reference=matrix()[2:], measures=["g2", "log_ratio"])
    pd.testing.assert_frame_equal(one, other)
    in_documents = {"count": "documents", "measures": ["chi2"]}
    one = matrix()[:2].keyness(reference=frequencies, reference_total=6, **in_documents)
    pd.testing.assert_frame_equal(one, matrix()[:2].keyness(reference=matrix()[2:], **in_documents))


def test_documents_instead_of_tokens():
    table = matrix().keyness("Herald", by="outlet", count="documents", measures=["g2", "df"])
    assert counts(table)["again"] == (1, 0)
    # The empty document counts in no group.
    assert (table["n_target"][0], table["n_reference"][0]) == (2, 6)
    assert table["df_target"].tolist() == table["count_target"].tolist()


def test_totals_of_the_corpus_include_words_without_a_column():
    dtm = matrix().select(["peace", "talks"])
    of_matrix = dtm.keyness("Post", by="outlet")
    of_corpus = dtm.keyness("Post", by="outlet", totals="corpus")
    assert (of_matrix["n_target"][0], of_matrix["n_reference"][0]) == (3, 2)
    assert (of_corpus["n_target"][0], of_corpus["n_reference"][0]) == (6, 13)


def test_rare_words_are_no_candidates_and_no_tests():
    dtm = matrix()
    table = dtm.keyness("Post", by="outlet", min_count=2, measures=["p", "q", "lrc"])
    assert set(table["term"]) == {"peace", "talks", "trade", "again", "falls", "war"}
    adjusted = kolloc.adjust_p(table["p"])
    np.testing.assert_array_equal(table["q"], adjusted)


def test_all_measures_in_one_call():
    with pytest.warns(UndefinedWarning, match=r"ell in \d+ of \d+ cells \(an expected count of at most 1\)"):
        table = matrix().keyness("Post", by="outlet", measures="all")
    assert {"mann_whitney_u", "fisher_p_over_use", "kld_dispersion", "lockword", "log_odds_prior_z"} <= set(table)
    assert table["lockword"].dtype == np.bool_


@pytest.mark.parametrize("test", _keyness_measures.TESTS)
def test_p_is_that_of_the_test_named(test):
    own = {"fisher": "fisher_p", "mann_whitney": "mann_whitney_p"}.get(test)
    table = matrix().keyness("Post", by="outlet", measures=[test, "p"], test=test)
    if own is None:
        smallest = table["p"][table[test].abs().idxmax()]
        assert smallest == table["p"].min()
    else:
        np.testing.assert_array_equal(table["p"], table[own])


def test_words_are_ordered_by_the_column_named():
    dtm = matrix()
    rising = dtm.keyness("Post", by="outlet", measures=["g2", "p"], sort_by="p")
    assert rising["p"].is_monotonic_increasing
    falling = dtm.keyness("Post", by="outlet", measures=["g2", "log_ratio"], sort_by="log_ratio")
    assert falling["log_ratio"].is_monotonic_decreasing
    # Ties in the order of columns.
    first = [term for term in dtm.terms if term in set(falling["term"][falling["log_ratio"] == np.inf])]
    assert falling["term"][: len(first)].tolist() == first


def test_half_a_count_for_zero():
    table = matrix().keyness("Post", by="outlet", zero="half", measures=["log_ratio"]).set_index("term")
    assert table.loc["resume", "log_ratio"] == pytest.approx(np.log2((1 / 6) / (0.5 / 13)))
    assert table.loc["resume", "log_ratio_high"] == np.inf


def test_words_as_frequent_in_both_are_lockwords():
    texts = ["the " * 500 + "peace " * 100, "the " * 500 + "trade " * 100]
    table = kolloc.Corpus(texts).tokens().dtm().keyness([True, False], measures=["lockword"]).set_index("term")
    assert table["lockword"].to_dict() == {"the": True, "peace": False, "trade": False}
    narrow = kolloc.Corpus(texts).tokens().dtm().keyness([True, False], measures=["lockword"], lock=0.01)
    assert not narrow["lockword"].any()


def test_the_background_of_the_prior_may_be_a_list():
    dtm = matrix()
    options = {"measures": ["log_odds_prior"], "prior_strength": 19.0}
    cf = dtm.term_frequencies()
    pooled = dtm.keyness("Post", by="outlet", **options)
    pd.testing.assert_frame_equal(dtm.keyness("Post", by="outlet", background=cf, **options), pooled)
    with pytest.warns(UndefinedWarning, match="log_odds_prior_z in"):
        dtm.keyness("Post", by="outlet", background={"peace": 3}, **options)


def test_weights_count_in_effects_and_what_needs_whole_numbers_is_refused():
    tokens = kolloc.Corpus(pd.DataFrame(FRAME), text="text").tokens()
    halved = tokens.weigh([0.5] * N).dtm()
    names = ["g2", "log_ratio", "df"]
    table, whole = (dtm.keyness("Post", by="outlet", measures=names) for dtm in (halved, tokens.dtm()))
    np.testing.assert_allclose(table["count_target"], whole["count_target"] / 2)
    np.testing.assert_allclose(table["log_ratio"], whole["log_ratio"])
    np.testing.assert_allclose(table["g2"], whole["g2"] / 2)
    np.testing.assert_allclose(table["df_target"], whole["df_target"] / 2)
    with pytest.warns(UndefinedWarning):
        everything = halved.keyness("Post", by="outlet", measures="all")
    assert not {"fisher_p", "mann_whitney_u", "odds_ratio_cmle"} & set(everything)
    with pytest.raises(ParameterError, match="fisher cannot be had here: it needs whole numbers"):
        halved.keyness("Post", by="outlet", measures=["fisher"])
    documents = halved.keyness("Post", by="outlet", count="documents", measures=["g2"])
    assert (documents["n_target"][0], documents["n_reference"][0]) == (1.0, 3.0)


def test_weights_of_one_change_nothing_but_the_type():
    tokens = kolloc.Corpus(pd.DataFrame(FRAME), text="text").tokens()
    names = [name for name in _keyness_measures.MEASURES if name not in ("mann_whitney", "fisher", "odds_ratio_cmle")]
    with pytest.warns(UndefinedWarning):
        one = tokens.weigh([1.0] * N).dtm().keyness(by="outlet", measures=names)
    with pytest.warns(UndefinedWarning):
        other = tokens.dtm().keyness(by="outlet", measures=names)
    pd.testing.assert_frame_equal(one, other, check_dtype=False, rtol=1e-12)


def test_nothing_is_said_of_the_dispersion_of_absent_words():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = matrix().keyness("Post", by="outlet")
    absent = (table["count_target"] == 0).to_numpy()
    assert np.isnan(table["dp_target"][absent]).all()
    assert not np.isnan(table["dp_target"][~absent]).any()


def test_progress_and_threads():
    seen = []
    dtm = matrix()
    table = dtm.keyness(by="outlet", n_threads=2, progress=lambda done, total: seen.append((done, total)))
    assert seen
    pd.testing.assert_frame_equal(table, dtm.keyness(by="outlet", n_threads=1, progress=False))


def test_a_grouped_matrix_can_be_compared_too():
    grouped = matrix().group("outlet")
    one = grouped.keyness("Post", by="outlet", measures=["g2", "log_ratio"])
    pd.testing.assert_frame_equal(one, matrix().keyness("Post", by="outlet", measures=["g2", "log_ratio"]))


REFUSED = [
    ({}, "target must be given"),
    ({"target": "Pots", "by": "outlet"}, "did you mean 'Post'"),
    ({"target": "Post", "by": "outlte"}, "by must be one of the columns"),
    ({"target": "Post", "by": "outlet", "reference": "Post"}, "no documents in common"),
    ({"target": [False] * N}, "target must have documents"),
    ({"target": [True] * N}, "reference must have documents"),
    ({"by": "outlet", "measures": ["g22term"]}, "did you mean 'g2_2term'"),
    ({"by": "outlet", "measures": []}, "measures must name one"),
    ({"by": "outlet", "test": "t"}, "test must be one of"),
    ({"by": "outlet", "correction": "yate"}, "did you mean 'yates'"),
    ({"by": "outlet", "count": "token"}, "did you mean 'tokens'"),
    ({"by": "outlet", "totals": "all"}, "totals must be one of"),
    ({"by": "outlet", "zero": "one"}, "zero must be one of"),
    ({"by": "outlet", "confidence": 1}, "confidence must be below 1"),
    ({"by": "outlet", "lock": -1}, "lock must be at least 0"),
    ({"by": "outlet", "prior": "flat"}, "prior must be one of"),
    ({"by": "outlet", "sort_by": "z"}, "sort_by must be one of"),
    ({"by": "outlet", "n_threads": 0}, "n_threads must be 1"),
    ({"reference": {"peace": 3}, "reference_total": 2}, "reference_total must be above 0 and at least"),
    ({"reference": {"peace": 3}, "count": "documents"}, "reference_total must be given"),
    ({"reference": {"peace": -1}}, "finite counts of at least 0"),
    ({"reference": {"peace": 3}, "measures": ["mann_whitney"]}, "mann_whitney cannot be had here"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_not_allowed_is_said(options, message):
    with pytest.raises(ParameterError, match=message):
        matrix().keyness(**options)


def test_a_list_that_is_none_is_refused():
    with pytest.raises(InputTypeError, match="'term' and 'count'"):
        matrix().keyness(reference=pd.DataFrame({"word": ["a"], "n": [1]}))
    with pytest.raises(InputTypeError, match="background must be a mapping"):
        matrix().keyness(by="outlet", background=3)


def test_matrices_without_words_or_with_one_give_what_there_is():
    empty = kolloc.Corpus(["", ""]).tokens().dtm()
    assert len(empty.keyness([True, False])) == 0
    one = kolloc.Corpus(["a", "a a"]).tokens().dtm().keyness([True, False], measures=["g2", "log_ratio", "fisher"])
    assert one["g2"].tolist() == [0.0]
    assert one["fisher_p"].tolist() == [1.0]
