"""Labels of lines, the split of glued pages and clean corpora."""

import pickle
import re

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kolloc
from kolloc.blocks import DROPPED, KINDS
from kolloc.exceptions import DuplicateNamesError, ParameterError

PARAGRAPHS = [
    "The ferry line said on Monday that its oldest ship would sail for one more winter before it was sold.",
    "Harbour workers had asked for the delay, because nobody could tell them when the new berths would be ready.",
    "A spokesman for the port said that the engineers were still waiting for stones from the quarry on the hill.",
    "Nobody in the old town believed him, and the fishmonger by the quay laughed when she heard of the promise.",
]
ARTICLE = "\n\n".join(PARAGRAPHS)
PAGE = f"Old ship sails on\n\nBy Ada Holm\n\nMay 3, 2031\n\n{ARTICLE}"


def labelled(text, **options):
    frame = kolloc.Corpus([text]).blocks(**options).to_frame(text=True)
    return list(zip(frame["text"], frame["kind"].astype(str), strict=True))


def kinds(text):
    return [kind for _, kind in labelled(text)]


def test_head_and_body_of_an_article_are_told_apart():
    assert kinds(PAGE) == ["headline", "byline", "dateline", *["body"] * 4]


def test_prose_stays_body():
    assert set(kinds(ARTICLE)) == {"body"}


@pytest.mark.parametrize(
    "text",
    [
        "Short.",
        "Yes\n\nNo\n\nPerhaps",
        "one two three",
        "| | |",
        "* * *",
        "42",
        "Statement by the President\n\nThank you.",
    ],
)
def test_short_texts_without_furniture_lose_nothing(text):
    assert not set(kinds(text)) & set(DROPPED)


def test_white_space_alone_makes_no_block_and_no_break_spaces_are_cut():
    assert labelled("\u00a0\n\u3000 \t\n") == []
    assert [text for text, _ in labelled("\u00a0 a b\u00a0\r\n\r\nc\r\n")] == ["a b", "c"]


def test_lines_are_counted_by_line_feeds_and_offsets_are_code_points():
    frame = kolloc.Corpus(["é😀\r\n\n 평화 회담 \nx"]).blocks().to_frame()
    assert frame["line"].tolist() == [1, 3, 4]
    assert frame["char_start"].tolist() == [0, 6, 13]
    assert frame["char_end"].tolist() == [2, 11, 14]


def test_furniture_at_the_foot_is_found_and_a_listing_is_teasers():
    listing = "• Op-Ed\n\nOn our gulls\n\nThe gull of today has nothing left of…\n\n7 hours ago"
    foot = f"Share\nLeave a Comment\n\nRecent Posts\n\n{listing}"
    found = kinds(f"{PAGE}\n\n{foot}")[7:]
    assert found == ["navigation"] * 3 + ["teaser"] * 4


@pytest.mark.parametrize(
    ("menu", "more"),
    [
        ("홈\n로그인\n회원가입\n구독", "많이 본 뉴스"),
        ("首页\n登录\n注册\n订阅", "相关新闻"),
        ("ホーム\nログイン\nお問い合わせ\n検索", "関連記事"),
        ("Startseite\nAnmelden\nImpressum\nDatenschutz", "Meistgelesen"),
        ("Accueil\nConnexion\nMentions légales\nPlan du site", "Articles récents"),
        ("Inicio\nIniciar sesión\nAviso legal\nContacto", "Lo más leído"),
        ("Главная\nВойти\nКонтакты\nРеклама", "Читайте также"),
        ("الرئيسية\nاتصل بنا\nمن نحن\nسياسة الخصوصية", "الأكثر قراءة"),
    ],
)
def test_menus_in_other_languages_are_navigation(menu, more):
    found = kinds(f"{menu}\n\nHeadline of the day in Asterholm\n\n{ARTICLE}\n\n{more}")
    assert found[:4] == ["navigation"] * 3 + [found[3]]
    assert found[3] in ("navigation", "section")
    assert (found[4], found[-1]) == ("headline", "navigation")


@pytest.mark.parametrize(
    "body",
    [
        "여객선 회사는 가장 오래된 배가 겨울 한 철을 더 운항한 뒤 팔릴 것이라고 월요일에 밝혔다.",
        "渡轮公司星期一表示，最老的一艘船在出售之前还将再航行一个冬天。港口工人要求推迟，因为没有人知道新码头何时建成。",
        "フェリー会社は月曜日、最も古い船が売却される前にもう一冬運航すると発表した。港の労働者は延期を求めていた。",
    ],
)
def test_prose_in_korean_chinese_and_japanese_is_body(body):
    assert kinds(f"{body}\n\n{body[: len(body) // 2]}。\n\n{body[5:]}")[0] == "body"


