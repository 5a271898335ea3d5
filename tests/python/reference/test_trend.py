"""Trends against values worked out by hand, scipy, and the textbook's loops."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import kolloc


def _over_time(series, months=None, **options):
    """Documents of 100 tokens, one a month, in which each term occurs as often as its series says."""
    n = len(next(iter(series.values())))
    months = range(n) if months is None else months
    lists = []
    for i in range(n):
        words = [term for term, values in series.items() for _ in range(values[i])]
        lists.append(words + ["rest"] * (100 - len(words)))
    dates = [f"{2000 + month // 12}-{month % 12 + 1:02}-15" for month in months]
    dtm = kolloc.Tokens.from_lists(lists, metadata=pd.DataFrame({"date": dates})).dtm(vocabulary=list(series))
    return dtm.over_time(date="date", **options)


def _row(frame, term="a"):
    return frame[frame["term"] == term].iloc[0]


HAND = [10, 12, 11, 15, 18, 17]


def test_hand_values():
    row = _row(_over_time({"a": HAND}).trend())
    # Rates are per million of 100 tokens; the hand values count months from 1, the frame from 0.
    scaled = row[["slope", "slope_low", "slope_high"]].to_numpy(float) / 1e4
    assert scaled == pytest.approx([1.666667, -1, 3.5], abs=1e-6)
    assert row["intercept"] / 1e4 == pytest.approx(7.666667 + 1.666667, abs=1e-6)
    expected = {"s": 11, "var_s": 28.333333, "z": 1.878673, "p": 0.060289, "tau": 0.733333, "p_exact": 0.055556}
    expected |= {"pettitt_k": 9, "pettitt_p": 0.290711, "n_periods": 6}
    assert {name: row[name] for name in expected} == pytest.approx(expected, abs=1e-6)
    assert row["change"] == pd.Timestamp("2000-04-01")


def test_hand_values_in_the_file(shared):
    block = json.loads(shared("spec/golden.json").read_text("utf-8"))["trend"]
    row = _row(_over_time({"a": HAND}).trend())
    names = {"kendall_tau": "tau", "MK_S": "s", "MK_var": "var_s", "MK_z": "z", "MK_p": "p"}
    assert row["slope"] / 1e4 == pytest.approx(block["theil_sen"], rel=1e-9)
    for key, name in names.items():
        assert row[name] == pytest.approx(block[key], rel=1e-9), key


def test_hand_values_with_ties():
    row = _row(_over_time({"a": [1, 2, 2, 3, 3, 3]}).trend())
    expected = {"s": 11, "var_s": 23.666667, "z": 2.055566, "p": 0.039824, "tau": 0.856349}
    assert {name: row[name] for name in expected} == pytest.approx(expected, abs=1e-6)
    scaled = row[["slope", "slope_low", "slope_high"]].to_numpy(float) / 1e4
    assert scaled == pytest.approx([0.4, 0, 0.666667], abs=1e-6)
    assert np.isnan(row["p_exact"])


def _series(n, seed):
    rng = np.random.default_rng(seed)
    rise = np.arange(n) * rng.uniform(-0.4, 0.4)
    return np.clip(np.round(rng.normal(15 + rise, 3)), 0, 45).astype(int)


@pytest.mark.parametrize("seed", range(6))
def test_slopes_and_tau_are_those_of_scipy(seed):
    months = np.sort(np.random.default_rng(seed).choice(60, 30, replace=False))
    y = _series(30, seed)
    row = _row(_over_time({"a": y}, months).trend())
    t = months - months[0]
    # Gaps count: months without a document are no zeros, and time goes on.
    expected = stats.theilslopes(y * 1e4, t)
    assert row["slope"] == pytest.approx(expected.slope)
    assert row["intercept"] == pytest.approx(expected.intercept)
    tau = stats.kendalltau(t, y, method="asymptotic")
    assert row["tau"] == pytest.approx(tau.statistic)
    assert row["n_periods"] == 30


def test_exact_probabilities_are_those_of_scipy():
    rng = np.random.default_rng(0)
    for n in (4, 5, 17, 50):
        y = rng.permutation(n)
        row = _row(_over_time({"a": y}).trend())
        assert row["p_exact"] == pytest.approx(stats.kendalltau(np.arange(n), y, method="exact").pvalue, rel=1e-9)
    assert np.isnan(_row(_over_time({"a": rng.permutation(51)}).trend())["p_exact"])


def _naive(y, t, seasons, corrected):
    """S, its variance, Sen's slope and its interval by plain loops, as the sources print them."""
    s, var, slopes = 0, 0.0, []
    for season in set(seasons):
        rows = [i for i in range(len(y)) if seasons[i] == season]
        for b, j in enumerate(rows):
            for i in rows[:b]:
                s += np.sign(y[j] - y[i])
                slopes.append((y[j] - y[i]) / (t[j] - t[i]))
        n = len(rows)
        ties = np.unique([y[i] for i in rows], return_counts=True)[1]
        var += (n * (n - 1) * (2 * n + 5) - sum(g * (g - 1) * (2 * g + 5) for g in ties)) / 18
    slope = np.median(slopes)
    if corrected:
        n = len(y)
        ranks = stats.rankdata(y - slope * t)
        d = ranks - ranks.mean()
        rho = [(d[k:] * d[: n - k]).sum() / (d * d).sum() for k in range(1, n)]
        limit = stats.norm.ppf(0.975) / np.sqrt(n)
        lags = [(k, r) for k, r in enumerate(rho, 1) if abs(r) > limit]
        total = sum((n - k) * (n - k - 1) * (n - k - 2) * r for k, r in lags)
        var *= 1 + 2 / (n * (n - 1) * (n - 2)) * total
    ordered, m, c = np.sort(slopes), len(slopes), stats.norm.ppf(0.975) * np.sqrt(var)
    ends = [min(max(int(np.floor(rank + 0.5)), 1), m) for rank in ((m - c) / 2, (m + c) / 2 + 1)]
    return s, var, slope, ordered[ends[0] - 1], ordered[ends[1] - 1]


