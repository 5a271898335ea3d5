"""The corpus that is shipped to try things on."""

import datetime
import json
import subprocess
import sys
import unicodedata
import warnings
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kolloc

TRUTH = json.loads((Path(__file__).parents[2] / "data" / "sample_truth.json").read_text(encoding="utf-8"))
COLUMNS = ["id", "outlet", "date", "language", "headline", "url", "text"]


def texts():
    frame = kolloc.datasets.sample("pandas")
    return dict(zip(frame["id"], frame["text"], strict=True))


def test_pandas_is_the_first_choice():
    frame = kolloc.datasets.sample()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == COLUMNS
    assert frame["date"].dtype.kind == "M"
    assert frame["date"].min() == pd.Timestamp(2031, 3, 4)
    assert frame["text"].isna().sum() == 1


@pytest.mark.parametrize(
    ("kind", "expected"), [("pandas", pd.DataFrame), ("polars", pl.DataFrame), ("pyarrow", pa.Table)]
)
def test_every_kind_of_frame_holds_the_same(kind, expected):
    frame = kolloc.datasets.sample(kind)
    assert isinstance(frame, expected)
    assert len(frame) == 45
    with pytest.warns(kolloc.exceptions.MissingTextWarning, match="1 of 45 documents"):
        corpus = kolloc.Corpus(frame, text="text", names="id")
    assert corpus.provenance["input"]["fingerprint"] == "2512175e661779d6fda64690510182f1"


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_dates_are_dates_outside_pandas(kind):
    day = kolloc.datasets.sample(kind)["date"][0]
    assert (day.as_py() if kind == "pyarrow" else day) == datetime.date(2031, 4, 11)


def test_a_new_frame_each_time():
    first = kolloc.datasets.sample("pandas")
    first.loc[0, "text"] = "changed"
    assert kolloc.datasets.sample("pandas").loc[0, "text"] != "changed"


def test_a_wrong_kind_is_answered_with_what_is_allowed():
    with pytest.raises(kolloc.exceptions.ParameterError, match="did you mean 'polars'"):
        kolloc.datasets.sample("polar")


def test_a_kind_that_is_not_installed_is_named():
    code = (
        "import importlib.util as util; find = util.find_spec; "
        "util.find_spec = lambda name: None if name == 'polars' else find(name); "
        "import kolloc; kolloc.datasets.sample('polars')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ImportError: a polars frame needs polars: pip install polars" in done.stderr


def test_the_mess_is_there():
    pages = texts()
    whole = "\n".join(text for text in pages.values() if isinstance(text, str))
    for needle in ("Continue Reading", "\u200b", "\u00ad", "\u00a0", "\r\n", "“", '"', "U.N.-led", "$3.5bn", "#Orrel"):
        assert needle in whole, needle
    assert pages["wire-010"] == pages["ledger-003"]
    assert pages["harbour-006"] != unicodedata.normalize("NFC", pages["harbour-006"])
    assert len(pages["ledger-006"]) < 60


def test_truth_points_at_lines_that_exist():
    pages = texts()
    assert set(TRUTH["pages"]) == set(pages)
    for name, page in TRUTH["pages"].items():
        lines = pages[name].split("\n") if isinstance(pages[name], str) else []
        for kind, numbers in page.items():
            last = [end for _, end in numbers] if kind == "articles" else numbers
            assert all(lines[number - 1].strip() for number in last)
    assert {pair["relation"] for pair in TRUTH["pairs"]} >= {"reprint", "abridged", "updated", "glued_contains"}


def test_the_body_names_norvale_as_often_as_a_plain_count_says():
    pages = texts()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kolloc.exceptions.MissingTextWarning)
        corpus = kolloc.Corpus(kolloc.datasets.sample("pandas"), text="text", names="id")
    english = corpus.where(language="en")
    vocabulary = english.tokens(split_hyphens=True).vocabulary
    plain = sum(
        unicodedata.normalize("NFC", pages[name]).casefold().count("norvale")
        for name in english.names
        if isinstance(pages[name], str)
    )
    found = dict(zip(vocabulary.terms, vocabulary.frequencies, strict=True))
    inflected = sum(n for term, n in found.items() if term.startswith("norvale"))
    assert inflected == plain
