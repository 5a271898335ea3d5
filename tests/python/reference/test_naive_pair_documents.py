"""Document frequency and dispersion of pairs against counting each document alone."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from reference import strategies
from reference.test_naive_cooccurrence import _naive, _options

WEIGHTS = [0.25, 0.5, 1.0, 3.0]


def _documents(tokens, options):
    """Return the cells of each document counted alone."""
    return [_naive(tokens[row : row + 1], options).cells for row in range(len(tokens))]


def _dp(counts, sizes):
    """Return ½ Σ |v / f - s| over the documents with tokens (Gries 2008)."""
    parts = [(count, size) for count, size in zip(counts, sizes, strict=True) if size > 0]
    f, total = sum(count for count, _ in parts), sum(size for _, size in parts)
    if len(parts) < 2 or f == 0:
        return math.nan
    return sum(abs(count / f - size / total) for count, size in parts) / 2


def _assert_agrees(tokens, options, table, weights=None):
    weights = [1.0] * len(tokens) if weights is None else weights
    frame = table.association(["df", "dp"])
    cells = _documents(tokens, options)
    sizes = [weight * length for weight, length in zip(weights, tokens.doc_lengths.tolist(), strict=True)]
    for pair, df, dp in zip(zip(frame["term_1"], frame["term_2"], strict=True), frame["df"], frame["dp"], strict=True):
        counts = [of_document.get(pair, 0) * weight for of_document, weight in zip(cells, weights, strict=True)]
        assert df == sum(weight for count, weight in zip(counts, weights, strict=True) if count > 0)
        assert dp == pytest.approx(_dp(counts, sizes), abs=1e-12, nan_ok=True)


@pytest.mark.filterwarnings("ignore:some values are undefined")
@settings(max_examples=200, deadline=None)
@given(tokens=strategies.corpora, options=_options(), data=st.data())
def test_every_variant_counts_the_documents_of_each_pair(tokens, options, data):
    if tokens.n_tokens and data.draw(st.booleans()):
        options["nodes"] = data.draw(st.lists(st.sampled_from(tokens.vocabulary.terms), min_size=1, unique=True))
    _assert_agrees(tokens, options, tokens.cooccurrence(**options))


@pytest.mark.filterwarnings("ignore:some values are undefined")
@settings(max_examples=50, deadline=None)
@given(tokens=strategies.corpora, options=_options(), data=st.data())
def test_weights_of_documents_weigh_their_counts(tokens, options, data):
    weights = data.draw(st.lists(st.sampled_from(WEIGHTS), min_size=len(tokens), max_size=len(tokens)))
    _assert_agrees(tokens, options, tokens.weigh(weights).cooccurrence(**options), weights)


@pytest.mark.filterwarnings("ignore:some values are undefined")
@pytest.mark.parametrize(
    "options",
    [{}, {"window": (2, 3)}, {"ordered": True}, {"context": "document"}, {"margins": "surface"}, {"count": "weighted"}],
    ids=str,
)
def test_documents_are_the_same_for_any_number_of_threads(options):
    rng = np.random.default_rng(7)
    words = np.array([f"w{i}" for i in range(60)])
    lists = [words[(rng.pareto(1.0, rng.integers(0, 120)) * 4).astype(int) % 60].tolist() for _ in range(150)]
    table = kolloc.Tokens.from_lists(lists).cooccurrence(**options)
    one, two, eight = (table.association(["df", "dp"], n_threads=n) for n in (1, 2, 8))
    assert one.equals(two)
    assert one.equals(eight)
