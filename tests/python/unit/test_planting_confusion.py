"""How the planting tool judges what another tool found."""

from __future__ import annotations

import dataclasses

import pytest

from planting import NEGATIVES, Found, confusion, made_articles, plant, span_iou

PER_KIND = 4
ARTICLES = made_articles(220, seed=6)


@pytest.fixture(scope="module")
def planted():
    return plant(ARTICLES, seed=1, per_kind=PER_KIND)


def of_kind(planted, kind):
    return [relation for relation in planted.relations if relation.kind == kind]


def perfect(planted):
    for relation in planted.relations:
        name = sorted(relation.expected)[0]
        if name != "none":
            yield relation.doc_a, relation.doc_b, name, relation.direction


def every_span(planted):
    for relation in planted.relations:
        for span in relation.spans:
            yield relation.doc_a, relation.doc_b, *dataclasses.astuple(span)


def test_a_perfect_tool_is_right_from_either_side(planted):
    turned = {"contains": "contained_in", "contained_in": "contains", "a_to_b": "b_to_a"}
    straight = list(perfect(planted))
    crosswise = [(planted.names[b], planted.names[a], turned.get(r, r), turned.get(d, d)) for a, b, r, d in straight]
    for pairs in (straight, crosswise):
        judged = confusion(planted, pairs)
        assert judged.share_right == 1
        assert set(judged.precision.values()) == {1}
        assert not judged.wrong
        assert not judged.false_pairs
    spans = list(every_span(planted))
    assert set(span_iou(planted, spans).values()) == {1}
    assert set(span_iou(planted, [(b, a, *at[2:], *at[:2]) for a, b, *at in spans]).values()) == {1}


def test_a_tool_that_finds_nothing_is_right_about_negatives_alone(planted):
    judged = confusion(planted, [])
    assert {kind for kind, share in judged.relation.items() if share} == set(NEGATIVES)
    assert judged.table["exact"] == {"none": PER_KIND}
    assert judged.precision == {}
    assert len(judged.wrong) == len(planted.relations) - len(NEGATIVES) * PER_KIND
    assert set(span_iou(planted, []).values()) == {0}


def test_wrong_relations_and_directions_are_told_apart(planted):
    first, second, third, *_ = of_kind(planted, "exact")
    judged = confusion(
        planted,
        [
            (first.doc_a, first.doc_b, "exact", "b_to_a"),
            Found(second.doc_a, second.doc_b, "exact"),
            (third.doc_a, third.doc_b, "near", "a_to_b"),
            (first.doc_a, second.doc_a, "near"),
            (first.doc_a, third.doc_a, "boilerplate_only"),
        ],
    )
    assert judged.table["exact"] == {"exact": 2, "near": 1, "none": PER_KIND - 3}
    assert judged.relation["exact"] == 2 / PER_KIND
    assert judged.both["exact"] == 1 / PER_KIND
    assert judged.unstated["exact"] == 1
    assert judged.precision == {"exact": 1, "near": 0.5}
    assert [{pair.doc_a, pair.doc_b} for pair in judged.false_pairs] == [{first.doc_a, second.doc_a}]


def test_a_turned_containment_is_wrong(planted):
    turned = [(r.doc_b, r.doc_a, "contains", None) for r in of_kind(planted, "first_half")]
    assert confusion(planted, turned).relation["first_half"] == 0
    assert confusion(planted, turned).table["first_half"] == {"contained_in": PER_KIND}


def test_contradictory_reports_are_refused():
    made = plant(ARTICLES[:5], seed=1, kinds=["exact"], per_kind=1)
    with pytest.raises(ValueError, match="page-00001 and page-00000 are related in two ways"):
        confusion(made, [(0, 1, "near"), (1, 0, "exact")])
    with pytest.raises(ValueError, match="page-00002 is related to itself"):
        confusion(made, [(2, "page-00002", "exact")])


def test_overlap_counts_letters_on_both_sides():
    made = plant(ARTICLES[:5], seed=1, kinds=["first_half"], per_kind=1)
    (relation,) = made.relations
    (span,) = relation.spans
    text = made.documents[relation.doc_b]
    half = text[: len(text) // 2].rfind(" ")
    found = [(relation.doc_a, relation.doc_b, span.char_start_a, span.char_start_a + half, 0, half)] * 2
    letters = sum(map(str.isalnum, text[:half])) / sum(map(str.isalnum, text))
    assert span_iou(made, found) == {"first_half": pytest.approx(letters), "all": pytest.approx(letters)}
