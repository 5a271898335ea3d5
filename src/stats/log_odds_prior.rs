//! Log-odds of a word in two texts with a Dirichlet prior (Monroe, Colaresi & Quinn 2008, doi:10.1093/pan/mpn018, eqs 15-22).
//!
//! A word occurs y1 times in n1 tokens and y2 times in n2, and has the prior α of a total α0. Rare words, whose odds are mere
//! chance, are drawn to the prior. Natural logarithms; positive values mean group 1.

use std::str::FromStr;

use crate::error::{Error, Result};

/// Difference of log-odds, and its variance by either approximation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// The difference δ; ±inf where a count and its prior are both 0.
    pub delta: f64,
    /// 1 / (y1 + α) + 1 / (y2 + α), the approximation of the paper.
    pub two_term: f64,
    /// The same with the reciprocals of what is not the word.
    pub four_term: f64,
}

/// The approximation of the variance of δ that its standard error is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variance {
    /// [`LogOdds::two_term`].
    TwoTerm,
    /// [`LogOdds::four_term`].
    FourTerm,
}

impl FromStr for Variance {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "two_term" => Ok(Self::TwoTerm),
            "four_term" => Ok(Self::FourTerm),
            _ => Err(Error::parameter("variance", name, "one of two_term, four_term")),
        }
    }
}

impl LogOdds {
    /// ζ = δ / √variance; NaN where a count and its prior are both 0.
    pub fn z(&self, variance: Variance) -> f64 {
        let variance = match variance {
            Variance::TwoTerm => self.two_term,
            Variance::FourTerm => self.four_term,
        };
        self.delta / variance.sqrt()
    }
}

/// Where the prior of each word comes from.
#[derive(Clone, Copy, Debug)]
pub enum Prior<'a> {
    /// α of each word, and α0: [`two_groups`].
    Given(&'a [f64], f64),
    /// The counts of the word in so many groups: [`group_vs_all`].
    Groups(f64),
}

impl Prior<'_> {
    /// The log-odds of the word of that number.
    ///
    /// # Panics
    /// If the word has no prior.
    pub fn log_odds(&self, word: usize, counts: (f64, f64), totals: (f64, f64)) -> LogOdds {
        match *self {
            Self::Given(alpha, total) => two_groups(counts, totals, alpha[word], total),
            Self::Groups(n) => group_vs_all(counts, totals, n),
        }
    }
}

/// δ = ln((y1 + α) / (n1 + α0 - y1 - α)) - ln((y2 + α) / (n2 + α0 - y2 - α)).
pub fn two_groups((y1, y2): (f64, f64), (n1, n2): (f64, f64), alpha: f64, total_alpha: f64) -> LogOdds {
    let (in_1, in_2) = (y1 + alpha, y2 + alpha);
    let (out_1, out_2) = (n1 + total_alpha - in_1, n2 + total_alpha - in_2);
    let two_term = 1.0 / in_1 + 1.0 / in_2;
    LogOdds {
        delta: (in_1 / out_1).ln() - (in_2 / out_2).ln(),
        two_term,
        four_term: two_term + 1.0 / out_1 + 1.0 / out_2,
    }
}

/// One of `n_groups` groups against all of them, itself included, as tidylo does: the prior is the count of the word in all
/// groups, y1 + y2, and is added to the count in each of them.
pub fn group_vs_all((y1, y2): (f64, f64), (n1, n2): (f64, f64), n_groups: f64) -> LogOdds {
    let (alpha, total_alpha) = (y1 + y2, n1 + n2);
    let (in_1, in_all) = (y1 + alpha, (1.0 + n_groups) * alpha);
    let (out_1, out_all) = (n1 + total_alpha - in_1, (1.0 + n_groups) * total_alpha - in_all);
    let two_term = 1.0 / in_1 + 1.0 / in_all;
    LogOdds {
        delta: (in_1 / out_1).ln() - (in_all / out_all).ln(),
        two_term,
        four_term: two_term + 1.0 / out_1 + 1.0 / out_all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-6, "{got}, expected {expected}");
    }

    #[test]
    fn hand_values_are_reproduced() {
        let counts = [(10.0, 30.0), (20.0, 20.0), (70.0, 50.0)];
        let constant = [(-1.349197, -3.696467, -3.387712), (0.0, 0.0, 0.0), (0.846974, 4.574586, 2.861942)];
        let informative = [(-1.209088, -3.571882, -3.259389), (0.0, 0.0, 0.0), (0.768005, 4.360919, 2.733386)];
        for (i, &(y1, y2)) in counts.iter().enumerate() {
            let pooled = 10.0 * (y1 + y2) / 200.0;
            for (found, (delta, two_term, four_term)) in [
                (two_groups((y1, y2), (100.0, 100.0), 0.01, 0.03), constant[i]),
                (two_groups((y1, y2), (100.0, 100.0), pooled, 10.0), informative[i]),
            ] {
                assert_close(found.delta, delta);
                assert_close(found.delta / found.two_term.sqrt(), two_term);
                assert_close(found.delta / found.four_term.sqrt(), four_term);
            }
            let sides = [
                (
                    group_vs_all((y1, y2), (100.0, 100.0), 2.0),
                    [(-0.223144, -1.32567), (0.0, 0.0), (0.141079, 1.573287)],
                ),
                (
                    group_vs_all((y2, y1), (100.0, 100.0), 2.0),
                    [(0.19671, 1.307946), (0.0, 0.0), (-0.137201, -1.474332)],
                ),
            ];
            for (found, values) in sides {
                assert_close(found.delta, values[i].0);
                assert_close(found.delta / found.two_term.sqrt(), values[i].1);
            }
        }
    }

    #[test]
    fn without_a_prior_a_zero_is_infinitely_odd() {
        assert_eq!(two_groups((0.0, 3.0), (10.0, 10.0), 0.0, 0.0).delta, f64::NEG_INFINITY);
        assert_eq!(two_groups((3.0, 0.0), (10.0, 10.0), 0.0, 0.0).delta, f64::INFINITY);
    }
}
