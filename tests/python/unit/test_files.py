"""Texts from files: folders, globs, tables; encodings and what is wrong with a byte."""

import codecs
import json

import pytest

from kolloc import Corpus
from kolloc.exceptions import (
    DocumentError,
    DuplicateNamesError,
    EncodingError,
    InputTypeError,
    KollocError,
    MissingTextWarning,
    ParameterError,
    ReplacedBytesWarning,
)

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
pd = pytest.importorskip("pandas")

TEXTS = ['Peace, "talks" resume.\nSecond line.', "평화 협상 🕊", "NA"]


def fill(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


# Text files


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path):
    fill(tmp_path, {"b.txt": "b\r\n", "a.md": "a", "sub/c.TXT": "c", "notes.pdf": "no", "empty.txt": ""})
    corpus = Corpus(tmp_path)
    assert list(zip(corpus.names, corpus, strict=True)) == [("a", "a"), ("b", "b\r\n"), ("empty", ""), ("c", "c")]
    assert corpus.metadata is None
    assert corpus == Corpus(str(tmp_path))
    assert corpus.provenance["steps"][0]["parameters"]["source"] == str(tmp_path)


def test_names_that_clash_are_paths_below_the_folder(tmp_path):
    fill(tmp_path, {"herald/1.txt": "a", "post/1.txt": "b"})
    assert list(Corpus(tmp_path).names) == ["herald/1.txt", "post/1.txt"]
    assert list(Corpus(f"{tmp_path}/*/1.txt").names) == ["herald/1.txt", "post/1.txt"]
    assert list(Corpus(tmp_path, names=["p", "q"]).names) == ["p", "q"]


def test_globs_and_single_files(tmp_path):
    fill(tmp_path, {"1.txt": "a", "2.txt": "b", "3.md": "c", "sub/4.txt": "d"})
    assert list(Corpus(tmp_path / "*.txt")) == ["a", "b"]
    assert list(Corpus(tmp_path / "**" / "*.txt")) == ["a", "b", "d"]
    assert list(Corpus(tmp_path / "3.md")) == ["c"]
    with pytest.raises(ParameterError, match="^text names a column, and text files have none, got 'text'$"):
        Corpus(tmp_path, text="text")


def test_what_is_not_there(tmp_path):
    fill(tmp_path, {"a.pdf": "no", "b.txt": "b", "c.csv": "text\na"})
    with pytest.raises(FileNotFoundError, match="a single str is read as a path, for one document pass"):
        Corpus("Peace talks resume.")
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        Corpus(tmp_path / "*.md")
    (tmp_path / "none").mkdir()
    with pytest.raises(FileNotFoundError, match="no .txt or .md files in this folder"):
        Corpus(tmp_path / "none")
    with pytest.raises(InputTypeError, match="a.pdf' must end in one of '.txt', '.md', '.csv'"):
        Corpus(tmp_path / "a.pdf")
    with pytest.raises(InputTypeError, match="from text files or from one table, got 2 files"):
        Corpus(tmp_path / "[bc].*")


def test_byte_order_marks_are_dropped(tmp_path):
    fill(tmp_path, {"a.txt": codecs.BOM_UTF8 + "é".encode(), "b.txt": "é"})
    assert list(Corpus(tmp_path)) == ["é", "é"]
    fill(tmp_path, {"c.txt": "é".encode("utf-16")})
    assert list(Corpus(tmp_path / "c.txt", encoding="utf-16")) == ["é"]


def test_an_invalid_byte_is_named_with_its_file(tmp_path):
    fill(tmp_path, {"a.txt": "fine", "b.txt": b"caf\xe9 au lait", "c.txt": codecs.BOM_UTF8 + b"ab\xff"})
    with pytest.raises(EncodingError, match=r"b\.txt' is not valid utf-8 at byte 3; pass the encoding") as caught:
        Corpus(tmp_path)
    assert (caught.value.file, caught.value.byte, caught.value.row) == (str(tmp_path / "b.txt"), 3, 1)
    with pytest.raises(EncodingError, match=r"c\.txt' is not valid utf-8 at byte 5"):
        Corpus(tmp_path / "c.txt")
    assert list(Corpus(tmp_path / "b.txt", encoding="latin-1")) == ["café au lait"]
    fill(tmp_path, {"d.txt": "text".encode("utf-16")})
    with pytest.raises(EncodingError, match="at byte 0; the file starts like utf-16$"):
        Corpus(tmp_path / "d.txt")
    with pytest.raises(ParameterError, match="^encoding must be one that Python knows.*got 'utf-9'$"):
        Corpus(tmp_path, encoding="utf-9")


