"""Pictures hold what the tables hold."""

import subprocess
import sys

import matplotlib
import polars as pl
import pytest
from matplotlib.figure import Figure

import kolloc

matplotlib.use("agg")
TEXTS = ["peace talks resume", "peace talks fail", "trade talks"]


def collocates():
    return kolloc.Corpus(TEXTS).tokens().cooccurrence().collocates("peace", measures=["mi", "log_dice"])


def test_one_bar_for_each_collocate_the_strongest_on_top():
    ax = kolloc.plots.collocates(collocates(), ax=Figure().subplots())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["talks", "resume", "fail"]
    lengths = [bar.get_width() for bar in ax.patches]
    assert lengths == sorted(lengths, reverse=True)
    assert [text.get_text() for text in ax.texts] == ["2", "1", "1"]
    bottom, top = ax.get_ylim()
    assert bottom > top, "the first row is on top"


def test_any_measure_and_any_frame_will_do():
    table = pl.from_pandas(collocates())
    ax = kolloc.plots.collocates(table, measure="mi", ax=Figure().subplots())
    assert ax.get_xlabel().startswith("mi ")
    assert ax.get_yticklabels()[0].get_text() == "resume"


def test_a_wrong_measure_is_answered_with_the_columns():
    with pytest.raises(kolloc.exceptions.ParameterError, match="did you mean 'log_dice'"):
        kolloc.plots.collocates(collocates(), measure="logdice")


def test_without_matplotlib_the_extra_is_named():
    code = (
        "import sys; sys.modules['matplotlib'] = None; import kolloc; "
        "kolloc.plots.collocates(kolloc.Corpus(['a b']).tokens().cooccurrence().collocates('a'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ImportError: pictures need matplotlib: pip install 'kolloc[plots]'" in done.stderr
