//! The transpose of a matrix: its columns as rows.
//!
//! Ranges of columns are gathered in parallel, each from all rows in order, so that every range writes its own part of the
//! result. A part fits the nearer caches, and a thread remembers how far it came in each row: looking for the place anew in
//! every row and range took most of the time.

use std::ops::Range;

use crate::counts::csr::Csr;
use crate::disjoint;
use crate::error::{Error, Result};
use crate::large;
use crate::parallel::{Workers, ranges_by_weight};

/// Fewest cells of a range of columns; their new places lie in about a megabyte.
const CELLS: u64 = 1 << 17;
/// Most ranges of columns; more would look at every row more often.
const N_RANGES: u64 = 64;
/// Rows gathered between two looks at the wish to stop.
const ROWS: usize = 1 << 14;

/// The matrix whose rows are the columns of `matrix`.
///
/// # Errors
/// More than 2^32 rows, [`crate::ErrorKind::Cancelled`].
pub fn transpose<V: Copy + Default + Send + Sync>(matrix: &Csr<V>, workers: &Workers) -> Result<Csr<V>> {
    transpose_by(matrix, CELLS, workers)
}

fn transpose_by<V: Copy + Default + Send + Sync>(matrix: &Csr<V>, cells: u64, workers: &Workers) -> Result<Csr<V>> {
    let n_rows = matrix.n_rows() as u64;
    if n_rows > u64::from(u32::MAX) {
        return Err(Error::too_large("number of rows", n_rows, u32::MAX.into()));
    }
    let indptr = starts(matrix, workers)?;
    let weight = |column: usize| indptr[column + 1] - indptr[column];
    let ranges = ranges_by_weight(matrix.n_columns, weight, cells.max(matrix.nnz() as u64 / N_RANGES).max(1));
    let (mut indices, mut data) = (large::zeros(matrix.nnz()), large::zeros(matrix.nnz()));
    let sizes = || ranges.iter().map(|columns| (indptr[columns.end] - indptr[columns.start]) as usize);
    let parts = disjoint::pieces(&mut indices, sizes()).into_iter().zip(disjoint::pieces(&mut data, sizes()));
    // How far each thread came in each row; it takes ranges in increasing order.
    let mut cursors = vec![matrix.indptr.clone(); workers.n_threads().min(ranges.len()).max(1)];
    workers.map_with(&mut cursors, ranges.iter().cloned().zip(parts).collect(), |cursors, (columns, part)| {
        let start = indptr[columns.start];
        let next = indptr[columns.clone()].iter().map(|&at| (at - start) as usize).collect();
        let mut gathering = Gathering { columns, next, indices: part.0, data: part.1 };
        for rows in disjoint::ranges(matrix.n_rows(), ROWS) {
            workers.signal().check()?;
            rows.for_each(|row| gathering.row(matrix, row, &mut cursors[row]));
        }
        Ok(())
    })?;
    Ok(Csr { n_columns: matrix.n_rows(), indptr, indices, data })
}

/// Where each column starts among all cells sorted by column; one entry more than columns.
fn starts<V: Sync>(matrix: &Csr<V>, workers: &Workers) -> Result<Vec<u64>> {
    let pieces = disjoint::ranges(matrix.nnz(), matrix.nnz().div_ceil(workers.n_threads()).max(CELLS as usize));
    let counts = workers.map(pieces, |cells| {
        let mut counts = vec![0u64; matrix.n_columns];
        matrix.indices[cells].iter().for_each(|&column| counts[column as usize] += 1);
        Ok(counts)
    })?;
    let mut starts = Vec::with_capacity(matrix.n_columns + 1);
    starts.push(0);
    let mut end = 0;
    starts.extend((0..matrix.n_columns).map(|column| {
        end += counts.iter().map(|counts| counts[column]).sum::<u64>();
        end
    }));
    Ok(starts)
}

/// A range of columns on its way into the result.
struct Gathering<'a, V> {
    columns: Range<usize>,
    /// Where the next cell of each column goes.
    next: Vec<usize>,
    indices: &'a mut [u32],
    data: &'a mut [V],
}

