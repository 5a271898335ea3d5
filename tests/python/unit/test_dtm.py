"""The document-term matrix as an object: arrays, frames, parts, groups, errors, reprs, and others that take it."""

import pickle
import warnings
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

TEXTS = ["peace talks fail", "talks on talks", "", "peace on trade"]
OUTLETS = ["Post", "Herald", "Post", None]


@pytest.fixture
def dtm():
    frame = pd.DataFrame({"text": TEXTS, "outlet": OUTLETS, "year": [2017, 2018, 2018, 2018]})
    return kolloc.Corpus(frame, text="text").tokens().dtm()


def _rows(frame):
    return [tuple(row) for row in zip(*(list(frame[name]) for name in frame.columns), strict=True)]


def test_rows_are_documents_and_columns_terms(dtm):
    assert dtm.terms == ["peace", "talks", "fail", "on", "trade"]
    assert list(dtm.names) == ["0", "1", "2", "3"]
    assert (dtm.shape, dtm.n_docs, dtm.n_terms, dtm.nnz, len(dtm)) == ((4, 5), 4, 5, 8, 4)
    expected = [[1, 1, 1, 0, 0], [0, 2, 0, 1, 0], [0, 0, 0, 0, 0], [1, 0, 0, 1, 1]]
    assert dtm.to_scipy().toarray().tolist() == expected
    assert dtm.doc_lengths.tolist() == [3, 3, 0, 3]


def test_the_scipy_array_is_canonical_and_of_one_index_type(dtm):
    array = dtm.to_scipy()
    assert isinstance(array, sparse.csr_array)
    assert array.dtype == np.int32
    assert array.indices.dtype == array.indptr.dtype == np.int32
    assert array.has_canonical_format
    assert array.has_sorted_indices
    fresh = sparse.csr_array((array.data, array.indices, array.indptr), shape=array.shape)
    assert fresh.has_canonical_format
    assert not (array.data == 0).any()


def test_scipy_arrays_share_the_memory_of_the_matrix(dtm):
    one, other = dtm.to_scipy(), dtm.to_scipy()
    assert np.shares_memory(one.data, other.data)
    assert np.shares_memory(one.indices, other.indices)
    with pytest.raises(ValueError, match="read-only"):
        one.data[0] = 5


@pytest.mark.parametrize("dtype", ["int32", "int64", "float32", "float64"])
def test_values_have_the_type_asked_for(dtype):
    dtm = kolloc.Corpus(TEXTS).tokens().dtm(dtype=dtype)
    assert dtm.to_scipy().dtype == dtype
    assert dtm.trim(min_df=2).to_scipy().dtype == dtype
    assert dtm[:2].to_scipy().dtype == dtype
    assert pickle.loads(pickle.dumps(dtm)).to_scipy().dtype == dtype


def test_doc_lengths_count_tokens_without_a_column(dtm):
    few = dtm.trim(min_df=2).select(["on"])
    assert few.doc_lengths.tolist() == [3, 3, 0, 3]
    assert few[[3, 1]].doc_lengths.tolist() == [3, 3]
    assert dtm.group("outlet").doc_lengths.tolist() == [3, 3, 3]


def test_parts_keep_terms_names_and_metadata(dtm):
    part = dtm[[3, 0]]
    assert part.terms == dtm.terms
    assert list(part.names) == ["3", "0"]
    assert part.metadata["year"].tolist() == [2018, 2017]
    assert part.to_scipy().toarray().tolist() == dtm.to_scipy().toarray()[[3, 0]].tolist()
    assert dtm[1:] == dtm.filter(lambda frame: frame["year"] == 2018)
    assert dtm[np.array([True, False, False, True])] == dtm[[0, 3]]
    assert dtm.select(["trade", "peace"]).to_scipy().toarray()[3].tolist() == [1, 1]
    with pytest.raises(KeyError, match="no column is named 'peaces'; did you mean 'peace'"):
        dtm.select(["peaces"])
    with pytest.raises(InputTypeError, match="terms must be an iterable of str, got a single str"):
        dtm.select("peace")
    with pytest.raises(ParameterError, match="terms must be distinct terms, got 'peace' twice"):
        dtm.select(["peace", "trade", "peace"])
    with pytest.raises(InputTypeError, match="rows are integers"):
        dtm["0"]


