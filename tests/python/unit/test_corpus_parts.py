"""Parts of a corpus: rows, masks, conditions, samples, groups; names and metadata go along."""

import re

import numpy as np
import pytest

from kolloc import Corpus
from kolloc.exceptions import InputTypeError, ParameterError

nw = pytest.importorskip("narwhals")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

COLUMNS = {
    "text": ["a", "b", "c", "d", "e"],
    "outlet": ["Post", "Herald", None, "Post", "Herald"],
    "year": [1990, 1991, 1992, 1993, 1994],
}
FRAMES = {
    "pandas": lambda: pd.DataFrame(COLUMNS, index=list("vwxyz")),
    "polars": lambda: pl.DataFrame(COLUMNS),
    "pyarrow": lambda: pa.table(COLUMNS),
}


@pytest.fixture(params=FRAMES)
def corpus(request):
    return Corpus(FRAMES[request.param](), text="text")


def texts(corpus):
    """The texts, after a check that names and metadata still belong to them."""
    years = nw.from_native(corpus.metadata)["year"].to_list()
    rows = [COLUMNS["year"].index(year) for year in years]
    assert list(corpus) == [COLUMNS["text"][row] for row in rows]
    assert list(corpus.names) in ([list("vwxyz")[row] for row in rows], [str(row) for row in rows])
    return "".join(corpus)


def test_rows(corpus):
    assert (corpus[0], corpus[-1], corpus[np.int64(2)]) == ("a", "e", "c")
    assert texts(corpus[1:3]) == "bc"
    assert texts(corpus[::-2]) == "eca"
    assert texts(corpus[[3, -5]]) == "da"
    assert texts(corpus[np.array([4, 0])]) == "ea"
    assert texts(corpus[[True, False, False, True, False]]) == "ad"
    assert texts(corpus[[]]) == ""
    assert texts(corpus.head(2)) == "ab"
    assert texts(corpus.head(99)) == "abcde"
    assert texts(corpus[1:][[1, 0]][1:]) == "b"


def test_rows_that_are_not_there(corpus):
    for row in (5, -6):
        with pytest.raises(IndexError, match=f"^row {row} is out of range for 5 documents$"):
            corpus[row]
        with pytest.raises(IndexError, match=f"^row {row} is out of range"):
            corpus[[0, row]]
    with pytest.raises(ParameterError, match="^rows must be distinct"):
        corpus[[1, 1]]
    with pytest.raises(InputTypeError, match=re.escape("use corpus.text('w')")):
        corpus["w"]
    with pytest.raises(InputTypeError, match=r"^row must be an integer"):
        corpus[[1.5]]
    with pytest.raises(InputTypeError, match=r"^rows must be given by booleans or integers, got None"):
        corpus[None]


def test_texts_by_name():
    corpus = Corpus(["a", "b"], names=["peace-talks", "markets"])
    assert corpus.text("markets") == "b"
    assert corpus.text(0) == "a"
    assert corpus[1:].text("markets") == "b"
    with pytest.raises(KeyError, match="no document is named 'market'; did you mean 'markets'"):
        corpus.text("market")
    with pytest.raises(KeyError, match="no document is named 'markets'"):
        corpus[:1].text("markets")
    rows = Corpus(["a", "b", "c"])[1:]
    assert rows.text("2") == "c"
    large = Corpus(["a", "b"], names=np.array([2**63 - 1, -5]))
    assert (large.text(str(2**63 - 1)), large.text("-5")) == ("a", "b")
    for name in ("0", "02", " 2", "2.0", str(2**64), "two"):
        with pytest.raises(KeyError, match="no document is named"):
            rows.text(name)


def test_filter_by_expression_function_and_mask(corpus):
    assert texts(corpus.filter(nw.col("year") > 1991)) == "cde"
    assert texts(corpus.filter(nw.col("outlet") == "Post")) == "ad"
    assert texts(corpus.filter(lambda frame: [year % 2 == 0 for year in nw.from_native(frame)["year"]])) == "ace"
    assert texts(corpus.filter([True, None, False, np.True_, float("nan")])) == "ad"
    assert texts(corpus.filter(np.array([True, False, False, False, True]))) == "ae"
    assert texts(corpus.filter(pl.Series([True, None, False, False, False]))) == "a"
    assert texts(corpus.filter(pa.array([True, None, False, False, False]))) == "a"


