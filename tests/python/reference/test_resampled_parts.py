"""Trends, dispersion and diversity of documents drawn again against plain loops, and theory."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import ParameterError, ResamplingWarning
from reference.naive_resampling import assert_fields, drawn, given_weights, quiet

N_DOCS, B = 50, 41


def _tokens(seed=0, n_docs=N_DOCS, n_terms=12):
    rng = np.random.default_rng(seed)
    means = rng.gamma(1, 1, size=(n_docs, n_terms)) * rng.gamma(1, 1, size=n_terms)
    lists = [np.repeat([f"t{j:02}" for j in range(n_terms)], row).tolist() for row in rng.poisson(means)]
    # One document is empty.
    lists[3] = []
    months = rng.integers(1, 8, n_docs)
    frame = pd.DataFrame(
        {"outlet": rng.choice(["x", "y"], n_docs), "date": [f"2024-{month + (month > 4):02}-05" for month in months]}
    )
    return kolloc.Tokens.from_lists(lists, metadata=frame)


# Trends


def _slope(y):
    pairs = [(y[j] - y[i]) / (j - i) for i, j in combinations(range(len(y)), 2)]
    pairs = [slope for slope in pairs if np.isfinite(slope)]
    return np.median(pairs) if np.isfinite(y).sum() > 3 else np.nan


def _slopes(dtm, weights, months):
    counts, lengths = dtm.to_scipy().toarray(), dtm.doc_lengths
    by_month = [weights * (months == month) for month in range(months.min(), months.max() + 1)]
    with np.errstate(invalid="ignore"):
        y = np.array([1e6 * (w @ counts) / (w @ lengths) for w in by_month])
    return np.array([_slope(column) for column in y.T])


@pytest.mark.parametrize("by", [None, "outlet"])
def test_slopes_are_those_of_a_plain_loop(by):
    dtm = _tokens(4).dtm(order="term")
    dtm = dtm.select(dtm.terms[2:])
    weights = given_weights(B, N_DOCS)
    time = dtm.over_time(date="date", by=by)
    found = quiet(lambda: time.trend(bootstrap=kolloc.Bootstrap(weights=weights)))
    plain = quiet(time.trend)
    assert found[["slope", "z", "q", "change"]].equals(plain[["slope", "z", "q", "change"]])
    months = dtm.metadata["date"].str[5:7].astype(int).to_numpy()
    groups = [np.ones(N_DOCS)] if by is None else [(dtm.metadata[by] == value).to_numpy() for value in time._groups]
    values = np.hstack([[_slopes(dtm, row * chosen, months) for row in weights] for chosen in groups])
    for place in range(len(found)):
        assert_fields(found.iloc[place], "slope", values[:, place])


def test_documents_are_drawn_within_their_periods():
    texts = ["war " * n + "peace " * (20 - n) for n in (10, 12, 11, 15, 18, 17) for _ in range(12)]
    frame = pd.DataFrame({"text": texts, "date": [f"2024-0{month}-15" for month in range(1, 7) for _ in range(12)]})
    time = kolloc.Corpus(frame, text="text").tokens().dtm().over_time(date="date")
    found = time.trend(bootstrap=kolloc.Bootstrap(50))
    # All documents of a period are the same.
    assert found["slope_se"].to_numpy() == pytest.approx(np.zeros(2), abs=1e-6)
    assert found["slope_low"].to_numpy() == pytest.approx(found["slope"].to_numpy())


def test_slopes_are_the_same_for_any_number_of_threads():
    time = _tokens(2, 200, 60).dtm().over_time(date="date", by="outlet")
    call = {"bootstrap": kolloc.Bootstrap(130, interval="bca")}
    frames = [quiet(lambda n=n: time.trend(n_threads=n, **call)) for n in (1, 2, 8)]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])


def test_intervals_of_slopes_cover_as_often_as_they_say():
    n_periods, n_docs, n_terms = 9, 40, 1_200
    rng = np.random.default_rng(3)
    period = np.repeat(np.arange(n_periods), n_docs)
    means = rng.gamma(4, 1, size=(len(period), n_terms)) * (1 + 0.05 * period)[:, None]
    counts = rng.poisson(means)
    names = np.array([f"t{j}" for j in range(n_terms)])
    lists = [np.repeat(names, row).tolist() + ["rest"] * (20_000 - row.sum()) for row in counts]
    frame = pd.DataFrame({"date": [f"2024-0{month + 1}-15" for month in period]})
    dtm = kolloc.Tokens.from_lists(lists, metadata=frame).dtm(order="term")
    found = dtm.over_time(date="date").trend(bootstrap=kolloc.Bootstrap(300))
    found = found[found["term"] != "rest"]
    true = 1e6 * 4 * 0.05 / 20_000
    covered = (found["slope_low"] <= true) & (true <= found["slope_high"])
    assert covered.mean() == pytest.approx(0.95, abs=0.02)


# Dispersion


@pytest.mark.parametrize("options", [{}, {"parts": "outlet"}, {"equal_parts": True}], ids=str)
def test_dispersion_is_that_of_matrices_that_hold_what_was_drawn(options):
    dtm = _tokens(1).dtm(order="term")
    weights = given_weights(B, N_DOCS)
    found = quiet(lambda: dtm.dispersion("all", bootstrap=kolloc.Bootstrap(weights=weights), **options))
    plain = quiet(lambda: dtm.dispersion("all", **options))
    assert found[list(plain)].equals(plain)
    measures = [name for name in plain if name not in ("term", "cf")]
    frames = [quiet(lambda row=row: drawn(dtm, row).dispersion("all", **options)).set_index("term") for row in weights]
    for place, term in enumerate(found["term"]):
        for name in measures:
            # Terms that were not drawn have no value, but a range of 0.
            missing = 0.0 if name == "range" else np.nan
            values = np.array([frame[name].get(term, missing) for frame in frames], dtype=float)
            assert_fields(found.iloc[place], name, values)


def test_evenness_is_turned_with_its_interval():
    dtm = _tokens(1).dtm()
    call = {"measures": ["da", "dp"], "bootstrap": kolloc.Bootstrap(60)}
    found, turned = (quiet(lambda even=even: dtm.dispersion(even_high=even, **call)) for even in (False, True))
    assert turned["da_low"].equals(found["da_low"])
    assert turned["dp_evenness_low"].equals(1 - found["dp_high"])
    assert turned["dp_evenness_bias"].equals(-found["dp_bias"])
    assert (quiet(lambda: turned["dp_evenness_low"] <= turned["dp_evenness_high"])).sum() > 5


def test_documents_of_weight_two_are_two_parts():
    tokens = _tokens(1)
    call = {"measures": "all", "bootstrap": kolloc.Bootstrap(60, seed=5)}
    weighted = quiet(lambda: tokens.weigh(np.full(N_DOCS, 2.0)).dtm().dispersion(**call))
    # Each document twice: as units they travel together.
    matrix = tokens.dtm()
    lists = [np.repeat(matrix.terms, row).tolist() for row in matrix.to_scipy().toarray()]
    rows = np.arange(2 * N_DOCS) // 2
    twice = kolloc.Tokens.from_lists([lists[row] for row in rows], metadata=pd.DataFrame({"story": rows}))
    call["bootstrap"] = kolloc.Bootstrap(60, seed=5, units="story")
    doubled = quiet(lambda: twice.dtm().dispersion(**call)).set_index("term").loc[weighted["term"]]
    for name in ("dp_norm", "da", "kld", "juilland_d", "range"):
        np.testing.assert_allclose(weighted[f"{name}_se"], doubled[f"{name}_se"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("parts", ["documents", "outlet"])
def test_dispersion_is_the_same_for_any_number_of_threads(parts):
    dtm = _tokens(2, 200, 60).dtm(ngram_range=(1, 2))
    call = {"bootstrap": kolloc.Bootstrap(130), "parts": parts}
    frames = [quiet(lambda n=n: dtm.dispersion(n_threads=n, **call)) for n in (1, 2, 8)]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])


# Diversity


def test_diversity_is_that_of_matrices_that_hold_what_was_drawn():
    dtm = _tokens(6).dtm(order="term")
    weights = given_weights(B, N_DOCS)
    names = ["ttr", "yule_k", "simpson_d", "entropy", "hdd", "honore_r", "hapax_share", "maas_a2", "fisher_alpha"]
    found = quiet(lambda: dtm.lexical_diversity(names, by="outlet", bootstrap=kolloc.Bootstrap(weights=weights)))
    plain = quiet(lambda: dtm.group("outlet").lexical_diversity(names))
    assert found["outlet"].tolist() == plain["document"].tolist()
    assert found[[*names, "n_tokens"]].equals(plain[[*names, "n_tokens"]])
    frames = [quiet(lambda row=row: drawn(dtm, row).lexical_diversity(names, by="outlet")) for row in weights]
    for place, outlet in enumerate(found["outlet"]):
        for name in names:
            values = np.array([frame.set_index("outlet")[name][outlet] for frame in frames])
            assert_fields(found.iloc[place], name, values)


def test_words_that_are_folded_are_one_type_in_replicates_too():
    lists = [["Peace", "peace", "talks", "!", "2024"], ["talks", "peace", "war"]] * 8
    dtm = kolloc.Tokens.from_lists(lists, metadata=pd.DataFrame({"outlet": ["x"] * 16})).dtm()
    found = dtm.lexical_diversity("ttr", by="outlet", bootstrap=kolloc.Bootstrap(100))
    assert found["n_types"].tolist() == [3]
    assert found["ttr_low"].iloc[0] == pytest.approx(3 / 48)
    assert found["ttr_high"].iloc[0] == pytest.approx(3 / 48)


def test_measures_of_types_are_biased_and_say_so():
    rng = np.random.default_rng(0)
    words = np.array([f"w{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(4000)])
    p = 1 / np.arange(1, 4001)
    lists = [rng.choice(words, 60, p=p / p.sum()).tolist() for _ in range(80)]
    dtm = kolloc.Tokens.from_lists(lists, metadata=pd.DataFrame({"outlet": ["x"] * 80})).dtm()
    names = ["ttr", "yule_k"]
    row = dtm.lexical_diversity(names, by="outlet", bootstrap=kolloc.Bootstrap(200)).iloc[0]
    assert row["ttr_bias"] < -3 * row["ttr_se"]
    assert row["ttr_high"] < row["ttr"]
    assert abs(row["yule_k_bias"]) < row["yule_k_se"]


def test_diversity_is_the_same_for_any_number_of_threads():
    dtm = _tokens(2, 200, 60).dtm(ngram_range=(1, 2))
    call = {"by": "outlet", "bootstrap": kolloc.Bootstrap(130)}
    frames = [quiet(lambda n=n: dtm.lexical_diversity("all", n_threads=n, **call)) for n in (1, 2, 8)]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])


# Errors, and what is nothing


def test_mistakes_are_named():
    dtm = _tokens().dtm()
    with pytest.raises(ParameterError, match="by must be given with bootstrap"):
        dtm.lexical_diversity(bootstrap=kolloc.Bootstrap(10))
    with pytest.raises(ParameterError, match="method must be one of 'multinomial', 'poisson' for diversity"):
        dtm.lexical_diversity(by="outlet", bootstrap=kolloc.Bootstrap(method="jackknife"))
    with pytest.raises(ParameterError, match="interval must be .* for dispersion over documents, got 'bca'"):
        dtm.dispersion(bootstrap=kolloc.Bootstrap(10, interval="bca"))
    weighted = _tokens().weigh(np.full(N_DOCS, 0.5)).dtm()
    with pytest.raises(ParameterError, match="counts must be those of documents"):
        weighted.lexical_diversity(by="outlet", bootstrap=kolloc.Bootstrap(10))
    with pytest.raises(ParameterError, match="given for a matrix of documents"):
        weighted.group("outlet").dispersion(bootstrap=kolloc.Bootstrap(10))


def test_periods_of_few_documents_are_warned_of():
    with pytest.warns(ResamplingWarning, match="units in the smallest group"):
        _tokens(4).dtm().over_time(date="date").trend(bootstrap=kolloc.Bootstrap(20))


def test_nothing_is_no_trouble():
    frame = pd.DataFrame({"text": ["", ""], "outlet": ["x", "y"], "date": ["2024-01-01", "2024-02-01"]})
    dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
    bootstrap = kolloc.Bootstrap(10)
    assert len(quiet(lambda: dtm.dispersion(bootstrap=bootstrap))) == 0
    assert len(quiet(lambda: dtm.dispersion(parts="outlet", bootstrap=bootstrap))) == 0
    assert len(quiet(lambda: dtm.over_time(date="date").trend(bootstrap=bootstrap))) == 0
    found = quiet(lambda: dtm.lexical_diversity(by="outlet", bootstrap=bootstrap))
    assert found["ttr_missing"].tolist() == [10, 10]
