"""Lexical diversity: hand values, published values, another implementation, and definitions written out."""

import csv
import gzip
import io
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from reference import naive_diversity as naive

pytestmark = [
    pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning"),
    pytest.mark.filterwarnings("ignore::kolloc.exceptions.ShortTextWarning"),
]

TEXTS = ["a b c d d e e f f f", "a b c d d e e f f f g g g g", "b a b a b a b a", "a a b b"]
SENTENCE = (
    "the minister said that the ministry will not accept the new terms of the agreement because the terms that the "
    "ministry accept are not the terms of the new agreement"
)
HAND_VALUES = {
    "ttr": (0.6, 0.5, 0.25, 0.5),
    "herdan_c": (0.778151250, 0.737350465, 0.333333, 0.5),
    "guiraud_r": (1.897366596, 1.870828693, 0.707107, 1),
    "cttr": (1.341640786, 1.322875656, 0.5, 0.707107),
    "dugast_u": (4.507575552, 4.363716218, 1.354635, 1.204120),
    "summer_s": (math.nan, -1.233986759, 11.777780, 2.366081),
    "yule_k": (1000, 1122.448980, 3750, 2500),
    "yule_i": (2.571428571, 1.689655172, 0.133333, 0.666667),
    "simpson_d": (0.111111111, 0.120879121, 0.428571, 0.333333),
    "herdan_vm": (0.182574186, 0.202030509, 0, 0),
    "maas_a": (0.471008227, 0.478709174, 0.859189, 0.911308),
    "maas_a2": (0.221848750, 0.229162473, 0.738206, 0.830482),
    "maas_lgv0": (1.238942575, 1.251051128, 0.319290527, 0.347599498),
    "maas_lgev0": (2.852770704, 2.880651678, 0.735193608, 0.800377423),
    "mattr": (0.678571429, 0.590909091, 0.5, 0.5),
    "msttr": (0.875, 0.75, 0.5, 0.5),
}
IN_TWO = {"mtld": (4.166667, 3.15), "honore_r": (460.517019, 461.835033), "brunet_w": (5.429766, 6.608728)}
OF_SENTENCE = {
    "ttr": 0.466667, "herdan_c": 0.775920, "guiraud_r": 2.556039, "cttr": 1.807392, "dugast_u": 6.591939,
    "summer_s": 0.349631, "yule_k": 844.444444, "yule_i": 2.130435, "simpson_d": 0.087356, "herdan_vm": 0.215289,
    "maas_a": 0.389487, "mattr": 0.809524, "msttr": 0.8, "hdd": 0.466667, "mtld": 18.078445, "honore_r": 529.075148,
    "brunet_w": 8.673038,
}  # fmt: skip


def _of(texts, measures="all", **options):
    frame = kolloc.Corpus(texts).tokens(segmenter="whitespace").lexical_diversity(measures, **options)
    return {name: frame[name].tolist() for name in frame.columns}


def _close(found, expected):
    if math.isnan(expected):
        assert math.isnan(found)
    else:
        assert abs(found - expected) <= 1e-6 * max(1, abs(expected)), (found, expected)


@pytest.mark.parametrize("name", HAND_VALUES)
def test_hand_values(name):
    for found, expected in zip(_of(TEXTS, name, window=4)[name], HAND_VALUES[name], strict=True):
        _close(found, expected)


def test_hand_values_of_two_texts():
    found = _of(TEXTS[:2])
    for name, values in IN_TWO.items():
        for value, expected in zip(found[name], values, strict=True):
            _close(value, expected)
    _close(_of(TEXTS[:1], "hdd", sample=10)["hdd"][0], 0.6)
    _close(_of(TEXTS[1:2], "hdd", sample=14)["hdd"][0], 0.5)


def test_hand_values_of_a_sentence():
    found = _of([SENTENCE], window=10, sample=30)
    assert (found["n_tokens"], found["n_types"]) == ([30], [14])
    for name, value in OF_SENTENCE.items():
        _close(found[name][0], value)


def test_windows_of_three_sizes():
    for window, value in ((2, 0.833333), (3, 0.666667), (4, 0.5)):
        _close(_of(["one one two one one two one"], "mattr", window=window)["mattr"][0], value)


