//! Rows of counts written by several threads into exactly sized arrays.
//!
//! Row lengths are counted first; then every chunk of rows writes into its own part of the arrays. Rows are therefore made
//! twice, and nothing is copied or grown. Each thread has an [`Accumulator`] of its own.

use std::ops::Range;

use crate::counts::accumulator::Accumulator;
use crate::counts::csr::Csr;
use crate::disjoint;
use crate::error::Result;
use crate::large::zeros;
use crate::parallel::Workers;

/// Something that has rows of counts.
pub(crate) trait Rows: Sync {
    /// Number of columns.
    fn n_columns(&self) -> usize;

    /// Number of leading columns that go through the accumulator.
    fn n_accumulated(&self) -> usize;

    /// Number of cells in a row; the accumulator is empty before and after.
    fn length(&self, row: usize, accumulator: &mut Accumulator) -> usize;

    /// Writes the cells of a row, columns ascending; the accumulator is empty before and after.
    fn write(&self, row: usize, accumulator: &mut Accumulator, indices: &mut [u32], data: &mut [u32]);

    /// Work done with so many rows, in the unit of the progress.
    fn work(&self, rows: &Range<usize>) -> u64;
}

/// The matrix of all rows, which the given ranges must cover in order.
pub(crate) fn build(source: &impl Rows, chunks: &[Range<usize>], workers: &Workers) -> Result<Csr<u32>> {
    let n_rows = chunks.last().map_or(0, |chunk| chunk.end);
    let n_states = workers.n_threads().min(chunks.len()).max(1);
    let mut accumulators = vec![Accumulator::new(source.n_accumulated()); n_states];
    let lengths = workers.map_with(&mut accumulators, chunks.to_vec(), |accumulator, chunk| {
        let lengths = chunk.clone().map(|row| source.length(row, accumulator)).collect::<Vec<usize>>();
        workers.signal().advance(source.work(&chunk));
        Ok(lengths)
    })?;
    let mut indptr = vec![0; n_rows + 1];
    for (row, length) in lengths.into_iter().flatten().enumerate() {
        indptr[row + 1] = indptr[row] + length as u64;
    }
    let nnz = indptr[n_rows] as usize;
    let (mut indices, mut data) = (zeros(nnz), zeros(nnz));
    let sizes = || chunks.iter().map(|chunk| (indptr[chunk.end] - indptr[chunk.start]) as usize);
    let parts = disjoint::pieces(&mut indices, sizes()).into_iter().zip(disjoint::pieces(&mut data, sizes()));
    workers.map_with(
        &mut accumulators,
        chunks.iter().cloned().zip(parts).collect(),
        |accumulator, (chunk, part)| {
            let (indices, data) = part;
            let start = indptr[chunk.start];
            for row in chunk.clone() {
                let cells = (indptr[row] - start) as usize..(indptr[row + 1] - start) as usize;
                source.write(row, accumulator, &mut indices[cells.clone()], &mut data[cells]);
            }
            workers.signal().advance(source.work(&chunk));
            Ok(())
        },
    )?;
    Ok(Csr { n_columns: source.n_columns(), indptr, indices, data })
}
