"""Collocations against values worked out by hand, an oracle, a log-linear model and a naive count."""

import csv
import gzip
import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kolloc

NESTED_DOCS = ["a b c d e a b c d e a b c d a b", "b c d e b c a b", "a b c d e"]
BROKEN_DOCS = [
    ". . . . a b c . . a b c . . . c d e",
    "a b . . a b . . a b . . a b . a b",
    "b c d . . b c . b c . . . b c",
]


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads(shared("spec/golden.json").read_text(encoding="utf-8"))


def _tokens(texts):
    return kolloc.Tokens.from_lists([text.split() for text in texts])


def _rows(frame, *columns):
    rows = zip(*(frame[name] for name in columns), strict=True)
    return dict(zip(frame["collocation"], rows, strict=True))


def _assert_close(found, expected):
    assert abs(found - expected) <= 1e-6 * max(1, abs(expected))


# Size, n-grams, count, λ, z of "a b c a b d e b d a b", every n-gram listed.
SHORT = [
    (2, "a b", 3, 3.412247218, 1.936082617),
    (2, "b d", 2, 3.218875825, 1.799406289),
    (2, "c a; d e", 1, 2.833213344, 1.525134105),
    (2, "b c", 1, 2.197224577, 1.228285879),
    (2, "d a", 1, 1.609437912, 1.101906812),
    (2, "e b", 1, 1.717651497, 0.974582143),
    (3, "b c a; b d e; c a b; e b d; a b c; d e b", 1, -1.466337069, -0.460170235),
    (3, "a b d; b d a; d a b", 1, -3.663561646, -1.149709750),
]


@pytest.mark.parametrize("size", [2, 3])
def test_every_n_gram_of_a_short_text(size):
    frame = _tokens(["a b c a b d e b d a b"]).collocations(size, min_count=1)
    found = _rows(frame, "count", "lambda", "z", "length")
    n = 0
    for length, grams, count, strength, z in SHORT:
        for gram in grams.split("; ") if length == size else ():
            assert (found[gram][0], found[gram][3]) == (count, size)
            _assert_close(found[gram][1], strength)
            _assert_close(found[gram][2], z)
            n += 1
    assert n == len(frame)


def test_n_grams_with_the_same_cells_tie_and_stand_by_first_appearance():
    frame = _tokens(["a b c a b d e b d a b"]).collocations(3, min_count=1)
    listed = frame["collocation"].tolist()
    assert listed == ["a b c", "b c a", "b d e", "c a b", "d e b", "e b d", "a b d", "b d a", "d a b"]


def test_values_of_the_file(golden):
    frame = _tokens(["a b c a b d e b d a b"]).collocations((2, 3), min_count=1)
    found = _rows(frame, "lambda", "z")
    for block in ("lambda_bigram", "lambda_trigram"):
        for gram, values in golden[block].items():
            [_assert_close(*pair) for pair in zip(found[gram], values, strict=True)]


def test_sizes_from_two_to_five_with_nested_counts(golden):
    block = golden["extra"]["lambda_z"]
    assert block["docs"] == NESTED_DOCS
    frame = _tokens(NESTED_DOCS).collocations(range(2, 6), min_count=2)
    found = _rows(frame, "count", "lambda", "z", "count_nested", "length")
    n = 0
    for size in range(2, 6):
        for gram, expected in block[f"size_{size}"].items():
            assert found[gram][0] == expected["count"]
            _assert_close(found[gram][1], expected["lambda"])
            _assert_close(found[gram][2], expected["z"])
            assert found[gram][3:] == (0 if size == 5 else expected["count"], size)
            n += 1
    assert n == len(frame) == 20
    assert (np.diff(frame["z"]) <= 0).all()


def test_full_stops_end_what_may_be_an_n_gram():
    # Removed, a full stop leaves a gap; kept, it would be a word.
    frame = kolloc.Corpus(BROKEN_DOCS).tokens(remove_punct=True).collocations((2, 3))
    expected = {
        "a b": (7, 2, 5.652489180, 2.745545862),
        "b c": (6, 3, 5.609471795, 2.721286691),
        "c d": (2, 2, 4.976733742, 2.354186715),
        "a b c": (2, 0, 0.0, 0.0),
    }
    found = _rows(frame, "count", "count_nested", "lambda", "z")
    assert list(found) == list(expected)
    for gram, values in expected.items():
        assert found[gram][:2] == values[:2]
        _assert_close(found[gram][2], values[2])
        _assert_close(found[gram][3], values[3])