def test_another_base():
    found = _of(TEXTS[:1], log_base=math.e)
    for name, value in (("dugast_u", 10.379076), ("maas_a2", 0.096347688), ("summer_s", 0.699251)):
        _close(found[name][0], value)
    for name in ("herdan_c", "maas_lgv0", "honore_r"):
        _close(found[name][0], _of(TEXTS[:1])[name][0])


def _text_of(frequencies):
    return " ".join(f"w{number} " * count for number, count in enumerate(frequencies))


SPECTRUM = [11, 9, 9, 7, 6, 6, 5, 5, *[4] * 7, *[3] * 6, *[2] * 18, *[1] * 85]


def test_published_values():
    frequencies = [15609 - 239, *[1] * 239]
    assert _of([_text_of(frequencies)], "fisher_alpha")["fisher_alpha"][0] == pytest.approx(40.247282, rel=1e-6)
    found = _of([_text_of(SPECTRUM)], ["entropy", "repeat_rate"])
    assert (found["n_tokens"], found["n_types"]) == ([225], [124])
    assert (round(found["entropy"][0], 4), round(found["repeat_rate"][0], 4)) == (6.5270, 0.0153)
    spectrum = _of([_text_of([SPECTRUM.count(f) for f in set(SPECTRUM)])], ["entropy", "repeat_rate"])
    assert (round(spectrum["entropy"][0], 4), round(spectrum["repeat_rate"][0], 4)) == (1.6234, 0.4974)


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads(shared("spec/golden.json").read_text("utf-8"))


# Names of the file.
NAMES = {
    "TTR": "ttr", "C": "herdan_c", "R": "guiraud_r", "CTTR": "cttr", "U": "dugast_u", "S": "summer_s", "K": "yule_k",
    "I": "yule_i", "D": "simpson_d", "Vm": "herdan_vm", "Maas_a": "maas_a", "Maas_a2": "maas_a2",
    "honore_R": "honore_r",
    "brunet_W": "brunet_w", "MTLD_lt": "mtld", "lgV0": "maas_lgv0", "lgeV0": "maas_lgev0",
}  # fmt: skip


def test_values_in_the_file(golden):
    blocks = {"lexdiv_k1": (TEXTS[0], 4, 10), "lexdiv_k2": (TEXTS[1], 4, 14), "lexdiv_gw": (SENTENCE, 10, 30)}
    blocks = {key: (golden[key], *rest) for key, rest in blocks.items()}
    extra = golden["extra"]["lexdiv_extra"]
    blocks |= {text: (extra[text], text, 4, 42) for text in TEXTS[2:]}
    for block, text, window, sample in blocks.values():
        found = _of([text], window=window, sample=sample)
        expected = {NAMES[name]: value for name, value in block.items() if name in NAMES}
        expected |= {"mattr": block[f"MATTR_{window}"], "msttr": block[f"MSTTR_{window}"]}
        if f"HDD_{sample}" in block:
            expected |= {"hdd": block[f"HDD_{sample}"]}
            _close(_of([text], "mtld", closed="le")["mtld"][0], block["MTLD_le"])
        for name, value in expected.items():
            _close(found[name][0], math.nan if value is None else value)


def test_other_values_in_the_file(golden):
    block = golden["extra"]["lexdiv_extra"]
    for window, value in block["mattr one one two one one two one"].items():
        _close(_of(["one one two one one two one"], "mattr", window=int(window))["mattr"][0], value)
    _close(_of([_text_of([15370, *[1] * 239])], "fisher_alpha")["fisher_alpha"][0], block["fisher_alpha_V240_N15609"])
    found = _of([_text_of(SPECTRUM)], ["entropy", "repeat_rate"])
    _close(found["entropy"][0], block["popescu_spectrum"]["entropy_bits"])
    _close(found["repeat_rate"][0], block["popescu_spectrum"]["repeat_rate"])
    for name, measure in (("U_ln k1", "dugast_u"), ("Maas_a2_ln k1", "maas_a2"), ("S_ln k1", "summer_s")):
        _close(_of(TEXTS[:1], measure, log_base=math.e)[measure][0], block[name])


# Columns of the oracle; its Maas is a.
OF_ORACLE = {
    "TTR": "ttr", "C": "herdan_c", "R": "guiraud_r", "CTTR": "cttr", "U": "dugast_u", "S": "summer_s", "K": "yule_k",
    "I": "yule_i", "D": "simpson_d", "Vm": "herdan_vm", "Maas": "maas_a", "MATTR": "mattr", "MSTTR": "msttr",
    "lgV0": "maas_lgv0", "lgeV0": "maas_lgev0",
}  # fmt: skip


