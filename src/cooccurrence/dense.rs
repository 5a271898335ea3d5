//! Pairs of the most frequent terms, counted in a small dense block.
//!
//! Half of all pairs are pairs of a few hundred terms. Each thread walks through chunks of the text and increments, for each
//! pair of positions, one count of a lower triangle in the row of the rarer term; everything else falls into the last row, so
//! no branch depends on the terms. The blocks of all threads are added and their lower half becomes the upper one.

use std::ops::Range;

use super::config::Diagonal;
use super::layout::Layout;
use super::transpose::Head;
use crate::error::Result;
use crate::large::zeros;
use crate::parallel::Workers;

/// Positions in a chunk.
const CHUNK_POSITIONS: usize = 1 << 17;

/// Widest block: with the row of everything else it has 512 rows.
pub(super) const MAX_WIDTH: usize = 511;

/// Cells of a block, a power of two above the last place.
const N_CELLS: usize = 1 << 19;

/// Positions whose places are computed together, about.
const BATCH: usize = 1024;

/// Widest window for batches; wider ones are counted pair by pair.
const MAX_BATCH_REACH: usize = 64;

/// Pairs between two looks at the signal in wide windows.
const MAX_STEPS: usize = 1 << 22;

/// Width of the block for large corpora: measured on English, wider ones lose more in the cache than rare windows cost.
const STANDARD_WIDTH: usize = 384;

/// A block narrower than this is not worth its pass.
const MIN_WIDTH: usize = 16;

/// Width of the block for a corpus: no more cells than half the positions.
pub(super) fn width(n_positions: usize, n_columns: usize) -> usize {
    let width = n_columns.min(STANDARD_WIDTH).min((n_positions / 2).isqrt());
    if width < MIN_WIDTH { 0 } else { width }
}

/// The upper triangle of the first `width` terms: pairs at most `reach` apart, within units.
pub(super) fn head(
    layout: &Layout,
    width: usize,
    reach: usize,
    diagonal: Diagonal,
    workers: &Workers,
) -> Result<Head<u32>> {
    if width == 0 {
        return Ok(Head { rows: Vec::new() });
    }
    let n = layout.codes.len();
    let chunks: Vec<Range<usize>> =
        (0..n).step_by(CHUNK_POSITIONS).map(|start| start..(start + CHUNK_POSITIONS).min(n)).collect();
    let mut blocks: Vec<Vec<u32>> = vec![Vec::new(); workers.n_threads().min(chunks.len().max(1))];
    workers.map_with(&mut blocks, chunks, |block, chunk| {
        if block.is_empty() {
            *block = zeros(N_CELLS);
        }
        let mut batch = Batch::new(width, reach);
        for (i, (_, unit)) in layout.units_over(chunk.clone()).enumerate() {
            if i % 64 == 0 {
                workers.signal().check()?;
            }
            let last = unit.end.min(chunk.end.saturating_add(reach));
            let span = unit.start.max(chunk.start)..unit.end.min(chunk.end);
            if reach <= MAX_BATCH_REACH {
                batch.push(&layout.codes[span.start..last], span.len(), block);
                continue;
            }
            let step = (MAX_STEPS / reach).max(1);
            for start in span.clone().step_by(step) {
                workers.signal().check()?;
                let n_starts = step.min(span.end - start);
                let last = last.min((start + n_starts).saturating_add(reach));
                count(&layout.codes[start..last], n_starts, width, reach, block);
            }
        }
        batch.finish(block);
        workers.signal().advance(chunk.len() as u64);
        Ok(())
    })?;
    Ok(fold(&blocks, width, diagonal))
}

