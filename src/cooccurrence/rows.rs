//! Rows counted in parallel, in chunks that come back in order.
//!
//! A [`RowCounter`] knows how to count one row; [`count_rows`] cuts the rows into chunks of about equal work, decided by the
//! counts alone, and [`assemble`] joins them into one matrix. Rows are independent, so nothing depends on the threads.

use std::ops::Range;

use super::window::Span;
use crate::counts::csr::Csr;
use crate::error::Result;
use crate::large::{reserve, zeros};
use crate::parallel::{Signal, Workers, ranges_by_weight};

/// Counts rows one at a time.
pub(super) trait RowCounter: Sync {
    /// What a cell holds.
    type Cell: Copy + Default + Send + Sync;
    /// Room of one thread for counting a row.
    type Scratch: Send;

    /// Room for one thread.
    fn scratch(&self) -> Self::Scratch;

    /// The rows.
    fn span(&self) -> &Span<'_>;

    /// About how many steps a row takes.
    fn work(&self, row: usize) -> u64 {
        self.span().work(row)
    }

    /// Appends the cells of a row. Looks at the signal every few thousand steps.
    fn count(
        &self,
        row: usize,
        scratch: &mut Self::Scratch,
        signal: &Signal,
        cells: &mut Vec<(u32, Self::Cell)>,
    ) -> Result<()>;
}

/// Consecutive rows as lists of (column, value).
pub(super) struct RowChunk<V> {
    /// Number of cells of each row.
    pub(super) lengths: Vec<u32>,
    /// The cells, row after row.
    pub(super) cells: Vec<(u32, V)>,
}

/// Steps of work in all rows.
pub(super) fn total_work<C: RowCounter>(counter: &C) -> u64 {
    (0..counter.span().n_rows()).map(|row| counter.work(row)).sum()
}

/// All rows, in chunks of about `chunk_work` steps, in their order.
pub(super) fn count_rows<C: RowCounter>(
    counter: &C,
    chunk_work: u64,
    workers: &Workers,
) -> Result<Vec<RowChunk<C::Cell>>> {
    let chunks = ranges_by_weight(counter.span().n_rows(), |row| counter.work(row) + 64, chunk_work);
    let n_states = workers.n_threads().min(chunks.len().max(1));
    let mut states: Vec<Option<C::Scratch>> = (0..n_states).map(|_| None).collect();
    workers.map_with(&mut states, chunks, |state, rows: Range<usize>| {
        let scratch = state.get_or_insert_with(|| counter.scratch());
        let mut chunk = RowChunk { lengths: Vec::with_capacity(rows.len()), cells: Vec::new() };
        // Room that is not written costs nothing and goes back below.
        let room = |row| counter.work(row).min(u64::from(counter.span().limit(row)) + 1);
        reserve(&mut chunk.cells, rows.clone().map(room).sum::<u64>() as usize);
        let mut work = 0;
        for row in rows {
            let before = chunk.cells.len();
            counter.count(row, scratch, workers.signal(), &mut chunk.cells)?;
            chunk.lengths.push((chunk.cells.len() - before) as u32);
            work += counter.work(row);
        }
        chunk.cells.shrink_to_fit();
        workers.signal().advance(work);
        Ok(chunk)
    })
}

/// One matrix of chunks whose rows have ascending columns.
pub(super) fn assemble<V>(chunks: Vec<RowChunk<V>>, n_columns: usize, workers: &Workers) -> Result<Csr<V>>
where
    V: Copy + Default + Send + Sync,
{
    let mut indptr = vec![0];
    let mut n_cells = 0;
    for length in chunks.iter().flat_map(|chunk| &chunk.lengths) {
        n_cells += u64::from(*length);
        indptr.push(n_cells);
    }
    let (mut indices, mut data) = (zeros(n_cells as usize), zeros(n_cells as usize));
    let (mut rest_indices, mut rest_data) = (&mut indices[..], &mut data[..]);
    let mut items = Vec::with_capacity(chunks.len());
    for chunk in chunks {
        let (head_indices, tail) = rest_indices.split_at_mut(chunk.cells.len());
        rest_indices = tail;
        let (head_data, tail) = rest_data.split_at_mut(chunk.cells.len());
        rest_data = tail;
        items.push((chunk, head_indices, head_data));
    }
    workers.map(items, |(chunk, indices, data)| {
        for ((&(column, value), index), datum) in chunk.cells.iter().zip(indices).zip(data) {
            (*index, *datum) = (column, value);
        }
        Ok(())
    })?;
    Ok(Csr { n_columns, indptr, indices, data })
}
