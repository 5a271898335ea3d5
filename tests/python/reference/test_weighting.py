"""Weights against hand values, scikit-learn, gensim and an independent implementation."""

import csv
import gzip
import io
import math

import numpy as np
import pytest

import kolloc

DOCUMENTS = ["this is a a sample", "this is another another example example example"]
TERMS = ["this", "is", "a", "sample", "another", "example"]

# Scheme: the rows of the specification, zeros left out where a term is not in the document.
HAND = {
    "prop": ({"tf": "prop"}, ".2 .2 .4 .2 0 0", ".142857 .142857 0 0 .285714 .428571"),
    "propmax": ({"tf": "propmax"}, ".5 .5 1 .5 0 0", ".333333 .333333 0 0 .666667 1"),
    "logcount": ({"tf": "logcount"}, "1 1 1.301030 1 0 0", "1 1 0 0 1.301030 1.477121"),
    "augmented": ({"tf": "augmented"}, ".75 .75 1 .75 0 0", ".666667 .666667 0 0 .833333 1"),
    "logave": (
        {"tf": "logave"},
        ".911652 .911652 1.186086 .911652 0 0",
        ".804481 .804481 0 0 1.046653 1.188315",
    ),
    "tfidf": ({"like": "quanteda"}, "0 0 .602060 .301030 0 0", "0 0 0 0 .602060 .903090"),
    "tfidf_prop": ({"tf": "prop", "like": "quanteda"}, "0 0 .120412 .060206 0 0", "0 0 0 0 .086009 .129013"),
    "smart_lnc": (
        {"smart": "lnc"},
        ".461625 .461625 .600588 .461625 0 0",
        ".412584 .412584 0 0 .536784 .609436",
    ),
    "smart_ltc": ({"smart": "ltc"}, "0 0 .792857 .609407 0 0", "0 0 0 0 .660961 .750420"),
    "smart_ntc": ({"smart": "ntc"}, "0 0 .894427 .447214 0 0", "0 0 0 0 .554700 .832050"),
    "smart_atc": ({"smart": "atc"}, "0 0 .8 .6 0 0", "0 0 0 0 .640184 .768221"),
    "sklearn": (
        {"like": "sklearn"},
        ".290170 .290170 .815648 .407824 0 0",
        ".190074 .190074 0 0 .534284 .801426",
    ),
    "sklearn_norm_none": (
        {"like": "sklearn", "norm": "none"},
        "1 1 2.810930 1.405465 0 0",
        "1 1 0 0 2.810930 4.216395",
    ),
    "sklearn_norm_none_smooth_false": (
        {"like": "sklearn", "norm": "none", "df_k": 0, "df_docs": 0},
        "1 1 3.386294 1.693147 0 0",
        "1 1 0 0 3.386294 5.079442",
    ),
    "sklearn_sublinear_norm_none": (
        {"like": "sklearn", "norm": "none", "tf": "logcount"},
        "1 1 2.379659 1.405465 0 0",
        "1 1 0 0 2.379659 2.949526",
    ),
    "tidytext": ({"like": "tidytext"}, "0 0 .277259 .138629 0 0", "0 0 0 0 .198042 .297063"),
    "text2vec": (
        {"like": "text2vec"},
        ".138629 .138629 .439445 .219722 0 0",
        ".099021 .099021 0 0 .313889 .470834",
    ),
    "gensim_ntn": (
        {"smart": "ntn", "smart_dialect": "gensim"},
        ".584963 .584963 3.169925 1.584963 0 0",
        ".584963 .584963 0 0 3.169925 4.754888",
    ),
    "gensim_dfn": ({"smart": "dfn", "smart_dialect": "gensim"}, "0 0 2 1 0 0", "0 0 0 0 2 2.370143"),
    "gensim_Lfn": (
        {"smart": "Lfn", "smart_dialect": "gensim"},
        "0 0 1.512942 .756471 0 0",
        "0 0 0 0 1.106590 1.430246",
    ),
    "bm25_lucene": (
        {"tf": "bm25", "df": "lucene"},
        ".195662 .195662 .999950 .743865 0 0",
        ".170684 .170684 0 0 .910402 1.051672",
    ),
    "bm25_robertson": (
        {"tf": "bm25", "df": "robertson"},
        "-1.727202 -1.727202 0 0 0 0",
        "-1.506708 -1.506708 0 0 0 0",
    ),
    "bm25_robertson_k1_1.6": (
        {"tf": "bm25", "df": "robertson", "k1": 1.6},
        "-1.743558 -1.743558 0 0 0 0",
        "-1.494478 -1.494478 0 0 0 0",
    ),
}
# Keys of the file that the table does not hold.
MORE = {
    "smart_anc": {"smart": "anc"},
    "gensim_nfn": {"smart": "nfn", "smart_dialect": "gensim"},
}


