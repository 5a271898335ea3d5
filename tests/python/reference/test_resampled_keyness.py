"""Keyness of documents drawn again, and the order of words, against plain loops over replicates and theory."""

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import ParameterError, ResamplingWarning
from reference.naive_resampling import assert_fields, drawn, given_weights, quiet

N_DOCS, B = 60, 41


def _corpus(seed=0, n_docs=N_DOCS, n_terms=14):
    rng = np.random.default_rng(seed)
    means = rng.gamma(1, 1, size=(n_docs, n_terms)) * rng.gamma(1, 1, size=n_terms)
    lists = [np.repeat([f"t{j}" for j in range(n_terms)], row).tolist() for row in rng.poisson(means)]
    frame = pd.DataFrame({"outlet": rng.choice(["x", "y", "z"], n_docs), "day": rng.integers(0, 15, n_docs)})
    frame.loc[:9, "outlet"] = "x"
    return kolloc.Tokens.from_lists(lists, metadata=frame)


def _replicates(dtm, weights, **options):
    """The table of each replicate, of a matrix that holds each document as often as it was drawn."""
    frames = [quiet(lambda row=row: drawn(dtm, row).keyness("x", by="outlet", **options)) for row in weights]
    return [frame.astype({"term": str}).set_index("term") for frame in frames]


def _check(found, replicates, name):
    values = np.array([frame.reindex(found.index)[name].to_numpy(dtype=float) for frame in replicates])
    for place in range(len(found)):
        assert_fields(found.iloc[place], name, values[:, place])


MEASURES = [
    *("g2", "g2_2term", "chi2", "phi2", "bic", "ell", "odds_ratio", "log_odds_ratio", "pmi", "log_ratio"),
    *("log_ratio_walter", "relative_risk", "pct_diff", "simple_maths", "diff_coeff", "din", "kld_frequency"),
]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"count": "documents"},
        {"totals": "corpus"},
        {"reference": "y", "correction": "williams", "zero": "half", "simple_maths_n": 50},
        {"reference": {"t0": 30, "t3": 8, "else": 40}, "reference_total": 200},
    ],
    ids=["rest", "documents", "corpus", "one group", "elsewhere"],
)
def test_columns_are_those_of_matrices_that_hold_what_was_drawn(options):
    dtm = _corpus().dtm(order="term")
    if options.get("totals") == "corpus":
        dtm = dtm.select(dtm.terms[2:])
    outlets = dtm.metadata["outlet"].to_numpy()
    here = outlets == "x"
    compared = here if "reference_total" in options else here | (outlets == options.get("reference", outlets))
    weights = given_weights(B, compared.sum())
    whole = np.zeros((B, N_DOCS), dtype=np.uint8)
    whole[:, compared] = weights
    call = {"measures": MEASURES, **options}
    bootstrap = kolloc.Bootstrap(weights=weights)
    found = quiet(lambda: dtm.keyness("x", by="outlet", bootstrap=bootstrap, **call))
    plain = quiet(lambda: dtm.keyness("x", by="outlet", **call))
    assert found["g2"].equals(plain["g2"])
    replicates = _replicates(dtm, whole, **call)
    for name in MEASURES:
        _check(found.astype({"term": str}).set_index("term"), replicates, name)


@pytest.mark.parametrize("variance", ["two_term", "four_term"])
def test_log_odds_keep_their_prior_in_all_replicates(variance):
    dtm = _corpus().dtm(order="term")
    weights = given_weights(B, N_DOCS)
    both = dtm.to_scipy().sum(axis=0)
    fixed = {"background": dict(zip(dtm.terms, both.tolist(), strict=True)), "prior_strength": 12.0}
    call = {"measures": ["log_odds_prior"], "variance": variance}
    again = {"prior_strength": 12.0, "bootstrap": kolloc.Bootstrap(weights=weights)}
    found = quiet(lambda: dtm.keyness("x", by="outlet", **again, **call)).astype({"term": str}).set_index("term")
    replicates = _replicates(dtm, weights, **fixed, **call)
    for name in ("log_odds_prior", "log_odds_prior_z"):
        # Words that a replicate lacks have a prior all the same, which tables of words that occur do not list.
        there = [term for term in found.index if all(term in frame.index for frame in replicates)]
        assert len(there) > 8
        _check(found.loc[there], replicates, name)


