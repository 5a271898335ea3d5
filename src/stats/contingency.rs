//! Measures of a 2×2 table that keyness and association share: tests of independence and odds ratios.
//!
//! A table is given by one cell, two margins and the sample size: `o11`, `r1`, `c1`, `n`. Write E = r1 c1 / n for what is expected
//! of independent margins, o12 = r1 - o11, o21 = c1 - o11, o22 = n - r1 - c1 + o11. All four cells depart from independence by the
//! same amount d = o11 - E, on which the tests are built: ad - bc = n d is never computed from products of cells. An impossible
//! table (a negative cell) or a margin `r1`, `c1` or `n` of zero gives NaN. Exact tests, which need whole numbers, are in
//! [`super::exact`].

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How a test statistic is corrected for the discreteness of counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// Not at all.
    #[default]
    None,
    /// Division by q, [`williams_q`]. Williams (1976), doi:10.1093/biomet/63.1.33.
    Williams,
    /// Each cell moved ½ toward its expected value, at most onto it. Yates (1934), doi:10.2307/2983604.
    Yates,
    /// As [`Correction::Yates`], where |d| >= ½ and an expected value is below 5 (the rule of quanteda); else not at all.
    YatesIfSmall,
}

/// All corrections by name.
const CORRECTIONS: [(Correction, &str); 4] = [
    (Correction::None, "none"),
    (Correction::Williams, "williams"),
    (Correction::Yates, "yates"),
    (Correction::YatesIfSmall, "yates_if_small"),
];

impl Correction {
    /// Names of all corrections.
    pub fn names() -> [&'static str; 4] {
        CORRECTIONS.map(|entry| entry.1)
    }
}

impl FromStr for Correction {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = CORRECTIONS.iter().find(|entry| entry.1 == name);
        let allowed = || format!("one of {}", Self::names().join(", "));
        found.map(|entry| entry.0).ok_or_else(|| Error::parameter("correction", name, allowed()))
    }
}

/// `value` of the expected count if the table is possible and no margin is zero, else NaN.
pub(super) fn defined(o11: f64, r1: f64, c1: f64, n: f64, value: impl FnOnce(f64) -> f64) -> f64 {
    let cells = [o11, r1 - o11, c1 - o11];
    // Sums of weights may miss zero by their rounding.
    let possible = cells.iter().all(|&cell| cell >= -1e-9 * n) && n - r1 - c1 + o11 >= -1e-9 * n;
    if possible && r1 > 0.0 && c1 > 0.0 && n > 0.0 { value(expected(r1, c1, n)) } else { f64::NAN }
}

/// The expected count r1 c1 / n of independent margins; n = 0 gives NaN.
pub fn expected(r1: f64, c1: f64, n: f64) -> f64 {
    r1 / n * c1
}

/// The smallest of the four expected counts.
pub fn smallest_expected(r1: f64, c1: f64, n: f64) -> f64 {
    expected(r1.min(n - r1), c1.min(n - c1), n)
}

/// O ln(O / E) - (O - E) for O = E + d, without cancellation; never negative. O = 0 gives E, E = 0 gives 0.
pub fn deviance(d: f64, e: f64) -> f64 {
    if e <= 0.0 {
        // A zero margin: the cell is 0 by necessity.
        return 0.0;
    }
    let x = (d / e).max(-1.0);
    if x <= -1.0 {
        return e;
    }
    if x.abs() > 0.1 {
        return e * ((1.0 + x) * x.ln_1p() - x);
    }
    // (1 + x) ln(1 + x) - x as a series: the sum of (-x)^k / (k (k - 1)) from k = 2.
    let series = (2..=17).rev().fold(0.0, |sum, k| 1.0 / f64::from(k * (k - 1)) - x * sum);
    e * x * x * series
}

/// Σ O ln(O / E) over the four cells E + d, E - d, E - d, E + d.
pub(super) fn divergence(d: f64, r1: f64, c1: f64, n: f64) -> f64 {
    let (r2, c2) = (n - r1, n - c1);
    let (e11, e12, e21, e22) = (expected(r1, c1, n), expected(r1, c2, n), expected(r2, c1, n), expected(r2, c2, n));
    // The differences O - E that deviances take off sum to zero, and no term is negative: nothing cancels.
    deviance(d, e11) + deviance(-d, e12) + deviance(-d, e21) + deviance(d, e22)
}

/// q of Williams, by which g2 and chi2 are divided: 1 + (n/r1 + n/r2 - 1)(n/c1 + n/c2 - 1) / (6 n), at least 1.
///
/// Williams (1976), doi:10.1093/biomet/63.1.33.
pub fn williams_q(r1: f64, c1: f64, n: f64) -> f64 {
    1.0 + (n / r1 + n / (n - r1) - 1.0) * (n / c1 + n / (n - c1) - 1.0) / (6.0 * n)
}

