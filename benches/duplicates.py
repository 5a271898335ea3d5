r"""Near-duplicate search beside datasketch and rensa, in one run: times, and how many true pairs each finds.

    python benches/duplicates.py --data FOLDER [--repeat N] [--json FILE]
    python benches/duplicates.py --quick

FOLDER holds (at any depth) ``whitehouse.parquet`` with a column ``text``. Everybody starts from the texts and ends with
pairs of documents: kolloc from the Arrow column to the frame of all typed pairs, the peers from a list of `str`, made
beforehand, to the pairs that their index returns; a second row of kolloc looks for near-duplicates alone (no passages,
no furniture told apart), as the peers do. Both peers get word 5-grams of the lower-case text cut at spaces and 128
permutations. datasketch hashes a document by one `update_batch` and asks `MinHashLSH` with threshold 0.7; rensa makes
all sketches by one call and asks its index of 16 bands for all of them by another. Repetitions alternate; who has used
up `peers.BUDGET` seconds is not repeated.

A pair is true if the exact Jaccard similarity of its sets of word 3-grams is at least 0.7, words being what ``\w+`` has
in the lower-case text. It is counted in plain numpy, by nobody's own code, for every pair that anybody returned; the
true pairs of all together are what each one's share is of. A true pair that nobody returned is not known.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import peers
import pyarrow as pa
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

import kolloc

N_PERMUTATIONS, GRAM, TRUE_JACCARD, TRUE_GRAM, BANDS = 128, 5, 0.7, 3, 16
PACKAGES = ("datasketch", "rensa")

# What the peers do: texts akin as wholes, with all that pages have around them.
ALONE = {"passage": None, "furniture": "keep", "winnow": 8}

Pairs = NDArray[np.int64]


def main() -> None:
    """Measure, check and print a table."""
    parser = argparse.ArgumentParser(description="kolloc beside datasketch and rensa")
    parser.add_argument("--data", default=".", help="folder with whitehouse.parquet")
    parser.add_argument("--quick", action="store_true", help="the shipped sample corpus only, once")
    parser.add_argument("--repeat", type=int, default=3, help="repetitions of each contender")
    parser.add_argument("--json", help="file for all numbers")
    options = parser.parse_args()
    file = None if options.quick else next(iter(sorted(Path(options.data).rglob("whitehouse.parquet"))), None)
    if file is None and not options.quick:
        sys.exit(f"whitehouse.parquet is not in {options.data}; name a folder by --data, or use --quick")
    column = peers.read(file)
    texts = column.to_pylist()
    results, times = peers.alternate(
        {
            "kolloc, 1 thread": lambda: with_kolloc(column, 1),
            "kolloc": lambda: with_kolloc(column, None),
            "kolloc, near-duplicates alone": lambda: with_kolloc(column, None, **ALONE),
            "rensa": lambda: with_rensa(texts),
            "datasketch": lambda: with_datasketch(texts),
        },
        1 if options.quick else options.repeat,
    )
    if not np.array_equal(results["kolloc"], results["kolloc, 1 thread"]):
        sys.exit("kolloc finds other pairs with one thread than with all")
    rows = compared(results, times, similar(texts, results.values()))
    told = peers.machine() | {package: version(package) for package in PACKAGES}
    print(f"{len(column):,} documents, {peers.text_bytes(column) / 1e6:,.1f} MB\n\n{report(rows, told)}")
    if options.json:
        Path(options.json).write_text(json.dumps({"machine": told, "rows": rows}, indent=1) + "\n")


# --- Contenders: from texts to pairs of documents, the smaller number first -------------------------------------------


def with_kolloc(column: pa.Array, n_threads: int | None, **options: Any) -> Pairs:
    names = [str(number) for number in range(len(column))]
    corpus = kolloc.Corpus(pa.table({"text": column, "name": names}), text="text", names="name")
    pairs = corpus.duplicates(n_threads=n_threads, progress=False, **options).pairs
    return unique(np.stack([pairs[side].cast(pa.int64()).to_numpy() for side in ("document_a", "document_b")], axis=1))


def with_datasketch(texts: list[str]) -> Pairs:
    index = MinHashLSH(threshold=TRUE_JACCARD, num_perm=N_PERMUTATIONS)
    found = []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=N_PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in grams(text)])
        found += [(other, number) for other in index.query(sketch)]
        index.insert(number, sketch)
    return unique(np.array(found, np.int64).reshape(-1, 2))


def with_rensa(texts: list[str]) -> Pairs:
    sketches = RMinHash.from_token_sets((grams(text) for text in texts), N_PERMUTATIONS, 42)
    index = RMinHashLSH(TRUE_JACCARD, N_PERMUTATIONS, BANDS)
    index.insert_many(sketches)
    found = [(number, other) for number, others in enumerate(index.query_all(sketches)) for other in others]
    pairs = np.array(found, np.int64).reshape(-1, 2)
    return unique(pairs[pairs[:, 0] < pairs[:, 1]])


def grams(text: str) -> list[str]:
    words = text.lower().split()
    return [" ".join(words[at : at + GRAM]) for at in range(max(len(words) - GRAM + 1, 1))]


def unique(pairs: Pairs) -> Pairs:
    return np.unique(pairs, axis=0)


# --- Checking ---------------------------------------------------------------------------------------------------------


def similar(texts: list[str], returned: Iterable[Pairs]) -> Pairs:
    """Return those of all pairs returned that are true."""
    pairs = unique(np.concatenate(list(returned)))
    vocabulary: dict[str, int] = {}
    sets: dict[int, NDArray[np.int64]] = {}
    for document in np.unique(pairs).tolist():
        words = (vocabulary.setdefault(word, len(vocabulary)) for word in re.findall(r"\w+", texts[document].lower()))
        ids = np.fromiter(words, np.int64)
        if len(vocabulary) >= 1 << 21:
            sys.exit("three words of this vocabulary do not fit into 63 bits")
        sets[document] = np.unique((ids[:-2] << 42) | (ids[1:-1] << 21) | ids[2:])
    true = [jaccard(sets[a], sets[b]) >= TRUE_JACCARD for a, b in pairs.tolist()]
    return pairs[np.array(true, bool)]


def jaccard(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    smaller, larger = sorted((len(one), len(other)))
    if smaller < TRUE_JACCARD * larger or not larger:
        return 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (smaller + larger - shared)


def compared(results: dict[str, Pairs], times: dict[str, list[float]], true: Pairs) -> list[dict[str, Any]]:
    fastest = min(times["kolloc"])
    known = set(map(tuple, true.tolist()))
    return [
        {
            "who": who,
            "best": min(seconds),
            "median": statistics.median(seconds),
            "runs": len(seconds),
            "of kolloc": min(seconds) / fastest,
            "pairs": len(results[who]),
            "true": len(known.intersection(map(tuple, results[who].tolist()))),
            "known": len(known),
        }
        for who, seconds in times.items()
    ]


def report(rows: list[dict[str, Any]], told: dict[str, str]) -> str:
    lines = [
        f"Run on: {', '.join(f'{name} {value}' for name, value in told.items())}.",
        "",
        "| who | best | median of runs | time, kolloc = 1 | pairs returned | true pairs found |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        share = row["true"] / max(row["known"], 1)
        lines.append(
            f"| {row['who']} | {row['best']:.3g} s | {row['median']:.3g} s of {row['runs']} | "
            f"{row['of kolloc']:,.2f} | {row['pairs']:,} | {row['true']:,} of {row['known']:,} ({share:.1%}) |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
