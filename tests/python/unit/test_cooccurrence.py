"""The co-occurrence table as an object: arrays, edges, collocates, errors, reprs."""

import math
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import kolloc
from kolloc.cooccurrence import MEASURES
from kolloc.exceptions import InputTypeError, ParameterError, TooLargeError

TEXTS = ["a a a b b c", "a a c e", "a c e f g"]


@pytest.fixture
def tokens():
    return kolloc.Corpus(TEXTS).tokens()


def _rows(frame):
    return [tuple(row) for row in zip(*(list(frame[name]) for name in frame.columns), strict=True)]


def test_terms_stand_by_falling_frequency(tokens):
    table = tokens.cooccurrence(window=2)
    assert table.terms == table.row_terms == ["a", "c", "b", "e", "f", "g"]
    assert table.frequencies.tolist() == [6, 3, 2, 2, 1, 1]
    assert (table.shape, table.nnz) == ((6, 6), 11)


def test_margins_run_over_all_terms(tokens):
    table = tokens.cooccurrence(window=2)
    assert table.row_margins.tolist() == table.column_margins.tolist() == [16, 8, 7, 6, 3, 2]
    assert (table.n, table.n_pairs) == (42, 21)
    few = tokens.cooccurrence(window=2, min_count=3)
    assert few.terms == ["a", "c"]
    assert few.row_margins.tolist() == [16, 8]
    assert (few.n, few.n_pairs) == (42, 21)


def test_symmetric_tables_hold_the_upper_triangle(tokens):
    table = tokens.cooccurrence(window=2)
    upper, full = table.to_scipy(), table.to_scipy("full")
    assert isinstance(upper, sparse.csr_array)
    assert (sparse.tril(upper, k=-1)).nnz == 0
    assert (full != full.T).nnz == 0
    assert (sparse.triu(full) != upper).nnz == 0
    for ordered in (tokens.cooccurrence(window=2, ordered=True), tokens.cooccurrence(window=(0, 2))):
        assert (ordered.to_scipy() != ordered.to_scipy("full")).nnz == 0
    with pytest.raises(ParameterError, match="shape must be one of 'upper', 'full', got 'ful'; did you mean 'full'"):
        table.to_scipy("ful")


@pytest.mark.parametrize(("count", "dtype"), [("frequency", np.int32), ("boolean", np.int32), ("weighted", np.float64)])
def test_scipy_arrays_are_canonical_and_share_memory(tokens, count, dtype):
    table = tokens.cooccurrence(count=count)
    one, other = table.to_scipy(), table.to_scipy()
    assert one.dtype == dtype
    assert one.indices.dtype == one.indptr.dtype == np.int32
    assert sparse.csr_array((one.data, one.indices, one.indptr), shape=one.shape).has_canonical_format
    assert np.shares_memory(one.data, other.data)
    assert np.shares_memory(one.indices, other.indices)
    with pytest.raises(ValueError, match="read-only"):
        one.data[0] = 1
    full = table.to_scipy("full")
    assert full.has_canonical_format
    assert full.dtype == dtype


def test_arrays_of_margins_cannot_be_written(tokens):
    table = tokens.cooccurrence()
    for array in (table.row_margins, table.column_margins, table.frequencies):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_edges_are_the_strongest_pairs(tokens):
    table = tokens.cooccurrence(window=2)
    assert _rows(table.edges(top=3)) == [("a", "a", 4), ("a", "c", 3), ("a", "b", 3)]
    assert _rows(table.edges(min_count=3)) == _rows(table.edges(top=3))
    assert len(table.edges()) == 11
    assert len(table.edges(top=0)) == 0
    frame = table.edges(top=2, measures=["mi", "log_dice"])
    assert list(frame.columns) == ["term_1", "term_2", "count", "mi", "log_dice"]
    assert frame["mi"][1] == pytest.approx(math.log2(3 / (16 * 8 / 42)))
    assert frame["count"].dtype == np.int64
    with pytest.raises(ParameterError, match="top must be an integer of at least 0"):
        table.edges(top=-1)
    with pytest.raises(ParameterError, match="measures must be one of .*; did you mean 'log_dice'"):
        table.edges(measures=["logdice"])
    for call in (table.edges, lambda **options: table.collocates("a", **options)):
        with pytest.raises(InputTypeError, match="measures must be an iterable of str, got a single str"):
            call(measures="mi")


