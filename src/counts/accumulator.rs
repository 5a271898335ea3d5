//! One row of counts, gathered in any order and written with ascending columns.
//!
//! Counts live in an array over all columns; columns met for the first time are listed. A long list is ordered by marking
//! its columns in a bitmap and walking that, a short one by sorting, so a short row never costs a walk over all columns.
//! Room: 4 bytes and 1 bit for each column.

/// Counts of one row at a time; empty between rows.
#[derive(Clone, Debug)]
pub(crate) struct Accumulator {
    counts: Vec<u32>,
    marks: Vec<u64>,
    /// The distinct columns so far are `listed[..n_listed]`; the slot behind them is scratch.
    listed: Vec<u32>,
    n_listed: usize,
}

/// Sorting one column costs about as much as looking at so many words of the bitmap.
const WORDS_PER_SORTED: usize = 16;

impl Accumulator {
    /// An empty row of so many columns.
    pub fn new(n_columns: usize) -> Self {
        Self { counts: vec![0; n_columns], marks: vec![0; n_columns.div_ceil(64)], listed: vec![0], n_listed: 0 }
    }

    /// Makes room for `n` more calls of [`Accumulator::add`].
    pub fn reserve(&mut self, n: usize) {
        let needed = (self.n_listed + n).min(self.counts.len()) + 1;
        if self.listed.len() < needed {
            self.listed.resize(needed, 0);
        }
    }

    /// Adds to a column.
    #[inline]
    pub fn add(&mut self, column: u32, amount: u32) {
        let count = &mut self.counts[column as usize];
        // Always written, kept only if new: a branch would be mispredicted for every third token of a text.
        self.listed[self.n_listed] = column;
        self.n_listed += usize::from(*count == 0);
        *count += amount;
    }

    /// Number of distinct columns so far.
    pub fn len(&self) -> usize {
        self.n_listed
    }

    /// Writes the row, [`Accumulator::len`] cells with ascending columns, and forgets it.
    pub fn write(&mut self, indices: &mut [u32], data: &mut [u32]) {
        let listed = &mut self.listed[..self.n_listed];
        if listed.len() * WORDS_PER_SORTED < self.marks.len() {
            listed.sort_unstable();
            indices.copy_from_slice(listed);
        } else {
            listed.iter().for_each(|&column| self.marks[column as usize / 64] |= 1 << (column % 64));
            walk(&mut self.marks, indices);
        }
        for (value, &column) in data.iter_mut().zip(&*indices) {
            *value = std::mem::take(&mut self.counts[column as usize]);
        }
        self.n_listed = 0;
    }
}

/// Writes the positions of all set bits and unsets them.
fn walk(marks: &mut [u64], indices: &mut [u32]) {
    let mut n = 0;
    for (i, word) in marks.iter_mut().enumerate() {
        let mut bits = std::mem::take(word);
        while bits != 0 {
            indices[n] = i as u32 * 64 + bits.trailing_zeros();
            bits &= bits - 1;
            n += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_rows_come_out_ordered_and_leave_nothing_behind() {
        let mut row = Accumulator::new(5000);
        for columns in [vec![4999, 0, 4999], vec![], (0..3000).rev().map(|i| i % 700 * 7).collect::<Vec<u32>>()] {
            let mut expected = std::collections::BTreeMap::new();
            row.reserve(columns.len());
            for &column in &columns {
                row.add(column, 2);
                *expected.entry(column).or_insert(0) += 2;
            }
            let (mut indices, mut data) = (vec![0; row.len()], vec![0; row.len()]);
            row.write(&mut indices, &mut data);
            assert!(indices.into_iter().zip(data).eq(expected));
        }
    }
}
