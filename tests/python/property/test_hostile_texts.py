"""Texts made to be slow cost no more than others."""

import time

import pytest

import kolloc

PATTERNS = [
    *("a.", "U.", "a@", "@a", "[a]b", "#a", "http://", "www.", "x.com.", "a.b@", "http://a.b/(", "Dr. ", "No. ", "J. "),
    *("'", "’", "a'", "'s ", "l'", "-", "a-", "_", "a_", "1,", "1.", "a:", "a&", "...", ".”", "A.” ", "(", "“", "c++"),
    *("\u200b", "\u00ad", "a\u00ad", "a\u200d", "\ufeff", "\u0301", "e\u0301", "\n", "\r\n", "a\n", "\u2028", "\x00"),
    *("北", "北京和", "。", "a。", "ก", "การ", "한", "👍🏽", "👨\u200d", "🇰", "ﷺ", "½"),
]
SIZE = 200_000


@pytest.mark.parametrize("options", [{}, {"language": "fr", "split_hyphens": True}, {"segmenter": "uax29"}])
def test_repeated_patterns_take_no_longer_than_words(options):
    slow = {}
    for pattern in PATTERNS:
        corpus = kolloc.Corpus([pattern * (SIZE // len(pattern))])
        start = time.perf_counter()
        tokens = corpus.tokens(**options)
        tokens.spans(0)
        slow[pattern] = time.perf_counter() - start
    # A quadratic path would take minutes; what is linear takes a few hundredths of a second.
    assert max(slow.values()) < 2, sorted(slow, key=slow.get)[-3:]
