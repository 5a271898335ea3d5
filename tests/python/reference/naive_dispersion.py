"""Measures of dispersion as their definitions read, for one term: loops over all parts and all pairs of them."""

import math
from itertools import combinations


def by_parts(counts, sizes):
    """All measures of a term with these counts in parts of these sizes."""
    parts = [(v, size) for v, size in zip(counts, sizes, strict=True) if size > 0]
    n, f, total = len(parts), sum(counts), sum(sizes)
    found = {"range": sum(v > 0 for v, _ in parts)}
    if n < 2 or f == 0:
        return found
    v = [v for v, _ in parts]
    s = [size / total for _, size in parts]
    p = [v / size for v, size in parts]
    mean_v, mean_p = f / n, sum(p) / n
    sd = math.sqrt(sum((x - mean_v) ** 2 for x in v) / n)
    sd_p = math.sqrt(sum((x - mean_p) ** 2 for x in p) / n)
    shares = [x / sum(p) for x in p]
    kf = sum(math.sqrt(x * share) for x, share in zip(v, s, strict=True)) ** 2
    dp = sum(abs(x / f - share) for x, share in zip(v, s, strict=True)) / 2
    kld = sum(x / f * math.log2(x / f / share) for x, share in zip(v, s, strict=True) if x)
    pairs = list(combinations(p, 2))
    d = 1 - sd_p / mean_p / math.sqrt(n - 1)
    d2 = -sum(x * math.log(x) for x in shares if x) / math.log(n)
    return found | {
        "range_share": found["range"] / n,
        "sd": sd,
        "vc": sd / mean_v,
        "juilland_d": d,
        "carroll_d2": d2,
        "rosengren_s": kf / f,
        "lyne_d3": 1 - sum((x - mean_v) ** 2 / mean_v for x in v) / ((n - 1) * f),
        "dc": (sum(math.sqrt(x) for x in v) / n) ** 2 / mean_v,
        "dp": dp,
        "dp_norm": dp / (1 - min(s)),
        "kld": kld,
        "kld_norm": 1 - 2**-kld,
        "da": 1 - sum(abs(one - other) for one, other in pairs) / len(pairs) / (2 * mean_p),
        "juilland_u": f * d,
        "carroll_um": f * d2 + (1 - d2) * f / n,
        "rosengren_kf": kf,
        "engwall_fm": f * found["range"] / n,
        "kromer_ur": sum(1 / i for x in v for i in range(1, x + 1)),
    }


def by_distances(positions, n):
    """All measures of a term at these positions of a ring of n."""
    following = [*positions[1:], positions[0] + n]
    d = [after - before for before, after in zip(positions, following, strict=True)]
    v = n / len(d)
    ald = sum(x * math.log10(x) for x in d) / n
    squares = sum(x * x for x in d)
    return {
        "arf": sum(min(x, v) for x in d) / v,
        "ald": ald,
        "awt": (1 + squares / n) / 2,
        "f_ald": n * 10**-ald,
        "f_awt": n * n / squares,
    }
