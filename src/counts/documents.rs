//! The rows of a document-term matrix, from the tokens of each document.
//!
//! Types are counted in an [`Accumulator`]. N-grams, whose columns are too many for an array that stays in the cache, are
//! ordered within their document beforehand and counted as runs.

use std::ops::Range;

use crate::corpus::tokens::{GAP, Tokens};
use crate::counts::accumulator::Accumulator;
use crate::counts::rows::Rows;
use crate::disjoint;
use crate::error::Result;
use crate::parallel::Workers;

/// Where the columns of each document are read.
pub(crate) struct Documents<'a> {
    pub tokens: &'a Tokens,
    /// Column of each type, [`GAP`] for none; absent if types are not counted.
    pub types: Option<&'a [u32]>,
    /// Number of types with a column in each document, if known.
    pub n_types: Option<&'a [u32]>,
    /// By position, columns of n-grams in ascending order within each document, [`GAP`] (last) for none.
    pub grams: &'a [Vec<u32>],
    pub n_columns: usize,
}

impl Rows for Documents<'_> {
    fn n_columns(&self) -> usize {
        self.n_columns
    }

    fn n_accumulated(&self) -> usize {
        let greatest = self.types.unwrap_or_default().iter().filter(|&&column| column != GAP).max();
        greatest.map_or(0, |&column| column as usize + 1)
    }

    fn length(&self, doc: usize, accumulator: &mut Accumulator) -> usize {
        let grams: usize = self.grams.iter().map(|columns| n_runs(&columns[self.tokens.doc_range(doc)])).sum();
        let types = match (self.types, self.n_types) {
            (None, _) => 0,
            (Some(_), Some(known)) => known[doc] as usize,
            (Some(columns), None) => {
                self.gather(doc, columns, accumulator);
                let length = accumulator.len();
                accumulator.clear();
                length
            }
        };
        types + grams
    }

    fn write(&self, doc: usize, accumulator: &mut Accumulator, indices: &mut [u32], data: &mut [u32]) {
        let mut n = 0;
        if let Some(columns) = self.types {
            self.gather(doc, columns, accumulator);
            n = accumulator.len();
            accumulator.write(&mut indices[..n], &mut data[..n]);
        }
        for columns in self.grams {
            n += write_runs(&columns[self.tokens.doc_range(doc)], &mut indices[n..], &mut data[n..]);
        }
        if !self.grams.is_empty() && !indices.is_sorted() {
            // Terms of several lengths interleave unless the columns are in order of first appearance.
            let mut cells: Vec<(u32, u32)> = indices.iter().copied().zip(data.iter().copied()).collect();
            cells.sort_unstable();
            for ((index, value), cell) in indices.iter_mut().zip(data).zip(cells) {
                (*index, *value) = cell;
            }
        }
    }

    fn work(&self, docs: &Range<usize>) -> u64 {
        self.tokens.doc_offsets[docs.end] - self.tokens.doc_offsets[docs.start]
    }
}

impl Documents<'_> {
    fn gather(&self, doc: usize, columns: &[u32], accumulator: &mut Accumulator) {
        let ids = &self.tokens.term_ids[self.tokens.doc_range(doc)];
        accumulator.reserve(ids.len());
        for &id in ids {
            if id != GAP {
                let column = columns[id as usize];
                if column != GAP {
                    accumulator.add(column, 1);
                }
            }
        }
    }
}

/// Replaces what stands at each position by its column and orders the columns of each document, [`GAP`] last.
pub(crate) fn place(
    tokens: &Tokens,
    values: &mut [u32],
    column_of: impl Fn(u32) -> u32 + Sync,
    docs: &[Range<usize>],
    workers: &Workers,
) -> Result<()> {
    let sizes = docs.iter().map(|docs| (tokens.doc_offsets[docs.end] - tokens.doc_offsets[docs.start]) as usize);
    let items = docs.iter().cloned().zip(disjoint::pieces(values, sizes)).collect();
    workers.map(items, |(docs, part)| {
        for part in disjoint::pieces(part, docs.map(|doc| tokens.doc_range(doc).len())) {
            part.iter_mut().for_each(|value| *value = column_of(*value));
            part.sort_unstable();
        }
        Ok(())
    })?;
    Ok(())
}

/// Number of distinct columns in an ascending list that ends at its first [`GAP`].
fn n_runs(columns: &[u32]) -> usize {
    let mut previous = GAP;
    let mut n = 0;
    for &column in columns {
        n += usize::from(column != previous && column != GAP);
        previous = column;
    }
    n
}

/// Writes the distinct columns of such a list with their counts, and returns their number.
fn write_runs(columns: &[u32], indices: &mut [u32], data: &mut [u32]) -> usize {
    let mut n = 0;
    for &column in columns {
        if column == GAP {
            break;
        }
        if n > 0 && indices[n - 1] == column {
            data[n - 1] += 1;
        } else {
            indices[n] = column;
            data[n] = 1;
            n += 1;
        }
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_counted_up_to_the_first_gap() {
        for (columns, expected) in [
            (vec![], vec![]),
            (vec![GAP, GAP], vec![]),
            (vec![3], vec![(3, 1)]),
            (vec![0, 0, 2, 5, 5, 5, GAP], vec![(0, 2), (2, 1), (5, 3)]),
        ] {
            let n = n_runs(&columns);
            let (mut indices, mut data) = (vec![0; n], vec![0; n]);
            assert_eq!(write_runs(&columns, &mut indices, &mut data), n);
            assert!(indices.into_iter().zip(data).eq(expected));
        }
    }
}
