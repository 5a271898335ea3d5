"""Every source of documents, and what is refused."""

import re
import warnings

import numpy as np
import pytest

import kolloc
from kolloc import Corpus
from kolloc._interop import documents_from_series
from kolloc.exceptions import (
    DocumentError,
    DuplicateNamesError,
    EncodingError,
    InputTypeError,
    KollocError,
    MissingTextWarning,
    ParameterError,
)

duckdb = pytest.importorskip("duckdb")
nw = pytest.importorskip("narwhals")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

TEXTS = ["Peace talks resume.", "", "평화 협상 🕊 é", "a\x00b\r\n" + "long " * 50]
YEARS = [1991, 1992, 1993, 1994]


class OnlyStream:
    """An object that offers an Arrow stream and nothing else."""

    def __init__(self, data):
        self.data = data

    def __arrow_c_stream__(self, requested_schema=None):
        return self.data.__arrow_c_stream__(requested_schema)


def relation():
    table = pa.table({"text": TEXTS, "year": YEARS})
    return duckdb.connect().from_arrow(table)


COLUMNS = {
    "list": lambda: list(TEXTS),
    "tuple": lambda: tuple(TEXTS),
    "generator": lambda: (text for text in TEXTS),
    "numpy objects": lambda: np.array(TEXTS, dtype=object),
    "numpy strings": lambda: np.array(TEXTS, dtype=np.dtypes.StringDType()),
    "mapping": lambda: dict(zip("abcd", TEXTS, strict=True)),
    "pandas str": lambda: pd.Series(TEXTS),
    "pandas object": lambda: pd.Series(TEXTS, dtype=object),
    "pandas string": lambda: pd.Series(TEXTS, dtype="string"),
    "pandas string[python]": lambda: pd.Series(TEXTS, dtype="string[python]"),
    "pandas arrow": lambda: pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.string())),
    "pandas category": lambda: pd.Series(TEXTS, dtype="category"),
    "polars": lambda: pl.Series(TEXTS),
    "polars categorical": lambda: pl.Series(TEXTS, dtype=pl.Categorical),
    "polars enum": lambda: pl.Series(TEXTS, dtype=pl.Enum(TEXTS)),
    "polars object": lambda: pl.Series(TEXTS, dtype=pl.Object),
    "pyarrow array": lambda: pa.array(TEXTS),
    "pyarrow large": lambda: pa.array(TEXTS, pa.large_string()),
    "pyarrow view": lambda: pa.array(TEXTS, pa.string_view()),
    "pyarrow dictionary": lambda: pa.array(TEXTS).dictionary_encode(),
    "pyarrow slice": lambda: pa.array(["before", *TEXTS, "after"]).slice(1, 4),
    "pyarrow chunks": lambda: pa.chunked_array([TEXTS[:1], [], TEXTS[1:]], pa.string()),
    "narwhals series": lambda: nw.from_native(pl.Series(TEXTS), series_only=True),
    "stream of a column": lambda: OnlyStream(pa.chunked_array([TEXTS])),
}

