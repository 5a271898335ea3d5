"""Statistics beside gensim, NLTK and scikit-learn, in one run: times, memory, and whether the results agree.

    python benches/measures.py --data FOLDER [--task TASK ...] [--json FILE]
    python benches/measures.py --quick

FOLDER holds (at any depth) ``ungdc.parquet`` (``text``, ``year``; the debate begins about the twentieth of September)
or ``whitehouse.parquet`` (``text``, ``date``). Repetitions alternate as in `peers`. Everybody starts from the same
tokens or the same matrix, in the form each likes best, made beforehand.

collocations
    Pairs of neighbours that occur at least five times, with scores: kolloc from its integers, gensim's `Phrases` from
    lists of str, and NLTK's finder the same for the first documents. The counts must be equal. Then longer n-grams.
keyness
    The documents of the last decade (or of the last year, if all are of one decade) against the rest, the whole
    vocabulary: all measures and the default ones, from the matrix to the frame, beside one pass of scikit-learn's
    `chi2` over the same matrix. The counts must be those of the product of labels and matrix. With `bootstrap`, 1,000
    replicates of the log ratio of every word, its interval and the range of its rank.
dispersion
    All measures over documents, the whole vocabulary; DP must be that of plain numpy for the most frequent words.
similarity
    The ten most similar documents of each document by cosine: kolloc once among those within 30 days, once among all;
    ``NearestNeighbors(metric="cosine", algorithm="brute", n_jobs=-1)``, which knows no window, among all. Among all,
    every similarity must be that of scikit-learn; within the window those of the first documents must be those of a
    plain product of the matrix with itself. "grown" is how much the peak of memory grows by the search.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import peers
from pyarrow import parquet
from sklearn.feature_selection import chi2
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

import kolloc

CORPORA = ("ungdc", "whitehouse")
MIN_COUNT, FEW, TOP, DAYS, CHECKED, REPLICATES = 5, 1000, 10, 30, 300, 1000
Row = dict[str, Any]


def main() -> None:
    """Measure what the command line asks for and print a table."""
    parser = argparse.ArgumentParser(description="the statistics of kolloc beside gensim, NLTK and scikit-learn")
    parser.add_argument("--data", default=".", help=f"folder with {' or '.join(CORPORA)}.parquet")
    parser.add_argument("--quick", action="store_true", help="the shipped sample corpus only, once")
    parser.add_argument("--task", nargs="+", choices=list(TASKS), default=list(TASKS), help="otherwise all")
    parser.add_argument("--repeat", type=int, default=3, help="repetitions of each contender")
    parser.add_argument("--json", help="file for all numbers")
    options = parser.parse_args()
    repeat = 1 if options.quick else options.repeat
    rows: list[Row] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, frame in frames(options):
            tokens = kolloc.Corpus(frame, text="text").tokens(remove_punct=True, progress=False)
            told = f"{name}: {tokens.n_docs:,} documents, {tokens.n_tokens:,} tokens, {tokens.n_types:,} types"
            print(told, file=sys.stderr, flush=True)
            for task in options.task:
                rows += TASKS[task](name, tokens, repeat)
    print(peers.report(rows))
    if options.json:
        Path(options.json).write_text(json.dumps({"machine": peers.machine(), "rows": rows}, indent=1) + "\n")


def frames(options: argparse.Namespace) -> list[tuple[str, Any]]:
    """Return each corpus with ``text``, ``date`` and ``part``, which tells the last decade from the rest."""
    if options.quick:
        sample = kolloc.datasets.sample()
        return [("sample", sample.assign(part=np.where(sample["outlet"] == "Daily Ferry", "last", "rest")))]
    found = [(name, next(iter(sorted(Path(options.data).rglob(f"{name}.parquet"))), None)) for name in CORPORA]
    if all(file is None for _, file in found):
        sys.exit(
            f"neither of {', '.join(CORPORA)} (.parquet) is in {options.data}; name a folder by --data, or use --quick"
        )
    return [(name, dated(file)) for name, file in found if file is not None]


def dated(file: Path) -> Any:
    """Return the texts of a file with dates, and the part: decades, or years of a single decade."""
    frame = parquet.ParquetFile(file).read().to_pandas()
    if "date" not in frame:
        frame["date"] = frame["year"].astype(str) + "-09-20"
    date = frame["date"].astype(str)
    period = date.str[:3] if date.str[:3].nunique() > 1 else date.str[:4]
    return frame[["text", "date"]].assign(part=np.where(period == period.max(), "last", "rest"))


# --- Tasks ------------------------------------------------------------------------------------------------------------


def collocations(name: str, tokens: kolloc.Tokens, repeat: int) -> list[Row]:
    """Pairs of neighbours, and longer n-grams."""
    lists = [[word for word in tokens.doc(row) if word is not None] for row in range(tokens.n_docs)]
    # Without gaps, as the others see them.
    dense = kolloc.Tokens.from_lists(lists)
    listed = partial(dict, min_count=MIN_COUNT, within="document", progress=False)
    pairs = {"kolloc": lambda: dense.collocations(**listed()), "gensim Phrases": partial(gensim_phrases, lists)}
    results, times = peers.alternate(pairs, repeat)
    check = equal_counts(results["kolloc"], results["gensim Phrases"]) and "same counts"
    rows = peers.timed(
        "pairs of neighbours", name, times, dict.fromkeys(times, check), dense.n_tokens / 1e6, "M tokens/s"
    )
    few = dense[:FEW]
    pairs = {"kolloc": lambda: few.collocations(**listed()), "NLTK": partial(nltk_pairs, lists[:FEW])}
    results, times = peers.alternate(pairs, repeat)
    ours = results["kolloc"]
    check = set(ours["collocation"]) == {" ".join(pair) for pair, _ in results["NLTK"]} and "same pairs"
    task = f"the same, {few.n_docs:,} documents"
    rows += peers.timed(task, name, times, dict.fromkeys(times, check), few.n_tokens / 1e6, "M tokens/s")
    for sizes in ((2, 3), (2, 3, 4, 5)):
        longer = {"kolloc": lambda sizes=sizes: tokens.collocations(sizes, progress=False)}
        results, times = peers.alternate(longer, repeat)
        task = f"n-grams of {sizes[0]} to {sizes[-1]} words in sentences"
        check = {"kolloc": f"{len(results['kolloc']):,} listed"}
        rows += peers.timed(task, name, times, check, tokens.n_tokens / 1e6, "M tokens/s")
    return rows


def keyness(name: str, tokens: kolloc.Tokens, repeat: int) -> list[Row]:
    """Compare the last decade with the rest, and say how sure that is."""
    dtm = tokens.dtm(progress=False)
    array, labels = dtm.to_scipy(), np.asarray(tokens.metadata["part"]) == "last"
    compare = partial(dtm.keyness, "last", by="part", progress=False)
    contenders = {
        "kolloc": lambda: compare(measures="all"),
        "kolloc, default measures": compare,
        "chi2": lambda: chi2(array, labels),
    }
    results, times = peers.alternate(contenders, repeat)
    expected = dict(zip(dtm.terms, (labels.astype(np.int64) @ array).tolist(), strict=True))
    ours = results["kolloc"]
    right = all(expected[term] == n for term, n in zip(ours["term"], ours["count_target"], strict=True))
    checks = dict.fromkeys(times, right and "same counts")
    rows = peers.timed("keyness, all measures", name, times, checks, array.nnz / 1e6, "M cells/s")
    drawn = {"kolloc": lambda: compare(measures="log_ratio_walter", bootstrap=kolloc.Bootstrap(REPLICATES))}
    results, times = peers.alternate(drawn, min(repeat, 2))
    check = {"kolloc": f"{len(results['kolloc']):,} words with intervals"}
    cells = array.nnz * REPLICATES / 1e6
    return rows + peers.timed(f"keyness, {REPLICATES:,} replicates", name, times, check, cells, "M cells/s")


def dispersion(name: str, tokens: kolloc.Tokens, repeat: int) -> list[Row]:
    """Dispersion over documents."""
    dtm = tokens.dtm(progress=False)
    array = dtm.to_scipy()
    measures = {"kolloc": lambda: dtm.dispersion("all", progress=False)}
    results, times = peers.alternate(measures, repeat)
    ours = results["kolloc"].head(CHECKED)
    columns = [dtm.terms.index(term) for term in ours["term"]]
    counts, lengths = array[:, columns].toarray(), dtm.doc_lengths
    expected = np.abs(counts / counts.sum(axis=0) - (lengths / lengths.sum())[:, None]).sum(axis=0) / 2
    check = {"kolloc": np.allclose(ours["dp"], expected, rtol=0, atol=1e-12) and "same DP"}
    return peers.timed("dispersion, all measures", name, times, check, array.nnz / 1e6, "M cells/s")


def similarity(name: str, tokens: kolloc.Tokens, repeat: int) -> list[Row]:
    """Look for the most similar documents of each document."""
    counts = tokens.dtm(progress=False)
    rows: list[Row] = []
    for values, matrix in (("counts", counts), ("tf-idf", counts.weight(like="sklearn"))):
        array = matrix.to_scipy().astype(np.float64)
        model = NearestNeighbors(n_neighbors=TOP, metric="cosine", algorithm="brute", n_jobs=-1).fit(array)
        search = partial(matrix.similarity, top=TOP, progress=False)
        contenders = {
            "kolloc": partial(search, window=f"{DAYS}D", date="date"),
            "kolloc, no window": search,
            "NearestNeighbors, no window": model.kneighbors,
        }
        results, times = peers.alternate(contenders, repeat)
        expected = 1 - results["NearestNeighbors, no window"][0]
        everywhere = same(results["kolloc, no window"], expected) and "same similarities"
        within = near(results["kolloc"], array, matrix.metadata["date"]) and "same similarities"
        checks = dict.fromkeys(times, everywhere) | {"kolloc": within}
        task = f"top {TOP} in {DAYS} days, {values}"
        rows += peers.timed(task, name, times, checks, len(expected) / 1e3, "thousand documents/s")
        memory = growth(contenders["kolloc"])
        if memory is not None:
            size = (array.indices.nbytes + array.indptr.nbytes + array.data.nbytes) / 1e6
            rows.append({"corpus": f"{name}, {task}", "who": "kolloc", "grown": memory, "text": size})
            rows[-1]["times text"] = (memory + size) / size
    return rows


TASKS: dict[str, Callable[[str, kolloc.Tokens, int], list[Row]]] = {
    "collocations": collocations,
    "keyness": keyness,
    "dispersion": dispersion,
    "similarity": similarity,
}


# --- Contenders and checks --------------------------------------------------------------------------------------------


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


def equal_counts(frame: Any, phrases: tuple[Any, Any]) -> bool:
    """Return whether all pairs occur as often in the model as in the frame."""
    pairs = zip(frame["collocation"], frame["count"], strict=True)
    return all(phrases[0].vocab.get(pair, 0) == count for pair, count in pairs)


def same(pairs: kolloc.Pairs, expected: np.ndarray) -> bool:
    """Return whether the similarities of each document are the expected ones; those of 0 are not listed."""
    return bool(np.allclose(best(pairs, len(expected)), np.sort(expected, axis=1)[:, ::-1], rtol=0, atol=1e-9))


def near(pairs: kolloc.Pairs, array: Any, dates: Any) -> bool:
    """Return whether the first documents have the similarities of a plain product within the window."""
    unit = normalize(array)
    days = np.array([str(date)[:10] for date in dates], dtype="datetime64[D]").astype(int)
    products = (unit[:CHECKED] @ unit.T).toarray()
    products[np.abs(days[: len(products), None] - days) > DAYS] = 0
    np.fill_diagonal(products, 0)
    expected = np.sort(products, axis=1)[:, ::-1][:, :TOP]
    return bool(np.allclose(best(pairs, len(products)), expected, rtol=0, atol=1e-9))


def best(pairs: kolloc.Pairs, n: int) -> np.ndarray:
    """Return the similarities of the first documents, falling, 0 where there are no more."""
    found = np.zeros((n, TOP))
    kept = pairs.rows < n
    rows = pairs.rows[kept]
    found[rows, np.arange(len(rows)) - np.searchsorted(rows, rows)] = pairs.values[kept]
    return found


def growth(work: Callable[[], Any]) -> float | None:
    """Return by how many MB the peak of memory grows over what is held, where the system lets the peak be forgotten."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return None
    before = resident("VmRSS")
    work()
    return (resident("VmHWM") - before) / 1e3


def resident(field: str) -> float:
    """Return a field of the memory of this process, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"{field}:")))


if __name__ == "__main__":
    main()
