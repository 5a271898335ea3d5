"""Values worked out by hand in the specification: some literal, all from its file where that is at hand."""

import json
import math

import numpy as np
import pytest

import kolloc
from kolloc._core import association

T2 = ["a a a b b c", "a a c e", "a c e f g"]

# Cells in the order a b c e f g, upper triangle.
VARIANTS = {
    "document_frequency": ({"context": "document"}, "aa4 ab6 ac6 ae3 af1 ag1 bb1 bc2 ce2 cf1 cg1 ef1 eg1 fg1"),
    "document_boolean": (
        {"context": "document", "count": "boolean"},
        "aa2 ab1 ac3 ae2 af1 ag1 bb1 bc1 ce2 cf1 cg1 ef1 eg1 fg1",
    ),
    "window2_frequency_diag_twice": (
        {"window": 2, "diagonal": "twice"},
        "aa8 ab3 ac3 ae2 bb2 bc2 ce2 cf1 ef1 eg1 fg1",
    ),
    "window2_boolean_diag_twice": (
        {"window": 2, "count": "boolean", "diagonal": "twice"},
        "aa4 ab1 ac2 ae2 bb2 bc1 ce2 cf1 ef1 eg1 fg1",
    ),
    "window2_weighted_diag_twice": (
        {"window": 2, "count": "weighted", "diagonal": "twice"},
        "aa7 ab2 ac2.5 ae1 bb2 bc1.5 ce2 cf.5 ef1 eg.5 fg1",
    ),
    "window2_frequency_ordered": ({"window": 2, "ordered": True}, "aa4 ab3 ac3 ae2 bb1 bc2 ce2 cf1 ef1 eg1 fg1"),
    "window2_frequency": ({"window": 2}, "aa4 ab3 ac3 ae2 bb1 bc2 ce2 cf1 ef1 eg1 fg1"),
    "window2_boolean": ({"window": 2, "count": "boolean"}, "aa2 ab1 ac2 ae2 bb1 bc1 ce2 cf1 ef1 eg1 fg1"),
    "window2_weighted": ({"window": 2, "count": "weighted"}, "aa3.5 ab2 ac2.5 ae1 bb1 bc1.5 ce2 cf.5 ef1 eg.5 fg1"),
}


def _table(texts, **options):
    return kolloc.Corpus(texts).tokens(lowercase=False).cooccurrence(**options)


def _cells(table):
    """Non-zero cells by the two terms, alphabetically within a pair unless the table is directed."""
    edges = table.edges()
    directed = table.to_scipy().nnz == table.to_scipy("full").nnz and "ordered" in repr(table)
    rows = zip(edges["term_1"], edges["term_2"], edges["count"], strict=True)
    return {(one + other if directed else "".join(sorted(one + other))): count for one, other, count in rows}


@pytest.mark.parametrize("name", VARIANTS)
def test_cells_of_the_worked_example(name):
    options, listed = VARIANTS[name]
    assert _cells(_table(T2, **options)) == {cell[:2]: float(cell[2:]) for cell in listed.split()}


def test_cells_of_the_worked_example_in_the_file(golden):
    block = golden["extra"]["cooccurrence"]
    assert block["docs"] == T2
    for name, (options, _) in VARIANTS.items():
        assert _cells(_table(T2, **options)) == block[name], name


def test_weights_fall_with_the_distance(golden):
    text = "A D A C E A D F E B A C E D"
    found = _cells(_table([text], window=3, count="weighted", diagonal="twice"))
    assert found["AA"] == pytest.approx(1.666667, abs=1e-6)
    expected = golden["extra"]["cooccurrence"]["window3_weighted_ADACEADFEBACED_diag_twice"]
    assert found == pytest.approx(expected, rel=1e-12)


def test_order_and_units_count_apart():
    found = _cells(_table(["a b a b", "b a"], window=2, count="boolean", ordered=True))
    assert found == {"aa": 1, "ab": 1, "ba": 2, "bb": 1}