TABLES = {
    "pandas": (lambda: pd.DataFrame({"text": TEXTS, "year": YEARS}), pd.DataFrame),
    "pandas category": (
        lambda: pd.DataFrame({"text": pd.Series(TEXTS, dtype="category"), "year": YEARS}),
        pd.DataFrame,
    ),
    "polars": (lambda: pl.DataFrame({"text": TEXTS, "year": YEARS}), pl.DataFrame),
    "polars lazy": (lambda: pl.LazyFrame({"text": TEXTS, "year": YEARS}), pl.DataFrame),
    "narwhals": (lambda: nw.from_native(pl.DataFrame({"text": TEXTS, "year": YEARS})), pl.DataFrame),
    "pyarrow table": (lambda: pa.table({"text": TEXTS, "year": YEARS}), pa.Table),
    "pyarrow batch": (lambda: pa.record_batch({"text": TEXTS, "year": YEARS}), pa.Table),
    "pyarrow reader": (lambda: pa.table({"text": TEXTS, "year": YEARS}).to_reader(max_chunksize=2), pa.Table),
    "duckdb": (relation, pa.Table),
    "stream of a table": (lambda: OnlyStream(pa.table({"text": TEXTS, "year": YEARS})), pa.Table),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_corpus_of_a_column(kind):
    corpus = Corpus(COLUMNS[kind]())
    assert list(corpus) == TEXTS
    assert corpus.metadata is None
    assert corpus.n_bytes == sum(len(text.encode()) for text in TEXTS)
    assert list(corpus.names) == (list("abcd") if kind == "mapping" else ["0", "1", "2", "3"])


@pytest.mark.parametrize("kind", TABLES)
def test_a_corpus_of_a_table(kind):
    make, frame_type = TABLES[kind]
    corpus = Corpus(make(), text="text")
    assert list(corpus) == TEXTS
    assert type(corpus.metadata) is frame_type
    assert nw.from_native(corpus.metadata).columns == ["year"]
    assert nw.from_native(corpus.metadata)["year"].to_list() == YEARS


@pytest.mark.parametrize("kind", [*COLUMNS, *TABLES])
def test_all_sources_have_one_fingerprint(kind):
    corpus = Corpus(COLUMNS[kind]()) if kind in COLUMNS else Corpus(TABLES[kind][0](), text="text")
    expected = Corpus(TEXTS).provenance["input"]
    assert corpus.provenance["input"] == expected


MISSING = {
    "list": [None, "a", float("nan"), pd.NA, pd.NaT],
    "pandas str": pd.Series([None, "a", None, None, None], dtype="str"),
    "pandas object": pd.Series([None, "a", np.nan, pd.NA, pd.NaT], dtype=object),
    "pandas string": pd.Series([None, "a", None, None, None], dtype="string"),
    "pandas category": pd.Series([None, "a", None, None, None], dtype="category"),
    "polars": pl.Series([None, "a", None, None, None]),
    "polars categorical": pl.Series([None, "a", None, None, None], dtype=pl.Categorical),
    "pyarrow": pa.array([None, "a", None, None, None]),
}


@pytest.mark.parametrize("kind", MISSING)
def test_missing_texts_are_empty_and_one_warning_counts_them(kind):
    with pytest.warns(MissingTextWarning, match=r"^4 of 5 documents without text, counted as empty$") as caught:
        corpus = Corpus(MISSING[kind])
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert list(corpus) == ["", "a", "", "", ""]
    assert corpus.n_missing == 4


@pytest.mark.parametrize(
    "data",
    [
        [None, None],
        pd.Series([None, None]),
        pd.Series([np.nan, np.nan]),
        pl.Series([None, None]),
        pa.nulls(2),
    ],
    ids=["list", "pandas objects", "pandas floats", "polars", "pyarrow"],
)
def test_a_column_with_nothing_in_it_is_missing_text(data):
    with pytest.warns(MissingTextWarning, match="^2 of 2"):
        assert list(Corpus(data)) == ["", ""]


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        pd.Series([], dtype="str"),
        pd.Series([]),
        pd.DataFrame({"text": []}),
        pl.Series([], dtype=pl.String),
        pl.DataFrame({"text": [], "year": []}),
        pa.array([], pa.string()),
        pa.table({"text": pa.array([], pa.string()), "year": pa.array([], pa.int64())}),
    ],
    ids=lambda data: f"{type(data).__module__.split('.')[0]}.{type(data).__name__}",
)
def test_an_empty_corpus_is_a_corpus(data):
    corpus = Corpus(data, text="text" if hasattr(data, "columns") else None)
    assert (len(corpus), corpus.n_bytes, list(corpus), list(corpus.names)) == (0, 0, [], [])
    assert len(corpus.head()) == len(corpus[:1]) == len(corpus.filter([])) == len(corpus.sample(0)) == 0
    assert repr(corpus).startswith("<Corpus: 0 documents, 0 B")
    assert "0 documents" in corpus._repr_html_()


# No copy


def addresses(array):
    return [buffers[-1].address for buffers in (chunk.buffers() for chunk in array.chunks)]


def test_text_of_pandas_is_borrowed():
    series = pd.Series(TEXTS * 10)
    if series.dtype != "str" or series.dtype.storage != "pyarrow":
        pytest.skip("this pandas does not hold text in Arrow buffers")
    corpus = Corpus(pd.DataFrame({"text": series, "year": 1}))
    assert corpus._documents.buffer_addresses() == addresses(series.array.__arrow_array__())


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_text_of_pyarrow_is_borrowed(kind):
    column = pa.chunked_array([TEXTS, TEXTS], kind)
    table = pa.table({"text": column})
    assert Corpus(column)._documents.buffer_addresses() == addresses(column)
    assert Corpus(table)._documents.buffer_addresses() == addresses(column)
    assert Corpus(table)[3:6]._documents.buffer_addresses() == addresses(column)


