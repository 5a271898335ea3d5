"""What holds for the keyness of any texts."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import kolloc

pytestmark = pytest.mark.filterwarnings("ignore::kolloc.exceptions.UndefinedWarning")

WORDS = st.sampled_from(["peace", "talks", "trade", "war", "oil", "the"])
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=2, max_size=8)
SIGNED = ("g2", "g2_2term", "chi2", "log_ratio", "log_ratio_walter", "lrc", "diff_coeff", "kld_frequency")


def keyness(texts, mask, **options):
    table = kolloc.Corpus(texts).tokens().dtm().keyness(mask, **options)
    return table.assign(term=table["term"].astype(str)).sort_values("term", ignore_index=True)


@st.composite
def compared(draw):
    texts = draw(TEXTS)
    mask = np.array(draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    both = [any(text for text, chosen in zip(texts, mask, strict=True) if chosen == side) for side in (True, False)]
    assume(all(both))
    return texts, mask


@settings(deadline=None, max_examples=60)
@given(compared())
def test_swapped_groups_swap_signs(case):
    texts, mask = case
    assume(len({word for text in texts for word in text.split()}) > 1)
    names = [*SIGNED, "fisher", "mann_whitney", "log_odds_prior"]
    one, other = keyness(texts, mask, measures=names), keyness(texts, ~mask, measures=names)
    flipped = [*SIGNED, "mann_whitney_z", "log_odds_prior", "log_odds_prior_z"]
    np.testing.assert_allclose(one[flipped], -other[flipped], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(one["fisher_p"], other["fisher_p"], rtol=1e-9)
    np.testing.assert_allclose(one["log_ratio_low"], -other["log_ratio_high"], rtol=1e-9)


@settings(deadline=None, max_examples=60)
@given(compared(), st.randoms())
def test_the_order_of_documents_does_not_matter(case, random):
    texts, mask = case
    order = list(range(len(texts)))
    random.shuffle(order)
    names = ["g2", "lrc", "q", "dp", "mann_whitney", "kld_dispersion"]
    one = keyness(texts, mask, measures=names)
    other = keyness([texts[row] for row in order], mask[order], measures=names)
    exact = ["term", "count_target", "count_reference", "g2", "lrc", "q", "mann_whitney_u", "mann_whitney_z"]
    assert one[exact].equals(other[exact])
    for name in ("dp_target", "kld_dispersion"):
        np.testing.assert_allclose(one[name], other[name], rtol=1e-12, atol=1e-12)


@settings(deadline=None, max_examples=60)
@given(compared())
def test_intervals_hold_the_estimate_and_shrink_with_the_level(case):
    wide = keyness(*case, measures=["log_ratio"], confidence=0.99)
    narrow = keyness(*case, measures=["log_ratio"], confidence=0.5)
    assert (narrow["log_ratio_low"] <= narrow["log_ratio"]).all()
    assert (narrow["log_ratio"] <= narrow["log_ratio_high"]).all()
    assert (wide["log_ratio_low"] <= narrow["log_ratio_low"]).all()
    assert (wide["log_ratio_high"] >= narrow["log_ratio_high"]).all()


@settings(deadline=None, max_examples=60)
@given(compared())
def test_groups_summed_first_give_the_same(case):
    texts, mask = case
    tokens = kolloc.Corpus(texts).tokens()
    sides = ([text for text, chosen in zip(texts, mask, strict=True) if chosen == side] for side in (True, False))
    joined = [" ".join(side) for side in sides]
    one = keyness(texts, mask, measures=[*SIGNED, "fisher"])
    assert one.equals(keyness(joined, [True, False], measures=[*SIGNED, "fisher"]))
    assert one["count_target"].sum() == tokens[mask].n_tokens
