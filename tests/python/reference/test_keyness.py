"""Keyness against the values of the specification, published ones, scipy, and tables of another implementation."""

import csv
import gzip
import io
import json
import math

import numpy as np
import pytest
from scipy import stats

import kolloc
from kolloc._core import fisher_log_p, keyness, log_odds_prior

TABLES = {
    "keyness_small_c": (6, 2, 17, 12),
    "keyness_small_d": (1, 4, 17, 12),
    "keyness_small_a": (3, 2, 17, 12),
    "keyness_b_7_2_10_9": (7, 2, 10, 9),
    "keyness_realistic": (120, 60, 100_000, 200_000),
}
# Name in the file, measure, options.
NAMES = {
    "E11": ("expected", {}),
    "G2_4term": ("g2", {}),
    "G2_2term_Rayson": ("g2_2term", {}),
    "G2_williams": ("g2", {"correction": "williams"}),
    "chi2": ("chi2", {}),
    "chi2_yates": ("chi2", {"correction": "yates"}),
    "chi2_williams": ("chi2", {"correction": "williams"}),
    "pmi_ln": ("pmi", {}),
    "BIC_Wilson": ("bic", {}),
    "ELL": ("ell", {}),
    "pct_diff": ("pct_diff", {}),
    "log_ratio_hardie": ("log_ratio", {}),
    "log_ratio_walter": ("log_ratio_walter", {}),
    "relative_risk": ("relative_risk", {}),
    "odds_ratio": ("odds_ratio", {}),
    "diff_coeff": ("diff_coeff", {}),
    "DIN": ("din", {}),
    "simple_maths_1": ("simple_maths", {}),
    "simple_maths_100": ("simple_maths", {"added": 100.0}),
}
UNSIGNED = {"G2_2term_Rayson", "chi2", "chi2_yates", "chi2_williams"}


def score(measure, a, b, n1, n2, **options):
    arrays = (np.array([float(value)]) for value in (a, b))
    return keyness([measure], *arrays, float(n1), float(n2), **options)[0, 0]