/// The departure that is left after a correction, and the divisor of the statistic.
fn corrected(d: f64, r1: f64, c1: f64, n: f64, correction: Correction) -> (f64, f64) {
    let moved = || (d.abs() - 0.5).max(0.0).copysign(d);
    match correction {
        Correction::None => (d, 1.0),
        Correction::Williams => (d, williams_q(r1, c1, n)),
        Correction::Yates => (moved(), 1.0),
        Correction::YatesIfSmall if d.abs() >= 0.5 && smallest_expected(r1, c1, n) < 5.0 => (moved(), 1.0),
        Correction::YatesIfSmall => (d, 1.0),
    }
}

/// Log-likelihood ratio 2 Σ O ln(O / E) over the four cells, natural logarithm, 0 ln 0 = 0, with the sign of d.
///
/// Dunning (1993), <https://aclanthology.org/J93-1003>. Evaluated as 2 Σ (O ln(O / E) - (O - E)), which keeps its digits where O is
/// near E and n in the millions.
pub fn g2(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    g2_corrected(o11, r1, c1, n, Correction::None)
}

/// [`g2`] with a correction. Sokal & Rohlf (1995) for that of Yates.
pub fn g2_corrected(o11: f64, r1: f64, c1: f64, n: f64, correction: Correction) -> f64 {
    defined(o11, r1, c1, n, |e| {
        let (d, divisor) = corrected(o11 - e, r1, c1, n, correction);
        (2.0 * divergence(d, r1, c1, n) / divisor).copysign(o11 - e)
    })
}

/// Log-likelihood ratio over the two cells of the word alone, 2 (o11 ln(o11 / E) + o21 ln(o21 / E21)), natural logarithm, with
/// the sign of d. Rayson & Garside (2000), doi:10.3115/1117729.1117730.
pub fn g2_2term(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| {
        let d = o11 - e;
        (2.0 * (deviance(d, e) + deviance(-d, expected(n - r1, c1, n)))).copysign(d)
    })
}

/// Pearson's n (ad - bc)² / (r1 r2 c1 c2), with a correction and the sign of d; a margin of n gives NaN.
///
/// Pearson (1900), doi:10.1080/14786440009463897.
pub fn chi2(o11: f64, r1: f64, c1: f64, n: f64, correction: Correction) -> f64 {
    defined(o11, r1, c1, n, |e| {
        let (d, divisor) = corrected(o11 - e, r1, c1, n, correction);
        let scale = (n / r1) * (n / (n - r1)) * (n / c1) * (n / (n - c1)) / n;
        (d * d * scale / divisor).copysign(o11 - e)
    })
}

/// chi2 / n, from 0 (independence) to 1. Gale & Church (1991), <https://aclanthology.org/H91-1026>.
pub fn phi2(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    chi2(o11, r1, c1, n, Correction::None).abs() / n
}

