"""Similarities, distances, Delta and entropies written out on dense arrays of two rows, slow and plain."""

from __future__ import annotations

import numpy as np


def _sets(x, y):
    return np.sum((x != 0) & (y != 0)), np.sum((x != 0) & (y == 0)), np.sum((x == 0) & (y != 0))


def _over(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.float64(a) / np.float64(b)


def _shares(x):
    return x / x.sum()


def _correlation(x, y):
    if not len(x):
        return np.nan
    a, b = x - x.mean(), y - y.mean()
    if a @ a <= 1e-14 * (x @ x) or b @ b <= 1e-14 * (y @ y):
        return np.nan
    return _over(a @ b, np.sqrt((a @ a) * (b @ b)))


def _counted(x, y, measure):
    a, b, c = _sets(x, y)
    d = len(x) - a - b - c
    return {
        "jaccard": lambda: _over(a, a + b + c),
        "dice": lambda: _over(2 * a, 2 * a + b + c),
        "hamann": lambda: _over(a + d - b - c, len(x)),
        "simple_matching": lambda: _over(a + d, len(x)),
        "overlap": lambda: _over(a, min(a + b, a + c)),
    }[measure]()


SIMILARITIES = {
    "cosine": lambda x, y: _over(x @ y, np.sqrt((x @ x) * (y @ y))),
    "correlation": _correlation,
    "ejaccard": lambda x, y: _over(x @ y, x @ x + y @ y - x @ y),
    "edice": lambda x, y: _over(2 * (x @ y), x @ x + y @ y),
    "ruzicka": lambda x, y: _over(np.minimum(x, y).sum(), np.maximum(x, y).sum()),
    **{
        name: lambda x, y, name=name: _counted(x, y, name)
        for name in ("jaccard", "dice", "hamann", "simple_matching", "overlap")
    },
}


def _plogp(p):
    return np.where(p > 0, p * np.log2(np.where(p > 0, p, 1)), 0).sum()


def _jsd(x, y):
    p, q = _shares(x), _shares(y)
    # Term by term, so that nothing cancels.
    m = (p + q) / 2
    parts = [np.where(s > 0, s * np.log2(np.where(s > 0, s, 1) / np.where(m > 0, m, 1)), 0) for s in (p, q)]
    return max(float((parts[0] + parts[1]).sum() / 2), 0)


def _kld(x, y):
    p, q = _shares(x), _shares(y)
    if ((p > 0) & (q == 0)).any():
        return np.inf
    there = p > 0
    return max(float((p[there] * np.log2(p[there] / q[there])).sum()), 0)


DISTANCES = {
    "euclidean": lambda x, y: np.sqrt(((x - y) ** 2).sum()),
    "manhattan": lambda x, y: np.abs(x - y).sum(),
    "maximum": lambda x, y: np.abs(x - y).max(initial=0),
    "minkowski": lambda x, y: (np.abs(x - y) ** 3).sum() ** (1 / 3),
    "canberra": lambda x, y: sum(abs(a - b) / (abs(a) + abs(b)) for a, b in zip(x, y, strict=True) if a or b),
    "bray_curtis": lambda x, y: _over(np.abs(x - y).sum(), (x + y).sum()),
    "hamming": lambda x, y: _over(np.sum((x != 0) != (y != 0)), len(x)),
    "hellinger": lambda x, y: np.sqrt(((np.sqrt(_shares(x)) - np.sqrt(_shares(y))) ** 2).sum() / 2),
    "jsd": _jsd,
    "js_distance": lambda x, y: np.sqrt(_jsd(x, y)),
    "kld": _kld,
    "cosine": lambda x, y: 1 - SIMILARITIES["cosine"](x, y),
    "jaccard": lambda x, y: 1 - SIMILARITIES["jaccard"](x, y),
    "min_max": lambda x, y: 1 - SIMILARITIES["ruzicka"](x, y),
}


def chi_squared(x, y, masses):
    """Return the distance of profiles, features weighted by the inverse of their share in the matrix."""
    there = masses > 0
    gaps = (_shares(x) - _shares(y))[there]
    return np.sqrt((gaps**2 / masses[there]).sum())


OF_SHARES = {"hellinger", "chi_squared", "jsd", "js_distance", "kld"}


def table(dense, measure, kind):
    """Return the values of all pairs of rows: shape (rows, rows)."""
    if measure == "chi_squared":
        masses = dense.sum(axis=0) / dense.sum() if dense.sum() > 0 else np.zeros(dense.shape[1])
        of = lambda x, y: chi_squared(x, y, masses)  # noqa: E731
    else:
        of = (SIMILARITIES if kind == "similarity" else DISTANCES)[measure]
    # A row of nothing has no shares.
    defined = lambda x, y: measure not in OF_SHARES or (x.any() and y.any())  # noqa: E731
    rows = [[of(x, y) if defined(x, y) else np.nan for y in dense] for x in dense]
    return np.array(rows, dtype=float).reshape(len(dense), len(dense))


def delta(x, measure):
    """Return the Delta of all pairs of rows of relative frequencies, columns by falling frequency."""
    spread = x.std(axis=0, ddof=1)
    z = (x[:, spread > 0] - x[:, spread > 0].mean(axis=0)) / spread[spread > 0]
    n = z.shape[1]
    if n == 0 and measure not in ("eder_simple", "min_max"):
        return np.full((len(x), len(x)), np.nan)
    ranks = n - np.arange(n)
    of = {
        "burrows": lambda i, j: np.abs(z[i] - z[j]).mean(),
        "quadratic": lambda i, j: ((z[i] - z[j]) ** 2).mean(),
        "argamon_stylo": lambda i, j: np.sqrt(((z[i] - z[j]) ** 2).sum()) / n,
        "cosine": lambda i, j: 1 - SIMILARITIES["cosine"](z[i], z[j]),
        "eder": lambda i, j: (np.abs(z[i] - z[j]) * ranks).sum() / n,
        "eder_simple": lambda i, j: np.abs(np.sqrt(x[i]) - np.sqrt(x[j])).sum(),
        "min_max": lambda i, j: 1 - SIMILARITIES["ruzicka"](x[i], x[j]),
    }[measure]
    return np.array([[of(i, j) for j in range(len(x))] for i in range(len(x))])


def entropy(x):
    """Return the entropy of a row in bits; NaN of nothing."""
    return np.nan if x.sum() == 0 else abs(_plogp(_shares(x)))
