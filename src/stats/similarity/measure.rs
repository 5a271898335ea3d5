//! Similarities that follow from what two rows have in common and from the sums of each.
//!
//! Write x·y for the sum of products; a for the number of features in both rows, b and c in one alone, d in neither; n for their
//! sum. Every measure rises with x·y, a or Σmin; 0/0 is NaN. Sources: Salton & McGill (1983); Jaccard (1901); Dice (1945),
//! doi:10.2307/1932409; Strehl & Ghosh (2000) for the extended forms; Hamann (1961); Sokal & Michener (1958); Ružička (1958).

use std::str::FromStr;

use crate::error::{Error, Result};

/// A similarity by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Similarity {
    /// x·y / (‖x‖ ‖y‖), -1 to 1, from 0 for counts
    Cosine,
    /// Pearson's correlation over all n features, zeros included, -1 to 1
    Correlation,
    /// a / (a + b + c), 0 to 1
    Jaccard,
    /// 2a / (2a + b + c), 0 to 1
    Dice,
    /// x·y / (x² + y² - x·y), 0 to 1 for counts
    Ejaccard,
    /// 2 x·y / (x² + y²), 0 to 1 for counts
    Edice,
    /// (a + d - b - c) / n, -1 to 1
    Hamann,
    /// (a + d) / n, 0 to 1
    SimpleMatching,
    /// Σmin / Σmax, 0 to 1; values must not be negative
    Ruzicka,
    /// a / min(a + b, a + c), the containment of the smaller set, 0 to 1
    Overlap,
}

use Similarity::{Correlation, Cosine, Dice, Edice, Ejaccard, Hamann, Jaccard, Overlap, Ruzicka, SimpleMatching};

const SIMILARITIES: [(&str, Similarity); 10] = [
    ("cosine", Cosine),
    ("correlation", Correlation),
    ("jaccard", Jaccard),
    ("dice", Dice),
    ("ejaccard", Ejaccard),
    ("edice", Edice),
    ("hamann", Hamann),
    ("simple_matching", SimpleMatching),
    ("ruzicka", Ruzicka),
    ("overlap", Overlap),
];

/// Share of a sum of squares that rounding may leave where nothing is left.
const ROUNDING: f64 = 16.0 * f64::EPSILON;

/// What a row contributes alone.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// Number of features.
    pub(super) count: f64,
    /// Sum of values.
    pub(super) sum: f64,
    /// Sum of squares.
    pub(super) squares: f64,
    /// Root of the sum of squares over frequent features.
    pub(super) frequent: f64,
}

impl Similarity {
    /// Names of all.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SIMILARITIES.iter().map(|entry| entry.0)
    }

    /// Whether only presence counts, not values.
    pub(super) fn is_binary(self) -> bool {
        matches!(self, Jaccard | Dice | Hamann | SimpleMatching | Overlap)
    }

    /// Whether what is in common is a sum of minima, not of products.
    pub(super) fn takes_minima(self) -> bool {
        self == Ruzicka
    }

    /// Whether two rows without a common feature have similarity 0 (or none).
    pub(super) fn starts_at_zero(self) -> bool {
        !matches!(self, Correlation | Hamann | SimpleMatching)
    }

    /// The value for `shared`, the sum of products or minima over common features, among `n` features.
    pub(super) fn of(self, shared: f64, x: &Facts, y: &Facts, n: f64) -> f64 {
        match self {
            Cosine => shared / (x.squares * y.squares).sqrt(),
            Correlation => {
                let spread = |row: &Facts| {
                    let spread = n * row.squares - row.sum * row.sum;
                    // What rounding leaves of a row of equal weights is no spread.
                    if spread > ROUNDING * n * row.squares { spread } else { f64::NAN }
                };
                (n * shared - x.sum * y.sum) / (spread(x) * spread(y)).sqrt()
            }
            Jaccard => shared / (x.count + y.count - shared),
            Dice => 2.0 * shared / (x.count + y.count),
            Ejaccard => shared / (x.squares + y.squares - shared),
            Edice => 2.0 * shared / (x.squares + y.squares),
            Hamann => (n - 2.0 * (x.count + y.count - 2.0 * shared)) / n,
            SimpleMatching => (n - (x.count + y.count - 2.0 * shared)) / n,
            Ruzicka => shared / (x.sum + y.sum - shared),
            Overlap => shared / x.count.min(y.count),
        }
    }
}

impl FromStr for Similarity {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = SIMILARITIES.iter().find(|entry| entry.0 == name);
        let names = || Self::names().collect::<Vec<_>>().join(", ");
        found.map(|entry| entry.1).ok_or_else(|| Error::parameter("measure", name, format!("one of {}", names())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_values_are_reproduced() {
        // 1 1 2 1 0 0 and 1 1 0 0 2 3.
        let x = Facts { count: 4.0, sum: 5.0, squares: 7.0, frequent: 0.0 };
        let y = Facts { count: 4.0, sum: 7.0, squares: 15.0, frequent: 0.0 };
        let expected = [
            (Cosine, 0.195180015),
            (Correlation, -0.871187122),
            (Jaccard, 1.0 / 3.0),
            (Dice, 0.5),
            (Ejaccard, 0.1),
            (Edice, 0.181818182),
            (Hamann, -1.0 / 3.0),
            (SimpleMatching, 1.0 / 3.0),
            (Ruzicka, 0.2),
            (Overlap, 0.5),
        ];
        for (measure, value) in expected {
            let got = measure.of(2.0, &x, &y, 6.0);
            assert!((got - value).abs() < 1e-9, "{measure:?}: {got}");
        }
        let empty = Facts::default();
        assert!(Cosine.of(0.0, &empty, &y, 6.0).is_nan() && Overlap.of(0.0, &empty, &y, 6.0).is_nan());
        assert_eq!(Jaccard.of(0.0, &empty, &y, 6.0), 0.0);
        assert!(Jaccard.of(0.0, &empty, &empty, 6.0).is_nan());
    }
}