/// Counts the pairs that start at the first `n_starts` of `codes`, each in the row of its rarer term.
fn count(codes: &[u32], n_starts: usize, width: usize, reach: usize, block: &mut [u32]) {
    let other = width as u32;
    for (i, &code) in codes[..n_starts].iter().enumerate() {
        let first = code.min(other);
        for &code in &codes[i + 1..codes.len().min((i + 1).saturating_add(reach))] {
            let second = code.min(other);
            let cell = &mut block[cell(first.max(second), first.min(second)) as usize];
            // Only the last row, which nobody reads, can wrap.
            *cell = cell.wrapping_add(1);
        }
    }
}

/// Codes of consecutive units, capped, with as many `other` between units as the window is wide.
///
/// Places of cells are computed for many pairs at once, in 16 bits that the compiler turns into vector instructions; what
/// remains for each pair is one increment.
struct Batch {
    codes: Vec<i16>,
    places: Vec<u32>,
    other: i16,
    reach: usize,
}

impl Batch {
    fn new(width: usize, reach: usize) -> Self {
        Self { codes: Vec::new(), places: Vec::new(), other: width as i16, reach }
    }

    /// Adds the pairs that start at the first `n_starts` of `codes`.
    fn push(&mut self, codes: &[u32], n_starts: usize, block: &mut [u32]) {
        for start in (0..n_starts).step_by(BATCH) {
            let end = (start + BATCH).min(n_starts);
            self.append(&codes[start..end]);
            let n = self.codes.len();
            // What the last starts see starts pairs elsewhere.
            let ahead = &codes[end..codes.len().min(end + self.reach)];
            self.append(ahead);
            self.codes.resize(n + self.reach, self.other);
            if !ahead.is_empty() || n >= BATCH {
                self.flush(n, block);
            }
        }
    }

    /// Adds codes, those that the block does not hold as `other`.
    fn append(&mut self, codes: &[u32]) {
        let other = self.other as u32;
        self.codes.extend(codes.iter().map(|&code| code.min(other) as i16));
    }

    /// Counts the pairs that start at the first `n_starts` codes, and forgets all.
    fn flush(&mut self, n_starts: usize, block: &mut [u32]) {
        let block = &mut block[..N_CELLS];
        self.places.resize(n_starts, 0);
        for distance in 1..=self.reach {
            let pairs = self.codes[..n_starts].iter().zip(&self.codes[distance..]);
            for (place, (&first, &second)) in self.places.iter_mut().zip(pairs) {
                *place = cell(first.max(second) as u32, first.min(second) as u32);
            }
            for &place in &self.places {
                let count = &mut block[place as usize & (N_CELLS - 1)];
                // Only the last row, which nobody reads, can wrap.
                *count = count.wrapping_add(1);
            }
        }
        self.codes.clear();
    }

    /// Counts what is left.
    fn finish(mut self, block: &mut [u32]) {
        if !self.codes.is_empty() {
            self.flush(self.codes.len() - self.reach, block);
        }
    }
}

/// Place of a cell of a lower triangle, `column <= row`: `529 * row + column`.
///
/// Rows lie 529 and not 512 cells apart, because places a multiple of 4 KiB apart are in each other's way; written as shifts,
/// which are vector instructions everywhere.
#[inline(always)]
fn cell(row: u32, column: u32) -> u32 {
    (row << 9) + (row << 4) + row + column
}

/// The sum of the blocks, their lower half turned into an upper one.
fn fold(blocks: &[Vec<u32>], width: usize, diagonal: Diagonal) -> Head<u32> {
    let at = |row: usize, column: usize| -> u32 {
        blocks.iter().map(|block| block.get(cell(row as u32, column as u32) as usize).copied().unwrap_or(0)).sum()
    };
    let value = |row: usize, column: usize| match diagonal {
        _ if row != column => at(column, row),
        Diagonal::Pairs => at(row, row),
        Diagonal::Twice => 2 * at(row, row),
        Diagonal::Zero => 0,
    };
    let row = |row| (row..width).map(|column| (column as u32, value(row, column))).filter(|cell| cell.1 > 0).collect();
    Head { rows: (0..width).map(row).collect() }
}
