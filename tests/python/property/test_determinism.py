"""The same result, byte for byte, for any number of threads."""

import random

import numpy as np
import pytest

import kolloc

THREADS = [2, 3, 8]


@pytest.fixture(scope="module")
def corpus():
    """More than 3 MB in several scripts: mostly articles, some very long documents, many tiny ones, some empty."""
    draw = random.Random(7)
    syllables = [
        "pe",
        "ace",
        "ta",
        "lks",
        "son",
        "né",
        "ko",
        "rea",
        "U.S.",
        "trade",
        "안",
        "평화",
        "战争",
        "和平",
        "ไทย",
        "東京",
    ]
    words = ["".join(draw.choices(syllables, k=draw.randint(1, 4))) for _ in range(9000)]
    words += [
        "don’t",
        "China's",
        "$3.5bn",
        "https://example.org/a",
        "#tag",
        "e\u0301",
        "👍🏽",
        "co\u00adop",
        "Dr.",
        "-",
    ]
    marks = [". ", ", ", " ", " ", " ", " ", "! ", "\n\n", "\n", "; "]

    def text(n):
        return "".join(draw.choice(words[: draw.choice([50, 9000])]) + draw.choice(marks) for _ in range(n))

    lengths = [0, 1, 3, 300, 500, 30_000, *draw.choices([0, 1, 2, 5, 200, 400], k=2400)]
    texts = [text(n) for n in lengths]
    assert sum(len(text.encode()) for text in texts) > 3_000_000
    return kolloc.Corpus(texts)


def _bytes(*arrays):
    return [(array.dtype.str, array.shape, array.tobytes()) for array in map(np.asarray, arrays)]


def _token_bytes(tokens):
    text, boundaries = tokens._native.vocabulary.buffers()
    starts = tokens.sentence_starts, tokens.paragraph_starts
    return [bytes(text), *_bytes(tokens.term_ids, tokens.offsets, *starts, boundaries, tokens.vocabulary.frequencies)]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"remove_punct": True, "stopwords": ["peace", "korea"], "keep_gaps": False, "stem": "english"},
        {"segmenter": "uax29", "normalize": "nfkc", "min_chars": 2},
        {"segmenter": "whitespace", "lowercase": False, "normalize": None},
        {"segmenter": "regex", "token_pattern": r"\w+", "remove_numbers": True},
    ],
)
def test_tokens_are_the_same_for_any_number_of_threads(corpus, options):
    alone = _token_bytes(corpus.tokens(**options, n_threads=1))
    for n_threads in THREADS:
        assert _token_bytes(corpus.tokens(**options, n_threads=n_threads)) == alone


def test_masked_tokens_are_the_same_for_any_number_of_threads(corpus):
    tokens = corpus.tokens(remove_punct=True)
    draw = np.random.default_rng(5)
    rows = draw.permutation(np.flatnonzero([len(text) > 50 for text in corpus]))
    starts = draw.integers(0, 40, len(rows))
    spans = {"document": rows, "char_start": starts, "char_end": starts + draw.integers(0, 11, len(rows))}
    alone = _token_bytes(tokens.mask(spans, n_threads=1))
    for n_threads in THREADS:
        assert _token_bytes(tokens.mask(spans, n_threads=n_threads)) == alone
    assert _token_bytes(tokens.mask(spans)[::3]) == _token_bytes(tokens[::3].mask(_of_rows(spans, range(0, 10**6, 3))))


def _of_rows(spans, rows):
    """The spans of every third document, under their rows among these."""
    kept = np.isin(spans["document"], rows)
    return {**{name: values[kept] for name, values in spans.items()}, "document": spans["document"][kept] // 3}


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"ngram_range": (1, 3), "min_count": 2},
        {"ngram_range": (2, 2), "within": "sentence", "order": "frequency", "max_terms": 5000},
        {"order": "term", "max_df": 0.5, "binary": True},
        {"vocabulary": ["peace", "talks", "ace", "nowhere"]},
    ],
)
def test_matrices_are_the_same_for_any_number_of_threads(corpus, options):
    tokens = corpus.tokens(remove_punct=True)

    def content(n_threads):
        dtm = tokens.dtm(**options, n_threads=n_threads)
        text, boundaries = dtm._native.terms()
        native = dtm._native
        return [bytes(text), *_bytes(boundaries, native.indptr, native.indices, native.data, dtm.doc_lengths)]

    alone = content(1)
    assert all(content(n_threads) == alone for n_threads in THREADS)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"count": "weighted", "min_count": 3},
        {"count": "boolean", "within": "sentence", "min_count": 2},
        {"ordered": True, "min_count": 5, "window": 2},
        {"window": (1, 3), "min_count": 5, "diagonal": "twice"},
        {"margins": "surface", "min_count": 5, "window": 3},
        {"context": "sentence", "min_count": 5},
        {"context": "document", "min_count": 40},
        {"count": "weighted", "nodes": ["peace", "ace"], "window": 10},
    ],
)
def test_cooccurrence_is_the_same_for_any_number_of_threads(corpus, options):
    tokens = corpus.tokens(remove_punct=True)
    if "nodes" in options:
        options = {**options, "nodes": tokens.vocabulary.terms[10:14]}

    alone = _table_bytes(tokens, options, 1)
    assert all(_table_bytes(tokens, options, n_threads) == alone for n_threads in THREADS)


@pytest.mark.parametrize(
    "options", [{"min_count": 5}, {"count": "weighted", "min_count": 5}, {"context": "sentence", "min_count": 5}]
)
def test_weighted_cooccurrence_is_the_same_for_any_number_of_threads(corpus, options):
    tokens = corpus.tokens(remove_punct=True).weigh(1 / np.random.default_rng(3).integers(1, 30, len(corpus)))
    alone = _table_bytes(tokens, options, 1)
    assert all(_table_bytes(tokens, options, n_threads) == alone for n_threads in THREADS)


def _table_bytes(tokens, options, n_threads):
    table = tokens.cooccurrence(**options, n_threads=n_threads)
    native = table._native
    cells = native.indptr, native.indices, native.data
    margins = table.row_margins, table.column_margins, table.frequencies
    return [table.n, table.n_pairs, *_bytes(native.terms, native.row_terms, *cells, *margins)]
