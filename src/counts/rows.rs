//! Rows of counts, made by several threads and put one behind the other.
//!
//! How many cells a row has is known only when it is made, and making it twice would cost more than copying it once while
//! it is in the cache. The rows therefore go by waves of chunks: workers fill a buffer for each chunk, then all buffers of
//! the wave are appended to the matrix in parallel and used again. Each thread has an [`Accumulator`] of its own.

use std::ops::Range;

use crate::counts::accumulator::Accumulator;
use crate::counts::csr::Csr;
use crate::error::Result;
use crate::large;
use crate::parallel::Workers;

/// Chunks of one wave for each thread.
const CHUNKS_PER_THREAD: usize = 16;

/// Something that has rows of counts.
pub(crate) trait Rows: Sync {
    /// Number of columns.
    fn n_columns(&self) -> usize;
    /// Number of leading columns that go through the accumulator.
    fn n_accumulated(&self) -> usize;
    /// Number of cells to set room aside for; if there are more, growing copies them.
    fn room(&self) -> usize;
    /// Appends the cells of a row, columns ascending; the accumulator is empty before and after.
    fn append(&self, row: usize, accumulator: &mut Accumulator, cells: &mut Cells);
    /// Work done with so many rows, in the unit of the progress.
    fn work(&self, rows: &Range<usize>) -> u64;
}

/// Cells of consecutive rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    columns: Vec<u32>,
    counts: Vec<u32>,
}

impl Cells {
    /// Columns and counts of `n` more cells, to be filled.
    pub fn room(&mut self, n: usize) -> (&mut [u32], &mut [u32]) {
        let start = self.columns.len();
        self.columns.resize(start + n, 0);
        self.counts.resize(start + n, 0);
        (&mut self.columns[start..], &mut self.counts[start..])
    }
}

/// The cells of one chunk of rows.
#[derive(Clone, Debug, Default)]
struct Buffer {
    cells: Cells,
    /// Number of cells before the end of each row.
    row_ends: Vec<usize>,
}

impl Buffer {
    fn fill(&mut self, source: &impl Rows, rows: Range<usize>, accumulator: &mut Accumulator) {
        self.cells.columns.clear();
        self.cells.counts.clear();
        self.row_ends.clear();
        for row in rows {
            source.append(row, accumulator, &mut self.cells);
            self.row_ends.push(self.cells.columns.len());
        }
    }
}

/// The matrix of all rows, which the given ranges must cover in order.
pub(crate) fn build(source: &impl Rows, chunks: &[Range<usize>], workers: &Workers) -> Result<Csr<u32>> {
    let n_states = workers.n_threads().min(chunks.len()).max(1);
    let mut accumulators = vec![Accumulator::new(source.n_accumulated()); n_states];
    let mut buffers = vec![Buffer::default(); (CHUNKS_PER_THREAD * n_states).min(chunks.len())];
    let mut matrix = Csr::empty(0, source.n_columns());
    matrix.indptr.reserve_exact(chunks.last().map_or(0, |chunk| chunk.end));
    // Room that is not touched costs nothing, while growing would copy all cells.
    large::try_reserve(&mut matrix.indices, source.room());
    large::try_reserve(&mut matrix.data, source.room());
    for wave in chunks.chunks(buffers.len().max(1)) {
        let items = wave.iter().cloned().zip(&mut buffers).collect();
        workers.map_with(&mut accumulators, items, |accumulator, (rows, buffer): (Range<usize>, &mut Buffer)| {
            buffer.fill(source, rows.clone(), accumulator);
            workers.signal().advance(source.work(&rows));
            Ok(())
        })?;
        append(&mut matrix, &buffers[..wave.len()], workers)?;
    }
    matrix.indices.shrink_to_fit();
    matrix.data.shrink_to_fit();
    Ok(matrix)
}

fn append(matrix: &mut Csr<u32>, buffers: &[Buffer], workers: &Workers) -> Result<()> {
    for buffer in buffers {
        let before = matrix.indptr[matrix.indptr.len() - 1];
        matrix.indptr.extend(buffer.row_ends.iter().map(|&end| before + end as u64));
    }
    let same = |&value: &u32| value;
    let columns = buffers.iter().map(|buffer| (&buffer.cells.columns[..], same)).collect();
    large::extend(&mut matrix.indices, columns, workers)?;
    let counts = buffers.iter().map(|buffer| (&buffer.cells.counts[..], same)).collect();
    large::extend(&mut matrix.data, counts, workers)
}
