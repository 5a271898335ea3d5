"""p-values, their adjustment for the number of tests, and the warning of undefined values."""

import warnings

import numpy as np
import pytest

import kolloc
from kolloc._significance import ADJUSTMENTS, log_p_of_chi2, log_p_of_z, p_columns
from kolloc._undefined import warn_of_undefined
from kolloc.exceptions import InputTypeError, ParameterError, UndefinedWarning

P = [0.01, 0.04, 0.03, 0.005, 0.55, 0.2]
ADJUSTED = {
    "bonferroni": [0.06, 0.24, 0.18, 0.03, 1, 1],
    "holm": [0.05, 0.12, 0.12, 0.03, 0.55, 0.4],
    "bh": [0.03, 0.06, 0.06, 0.03, 0.55, 0.24],
    "by": [0.0735, 0.147, 0.147, 0.0735, 1, 0.588],
}


@pytest.mark.parametrize("method", ADJUSTMENTS)
def test_adjusted_values_are_those_worked_out_by_hand(method):
    np.testing.assert_allclose(kolloc.adjust_p(P, method), ADJUSTED[method], rtol=1e-12)


@pytest.mark.parametrize("method", ADJUSTMENTS)
def test_nan_is_no_test_and_stays(method):
    with_nan = [np.nan, *P[:3], np.nan, *P[3:]]
    adjusted = kolloc.adjust_p(with_nan, method=method)
    assert np.isnan(adjusted[[0, 4]]).all()
    np.testing.assert_array_equal(adjusted[[1, 2, 3, 5, 6, 7]], kolloc.adjust_p(P, method))


@pytest.mark.parametrize("method", ADJUSTMENTS)
def test_the_shape_stays_and_nothing_may_be_there(method):
    assert kolloc.adjust_p(np.reshape(P, (2, 3)), method).shape == (2, 3)
    assert kolloc.adjust_p([], method).shape == (0,)
    assert np.isnan(kolloc.adjust_p([np.nan], method)).all()
    np.testing.assert_array_equal(kolloc.adjust_p(0.04, method), 0.04)


def test_what_is_no_p_value_is_refused():
    with pytest.raises(ParameterError, match=r"p must be from 0 to 1 or NaN, got 1\.5"):
        kolloc.adjust_p([0.5, 1.5])
    with pytest.raises(ParameterError, match="did you mean 'holm'"):
        kolloc.adjust_p(P, "home")
    with pytest.raises(InputTypeError, match="p must be numbers"):
        kolloc.adjust_p(["a"])


def test_p_of_one_is_written_without_a_minus():
    columns = p_columns(log_p_of_z(np.array([0.0, np.nan])))
    assert columns["p"][0] == 1.0
    assert str(columns["neg_log10_p"][0]) == "0.0"
    assert np.isnan(columns["p"][1])
    assert np.isnan(columns["neg_log10_p"][1])


def test_logarithms_go_on_where_p_is_zero():
    columns = p_columns(log_p_of_chi2(np.array([-1e6, np.inf])))
    assert columns["p"].tolist() == [0.0, 0.0]
    # ln(2 φ(x) / x (1 - 1 / x²)) at x = 1000.
    expected = (0.5e6 + np.log(1000) + 0.5 * np.log(np.pi / 2) + 1e-6) / np.log(10)
    assert columns["neg_log10_p"][0] == pytest.approx(expected, rel=1e-12)
    assert columns["neg_log10_p"][1] == np.inf


def test_measures_with_the_same_number_and_reason_are_named_together():
    nan, one = np.array([np.nan, 1.0]), np.array([1.0, 2.0])
    with pytest.warns(UndefinedWarning) as caught:
        warn_of_undefined({"t": nan, "z": nan, "mi": one, "ell": np.full((2, 2), np.nan)}, {"t": "no", "z": "no"})
    assert [str(each.message) for each in caught] == [
        "some values are undefined and NaN: t, z in 1 of 2 cells (no); ell in 4 of 4 cells"
    ]


def test_nothing_is_said_where_all_is_defined():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_undefined({"t": np.array([1.0, np.inf])}, "never")
