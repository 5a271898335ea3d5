//! What each word adds to the difference between two texts.
//!
//! p1 and p2 are the shares of a word in text 1 (reference) and text 2 (target). Source: Gallagher et al. (2021),
//! doi:10.1140/epjds/s13688-021-00260-3.

use std::str::FromStr;

use super::logarithm::Base;
use crate::error::{Error, Result};

/// A kind of shift by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// p2 - p1
    Proportion,
    /// -p2 log p2 + p1 log p1
    Entropy,
    /// -m log m + ½ (p1 log p1 + p2 log p2), m = ½ (p1 + p2); sums to the Jensen-Shannon divergence
    Jsd,
    /// p2 log p2 - p2 log p1; inf where p1 = 0 < p2
    Kld,
    /// (p2 - p1) (½ (s1 + s2) - ref) + (s2 - s1) ½ (p1 + p2), s the scores of the word; sums to the difference of mean scores
    WeightedAverage,
}

const KINDS: [(&str, Shift); 5] = [
    ("proportion", Shift::Proportion),
    ("entropy", Shift::Entropy),
    ("jsd", Shift::Jsd),
    ("kld", Shift::Kld),
    ("weighted_average", Shift::WeightedAverage),
];

impl Shift {
    /// Names of all.
    pub fn names() -> Vec<&'static str> {
        KINDS.iter().map(|entry| entry.0).collect()
    }

    /// The contribution of each word; scores are read by [`Self::WeightedAverage`] alone.
    ///
    /// # Errors
    /// Arrays of different lengths.
    pub fn of(self, p1: &[f64], p2: &[f64], scores: [&[f64]; 2], reference: f64, base: Base) -> Result<Vec<f64>> {
        let scored = self == Self::WeightedAverage;
        if p1.len() != p2.len() || scored && scores.iter().any(|scores| scores.len() != p1.len()) {
            return Err(Error::input("arrays of different lengths", "shares and scores of the same words"));
        }
        let plogp = |p: f64| if p > 0.0 { p * base.log(p) } else { 0.0 };
        let one = |i: usize| {
            let (p1, p2) = (p1[i], p2[i]);
            match self {
                Self::Proportion => p2 - p1,
                Self::Entropy => plogp(p1) - plogp(p2),
                Self::Jsd => 0.5 * (plogp(p1) + plogp(p2)) - plogp(0.5 * (p1 + p2)),
                Self::Kld => {
                    if p2 > 0.0 {
                        p2 * base.log(p2 / p1)
                    } else {
                        0.0
                    }
                }
                Self::WeightedAverage => {
                    let (s1, s2) = (scores[0][i], scores[1][i]);
                    (p2 - p1) * (0.5 * (s1 + s2) - reference) + (s2 - s1) * 0.5 * (p1 + p2)
                }
            }
        };
        Ok((0..p1.len()).map(one).collect())
    }
}

impl FromStr for Shift {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = KINDS.iter().find(|entry| entry.0 == name);
        let allowed = || format!("one of {}", Self::names().join(", "));
        found.map(|entry| entry.1).ok_or_else(|| Error::parameter("kind", name, allowed()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_values_are_reproduced() {
        let p1 = [0.2, 0.2, 0.4, 0.2, 0.0, 0.0];
        let p2 = [1.0 / 7.0, 1.0 / 7.0, 0.0, 0.0, 2.0 / 7.0, 3.0 / 7.0];
        let scores = [0.0, 0.0, 0.0, 1.0, -1.0, 2.0];
        let expected = [
            (Shift::Proportion, [-0.057143, -0.057143, -0.4, -0.2, 0.285714, 0.428571]),
            (Shift::Entropy, [-0.063335, -0.063335, -0.528771, -0.464386, 0.516387, 0.523882]),
            (Shift::Jsd, [0.003451, 0.003451, 0.2, 0.1, 0.142857, 0.214286]),
            (Shift::WeightedAverage, [0.0, 0.0, 0.0, -0.2, -0.285714, 0.857143]),
        ];
        for (kind, values) in expected {
            let found = kind.of(&p1, &p2, [&scores; 2], 0.0, Base::new(2.0).unwrap()).unwrap();
            assert!(found.iter().zip(values).all(|(got, value)| (got - value).abs() < 1e-6), "{kind:?}: {found:?}");
        }
        let kld = Shift::Kld.of(&p1, &p2, [&[]; 2], 0.0, Base::E).unwrap();
        assert!(kld[5] == f64::INFINITY && kld[2] == 0.0);
        assert!(Shift::Kld.of(&p1, &p2[1..], [&[]; 2], 0.0, Base::E).is_err());
    }
}
