"""Readability: hand values of the specification, printed results of quanteda, and counts written out in Python."""

import itertools
import math
import re

import numpy as np
import pandas as pd
import pytest

import kolloc

pytestmark = pytest.mark.filterwarnings("ignore::kolloc.exceptions.ShortTextWarning")

TEXTS = {
    "a": "The cat sat on the mat. It was happy.",
    "b": "International organizations continuously reconsider institutional arrangements. Governments negotiate "
    "multilateral agreements.",
    "c": "The minister said that the government will review the agreement. Officials expect negotiations to continue "
    "next week. Nobody knows.",
}
# Of the words of the three texts, those that a list of familiar words has: nine of B and five of C are not on it.
FAMILIAR = {
    *("cat", "happy", "it", "mat", "on", "sat", "the", "was", "government", "continue"),
    *("expect", "minister", "next", "nobody", "said", "that", "to", "week", "will"),
}
NAMES = {"dale_chall": "dale_chall_1948", "flesch_amstad": "flesch_amstad_de"}
COUNTS = {
    "n_words": "words", "n_sentences": "sentences", "n_letters": "letters", "n_syllables": "syllables",
    "n_polysyllables": "words_3plus_syll", "n_monosyllables": "words_1_syll", "n_long_words": "words_7plus_letters",
    "n_unfamiliar": "words_not_in_dale_chall_list",
}  # fmt: skip
HAND_VALUES = {
    "flesch": (108.2675, -153.56, 35.659298),
    "flesch_kincaid": (-0.723889, 35.92, 9.858947),
    "fog": (1.8, 42, 17.270175),
    "smog": (3.1291, 15.903189, 11.855464),
    "ari": (-5.05, 35.235, 9.005088),
    "coleman_liau": (-4.737778, 45.9, 13.568421),
    "lix": (4.5, 105, 37.912281),
    "rix": (0, 5, 2),
    "forcast": (6.666667, 20, 12.105263),
    "dale_chall_conditional": (0.2232, 18.0955, 8.105896),
    "dale_chall": (3.8597, 18.0955, 8.105896),
    "dale_chall_1995": (60.895, -24.95, 34.63),
    "linsear_write": (1.25, 6.5, 4.5),
}


def scores(texts=TEXTS, measures="all", language="en", **options):
    return kolloc.Corpus(texts).tokens().readability(measures, language=language, **options)


def close(found, expected):
    return abs(found - expected) <= 1e-6 * max(1, abs(expected))


def test_hand_values_are_reproduced_from_the_texts():
    frame = scores(familiar=FAMILIAR)
    assert set(HAND_VALUES) <= set(frame.columns)
    for name, values in HAND_VALUES.items():
        assert all(map(close, frame[name], values)), name


def test_golden_values_are_reproduced_from_the_texts(golden):
    english = scores(familiar=FAMILIAR)
    german, italian = scores(measures="flesch_amstad", language="de"), scores(measures="gulpease", language="it")
    for row, (name, expected) in enumerate(golden["extra"]["readability"].items()):
        assert name == english["document"][row]
        for column, key in COUNTS.items():
            assert english[column][row] == expected[key], (name, column)
        for measure in HAND_VALUES:
            assert close(english[measure][row], expected[NAMES.get(measure, measure)]), (name, measure)
        assert close(italian["gulpease"][row], expected["gulpease"])
    # The syllables of an English text by German rules are others, but the formula is the formula.
    asl, asw = (german[f"n_{x}"] / german[f"n_{y}"] for x, y in (("words", "sentences"), ("syllables", "words")))
    np.testing.assert_allclose(german["flesch_amstad"], 180 - asl - 58.5 * asw, rtol=1e-12)


def test_the_german_formula_reproduces_its_golden_values(golden):
    # Syllables as the golden file counts them, given word by word.
    english = scores()
    for row, expected in enumerate(golden["extra"]["readability"].values()):
        words = re.findall(r"\w+", TEXTS[english["document"][row]].lower())
        total, n = expected["syllables"], len(words)
        shares = dict.fromkeys(words, 1)
        # Only the sum matters to the formula; the word that occurs once takes the rest.
        once = next(word for word in words if words.count(word) == 1)
        shares[once] = total - (n - 1)
        found = scores({"x": TEXTS[english["document"][row]]}, "flesch_amstad", "de", syllables=shares)
        assert found["n_syllables"][0] == total
        assert found["dictionary_share"][0] == 1
        assert close(found["flesch_amstad"][0], expected["flesch_amstad_de"])


