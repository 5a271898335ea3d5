//! How stable the order of all terms by a statistic is: the interval of the rank of each, and how often it is among the first.
//!
//! All terms are ranked in one replicate after the other, 64 replicates at a time, and of the ranks of a term only those are
//! kept that its interval can still need: the smallest and the largest few. Memory therefore grows with the number of terms
//! but not with that of replicates times terms.

use super::design::{Block, LANES};
use super::{LIMITS, Replicates, Sample, Statistic};
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Most bytes of ranks that are kept at a time.
const RANKS: usize = 1 << 28;
/// Terms whose ranks are sorted in one piece of work.
const CHUNK: usize = 1 << 12;

/// What is said of the ranks of some terms, from 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranks {
    /// Lower end of the interval.
    pub low: Vec<u32>,
    /// Upper end.
    pub high: Vec<u32>,
    /// Share of the replicates in which the term is among the first.
    pub top_share: Vec<f64>,
}

/// The ranks of a term that an end of its interval can still need.
#[derive(Clone, Debug, Default)]
struct Ends {
    smallest: Vec<u32>,
    largest: Vec<u32>,
    at_top: u32,
}

impl Ends {
    fn take(&mut self, ranks: &[u32], keep: usize, top: usize) {
        self.at_top += ranks.iter().filter(|&&rank| rank as usize <= top).count() as u32;
        self.smallest.extend(ranks);
        if self.smallest.len() > keep {
            self.smallest.select_nth_unstable(keep - 1);
            self.smallest.truncate(keep);
        }
        self.largest.extend(ranks);
        if self.largest.len() > keep {
            self.largest.select_nth_unstable_by(keep - 1, |a, b| b.cmp(a));
            self.largest.truncate(keep);
        }
    }
}

impl Sample<'_> {
    /// The ranks of some terms among all, by falling value 0 of a statistic; NaN stand last, ties in the order of the terms.
    ///
    /// The interval at `level` ends at the order statistics of the B ranks with (B - 1) (1 - level) / 2 ranks beyond them,
    /// rounded down: whole ranks, never narrower than the quantiles of type 7. `top` is the number of ranks that are first.
    ///
    /// # Errors
    /// Arrays that do not fit each other, no such term, [`crate::ErrorKind::Cancelled`].
    pub fn ranks(
        &self,
        statistic: &impl Statistic,
        wanted: &[u32],
        top: usize,
        level: f64,
        workers: &Workers,
    ) -> Result<Ranks> {
        self.ranks_within(RANKS, statistic, wanted, (top, level), workers)
    }

    fn ranks_within(
        &self,
        limit: usize,
        statistic: &impl Statistic,
        wanted: &[u32],
        (top, level): (usize, f64),
        workers: &Workers,
    ) -> Result<Ranks> {
        self.check()?;
        let n_terms = self.columns.n_terms();
        if wanted.iter().any(|&term| term as usize >= n_terms) {
            return Err(Error::input("a number out of range", "terms that there are"));
        }
        let n_replicates = self.design.n_columns() - 1;
        // A billionth for the rounding of the level.
        let beyond = (n_replicates.saturating_sub(1) as f64 * (1.0 - level) / 2.0 + 1e-9) as usize;
        let keep = beyond + 1;
        let at_a_time = (limit / (8 * (keep + LANES))).max(1);
        let n_passes = wanted.len().div_ceil(at_a_time);
        workers.signal().begin((n_passes * self.design.n_blocks()) as u64);
        let mut found = Ranks::default();
        for wanted in wanted.chunks(at_a_time) {
            for ends in self.ends(statistic, wanted, keep, top, workers)? {
                found.low.push(ends.smallest.iter().max().copied().unwrap_or_default());
                found.high.push(ends.largest.iter().min().copied().unwrap_or_default());
                found.top_share.push(f64::from(ends.at_top) / n_replicates as f64);
            }
        }
        Ok(found)
    }

    fn ends(
        &self,
        statistic: &impl Statistic,
        wanted: &[u32],
        keep: usize,
        top: usize,
        workers: &Workers,
    ) -> Result<Vec<Ends>> {
        let mut ends = vec![Ends::default(); wanted.len()];
        let n_blocks = self.design.n_blocks();
        let at_a_time = LIMITS.blocks(self.design).min(workers.n_threads());
        for first in (0..n_blocks).step_by(at_a_time) {
            let numbers = (first..n_blocks.min(first + at_a_time)).collect();
            for block in workers.map(numbers, |number| Ok(self.design.block(number)))? {
                let ranks = self.ranks_in(statistic, block, workers)?;
                let pieces = ends.chunks_mut(CHUNK).zip(wanted.chunks(CHUNK)).collect();
                workers.map(pieces, |(ends, wanted): (&mut [Ends], &[u32])| {
                    let mut its = Vec::with_capacity(LANES);
                    for (ends, &term) in ends.iter_mut().zip(wanted) {
                        its.clear();
                        its.extend(ranks.iter().map(|ranks| ranks[term as usize]));
                        ends.take(&its, keep, top);
                    }
                    Ok(())
                })?;
                workers.signal().advance(1);
            }
        }
        Ok(ends)
    }

    /// The rank of every term in each replicate of a block.
    fn ranks_in(&self, statistic: &impl Statistic, mut block: Block, workers: &Workers) -> Result<Vec<Vec<u32>>> {
        // The first column is the sample itself; columns end with the last replicate.
        let lanes = usize::from(block.first == 0)..LANES.min(self.design.n_columns() - block.first);
        let all = self.all_of(&block);
        // Sums are those of this block alone.
        block.first = 0;
        let per_term = statistic.features().len() * self.n_groups * LANES;
        let keys = workers.map(self.chunks(per_term), |terms| {
            let mut sums = vec![0.0; terms.len() * per_term];
            self.add(&terms, statistic.features(), std::slice::from_ref(&block), &mut sums, LANES);
            let mut values = vec![vec![0.0; LANES]; statistic.n_values()];
            let mut keys = Vec::with_capacity(terms.len() * LANES);
            for (term, sums) in terms.zip(sums.chunks_exact(per_term)) {
                let (its, all) = (self.sums(sums, LANES), self.sums(&all, LANES));
                statistic.evaluate(&Replicates { number: term, term: its, all }, &mut values);
                keys.extend(values[0].iter().map(|&value| falling(value)));
            }
            Ok(keys)
        })?;
        let n_terms = self.columns.n_terms();
        let mut orders = vec![Vec::with_capacity(n_terms); workers.n_threads()];
        workers.map_with(&mut orders, lanes.collect(), |order: &mut Vec<(u64, u32)>, lane| {
            order.clear();
            let of_lane = keys.iter().flat_map(|keys| keys.iter().skip(lane).step_by(LANES));
            order.extend(of_lane.copied().zip(0..));
            order.sort_unstable();
            let mut ranks = vec![0; n_terms];
            order.iter().zip(1..).for_each(|(&(_, term), rank)| ranks[term as usize] = rank);
            Ok(ranks)
        })
    }
}

