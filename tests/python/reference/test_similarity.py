"""Similarities, distances, Delta, entropy and word shifts against hand values, scipy, scikit-learn and quanteda."""

import csv
import gzip
import io
import warnings

import numpy as np
import pytest
from scipy.spatial import distance as scipy_distance

import kolloc
from kolloc._core import delta_distances
from kolloc._pair_search import DISTANCES, SIMILARITIES

DOCUMENTS = ["this is a a sample", "this is another another example example example"]
TERMS = ["this", "is", "a", "sample", "another", "example"]
X, Y = [1, 1, 2, 1, 0, 0], [1, 1, 0, 0, 2, 3]
SIMILAR = {
    "correlation": -0.871187122, "cosine": 0.195180015, "jaccard": 1 / 3, "ejaccard": 0.1, "dice": 0.5,
    "edice": 0.181818182, "hamann": -1 / 3, "simple_matching": 1 / 3, "ruzicka": 0.2, "overlap": 0.5,
}  # fmt: skip
DISTANT = {
    "euclidean": 4.242640687, "manhattan": 8, "maximum": 3, "canberra": 4, "minkowski": 4.242640687,
    "hellinger": 0.813595906, "bray_curtis": 2 / 3, "jsd": 0.664044998, "js_distance": 0.814890, "min_max": 0.8,
    "hamming": 2 / 3, "cosine": 1 - 0.195180015, "jaccard": 2 / 3,
}  # fmt: skip


def _dtm(texts=DOCUMENTS):
    return kolloc.Corpus(texts).tokens(segmenter="whitespace").dtm()


@pytest.mark.parametrize("measure", SIMILARITIES)
def test_hand_values_of_similarities(measure):
    assert _dtm().similarity(measure).values.tolist() == pytest.approx([SIMILAR[measure]], abs=6e-10)


@pytest.mark.parametrize("measure", DISTANT)
def test_hand_values_of_distances(measure):
    assert _dtm().distance(measure).values.tolist() == pytest.approx([DISTANT[measure]], abs=6e-7)


def test_hand_values_with_constants():
    dtm = _dtm()
    assert dtm.distance("minkowski", p=3).values.tolist() == pytest.approx([3.530348], abs=6e-7)
    assert dtm.distance("jsd", by_size=True).values.tolist() == pytest.approx([0.646535], abs=6e-7)
    assert dtm.distance("kld", smoothing=0.5).values.tolist() == pytest.approx([1.024131, 1.045784], abs=6e-7)
    assert dtm.distance("kld").values.tolist() == [np.inf, np.inf]


def test_values_of_the_file(golden):
    block, dtm = golden["simil"], _dtm()
    for name in ("cosine", "jaccard", "ejaccard", "edice", "ruzicka"):
        assert dtm.similarity(name).values[0] == pytest.approx(block[name], rel=1e-12)
    assert dtm.similarity("correlation").values[0] == pytest.approx(block["pearson"], rel=1e-12)
    for name, key in (("jsd", "JSD_bits"), ("hellinger", "hellinger"), ("bray_curtis", "bray_curtis")):
        assert dtm.distance(name).values[0] == pytest.approx(block[key], rel=1e-12)


@pytest.fixture(scope="module")
def counts():
    random = np.random.default_rng(7)
    return random.poisson(0.6, (40, 60)) * random.integers(1, 4, (40, 60))


def _of_counts(counts):
    texts = [" ".join(f"w{j} " * count for j, count in enumerate(row)) for row in counts.tolist()]
    return kolloc.Corpus(texts).tokens(segmenter="whitespace").dtm(vocabulary=[f"w{j}" for j in range(counts.shape[1])])


@pytest.mark.parametrize(
    ("measure", "metric", "options"),
    [
        ("euclidean", "euclidean", {}),
        ("manhattan", "cityblock", {}),
        ("maximum", "chebyshev", {}),
        ("minkowski", "minkowski", {"p": 3}),
        ("canberra", "canberra", {}),
        ("bray_curtis", "braycurtis", {}),
        ("cosine", "cosine", {}),
        ("js_distance", "jensenshannon", {"base": 2}),
    ],
)
def test_distances_are_those_of_scipy(counts, measure, metric, options):
    expected = scipy_distance.squareform(
        scipy_distance.pdist(counts, metric, **{k: v for k, v in options.items() if k == "p"})
    )
    if metric == "jensenshannon":
        expected = expected / np.sqrt(np.log(2))
    found = _of_counts(counts).distance(measure, diagonal=True, **options).to_array()
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-14)
    assert (np.diag(found) == 0).all()


