"""kolloc beside scikit-learn and polars, in one run: times, memory, and whether the results agree.

    python benches/peers.py --data FOLDER [--task TASK ...] [--json FILE]
    python benches/peers.py --quick

FOLDER holds (at any depth) one or more of the Parquet files of `CORPORA`, each with a column ``text``. Repetitions of
the contenders alternate; a contender that has used up `BUDGET` seconds is not repeated. Peers get their input in the
form they like best, made beforehand: scikit-learn a list of `str`, polars a Series, kolloc an Arrow column.

"checked" says what the numbers of a row were compared with. For CountVectorizer, kolloc runs once more with the rule of
CountVectorizer (runs of two or more letters, digits or underscores) and must give its whole matrix; for polars with the
pattern polars used; for co-occurrence a plain Python count of the first documents is the reference.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import parquet
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

import kolloc

CORPORA = ("ungdc.parquet", "whitehouse.parquet", "nsmc_50k.parquet")
TASKS = ("words", "bigrams", "windows", "memory", "large")
PACKAGES = ("kolloc", "scikit-learn", "polars", "numpy", "scipy", "pyarrow")
SKLEARN_RULE = {"segmenter": "regex", "token_pattern": r"[\p{L}\p{N}_]{2,}", "normalize": None}
POLARS_RULE = {"segmenter": "regex", "token_pattern": r"\w+", "normalize": None}
WINDOW = {"window": 5, "min_count": 10}
BUDGET = 60.0
REFERENCE_DOCS = 200

Row = dict[str, Any]


def main() -> None:
    """Measure what the command line asks for and print a table."""
    options = command_line()
    if options.memory:
        print(json.dumps(grown(options.memory, Path(options.file))))
        return
    rows: list[Row] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kolloc.exceptions.MissingTextWarning)
        for name, column, file in corpora(options):
            megabytes = text_bytes(column) / 1e6
            print(f"{name}: {len(column):,} documents, {megabytes:,.1f} MB", file=sys.stderr, flush=True)
            wanted = [task for task in options.task if task == "words" or megabytes > 20 or options.quick]
            if "words" in wanted:
                rows += words(name, column, options.repeat)
            if "bigrams" in wanted:
                rows += pairs_of_neighbours(name, column, options.repeat)
            if "windows" in wanted:
                rows += windows(name, column, options.repeat)
            if "memory" in wanted:
                rows += memory(name, file, megabytes)
        if "large" in options.task:
            rows += many_times(*largest(options), options.large)
    print(report(rows))
    if options.json:
        Path(options.json).write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1) + "\n")


def command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="kolloc beside scikit-learn and polars")
    parser.add_argument("--data", default=".", help=f"folder with {', '.join(CORPORA)}")
    parser.add_argument("--quick", action="store_true", help="the shipped sample corpus only, once")
    parser.add_argument("--task", nargs="+", choices=TASKS, default=TASKS, help="what is measured, otherwise all")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions of each contender")
    parser.add_argument("--large", type=float, default=1000, help="MB of the corpus made by repeating the largest")
    parser.add_argument("--json", help="file for all numbers")
    parser.add_argument("--memory", choices=list(JOBS), help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.quick:
        options.repeat, options.large = 1, 2.0
    return options


# --- Texts ------------------------------------------------------------------------------------------------------------


def corpora(options: argparse.Namespace) -> list[tuple[str, pa.Array, Path | None]]:
    """Return name, texts and file of each corpus that is there."""
    if options.quick:
        return [("sample", sample(), None)]
    found = [(name, next(iter(sorted(Path(options.data).rglob(name))), None)) for name in CORPORA]
    if all(file is None for _, file in found):
        sys.exit(f"none of {', '.join(CORPORA)} is in {options.data}; name a folder by --data, or use --quick")
    return [(name.removesuffix(".parquet"), read(file), file) for name, file in found if file is not None]


def largest(options: argparse.Namespace) -> tuple[str, pa.Array]:
    name, column, _ = max(corpora(options), key=lambda corpus: text_bytes(corpus[1]))
    return name, column


def read(file: Path | None) -> pa.Array:
    """Return the texts of a file as one Arrow array."""
    if file is None:
        return sample()
    column = parquet.ParquetFile(file).read(columns=["text"])["text"].cast(pa.large_string())
    return filled(column.combine_chunks())


def sample() -> pa.Array:
    """Return the shipped sample corpus."""
    return filled(kolloc.datasets.sample("pyarrow")["text"].cast(pa.large_string()).combine_chunks())


def filled(column: pa.Array) -> pa.Array:
    """Return missing texts as empty ones, which is all that the peers can read."""
    return pa.array(["" if text is None else text for text in column.to_pylist()], pa.large_string())


def text_bytes(column: pa.Array) -> int:
    return int(np.frombuffer(column.buffers()[1], np.int64)[: len(column) + 1][-1])


# --- Contenders -------------------------------------------------------------------------------------------------------


def count_with_kolloc(column: pa.Array, n_threads: int | None, **dtm: Any) -> sparse.csr_array:
    tokens = kolloc.Corpus(column).tokens(remove_punct=True, n_threads=n_threads, progress=False)
    return tokens.dtm(n_threads=n_threads, progress=False, **dtm).to_scipy()


def count_with_sklearn(texts: list[str], **options: Any) -> tuple[Any, sparse.csr_matrix]:
    vectorizer = CountVectorizer(**options)
    return vectorizer, vectorizer.fit_transform(texts)


def count_with_polars(series: Any) -> Any:
    cut = pl.col("text").str.to_lowercase().str.extract_all(r"\w+").alias("term")
    long = series.to_frame().with_row_index("document").select("document", cut).explode("term").drop_nulls()
    return long.group_by("document", "term").len()


def polars_series(column: pa.Array) -> Any:
    return pl.Series("text", pl.from_arrow(column))


# --- Tasks ------------------------------------------------------------------------------------------------------------


def words(name: str, column: pa.Array, repeat: int) -> list[Row]:
    """Tokens and document-term matrix of single words."""
    texts, series = column.to_pylist(), polars_series(column)
    results, times = alternate(
        {
            "kolloc, 1 thread": lambda: count_with_kolloc(column, 1),
            "kolloc": lambda: count_with_kolloc(column, None),
            "CountVectorizer": lambda: count_with_sklearn(texts),
            "polars": lambda: count_with_polars(series),
        },
        repeat,
    )
    same_threads = equal(results["kolloc"], results["kolloc, 1 thread"])
    checks = {
        "kolloc, 1 thread": same_threads and "same for 1 thread and all",
        "kolloc": same_threads and "same for 1 thread and all",
        "CountVectorizer": agrees_with_sklearn(column, results["CountVectorizer"]) and "same matrix",
        "polars": agrees_with_polars(column, results["polars"]) and "same cells and total",
    }
    return timed("words", name, times, checks, text_bytes(column) / 1e6, "MB/s")


def pairs_of_neighbours(name: str, column: pa.Array, repeat: int) -> list[Row]:
    """Document-term matrix of words and bigrams."""
    texts, span = column.to_pylist(), (1, 2)
    results, times = alternate(
        {
            "kolloc, 1 thread": lambda: count_with_kolloc(column, 1, ngram_range=span),
            "kolloc": lambda: count_with_kolloc(column, None, ngram_range=span),
            "CountVectorizer": lambda: count_with_sklearn(texts, ngram_range=span),
        },
        repeat,
    )
    same_threads = equal(results["kolloc"], results["kolloc, 1 thread"])
    checks = {
        "kolloc, 1 thread": same_threads and "same for 1 thread and all",
        "kolloc": same_threads and "same for 1 thread and all",
        "CountVectorizer": agrees_with_sklearn(column, results["CountVectorizer"], ngram_range=span) and "same matrix",
    }
    return timed("words and bigrams", name, times, checks, text_bytes(column) / 1e6, "MB/s")


def windows(name: str, column: pa.Array, repeat: int) -> list[Row]:
    """Window co-occurrence from tokens, in pairs of positions."""
    tokens = kolloc.Corpus(column).tokens(remove_punct=True, progress=False)
    results, times = alternate(
        {
            "kolloc, 1 thread": lambda: tokens.cooccurrence(**WINDOW, n_threads=1, progress=False),
            "kolloc": lambda: tokens.cooccurrence(**WINDOW, progress=False),
        },
        repeat,
    )
    one, several = (results[who].to_scipy() for who in ("kolloc, 1 thread", "kolloc"))
    n_pairs = int(several.sum(dtype=np.int64))
    right = equal(one, several) and agrees_with_plain_count(tokens[: min(REFERENCE_DOCS, len(tokens))])
    checks = dict.fromkeys(times, right and "same as a plain count")
    task = f"window 5: {n_pairs / 1e6:,.1f} M pairs, {one.shape[0]:,} terms, {one.nnz:,} cells"
    return timed(task, name, times, checks, n_pairs / 1e6, "M pairs/s")


def many_times(name: str, column: pa.Array, megabytes: float) -> list[Row]:
    """Measure the same texts once and many times over: cost should grow in step."""
    copies = max(2, round(megabytes * 1e6 / text_bytes(column)))
    rows = []
    for times_over, texts in ((1, column), (copies, pa.concat_arrays([column] * copies))):
        size = text_bytes(texts) / 1e6
        label = f"{name} × {times_over} ({size:,.0f} MB)"
        results, times = alternate(
            {"kolloc": lambda texts=texts: kolloc.Corpus(texts).tokens(remove_punct=True, progress=False)}, 2
        )
        tokens = results["kolloc"]
        rows += timed("tokens", label, times, {"kolloc": f"{tokens.n_tokens:,} tokens"}, size, "MB/s")
        results, times = alternate({"kolloc": lambda tokens=tokens: tokens.dtm(progress=False)}, 2)
        rows += timed(
            "document-term matrix", label, times, {"kolloc": f"{results['kolloc'].nnz:,} cells"}, size, "MB/s"
        )
        results, times = alternate({"kolloc": lambda tokens=tokens: tokens.cooccurrence(**WINDOW, progress=False)}, 2)
        n_pairs = int(results["kolloc"].to_scipy().sum(dtype=np.int64))
        rows += timed("window 5", label, times, {"kolloc": f"{n_pairs:,} pairs"}, n_pairs / 1e6, "M pairs/s")
    return rows


# --- Measuring --------------------------------------------------------------------------------------------------------


def alternate(tasks: dict[str, Callable[[], Any]], repeat: int) -> tuple[dict[str, Any], dict[str, list[float]]]:
    """Run the tasks in turn; return the last result and all times of each."""
    results: dict[str, Any] = {}
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(repeat):
        for name, task in tasks.items():
            if sum(times[name]) > BUDGET:
                continue
            results.pop(name, None)
            gc.collect()
            start = time.perf_counter()
            results[name] = task()
            times[name].append(time.perf_counter() - start)
            print(f"  {name}: {times[name][-1]:.2f} s", file=sys.stderr, flush=True)
    return results, times


def timed(
    task: str, corpus: str, times: dict[str, list[float]], checks: dict[str, Any], amount: float, unit: str
) -> list[Row]:
    fastest = min(times["kolloc"])
    return [
        {
            "task": task,
            "corpus": corpus,
            "who": who,
            "best": min(seconds),
            "median": statistics.median(seconds),
            "runs": len(seconds),
            "rate": amount / min(seconds),
            "unit": unit,
            "of kolloc": min(seconds) / fastest,
            "checked": checks[who] or "DIFFERS",
        }
        for who, seconds in times.items()
    ]


def memory(name: str, file: Path | None, megabytes: float) -> list[Row]:
    """Peak memory of tokens and document-term matrix, each contender in a process of its own."""
    rows = []
    for who in JOBS:
        command = [
            sys.executable,
            __file__,
            "--memory",
            who,
            *(["--file", str(file)] if file else ["--quick", "--file", ""]),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        growth = json.loads(done.stdout)["grown"] / 1e6
        row = {"task": "peak memory", "corpus": name, "who": who, "grown": growth, "text": megabytes}
        rows.append(row | {"times text": (growth + megabytes) / megabytes})
    return rows


def grown(who: str, file: Path) -> dict[str, int]:
    """Return by how many bytes the resident memory of this process grows at most during a job."""
    pa.set_memory_pool(pa.system_memory_pool())
    column = read(file if file.name else None)
    prepare, job = JOBS[who]
    texts = prepare(column)
    if texts is not column:
        del column
    job(prepare(sample()))
    gc.collect()
    release_freed_memory()
    Path("/proc/self/clear_refs").write_text("5")
    before = status("VmRSS")
    result = job(texts)
    peak = status("VmHWM")
    assert result is not None
    return {"before": before, "peak": peak, "grown": max(peak - before, 0)}


def release_freed_memory() -> None:
    """Give freed memory back to the system, so that a job cannot hide its need in it."""
    import ctypes

    ctypes.CDLL(None).malloc_trim(0)


def status(field: str) -> int:
    """Return a size from the process's status, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith(field)).split()[1])


