"""Pictures hold what the tables hold."""

import subprocess
import sys

import matplotlib
import numpy as np
import pandas as pd
import polars as pl
import pytest
from matplotlib import pyplot
from matplotlib.dates import num2date
from matplotlib.figure import Figure

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

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


DATED = pd.DataFrame(
    {
        "text": ["war war peace", "war talks", "peace talks peace", "talks", "war"],
        "date": ["2024-01-05", "2024-02-20", "2024-03-02", "2024-03-09", "2024-06-30"],
        "outlet": ["Post", "Herald", "Post", "Herald", "Herald"],
    }
)


def dated_tokens():
    return kolloc.Corpus(DATED, text="text").tokens()


def ticks(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def keyness(**options):
    return dated_tokens().dtm().keyness("Post", by="outlet", **options)


def test_keyness_stands_on_both_sides():
    ax = kolloc.plots.keyness(keyness(), ax=Figure().subplots())
    assert ticks(ax) == ["peace", "war", "talks"]
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == sorted(widths, reverse=True)
    assert [width > 0 for width in widths] == [True, False, False]
    assert (ax.patches[0].get_alpha(), ax.patches[1].get_alpha()) == (0.45, None), "infinite bars are pale"
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["∞", "more in reference", "more in target", "3 : 0", "2 : 2", "1 : 2", "target : reference"]
    assert ax.get_xlabel().startswith("log ratio: log2")
    assert len(ax.collections) == 1, "one collection of intervals"


def test_keyness_chooses_by_evidence_and_draws_any_measure():
    table = keyness(measures=["g2", "log_ratio", "pct_diff"])
    assert ticks(kolloc.plots.keyness(table, n=1, ax=Figure().subplots())) == ["peace", "talks"]
    table = table[["term", "g2", "pct_diff"]]
    ax = kolloc.plots.keyness(table, measure="pct_diff", rank_by="pct_diff", ax=Figure().subplots())
    assert ticks(ax)[0] == "peace"
    assert "target : reference" not in [text.get_text() for text in ax.texts]
    assert len(ax.collections) == 0, "no interval without bounds"


def test_keyness_of_one_side_and_of_nothing_can_be_drawn():
    table = keyness()
    for part in (table[table["g2"] > 0], table[table["g2"] < 0], table[:0]):
        ax = kolloc.plots.keyness(part, ax=Figure().subplots())
        assert len(ax.patches) == len(part)
        low, high = ax.get_xlim()
        assert low < high


def test_keyness_says_what_it_needs():
    with pytest.raises(ParameterError, match="did you mean 'log_ratio'"):
        kolloc.plots.keyness(keyness(), measure="logratio")
    with pytest.raises(ParameterError, match="frame must be of one target"):
        kolloc.plots.keyness(dated_tokens().dtm().keyness(by="outlet"))


def test_each_occurrence_is_a_mark_at_its_position():
    ax = kolloc.plots.dispersion(dated_tokens(), ["war", "peace"], ax=Figure().subplots())
    assert [list(lane.get_positions()) for lane in ax.collections] == [[0, 1, 3, 9], [2, 5, 7]]
    assert ticks(ax) == ["war", "peace"]
    assert [text.get_text() for text in ax.texts] == ["4 in 3", "3 in 2", "times in documents"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2", "3", "4"]
    assert len(ax.get_lines()) == 4, "borders between five documents"


def test_of_a_matrix_documents_are_marks():
    ax = kolloc.plots.dispersion(dated_tokens().dtm(), ["war", "peace"], ax=Figure().subplots())
    assert [list(lane.get_positions()) for lane in ax.collections] == [[0, 1, 4], [0, 2]]
    assert [text.get_text() for text in ax.texts][:2] == ["4 in 3", "3 in 2"]


def test_marks_can_stand_at_dates():
    for source, n in ((dated_tokens(), 4), (dated_tokens().dtm(), 3)):
        ax = kolloc.plots.dispersion(source, ["war"], date="date", ax=Figure().subplots())
        days = [num2date(place).date().isoformat() for place in ax.collections[0].get_positions()]
        assert (len(days), days[0], days[-1]) == (n, "2024-01-05", "2024-06-30")
        assert ax.get_xlabel() == "date"


def test_many_documents_are_not_named():
    tokens = kolloc.Corpus(["peace talks"] * 200).tokens()
    ax = kolloc.plots.dispersion(tokens, ["talks"], ax=Figure().subplots())
    assert ax.get_xlabel() == "position in the corpus (tokens of 200 documents)"
    assert len(ax.get_lines()) == 0


def test_dispersion_says_what_it_needs():
    with pytest.raises(InputTypeError, match="source must be Tokens or a DocumentTermMatrix, got str"):
        kolloc.plots.dispersion("war", ["war"])
    with pytest.raises(KeyError, match="peace"):
        kolloc.plots.dispersion(dated_tokens(), ["peac"])
    with pytest.raises(ParameterError, match="did you mean 'date'"):
        kolloc.plots.dispersion(dated_tokens(), ["war"], date="dates")


def rates(terms=("war", "peace"), by=None, **options):
    return dated_tokens().dtm().over_time(date="date", by=by).rates(list(terms), **options)


def drawn(line):
    return [None if np.isnan(height) else float(height) for height in line.get_ydata()]


def test_a_line_breaks_at_gaps():
    ax = kolloc.plots.over_time(rates(), ax=Figure().subplots())
    war, peace = ax.get_lines()
    assert (war.get_label(), peace.get_label()) == ("war", "peace")
    assert drawn(war) == pytest.approx([2e6 / 3, 5e5, 0, None, None, 1e6])
    assert war.get_color() != peace.get_color()
    assert war.get_marker() != peace.get_marker(), "colour alone is not enough"
    assert ax.get_ylabel() == "per million tokens"
    assert len(ax.patches) == 2, "two months without documents are shaded"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["no documents", "war", "peace"]


def test_groups_of_one_term_have_colours_and_of_several_terms_dashes():
    ax = kolloc.plots.over_time(rates(["war"], by="outlet"), ax=Figure().subplots())
    assert [line.get_label() for line in ax.get_lines()] == ["Post", "Herald"]
    ax = kolloc.plots.over_time(rates(by="outlet"), ax=Figure().subplots())
    lines = ax.get_lines()
    assert [line.get_label() for line in lines] == ["war · Post", "war · Herald", "peace · Post", "peace · Herald"]
    assert lines[0].get_color() == lines[1].get_color() != lines[2].get_color()
    assert lines[0].get_linestyle() != lines[1].get_linestyle()


def test_windows_lie_over_their_periods():
    ax = kolloc.plots.over_time(rates(["war"]), rolled=rates(["war"], rolling=3), ax=Figure().subplots())
    marks, line = ax.get_lines()
    assert (marks.get_linestyle(), len(marks.get_ydata())) == ("None", 6)
    assert (line.get_label(), len(line.get_ydata())) == ("war", 4)
    with pytest.raises(ParameterError, match="rolled must be the same rates"):
        kolloc.plots.over_time(rates(), rolled=rates(by="outlet"))


def test_intervals_and_a_lone_point_of_a_long_series_are_drawn():
    frame = rates(["war"])
    frame = frame.assign(per_million_low=frame["per_million"] - 1, per_million_high=frame["per_million"] + 1)
    assert len(kolloc.plots.over_time(frame, ax=Figure().subplots()).collections) == 1
    days = dated_tokens().dtm().over_time(date="date", every="day").rates(["war"])
    line, alone = kolloc.plots.over_time(pl.from_pandas(days), ax=Figure().subplots()).get_lines()
    assert len(line.get_ydata()) == 178
    assert len(alone.get_ydata()) == 5
    ax = kolloc.plots.over_time(frame, log=True, ax=Figure().subplots())
    assert ax.get_yscale() == "log"


def test_every_picture_can_be_rendered(tmp_path):
    tokens = dated_tokens()
    for number, ax in enumerate(
        (
            kolloc.plots.keyness(keyness()),
            kolloc.plots.dispersion(tokens, ["war"]),
            kolloc.plots.over_time(rates(by="outlet"), rolled=rates(by="outlet", rolling=2)),
        )
    ):
        file = tmp_path / f"{number}.png"
        ax.figure.savefig(file)
        pyplot.close(ax.figure)
        assert file.read_bytes().startswith(b"\x89PNG")
