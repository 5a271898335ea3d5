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