def test_edges_of_weights_are_all_there(tokens):
    table = tokens.cooccurrence(window=2, count="weighted")
    assert len(table.edges()) == 11
    assert table.edges(top=1)["count"].tolist() == [3.5]
    assert table.edges()["count"].min() == 0.5


def test_collocates_are_ranked_by_the_measure_asked_for(tokens):
    table = tokens.cooccurrence(window=2)
    frame = table.collocates("a")
    assert list(frame.columns) == ["collocate", "observed", "expected", "mi", "npmi", "log_dice", "g2"]
    assert list(frame["collocate"]) == ["a", "b", "c", "e"]
    assert frame["observed"].tolist() == [8, 3, 3, 2]
    assert frame["expected"].tolist() == pytest.approx([16 * 16 / 42, 16 * 7 / 42, 16 * 8 / 42, 16 * 6 / 42])
    assert frame["log_dice"][2] == pytest.approx(12)
    by_mi = table.collocates("a", 2, measure="mi", measures=[])
    assert list(by_mi.columns) == ["collocate", "observed", "expected"]
    assert list(by_mi["collocate"]) == ["a", "b"]
    assert list(table.collocates("a", min_count=3)["collocate"]) == ["a", "b", "c"]
    assert len(table.collocates("a", 0)) == 0
    everything = table.collocates("a", None, measures=MEASURES)
    assert set(everything.columns) == {"collocate", *MEASURES}


def test_arguments_of_collocates_and_edges_are_checked(tokens):
    table = tokens.cooccurrence()
    with pytest.raises(InputTypeError, match="node must be a str, got 1"):
        table.collocates(1)
    with pytest.raises(InputTypeError, match="n must be an integer of at least 0, got '2'"):
        table.collocates("a", "2")
    with pytest.raises(ParameterError, match="n must be an integer of at least 0, got -1"):
        table.collocates("a", -1)
    for call in (table.edges, lambda **options: table.collocates("a", **options)):
        with pytest.raises(InputTypeError, match="min_count must be a number, got '2'"):
            call(min_count="2")
        with pytest.raises(ParameterError, match="min_count must be a number, got nan"):
            call(min_count=math.nan)


def test_a_cell_beyond_its_type_is_refused():
    tokens = kolloc.Tokens.from_lists([["a"] * 100_000])
    with pytest.raises(TooLargeError, match="too large: 4999950000, the limit is 4294967295"):
        tokens.cooccurrence(context="document")


def test_tests_of_significance_are_left_out_of_weighted_tables(tokens):
    frame = tokens.cooccurrence(count="weighted").collocates("a", measures=["mi", "t", "g2", "simple_ll", "npmi"])
    assert list(frame.columns[3:]) == ["mi", "npmi"]


def test_an_unknown_node_is_refused_with_the_reason(tokens):
    table = kolloc.Corpus(["korea talks korea talks", "trade"]).tokens().cooccurrence(min_count=2)
    with pytest.raises(KeyError, match="'koraa' does not occur; did you mean 'korea'"):
        table.collocates("koraa")
    with pytest.raises(KeyError, match="'trade' occurs less often than min_count"):
        table.collocates("trade")
    with pytest.raises(KeyError, match="'c' is not among the nodes"):
        tokens.cooccurrence(nodes=["a"]).collocates("c")
    with pytest.raises(KeyError, match="'z' does not occur"):
        tokens.cooccurrence(nodes=["z"])


