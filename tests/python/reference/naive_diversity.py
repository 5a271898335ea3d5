"""Measures of lexical diversity as their definitions read, on a list of words."""

import math
from collections import Counter
from itertools import combinations

from scipy.stats import hypergeom


def ttr(words):
    return len(set(words)) / len(words)


def mattr(words, window):
    windows = [words[start : start + window] for start in range(len(words) - window + 1)]
    return sum(map(ttr, windows)) / len(windows) if windows else math.nan


def msttr(words, segment):
    segments = [words[start : start + segment] for start in range(0, len(words) - segment + 1, segment)]
    return sum(map(ttr, segments)) / len(segments) if segments else math.nan


def factor(words, closes):
    return next((end for end in range(1, len(words) + 1) if closes(ttr(words[:end]))), None)


def mtld(words, closed="lt"):
    closes = (lambda ratio: ratio < 0.72) if closed == "lt" else (lambda ratio: ratio <= 0.72)
    lengths = []
    for run in (words, words[::-1]):
        rest, factors = run, 0.0
        while (end := factor(rest, closes)) is not None:
            rest, factors = rest[end:], factors + 1
        if rest:
            factors += (1 - ttr(rest)) / (1 - 0.72)
        lengths.append(len(words) / factors if factors else math.nan)
    return sum(lengths) / 2


def mtld_ma(words):
    ring = [run[start:] + run[:start] for run in (words, words[::-1]) for start in range(len(words))]
    lengths = [end for each in ring if (end := factor(each, lambda ratio: ratio < 0.72)) is not None]
    return sum(lengths) / len(lengths) if lengths else math.nan


def rarefied_types(words, n):
    if len(words) < n:
        return math.nan
    return sum(1 - hypergeom.pmf(0, len(words), count, n) for count in Counter(words).values())


def simpson_d(words):
    pairs = list(combinations(words, 2))
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else math.nan


def entropy(words):
    return -sum(count / len(words) * math.log2(count / len(words)) for count in Counter(words).values())