def _dtm(texts=DOCUMENTS):
    return kolloc.Corpus(texts).tokens(segmenter="whitespace").dtm()


def _dense(weighted):
    assert weighted.terms == TERMS
    return weighted.to_scipy().toarray()


@pytest.mark.parametrize("name", HAND)
def test_hand_values(name):
    options, *rows = HAND[name]
    expected = [[float(value) for value in row.split()] for row in rows]
    np.testing.assert_allclose(_dense(_dtm().weight(**options)), expected, atol=6e-7)


def test_bm25_is_the_same_by_its_own_name():
    assert _dtm().bm25() == _dtm().weight(tf="bm25", df="lucene")
    assert _dtm().bm25(k1=1.6, idf="robertson") == _dtm().weight(tf="bm25", df="robertson", k1=1.6)


def test_values_of_the_file(golden):
    block = dict(golden["extra"]["weighting"])
    assert block.pop("features") == TERMS
    known = {name: options for name, (options, *_) in HAND.items()} | MORE
    checked = 0
    for name, expected in block.items():
        options = known.get(name) or known.get(name.removeprefix("bm25_"))
        if options is not None:
            np.testing.assert_allclose(_dense(_dtm().weight(**options)), expected, rtol=1e-12, atol=1e-15, err_msg=name)
            checked += 1
    assert checked >= len(block) - 3, sorted(set(block) - set(known))


def test_document_frequencies_by_hand():
    dtm = _dtm()
    log2 = math.log10(2)
    rows = {
        "count": [2, 2, 1, 1, 1, 1],
        "unary": [1] * 6,
        "inverse": [0, 0, log2, log2, log2, log2],
        "inversemax": [0, 0, log2, log2, log2, log2],
        "inverseprob": [0] * 6,
    }
    for scheme, expected in rows.items():
        assert dtm.document_frequencies(scheme)["df"].tolist() == pytest.approx(expected, abs=1e-15)


def test_document_frequencies_of_the_file(golden):
    block = golden["extra"]["docfreq"]
    dtm = _dtm(block["docs"]).select(block["features"])
    found = {
        "count": dtm.document_frequencies(),
        "count_threshold_1": dtm.document_frequencies(threshold=1),
        "inverse_smoothing1_k1": dtm.document_frequencies("inverse", df_smoothing=1, df_k=1),
        "inverseprob": dtm.document_frequencies("inverseprob"),
        "inversemax": dtm.document_frequencies("inversemax"),
    }
    for name, frame in found.items():
        assert frame["term"].tolist() == block["features"]
        assert frame["df"].tolist() == pytest.approx(block[name], rel=1e-14), name


