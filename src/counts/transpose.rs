//! The transpose of a matrix: its columns as rows.
//!
//! Ranges of columns with about equally many cells are gathered in parallel, each from all rows in order, so that every
//! range writes its own part of the result.

use std::ops::Range;

use crate::counts::csr::Csr;
use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Ranges of columns; more would look at every row more often.
const N_RANGES: u64 = 32;
/// Rows gathered between two looks at the wish to stop.
const ROWS: usize = 1 << 14;

/// The matrix whose rows are the columns of `matrix`.
///
/// # Errors
/// More than 2^32 rows, [`crate::ErrorKind::Cancelled`].
pub fn transpose<V: Copy + Default + Send + Sync>(matrix: &Csr<V>, workers: &Workers) -> Result<Csr<V>> {
    let n_rows = matrix.n_rows() as u64;
    if n_rows > u64::from(u32::MAX) {
        return Err(Error::too_large("number of rows", n_rows, u32::MAX.into()));
    }
    let mut indptr = vec![0u64; matrix.n_columns + 1];
    matrix.indices.iter().for_each(|&column| indptr[column as usize + 1] += 1);
    (0..matrix.n_columns).for_each(|column| indptr[column + 1] += indptr[column]);
    let weight = |column: usize| indptr[column + 1] - indptr[column];
    let ranges = ranges_by_weight(matrix.n_columns, weight, (matrix.nnz() as u64 / N_RANGES).max(1));
    let (mut indices, mut data) = (vec![0; matrix.nnz()], vec![V::default(); matrix.nnz()]);
    let sizes = || ranges.iter().map(|columns| (indptr[columns.end] - indptr[columns.start]) as usize);
    let parts = disjoint::pieces(&mut indices, sizes()).into_iter().zip(disjoint::pieces(&mut data, sizes()));
    workers.map(ranges.iter().cloned().zip(parts).collect(), |(columns, (indices, data))| {
        let start = indptr[columns.start];
        let mut next: Vec<usize> = indptr[columns.clone()].iter().map(|&at| (at - start) as usize).collect();
        for rows in disjoint::ranges(matrix.n_rows(), ROWS) {
            workers.signal().check()?;
            rows.for_each(|row| gather(matrix, row, &columns, &mut next, indices, data));
        }
        Ok(())
    })?;
    Ok(Csr { n_columns: matrix.n_rows(), indptr, indices, data })
}

fn gather<V: Copy>(
    matrix: &Csr<V>,
    row: usize,
    columns: &Range<usize>,
    next: &mut [usize],
    indices: &mut [u32],
    data: &mut [V],
) {
    let (row_columns, values) = matrix.row(row);
    let from = row_columns.partition_point(|&column| (column as usize) < columns.start);
    for (&column, &value) in row_columns[from..].iter().zip(&values[from..]) {
        if column as usize >= columns.end {
            break;
        }
        let at = &mut next[column as usize - columns.start];
        (indices[*at], data[*at]) = (row as u32, value);
        *at += 1;
    }
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
}
