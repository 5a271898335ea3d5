"""Paragraphs and sentences are searched like documents, and know where they stood."""

import pickle

import pandas as pd
import pytest

import kolloc
from kolloc.exceptions import InputTypeError, ParameterError

FIRST = "The ferry to the northern islands sank in calm weather on Monday morning near the old harbour of Norvale."
SECOND = "回收的渡轮周一早上在旧港口附近的平静天气中沉没，所有四十名乘客均获救，没有人受伤。"
OTHER = "Nobody in the council wanted to say how much the repair of the pier would cost the town this year."
TEXTS = {"a": f"{OTHER} 😀\n\n{FIRST} {SECOND}", "b": f"{FIRST}\n\nSomething else entirely happened here.", "c": SECOND}


def corpus():
    return kolloc.Corpus(TEXTS)


def shown(duplicates):
    return duplicates.pairs[["document_a", "document_b", "relation"]].astype(str).values.tolist()


def test_sentences_meet_whatever_surrounds_them():
    found = shown(corpus().duplicates(unit="sentence", furniture="keep"))
    assert found == [["a#3", "b#1", "exact"], ["a#4", "c#1", "exact"]]


def test_paragraphs_are_compared_as_wholes():
    found = shown(corpus().duplicates(unit="paragraph", furniture="keep"))
    assert ["a#2", "b#1", "contains"] in found


@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_offsets_are_those_of_the_document(unit):
    spans = corpus().duplicates(unit=unit, furniture="keep").spans
    assert len(spans)
    for row in spans.to_dict("records"):
        one, other = (
            TEXTS[row[f"document_{side}"].split("#")[0]][row[f"char_start_{side}"] : row[f"char_end_{side}"]]
            for side in "ab"
        )
        assert one == other


def test_parts_of_one_document_make_no_pairs():
    page = kolloc.Corpus({"a": f"{FIRST} {OTHER} {FIRST}"})
    assert page.duplicates(unit="sentence", furniture="keep").n_pairs == 0


def test_furniture_is_no_unit():
    page = f"Home\nNews\nLogin\n\nFerry sinks\n\n{FIRST}"
    found = kolloc.Corpus({"a": page}).duplicates(unit="paragraph")
    assert "Home" not in [found._documents.text(row) for row in range(found.n_docs)]


def test_metadata_travel_and_rules_hold():
    frame = pd.DataFrame({
        "text": [FIRST, f"{OTHER} {FIRST}", FIRST], "day": ["2024-01-01", "2024-01-03", "2024-03-01"],
        "outlet": ["Post", "Herald", "Post"],
    })  # fmt: skip
    found = kolloc.Corpus(frame, text="text").duplicates(
        date="day", source="outlet", window="30D", group="across", unit="sentence", furniture="keep"
    )
    assert found.pairs[["document_a", "document_b", "direction"]].astype(str).values.tolist() == [
        ["0#1", "1#2", "a_to_b"]
    ]


@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_more_documents_and_pickles_give_the_same(unit):
    whole = corpus().duplicates(unit=unit)
    first, rest = (kolloc.Corpus({name: TEXTS[name] for name in names}) for names in ("a", "bc"))
    updated = first.duplicates(unit=unit).update(rest)
    again = pickle.loads(pickle.dumps(whole))
    for other in (updated, again):
        pd.testing.assert_frame_equal(other.pairs, whole.pairs)
        pd.testing.assert_frame_equal(other.spans, whole.spans)
    assert again == whole


@pytest.mark.parametrize("n_threads", [1, 2, 3, 8])
def test_threads_do_not_matter(n_threads):
    pd.testing.assert_frame_equal(
        corpus().duplicates(unit="sentence", n_threads=n_threads).spans, corpus().duplicates(unit="sentence").spans
    )


def test_unknown_units_are_refused_and_policies_need_documents():
    with pytest.raises(ParameterError, match="unit must be one of 'document', 'paragraph', 'sentence', got 'sentense'"):
        corpus().duplicates(unit="sentense")
    with pytest.raises(
        InputTypeError, match="policies need a search in whole documents.*search once more with unit=.document"
    ):
        corpus().duplicates(unit="sentence").apply(corpus().tokens(), "all")


@pytest.mark.parametrize("texts", [[], [""], ["...", " "]])
def test_nothing_has_no_units(texts):
    assert kolloc.Corpus(texts).duplicates(unit="sentence").n_pairs == 0
