"""Texts come out as they went in, whatever layout carried them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kolloc._core import Documents

pa = pytest.importorskip("pyarrow")

TEXTS = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=20)
LAYOUTS = (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string()))


@given(texts=TEXTS, layout=st.sampled_from(LAYOUTS), cut=st.integers(0, 20))
def test_layouts_and_chunks_do_not_matter(texts, layout, cut):
    column = pa.chunked_array([pa.array(texts[:cut], pa.string()), pa.array(texts[cut:], pa.string())])
    documents = Documents.from_arrow(column.cast(layout))
    expected = Documents.from_strings(texts)
    assert documents == expected
    assert documents.texts() == [text or "" for text in texts]
    assert documents.fingerprint() == expected.fingerprint()
    assert documents.n_bytes == sum(len(text.encode()) for text in texts if text)


@given(texts=TEXTS.filter(bool), data=st.data())
def test_rows_are_those_of_a_list(texts, data):
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=30))
    some = Documents.from_strings(texts).take(np.array(rows, dtype=np.uint32))
    assert some == Documents.from_strings([texts[row] for row in rows])
    assert Documents.from_buffers(*some.to_buffers(), some.is_missing()) == some
