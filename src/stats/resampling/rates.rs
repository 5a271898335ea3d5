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
