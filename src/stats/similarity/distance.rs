//! Distances between two rows.
//!
//! Most are *separable*: what a feature adds that one row lacks depends on the other row alone, so that it is enough to look at
//! common features. The maximum and the Kullback-Leibler divergence are not, and are computed by merging both rows.
//!
//! Write x, y for the values of a feature, p, q for their shares of the row, S for sums; 0/0 is NaN. Sources: Lance & Williams (1967)
//! for Canberra; Bray & Curtis (1957), doi:10.2307/1942268; Lin (1991), doi:10.1109/18.61115; Kullback & Leibler (1951),
//! doi:10.1214/aoms/1177729694; Lebart, Morineau & Warwick (1984) for chi-squared.

use super::measure::{Facts, Similarity};
use crate::error::{Error, Result};
use crate::stats::logarithm::Base;

/// A distance with its constants.
#[derive(Clone, Copy, Debug)]
pub enum Distance {
    /// √Σ(x - y)²
    Euclidean,
    /// Σ|x - y|
    Manhattan,
    /// max |x - y|
    Maximum,
    /// (Σ|x - y|^p)^(1/p)
    Minkowski(f64),
    /// Σ|x - y| / (|x| + |y|), terms of 0/0 are 0, not rescaled
    Canberra,
    /// Σ|x - y| / Σ(x + y), 0 to 1 for counts
    BrayCurtis,
    /// Share of the n features that are in one row alone, 0 to 1
    Hamming,
    /// √(½ Σ(√p - √q)²), 0 to 1
    Hellinger,
    /// √Σ(p - q)² / c, c the share of a feature in the whole matrix
    ChiSquared,
    /// H(m) - π1 H(p) - π2 H(q), m = π1 p + π2 q; 0 to 1 in bits
    Jsd(Divergence),
    /// √jsd, a metric
    JsDistance(Divergence),
    /// Σ p log(p / q), inf where q = 0 < p; not symmetric
    Kld(Divergence),
    /// 1 - similarity
    Complement(Similarity),
}

/// The constants of divergences.
#[derive(Clone, Copy, Debug)]
pub struct Divergence {
    /// Base of the logarithm.
    pub base: Base,
    /// Added to every value of the union of both rows.
    pub smoothing: f64,
    /// Whether rows count by their sums, and not half each.
    pub by_size: bool,
}

const NAMES: [&str; 15] = [
    "euclidean",
    "manhattan",
    "maximum",
    "minkowski",
    "canberra",
    "bray_curtis",
    "hamming",
    "hellinger",
    "chi_squared",
    "jsd",
    "js_distance",
    "kld",
    "cosine",
    "jaccard",
    "min_max",
];

/// One row for a merge.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) columns: &'a [u32],
    pub(super) values: &'a [f64],
    pub(super) facts: Facts,
}

impl Distance {
    /// Names of all.
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// A distance by its name.
    ///
    /// # Errors
    /// An unknown name; an exponent below 1 or smoothing below 0.
    pub fn new(name: &str, p: f64, with: Divergence) -> Result<Self> {
        if !(p.is_finite() && p >= 1.0) {
            return Err(Error::parameter("p", p, "a finite number of at least 1"));
        }
        if !(with.smoothing.is_finite() && with.smoothing >= 0.0) {
            return Err(Error::parameter("smoothing", with.smoothing, "a finite number of at least 0"));
        }
        Ok(match name {
            "euclidean" => Self::Euclidean,
            "manhattan" => Self::Manhattan,
            "maximum" => Self::Maximum,
            "minkowski" => Self::Minkowski(p),
            "canberra" => Self::Canberra,
            "bray_curtis" => Self::BrayCurtis,
            "hamming" => Self::Hamming,
            "hellinger" => Self::Hellinger,
            "chi_squared" => Self::ChiSquared,
            "jsd" => Self::Jsd(with),
            "js_distance" => Self::JsDistance(with),
            "kld" => Self::Kld(with),
            "cosine" => Self::Complement(Similarity::Cosine),
            "jaccard" => Self::Complement(Similarity::Jaccard),
            "min_max" => Self::Complement(Similarity::Ruzicka),
            _ => return Err(Error::parameter("measure", name, format!("one of {}", NAMES.join(", ")))),
        })
    }