def test_nodes_get_full_rows_in_the_given_order(tokens):
    table = tokens.cooccurrence(window=2, nodes=["e", "a"])
    whole = tokens.cooccurrence(window=2)
    assert (table.shape, table.row_terms, table.terms) == ((2, 6), ["e", "a"], whole.terms)
    assert table.to_scipy().toarray().tolist() == whole.to_scipy("full").toarray()[[3, 0]].tolist()
    assert table.row_margins.tolist() == [6, 16]
    assert table.collocates("e").equals(whole.collocates("e"))
    assert tokens.cooccurrence(nodes="a", window=2).row_terms == ["a"]
    assert tokens.cooccurrence(nodes=[]).shape == (0, 6)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"context": "windows"},
            ParameterError,
            "context must be one of 'window', 'document', 'paragraph', 'sentence'",
        ),
        ({"context": "sentences"}, ParameterError, "did you mean 'sentence'?"),
        ({"within": "word"}, ParameterError, "within must be one of 'document', 'paragraph', 'sentence', got 'word'"),
        ({"count": "bool"}, ParameterError, "did you mean 'boolean'?"),
        ({"diagonal": "twise"}, ParameterError, "did you mean 'twice'?"),
        ({"margins": "surfaces"}, ParameterError, "did you mean 'surface'?"),
        ({"window": 0}, ParameterError, "window must be an integer of at least 1"),
        ({"window": (0, 0)}, ParameterError, "window must be at least 1 on one side, got 0"),
        ({"window": (1, 2, 3)}, InputTypeError, "window must be one integer or two (left, right), got (1, 2, 3)"),
        ({"window": "5"}, InputTypeError, "window must be an integer"),
        ({"window": 2.5}, InputTypeError, "window must be an integer"),
        ({"window": (1, 2), "ordered": True}, ParameterError, "for ordered pairs"),
        ({"min_count": 0}, ParameterError, "min_count must be an integer of at least 1, got 0"),
        ({"weights": [1.0] * 5}, ParameterError, "weights must be None unless counts are weighted"),
        (
            {"count": "weighted", "weights": [1.0]},
            ParameterError,
            "weights must be one number for each distance from 1 to 5",
        ),
        (
            {"count": "weighted", "weights": [1, 0, 1, 1, 1]},
            ParameterError,
            "weights must be finite and above 0, got 0",
        ),
        ({"count": "weighted", "context": "document"}, ParameterError, "count must be frequency or boolean outside"),
        ({"count": "boolean", "margins": "pairs"}, ParameterError, "margins must be textual with boolean counts"),
        ({"margins": "textual"}, ParameterError, "margins must be pairs or surface unless counts are boolean"),
        ({"nodes": ["a", "a"]}, ParameterError, "nodes"),
        ({"n_threads": 0}, ParameterError, "n_threads must be 1 to 1024"),
        ({"ordered": 1}, InputTypeError, "ordered must be True or False"),
        ({"count": "weighted", "weights": "12345"}, InputTypeError, "weights"),
        ({"count": "weighted", "weights": 3}, InputTypeError, "weights"),
        (
            {"count": "weighted", "weights": [math.nan] * 5},
            ParameterError,
            "weights must be finite and above 0, got nan",
        ),
        (
            {"count": "weighted", "weights": []},
            InputTypeError,
            "weights must be numbers, one for each distance, got []",
        ),
        ({"nodes": [1]}, InputTypeError, "nodes must be an iterable of str, got one with 1"),
        ({"nodes": ["\ud800"]}, ParameterError, "nodes must be text without lone surrogates"),
        ({"min_count": 2**70}, ParameterError, "min_count must be an integer of at least 1 and at most"),
        ({"window": 2**40}, ParameterError, "window must be an integer of at least 1 and at most"),
    ],
)
def test_an_option_with_a_wrong_value_is_named_with_what_is_allowed(tokens, options, error, message):
    with pytest.raises(error) as caught:
        tokens.cooccurrence(**options)
    assert message in str(caught.value)