def test_400_speeches_have_the_values_of_another_implementation(shared):
    texts = gzip.decompress(shared("oracle/docs.csv.gz").read_bytes()).decode()
    documents = {row["doc_id"]: row["text"] for row in csv.DictReader(io.StringIO(texts))}
    expected = list(csv.DictReader(io.StringIO(shared("oracle/lexdiv.csv").read_text("utf-8"))))
    tokens = kolloc.Corpus(documents).tokens(segmenter="whitespace")
    found, of_counts = tokens.lexical_diversity("all"), tokens.dtm().lexical_diversity("all")
    assert found["document"].tolist() == [row["doc_id"] for row in expected]
    for name, measure in OF_ORACLE.items():
        values = np.array([float(row[name]) for row in expected])
        np.testing.assert_allclose(found[measure], values, rtol=1e-11, atol=0, err_msg=name)
        if measure in of_counts.columns:
            np.testing.assert_allclose(of_counts[measure], values, rtol=1e-11, atol=0, err_msg=name)


WORDS = st.lists(st.sampled_from("abcdefghijkl"), min_size=1, max_size=60)


@given(WORDS, st.integers(1, 12), st.integers(1, 20))
@settings(max_examples=150, deadline=None)
def test_measures_follow_their_definitions(words, window, sample):
    found = {name: values[0] for name, values in _of([" ".join(words)], window=window, sample=sample).items()}
    expected = {
        "ttr": naive.ttr(words),
        "mattr": naive.mattr(words, window),
        "msttr": naive.msttr(words, window),
        "mtld": naive.mtld(words),
        "mtld_ma": naive.mtld_ma(words),
        "rarefied_types": naive.rarefied_types(words, sample),
        "hdd": naive.rarefied_types(words, sample) / sample,
        "simpson_d": naive.simpson_d(words),
        "entropy": naive.entropy(words),
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True)
    at_threshold = _of([" ".join(words)], "mtld", closed="le")["mtld"][0]
    assert at_threshold == pytest.approx(naive.mtld(words, "le"), nan_ok=True)
    if len(set(words)) < len(words):
        alpha = found["fisher_alpha"]
        assert alpha * math.log1p(len(words) / alpha) == pytest.approx(len(set(words)), rel=1e-9)


@given(WORDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_closed_forms_do_not_depend_on_the_order_and_are_those_of_the_matrix(words, random):
    shuffled = random.sample(words, len(words))
    tokens = kolloc.Corpus([" ".join(words), " ".join(shuffled)]).tokens()
    matrix = tokens.dtm().lexical_diversity("all")
    found = tokens.lexical_diversity("all")[list(matrix.columns)]
    assert found.equals(matrix)
    one, other = found.drop(columns=["document", "vocd_d"]).to_numpy(float)
    np.testing.assert_array_equal(one, other)


def test_vocd_comes_near_its_expectation():
    rng = np.random.default_rng(3)
    texts = [" ".join(f"w{i}" for i in rng.zipf(1.4, size) % 500) for size in (60, 200, 800)]
    found = _of(texts, ["vocd_d", "vocd_d_expected"], seed=5)
    assert found["vocd_d"] == pytest.approx(found["vocd_d_expected"], rel=0.06)
    assert found["vocd_d"] == _of(texts, "vocd_d", seed=5)["vocd_d"]
    assert found["vocd_d"] != _of(texts, "vocd_d", seed=6)["vocd_d"]
    assert found["vocd_d"][1:] == _of(texts[1:], "vocd_d", seed=5)["vocd_d"]


def test_the_curve_of_vocd_passes_through_the_expected_ratios():
    words = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"] * 5 + ["o", "p", "q", "r", "s", "t"]
    d = _of([" ".join(words)], "vocd_d_expected")["vocd_d_expected"][0]

    def residuals(d):
        return sum(
            (d / n * (math.sqrt(1 + 2 * n / d) - 1) - naive.rarefied_types(words, n) / n) ** 2 for n in range(35, 51)
        )

    assert residuals(d) < min(residuals(0.999 * d), residuals(1.001 * d))
