//! How far a statistic would move in another sample of documents: bootstrap, jackknife and exchanged labels, one mechanism
//! for all.
//!
//! A corpus is a sample of documents, not of words: words of one document depend on each other, and so do the copies of one
//! story. Units (documents, clusters of copies, groups such as outlet-days) are therefore weighted by how often each would be
//! drawn ([`design`]), the sums of every term over all documents are formed for many such replicates at once ([`sums`]), a
//! statistic is computed from the sums of each replicate, and its distribution is summed up at once ([`summary`]) so that no
//! table of terms by replicates is ever held. The cost is one addition for each non-zero cell and replicate.
//!
//! Replicate r draws from a stream of its own made from (seed, r) ([`stream`]), terms are worked on in fixed chunks and each
//! sum runs in the order of the documents, so results are the same to the last bit for any number of threads.
//!
//! Sources: Efron & Tibshirani (1993), *An Introduction to the Bootstrap*; Efron (1987), doi:10.2307/2289144; Davison & Hinkley
//! (1997), doi:10.1017/CBO9780511802843.

pub mod contrast;
pub mod design;
pub mod keyness;
pub mod normal;
pub mod ranks;
pub mod rates;
pub mod richness;
pub mod slopes;
pub mod spread;
pub mod stream;
pub mod summary;
pub mod sums;

use ndarray::Array3;

use self::design::{Block, Design, LANES};
use self::summary::{Interval, Kind, Summary, jackknife, summarize};
use self::sums::{Columns, Documents, Feature};
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// What is held at a time.
const LIMITS: Limits = Limits { weights: 1 << 28, sums: 1 << 28 };
/// Cells of a chunk of terms, and the most terms in one.
const CHUNK: (u64, u64) = (1 << 15, 64);
/// Numbers held for a term that count as one cell.
const HELD: u64 = 1 << 7;

/// Most bytes that are held at a time; results do not depend on them.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Of weights.
    weights: usize,
    /// Of sums that wait for further weights, where these do not hold all replicates.
    sums: usize,
}

impl Limits {
    /// Number of blocks of weights.
    fn blocks(&self, design: &Design) -> usize {
        (self.weights / (design.n_units() * LANES).max(1)).clamp(1, design.n_blocks().max(1))
    }
}

/// The sums of a term, or of the documents themselves, in some columns (replicates, or units left out).
#[derive(Clone, Copy, Debug)]
pub struct Sums<'a> {
    values: &'a [f64],
    n_groups: usize,
    n_columns: usize,
}

impl<'a> Sums<'a> {
    /// The sums of a feature over the documents of a group, one for each column.
    pub fn of(&self, feature: usize, group: usize) -> &'a [f64] {
        &self.values[(feature * self.n_groups + group) * self.n_columns..][..self.n_columns]
    }
}

/// What a statistic is computed from, column by column.
#[derive(Clone, Copy, Debug)]
pub struct Replicates<'a> {
    /// Number of the term.
    pub number: usize,
    /// Sums of the features of one term.
    pub term: Sums<'a>,
    /// Sums over all documents of the number of tokens (feature 0) and of 1 (feature 1).
    pub all: Sums<'a>,
}

/// A statistic of a term: which sums it needs, how many values it has, and the values of each column from the sums.
pub trait Statistic: Sync {
    /// The sums it needs.
    fn features(&self) -> &[Feature];
    /// Number of values of a term.
    fn n_values(&self) -> usize;
    /// Writes value `v` of each column to `values[v]`.
    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]);
}

/// A matrix, its documents, and how they are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// Counts by term.
    pub columns: Columns<'a>,
    /// The documents.
    pub documents: Documents<'a>,
    /// Number of groups of documents.
    pub n_groups: usize,
    /// How units are drawn.
    pub design: &'a Design,
}