def test_groups_against_all_have_a_prior_of_what_was_drawn():
    dtm = _corpus().dtm(order="term")
    weights = given_weights(B, N_DOCS)
    call = {"measures": ["log_odds_prior"], "prior": "group_vs_all"}
    found = quiet(lambda: dtm.keyness("x", by="outlet", bootstrap=kolloc.Bootstrap(weights=weights), **call))
    found = found.astype({"term": str}).set_index("term")
    _check(found, _replicates(dtm, weights, **call), "log_odds_prior")


@pytest.mark.parametrize("key", ["g2", "log_ratio", "phi2"])
def test_ranks_are_those_of_a_plain_loop(key):
    dtm = _corpus(3).dtm(order="term")
    weights = given_weights(B, N_DOCS)
    call = {"by": "outlet", "measures": ["g2", "log_ratio", "phi2"], "sort_by": key}
    found = quiet(lambda: dtm.keyness("x", n=4, bootstrap=kolloc.Bootstrap(weights=weights, level=0.9), **call))
    everything = quiet(lambda: dtm.keyness("x", **call))
    terms = everything["term"].astype(str).tolist()
    candidates = sorted(terms, key=dtm.terms.index)
    ranks = []
    for frame in _replicates(dtm, weights, **{name: call[name] for name in ("measures", "sort_by")}):
        values = frame[key].reindex(candidates).to_numpy(dtype=float)
        order = np.argsort(-np.where(np.isnan(values), -np.inf, values), kind="stable")
        ranks.append(np.argsort(order) + 1)
    ranks = np.sort(np.array(ranks), axis=0)
    beyond = int((B - 1) * 0.05 + 1e-9)
    assert found["rank"].tolist() == [1, 2, 3, 4]
    for row, term in enumerate(terms[:4]):
        its = ranks[:, candidates.index(term)]
        shown = found.iloc[row]
        assert (shown["rank_low"], shown["rank_high"]) == (its[beyond], its[B - 1 - beyond])
        assert shown["top_share"] == pytest.approx((its <= 4).mean())


def test_each_group_is_compared_as_it_is_alone():
    dtm = _corpus().dtm(order="term")
    call = {"by": "outlet", "bootstrap": kolloc.Bootstrap(70, seed=2), "n": 5}
    everything = quiet(lambda: dtm.keyness(**call))
    for outlet in ("x", "y", "z"):
        alone = quiet(lambda outlet=outlet: dtm.keyness(outlet, **call))
        part = everything[everything["outlet"] == outlet].drop(columns="outlet").reset_index(drop=True)
        pd.testing.assert_frame_equal(part, alone)


def test_documents_of_weight_two_are_those_printed_twice():
    tokens = _corpus()
    doubled = tokens.weigh(np.full(N_DOCS, 2.0)).dtm(order="term")
    call = {"by": "outlet", "bootstrap": kolloc.Bootstrap(80), "measures": ["g2", "log_ratio"]}
    one, two = (quiet(lambda dtm=dtm: dtm.keyness("x", **call)) for dtm in (tokens.dtm(order="term"), doubled))
    np.testing.assert_allclose(two["g2_se"], 2 * one["g2_se"], rtol=1e-9)
    np.testing.assert_allclose(two["log_ratio_high"], one["log_ratio_high"], rtol=1e-9)
    assert two[["rank", "rank_low", "rank_high"]].equals(one[["rank", "rank_low", "rank_high"]])


def test_the_same_for_any_number_of_threads():
    dtm = _corpus(5, 300, 40).dtm(ngram_range=(1, 3))
    call = {"by": "outlet", "bootstrap": kolloc.Bootstrap(150), "sort_by": "log_ratio"}
    frames = [quiet(lambda n=n: dtm.keyness("x", n_threads=n, **call)) for n in (1, 2, 8)]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])


