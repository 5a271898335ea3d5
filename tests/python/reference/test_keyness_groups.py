"""Many groups at once against one comparison after the other; zeta and relevance by their definitions."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

import kolloc

FIXED = ["term", "count_target", "count_reference", "n_target", "n_reference"]
MEASURES = ["g2", "log_ratio_walter", "log_odds_prior", "p", "q", "df", "dp"]


@pytest.fixture(scope="module")
def dtm():
    rng = np.random.default_rng(11)
    words = np.array([f"w{i}" for i in range(40)])
    texts, outlets, dates = [], [], []
    for row in range(60):
        texts.append(" ".join(words[(rng.pareto(1.0, rng.integers(1, 60)) * 5).astype(int) % 40]))
        outlets.append(["Post", "Herald", "Times"][row % 3])
        month = [1, 2, 4, 7][rng.integers(4)]
        dates.append(None if row % 13 == 0 else f"2024-{month:02}-{rng.integers(1, 28):02}")
    frame = pd.DataFrame({"text": texts, "outlet": outlets, "date": dates})
    return kolloc.Corpus(frame, text="text").tokens().dtm()


def _same(found, expected):
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True).astype({"term": str}), expected.reset_index(drop=True).astype({"term": str})
    )


def test_each_two_groups_are_those_of_one_comparison_each(dtm):
    whole = dtm.keyness(by="outlet", reference="pairwise", measures=MEASURES)
    assert list(whole.columns)[:2] == ["outlet", "reference"]
    pairs = list(dict.fromkeys(zip(whole["outlet"], whole["reference"], strict=True)))
    assert pairs == list(itertools.combinations(["Post", "Herald", "Times"], 2))
    for one, other in pairs:
        part = whole[(whole["outlet"] == one) & (whole["reference"] == other)]
        alone = dtm.keyness(one, by="outlet", reference=other, measures=MEASURES)
        _same(part.drop(columns=["outlet", "reference"]), alone)


@pytest.mark.filterwarnings("ignore:5 of 60 documents have no date")
@pytest.mark.parametrize("prior", ["informative", "group_vs_all"])
@pytest.mark.parametrize("measures", [MEASURES, ["mann_whitney", "kld_dispersion", "g2"]], ids=["sums", "documents"])
@pytest.mark.parametrize("against", [None, "previous", "earlier"])
def test_each_period_is_that_of_one_comparison(dtm, against, measures, prior):
    if prior == "group_vs_all" and against is None:
        pytest.skip("all other periods are several groups there, and one group alone")
    options = {"measures": measures, "prior": prior}
    whole = dtm.keyness(date="date", every="month", reference=against, **options)
    month = np.array([date[:7] if isinstance(date, str) else None for date in dtm.metadata["date"]])
    there = sorted({each for each in month if each is not None})
    shown = list(dict.fromkeys(whole["period"].dt.strftime("%Y-%m")))
    assert shown == (there if against is None else there[1:])
    for name in shown:
        others = {None: set(there) - {name}, "previous": {there[there.index(name) - 1]}}
        others["earlier"] = {each for each in there if each < name}
        if prior == "group_vs_all" and against == "earlier" and len(others["earlier"]) > 1:
            continue
        alone = dtm.keyness(month == name, reference=np.isin(month, list(others[against])), **options)
        part = whole[whole["period"].dt.strftime("%Y-%m") == name]
        _same(part.drop(columns=["period", "period_end"]), alone)


@pytest.mark.filterwarnings("ignore:5 of 60 documents have no date")
def test_periods_stand_against_a_list_from_elsewhere(dtm):
    listed = {"w0": 500, "w1": 300, "other": 9}
    whole = dtm.keyness(date="date", every="quarter", reference=listed, measures=["g2"])
    inside = (dtm.metadata["date"] < "2024-04").fillna(False).to_numpy()
    first = whole[whole["period"] == "2024-01-01"].drop(columns=["period", "period_end"])
    _same(first, dtm.keyness(inside, reference=listed, measures=["g2"]))


def test_weighted_documents_are_compared_in_the_same_groups():
    frame = pd.DataFrame({"text": ["a b", "a c", "b c c", "a"], "outlet": list("xyzx")})
    dtm = kolloc.Corpus(frame, text="text").tokens().weigh([0.5, 1, 2, 0.25]).dtm()
    whole = dtm.keyness(by="outlet", reference="pairwise", measures=["log_ratio_walter"])
    part = whole[(whole["outlet"] == "x") & (whole["reference"] == "z")].drop(columns=["outlet", "reference"])
    _same(part, dtm.keyness("x", by="outlet", reference="z", measures=["log_ratio_walter"]))


def test_zeta_and_relevance_are_those_of_their_definitions(dtm):
    frame = dtm.keyness("Post", by="outlet", measures=["zeta", "zeta_eder", "relevance"], relevance_lambda=0.3)
    counts, is_target = dtm.to_scipy().toarray(), (dtm.metadata["outlet"] == "Post").to_numpy()
    column = {term: number for number, term in enumerate(dtm.terms)}
    for row in frame.to_dict("records"):
        of_word = counts[:, column[row["term"]]]
        s1, s2 = (of_word[is_target] > 0).mean(), (of_word[~is_target] > 0).mean()
        p1, p = of_word[is_target].sum() / counts[is_target].sum(), of_word.sum() / counts.sum()
        assert row["zeta"] == pytest.approx(s1 + 1 - s2)
        assert row["zeta_eder"] == pytest.approx((s1 - s2) / (s1 + s2))
        expected = 0.3 * math.log(p1) + 0.7 * math.log(p1 / p) if p1 else -math.inf
        assert row["relevance"] == pytest.approx(expected)
