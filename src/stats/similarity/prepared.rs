//! Rows and columns laid out for [`super::shared`]: postings of the rarer terms, a dense block of the frequent ones.

use std::ops::Range;

use super::measure::{Facts, Similarity};
use crate::stats::sparse::Sparse;

/// Columns of the dense block are padded to a multiple of this.
pub(super) const LANES: usize = 4;
/// Share of the rows that a frequent term is in. An addition in the dense block costs an eighth of one through a posting.
const FREQUENT: f64 = 0.35;
/// Most values in the dense block, 8 bytes each.
const MOST_DENSE: usize = 1 << 26;
/// Stands for a column that is not in the dense block.
const RARE: u32 = u32::MAX;

/// Which columns are frequent.
pub(super) struct Split {
    /// Place of each column in the dense block, or [`RARE`].
    place: Vec<u32>,
    /// Width of the dense block.
    pub(super) width: usize,
}

impl Split {
    /// The frequent columns of a matrix.
    pub(super) fn new(matrix: &Sparse<'_>, measure: Similarity) -> Self {
        let mut df = vec![0u32; matrix.n_columns()];
        (0..matrix.n_rows()).flat_map(|row| matrix.row(row).0).for_each(|&column| df[column as usize] += 1);
        let (n_rows, least) = (matrix.n_rows(), FREQUENT * matrix.n_rows() as f64);
        let room = if measure.takes_minima() { 0 } else { MOST_DENSE / n_rows.max(1) / LANES * LANES };
        let mut frequent: Vec<usize> = (0..df.len()).filter(|&column| f64::from(df[column]) >= least).collect();
        frequent.sort_by_key(|&column| (std::cmp::Reverse(df[column]), column));
        frequent.truncate(room);
        let mut place = vec![RARE; df.len()];
        frequent.iter().enumerate().for_each(|(at, &column)| place[column] = at as u32);
        Self { place, width: frequent.len().next_multiple_of(LANES) }
    }
}

/// Rows in a given order, cells of zero left out, frequent columns apart.
pub(super) struct Rows {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f64>,
    dense: Vec<f64>,
    width: usize,
    /// What each row contributes alone.
    pub(super) facts: Vec<Facts>,
}

impl Rows {
    /// The given rows of a matrix.
    pub(super) fn new(matrix: &Sparse<'_>, order: &[u32], split: &Split, measure: Similarity) -> Self {
        let mut rows = Self {
            starts: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
            dense: vec![0.0; order.len() * split.width],
            width: split.width,
            facts: Vec::with_capacity(order.len()),
        };
        for (slot, &row) in order.iter().enumerate() {
            let (mut facts, mut frequent) = (Facts::default(), 0.0);
            let (columns, values) = matrix.row(row as usize);
            for (&column, &value) in columns.iter().zip(values).filter(|cell| *cell.1 != 0.0) {
                let value = if measure.is_binary() { 1.0 } else { value };
                facts.count += 1.0;
                facts.sum += value;
                facts.squares += value * value;
                match split.place[column as usize] {
                    RARE => {
                        rows.columns.push(column);
                        rows.values.push(value);
                    }
                    place => {
                        rows.dense[slot * split.width + place as usize] = value;
                        frequent += value * value;
                    }
                }
            }
            facts.frequent = frequent.sqrt();
            rows.facts.push(facts);
            rows.starts.push(rows.columns.len());
        }
        rows
    }

    /// Rarer columns of a row and their values.
    pub(super) fn rare(&self, slot: usize) -> impl Iterator<Item = (u32, f64)> {
        let cells = self.starts[slot]..self.starts[slot + 1];
        self.columns[cells.clone()].iter().copied().zip(self.values[cells].iter().copied())
    }

    /// Frequent columns of a row.
    pub(super) fn frequent(&self, slot: usize) -> &[f64] {
        &self.dense[slot * self.width..(slot + 1) * self.width]
    }
}

/// For each rarer column its rows, ascending.
pub(super) struct Postings {
    starts: Vec<usize>,
    slots: Vec<u32>,
    values: Vec<f64>,
}

impl Postings {
    /// The postings of rows.
    pub(super) fn new(rows: &Rows, n_columns: usize) -> Self {
        let mut starts = vec![0; n_columns + 1];
        rows.columns.iter().for_each(|&column| starts[column as usize + 1] += 1);
        (0..n_columns).for_each(|column| starts[column + 1] += starts[column]);
        let mut next = starts.clone();
        let (mut slots, mut values) = (vec![0; rows.columns.len()], vec![0.0; rows.columns.len()]);
        for slot in 0..rows.facts.len() {
            for (column, value) in rows.rare(slot) {
                let at = &mut next[column as usize];
                (slots[*at], values[*at]) = (slot as u32, value);
                *at += 1;
            }
        }
        Self { starts, slots, values }
    }

    /// Where the postings of each column start, and the end.
    pub(super) fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// Postings of a column within a range of slots; `cursor` is where those of an earlier range started.
    pub(super) fn within(&self, column: u32, range: &Range<usize>, cursor: &mut usize) -> (&[u32], &[f64]) {
        let end = self.starts[column as usize + 1];
        while *cursor < end && (self.slots[*cursor] as usize) < range.start {
            *cursor += 1;
        }
        let slots = &self.slots[*cursor..end];
        let n = match slots.last() {
            Some(&last) if last as usize >= range.end => galloped(slots, range.end),
            _ => slots.len(),
        };
        (&slots[..n], &self.values[*cursor..*cursor + n])
    }
}

/// Number of slots below a bound, looked for near the start first.
fn galloped(slots: &[u32], bound: usize) -> usize {
    let mut reach = 1;
    while reach < slots.len() && (slots[reach] as usize) < bound {
        reach *= 2;
    }
    let (start, end) = (reach / 2, slots.len().min(reach + 1));
    start + slots[start..end].partition_point(|&slot| (slot as usize) < bound)
}