def test_a_pull_quote_is_found_before_and_behind_its_source():
    quote = " ".join(PARAGRAPHS[1].split()[:12])
    ahead = "\n\n".join([PARAGRAPHS[0], quote, PARAGRAPHS[2], PARAGRAPHS[1], PARAGRAPHS[3]])
    for text in (ahead, f"{ARTICLE}\n\n“{quote}”"):
        frame = kolloc.Corpus([text]).blocks().to_frame(text=True)
        row = frame[frame["repeat"] == "pull_quote"].iloc[0]
        assert quote in row["text"]
        assert frame["text"][row["repeat_of"]] == PARAGRAPHS[1]
        assert row["kind"] == "pull_quote"


def test_a_paragraph_printed_twice_is_repeated_and_a_short_refrain_is_not():
    frame = kolloc.Corpus([f"{ARTICLE}\n\nIt rains.\n\n{PARAGRAPHS[0]}\n\nIt rains."]).blocks().to_frame()
    assert frame["kind"].tolist() == ["body"] * 5 + ["repeated", "body"]
    assert frame["repeat_of"].tolist() == [-1] * 5 + [0, 4]


def test_a_report_quoted_whole_keeps_its_own_kind():
    quoted = f"“{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}\n\n{PARAGRAPHS[3]}”"
    lead = "The following is from a report on the visit by the harbour agency of Asterholm,"
    assert kinds(f"{PARAGRAPHS[0]}\n\n{lead}\n\n{quoted}") == ["body", "attribution", *["quoted_report"] * 3]


def glued():
    other = "\n\n".join(line.replace("the", "a") for line in PARAGRAPHS)
    return f"{PAGE}\n\nContinue Reading\n\nSchool opens late\n\nBy Jo Lind\n\n{other}"


def test_glued_articles_are_split_and_metadata_go_along():
    frame = pd.DataFrame({"text": [PAGE, glued(), "", None], "outlet": ["Post", "Herald", "Post", "Herald"]})
    with pytest.warns(kolloc.exceptions.MissingTextWarning):
        corpus = kolloc.Corpus(frame, text="text")
    articles = corpus.split_articles()
    assert list(articles.names) == ["0", "1.1", "1.2", "2", "3"]
    assert articles.metadata["outlet"].tolist() == ["Post", "Herald", "Herald", "Post", "Herald"]
    assert articles.text("1.1") + articles.text("1.2") == glued()
    assert articles.text("1.2").startswith("School opens late")
    assert (articles.n_missing, articles.text("0")) == (1, PAGE)
    assert articles.provenance["steps"][-1] == {"step": "split_articles", "parameters": {"site": None}, "documents": 5}


def test_a_name_that_the_split_would_give_twice_is_refused():
    corpus = kolloc.Corpus({"a": glued(), "a.1": PAGE})
    with pytest.raises(DuplicateNamesError, match=r"'a\.1'"):
        corpus.split_articles()


def test_cleaning_drops_furniture_alone_and_says_what():
    corpus = kolloc.Corpus(
        {"whole": PAGE, "page": f"{PAGE}\n\nLeave a Reply\n\nRequired fields are marked *", "none": ""}
    )
    clean = corpus.clean()
    assert [clean.text(name) for name in ("whole", "page", "none")] == [PAGE, PAGE, ""]
    report = clean.cleaning
    assert report.totals() == {
        "navigation": {"documents": 1, "blocks": 1, "characters": 13},
        "boilerplate": {"documents": 1, "blocks": 1, "characters": 28},
    }
    assert report.to_frame().to_dict("list") == {
        "document": ["page", "page"],
        "kind": ["navigation", "boilerplate"],
        "blocks": [1, 1],
        "characters": [13, 28],
    }
    assert clean.provenance["steps"][-1]["left_out"] == report.totals()
    assert corpus.cleaning is None
    assert clean[1:].cleaning.n_blocks == 2
    assert clean[[2, 0]].cleaning.n_blocks == 0


def test_a_block_cut_from_the_middle_leaves_a_paragraph_break():
    text = f"{PARAGRAPHS[0]}\n\nShare this article\n\n{PARAGRAPHS[1]}"
    assert kolloc.Corpus([text]).clean()[0] == f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"