impl Sample<'_> {
    /// # Errors
    /// Arrays that do not fit each other.
    fn check(&self) -> Result<()> {
        let Documents { unit, group, factor, n_tokens } = self.documents;
        let n = unit.len();
        if [group.len(), factor.len(), n_tokens.len()] != [n; 3] {
            return Err(Error::input(
                "arrays of different lengths",
                "one unit, group, factor and length for each document",
            ));
        }
        if unit.iter().any(|&unit| unit as usize >= self.design.n_units())
            || group.iter().any(|&group| group as usize >= self.n_groups)
            || self.columns.documents.iter().any(|&document| document as usize >= n)
        {
            return Err(Error::input("a number out of range", "documents, units and groups that there are"));
        }
        Ok(())
    }

    /// The summary of each value of each term: shape (values, [`Summary::FIELDS`], terms).
    ///
    /// # Errors
    /// Arrays that do not fit each other, [`crate::ErrorKind::Cancelled`].
    pub fn summaries(&self, statistic: &impl Statistic, interval: Interval, workers: &Workers) -> Result<Array3<f64>> {
        let leaves_one_out = self.design.leaves_one_out();
        let of_sample = self.design.of_sample();
        // The jackknife takes one unit's cells from the sums of all, which needs no replicates.
        let sample = if leaves_one_out { Sample { design: &of_sample, ..*self } } else { *self };
        let corrected = leaves_one_out || interval.kind == Kind::Bca;
        let all_without = if corrected { self.all_without() } else { Vec::new() };
        let by_term = sample.distributions(statistic, workers, |term, sums, values| {
            let mut without = vec![Vec::new(); statistic.n_values()];
            if corrected {
                self.without_one(term, statistic, sums, &all_without, &mut without);
            }
            let summed = |(values, without): (&Vec<f64>, &Vec<f64>)| {
                let (&estimate, replicates) = values.split_first().unwrap_or((&f64::NAN, &[]));
                match leaves_one_out {
                    true => jackknife(estimate, without, self.design.strata(), interval.level),
                    false => summarize(estimate, &mut replicates.to_vec(), without, interval),
                }
            };
            values.iter().zip(&without).map(|both| summed(both).fields()).collect::<Vec<_>>()
        })?;
        let shape = (statistic.n_values(), Summary::FIELDS, by_term.len());
        Ok(Array3::from_shape_fn(shape, |(value, field, term)| by_term[term][value][field]))
    }

    /// What `look` makes of the values of each term, in the order of the terms: it is given the term, its sums and, for each
    /// value, the one of the sample and those of all replicates.
    ///
    /// # Errors
    /// Arrays that do not fit each other, [`crate::ErrorKind::Cancelled`].
    pub fn distributions<R: Send>(
        &self,
        statistic: &impl Statistic,
        workers: &Workers,
        look: impl Fn(usize, Sums<'_>, &[Vec<f64>]) -> R + Sync,
    ) -> Result<Vec<R>> {
        self.distributions_within(LIMITS, statistic, workers, look)
    }

    fn distributions_within<R: Send>(
        &self,
        limits: Limits,
        statistic: &impl Statistic,
        workers: &Workers,
        look: impl Fn(usize, Sums<'_>, &[Vec<f64>]) -> R + Sync,
    ) -> Result<Vec<R>> {
        self.check()?;
        let width = self.design.n_blocks() * LANES;
        let per_term = statistic.features().len() * self.n_groups * width;
        let chunks = self.chunks(per_term);
        let n_blocks = self.design.n_blocks();
        let at_a_time = limits.blocks(self.design);
        workers.signal().begin(self.columns.n_terms() as u64);
        let all = self.all(workers)?;
        let look_at = |chunk: &std::ops::Range<usize>, sums: &[f64], values: &mut [Vec<f64>]| {
            let found = chunk.clone().enumerate().map(|(i, term)| {
                let its = self.sums(&sums[i * per_term..][..per_term], width);
                let all = self.sums(&all, width);
                values.iter_mut().for_each(|values| values.resize(width, f64::NAN));
                statistic.evaluate(&Replicates { number: term, term: its, all }, values);
                values.iter_mut().for_each(|values| values.truncate(self.design.n_columns()));
                look(term, its, values)
            });
            let found: Vec<R> = found.collect();
            workers.signal().advance(chunk.len() as u64);
            found
        };
        if at_a_time == n_blocks {
            let blocks = workers.map((0..n_blocks).collect(), |number| Ok(self.design.block(number)))?;
            let empty = (Vec::new(), vec![Vec::new(); statistic.n_values()]);
            let found = workers.map_with(&mut vec![empty; workers.n_threads()], chunks, |(sums, values), chunk| {
                sums.clear();
                sums.resize(chunk.len() * per_term, 0.0);
                self.add(&chunk, statistic.features(), &blocks, sums, width);
                Ok(look_at(&chunk, sums, values))
            })?;
            return Ok(found.into_iter().flatten().collect());
        }
        let mut results = Vec::new();
        for group in grouped(chunks, limits.sums, |chunk| chunk.len() * per_term * 8) {
            let mut sums: Vec<Vec<f64>> = group.iter().map(|chunk| vec![0.0; chunk.len() * per_term]).collect();
            for first in (0..n_blocks).step_by(at_a_time) {
                let numbers = (first..n_blocks.min(first + at_a_time)).collect();
                let blocks = workers.map(numbers, |number| Ok(self.design.block(number)))?;
                workers.map(group.iter().zip(&mut sums).collect(), |(chunk, sums)| {
                    self.add(chunk, statistic.features(), &blocks, sums, width);
                    Ok(())
                })?;
            }
            let found = workers.map(group.iter().zip(sums).collect(), |(chunk, sums)| {
                Ok(look_at(chunk, &sums, &mut vec![Vec::new(); statistic.n_values()]))
            })?;
            results.extend(found.into_iter().flatten());
        }
        Ok(results)
    }

    fn sums<'b>(&self, values: &'b [f64], n_columns: usize) -> Sums<'b> {
        Sums { values, n_groups: self.n_groups, n_columns }
    }

    /// Consecutive terms, about equally much work in each chunk, that hold so many numbers each.
    fn chunks(&self, per_term: usize) -> Vec<std::ops::Range<usize>> {
        let least = (CHUNK.0 / CHUNK.1).max(per_term as u64 / HELD);
        ranges_by_weight(self.columns.n_terms(), |term| self.columns.n_cells(term) + least, CHUNK.0)
    }

    /// Adds the cells of some terms in some blocks: `sums[((term * features + feature) * groups + group) * width + column]`.
    fn add(
        &self,
        terms: &std::ops::Range<usize>,
        features: &[Feature],
        blocks: &[Block],
        sums: &mut [f64],
        width: usize,
    ) {
        for block in blocks {
            let mut at = block.first;
            for term in terms.clone() {
                for &feature in features {
                    self.documents.add(self.columns.cells(term), feature, block, &mut sums[at..], width);
                    at += self.n_groups * width;
                }
            }
        }
    }

    /// The sums of tokens and documents in all columns.
    fn all(&self, workers: &Workers) -> Result<Vec<f64>> {
        let width = self.design.n_blocks() * LANES;
        let numbers = (0..self.design.n_blocks()).collect();
        let parts = workers.map(numbers, |number| Ok(self.all_of(&self.design.block(number))))?;
        let mut all = vec![0.0; 2 * self.n_groups * width];
        for (number, part) in parts.iter().enumerate() {
            for (row, lanes) in part.chunks_exact(LANES).enumerate() {
                all[row * width + number * LANES..][..LANES].copy_from_slice(lanes);
            }
        }
        Ok(all)
    }

    /// The sums of tokens and documents in the columns of a block.
    fn all_of(&self, block: &Block) -> Vec<f64> {
        let size = self.n_groups * LANES;
        let mut sums = vec![0.0; 2 * size];
        let cells = || (0..self.documents.unit.len() as u32).map(|document| (document, 1));
        let (tokens, documents) = sums.split_at_mut(size);
        self.documents.add(cells(), Feature::Of(|_, n_tokens| n_tokens), block, tokens, LANES);
        self.documents.add(cells(), Feature::Presence, block, documents, LANES);
        sums
    }

    // Without one unit each

    /// The sums of tokens and documents without each unit.
    fn all_without(&self) -> Vec<f64> {
        let n_units = self.design.n_units();
        let Documents { unit, group, factor, n_tokens } = self.documents;
        let mut totals = vec![0.0; 2 * self.n_groups];
        for (document, &group) in group.iter().enumerate() {
            totals[group as usize] += factor[document] * n_tokens[document];
            totals[self.n_groups + group as usize] += factor[document];
        }
        let mut sums: Vec<f64> = totals.iter().flat_map(|&total| std::iter::repeat_n(total, n_units)).collect();
        for (document, (&unit, &group)) in unit.iter().zip(group).enumerate() {
            let at = group as usize * n_units + unit as usize;
            sums[at] -= factor[document] * n_tokens[document];
            sums[self.n_groups * n_units + at] -= factor[document];
        }
        sums
    }

    /// The values of a term without each unit; column 0 of its sums is the sample.
    fn without_one(
        &self,
        term: usize,
        statistic: &impl Statistic,
        sample: Sums<'_>,
        all_without: &[f64],
        values: &mut [Vec<f64>],
    ) {
        let n_units = self.design.n_units();
        let mut sums = Vec::with_capacity(statistic.features().len() * self.n_groups * n_units);
        for (number, &feature) in statistic.features().iter().enumerate() {
            let totals = (0..self.n_groups).map(|group| sample.of(number, group)[0]);
            let mut left: Vec<f64> = totals.flat_map(|total| std::iter::repeat_n(total, n_units)).collect();
            self.documents.subtract(self.columns.cells(term), feature, &mut left, n_units);
            sums.append(&mut left);
        }
        values.iter_mut().for_each(|values| values.resize(n_units, f64::NAN));
        let (its, all) = (self.sums(&sums, n_units), self.sums(all_without, n_units));
        let replicates = Replicates { number: term, term: its, all };
        statistic.evaluate(&replicates, values);
    }
}

