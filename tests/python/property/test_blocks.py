"""What holds for the blocks of any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

import kolloc
from kolloc.blocks import DROPPED, KINDS

PROSE = "The ferry line said on Monday that its oldest ship would sail for one more winter before it was sold."
LINES = st.one_of(
    st.sampled_from(
        ["", "Home", "Login", "Continue Reading", "By Ada Holm", "May 3, 2031", "7 hours ago", "Recent Posts"]
    ),
    st.sampled_from(
        [PROSE, PROSE + " Nobody believed it.", "关于我们", "渡轮公司星期一表示，最老的一艘船还将再航行一个冬天。"]
    ),
    st.text(max_size=40),
)
TEXTS = st.lists(LINES, max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n"]).map(lambda s: s.join(lines))
)
CORPORA = st.lists(TEXTS, max_size=4)
BLANK = "\u200b\u200c\u200d\u2060\ufeff"


def is_blank(char):
    """White space by Unicode, which is more and less than `str.isspace`."""
    return (char.isspace() and char not in "\x1c\x1d\x1e\x1f") or char in BLANK


def lines(text):
    """Number, start and end of each line that holds more than white space."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        inner = [at for at, char in enumerate(line) if not is_blank(char)]
        if inner:
            yield number, start + inner[0], start + inner[-1] + 1
        start += len(line) + 1


@settings(deadline=None)
@given(CORPORA)
def test_blocks_are_the_lines_that_are_not_empty(texts):
    frame = kolloc.Corpus(texts).blocks().to_frame(text=True)
    found = list(zip(frame["document"], frame["line"], frame["char_start"], frame["char_end"], strict=True))
    assert found == [(str(row), *line) for row, text in enumerate(texts) for line in lines(text)]
    assert frame["text"].tolist() == [texts[int(row)][start:end] for row, _, start, end in found]
    assert set(frame["kind"]) <= set(KINDS)


@settings(deadline=None)
@given(CORPORA)
def test_pieces_joined_are_the_page(texts):
    corpus = kolloc.Corpus(texts)
    articles = corpus.split_articles()
    pages = ["" for _ in texts]
    for name, text in zip(articles.names, articles, strict=True):
        pages[int(name.split(".")[0])] += text
    assert pages == texts


@settings(deadline=None)
@given(CORPORA)
def test_what_is_left_are_the_blocks_that_are_not_dropped(texts):
    corpus = kolloc.Corpus(texts)
    frame = corpus.blocks().to_frame(text=True)
    kept = frame[~frame["kind"].isin(DROPPED)]
    clean = corpus.clean()
    for row, text in enumerate(clean):
        expected = kept[kept["document"] == str(row)]["text"].tolist()
        assert [text[start:end] for _, start, end in lines(text)] == expected
    assert clean.cleaning.n_blocks == len(frame) - len(kept)
    assert list(corpus.clean(drop=[])) == texts
