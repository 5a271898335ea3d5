"""Furniture of made sites of which every character is known."""

import functools

import numpy as np
import pytest

import kolloc
from kolloc.blocks import DROPPED
from planting import made_articles, plant

PER_KIND = 60


@functools.cache
def planted():
    articles = made_articles(300, seed=11)
    return plant(articles, seed=2, kinds=["site_frame", "boilerplate"], per_kind=PER_KIND, n_originals=260)


@functools.cache
def pages_of_sites():
    """Planted pages alone, each with its site and the characters of it that are the site's."""
    made = planted()
    own = {}
    for part in made.in_page:
        assert part.kind == "boilerplate"
        own.setdefault(part.doc, np.zeros(len(made.documents[part.doc]), dtype=bool))[
            part.char_start : part.char_end
        ] = True
    return [(made.documents[doc], made.sources[doc], mask) for doc, mask in sorted(own.items())]


def dropped(blocks, sizes):
    masks = [np.zeros(size, dtype=bool) for size in sizes]
    spans = blocks.spans()
    for name, start, end in zip(spans["document"], spans["char_start"], spans["char_end"], strict=True):
        masks[int(name)][start:end] = True
    return masks


def test_the_text_of_sites_is_found_and_their_articles_are_not_touched():
    texts, sites, truth = map(list, zip(*pages_of_sites(), strict=True))
    assert min(sites.count(site) for site in set(sites)) >= 20
    found = dropped(kolloc.Corpus(texts).blocks(site=sites), map(len, texts))
    solid = [np.array([not char.isspace() for char in text]) for text in texts]
    hit = sum((mask & own & ink).sum() for mask, own, ink in zip(found, truth, solid, strict=True))
    lost = sum((mask & ~own & ink).sum() for mask, own, ink in zip(found, truth, solid, strict=True))
    assert hit >= 0.95 * sum((own & ink).sum() for own, ink in zip(truth, solid, strict=True))
    assert lost <= 0.005 * sum((~own & ink).sum() for own, ink in zip(truth, solid, strict=True))


def test_without_sites_less_is_found_and_still_nothing_lost():
    texts, _, truth = map(list, zip(*pages_of_sites(), strict=True))
    found = dropped(kolloc.Corpus(texts).blocks(), map(len, texts))
    lost = sum((mask & ~own).sum() for mask, own in zip(found, truth, strict=True))
    assert lost <= 0.005 * sum((~own).sum() for own in truth)


PARAGRAPH = "The ferry line said on Monday that its oldest ship would sail for one more winter before it was sold."


def pages(site, n, line):
    """Pages with a line between two paragraphs that no other page has."""
    own = ["x" * (i + 1) for i in range(n)]
    return [(site, f"{PARAGRAPH} Page {word} of {site}.\n\n{line}\n\n{PARAGRAPH} End {word}.") for word in own]


def kinds_of(rows, **options):
    sites, texts = zip(*rows, strict=True)
    frame = kolloc.Corpus(list(texts)).blocks(site=list(sites), **options).to_frame(text=True)
    return list(zip(frame["document"].astype(str), frame["kind"].astype(str), frame["text"], strict=True))


def test_digits_do_not_matter():
    rows = [("a", text.replace("NUMBER", str(i))) for i, (_, text) in enumerate(pages("a", 8, "Edition NUMBER today"))]
    assert [kind for _, kind, text in kinds_of(rows) if text.startswith("Edition")] == ["boilerplate"] * 8


def test_small_sites_abstain():
    assert "boilerplate" not in {kind for _, kind, _ in kinds_of(pages("a", 3, "Only in the harbour town"))}


def test_a_line_on_few_pages_of_a_site_is_not_the_sites():
    rows = pages("a", 3, "Only in the harbour town") + pages("a", 97, "")
    assert "boilerplate" not in {kind for _, kind, _ in kinds_of(rows)}


def test_a_long_paragraph_on_several_sites_is_syndicated():
    wire = " ".join(
        f"The wire report number {word} says more." for word in ["one", "two", "three", "four", "five", "six", "seven"]
    )
    for sites, expected in ((("a", "b"), 0), (("a",), 10)):
        rows = [row for site in sites for row in pages(site, 10, "Short")]
        rows = [(site, f"{text}\n\n{wire}") for site, text in rows]
        assert sum(kind in DROPPED for _, kind, text in kinds_of(rows) if text == wire) == expected


def test_pages_without_a_site_are_judged_by_themselves():
    rows = [(None, text) for _, text in pages("a", 10, "Only in the harbour town")]
    assert "boilerplate" not in {kind for _, kind, _ in kinds_of(rows)}


@pytest.mark.parametrize("n_threads", [1, 2, 3, 8])
def test_the_order_of_documents_and_threads_do_not_matter(n_threads):
    texts, sites, _ = map(list, zip(*pages_of_sites(), strict=True))
    order = np.random.default_rng(3).permutation(len(texts))
    straight = kolloc.Corpus(texts).blocks(site=sites, n_threads=1).to_frame(text=True)
    shuffled = kolloc.Corpus([texts[i] for i in order]).blocks(site=[sites[i] for i in order], n_threads=n_threads)
    shuffled = shuffled.to_frame(text=True)
    shuffled["document"] = [str(order[int(row)]) for row in shuffled["document"]]
    columns = [name for name in straight.columns if name != "document"]
    for name in map(str, range(len(texts))):
        one, other = straight[straight["document"] == name], shuffled[shuffled["document"] == name]
        assert one[columns].to_dict("list") == other[columns].to_dict("list")
