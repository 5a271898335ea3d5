"""Reuse planted into natural articles at test time: relations, directions, precision and spans (shared data)."""

import functools

import pytest

import kolloc
import planting
from planting.dice import Dice

KINDS = [kind for kind in planting.KINDS if kind != "boilerplate"]
"""Whether a note of the site is told from a passage depends on its text being cut, which is tested with blocks."""

SETS = {
    "whitehouse.parquet": {"n_texts": 2_400, "n_chars": 5_000, "per_kind": 20, "seed": 11},
    "ungdc.parquet": {"n_texts": 2_400, "n_chars": 5_000, "per_kind": 10, "seed": 12},
}
PRECISE = ["exact", "same_text", "near"]


@functools.cache
def _planted(path, n_texts, n_chars, per_kind, seed):
    parquet = pytest.importorskip("pyarrow.parquet")
    texts = parquet.read_table(path, columns=["text"]).column("text").to_pylist()
    texts = [_beginning(text or "", n_chars) for text in Dice(seed).shuffled(texts)[:n_texts]]
    related = planting.naturally_related(texts)
    return _judged(
        planting.plant(
            texts,
            seed=seed,
            kinds=KINDS,
            per_kind=per_kind,
            related=related,
            boilerplate_cut=False,
        )
    )


def _beginning(text, n_chars):
    """Return the first whole paragraphs or sentences of a long text."""
    if len(text) <= n_chars:
        return text
    end = max(text.rfind("\n", 0, n_chars), text.rfind(". ", 0, n_chars) + 1)
    return text[:end]


def _judged(truth):
    """Return the confusion of relations and the overlap of spans."""
    frame = kolloc._interop.frame_from_columns({"text": list(truth.documents), "date": list(truth.dates)})
    duplicates = kolloc.Corpus(frame, text="text").duplicates(date="date")
    columns = ["document_a", "document_b", "relation", "direction"]
    found = [planting.Found(int(a), int(b), *rest) for a, b, *rest in duplicates.pairs[columns].itertuples(index=False)]
    places = ["document_a", "document_b", "char_start_a", "char_end_a", "char_start_b", "char_end_b"]
    spans = [planting.FoundSpan(int(a), int(b), *at) for a, b, *at in duplicates.spans[places].itertuples(index=False)]
    return planting.confusion(truth, found), planting.span_iou(truth, spans)


@pytest.fixture(scope="module", params=SETS)
def natural(request, shared):
    return _planted(shared(f"data/{request.param}"), **SETS[request.param])


def test_planted_pairs_have_the_right_relation_and_direction(natural):
    confusion, _ = natural
    assert confusion.share_right >= 0.95, confusion.table


def test_no_kind_of_reuse_is_mostly_mistaken(natural):
    confusion, _ = natural
    assert {kind: share for kind, share in confusion.both.items() if share < 0.75} == {}


def test_the_same_words_are_the_same_text_whatever_was_taken_for_furniture(natural):
    confusion, _ = natural
    assert confusion.both["exact"] == confusion.both["same_text"] == 1, confusion.table


def test_pairs_called_the_same_or_near_are_so(natural):
    confusion, _ = natural
    assert all(confusion.precision[name] >= 0.99 for name in PRECISE), confusion.false_pairs[:5]


def test_spans_cover_what_was_planted(natural):
    _, overlap = natural
    assert overlap["all"] >= 0.95, overlap


@pytest.mark.parametrize(("language", "run"), [("ko", 12), ("zh", 20)])
def test_made_articles_of_other_scripts_are_judged_as_well(language, run):
    texts = planting.made_articles(400, seed=5, language=language, max_words=400)
    related = planting.naturally_related(texts, run)
    truth = planting.plant(
        texts, seed=5, kinds=planting.ANY_LANGUAGE, per_kind=12, min_words=60, related=related, boilerplate_cut=False
    )
    confusion, overlap = _judged(truth)
    assert confusion.share_right >= 0.95, confusion.table
    assert all(confusion.precision.get(name, 1) >= 0.99 for name in PRECISE)
    assert overlap["all"] >= 0.95, overlap