    /// Whether it is the same from both sides.
    pub(super) fn is_symmetric(self) -> bool {
        !matches!(self, Self::Kld(_))
    }

    /// Whether values must not be negative.
    pub(super) fn takes_shares(self) -> bool {
        use Distance::{BrayCurtis, ChiSquared, Complement, Hellinger, JsDistance, Jsd, Kld};
        matches!(
            self,
            BrayCurtis | Hellinger | ChiSquared | Jsd(_) | JsDistance(_) | Kld(_) | Complement(Similarity::Ruzicka)
        )
    }

    /// Whether features of one row alone add to it whatever the other row is, so that it follows from common features.
    pub(super) fn is_separable(self) -> bool {
        !matches!(self, Self::Maximum | Self::Kld(_))
    }

    /// A value as the sums of the measure take it; `total` is the sum of its row, `mass` the share of its feature.
    pub(super) fn scaled(self, value: f64, total: f64, mass: impl FnOnce() -> f64) -> f64 {
        match self {
            Self::Hellinger => (value / total).sqrt(),
            Self::ChiSquared => value / total / mass().sqrt(),
            Self::Jsd(_) | Self::JsDistance(_) => value / total,
            Self::Hamming | Self::Complement(Similarity::Jaccard) => 1.0,
            _ => value,
        }
    }

    /// What a scaled value adds where the other row lacks the feature.
    pub(super) fn alone(self, x: f64) -> f64 {
        match self {
            Self::Euclidean | Self::Hellinger | Self::ChiSquared => x * x,
            Self::Minkowski(p) => x.abs().powf(p),
            Self::Canberra | Self::Hamming => 1.0,
            Self::Complement(_) => 0.0,
            _ => x.abs(),
        }
    }

    /// Calls `with` with the function of what two scaled values of a feature add; `totals` are the sums of both rows.
    pub(super) fn shared<S: Summing>(self, totals: (f64, f64), with: S) -> S::Sums {
        match self {
            Self::Euclidean | Self::Hellinger | Self::ChiSquared => with.sum(|x, y| (x - y) * (x - y)),
            Self::Minkowski(p) => with.sum(move |x, y| (x - y).abs().powf(p)),
            Self::Canberra => with.sum(|x, y| (x - y).abs() / (x.abs() + y.abs())),
            Self::Hamming => with.sum(|_, _| 0.0),
            Self::Jsd(by) | Self::JsDistance(by) => {
                let weight = by.weight(totals);
                with.sum(move |p, q| {
                    let m = weight * p + (1.0 - weight) * q;
                    weight * p * (p / m).ln() + (1.0 - weight) * q * (q / m).ln()
                })
            }
            Self::Complement(Similarity::Ruzicka) => with.sum(f64::min),
            Self::Complement(_) => with.sum(|x, y| x * y),
            _ => with.sum(|x, y| (x - y).abs()),
        }
    }

    /// The distance from what common features add, what those of either row alone add, and what is known of both rows.
    pub(super) fn of_sums(self, shared: f64, alone: (f64, f64), x: &Facts, y: &Facts, n: f64) -> f64 {
        let has_shares = x.sum > 0.0 && y.sum > 0.0;
        let sum = shared + (alone.0 + alone.1);
        match self {
            Self::Euclidean => sum.sqrt(),
            Self::Minkowski(p) => sum.powf(p.recip()),
            Self::BrayCurtis => sum / (x.sum + y.sum),
            Self::Hamming => sum / n,
            Self::Complement(measure) => 1.0 - measure.of(shared, x, y, n),
            Self::Hellinger | Self::ChiSquared | Self::Jsd(_) | Self::JsDistance(_) if !has_shares => f64::NAN,
            Self::Hellinger => (0.5 * sum).sqrt(),
            Self::ChiSquared => sum.sqrt(),
            Self::Jsd(by) => by.of_sums(shared, alone, (x.sum, y.sum)),
            Self::JsDistance(by) => by.of_sums(shared, alone, (x.sum, y.sum)).sqrt(),
            _ => sum,
        }
    }

