"""Words, sentences and paragraphs of the planting tool, and which texts it finds related by nature."""

from __future__ import annotations

from planting import made_articles, naturally_related, without_related
from planting.segments import Article, paragraphs, sentences, words
from planting.synonyms import SYNONYMS

ARTICLES = made_articles(12, seed=5)


def share_a_run(a, b, length=12):
    return bool(runs(words(a), length) & runs(words(b), length))


def runs(found, length):
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def test_sentences_end_at_their_marks():
    text = 'Mr. Orlam paid $2.5 million. "Why?" asked J. Day. 他走了。“好。”她说。 No. 5 won!'
    assert [text[slice(*part)] for part in sentences(text, 0, len(text))] == [
        "Mr. Orlam paid $2.5 million.",
        '"Why?" asked J. Day.',
        "他走了。",
        "“好。”",
        "她说。",
        "No. 5 won!",
    ]


def test_paragraphs_stand_between_blank_lines_or_lines():
    assert paragraphs("\ufeffa\nb\n \n\n c\n") == [(1, 4), (9, 10)]
    assert paragraphs("a\nb\n") == [(0, 1), (2, 3)]
    assert paragraphs("") == []
    long = "One two three four. " * 60
    assert len(paragraphs(long)) == 4


def test_words_are_folded_and_han_stand_alone():
    assert words("The\u00ad CAT’S 3.5 朝鲜日报 서울에서 Straße") == [
        *("the", "cat's", "3", "5", "朝", "鲜", "日", "报", "서울에서", "strasse")
    ]


def test_the_beginning_ends_with_a_sentence():
    article = Article(0, " One two. Three four five. Six.\n")
    assert [article.beginning(size) for size in (1, 2, 3, 6, 99)] == [(1, 9), (1, 9), (1, 26), (1, 31), (1, 31)]


def test_there_are_enough_synonyms():
    assert len(SYNONYMS) >= 150
    assert all(word == word.lower() and word not in others for word, others in SYNONYMS.items())


def test_natural_relations_are_those_of_common_runs():
    texts = [
        *ARTICLES,
        *(" ".join(words(ARTICLES[at])[20 : 20 + size]) for at, size in ((3, 12), (4, 11), (3, 30))),
    ]
    expected = {(a, b) for b in range(len(texts)) for a in range(b) if share_a_run(texts[a], texts[b])}
    assert naturally_related(texts) == expected == {(3, 12), (3, 14), (12, 14)}
    assert without_related(len(texts), expected) == [*range(12), 13]
    assert naturally_related([]) == naturally_related(["a few words"]) == set()
