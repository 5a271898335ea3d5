//! Distances between two rows, computed by merging them.
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

    /// The distance of two rows among `n` features; `masses` are the shares of features for [`Self::ChiSquared`].
    pub(super) fn of(self, x: Row<'_>, y: Row<'_>, n: f64, masses: &[f64]) -> f64 {
        let gaps = |of: &dyn Fn(f64, f64) -> f64| sum(x, y, |_, x, y| of(x, y));
        let (total_x, total_y) = (x.facts.sum, y.facts.sum);
        let has_shares = total_x > 0.0 && total_y > 0.0;
        match self {
            Self::Euclidean => gaps(&|x, y| (x - y) * (x - y)).sqrt(),
            Self::Manhattan => gaps(&|x, y| (x - y).abs()),
            Self::Maximum => {
                let mut largest = 0.0f64;
                merge(x, y, |_, x, y| largest = largest.max((x - y).abs()));
                largest
            }
            Self::Minkowski(p) => gaps(&|x, y| (x - y).abs().powf(p)).powf(p.recip()),
            Self::Canberra => gaps(&|x, y| (x - y).abs() / (x.abs() + y.abs())),
            Self::BrayCurtis => gaps(&|x, y| (x - y).abs()) / (total_x + total_y),
            Self::Hamming => gaps(&|x, y| f64::from(u8::from(x == 0.0 || y == 0.0))) / n,
            _ if !has_shares && !matches!(self, Self::Complement(_) | Self::Kld(_)) => f64::NAN,
            Self::Hellinger => {
                let root = |x: f64, y: f64| (x / total_x).sqrt() - (y / total_y).sqrt();
                (0.5 * gaps(&|x, y| root(x, y) * root(x, y))).sqrt()
            }
            Self::ChiSquared => {
                let gap = |x: f64, y: f64| x / total_x - y / total_y;
                sum(x, y, |column, x, y| gap(x, y) * gap(x, y) / masses[column as usize]).sqrt()
            }
            Self::Jsd(with) => jsd(x, y, with),
            Self::JsDistance(with) => jsd(x, y, with).sqrt(),
            Self::Kld(with) => kld(x, y, with),
            Self::Complement(measure) => {
                let shared = gaps(&|x, y| match measure {
                    Similarity::Ruzicka => x.min(y),
                    Similarity::Jaccard => f64::from(u8::from(x != 0.0 && y != 0.0)),
                    _ => x * y,
                });
                1.0 - measure.of(shared, &x.facts, &y.facts, n)
            }
        }
    }
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

/// Σ π1 p log(p / m) + π2 q log(q / m), which is never negative but for rounding.
fn jsd(x: Row<'_>, y: Row<'_>, with: Divergence) -> f64 {
    let (total_x, total_y) = (x.facts.sum, y.facts.sum);
    let weight = if with.by_size { total_x / (total_x + total_y) } else { 0.5 };
    let part = |weight: f64, p: f64, m: f64| if p > 0.0 { weight * p * (p / m).ln() } else { 0.0 };
    let sum = sum(x, y, |_, x, y| {
        let (p, q) = (x / total_x, y / total_y);
        let m = weight * p + (1.0 - weight) * q;
        part(weight, p, m) + part(1.0 - weight, q, m)
    });
    (sum * with.base.per_nat()).max(0.0)
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
        let (sum, squares) = (values.iter().sum(), values.iter().map(|value| value * value).sum());
        Row { columns, values, facts: Facts { count: values.len() as f64, sum, squares, frequent: 0.0 } }
    }

    #[test]
    fn hand_values_are_reproduced() {
        let x = row(&[0, 1, 2, 3], &[1.0, 1.0, 2.0, 1.0]);
        let y = row(&[0, 1, 4, 5], &[1.0, 1.0, 2.0, 3.0]);
        let with = Divergence { base: Base::new(2.0).unwrap(), smoothing: 0.5, by_size: false };
        let expected = [
            ("euclidean", 4.242640687),
            ("manhattan", 8.0),
            ("maximum", 3.0),
            ("minkowski", 3.530348),
            ("canberra", 4.0),
            ("bray_curtis", 0.666667),
            ("hellinger", 0.813595906),
            ("jsd", 0.664044998),
            ("js_distance", 0.814890),
            ("kld", 1.024131),
            ("cosine", 1.0 - 0.195180015),
            ("min_max", 0.8),
        ];
        for (name, value) in expected {
            let got = Distance::new(name, 3.0, with).unwrap().of(x, y, 6.0, &[]);
            assert!((got - value).abs() < 1e-6, "{name}: {got}");
        }
        let sized = Divergence { by_size: true, ..with };
        assert!((Distance::Jsd(sized).of(x, y, 6.0, &[]) - 0.646535).abs() < 1e-6);
        assert!((Distance::Kld(with).of(y, x, 6.0, &[]) - 1.045784).abs() < 1e-6);
        let plain = Divergence { smoothing: 0.0, ..with };
        assert_eq!(Distance::Kld(plain).of(x, y, 6.0, &[]), f64::INFINITY);
        assert!(Distance::new("minkowski", 0.5, with).is_err() && Distance::new("eucl", 2.0, with).is_err());
    }
}
