"""Lines of five scraped pages, as a careful reader labelled them (shared seeds)."""

import json

import pytest

import kolloc
from kolloc.blocks import DROPPED

PAGES = (
    "000_9d2b4a1b01f0dc1c.txt",
    "001_3ef9852a99cd561e.txt",
    "002_e0668375dad8101a.txt",
    "003_aee5db814be1d452.txt",
    "004_52797cdb5ed56653.txt",
)


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads(shared("seeds/truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def found(shared):
    """By page, the blocks by line: a dict of the columns of the frame."""
    pages = {page: shared(f"seeds/{page}").read_text("utf-8") for page in PAGES}
    frame = kolloc.Corpus(pages).blocks().to_frame()
    rows = frame.to_dict("records")
    return {page: {row["line"]: row for row in rows if row["document"] == page} for page in PAGES}


@pytest.mark.parametrize("page", PAGES)
def test_every_line_that_is_not_empty_is_a_block(found, truth, page):
    assert sorted(found[page]) == [block["line"] for block in truth[page]["blocks"]]


def test_lines_have_the_kind_and_the_article_that_a_reader_gives_them(found, truth):
    expected = [(page, block) for page in PAGES for block in truth[page]["blocks"]]
    kinds = sum(found[page][block["line"]]["kind"] == block["kind"] for page, block in expected)
    articles = sum(found[page][block["line"]]["article"] == block["article"] for page, block in expected)
    assert kinds >= 0.98 * len(expected)
    assert articles == len(expected)


@pytest.mark.parametrize("page", PAGES)
def test_of_each_page_nine_lines_in_ten_have_their_kind(found, truth, page):
    blocks = truth[page]["blocks"]
    assert sum(found[page][block["line"]]["kind"] == block["kind"] for block in blocks) >= 0.9 * len(blocks)


@pytest.mark.parametrize("page", PAGES)
def test_no_line_of_the_body_is_dropped_by_default(found, truth, page):
    body = [block["line"] for block in truth[page]["blocks"] if block["kind"] in ("body", "quoted_report")]
    assert [line for line in body if found[page][line]["kind"] in DROPPED] == []


@pytest.mark.parametrize("page", PAGES)
def test_what_is_printed_twice_is_found_with_its_lines(found, truth, page):
    line_of = {row["block"]: line for line, row in found[page].items()}
    for listed in truth[page]["duplicates"]:
        later = listed["lines_a" if listed["kind"] == "pull_quote" else "lines_b"]
        first = listed["lines_b" if listed["kind"] == "pull_quote" else "lines_a"]
        for line in later:
            row = found[page][line]
            assert (row["repeat"], line_of[row["repeat_of"]] in first) == (listed["kind"], True), line
        if listed["kind"] != "repeated_block":
            assert {found[page][line]["shared_run"] for line in later} == {listed["shared_run_words"]}


def test_the_glued_page_is_split_where_its_articles_begin(shared, truth):
    page = PAGES[2]
    text = shared(f"seeds/{page}").read_text("utf-8")
    corpus = kolloc.Corpus({page: text})
    articles = corpus.split_articles()
    assert list(articles.names) == [f"{page}.{number}" for number in (1, 2, 3, 4)]
    assert "".join(articles) == text
    lines = text.split("\n")
    for article, record in zip(articles, truth[page]["articles"], strict=True):
        own = set(article.split("\n"))
        assert {lines[record[name] - 1] for name in ("headline_line", "first_body_line", "last_body_line")} <= own


def test_other_pages_are_one_article(shared):
    pages = {page: shared(f"seeds/{page}").read_text("utf-8") for page in PAGES if not page.startswith("002")}
    corpus = kolloc.Corpus(pages)
    assert corpus.split_articles() == corpus
