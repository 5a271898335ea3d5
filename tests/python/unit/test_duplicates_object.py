"""Duplicates as an object: equality, travel, what it shows, and as a graph."""

import copy
import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import networkx
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kolloc
from kolloc.exceptions import ParameterError


def words(*ranges):
    return " ".join(f"word{i:03}" for start, end in ranges for i in range(start, end))


PAGES = {
    "name": ["wire", "post", "herald", "mail"],
    "text": [words((0, 40)), words((0, 40), (100, 110)), words((0, 40)), words((5, 25), (200, 260))],
    "outlet": ["Wire", "<Post>", "Herald", None],
    "day": ["2031-04-03", "2031-04-02", "2031-04-03", None],
}
ALL = {"date": "day", "source": "outlet"}


def corpus(kind=pd.DataFrame, pages=PAGES):
    return kolloc.Corpus(kind(pages), text="text", names="name")


def arrays(found):
    """Everything that was found, as bytes."""
    parts = [*found._native.pairs().values(), *found._native.clusters()[:3], *found._found_spans()[1].values()]
    return [np.asarray(part).tobytes() for part in parts], found._native.tally()


def in_other_process(found):
    return arrays(found), repr(found)


# Equality and travel


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
def test_duplicates_travel_with_all_they_found(kind):
    found = corpus(kind).duplicates(**ALL)
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert arrays(again) == arrays(found)
    assert again.provenance == found.provenance
    assert type(again.pairs) is type(found.pairs)
    assert again.explain("wire", "post").reason == found.explain("wire", "post").reason
    assert repr(again) == repr(found)


def test_other_thresholds_travel_with_the_search_they_are_of():
    # A search for runs of 12 words keeps pairs that one for runs of 30 would not.
    found = corpus().duplicates(passage=12)
    lower = found.rethreshold(near=0.9, contained=0.95)
    again = pickle.loads(pickle.dumps(lower))
    assert arrays(again) == arrays(lower)
    assert again == lower
    assert again.rethreshold(near=0.7, contained=0.8) == found
    longer = found.rethreshold(passage=30)
    assert arrays(pickle.loads(pickle.dumps(longer))) == arrays(longer)


def test_an_update_travels_too():
    pages = {name: values[:2] for name, values in PAGES.items()}
    new = {name: values[2:] for name, values in PAGES.items()}
    found = corpus(pages=pages).duplicates(**ALL).update(corpus(pages=new))
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert arrays(again) == arrays(found)
    assert found == corpus().duplicates(**ALL)


def test_duplicates_reach_other_processes():
    found = corpus().duplicates(**ALL)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(in_other_process, found).result(timeout=120) == (arrays(found), repr(found))


def test_copies_are_equal():
    found = corpus().duplicates()
    assert copy.copy(found) == copy.deepcopy(found) == found


def test_what_was_asked_in_other_words_is_the_same():
    assert corpus().duplicates(date="day", window="30D") == corpus().duplicates(date="day", window=timedelta(days=30))


def test_other_options_texts_names_or_metadata_make_others():
    found = corpus().duplicates(**ALL)
    assert found == corpus().duplicates(**ALL)
    assert found != corpus().duplicates(**ALL, near=0.8)
    assert found != corpus().duplicates(date="day")
    assert found != found.rethreshold(near=0.8)
    assert found != corpus(pages={**PAGES, "text": [*PAGES["text"][:3], "war"]}).duplicates(**ALL)
    assert found != corpus(pages={**PAGES, "name": ["a", "b", "c", "d"]}).duplicates(**ALL)
    assert found != corpus(pages={**PAGES, "day": PAGES["day"][::-1]}).duplicates(**ALL)
    assert found != corpus(pl.DataFrame).duplicates(**ALL)
    assert found != 1


def test_duplicates_are_immutable_and_have_no_hash():
    found = corpus().duplicates()
    with pytest.raises(AttributeError, match="a Duplicates is immutable"):
        found.pairs = None
    with pytest.raises(AttributeError, match="immutable"):
        del found._options
    with pytest.raises(TypeError, match="unhashable"):
        hash(found)


# What it shows


def unstyled(html):
    return re.sub(r' style="[^"]*"', "", html)


