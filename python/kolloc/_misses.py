"""How often the search cannot see a pair: the probability that two texts share too few fingerprints.

The model: a text of n words and a copy of it in which every word is changed independently, so that a triple of words
stays with probability c, the expected containment, a word with c^(1/3). Changed words and what stands around the text
are new to both texts, all k-grams of a text differ, hashes are independent and uniform, and the ends of texts do not
matter. The copy then is a row of runs of unchanged words; a run of r words holds m = r − k + 1 k-grams that both texts
have.

How many of these are fingerprints in both follows from the order of hashes alone. Let v be 1 − the smallest hash of the
run (the largest of m uniform numbers), and t = max(w − m, 0). In either text the k-gram with the smallest hash is a
fingerprint if the t neighbours that a window needs beyond the run are larger: with probability v^t (1 + t(1 − v)). If
it is none in a text, no k-gram of the run is, since each of them reaches less far. Both texts are independent outside
the run, hence::

    P(at least one) = E[(v^t (1 + t(1 − v)))²]

Given the smallest one, with l k-grams of the run on its left and r on its right, there is a second one if the smallest
of either side is a fingerprint in both. The smallest one ends its windows, so that they reach beyond the run on one
side only::

    P(at least two) = E[L + R − LR],  L = v^(2 t_l) l / (l + 2 t_l),  t_l = max(w − l, 0),  R likewise

with E[v^e] = m / (m + e) and l uniform on 0 ... m − 1. A chain over the words of the text (length of the current run,
shared fingerprints so far) adds the runs up. Changes that stand together leave longer runs than this model: it is the
bad case.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["fewer_than"]

Floats = NDArray[np.float64]


def fewer_than(needed: int, containment: float, words: int, *, shingle: int, winnow: int) -> float:
    """Return the probability that two texts share fewer than 1 or 2 fingerprints.

    Parameters
    ----------
    needed : {1, 2}
        Fingerprints that make a pair a candidate.
    containment : float
        Expected share of triples that stay.
    words : int
        Length of the texts.
    shingle, winnow : int
        Words of a k-gram; k-grams of which one is a fingerprint.

    Examples
    --------
    Of two words one of which may be changed there is one pair of words, kept with the probability of both:

    >>> round(fewer_than(1, 0.5, 2, shingle=2, winnow=1), 6) == round(1 - 0.5 ** (2 / 3), 6)
    True
    """
    none, one = _by_run(winnow)
    longest = len(none) + shingle - 2
    kept = containment ** (1 / 3)
    in_run = np.maximum(np.arange(longest) - shingle + 1, 0)
    step = np.zeros((2, longest, 2, longest))
    run = np.arange(longest - 1)
    for so_far in range(2):
        step[so_far, run, so_far, run + 1] = kept
        step[so_far, :, so_far, 0] += (1 - kept) * none[in_run]
    step[0, :, 1, 0] += (1 - kept) * one[in_run]
    size = 2 * longest
    state = np.linalg.matrix_power(step.reshape(size, size), words)[0].reshape(2, longest)
    missed = state[0] @ none[in_run]
    return float(missed if needed == 1 else missed + state[0] @ one[in_run] + state[1] @ none[in_run])


def _by_run(window: int) -> tuple[Floats, Floats]:
    """Return the probability of no and of one shared fingerprint by the k-grams of a run: 0 ... 2 window."""
    none, one = np.zeros((2, 2 * window + 1))
    none[0] = 1.0
    for m in range(1, 2 * window + 1):
        least_one, least_two = _at_least_one(m, window), _at_least_two(m, window)
        none[m], one[m] = 1 - least_one, least_one - least_two
    return none, one


def _at_least_one(m: int, window: int) -> float:
    t = max(window - m, 0)
    a = m + 2 * t
    return m * (1 / a + 2 * t / (a * (a + 1)) + 2 * t * t / (a * (a + 1) * (a + 2)))


def _at_least_two(m: int, window: int) -> float:
    left = np.arange(m)
    right = left[::-1]
    beyond_left, beyond_right = (2 * np.maximum(window - side, 0) for side in (left, right))
    of_left, of_right = left / (left + beyond_left), right / (right + beyond_right)
    either = of_left * m / (m + beyond_left) + of_right * m / (m + beyond_right)
    both = of_left * of_right * m / (m + beyond_left + beyond_right)
    return float(np.mean(either - both))
