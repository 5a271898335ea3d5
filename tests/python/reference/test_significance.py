"""p-values and adjustments against scipy and published examples."""

import json

import numpy as np
import pytest
from scipy import stats

import kolloc
from kolloc._significance import log_p_of_chi2, log_p_of_z


def test_p_values_are_those_of_scipy():
    z = np.concatenate([np.linspace(-30, 30, 601), [1e-300, 1e3, -1e5]])
    np.testing.assert_allclose(np.exp(log_p_of_z(z)), 2 * stats.norm.sf(np.abs(z)), rtol=1e-12)
    np.testing.assert_allclose(log_p_of_z(z), np.minimum(np.log(2) + stats.norm.logsf(np.abs(z)), 0), rtol=1e-13)
    np.testing.assert_allclose(np.exp(log_p_of_chi2(z)), stats.chi2.sf(np.abs(z), 1), rtol=1e-11)


def test_adjustments_are_those_of_scipy():
    p = np.random.default_rng(4).uniform(size=500) ** 3
    np.testing.assert_allclose(kolloc.adjust_p(p, "bh"), stats.false_discovery_control(p), rtol=1e-13)
    np.testing.assert_allclose(kolloc.adjust_p(p, "by"), stats.false_discovery_control(p, method="by"), rtol=1e-13)


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads(shared("spec/golden.json").read_text(encoding="utf-8"))["extra"]["multiple_testing"]


@pytest.mark.parametrize("method", ["bonferroni", "holm", "bh", "by"])
def test_adjusted_values_in_the_file(golden, method):
    np.testing.assert_allclose(kolloc.adjust_p(golden["p"], method), golden[method], rtol=1e-12)


def test_the_example_of_benjamini_and_hochberg(golden):
    q = kolloc.adjust_p(golden["bh_1995_p"])
    np.testing.assert_allclose(q, golden["bh_1995_q"], rtol=1e-12)
    assert (q <= 0.05).sum() == golden["bh_1995_rejected_at_05"]
    bonferroni = kolloc.adjust_p(golden["bh_1995_p"], "bonferroni")
    assert (bonferroni <= 0.05).sum() == golden["bonferroni_rejected_at_05"]