JOBS: dict[str, tuple[Callable[[pa.Array], Any], Callable[[Any], Any]]] = {
    "kolloc": (lambda column: column, lambda column: count_with_kolloc(column, None)),
    "CountVectorizer": (lambda column: column.to_pylist(), count_with_sklearn),
    "polars": (polars_series, count_with_polars),
}


# --- Checking ---------------------------------------------------------------------------------------------------------


def equal(one: sparse.csr_array, other: sparse.csr_array) -> bool:
    names = ("indptr", "indices", "data")
    return one.shape == other.shape and all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names)


def agrees_with_sklearn(column: pa.Array, peer: tuple[Any, sparse.csr_matrix], **options: Any) -> bool:
    """Return whether kolloc, with the peer's rule for words, has the peer's whole matrix."""
    vectorizer, theirs = peer
    tokens = kolloc.Corpus(column).tokens(**SKLEARN_RULE, progress=False)
    dtm = tokens.dtm(concatenator=" ", progress=False, **options)
    terms = dtm.terms
    if len(terms) != len(vectorizer.vocabulary_) or not all(term in vectorizer.vocabulary_ for term in terms):
        return False
    places = np.fromiter((vectorizer.vocabulary_[term] for term in terms), dtype=np.int64, count=len(terms))
    ours = dtm.to_scipy()
    ours = sparse.csr_array((ours.data.astype(np.int64), places[ours.indices], ours.indptr), shape=ours.shape)
    ours.sort_indices()
    theirs.sort_indices()
    return equal(ours, theirs)