    /// The distance of two rows, merged, if it is not separable.
    pub(super) fn merged(self, x: Row<'_>, y: Row<'_>) -> f64 {
        match self {
            Self::Kld(with) => kld(x, y, with),
            _ => {
                let mut largest = 0.0f64;
                merge(x, y, |_, x, y| largest = largest.max((x - y).abs()));
                largest
            }
        }
    }
}

impl Divergence {
    /// Weight of the first row.
    fn weight(self, totals: (f64, f64)) -> f64 {
        if self.by_size { totals.0 / (totals.0 + totals.1) } else { 0.5 }
    }

    /// Σ π1 p log(p / m) + π2 q log(q / m), which is never negative but for rounding. A share p that the other row lacks adds
    /// π1 p log(1 / π1).
    fn of_sums(self, shared: f64, alone: (f64, f64), totals: (f64, f64)) -> f64 {
        let weight = self.weight(totals);
        let of = |weight: f64, share: f64| if share > 0.0 { -weight * weight.ln() * share } else { 0.0 };
        ((shared + (of(weight, alone.0) + of(1.0 - weight, alone.1))) * self.base.per_nat()).max(0.0)
    }
}

/// Sums over common features of two rows, for any function of two values.
pub(super) trait Summing {
    /// What comes out.
    type Sums;
    /// The sums, with `of` for what two values add.
    fn sum(self, of: impl Fn(f64, f64) -> f64) -> Self::Sums;
}

/// Calls `each` with column, x and y for each feature of either row, by column.
fn merge(x: Row<'_>, y: Row<'_>, mut each: impl FnMut(u32, f64, f64)) {
    let (mut i, mut j) = (0, 0);
    while i < x.columns.len() && j < y.columns.len() {
        let (a, b) = (x.columns[i], y.columns[j]);
        each(a.min(b), if a <= b { x.values[i] } else { 0.0 }, if b <= a { y.values[j] } else { 0.0 });
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    x.columns[i..].iter().zip(&x.values[i..]).for_each(|(&column, &x)| each(column, x, 0.0));
    y.columns[j..].iter().zip(&y.values[j..]).for_each(|(&column, &y)| each(column, 0.0, y));
}

fn sum(x: Row<'_>, y: Row<'_>, of: impl Fn(u32, f64, f64) -> f64) -> f64 {
    let mut sum = 0.0;
    merge(x, y, |column, x, y| sum += of(column, x, y));
    sum
}

fn kld(x: Row<'_>, y: Row<'_>, with: Divergence) -> f64 {
    let k = with.smoothing;
    let union = if k > 0.0 { sum(x, y, |_, _, _| 1.0) } else { 0.0 };
    let (total_x, total_y) = (x.facts.sum + k * union, y.facts.sum + k * union);
    if !(total_x > 0.0 && total_y > 0.0) {
        return f64::NAN;
    }
    let sum = sum(x, y, |_, x, y| {
        let (p, q) = ((x + k) / total_x, (y + k) / total_y);
        if p > 0.0 { p * (p / q).ln() } else { 0.0 }
    });
    (sum * with.base.per_nat()).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(columns: &'a [u32], values: &'a [f64]) -> Row<'a> {
        let facts = Facts { sum: values.iter().sum(), ..Facts::default() };
        Row { columns, values, facts }
    }

    #[test]
    fn hand_values_of_merged_rows_are_reproduced() {
        let x = row(&[0, 1, 2, 3], &[1.0, 1.0, 2.0, 1.0]);
        let y = row(&[0, 1, 4, 5], &[1.0, 1.0, 2.0, 3.0]);
        let with = Divergence { base: Base::new(2.0).unwrap(), smoothing: 0.5, by_size: false };
        assert_eq!(Distance::Maximum.merged(x, y), 3.0);
        assert!((Distance::Kld(with).merged(x, y) - 1.024131).abs() < 1e-6);
        assert!((Distance::Kld(with).merged(y, x) - 1.045784).abs() < 1e-6);
        let plain = Divergence { smoothing: 0.0, ..with };
        assert_eq!(Distance::Kld(plain).merged(x, y), f64::INFINITY);
        assert!(Distance::new("minkowski", 0.5, with).is_err() && Distance::new("eucl", 2.0, with).is_err());
    }
}
