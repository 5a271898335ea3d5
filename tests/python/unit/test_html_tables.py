"""Tables that objects show of themselves in notebooks."""

import re

import pytest

from kolloc._repr import html_table


def alignments(column):
    """Return the alignment of each cell of a table with one column, the header first."""
    shown = html_table(["header"], [[cell] for cell in column])
    return re.findall(r'<t[hd] style="text-align:(\w+);', shown)


@pytest.mark.parametrize("column", [["peace", "war"], ["2020-01-02"], ["wire", "12"], ["3 more"], ["…"], []])
def test_words_stand_on_the_left_with_their_header(column):
    assert alignments(column) == ["left"] * (len(column) + 1)


@pytest.mark.parametrize(
    "column", [["1", "12,000"], ["0.5", "–", ""], ["14 %", "< 0.1 %"], ["−3.25", "+1", "1e-05", "nan"]]
)
def test_numbers_stand_on_the_right_with_their_header(column):
    assert alignments(column) == ["right"] * (len(column) + 1)


def test_cells_have_room_between_them_and_are_escaped():
    shown = html_table(["<a>", "n"], [["b & c", "1"]], "... <more>")
    assert shown.count("padding:2px 12px") == 4
    assert "&lt;a&gt;" in shown
    assert "b &amp; c" in shown
    assert shown.endswith("<p>... &lt;more&gt;</p>")