def agrees_with_polars(column: pa.Array, peer: Any) -> bool:
    dtm = kolloc.Corpus(column).tokens(**POLARS_RULE, progress=False).dtm(progress=False).to_scipy()
    return (dtm.nnz, int(dtm.sum(dtype=np.int64))) == (len(peer), int(peer["len"].sum()))


def agrees_with_plain_count(tokens: kolloc.Tokens) -> bool:
    """Return whether every cell of a window table is what two nested loops count."""
    window, least = WINDOW["window"], WINDOW["min_count"]
    frequency = Counter(token for row in range(len(tokens)) for token in tokens.doc(row) if token is not None)
    expected: Counter[tuple[str, str]] = Counter()
    for row in range(len(tokens)):
        document = tokens.doc(row)
        for p, left in enumerate(document):
            for right in document[p + 1 : p + 1 + window]:
                if left is not None and right is not None and min(frequency[left], frequency[right]) >= least:
                    expected[min(left, right), max(left, right)] += 1
    table = tokens.cooccurrence(**WINDOW, progress=False)
    cells = table.to_scipy().tocoo()
    terms = table.terms
    pairs = ((terms[i], terms[j], int(n)) for i, j, n in zip(*cells.coords, cells.data, strict=True))
    return {(min(one, other), max(one, other)): n for one, other, n in pairs} == dict(expected)


