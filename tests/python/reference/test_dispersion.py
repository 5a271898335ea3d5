"""Dispersion: values worked out by hand, published values, and definitions written out."""

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import digamma

import kolloc
from kolloc._core import dispersion_measures
from reference.naive_dispersion import by_distances, by_parts

# The texts of Gries (2008) and Gries (2020): five parts each.
EQUAL = [
    "b a m n i b e u p k",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a",
]
UNEQUAL = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
HAND_VALUES = {
    "range": (5, 5), "sd": (1.414214, 1.414214), "vc": (0.471405, 0.471405), "juilland_d": (0.764298, 0.785150),
    "carroll_d2": (0.925634, 0.937921), "rosengren_s": (0.936847, 0.949816), "lyne_d3": (0.944444, 0.944444),
    "dc": (0.936847, 0.936847), "dp": (0.2, 0.18), "dp_norm": (0.25, 0.219512), "kld": (0.172673, 0.136972),
    "kld_norm": (0.112802, 0.090574), "da": (0.666667, 0.697450), "juilland_u": (11.464466, 11.777257),
    "carroll_um": (14.107607, 14.255056), "rosengren_kf": (14.052699, 14.247245), "arf": (10.8, 11.1),
    "ald": (0.628417, 0.616767), "f_ald": (11.763947, 12.083794), "awt": (3.18, 3.04), "f_awt": (9.328358, 9.842520),
}  # fmt: skip
CONCENTRATED = {"juilland_d": 0, "carroll_d2": 0, "rosengren_s": 0.2, "dp": 0.8, "dp_norm": 1, "kld": 2.321928,
                "kld_norm": 0.8, "da": 0}  # fmt: skip
# Counts in equal parts, and values with as many decimals as were printed.
PUBLISHED = [
    ("juilland_d", [0, 4, 3, 2, 1], 0.6464, 4), ("carroll_d2", [2, 1, 1, 1, 0], 0.8277, 4),
    ("carroll_um", [2, 1, 1, 1, 0], 4.31, 2), ("carroll_um", [4, 2, 1, 1, 0], 6.424, 3),
    ("carroll_um", [1, 2, 3, 4, 5], 14.108, 3), ("juilland_u", [0, 4, 3, 2, 1], 6.46, 2),
    ("juilland_u", [2, 2, 2, 2, 2], 10, 2), ("juilland_u", [4, 2, 1, 1, 0], 4.609, 3),
    ("rosengren_kf", [2, 2, 2, 2, 1], 8.86, 2), ("rosengren_kf", [4, 2, 1, 1, 0], 5.863, 3),
    ("rosengren_kf", [1, 2, 3, 4, 5], 14.053, 3), ("engwall_fm", [4, 2, 1, 1, 0], 6.4, 2),
    ("kromer_ur", [2, 1, 1, 1, 0], 4.5, 2), ("dp", [3, 3, 3], 0, 2), ("dp_norm", [2, 1, 0], 0.5, 2),
    ("rosengren_s", [1, 2, 3, 4, 5], 0.937, 3), ("dc", [1, 2, 3, 4, 5], 0.937, 3),
    ("lyne_d3", [1, 2, 3, 4, 5], 0.944, 3),
]  # fmt: skip
BY_PARTS = [name for name, _ in dispersion_measures()]


def _of(texts, term="a", measures="all", **options):
    frame = kolloc.Corpus(texts).tokens().dispersion(measures, **options)
    (row,) = frame.loc[frame["term"] == term].to_dict("records")
    return row


def _of_counts(counts, sizes):
    """The measures of term *a* with these counts in parts of these sizes; the rest are other terms."""
    texts = [
        " ".join(["a"] * v + [f"x{i}"] * (size - v)) for i, (v, size) in enumerate(zip(counts, sizes, strict=True))
    ]
    return _of(texts, measures=BY_PARTS)


def _close(found, expected, tolerance=1e-6):
    assert abs(found - expected) <= tolerance * max(1, abs(expected)), (found, expected)


