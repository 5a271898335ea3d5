"""Collocations beside gensim's `Phrases` and NLTK's finder, from the same tokens, and how fast longer n-grams are.

    python benches/collocations.py TEXTS.parquet [--column text] [--documents N] [--nltk N] [--repeat 3]

All get the same tokens: kolloc its integers, gensim and NLTK lists of str, made beforehand and not timed. Timed is
everything from there to a table of pairs with scores, those that occur at least five times. The counts of kolloc and
gensim must be equal, or the line says how many are not.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq

import kolloc

MIN_COUNT = 5


def main() -> None:
    """Time each on one file of texts and print a table."""
    parser = argparse.ArgumentParser(description="collocations beside gensim and NLTK")
    parser.add_argument("file")
    parser.add_argument("--column", default="text")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--nltk", type=int, default=1000, help="documents NLTK gets")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    texts = pq.read_table(options.file, columns=[options.column]).column(0).slice(0, options.documents)
    tokens = kolloc.Corpus(texts).tokens(remove_punct=True)
    lists = [[word for word in tokens.doc(row) if word is not None] for row in range(tokens.n_docs)]
    # Without gaps, as the others see them.
    dense = kolloc.Tokens.from_lists(lists)
    print(f"{dense.n_docs:,} documents, {dense.n_tokens:,} tokens, {dense.n_types:,} types")
    ours, frame = timed(lambda: dense.collocations(min_count=MIN_COUNT, within="document"), options.repeat)
    told("kolloc, pairs", ours, dense.n_tokens)
    theirs, phrases = timed(lambda: gensim_phrases(lists), 1)
    told("gensim Phrases, pairs", theirs, dense.n_tokens)
    print(f"  {theirs / ours:.1f} times as long; {differing(frame, phrases)} of {len(frame):,} counts differ")
    part, few = lists[: options.nltk], dense[: options.nltk]
    ours, _ = timed(lambda: few.collocations(min_count=MIN_COUNT, within="document"), options.repeat)
    theirs, _ = timed(lambda: nltk_pairs(part), 1)
    told(f"kolloc, pairs of {len(part):,} documents", ours, few.n_tokens)
    told("NLTK, the same", theirs, few.n_tokens)
    print(f"  {theirs / ours:.1f} times as long")
    for sizes in ((2,), (2, 3), (2, 3, 4, 5)):
        spent, frame = timed(lambda sizes=sizes: tokens.collocations(sizes), options.repeat)
        told(f"kolloc, sizes {sizes}, sentences and gaps, {len(frame):,} listed", spent, tokens.n_tokens)


def gensim_phrases(lists: list[list[str]]) -> tuple[Any, dict[str, float]]:
    """Return the model and its scored pairs."""
    from gensim.models import Phrases

    model = Phrases(lists, min_count=MIN_COUNT, threshold=-1.0, scoring="npmi", delimiter=" ")
    return model, model.export_phrases()


def nltk_pairs(lists: list[list[str]]) -> Any:
    """Return the scored pairs of the finder."""
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    finder = BigramCollocationFinder.from_documents(lists)
    finder.apply_freq_filter(MIN_COUNT)
    return finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)


def differing(frame: Any, phrases: tuple[Any, Any]) -> int:
    """Return how many pairs do not occur as often in the model as in the frame."""
    model, _ = phrases
    pairs = zip(frame["collocation"], frame["count"], strict=True)
    return sum(model.vocab.get(pair, 0) != count for pair, count in pairs)


def timed(work: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    """Return the shortest time in seconds and the last result."""
    best = float("inf")
    result = None
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def told(what: str, seconds: float, n_tokens: int) -> None:
    """Print a line."""
    print(f"{what}: {seconds:.3f} s, {n_tokens / seconds / 1e6:.1f} M tokens/s")


if __name__ == "__main__":
    main()
