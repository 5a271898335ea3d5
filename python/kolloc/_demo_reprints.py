"""What a demonstration says about reprints."""

from __future__ import annotations

import narwhals as nw

from kolloc import _duplicates_repr, _interop
from kolloc._repr import count
from kolloc._tables import aligned
from kolloc.corpus import Corpus
from kolloc.duplicates import Duplicates
from kolloc.exceptions import KollocError
from kolloc.tokens import Tokens

__all__ = ["print_reprints", "search"]

_USUAL_DATES = ("date", "published", "published_at", "publication_date", "pubdate", "datetime", "timestamp", "day")
_USUAL_SOURCES = ("outlet", "source", "publisher", "publication", "newspaper", "site", "domain", "url", "link")


def search(corpus: Corpus) -> Duplicates:
    """Return the duplicates of a corpus, with dates and sources if its columns have usual names and can be read."""
    date, source = _column(corpus, _USUAL_DATES), _column(corpus, _USUAL_SOURCES)
    try:
        return corpus.duplicates(date=date, source=source, site=source, progress=False)
    except (KollocError, TypeError):
        # The column of dates is not what its name says.
        return corpus.duplicates(source=source, site=source, progress=False)


def _column(corpus: Corpus, usual: tuple[str, ...]) -> str | None:
    by_name = {name.casefold(): name for name in reversed(_interop.columns(corpus.metadata))}
    return next((by_name[name] for name in usual if name in by_name), None)


def print_reprints(duplicates: Duplicates, tokens: Tokens) -> None:
    """Print relations, the largest cluster, and the word whose rate changes most if each story counts once."""
    print("\nPrinted more than once: pairs of documents by what they are to each other")
    facts = _duplicates_repr.facts(duplicates)
    if not facts.relations:
        print("  none have text in common")
        return
    print(aligned(["relation", "pairs"], list(facts.relations.items())))
    if not facts.largest:
        return
    size, names = facts.largest[0]
    more = f" and {size - len(names):,} more" if size > len(names) else ""
    print(f"  largest cluster: {count(size, 'print')} of one text, {', '.join(names)}{more}")
    effect = nw.from_native(duplicates.effect(tokens, "all", "one_per_cluster", 1), eager_only=True)
    for term, every, once in effect.select("term", "count_1", "count_2").iter_rows():
        print(f"  counting each story once moves {term!r} most: {every:,g} in all prints, {once:,g} in one of each")
