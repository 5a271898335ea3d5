"""Tables of plain text, as the demonstration prints them."""

from kolloc._tables import aligned


def test_columns_are_as_wide_as_their_widest_cell():
    assert (
        aligned(["a", "n"], [["long name", 1], ["b", 1000]], indent="")
        == "a              n\nlong name      1\nb          1,000"
    )


def test_no_line_ends_in_white_space():
    assert aligned(["n", "word"], [[1, "a"], [2, "longer"]]) == "  n  word\n  1  a\n  2  longer"


def test_wide_letters_and_combining_marks_take_their_columns():
    lines = aligned(["term", "n"], [["회담", 1], ["cafe\u0301", 2], ["peace", 3]], indent="").splitlines()
    assert lines == ["term   n", "회담   1", "cafe\u0301   2", "peace  3"]


def test_a_table_without_rows_is_its_header():
    assert aligned(["term", "count"], []) == "  term  count"
