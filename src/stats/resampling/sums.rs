//! Sums over documents, each times the weight of its unit, in many replicates at once.
//!
//! A column of a matrix (a term) is walked once for each block of replicates, and each cell adds its value times the 64
//! weights of its unit to 64 sums. Small counts are added in integers of 16 bits, which the processor handles eight at a
//! time; their sums never overflow because they are emptied into double precision before they could. Weights of replicates
//! are small integers, so that sums of counts are exact up to 2^53.

use super::design::{Block, LANES};

/// The largest sum of counts that cannot overflow 16 bits: 257 times the largest weight, 255, is 65,535.
const ROOM: u32 = 257;
/// Larger counts are added one by one.
const SMALL: u32 = 64;

/// What a cell adds to a sum.
#[derive(Clone, Copy, Debug)]
pub enum Feature {
    /// Its count.
    Count,
    /// 1.
    Presence,
    /// A function of its count and of the number of tokens of its document.
    Of(fn(f64, f64) -> f64),
}

/// A matrix of counts by column: term `j` has `counts[k]` in document `documents[k]`, `indptr[j] <= k < indptr[j + 1]`.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// Where each term starts; one entry more than terms.
    pub indptr: &'a [u64],
    /// Document of each cell, ascending within a term.
    pub documents: &'a [u32],
    /// Count of each cell.
    pub counts: &'a [u32],
}

impl<'a> Columns<'a> {
    /// Number of terms.
    pub fn n_terms(&self) -> usize {
        self.indptr.len().saturating_sub(1)
    }

    /// Number of cells of a term.
    pub fn n_cells(&self, term: usize) -> u64 {
        self.indptr[term + 1] - self.indptr[term]
    }

    /// Documents and counts of a term.
    pub fn cells(&self, term: usize) -> impl Iterator<Item = (u32, u32)> + 'a {
        let range = self.indptr[term] as usize..self.indptr[term + 1] as usize;
        self.documents[range.clone()].iter().copied().zip(self.counts[range].iter().copied())
    }
}

/// Documents in the order of their groups, then of their factors, so that equal ones follow each other.
#[derive(Clone, Copy, Debug)]
pub struct Documents<'a> {
    /// Unit of each document.
    pub unit: &'a [u32],
    /// Group of each document, ascending.
    pub group: &'a [u32],
    /// What its counts are multiplied with before they are summed.
    pub factor: &'a [f64],
    /// Number of tokens of each document.
    pub n_tokens: &'a [f64],
}

impl Documents<'_> {
    fn value(&self, feature: fn(f64, f64) -> f64, document: usize, count: u32) -> f64 {
        self.factor[document] * feature(f64::from(count), self.n_tokens[document])
    }

    /// Adds the cells of a term to `sums[group * stride + lane]`.
    pub fn add(
        &self,
        cells: impl Iterator<Item = (u32, u32)>,
        feature: Feature,
        block: &Block,
        sums: &mut [f64],
        stride: usize,
    ) {
        match feature {
            Feature::Count => self.add_integers(cells, block, sums, stride),
            Feature::Presence => self.add_integers(cells.map(|(document, _)| (document, 1)), block, sums, stride),
            Feature::Of(function) => {
                for (document, count) in cells {
                    let document = document as usize;
                    let value = self.value(function, document, count);
                    add_value(lanes(sums, self.group[document], stride), value, self.weights(block, document));
                }
            }
        }
    }

    fn add_integers(&self, cells: impl Iterator<Item = (u32, u32)>, block: &Block, sums: &mut [f64], stride: usize) {
        let mut small = [0u16; LANES];
        let mut held = 0;
        // Group and factor of what `small` holds.
        let mut of = (0, 1.0);
        for (document, count) in cells {
            let document = document as usize;
            let its = (self.group[document], self.factor[document]);
            if held > 0 && (its != of || held + count.min(SMALL) > ROOM) {
                empty(&mut small, lanes(sums, of.0, stride), of.1);
                held = 0;
            }
            of = its;
            let weights = self.weights(block, document);
            if count > SMALL {
                add_value(lanes(sums, of.0, stride), of.1 * f64::from(count), weights);
            } else {
                held += count;
                let count = count as u16;
                small.iter_mut().zip(weights).for_each(|(sum, &weight)| *sum += u16::from(weight) * count);
            }
        }
        if held > 0 {
            empty(&mut small, lanes(sums, of.0, stride), of.1);
        }
    }

    fn weights<'b>(&self, block: &'b Block, document: usize) -> &'b [u8; LANES] {
        // Blocks hold LANES weights for each unit.
        block.weights.as_chunks().0[self.unit[document] as usize..].first().unwrap_or(&[0; LANES])
    }

    /// Takes the cells of a term from `sums[group * n_units + unit]`.
    pub fn subtract(
        &self,
        cells: impl Iterator<Item = (u32, u32)>,
        feature: Feature,
        sums: &mut [f64],
        n_units: usize,
    ) {
        for (document, count) in cells {
            let document = document as usize;
            let value = match feature {
                Feature::Count => self.factor[document] * f64::from(count),
                Feature::Presence => self.factor[document],
                Feature::Of(function) => self.value(function, document, count),
            };
            sums[self.group[document] as usize * n_units + self.unit[document] as usize] -= value;
        }
    }
}

