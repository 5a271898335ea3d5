//! How evenly terms are spread over documents that are drawn again.
//!
//! Where documents are the parts, a document drawn w times stands for w parts. Measures of dispersion are no functions of a
//! few sums, so each is computed from the cells of a term once for each replicate: the cost is that of the measure for each
//! non-zero cell and replicate.

use ndarray::Array3;

use super::design::{Block, LANES};
use super::summary::{Interval, Summary, summarize};
use super::sums::Feature;
use super::{LIMITS, Limits, Replicates, Sample, Statistic, grouped};
use crate::error::Result;
use crate::parallel::Workers;
use crate::stats::dispersion::{Column, Measure, Totals};

/// Measures over groups of documents as parts, whose sizes and counts are sums of what was drawn.
#[derive(Clone, Debug)]
pub struct Spread {
    /// The measures.
    pub measures: Vec<Measure>,
    /// Number of groups.
    pub n_groups: usize,
    /// Whether all parts with tokens are taken for equally large.
    pub equal: bool,
}

impl Statistic for Spread {
    fn features(&self) -> &[Feature] {
        &[Feature::Count]
    }

    fn n_values(&self) -> usize {
        self.measures.len()
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        let n_columns = values.first().map_or(0, Vec::len);
        let mut column = Column::default();
        for i in 0..n_columns {
            let size = |group| part_size(replicates.all.of(0, group)[i], self.equal);
            let totals = Totals::of((0..self.n_groups).map(|group| (size(group), 1.0)));
            let cells = (0..self.n_groups).map(|group| (replicates.term.of(0, group)[i], size(group), 1.0));
            column.take(totals, cells);
            for (values, measure) in values.iter_mut().zip(&self.measures) {
                values[i] = (measure.formula)(&column);
            }
        }
    }
}

fn part_size(n_tokens: f64, equal: bool) -> f64 {
    if equal { f64::from(u8::from(n_tokens > 0.0)) } else { n_tokens }
}

impl Sample<'_> {
    /// Summaries of measures over documents as parts: shape (measures, [`Summary::FIELDS`], terms).
    ///
    /// # Errors
    /// Arrays that do not fit each other, [`crate::ErrorKind::Cancelled`].
    pub fn dispersion(
        &self,
        measures: &[Measure],
        equal: bool,
        interval: Interval,
        workers: &Workers,
    ) -> Result<Array3<f64>> {
        self.dispersion_within(LIMITS, measures, equal, interval, workers)
    }

    fn dispersion_within(
        &self,
        limits: Limits,
        measures: &[Measure],
        equal: bool,
        interval: Interval,
        workers: &Workers,
    ) -> Result<Array3<f64>> {
        self.check()?;
        let n_columns = self.design.n_columns();
        let per_term = measures.len() * n_columns;
        let sizes: Vec<f64> = self.documents.n_tokens.iter().map(|&n| part_size(n, equal)).collect();
        let at_a_time = limits.blocks(self.design);
        let numbers: Vec<usize> = (0..self.design.n_blocks()).collect();
        let mut held: Vec<(Block, Vec<Totals>)> = Vec::new();
        workers.signal().begin(self.columns.n_terms() as u64 * numbers.len() as u64);
        let mut summed = Vec::new();
        for chunks in grouped(self.chunks(per_term), limits.sums, |chunk| chunk.len() * per_term * 8) {
            let mut values: Vec<Vec<f64>> = chunks.iter().map(|chunk| vec![0.0; chunk.len() * per_term]).collect();
            for numbers in numbers.chunks(at_a_time) {
                // All blocks are made once if they can be held together.
                if held.is_empty() || numbers.len() < self.design.n_blocks() {
                    held = workers.map(numbers.to_vec(), |number| {
                        let block = self.design.block(number);
                        let totals = self.totals(&sizes, &block);
                        Ok((block, totals))
                    })?;
                }
                workers.map(chunks.iter().zip(&mut values).collect(), |(chunk, values)| {
                    let mut column = Column::default();
                    for (term, values) in chunk.clone().zip(values.chunks_exact_mut(per_term)) {
                        workers.signal().check()?;
                        for (block, totals) in &held {
                            self.disperse(term, measures, &sizes, (block, totals), &mut column, values);
                        }
                        workers.signal().advance(held.len() as u64);
                    }
                    Ok(())
                })?;
            }
            let found = workers.map(values, |values| {
                let of = |its: &[f64]| summarize(its[0], &mut its[1..].to_vec(), &[], interval).fields();
                Ok(values.chunks_exact(n_columns).map(of).collect::<Vec<_>>())
            })?;
            summed.extend(found.into_iter().flatten());
        }
        let shape = (measures.len(), Summary::FIELDS, self.columns.n_terms());
        Ok(Array3::from_shape_fn(shape, |(measure, field, term)| summed[term * measures.len() + measure][field]))
    }

    /// What follows from the parts alone, in each column of a block.
    fn totals(&self, sizes: &[f64], block: &Block) -> Vec<Totals> {
        let weight = |document: usize, lane: usize| {
            self.documents.factor[document]
                * f64::from(block.weights[self.documents.unit[document] as usize * LANES + lane])
        };
        let of = |lane| Totals::of(sizes.iter().enumerate().map(|(document, &size)| (size, weight(document, lane))));
        (0..LANES).map(of).collect()
    }

    /// Writes the measures of a term in the columns of a block to `values[measure * n_columns + column]`.
    fn disperse(
        &self,
        term: usize,
        measures: &[Measure],
        sizes: &[f64],
        (block, totals): (&Block, &[Totals]),
        column: &mut Column,
        values: &mut [f64],
    ) {
        let n_columns = self.design.n_columns();
        for (lane, &totals) in totals.iter().enumerate().take(n_columns - block.first) {
            let cells = self.columns.cells(term).map(|(document, count)| {
                let document = document as usize;
                let weight = block.weights[self.documents.unit[document] as usize * LANES + lane];
                (f64::from(count), sizes[document], self.documents.factor[document] * f64::from(weight))
            });
            column.take(totals, cells);
            for (number, measure) in measures.iter().enumerate() {
                values[number * n_columns + block.first + lane] = (measure.formula)(column);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::summary::Kind;
    use super::super::tests::with_sample;
    use super::*;
    use crate::stats::dispersion::MEASURES;

    #[test]
    fn results_do_not_depend_on_how_much_is_held_at_a_time() {
        with_sample(|sample, block| {
            let of = |limits| {
                let interval = Interval { kind: Kind::Percentile, level: 0.9 };
                let found = sample.dispersion_within(limits, &MEASURES[..9], false, interval, &Workers::serial());
                found.unwrap().iter().map(|value| value.to_bits()).collect::<Vec<_>>()
            };
            let whole = of(LIMITS);
            assert_eq!(whole.len(), 9 * Summary::FIELDS * 70);
            assert!(whole == of(Limits { weights: 1, sums: 1 }));
            assert!(whole == of(Limits { weights: 2 * block, sums: 1 }));
            assert!(whole == of(Limits { weights: 1 << 28, sums: 1 }));
        });
    }
}
