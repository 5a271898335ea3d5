"""Corpora for property tests, small enough to count by hand and rich in repetition, gaps and borders."""

from hypothesis import strategies as st

import kolloc

WORDS = ["A", "B", "C", "D", "E", "F"]

_word = st.sampled_from(WORDS[:3]) | st.sampled_from(WORDS)

lists_with_gaps = st.lists(st.lists(_word | st.just(None), max_size=14), max_size=6)

_sentence = st.lists(_word | st.just("-"), min_size=1, max_size=8)
_document = st.lists(st.lists(_sentence, min_size=1, max_size=3), max_size=3)


def from_paragraphs(documents: list[list[list[list[str]]]]) -> kolloc.Tokens:
    """Return documents of paragraphs of sentences as tokens; ``-`` and the full stop of each sentence leave gaps."""
    texts = ["\n\n".join(" ".join(" ".join([*s, "."]) for s in paragraph) for paragraph in doc) for doc in documents]
    options = {"segmenter": "whitespace", "lowercase": False, "remove_punct": True}
    return kolloc.Corpus(texts).tokens(**options)


structured = st.lists(_document, max_size=4)
corpora = lists_with_gaps.map(kolloc.Tokens.from_lists) | structured.map(from_paragraphs)
