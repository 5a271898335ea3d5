"""Documents as often as they were drawn, and what replicates say of a value, in plain numpy."""

import warnings

import numpy as np
import pandas as pd
import pytest

import kolloc

FIELDS = ("se", "low", "high", "bias")


def given_weights(n_replicates, n_docs, seed=1):
    rng = np.random.default_rng(seed)
    return rng.multinomial(n_docs, np.full(n_docs, 1 / n_docs), size=n_replicates).astype(np.uint8)


def quiet(call):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return call()


def drawn(dtm, row, column="outlet"):
    """A matrix that holds each document as often as it was drawn; terms that were not drawn have no column."""
    counts = dtm.to_scipy().toarray()
    rest = dtm.doc_lengths - counts.sum(axis=1)
    names = [*dtm.terms, "none"]
    lists = [np.repeat(names, [*each, more]).tolist() for each, more in zip(counts, rest, strict=True)]
    rows = np.repeat(np.arange(len(lists)), row)
    metadata = pd.DataFrame({column: dtm.metadata[column].to_numpy()[rows]})
    matrix = kolloc.Tokens.from_lists([lists[i] for i in rows], metadata=metadata).dtm(order="term")
    return matrix.select([term for term in dtm.terms if term in matrix.terms])


def assert_fields(row, name, values):
    """Compare what stands beside a value with what its replicates say, at the level 0.95."""
    there = values[np.isfinite(values)]
    assert row[f"{name}_missing"] == len(values) - len(there), name
    if not np.isfinite(row[name]) or len(there) < 0.95 * len(values):
        assert np.isnan(row[f"{name}_low"]), name
        return
    low, high = np.quantile(there, [0.025, 0.975])
    expected = [there.std(ddof=1), low, high, there.mean() - row[name]]
    scale = max(1.0, np.abs(there).max())
    assert [row[f"{name}_{end}"] for end in FIELDS] == pytest.approx(expected, rel=1e-9, abs=1e-9 * scale), name
    if f"{name}_p_boot" in row:
        share = min((there <= 0).mean(), (there >= 0).mean())
        assert row[f"{name}_p_boot"] == pytest.approx(np.clip(2 * share, 1 / (len(there) + 1), 1))
