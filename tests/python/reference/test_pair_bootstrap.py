"""Intervals of pairs against counting each drawn corpus anew; pairs over time against counting each period alone."""

import math

import numpy as np
import pandas as pd
import pytest

import kolloc
from reference import naive
from reference.test_naive_cooccurrence import _sides

pytestmark = pytest.mark.filterwarnings("ignore:some values are undefined", "ignore:no interval", "ignore:there are")

OPTIONS = [
    {"window": 2},
    {"window": (1, 3)},
    {"window": 3, "ordered": True},
    {"window": 2, "diagonal": "twice"},
    {"window": 2, "within": "sentence"},
    {"window": 2, "margins": "surface"},
    {"window": 2, "count": "boolean"},
    {"context": "document"},
    {"context": "sentence", "count": "boolean"},
    {"context": "document", "ordered": True},
]


def _mi(f, r1, c1, n):
    return math.log2(f * n / (r1 * c1)) if f > 0 else -math.inf


def _dice(f, r1, c1, _):
    return 2 * f / (r1 + c1)


def _log_odds(f, r1, c1, n):
    return math.log((f + 0.5) * (n - r1 - c1 + f + 0.5) / ((r1 - f + 0.5) * (c1 - f + 0.5)))


def _delta_p(f, r1, c1, n):
    return f / r1 - (c1 - f) / (n - r1) if r1 < n else math.nan


def _value(formula, table):
    """Return NaN where a margin is zero, or a cell below zero: not every unit with a term has it twice."""
    f, r1, c1, n = table
    is_possible = min(f, r1 - f, c1 - f, n - r1 - c1 + f) >= 0 and r1 * c1 > 0
    return formula(*table) if is_possible else math.nan


MEASURES = {"mi": _mi, "dice": _dice, "log_odds": _log_odds, "delta_p_2_given_1": _delta_p}
ZERO_IS_NULL = ("mi", "log_odds", "delta_p_2_given_1")


def _texts(n_docs=12, seed=3):
    rng = np.random.default_rng(seed)
    words = np.array(["aa", "bb", "cc", "dd", "ee", ",", "."])
    return [
        " ".join(words[rng.choice(7, rng.integers(0, 16), p=[0.3, 0.2, 0.15, 0.1, 0.05, 0.1, 0.1])])
        for _ in range(n_docs)
    ]


def _tokens(texts, **metadata):
    frame = pd.DataFrame({"text": texts, **metadata})
    return kolloc.Corpus(frame, text="text").tokens(segmenter="whitespace", remove_punct=True)


def _count(tokens, options, weights):
    """Count documents drawn so many times, one pair of positions after the other."""
    window, unit = (math.inf, math.inf), options["context"] if options.get("context") else "window"
    if unit == "window":
        unit, window = options.get("within", "document"), _sides({"ordered": False} | options)
    names = ("count", "ordered", "diagonal", "margins")
    chosen = {name: options[name] for name in names if name in options}
    units = [
        each
        for row, weight in enumerate(weights)
        for _ in range(weight)
        for each in naive.units_of(tokens[row : row + 1], unit)
    ]
    return naive.cooccurrence(units, window=window, **chosen), naive.frequencies(units)


def _table(pair, counted, options):
    counts, frequencies = counted
    observed = counts.cells.get(pair, 0)
    if pair[0] == pair[1]:
        is_textual = options.get("count") == "boolean"
        observed = counts.sides[pair[0], "units" if is_textual else "both"]
    n = counts.n - (frequencies[pair[0]] if options.get("margins") == "surface" else 0)
    return observed, counts.rows[pair[0]], counts.columns[pair[1]], n


def _is_open(pair, options):
    """Tell whether the table cannot know what a term with itself has."""
    return pair[0] == pair[1] and isinstance(options.get("window"), tuple)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_given_weights_count_each_document_as_often(options):
    tokens = _tokens(_texts())
    weights = np.random.default_rng(1).multinomial(12, np.full(12, 1 / 12), size=25)
    drawn = [_count(tokens, options, row.tolist()) for row in weights]
    whole = _count(tokens, options, [1] * 12)
    bootstrap = kolloc.Bootstrap(weights=weights, level=0.8)
    frame = tokens.cooccurrence(**options).association(list(MEASURES), bootstrap=bootstrap)
    assert len(frame) > 8
    for row in frame.to_dict("records"):
        pair = row["term_1"], row["term_2"]
        if _is_open(pair, options):
            assert math.isnan(row["mi"])
            continue
        for name, formula in MEASURES.items():
            estimate = _value(formula, _table(pair, whole, options))
            values = np.array([_value(formula, _table(pair, each, options)) for each in drawn])
            finite = values[np.isfinite(values)]
            assert row[name] == pytest.approx(estimate, abs=1e-9, nan_ok=True)
            assert row[f"{name}_missing"] == len(values) - len(finite)
            if len(finite) < 2:
                continue
            assert row[f"{name}_se"] == pytest.approx(finite.std(ddof=1), abs=1e-9)
            assert row[f"{name}_bias"] == pytest.approx(finite.mean() - estimate, abs=1e-9, nan_ok=True)
            if row[f"{name}_missing"] <= 1 and not math.isnan(estimate):
                ends = np.quantile(finite, [0.1, 0.9])
                assert [row[f"{name}_low"], row[f"{name}_high"]] == pytest.approx(ends, abs=1e-9)
            if name in ZERO_IS_NULL:
                if (np.abs(finite) < 1e-12).any():
                    # On which side of 0 it falls is a matter of rounding.
                    continue
                tail = 2 * min((finite <= 0).mean(), (finite >= 0).mean())
                assert row[f"{name}_p_boot"] == pytest.approx(min(1, max(tail, 1 / (len(finite) + 1))))
            else:
                assert f"{name}_p_boot" not in row


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_each_period_has_the_table_of_its_documents(options):
    dates = [f"2024-{month:02}-{day:02}" for month, day in [(1, 3), (1, 20), (3, 1), (3, 2), (3, 9), (4, 30)] * 2]
    tokens = _tokens(_texts(), date=dates)
    frame = tokens.cooccurrence(**options).over_time(date="date", measures=list(MEASURES), top=None)
    months = [f"2024-{month:02}" for month in range(1, 5)]
    counted = [_count(tokens, options, [int(date.startswith(month)) for date in dates]) for month in months]
    alone = [
        [
            _count(tokens, options, [int(row == i and dates[i].startswith(month)) for i in range(12)])
            for row in range(12)
        ]
        for month in months
    ]
    assert frame["period"].dt.strftime("%Y-%m").tolist() == months * (len(frame) // 4)
    for row in frame.to_dict("records"):
        pair, number = (row["term_1"], row["term_2"]), months.index(row["period"].strftime("%Y-%m"))
        assert row["n_docs"] == sum(date.startswith(months[number]) for date in dates)
        if _is_open(pair, options):
            continue
        table = _table(pair, counted[number], options)
        assert row["observed"] == table[0]
        assert row["df"] == sum(_table(pair, each, options)[0] > 0 for each in alone[number])
        for name, formula in MEASURES.items():
            assert row[name] == pytest.approx(_value(formula, table), abs=1e-9, nan_ok=True)
