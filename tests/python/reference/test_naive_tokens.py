"""The plain segmenters against the rules of UAX #29, Python's split and Python's regular expressions."""

import gzip
import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kolloc
from reference import word_boundaries

CHARACTERS = "abzAZ019.,:;'’\"-_ \u00a0\u3000\n\té\u0301\u200b\u200c\u200d\u00ad\ufeff漢ひไ!$·"
PIECES = [
    *CHARACTERS, "\r\n", "\r", "  ", "한", "국", "א", "ב", "'", '"', "ア", "カー", "\u3099", "👍", "🏽", "❤\ufe0f",
    "🇰", "🇷", "👨\u200d👩", "don't", "3.14", "1,000", "א\"ב", "e\u0301", "a\u200db",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def _tokens(texts, **options):
    tokens = kolloc.Corpus(texts).tokens(lowercase=False, normalize=None, **options)
    return [tokens.doc(row) for row in range(len(tokens))]


@settings(max_examples=400, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
@example(texts=["a.\u200d👍", "1\u200d.\u200d\u200d👍a.\u200d👍", ".\u200d👍", "a.\u200db"])
@example(texts=["a\r\n\u0301b", "\u0301a", "a\u00ad.b", "🇰🇷🇺🇸🇯", "א'ב\"ג' x"])
def test_words_lie_between_the_boundaries_of_the_standard(texts):
    expected = [list(filter(word_boundaries.is_visible, word_boundaries.segments(text))) for text in texts]
    assert _tokens(texts, segmenter="uax29", possessive="keep") == expected


def test_marks_between_words_and_emoji_bind_as_the_standard_says():
    texts = ["".join(chars) for n in range(1, 5) for chars in itertools.product("אa1'\".,\u200d👍\u0301", repeat=n)]
    expected = [list(filter(word_boundaries.is_visible, word_boundaries.segments(text))) for text in texts]
    assert _tokens(texts, segmenter="uax29", possessive="keep") == expected


def test_the_rules_here_pass_the_official_cases_of_their_alphabet(shared):
    known = {word_boundaries.word_break(char) for piece in PIECES for char in piece}
    assert len(known) == 18
    covered = 0
    for expected in _official_cases(shared):
        text = "".join(expected)
        if set(text) <= set("".join(PIECES)):
            covered += 1
            assert word_boundaries.segments(text) == expected, ascii(text)
    assert covered > 100


def test_all_official_cases_are_cut_as_they_say(shared):
    cases = _official_cases(shared)
    assert len(cases) == 1944
    expected = [list(filter(word_boundaries.is_visible, case)) for case in cases]
    assert _tokens(["".join(case) for case in cases], segmenter="uax29", possessive="keep") == expected


def _official_cases(shared):
    lines = gzip.decompress(shared("data/unicode17/WordBreakTest.txt.gz").read_bytes()).decode("utf-8").splitlines()
    cases = []
    for line in lines:
        case = line.partition("#")[0].strip()
        if case:
            pieces = [piece.replace("×", " ").split() for piece in case.strip("÷ \t").split("÷")]
            cases.append(["".join(chr(int(code, 16)) for code in piece) for piece in pieces])
    return cases


SPACED = st.text(st.sampled_from("ab,.’'\u00a0\u3000\u2028\u1680\u0085 \n\t\r\u200b한e\u0301👍"), max_size=30)


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(SPACED, min_size=1, max_size=4))
def test_white_space_separates_as_in_python(texts):
    assert _tokens(texts, segmenter="whitespace", possessive="keep") == [text.split() for text in texts]


# Patterns that mean the same in both languages, for text without marks.
PATTERNS = [r"\w+", r"\b\w\w+\b", r"[a-z]+|\d+", r"(\w)\w*", r"\w+(?:-\w+)*", r"\S", r"(?i)AB|c", r"a*"]


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(st.text("abcABC019é한- .,'\n", max_size=30), min_size=1), pattern=st.sampled_from(PATTERNS))
def test_patterns_match_as_in_python(texts, pattern):
    expected = [[match for match in re.findall(pattern, text) if match] for text in texts]
    assert _tokens(texts, segmenter="regex", token_pattern=pattern, possessive="keep") == expected


@pytest.mark.parametrize("segmenter", ["uax29", "whitespace"])
def test_lower_case_is_that_of_the_standard(segmenter):
    words = ["ÉCOLE", "STRAẞE", "İstanbul", "ΟΔΟΣ", "ΣΑΣ", "ǅ", "Ⅷ", "𐐀", "ꭰ", "ﬀ", "ÅNGSTRÖM"]
    tokens = kolloc.Corpus(words).tokens(segmenter=segmenter, normalize=None)
    assert [tokens.doc(row)[0] for row in range(len(words))] == [word.lower() for word in words]
