"""Corpora made to be slow or large cost the search for duplicates no more than a few passes over plain text."""

import random
import resource
import subprocess
import sys
import time

import pytest

import kolloc

WORDS = [f"word{i}" for i in range(30_000)]
PLAIN_BYTES = 20_000_000
"""Plain texts that the search is timed on; hostile ones are of about this size or smaller."""


def _text(dice, n):
    return " ".join(dice.choices(WORDS, k=n))


def _seconds(corpus, **options):
    start = time.perf_counter()
    duplicates = corpus.duplicates(**options)
    return time.perf_counter() - start, duplicates


@pytest.fixture(scope="module")
def plain_seconds():
    """Return what the search takes for documents that have nothing in common, at least half a second."""
    dice = random.Random(1)
    texts = [_text(dice, 300) for _ in range(PLAIN_BYTES // 2_700)]
    return max(0.5, _seconds(kolloc.Corpus(texts))[0])


def _copies():
    story = _text(random.Random(2), 30)
    return [story] * 100_000


def _one_block():
    dice = random.Random(3)
    block = _text(dice, 60)
    return [f"{_text(dice, 40)}\n\n{block}\n\n{_text(dice, 40)}" for _ in range(10_000)]


def _templates():
    """Return pages that share four words of five, never more than four in a row."""
    dice = random.Random(4)
    template = WORDS[:120]
    return [" ".join(dice.choice(WORDS) if at % 5 == 0 else template[at] for at in range(120)) for _ in range(20_000)]


def _mostly_template():
    dice = random.Random(5)
    template = _text(dice, 120)
    return [f"{template}\n\n{_text(dice, 30)}" for _ in range(20_000)]


def _tokens():
    return [WORDS[i % 20_000] for i in range(300_000)]


def _versions():
    story = _text(random.Random(6), 300).split()
    return [" ".join([*story[: i % 300], f"v{i}", *story[i % 300 + 1 :]]) for i in range(2_000)]


def _one_word():
    return ["peace " * 2_000_000, "peace " * 1_999_999, "peace " * 2_000_000]


def _random_words():
    dice = random.Random(7)
    text = _text(dice, 1_000_000)
    return [text, text, f"{text} x"]


@pytest.mark.parametrize(
    "make",
    [_copies, _one_block, _templates, _mostly_template, _tokens, _versions, _one_word, _random_words],
    ids=lambda make: make.__name__.strip("_"),
)
@pytest.mark.filterwarnings("ignore::kolloc.exceptions.MegaClusterWarning")
def test_hostile_corpora_take_no_more_than_a_few_plain_searches(make, plain_seconds):
    texts = make()
    seconds, duplicates = _seconds(kolloc.Corpus(texts))
    # What is quadratic takes a thousand times as long.
    assert seconds < 12 * plain_seconds, (seconds, plain_seconds)
    assert duplicates.n_pairs < 20 * len(texts) + 100


def test_spans_of_texts_of_one_word_are_found_in_time(plain_seconds):
    duplicates = kolloc.Corpus(["peace " * 500_000, "peace " * 500_000]).duplicates(furniture="keep")
    start = time.perf_counter()
    spans = duplicates.spans
    assert time.perf_counter() - start < 5 * plain_seconds
    assert spans["equal_words"].tolist() == [500_000]


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.MegaClusterWarning")
def test_copies_over_years_with_a_window_are_one_cluster():
    dates = [f"20{10 + i % 10}-{1 + i % 12:02d}-{1 + i % 28:02d}" for i in range(100_000)]
    frame = kolloc._interop.frame_from_columns({"text": _copies(), "date": dates})
    seconds, duplicates = _seconds(kolloc.Corpus(frame, text="text"), date="date", window="30D")
    assert duplicates.n_clusters >= 1
    assert duplicates.n_pairs <= 1_600_000
    assert seconds < 60


_MEMORY = """
import resource, sys, kolloc
{make}
corpus = kolloc.Corpus(texts)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
corpus.duplicates()
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / sum(map(len, texts)))
"""


@pytest.mark.skipif(not hasattr(resource, "RUSAGE_SELF"), reason="memory is measured in Unix's way")
@pytest.mark.parametrize(
    "make",
    [
        "texts = ['peace ' * 8_000_000]",
        "import random\ntexts = [' '.join(random.Random(1).choices([f'word{i}' for i in range(9999)], k=5_500_000))]",
        "texts = ['peace talks resume in the capital after a week of silence and of war'] * 500_000",
    ],
    ids=["one word", "random words", "copies"],
)
@pytest.mark.filterwarnings("ignore::kolloc.exceptions.MegaClusterWarning")
def test_memory_stays_within_a_few_times_the_text(make):
    child = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _MEMORY.format(make=make)],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert child.returncode == 0, child.stderr
    assert float(child.stdout) < 30


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["", "", " \n"], ["👍"] * 3, ["\u0301", "\u0301\u0301"], ["\ufeff", "\u200b"], ["中"], ["<p>", "&amp;"]],
    ids=["no documents", "empty", "blank", "emoji", "marks", "invisible", "one character", "markup"],
)
def test_texts_without_words_are_no_trouble(texts):
    duplicates = kolloc.Corpus(texts).duplicates()
    assert set(duplicates.pairs["relation"]) <= {"exact"}
    assert duplicates.n_pairs == (3 if texts == ["👍"] * 3 else 0)
    assert len(duplicates.spans) == 0