def test_binary_measures_are_those_of_scipy(counts):
    presence = counts > 0
    dtm = _of_counts(counts)
    for measure, metric in (("jaccard", "jaccard"), ("dice", "dice"), ("simple_matching", "hamming")):
        expected = 1 - scipy_distance.pdist(presence, metric)
        np.testing.assert_allclose(dtm.similarity(measure).values, expected, rtol=1e-13)


def test_correlation_is_that_of_numpy(counts):
    np.testing.assert_allclose(
        _of_counts(counts).similarity("correlation", diagonal=True).to_array(), np.corrcoef(counts), atol=1e-13
    )


def test_chi_squared_is_a_distance_of_weighted_profiles(counts):
    profiles = counts / counts.sum(axis=1, keepdims=True) / np.sqrt(counts.sum(axis=0) / counts.sum())
    expected = scipy_distance.pdist(profiles)
    np.testing.assert_allclose(_of_counts(counts).distance("chi_squared").values, expected, rtol=1e-12)


@pytest.mark.parametrize("weighted", [False, True])
def test_the_nearest_are_those_of_scikit_learn(counts, weighted):
    neighbors = pytest.importorskip("sklearn.neighbors")
    matrix = _of_counts(counts)
    matrix = matrix.tfidf() if weighted else matrix
    model = neighbors.NearestNeighbors(n_neighbors=6, metric="cosine", algorithm="brute").fit(matrix.to_scipy())
    expected = np.sort(1 - model.kneighbors()[0], axis=1)[:, ::-1]
    pairs = matrix.similarity(top=6)
    assert pairs.rows.tolist() == np.repeat(np.arange(40), 6).tolist()
    np.testing.assert_allclose(pairs.values.reshape(40, 6), expected, rtol=1e-12)


def test_sixty_documents_are_as_similar_as_in_quanteda(shared):
    text = gzip.decompress(shared("oracle/docs.csv.gz").read_bytes()).decode()
    docs = list(csv.DictReader(io.StringIO(text)))[:60]
    corpus = kolloc.Corpus([row["text"] for row in docs], names=[row["doc_id"] for row in docs])
    dtm = corpus.tokens(segmenter="whitespace").dtm()
    assert dtm.n_terms == 5070
    rows = list(csv.DictReader(io.StringIO(shared("oracle/similarity.csv").read_text())))
    place = {name: row for row, name in enumerate(dtm.names)}
    at = [place[row["doc_a"]] for row in rows], [place[row["doc_b"]] for row in rows]
    assert len(rows) == 1830
    for name in ("cosine", "jaccard", "correlation", "edice"):
        found = dtm.similarity(name, diagonal=True).to_array()[at]
        np.testing.assert_allclose(found, [float(row[name]) for row in rows], rtol=0, atol=1e-11, err_msg=name)
    for name in ("euclidean", "manhattan"):
        found = dtm.distance(name, diagonal=True).to_array()[at]
        np.testing.assert_allclose(found, [float(row[name]) for row in rows], rtol=1e-11, err_msg=name)


DELTA = {
    "burrows": (0.913663, 1.077327, 1.990990),
    "quadratic": (0.857143, 1.178571, 3.964286),
    "cosine": (0.549965, 1.533002, 1.995459),
    "eder": (2.327327, 2.654654, 4.981981),
    "argamon_stylo": (0.462910, 0.542810, 0.995526),
    "eder_simple": (0.118295, 0.145612, 0.263907),
    "min_max": (0.227273, 0.25, 0.423077),
}
FREQUENCIES = [[0.10, 0.05, 0.03, 0.02], [0.08, 0.06, 0.02, 0.03], [0.12, 0.04, 0.05, 0.01]]


@pytest.mark.parametrize("measure", DELTA)
def test_hand_values_of_delta(measure):
    texts = []
    for row in FREQUENCIES:
        words = [word for word, x in zip("abcd", row, strict=True) for _ in range(round(100 * x))]
        texts.append(" ".join(words + [f"x{i}" for i in range(100 - len(words))]))
    dtm = _dtm(texts).select(list("abcd"))
    assert dtm.delta(measure).values.tolist() == pytest.approx(DELTA[measure], abs=6e-7)