/// Consecutive items with at most about so many bytes together.
fn grouped<T>(items: Vec<T>, most: usize, bytes: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut held = 0;
    for item in items {
        let size = bytes(&item);
        if groups.is_empty() || held + size > most {
            groups.push(Vec::new());
            held = 0;
        }
        held += size;
        if let Some(group) = groups.last_mut() {
            group.push(item);
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::design::Scheme;
    use super::rates::Rates;
    use super::*;

    /// Calls `work` with a sample of 40 documents, 70 terms and 300 replicates, and the bytes of a block of weights.
    pub(super) fn with_sample(work: impl FnOnce(Sample<'_>, usize)) {
        let n = 40u32;
        let design = Design::new(&vec![0; n as usize], 300, 5, Scheme::Multinomial).unwrap();
        let documents: Vec<u32> = (0..70).flat_map(|term| (0..n).filter(move |d| (d + term) % 3 > 0)).collect();
        let counts: Vec<u32> = documents.iter().map(|d| d % 7 + 1).collect();
        let mut indptr = vec![0u64];
        for term in 0..70 {
            indptr.push(indptr[term as usize] + (0..n).filter(|d| (d + term) % 3 > 0).count() as u64);
        }
        let (unit, group): (Vec<u32>, _) = ((0..n).collect(), vec![0; n as usize]);
        let (factor, n_tokens) = (vec![1.0; n as usize], vec![9.0; n as usize]);
        let sample = Sample {
            columns: Columns { indptr: &indptr, documents: &documents, counts: &counts },
            documents: Documents { unit: &unit, group: &group, factor: &factor, n_tokens: &n_tokens },
            n_groups: 1,
            design: &design,
        };
        work(sample, n as usize * LANES);
    }

    #[test]
    fn results_do_not_depend_on_how_much_is_held_at_a_time() {
        with_sample(|sample, block| {
            let all = |limits| {
                let kept = |_, _: Sums<'_>, values: &[Vec<f64>]| values.concat();
                sample.distributions_within(limits, &Rates, &Workers::serial(), kept).unwrap()
            };
            let whole = all(LIMITS);
            assert_eq!((whole.len(), whole[0].len()), (70, 602));
            // A block of weights at a time, and a few terms; two blocks, and all terms.
            assert!(whole == all(Limits { weights: 1, sums: 1 }));
            assert!(whole == all(Limits { weights: 2 * block, sums: 1 << 28 }));
        });
    }
}
