"""`dispersion` of matrices and of tokens: what it takes, what it says, what comes out."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError, UndefinedWarning

TEXTS = ["peace talks resume", "talks talks fail", "war", "peace now"]
OUTLETS = ["Post", "Herald", "Post", "Times"]


def corpus(frame=pd.DataFrame):
    return kolloc.Corpus(frame({"text": TEXTS, "outlet": OUTLETS}), text="text")


def test_the_usual_columns_by_falling_frequency():
    frame = corpus().tokens().dtm().dispersion()
    assert list(frame.columns) == ["term", "cf", "range", "dp_norm", "da", "kld_norm"]
    assert list(frame["term"]) == ["talks", "peace", "resume", "fail", "war", "now"]
    assert [str(dtype) for dtype in frame.dtypes[1:]] == ["uint64", "int64", "float64", "float64", "float64"]


def test_parts_may_be_the_values_of_a_column():
    tokens = corpus().tokens()
    frame = tokens.dtm().dispersion(["range", "range_share"], parts="outlet")
    assert dict(zip(frame["term"], frame["range"], strict=True))["talks"] == 2
    assert frame["range_share"].max() == pytest.approx(2 / 3)
    assert frame.equals(tokens.dispersion(["range", "range_share"], parts="outlet"))
    assert frame.equals(tokens.dtm().group("outlet").dispersion(["range", "range_share"]))


def test_even_may_be_high():
    plain = corpus().tokens().dispersion("all")
    turned = corpus().tokens().dispersion("all", even_high=True)
    renamed = {name: f"{name}_evenness" for name in ("dp", "dp_norm", "kld", "kld_norm")}
    assert list(turned.columns) == [renamed.get(name, name) for name in plain.columns]
    for name, other in renamed.items():
        assert (turned[other] == 1 - plain[name]).all()


def test_frames_are_of_the_kind_of_the_metadata():
    assert isinstance(corpus(pl.DataFrame).tokens().dispersion("dp"), pl.DataFrame)
    assert isinstance(corpus(pl.DataFrame).tokens().dtm().dispersion(), pl.DataFrame)


def test_trimmed_matrices_keep_the_sizes_of_the_parts():
    dtm = corpus().tokens().dtm()
    whole, part = (each.dispersion("all").set_index("term") for each in (dtm, dtm.trim(min_count=2)))
    pd.testing.assert_frame_equal(whole.loc[["talks", "peace"]], part)


def test_two_prints_of_half_the_weight_are_one_document():
    printed = kolloc.Corpus([*TEXTS, TEXTS[1]]).tokens().weigh([1, 0.5, 1, 1, 0.5])
    once = kolloc.Corpus(TEXTS).tokens()
    for found in (printed.dispersion(), printed.dtm().dispersion()):
        expected = once.dispersion()
        assert list(found["term"]) == list(expected["term"])
        for name in ("cf", "range", "dp_norm", "da", "kld_norm"):
            np.testing.assert_allclose(found[name], expected[name].astype(float), rtol=1e-12, atol=1e-12)


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
def test_documents_of_weight_zero_are_no_parts():
    weighted = corpus().tokens().weigh([1, 1, 0, 1]).dispersion(["dp", "range_share"])
    left = corpus()[[0, 1, 3]].tokens().dispersion(["dp", "range_share"]).set_index("term")
    found = weighted.set_index("term").loc[left.index]
    np.testing.assert_allclose(found.to_numpy(float), left.to_numpy(float), rtol=1e-12)


def test_groups_of_weighted_documents_are_parts_of_weighted_counts():
    tokens = corpus().tokens().weigh([2, 1, 1, 3])
    repeated = [0, 0, 1, 2, 3, 3, 3]
    frame = pd.DataFrame({"text": [TEXTS[row] for row in repeated], "outlet": [OUTLETS[row] for row in repeated]})
    measures = ["range", "dp", "da"]
    expected = kolloc.Corpus(frame, text="text").tokens().dispersion(measures, parts="outlet").set_index("term")
    for counts in (tokens, tokens.dtm()):
        found = counts.dispersion(measures, parts="outlet").set_index("term").loc[expected.index]
        np.testing.assert_allclose(found.to_numpy(float), expected.to_numpy(float), rtol=1e-12)


def test_positions_have_no_weights():
    tokens = corpus().tokens().weigh([1, 1, 0.5, 1])
    with pytest.raises(ParameterError, match="measures must be measures of parts where documents have weights"):
        tokens.dispersion("arf")
    with pytest.raises(ParameterError, match="parts must be documents or a column where documents have weights"):
        tokens.dispersion(parts=3)


def test_gaps_count_as_distance():
    whole = kolloc.Corpus(["a the b the a", "the c"]).tokens()
    gaps = kolloc.Corpus(["a the b the a", "the c"]).tokens(stopwords=["the"])
    names = ["arf", "ald", "awt", "f_ald", "f_awt"]
    expected = whole.dispersion(names).set_index("term").loc[["a", "b", "c"]]
    assert gaps.dispersion(names).set_index("term").equals(expected)


def test_equal_parts_of_tokens_leave_gaps_out():
    tokens = kolloc.Tokens.from_lists([["a", None, "b"], [None, "a", "c"]])
    found = tokens.dispersion(["range", "dp"], parts=2).set_index("term")
    assert found.loc["a"].tolist() == [2, 2, 0]


def test_values_that_are_undefined_are_named_once():
    dtm = corpus().tokens().dtm(vocabulary=["peace", "treaty", "pact"])
    with pytest.warns(UndefinedWarning) as caught:
        frame = dtm.dispersion(["range", "dp", "da"])
    assert len(caught) == 1
    assert "dp, da in 2 of 3 cells (the term does not occur" in str(caught[0].message)
    assert frame["range"].tolist() == [2, 0, 0]
    assert frame["dp"].isna().tolist() == [False, True, True]


def test_one_part_says_nothing():
    with pytest.warns(UndefinedWarning, match="dp in 2 of 2 cells"):
        frame = kolloc.Corpus(["a b", ""]).tokens().dispersion(["range", "dp"])
    assert (frame["range"] == 1).all()


def test_nothing_has_no_rows():
    for empty in (kolloc.Corpus([]), kolloc.Corpus(["", ""])):
        assert len(empty.tokens().dispersion("all")) == 0
        assert len(empty.tokens().dtm().dispersion("all")) == 0
        assert len(empty.tokens().dispersion("all", parts=4)) == 0


def test_hand_made_tokens_may_have_ids_in_any_order():
    tokens = kolloc.Tokens.from_lists([["b", "a"], ["a"], ["c", "c"]])
    assert tokens.dispersion("range").set_index("term")["range"].to_dict() == {"a": 2, "c": 1, "b": 1}


def test_what_is_not_allowed_is_said():
    dtm, tokens = corpus().tokens().dtm(), corpus().tokens()
    with pytest.raises(ParameterError, match="did you mean 'dp_norm'"):
        dtm.dispersion(["dpnorm"])
    with pytest.raises(ParameterError, match="measures must be one of"):
        dtm.dispersion("arf")
    with pytest.raises(ParameterError, match="parts must be one of the columns 'outlet', got 'outlte'; did you mean"):
        dtm.dispersion(parts="outlte")
    with pytest.raises(ParameterError, match="parts must be an integer of at least 2"):
        tokens.dispersion(parts=1)
    with pytest.raises(InputTypeError, match="parts must be an integer"):
        tokens.dispersion(parts=2.5)


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
def test_results_are_the_same_for_any_number_of_threads():
    rng = np.random.default_rng(2)
    words = np.array([f"w{i}" for i in range(3000)])
    texts = [" ".join(words[rng.zipf(1.3, size) % 3000]) for size in rng.integers(0, 400, 900)]
    tokens = kolloc.Corpus(texts).tokens()
    dtm = tokens.dtm()
    for found in (dtm.dispersion, tokens.dispersion, lambda *args, **more: tokens.dispersion(*args, parts=37, **more)):
        first, *others = (found("all", n_threads=n) for n in (1, 2, 8))
        for other in others:
            assert numbers(first).tobytes() == numbers(other).tobytes()


def numbers(frame):
    return frame.drop(columns="term").to_numpy(float)
