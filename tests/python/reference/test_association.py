"""Tables of association against scipy, hand values and each other."""

import json

import numpy as np
import pytest
from scipy import stats

import kolloc
from kolloc._core import association
from kolloc.cooccurrence import MEASURES

TEXTS = ["a a a b b c", "a a c e", "a c e f g"] * 3 + ["b c e a", "g f e", "c c b a e"]


@pytest.fixture(scope="module")
def table():
    return kolloc.Corpus(TEXTS).tokens(lowercase=False).cooccurrence(window=2)


def _score(name, *numbers):
    return association(name, *(np.array([float(number)]) for number in numbers))[0]


# Names in the file that differ from ours.
NAMES = {
    "MI": "mi", "MI2": "mi2", "MI3": "mi3", "local_MI": "local_mi", "t": "t", "z": "z", "z_yates": "z_yates",
    "chi2": "chi2", "chi2_yates": "chi2_yates", "mi_log_f": "mi_log_f", "lfmd": "lfmd", "G2": "g2",
}  # fmt: skip


@pytest.mark.parametrize("key", ["am_manning_schutze_new_companies", "am_church_hanks"])
def test_values_of_the_file(key, shared):
    block = json.loads(shared("spec/golden.json").read_text(encoding="utf-8"))[key]
    table = [block[name] for name in ("f", "f1", "f2", "N")]
    checked = 0
    for name, ours in NAMES.items():
        if name in block:
            assert abs(_score(ours, *table) - block[name]) <= 1e-6 * max(1, abs(block[name])), name
            checked += 1
    assert checked >= 8


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("z_yates", 1.023782, 131.677533),
        ("chi2", 1.548869, 19730.475513),
        ("chi2_yates", 1.049633, 17340.301064),
        ("mi_log_f", 1.382808, 24.760956),
        ("lfmd", -40.911227, -30.407721),
        ("mutual_expectation", 4.363387e-10, 7.426748e-09),
        ("mutual_expectation_count", 0.006242989, 0.111401218),
    ],
)
def test_hand_values(name, first, second):
    assert _score(name, 8, 15828, 4675, 14307668) == pytest.approx(first, rel=1e-6)
    assert _score(name, 8, 1105, 44, 15e6) == pytest.approx(second, rel=1e-6)


def test_published_values():
    assert _score("average_mi", 2, 2, 2, 9) == pytest.approx(0.764, abs=5e-4)
    assert _score("average_mi", 2, 2, 2, 999) == pytest.approx(0.021, abs=5e-4)


def test_tests_are_those_of_scipy(table):
    frame = table.association("all", sort_by="g2")
    n = float(table.n)
    margins = dict(zip(table.terms, table.row_margins.astype(float), strict=True))
    for row in frame.itertuples():
        r1, c1, o11 = margins[row.term_1], margins[row.term_2], row.observed
        cells = np.array([[o11, r1 - o11], [c1 - o11, n - r1 - c1 + o11]])
        chi2 = stats.chi2_contingency(cells, correction=False)
        g2 = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
        assert abs(row.chi2) == pytest.approx(chi2.statistic, rel=1e-9, abs=1e-12)
        assert abs(row.g2) == pytest.approx(g2.statistic, rel=1e-9, abs=1e-12)
        assert row.p == pytest.approx(g2.pvalue, rel=1e-9)
        assert 10 ** -abs(row.fisher) == pytest.approx(stats.fisher_exact(cells).pvalue, rel=1e-9)
        assert np.sign(row.g2) == np.sign(o11 - row.expected)
    assert frame["q"].to_numpy() == pytest.approx(stats.false_discovery_control(frame["p"]), rel=1e-12)


def test_every_measure_agrees_with_edges_and_collocates(table):
    frame = table.association("all")
    by_pair = {tuple(sorted(pair)): i for i, pair in enumerate(zip(frame["term_1"], frame["term_2"], strict=True))}
    edges = table.edges(measures=MEASURES)
    for name in MEASURES:
        places = [by_pair[tuple(sorted(pair))] for pair in zip(edges["term_1"], edges["term_2"], strict=True)]
        np.testing.assert_array_equal(frame[name].to_numpy()[places], edges[name].to_numpy())
    near = table.collocates("a", None, measures=["chi2", "lfmd"])
    for row in near.itertuples():
        place = by_pair[tuple(sorted(("a", row.collocate)))]
        assert (row.chi2, row.lfmd) == pytest.approx((frame["chi2"][place], frame["lfmd"][place]), rel=1e-12)
