"""Counts of 400 speeches against those of quanteda (shared oracle)."""

import csv
import gzip
import io

import numpy as np
import pytest

import kolloc


def _read(path):
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def tokens(shared):
    rows = _read(shared("oracle/docs.csv.gz"))
    corpus = kolloc.Corpus([row["text"] for row in rows], names=[row["doc_id"] for row in rows])
    return corpus.tokens(segmenter="whitespace")


def test_all_tokens_are_there(tokens):
    assert (tokens.n_docs, tokens.n_tokens, tokens.n_types) == (400, 239_026, 13_177)
    assert (tokens.term_ids != kolloc.tokens.GAP).all()


def test_totals_of_all_terms_are_the_same(tokens, shared):
    frame = tokens.dtm().term_frequencies()
    found = {term: (cf, df) for term, cf, df in zip(frame["term"], frame["cf"], frame["df"], strict=True)}
    expected = {row["term"]: (int(row["cf"]), int(row["df"])) for row in _read(shared("oracle/terms.csv"))}
    assert found == expected


def test_cells_of_twenty_documents_are_the_same(tokens, shared):
    expected = {(row["doc_id"], row["term"]): int(row["count"]) for row in _read(shared("oracle/weights.csv.gz"))}
    frame = tokens.dtm()[:20].to_frame()
    found = zip(frame["document"].astype(str), frame["term"].astype(str), frame["count"], strict=True)
    assert {(document, term): count for document, term, count in found} == expected


# The diagonal as counted there: a pair of equal terms twice in a window, once in a document and in ordered tables.
TABLES = {
    "fcm_window5_frequency.csv": {"window": 5, "diagonal": "twice"},
    "fcm_window5_weighted.csv": {"window": 5, "diagonal": "twice", "count": "weighted"},
    "fcm_window5_ordered.csv": {"window": 5, "ordered": True},
    "fcm_document.csv": {"context": "document"},
}


@pytest.fixture(scope="module", params=TABLES)
def named_table(request, tokens):
    return request.param, tokens.cooccurrence(**TABLES[request.param])


def test_listed_cells_are_the_same(named_table, shared):
    name, table = named_table
    column = {term: place for place, term in enumerate(table.terms)}
    rows = _read(shared(f"oracle/{name}"))
    assert len(rows) == 4000
    matrix = table.to_scipy("full")
    places = [[column[row[end]] for row in rows] for end in ("term_a", "term_b")]
    found = np.asarray(matrix[places[0], places[1]]).ravel()
    expected = np.array([float(row["value"]) for row in rows])
    if "weighted" in name:
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=0)
    else:
        assert found.tolist() == expected.tolist()


def test_no_cell_is_missing_and_none_too_many(named_table, shared):
    name, table = named_table
    (total,) = [row for row in _read(shared("oracle/fcm_totals.csv")) if row["file"] == name]
    matrix = table.to_scipy()
    diagonal = matrix.diagonal()
    found = [matrix.sum(), diagonal.sum(), matrix.max()]
    expected = [float(total[key]) for key in ("sum", "diagonal_sum", "max")]
    sizes = [len(table.terms), matrix.nnz, int((diagonal != 0).sum())]
    assert sizes == [int(total[key]) for key in ("n_terms", "cells", "diagonal_cells")]
    np.testing.assert_allclose(found, expected, rtol=1e-12 if "weighted" in name else 0, atol=0)


def test_the_listed_top_cells_are_the_largest(named_table, shared):
    name, table = named_table
    top = [row for row in _read(shared(f"oracle/{name}")) if row["part"] == "top"]
    listed = sorted((float(row["value"]) for row in top), reverse=True)
    largest = table.edges(top=len(top))["count"]
    np.testing.assert_allclose(largest, listed, rtol=1e-12 if "weighted" in name else 0, atol=0)


def test_row_sums_are_incidences_when_the_diagonal_counts_twice(tokens):
    table = tokens.cooccurrence(diagonal="twice")
    assert table.to_scipy("full").sum(axis=1).tolist() == table.row_margins.tolist()
    assert table.row_margins.sum() == table.n == 2 * table.n_pairs


def test_n_grams_of_three_documents_are_the_same(tokens, shared):
    rows = [row for row in _read(shared("oracle/ngrams.csv")) if row["kind"] == "n2_3"]
    documents = list(dict.fromkeys(row["doc_id"] for row in rows))
    assert len(documents) == 3
    for name in documents:
        listed = [row["ngram"] for row in rows if row["doc_id"] == name]
        counts = {term: listed.count(term) for term in dict.fromkeys(listed)}
        row = list(tokens.names).index(name)
        dtm = tokens[[row]].dtm(ngram_range=(2, 3))
        # First appearance: all bigrams by position, then all trigrams, as listed.
        assert dtm.terms == list(counts)
        assert dtm.to_scipy().toarray()[0].tolist() == list(counts.values())
