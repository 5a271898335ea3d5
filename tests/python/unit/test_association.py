"""Options and frames of `Cooccurrence.association`."""

import numpy as np
import pytest

import kolloc
from kolloc.cooccurrence import MEASURES
from kolloc.exceptions import ParameterError, UndefinedWarning

TEXTS = ["peace talks resume in seoul", "peace talks fail in seoul", "trade talks resume"]


@pytest.fixture(scope="module")
def tokens():
    return kolloc.Corpus(TEXTS).tokens()


@pytest.fixture(scope="module")
def table(tokens):
    return tokens.cooccurrence(window=2)


def test_the_usual_columns_hold_effects_before_tests(table):
    frame = table.association()
    usual = ["log_dice", "mi", "delta_p_2_given_1", "delta_p_1_given_2", "g2"]
    assert list(frame.columns) == ["term_1", "term_2", "observed", "expected", *usual, "p", "neg_log10_p", "q"]
    assert list(table.association(["g2", "mi"]).columns)[4:6] == ["mi", "g2"]
    assert frame["log_dice"].is_monotonic_decreasing


def test_all_measures_have_a_column(table):
    frame = table.association("all")
    assert set(MEASURES) <= set(frame.columns)
    assert len(frame) == table.nnz


def test_the_candidates_are_counted_before_the_top_is_cut(table):
    whole, top = table.association(), table.association(top=3)
    assert top.equals(whole.head(3))
    frequent = table.association(min_count=2)
    assert (frequent["observed"] >= 2).all()
    assert frequent["q"].to_numpy() == pytest.approx(kolloc.adjust_p(frequent["p"]))
    assert table.association(adjust="holm")["q"].to_numpy() == pytest.approx(kolloc.adjust_p(whole["p"], "holm"))


def test_exact_p_values_on_request(table):
    frame = table.association(["fisher"], test="fisher")
    assert frame["neg_log10_p"].to_numpy() == pytest.approx(np.abs(frame["fisher"]))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measures": ["log_dise"]}, "did you mean 'log_dice'?"),
        ({"sort_by": "count"}, "sort_by must be one of"),
        ({"test": "mi"}, "test must be one of"),
        ({"adjust": "fdr"}, "adjust must be one of"),
        ({"top": -1}, "top must be an integer of at least 0"),
    ],
)
def test_what_is_not_allowed_is_said(table, options, message):
    with pytest.raises(ParameterError) as caught:
        table.association(**options)
    assert message in str(caught.value)


def test_weights_give_no_significance(tokens):
    by_distance = tokens.cooccurrence(count="weighted").association("all")
    assert not {"p", "q", "g2", "chi2", "fisher"} & set(by_distance.columns)
    assert {"log_dice", "phi2"} <= set(by_distance.columns)
    of_documents = tokens.weigh([0.5, 0.5, 1]).cooccurrence().association()
    assert not {"p", "q"} & set(of_documents.columns)


def test_undefined_values_are_told_once():
    table = kolloc.Tokens.from_lists([["a", "b"]]).cooccurrence(context="document", count="boolean")
    with pytest.warns(UndefinedWarning, match="npmi") as caught:
        frame = table.association(["npmi"])
    assert len(caught) == 1
    assert np.isnan(frame["npmi"]).all()


def test_an_empty_table_gives_an_empty_frame():
    frame = kolloc.Tokens.from_lists([[]]).cooccurrence().association()
    assert len(frame) == 0
    assert "q" in frame.columns
