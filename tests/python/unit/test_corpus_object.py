"""A corpus as an object: immutable, comparable, picklable, showing itself."""

import copy
import json
import multiprocessing
import operator
import pickle
import re

import pytest

import kolloc
from kolloc import Corpus
from kolloc.exceptions import MissingTextWarning

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")


def pages():
    return pd.DataFrame(
        {
            "date": pd.to_datetime(["2020-01-02", "2020-03-04", None]),
            "outlet": ["Herald", "<script>alert(1)</script>", "Herald"],
            "text": ["Peace talks <b>resume</b>.", "Markets\nfall.", "평화 협상"],
        },
        index=["x", "<y>", "z"],
    )


def test_a_corpus_cannot_be_changed():
    corpus = Corpus(pages())
    for name in ("_documents", "names", "new"):
        with pytest.raises(
            AttributeError, match=f"^a Corpus is immutable; make a new one instead of setting '{name}'$"
        ):
            setattr(corpus, name, None)
    with pytest.raises(AttributeError):
        del corpus._names
    with pytest.raises(TypeError):
        corpus[0] = "new"
    with pytest.raises(TypeError):
        hash(corpus)


def test_changes_outside_do_not_reach_in():
    frame = pages()
    corpus = Corpus(frame)
    frame.loc["x", "outlet"] = "Post"
    frame.loc["x", "text"] = "changed"
    frame["new"] = 1
    metadata = corpus.metadata
    metadata.loc["x", "outlet"] = "Post"
    metadata["new"] = 1
    corpus.provenance["steps"].clear()
    assert corpus == Corpus(pages())
    assert list(corpus.metadata.columns) == ["date", "outlet"]
    assert len(corpus.provenance["steps"]) == 1


def test_equal_means_texts_names_and_metadata():
    corpus = Corpus(pages())
    assert corpus == Corpus(pages()) == corpus[:]
    assert corpus != Corpus(pages().drop(columns="date"))
    assert corpus != Corpus(pages().reset_index(drop=True))
    assert corpus != corpus[:2]
    assert corpus != 3
    assert Corpus(["a", "b"]) == Corpus(pa.chunked_array([["a"], ["b"]])) == Corpus(["a", "b"], names=["0", "1"])
    assert Corpus(["a"]) != Corpus(["b"])
    with pytest.warns(MissingTextWarning):
        assert Corpus([None]) != Corpus([""])


@pytest.mark.parametrize("make", [pages, lambda: pl.from_pandas(pages()), lambda: pa.Table.from_pandas(pages())])
def test_a_corpus_survives_pickle_and_copy(make):
    corpus = Corpus(make(), text="text")[[2, 0]]
    for other in (pickle.loads(pickle.dumps(corpus)), copy.copy(corpus), copy.deepcopy(corpus)):
        assert other == corpus
        assert other.provenance == corpus.provenance
        assert other[0] == "평화 협상"
        assert other[1:].text(0) == "Peace talks <b>resume</b>."


def test_a_pickled_part_is_as_small_as_the_part():
    corpus = Corpus(["long " * 1000] * 100)
    assert len(pickle.dumps(corpus[:1])) < 10_000


def test_missing_texts_stay_missing_in_a_pickle():
    with pytest.warns(MissingTextWarning):
        corpus = Corpus(["a", None, ""])
    other = pickle.loads(pickle.dumps(corpus))
    assert other._documents.is_missing().tolist() == [False, True, False]


@pytest.mark.timeout(120)
def test_a_corpus_goes_to_a_spawned_process():
    corpus = Corpus(pages())
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        for look in (list, repr, operator.attrgetter("provenance", "names", "n_missing")):
            assert pool.apply(look, (corpus,)) == look(corpus)


