"""Masked tokens against cutting again and dropping what overlaps."""

import re

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kolloc
from reference.texts import TEXTS, options


@st.composite
def _spans(draw, texts):
    """Any spans within the texts, empty ones too, in any order."""
    found = []
    for _ in range(draw(st.integers(0, 5)) if texts else 0):
        row = draw(st.integers(0, len(texts) - 1))
        ends = sorted(draw(st.integers(0, len(texts[row]))) for _ in range(2))
        found.append((row, *ends))
    return found


def _overlaps(spans, row, start, end):
    """Whether a character lies in both."""
    return any(set(range(first, last)) & set(range(start, end)) for document, first, last in spans if document == row)


def _frame(spans):
    names = ("document", "char_start", "char_end")
    return {name: [span[i] for span in spans] for i, name in enumerate(names)}


def _assert_are(masked, lists, tokens):
    expected = kolloc.Tokens.from_lists(lists)
    assert [masked.doc(row) for row in range(len(lists))] == lists
    assert masked.term_ids.tolist() == expected.term_ids.tolist()
    assert masked.vocabulary.terms == expected.vocabulary.terms
    assert masked.vocabulary.frequencies.tolist() == expected.vocabulary.frequencies.tolist()
    assert all(masked.vocabulary[term] == id_ for id_, term in enumerate(masked.vocabulary.terms))
    for name in ("offsets", "sentence_starts", "paragraph_starts"):
        assert getattr(masked, name).tolist() == getattr(tokens, name).tolist()


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(TEXTS, max_size=4), options=options(), data=st.data())
def test_masking_is_cutting_again_and_dropping_what_overlaps(texts, options, data):
    tokens = kolloc.Corpus(texts).tokens(**options)
    spans = data.draw(_spans(texts))
    masked = tokens.mask(_frame(spans), n_threads=data.draw(st.sampled_from([1, 2, 3])))
    lists = []
    for row in range(len(texts)):
        pairs = zip(tokens.doc(row), tokens.spans(row).tolist(), strict=True)
        lists.append([None if _overlaps(spans, row, *place) else token for token, place in pairs])
    _assert_are(masked, lists, tokens)
    assert masked.mask(_frame(spans[::-1])) == masked
    one_by_one = tokens
    for span in spans:
        one_by_one = one_by_one.mask(_frame([span]))
    assert one_by_one == masked


WORDS = st.text("abcABC019é한😀 .,'\n\u00ad", max_size=30)


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(WORDS, min_size=1, max_size=4), data=st.data())
@example(texts=["ab cd"], data=None)
def test_python_finds_the_same_words_masked(texts, data):
    spans = [(0, 2, 3)] if data is None else data.draw(_spans(texts))
    tokens = kolloc.Corpus(texts).tokens(segmenter="regex", token_pattern=r"\w+", lowercase=False, normalize=None)
    lists = []
    for row, text in enumerate(texts):
        matches = re.finditer(r"\w+", text)
        lists.append([None if _overlaps(spans, row, *match.span()) else match[0] for match in matches])
    _assert_are(tokens.mask(pd.DataFrame(_frame(spans))), lists, tokens)


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), options=options())
def test_whole_texts_masked_leave_gaps_alone(texts, options):
    tokens = kolloc.Corpus(texts).tokens(**options)
    masked = tokens.mask(_frame([(row, 0, len(text)) for row, text in enumerate(texts)]))
    assert (masked.n_tokens, masked.n_types) == (0, 0)
    assert (masked.term_ids == kolloc.tokens.GAP).all()
    assert masked.offsets.tolist() == tokens.offsets.tolist()
    assert masked.dtm().shape == (len(texts), 0)
    assert masked.cooccurrence().nnz == 0