@pytest.mark.parametrize("seasonal", [False, True])
@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_tests_are_those_of_plain_loops(seasonal, corrected, seed):
    n = 40
    y = np.clip(np.cumsum(np.random.default_rng(seed).integers(-3, 4, n)) + 40, 0, 95)
    row = _row(_over_time({"a": y}).trend(seasonal=seasonal, autocorrelation=corrected))
    t = np.arange(n)
    expected = _naive(y * 1e4, t, t % 12 if seasonal else 0 * t, corrected)
    found = row[["s", "var_s", "slope", "slope_low", "slope_high"]].to_numpy(float)
    assert found == pytest.approx(expected, rel=1e-9)
    assert row["z"] == pytest.approx((expected[0] - np.sign(expected[0])) / np.sqrt(expected[1]))


@pytest.mark.parametrize("seed", range(3))
def test_change_points_are_those_of_plain_loops(seed):
    y = np.concatenate([_series(12, seed), _series(20, seed + 10) + 8])
    row = _row(_over_time({"a": y}).trend())
    n = len(y)
    u = [np.sign(y[k + 1 :][None, :] - y[: k + 1][:, None]).sum() for k in range(n - 1)]
    place = int(np.argmax(np.abs(u)))
    assert row["pettitt_k"] == max(np.abs(u))
    assert row["pettitt_p"] == pytest.approx(min(1, 2 * np.exp(-6 * max(np.abs(u)) ** 2 / (n**3 + n**2))))
    assert row["change"] == pd.Timestamp(f"{2000 + (place + 1) // 12}-{(place + 1) % 12 + 1:02}-01")


def test_all_terms_at_once_are_each_term_alone_for_any_number_of_threads():
    series = {f"t{j}": np.random.default_rng(j).integers(0, 2, 30) for j in range(40)}
    time = _over_time(series)
    frames = [time.trend(n_threads=n) for n in (1, 2, 8)]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])
    for j in (0, 17, 39):
        alone, among = _row(_over_time({f"t{j}": series[f"t{j}"]}).trend(), f"t{j}"), _row(frames[0], f"t{j}")
        assert alone.drop("q").equals(among.drop("q"))
    assert frames[0]["q"].to_numpy() == pytest.approx(kolloc.adjust_p(frames[0]["p"].to_numpy()))