def test_n_grams_with_a_gap_are_in_no_cell():
    tokens = kolloc.Corpus(["a b x c a b x c a b"]).tokens(stopwords=["x"])
    # quanteda counts them where nothing matches: 4.510860.
    _assert_close(_rows(tokens.collocations(), "lambda")["a b"][0], 3.555348)


def test_sentence_ends_part_words_unless_told_otherwise():
    tokens = kolloc.Corpus(["we win. today we win. today"]).tokens(remove_punct=True)
    assert "win today" not in tokens.collocations(min_count=1)["collocation"].tolist()
    loose = kolloc.Tokens.from_lists([["we", "win", "today"]])
    assert "win today" in loose.collocations(min_count=1)["collocation"].tolist()


@pytest.fixture(scope="module")
def speeches(shared):
    with gzip.open(shared("oracle/docs.csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return kolloc.Tokens.from_lists([row["text"].split() for row in rows])


@pytest.mark.parametrize("sizes", [(2,), (3,), (2, 3)])
def test_the_oracle_lists_the_same_with_the_same_values(speeches, shared, sizes):
    frame = speeches.collocations(sizes, min_count=5, within="document")
    expected = []
    for size in sizes:
        lines = shared(f"oracle/collocations_{size}.csv").read_text(encoding="utf-8").splitlines()
        expected += list(csv.DictReader(lines))
    found = _rows(frame, "count", "length", "lambda", "z")
    assert found.keys() == {row["collocation"] for row in expected}
    counts = [found[row["collocation"]][:2] for row in expected]
    assert counts == [(int(row["count"]), int(row["length"])) for row in expected]
    for column, name in ((2, "lambda"), (3, "z")):
        values = [found[row["collocation"]][column] for row in expected]
        # Near zero the terms of λ cancel: then to the precision of the terms.
        np.testing.assert_allclose(values, [float(row[name]) for row in expected], rtol=1e-11, atol=1e-11)


def test_association_measures_of_neighbours_use_the_margins_of_pairs(speeches):
    frame = speeches.collocations(min_count=5, within="document", measure="g2", measures=["mi", "expected"])
    assert (np.diff(frame["g2"]) <= 0).all()
    n = 238_626
    ids, offsets = speeches.term_ids, speeches.offsets
    inner = np.ones(len(ids) - 1, dtype=bool)
    inner[offsets[1:-1] - 1] = False
    first, second = ids[:-1][inner], ids[1:][inner]
    assert len(first) == n
    for row in frame.head(50).itertuples():
        one, other = (speeches.vocabulary[word] for word in row.collocation.split())
        f, r1, c1 = ((first == one) & (second == other)).sum(), (first == one).sum(), (second == other).sum()
        assert (row.count, row.expected) == (f, pytest.approx(r1 * c1 / n, rel=1e-14))
        assert row.mi == pytest.approx(math.log2(f * n / (r1 * c1)), rel=1e-12)


def _interaction_of_highest_order(cells):
    """λ and its standard error from a saturated Poisson model, fitted by Newton's method."""
    n = cells.ndim
    design = np.array([[1.0]])
    for _ in range(n):
        # Column 0 of each factor is the mean, column 1 the contrast of present and absent.
        design = np.kron(design, np.array([[1.0, 0.0], [1.0, 1.0]]))
    observed = cells.ravel()
    beta = np.linalg.solve(design, np.log(observed + 1))
    for _ in range(50):
        fitted = np.exp(design @ beta)
        information = design.T @ (fitted[:, None] * design)
        beta += np.linalg.solve(information, design.T @ (observed - fitted))
    return beta[-1], math.sqrt(np.linalg.inv(information)[-1, -1])


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_lambda_is_the_highest_interaction_of_a_log_linear_model(size):
    rng = np.random.default_rng(size)
    words = rng.choice(list("abcd"), p=[0.4, 0.3, 0.2, 0.1], size=400).tolist()
    frame = kolloc.Tokens.from_lists([words]).collocations(size, top=20)
    grams = np.array([words[i : i + size] for i in range(len(words) - size + 1)])
    for row in frame.to_dict("records"):
        matches = (grams == row["collocation"].split()).astype(int)
        cells = np.zeros([2] * size)
        np.add.at(cells, tuple(matches.T), 1)
        strength, error = _interaction_of_highest_order(cells + 0.5)
        assert row["lambda"] == pytest.approx(strength, rel=1e-8, abs=1e-8)
        assert row["z"] == pytest.approx(strength / error, rel=1e-8, abs=1e-8)


def _naive(units, sizes, min_count, smoothing=0.5):
    """Collocations of units that are lists of runs, one cell after the other."""
    runs = [run for unit in units for run in unit]
    found = {}
    for size in sizes:
        grams = [tuple(run[i : i + size]) for run in runs for i in range(len(run) - size + 1)]
        longer = min((other for other in sizes if other > size), default=math.inf)
        nested = [tuple(run[i : i + size]) for run in runs if len(run) >= longer for i in range(len(run) - size + 1)]
        for gram in set(grams):
            if grams.count(gram) < min_count:
                continue
            cells = dict.fromkeys(itertools.product((0, 1), repeat=size), smoothing)
            for other in grams:
                cells[tuple(int(a == b) for a, b in zip(gram, other, strict=True))] += 1
            strength = sum((-1) ** (size - sum(b)) * math.log(c) for b, c in cells.items())
            error = math.sqrt(sum(1 / c for c in cells.values()))
            found[" ".join(gram)] = (grams.count(gram), nested.count(gram), size, strength, strength / error)
    return found


def _runs(words):
    """Words between gaps."""
    runs = itertools.groupby(words, key=lambda word: word is not None)
    return [list(run) for is_run, run in runs if is_run]


word = st.sampled_from(["a", "b", "c", "d", "e", None])


@given(
    documents=st.lists(st.lists(word, max_size=25), max_size=4),
    sizes=st.sets(st.integers(2, 5), min_size=1),
    min_count=st.integers(1, 3),
    n_threads=st.sampled_from([1, 2, 8]),
)
def test_a_naive_count_finds_the_same(documents, sizes, min_count, n_threads):
    tokens = kolloc.Tokens.from_lists(documents)
    frame = tokens.collocations(sizes, min_count=min_count, n_threads=n_threads)
    found = _rows(frame, "count", "count_nested", "length", "lambda", "z")
    expected = _naive([_runs(document) for document in documents], sorted(sizes), min_count)
    assert found.keys() == expected.keys()
    for gram, values in expected.items():
        assert found[gram][:3] == values[:3]
        assert found[gram][3:] == pytest.approx(values[3:], rel=1e-9, abs=1e-9)


@given(
    sentences=st.lists(
        st.lists(st.sampled_from(["peace", "talks", "fail"]), min_size=1, max_size=9), min_size=1, max_size=4
    ),
    sizes=st.sets(st.integers(2, 5), min_size=1),
)
def test_sentences_bound_n_grams_as_documents_do(sentences, sizes):
    text = " ".join(f"{' '.join(sentence).capitalize()}." for sentence in sentences)
    tokens = kolloc.Corpus([text]).tokens(remove_punct=True)
    frame = tokens.collocations(sizes, min_count=1)
    starts = [*tokens.sentence_starts.tolist(), len(tokens.term_ids)]
    words = tokens.doc(0)
    units = [_runs(words[start:end]) for start, end in itertools.pairwise(starts)]
    expected = _naive(units, sorted(sizes), 1)
    found = _rows(frame, "count", "count_nested", "length", "lambda", "z")
    assert found == {gram: pytest.approx(values, rel=1e-9, abs=1e-9) for gram, values in expected.items()}


@given(
    documents=st.lists(st.lists(word, max_size=12), min_size=1, max_size=5),
    weights=st.lists(st.sampled_from([0.0, 0.25, 1.0, 2.0]), min_size=5, max_size=5),
)
def test_whole_weights_count_a_document_so_many_times(documents, weights):
    times = [round(4 * weight) for weight in weights[: len(documents)]]
    plain = kolloc.Tokens.from_lists(documents).weigh(np.array(times, dtype=float))
    repeated = kolloc.Tokens.from_lists(
        [document for document, n in zip(documents, times, strict=True) for _ in range(n)]
    )
    expected = _rows(repeated.collocations((2, 3), min_count=1), "count", "count_nested", "length", "lambda", "z")
    found = _rows(plain.collocations((2, 3), min_count=1), "count", "count_nested", "length", "lambda", "z")
    for gram, values in found.items():
        if gram in expected:
            assert values == pytest.approx(expected[gram], rel=1e-9, abs=1e-9)
        else:
            assert values[0] == 0
    assert expected.keys() <= found.keys()
