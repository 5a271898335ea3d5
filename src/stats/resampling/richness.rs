//! How rich the vocabulary of groups of documents is when documents are drawn again within them.
//!
//! Counts of all types are summed over what was drawn, and measures computed from these frequencies, for one group and 64
//! replicates at a time. A replicate holds about two thirds of the documents, some several times, hence fewer types than the
//! sample: the replicates of measures that count types lie below it, as their bias says.

use super::design::{Block, LANES};
use super::sums::Feature;
use super::{LIMITS, Sample};
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::diversity::{Formula, Frequencies, Measure, Options};

/// Which type each term is; terms of `n_types` or more are none.
#[derive(Clone, Copy, Debug)]
pub struct Types<'a> {
    /// Type of each term.
    pub of_term: &'a [u32],
    /// Number of types.
    pub n_types: usize,
}

impl Sample<'_> {
    /// The values of measures in all columns, by group and measure: `values[(group * measures + measure)][column]`.
    ///
    /// # Errors
    /// Arrays that do not fit each other, a measure that needs the order of tokens, [`crate::ErrorKind::Cancelled`].
    pub fn diversity(
        &self,
        types: Types<'_>,
        measures: &[Measure],
        options: &Options,
        workers: &Workers,
    ) -> Result<Vec<Vec<f64>>> {
        self.check()?;
        if types.of_term.len() != self.columns.n_terms() {
            return Err(Error::input("arrays of different lengths", "one type for each term"));
        }
        let formulas = measures.iter().map(|measure| match measure.formula {
            Formula::Closed(formula) => Ok(formula),
            Formula::Ordered(_) => Err(Error::parameter("measures", measure.name, "measures of frequencies alone")),
        });
        let formulas = formulas.collect::<Result<Vec<_>>>()?;
        let n_blocks = self.design.n_blocks();
        let mut values = vec![Vec::with_capacity(self.design.n_columns()); self.n_groups * measures.len()];
        let at_a_time = LIMITS.blocks(self.design).min(workers.n_threads());
        workers.signal().begin((n_blocks * self.n_groups) as u64);
        for first in (0..n_blocks).step_by(at_a_time) {
            let numbers = (first..n_blocks.min(first + at_a_time)).collect();
            for block in workers.map(numbers, |number| Ok(self.design.block(number)))? {
                for group in 0..self.n_groups {
                    let sums = self.sums_of_group(group as u32, &block, workers)?;
                    let lanes = 0..LANES.min(self.design.n_columns() - block.first);
                    let found = workers.map(lanes.collect(), |lane| {
                        let mut counts = vec![0.0; types.n_types];
                        let of_lane = sums.iter().flat_map(|sums| sums.iter().skip(lane).step_by(LANES));
                        for (&id, sum) in types.of_term.iter().zip(of_lane) {
                            if let Some(count) = counts.get_mut(id as usize) {
                                *count += sum;
                            }
                        }
                        let frequencies = Frequencies::new(&mut counts);
                        Ok(formulas.iter().map(|formula| formula(&frequencies, options)).collect::<Vec<f64>>())
                    })?;
                    for of_lane in found {
                        let its = values[group * measures.len()..].iter_mut();
                        its.zip(of_lane).for_each(|(values, value)| values.push(value));
                    }
                    workers.signal().advance(1);
                }
            }
        }
        Ok(values)
    }

    /// The sums of all terms over the documents of a group, by chunk: `sums[term * LANES + lane]`.
    fn sums_of_group(&self, group: u32, block: &Block, workers: &Workers) -> Result<Vec<Vec<f64>>> {
        let (start, end) = (
            self.documents.group.partition_point(|&its| its < group) as u32,
            self.documents.group.partition_point(|&its| its <= group) as u32,
        );
        workers.map(self.chunks(LANES), |terms| {
            let mut sums = vec![0.0; terms.len() * LANES];
            for (term, sums) in terms.zip(sums.chunks_exact_mut(LANES)) {
                let cells = self.columns.cells(term).skip_while(|cell| cell.0 < start).take_while(|cell| cell.0 < end);
                // All these documents are of one group, whose sums have no others beside them.
                self.documents.add(cells, Feature::Count, block, sums, 0);
            }
            Ok(sums)
        })
    }
}