def test_delta_of_the_file(golden):
    x = np.array(FREQUENCIES)
    keys = {"eder": "delta_eder_stylo"} | {name: f"delta_{name}" for name in DELTA if f"delta_{name}" in golden}
    assert len(keys) == 5
    for name, key in keys.items():
        found = delta_distances(name, x.ravel(), 4)[0].reshape(3, 3)
        np.testing.assert_allclose(found, golden[key], rtol=1e-12, atol=1e-14)
    for name, key in (("eder", "eder_published"), ("eder_simple", "eder_simple"), ("min_max", "min_max")):
        found = delta_distances(name, x.ravel(), 4)[0][[1, 2, 5]]
        np.testing.assert_allclose(found, golden["extra"]["delta_extra"][key], rtol=1e-12)


def test_entropies_by_hand():
    dtm = _dtm()
    assert dtm.entropy()["entropy"].tolist() == pytest.approx([1.921928095, 1.842370993], abs=6e-10)
    nats = dtm.entropy(base=np.e)["entropy"].tolist()
    assert nats == pytest.approx([1.332179040, 1.277034259], abs=6e-10)
    assert dtm.entropy(base=np.e, miller_madow=True)["entropy"][0] == pytest.approx(1.632179, abs=6e-7)
    assert dtm.entropy("terms")["entropy"].tolist() == [1, 1, 0, 0, 0, 0]
    assert dtm.entropy(normalized=True)["entropy"][0] == pytest.approx(1.921928095 / 2)


SHIFTS = {
    "proportion": (-0.057143, -0.057143, -0.4, -0.2, 0.285714, 0.428571),
    "entropy": (-0.063335, -0.063335, -0.528771, -0.464386, 0.516387, 0.523882),
    "jsd": (0.003451, 0.003451, 0.2, 0.1, 0.142857, 0.214286),
    "weighted_average": (0, 0, 0, -0.2, -0.285714, 0.857143),
}


def _shift(kind):
    scores = dict(zip(TERMS, [0, 0, 0, 1, -1, 2], strict=True)) if kind == "weighted_average" else None
    frame = _dtm().word_shift([False, True], kind=kind, scores=scores)
    found = dict(zip(frame["term"], frame["shift"], strict=True))
    return [found[term] for term in TERMS]


@pytest.mark.parametrize("kind", SHIFTS)
def test_hand_values_of_word_shifts(kind):
    assert _shift(kind) == pytest.approx(SHIFTS[kind], abs=6e-7)


def test_word_shifts_of_the_file(golden):
    block = golden["shift"]
    for kind, key in (("proportion", "proportion"), ("entropy", "entropy_bits"), ("jsd", "jsd_contrib")):
        assert _shift(kind) == pytest.approx(block[key], rel=1e-11)
    extra = golden["extra"]["shift_extra"]
    assert _shift("weighted_average") == pytest.approx(extra["weighted_average_contrib"], abs=1e-15)
    assert sum(_shift("weighted_average")) == pytest.approx(extra["total"])
    assert sum(_shift("jsd")) == pytest.approx(_dtm().distance("jsd").values[0])


def test_every_distance_has_been_held_against_something():
    assert set(DISTANCES) == set(DISTANT) | {"kld", "chi_squared"}


def _brute_force(matrix, measure, top):
    """The best of each row, pair by pair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dense = matrix.similarity(measure).to_array()
    zeros = measure not in ("correlation", "hamann", "simple_matching")
    found = []
    for i, row in enumerate(dense):
        js = [j for j in range(len(row)) if j != i and not np.isnan(row[j]) and not (zeros and row[j] == 0)]
        found += [(i, j, row[j]) for j in sorted(js, key=lambda j: (-row[j], j))[:top]]
    return found


@pytest.mark.parametrize("measure", SIMILARITIES)
@pytest.mark.parametrize("weighted", [False, True])
def test_the_best_are_those_of_all_pairs(measure, weighted):
    random = np.random.default_rng(3)
    texts = [" ".join(f"w{i}" for i in random.zipf(1.4, n) % 300) for n in random.integers(0, 60, 90)]
    matrix = kolloc.Corpus([*texts, "", texts[3], texts[3]]).tokens(segmenter="whitespace").dtm()
    matrix = matrix.weight(like="sklearn") if weighted else matrix
    pairs = matrix.similarity(measure, top=4)
    found = list(zip(pairs.rows.tolist(), pairs.columns.tolist(), pairs.values.tolist(), strict=True))
    assert found == _brute_force(matrix, measure, 4)