def test_kinds_to_drop_can_be_chosen():
    clean = kolloc.Corpus([PAGE]).clean(drop=["byline", "dateline", "headline"])
    assert clean[0] == ARTICLE
    assert kolloc.Corpus([PAGE]).clean(drop=[])[0] == PAGE


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"drop": ["teasers"]}, r"drop must be one of .*, got 'teasers'; did you mean 'teaser'\?"),
        ({"drop": "teaser"}, r"drop must be an iterable of str, got a single str"),
        ({"drop": KINDS}, r"drop must leave some kinds, got all of them"),
        ({"site": "outlet"}, r"site must be a column, but there is none, got 'outlet'"),
        ({"site": ["a", "b"]}, r"site must be a column, or one site for each of 1 documents, got 2"),
    ],
)
def test_wrong_arguments_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        kolloc.Corpus([PAGE]).clean(**options)


def test_sites_come_from_outlets_or_addresses():
    urls = [f"https://www.herald.example/{i}" for i in range(5)] + [f"http://herald.example/{i}" for i in range(5)]
    texts = [
        f"{PARAGRAPHS[i % 4]} Part {i}.\n\nSeen from the quay\n\n{PARAGRAPHS[(i + 1) % 4]} End {i}." for i in range(10)
    ]
    frame = pd.DataFrame({"text": texts, "url": urls})
    found = kolloc.Corpus(frame, text="text").blocks(site="url").to_frame(text=True)
    assert set(found[found["text"] == "Seen from the quay"]["kind"]) == {"boilerplate"}
    assert set(found[found["text"] != "Seen from the quay"]["kind"]) == {"body"}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_frames_are_of_the_callers_kind(make):
    frame = make({"text": [PAGE, ""], "outlet": ["Post", "Herald"]})
    blocks = kolloc.Corpus(frame, text="text").blocks()
    for found in (blocks.to_frame(text=True), blocks.counts(), blocks.spans(["body"])):
        assert type(found) is type(frame)
    assert list(np.asarray(blocks.to_frame()["line"])) == [1, 3, 5, 7, 9, 11, 13]


def test_an_empty_corpus_and_empty_documents_have_no_blocks():
    for corpus in (kolloc.Corpus([]), kolloc.Corpus(["", "\n"])):
        blocks = corpus.blocks()
        assert (len(blocks), blocks.n_docs) == (0, len(corpus))
        assert len(blocks.to_frame(text=True)) == len(blocks.counts()) == len(blocks.spans()) == 0
        assert corpus.clean() == corpus
        assert corpus.split_articles() == corpus
        assert corpus.clean().cleaning.totals() == {}


def test_blocks_never_change_and_travel():
    blocks = kolloc.Corpus([PAGE, glued()]).blocks()
    with pytest.raises(AttributeError, match="a Blocks is immutable"):
        blocks.kind = 1
    assert pickle.loads(pickle.dumps(blocks)) == blocks
    clean = kolloc.Corpus([glued()]).clean()
    again = pickle.loads(pickle.dumps(clean))
    assert again == clean
    assert again.cleaning.to_frame().equals(clean.cleaning.to_frame())
    with pytest.raises(AttributeError, match="a CleaningReport is immutable"):
        clean.cleaning.n = 1


def unstyled(html):
    return re.sub(r' style="[^"]*"', "", html)


def test_what_they_are_is_shown_in_a_line_and_a_table():
    blocks = kolloc.Corpus([f"{PARAGRAPHS[0]}\n\nContinue Reading"]).blocks()
    assert repr(blocks) == ("<Blocks: 1 document, 2 blocks, 117 characters>\nbody        1  86 %\nnavigation  1  14 %")
    assert "<td>navigation</td><td>1</td><td>14 %</td>" in unstyled(blocks._repr_html_())
    report = kolloc.Corpus([f"{PARAGRAPHS[0]}\n\nContinue Reading"]).clean().cleaning
    assert repr(report) == "<CleaningReport: 1 block, 16 characters left out of 1 document>"
    assert "<td>navigation</td><td>1</td><td>1</td><td>16</td>" in unstyled(report._repr_html_())


def test_a_value_error_is_raised_for_unknown_kinds_of_spans():
    with pytest.raises(ParameterError, match="kinds must be one of"):
        kolloc.Corpus([PAGE]).blocks().spans(["bodies"])
