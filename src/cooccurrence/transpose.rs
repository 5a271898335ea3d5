//! From rows of rarer terms to the upper triangle, columns ascending.
//!
//! The kernels count each pair in the row of its rarer term, that is in the lower triangle. Groups of chunks count their
//! cells per column, a prefix sum over groups gives each its places, then every group writes its cells there. Rows are written in
//! ascending order, so columns of the result ascend whatever the order within a row. Room: 4 bytes per group and column.

use std::ops::Range;

use super::rows::RowChunk;
use super::scatter::Scatter;
use crate::counts::csr::Csr;
use crate::error::Result;
use crate::large::zeros;
use crate::parallel::{Workers, ranges_by_weight};

/// Cells between two looks at the signal, at least.
const CHECK_EVERY: usize = 1 << 16;

/// The first rows of the upper triangle up to their own width, counted elsewhere.
pub(super) struct Head<V> {
    /// Cells of each of the first rows, columns ascending and below the number of these rows.
    pub(super) rows: Vec<Vec<(u32, V)>>,
}

/// The upper triangle: `head`, and the transpose of chunks whose rows start where the head ends.
pub(super) fn upper_triangle<V: Scatter>(
    head: &Head<V>,
    chunks: &[RowChunk<V>],
    n_columns: usize,
    workers: &Workers,
) -> Result<Csr<V>> {
    let n_cells: u64 = chunks.iter().map(|chunk| chunk.cells.len() as u64).sum();
    // A few groups for each thread, fewer if their counts would outgrow the cells.
    let n_groups = if workers.n_threads() == 1 { 1 } else { 4 * workers.n_threads() };
    let n_groups = n_groups.min(1 + n_cells as usize / (4 * (n_columns + 1))) as u64;
    let groups = ranges_by_weight(chunks.len(), |i| chunks[i].cells.len() as u64, n_cells.div_ceil(n_groups).max(1));
    let counts = workers.map(groups.clone(), |group| column_counts(&chunks[group], n_columns, workers))?;
    let (indptr, cursors) = places(head, counts, n_columns);
    let n_cells = indptr[n_columns] as usize;
    let (mut indices, mut data) = (zeros(n_cells), zeros(n_cells));
    for (row, cells) in head.rows.iter().enumerate() {
        let start = indptr[row] as usize;
        for (i, &(column, value)) in cells.iter().enumerate() {
            (indices[start + i], data[start + i]) = (column, value);
        }
    }
    let first_rows = first_rows(head.rows.len(), chunks);
    let (shared_indices, shared_data) = (u32::share(&mut indices), V::share(&mut data));
    let items: Vec<(Range<usize>, Vec<u64>)> = groups.into_iter().zip(cursors).collect();
    workers.map(items, |(group, mut cursors)| {
        for i in group {
            workers.signal().check()?;
            scatter(&chunks[i], first_rows[i], &mut cursors, shared_indices, shared_data);
        }
        Ok(())
    })?;
    Ok(Csr { n_columns, indptr, indices, data })
}

/// Number of cells of each column.
fn column_counts<V: Copy>(chunks: &[RowChunk<V>], n_columns: usize, workers: &Workers) -> Result<Vec<u32>> {
    let mut counts = vec![0; n_columns];
    for chunk in chunks {
        for cells in chunk.cells.chunks(CHECK_EVERY) {
            workers.signal().check()?;
            cells.iter().for_each(|&(column, _)| counts[column as usize] += 1);
        }
    }
    Ok(counts)
}

/// Where each row of the result starts, and where each group writes its first cell of each row.
fn places<V>(head: &Head<V>, counts: Vec<Vec<u32>>, n_columns: usize) -> (Vec<u64>, Vec<Vec<u64>>) {
    let mut cursors: Vec<Vec<u64>> = counts.iter().map(|_| vec![0; n_columns]).collect();
    let mut indptr = vec![0; n_columns + 1];
    let mut next = 0;
    for column in 0..n_columns {
        indptr[column] = next;
        next += head.rows.get(column).map_or(0, |cells| cells.len() as u64);
        for (cursors, counts) in cursors.iter_mut().zip(&counts) {
            cursors[column] = next;
            next += u64::from(counts[column]);
        }
    }
    indptr[n_columns] = next;
    (indptr, cursors)
}

/// First row of each chunk.
fn first_rows<V>(first: usize, chunks: &[RowChunk<V>]) -> Vec<usize> {
    let rows = chunks.iter().scan(first, |next, chunk| {
        let row = *next;
        *next += chunk.lengths.len();
        Some(row)
    });
    rows.collect()
}

/// Writes the cells of one chunk to their places.
fn scatter<V: Scatter>(
    chunk: &RowChunk<V>,
    first_row: usize,
    cursors: &mut [u64],
    indices: &[std::sync::atomic::AtomicU32],
    data: &[V::Shared],
) {
    let mut cells = &chunk.cells[..];
    for (row, &length) in chunk.lengths.iter().enumerate() {
        let (own, rest) = cells.split_at(length as usize);
        cells = rest;
        for &(column, value) in own {
            let place = cursors[column as usize] as usize;
            cursors[column as usize] += 1;
            ((first_row + row) as u32).put(&indices[place]);
            value.put(&data[place]);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn lower_rows_become_upper_rows_behind_the_head() {
        let head = Head { rows: vec![vec![(0, 9u32), (1, 8)], vec![]] };
        let chunks = [
            RowChunk { lengths: vec![3, 0], cells: vec![(2, 1), (0, 2), (1, 3)] },
            RowChunk { lengths: vec![2], cells: vec![(4, 5), (0, 4)] },
        ];
        for n_threads in [1, 2, 3] {
            let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
            let upper = upper_triangle(&head, &chunks, 5, &workers).unwrap();
            assert_eq!(upper.indptr, [0, 4, 5, 6, 6, 7]);
            assert_eq!(upper.indices, [0, 1, 2, 4, 2, 2, 4]);
            assert_eq!(upper.data, [9, 8, 2, 4, 3, 1, 5]);
        }
    }
}
