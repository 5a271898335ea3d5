//! Measures of 2×2 tables whose margins are sums over documents as well, such as those of pairs of words, replicate by replicate.
//!
//! The sums of each margin are formed once and serve all tables that have it; then the observed count of each table is summed
//! and the measures of all replicates are computed and summed up at once. Room besides that of a sample: 8 bytes for each
//! margin and replicate.

use ndarray::Array3;

use super::contrast::Formula;
use super::design::Design;
use super::summary::{Interval, Kind, Summary, summarize};
use super::sums::{Columns, Documents, Feature};
use super::{Replicates, Sample, Statistic};
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Tables, given by what each document adds to their counts and margins.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// Observed counts, by table.
    pub observed: Columns<'a>,
    /// What the observed count of each table is multiplied with.
    pub times: &'a [f64],
    /// First margins.
    pub rows: Columns<'a>,
    /// Second margins.
    pub columns: Columns<'a>,
    /// What the sample of each first margin lacks, if anything.
    pub less: Option<Columns<'a>>,
    /// First margin of each table.
    pub row_of: &'a [u32],
    /// Second margin of each table.
    pub column_of: &'a [u32],
    /// The documents, in one group; their number of tokens is the sample size.
    pub documents: Documents<'a>,
    /// How units are drawn.
    pub design: &'a Design,
}

/// The sum of a count (value 0) and of the sample size (value 1) in each column.
struct Totals;

impl Statistic for Totals {
    fn features(&self) -> &[Feature] {
        &[Feature::Count]
    }

    fn n_values(&self) -> usize {
        2
    }

    fn evaluate(&self, replicates: &Replicates<'_>, values: &mut [Vec<f64>]) {
        let sums = [replicates.term.of(0, 0), replicates.all.of(0, 0)];
        values.iter_mut().zip(sums).for_each(|(values, sums)| values.copy_from_slice(sums));
    }
}

/// The sums of one table in some columns: replicates, or units left out.
struct Sums<'a> {
    o11: &'a [f64],
    r1: &'a [f64],
    c1: &'a [f64],
    n: &'a [f64],
    less: Option<&'a [f64]>,
}

impl Sums<'_> {
    fn values(&self, formula: Formula, times: f64) -> Vec<f64> {
        let n = |i: usize| self.n[i] - self.less.map_or(0.0, |less| less[i]);
        (0..self.o11.len()).map(|i| formula(times * self.o11[i], self.r1[i], self.c1[i], n(i))).collect()
    }
}

impl Tables<'_> {
    /// The summary of each measure of each table: shape (measures, [`Summary::FIELDS`], tables).
    ///
    /// # Errors
    /// Arrays that do not fit each other, [`crate::ErrorKind::Cancelled`].
    pub fn summaries(&self, formulas: &[Formula], interval: Interval, workers: &Workers) -> Result<Array3<f64>> {
        self.check()?;
        let sums = |columns: Columns<'_>| {
            let sample = self.sample(columns);
            workers.signal().part(|| sample.distributions(&Totals, workers, |_, _, values| values[0].clone()))
        };
        let (rows, columns) = (sums(self.rows)?, sums(self.columns)?);
        let less = self.less.map(sums).transpose()?;
        let sizes = if interval.kind == Kind::Bca { Some(self.sizes_without()) } else { None };
        let by_table = self.sample(self.observed).distributions(&Totals, workers, |table, _, values| {
            let (row, column) = (self.row_of[table] as usize, self.column_of[table] as usize);
            let (o11, n) = (&values[0], &values[1]);
            let less = less.as_ref().map(|less| &less[row][..]);
            let drawn = Sums { o11, r1: &rows[row], c1: &columns[column], n, less };
            let left = sizes.as_ref().map(|sizes| {
                let of = |columns, term| self.without(columns, term);
                let less = self.less.map(|less| of(less, row));
                (of(self.observed, table), of(self.rows, row), of(self.columns, column), less, sizes)
            });
            let summed = |&formula: &Formula| {
                let values = drawn.values(formula, self.times[table]);
                let without = left.as_ref().map_or(Vec::new(), |(o11, r1, c1, less, n)| {
                    Sums { o11, r1, c1, n, less: less.as_deref() }.values(formula, self.times[table])
                });
                let (&estimate, replicates) = values.split_first().unwrap_or((&f64::NAN, &[]));
                summarize(estimate, &mut replicates.to_vec(), &without, interval).fields()
            };
            formulas.iter().map(summed).collect::<Vec<_>>()
        })?;
        let shape = (formulas.len(), Summary::FIELDS, by_table.len());
        Ok(Array3::from_shape_fn(shape, |(measure, field, table)| by_table[table][measure][field]))
    }

    /// # Errors
    /// Margins that are not one for each table.
    fn check(&self) -> Result<()> {
        let n = self.observed.n_terms();
        let inside = |terms: &[u32], columns: Columns<'_>| {
            terms.len() == n && terms.iter().all(|&term| (term as usize) < columns.n_terms())
        };
        let less = self.less.is_none_or(|less| less.n_terms() == self.rows.n_terms());
        if inside(self.row_of, self.rows) && inside(self.column_of, self.columns) && less && self.times.len() == n {
            return Ok(());
        }
        Err(Error::input("margins that do not fit the tables", "two margins for each table"))
    }

    fn sample<'b>(&'b self, columns: Columns<'b>) -> Sample<'b> {
        Sample { columns, documents: self.documents, n_groups: 1, design: self.design }
    }

    // Without one unit each

    /// The sums of a term without each unit.
    fn without(&self, columns: Columns<'_>, term: usize) -> Vec<f64> {
        let n_units = self.design.n_units();
        let total = |(document, count): (u32, u32)| self.documents.factor[document as usize] * f64::from(count);
        let mut sums = vec![columns.cells(term).map(total).sum(); n_units];
        self.documents.subtract(columns.cells(term), Feature::Count, &mut sums, n_units);
        sums
    }

    fn sizes_without(&self) -> Vec<f64> {
        let Documents { unit, factor, n_tokens, .. } = self.documents;
        let size = |document: usize| factor[document] * n_tokens[document];
        let mut sums = vec![(0..unit.len()).map(size).sum(); self.design.n_units()];
        unit.iter().enumerate().for_each(|(document, &unit)| sums[unit as usize] -= size(document));
        sums
    }
}
