"""Counts of weighted documents against sums of weight times count, in fractions."""

import math
from collections import defaultdict
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from reference import naive, strategies

_WEIGHTS = st.sampled_from([0.0, 1 / 7, 1 / 3, 0.5, 1.0, 2.0, 1e-3]) | st.floats(0, 1e6)


@st.composite
def _weighed(draw):
    tokens = draw(strategies.corpora)
    weights = draw(st.lists(_WEIGHTS, min_size=len(tokens), max_size=len(tokens)))
    return tokens, weights


def _close(found, expected):
    return math.isclose(found, expected, rel_tol=1e-13, abs_tol=0)


def _of_dtm(dtm):
    cells = dtm.to_scipy().tocoo()
    return dict(zip(zip(cells.row.tolist(), cells.col.tolist(), strict=True), cells.data.tolist(), strict=True))


@settings(max_examples=200, deadline=None)
@given(corpus=_weighed(), ngram_range=st.sampled_from([(1, 1), (1, 2)]), binary=st.booleans())
def test_cells_are_weight_times_count(corpus, ngram_range, binary):
    tokens, weights = corpus
    options = {"ngram_range": ngram_range, "binary": binary}
    plain, weighted = tokens.dtm(**options), tokens.weigh(weights).dtm(**options)
    assert weighted.terms == plain.terms
    expected = {cell: weights[cell[0]] * count for cell, count in _of_dtm(plain).items() if weights[cell[0]]}
    assert _of_dtm(weighted) == expected
    array = weighted.to_scipy()
    assert (array.dtype, array.has_canonical_format, weighted.nnz) == (np.float64, True, len(expected))
    assert weighted.doc_lengths.tolist() == (np.array(weights) * plain.doc_lengths).tolist()
    frame = weighted.to_frame()
    assert frame["count"].tolist() == array.data.tolist()


@settings(max_examples=200, deadline=None)
@given(corpus=_weighed())
def test_frequencies_are_sums_of_weights(corpus):
    tokens, weights = corpus
    plain, weighted = tokens.dtm(), tokens.weigh(weights).dtm()
    cf, df = defaultdict(Fraction), defaultdict(Fraction)
    for (row, column), count in _of_dtm(plain).items():
        cf[plain.terms[column]] += Fraction(weights[row]) * count
        df[plain.terms[column]] += Fraction(weights[row])
    found = weighted.term_frequencies()
    assert sorted(found["term"]) == sorted(plain.terms)
    for term, its_cf, its_df in zip(found["term"], found["cf"], found["df"], strict=True):
        assert _close(its_cf, cf[term])
        assert _close(its_df, df[term])
    counts = found["cf"].tolist()
    assert counts == sorted(counts, reverse=True)
    assert found["rank"].tolist() == [1 + sum(other > count for other in counts) for count in counts]


@st.composite
def _grouped(draw):
    tokens, weights = draw(_weighed())
    outlets = draw(st.lists(st.sampled_from(["Post", "Herald", "Tribune"]), min_size=len(tokens), max_size=len(tokens)))
    lists = [tokens.doc(row) for row in range(len(tokens))]
    frame = pd.DataFrame({"outlet": outlets})
    return kolloc.Tokens.from_lists(lists, metadata=frame), weights, outlets


@settings(max_examples=200, deadline=None)
@given(corpus=_grouped(), data=st.data())
def test_groups_sum_weighted_documents(corpus, data):
    tokens, weights, outlets = corpus
    plain, weighted = tokens.dtm(), tokens.weigh(weights).dtm()
    kept = data.draw(st.permutations(range(len(tokens))))[: data.draw(st.integers(0, len(tokens)))]
    plain, weighted = plain[kept], weighted[kept]
    groups = list(dict.fromkeys(outlets[row] for row in kept))
    sums, lengths = defaultdict(Fraction), defaultdict(Fraction)
    for (place, column), count in _of_dtm(plain).items():
        weight = Fraction(weights[kept[place]])
        if weight:
            sums[groups.index(outlets[kept[place]]), column] += weight * count
    for place, length in enumerate(plain.doc_lengths.tolist()):
        lengths[groups.index(outlets[kept[place]])] += Fraction(weights[kept[place]]) * length
    grouped = weighted.group("outlet")
    found = _of_dtm(grouped)
    assert found.keys() == sums.keys()
    assert all(_close(found[cell], sums[cell]) for cell in sums)
    assert all(_close(found, lengths[group]) for group, found in enumerate(grouped.doc_lengths.tolist()))
    top = weighted.top_terms(2, by="outlet")
    for group, outlet in enumerate(groups):
        row = grouped.to_scipy()[[group]].toarray()[0].tolist()
        best = sorted((-count, column) for column, count in enumerate(row) if count)[:2]
        mine = [tuple(each) for each in top.to_numpy().tolist() if each[0] == outlet]
        assert [(term, count) for _, term, count, _ in mine] == [
            (plain.terms[column], -count) for count, column in best
        ]
        assert all(_close(rate, Fraction(count) * 10**6 / lengths[group]) for _, _, count, rate in mine)


@settings(max_examples=120, deadline=None)
@given(corpus=_grouped(), least=st.integers(1, 3), df=st.sampled_from([1, 2, 0.3, 0.5]))
def test_bounds_judge_what_was_printed(corpus, least, df):
    tokens, weights, _ = corpus
    weighed = tokens.weigh(weights)
    bounds = {"min_count": least, "min_df": df}
    assert weighed.dtm(**bounds).terms == tokens.dtm(**bounds).terms
    assert weighed.dtm().trim(**bounds).terms == tokens.dtm().trim(**bounds).terms
    assert weighed.dtm(order="frequency", max_terms=3).terms == tokens.dtm(order="frequency", max_terms=3).terms
    by_outlet = weighed.dtm().group("outlet"), tokens.dtm().group("outlet")
    assert by_outlet[0].trim(**bounds).terms == by_outlet[1].trim(**bounds).terms
    assert by_outlet[0].trim(**bounds).to_scipy().shape == by_outlet[1].trim(**bounds).shape


