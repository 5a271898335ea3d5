//! Slopes of rates over time, replicate by replicate: documents are drawn within their periods.

use super::sums::Feature;
use super::{Replicates, Statistic};
use crate::stats::trend::Times;

/// The periods of one series.
#[derive(Clone, Debug)]
pub struct Series {
    /// Times of the periods that have tokens, and their seasons.
    pub times: Times,
    /// The group of documents that each of these periods is.
    pub groups: Vec<u32>,
}

/// Theil–Sen slope of the rate of a term in each series: `scale` times the count over the tokens of each period.
///
/// A period of which no token is drawn is missing in that replicate.
#[derive(Clone, Debug)]
pub struct Slopes {
    /// The series.
    pub series: Vec<Series>,
    /// What a rate is multiplied with.
    pub scale: f64,
}

impl Statistic for Slopes {
    fn features(&self) -> &[Feature] {
        &[Feature::Count]
    }

    fn n_values(&self) -> usize {
        self.series.len()
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        let (mut rates, mut scratch) = (Vec::new(), Vec::new());
        for (values, series) in values.iter_mut().zip(&self.series) {
            for (column, value) in values.iter_mut().enumerate() {
                rates.clear();
                rates.extend(series.groups.iter().map(|&group| {
                    let group = group as usize;
                    self.scale * replicates.term.of(0, group)[column] / replicates.all.of(0, group)[column]
                }));
                *value = series.times.slope(&rates, &mut scratch);
            }
        }
    }
}
