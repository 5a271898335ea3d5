"""How the search for duplicates grows: time, peak memory and planted pairs found, from a hundred thousand documents on.

    python benches/duplicates_scale.py [--documents 100000 300000 1000000] [--shingle 4 --winnow 4]

Documents are made up: 100 to 500 words, drawn from a vocabulary of `N_WORDS` by a law like that of natural texts
(Zipf-Mandelbrot). Three in ten are made from an earlier one by mutation: the same words, one in twenty replaced, the
first 60 per cent, or the whole followed by as much of another one. Each size is searched in a process of its own, with
the defaults and with what the command line asks for; memory is the growth of resident memory above the texts.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import peers
import pyarrow as pa
from numpy.typing import NDArray

import kolloc

SEED, N_WORDS, CHUNK = 20260101, 200_000, 50_000
LEAST, MOST, MUTATED, REPLACED, KEPT = 100, 500, 0.3, 0.05, 0.6
KINDS = ("the same words", "one in twenty replaced", "the first 60 %", "followed by another")

Words = NDArray[np.int32]


def main() -> None:
    """Search corpora of growing size, each in a process of its own, and print a table."""
    parser = argparse.ArgumentParser(description="growth of the search for duplicates")
    parser.add_argument("--documents", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    parser.add_argument("--shingle", type=int, default=4)
    parser.add_argument("--winnow", type=int, default=4)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(searched(options.one, shingle=options.shingle, winnow=options.winnow)))
        return
    print("| documents | text | time | memory above the texts, × text | pairs | planted pairs found, by kind |")
    print("|--:|--:|--:|--:|--:|---|")
    for n_docs in options.documents:
        sampling = [f"--shingle={options.shingle}", f"--winnow={options.winnow}"]
        command = [sys.executable, __file__, "--one", str(n_docs), *sampling]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        row = json.loads(done.stdout)
        shares = ", ".join(f"{found / max(of, 1):.2%} of {of:,}" for found, of in row["planted"])
        print(
            f"| {n_docs:,} | {row['text'] / 1e6:,.0f} MB | {row['seconds']:.1f} s | {row['grown'] / 1e6:,.0f} MB, "
            f"{row['grown'] / row['text']:.1f} | {row['pairs']:,} | {shares} |",
            flush=True,
        )


def searched(n_docs: int, **options: Any) -> dict[str, Any]:
    """Return time and memory of a search, and how many of the planted pairs of each kind it found."""
    pa.set_memory_pool(pa.system_memory_pool())
    column, planted = made(n_docs)
    corpus = kolloc.Corpus(column)
    gc.collect()
    peers.release_freed_memory()
    Path("/proc/self/clear_refs").write_text("5")
    before = peers.status("VmRSS")
    start = time.perf_counter()
    duplicates = corpus.duplicates(progress=False, **options)
    seconds = time.perf_counter() - start
    grown = peers.status("VmHWM") - before
    pairs = duplicates.pairs
    first, second = (pairs[name].astype(np.int64).to_numpy() for name in ("document_a", "document_b"))
    found = np.sort(first * n_docs + second)
    keys = planted[:, 0] * n_docs + planted[:, 1]
    places = np.minimum(np.searchsorted(found, keys), len(found) - 1)
    is_found = found[places] == keys
    counts = [(int(is_found[of].sum()), int(of.sum())) for of in (planted[:, 2] == kind for kind in range(len(KINDS)))]
    size = peers.text_bytes(column)
    return {"text": size, "seconds": seconds, "grown": grown, "pairs": len(found), "planted": counts}


# --- Texts ------------------------------------------------------------------------------------------------------------


def made(n_docs: int) -> tuple[pa.Array, NDArray[np.int64]]:
    """Return texts, and the planted pairs as rows (earlier document, later document, kind)."""
    random = np.random.default_rng(SEED)
    vocabulary = made_up_words(random)
    ranks = np.cumsum(1 / (np.arange(N_WORDS) + 2.7))
    originals: list[Words] = []
    planted: list[tuple[int, int, int]] = []
    columns = []
    for start in range(0, n_docs, CHUNK):
        lengths = random.integers(LEAST, MOST, min(CHUNK, n_docs - start), endpoint=True)
        drawn = np.searchsorted(ranks, random.random(int(lengths.sum())) * ranks[-1]).astype(np.int32)
        documents = np.split(drawn, np.cumsum(lengths)[:-1])
        for place in np.flatnonzero(random.random(len(documents)) < MUTATED).tolist():
            number = start + place
            if number:
                source, kind = int(random.integers(number)), int(random.integers(len(KINDS)))
                text = originals[source] if source < start else documents[source - start]
                documents[place] = mutated(random, text, documents[place], kind)
                planted.append((source, number, kind))
        originals += documents
        columns.append(joined(vocabulary, documents))
    return pa.concat_arrays(columns), np.array(planted, np.int64).reshape(-1, 3)


def mutated(random: np.random.Generator, text: Words, other: Words, kind: int) -> Words:
    if kind == 1:
        replaced = random.random(len(text)) < REPLACED
        return np.where(replaced, np.resize(other, len(text)), text)
    if kind == 2:
        return text[: int(KEPT * len(text))]
    return np.concatenate([text, other[: len(text)]]) if kind == 3 else text


def made_up_words(random: np.random.Generator) -> pa.Array:
    """Return different words of one to four syllables, short ones first, each with the space behind it."""
    vowels = ("a", "e", "i", "o", "u", "an", "er")
    syllables = np.array([consonant + vowel for consonant in "bdfghklmnprstvz" for vowel in vowels])
    words = dict.fromkeys(f"{syllable} " for syllable in syllables)
    while len(words) < N_WORDS:
        n_syllables = 2 + (len(words) > len(syllables) ** 2 // 4)
        words["".join(random.choice(syllables, n_syllables)) + " "] = None
    return pa.array(words, pa.large_string())


def joined(vocabulary: pa.Array, documents: list[Words]) -> pa.Array:
    """Return documents as texts: the words of all in one buffer, cut where documents end."""
    words = vocabulary.take(pa.array(np.concatenate(documents)))
    ends = np.cumsum([0, *map(len, documents)])
    offsets = np.frombuffer(words.buffers()[1], np.int64)[ends]
    return pa.LargeStringArray.from_buffers(len(documents), pa.py_buffer(offsets), words.buffers()[2])


if __name__ == "__main__":
    main()