def test_filter_by_what_the_frame_offers():
    frame = FRAMES["pandas"]()
    corpus = Corpus(frame, text="text")
    assert texts(corpus.filter(frame["year"] > 1992)) == "de"
    assert texts(corpus.filter(lambda frame: frame.year > 1992)) == "de"
    assert texts(corpus.filter((frame["outlet"] == "Post").astype("boolean"))) == "ad"
    with pytest.raises(ParameterError, match="^mask must have the index of the metadata"):
        corpus.filter((frame["year"] > 1992).reset_index(drop=True))
    with pytest.raises(InputTypeError, match="^a polars expression needs polars metadata"):
        corpus.filter(pl.col("year") > 1992)
    assert texts(Corpus(FRAMES["polars"](), text="text").filter(pl.col("year") > 1992)) == "de"


def test_masks_are_checked(corpus):
    with pytest.raises(ParameterError, match="^mask must have one value for each of 5 documents, got 1$"):
        corpus.filter([True])
    with pytest.raises(InputTypeError, match="^mask must hold booleans, got 1$"):
        corpus.filter([1, 0, 0, 0, 0])
    with pytest.raises(InputTypeError, match="^an expression needs metadata, and there are none"):
        Corpus(["a"]).filter(nw.col("year") > 1)


def test_where(corpus):
    assert texts(corpus.where(outlet="Post")) == "ad"
    assert texts(corpus.where(outlet=["Post", "Herald"], year=[1990, 1994])) == "ae"
    assert texts(corpus.where(outlet=None)) == "c"
    assert texts(corpus.where(outlet=["Herald", None])) == "bce"
    assert texts(corpus.where(outlet="Tribune")) == ""
    assert texts(corpus.where()) == "abcde"
    with pytest.raises(
        ParameterError, match="^where must be one of the columns 'outlet', 'year', got 'Outlet'; did you m"
    ):
        corpus.where(Outlet="Post")
    with pytest.raises(ParameterError, match="^where must be a column, but there is none, got 'outlet'$"):
        Corpus(["a"]).where(outlet="Post")


def test_a_sample_depends_on_its_seed_alone(corpus):
    sample = corpus.sample(3, seed=1)
    assert texts(sample) == texts(corpus.sample(3, seed=1))
    assert sorted(sample) == list(sample)
    assert len({texts(corpus.sample(3, seed=seed)) for seed in range(20)}) > 3
    assert texts(corpus.sample(5)) == "abcde"
    with pytest.raises(ParameterError, match="^n must be an integer of at least 0 and at most 5, got 6$"):
        corpus.sample(6)


def test_groups_come_in_order_of_first_appearance(corpus):
    groups = corpus.group("outlet")
    assert {value: texts(part) for value, part in groups.items()} == {"Post": "ad", "Herald": "be", None: "c"}
    assert list(groups) == ["Post", "Herald", None]
    with pytest.raises(ParameterError, match="^by must be one of the columns 'outlet', 'year', got 'outlets'"):
        corpus.group("outlets")


def test_groups_of_dates_have_one_group_without():
    frame = pd.DataFrame({"text": ["a", "b", "c"], "date": pd.to_datetime(["2020-01-01", None, None])})
    assert [(str(day), list(part)) for day, part in Corpus(frame).group("date").items()] == [
        ("2020-01-01 00:00:00", ["a"]),
        ("None", ["b", "c"]),
    ]


def test_parts_borrow_the_text(corpus):
    whole = corpus._documents.buffer_addresses()
    for part in (corpus[1:], corpus.head(1), corpus.sample(2), corpus.group("outlet")["Post"]):
        assert part._documents.buffer_addresses() == whole
