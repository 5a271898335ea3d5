"""Laws of tokens, for any text."""

import itertools
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kolloc
from reference.texts import TEXTS, options


@settings(max_examples=250, deadline=None)
@given(texts=st.lists(TEXTS, max_size=4), options=options())
def test_any_text_has_tokens_with_spans_in_order_and_in_bounds(texts, options):
    tokens = kolloc.Corpus(texts).tokens(**options)
    assert tokens.n_docs == len(texts)
    assert tokens.offsets[-1] == len(tokens.term_ids)
    n_words = 0
    for row, text in enumerate(texts):
        document, spans = tokens.doc(row), tokens.spans(row)
        assert spans.shape == (len(document), 2)
        assert (np.diff(spans, axis=0) >= 0).all()
        # One character may unfold into several tokens, as two dots do.
        assert options["normalize"] == "nfkc" or _overlaps_only_within_changed_letters(text, spans)
        assert (spans[:, 0] < spans[:, 1]).all()
        assert not len(spans) or (spans.min() >= 0 and spans.max() <= len(text))
        assert options["keep_gaps"] is True or None not in document
        assert "" not in document
        n_words += sum(token is not None for token in document)
    assert (tokens.n_tokens, tokens.vocabulary.frequencies.sum()) == (n_words, n_words)
    assert sorted(set(tokens.term_ids.tolist()) - {kolloc.tokens.GAP}) == list(range(tokens.n_types))
    for starts in (tokens.sentence_starts, tokens.paragraph_starts):
        assert (np.diff(starts) > 0).all()
        assert set(tokens.offsets[:-1][tokens.doc_lengths > 0].tolist()) <= set(starts.tolist())
    assert tokens.dtm().to_scipy().sum() == n_words
    assert tokens.cooccurrence(window=2).to_scipy("full").sum() <= 4 * n_words


def _overlaps_only_within_changed_letters(text, spans):
    """Whether spans follow each other, but for those that share a letter of which composition makes several."""
    for before, (start, end) in itertools.pairwise(spans.tolist()):
        composed = unicodedata.normalize("NFC", text[start:end])
        is_changed = composed != text[start:end] and len(composed) > 1
        if start < before[1] and not (before == [start, end] and is_changed):
            return False
    return True


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("A\u0300\u200c b", [[0, 2], [2, 3], [3, 4], [4, 5]]),
        ("q\u0301e\u0301", [[0, 1], [1, 2], [2, 4]]),
        ("A\u0300\u0301", [[0, 3], [0, 3]]),
        ("\u0958", [[0, 1], [0, 1]]),
    ],
)
def test_only_a_letter_that_changes_is_shared_by_several_tokens(text, spans):
    assert kolloc.Corpus([text]).tokens(segmenter="regex", token_pattern=".").spans(0).tolist() == spans


def _plain(text, form="NFC"):
    """Lower case in a normal form, without characters that have neither width nor meaning."""
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf" or c == "\u200d")
    return unicodedata.normalize(form, unicodedata.normalize(form, shown).lower()).replace("’", "'")