def test_html_names_clusters_and_sources_and_escapes_them():
    shown = unstyled(corpus().duplicates(**ALL)._repr_html_())
    assert shown == (
        "<div><p><strong>Duplicates</strong>: 4 documents, 6 pairs, 1 cluster of 3 documents</p>"
        "<table><thead><tr><th>relation</th><th>pairs</th></tr></thead><tbody>"
        "<tr><td>exact</td><td>1</td></tr><tr><td>near</td><td>2</td></tr>"
        "<tr><td>shared_passage</td><td>3</td></tr></tbody></table>"
        "<table><thead><tr><th>documents</th><th>largest clusters</th></tr></thead><tbody>"
        "<tr><td>3</td><td>wire, post, herald</td></tr></tbody></table>"
        "<table><thead><tr><th>source</th><th>prints after the first</th><th>documents</th></tr></thead><tbody>"
        "<tr><td>Wire</td><td>1</td><td>1</td></tr><tr><td>Herald</td><td>1</td><td>1</td></tr></tbody></table></div>"
    )


def test_html_is_bounded():
    texts = [words((10 * story, 10 * story + 9)) for story in range(90) for _ in range(5)]
    names = [f"<b>{i}</b>" + "x" * 500 for i in range(len(texts))]
    frame = pd.DataFrame({"text": texts, "name": names, "outlet": [f"<i>{i % 70}" for i in range(len(texts))]})
    shown = kolloc.Corpus(frame, text="text", names="name").duplicates(source="outlet")._repr_html_()
    assert len(shown) < 4_000
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "and 2 more" in shown
    assert "... 85 more clusters" in shown


def test_nothing_found_is_shown_as_nothing():
    assert kolloc.Corpus([]).duplicates()._repr_html_() == (
        "<div><p><strong>Duplicates</strong>: 0 documents, 0 pairs, 0 clusters</p></div>"
    )


# As a graph


def test_a_graph_leads_from_earlier_to_later_documents():
    graph = corpus().duplicates(**ALL).to_networkx()
    assert isinstance(graph, networkx.DiGraph)
    assert list(graph) == PAGES["name"]
    assert dict(graph.nodes["post"]) == {"name": "post", "outlet": "<Post>", "day": "2031-04-02", "cluster": 0}
    assert graph.nodes["mail"]["cluster"] is None
    assert graph.nodes["mail"]["day"] is None
    dated = {(a, b) for a, b, directed in graph.edges(data="directed") if directed}
    assert dated == {("post", "wire"), ("post", "herald")}
    undated = {(a, b) for a, b, directed in graph.edges(data="directed") if not directed}
    pairs = [("wire", "herald"), ("wire", "mail"), ("post", "mail"), ("herald", "mail")]
    assert undated == {*pairs, *((b, a) for a, b in pairs)}
    edge = graph.edges["post", "wire"]
    assert edge == {"relation": "near", "shared": 38, "jaccard": 38 / 48, "longest_run": 40, "directed": True}


def test_relations_are_read_along_the_edges():
    pages = {**PAGES, "text": [words((0, 100)), words((10, 50)), "war", "peace"]}
    found = corpus(pages=pages).duplicates(**ALL)
    assert found.pairs["relation"].tolist() == ["contains"]
    assert list(found.to_networkx().edges(data="relation")) == [("post", "wire", "contained_in")]
    assert list(corpus(pages=pages).duplicates().to_networkx().edges(data="relation")) == [("wire", "post", "contains")]


@pytest.mark.parametrize("kind", [pl.DataFrame, pa.table])
def test_without_dates_a_graph_has_no_direction(kind):
    graph = corpus(kind).duplicates(source="outlet").to_networkx(["exact", "near"])
    assert type(graph) is networkx.Graph
    assert {frozenset(edge) for edge in graph.edges} == {
        frozenset(pair) for pair in (("wire", "post"), ("wire", "herald"), ("post", "herald"))
    }
    assert graph.nodes["mail"] == {"name": "mail", "outlet": None, "day": None, "cluster": None}
    assert "directed" not in graph.edges["wire", "post"]


def test_a_graph_of_unknown_relations_is_refused():
    with pytest.raises(ParameterError, match="did you mean 'quotes'"):
        corpus().duplicates().to_networkx("quote")


def test_a_graph_of_texts_alone_has_names_and_clusters():
    graph = kolloc.Corpus([words((0, 40)), words((0, 40)), "war"]).duplicates().to_networkx()
    assert dict(graph.nodes(data=True)) == {"0": {"cluster": 0}, "1": {"cluster": 0}, "2": {"cluster": None}}