def test_groups_are_sums_in_order_of_first_appearance(dtm):
    groups = dtm.group("outlet")
    assert list(groups.names) == ["Post", "Herald", "None"]
    assert groups.to_scipy().toarray().tolist() == [[1, 1, 1, 0, 0], [0, 2, 0, 1, 0], [1, 0, 0, 1, 1]]
    assert groups.metadata["n_docs"].tolist() == [2, 1, 1]
    with pytest.raises(
        ParameterError, match="by must be one of the columns 'outlet', 'year', got 'outlte'; did you mean"
    ):
        dtm.group("outlte")
    with pytest.raises(ParameterError, match="by must be a column, but there is none"):
        kolloc.Corpus(["a"]).tokens().dtm().group("outlet")


def test_groups_of_a_categorical_are_all_its_categories_in_their_order():
    outlet = pd.Categorical(["Post", "Herald"], categories=["Herald", "Times", "Post"])
    frame = pd.DataFrame({"text": ["a b", "b"], "outlet": outlet})
    groups = kolloc.Corpus(frame, text="text").tokens().dtm().group("outlet")
    assert list(groups.names) == ["Herald", "Times", "Post"]
    assert groups.to_scipy().toarray().tolist() == [[0, 1], [0, 0], [1, 1]]
    assert groups.metadata["n_docs"].tolist() == [1, 0, 1]


def test_top_terms_of_groups_come_with_rates(dtm):
    assert _rows(dtm.top_terms(2)) == [("talks", 3, 3e6 / 9), ("peace", 2, 2e6 / 9)]
    third = 1e6 / 3
    expected = [("Post", "peace", 1, third), ("Herald", "talks", 2, 2 * third), (None, "peace", 1, third)]
    found = [(value if value == value else None, *rest) for value, *rest in _rows(dtm.top_terms(1, by="outlet"))]
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    assert [row[3] for row in found] == pytest.approx([row[3] for row in expected])
    with pytest.raises(ParameterError, match="n must be an integer of at least 1, got 0"):
        dtm.top_terms(0)


def test_frequencies_share_ranks_in_ties(dtm):
    expected = [("talks", 3, 2, 1), ("peace", 2, 2, 2), ("on", 2, 2, 2), ("fail", 1, 1, 4), ("trade", 1, 1, 4)]
    assert _rows(dtm.term_frequencies()) == expected


def test_the_long_frame_has_a_row_for_each_cell(dtm):
    frame = dtm.to_frame()
    assert _rows(frame)[:4] == [("0", "peace", 1), ("0", "talks", 1), ("0", "fail", 1), ("1", "talks", 2)]
    assert len(frame) == dtm.nnz
    assert isinstance(frame["term"].dtype, pd.CategoricalDtype)
    assert frame["count"].dtype == np.int64


def test_frames_are_of_the_kind_of_the_data():
    polars = pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    data = {"text": TEXTS, "outlet": OUTLETS}
    kinds = {
        polars.DataFrame: polars.DataFrame(data),
        pyarrow.Table: pyarrow.table(data),
        pd.DataFrame: pd.DataFrame(data),
    }
    for kind, frame in kinds.items():
        dtm = kolloc.Corpus(frame, text="text").tokens().dtm()
        for found in (dtm.to_frame(), dtm.term_frequencies(), dtm.top_terms(2), dtm.top_terms(1, by="outlet")):
            assert isinstance(found, kind)
        assert isinstance(dtm.group("outlet").metadata, kind)
        assert list(dtm.group("outlet").names) == ["Post", "Herald", "None"]
        assert pickle.loads(pickle.dumps(dtm)) == dtm


