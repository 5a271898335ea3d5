"""The bench beside other packages runs, and finds their results equal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "benches" / "peers.py"


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    file = tmp_path_factory.mktemp("bench") / "rows.json"
    command = [sys.executable, SCRIPT, "--quick", "--json", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 0, done.stderr
    assert "| words | sample | CountVectorizer |" in done.stdout
    found = json.loads(file.read_text())
    assert {"processors", "kolloc", "scikit-learn"} <= set(found["machine"])
    return found["rows"]


def test_every_result_is_checked_and_right(rows):
    checked = [row["checked"] for row in rows if "best" in row]
    assert len(checked) == 15
    assert "DIFFERS" not in checked


def test_every_row_says_how_it_was_measured(rows):
    for row in rows:
        if "best" in row:
            assert row["best"] <= row["median"]
            assert row["runs"] >= 1
            assert row["rate"] > 0
    assert {row["who"] for row in rows if "grown" in row} == {"kolloc", "CountVectorizer", "polars"}


def test_without_data_it_says_what_is_missing(tmp_path):
    command = [sys.executable, SCRIPT, "--data", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "ungdc.parquet" in done.stderr
    assert "Traceback" not in done.stderr
