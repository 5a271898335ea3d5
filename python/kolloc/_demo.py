"""The main job from text to tables, told step by step."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

import narwhals as nw

from kolloc import _check, _interop, datasets, plots
from kolloc._build import __version__
from kolloc._demo_reprints import print_reprints, search
from kolloc._repr import count, size
from kolloc._tables import aligned
from kolloc.cooccurrence import Cooccurrence
from kolloc.corpus import Corpus
from kolloc.dtm import DocumentTermMatrix
from kolloc.duplicates import Duplicates
from kolloc.tokens import Tokens

__all__ = ["Wish", "run"]

_USUAL_GROUPS = ("outlet", "source", "publisher", "publication", "newspaper", "site", "domain", "category")
_SAMPLE_NODE = "norvale"
_MOST_GROUPS = 12
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the demonstration shall look at."""

    file: str | None
    text: str | None
    node: str | None
    by: str | None
    window: int
    stopwords: str | None
    picture: str


class _Counted(NamedTuple):
    """What came out of the steps."""

    corpus: Corpus
    tokens: Tokens
    dtm: DocumentTermMatrix
    table: Cooccurrence
    duplicates: Duplicates


@dataclass(slots=True)
class _Steps:
    """The steps so far, each with what came out and how long it took."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, name: str, make: Callable[[], _Result], facts: Callable[[_Result], str]) -> _Result:
        start = perf_counter()
        result = make()
        seconds = perf_counter() - start
        self.rows.append((name, facts(result), f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"))
        return result


def run(wish: Wish) -> None:
    """Print what kolloc finds in a file, or in its own sample."""
    print(f"kolloc {__version__} on {wish.file or 'its sample corpus (all of it is made up)'}\n")
    steps = _Steps()
    sample = datasets.sample() if wish.file is None else None
    with _notes() as notes:
        corpus, tokens, dtm, table, duplicates = _count(wish, sample, steps)
    print(aligned(["step", "result", "time"], steps.rows))
    for note in notes:
        print(f"  note: {note}")
    _print_top_terms(dtm, _group_column(corpus, wish.by))
    node = _node(tokens, dtm, wish)
    if node is None:
        print("\nNo term occurs, so there is nothing to look around.")
        return
    near = table.collocates(node, n=15, min_count=2)
    _print_near(near, node, wish.window)
    _print_pairs(table)
    print_reprints(duplicates, tokens)
    _draw(near, node, wish.picture)


def _count(wish: Wish, sample: Any, steps: _Steps) -> _Counted:
    corpus = steps.take(
        "corpus", lambda: _corpus(wish, sample), lambda c: f"{count(c.n_docs, 'document')}, {size(c.n_bytes)}"
    )
    tokens = steps.take(
        "tokens",
        lambda: corpus.tokens(remove_punct=True, remove_symbols=True, stopwords=wish.stopwords, progress=False),
        lambda t: f"{count(t.n_tokens, 'token')} of {count(t.n_types, 'type')}, stop words and punctuation left out",
    )
    dtm = steps.take(
        "document-term matrix",
        lambda: tokens.dtm(progress=False),
        lambda d: f"{d.shape[0]:,} × {d.shape[1]:,}, {d.nnz:,} non-zero",
    )
    table = steps.take(
        "co-occurrence",
        lambda: tokens.cooccurrence(window=wish.window, within="paragraph", min_count=2, progress=False),
        lambda c: f"{count(c.nnz, 'pair')} of terms, {c.n_pairs:,.0f} of positions at most {wish.window} apart",
    )
    duplicates = steps.take(
        "duplicates",
        lambda: search(corpus),
        lambda d: f"{count(d.n_pairs, 'pair')} of documents with text in common, {count(d.n_clusters, 'cluster')}",
    )
    return _Counted(corpus, tokens, dtm, table, duplicates)


def _corpus(wish: Wish, sample: Any) -> Corpus:
    if wish.file is None:
        return Corpus(sample, text="text", names="id")
    return Corpus(wish.file, text=wish.text)


def _group_column(corpus: Corpus, by: str | None) -> str | None:
    columns = _interop.columns(corpus.metadata)
    if by is not None:
        return _check.column("by", by, columns)
    usual = (name for name in columns if name.casefold() in _USUAL_GROUPS)
    return next((name for name in usual if len(corpus.group(name)) <= _MOST_GROUPS), None)


def _node(tokens: Tokens, dtm: DocumentTermMatrix, wish: Wish) -> str | None:
    """Return the word asked for, as it stands in the vocabulary, or the most frequent word."""
    wanted = wish.node or (_SAMPLE_NODE if wish.file is None else None)
    if wanted is not None:
        return wanted if wanted in tokens.vocabulary else wanted.lower()
    frequent = (term for (term,) in _rows(dtm.top_terms(100), "term"))
    return next((term for term in frequent if term.isalpha() and len(term) > 1), None)


def _print_top_terms(dtm: DocumentTermMatrix, by: str | None) -> None:
    print(f"\nMost frequent terms{f' by {by}' if by else ''}")
    terms: dict[str, list[str]] = {}
    if by is None:
        terms[""] = [f"{term} {n:,}" for term, n in _rows(dtm.top_terms(15), "term", "count")]
    else:
        for group, term, n in _rows(dtm.top_terms(8, by=by), by, "term", "count"):
            terms.setdefault(str(group), []).append(f"{term} {n:,}")
    print(aligned([by or "", "terms"], [(group, ", ".join(found)) for group, found in terms.items()]))


def _print_near(near: Any, node: str, window: int) -> None:
    print(f"\nTerms near {node!r}: at most {window} positions away, in the same paragraph")
    columns = ("collocate", "observed", "expected", "log_dice", "npmi", "g2")
    rows = [(word, int(observed), *scores) for word, observed, *scores in _rows(near, *columns)]
    print(aligned(columns, rows) if rows else "  none twice")


def _print_pairs(table: Cooccurrence) -> None:
    print("\nStrongest pairs (log_dice) of those seen at least 10 times, or as often as any")
    edges = nw.from_native(table.edges(measures=["log_dice"]), eager_only=True)
    if not len(edges):
        print("  none")
        return
    seen = edges.filter(nw.col("count") >= min(10, edges["count"].max()))
    best = seen.sort("log_dice", descending=True).head(15)
    print(
        aligned(["term_1", "term_2", "count", "log_dice"], best.select("term_1", "term_2", "count", "log_dice").rows())
    )


def _draw(near: Any, node: str, picture: str) -> None:
    if not find_spec("matplotlib"):
        print("\nWith matplotlib installed there would be a picture: pip install 'kolloc[plots]'")
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        axes = plots.collocates(near)
        axes.set_title(f"near “{node}”")
        axes.figure.savefig(picture, dpi=150)
    print(f"\nPicture: {picture}")


def _rows(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    return list(nw.from_native(frame, eager_only=True).select(*columns).iter_rows())


@contextmanager
def _notes() -> Iterator[list[str]]:
    """Yield a list that holds the warnings afterwards."""
    found: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield found
    found.extend(str(warning.message) for warning in caught)