def test_a_matrix_never_changes(dtm):
    with pytest.raises(AttributeError, match="immutable"):
        dtm.terms = []
    with pytest.raises(AttributeError, match="immutable"):
        del dtm._names
    dtm.terms.append("more")
    metadata = dtm.metadata
    metadata["outlet"] = "changed"
    dtm.provenance["steps"].clear()
    assert (len(dtm.terms), dtm.metadata["outlet"][0], len(dtm.provenance["steps"])) == (5, "Post", 3)
    with pytest.raises(TypeError):
        hash(dtm)


def test_pickling_keeps_everything(dtm):
    for each in (dtm, dtm.group("outlet"), dtm[:0], dtm.trim(min_count=9)):
        again = pickle.loads(pickle.dumps(each))
        assert again == each
        assert again.doc_lengths.tolist() == each.doc_lengths.tolist()
        assert again.provenance == each.provenance
        assert repr(again) == repr(each)


@pytest.mark.timeout(120)
def test_a_matrix_goes_to_a_spawned_process(dtm):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(dtm.trim, min_df=2).result() == dtm.trim(min_df=2)


def test_equality_looks_at_counts_terms_and_names(dtm):
    assert dtm == dtm[:]
    assert dtm != dtm.select(dtm.terms[::-1])
    assert dtm != dtm[[1, 0, 2, 3]]
    assert dtm != 1
    lists = kolloc.Tokens.from_lists
    assert lists([["a"]]).dtm() != lists([["b"]]).dtm()
    assert lists([["a"]], names=["x"]).dtm() != lists([["a"]], names=["y"]).dtm()


def test_the_repr_is_a_bounded_corner(dtm):
    assert repr(dtm) == (
        "<DocumentTermMatrix: 4 documents × 5 terms, 8 non-zero (40.0 %), counts>\n"
        "   peace  talks  fail  on  trade\n"
        "0      1      1     1   0      0\n"
        "1      0      2     0   1      0\n"
        "2      0      0     0   0      0\n"
        "3      1      0     0   1      1"
    )
    wide = kolloc.Corpus([" ".join("abcdefghij")] * 7).tokens().dtm()
    lines = repr(wide).splitlines()
    assert lines[0] == "<DocumentTermMatrix: 7 documents × 10 terms, 70 non-zero (100.0 %), counts>"
    assert lines[1:3] == ["   a  b  c  d  e  f  g  h", "0  1  1  1  1  1  1  1  1"]
    assert lines[-1] == "... 2 more documents, 2 more terms"
    assert repr(dtm.trim(min_count=9)) == "<DocumentTermMatrix: 4 documents × 0 terms, 0 non-zero, counts>"


def test_html_is_escaped():
    html = kolloc.Corpus({"<i>": "<b>&"}).tokens(segmenter="whitespace").dtm()._repr_html_()
    assert "<i>" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;" in html


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"order": "frequent"}, ParameterError, "order must be one of 'first', 'term', 'frequency'"),
        ({"within": "paragraf"}, ParameterError, "did you mean 'paragraph'?"),
        ({"dtype": "int"}, ParameterError, "dtype must be one of 'int32', 'int64', 'float32', 'float64', got 'int'"),
        ({"binary": 1}, InputTypeError, "binary must be True or False, got 1"),
        ({"ngram_range": 2}, InputTypeError, "ngram_range must be two integers, got 2"),
        (
            {"ngram_range": (0, 1)},
            ParameterError,
            "ngram_range must be an integer of at least 1 and at most 2147483648, got 0",
        ),
        ({"ngram_range": (2, 1)}, ParameterError, "ngram_range"),
        ({"min_df": 1.5}, ParameterError, "min_df must be a share between 0 and 1, got 1.5"),
        ({"max_df": -1}, ParameterError, "max_df must be an integer of at least 0, got -1"),
        ({"min_count": "2"}, InputTypeError, "min_count must be an int (a count) or a float (a share), got '2'"),
        ({"min_count": True}, InputTypeError, "min_count must be an int"),
        ({"min_df": float("nan")}, ParameterError, "min_df must be a number, got nan"),
        ({"max_terms": 0}, ParameterError, "max_terms"),
        ({"max_terms": 1.5}, InputTypeError, "max_terms must be an integer"),
        ({"vocabulary": "peace"}, InputTypeError, "vocabulary must be an iterable of str, got a single str"),
        ({"vocabulary": ["a", "a"]}, ParameterError, "vocabulary"),
        ({"vocabulary": ["a", 1]}, InputTypeError, "vocabulary must be an iterable of str, got one with 1"),
        ({"vocabulary": 5}, InputTypeError, "vocabulary must be an iterable of str, got 5"),
        ({"vocabulary": ["\ud800"]}, ParameterError, "vocabulary must be text without lone surrogates"),
        ({"concatenator": 1}, InputTypeError, "concatenator must be a str, got 1"),
        ({"concatenator": "\ud800"}, ParameterError, "concatenator must be text without lone surrogates"),
        ({"ngram_range": (1, 2**40)}, ParameterError, "ngram_range must be an integer of at least 1 and at most"),
        ({"max_terms": 2**70}, ParameterError, "max_terms must be an integer of at least 0 and at most"),
        ({"min_count": 2**70}, ParameterError, "min_count must be an integer of at least 0 and at most"),
        ({"vocabulary": ["a"], "min_df": 2}, ParameterError, "vocabulary"),
    ],
)
def test_an_option_with_a_wrong_value_is_named_with_what_is_allowed(options, error, message):
    with pytest.raises(error) as caught:
        kolloc.Corpus(["a"]).tokens().dtm(**options)
    assert message in str(caught.value)


