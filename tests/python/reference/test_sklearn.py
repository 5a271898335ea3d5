"""The document-term matrix against scikit-learn's CountVectorizer."""

import random

import pytest

import kolloc

text = pytest.importorskip("sklearn.feature_extraction.text")

_OPENINGS = [
    "Envoys",
    "Ministers of both sides",
    "The delegation",
    "Officials, late on Friday,",
    "Nobody",
    "Vicky's aides",
]
_VERBS = ["met", "left", "did not meet", "re-opened", "praised", "won't join"]
_OBJECTS = [
    "the talks",
    "a new round of talks",
    "the 2021 summit in Genève",
    "Seoul & Tokyo",
    "3.5 million jobs",
    "WAR",
]
_random = random.Random(4)
TEXTS = [
    " ".join(
        f"{_random.choice(_OPENINGS)} {_random.choice(_VERBS)} {_random.choice(_OBJECTS)}."
        for _ in range(_random.randrange(12))
    )
    for _ in range(60)
]


def _tokens(texts, **options):
    # The pattern must be written out on this side, and cutting comes before lower-casing.
    return kolloc.Corpus(texts).tokens(segmenter="regex", token_pattern=r"\b\w\w+\b", normalize=None, **options)


def _assert_same(texts, vectorizer, dtm):
    expected = vectorizer.fit_transform(texts)
    assert dtm.terms == vectorizer.get_feature_names_out().tolist()
    assert (dtm.to_scipy() != expected).nnz == 0


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({}, {}),
        ({"ngram_range": (1, 2)}, {"ngram_range": (1, 2)}),
        ({"ngram_range": (2, 4)}, {"ngram_range": (2, 4)}),
        ({"min_df": 3, "max_df": 30}, {"min_df": 3, "max_df": 30}),
        ({"min_df": 0.25, "max_df": 0.75}, {"min_df": 0.25, "max_df": 0.75}),
        ({"ngram_range": (1, 2), "min_df": 2, "max_df": 0.5}, {"ngram_range": (1, 2), "min_df": 2, "max_df": 0.5}),
        ({"binary": True}, {"binary": True}),
    ],
)
def test_matrices_are_those_of_the_count_vectorizer(theirs, ours):
    dtm = _tokens(TEXTS).dtm(order="term", concatenator=" ", **ours)
    _assert_same(TEXTS, text.CountVectorizer(token_pattern=r"(?u)\b\w\w+\b", **theirs), dtm)


def test_new_text_is_scored_by_the_columns_of_old_text():
    vectorizer = text.CountVectorizer(ngram_range=(1, 2)).fit(TEXTS[:30])
    columns = vectorizer.get_feature_names_out().tolist()
    dtm = _tokens(TEXTS[30:]).dtm(ngram_range=(1, 2), concatenator=" ", vocabulary=columns)
    assert dtm.terms == columns
    assert (dtm.to_scipy() != vectorizer.transform(TEXTS[30:])).nnz == 0


def test_the_most_frequent_terms_are_the_same_but_for_ties():
    # Ties at the border fall by the order of columns here; there, any of them may stay.
    whole = _tokens(TEXTS).dtm(order="term")
    totals = sorted(whole.to_scipy().sum(axis=0).tolist(), reverse=True)
    clear = [k for k in range(1, len(totals)) if totals[k - 1] > totals[k]]
    assert len(clear) > 5
    for k in clear:
        _assert_same(TEXTS, text.CountVectorizer(max_features=k), _tokens(TEXTS).dtm(order="term", max_terms=k))
    for k in range(1, len(totals)):
        assert sorted(whole.trim(max_terms=k).to_scipy().sum(axis=0).tolist(), reverse=True) == totals[:k]


def test_stop_words_leave_gaps_here_and_none_there():
    words = ["of", "the", "a"]
    vectorizer = text.CountVectorizer(ngram_range=(1, 2), stop_words=words)
    closed = _tokens(TEXTS, stopwords=words, keep_gaps=False).dtm(ngram_range=(1, 2), order="term", concatenator=" ")
    _assert_same(TEXTS, vectorizer, closed)
    apart = _tokens(TEXTS, stopwords=words).dtm(ngram_range=(1, 2), order="term", concatenator=" ")
    assert set(closed.terms) > set(apart.terms)
    assert "round talks" in closed.terms
    assert "round talks" not in apart.terms


def test_a_share_of_documents_is_exact_here_and_rounded_there():
    texts = ["seven everywhere"] * 7 + ["everywhere"] * 93
    # 0.07 * 100 is 7.000000000000001 in floating point.
    assert text.CountVectorizer(min_df=0.07).fit(texts).get_feature_names_out().tolist() == ["everywhere"]
    assert _tokens(texts).dtm(min_df=0.07, order="term").terms == ["everywhere", "seven"]


def test_real_speeches_give_the_same_matrix(shared_parquet):
    # Marks, such as the variation selector of emoji, are word characters here (UTS 18) and not in Python's patterns.
    texts = [text for text in shared_parquet("whitehouse.parquet", "text")[:400] if "\ufe0f" not in text]
    dtm = _tokens(texts).dtm(ngram_range=(1, 2), min_df=2, order="term", concatenator=" ")
    _assert_same(texts, text.CountVectorizer(ngram_range=(1, 2), min_df=2), dtm)
