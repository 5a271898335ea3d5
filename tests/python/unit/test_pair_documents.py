"""Documents of pairs: bounds, columns, pickled tables."""

import pickle

import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError, UndefinedWarning

LISTS = [["a", "b", "c", "a"], ["a", "b"], ["b", "c", "d", "e"], ["a", "d"], []]


@pytest.fixture(scope="module")
def tokens():
    return kolloc.Tokens.from_lists(LISTS)


def _by_pair(frame, column):
    return dict(zip(zip(frame["term_1"], frame["term_2"], strict=True), frame[column], strict=True))


def test_documents_worked_out_by_hand(tokens):
    frame = tokens.cooccurrence(window=1).association(["df", "dp"])
    df, dp = _by_pair(frame, "df"), _by_pair(frame, "dp")
    assert df == {("a", "b"): 2, ("a", "c"): 1, ("a", "d"): 1, ("b", "c"): 2, ("d", "e"): 1, ("c", "d"): 1}
    # Twelve tokens in four documents of 4, 2, 4, 2; a b stands once in each of the first two.
    assert dp["a", "b"] == pytest.approx((1 / 6 + 1 / 3 + 1 / 3 + 1 / 6) / 2)
    assert dp["a", "d"] == pytest.approx(5 / 6)
    assert str(frame["df"].dtype) == "int64"


def test_pairs_in_too_few_documents_are_no_candidates(tokens):
    table = tokens.cooccurrence(window=1)
    whole, bounded = table.association(["mi", "df"]), table.association(["mi"], min_df=2)
    assert list(bounded.columns) == list(whole.columns)
    assert set(_by_pair(bounded, "df").items()) == {(("a", "b"), 2), (("b", "c"), 2)}
    assert bounded["q"].to_numpy() == pytest.approx(kolloc.adjust_p(bounded["p"]))
    assert (bounded["q"] / bounded["p"]).max() < (whole["q"] / whole["p"]).max()
    assert table.association("dp", min_df=2, top=1).equals(table.association("dp", min_df=2).head(1))


def test_documents_stand_beside_the_counts(tokens):
    table = tokens.cooccurrence(window=1)
    assert list(table.association(["dp", "mi", "df"]).columns)[2:7] == ["observed", "expected", "df", "dp", "mi"]
    assert not {"df", "dp"} & set(table.association("all").columns)
    assert table.association(["dp", "df"], top=3).equals(table.association(["df", "dp"]).head(3))


def test_a_pickled_table_says_that_its_documents_are_gone(tokens):
    table = pickle.loads(pickle.dumps(tokens.cooccurrence()))
    assert table == tokens.cooccurrence()
    assert len(table.association())
    with pytest.raises(InputTypeError, match="pickled has no documents"):
        table.association(min_df=1)


def test_tokens_do_not_travel_with_a_table():
    few = kolloc.Tokens.from_lists([["a", "b"]])
    many = kolloc.Tokens.from_lists([["a", "b"]] * 10_000)
    sizes = [len(pickle.dumps(each.cooccurrence())) for each in (few, many)]
    assert sizes[1] < sizes[0] + 5_000


def test_one_document_has_no_dispersion():
    table = kolloc.Tokens.from_lists([["a", "b", "c"]]).cooccurrence()
    with pytest.warns(UndefinedWarning, match="dp in 3 of 3 cells .fewer than two documents"):
        assert table.association(["df", "dp"])["dp"].isna().all()


def test_measures_that_do_not_exist_are_named(tokens):
    with pytest.raises(ParameterError, match="measures must be one of"):
        tokens.cooccurrence().association(["documents"])
    with pytest.raises(InputTypeError, match="min_df must be a number"):
        tokens.cooccurrence().association(min_df="2")