@pytest.mark.parametrize("version", [0, 1])
def test_the_standard_example(version):
    found = _of([EQUAL, UNEQUAL][version])
    for name, values in HAND_VALUES.items():
        _close(found[name], values[version])


def test_parts_may_be_taken_for_equal():
    found, equal = _of(UNEQUAL, measures=BY_PARTS, equal_parts=True), _of(EQUAL, measures=BY_PARTS)
    assert {name: found[name] for name in BY_PARTS} == pytest.approx({name: equal[name] for name in BY_PARTS})


def test_a_concentrated_word():
    found = _of_counts([10, 0, 0, 0, 0], [10] * 5)
    for name, value in CONCENTRATED.items():
        _close(found[name], value)
    found = _of_counts([9, 0, 0, 0, 0], [9, 10, 10, 10, 11])
    _close(found["dp"], 0.82)
    _close(found["dp_norm"], 1)


@pytest.mark.parametrize(("measure", "counts", "value", "decimals"), PUBLISHED)
def test_published_values(measure, counts, value, decimals):
    assert _of_counts(counts, [10] * len(counts))[measure] == pytest.approx(value, abs=0.5001 * 10**-decimals)


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads(shared("spec/golden.json").read_text("utf-8"))


def test_values_in_the_file(golden):
    block = golden["extra"]["dispersion_extra"]
    for version, texts in (("equal", EQUAL), ("unequal", UNEQUAL)):
        assert " ".join(texts) == block[f"{version}_parts_text"]
        found = _of(texts)
        for name, value in block[f"{version}_parts"].items():
            _close(found[name], value)
        distances = block[f"{version}_parts_distances"]
        for name in ("ARF", "ALD", "AWT", "fALD", "fAWT"):
            _close(found[name.lower().replace("fa", "f_a")], distances[name])
    for key, values in block.items():
        if key.startswith("v_"):
            counts = [int(count) for count in key.split("_")[1:]]
            found = _of_counts(counts, [10] * len(counts))
            for name, value in values.items():
                _close(found[name], value)


# Names of the file for measures of the same formula, in unequal parts.
NAMES = {"range": "range", "sd_pop": "sd", "vc": "vc", "D_unequal": "juilland_d", "D2_unequal": "carroll_d2",
         "S_unequal": "rosengren_s", "D3": "lyne_d3", "DC": "dc", "DP": "dp", "DPnorm": "dp_norm", "KLD": "kld",
         "DA": "da", "DKL_norm_1-2^-KLD": "kld_norm"}  # fmt: skip
NAMES_OF_EQUAL = {"D_equal": "juilland_d", "D2_equal": "carroll_d2", "S_equal": "rosengren_s"}


def test_older_values_in_the_file(golden):
    found, equal = _of(UNEQUAL), _of(UNEQUAL, equal_parts=True)
    for name, measure in NAMES.items():
        _close(found[measure], golden["dispersion_gries2008_a"][name])
    for name, measure in NAMES_OF_EQUAL.items():
        _close(equal[measure], golden["dispersion_gries2008_a"][name])
    found = _of_counts([15, 0, 0, 0, 0], [15, 15, 15, 15, 15])
    for name, measure in NAMES.items():
        _close(found[measure], golden["dispersion_concentrated"][name])
    found = _of(EQUAL)
    block = golden["distance_based_gries2008"]
    for name in ("ARF", "ALD", "AWT", "fALD", "fAWT"):
        _close(found[name.lower().replace("fa", "f_a")], block[name])