SPELLINGS = [
    *("abCé .,!\n"),
    *("\r\n", "e\u0301", "o\u0308x", "a\u0323\u0307", "한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "정부는"),
    *("👍🏽", "👨\u200d👩\u200d👧", "🇰🇷🇺🇸", "❤\ufe0f", "co\u00adop", "𝒜𝒷", "和平", "平和です", "ไทย"),
]
LETTERS = st.lists(st.sampled_from(SPELLINGS), max_size=20).map("".join)


@settings(max_examples=200, deadline=None)
@given(text=LETTERS, segmenter=st.sampled_from(["auto", "uax29", "whitespace"]), form=st.sampled_from(["nfc", "nfkc"]))
@example(text="\u1112\u1161\u11ab\u1100\u116e\u11a8 e\u0301!", segmenter="auto", form="nfc")
def test_the_text_of_a_span_reads_as_its_token(text, segmenter, form):
    tokens = kolloc.Corpus([text]).tokens(segmenter=segmenter, normalize=form)
    for token, (start, end) in zip(tokens.doc(0), tokens.spans(0).tolist(), strict=True):
        assert _plain(text[start:end], form.upper()) == _plain(token, form.upper())


@settings(max_examples=250, deadline=None)
@given(text=TEXTS, segmenter=st.sampled_from(["auto", "uax29", "whitespace"]), lowercase=st.booleans())
def test_composed_and_decomposed_texts_have_the_same_tokens(text, segmenter, lowercase):
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    tokens = kolloc.Corpus(forms).tokens(segmenter=segmenter, lowercase=lowercase)
    assert tokens.doc(0) == tokens.doc(1)


@settings(max_examples=100, deadline=None)
@given(text=LETTERS | TEXTS)
def test_curly_and_straight_apostrophes_in_words_are_one(text):
    straight = text.replace("’", "'")
    documents = kolloc.Corpus(
        [f"don't{end}" for end in ("", "!", " ")] + [f"don’t{end}" for end in ("", "!", " ")]
    ).tokens()
    assert documents.doc(0) == documents.doc(3) == ["don't"]
    tokens = kolloc.Corpus([f"it isn't {straight} Seoul's", f"it isn’t {straight} Seoul’s"]).tokens()
    assert tokens.doc(0)[:2] == tokens.doc(1)[:2] == ["it", "isn't"]
    assert tokens.doc(0)[-1] == tokens.doc(1)[-1] == "seoul"


@settings(max_examples=120, deadline=None)
@given(texts=st.lists(TEXTS, max_size=6), data=st.data(), options=options())
def test_tokens_of_some_documents_are_some_of_the_tokens(texts, data, options):
    corpus = kolloc.Corpus(texts)
    order = data.draw(st.permutations(range(len(texts))))
    rows = order[: data.draw(st.integers(0, len(texts)))]
    part = corpus.tokens(**options)[rows]
    assert part == corpus[rows].tokens(**options)
    assert part.vocabulary.terms == corpus[rows].tokens(**options).vocabulary.terms
    assert part.vocabulary.frequencies.tolist() == corpus[rows].tokens(**options).vocabulary.frequencies.tolist()


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(TEXTS, max_size=6), data=st.data())
def test_permuted_documents_permute_rows(texts, data):
    order = data.draw(st.permutations(range(len(texts))))
    one = kolloc.Corpus(texts).tokens().dtm(ngram_range=(1, 2), order="term")
    other = kolloc.Corpus([texts[row] for row in order]).tokens().dtm(ngram_range=(1, 2), order="term")
    assert one.terms == other.terms
    assert one.to_scipy()[list(order)].toarray().tolist() == other.to_scipy().toarray().tolist()


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(TEXTS, max_size=5))
def test_a_doubled_corpus_doubles_every_count(texts):
    once, twice = kolloc.Corpus(texts).tokens(), kolloc.Corpus(texts * 2).tokens()
    assert twice.vocabulary.terms == once.vocabulary.terms
    assert twice.vocabulary.frequencies.tolist() == (2 * once.vocabulary.frequencies).tolist()
    single, double = once.dtm().term_frequencies(), twice.dtm().term_frequencies()
    assert list(double["cf"]) == [2 * count for count in single["cf"]]
    assert list(double["df"]) == [2 * count for count in single["df"]]
    pairs, doubled = once.cooccurrence(window=3), twice.cooccurrence(window=3)
    assert doubled.terms == pairs.terms
    assert (doubled.to_scipy() != 2 * pairs.to_scipy()).nnz == 0
    assert (doubled.n, doubled.n_pairs) == (2 * pairs.n, 2 * pairs.n_pairs)
    assert doubled.row_margins.tolist() == (2 * pairs.row_margins).tolist()


@pytest.mark.parametrize("name", ["ko_pud", "th_pud", "zh_pud", "ar_pud", "ru_pud", "en_pud"])
def test_spans_of_real_sentences_read_as_their_tokens(shared_parquet, name):
    texts = shared_parquet(f"ud/{name}.parquet", "text")
    corpus = kolloc.Corpus(texts)
    tokens = corpus.tokens(possessive="keep")
    for row, text in enumerate(texts[:300]):
        for token, (start, end) in zip(tokens.doc(row), tokens.spans(row).tolist(), strict=True):
            assert _plain(text[start:end]).replace("[", "").replace("]", "") in (_plain(token), "", token)
