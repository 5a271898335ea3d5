"""The ten most similar documents of each document, beside scikit-learn, in one run.

    python benches/similarity.py --data FOLDER [--corpus NAME ...] [--docs N] [--repeat N] [--json FILE]
    python benches/similarity.py --quick

FOLDER holds (at any depth) ``whitehouse.parquet`` (columns ``text``, ``date``) or ``ungdc.parquet`` (``text``,
``year``, taken for the twentieth of September, when the debate begins). Both sides start from one matrix, counts or
tf-idf (as scikit-learn's default). kolloc looks once at the documents within 30 days of each and once at all of them;
``NearestNeighbors(metric="cosine", algorithm="brute", n_jobs=-1)``, which knows no window, always at all. "seconds" is
the best of the repetitions by the clock, "cpu" what the processors were busy meanwhile, "grown" by how much the peak of
memory of a process that holds nothing but the matrix grows by the search.

"checked": without a window all ten similarities of every document must be those of scikit-learn; within the window
those of the first documents must be those that a product of the matrix with itself gives.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from pyarrow import parquet
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

import kolloc

CORPORA = ("whitehouse", "ungdc")
TOP, WINDOW, DAYS, CHECKED = 10, "30D", 30, 300
SEARCHES = {"30 days": {"window": WINDOW, "date": "date"}, "all": {}}


def main() -> None:
    """Measure, check and print a table."""
    parser = argparse.ArgumentParser(description="kolloc beside scikit-learn")
    parser.add_argument("--data", default=".", help="folder with the Parquet files")
    parser.add_argument("--corpus", nargs="*", default=list(CORPORA), choices=CORPORA)
    parser.add_argument("--docs", type=int, help="the first documents only")
    parser.add_argument("--repeat", type=int, default=3, help="repetitions of each contender")
    parser.add_argument("--quick", action="store_true", help="the shipped sample corpus only, once")
    parser.add_argument("--json", help="file for all numbers")
    parser.add_argument("--memory", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        print(grown(Path(options.memory[0]), options.memory[1]))
        return
    names = ["sample"] if options.quick else options.corpus
    rows = [row for name in names for row in compared(name, options)]
    print("| corpus | values | search | who | seconds | cpu | grown MB | checked |\n|---|---|---|---|--:|--:|--:|---|")
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1))


def compared(name: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the rows of one corpus."""
    counts = matrix_of(name, options)
    rows = []
    for values, matrix in (("counts", counts), ("tf-idf", counts.weight(like="sklearn"))):
        array = matrix.to_scipy().astype(np.float64)
        model = NearestNeighbors(n_neighbors=TOP, metric="cosine", algorithm="brute", n_jobs=-1).fit(array)
        repeat = 1 if options.quick else options.repeat
        (distances, _), *spent = best_of(1, model.kneighbors)
        rows.append(row_of(name, values, "all", "NearestNeighbors", spent, "", ""))
        for search, allowed in SEARCHES.items():
            found, *spent = best_of(
                repeat, lambda matrix=matrix, allowed=allowed: matrix.similarity(top=TOP, **allowed)
            )
            right = same(found, 1 - distances) if search == "all" else near(found, array, matrix.metadata["date"])
            rows.append(row_of(name, values, search, "kolloc", spent, in_child(matrix, search), right))
    return rows


def matrix_of(name: str, options: argparse.Namespace) -> kolloc.DocumentTermMatrix:
    """Return the counts of one corpus, with dates."""
    if name == "sample":
        return kolloc.Corpus(kolloc.datasets.sample(), text="text").tokens().dtm()
    file = next(iter(sorted(Path(options.data).rglob(f"{name}.parquet"))), None)
    if file is None:
        sys.exit(f"{name}.parquet is not in {options.data}; name a folder by --data, or use --quick")
    frame = parquet.ParquetFile(file).read().to_pandas()
    if "date" not in frame:
        frame["date"] = frame["year"].astype(str) + "-09-20"
    frame = frame[["text", "date"]].head(options.docs or len(frame))
    return kolloc.Corpus(frame, text="text").tokens().dtm()


def best_of(repeat: int, work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return a result, and the least seconds by the clock and of the processors."""
    times = []
    for _ in range(repeat):
        start, busy = time.perf_counter(), time.process_time()
        result = work()
        times.append((time.perf_counter() - start, time.process_time() - busy))
    return result, *map(min, zip(*times, strict=True))


def row_of(
    name: str, values: str, search: str, who: str, spent: list[float], memory: str, right: str
) -> dict[str, Any]:
    """Return a row of the table."""
    seconds, cpu = (round(value, 2) for value in spent)
    found = {"corpus": name, "values": values, "search": search, "who": who, "seconds": seconds, "cpu": cpu}
    return found | {"grown": memory, "checked": right}


def same(pairs: kolloc.Pairs, expected: np.ndarray) -> str:
    """Return whether the similarities of each document are the expected ones; those of 0 are not listed."""
    ours = np.zeros(expected.shape)
    ranks = np.arange(len(pairs)) - np.searchsorted(pairs.rows, pairs.rows)
    ours[pairs.rows, ranks] = pairs.values
    return "equal" if np.allclose(ours, np.sort(expected, axis=1)[:, ::-1], rtol=0, atol=1e-9) else "DIFFERS"


def near(pairs: kolloc.Pairs, array: Any, dates: Any) -> str:
    """Return whether the first documents have the similarities of a plain product within the window."""
    unit = normalize(array)
    days = np.array([str(date)[:10] for date in dates], dtype="datetime64[D]").astype(int)
    products = (unit[:CHECKED] @ unit.T).toarray()
    products[np.abs(days[: len(products), None] - days) > DAYS] = 0
    np.fill_diagonal(products, 0)
    ours = np.zeros((len(products), TOP))
    kept = pairs.rows < len(products)
    rows = pairs.rows[kept]
    ours[rows, np.arange(len(rows)) - np.searchsorted(rows, rows)] = pairs.values[kept]
    expected = np.sort(products, axis=1)[:, ::-1][:, :TOP]
    return "equal" if np.allclose(ours, expected, rtol=0, atol=1e-9) else "DIFFERS"


def in_child(matrix: Any, search: str) -> str:
    """Return by how many MB the peak of memory of a new process grows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "matrix.pickle"
        file.write_bytes(pickle.dumps(matrix))
        command = [sys.executable, __file__, "--memory", str(file), search]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def grown(file: Path, search: str) -> int:
    """Return the growth in this process."""
    with file.open("rb") as stream:
        matrix = pickle.load(stream)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    matrix.similarity(top=TOP, **SEARCHES[search])
    return round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


if __name__ == "__main__":
    main()
