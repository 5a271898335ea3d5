"""How fast documents are drawn again: 1,000 replicates of keyness over the full vocabulary, and other statistics.

    python benches/resampling.py TEXTS.parquet [--column text] [--by year] [--documents N] [--replicates 1000]

Speed is said in cells of the matrix times replicates for each second. The standard errors of a few words should come
near those of a plain loop over `Bootstrap.document_weights` in numpy, whose time for one word stands beside.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import kolloc


def main() -> None:
    """Time each on one file of texts and print a table."""
    parser = argparse.ArgumentParser(description="documents drawn again")
    parser.add_argument("file")
    parser.add_argument("--column", default="text")
    parser.add_argument("--by", default="year", help="column of numbers; by decade")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--replicates", type=int, default=1000)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    table = pq.read_table(options.file, columns=[options.column, options.by]).slice(0, options.documents)
    decades = [f"{int(value) // 10 * 10}s" for value in table[options.by].to_pylist()]
    table = table.append_column("group", pa.array(decades))
    dtm = kolloc.Corpus(table, text=options.column).tokens().dtm()
    print(f"{dtm.n_docs:,} documents, {dtm.n_terms:,} terms, {dtm.nnz:,} cells, {options.replicates:,} replicates")
    target, cells = sorted(decades)[len(decades) // 2], dtm.nnz * options.replicates
    bootstrap = kolloc.Bootstrap(options.replicates)
    call: dict[str, Any] = {"by": "group", "bootstrap": bootstrap}
    drawn = timed("keyness, log ratio and ranks", cells, lambda: dtm.keyness(target, measures="log_ratio", **call))
    timed("keyness, usual measures and ranks", cells, lambda: dtm.keyness(target, **call))
    timed("keyness, usual measures, first 20", cells, lambda: dtm.keyness(target, n=20, **call))
    timed("rates", cells, lambda: dtm.term_frequencies(bootstrap=bootstrap))
    timed("dispersion, dp_norm", cells, lambda: dtm.dispersion("dp_norm", bootstrap=bootstrap))
    timed("diversity of groups", cells, lambda: dtm.lexical_diversity(**call))
    check(dtm, target, np.array(decades), bootstrap, drawn)


def timed(label: str, cells: int, run: Callable[[], Any]) -> Any:
    """Return the result, and tell how long it took."""
    start = time.perf_counter()
    result = run()
    spent = time.perf_counter() - start
    print(f"{label:<36} {spent:8.2f} s {cells / spent / 1e6:10,.0f} M cells/s")
    return result


def check(dtm: Any, target: str, groups: np.ndarray[Any, Any], bootstrap: kolloc.Bootstrap, drawn: Any) -> None:
    """Compare the standard errors of frequent words with those of a plain loop."""
    is_target = groups == target
    weights = kolloc.Bootstrap(bootstrap.n, strata="group").document_weights(dtm)
    lengths = np.asarray(dtm.to_scipy().sum(axis=1)).ravel()
    frame = drawn.to_pandas() if hasattr(drawn, "to_pandas") else drawn
    frame = frame.assign(total=frame["count_target"] + frame["count_reference"]).nlargest(5, "total")
    start = time.perf_counter()
    ratios = []
    for term, se in zip(frame["term"].astype(str), frame["log_ratio_se"], strict=True):
        counts = dtm.select([term]).to_scipy().toarray().ravel()
        sides = (is_target, ~is_target)
        rates = [(weights[:, side] @ counts[side]) / (weights[:, side] @ lengths[side]) for side in sides]
        ratios.append(se / np.log2(rates[0] / rates[1]).std(ddof=1))
    spent = (time.perf_counter() - start) / len(frame)
    print(f"standard errors over those of numpy: {min(ratios):.3f} to {max(ratios):.3f}; {spent:.2f} s a word there")


if __name__ == "__main__":
    main()