def test_bounds_of_trim_are_checked(dtm):
    with pytest.raises(ParameterError, match="did you mean 'quantile'"):
        dtm.trim(min_count=1, bound_type="quantil")
    with pytest.raises(InputTypeError, match="min_count must be an integer"):
        dtm.trim(min_count=0.5, bound_type="count")
    with pytest.raises(ParameterError, match="max_sparsity must be between 0 and 1, got 2"):
        dtm.trim(max_sparsity=2)
    with pytest.raises(ParameterError, match="top"):
        dtm.trim(top=0)


def test_trimming_judges_the_matrix_as_it_came_in(dtm):
    assert dtm.trim(min_count=2, max_df=2).terms == ["peace", "talks", "on"]
    assert dtm.trim().terms == dtm.terms
    assert dtm.provenance["steps"][-1]["step"] == "dtm"
    assert dtm.trim(min_df=2).provenance["steps"][-1]["step"] == "trim"


def test_an_empty_matrix_still_answers():
    dtm = kolloc.Corpus([]).tokens().dtm()
    assert (dtm.shape, dtm.terms, dtm.to_scipy().shape) == ((0, 0), [], (0, 0))
    assert len(dtm.term_frequencies()) == len(dtm.to_frame()) == len(dtm.top_terms()) == 0
    assert dtm.trim(min_df=0.5, top=3).shape == (0, 0)
    assert repr(dtm) == "<DocumentTermMatrix: 0 documents × 0 terms, 0 non-zero, counts>"


class TestScikitLearn:
    """Estimators take the matrix as it is."""

    @pytest.fixture
    def counts(self):
        texts = [f"{'peace talks' if i % 2 else 'trade war'} news {i % 5} day {i % 7} end" for i in range(40)]
        return kolloc.Corpus(texts).tokens().dtm().to_scipy(), np.arange(40) % 2

    def test_a_classifier_learns_from_it(self, counts):
        model = pytest.importorskip("sklearn.linear_model").LogisticRegression().fit(*counts)
        assert model.score(*counts) == 1

    def test_tf_idf_weighs_it(self, counts):
        transformer = pytest.importorskip("sklearn.feature_extraction.text").TfidfTransformer()
        weights = transformer.fit_transform(counts[0])
        assert np.allclose(np.sqrt(weights.multiply(weights).sum(axis=1)), 1)

    def test_it_is_decomposed(self, counts):
        decomposition = pytest.importorskip("sklearn.decomposition")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert decomposition.TruncatedSVD(2, random_state=1).fit_transform(counts[0].astype(float)).shape == (40, 2)
            topics = decomposition.LatentDirichletAllocation(2, random_state=1, max_iter=3).fit_transform(counts[0])
        assert np.allclose(topics.sum(axis=1), 1)
