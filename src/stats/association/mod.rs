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

use super::contingency::{self, Correction, chi2, g2, g2_corrected};
use crate::error::{Error, Result};

mod measures;

pub use measures::*;

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
    /// [`mi_log_f`]
    MiLogF,
    /// [`average_mi`]
    AverageMi,
    /// [`z_yates`]
    ZYates,
    /// [`contingency::chi2`]
    Chi2,
    /// [`contingency::chi2`] with the correction of Yates
    #[serde(rename = "chi2_yates")]
    Chi2Yates,
    /// [`contingency::chi2`] with the correction of Williams
    #[serde(rename = "chi2_williams")]
    Chi2Williams,
    /// [`contingency::g2_corrected`] with the correction of Yates
    #[serde(rename = "g2_yates")]
    G2Yates,
    /// [`contingency::g2_corrected`] with the correction of Williams
    #[serde(rename = "g2_williams")]
    G2Williams,
    /// [`fisher`]
    Fisher,
    /// [`contingency::phi2`]
    Phi2,
    /// [`contingency::odds_ratio`]
    OddsRatio,
    /// [`relative_risk`]
    RelativeRisk,
    /// [`cond_p_2_given_1`]
    #[serde(rename = "cond_p_2_given_1")]
    CondP2Given1,
    /// [`cond_p_1_given_2`]
    #[serde(rename = "cond_p_1_given_2")]
    CondP1Given2,
    /// [`mutual_expectation`]
    MutualExpectation,
    /// [`mutual_expectation_count`]
    MutualExpectationCount,
    /// [`lfmd`]
    Lfmd,
}

/// A measure of one table: `o11`, `r1`, `c1`, `n`.
pub type Formula = fn(f64, f64, f64, f64) -> f64;

/// All measures: name, formula, and whether it only orders pairs by significance, which weighted counts do not allow.
const MEASURES: [(Measure, &str, Formula, bool); 39] = [
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
    (Measure::MiLogF, "mi_log_f", mi_log_f, false),
    (Measure::AverageMi, "average_mi", average_mi, false),
    (Measure::ZYates, "z_yates", z_yates, true),
    (Measure::Chi2, "chi2", |f, r, c, n| chi2(f, r, c, n, Correction::None), true),
    (Measure::Chi2Yates, "chi2_yates", |f, r, c, n| chi2(f, r, c, n, Correction::Yates), true),
    (Measure::Chi2Williams, "chi2_williams", |f, r, c, n| chi2(f, r, c, n, Correction::Williams), true),
    (Measure::G2Yates, "g2_yates", |f, r, c, n| g2_corrected(f, r, c, n, Correction::Yates), true),
    (Measure::G2Williams, "g2_williams", |f, r, c, n| g2_corrected(f, r, c, n, Correction::Williams), true),
    (Measure::Fisher, "fisher", fisher, true),
    (Measure::Phi2, "phi2", contingency::phi2, false),
    (Measure::OddsRatio, "odds_ratio", contingency::odds_ratio, false),
    (Measure::RelativeRisk, "relative_risk", relative_risk, false),
    (Measure::CondP2Given1, "cond_p_2_given_1", cond_p_2_given_1, false),
    (Measure::CondP1Given2, "cond_p_1_given_2", cond_p_1_given_2, false),
    (Measure::MutualExpectation, "mutual_expectation", mutual_expectation, false),
    (Measure::MutualExpectationCount, "mutual_expectation_count", mutual_expectation_count, false),
    (Measure::Lfmd, "lfmd", lfmd, false),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(name: &str, got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{name}: {got}, expected {expected}");
    }

    /// The two columns of hand values of the specification: *new companies*, *honorary doctor*.
    const HAND_VALUES: [(&str, f64, f64); 33] = [
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
        ("mi_log_f", 1.382808, 24.760956),
        ("average_mi", 6.68219555191266e-08, 5.318467527033091e-06),
        ("z_yates", 1.023782, 131.677533),
        ("chi2", 1.548869, 19730.475513),
        ("chi2_yates", 1.049633, 17340.301064),
        ("phi2", 1.0825446886243098e-07, 0.0013153650342),
        ("lfmd", -40.911227, -30.407721),
        ("mutual_expectation", 4.363387e-10, 7.426748e-09),
        ("mutual_expectation_count", 0.006242989, 0.111401218),
        ("cond_p_2_given_1", 0.0005054334091483447, 0.007239819004524887),
        ("cond_p_1_given_2", 0.001711229946524064, 0.18181818181818182),
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
        assert_close("gensim", gensim_default(8.0, 15828.0, 4675.0, 5.0, 1e4), 0.000405428);
        assert_close("gensim", gensim_default(8.0, 1105.0, 44.0, 5.0, 1e4), 0.617030029);
    }

    #[test]
    fn published_values_are_reproduced() {
        assert!(
            (average_mi(2.0, 2.0, 2.0, 9.0) - 0.764).abs() < 5e-4
                && (average_mi(2.0, 2.0, 2.0, 999.0) - 0.021).abs() < 5e-4
        );
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
