"""Masking parts of texts: what it takes, what it leaves, what it refuses."""

import os
import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

TEXTS = {"a": "He said “peace now” again.", "b": "", "c": "회담은 😀 cafe\u0301 co\u00adop end"}


@pytest.fixture
def tokens():
    frame = pd.DataFrame({"text": TEXTS.values(), "outlet": ["Post", "Herald", "Post"]}, index=pd.Index(TEXTS))
    return kolloc.Corpus(frame, text="text").tokens(remove_punct=True)


def _span(document, start, end):
    return {"document": [document], "char_start": [start], "char_end": [end]}


def test_what_overlaps_a_span_leaves_a_gap(tokens):
    masked = tokens.mask(_span("a", 8, 19))
    assert masked.doc("a") == ["he", "said", None, None, None, None, "again", None]
    assert masked.doc("c") == tokens.doc("c")
    assert masked.vocabulary.terms == ["he", "said", "again", "회담은", "😀", "caf\u00e9", "coop", "end"]
    assert masked.vocabulary.frequencies.tolist() == [1] * 8
    assert masked.spans("a").tolist() == tokens.spans("a").tolist()


@pytest.mark.parametrize(
    ("start", "end", "gaps"),
    [
        (0, 0, []),
        (3, 4, []),  # the space before the emoji
        (4, 5, [1]),
        (3, 5, [1]),
        (5, 6, []),
        (9, 10, [2]),  # the last letter of the base
        (10, 11, [2]),  # its accent alone
        (11, 12, []),
        (14, 15, [3]),  # the soft hyphen inside a word
        (17, 18, []),
        (2, 19, [0, 1, 2, 3, 4]),
        (0, 21, [0, 1, 2, 3, 4]),
    ],
)
def test_borders_are_exact_in_code_points(tokens, start, end, gaps):
    masked = tokens.mask(_span("c", start, end)).doc("c")
    assert [place for place, token in enumerate(masked) if token is None] == gaps


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_texts_lose_the_same_words(form):
    import unicodedata

    text = unicodedata.normalize(form, "café 한국 résumé end")
    start = text.index(" ") + 1
    end = text.index(" ", start)
    masked = kolloc.Corpus([text]).tokens().mask(_span(0, start, end))
    assert masked.doc(0) == ["café", None, "résumé", "end"]


def test_words_on_both_sides_of_a_mask_are_no_neighbours(tokens):
    masked = tokens.mask(_span("a", 8, 19))
    assert "said_again" not in masked.dtm(ngram_range=(2, 2)).terms
    pairs = masked.cooccurrence(window=1).edges()
    assert ("said", "again") not in set(zip(pairs["term_1"], pairs["term_2"], strict=True))
    closed = kolloc.Corpus(["peace, now again"]).tokens(remove_punct=True, keep_gaps=False).mask(_span(0, 7, 10))
    assert closed.doc(0) == ["peace", None, "again"]


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pa.table])
@pytest.mark.parametrize("document", ["a", 0])
def test_spans_come_in_any_kind_of_table(tokens, make, document):
    spans = make({"document": [document, document], "char_start": [9, 8], "char_end": [19, 10], "score": [1, 2]})
    assert tokens.mask(spans) == tokens.mask(_span("a", 8, 19))


def test_names_may_be_categories_or_the_integers_of_an_index():
    corpus = kolloc.Corpus(pd.Series(["one two", "three four"], index=[7, 9]))
    spans = pd.DataFrame(_span("9", 0, 5))
    spans["document"] = spans["document"].astype("category")
    assert corpus.tokens().mask(spans).doc("9") == [None, "four"]


def test_nothing_masked_changes_nothing(tokens):
    for empty in ({name: [] for name in ("document", "char_start", "char_end")}, _span("a", 4, 4)):
        masked = tokens.mask(empty)
        assert masked == tokens
        assert masked.vocabulary.terms == tokens.vocabulary.terms


def test_masks_keep_names_metadata_weights_and_the_record(tokens):
    masked = tokens.weigh([0.5, 1, 2]).mask(_span("a", 8, 19))
    assert list(masked.names) == ["a", "b", "c"]
    assert masked.metadata.equals(tokens.metadata)
    assert masked.doc_weights.tolist() == [0.5, 1, 2]
    step = masked.provenance["steps"][-1]
    assert step == {"step": "mask", "parameters": {"spans": 1, "documents": 1}, "tokens": 8}
    again = pickle.loads(pickle.dumps(masked))
    assert again == masked
    assert again.mask(_span("c", 0, 3)) == masked.mask(_span("c", 0, 3))
    assert masked[[2, 0]].mask(_span("c", 0, 3)).doc("c")[0] is None


@pytest.mark.parametrize(
    ("spans", "error", "message"),
    [
        (_span("d", 0, 1), KeyError, "no document is named 'd'"),
        (_span(3, 0, 1), IndexError, "row 3 is out of range for 3 documents"),
        (_span(-1, 0, 1), IndexError, "row -1 is out of range for 3 documents"),
        (_span(None, 0, 1), InputTypeError, "documents must be given by name (str) or by row (int), got None"),
        (_span("a", 0, 27), ParameterError, "char_end must be at most 26, the length of the document of row 0, got 27"),
        (_span("b", 1, 1), ParameterError, "char_start must be at most 0, the length of the document of row 1, got 1"),
        (_span("a", -1, 2), ParameterError, "char_start must be at least 0 in the document of row 0, got -1"),
        (_span("a", 5, 4), ParameterError, "char_end must be at least char_start, 5, in the document of row 0, got 4"),
        (_span("a", 0.0, 4.0), InputTypeError, "char_start must hold integers (code points), got values of type float"),
        ({"document": ["a"], "char_start": [1]}, ParameterError, "'char_end' is missing"),
        ({**_span("a", 0, 1), "char_end": [1, 2]}, ParameterError, "columns of one dimension and one length"),
        ([("a", 0, 1)], InputTypeError, "spans must be a frame or a mapping with the columns 'document'"),
    ],
)
def test_spans_that_do_not_fit_are_refused(tokens, spans, error, message):
    with pytest.raises(error) as caught:
        tokens.mask(spans)
    assert message in str(caught.value)


def test_tokens_given_as_lists_have_no_text_to_mask():
    with pytest.raises(InputTypeError, match="no text to point into"):
        kolloc.Tokens.from_lists([["a"]]).mask(_span(0, 0, 1))


def test_progress_counts_the_bytes_of_the_texts_concerned(tokens):
    reports = []
    tokens.mask(_span("a", 0, 2), progress=lambda done, total: reports.append((done, total)))
    assert reports[-1][0] == reports[-1][1] > 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.timeout(60)
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_forked_child_masks_and_weighs_after_its_parent_did(tokens):
    spans = _span("a", 8, 19)
    expected = tokens.mask(spans, n_threads=2)
    table = expected.weigh(np.ones(3)).cooccurrence(n_threads=2)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            masked = tokens.mask(spans, n_threads=2)
            same = masked == expected and masked.weigh(np.ones(3)).cooccurrence(n_threads=2) == table
            status = 0 if same else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
