//! What sets two groups of documents apart, replicate by replicate.

use super::sums::Feature;
use super::{Replicates, Statistic};

/// A measure of a 2×2 table: count in the target, size of the target, count in both, size of both.
pub type Formula = fn(f64, f64, f64, f64) -> f64;

/// Measures of the table "term or not, target or reference": o11 the tokens of the term in group 0, r1 all of its tokens, c1 the
/// tokens of the term in both groups, n those of both.
#[derive(Clone, Debug)]
pub struct Contrast {
    /// The measures.
    pub formulas: Vec<Formula>,
}

impl Statistic for Contrast {
    fn features(&self) -> &[Feature] {
        &[Feature::Count]
    }

    fn n_values(&self) -> usize {
        self.formulas.len()
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        let [a, b] = [0, 1].map(|group| replicates.term.of(0, group));
        let [n1, n2] = [0, 1].map(|group| replicates.all.of(0, group));
        for (values, formula) in values.iter_mut().zip(&self.formulas) {
            for (i, value) in values.iter_mut().enumerate() {
                *value = formula(a[i], n1[i], a[i] + b[i], n1[i] + n2[i]);
            }
        }
    }
}

/// The same measures where labels are exchanged: column 0 are the labels as they are, column 1 holds all documents, the others
/// are exchanged. The one group of documents has the labels as its weights.
#[derive(Clone, Debug)]
pub struct Exchanged {
    /// The measures.
    pub formulas: Vec<Formula>,
}

impl Statistic for Exchanged {
    fn features(&self) -> &[Feature] {
        &[Feature::Count]
    }

    fn n_values(&self) -> usize {
        self.formulas.len()
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        let (a, n1) = (replicates.term.of(0, 0), replicates.all.of(0, 0));
        for (values, formula) in values.iter_mut().zip(&self.formulas) {
            for (i, value) in values.iter_mut().enumerate() {
                *value = formula(a[i], n1[i], a[1], n1[1]);
            }
        }
    }
}

/// Two-sided p of the first value among those from the third on: (k + 1) / (B + 1), k of B at least as far from 0.
///
/// Values within a billionth of the first one are as far. Infinite values are the farthest; NaN are left out, a NaN as first
/// gives NaN. Davison & Hinkley (1997), doi:10.1017/CBO9780511802843.
pub fn permutation_p(values: &[f64]) -> f64 {
    let Some((first, exchanged)) = values.split_first().and_then(|(first, rest)| Some((first.abs(), rest.get(1..)?)))
    else {
        return f64::NAN;
    };
    if first.is_nan() {
        return f64::NAN;
    }
    let there = exchanged.iter().filter(|value| !value.is_nan());
    let (extreme, all) = there.fold((0.0, 0.0), |(extreme, all), value| {
        (extreme + f64::from(value.abs() >= first * (1.0 - 1e-9)), all + 1.0)
    });
    (extreme + 1.0) / (all + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_counts_what_is_as_far_from_zero() {
        assert_eq!(permutation_p(&[2.0, f64::NAN, 1.0, -2.0, 3.0]), 0.75);
        assert_eq!(permutation_p(&[f64::INFINITY, 0.0, 1.0, f64::NEG_INFINITY, f64::NAN]), 2.0 / 3.0);
        assert!(permutation_p(&[f64::NAN, 0.0, 1.0]).is_nan() && permutation_p(&[]).is_nan());
    }
}
