"""What the search for duplicates refuses, and frames of every kind."""

import math

import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

STORY = "The ferry to the northern islands sank in calm weather on Monday and all forty were saved by fishermen"
ROWS = {
    "text": [STORY, f"{STORY} today, it said", STORY.upper(), "x"],
    "date": ["2020-01-01", None, "2020-03-01", "2020-01-02"],
    "outlet": ["a", "b", None, "a"],
}


@pytest.fixture
def corpus():
    return kolloc.Corpus(kolloc._interop.frame_from_columns(ROWS), text="text")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"date": "dat"}, "date must be one of the columns 'date', 'outlet', got 'dat'; did you mean 'date'?"),
        ({"source": "outlets"}, "source must be one of the columns 'date', 'outlet', got 'outlets'; did you mean"),
        ({"window": "30D"}, "date must be a column, since window needs it, got None"),
        ({"group": "across"}, "source must be a column, since group needs it, got None"),
        ({"group": "acros", "source": "outlet"}, "group must be one of 'within', 'across', got 'acros'; did you mean"),
        ({"window": "30X", "date": "date"}, "window must be a span of time such as '30D'"),
        ({"window": "-3D", "date": "date"}, "window must be a span of time such as '30D'"),
        ({"floor": 0.5}, "revised must be at least the floor of the search, 0.5, got 0.4"),
        ({"near": 0.3}, "near must be at least the floor of the search, 0.4, got 0.3"),
        ({"near": 1.5}, "near must be above 0 and at most 1, got 1.5"),
        ({"near": math.nan}, "near must be a number above 0 and at most 1, got nan"),
        ({"shingle": 1}, "shingle must be 2 to 32, got 1"),
        ({"max_df": 1}, "max_df must be 2 to"),
        ({"passage": 3}, "passage must be 4 to 10000, got 3"),
        ({"cohesion": 0}, "cohesion must be above 0 and at most 1, got 0"),
        ({"short_run": 10**12}, "short_run must be an integer of at least 1 and at most 4294967295"),
        ({"date": "outlet"}, "date must name a column of dates"),
    ],
    ids=str,
)
def test_options_that_are_not_allowed_are_named_with_what_is(corpus, options, message):
    with pytest.raises(ParameterError) as error:
        corpus.duplicates(**options)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("options", [{"near": "x"}, {"near": True}, {"passage": 2.5}, {"join_revised": 1}], ids=str)
def test_options_of_the_wrong_type_are_refused(corpus, options):
    with pytest.raises(InputTypeError, match=f"{next(iter(options))} must be"):
        corpus.duplicates(**options)


def test_thresholds_below_those_of_the_search_are_refused(corpus):
    duplicates = corpus.duplicates()
    with pytest.raises(ParameterError, match="passage must be at least the passage of the search, 12, got 6"):
        duplicates.rethreshold(passage=6)
    with pytest.raises(ParameterError, match="near must be at least the floor of the search"):
        duplicates.rethreshold(near=0.3)
    assert duplicates.rethreshold(passage=20).n_pairs == duplicates.n_pairs == 3


def test_without_passages_only_texts_akin_as_wholes_are_found():
    quote = "nobody in the whole of the province has ever seen so much snow in one night"
    rest = [" ".join(f"{word}{number}" for number in range(60)) for word in ("trade", "talks")]
    corpus = kolloc.Corpus([STORY, f"{STORY} today", f"{rest[0]} {quote}", f"{rest[1]} {quote}"])
    everything, wholes = corpus.duplicates(), corpus.duplicates(passage=None)
    assert (everything.n_pairs, wholes.n_pairs) == (2, 1)
    assert everything.rethreshold(passage=None).n_pairs == 1
    assert wholes.provenance["steps"][-1]["parameters"]["passage"] is None
    assert "1 of" not in str(wholes.explain(2, 3))
    with pytest.raises(ParameterError, match="passage must be None, since passages were not searched for, got 12"):
        wholes.rethreshold(passage=12)


def test_missing_dates_and_sources_are_in_no_pair_that_asks_for_them(corpus):
    assert corpus.duplicates(date="date", window="30D").n_pairs == 0
    assert corpus.duplicates(date="date", window="90D").n_pairs == 1
    assert corpus.duplicates(source="outlet", group="across").n_pairs == 1
    assert corpus.duplicates(source="outlet", group="within").n_pairs == 0


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_frames_are_of_the_caller_s_kind(kind):
    library = pytest.importorskip(kind)
    frame = library.table(ROWS) if kind == "pyarrow" else library.DataFrame(ROWS)
    duplicates = kolloc.Corpus(frame, text="text").duplicates(date="date", source="outlet")
    pairs = duplicates.pairs
    for table in (pairs, duplicates.spans, duplicates.clusters, duplicates.overlap(pairs), duplicates.overlap([])):
        assert type(table) is type(frame)
    assert len(duplicates.overlap(pairs, n=2)) == len(pairs) == 3


def test_overlap_counts_words_and_runs_of_any_two_documents():
    corpus = kolloc.Corpus({"a": "one two three four", "b": "four one two three", "c": "", "d": "北京会谈"})
    frame = corpus.duplicates(furniture="keep").overlap([("a", "b"), ("b", "c"), ("d", "d")], n=[1, 3])
    assert frame["n"].tolist() == [1, 1, 1, 3, 3, 3]
    assert frame["shared"].tolist() == [4, 0, 3, 1, 0, 1]
    assert frame["size_a"].tolist() == [4, 4, 3, 2, 2, 1]
    assert frame["containment_b"].tolist() == [1, 0, 1, 0.5, 0, 1]
    assert frame["jaccard"].tolist() == [1, 0, 1, 1 / 3, 0, 1]


@pytest.mark.parametrize(
    ("pairs", "n", "error", "message"),
    [
        ([("a", "x")], 1, KeyError, "no document is named 'x'"),
        (["ab"], 1, InputTypeError, "pairs must hold two names each, got 'ab'"),
        ([("a",)], 1, InputTypeError, "pairs must hold two names each"),
        ([(0, 1)], 1, InputTypeError, "pairs must hold two names each"),
        ([("a", "b")], 6, ParameterError, "n must be an integer of at least 1 and at most 5, got 6"),
        ([("a", "b")], "3", InputTypeError, "n must be an integer of at least 1 and at most 5, got '3'"),
    ],
)
def test_overlap_refuses_what_are_no_pairs(pairs, n, error, message):
    duplicates = kolloc.Corpus({"a": STORY, "b": STORY}).duplicates()
    with pytest.raises(error, match=message):
        duplicates.overlap(pairs, n=n)
