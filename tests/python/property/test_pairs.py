"""What holds for similarities and distances of any matrix."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from kolloc._pair_search import DISTANCES, SIMILARITIES
from reference import naive_pairs as naive

pytestmark = pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")

KINDS = [*(("similarity", name) for name in SIMILARITIES), *(("distance", name) for name in DISTANCES)]
SYMMETRIC = [(kind, name) for kind, name in KINDS if name != "kld"]
WORDS = [f"w{number}" for number in range(7)]
PLENTY = settings(deadline=None, max_examples=40)
FEW = settings(deadline=None, max_examples=15)

cells = st.integers(0, 3) | st.just(0)
counts = st.lists(st.lists(cells, min_size=7, max_size=7), min_size=1, max_size=8).map(np.array)


def matrix_of(dense, **metadata):
    texts = [" ".join(word for word, n in zip(WORDS, row, strict=True) for _ in range(n)) for row in dense]
    frame = pd.DataFrame({"text": texts} | metadata)
    # Columns that no document has stay away, as in any matrix that was counted.
    return kolloc.Corpus(frame, text="text").tokens(segmenter="whitespace").dtm(order="term")


def counted(dense):
    return dense[:, dense.sum(axis=0) > 0].astype(float)


def searched(matrix, kind, measure, **options):
    options |= {"p": 3} if measure == "minkowski" else {}
    return getattr(matrix, kind)(measure, **options)


def listed(pairs):
    return list(zip(pairs.rows.tolist(), pairs.columns.tolist(), pairs.values.tolist(), strict=True))


@pytest.mark.parametrize(("kind", "measure"), KINDS)
@PLENTY
@given(dense=counts)
def test_all_pairs_agree_with_the_definition(kind, measure, dense):
    found = searched(matrix_of(dense), kind, measure, diagonal=True).to_array()
    np.testing.assert_allclose(found, naive.table(counted(dense), measure, kind), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("kind", "measure"), KINDS)
@FEW
@given(dense=counts)
def test_weights_agree_with_the_definition(kind, measure, dense):
    matrix = matrix_of(dense).weight(tf="prop", df="unary")
    weights = matrix.to_scipy().toarray()
    found = searched(matrix, kind, measure, diagonal=True).to_array()
    np.testing.assert_allclose(found, naive.table(weights, measure, kind), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("kind", "measure"), KINDS)
@FEW
@given(dense=counts, random=st.randoms())
def test_the_order_of_documents_and_terms_does_not_matter(kind, measure, dense, random):
    before = searched(matrix_of(dense), kind, measure, diagonal=True).to_array()
    rows, columns = list(range(len(dense))), list(range(7))
    random.shuffle(rows)
    random.shuffle(columns)
    after = searched(matrix_of(dense[np.ix_(rows, columns)]), kind, measure, diagonal=True).to_array()
    np.testing.assert_allclose(after, before[np.ix_(rows, rows)], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("kind", "measure"), SYMMETRIC)
@FEW
@given(dense=counts)
def test_both_sides_of_a_pair_have_one_value(kind, measure, dense):
    matrix = matrix_of(dense)
    found = searched(matrix, kind, measure, other=matrix).to_array()
    np.testing.assert_array_equal(found, found.T)
    np.testing.assert_array_equal(found, searched(matrix, kind, measure, diagonal=True).to_array())


@pytest.mark.parametrize(("kind", "measure"), KINDS)
@FEW
@given(row=st.lists(cells, min_size=7, max_size=7).filter(any))
def test_what_is_equal_is_most_similar_and_at_no_distance(kind, measure, row):
    # A third document, so that correlation and chi-squared have more than one profile to look at.
    dense = np.array([row, row, [1, 0, 2, 0, 0, 1, 3]])
    value = searched(matrix_of(dense), kind, measure).to_array()[0, 1]
    if measure == "correlation" and np.isnan(value):
        assert len(set(counted(dense)[0])) == 1, "a profile without variation correlates with nothing"
    elif kind == "similarity" or measure == "cosine":
        assert value == pytest.approx(1 if kind == "similarity" else 0, abs=1e-15 * 7)
    else:
        assert value == 0


BOUNDED = {
    "hellinger": 1,
    "jsd": 1,
    "js_distance": 1,
    "bray_curtis": 1,
    "hamming": 1,
    "jaccard": 1,
    "min_max": 1,
    "cosine": 1,
}


@pytest.mark.parametrize(("kind", "measure"), KINDS)
@FEW
@given(dense=counts)
def test_values_stay_within_their_bounds(kind, measure, dense):
    values = searched(matrix_of(dense), kind, measure).values
    values = values[~np.isnan(values)]
    low = -1 if measure in ("correlation", "hamann") else 0
    high = 1 if kind == "similarity" else BOUNDED.get(measure, np.inf)
    assert (values >= low - 1e-12).all()
    assert (values <= high + 1e-12).all()


METRICS = [
    "euclidean",
    "manhattan",
    "maximum",
    "minkowski",
    "canberra",
    "hamming",
    "hellinger",
    "chi_squared",
    "js_distance",
]


@pytest.mark.parametrize("measure", METRICS)
@FEW
@given(dense=counts)
def test_a_way_round_is_no_shorter(measure, dense):
    dense = dense[dense.sum(axis=1) > 0]
    d = searched(matrix_of(dense), "distance", measure, diagonal=True).to_array()
    assert (d[:, None, :] <= d[:, :, None] + d[None, :, :] + 1e-9).all()


@pytest.mark.parametrize(("kind", "measure"), KINDS)
@FEW
@given(dense=counts, top=st.integers(1, 9), bound=st.none() | st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0]))
def test_the_best_are_chosen_from_all(kind, measure, dense, top, bound):
    matrix = matrix_of(dense)
    everything = searched(matrix, kind, measure, diagonal=True).to_array()
    sign, name = (-1, "min_similarity") if kind == "similarity" else (1, "max_distance")
    sparse = kind == "similarity" and measure not in ("correlation", "hamann", "simple_matching")
    expected = []
    for i, row in enumerate(everything):
        fit = [j for j, value in enumerate(row) if j != i and not np.isnan(value) and not (sparse and value == 0)]
        fit = [j for j in fit if bound is None or sign * row[j] <= sign * bound]
        expected += [(i, j, row[j]) for j in sorted(fit, key=lambda j: (sign * row[j], j))[:top]]
    assert listed(searched(matrix, kind, measure, top=top, **{name: bound})) == expected
    if bound is not None:
        above = [
            (i, j, value)
            for (i, j), value in np.ndenumerate(everything)
            if (j > i or (measure == "kld" and j != i))
            and not np.isnan(value)
            and not (sparse and value == 0)
            and sign * value <= sign * bound
        ]
        assert listed(searched(matrix, kind, measure, **{name: bound})) == above


days = st.none() | st.integers(0, 40)


@pytest.mark.parametrize(
    ("kind", "measure"), [("similarity", "cosine"), ("similarity", "jaccard"), *KINDS[-6:], ("distance", "jsd")]
)
@FEW
@given(
    dense=counts,
    data=st.data(),
    span=st.integers(0, 30),
    group=st.sampled_from([None, "within", "across"]),
    top=st.none() | st.integers(1, 3),
)
def test_windows_and_groups_choose_pairs_and_change_no_value(kind, measure, dense, data, span, group, top):
    n = len(dense)
    day = data.draw(st.lists(days, min_size=n, max_size=n))
    outlet = data.draw(st.lists(st.sampled_from(["Post", "Herald", None]), min_size=n, max_size=n))
    start = np.datetime64("2031-01-01")
    dates = [None if d is None else str(start + d) for d in day]
    matrix = matrix_of(dense, day=pd.Series(dates, dtype=object), outlet=pd.Series(outlet, dtype=object))
    whole = searched(matrix, kind, measure, diagonal=True).to_array()
    options = {"group": group, "by": "outlet"} if group else {}

    def allowed(i, j):
        near = day[i] is not None and day[j] is not None and abs(day[i] - day[j]) <= span
        known = outlet[i] is not None and outlet[j] is not None
        return i != j and near and (group is None or (known and (outlet[i] == outlet[j]) == (group == "within")))

    found = searched(matrix, kind, measure, date="day", window=f"{span}D", top=top, **options)
    sparse = kind == "similarity" and measure not in ("correlation", "hamann", "simple_matching")
    if top is None:
        once = measure != "kld"
        expected = [(i, j) for i in range(n) for j in range(n) if allowed(i, j) and (j > i or not once)]
    else:
        sign = -1 if kind == "similarity" else 1
        expected = []
        for i, row in enumerate(whole):
            fit = [j for j in range(n) if allowed(i, j) and not np.isnan(row[j]) and not (sparse and row[j] == 0)]
            expected += [(i, j) for j in sorted(fit, key=lambda j: (sign * row[j], j))[:top]]
    assert list(zip(found.rows.tolist(), found.columns.tolist(), strict=True)) == expected
    np.testing.assert_array_equal(found.values, [whole[i, j] for i, j in expected])


@pytest.mark.parametrize(("kind", "measure"), KINDS)
def test_results_are_the_same_for_any_number_of_threads(kind, measure):
    random = np.random.default_rng(5)
    dense = random.poisson(0.4, (120, 7)) * random.integers(0, 2, (120, 7))
    for matrix in (matrix_of(dense), matrix_of(dense).tfidf()):
        for options in ({}, {"top": 3}):
            one, two, eight = (searched(matrix, kind, measure, n_threads=n, **options) for n in (1, 2, 8))
            assert listed_bytes(one) == listed_bytes(two) == listed_bytes(eight)


def listed_bytes(pairs):
    return pairs.rows.tobytes(), pairs.columns.tobytes(), pairs.values.tobytes()


@PLENTY
@given(dense=counts)
def test_terms_are_compared_as_documents_of_the_transposed_matrix(dense):
    matrix, turned = matrix_of(dense), counted(dense).T
    for kind, measure in (("similarity", "cosine"), ("distance", "hellinger"), ("distance", "chi_squared")):
        found = searched(matrix, kind, measure, axis="terms", diagonal=True).to_array()
        np.testing.assert_allclose(found, naive.table(turned, measure, kind), rtol=1e-12, atol=1e-12)


DELTAS = ["burrows", "quadratic", "argamon_stylo", "cosine", "eder", "eder_simple", "min_max"]
texts_of_style = st.lists(st.lists(st.integers(0, 6), min_size=7, max_size=7).filter(any), min_size=2, max_size=6).map(
    np.array
)


@pytest.mark.parametrize("measure", DELTAS)
@FEW
@given(dense=texts_of_style, random=st.randoms())
def test_delta_agrees_with_the_definition_in_any_order(measure, dense, random):
    order = list(range(len(dense)))
    random.shuffle(order)
    there = counted(dense)
    ranked = there[:, np.argsort(-there.sum(axis=0), kind="stable")]
    expected = naive.delta(ranked / ranked.sum(axis=1, keepdims=True), measure)
    # Columns that differ by rounding alone have no spread to speak of.
    spreads = (ranked / ranked.sum(axis=1, keepdims=True)).std(axis=0, ddof=1)
    if ((spreads > 0) & (spreads < 1e-12)).any():
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kolloc.exceptions.UndefinedWarning)
        found = matrix_of(dense).delta(measure).to_array()
        shuffled = matrix_of(dense[order]).delta(measure).to_array()
    apart = ~np.eye(len(dense), dtype=bool)
    np.testing.assert_allclose(found[apart], expected[apart], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(shuffled[apart], found[np.ix_(order, order)][apart], rtol=1e-9, atol=1e-12)


@PLENTY
@given(dense=counts)
def test_entropy_agrees_with_the_definition(dense):
    matrix, there = matrix_of(dense), counted(dense)
    found = matrix.entropy()["entropy"].to_numpy()
    np.testing.assert_allclose(found, [naive.entropy(row) for row in there], rtol=1e-12, atol=1e-12)
    known = found[~np.isnan(found)]
    n_types = (there > 0).sum(axis=1)[~np.isnan(found)]
    assert (known >= 0).all()
    assert (known <= np.log2(n_types) + 1e-12).all()
    terms = matrix.entropy("terms")["entropy"].to_numpy()
    np.testing.assert_allclose(terms, [naive.entropy(column) for column in there.T], rtol=1e-12, atol=1e-12)


@PLENTY
@given(dense=texts_of_style, data=st.data())
def test_word_shifts_sum_to_what_they_explain_and_turn_with_the_sides(dense, data):
    n = len(dense)
    target = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n).filter(lambda m: 0 < sum(m) < n)))
    matrix = matrix_of(dense)
    sides = {"target": counted(dense)[target].sum(axis=0), "reference": counted(dense)[~target].sum(axis=0)}

    def shift(kind, mask=target, **options):
        frame = matrix.word_shift(mask, kind=kind, **options)
        return frame.assign(term=frame["term"].astype(str)).set_index("term").sort_index()

    proportion = shift("proportion")
    assert proportion["shift"].sum() == pytest.approx(0, abs=1e-12)
    for side, values in sides.items():
        np.testing.assert_allclose(proportion[side], (values / values.sum())[values.astype(bool) | True], rtol=1e-12)
    np.testing.assert_array_equal(shift("proportion", ~target)["shift"], -proportion["shift"])
    gap = naive.entropy(sides["target"]) - naive.entropy(sides["reference"])
    assert shift("entropy")["shift"].sum() == pytest.approx(gap, abs=1e-12)
    assert shift("jsd")["shift"].sum() == pytest.approx(naive.DISTANCES["jsd"](*sides.values()), abs=1e-12)
    np.testing.assert_allclose(shift("jsd", ~target)["shift"], shift("jsd")["shift"], rtol=0, atol=1e-15)
    assert (shift("jsd")["shift"] >= -1e-15).all()
    scores = {word: number - 3.0 for number, word in enumerate(WORDS)}
    means = {side: sum(scores[w] * p for w, p in proportion[side].items()) for side in sides}
    found = shift("weighted_average", scores=scores, reference_score=1)["shift"].sum()
    assert found == pytest.approx(means["target"] - means["reference"], abs=1e-9)