_UNITS = ("document", "paragraph", "sentence")


@st.composite
def _options(draw):
    count = draw(st.sampled_from(["frequency", "boolean", "weighted"]))
    context = "window" if count == "weighted" else draw(st.sampled_from(["window", *_UNITS]))
    ordered = draw(st.booleans())
    options = {"context": context, "count": count, "ordered": ordered}
    options |= {"diagonal": draw(st.sampled_from(["pairs", "twice", "zero"])), "min_count": draw(st.integers(1, 3))}
    if context == "window":
        windows = [1, 2, 5, (0, 3)] if ordered else [1, 2, 5, (0, 3), (2, 1)]
        options |= {"window": draw(st.sampled_from(windows)), "within": draw(st.sampled_from(_UNITS))}
        if count == "frequency" and draw(st.booleans()):
            options["margins"] = "surface"
    return options


def _naive(document, options):
    unit = options.get("within", "document") if options["context"] == "window" else options["context"]
    window = options.get("window", math.inf)
    sides = window if isinstance(window, tuple) else (window, window)
    names = ("count", "ordered", "diagonal", "margins")
    chosen = {name: options[name] for name in names if name in options}
    units = naive.units_of(document, unit)
    return naive.cooccurrence(units, window=sides, **chosen), naive.frequencies(naive.units_of(document, "document"))


@settings(max_examples=250, deadline=None)
@given(corpus=_weighed(), options=_options(), data=st.data())
def test_pairs_are_sums_of_weight_times_what_each_document_holds(corpus, options, data):
    tokens, weights = corpus
    if tokens.n_tokens and data.draw(st.booleans()):
        options["nodes"] = data.draw(st.lists(st.sampled_from(tokens.vocabulary.terms), min_size=1, unique=True))
    plain = tokens.cooccurrence(**options)
    table = tokens.weigh(weights).cooccurrence(**options, n_threads=data.draw(st.sampled_from([1, 2])))
    assert (table.terms, table.row_terms, table.shape) == (plain.terms, plain.row_terms, plain.shape)
    cells, rows, columns, frequencies = (defaultdict(float) for _ in range(4))
    n = n_pairs = 0.0
    for row, weight in enumerate(weights):
        found, counts = _naive(tokens[[row]], options)
        if weight == 0:
            continue
        n, n_pairs = n + weight * found.n, n_pairs + weight * found.n_pairs
        for sums, values in ((cells, found.cells), (rows, found.rows), (columns, found.columns), (frequencies, counts)):
            for key, value in values.items():
                sums[key] += weight * value
    matrix = table.to_scipy("full").tocoo()
    places = zip(matrix.row.tolist(), matrix.col.tolist(), matrix.data.tolist(), strict=True)
    found = {(table.row_terms[row], table.terms[column]): value for row, column, value in places}
    wanted = {pair: v for pair, v in cells.items() if pair[0] in table.row_terms and pair[1] in table.terms}
    assert found == pytest.approx(wanted, rel=1e-12, abs=0)
    assert table.row_margins.tolist() == pytest.approx([rows[term] for term in table.row_terms], rel=1e-12, abs=0)
    assert table.column_margins.tolist() == pytest.approx([columns[term] for term in table.terms], rel=1e-12, abs=0)
    assert table.frequencies.tolist() == pytest.approx([frequencies[term] for term in table.terms], rel=1e-12, abs=0)
    assert (table.n, table.n_pairs) == pytest.approx((n, n_pairs), rel=1e-12, abs=0)
    assert matrix.dtype == np.float64


@settings(max_examples=100, deadline=None)
@given(tokens=strategies.corpora.filter(lambda tokens: tokens.n_tokens), options=_options())
def test_equal_weights_change_no_measure(tokens, options):
    names = [name for name in kolloc.cooccurrence.MEASURES if name not in {"log_odds"}]
    plain, table = tokens.cooccurrence(**options), tokens.weigh(np.ones(len(tokens))).cooccurrence(**options)
    for node in plain.row_terms[:3]:
        expected = plain.collocates(node, None, measures=names)
        assert table.collocates(node, None, measures=names).equals(expected)


@settings(max_examples=100, deadline=None)
@given(tokens=strategies.corpora, options=_options(), copies=st.integers(2, 6))
def test_reprints_that_share_one_weight_count_once(tokens, options, copies):
    lists = [tokens.doc(row) for row in range(len(tokens))]
    # Tokens given as lists know no sentences.
    options = {**options, "min_count": 1} | {"within" if options["context"] == "window" else "context": "document"}
    once = kolloc.Tokens.from_lists(lists)
    reprinted = kolloc.Tokens.from_lists(lists * copies).weigh([1 / copies] * (copies * len(lists)))
    one, other = once.cooccurrence(**options), reprinted.cooccurrence(**options)
    assert one.terms == other.terms
    difference = abs(one.to_scipy() - other.to_scipy())
    assert difference.nnz == 0 or difference.max() < 1e-9
    assert other.n == pytest.approx(one.n)
    if len(lists):
        assert reprinted.dtm().term_frequencies()["cf"].tolist() == pytest.approx(
            once.dtm().term_frequencies()["cf"].tolist()
        )