fn lanes(sums: &mut [f64], group: u32, stride: usize) -> &mut [f64] {
    &mut sums[group as usize * stride..][..LANES]
}

fn add_value(sums: &mut [f64], value: f64, weights: &[u8; LANES]) {
    sums.iter_mut().zip(weights).for_each(|(sum, &weight)| *sum += value * f64::from(weight));
}

fn empty(small: &mut [u16; LANES], sums: &mut [f64], factor: f64) {
    sums.iter_mut().zip(small.iter()).for_each(|(sum, &small)| *sum += factor * f64::from(small));
    *small = [0; LANES];
}

#[cfg(test)]
mod tests {
    use super::super::design::{Design, Scheme};
    use super::*;

    #[test]
    fn sums_of_small_and_large_counts_are_those_of_plain_loops() {
        let n = 600;
        let strata = vec![0; n];
        let design = Design::new(&strata, 63, 3, Scheme::Multinomial).unwrap();
        let block = design.block(0);
        let unit: Vec<u32> = (0..n as u32).rev().collect();
        let group: Vec<u32> = (0..n).map(|d| u32::from(d >= 350)).collect();
        let factor: Vec<f64> = (0..n).map(|d| if d % 350 < 100 { 1.0 } else { 0.5 }).collect();
        let n_tokens = vec![10.0; n];
        let documents = Documents { unit: &unit, group: &group, factor: &factor, n_tokens: &n_tokens };
        let counts: Vec<u32> = (0..n as u32).map(|d| if d % 50 == 0 { 70_000 } else { d % 67 }).collect();
        let cells = || (0..n as u32).zip(counts.iter().copied());
        for (feature, value) in [
            (Feature::Count, (|x, _| x) as fn(f64, f64) -> f64),
            (Feature::Presence, |_, _| 1.0),
            (Feature::Of(|x, n| x / n), |x, n| x / n),
        ] {
            let (mut sums, mut expected) = (vec![0.0; 2 * LANES], vec![0.0; 2 * LANES]);
            documents.add(cells(), feature, &block, &mut sums, LANES);
            for (d, &count) in counts.iter().enumerate() {
                for lane in 0..LANES {
                    let weight = f64::from(block.weights[unit[d] as usize * LANES + lane]);
                    expected[group[d] as usize * LANES + lane] += factor[d] * value(f64::from(count), 10.0) * weight;
                }
            }
            let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12 * b.abs();
            assert!(sums.iter().zip(&expected).all(close), "{feature:?}");
        }
    }
}