def test_weights_may_be_given():
    options = {"window": 3, "count": "weighted", "weights": [3, 2, 1], "diagonal": "twice"}
    assert _cells(_table(["a b a b"], **options)) == {"aa": 4, "ab": 10, "bb": 4}


def test_a_removed_word_keeps_its_place():
    for keep_gaps, count in ((False, 2), (True, 1)):
        tokens = kolloc.Corpus(["a the b a"]).tokens(stopwords=["the"], keep_gaps=keep_gaps)
        assert _cells(tokens.cooccurrence(window=1)) == {"ab": count}


def _margins(table):
    return dict(zip(table.row_terms, table.row_margins.tolist(), strict=True))


def test_margins_of_the_worked_example():
    window, document = _table(T2, window=2), _table(T2, context="document")
    assert _margins(window) == {"a": 16, "b": 7, "c": 8, "e": 6, "f": 3, "g": 2}
    assert (window.n, window.n_pairs) == (42, 21)
    assert _margins(document) == {"a": 25, "b": 10, "c": 12, "e": 7, "f": 4, "g": 4}
    assert (document.n, document.n_pairs) == (62, 31)
    ordered = _table(T2, window=2, ordered=True)
    assert _margins(ordered) == {"a": 12, "b": 3, "c": 3, "e": 2, "f": 1, "g": 0}
    right = dict(zip(ordered.terms, ordered.column_margins.tolist(), strict=True))
    assert right == {"a": 4, "b": 4, "c": 5, "e": 4, "f": 2, "g": 2}
    assert ordered.n == ordered.n_pairs == 21
    units = _table(T2, context="document", count="boolean")
    assert _margins(units) == {"a": 3, "b": 1, "c": 3, "e": 2, "f": 1, "g": 1}
    assert units.n == 3


def _row(table, node, collocate, *measures):
    frame = table.collocates(node, None, measures=measures)
    (row,) = [i for i, name in enumerate(frame["collocate"]) if name == collocate]
    return {name: float(frame[name][row]) for name in frame.columns if name != "collocate"}


def test_a_pair_of_the_worked_example():
    row = _row(_table(T2, window=2), "a", "c", "mi", "log_dice")
    assert row == pytest.approx({"observed": 3, "expected": 3.0476190476, "mi": -0.0227200765, "log_dice": 12})


# Observed, R1, C1, N for spans L2R2, L2R0, L0R2.
SURFACE = {
    ("a", "c"): ((2, 6, 3, 9), (0, 0, 3, 9), (2, 6, 3, 9)),
    ("c", "a"): ((3, 8, 6, 12), (3, 5, 6, 12), (0, 3, 6, 12)),
    ("b", "a"): ((2, 3, 6, 13), (2, 2, 6, 13), (0, 1, 6, 13)),
    ("e", "c"): ((2, 6, 3, 13), (2, 4, 3, 13), (0, 2, 3, 13)),
}


@pytest.mark.parametrize(("node", "collocate"), SURFACE)
@pytest.mark.parametrize(("span", "window"), list(enumerate([(2, 2), (2, 0), (0, 2)])))
def test_surface_tables_of_the_worked_example(node, collocate, span, window):
    table = _table(T2, window=window, margins="surface")
    row, column = table.row_terms.index(node), table.terms.index(collocate)
    size = table.n - table.frequencies[table.terms.index(node)]
    found = table.to_scipy("full")[[row], [column]].item(), table.row_margins[row], table.column_margins[column], size
    assert found == SURFACE[node, collocate][span]


def test_surface_tables_are_those_in_the_file(golden):
    block = golden["extra"]["cooccurrence"]["surface"]
    spans = ("L2R2", "L2R0", "L0R2")
    for (node, collocate), tables in SURFACE.items():
        for name, table in zip(spans, tables, strict=True):
            assert tuple(block[f"{node}->{collocate} {name}"].values()) == table