# --- Telling ----------------------------------------------------------------------------------------------------------


def machine() -> dict[str, Any]:
    """Return what the numbers depend on besides the code."""
    versions = {package: version(package) for package in PACKAGES}
    return {"processors": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()} | versions


def report(rows: list[Row]) -> str:
    """Return all rows as Markdown."""
    told = ", ".join(f"{name} {value}" for name, value in machine().items())
    lines = [
        f"Run on: {told}.",
        "",
        "| task | corpus | who | best | median of runs | rate | time, kolloc = 1 | checked |",
    ]
    lines.append("|---|---|---|--:|--:|--:|--:|---|")
    for row in rows:
        if "best" in row:
            lines.append(
                f"| {row['task']} | {row['corpus']} | {row['who']} | {row['best']:.3g} s | {row['median']:.3g} s of "
                f"{row['runs']} | {row['rate']:,.3g} {row['unit']} | {row['of kolloc']:,.2f} | {row['checked']} |"
            )
    grown_rows = [row for row in rows if "grown" in row]
    if grown_rows:
        lines += ["", "| peak memory | who | text | grown by | in all, × text |", "|---|---|--:|--:|--:|"]
    for row in grown_rows:
        shown = f"{row['text']:,.1f} MB | {row['grown']:,.1f} MB | {row['times text']:.2f}"
        lines.append(f"| {row['corpus']} | {row['who']} | {shown} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
