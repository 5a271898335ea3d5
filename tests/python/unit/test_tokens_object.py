"""Tokens as an object: what it holds, shows, refuses, and how it travels."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import DocumentError, InputTypeError, ParameterError


@pytest.fixture
def tokens():
    frame = pd.DataFrame({"text": ["Peace talks, at last.", "", "Talks fail."], "outlet": ["Post", "Herald", "Post"]})
    return kolloc.Corpus(frame.set_index(pd.Index(["a", "b", "c"])), text="text").tokens(remove_punct=True)


def test_ids_follow_the_first_appearance(tokens):
    gap = kolloc.tokens.GAP
    assert tokens.term_ids.tolist() == [0, 1, gap, 2, 3, gap, 1, 4, gap]
    assert (tokens.term_ids.dtype, tokens.offsets.dtype) == (np.uint32, np.int64)
    assert tokens.offsets.tolist() == [0, 6, 6, 9]
    assert tokens.vocabulary.terms == ["peace", "talks", "at", "last", "fail"]
    assert tokens.vocabulary.frequencies.tolist() == [1, 2, 1, 1, 1]
    assert (tokens.n_docs, tokens.n_tokens, tokens.n_types, len(tokens)) == (3, 6, 5, 3)
    assert tokens.doc_lengths.tolist() == [4, 0, 2]


def test_the_vocabulary_looks_up_both_ways(tokens):
    vocabulary = tokens.vocabulary
    assert [vocabulary[term] for term in vocabulary] == list(range(5))
    assert [vocabulary.term(id_) for id_ in range(len(vocabulary))] == vocabulary.terms
    assert "talks" in vocabulary
    assert "Talks" not in vocabulary
    assert 1 not in vocabulary
    assert "\ud800" not in vocabulary
    assert list(vocabulary.to_frame()["term"]) == vocabulary.terms
    assert repr(vocabulary) == "<Vocabulary: 5 types: 'peace', 'talks', 'at', 'last', 'fail'>"
    with pytest.raises(KeyError, match="'Talks' does not occur; did you mean 'talks'"):
        vocabulary["Talks"]
    with pytest.raises(KeyError, match="'peaces' does not occur; did you mean 'peace'"):
        vocabulary["peaces"]
    for wrong in (5, 2**40):
        with pytest.raises(IndexError):
            vocabulary.term(wrong)
    with pytest.raises(ParameterError):
        vocabulary.term(-1)


def test_a_document_cannot_be_taken_twice(tokens):
    with pytest.raises(ParameterError, match="rows must be distinct"):
        tokens[[0, 0]]


def test_documents_are_found_by_name_and_row(tokens):
    assert tokens.doc("c") == tokens.doc(2) == tokens.doc(-1) == ["talks", "fail", None]
    assert tokens.doc("b") == []
    with pytest.raises(KeyError):
        tokens.doc("d")
    with pytest.raises(IndexError):
        tokens.doc(3)
    with pytest.raises(IndexError):
        tokens.spans(-4)


def test_names_and_metadata_stay_with_the_documents(tokens):
    part = tokens[[2, 1]]
    assert list(part.names) == ["c", "b"]
    assert part.metadata["outlet"].tolist() == ["Post", "Herald"]
    assert list(part.metadata.columns) == ["outlet"]
    assert [step["step"] for step in part.provenance["steps"]] == ["corpus", "tokens", "rows"]


def test_arrays_cannot_be_written_and_attributes_not_set(tokens):
    for array in (tokens.term_ids, tokens.offsets, tokens.sentence_starts, tokens.paragraph_starts):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        tokens.vocabulary.frequencies[0] = 1
    with pytest.raises(AttributeError, match="immutable"):
        tokens.n_docs = 4
    with pytest.raises(AttributeError, match="immutable"):
        del tokens._names
    with pytest.raises(AttributeError):
        tokens.other = 1
    with pytest.raises(TypeError):
        hash(tokens)


def test_equality_looks_at_tokens_names_and_metadata(tokens):
    assert tokens == tokens[:]
    assert tokens != tokens[[0, 2]]
    assert tokens != tokens[[0, 2, 1]]
    assert tokens != "tokens"
    assert kolloc.Tokens.from_lists([["a"]]) != kolloc.Tokens.from_lists([["b"]])
    assert kolloc.Tokens.from_lists([["a"]], names=["x"]) != kolloc.Tokens.from_lists([["a"]], names=["y"])


def test_pickling_keeps_everything(tokens):
    again = pickle.loads(pickle.dumps(tokens))
    assert again == tokens
    assert again.vocabulary.terms == tokens.vocabulary.terms
    assert again.vocabulary.frequencies.tolist() == tokens.vocabulary.frequencies.tolist()
    assert again.sentence_starts.tolist() == tokens.sentence_starts.tolist()
    assert again.paragraph_starts.tolist() == tokens.paragraph_starts.tolist()
    assert again.spans(0).tolist() == tokens.spans(0).tolist()
    assert again.provenance == tokens.provenance
    assert again.dtm() == tokens.dtm()
    assert again.cooccurrence() == tokens.cooccurrence()


@pytest.mark.timeout(120)
def test_tokens_go_to_a_spawned_process_and_come_back(tokens):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(pickle.loads, pickle.dumps(tokens)).result() == tokens
        assert pool.submit(tokens.doc, "a").result() == tokens.doc("a")


def test_the_repr_is_bounded(tokens):
    assert repr(tokens) == (
        "<Tokens: 3 documents, 6 tokens, 5 types, 3 gaps>\na  peace talks ␣ at last ␣\nb\nc  talks fail ␣"
    )
    many = kolloc.Corpus(["word " * 20, *["x"] * 6]).tokens()
    assert repr(many) == (
        f"<Tokens: 7 documents, 26 tokens, 2 types>\n0  {'word ' * 12}…\n1  x\n2  x\n3  x\n4  x\n... 2 more documents"
    )
    assert repr(kolloc.Tokens.from_lists([["w" * 99]])).splitlines()[1] == f"0  {'w' * 29}…"


def test_html_is_escaped():
    corpus = kolloc.Corpus({"<i>name</i>": "<script>alert(1)</script> & more"})
    html = corpus.tokens(segmenter="whitespace")._repr_html_()
    assert "<script>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "http" not in html


@pytest.mark.parametrize("texts", [[], [""], ["", " ", "\n"], ["a", "the"]])
def test_nothing_to_count_is_no_error(texts):
    tokens = kolloc.Corpus(texts).tokens(stopwords=["a", "the"])
    assert (tokens.n_docs, tokens.n_tokens, tokens.n_types) == (len(texts), 0, 0)
    assert tokens.doc_lengths.tolist() == [0] * len(texts)
    assert tokens.dtm().shape == (len(texts), 0)
    assert tokens.dtm(vocabulary=["a"]).to_scipy().toarray().tolist() == [[0]] * len(texts)
    table = tokens.cooccurrence()
    assert (table.shape, table.nnz, table.n, table.n_pairs) == ((0, 0), 0, 0, 0)
    assert len(table.edges()) == 0
    assert pickle.loads(pickle.dumps(tokens)) == tokens
    assert "documents" in repr(tokens) or len(texts) == 1
    assert tokens._repr_html_()
    assert tokens.to_arrow().to_pylist() == [[None] * len(tokens.doc(row)) for row in range(len(texts))]


def test_arrow_lists_hold_null_at_gaps(tokens):
    pa = pytest.importorskip("pyarrow")
    lists = tokens.to_arrow()
    assert pa.types.is_dictionary(lists.type.value_type)
    assert lists.to_pylist() == [tokens.doc(row) for row in range(3)]


def test_lists_are_taken_as_they_are():
    tokens = kolloc.Tokens.from_lists([["Peace", None, "a b", ""], ()], names=["x", "y"])
    assert [tokens.doc("x"), tokens.doc("y")] == [["Peace", None, "a b", ""], []]
    assert (tokens.n_tokens, tokens.n_types) == (3, 3)
    with pytest.raises(InputTypeError, match="no text to point into"):
        tokens.spans(0)


@pytest.mark.parametrize(
    ("lists", "options", "error", "message"),
    [
        (["peace talks"], {}, DocumentError, "document in row 0: must be a list of str, got a single str"),
        ([["a"], [1]], {}, InputTypeError, "lists must hold a list of str for each document"),
        (5, {}, InputTypeError, "lists must hold a list of str for each document"),
        ([["a"], ["\ud800"]], {}, ParameterError, "lists must hold text without lone surrogates"),
        ([["a"]], {"names": ["x", "y"]}, InputTypeError, "names must have one row for each of 1 documents, got 2"),
        (
            [["a"]],
            {"metadata": pd.DataFrame({"x": [1, 2]})},
            InputTypeError,
            "metadata must have one row for each of 1 documents",
        ),
    ],
)
def test_lists_of_another_shape_are_refused(lists, options, error, message):
    with pytest.raises(error, match=message):
        kolloc.Tokens.from_lists(lists, **options)


def test_the_provenance_names_all_options_and_versions(tokens):
    step = tokens.provenance["steps"][-1]
    assert step["step"] == "tokens"
    text = str(step)
    for word in ("segmenter", "auto", "normalize", "nfc", "remove_punct", "possessive", "unicode"):
        assert word in text
