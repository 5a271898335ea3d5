"""Periods, gaps, groups with their own denominators, windows."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import MissingDateWarning, ParameterError, UndefinedWarning

FRAME = pd.DataFrame(
    {
        "text": ["war war peace", "war", "peace talks", "war talks", "talks"],
        "date": ["2024-01-05", "2024-01-31", "2024-03-02", "2024-03-09", "2024-04-30"],
        "outlet": ["Post", "Herald", "Post", "Post", "Herald"],
    }
)


def _dtm(frame=FRAME):
    return kolloc.Corpus(frame, text="text").tokens().dtm()


def test_gaps_are_missing_and_periods_without_a_hit_are_zero():
    frame = _dtm().over_time(date="date").rates(["war", "peace"])
    assert frame["term"].tolist() == ["war"] * 4 + ["peace"] * 4
    assert frame["period"].dt.month.tolist() == [1, 2, 3, 4] * 2
    assert frame["count"].tolist() == [3, 0, 1, 0, 1, 0, 1, 0]
    assert frame["n_tokens"].tolist() == [4, 0, 4, 1] * 2
    assert frame["n_docs"].tolist() == [2, 0, 2, 1] * 2
    expected = [750_000, np.nan, 250_000, 0]
    assert frame["per_million"][:4].to_numpy() == pytest.approx(expected, nan_ok=True)


def test_each_outlet_has_its_own_denominators():
    time = _dtm().over_time(date="date", by="outlet")
    assert repr(time) == "<OverTime: 4 periods (1 without documents), every month, 2 groups by outlet, 3 terms>"
    frame = time.rates(["war"])
    assert frame["outlet"].tolist() == ["Post"] * 4 + ["Herald"] * 4
    assert frame["n_tokens"].tolist() == [3, 0, 4, 0, 1, 0, 0, 1]
    assert frame["per_million"].isna().tolist() == [False, True, False, True, False, True, True, False]
    periods = time.periods
    assert periods["n_docs"].tolist() == [1, 0, 2, 0, 1, 0, 0, 1]
    assert periods["period_end"].iloc[-1] == pd.Timestamp("2024-05-01")


def test_windows_pool_counts_and_tokens():
    frame = _dtm().over_time(date="date").rates(["war"], rolling=3)
    assert frame["count"].tolist() == [4, 1]
    assert frame["n_tokens"].tolist() == [8, 5]
    assert frame["per_million"].tolist() == [500_000, 200_000]
    assert frame["period_end"].tolist() == [pd.Timestamp("2024-04-01"), pd.Timestamp("2024-05-01")]


@pytest.mark.parametrize(
    ("every", "n", "first", "last"),
    [
        ("year", 1, "2024-01-01", "2025-01-01"),
        ("quarter", 2, "2024-01-01", "2024-07-01"),
        ("week", 18, "2024-01-01", "2024-05-06"),
        ("day", 117, "2024-01-05", "2024-05-01"),
        ("30D", 4, "2024-01-05", "2024-05-04"),
        (timedelta(weeks=10), 2, "2024-01-05", "2024-05-24"),
    ],
)
def test_periods_run_from_the_first_document_to_the_last(every, n, first, last):
    periods = _dtm().over_time(date="date", every=every).periods
    assert len(periods) == n
    assert (periods["period"].iloc[0], periods["period_end"].iloc[-1]) == (pd.Timestamp(first), pd.Timestamp(last))
    assert periods["n_docs"].sum() == 5
    assert (periods["period"].iloc[1:].to_numpy() == periods["period_end"].iloc[:-1].to_numpy()).all()


def test_documents_without_a_date_are_told_of():
    with pytest.warns(MissingDateWarning, match="1 of 5 documents have no date"):
        time = _dtm(FRAME.assign(date=["2024-01-05", None, *FRAME["date"][2:]])).over_time(date="date")
    assert time.periods["n_docs"].tolist() == [1, 0, 2, 1]


def test_weighted_documents_count_with_their_weights():
    tokens = kolloc.Corpus(FRAME, text="text").tokens().weigh([1, 0.5, 1, 1, 1])
    frame = tokens.dtm().over_time(date="date").rates(["war"])
    assert frame["count"].tolist() == [2.5, 0, 1, 0]
    assert frame["n_tokens"].tolist() == [3.5, 0, 4, 1]


def test_mistakes_are_named():
    dtm = _dtm()
    with pytest.raises(ParameterError, match="every must be one of 'year'"):
        dtm.over_time(date="date", every="fortnight")
    with pytest.raises(ParameterError, match="did you mean 'date'"):
        dtm.over_time(date="dates")
    time = dtm.over_time(date="date", every="week")
    with pytest.raises(KeyError, match="did you mean 'war'"):
        time.rates(["wars"])
    with pytest.raises(ParameterError, match="seasonal must be False unless"):
        time.trend(seasonal=True)
    with pytest.raises(ParameterError, match="rolling must be an integer of at least 1 and at most 18"):
        time.rates(["war"], rolling=19)


def test_short_and_flat_series_have_no_trend():
    with pytest.warns(UndefinedWarning, match="slope, z, tau in 3 of 3 cells"):
        frame = _dtm().over_time(date="date").trend()
    assert frame["slope"].isna().all()
    assert frame["q"].isna().all()
    assert frame["change"].isna().all()
    flat = pd.DataFrame({"text": ["a b"] * 5, "date": [f"2024-0{month}-01" for month in range(1, 6)]})
    with pytest.warns(UndefinedWarning, match="tau in 2 of 2 cells"):
        frame = _dtm(flat).over_time(date="date").trend()
    assert frame["slope"].tolist() == [0, 0]
    assert frame["p"].tolist() == [1, 1]


def test_trends_of_outlets_stand_below_each_other():
    rng = np.random.default_rng(0)
    rows = [(f"{'war ' * rng.integers(1, 9)}peace", f"2023-{m:02}-01", o) for o in ("x", "y") for m in range(1, 13)]
    both = pd.DataFrame(rows, columns=["text", "date", "outlet"])
    frame = _dtm(both).over_time(date="date", by="outlet").trend()
    assert frame["outlet"].tolist() == ["x", "x", "y", "y"]
    for outlet in ("x", "y"):
        alone = _dtm(both[both["outlet"] == outlet].reset_index(drop=True)).over_time(date="date").trend()
        part = frame[frame["outlet"] == outlet].reset_index(drop=True).drop(columns="outlet")
        pd.testing.assert_frame_equal(part, alone)


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_frames_are_of_the_callers_kind(kind):
    module = pytest.importorskip(kind)
    data = FRAME.to_dict("list")
    frame = module.DataFrame(data) if kind == "polars" else module.table(data)
    time = kolloc.Corpus(frame, text="text").tokens().dtm().over_time(date="date", by="outlet")
    assert isinstance(time.rates(["war"]), type(frame))
    assert isinstance(time.periods, type(frame))


def test_nothing_has_no_periods():
    empty = kolloc.Corpus(FRAME[:0], text="text").tokens().dtm().over_time(date="date")
    assert len(empty.periods) == 0
    assert len(empty.trend()) == 0
