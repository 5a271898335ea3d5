"""The report on a search: counts, losses, and misses held against searches."""

import json
from itertools import combinations, permutations

import matplotlib
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from matplotlib.figure import Figure

import kolloc
from kolloc import _misses
from kolloc.exceptions import InputTypeError, ParameterError

matplotlib.use("agg")


def words(start, end):
    return " ".join(f"word{i:04}" for i in range(start, end))


PAGES = {
    "text": [
        words(0, 60),
        words(0, 60),
        words(0, 60).upper(),
        f"{words(0, 50)} {words(100, 112)}",
        "short",
        "",
        words(200, 260),
    ],
    "day": ["2031-01-01", None, "2031-01-02", "2031-01-03", "2031-01-01", None, "2031-01-01"],
    "outlet": ["A", "B", None, "A", "B", "A", "B"],
}


def test_counts_are_told_by_name():
    corpus = kolloc.Corpus(pd.DataFrame(PAGES), text="text")
    told = corpus.duplicates(date="day", source="outlet").report().to_dict()
    assert json.loads(json.dumps(told)) == told
    assert {name: told[name] for name in ("documents", "bodies", "without_fingerprint")} == {
        "documents": 7,
        "bodies": 5,
        "without_fingerprint": 2,
    }
    assert (told["without_date"], told["without_source"]) == (2, 1)
    assert (told["met"], told["candidates"], told["verified"], told["pairs"]) == (1, 1, 1, 6)
    assert (told["clusters"], told["pairs_left_out"], told["common_fingerprints"]) == (1, 0, 0)
    plain = corpus.duplicates().report().to_dict()
    assert (plain["without_date"], plain["without_source"]) == (None, None)


def test_candidates_are_kept_or_rejected_for_a_reason():
    blocks = [words(30 * i, 30 * i + 30) for i in range(12)]
    texts = [" ".join(blocks[i] for i in chosen) for chosen in combinations(range(12), 3)]
    texts += [f"{words(5000 + 40 * i, 5030 + 40 * i)} {words(9000, 9006)}" for i in range(5)]
    told = kolloc.Corpus(texts).duplicates(max_df=2).report().to_dict()
    assert told["candidates"] == told["verified"] + told["too_few_shared"] + told["below_floor"]
    assert told["common_fingerprints"] > 0
    assert told["saturated_bodies"] > 0


def test_what_it_shows_is_bounded_and_loads_nothing():
    report = kolloc.Corpus(["peace talks resume"]).duplicates().report(words=[100], containments=[0.2, 0.5])
    shown = str(report).split("\n")
    assert shown[0] == "<Report on a search for duplicates>"
    assert shown[1].split() == ["documents", "1"]
    assert [line.split() for line in shown[-2:]] == [["words", "0.2", "0.5"], ["100", "15.2%", "<0.1%"]]
    assert "a date" not in str(report)
    html = report._repr_html_()
    assert "15.2%" in html
    assert "&lt;0.1%" in html
    assert "http" not in html


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
def test_misses_are_a_frame_of_the_callers_kind(kind):
    frame = kind({"text": ["peace talks", "war"], "outlet": ["Post", "Wire"]})
    misses = kolloc.Corpus(frame, text="text").duplicates().report(words=[50, 80], containments=[0.3]).misses
    assert isinstance(misses, type(frame))
    assert len(misses) == 2


def test_wrong_lengths_and_shares_are_named():
    found = kolloc.Corpus(["peace"]).duplicates()
    with pytest.raises(ParameterError, match="words must be an integer of at least 1"):
        found.report(words=[0])
    with pytest.raises(ParameterError, match="containments must be above 0 and at most 1, got 2"):
        found.report(containments=[2])
    with pytest.raises(InputTypeError, match="words must be"):
        found.report(words=["many"])


# Misses


def test_short_texts_need_one_fingerprint_and_keep_all():
    report = kolloc.Corpus(["peace"]).duplicates().report(words=[4, 29, 30, 49, 50], containments=[0.5])
    expected = [
        _misses.fewer_than(needed, 0.5, words, shingle=4, winnow=winnow)
        for needed, words, winnow in ((1, 4, 1), (1, 29, 1), (2, 30, 1), (2, 49, 1), (2, 50, 4))
    ]
    assert report.misses["probability"].tolist() == expected
    assert expected[0] == pytest.approx(1 - 0.5 ** (4 / 3))