def test_printed_results_of_quanteda(shared):
    lines = shared("spec/golden_quanteda.txt").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("###  readability"))
    header, *rows = (line.split() for line in lines[start + 1 : start + 4])
    printed = {row[1]: dict(zip(header[1:], map(float, row[2:]), strict=False)) for row in rows}
    frame = scores(familiar=FAMILIAR).set_index("document")
    pairs = {
        "flesch": "Flesch", "flesch_kincaid": "Flesch.Kincaid", "fog": "FOG", "smog": "SMOG", "ari": "ARI",
        "coleman_liau": "Coleman.Liau.short", "lix": "LIW", "rix": "RIX", "dale_chall_1995": "Dale.Chall",
        "dale_chall_conditional": "Dale.Chall.old", "n_words": "W", "n_sentences": "St", "n_letters": "C",
        "n_syllables": "Sy", "n_polysyllables": "W3Sy", "n_monosyllables": "W_1Sy", "n_long_words": "W7C",
    }  # fmt: skip
    for document, expected in printed.items():
        for name, theirs in pairs.items():
            assert frame.loc[document, name] == pytest.approx(expected[theirs], abs=1e-8), (document, name)


WORDS = ["Peace", "talks", "negotiations", "24", "U.S.-led", "https://a.example", "정부", "e-mail", "agreement", "$"]


def test_counts_agree_with_counting_one_by_one():
    rng = np.random.default_rng(7)
    sentences = [" ".join(rng.choice(WORDS, size)) for size in rng.integers(0, 9, 600)]
    texts = [". ".join(rng.choice(sentences, size)) for size in rng.integers(0, 6, 200)]
    tokens = kolloc.Corpus(texts).tokens()
    with pytest.warns(kolloc.exceptions.UndefinedWarning):
        frame = tokens.readability(["lix", "rix"], language="en")
    borders = np.append(tokens.sentence_starts, len(tokens.term_ids))
    for doc in range(len(texts)):
        first, last = np.searchsorted(borders, tokens.offsets[doc : doc + 2])
        inside = itertools.pairwise(borders[first : last + 1])
        pieces = [[tokens.vocabulary.term(int(i)) for i in tokens.term_ids[s:e]] for s, e in inside]
        words = [[w for w in piece if re.search(r"[^\W\d_]", w) and "://" not in w] for piece in pieces]
        letters = [sum(map(str.isalnum, word)) for piece in words for word in piece]
        n, n_long, n_sentences = len(letters), sum(size >= 7 for size in letters), sum(map(bool, words))
        row = frame.iloc[doc]
        assert (row.n_words, row.n_letters, row.n_long_words, row.n_sentences) == (n, sum(letters), n_long, n_sentences)
        if n:
            assert math.isclose(row.lix, n / n_sentences + 100 * n_long / n)
            assert math.isclose(row.rix, n_long / n_sentences)


def test_groups_are_sums_of_their_documents():
    frame = pd.DataFrame({"text": [*TEXTS.values(), ""], "outlet": ["Post", "Herald", "Post", "Post"]})
    tokens = kolloc.Corpus(frame, text="text").tokens()
    found = tokens.readability(language="en", by="outlet", familiar=FAMILIAR)
    joined = scores({"Post": f"{TEXTS['a']}\n\n{TEXTS['c']}", "Herald": TEXTS["b"]}, familiar=FAMILIAR)
    assert found.drop(columns="outlet").equals(joined.drop(columns="document"))
    twice = tokens.weigh([2, 1, 0.5, 1]).readability(["flesch", "rix"], language="en", by="outlet")
    assert twice["n_words"].tolist() == [2 * 9 + 0.5 * 19, 10]
    assert twice["rix"][0] == (0.5 * 6) / (2 * 2 + 0.5 * 3)
