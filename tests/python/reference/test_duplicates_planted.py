"""Reuse that others planted or that is known otherwise: recall, precision and graded rewriting (shared data)."""

from collections import Counter, defaultdict

import pytest

import kolloc
from reference import naive_duplicates as naive

PASSAGE = 12
AKIN = {"exact", "same_text", "near", "contains", "contained_in", "revised"}
PART_OF = {"quotes", "shared_passage"}


def _frame(shared, name):
    parquet = pytest.importorskip("pyarrow.parquet")
    return parquet.read_table(shared(f"data/dedup/{name}")).to_pandas()


def _unordered(pairs):
    return {frozenset(pair) for pair in pairs}


@pytest.fixture(scope="module")
def planted(shared):
    documents = _frame(shared, "planted/documents.parquet")
    return kolloc.Corpus(documents, text="text", names="doc_id")


@pytest.fixture(scope="module")
def planted_pairs(planted):
    return planted.duplicates().pairs


def test_every_planted_relation_is_found(shared, planted_pairs):
    found = _unordered(zip(planted_pairs["document_a"], planted_pairs["document_b"], strict=True))
    met, missed = Counter(), Counter()
    for a, b, relation in _frame(shared, "planted/pairs.parquet").itertuples(index=False):
        met[relation] += 1
        missed[relation] += frozenset((a, b)) not in found
    recall = {relation: 1 - missed[relation] / met[relation] for relation in met}
    assert len(recall) == 14
    least = {relation: 0.95 if relation == "subst20" else 0.99 for relation in recall}
    assert {relation: value for relation, value in recall.items() if value < least[relation]} == {}


def test_pairs_without_a_common_original_have_a_real_passage_in_common(shared, planted, planted_pairs):
    originals = {row.doc_id: set(row.originals) for row in _frame(shared, "planted/lineage.parquet").itertuples()}
    labelled = _frame(shared, "planted/pairs.parquet")
    natural = _unordered(labelled[labelled.relation == "natural_shared_sentence"][["doc_a", "doc_b"]].to_numpy())
    for a, b, run in planted_pairs[["document_a", "document_b", "longest_run"]].itertuples(index=False):
        if originals[a] & originals[b] or any(frozenset((x, y)) in natural for x in originals[a] for y in originals[b]):
            continue
        assert run >= PASSAGE
        assert _share_a_run(planted.text(a), planted.text(b), PASSAGE)


def _share_a_run(a, b, n_words):
    """Return whether two texts share a run of so many words."""
    runs = [set(naive.Text(text).grams(n_words)) for text in (a, b)]
    return bool(runs[0] & runs[1])


def test_two_scrapes_of_one_broadcast_are_found_and_no_others(shared):
    table = _frame(shared, "cctv/cctv.parquet")
    pairs = kolloc.Corpus(list(table.text)).duplicates().pairs
    akin = pairs[~pairs["relation"].isin(PART_OF)]
    dates = [(table.date[int(a)], table.date[int(b)]) for a, b in zip(akin.document_a, akin.document_b, strict=True)]
    right = sum(a == b for a, b in dates)
    assert right / 300 >= 0.99
    assert right / len(dates) >= 0.99


@pytest.fixture(scope="module")
def rewriting(shared):
    """Return the containment of each answer in its source, by n and category."""
    table = _frame(shared, "clough_stevenson/clough_stevenson.parquet")
    answers = table[table.category != "orig"]
    duplicates = kolloc.Corpus(table, text="text", names="doc_id").duplicates()
    frame = duplicates.overlap(zip(answers.doc_id, answers.source_doc, strict=True), n=[1, 2, 3, 4, 5])
    category = dict(zip(answers.doc_id, answers.category, strict=True))
    scores = defaultdict(lambda: defaultdict(list))
    for name, n, containment in frame[["document_a", "n", "containment_a"]].itertuples(index=False):
        scores[n][category[name]].append(containment)
    return scores


def _auc(positive, negative):
    wins = sum((p > q) + (p == q) / 2 for p in positive for q in negative)
    return wins / (len(positive) * len(negative))


@pytest.mark.parametrize(
    ("n", "of_all", "of_heavy"), [(1, 0.97, 0.99), (2, 0.96, 0.97), (3, 0.96, 0.97), (5, 0.96, 0.95)]
)
def test_containment_tells_rewritten_answers_from_own_ones(rewriting, n, of_all, of_heavy):
    scores = rewriting[n]
    reused = [*scores["cut"], *scores["light"], *scores["heavy"]]
    assert (len(reused), len(scores["non"])) == (57, 38)
    assert _auc(reused, scores["non"]) >= of_all
    assert _auc(scores["heavy"], scores["non"]) >= of_heavy


def test_single_words_are_the_best_sign_of_heavy_rewriting(rewriting):
    by_n = {n: _auc(scores["heavy"], scores["non"]) for n, scores in rewriting.items()}
    assert max(by_n, key=by_n.get) == 1