def test_nothing_is_missed_where_nothing_changes_and_all_where_there_is_nothing():
    assert _misses.fewer_than(2, 1.0, 60, shingle=4, winnow=4) == 0
    assert _misses.fewer_than(2, 0.5, 4, shingle=4, winnow=1) == 1, "one 4-gram is one fingerprint"
    assert _misses.fewer_than(1, 0.5, 3, shingle=4, winnow=1) == 1


@pytest.mark.parametrize(("m", "window"), [(1, 1), (2, 1), (1, 3), (2, 3), (4, 3), (6, 3), (3, 4), (5, 4)])
def test_runs_share_as_many_fingerprints_as_hashes_drawn_at_random_do(m, window):
    beyond = window - 1
    counts = np.zeros(3)
    rng = np.random.default_rng(m * 10 + window)
    n = 20_000
    for _ in range(n):
        run = rng.random(m)
        chosen = [fingerprints(np.concatenate([rng.random(beyond), run, rng.random(beyond)]), window) for _ in "ab"]
        counts[min(2, len({at for at in chosen[0] & chosen[1] if beyond <= at < beyond + m}))] += 1
    none, one = _misses._by_run(window)
    expected = [none[m], one[m], 1 - none[m] - one[m]]
    assert counts / n == pytest.approx(expected, abs=4 * 0.5 / n**0.5)


def fingerprints(hashes, window):
    starts = range(len(hashes) - window + 1)
    return {start + int(np.argmin(hashes[start : start + window])) for start in starts}


def test_the_smallest_hash_alone_is_integrated_exactly():
    # One k-gram, windows of two, one neighbour on either side of either text: by all orders of five hashes.
    met = 0
    for order in permutations(range(5)):
        hash_, (left_a, right_a, left_b, right_b) = order[0], order[1:]
        met += hash_ < max(left_a, right_a) and hash_ < max(left_b, right_b)
    assert _misses._at_least_one(1, 2) == pytest.approx(met / 120)


@pytest.mark.parametrize(
    ("containment", "length", "shingle", "winnow"),
    [(0.1, 200, 4, 4), (0.2, 60, 4, 4), (0.2, 100, 4, 4), (0.4, 40, 4, 4), (0.4, 200, 8, 9), (0.6, 100, 8, 9)],
)
def test_searches_miss_as_many_pairs_as_expected(containment, length, shingle, winnow):
    rng = np.random.default_rng(length)
    n = 1_500
    texts, fresh = [], 0
    for _ in range(n):
        one = np.arange(fresh, fresh + length)
        changed = rng.random(length) > containment ** (1 / 3)
        fresh += length
        other = np.where(changed, fresh + np.arange(length), one)
        fresh += length
        texts += [" ".join(map("w{}".format, text.tolist())) for text in (one, other)]
    found = kolloc.Corpus(texts).duplicates(shingle=shingle, winnow=winnow, progress=False)
    report = found.report(words=[length], containments=[containment])
    (expected,) = report.misses["probability"]
    missed = 1 - report.to_dict()["candidates"] / n
    # Four standard errors, and what the ends of texts cost, which the model leaves out.
    assert abs(missed - expected) < 4 * (expected * (1 - expected) / n) ** 0.5 + 0.03


def test_curves_show_what_the_frame_holds():
    report = kolloc.Corpus(["peace"]).duplicates().report(words=[50, 200], containments=[0.2, 0.4])
    ax = kolloc.plots.misses(pl.from_pandas(report.misses), ax=Figure().subplots())
    assert [line.get_label() for line in ax.get_lines()] == ["50 words", "200 words"]
    assert ax.get_lines()[1].get_ydata().tolist() == report.misses["probability"].tolist()[2:]
    with pytest.raises(ParameterError, match="'words'"):
        kolloc.plots.misses(pd.DataFrame({"a": [1]}))
