"""Resampling against values worked out by hand, plain loops over replicates, and theory."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import kolloc

ALL = {
    "documents": [np.bincount(drawn, minlength=3) for drawn in product(range(3), repeat=3)],
    "clusters": [np.bincount(drawn, minlength=2) for drawn in product(range(2), repeat=2)],
    "strata": [[*np.bincount(drawn, minlength=2), 1] for drawn in product(range(2), repeat=2)],
}


def _three():
    """Three documents of ten tokens with values 1, 2 and 6."""
    frame = pd.DataFrame({"text": ["a " * x + "b " * (10 - x) for x in (1, 2, 6)], "story": ["x", "x", "y"]})
    return kolloc.Corpus(frame, text="text").tokens().dtm()


def _row(frame, term="a"):
    return frame[frame["term"] == term].iloc[0]


def _exact(design, **options):
    """Mean, standard error over the exact distribution and interval, in the unit of the three values."""
    weights = np.array(ALL[design])
    with pytest.warns(kolloc.exceptions.ResamplingWarning):
        frame = _three().term_frequencies(bootstrap=kolloc.Bootstrap(weights=weights, **options))
    row, scale, n = _row(frame), 1e5, len(weights)
    se = row["per_million_se"] * np.sqrt((n - 1) / n)
    found = (row["per_million"] + row["per_million_bias"], se, row["per_million_low"], row["per_million_high"])
    return [value / scale for value in found]


def test_all_resamples_of_documents():
    mean, se, low, high = _exact("documents")
    assert (mean, se) == pytest.approx((3, 1.247219), abs=1e-6)
    assert (low, high) == pytest.approx((1.216667, 5.133333), abs=1e-6)


def test_all_resamples_of_clusters():
    mean, se, *_ = _exact("clusters", units="story")
    assert (mean, se) == pytest.approx((3.375, 1.634587), abs=1e-6)


def test_all_resamples_within_strata():
    mean, se, *_ = _exact("strata", strata="story")
    assert (mean, se) == pytest.approx((3, 0.235702), abs=1e-6)


@pytest.mark.parametrize(
    ("options", "se"),
    [({}, 1.247219), ({"units": "story"}, 1.634587), ({"strata": "story"}, 0.235702)],
    ids=["documents", "clusters", "strata"],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_random_resamples_come_near_the_exact_standard_error(options, se, seed):
    with pytest.warns(kolloc.exceptions.ResamplingWarning):
        frame = _three().term_frequencies(bootstrap=kolloc.Bootstrap(20_000, seed=seed, **options))
    assert _row(frame)["per_million_se"] / 1e5 == pytest.approx(se, rel=0.03)


def _corpus(n_docs=60, seed=0):
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(list("abcdefghij"), size=size)) for size in rng.integers(0, 40, n_docs)]
    frame = pd.DataFrame(
        {"text": texts, "outlet": rng.choice(["x", "y", "z"], n_docs), "day": rng.integers(0, 25, n_docs)}
    )
    return kolloc.Corpus(frame, text="text").tokens()


def _naive(values, estimate, kind, without):
    tail = 0.025
    low, high = np.quantile(values, [tail, 1 - tail])
    if kind == "percentile":
        return low, high
    if kind == "basic":
        return 2 * estimate - high, 2 * estimate - low
    if kind == "normal":
        reach = stats.norm.ppf(1 - tail) * values.std(ddof=1)
        centre = estimate - (values.mean() - estimate)
        return centre - reach, centre + reach
    z0 = stats.norm.ppf(((values < estimate) + (values == estimate) / 2).mean())
    d = without.mean() - without
    a = (d**3).sum() / (6 * (d**2).sum() ** 1.5) if (d**2).sum() else 0
    z = z0 + stats.norm.ppf([tail, 1 - tail])
    return np.quantile(values, stats.norm.cdf(z0 + z / (1 - a * z)))


@pytest.mark.parametrize("kind", ["percentile", "basic", "normal", "bca"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("options", [{}, {"strata": "outlet"}, {"units": "day", "method": "poisson"}], ids=str)
def test_fields_are_those_of_a_plain_loop(kind, weighted, options):
    tokens = _corpus()
    tokens = tokens.weigh(np.random.default_rng(1).choice([0.5, 1, 2], tokens.n_docs)) if weighted else tokens
    dtm = tokens.dtm()
    bootstrap = kolloc.Bootstrap(300, interval=kind, seed=5, **options)
    frame = dtm.term_frequencies(bootstrap=bootstrap).set_index("term")
    factors = tokens.doc_weights if weighted else np.ones(tokens.n_docs)
    counts = dtm.to_scipy().toarray() / factors[:, None]
    lengths = tokens.doc_lengths
    weights = bootstrap.document_weights(dtm)
    units = tokens.metadata["day"].to_numpy() if "units" in options else np.arange(tokens.n_docs)
    left_out = np.array([factors * (units != unit) for unit in pd.unique(units)])
    for column, term in enumerate(dtm.terms):
        for name, value, total, scale in (
            ("per_million", counts[:, column], lengths, 1e6),
            ("df_share", counts[:, column] > 0, np.ones(len(lengths)), 1),
        ):
            estimate, values, without = (scale * (w @ value) / (w @ total) for w in (factors, weights, left_out))
            row = frame.loc[term]
            found = [row[f"{name}{end}"] for end in ("", "_se", "_bias", "_low", "_high")]
            ends = _naive(values, estimate, kind, without)
            expected = [estimate, values.std(ddof=1), values.mean() - estimate, *ends]
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * scale), (term, name)


def test_replicates_are_the_same_for_any_number_of_threads():
    dtm = _corpus(300).dtm(ngram_range=(1, 3))
    frames = [dtm.term_frequencies(bootstrap=kolloc.Bootstrap(200), n_threads=n) for n in (1, 2, 8)]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])


# Jackknife


def test_the_jackknife_is_that_worked_out_by_hand():
    jackknife = kolloc.Bootstrap(method="jackknife")
    with pytest.warns(kolloc.exceptions.ResamplingWarning):
        row = _row(_three().term_frequencies(bootstrap=jackknife))
    assert row["per_million_se"] / 1e5 == pytest.approx(1.527525, abs=1e-6)
    assert row["per_million_bias"] == pytest.approx(0, abs=1e-6)
    reach = stats.norm.ppf(0.975) * row["per_million_se"]
    assert row["per_million_high"] == pytest.approx(row["per_million"] + reach)
    assert row["per_million_missing"] == 0
    with pytest.warns(kolloc.exceptions.ResamplingWarning):
        mean = jackknife.of(_three(), lambda weights: weights @ np.array([1, 2, 6]) / weights.sum())
    assert mean[["value", "se"]].iloc[0].tolist() == pytest.approx([3, 1.527525], abs=1e-6)


@pytest.mark.parametrize("options", [{}, {"strata": "outlet"}, {"units": "day"}], ids=str)
def test_the_jackknife_is_that_of_a_plain_loop(options):
    tokens = _corpus()
    dtm = tokens.dtm()
    jackknife = kolloc.Bootstrap(method="jackknife", **options)
    frame = dtm.term_frequencies(bootstrap=jackknife).set_index("term")
    counts, lengths = dtm.to_scipy().toarray(), tokens.doc_lengths
    units = tokens.metadata["day"].to_numpy() if "units" in options else np.arange(tokens.n_docs)
    without = np.array([units != unit for unit in pd.unique(units)]).astype(float)
    assert np.array_equal(jackknife.document_weights(dtm), without)
    strata = tokens.metadata["outlet"].to_numpy() if "strata" in options else np.zeros(len(without))
    rates = lambda weights: 1e6 * (weights @ counts) / (weights @ lengths)[..., None]  # noqa: E731
    values, estimates = rates(without), rates(np.ones((1, tokens.n_docs)))[0]
    variance, bias = 0, 0
    for stratum in np.unique(strata):
        its = values[strata == stratum]
        variance = variance + (len(its) - 1) / len(its) * ((its - its.mean(axis=0)) ** 2).sum(axis=0)
        bias = bias + (len(its) - 1) * (its.mean(axis=0) - estimates)
    found = frame.loc[dtm.terms]
    assert found["per_million_se"].to_numpy() == pytest.approx(np.sqrt(variance))
    assert found["per_million_bias"].to_numpy() == pytest.approx(bias, rel=1e-6, abs=1e-5)
    own = jackknife.of(dtm, lambda weights: rates(weights[None])[0])
    assert own["se"].to_numpy() == pytest.approx(found["per_million_se"].to_numpy())
    assert own["high"].to_numpy() == pytest.approx(found["per_million_high"].to_numpy())


def test_the_jackknife_comes_near_the_bootstrap_for_smooth_measures():
    dtm = _corpus(200).dtm()
    call = {"by": "outlet", "measures": "log_ratio", "n": 10}
    jackknife = dtm.keyness("x", bootstrap=kolloc.Bootstrap(method="jackknife"), **call)
    drawn = dtm.keyness("x", bootstrap=kolloc.Bootstrap(2000), **call)
    assert jackknife["log_ratio_se"].to_numpy() == pytest.approx(drawn["log_ratio_se"].to_numpy(), rel=0.1)
    assert "rank" in drawn
    assert "rank" not in jackknife
    assert jackknife["log_ratio_p_boot"].isna().all()


def test_the_jackknife_of_many_units_is_refused_where_weights_are_asked_for():
    dtm = kolloc.Tokens.from_lists([["a"]] * 20_001).dtm()
    jackknife = kolloc.Bootstrap(method="jackknife")
    with pytest.raises(kolloc.exceptions.ParameterError, match="got 'jackknife' with 20,001"):
        jackknife.of(dtm, np.sum)
    assert dtm.term_frequencies(bootstrap=jackknife)["per_million_se"].tolist() == [0]


# Coverage: each term of a simulated corpus is a sample of its own


def _simulated(n_units, copies, seed, n_terms=3_000):
    """A matrix of overdispersed counts with mean 4, each unit printed several times, and the covered rate."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(4, 1, size=(n_units, n_terms)))
    counts = np.repeat(counts, copies, axis=0)
    names = np.array([f"t{j}" for j in range(n_terms)])
    lists = [np.repeat(names, row).tolist() for row in counts]
    units = pd.DataFrame({"story": np.repeat(np.arange(n_units), copies)})
    return kolloc.Tokens.from_lists(lists, metadata=units).dtm(order="term")


def _coverage(dtm, **options):
    frame = dtm.term_frequencies(bootstrap=kolloc.Bootstrap(500, **options))
    true = 1e6 / len(frame)
    return float(((frame["per_million_low"] <= true) & (true <= frame["per_million_high"])).mean())


@pytest.mark.parametrize("interval", ["percentile", "basic", "normal", "bca"])
def test_intervals_cover_as_often_as_they_say(interval):
    assert _coverage(_simulated(120, 1, 0), interval=interval) == pytest.approx(0.95, abs=0.02)


def test_intervals_cover_at_another_level_and_with_poisson_weights():
    dtm = _simulated(120, 1, 1)
    assert _coverage(dtm, level=0.8) == pytest.approx(0.8, abs=0.02)
    assert _coverage(dtm, method="poisson") == pytest.approx(0.95, abs=0.02)


def test_only_clusters_cover_where_stories_are_printed_several_times():
    dtm = _simulated(80, 4, 2)
    assert _coverage(dtm, units="story") == pytest.approx(0.95, abs=0.02)
    assert _coverage(dtm, units="documents") < 0.75