def compare(texts_a, texts_b, **options):
    """Keyness of two lists of texts, by term."""
    texts = [*texts_a, *texts_b]
    tokens = kolloc.Corpus(texts).tokens(segmenter="whitespace")
    table = tokens.dtm().keyness([True] * len(texts_a) + [False] * len(texts_b), **options)
    return table.set_index(table["term"].astype(str))


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads(shared("spec/golden.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", TABLES)
def test_measures_of_the_file(golden, key):
    block = golden[key]
    assert [block[name] for name in ("f1", "f2", "N1", "N2")] == list(TABLES[key])
    for name, (measure, options) in NAMES.items():
        found = score(measure, *TABLES[key], **options)
        assert (abs(found) if name in UNSIGNED else found) == pytest.approx(block[name], rel=1e-6, abs=1e-6), name
        assert name not in UNSIGNED or found * score("log_ratio", *TABLES[key]) >= 0


def test_exact_tests_and_corrections_of_the_file(golden):
    for name, block in golden["extra"]["keyness_extra"].items():
        if name.startswith("LRC"):
            continue
        a, b, n1, n2 = map(float, name.split("_"))
        two_sided, over_use = fisher_log_p(np.array([a]), np.array([b]), n1, n2)
        assert np.exp(two_sided[0]) == pytest.approx(block["fisher_p_two_sided"], rel=1e-12)
        assert np.exp(over_use[0]) == pytest.approx(block["fisher_p_over_use"], rel=1e-12)
        assert score("odds_ratio_cmle", a, b, n1, n2) == pytest.approx(block["odds_ratio_conditional_mle"], rel=1e-9)
        assert abs(score("g2", a, b, n1, n2, correction="yates")) == pytest.approx(block["G2_yates"], rel=1e-9)


def test_the_rule_of_quanteda_has_its_own_name():
    expected = [0.467298, -2.040247, 0.004739, 2.632438, 90.054032]
    found = [score("chi2", *table, correction="yates_if_small") for table in TABLES.values()]
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


PUBLISHED = [
    ("g2", (10, 3, 10, 31767), 167.2298, 1e-4),
    ("chi2", (3, 0, 3, 31774), 31777, 1e-9),
    ("simple_maths", (35, 263, 112_289_776, 1_559_716_979), 1.1224291757, 1e-9),
    ("odds_ratio", (16217, 735, 2_796_938, 2_087_946), 16.5612, 1e-5),
    ("pct_diff", (206_523, 178_174, 959_641, 1_562_358), 88.7104, 1e-6),
    ("diff_coeff", (18, 35, 1_000_000, 1_000_000), -0.32, 5e-3),
    ("phi2", (31950, 4793, 31950 + 12004, 4793 + 848_330), 0.617126, 1e-5),
]


@pytest.mark.parametrize(("measure", "table", "value", "tolerance"), PUBLISHED)
def test_published_values(measure, table, value, tolerance):
    assert score(measure, *table) == pytest.approx(value, rel=tolerance)


def test_published_exact_test_of_pedersen():
    two_sided, over_use = fisher_log_p(np.array([1.0]), np.array([3.0]), 4.0, 4.0)
    assert np.exp([two_sided[0], over_use[0]]) == pytest.approx([0.486, 0.986], abs=5e-4)


def test_bounds_of_lrc_are_those_of_the_file():
    cases = [
        ((120, 60, 100_000, 200_000), 1, 1.5412128458919239),
        ((120, 60, 100_000, 200_000), 1000, 1.0826233910944525),
        ((60, 120, 200_000, 100_000), 1, -1.5412128458919239),
        ((10, 0, 1000, 2000), 1, 2.1644783213240624),
        ((6, 2, 17, 12), 1, 0.0),
    ]
    for (a, b, n1, n2), m, value in cases:
        texts = ["w " * a + "x " * (n1 - a), "w " * b + "x " * (n2 - b)]
        # A level of 0.05 / m for one word alone is that of m words together.
        table = compare([texts[0]], [texts[1]], measures=["lrc"], simultaneous=False, confidence=1 - 0.05 / m)
        assert table.loc["w", "lrc"] == pytest.approx(value, rel=1e-6, abs=1e-12)


def test_lrc_is_corrected_for_the_number_of_words():
    one = compare(["w w w w w w w w x y z"], ["x x x x x x y y y y z z z z v"], measures=["lrc"])
    alone = {"simultaneous": False, "confidence": 1 - 0.05 / 5}
    other = compare(["w w w w w w w w x y z"], ["x x x x x x y y y y z z z z v"], measures=["lrc"], **alone)
    assert len(one) == 5
    np.testing.assert_allclose(one["lrc"], other["lrc"], rtol=1e-9)


PRIORS = {
    ("constant", "two_term"): [-3.696467, 0, 4.574586],
    ("constant", "four_term"): [-3.387712, 0, 2.861942],
    ("informative", "two_term"): [-3.571882, 0, 4.360919],
    ("informative", "four_term"): [-3.259389, 0, 2.733386],
    ("group_vs_all", "two_term"): [-1.325670, 0, 1.573287],
}
DELTAS = {
    "constant": [-1.349197, 0, 0.846974],
    "informative": [-1.209088, 0, 0.768005],
    "group_vs_all": [-0.223144, 0, 0.141079],
}


@pytest.mark.parametrize(("prior", "variance"), PRIORS)
def test_log_odds_with_a_prior_are_those_worked_out_by_hand(prior, variance):
    texts = ["a " * 10 + "b " * 20 + "c " * 70, "a " * 30 + "b " * 20 + "c " * 50]
    strength = {"informative": 10, "constant": 0.01}.get(prior)
    options = {"prior": prior, "variance": variance, "prior_strength": strength}
    table = compare(texts[:1], texts[1:], measures=["log_odds_prior"], **options).loc[["a", "b", "c"]]
    np.testing.assert_allclose(table["log_odds_prior"], DELTAS[prior], atol=1e-6)
    np.testing.assert_allclose(table["log_odds_prior_z"], PRIORS[prior, variance], atol=1e-6)


def test_the_second_of_two_groups_against_all():
    delta, z = log_odds_prior(np.array([30.0, 20, 50]), np.array([10.0, 20, 70]), 100.0, 100.0)
    np.testing.assert_allclose(delta, [0.196710, 0, -0.137201], atol=1e-6)
    np.testing.assert_allclose(z, [1.307946, 0, -1.474332], atol=1e-6)


# scipy


def random_tables(n, rng):
    n1, n2 = rng.integers(50, 5000, size=(2, n))
    return rng.binomial(n1, 0.02 + 0.2 * rng.uniform(size=n)), rng.binomial(n2, 0.02), n1, n2


def test_tests_of_independence_are_those_of_scipy():
    for a, b, n1, n2 in zip(*random_tables(60, np.random.default_rng(1)), strict=True):
        cells = [[a, b], [n1 - a, n2 - b]]
        if min(a + b, n1 + n2 - a - b) == 0:
            continue
        for measure, method in (("chi2", "pearson"), ("g2", "log-likelihood")):
            for correction in ("none", "yates"):
                expected = stats.chi2_contingency(cells, correction=correction == "yates", lambda_=method)
                found = abs(score(measure, a, b, n1, n2, correction=correction))
                assert found == pytest.approx(expected.statistic, rel=1e-9, abs=1e-9)


def test_exact_tests_are_those_of_scipy():
    rng = np.random.default_rng(2)
    tables = [*zip(*random_tables(60, rng), strict=True), (0, 5, 10, 10), (5, 0, 5, 50), (300, 1, 1000, 1000)]
    for a, b, n1, n2 in tables:
        cells = [[a, b], [n1 - a, n2 - b]]
        arrays = np.array([float(a)]), np.array([float(b)])
        two_sided, over_use = fisher_log_p(*arrays, float(n1), float(n2))
        if a + b == 0:
            assert np.isnan([two_sided[0], over_use[0]]).all()
            continue
        assert np.exp(two_sided[0]) == pytest.approx(stats.fisher_exact(cells).pvalue, rel=1e-9)
        greater = stats.fisher_exact(cells, alternative="greater").pvalue
        assert np.exp(over_use[0]) == pytest.approx(greater, rel=1e-9)
        expected = stats.contingency.odds_ratio(cells, kind="conditional").statistic
        assert score("odds_ratio_cmle", a, b, n1, n2) == pytest.approx(expected, rel=1e-6)


def test_exact_tests_keep_their_digits_where_p_underflows():
    a, b, n1, n2 = 6000, 4000, 300_000, 900_000
    two_sided, over_use = fisher_log_p(np.array([float(a)]), np.array([float(b)]), float(n1), float(n2))
    # Whole numbers for the observed table, and for further ones the ratios of neighbours.
    term, tail = 1.0, 1.0
    for k in range(a, a + 200):
        term *= (n1 - k) * (a + b - k) / ((k + 1) * (n2 - (a + b) + k + 1))
        tail += term
    log_p = math.log(math.comb(n1, a)) + math.log(math.comb(n2, b)) - math.log(math.comb(n1 + n2, a + b))
    assert over_use[0] == pytest.approx(log_p + math.log(tail), rel=1e-11)
    # The other tail holds at most as much.
    assert over_use[0] < two_sided[0] < over_use[0] + math.log(2)
    assert two_sided[0] < -2700


def test_rank_sums_are_those_of_scipy():
    rng = np.random.default_rng(3)
    words = np.array([f"w{i}" for i in range(30)])
    shares = 1 / np.arange(1, 31)
    texts = [" ".join(rng.choice(words, size=size, p=shares / shares.sum())) for size in rng.integers(5, 80, size=40)]
    dtm = kolloc.Corpus(texts).tokens().dtm()
    mask = rng.uniform(size=40) < 0.4
    table = dtm.keyness(mask, measures=["mann_whitney"]).set_index("term")
    counts = dtm.to_scipy().toarray() / dtm.doc_lengths[:, None]
    for column, term in enumerate(dtm.terms):
        expected = stats.mannwhitneyu(counts[mask, column], counts[~mask, column], method="asymptotic")
        assert table.loc[term, "mann_whitney_u"] == expected.statistic
        assert table.loc[term, "mann_whitney_p"] == pytest.approx(expected.pvalue, rel=1e-12)


def test_the_rank_sum_of_kilgarriff():
    target, reference = [12, 15, 18, 24, 88], [3, 3, 13, 27, 33]
    texts = ["w " * count + "x " * (100 - count) for count in (*target, *reference)]
    table = compare(texts[:5], texts[5:], measures=["mann_whitney"])
    assert table.loc["w", "mann_whitney_u"] == 16


# Tables of quanteda


@pytest.fixture(scope="module")
def halves(shared):
    raw = gzip.decompress(shared("oracle/docs.csv.gz").read_bytes()).decode("utf-8")
    texts = [row["text"] for row in csv.DictReader(io.StringIO(raw))]
    dtm = kolloc.Corpus(texts).tokens(segmenter="whitespace").dtm()
    return dtm, np.arange(400) < 200


def listed(shared, name):
    text = shared(f"oracle/keyness_{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    return rows, {key: np.array([float(row[key]) for row in rows]) for key in rows[0] if key != "term"}


def at(table, rows):
    places = {term: place for place, term in enumerate(table["term"].astype(str))}
    return table.iloc[[places[row["term"]] for row in rows]]


@pytest.mark.parametrize("correction", ["none", "yates"])
def test_chi2_of_the_listed_words(halves, shared, correction):
    dtm, mask = halves
    given = None if correction == "none" else "yates_if_small"
    rows, expected = listed(shared, f"chi2_{correction}")
    table = at(dtm.keyness(mask, measures=["chi2", "p"], test="chi2", correction=given), rows)
    assert table["count_target"].tolist() == expected["n_target"].tolist()
    assert table["count_reference"].tolist() == expected["n_reference"].tolist()
    assert set(table["n_target"]) == {121_750}
    assert set(table["n_reference"]) == {117_276}
    np.testing.assert_allclose(table["chi2"], expected["stat"], rtol=1e-11)
    np.testing.assert_allclose(table["p"], expected["p"], atol=1e-14, rtol=0)


@pytest.mark.parametrize("correction", ["none", "williams"])
def test_g2_of_the_listed_words_without_the_constant_in_their_logarithms(halves, shared, correction):
    dtm, mask = halves
    rows, expected = listed(shared, f"g2_{correction}")
    given = None if correction == "none" else "williams"
    table = at(dtm.keyness(mask, measures=["g2", "p"], correction=given), rows)
    a, b = expected["n_target"], expected["n_reference"]
    n1, n2 = 121_750, 117_276
    n = n1 + n2
    # They add 1e-9 within the logarithms, and take q for 1 where a cell is 0.
    empty = n1 * (a + b) / n * (a == 0) + n2 * (a + b) / n * (b == 0)
    q = 1 + (n / (a + b) + n / (n - a - b) - 1) * (n / n1 + n / n2 - 1) / (6 * n) if given else np.ones(len(a))
    theirs = np.where((a == 0) | (b == 0), q, 1.0)
    unbiased = expected["stat"] - np.sign(expected["stat"]) * 2e-9 * (n - empty) / np.where(theirs == 1.0, q, 1.0)
    np.testing.assert_allclose(table["g2"] * theirs, unbiased, rtol=1e-10)
    # Where q is taken for 1, p is of another statistic.
    np.testing.assert_allclose(table["p"][theirs == 1.0], expected["p"][theirs == 1.0], atol=1e-5, rtol=0)


def test_pmi_of_the_listed_words(halves, shared):
    dtm, mask = halves
    rows, expected = listed(shared, "pmi")
    found = at(dtm.keyness(mask, measures=["pmi"]), rows)["pmi"].to_numpy()
    some = expected["n_target"] > 0
    assert some.sum() == 1000
    np.testing.assert_allclose(found[some], expected["stat"][some], rtol=1e-7)
    # Minus infinity, and not the logarithm of a constant.
    assert (found[~some] == -np.inf).all()


def test_exact_tests_of_the_listed_words(halves, shared):
    dtm, mask = halves
    rows, expected = listed(shared, "exact")
    table = at(dtm.keyness(mask, measures=["fisher", "odds_ratio_cmle"]), rows)
    np.testing.assert_allclose(table["odds_ratio_cmle"], expected["stat"], rtol=2e-4)
    np.testing.assert_allclose(table["fisher_p"], expected["p"], rtol=1e-9)


def test_the_listed_words_are_the_strongest(halves, shared):
    dtm, mask = halves
    rows, _ = listed(shared, "chi2_none")
    table = dtm.keyness(mask, measures=["chi2"])
    strongest = set(table["term"].astype(str).iloc[np.argsort(-table["chi2"].abs().to_numpy(), kind="stable")[:900]])
    assert strongest <= {row["term"] for row in rows}