/// Odds ratio o11 o22 / (o12 o21), from 0 to infinity, 1 without a difference; ½ is added to all four cells if one is 0.
///
/// Haldane (1956), doi:10.1111/j.1469-1809.1955.tb01285.x.
pub fn odds_ratio(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| {
        let cells = [o11, r1 - o11, c1 - o11, n - r1 - c1 + o11];
        let added = if cells.iter().any(|&cell| cell <= 0.0) { 0.5 } else { 0.0 };
        let [o11, o12, o21, o22] = cells.map(|cell| cell.max(0.0) + added);
        (o11 / o12) * (o22 / o21)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Statistic = fn(f64, f64, f64, f64) -> f64;

    fn assert_close(name: &str, got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{name}: {got}, expected {expected}");
    }

    /// o11, r1, c1, n of a word that occurs `a` times in `n1` tokens and `b` times in `n2`.
    fn table((a, b, n1, n2): (f64, f64, f64, f64)) -> (f64, f64, f64, f64) {
        (a, n1, a + b, n1 + n2)
    }

    const TABLES: [(f64, f64, f64, f64); 5] = [
        (6.0, 2.0, 17.0, 12.0),
        (1.0, 4.0, 17.0, 12.0),
        (3.0, 2.0, 17.0, 12.0),
        (7.0, 2.0, 10.0, 9.0),
        (120.0, 60.0, 1e5, 2e5),
    ];

    #[test]
    fn hand_values_are_reproduced() {
        use Correction::{None, Williams, Yates, YatesIfSmall};
        let cases: [(&str, Statistic, [f64; 5]); 10] = [
            ("g2", g2, [1.274238, -3.779441, 0.004751, 4.534939, 83.231699]),
            ("g2_2term", g2_2term, [0.941184, -3.123254, 0.003935, 2.4401, 83.177662]),
            ("q", |_, r1, c1, n| williams_q(r1, c1, n), [1.0718896, 1.1078237, 1.1078237, 1.0795332, 1.0032407]),
            (
                "g2 williams",
                |o, r, c, n| g2_corrected(o, r, c, n, Williams),
                [1.188777, -3.41159, 0.004289, 4.200833, 82.962838],
            ),
            ("chi2", |o, r, c, n| chi2(o, r, c, n, None), [1.221872, -3.715033, 0.004739, 4.33716, 90.054032]),
            ("chi2 yates", |o, r, c, n| chi2(o, r, c, n, Yates), [0.467298, -2.040247, 0.0, 2.632438, 88.559386]),
            (
                "chi2 williams",
                |o, r, c, n| chi2(o, r, c, n, Williams),
                [1.139923, -3.353451, 0.004277, 4.017626, 89.763133],
            ),
            (
                "chi2 yates if small",
                |o, r, c, n| chi2(o, r, c, n, YatesIfSmall),
                [0.467298, -2.040247, 0.004739, 2.632438, 90.054032],
            ),
            ("odds_ratio", odds_ratio, [2.727273, 0.125, 1.071429, 8.166667, 4.003604]),
            ("smallest", |_, r1, c1, n| smallest_expected(r1, c1, n), [3.310345, 2.068966, 2.068966, 4.263158, 60.0]),
        ];
        for (name, formula, values) in cases {
            for (counts, value) in TABLES.into_iter().zip(values) {
                let (o11, r1, c1, n) = table(counts);
                assert_close(name, formula(o11, r1, c1, n), value);
            }
        }
        for (counts, value) in [(TABLES[0], 0.4773464561), (TABLES[1], -2.0280834903), (TABLES[3], 2.7028437427)] {
            let (o11, r1, c1, n) = table(counts);
            assert_close("g2 yates", g2_corrected(o11, r1, c1, n, Yates), value);
        }
    }

    #[test]
    fn published_values_are_reproduced() {
        assert_close("g2, Dunning", g2(10.0, 10.0, 13.0, 31777.0), 167.22980391051257);
        assert_close("chi2, Dunning", chi2(3.0, 3.0, 3.0, 31777.0, Correction::None), 31777.0);
        assert_close("chi2 yates, Pedersen", chi2(1.0, 4.0, 4.0, 8.0, Correction::Yates), -0.5);
        let (a, b, c, d) = (31950.0, 12004.0, 4793.0, 848330.0);
        assert_close("phi2, Church & Gale", phi2(a, a + b, a + c, a + b + c + d), 0.617126);
        let (o11, r1, c1, n) = table((16217.0, 735.0, 2796938.0, 2087946.0));
        assert!((odds_ratio(o11, r1, c1, n) - 16.5612).abs() < 5e-5);
    }

    #[test]
    fn g2_keeps_its_digits_where_observed_is_near_expected() {
        // 2 Σ d² / (2 E) to first order: d = 1, E = (1e6, 9e6, 9e6, 81e6), next order below 1e-6 of it.
        let value = g2(1e6 + 1.0, 1e7, 1e7, 1e8);
        let first_order = 1.0 / 1e6 + 1.0 / 9e6 + 1.0 / 9e6 + 1.0 / 81e6;
        assert!((value / first_order - 1.0).abs() < 1e-6, "{value}");
        assert_eq!(g2(100.0, 1000.0, 100.0, 1000.0), 0.0);
        // The two branches meet.
        for x in [0.1, -0.1f64] {
            let branches = (deviance(x * (1.0 - 1e-12), 1.0), deviance(x * (1.0 + 1e-12), 1.0));
            assert!((branches.0 / branches.1 - 1.0).abs() < 1e-11, "{branches:?}");
        }
    }

    #[test]
    fn tables_without_a_value_are_nan() {
        let statistics: [Statistic; 5] =
            [g2, g2_2term, phi2, odds_ratio, |o, r, c, n| chi2(o, r, c, n, Correction::Yates)];
        for statistic in statistics {
            for (o11, r1, c1, n) in
                [(0.0, 0.0, 5.0, 10.0), (0.0, 5.0, 0.0, 10.0), (0.0, 0.0, 0.0, 0.0), (6.0, 5.0, 7.0, 10.0)]
            {
                assert!(statistic(o11, r1, c1, n).is_nan());
            }
        }
        assert!(chi2(5.0, 5.0, 10.0, 10.0, Correction::None).is_nan());
        assert_eq!(g2(5.0, 5.0, 10.0, 10.0), 0.0);
        assert_eq!(odds_ratio(0.0, 5.0, 5.0, 10.0), 0.5 * 0.5 / (5.5 * 5.5));
    }

    #[test]
    fn corrections_are_found_by_name() {
        for (correction, name) in CORRECTIONS {
            assert_eq!(name.parse::<Correction>().unwrap(), correction);
        }
        assert!("yate".parse::<Correction>().unwrap_err().to_string().contains("yates_if_small"));
    }
}
