"""What `OverTime` shows of itself in a notebook."""

import re

import pandas as pd

import kolloc

FRAME = pd.DataFrame(
    {
        "text": ["war war peace", "war", "peace talks", "war talks", "talks"],
        "date": ["2024-01-05", "2024-01-31", "2024-03-02", "2024-03-09", "2024-09-30"],
        "outlet": ["<Post>", "Herald", "<Post>", "<Post>", None],
    }
)


def shown(frame=FRAME, weights=None, **options):
    tokens = kolloc.Corpus(frame, text="text").tokens()
    tokens = tokens if weights is None else tokens.weigh(weights)
    return tokens.dtm().over_time(date="date", **options)._repr_html_()


def cells(html, tag="td"):
    return [re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", row) for row in html.split("<tr>")[1:] if f"<{tag} " in row]


def test_periods_gaps_and_totals_are_told():
    html = shown()
    assert "<strong>OverTime</strong>: 9 periods (6 without documents), every month, 3 terms" in html
    gaps = "2024-02, 2024-04, 2024-05, 2024-06, 2024-07, 2024-08"
    assert f"<p>2024-01 to 2024-09; 5 documents, 9 tokens; without documents: {gaps}</p>" in html
    assert cells(html, "th") == [["period", "documents", "tokens"]]
    assert cells(html)[:3] == [["2024-01", "2", "4"], ["2024-02", "0", "0"], ["2024-03", "2", "4"]]
    assert html.endswith("<p>... 3 more periods</p></div>")


def test_groups_have_a_row_each():
    html = shown(by="outlet")
    assert cells(html, "th")[0] == ["outlet", "documents", "tokens", "first", "last", "periods without documents"]
    assert cells(html) == [
        ["&lt;Post&gt;", "3", "7", "2024-01", "2024-03", "7"],
        ["Herald", "1", "1", "2024-01", "2024-01", "8"],
        ["None", "1", "1", "2024-09", "2024-09", "8"],
    ]


def test_moments_are_as_short_as_they_can_be():
    assert "<p>2024; 5 documents, 9 tokens; no gaps</p>" in shown(every="year")
    assert cells(shown(every="week"))[0][0] == "2024-01-01"
    assert cells(shown(every="12h"))[1][0] == "2024-01-05 12:00"
    assert "and 259 more</p>" in shown(every="day")


def test_weights_show_in_tokens():
    assert "5 documents, 7.5 tokens" in shown(weights=[0.5, 1, 1, 1, 1])


def test_no_documents_are_no_periods():
    for options in ({}, {"by": "outlet"}):
        html = shown(FRAME[:0], **options)
        assert html.startswith("<div><p><strong>OverTime</strong>: 0 periods (0 without documents), every month")
        assert "<table" not in html
