//! Cells and their margins in groups of documents, such as periods, from one pass over the text.

use std::ops::Range;

use super::Cells;
use super::by_document::ByDocument;
use crate::corpus::tokens::Tokens;
use crate::counts::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Groups of documents with weights.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    /// Group of each document; numbers from `n` on are in none.
    pub of: &'a [u32],
    /// Number of groups.
    pub n: usize,
    /// Weight of each document; 1 if there are none.
    pub weights: Option<&'a [f64]>,
}

/// Contingency tables of cells in groups of documents: an entry for each cell and group, groups of a cell side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupTables {
    /// Observed counts.
    pub o11: Vec<f64>,
    /// Margins of the rows' terms.
    pub r1: Vec<f64>,
    /// Margins of the columns' terms.
    pub c1: Vec<f64>,
    /// Sample sizes.
    pub n: Vec<f64>,
    /// Number of documents with the cell, or the sum of their weights.
    pub df: Vec<f64>,
}

impl Groups<'_> {
    /// Group and weight of a document that is in a group.
    fn place(&self, document: u32) -> Option<(usize, f64)> {
        let group = self.of[document as usize] as usize;
        (group < self.n).then(|| (group, self.weights.map_or(1.0, |weights| weights[document as usize])))
    }

    /// Adds `value` of each document of a row times its weight to its group.
    fn add(&self, counts: &Csr<u32>, row: usize, value: impl Fn(u32) -> f64, sums: &mut [f64]) {
        let (documents, counts) = counts.row(row);
        for (&document, &count) in documents.iter().zip(counts) {
            if let Some((group, weight)) = self.place(document) {
                sums[group] += weight * value(count);
            }
        }
    }

    /// The sums of each row.
    fn sums(&self, counts: &Csr<u32>) -> Vec<f64> {
        let mut sums = vec![0.0; counts.n_rows() * self.n];
        (0..counts.n_rows()).for_each(|row| self.add(counts, row, f64::from, &mut sums[row * self.n..][..self.n]));
        sums
    }
}

impl ByDocument<'_> {
    /// The tables of all cells asked for in each group, in the order given.
    ///
    /// # Errors
    /// Not one group (and weight) for each document; as [`ByDocument::margins`].
    pub fn tables(&self, tokens: &Tokens, groups: Groups<'_>, workers: &Workers) -> Result<GroupTables> {
        let n_docs = tokens.n_docs();
        for (name, given) in [("groups", groups.of.len()), ("doc_weights", groups.weights.map_or(n_docs, <[f64]>::len))]
        {
            if given != n_docs {
                return Err(Error::parameter(name, given, format!("one for each of {n_docs} documents")));
            }
        }
        let zeros = || vec![0.0; self.n_cells() * groups.n];
        let mut tables = GroupTables { o11: zeros(), r1: zeros(), c1: zeros(), n: zeros(), df: zeros() };
        workers.signal().begin(self.n_cells() as u64);
        for batch in self.batches(usize::MAX) {
            self.batch(&batch, tokens, groups, &mut tables, workers)?;
        }
        Ok(tables)
    }

    fn batch(
        &self,
        batch: &Range<usize>,
        tokens: &Tokens,
        groups: Groups<'_>,
        tables: &mut GroupTables,
        workers: &Workers,
    ) -> Result<()> {
        let Cells::Counts(counts) = self.counts(batch, workers)? else {
            return Err(Error::parameter("count", "weighted", "frequency or boolean"));
        };
        let margins = self.margins(batch, tokens, workers)?;
        let rows = groups.sums(&margins.rows);
        let columns = margins.columns.as_ref().map(|columns| groups.sums(columns));
        let own = margins.own.as_ref().map(|own| groups.sums(own));
        let mut sizes = vec![0.0; groups.n];
        for (document, size) in margins.n.iter().enumerate() {
            if let Some((group, weight)) = groups.place(document as u32) {
                sizes[group] += weight * size;
            }
        }
        let times = self.times(batch);
        for (cell, place) in self.places(batch).enumerate() {
            let to = place * groups.n..(place + 1) * groups.n;
            let of = |sums: &[f64], term: u32| sums[term as usize * groups.n..][..groups.n].to_vec();
            let row = margins.row_of[cell];
            groups.add(&counts, cell, |count| times[cell] * f64::from(count), &mut tables.o11[to.clone()]);
            groups.add(&counts, cell, |_| 1.0, &mut tables.df[to.clone()]);
            tables.r1[to.clone()].copy_from_slice(&of(&rows, row));
            tables.c1[to.clone()].copy_from_slice(&of(columns.as_deref().unwrap_or(&rows), margins.column_of[cell]));
            let less = own.as_deref().map_or_else(|| vec![0.0; groups.n], |own| of(own, row));
            let sample = sizes.iter().zip(less).map(|(size, less)| size - less);
            tables.n[to].iter_mut().zip(sample).for_each(|(n, sample)| *n = sample);
        }
        Ok(())
    }
}