# Names of the file for measures of the same formula.
NAMES = {
    "E11": "expected", "MI": "mi", "MI2": "mi2", "MI3": "mi3", "local_MI": "local_mi", "t": "t", "z": "z",
    "dice": "dice", "logDice": "log_dice", "jaccard": "jaccard", "min_sens": "min_sens", "gmean": "gmean",
    "npmi": "npmi", "G2": "g2", "simple_ll": "simple_ll", "odds_ratio_disc": "log_odds",
    "deltaP_21": "delta_p_2_given_1", "deltaP_12": "delta_p_1_given_2", "log_ratio": "log_ratio",
    "poisson_stirling": "poisson_stirling",
}  # fmt: skip


def _score(measure, *table):
    return association(measure, *(np.array([float(value)]) for value in table))[0]


def test_measures_of_published_pairs():
    # new companies (Manning and Schütze 1999), honorary doctor (Church and Hanks 1990)
    assert _score("mi", 8, 15828, 4675, 14307668) == pytest.approx(0.6293432116)
    assert _score("t", 8, 15828, 4675, 14307668) == pytest.approx(0.9999319895)
    assert _score("mi", 8, 1105, 44, 15_000_000) == pytest.approx(11.269196892)
    assert _score("g2", 10, 10, 13, 31777) == pytest.approx(167.2298039105)
    assert math.isnan(_score("g2", 3, 2, 8, 42))


def test_measures_of_published_pairs_in_the_file(golden):
    for key in ("am_manning_schutze_new_companies", "am_church_hanks"):
        block = golden[key]
        for name, measure in NAMES.items():
            found = _score(measure, block["f"], block["f1"], block["f2"], block["N"])
            assert abs(found - block[name]) <= 1e-6 * max(1, abs(block[name])), (key, name)
    block = golden["am_gries_ofcourse"]
    a, b, c, d = 5610, 168938, 2257, 10233063
    table = (a, a + b, a + c, a + b + c + d)
    assert _score("delta_p_2_given_1", *table) == pytest.approx(block["deltaP_word2_given_word1"], rel=1e-9)
    assert _score("delta_p_1_given_2", *table) == pytest.approx(block["deltaP_word1_given_word2"], rel=1e-9)
    assert _score("g2", 10, 10, 13, 31777) == pytest.approx(golden["am_dunning_table"]["G2"], rel=1e-9)


_BOUNDS = {
    "min_termfreq": "min_count", "max_termfreq": "max_count", "min_docfreq": "min_df", "max_docfreq": "max_df",
    "max_sparsity": "max_sparsity",
}  # fmt: skip


def _bounds(case):
    """Read a case such as ``min_termfreq=5/19 prop`` as arguments."""
    words = case.split()
    if words[:2] == ["top", "rank"]:
        return {"top": int(words[2])}
    options = {"bound_type": words.pop()} if words[-1] in ("prop", "quantile") else {}
    for word in words:
        name, value = word.split("=")
        numerator, _, denominator = value.partition("/")
        number = float(numerator) / float(denominator or 1)
        is_count = "bound_type" not in options and name != "max_sparsity"
        options[_BOUNDS[name]] = int(number) if is_count else number
    return options


def test_trimming_keeps_what_the_file_lists(golden):
    block = golden["extra"]["trim"]
    dtm = kolloc.Corpus(block["docs"]).tokens().dtm()
    frame = dtm.term_frequencies()
    assert dict(zip(frame["term"], frame["cf"], strict=True)) == block["term_freq"]
    assert dict(zip(frame["term"], frame["df"], strict=True)) == block["doc_freq"]
    for case, kept in block["cases"]:
        assert "".join(dtm.trim(**_bounds(case)).terms) == kept, case


def test_document_frequencies_are_those_in_the_file(golden):
    block = golden["extra"]["docfreq"]
    dtm = kolloc.Corpus(block["docs"]).tokens().dtm(order="term")
    assert dtm.terms == block["features"]
    assert (dtm.to_scipy() > 0).sum(axis=0).tolist() == block["count"]


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads(shared("spec/golden.json").read_text("utf-8"))
