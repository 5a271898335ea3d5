//! How strongly two words attract each other: measures of a 2×2 table (Evert 2005, 2008).
//!
//! A table is given by the observed count `o11`, the margins `r1` and `c1` of the two words and the sample size `n`, all of *one*
//! sampling model. Write f = o11, E = r1 c1 / n, o12 = r1 - f, o21 = c1 - f, o22 = n - r1 - c1 + f. Every function is pure and
//! works in double precision; an impossible table (a negative cell) or a margin of zero gives NaN in all measures but [`observed`]
//! and [`expected`]. Positive values of signed measures mean attraction.
//!
//! Sources: Evert, S. (2005), *The statistics of word cooccurrences*, doi:10.18419/opus-2556; Evert, S. (2008), *Corpora and
//! collocations*, doi:10.1515/9783110213881.2.1212; others at the functions.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::contingency::{self, defined, deviance, g2};
use crate::error::{Error, Result};

/// A measure by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// [`observed`]
    Observed,
    /// [`expected`]
    Expected,
    /// [`mi`]
    Mi,
    /// [`mi_k`] with k = 2
    Mi2,
    /// [`mi_k`] with k = 3
    Mi3,
    /// [`local_mi`]
    LocalMi,
    /// [`npmi`]
    Npmi,
    /// [`log_dice`]
    LogDice,
    /// [`dice`]
    Dice,
    /// [`jaccard`]
    Jaccard,
    /// [`min_sens`]
    MinSens,
    /// [`gmean`]
    Gmean,
    /// [`t`]
    T,
    /// [`z`]
    Z,
    /// [`simple_ll`]
    SimpleLl,
    /// [`contingency::g2`]
    G2,
    /// [`log_ratio`]
    LogRatio,
    /// [`delta_p_2_given_1`]
    #[serde(rename = "delta_p_2_given_1")]
    DeltaP2Given1,
    /// [`delta_p_1_given_2`]
    #[serde(rename = "delta_p_1_given_2")]
    DeltaP1Given2,
    /// [`log_odds`]
    LogOdds,
    /// [`mu`]
    Mu,
    /// [`poisson_stirling`]
    PoissonStirling,
}

/// A measure of one table: `o11`, `r1`, `c1`, `n`.
pub type Formula = fn(f64, f64, f64, f64) -> f64;

/// All measures: name, formula, and whether it only orders pairs by significance, which weighted counts do not allow.
const MEASURES: [(Measure, &str, Formula, bool); 22] = [
    (Measure::Observed, "observed", observed, false),
    (Measure::Expected, "expected", expected, false),
    (Measure::Mi, "mi", mi, false),
    (Measure::Mi2, "mi2", |f, r, c, n| mi_k(2, f, r, c, n), false),
    (Measure::Mi3, "mi3", |f, r, c, n| mi_k(3, f, r, c, n), false),
    (Measure::LocalMi, "local_mi", local_mi, false),
    (Measure::Npmi, "npmi", npmi, false),
    (Measure::LogDice, "log_dice", log_dice, false),
    (Measure::Dice, "dice", dice, false),
    (Measure::Jaccard, "jaccard", jaccard, false),
    (Measure::MinSens, "min_sens", min_sens, false),
    (Measure::Gmean, "gmean", gmean, false),
    (Measure::T, "t", t, true),
    (Measure::Z, "z", z, true),
    (Measure::SimpleLl, "simple_ll", simple_ll, true),
    (Measure::G2, "g2", g2, true),
    (Measure::LogRatio, "log_ratio", log_ratio, false),
    (Measure::DeltaP2Given1, "delta_p_2_given_1", delta_p_2_given_1, false),
    (Measure::DeltaP1Given2, "delta_p_1_given_2", delta_p_1_given_2, false),
    (Measure::LogOdds, "log_odds", log_odds, false),
    (Measure::Mu, "mu", mu, false),
    (Measure::PoissonStirling, "poisson_stirling", poisson_stirling, true),
];

impl Measure {
    /// All measures.
    pub fn all() -> impl Iterator<Item = Self> {
        MEASURES.iter().map(|entry| entry.0)
    }

