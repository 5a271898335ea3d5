//! Some rows or columns of a matrix, in any order.
//!
//! Cells are counted first and then written into exactly sized arrays, chunks of rows in parallel.

use std::ops::Range;

use crate::corpus::tokens::GAP;
use crate::counts::csr::Csr;
use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Cells a worker takes at a time.
const CHUNK: u64 = 1 << 16;

/// The matrix of the given columns, in the given order; trimming with [`crate::counts::trim::Trim::columns`] ends here.
///
/// # Errors
/// A column that does not exist or is asked for twice.
pub fn columns<V: Copy + Default + Send + Sync>(matrix: &Csr<V>, keep: &[u32], workers: &Workers) -> Result<Csr<V>> {
    let mut column_of = vec![GAP; matrix.n_columns];
    for (new, &old) in keep.iter().enumerate() {
        let allowed = || format!("distinct columns below {}", matrix.n_columns);
        match column_of.get_mut(old as usize) {
            Some(place) if *place == GAP => *place = new as u32,
            _ => return Err(Error::parameter("columns", old, allowed())),
        }
    }
    let in_order = keep.is_sorted();
    let chunks = chunks(matrix.n_rows(), |row| matrix.row(row).0.len());
    let kept = |row: usize| matrix.row(row).0.iter().filter(|&&column| column_of[column as usize] != GAP).count();
    let write = |row: usize, indices: &mut [u32], data: &mut [V]| {
        let (columns, values) = matrix.row(row);
        let cells = columns.iter().map(|&column| column_of[column as usize]).zip(values.iter().copied());
        let cells = cells.filter(|cell| cell.0 != GAP);
        if in_order {
            put(cells, indices, data);
        } else {
            let mut cells: Vec<(u32, V)> = cells.collect();
            cells.sort_unstable_by_key(|cell| cell.0);
            put(cells.into_iter(), indices, data);
        }
    };
    build(keep.len(), &chunks, kept, write, workers)
}

/// The matrix of the given rows, in the given order; a row may be asked for several times.
///
/// # Errors
/// A row that does not exist.
pub fn rows<V: Copy + Default + Send + Sync>(matrix: &Csr<V>, keep: &[usize], workers: &Workers) -> Result<Csr<V>> {
    if let Some(row) = keep.iter().find(|&&row| row >= matrix.n_rows()) {
        return Err(Error::parameter("rows", row, format!("rows below {}", matrix.n_rows())));
    }
    let length = |new: usize| matrix.row(keep[new]).0.len();
    let write = |new: usize, indices: &mut [u32], data: &mut [V]| {
        let (columns, values) = matrix.row(keep[new]);
        indices.copy_from_slice(columns);
        data.copy_from_slice(values);
    };
    build(matrix.n_columns, &chunks(keep.len(), length), length, write, workers)
}

fn chunks(n_rows: usize, length: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    ranges_by_weight(n_rows, |row| length(row) as u64 + 1, CHUNK)
}

fn put<V>(cells: impl Iterator<Item = (u32, V)>, indices: &mut [u32], data: &mut [V]) {
    for ((index, value), cell) in indices.iter_mut().zip(data).zip(cells) {
        (*index, *value) = cell;
    }
}

fn build<V: Copy + Default + Send + Sync>(
    n_columns: usize,
    chunks: &[Range<usize>],
    length: impl Fn(usize) -> usize + Sync,
    write: impl Fn(usize, &mut [u32], &mut [V]) + Sync,
    workers: &Workers,
) -> Result<Csr<V>> {
    let lengths = workers.map(chunks.to_vec(), |rows| Ok(rows.map(&length).collect::<Vec<usize>>()))?;
    let sizes: Vec<usize> = lengths.iter().map(|lengths| lengths.iter().sum()).collect();
    let mut indptr = vec![0u64];
    for length in lengths.iter().flatten() {
        indptr.push(indptr[indptr.len() - 1] + *length as u64);
    }
    let nnz = sizes.iter().sum();
    let (mut indices, mut data) = (vec![0; nnz], vec![V::default(); nnz]);
    let indices_of = disjoint::pieces(&mut indices, sizes.iter().copied());
    let data_of = disjoint::pieces(&mut data, sizes.iter().copied());
    let items = chunks.iter().cloned().zip(lengths).zip(indices_of.into_iter().zip(data_of)).collect();
    workers.map(items, |((rows, lengths), (indices, data))| {
        let rows_indices = disjoint::pieces(indices, lengths.iter().copied());
        let rows_data = disjoint::pieces(data, lengths.iter().copied());
        rows.zip(rows_indices.into_iter().zip(rows_data)).for_each(|(row, (indices, data))| write(row, indices, data));
        Ok(())
    })?;
    Ok(Csr { n_columns, indptr, indices, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix() -> Csr<u32> {
        // 5 0 6 / 0 0 0 / 0 7 8
        Csr { n_columns: 3, indptr: vec![0, 2, 2, 4], indices: vec![0, 2, 1, 2], data: vec![5, 6, 7, 8] }
    }

    #[test]
    fn columns_come_in_the_order_asked_for() {
        let workers = Workers::serial();
        let selected = columns(&matrix(), &[2, 0], &workers).unwrap();
        let expected = Csr { n_columns: 2, indptr: vec![0, 2, 2, 3], indices: vec![0, 1, 0], data: vec![6, 5, 8] };
        assert_eq!(selected, expected);
        assert_eq!(columns(&matrix(), &[], &workers).unwrap(), Csr::empty(3, 0));
        let error = columns(&matrix(), &[1, 1], &workers).unwrap_err();
        assert_eq!(error.to_string(), "columns must be distinct columns below 3, got 1");
        assert!(columns(&matrix(), &[3], &workers).is_err());
    }

    #[test]
    fn rows_may_repeat() {
        let selected = rows(&matrix(), &[2, 1, 2], &Workers::serial()).unwrap();
        let expected =
            Csr { n_columns: 3, indptr: vec![0, 2, 2, 4], indices: vec![1, 2, 1, 2], data: vec![7, 8, 7, 8] };
        assert_eq!(selected, expected);
        let error = rows(&matrix(), &[3], &Workers::serial()).unwrap_err();
        assert_eq!(error.to_string(), "rows must be rows below 3, got 3");
    }
}
