"""`python -m kolloc demo` on the sample and on files, and what it says when something is wrong."""

import json
import subprocess
import sys

import pytest

PAGES = [
    {"id": 1, "source": "Post", "body": "Peace talks resume in Seoul. Peace talks fail."},
    {"id": 2, "source": "Herald", "body": "“Peace talks” are back, says 외교부."},
    {"id": 3, "source": "Herald", "body": None},
]


def demo(folder, *arguments, expect=0):
    command = [sys.executable, "-m", "kolloc", "demo", *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if expect == 0 else done.stderr


@pytest.fixture
def jsonl(tmp_path):
    file = tmp_path / "pages.jsonl"
    file.write_text("\n".join(json.dumps(page) for page in PAGES), encoding="utf-8")
    return file


def test_the_sample_is_counted(tmp_path):
    shown = demo(tmp_path)
    assert "made up" in shown
    assert "45 documents" in shown
    assert "1 of 45 documents without text" in shown
    for heading in (
        "Most frequent terms by outlet",
        "Terms near 'norvale'",
        "Strongest pairs",
        "Printed more than once",
    ):
        assert heading in shown
    assert "People's Lantern" in shown
    assert (tmp_path / "kolloc-demo.png").read_bytes().startswith(b"\x89PNG")


def test_a_file_is_counted(tmp_path, jsonl):
    shown = demo(tmp_path, jsonl, "--text", "body", "--node", "Peace", "--picture", "peace.png")
    assert "3 documents" in shown
    assert "Most frequent terms by source" in shown
    assert "Terms near 'peace'" in shown
    assert (tmp_path / "peace.png").exists()


def test_a_folder_is_counted(tmp_path):
    (tmp_path / "pages").mkdir()
    for number in range(3):
        (tmp_path / "pages" / f"{number}.txt").write_text("Peace talks resume.")
    assert "Terms near 'peace'" in demo(tmp_path, "pages")


def test_without_words_there_is_nothing_to_look_around(tmp_path):
    (tmp_path / "pages.csv").write_text("text,id\n...,1\n")
    assert "nothing to look around" in demo(tmp_path, "pages.csv", "--text", "text")


STORY = (
    "The ferry to the northern islands sank in calm weather on Monday and all forty passengers were saved by six boats"
)


@pytest.mark.parametrize("dates", [["2031-04-02", "2031-04-01", "2031-04-03"], ["spring", "", "a day in May"]])
def test_reprints_of_a_file_are_told_whatever_its_dates_hold(tmp_path, dates):
    texts = [STORY, STORY.upper(), "Ferry talks on."]
    rows = [f"{text},{date},post" for text, date in zip(texts, dates, strict=True)]
    (tmp_path / "pages.csv").write_text("\n".join(["text,Date,outlet", *rows]))
    shown = demo(tmp_path, "pages.csv", "--text", "text")
    assert "1 pair of documents with text in common, 1 cluster" in shown
    assert "same_text      1" in shown
    assert "largest cluster: 2 prints of one text, 0, 1" in shown


def test_a_file_without_reprints_says_so(tmp_path, jsonl):
    assert "none have text in common" in demo(tmp_path, jsonl, "--text", "body")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--text", "bodi"], "did you mean 'body'?"),
        (["--text", "body", "--by", "sorce"], "did you mean 'source'?"),
        (["--text", "body", "--node", "peece"], "did you mean 'peace'?"),
        (["--text", "body", "--stopwords", "klingon"], "iso-ko"),
        (["--text", "body", "--window", "0"], "window"),
    ],
)
def test_mistakes_are_answered_in_a_line(tmp_path, jsonl, arguments, hint):
    message = demo(tmp_path, jsonl, *arguments, expect=2)
    assert message.startswith("kolloc: ")
    assert hint in message


def test_a_missing_file_is_named(tmp_path):
    assert "absent.csv" in demo(tmp_path, "absent.csv", expect=2)
