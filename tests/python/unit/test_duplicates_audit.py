"""Samples for judging by hand, and what the judgements say."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kolloc
from kolloc import _audit
from kolloc.exceptions import InputTypeError, ParameterError, SmallSampleWarning


def words(start, end):
    return " ".join(f"word{i:03}" for i in range(start, end))


def texts():
    """Pages of four stories: each whole, in capitals, with endings of many lengths, and in halves."""
    found = []
    for story in range(4):
        first = 1000 * (story + 1)
        found += [words(first, first + 60), words(first, first + 60).upper(), words(first, first + 30)]
        found += [f"{words(first, first + 60)} {words(first + 100 * i, first + 100 * i + 7 * i)}" for i in range(1, 8)]
    return found


@pytest.fixture(scope="module")
def duplicates():
    return kolloc.Corpus(texts()).duplicates()


def test_every_stratum_is_sampled_and_the_weights_add_up_to_all_pairs(duplicates):
    sample = duplicates.audit_sample(60)
    assert len(sample) == 60
    assert sample["weight"].sum() == pytest.approx(duplicates.n_pairs)
    counts = sample.groupby(["relation", "band"], observed=True).size()
    sizes = sample.groupby(["relation", "band"], observed=True)["stratum_size"].first()
    open_strata = counts[counts < sizes]
    assert (counts <= sizes).all()
    assert open_strata.max() - open_strata.min() <= 1, "strata that are not used up have equal numbers"
    assert sizes.sum() == duplicates.n_pairs


def test_bands_hold_the_scores(duplicates):
    for by in ("score", "jaccard", "containment"):
        sample = duplicates.audit_sample(duplicates.n_pairs, by=by)
        lower = sample["band"].astype(str).str[:3].astype(float)
        assert (sample["score"] >= lower - 1e-12).all()
        assert ((sample["score"] < lower + 0.1 + 1e-12) | (lower == 0.9)).all()
        merged = sample.merge(duplicates.pairs, on=["document_a", "document_b"])
        if by == "jaccard":
            assert merged["score"].to_numpy() == pytest.approx(merged["jaccard"].to_numpy())
        else:
            smaller = merged[["containment_a", "containment_b"]].max(axis=1)
            larger = merged[["containment_a", "containment_b"]].min(axis=1)
            whole = merged["relation_x"].isin(["exact", "same_text", "near"])
            expected = smaller.where(~whole, merged["jaccard"]).where(merged["relation_x"] != "revised", larger)
            expected = smaller if by == "containment" else expected
            assert merged["score"].to_numpy() == pytest.approx(expected.to_numpy())


def test_a_seed_gives_one_sample_and_another_one_another(duplicates):
    one, again, other = (duplicates.audit_sample(40, seed=seed) for seed in (3, 3, 4))
    assert one.equals(again)
    assert not one.equals(other)


def test_no_more_pairs_than_there_are(duplicates):
    sample = duplicates.audit_sample(100_000)
    assert len(sample) == duplicates.n_pairs
    assert (sample["weight"] == 1).all()
    assert len(sample[["document_a", "document_b"]].drop_duplicates()) == len(sample)


def test_a_sample_of_fewer_pairs_than_strata_is_of_the_largest_ones(duplicates):
    sizes = duplicates.audit_sample(60).drop_duplicates(["relation", "band"])["stratum_size"]
    n = len(sizes) - 3
    rest = sizes.sort_values()[:3].sum()
    message = f"strata, {len(sizes)}: 3 of them, with {rest} of {duplicates.n_pairs} pairs, are not in the sample"
    with pytest.warns(SmallSampleWarning, match=message):
        sample = duplicates.audit_sample(n)
    assert len(sample) == len(sample.drop_duplicates(["relation", "band"])) == n
    assert sorted(sample["stratum_size"]) == sorted(sizes)[3:]
    assert sample["weight"].sum() == duplicates.n_pairs - rest


def test_excerpts_show_the_longest_shared_span():
    shared = words(0, 30)
    found = kolloc.Corpus([f"{words(100, 140)} {shared}", f"{shared} {words(200, 240)}"]).duplicates()
    (row,) = found.audit_sample(1).to_dict("records")
    assert shared in row["excerpt_a"]
    assert shared in row["excerpt_b"]
    assert row["excerpt_a"].startswith("…")
    assert row["excerpt_b"].endswith("…")
    assert row["judgement"] == ""


def test_wrong_arguments_are_named(duplicates):
    with pytest.raises(ParameterError, match="n must be an integer of at least 1"):
        duplicates.audit_sample(0)
    with pytest.raises(ParameterError, match="did you mean 'jaccard'"):
        duplicates.audit_sample(50, by="jacard")
    with pytest.raises(InputTypeError, match="seed must be an integer"):
        duplicates.audit_sample(50, seed=0.5)


def test_no_pairs_make_an_empty_sample():
    sample = kolloc.Corpus(["peace", "war"]).duplicates().audit_sample(5)
    assert len(sample) == 0
    judged = kolloc.Duplicates.audit_precision(sample)
    assert judged["relation"].tolist() == ["all"]
    assert judged["judged"].tolist() == [0]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(1, 200))
def test_places_are_dealt_out_evenly(sizes, n):
    taken = _audit._allocated(np.array(sizes), n)
    assert taken.sum() == min(n, sum(sizes))
    assert (taken >= 1).all() or n < len(sizes)
    assert (taken <= sizes).all()
    left = taken[taken < sizes]
    assert not len(left) or (left.max() - left.min() <= 1 and left.min() >= taken.max() - 1)


# Judgements


def judged(rows, kind=pd.DataFrame):
    names = ("relation", "band", "stratum_size", "judgement")
    return kind({name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)})


def test_equal_weights_give_wilsons_interval():
    rows = [("near", "0.7-0.8", 10, "yes")] * 8 + [("near", "0.7-0.8", 10, "no")] * 2
    near = kolloc.Duplicates.audit_precision(judged(rows)).iloc[0]
    assert (near["judged"], near["right"], near["covered"]) == (10, 8, 1)
    assert [near["precision"], near["lower"], near["upper"]] == pytest.approx([0.8, 0.4902, 0.9433], abs=1e-4)


def test_pairs_stand_for_their_stratum():
    # 90 pairs of which two were judged, both right; 10 pairs of which two were judged, both wrong.
    rows = [("near", "0.9-1.0", 90, 1), ("near", "0.9-1.0", 90, True)]
    rows += [("near", "0.7-0.8", 10, "No"), ("near", "0.7-0.8", 10, 0)]
    near = kolloc.Duplicates.audit_precision(judged(rows)).iloc[0]
    assert near["precision"] == pytest.approx(0.9)
    # Weights 45, 45, 5, 5: (Σw)² / Σw² = 10,000 / 4,100.
    n, z = 10_000 / 4_100, 1.959964
    centre, half = 0.9 + z * z / (2 * n), z * (0.9 * 0.1 / n + z * z / (4 * n * n)) ** 0.5
    bounds = [(centre + sign * half) / (1 + z * z / n) for sign in (-1, 1)]
    assert [near["lower"], near["upper"]] == pytest.approx(bounds, abs=1e-6)


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
def test_what_was_not_judged_is_told_and_left_out(kind):
    rows = [
        ("exact", "0.9-1.0", 5, "y"),
        ("exact", "0.9-1.0", 5, ""),
        ("near", "0.8-0.9", 30, "n"),
        ("near", "0.7-0.8", 10, None),
    ]
    rows += [("quotes", "0.1-0.2", 7, " ")]
    found = kolloc.Duplicates.audit_precision(judged(rows, kind))
    assert isinstance(found, type(judged(rows, kind)))
    table = found.to_pydict() if kind is pa.table else {name: found[name].to_list() for name in found.columns}
    assert table["relation"] == ["exact", "near", "quotes", "all"]
    assert table["judged"] == [1, 1, 0, 2]
    assert table["right"] == [1, 0, 0, 1]
    assert table["covered"] == pytest.approx([1, 30 / 40, 0, 35 / 52])
    assert [table["precision"][i] for i in (0, 1, 3)] == pytest.approx([1, 0, 5 / 35])
    assert table["precision"][2] != table["precision"][2]


def test_a_judgement_that_is_neither_is_named_with_its_row():
    with pytest.raises(ParameterError, match="judgement must be yes or no, got 'perhaps' in row 1"):
        kolloc.Duplicates.audit_precision(judged([("near", "0.7-0.8", 5, "yes"), ("near", "0.7-0.8", 5, "perhaps")]))
    with pytest.raises(ParameterError, match="'relation'"):
        kolloc.Duplicates.audit_precision(pd.DataFrame({"judgement": ["yes"]}))


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_sample_can_be_filled_in_and_judged_in_every_kind_of_frame(kind, tmp_path):
    make = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}[kind]
    frame = make({"text": texts(), "outlet": ["Post"] * len(texts())})
    sample = kolloc.Corpus(frame, text="text").duplicates().audit_sample(30)
    assert type(sample).__module__.startswith(kind)
    frame = sample if kind == "pandas" else sample.to_pandas()
    frame["judgement"] = ["yes"] * 29 + ["no"]
    frame.to_csv(tmp_path / "sample.csv", index=False)
    found = kolloc.Duplicates.audit_precision(pd.read_csv(tmp_path / "sample.csv"))
    assert found["right"].iloc[-1] == 29
