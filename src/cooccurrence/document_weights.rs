//! Co-occurrence of documents that count with weights: integers of each class of equal weight, then their weighted sum.
//!
//! Documents of equal weight are counted together, by the kernels for integers. A cell, a margin or a total is the sum of
//! weight times count over the classes, by ascending weight: the same bits for any number of threads and any order of the
//! documents, and exact but for the rounding of each of these few steps. Classes of weight zero are not counted at all.
//! The columns are those of the unweighted corpus. Time: each class costs one look at every type besides its own tokens.

use super::accumulator::Accumulator;
use super::config::Config;
use super::ranking::Ranking;
use super::rows::{RowChunk, assemble};
use super::{Amount, Amounts, Cells, Cooccurrence, Tuning, kernels};
use crate::corpus::tokens::Tokens;
use crate::corpus::weight_classes::classes;
use crate::counts::csr::Csr;
use crate::error::Result;
use crate::parallel::{Workers, ranges_by_weight};

/// Tables that wait to be added; each holds the borders of all its rows.
const MOST_WAITING: usize = 256;

/// Cells that may wait whatever the size of the sum, 8 bytes each.
const ROOM: usize = 1 << 24;

/// Cells that a thread adds at a time.
const CHUNK_CELLS: u64 = 1 << 18;

/// Counts documents with weights, for a valid configuration.
pub(super) fn count(tokens: &Tokens, doc_weights: &[f64], config: &Config, workers: &Workers) -> Result<Cooccurrence> {
    let classes = classes(doc_weights, tokens.n_docs())?;
    // Of the whole corpus: it decides the columns, and says what was printed.
    let terms = Ranking::new(tokens, config, None, workers)?.terms;
    let work = |docs: &[u32]| docs.iter().map(|&doc| tokens.doc_range(doc as usize).len() as u64 + 1).sum();
    workers.signal().begin(classes.iter().map(|(_, docs)| work(docs)).sum());
    let nothing = tokens.gather(&[])?;
    let count = |part: &Tokens| kernels::count(part, config, Tuning::STANDARD, Some(&terms), workers);
    let empty = workers.signal().part(|| count(&nothing))?;
    let mut sum = WeightedSum { total: in_weights(empty), waiting: Vec::new(), n_waiting: 0 };
    for (weight, docs) in classes {
        let part = tokens.gather(&docs)?;
        let table = workers.signal().part(|| count(&part))?;
        sum.add(weight, table, workers)?;
        workers.signal().advance(work(&docs));
    }
    sum.add_waiting(workers)?;
    Ok(sum.total)
}

/// The sum so far, and tables whose cells are not in it yet.
struct WeightedSum {
    total: Cooccurrence,
    waiting: Vec<(f64, Cells)>,
    n_waiting: usize,
}

impl WeightedSum {
    /// Adds the table of one class.
    fn add(&mut self, weight: f64, table: Cooccurrence, workers: &Workers) -> Result<()> {
        self.total.add_totals(weight, &table);
        self.n_waiting += table.cells.nnz();
        self.waiting.push((weight, table.cells));
        // At most as many as the sum has, so that each cell is moved only a few times.
        if self.n_waiting > self.total.cells.nnz().max(ROOM) || self.waiting.len() == MOST_WAITING {
            self.add_waiting(workers)?;
        }
        Ok(())
    }

    /// Adds the cells that wait, row by row in the order of the classes.
    fn add_waiting(&mut self, workers: &Workers) -> Result<()> {
        let mut parts = vec![(1.0, &self.total.cells)];
        parts.extend(self.waiting.iter().map(|(weight, cells)| (*weight, cells)));
        let (n_rows, n_columns) = (self.total.row_terms().len(), self.total.terms.len());
        self.total.cells = Cells::Weights(sum_of(&parts, n_rows, n_columns, workers)?);
        self.waiting.clear();
        self.n_waiting = 0;
        Ok(())
    }
}

/// The sum of weight times cell over some tables, in their order.
fn sum_of(parts: &[(f64, &Cells)], n_rows: usize, n_columns: usize, workers: &Workers) -> Result<Csr<f64>> {
    let n_cells = |row: usize| parts.iter().map(|(_, cells)| cells.row_range(row).len()).sum::<usize>();
    let chunks = ranges_by_weight(n_rows, |row| n_cells(row) as u64 + 1, CHUNK_CELLS);
    let mut states: Vec<Option<Accumulator<f64>>> =
        (0..workers.n_threads().min(chunks.len()).max(1)).map(|_| None).collect();
    let chunks = workers.map_with(&mut states, chunks, |sums, rows| {
        let sums = sums.get_or_insert_with(|| Accumulator::new(n_columns));
        let mut chunk = RowChunk { lengths: Vec::with_capacity(rows.len()), cells: Vec::new() };
        for row in rows {
            let before = chunk.cells.len();
            for (weight, cells) in parts {
                cells.row_range(row).for_each(|cell| sums.add(cells.indices()[cell], weight * cells.value(cell)));
            }
            sums.drain_sorted(n_columns as u32, |column, sum| chunk.cells.push((column, sum)));
            chunk.lengths.push((chunk.cells.len() - before) as u32);
        }
        Ok(chunk)
    })?;
    assemble(chunks, n_columns, workers)
}

impl Cooccurrence {
    /// Adds all of a table but its cells, with a weight. Numbers of what was printed stay unweighted.
    fn add_totals(&mut self, weight: f64, table: &Self) {
        for (sums, amounts) in [
            (&mut self.row_margins, &table.row_margins),
            (&mut self.column_margins, &table.column_margins),
            (&mut self.frequencies, &table.frequencies),
            (&mut self.row_frequencies, &table.row_frequencies),
        ] {
            if let Amounts::Weights(sums) = sums {
                sums.iter_mut().enumerate().for_each(|(i, sum)| *sum += weight * amounts.get(i));
            }
        }
        for (sum, amount) in [(&mut self.n, table.n), (&mut self.n_pairs, table.n_pairs)] {
            *sum = Amount::Weight(sum.value() + weight * amount.value());
        }
        self.n_tokens += table.n_tokens;
        self.n_units += table.n_units;
    }
}

/// A table without a pair, with sums of weights instead of counts.
fn in_weights(empty: Cooccurrence) -> Cooccurrence {
    let (n_rows, n_columns) = (empty.row_terms().len(), empty.terms.len());
    let zeros = |n| Amounts::Weights(vec![0.0; n]);
    Cooccurrence {
        cells: Cells::Weights(Csr::empty(n_rows, n_columns)),
        row_margins: zeros(n_rows),
        column_margins: zeros(n_columns),
        n: Amount::Weight(0.0),
        n_pairs: Amount::Weight(0.0),
        frequencies: zeros(n_columns),
        row_frequencies: zeros(n_rows),
        ..empty
    }
}
