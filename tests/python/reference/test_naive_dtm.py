"""The document-term matrix against plain counting in dictionaries."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from reference import naive, strategies

# Terms that could be read as other terms joined.
_ODD_WORDS = ["A", "B", "AB", "A_B", "", "_", "평화", "a"]
_odd_lists = st.lists(st.lists(st.sampled_from(_ODD_WORDS) | st.none(), max_size=9), max_size=6)
_corpora = strategies.corpora | _odd_lists.map(kolloc.Tokens.from_lists)
_UNITS = st.sampled_from(["document", "paragraph", "sentence"])


@st.composite
def _ranges(draw):
    least = draw(st.integers(1, 3))
    return least, least + draw(st.integers(0, 2))


def _count(tokens, ngram_range, within="document", concatenator="_"):
    counts = naive.n_grams(naive.units_by_document(tokens, within), *ngram_range)
    return [(concatenator.join(term), row) for term, row in counts.items()]


def _assert_same(dtm, columns, n_docs):
    assert dtm.terms == [term for term, _ in columns]
    assert dtm.shape == (n_docs, len(columns))
    dense = np.array([row for _, row in columns], dtype=int).reshape(len(columns), n_docs).T
    assert dtm.to_scipy().toarray().tolist() == dense.tolist()


@settings(max_examples=200, deadline=None)
@given(
    tokens=_corpora,
    ngram_range=_ranges(),
    within=_UNITS,
    order=st.sampled_from(["first", "term", "frequency"]),
    concatenator=st.sampled_from(["_", " ", ""]),
    binary=st.booleans(),
    n_threads=st.sampled_from([None, 1, 3]),
)
def test_n_grams_are_those_between_gaps_and_borders(
    tokens, ngram_range, within, order, concatenator, binary, n_threads
):
    options = {"ngram_range": ngram_range, "within": within, "order": order, "concatenator": concatenator}
    dtm = tokens.dtm(**options, binary=binary, n_threads=n_threads)
    columns = _count(tokens, ngram_range, within, concatenator)
    if order == "term":
        columns.sort(key=lambda column: column[0])
    if order == "frequency":
        columns.sort(key=lambda column: -sum(column[1]))
    if binary:
        columns = [(term, [min(1, count) for count in row]) for term, row in columns]
    _assert_same(dtm, columns, len(tokens))
    assert dtm.doc_lengths.tolist() == [sum(token is not None for token in tokens.doc(i)) for i in range(len(tokens))]


_shares = st.sampled_from([0.0, 0.07, 0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 0.7, 1.0])
_lower = st.integers(1, 4) | _shares
_upper = st.none() | st.integers(1, 6) | _shares


@settings(max_examples=200, deadline=None)
@given(
    tokens=_corpora,
    ngram_range=_ranges(),
    bounds=st.fixed_dictionaries(
        {}, optional={"min_count": _lower, "max_count": _upper, "min_df": _lower, "max_df": _upper}
    ),
    max_terms=st.none() | st.integers(1, 8),
    order=st.sampled_from(["first", "term", "frequency"]),
    binary=st.booleans(),
)
def test_bounds_are_inclusive_and_exact(tokens, ngram_range, bounds, max_terms, order, binary):
    options = {"ngram_range": ngram_range, "order": order, "binary": binary}
    dtm = tokens.dtm(**options, **bounds, max_terms=max_terms)
    columns = _count(tokens, ngram_range)
    total = sum(sum(row) for _, row in columns)
    kept = [
        (term, row)
        for term, row in columns
        if naive.within(sum(row), total, bounds.get("min_count"), bounds.get("max_count"))
        and naive.within(sum(map(bool, row)), len(tokens), bounds.get("min_df"), bounds.get("max_df"))
    ]
    if order != "first":
        kept.sort(key=(lambda column: column[0]) if order == "term" else (lambda column: -sum(column[1])))
    if max_terms is not None:
        best = sorted(range(len(kept)), key=lambda column: -sum(kept[column][1]))[:max_terms]
        kept = [kept[column] for column in sorted(best)]
    if not binary:
        whole = tokens.dtm(**options)
        afterwards = whole.trim(**bounds, max_terms=max_terms)
        assert (afterwards.terms, afterwards.to_scipy().toarray().tolist()) == (
            dtm.terms, dtm.to_scipy().toarray().tolist()
        )  # fmt: skip
    _assert_same(dtm, [(term, [min(1, c) if binary else c for c in row]) for term, row in kept], len(tokens))


@settings(max_examples=150, deadline=None)
@given(tokens=_corpora, ngram_range=_ranges(), binary=st.booleans(), data=st.data())
def test_a_given_vocabulary_counts_exactly_its_terms_in_its_order(tokens, ngram_range, binary, data):
    columns: dict[str, list[int]] = {}
    for term, row in _count(tokens, ngram_range):
        known = columns.get(term, [0] * len(tokens))
        columns[term] = [one + other for one, other in zip(known, row, strict=True)]
    known_terms = st.sampled_from(sorted(columns)) if columns else st.just("x")
    vocabulary = data.draw(st.lists(known_terms | st.just("nowhere") | st.just("A B C"), unique=True))
    dtm = tokens.dtm(ngram_range=ngram_range, vocabulary=vocabulary, binary=binary)
    chosen = [(term, columns.get(term, [0] * len(tokens))) for term in vocabulary]
    _assert_same(dtm, [(term, [min(1, c) if binary else c for c in row]) for term, row in chosen], len(tokens))


@settings(max_examples=80, deadline=None)
@given(tokens=_corpora, ngram_range=_ranges())
def test_frequencies_and_ranks_are_those_of_the_columns(tokens, ngram_range):
    columns = _count(tokens, ngram_range)
    frame = tokens.dtm(ngram_range=ngram_range).term_frequencies()
    totals = [sum(row) for _, row in columns]
    expected = [
        (term, sum(row), sum(map(bool, row)), 1 + sum(total > sum(row) for total in totals)) for term, row in columns
    ]
    expected.sort(key=lambda row: row[3])
    assert list(zip(*(list(frame[name]) for name in ("term", "cf", "df", "rank")), strict=True)) == expected


@settings(max_examples=80, deadline=None)
@given(tokens=_corpora)
def test_the_long_frame_holds_every_cell_once(tokens):
    frame = tokens.dtm().to_frame()
    columns = _count(tokens, (1, 1))
    expected = [(str(i), term, row[i]) for i in range(len(tokens)) for term, row in columns if row[i]]
    assert list(zip(*(list(frame[name]) for name in ("document", "term", "count")), strict=True)) == expected


DOCUMENTS = ["a a a a b b c d", "a b b e e", "a c f", "a b g"]


@pytest.mark.parametrize(
    ("bounds", "kept"),
    [
        ({"min_count": 2}, "abce"),
        ({"max_count": 2}, "cdefg"),
        ({"min_count": 0.1}, "abce"),
        ({"min_count": 5 / 19}, "ab"),
        ({"min_count": 0.5, "bound_type": "quantile"}, "abce"),
        ({"min_count": 0.8, "bound_type": "quantile"}, "ab"),
        ({"max_count": 0.7, "bound_type": "quantile"}, "cdefg"),
        ({"top": 2}, "ab"),
        ({"top": 3}, "abce"),
        ({"top": 4}, "abce"),
        ({"top": 5}, "abcdefg"),
        ({"min_df": 2}, "abc"),
        ({"max_df": 1}, "defg"),
        ({"min_df": 0.5}, "abc"),
        ({"min_df": 0.75}, "ab"),
        ({"max_df": 0.5}, "cdefg"),
        ({"max_sparsity": 0.5}, "abc"),
        ({"max_sparsity": 0.49}, "ab"),
        ({"min_count": 2, "max_df": 2}, "ce"),
        ({"max_terms": 3}, "abc"),
        ({"bottom_from": 3}, "cdefg"),
    ],
)
def test_trimming_keeps_what_the_specification_lists(bounds, kept):
    assert "".join(kolloc.Corpus(DOCUMENTS).tokens().dtm().trim(**bounds).terms) == kept


def test_a_share_is_exact_at_its_border():
    lists = [["seven", "all"]] * 7 + [["all"]] * 93
    assert kolloc.Tokens.from_lists(lists).dtm(min_df=0.07).terms == ["seven", "all"]
    assert kolloc.Tokens.from_lists(lists).dtm(max_df=0.07).terms == ["seven"]