def test_the_provenance_names_every_step_and_parameter():
    corpus = Corpus(pages()).where(outlet=["Herald"]).sample(1, seed=3)[:1]
    record = corpus.provenance
    assert json.loads(json.dumps(record)) == record
    assert record["kolloc"] == kolloc.__version__
    assert record["input"] == Corpus(pages()["text"]).provenance["input"]
    source = {"source": "pandas.DataFrame", "text": "text", "names": None, "encoding": "utf-8", "errors": "strict"}
    assert record["steps"] == [
        {"step": "corpus", "parameters": source, "missing": 0},
        {"step": "where", "parameters": {"outlet": ["Herald"]}, "documents": 2},
        {"step": "sample", "parameters": {"n": 1, "seed": 3}, "documents": 1},
        {"step": "slice", "parameters": {"start": None, "stop": 1, "step": None}, "documents": 1},
    ]


def test_the_fingerprint_is_computed_when_asked_for():
    corpus = Corpus(["a"])
    assert corpus._provenance._input is None
    assert corpus.provenance["input"]["fingerprint"] == corpus._documents.fingerprint()


def test_repr():
    assert repr(Corpus(pages())) == (
        "<Corpus: 3 documents, 52 B, metadata: date, outlet>\n"
        "x    Peace talks <b>resume</b>.\n"
        "<y>  Markets fall.\n"
        "z    평화 협상"
    )
    assert repr(Corpus([])) == "<Corpus: 0 documents, 0 B>"
    assert repr(Corpus(["a"])) == "<Corpus: 1 document, 1 B>\n0  a"
    with pytest.warns(MissingTextWarning):
        assert repr(Corpus([None])) == "<Corpus: 1 document, 0 B, 1 missing>\n0"


def test_repr_is_bounded():
    lines = repr(Corpus(["long text " * 1000] * 50_000)).split("\n")
    assert lines[0] == "<Corpus: 50,000 documents, 500.0 MB>"
    assert lines[-1] == "... 49,995 more documents"
    assert len(lines) == 7
    assert max(map(len, lines)) < 80
    wide = pl.DataFrame({"text": ["a"], **{f"c{i}": [i] for i in range(100)}})
    assert repr(Corpus(wide)).startswith("<Corpus: 1 document, 1 B, metadata: c0, c1, c2, c3, c4, c5, c6, c7, ...>")


def unstyled(html):
    return re.sub(r' style="[^"]*"', "", html)


def test_html():
    assert unstyled(Corpus(pages())._repr_html_()) == (
        "<div><p><strong>Corpus</strong>: 3 documents, 52 B, 0 without text</p>"
        "<table><thead><tr><th>metadata</th><th>type</th><th>values</th></tr></thead><tbody>"
        "<tr><td>date</td><td>Datetime</td><td>2020-01-02 to 2020-03-04; 1 missing</td></tr>"
        "<tr><td>outlet</td><td>String</td>"
        "<td>2 distinct: Herald (2), &lt;script&gt;alert(1)&lt;/script&gt; (1)</td></tr></tbody></table>"
        "<table><thead><tr><th>name</th><th>text</th></tr></thead><tbody>"
        "<tr><td>x</td><td>Peace talks &lt;b&gt;resume&lt;/b&gt;.</td></tr>"
        "<tr><td>&lt;y&gt;</td><td>Markets fall.</td></tr>"
        "<tr><td>z</td><td>평화 협상</td></tr></tbody></table></div>"
    )


def test_html_needs_no_network_and_takes_any_metadata():
    frame = pd.DataFrame({"text": ["a", "b"], "tags": [["x"], ["y"]], "mixed": ["x", 1], "flag": [True, False]})
    html = unstyled(Corpus(frame, text="text")._repr_html_())
    assert "http" not in html
    assert "<td>tags</td><td>Object</td><td>[&#x27;x&#x27;] to [&#x27;y&#x27;]</td>" in html
    assert "<td>flag</td><td>Boolean</td><td>2 distinct: True (1), False (1)</td>" in html


def test_names_are_a_sequence():
    names = Corpus(["a", "b", "c"], names=["p", "q", "r"]).names
    assert (names[0], names[-1], list(names[1:]), len(names)) == ("p", "r", ["q", "r"], 3)
    assert "q" in names
    assert names.index("r") == 2
    assert repr(names) == "<Names: 'p', 'q', 'r'>"
    assert pickle.loads(pickle.dumps(names)) == names