LETTERS = st.sampled_from("aaabbcde")
TEXTS = st.lists(st.lists(LETTERS, max_size=12).map(" ".join), min_size=2, max_size=8)


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_all_measures_follow_their_definitions(texts):
    frame = kolloc.Corpus(texts).tokens().dispersion("all")
    words, sizes = [text.split() for text in texts], [len(text.split()) for text in texts]
    stream = [word for text in words for word in text]
    assert sorted(frame["term"]) == sorted(set(stream))
    for row in frame.to_dict("records"):
        counts = [text.count(row["term"]) for text in words]
        positions = [i for i, word in enumerate(stream) if word == row["term"]]
        expected = by_parts(counts, sizes) | by_distances(positions, len(stream))
        assert row["cf"] == sum(counts)
        for name in BY_PARTS:
            if name in expected:
                assert row[name] == pytest.approx(expected[name], rel=1e-9, abs=1e-9), name
            else:
                assert np.isnan(row[name])
        for name in ("arf", "ald", "awt", "f_ald", "f_awt"):
            assert row[name] == pytest.approx(expected[name], rel=1e-9, abs=1e-9)


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
@given(TEXTS, st.integers(2, 9))
@settings(max_examples=80, deadline=None)
def test_equal_parts_are_cut_from_the_sequence(texts, n):
    frame = kolloc.Corpus(texts).tokens().dispersion(BY_PARTS, parts=n)
    stream = " ".join(texts).split()
    cuts = [len(stream) * i // n for i in range(n + 1)]
    parts = [stream[start:end] for start, end in pairwise(cuts)]
    for row in frame.to_dict("records"):
        expected = by_parts([part.count(row["term"]) for part in parts], [len(part) for part in parts])
        for name, value in expected.items():
            assert row[name] == pytest.approx(value, rel=1e-9, abs=1e-9), name


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
@given(TEXTS, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_measures_of_parts_keep_their_bounds_and_do_not_depend_on_the_order_of_documents(texts, random):
    frame = kolloc.Corpus(texts).tokens().dtm(order="term").dispersion("all").sort_values("term")
    shuffled = random.sample(texts, len(texts))
    other = kolloc.Corpus(shuffled).tokens().dtm(order="term").dispersion("all").sort_values("term")
    np.testing.assert_allclose(frame[BY_PARTS].to_numpy(float), other[BY_PARTS].to_numpy(float), rtol=1e-9, atol=1e-9)
    shares = frame[["range_share", "juilland_d", "carroll_d2", "rosengren_s", "lyne_d3", "dc", "dp", "dp_norm",
                    "kld_norm", "da"]].to_numpy()  # fmt: skip
    assert (np.isnan(shares) | ((shares >= 0) & (shares <= 1))).all()
    assert not (frame[["sd", "vc", "kld", "kromer_ur"]].to_numpy() < 0).any()


@pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")
@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_tokens_and_matrix_agree(texts):
    tokens = kolloc.Corpus(texts).tokens()
    assert tokens.dispersion(BY_PARTS).equals(tokens.dtm().dispersion("all"))


def test_scipy_agrees():
    rng = np.random.default_rng(1)
    counts = rng.poisson(3, 40)
    sizes = counts + rng.integers(1, 50, 40)
    found = _of_counts(counts.tolist(), sizes.tolist())
    v, s, p = counts / counts.sum(), sizes / sizes.sum(), counts / sizes
    assert found["kld"] == pytest.approx(stats.entropy(v, s, base=2), rel=1e-12)
    assert found["carroll_d2"] == pytest.approx(stats.entropy(p) / np.log(40), rel=1e-12)
    assert found["vc"] == pytest.approx(stats.variation(counts), rel=1e-12)
    assert found["da"] == pytest.approx(1 - np.abs(p[:, None] - p).sum() / (40 * 39) / (2 * p.mean()), rel=1e-12)


def test_harmonic_numbers_of_weighted_counts_are_interpolated():
    frame = {"text": ["a " * 30, "b"], "outlet": ["Post", "Herald"]}
    tokens = kolloc.Corpus(pd.DataFrame(frame), text="text").tokens()
    for weight in (0.02, 0.5, 1 / 3, 7):
        found = tokens.weigh([weight, 1]).dispersion("kromer_ur", parts="outlet")
        value = dict(zip(found["term"], found["kromer_ur"], strict=True))["a"]
        assert value == pytest.approx(digamma(30 * weight + 1) - digamma(1), rel=1e-13)