    /// The name that the caller writes.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// The function of one table.
    pub fn formula(self) -> Formula {
        self.entry().2
    }

    /// Whether the measure is a test of significance, which supposes counts and not weights.
    pub fn is_test(self) -> bool {
        self.entry().3
    }

    /// The value of each table of four parallel arrays.
    ///
    /// # Errors
    /// Arrays of different lengths.
    pub fn scores(self, o11: &[f64], r1: &[f64], c1: &[f64], n: &[f64]) -> Result<Vec<f64>> {
        let lengths = [o11.len(), r1.len(), c1.len(), n.len()];
        if lengths != [o11.len(); 4] {
            return Err(Error::input(format!("lengths {lengths:?}"), "four arrays of one length"));
        }
        let formula = self.formula();
        Ok((0..o11.len()).map(|i| formula(o11[i], r1[i], c1[i], n[i])).collect())
    }

    fn entry(self) -> &'static (Self, &'static str, Formula, bool) {
        // Entries stand in the order of the variants; a test holds them to it.
        &MEASURES[self as usize]
    }
}

impl FromStr for Measure {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = MEASURES.iter().find(|entry| entry.1 == name);
        let names = || MEASURES.map(|entry| entry.1).join(", ");
        found.map(|entry| entry.0).ok_or_else(|| Error::parameter("measure", name, format!("one of {}", names())))
    }
}

/// The observed count f.
pub fn observed(o11: f64, _r1: f64, _c1: f64, _n: f64) -> f64 {
    o11
}

/// The expected count E = r1 c1 / n of independent words; n = 0 gives NaN.
pub fn expected(_o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    contingency::expected(r1, c1, n)
}

/// Pointwise mutual information log2(f / E), in bits; f = 0 gives -inf.
///
/// Favours rare pairs. Church & Hanks (1990), <https://aclanthology.org/J90-1003>.
pub fn mi(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    mi_k(1, o11, r1, c1, n)
}

/// log2(f^k / E), in bits; f = 0 gives -inf. k above 1 takes from mutual information its favour for rare pairs.
///
/// Daille (1994).
pub fn mi_k(k: i32, o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| f64::from(k) * o11.log2() - e.log2())
}

/// f log2(f / E), in bits; f = 0 gives 0. Evert (2005).
pub fn local_mi(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| if o11 > 0.0 { o11 * (o11 / e).log2() } else { 0.0 })
}

/// Normalized mutual information ln(f / E) / -ln(f / n), from -1 to 1; f = 0 gives -1, f = n gives NaN. The base cancels.
///
/// Bouma (2009), *Normalized (pointwise) mutual information in collocation extraction*.
pub fn npmi(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| match o11 {
        0.0 => -1.0,
        // ln 1 = 0 on both sides.
        f if f == n => f64::NAN,
        f => (f / e).ln() / -(f / n).ln(),
    })
}

/// 14 + log2(2 f / (r1 + c1)), at most 14; f = 0 gives -inf. Does not depend on the size of the corpus.
///
/// Rychlý (2008), *A lexicographer-friendly association score*.
pub fn log_dice(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    14.0 + dice(o11, r1, c1, n).log2()
}

/// 2 f / (r1 + c1), from 0 to 1. Dice (1945), doi:10.2307/1932409.
pub fn dice(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| 2.0 * o11 / (r1 + c1))
}

/// f / (f + o12 + o21), from 0 to 1. Jaccard (1901).
pub fn jaccard(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / (r1 + c1 - o11))
}

/// Minimum sensitivity min(f / r1, f / c1), from 0 to 1. Pedersen & Bruce (1996).
pub fn min_sens(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / r1.max(c1))
}

/// f / sqrt(r1 c1), from 0 to 1. Evert (2005).
pub fn gmean(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / (r1.sqrt() * c1.sqrt()))
}

/// t-score (f - E) / sqrt(f), signed; f = 0 gives NaN. Church, Gale, Hanks & Hindle (1991).
pub fn t(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| if o11 > 0.0 { (o11 - e) / o11.sqrt() } else { f64::NAN })
}

