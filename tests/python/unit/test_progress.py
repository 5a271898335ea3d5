"""Progress is shown for long work alone."""

import subprocess
import sys

import pytest

import kolloc
from kolloc import _progress


def test_short_work_does_not_load_the_bar():
    code = "import sys, kolloc; kolloc.Corpus(['a b']).tokens(); print('tqdm.auto' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_long_work_shows_a_bar(monkeypatch, capsys):
    monkeypatch.setattr(_progress, "_DELAY", 0.0)
    with _progress.reporting(True, "tokens", "B") as report:
        report(1, 4)
        report(4, 4)
        report(2, 8)
    assert "tokens" in capsys.readouterr().err


def test_short_work_shows_nothing(capsys):
    with _progress.reporting(None, "tokens", "B") as report:
        report(1, 4)
    assert capsys.readouterr().err == ""


def test_a_callable_is_called_with_the_work_done():
    seen = []
    kolloc.Corpus(["a b"] * 1000).tokens(progress=lambda done, total: seen.append((done, total)))
    assert all(done <= total for done, total in seen)


def test_anything_else_is_refused():
    with (
        pytest.raises(kolloc.exceptions.InputTypeError, match="progress must be"),
        _progress.reporting("yes", "tokens"),
    ):
        pass
