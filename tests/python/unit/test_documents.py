"""The texts as the core hands them out: the border speaks before the binding library does."""

import pickle

import numpy as np
import pytest

from kolloc._core import Documents
from kolloc.exceptions import EncodingError, InputTypeError, ParameterError

TEXTS = ["peace", None, "평화"]


def test_what_documents_hold():
    documents = Documents.from_strings(TEXTS)
    assert (len(documents), documents.n_missing, documents.n_bytes) == (3, 1, 11)
    assert documents.texts() == ["peace", "", "평화"]
    assert documents.text(2) == "평화"
    assert documents.is_missing().tolist() == [False, True, False]
    assert repr(documents) == "<Documents: 3 texts, 11 bytes>"
    with pytest.raises(IndexError, match="^row 3 is out of range for 3 documents$"):
        documents.text(3)


def test_buffers_go_out_and_come_back():
    documents = Documents.from_strings(TEXTS)
    text, offsets = documents.to_buffers()
    assert (text, offsets.tolist(), offsets.dtype) == ("peace평화".encode(), [0, 5, 5, 11], np.int64)
    assert Documents.from_buffers(text, offsets, documents.is_missing()) == documents
    assert Documents.from_buffers(text, offsets) == Documents.from_strings(["peace", "", "평화"])
    assert pickle.loads(pickle.dumps(documents)) == documents


def test_buffers_are_checked():
    with pytest.raises(EncodingError, match="^row 1 is not valid UTF-8 at byte 0$"):
        Documents.from_buffers(b"a\xff", np.array([0, 1, 2]))
    with pytest.raises(ParameterError, match="^offsets must be ascending boundaries from 0 to at most 1 bytes"):
        Documents.from_buffers(b"a", np.array([0, 2]))
    with pytest.raises(ParameterError, match="^missing must be one value for each of 1 rows, got 2 values$"):
        Documents.from_buffers(b"a", np.array([0, 1]), np.array([True, False]))


def test_arrays_have_the_exact_type():
    documents = Documents.from_strings(TEXTS)
    for rows, found in {
        "int64": np.array([0]),
        "uint32 with 2 dimensions": np.zeros((1, 1), dtype=np.uint32),
        "a strided view of uint32": np.arange(4, dtype=np.uint32)[::2],
        "list": [0],
    }.items():
        with pytest.raises(InputTypeError, match=f"got .*{rows}.* where rows should be one of uint32"):
            documents.take(found)
    with pytest.raises(ParameterError, match="^rows must be below the number of documents, 3, got 3$"):
        documents.take(np.array([3], dtype=np.uint32))


def test_streams_are_checked():
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"text": TEXTS, "year": [1, 2, 3]})
    assert Documents.from_arrow(table, "text", n_rows=3).texts() == ["peace", "", "평화"]
    assert Documents.from_arrow(table.select(["text"])).n_missing == 1
    with pytest.raises(ParameterError, match='^text must be one of the columns "text", "year", got "page"$'):
        Documents.from_arrow(table, "page")
    with pytest.raises(ParameterError, match='^text must be the name of a column, one of "text", "year", got None$'):
        Documents.from_arrow(table)
    with pytest.raises(InputTypeError, match='got values of type Int64 in column "year"$'):
        Documents.from_arrow(table, "year")
    with pytest.raises(InputTypeError, match="^expected an object with an Arrow stream .*, got an object of type int$"):
        Documents.from_arrow(3)
    reader = table.to_reader()
    reader.read_all()
    with pytest.raises(InputTypeError, match="got a stream of 0 rows where 3 were expected; was it read before"):
        Documents.from_arrow(reader, "text", n_rows=3)


def test_a_consumed_capsule_is_refused():
    pa = pytest.importorskip("pyarrow")

    class Same:
        capsule = pa.chunked_array([["a"]]).__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.capsule

    assert Documents.from_arrow(Same()).texts() == ["a"]
    with pytest.raises(InputTypeError, match="^expected an Arrow stream that was not read yet, got an unreadable one"):
        Documents.from_arrow(Same())


def test_errors_while_iterating_come_out():
    def texts():
        yield "a"
        raise LookupError("lost")

    with pytest.raises(LookupError, match="lost"):
        Documents.from_strings(texts())