impl<V: Copy> Gathering<'_, V> {
    /// Takes the cells of a row that lie in the range; `cursor` is at or before the first of them, and behind the last
    /// afterwards.
    fn row(&mut self, matrix: &Csr<V>, row: usize, cursor: &mut u64) {
        let cells = *cursor as usize..matrix.indptr[row + 1] as usize;
        let before = n_below(&matrix.indices[cells.clone()], self.columns.start as u32);
        let cells = cells.start + before..cells.end;
        let mut taken = 0;
        for (&column, &value) in matrix.indices[cells.clone()].iter().zip(&matrix.data[cells.clone()]) {
            if column as usize >= self.columns.end {
                break;
            }
            let at = &mut self.next[column as usize - self.columns.start];
            (self.indices[*at], self.data[*at]) = (row as u32, value);
            *at += 1;
            taken += 1;
        }
        *cursor = (cells.start + taken) as u64;
    }
}

/// Number of leading values below a limit in ascending values, usually few.
fn n_below(values: &[u32], limit: u32) -> usize {
    let mut most = 1;
    while values.get(most - 1).is_some_and(|&value| value < limit) {
        most *= 2;
    }
    let least = most / 2;
    least + values[least..values.len().min(most)].partition_point(|&value| value < limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_rows_and_twice_is_the_same() {
        let matrix = Csr { n_columns: 4, indptr: vec![0, 2, 2, 4], indices: vec![0, 2, 1, 2], data: vec![5, 6, 7, 8] };
        let transposed = transpose(&matrix, &Workers::serial()).unwrap();
        let expected =
            Csr { n_columns: 3, indptr: vec![0, 1, 2, 4, 4], indices: vec![0, 2, 0, 2], data: vec![5, 7, 6, 8] };
        assert_eq!(transposed, expected);
        assert_eq!(transpose(&transposed, &Workers::serial()).unwrap(), matrix);
        assert_eq!(transpose(&Csr::<u32>::empty(0, 0), &Workers::serial()).unwrap(), Csr::empty(0, 0));
    }

    #[test]
    fn any_ranges_and_threads_give_the_same() {
        let (n_rows, n_columns) = (70, 90);
        let (mut indptr, mut indices) = (vec![0], Vec::new());
        for row in 0..n_rows as u32 {
            indices.extend((0..n_columns as u32).filter(|column| (row * 31 + column * column) % 7 < row % 5));
            indptr.push(indices.len() as u64);
        }
        let data: Vec<u32> = (0..indices.len() as u32).collect();
        let matrix = Csr { n_columns, indptr, indices, data };
        let whole = transpose(&matrix, &Workers::serial()).unwrap();
        let cells = |matrix: &Csr<u32>| {
            let of_row = |row| {
                let (columns, values) = matrix.row(row);
                columns.iter().zip(values).map(move |(&column, &value)| (row as u32, column, value)).collect::<Vec<_>>()
            };
            (0..matrix.n_rows()).flat_map(of_row).collect::<Vec<_>>()
        };
        let mut turned: Vec<_> = cells(&whole).into_iter().map(|(row, column, value)| (column, row, value)).collect();
        turned.sort_unstable();
        assert_eq!(turned, cells(&matrix));
        for n_threads in [1, 2, 3, 8] {
            let workers = Workers::new(Some(n_threads), Default::default()).unwrap();
            for size in [1, 10, 100] {
                assert_eq!(transpose_by(&matrix, size, &workers).unwrap(), whole, "{n_threads} threads, {size} cells");
            }
        }
    }

    #[test]
    fn places_in_ascending_values_are_found() {
        for n in 0..20 {
            let values: Vec<u32> = (0..n).map(|i| 2 * i).collect();
            for limit in 0..45 {
                assert_eq!(n_below(&values, limit), values.iter().filter(|&&value| value < limit).count());
            }
        }
    }
}
