"""Co-occurrence against the definition, pair of positions by pair of positions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from reference import naive, strategies

_UNITS = ("document", "paragraph", "sentence")


@st.composite
def _windows(draw, *, ordered):
    right = draw(st.integers(1, 5))
    if ordered:
        return draw(st.sampled_from([right, (0, right), (right, right)]))
    return draw(st.just(right) | st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(any))


@st.composite
def _options(draw):
    ordered = draw(st.booleans())
    count = draw(st.sampled_from(["frequency", "boolean", "weighted"]))
    contexts = ["window"] if count == "weighted" else ["window", *_UNITS]
    options = {
        "context": draw(st.sampled_from(contexts)),
        "count": count,
        "ordered": ordered,
        "diagonal": draw(st.sampled_from(["pairs", "twice", "zero"])),
        "min_count": draw(st.sampled_from([1, 1, 1, 2, 3])),
    }
    if options["context"] == "window":
        options |= {"window": draw(_windows(ordered=ordered)), "within": draw(st.sampled_from(_UNITS))}
        if count == "frequency" and draw(st.booleans()):
            options["margins"] = "surface"
    if count == "weighted" and draw(st.booleans()):
        size = max(_sides(options))
        options["weights"] = draw(st.lists(st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.3]), min_size=size, max_size=size))
    return options


def _sides(options):
    window = options["window"]
    left, right = (window, window) if isinstance(window, int) else window
    return (0 if options["ordered"] else left), right


def _naive(tokens, options):
    unit, window = options["context"], (math.inf, math.inf)
    if unit == "window":
        unit, window = options["within"], _sides(options)
    names = ("count", "weights", "ordered", "diagonal", "margins")
    chosen = {name: options[name] for name in names if name in options}
    return naive.cooccurrence(naive.units_of(tokens, unit), window=window, **chosen)


def _cells(table):
    matrix = table.to_scipy("full").tocoo()
    rows, columns = table.row_terms, table.terms
    found = zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist(), strict=True)
    return {(rows[row], columns[column]): value for row, column, value in found}


def _assert_same(found, expected, *, exactly):
    assert found.keys() == expected.keys()
    if exactly:
        assert found == expected
    else:
        assert all(math.isclose(found[key], expected[key], rel_tol=1e-12) for key in expected)


def _assert_agrees(tokens, options, table):
    expected = _naive(tokens, options)
    exactly = options["count"] != "weighted"
    counts = naive.frequencies(naive.units_of(tokens, "document"))
    columns = [term for term in naive.by_frequency(counts) if counts[term] >= options["min_count"]]
    rows = options.get("nodes") or columns
    assert (table.terms, table.row_terms, table.shape) == (columns, rows, (len(rows), len(columns)))
    assert table.frequencies.tolist() == [counts[term] for term in columns]
    cells = {pair: value for pair, value in expected.cells.items() if pair[0] in rows and pair[1] in columns}
    _assert_same(_cells(table), cells, exactly=exactly)
    row_margins = dict(zip(rows, table.row_margins.tolist(), strict=True))
    column_margins = dict(zip(columns, table.column_margins.tolist(), strict=True))
    _assert_same(row_margins, {term: expected.rows.get(term, 0) for term in rows}, exactly=exactly)
    _assert_same(column_margins, {term: expected.columns.get(term, 0) for term in columns}, exactly=exactly)
    assert math.isclose(table.n, expected.n, rel_tol=0 if exactly else 1e-12)
    assert math.isclose(table.n_pairs, expected.n_pairs, rel_tol=0 if exactly else 1e-12)
    return expected


@settings(max_examples=250, deadline=None)
@given(tokens=strategies.corpora, options=_options())
def test_every_variant_counts_what_its_definition_says(tokens, options):
    table = tokens.cooccurrence(**options)
    _assert_agrees(tokens, options, table)
    is_weighted = options["count"] == "weighted"
    assert table.to_scipy().dtype == (np.float64 if is_weighted else np.int32)


@settings(max_examples=120, deadline=None)
@given(tokens=strategies.corpora.filter(lambda tokens: tokens.n_tokens), options=_options(), data=st.data())
def test_nodes_count_full_rows_in_the_given_order(tokens, options, data):
    nodes = data.draw(st.lists(st.sampled_from(tokens.vocabulary.terms), min_size=1, unique=True))
    options["nodes"] = nodes
    _assert_agrees(tokens, options, tokens.cooccurrence(**options))


@settings(max_examples=50, deadline=None)
@given(tokens=strategies.corpora, options=_options(), n_threads=st.integers(2, 8))
def test_any_number_of_threads_counts_the_same(tokens, options, n_threads):
    assert tokens.cooccurrence(**options, n_threads=n_threads) == tokens.cooccurrence(**options, n_threads=1)


@settings(max_examples=50, deadline=None)
@given(
    tokens=strategies.corpora,
    count=st.sampled_from(["frequency", "boolean"]),
    ordered=st.booleans(),
    unit=st.sampled_from(_UNITS),
)
def test_a_context_is_a_window_wider_than_any_unit(tokens, count, ordered, unit):
    whole = tokens.cooccurrence(context=unit, count=count, ordered=ordered)
    wide = tokens.cooccurrence(window=200, within=unit, count=count, ordered=ordered)
    assert (whole.to_scipy() != wide.to_scipy()).nnz == 0
    assert whole.terms == wide.terms
    assert whole.row_margins.tolist() == wide.row_margins.tolist()
    assert whole.column_margins.tolist() == wide.column_margins.tolist()
    assert (whole.n, whole.n_pairs) == (wide.n, wide.n_pairs)


def _observed(expected, options, row, column):
    """What the margins count: on the diagonal of pairs both tokens see each other, of units each unit once."""
    if row != column:
        return expected.cells[row, column]
    left, right = _sides(options) if options["context"] == "window" else (1, 1)
    if not options["ordered"] and left != right:
        # How often each side sees the other cannot be told from pairs counted once, nor units from sides counted apart.
        if options["count"] == "boolean" and options["diagonal"] == "twice":
            return math.nan
        if options["count"] != "boolean" and options["diagonal"] == "pairs":
            return math.nan
    return expected.sides[row, "units" if options["count"] == "boolean" else "both"]


@settings(max_examples=150, deadline=None)
@given(tokens=strategies.corpora.filter(lambda tokens: tokens.n_tokens), options=_options())
def test_collocates_are_scored_by_the_plain_formulas(tokens, options):
    table = tokens.cooccurrence(**options)
    expected = _naive(tokens, options)
    counts = naive.frequencies(naive.units_of(tokens, "document"))
    names = ["mi", "npmi", "log_dice"] + ["g2"] * (options["count"] != "weighted")
    for node in table.row_terms:
        found = {row["collocate"]: row for row in _rows(table.collocates(node, None))}
        partners = [column for row, column in expected.cells if row == node and column in table.terms]
        observed = {partner: _observed(expected, options, node, partner) for partner in partners}
        assert found.keys() == {partner for partner in partners if not math.isnan(observed[partner])}
        size = expected.n - (counts[node] if options.get("margins") == "surface" else 0)
        for partner, values in found.items():
            scores = naive.association(observed[partner], expected.rows[node], expected.columns[partner], size)
            wanted = {"observed": observed[partner], "expected": scores["expected"]}
            wanted |= {name: scores[name] for name in names}
            assert list(values) == ["collocate", *wanted]
            del values["collocate"]
            assert values == pytest.approx(wanted, rel=1e-9, abs=1e-9, nan_ok=True)
        order = [-math.inf if math.isnan(row["log_dice"]) else row["log_dice"] for row in found.values()]
        assert order == sorted(order, reverse=True)


def _rows(frame):
    names = list(frame.columns) if hasattr(frame, "columns") else list(frame)
    return [
        dict(zip(names, values, strict=True)) for values in zip(*(list(frame[name]) for name in names), strict=True)
    ]


@settings(max_examples=80, deadline=None)
@given(tokens=strategies.corpora, options=_options(), data=st.data())
def test_edges_stand_by_falling_count_and_hold_every_stored_cell(tokens, options, data):
    table = tokens.cooccurrence(**options)
    stored = table.to_scipy().tocoo()
    rows, columns = table.row_terms, table.terms
    cells = sorted(
        zip(stored.data.tolist(), stored.row.tolist(), stored.col.tolist(), strict=True),
        key=lambda cell: (-cell[0], cell[1], cell[2]),
    )
    least = data.draw(st.sampled_from([0, 1, 2, 3]))
    top = data.draw(st.none() | st.integers(0, 5))
    expected = [(rows[row], columns[column], value) for value, row, column in cells if value >= least][:top]
    found = [tuple(row.values()) for row in _rows(table.edges(min_count=least, top=top))]
    assert found == expected


def test_closing_gaps_makes_neighbours_of_words_that_were_not():
    corpus = kolloc.Corpus(["a the b a"])
    for keep_gaps, expected in ((False, 2), (True, 1)):
        tokens = corpus.tokens(stopwords=["the"], keep_gaps=keep_gaps)
        assert tokens.cooccurrence(window=1).to_scipy("full")[[0], [1]].tolist() == [expected]


@pytest.mark.parametrize("window", [(0, 2), (1, 2)])
def test_sides_of_different_reach_do_not_tell_in_how_many_units_a_term_meets_itself(window):
    tokens = kolloc.Tokens.from_lists([["A", "B", "A"], ["A", "A"]])
    table = tokens.cooccurrence(window=window, count="boolean", diagonal="twice")
    # Each unit counts once or twice there, so half of the cell (1 and 1.5 here) is not the number of units, which is 2.
    assert list(table.collocates("A")["collocate"]) == ["B"]