def test_a_table_never_changes(tokens):
    table = tokens.cooccurrence()
    with pytest.raises(AttributeError, match="immutable"):
        table.n = 3
    with pytest.raises(AttributeError, match="immutable"):
        del table._options
    table.terms.clear()
    assert len(table.terms) == 6
    with pytest.raises(TypeError):
        hash(table)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"count": "weighted", "window": 2, "weights": [2.0, 1.0]},
        {"count": "boolean", "context": "sentence"},
        {"nodes": ["e", "a"], "min_count": 2},
        {"ordered": True},
        {"margins": "surface", "window": (1, 0)},
    ],
)
def test_pickling_keeps_everything(tokens, options):
    table = tokens.cooccurrence(**options)
    again = pickle.loads(pickle.dumps(table))
    assert again == table
    assert repr(again) == repr(table)
    assert again.provenance == table.provenance
    assert again.collocates("a").equals(table.collocates("a"))
    assert again.edges(measures=["mi"]).equals(table.edges(measures=["mi"]))


@pytest.mark.timeout(120)
def test_a_table_goes_to_a_spawned_process(tokens):
    table = tokens.cooccurrence()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(table.collocates, "a").result().equals(table.collocates("a"))


def test_equality_looks_at_cells_terms_and_options(tokens):
    assert tokens.cooccurrence() == tokens.cooccurrence(n_threads=1)
    assert tokens.cooccurrence() != tokens.cooccurrence(window=2)
    assert tokens.cooccurrence() != tokens.cooccurrence(diagonal="twice")
    assert (
        tokens.cooccurrence() != kolloc.Corpus([text.upper() for text in TEXTS]).tokens(lowercase=False).cooccurrence()
    )
    assert tokens.cooccurrence() != 1


def test_the_repr_shows_the_largest_cells(tokens):
    assert repr(tokens.cooccurrence(window=2)) == (
        "<Cooccurrence: 6 terms, 11 pairs of terms, 21 pairs of positions, window 2 within document, frequency>\n"
        "a  a  4\na  c  3\na  b  3\na  e  2\nc  b  2\n... 6 more"
    )
    weighted = tokens.cooccurrence(window=(0, 2), count="weighted", nodes=["g"])
    assert repr(weighted).splitlines()[0].endswith(", window 0 left, 2 right within document, weighted>")
    assert "<Cooccurrence: 1 node × 6 terms, " in repr(weighted)
    assert ", same sentence, boolean" in repr(tokens.cooccurrence(context="sentence", count="boolean"))
    assert ", ordered>" in repr(tokens.cooccurrence(ordered=True))


def test_html_is_escaped():
    html = kolloc.Corpus(["<b> & <b>"]).tokens(segmenter="whitespace").cooccurrence()._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_frames_are_of_the_kind_of_the_data():
    polars = pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    data = {"text": TEXTS, "year": [1, 2, 3]}
    kinds = {
        polars.DataFrame: polars.DataFrame(data),
        pyarrow.Table: pyarrow.table(data),
        pd.DataFrame: pd.DataFrame(data),
    }
    for kind, frame in kinds.items():
        table = kolloc.Corpus(frame, text="text").tokens().cooccurrence()
        again = pickle.loads(pickle.dumps(table))
        for found in (table.edges(), table.collocates("a"), again.edges(), again.collocates("a")):
            assert isinstance(found, kind)


def test_an_empty_table_still_answers():
    for lists in ([], [[]], [[None, None]], [["a"]]):
        table = kolloc.Tokens.from_lists(lists).cooccurrence()
        assert (table.nnz, table.n, table.n_pairs) == (0, 0, 0)
        assert len(table.edges(measures=["mi"])) == 0
        assert pickle.loads(pickle.dumps(table)) == table
        assert table.to_scipy("full").shape == table.shape
        assert "0 pairs of terms" in repr(table)
    assert len(table.collocates("a")) == 0