@pytest.mark.parametrize("interval", ["basic", "normal", "bca"])
def test_other_intervals_are_had_too(interval):
    dtm = _corpus().dtm(order="term")
    bootstrap = kolloc.Bootstrap(200, interval=interval, units="day", strata="outlet")
    found = quiet(lambda: dtm.keyness("x", by="outlet", measures="log_ratio_walter", bootstrap=bootstrap))
    there = found[found["log_ratio_walter_missing"] == 0]
    assert len(there) > 10
    assert (there["log_ratio_walter_low"] < there["log_ratio_walter_high"]).all()


def test_intervals_of_log_ratios_cover_as_often_as_they_say():
    n, n_terms = 240, 2000
    rng = np.random.default_rng(7)
    is_target = np.arange(n) % 2 == 0
    counts = rng.poisson(rng.gamma(4, 1, size=(n, n_terms)) * np.where(is_target, 1.5, 1)[:, None])
    names = np.array([f"t{j}" for j in range(n_terms)])
    frame = pd.DataFrame({"side": np.where(is_target, "x", "y")})
    lists = [np.repeat(names, row).tolist() + ["rest"] * (20_000 - row.sum()) for row in counts]
    dtm = kolloc.Tokens.from_lists(lists, metadata=frame).dtm(order="term")
    call = {"by": "side", "measures": "log_ratio", "bootstrap": kolloc.Bootstrap(400)}
    found = dtm.keyness("x", **call)
    found = found[found["term"] != "rest"]
    true = np.log2(1.5)
    covered = (found["log_ratio_low"] <= true) & (true <= found["log_ratio_high"])
    assert covered.mean() == pytest.approx(0.95, abs=0.02)
    # Words are dependent within documents, so that bounds that take tokens for a sample are too narrow.
    exact = dtm.keyness("x", by="side", measures="log_ratio")
    exact = exact[exact["term"] != "rest"]
    assert ((exact["log_ratio_low"] <= true) & (true <= exact["log_ratio_high"])).mean() < 0.9


# Errors, and what is nothing


def test_other_ways_of_counting_are_refused_with_a_hint():
    tokens = _corpus()
    corpus = kolloc.Corpus(["one text", "another text"] * 6)
    bootstrap = kolloc.Bootstrap(10, duplicates=corpus.duplicates(), count="stories")
    with pytest.raises(ParameterError, match=r"count must be 'prints' here.*Tokens\.weigh"):
        tokens.dtm().keyness("x", by="outlet", bootstrap=bootstrap)


def test_columns_that_are_no_measures_of_counts_have_no_ranks():
    dtm = _corpus().dtm()
    found = quiet(lambda: dtm.keyness("x", by="outlet", sort_by="p", bootstrap=kolloc.Bootstrap(20)))
    assert "rank" not in found
    assert "g2_se" in found
    found = quiet(lambda: dtm.keyness("x", by="outlet", measures="df", bootstrap=kolloc.Bootstrap(20)))
    assert not [name for name in found if name.endswith("_se")]


def test_words_that_few_replicates_hold_have_no_interval_and_one_warning():
    lists = [["a", "b"]] * 12 + [["a"]] * 11 + [["a", "rare"]]
    dtm = kolloc.Tokens.from_lists(lists, metadata=pd.DataFrame({"side": ["x"] * 12 + ["y"] * 12})).dtm()
    with pytest.warns(ResamplingWarning, match="no interval") as caught:
        found = dtm.keyness(by="side", measures=["g2", "pmi"], bootstrap=kolloc.Bootstrap(300))
    assert len([each for each in caught if "no interval" in str(each.message)]) == 1
    row = found[(found["side"] == "x") & (found["term"] == "rare")].iloc[0]
    assert row["g2_missing"] > 60
    assert np.isnan(row["g2_low"])
    assert np.isnan(row["pmi_p_boot"])


def test_no_words_are_no_trouble():
    dtm = _corpus().dtm()
    call = {"by": "outlet", "bootstrap": kolloc.Bootstrap(20)}
    assert len(dtm.keyness("x", min_count=10_000, **call)) == 0
    none = dtm.keyness("x", n=0, **call)
    assert len(none) == 0
    assert {"g2_se", "rank_low", "top_share"} <= set(none)