/// z-score (f - E) / sqrt(E), signed, without continuity correction. Berry-Rogghe (1973).
pub fn z(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| (o11 - e) / e.sqrt())
}

/// 2 (f ln(f / E) - (f - E)), natural logarithm, with the sign of f - E; f = 0 gives -2 E. Evert (2008).
pub fn simple_ll(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| (2.0 * deviance(o11 - e, e)).copysign(o11 - e))
}

/// log2((f / r1) / (o21 / (n - r1))), in bits; f = 0 gives -inf, o21 = 0 gives +inf, n = r1 NaN.
///
/// Hardie (2014), *Log Ratio: an informal introduction*.
pub fn log_ratio(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| ((o11 / r1) / ((c1 - o11) / (n - r1))).log2())
}

/// Delta P of the second word given the first, f / r1 - o21 / (n - r1), from -1 to 1, directional; n = r1 gives NaN.
///
/// Gries (2013), doi:10.1075/ijcl.18.1.09gri.
pub fn delta_p_2_given_1(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / r1 - (c1 - o11) / (n - r1))
}

/// Delta P of the first word given the second, f / c1 - o12 / (n - c1), from -1 to 1, directional; n = c1 gives NaN.
///
/// Gries (2013), doi:10.1075/ijcl.18.1.09gri.
pub fn delta_p_1_given_2(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    delta_p_2_given_1(o11, c1, r1, n)
}

/// ln((f + ½)(o22 + ½) / ((o12 + ½)(o21 + ½))), natural logarithm, always finite. Evert (2005).
pub fn log_odds(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| {
        let (o12, o21, o22) = (r1 - o11, c1 - o11, n - r1 - c1 + o11);
        ((o11 + 0.5) / (o12 + 0.5)).ln() + ((o22 + 0.5) / (o21 + 0.5)).ln()
    })
}

/// Observed over expected, f / E, at least 0; 1 is independence. Evert (2005).
pub fn mu(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| o11 / e)
}

