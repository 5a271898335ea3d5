//! What sets two groups of documents apart, or one from counts from elsewhere, by the measures of [`crate::stats::keyness`].

use super::sums::Feature;
use super::{Replicates, Statistic};
use crate::stats::keyness::{Measure, Options, Table};
use crate::stats::log_odds_prior::{Prior, Variance};

/// What is computed of the counts of a word.
#[derive(Clone, Copy, Debug)]
pub enum Score<'a> {
    /// A measure of its table.
    Measure(Measure),
    /// Log-odds with a prior, which stays as it is in all replicates unless it is made of the counts of the word.
    LogOdds(Prior<'a>),
    /// The same over its standard error.
    LogOddsZ(Prior<'a>, Variance),
}

/// Scores of the table of a word: a of n1 in group 0, b of n2 in group 1.
#[derive(Clone, Debug)]
pub struct Keyness<'a> {
    scores: Vec<Score<'a>>,
    options: Options,
    feature: [Feature; 1],
    elsewhere: Option<(&'a [f64], f64)>,
}

impl<'a> Keyness<'a> {
    /// Scores of what `feature` counts; the sizes of the groups are the sums of what documents hold as their number of tokens.
    ///
    /// `elsewhere` is a reference of which nothing is drawn, the count of each word and their total, in place of group 1.
    pub fn new(
        scores: Vec<Score<'a>>,
        options: Options,
        feature: Feature,
        elsewhere: Option<(&'a [f64], f64)>,
    ) -> Self {
        Self { scores, options, feature: [feature], elsewhere }
    }

    fn table(&self, replicates: &Replicates<'_>, column: usize) -> Table {
        let (a, n1) = (replicates.term.of(0, 0)[column], replicates.all.of(0, 0)[column]);
        let (b, n2) = match self.elsewhere {
            Some((counts, total)) => (counts[replicates.number], total),
            None => (replicates.term.of(0, 1)[column], replicates.all.of(0, 1)[column]),
        };
        Table { a, b, n1, n2 }
    }
}

impl Statistic for Keyness<'_> {
    fn features(&self) -> &[Feature] {
        &self.feature
    }

    fn n_values(&self) -> usize {
        self.scores.len()
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        for (values, score) in values.iter_mut().zip(&self.scores) {
            for (column, value) in values.iter_mut().enumerate() {
                let table = self.table(replicates, column);
                let log_odds =
                    |prior: &Prior<'_>| prior.log_odds(replicates.number, (table.a, table.b), (table.n1, table.n2));
                *value = match score {
                    Score::Measure(measure) => (measure.formula)(&table, &self.options),
                    Score::LogOdds(prior) => log_odds(prior).delta,
                    Score::LogOddsZ(prior, variance) => log_odds(prior).z(*variance),
                };
            }
        }
    }
}
