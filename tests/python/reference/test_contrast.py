"""Differences between groups, exchanged labels and balanced rates against plain loops, exact tests and theory."""

import warnings
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import ParameterError, ResamplingWarning


def _dtm(n_docs=80, seed=0, n_terms=12, effect=0.0, groups=("x", "y")):
    rng = np.random.default_rng(seed)
    outlet = rng.choice(groups, n_docs)
    means = rng.gamma(2, 1, size=(n_docs, n_terms)) * (1 + effect * (outlet == groups[0]))[:, None]
    names = np.array([f"t{j}" for j in range(n_terms)])
    lists = [np.repeat(names, row).tolist() for row in rng.poisson(means)]
    frame = pd.DataFrame({"outlet": outlet, "day": rng.integers(0, 4, n_docs)})
    return kolloc.Tokens.from_lists(lists, metadata=frame).dtm(order="term")


def _log_ratio(weights, counts, lengths, is_target):
    a, b = (weights * is_target) @ counts, (weights * ~is_target) @ counts
    n1, n2 = weights @ (lengths * is_target), weights @ (lengths * ~is_target)
    return np.log2((a / n1) / (b / n2))


def test_intervals_are_those_of_a_plain_loop():
    dtm = _dtm()
    counts, lengths = dtm.to_scipy().toarray(), dtm.doc_lengths
    target = dtm.metadata["outlet"].iloc[0]
    is_target = (dtm.metadata["outlet"] == target).to_numpy()
    frame = dtm.contrast(target, by="outlet", measures="log_ratio", bootstrap=kolloc.Bootstrap(300, seed=4))
    # Groups are strata by default, the target first.
    weights = kolloc.Bootstrap(300, seed=4, strata="outlet").document_weights(dtm)
    values = np.array([_log_ratio(w, counts, lengths, is_target) for w in weights])
    estimate = _log_ratio(np.ones(80), counts, lengths, is_target)
    low, high = np.quantile(values, [0.025, 0.975], axis=0)
    share = np.minimum((values <= 0).mean(axis=0), (values >= 0).mean(axis=0))
    expected = {"": estimate, "_se": values.std(axis=0, ddof=1), "_low": low, "_high": high}
    expected |= {"_p_boot": np.clip(2 * share, 1 / 301, 1)}
    for name, its in expected.items():
        assert frame[f"log_ratio{name}"].to_numpy() == pytest.approx(its), name


def test_exchanged_labels_come_near_all_exchanges():
    counts = [0, 1, 1, 2, 5, 6, 4, 7]
    lists = [["a"] * x + ["b"] * (10 - x) for x in counts]
    frame = pd.DataFrame({"outlet": ["x"] * 4 + ["y"] * 4})
    dtm = kolloc.Tokens.from_lists(lists, metadata=frame).dtm(order="term")
    with pytest.warns(ResamplingWarning):
        found = dtm.contrast(
            "x", by="outlet", measures="difference", bootstrap=kolloc.Bootstrap(50), permutations=20_000
        )
    total = sum(counts)
    all_sums = np.array([sum(counts[i] for i in chosen) for chosen in combinations(range(8), 4)])
    extreme = np.abs(2 * all_sums - total) >= abs(2 * sum(counts[:4]) - total)
    assert found["difference_p_exchange"].iloc[0] == pytest.approx(extreme.mean(), abs=0.005)


def test_exchanged_labels_find_nothing_in_noise_and_something_where_there_is():
    bootstrap = kolloc.Bootstrap(50)
    noise = _dtm(120, 1, n_terms=400).contrast(
        "x", by="outlet", measures="log_odds", bootstrap=bootstrap, permutations=400
    )
    assert (noise["log_odds_p_exchange"] <= 0.1).mean() == pytest.approx(0.1, abs=0.04)
    lists = [["a"] * (3 + (i < 20)) + ["b"] * 10 for i in range(40)]
    frame = pd.DataFrame({"outlet": ["x"] * 20 + ["y"] * 20})
    dtm = kolloc.Tokens.from_lists(lists, metadata=frame).dtm()
    found = dtm.contrast("x", by="outlet", bootstrap=bootstrap, permutations=999)
    assert found["log_ratio_p_exchange"].iloc[0] == 0.001


def test_the_same_for_any_number_of_threads():
    dtm = _dtm(200, 3)
    call = {"by": "outlet", "bootstrap": kolloc.Bootstrap(200), "permutations": 200}
    frames = [dtm.contrast("x", **call, n_threads=n) for n in (1, 2, 8)]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])


def test_balanced_rates_are_means_over_groups():
    dtm = _dtm(90, 5, groups=("x", "y", "z"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResamplingWarning)
        frame = dtm.balanced_rates(by="outlet", bootstrap=kolloc.Bootstrap(100))
    counts, lengths = dtm.to_scipy().toarray(), dtm.doc_lengths
    outlets = dtm.metadata["outlet"].to_numpy()
    rates = [1e6 * counts[outlets == name].sum(axis=0) / lengths[outlets == name].sum() for name in "xyz"]
    assert frame["balanced"].to_numpy() == pytest.approx(np.mean(rates, axis=0))
    assert frame["pooled"].to_numpy() == pytest.approx(1e6 * counts.sum(axis=0) / lengths.sum())
    weights = np.array([1 / lengths[outlets == name].sum() for name in outlets])
    assert frame["n_effective"].to_numpy() == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


def test_mistakes_are_named():
    dtm = _dtm()
    with pytest.raises(ParameterError, match="target must be a value of 'outlet', got 'w'"):
        dtm.contrast("w", by="outlet", bootstrap=kolloc.Bootstrap(10))
    with pytest.raises(ParameterError, match="did you mean 'log_ratio'"):
        dtm.contrast("x", by="outlet", measures="log_ration", bootstrap=kolloc.Bootstrap(10))
