"""`lexical_diversity` of tokens and of matrices: what it takes, what it says, what comes out."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError, ShortTextWarning, UndefinedWarning

TEXTS = ["Peace talks, peace talks!", "War 24 war.", "peace now", ""]
OUTLETS = ["Post", "Herald", "Post", "Times"]


def tokens(frame=pd.DataFrame):
    return kolloc.Corpus(frame({"text": TEXTS, "outlet": OUTLETS}), text="text").tokens(lowercase=False)


def test_only_words_count_and_case_does_not():
    with pytest.warns(UndefinedWarning, match="ttr in 1 of 4 cells"):
        frame = tokens().lexical_diversity("ttr")
    assert list(frame.columns) == ["document", "n_tokens", "n_types", "ttr"]
    assert frame["n_tokens"].tolist() == [4, 2, 2, 0]
    assert frame["n_types"].tolist() == [2, 1, 2, 0]
    assert frame["ttr"].tolist()[:3] == [0.5, 0.5, 1]


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
def test_everything_may_count():
    options = {"remove_punct": False, "remove_numbers": False, "remove_symbols": False, "lowercase": False}
    frame = tokens().lexical_diversity("ttr", **options)
    assert frame["n_tokens"].tolist() == [6, 4, 2, 0]
    assert frame["n_types"].tolist() == [5, 4, 2, 0]
    assert frame.equals(tokens().dtm().lexical_diversity("ttr", **options))


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
def test_a_group_is_its_documents_one_behind_the_other():
    found = tokens().lexical_diversity(["mattr", "yule_k"], by="outlet", window=3)
    assert found["outlet"].tolist() == ["Post", "Herald", "Times"]
    joined = kolloc.Corpus(["peace talks peace talks peace now", "war war", ""]).tokens()
    expected = joined.lexical_diversity(["mattr", "yule_k"], window=3)
    assert found.drop(columns="outlet").equals(expected.drop(columns="document"))
    grouped = tokens().dtm().group("outlet").lexical_diversity("yule_k")
    assert grouped["document"].tolist() == ["Post", "Herald", "Times"]
    np.testing.assert_array_equal(grouped["yule_k"], expected["yule_k"])


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
def test_weights_do_not_matter_to_one_document_and_are_refused_for_groups():
    weighted = tokens().weigh([0.5, 1, 2, 1])
    assert weighted.lexical_diversity("ttr").equals(tokens().lexical_diversity("ttr"))
    assert weighted.dtm().lexical_diversity("ttr").equals(tokens().dtm().lexical_diversity("ttr"))
    with pytest.raises(ParameterError, match="by must be None where documents have weights"):
        weighted.lexical_diversity("ttr", by="outlet")
    with pytest.raises(ParameterError, match="counts must be those of documents"):
        weighted.dtm().group("outlet").lexical_diversity("ttr")


def test_a_short_document_leaves_the_others_alone():
    corpus = kolloc.Corpus(["a b c d e " * 40, "x y z"])
    with pytest.warns(UndefinedWarning, match="mattr in 1 of 2 cells .the text is shorter than the window") as caught:
        frame = corpus.tokens().lexical_diversity(["mattr", "ttr"])
    assert len(caught) == 1
    assert frame["mattr"].tolist()[0] == 0.05
    assert np.isnan(frame["mattr"].tolist()[1])


def test_short_texts_are_no_ground_for_mtld():
    with pytest.warns(ShortTextWarning, match="mtld is unreliable below 50 tokens, as in 1 of 2 texts"):
        kolloc.Corpus(["a b a b a", "a b c " * 30]).tokens().lexical_diversity("mtld")


def test_frames_are_of_the_kind_of_the_metadata():
    with pytest.warns(UndefinedWarning):
        assert isinstance(tokens(pl.DataFrame).lexical_diversity("ttr"), pl.DataFrame)


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
@pytest.mark.filterwarnings("ignore::kolloc.exceptions.ShortTextWarning")
def test_an_empty_document_has_no_value_in_any_measure():
    for counts in (tokens(), tokens().dtm()):
        values = counts.lexical_diversity("all").iloc[3].drop(["document", "n_tokens", "n_types"])
        assert values.isna().all()


def test_nothing_has_no_rows():
    empty = kolloc.Corpus([]).tokens()
    assert len(empty.lexical_diversity("all")) == len(empty.dtm().lexical_diversity("all")) == 0


def test_what_is_not_allowed_is_said():
    with pytest.raises(ParameterError, match="measures must be one of .* did you mean 'mtld'"):
        tokens().lexical_diversity("mtlt")
    with pytest.raises(ParameterError, match="measures must be one of"):
        tokens().dtm().lexical_diversity("mattr")
    with pytest.raises(ParameterError, match="window must be an integer of at least 1, got 0"):
        tokens().lexical_diversity(window=0)
    with pytest.raises(InputTypeError, match="sample must be an integer"):
        tokens().lexical_diversity(sample=1.5)
    with pytest.raises(ParameterError, match="log_base must be a number above 1, got 1"):
        tokens().lexical_diversity(log_base=1)
    with pytest.raises(ParameterError, match="closed must be one of 'lt', 'le'"):
        tokens().lexical_diversity(closed="lte")
    with pytest.raises(ParameterError, match="by must be one of the columns 'outlet'"):
        tokens().lexical_diversity(by="outlets")


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
@pytest.mark.filterwarnings("ignore::kolloc.exceptions.ShortTextWarning")
def test_results_are_the_same_for_any_number_of_threads():
    rng = np.random.default_rng(4)
    texts = [" ".join(f"w{i}" for i in rng.zipf(1.3, size) % 3000) for size in rng.integers(0, 300, 500)]
    many = kolloc.Corpus(texts).tokens()
    for found in (many.lexical_diversity, many.dtm().lexical_diversity):
        tables = [found("all", n_threads=n).drop(columns="document").to_numpy(float) for n in (1, 2, 8)]
        assert tables[0].tobytes() == tables[1].tobytes() == tables[2].tobytes()
