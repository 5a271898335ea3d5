"""The bench of statistics runs, and finds the results of all equal."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "benches" / "measures.py"
TASKS = ["keyness", "dispersion", "similarity"]


def run(tasks, file):
    command = [sys.executable, SCRIPT, "--quick", "--task", *tasks, "--json", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text())["rows"]


def checked(rows):
    return [row["checked"] for row in rows if "best" in row]


def test_statistics_agree_with_their_references(tmp_path):
    rows = run(TASKS, tmp_path / "rows.json")
    assert len(checked(rows)) == 11
    assert "DIFFERS" not in checked(rows)


@pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("gensim", "nltk")), reason="gensim and NLTK are not installed"
)
def test_collocations_are_those_of_gensim_and_nltk(tmp_path):
    rows = run(["collocations"], tmp_path / "rows.json")
    assert checked(rows)[:4] == ["same counts"] * 2 + ["same pairs"] * 2


def test_without_data_it_says_what_is_missing(tmp_path):
    command = [sys.executable, SCRIPT, "--data", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert "ungdc" in done.stderr
    assert "Traceback" not in done.stderr