def test_invalid_bytes_are_replaced_and_counted_on_request(tmp_path):
    fill(tmp_path, {"a.txt": b"caf\xe9, caf\xe9, \xef\xbf\xbd", "b.txt": b"\xff", "c.txt": "fine"})
    message = "^3 invalid byte sequences in 2 files were replaced by U.FFFD: "
    with pytest.warns(ReplacedBytesWarning, match=message) as caught:
        corpus = Corpus(tmp_path, errors="replace")
    assert list(corpus) == ["caf\ufffd, caf\ufffd, \ufffd", "\ufffd", "fine"]
    assert caught[0].filename == __file__


# Tables


def tables(folder):
    frame = pd.DataFrame({"id": ["x", "y", "z"], "text": TEXTS, "year": [1990, 1991, 1992]})
    frame.to_csv(folder / "table.csv", index=False)
    frame.to_csv(folder / "table.tsv", index=False, sep="\t")
    frame.to_parquet(folder / "table.parquet")
    lines = [json.dumps(row, ensure_ascii=False) for row in frame.to_dict("records")]
    (folder / "table.jsonl").write_text("\n".join(lines) + "\n\n")
    (folder / "table.ndjson").write_text("\n".join(lines))
    return frame


@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet", "jsonl", "ndjson"])
def test_a_table_in_a_file(tmp_path, kind):
    frame = tables(tmp_path)
    corpus = Corpus(tmp_path / f"table.{kind}", text="text", names="id")
    assert list(corpus) == TEXTS
    assert list(corpus.names) == ["x", "y", "z"]
    pd.testing.assert_frame_equal(corpus.metadata, frame[["id", "year"]])
    with pytest.raises(ParameterError, match="did you mean 'text'"):
        Corpus(tmp_path / f"table.{kind}", text="texts")


@pytest.mark.parametrize("package", ["polars", "pyarrow"])
@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet", "jsonl"])
def test_tables_without_pandas(tmp_path, monkeypatch, kind, package):
    pytest.importorskip(package)
    frame = tables(tmp_path)
    monkeypatch.setattr("kolloc._interop.find_spec", lambda name: name == package)
    corpus = Corpus(tmp_path / f"table.{kind}", text="text")
    assert list(corpus) == TEXTS
    assert type(corpus.metadata).__module__.split(".")[0] == package
    assert list(corpus.where(year=1991)) == TEXTS[1:2]
    assert frame["id"].tolist() == list(corpus.group("id"))


def test_tables_without_any_reader(tmp_path, monkeypatch):
    tables(tmp_path)
    monkeypatch.setattr("kolloc._interop.find_spec", lambda _: None)
    for kind in ("csv", "jsonl", "parquet"):
        with pytest.raises(ImportError, match="pip install 'kolloc"):
            Corpus(tmp_path / f"table.{kind}")


def test_empty_cells_are_missing_and_nothing_else_is(tmp_path):
    fill(tmp_path, {"a.csv": "text,land\nNA,NA\n,\nnull,None\n"})
    with pytest.warns(MissingTextWarning, match="^1 of 3"):
        corpus = Corpus(tmp_path / "a.csv", text="text")
    assert list(corpus) == ["NA", "", "null"]
    assert list(corpus.group("land")) == ["NA", None, "None"]