def test_views_of_pyarrow_are_borrowed():
    array = pa.array(TEXTS, pa.string_view())
    assert Corpus(array)._documents.buffer_addresses() == [buffer.address for buffer in array.buffers()[2:]]


def test_texts_outlive_their_source():
    corpus = Corpus(pa.array(TEXTS * 1000))
    assert list(corpus) == TEXTS * 1000


def test_pandas_without_pyarrow_is_read_as_objects(monkeypatch):
    def missing(*_):
        raise ImportError("no pyarrow")

    series = pd.Series(TEXTS)
    monkeypatch.setattr(type(series), "__arrow_c_stream__", missing, raising=False)
    assert documents_from_series(series).texts() == TEXTS


# Which column, which names


def test_the_text_column_is_found():
    year = [1, 2]
    assert list(Corpus(pd.DataFrame({"year": year, "anything": ["a", "b"]}))) == ["a", "b"]
    assert list(Corpus(pd.DataFrame({"outlet": ["x", "y"], "Body": ["a", "b"]}))) == ["a", "b"]
    assert list(Corpus(pl.DataFrame({"outlet": ["x", "y"], "article": ["a", "b"]}))) == ["a", "b"]
    assert list(Corpus(pd.DataFrame({"o": pd.Series(["x", "y"], dtype="category"), "t": ["a", "b"]}))) == ["a", "b"]


def test_an_unclear_text_column_is_asked_for():
    with pytest.raises(ParameterError, match=r"^text must name one of the text columns 'outlet', 'page'; pass text=$"):
        Corpus(pd.DataFrame({"outlet": ["x"], "page": ["a"], "year": [1]}))
    with pytest.raises(ParameterError, match=r"^no column holds text; the columns are 'year'$"):
        Corpus(pd.DataFrame({"year": [1]}))
    message = "text must be one of the columns 'outlet', 'Text', got 'text'; did you mean 'Text'?"
    with pytest.raises(ParameterError, match=f"^{re.escape(message)}$") as caught:
        Corpus(pl.DataFrame({"outlet": ["x"], "Text": ["a"]}), text="text")
    assert (caught.value.parameter, caught.value.value) == ("text", "text")
    with pytest.raises(InputTypeError, match="^columns must be named by str, got 0; rename them first$"):
        Corpus(pd.DataFrame({0: ["a", "b"]}))
    with pytest.raises(ParameterError, match="^text names a column, and the data has none"):
        Corpus(["a"], text="text")


def test_the_index_of_pandas_names_the_documents():
    frame = pd.DataFrame({"text": ["a", "b", "c"], "year": [1, 2, 3]}, index=["x", "y", "z"])
    corpus = Corpus(frame)
    assert list(corpus.names) == ["x", "y", "z"]
    assert list(corpus.metadata.index) == ["x", "y", "z"]
    assert list(corpus[1:].metadata.index) == ["y", "z"]
    assert list(Corpus(frame["text"]).names) == ["x", "y", "z"]
    assert list(Corpus(frame.set_index("year")).names) == ["1", "2", "3"]
    assert list(Corpus(pd.Series(["a"], index=pd.to_datetime(["2020-01-02"]))).names) == ["2020-01-02 00:00:00"]
    two = pd.MultiIndex.from_tuples([("Herald", 1), ("Post", 1)])
    assert list(Corpus(pd.Series(["a", "b"], index=two)).names) == ["('Herald', 1)", "('Post', 1)"]


@pytest.mark.parametrize(
    "names",
    [["p", "q"], ("p", "q"), np.array(["p", "q"]), pd.Series(["p", "q"]), pl.Series(["p", "q"]), pa.array(["p", "q"])],
    ids=lambda names: type(names).__module__,
)
def test_names_can_be_given(names):
    assert list(Corpus(["a", "b"], names=names).names) == ["p", "q"]


def test_names_can_be_a_column_that_stays_in_the_metadata():
    corpus = Corpus(pl.DataFrame({"text": ["a", "b"], "id": [7, 9]}), names="id")
    assert list(corpus.names) == ["7", "9"]
    assert corpus.metadata.columns == ["id"]
    assert corpus.text("9") == "b"


