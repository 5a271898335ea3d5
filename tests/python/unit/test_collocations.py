"""Options and frames of `Tokens.collocations`."""

import numpy as np
import polars as pl
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError, UndefinedWarning

TEXTS = ["peace talks resume in seoul", "peace talks fail in seoul", "trade talks resume"]


@pytest.fixture(scope="module")
def tokens():
    return kolloc.Corpus(TEXTS).tokens()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 1}, "size must be an integer of at least 2 and at most 5, got 1"),
        ({"size": (2, 6)}, "size must be an integer of at least 2 and at most 5, got 6"),
        ({"min_count": 0}, "min_count must be an integer of at least 1 and at most 4294967295, got 0"),
        ({"smoothing": -1}, "smoothing must be finite and at least 0, got -1"),
        ({"within": "page"}, "within must be one of"),
        ({"adjust": "fdr"}, "adjust must be one of"),
        ({"measures": ["lambda"]}, "measures must be one of"),
        ({"measure": "npm"}, "did you mean 'npmi'?"),
        ({"size": (2, 3), "measures": ["mi"]}, "size must be 2 for association measures"),
        ({"size": 3, "measure": "mi"}, "size must be 2 for association measures, got [3] with 'mi'"),
        ({"n_threads": 0}, "n_threads must be 1 to 1024"),
    ],
)
def test_what_is_not_allowed_is_said(tokens, options, message):
    with pytest.raises(ParameterError) as caught:
        tokens.collocations(**options)
    assert message in str(caught.value)


@pytest.mark.parametrize("size", ["2", 2.0, (), None])
def test_sizes_of_another_kind_are_refused(tokens, size):
    with pytest.raises(InputTypeError, match="size must be"):
        tokens.collocations(size)


@pytest.mark.parametrize("lists", [[], [[]], [[None, None]], [["a"]], [["a", None, "b"]]])
def test_without_an_n_gram_the_frame_is_empty_and_typed(lists):
    frame = kolloc.Tokens.from_lists(lists).collocations(range(2, 6), min_count=1)
    columns = ["collocation", "count", "count_nested", "length", "lambda", "z", "p", "neg_log10_p", "q"]
    assert (list(frame.columns), len(frame)) == (columns, 0)
    assert [str(frame[name].dtype) for name in columns[1:]] == ["int64"] * 3 + ["float64"] * 5


def test_the_order_follows_the_measure(tokens):
    by_count = tokens.collocations(min_count=1, measure="count")
    assert by_count["count"].is_monotonic_decreasing
    # Equal counts stand by first appearance.
    assert by_count["collocation"].tolist()[:3] == ["peace talks", "talks resume", "in seoul"]
    by_mi = tokens.collocations(min_count=1, measure="mi", measures=["log_dice"])
    assert list(by_mi.columns[-2:]) == ["log_dice", "mi"]
    assert by_mi["mi"].is_monotonic_decreasing
    assert tokens.collocations(measure="lambda")["lambda"].is_monotonic_decreasing


def test_the_top_keeps_the_q_of_the_whole_list(tokens):
    whole, top = tokens.collocations(min_count=1), tokens.collocations(min_count=1, top=2)
    assert top.equals(whole.head(2))
    assert whole["q"].to_numpy() == pytest.approx(kolloc.adjust_p(whole["p"]))
    by_holm = tokens.collocations(min_count=1, adjust="holm")
    assert by_holm["q"].to_numpy() == pytest.approx(kolloc.adjust_p(whole["p"], "holm"))


def test_an_empty_cell_without_smoothing_is_undefined(tokens):
    with pytest.warns(UndefinedWarning, match=r"lambda, z in \d of \d cells \(a cell of the table is empty"):
        frame = tokens.collocations(smoothing=0)
    assert frame["lambda"].isna().any()


def test_weighted_documents_give_no_significance(tokens):
    frame = tokens.weigh([0.5, 0.5, 1]).collocations(min_count=2)
    assert list(frame.columns) == ["collocation", "count", "count_nested", "length", "lambda", "z"]
    assert dict(zip(frame["collocation"], frame["count"], strict=True))["talks resume"] == 1.5


def test_the_concatenator_and_the_kind_of_frame_are_kept():
    frame = pl.DataFrame({"text": TEXTS, "page": [1, 2, 3]})
    tokens = kolloc.Corpus(frame, text="text").tokens()
    found = tokens.collocations(concatenator="_")
    assert isinstance(found, pl.DataFrame)
    assert "peace_talks" in found["collocation"].to_list()


def test_the_number_of_threads_changes_nothing():
    rng = np.random.default_rng(1)
    words = np.array([f"w{i}" for i in range(300)])
    ranks = np.minimum(rng.zipf(1.3, size=200_000) - 1, 299)
    tokens = kolloc.Tokens.from_lists([part.tolist() for part in np.array_split(words[ranks], 500)])
    frames = [tokens.collocations((2, 3, 4), min_count=3, n_threads=n) for n in (1, 2, 8)]
    assert len(frames[0]) > 10_000
    assert all(frame.equals(frames[0]) for frame in frames[1:])