def test_weights_of_twenty_documents_are_those_of_quanteda(shared):
    docs = csv.DictReader(io.StringIO(gzip.decompress(shared("oracle/docs.csv.gz").read_bytes()).decode()))
    rows = list(docs)
    dtm = kolloc.Corpus([row["text"] for row in rows], names=[row["doc_id"] for row in rows])
    dtm = dtm.tokens(segmenter="whitespace").dtm()
    listed = csv.DictReader(io.StringIO(gzip.decompress(shared("oracle/weights.csv.gz").read_bytes()).decode()))
    expected = {(row["doc_id"], row["term"]): row for row in listed}
    assert len(expected) == 4997
    for name in ("count", "prop", "propmax", "logcount", "augmented", "logave", "tfidf"):
        frame = (dtm.tfidf() if name == "tfidf" else dtm.weight(tf=name))[:20].to_frame()
        keys = zip(frame["document"].astype(str), frame["term"].astype(str), strict=True)
        found = dict(zip(keys, frame["weight"], strict=True))
        assert found.keys() == expected.keys()
        values = [float(row[name]) for row in expected.values()]
        np.testing.assert_allclose([found[key] for key in expected], values, rtol=1e-11, atol=1e-300, err_msg=name)


TEXTS = ["the ferry sank the ferry", "", "the harbour office opens", "a ferry a pier the pier a", "talks"]


@pytest.mark.parametrize("norm", ["l1", "l2", None])
@pytest.mark.parametrize("sublinear", [True, False])
@pytest.mark.parametrize("smooth", [True, False])
def test_weights_are_those_of_scikit_learn(norm, sublinear, smooth):
    text = pytest.importorskip("sklearn.feature_extraction.text")
    options = {"norm": norm, "sublinear_tf": sublinear, "smooth_idf": smooth}
    vectorizer = text.TfidfVectorizer(token_pattern=r"\S+", **options).fit(TEXTS)
    own = {"tf": "logcount" if sublinear else None, "norm": norm or "none"} | (
        {} if smooth else {"df_k": 0, "df_docs": 0}
    )
    fitted = kolloc.Corpus(TEXTS).tokens(segmenter="whitespace").dtm(order="term").weight(like="sklearn", **own)
    assert fitted.terms == list(vectorizer.get_feature_names_out())
    np.testing.assert_allclose(fitted.idf["idf"], vectorizer.idf_, rtol=1e-15)
    np.testing.assert_allclose(fitted.to_scipy().toarray(), vectorizer.transform(TEXTS).toarray(), rtol=1e-14)
    new = ["the ferry opens again again", "talks on the pier"]
    found = kolloc.Corpus(new).tokens(segmenter="whitespace").dtm().weight(fitted=fitted)
    np.testing.assert_allclose(found.to_scipy().toarray(), vectorizer.transform(new).toarray(), rtol=1e-14)


@pytest.mark.parametrize("smart", ["nfc", "lfn", "dtn", "afx", "Lpn", "btc", "nnn", "lxc"])
def test_weights_are_those_of_gensim(smart):
    models = pytest.importorskip("gensim.models")
    corpora = pytest.importorskip("gensim.corpora")
    texts = [text.split() for text in TEXTS if text]
    dictionary = corpora.Dictionary(texts)
    bags = [dictionary.doc2bow(text) for text in texts]
    model = models.TfidfModel(bags, dictionary=dictionary, smartirs=smart)
    dtm = kolloc.Corpus([" ".join(text) for text in texts]).tokens(segmenter="whitespace").dtm()
    dtm = dtm.select([dictionary[i] for i in range(len(dictionary))])
    found = dtm.weight(smart=smart, smart_dialect="gensim").to_scipy().toarray()
    expected = np.zeros(found.shape)
    for row, bag in enumerate(bags):
        for column, value in model[bag]:
            expected[row, column] = value
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-11)


def test_the_pivoted_norm_counts_all_terms_that_occur():
    # gensim counts those left after weights of zero were dropped, .571429 for "a" (specification, section 18).
    found = _dense(_dtm().weight(smart="nfu", smart_dialect="gensim"))
    assert found[0].tolist() == pytest.approx([0, 0, 0.5, 0.25, 0, 0])