def test_names_are_checked():
    with pytest.raises(
        DuplicateNamesError, match=r"^names must be distinct, but 2 of them occur more than once: 'p', 'q'"
    ):
        Corpus(list("abcde"), names=["p", "q", "p", "q", "r"])
    with pytest.raises(DuplicateNamesError, match=r"1 of them occur more than once: '0'.*reset the index") as caught:
        Corpus(pd.DataFrame({"text": ["a", "b"]}, index=[0, 0]))
    assert caught.value.names == ("0",)
    with pytest.raises(ParameterError, match=r"^names must have one value for each of 2 documents, got 1$"):
        Corpus(["a", "b"], names=["p"])
    with pytest.raises(ParameterError, match=r"^names must not be missing, but the one in row 1 is$"):
        Corpus(["a", "b"], names=["p", None])
    with pytest.raises(ParameterError, match="^names gives a column, and the data has none, got 'id'$"):
        Corpus(["a", "b"], names="id")
    with pytest.raises(
        ParameterError, match="^names must be one of the columns 'text', 'id', got 'ID'; did you mean 'id'"
    ):
        Corpus(pl.DataFrame({"text": ["a"], "id": [1]}), names="ID")


# What is refused

REFUSED = {
    "a number": (lambda: 5, InputTypeError, "data must be a list of str, a DataFrame or Series"),
    "bytes": (lambda: b"text", InputTypeError, "got bytes"),
    "a set": (lambda: {"a", "b"}, InputTypeError, "got set"),
    "a text": (lambda: "Peace talks\nresume.", InputTypeError, r"for one document pass \[text\]"),
    "a corpus": (lambda: Corpus(["a"]), InputTypeError, "^data is a Corpus already$"),
    "numbers in a list": (lambda: ["a", 3], InputTypeError, "got int 3 in row 1$"),
    "bytes in a list": (lambda: ["a", b"x"], InputTypeError, "got bytes b'x' in row 1$"),
    "numbers in pandas": (
        lambda: pd.Series([1, 2]),
        InputTypeError,
        "^the data must hold text, got values of type Int64",
    ),
    "numbers in polars": (
        lambda: pl.Series([1.5, 2]),
        InputTypeError,
        "^the data must hold text, got values of type Fl",
    ),
    "numbers among objects": (lambda: pd.Series(["a", 3], dtype=object), InputTypeError, "got int 3 in row 1"),
    "numbers in categories": (lambda: pd.Series([1, 2], dtype="category"), InputTypeError, "values of type Int64"),
    "a surrogate": (lambda: ["a", "b\ud800"], DocumentError, "row 1: holds half of a surrogate pair at character 1"),
    "two dimensions": (lambda: np.array([["a"]]), InputTypeError, "^an array of texts must have one dimension, got 2$"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_text_is_refused(kind):
    make, exception, message = REFUSED[kind]
    with pytest.raises(exception, match=message):
        Corpus(make())


def test_an_error_in_a_table_names_the_column():
    with pytest.raises(InputTypeError, match="^column 'year' must hold text, got values of type Int64"):
        Corpus(pd.DataFrame({"text": ["a"], "year": [1]}), text="year")
    with pytest.raises(InputTypeError, match="got int 3 in row 1") as caught:
        Corpus(pd.DataFrame({"page": pd.Series(["a", 3], dtype=object)}), text="page")
    assert caught.value.__notes__ == ["while reading column 'page'"]


def test_invalid_utf8_in_arrow_names_the_row():
    offsets = pa.py_buffer(np.array([0, 1, 4, 5], dtype=np.int32))
    bad = pa.StringArray.from_buffers(3, offsets, pa.py_buffer(b"aok\xffb"))
    with pytest.raises(EncodingError, match="^row 3 is not valid UTF-8 at byte 2") as caught:
        Corpus(pa.table({"page": pa.chunked_array([pa.array(["fine", "fine"]), bad])}))
    assert (caught.value.row, caught.value.byte) == (3, 2)
    assert caught.value.__notes__ == ["while reading column 'page'"]


def test_a_stream_that_was_read_is_refused():
    reader = pa.table({"text": TEXTS}).to_reader()
    assert len(Corpus(reader)) == 4
    with pytest.raises((KollocError, pa.ArrowInvalid), match="read"):
        Corpus(reader)


def test_options_are_checked():
    with pytest.raises(ParameterError, match="^errors must be one of 'strict', 'replace', got 'ignore'$"):
        Corpus(["a"], errors="ignore")


def test_reading_texts_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(Corpus(["", "a"])) == 2
    assert kolloc.Corpus is Corpus