/// A key whose order is that of falling values; NaN is the smallest value, and both zeros are the same.
fn falling(value: f64) -> u64 {
    let bits = if value.is_nan() { f64::NEG_INFINITY } else { value + 0.0 }.to_bits();
    // As unsigned integers the bits of negative numbers come last, and in reverse.
    let negative = bits >> 63 == 1;
    if negative { bits } else { !(bits | 1 << 63) }
}

#[cfg(test)]
mod tests {
    use super::super::rates::Rates;
    use super::super::tests::with_sample;
    use super::*;

    #[test]
    fn keys_fall_as_values_rise() {
        let values = [f64::INFINITY, 3.5, 1e-300, 0.0, -1e-300, -2.0, f64::NEG_INFINITY];
        assert!(values.windows(2).all(|pair| falling(pair[0]) < falling(pair[1])));
        assert_eq!((falling(-0.0), falling(f64::NAN)), (falling(0.0), falling(f64::NEG_INFINITY)));
    }

    #[test]
    fn results_do_not_depend_on_how_much_is_held_at_a_time() {
        with_sample(|sample, _| {
            let wanted: Vec<u32> = (0..70).rev().collect();
            let of = |limit| sample.ranks_within(limit, &Rates, &wanted, (9, 0.9), &Workers::serial()).unwrap();
            let whole = of(RANKS);
            assert!((whole.top_share.iter().sum::<f64>() - 9.0).abs() < 1e-9);
            assert!(whole.low.iter().zip(&whole.high).all(|(low, high)| low <= high));
            // Seven terms at a time, and one.
            assert!(whole == of(7 * 8 * (15 + LANES)) && whole == of(1));
        });
    }

    #[test]
    fn what_is_kept_is_what_the_whole_distribution_would_tell() {
        let ranks: Vec<u32> = (0..1000).map(|i| i * 617 % 1000 + 1).collect();
        let mut ends = Ends::default();
        ranks.chunks(64).for_each(|some| ends.take(some, 25, 40));
        assert_eq!((ends.smallest.iter().max(), ends.largest.iter().min(), ends.at_top), (Some(&25), Some(&976), 40));
    }
}
