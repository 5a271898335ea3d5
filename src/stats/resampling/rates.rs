//! How often a term occurs: for a million tokens, and in what share of the documents.

use super::sums::Feature;
use super::{Replicates, Statistic};

/// Rate and range of a term over all documents.
///
/// Value 0: 10^6 Σ w x / Σ w n, the count for each million tokens, of documents with counts x and n tokens and weights w; value
/// 1: Σ w 1\[x > 0\] / Σ w, the share of documents. No tokens, or no documents, give NaN.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rates;

impl Statistic for Rates {
    fn features(&self) -> &[Feature] {
        &[Feature::Count, Feature::Presence]
    }

    fn n_values(&self) -> usize {
        2
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        for (number, (values, scale)) in values.iter_mut().zip([1e6, 1.0]).enumerate() {
            let sums = replicates.term.of(number, 0).iter().zip(replicates.all.of(number, 0));
            values.iter_mut().zip(sums).for_each(|(value, (sum, all))| *value = scale * sum / all);
        }
    }
}

/// Rates in which each group counts the same, and rates of all tokens.
///
/// Value 0: 10^6 times the mean over the groups of Σ w x / Σ w n; value 1: 10^6 Σ w x / Σ w n over all documents. A group without
/// tokens makes value 0 NaN.
#[derive(Clone, Copy, Debug)]
pub struct Balanced {
    /// Number of groups.
    pub n_groups: usize,
}

impl Statistic for Balanced {
    fn features(&self) -> &[Feature] {
        &[Feature::Count]
    }

    fn n_values(&self) -> usize {
        2
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        let [balanced, pooled] = values else { return };
        for i in 0..balanced.len() {
            let (mut mean, mut count, mut tokens) = (0.0, 0.0, 0.0);
            for group in 0..self.n_groups {
                let (f, n) = (replicates.term.of(0, group)[i], replicates.all.of(0, group)[i]);
                mean += f / n;
                count += f;
                tokens += n;
            }
            balanced[i] = 1e6 * mean / self.n_groups as f64;
            pooled[i] = 1e6 * count / tokens;
        }
    }
}

/// Effective number of documents of a balanced rate: (Σ w)² / Σ w² with w the factor of a document over the tokens of its group.
///
/// Kish (1965), *Survey Sampling*. NaN without documents or with a group without tokens.
pub fn effective_size(group: &[u32], factor: &[f64], n_tokens: &[f64], n_groups: usize) -> f64 {
    let mut sizes = vec![0.0; n_groups];
    for ((&group, factor), n) in group.iter().zip(factor).zip(n_tokens) {
        sizes[group as usize] += factor * n;
    }
    let weights = || group.iter().zip(factor).map(|(&group, factor)| factor / sizes[group as usize]);
    let (sum, squares) = weights().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    sum * sum / squares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_weights_are_as_many_as_there_are() {
        assert_eq!(effective_size(&[0, 0, 1, 1], &[1.0; 4], &[5.0; 4], 2), 4.0);
        // Weights 1/3, 1/3, 1/3, 1: 4 / (4/3).
        assert!((effective_size(&[0, 0, 0, 1], &[1.0; 4], &[5.0; 4], 2) - 3.0).abs() < 1e-12);
    }
}