/// f (ln(f / E) - 1), natural logarithm; f = 0 gives 0. Quasthoff & Wolff (2002).
pub fn poisson_stirling(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| if o11 > 0.0 { o11 * ((o11 / e).ln() - 1.0) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(name: &str, got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{name}: {got}, expected {expected}");
    }

    /// The two columns of hand values of the specification: *new companies*, *honorary doctor*.
    const HAND_VALUES: [(&str, f64, f64); 22] = [
        ("observed", 8.0, 8.0),
        ("expected", 5.17176523805277, 0.0032413333333333335),
        ("mi", 0.6293432116236845, 11.269196892016602),
        ("mi2", 3.6293432116236843, 14.269196892016602),
        ("mi3", 6.629343211623684, 17.269196892016602),
        ("local_mi", 5.034745692989476, 90.15357513613282),
        ("t", 0.9999319894802036, 2.827281140356147),
        ("z", 1.2436439301197366, 140.4598311360399),
        ("dice", 0.0007803736038628494, 0.01392515230635335),
        ("log_dice", 3.6764526000630298, 7.833836917353887),
        ("jaccard", 0.0003903390991, 0.007011393514460999),
        ("min_sens", 0.0005054334091483447, 0.007239819004524887),
        ("gmean", 0.0009300068740113685, 0.03628127241560629),
        ("npmi", 0.03030017186680434, 0.5407883952850312),
        ("g2", 1.3253893963471581, 110.59442313787834),
        ("simple_ll", 1.323170039969507, 108.98587551268596),
        ("log_ratio", 0.630217230142122, 11.558597226762123),
        ("log_odds", 0.49749817637622135, 8.065448480800969),
        ("delta_p_2_given_1", 0.00017888343377778356, 0.0072374188277118615),
        ("delta_p_1_given_2", 0.0006051677398236901, 0.18174504827032342),
        ("mu", 8.0 / 5.17176523805277, 8.0 / 0.0032413333333333335),
        ("poisson_stirling", -4.510180218068017, 54.48969642300965),
    ];

    #[test]
    fn hand_values_are_reproduced() {
        let columns = ([8.0, 8.0], [15828.0, 1105.0], [4675.0, 44.0], [14307668.0, 15e6]);
        for (name, first, second) in HAND_VALUES {
            let measure: Measure = name.parse().unwrap();
            let scores = measure.scores(&columns.0, &columns.1, &columns.2, &columns.3).unwrap();
            assert_close(name, scores[0], first);
            assert_close(name, scores[1], second);
        }
        assert_eq!(Measure::all().count(), HAND_VALUES.len());
    }

    #[test]
    fn published_values_are_reproduced() {
        assert_close("g2 Dunning", g2(10.0, 10.0, 13.0, 31777.0), 167.22980391051257);
        let (f, r1, c1) = (5610.0, 5610.0 + 168938.0, 5610.0 + 2257.0);
        let n = r1 + c1 - f + 10233063.0;
        assert_close("delta p Gries", delta_p_2_given_1(f, r1, c1, n), 0.03191964535274844);
        assert_close("delta p Gries", delta_p_1_given_2(f, r1, c1, n), 0.696864463243522);
        assert_close("min_sens", min_sens(17.0, 257.0, 1018.0, 1300000.0), 0.016699);
        assert_close("dice", dice(130.0, 3121.0, 143.0, 1e6), 0.0796569);
        assert_close("npmi", npmi(10.0, 10.0, 10.0, 100.0), 1.0);
        assert_close("npmi", npmi(1.0, 10.0, 10.0, 100.0), 0.0);
        assert_close("mi a-c", mi(3.0, 16.0, 8.0, 42.0), -0.02272007650008353);
        assert_close("log dice a-c", log_dice(3.0, 16.0, 8.0, 42.0), 12.0);
    }

    #[test]
    fn zeros_have_the_values_of_the_specification() {
        let at_zero = |measure: &str| measure.parse::<Measure>().unwrap().formula()(0.0, 10.0, 20.0, 100.0);
        for measure in ["mi", "mi2", "mi3", "log_dice", "log_ratio"] {
            assert_eq!(at_zero(measure), f64::NEG_INFINITY, "{measure}");
        }
        for measure in ["local_mi", "poisson_stirling", "dice", "jaccard", "gmean", "min_sens", "mu"] {
            assert_eq!(at_zero(measure), 0.0, "{measure}");
        }
        assert_eq!(at_zero("npmi"), -1.0);
        assert_eq!(at_zero("simple_ll"), -4.0);
        assert!(at_zero("t").is_nan());
        assert!(at_zero("g2") < 0.0 && at_zero("log_odds").is_finite());
        assert_eq!(log_ratio(5.0, 10.0, 5.0, 100.0), f64::INFINITY);
        assert!(npmi(100.0, 100.0, 100.0, 100.0).is_nan());
    }

    #[test]
    fn a_zero_margin_or_an_impossible_table_is_nan() {
        for measure in Measure::all().filter(|measure| !matches!(measure, Measure::Observed | Measure::Expected)) {
            for (f, r1, c1, n) in
                [(0.0, 0.0, 5.0, 10.0), (0.0, 5.0, 0.0, 10.0), (0.0, 0.0, 0.0, 0.0), (6.0, 5.0, 7.0, 10.0)]
            {
                assert!(measure.formula()(f, r1, c1, n).is_nan(), "{measure:?} {f} {r1} {c1} {n}");
            }
        }
    }

    #[test]
    fn names_are_the_same_everywhere() {
        for measure in Measure::all() {
            assert_eq!(measure.name().parse::<Measure>().unwrap(), measure);
            assert_eq!(serde_json::to_string(&measure).unwrap(), format!("\"{}\"", measure.name()));
        }
        let message = "pmi".parse::<Measure>().unwrap_err().to_string();
        assert!(message.starts_with("measure must be one of observed, expected, mi, mi2,"), "{message}");
        assert!(Measure::Mi.scores(&[1.0], &[1.0], &[1.0], &[]).is_err());
    }
}