def test_tables_with_marks_and_encodings(tmp_path):
    fill(tmp_path, {"a.csv": codecs.BOM_UTF8 + "text\né\n".encode(), "b.csv": "text\né\n".encode("cp1252")})
    fill(tmp_path, {"c.jsonl": codecs.BOM_UTF8 + b'{"text": "\\u00e9"}\n', "d.tsv": "text\né\n".encode("utf-16")})
    assert list(Corpus(tmp_path / "a.csv", text="text")) == ["é"]
    assert list(Corpus(tmp_path / "b.csv", encoding="cp1252")) == ["é"]
    assert list(Corpus(tmp_path / "c.jsonl", text="text")) == ["é"]
    assert list(Corpus(tmp_path / "d.tsv", encoding="utf-16")) == ["é"]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_invalid_byte_in_a_table_is_found_at_any_distance(tmp_path, kind):
    start = b"text\n" if kind == "csv" else b""
    line = b"some words\n" if kind == "csv" else b'{"text": "some words"}\n'
    before = start + line * 100_000
    bad = line.replace(b"words", b"w\xe9rds")
    file = fill(tmp_path, {f"a.{kind}": before + bad + line}) / f"a.{kind}"
    with pytest.raises(EncodingError, match="is not valid utf-8 at byte") as caught:
        Corpus(file)
    assert caught.value.byte == len(before) + bad.index(b"\xe9")
    with pytest.warns(ReplacedBytesWarning, match="^1 invalid byte sequences in 1 files") as warned:
        corpus = Corpus(file, errors="replace")
    assert warned[0].filename == __file__
    assert corpus[100_000] == "some w\ufffdrds"


def test_lines_that_are_no_objects_are_named(tmp_path):
    for line, message in {
        "{": "line 2 is not JSON: Expecting property name",
        "3": "line 2 must be a JSON object, got int$",
    }.items():
        fill(tmp_path, {"a.jsonl": '{"text": "a"}\n' + line + "\n"})
        with pytest.raises(DocumentError, match=message) as caught:
            Corpus(tmp_path / "a.jsonl")
        assert caught.value.row == 1


def test_keys_may_be_absent(tmp_path):
    fill(tmp_path, {"a.jsonl": '{"text": "a"}\n{"year": 1990, "text": "b"}\n{"year": 1991}\n'})
    with pytest.warns(MissingTextWarning, match="^1 of 3"):
        corpus = Corpus(tmp_path / "a.jsonl")
    assert list(corpus) == ["a", "b", ""]
    assert list(corpus.group("year")) == [None, 1990.0, 1991.0]


def test_half_a_surrogate_pair_in_json_is_named(tmp_path):
    fill(tmp_path, {"a.jsonl": '{"text": "a"}\n{"text": "\\ud83d"}\n'})
    with pytest.raises(DocumentError, match="row 1: holds half of a surrogate pair at character 0"):
        Corpus(tmp_path / "a.jsonl")


def test_the_index_in_a_parquet_file_names_the_documents(tmp_path):
    frame = pd.DataFrame({"text": ["a", "b"], "year": [1, 2]}, index=[10, 20])
    frame.to_parquet(tmp_path / "a.parquet")
    corpus = Corpus(tmp_path / "a.parquet")
    assert list(corpus.names) == ["10", "20"]
    pd.testing.assert_frame_equal(corpus.metadata, frame[["year"]])


def test_empty_and_broken_tables(tmp_path):
    fill(tmp_path, {"a.csv": "", "b.csv": "text,year\n", "c.jsonl": "", "d.parquet": "no", "e.csv": 'text\n"open'})
    with pytest.raises(KollocError, match="a.csv' is empty; it needs at least a line"):
        Corpus(tmp_path / "a.csv")
    assert len(Corpus(tmp_path / "b.csv", text="text")) == 0
    assert len(Corpus(tmp_path / "c.jsonl", text="text")) == 0
    with pytest.raises(KollocError, match="d.parquet' cannot be read as Parquet"):
        Corpus(tmp_path / "d.parquet")
    with pytest.raises(KollocError, match="e.csv' cannot be read as a table"):
        Corpus(tmp_path / "e.csv")


def test_names_in_a_file_are_checked(tmp_path):
    fill(tmp_path, {"a.csv": "id,text\n1,a\n1,b\n"})
    with pytest.raises(DuplicateNamesError):
        Corpus(tmp_path / "a.csv", names="id")
