//! Pairs of the most frequent terms, counted in a small dense block.
//!
//! Half of all pairs and more are pairs of a few hundred terms. Each thread walks through chunks of the text and increments one
//! of `(width + 1)^2` counts per pair of positions, everything else falling into the last row and column; no branch depends
//! on the terms. The blocks of all threads are added, and the two halves of the block folded into the upper one.

use std::ops::Range;

use super::config::Diagonal;
use super::layout::Layout;
use super::transpose::Head;
use crate::error::Result;
use crate::parallel::Workers;

/// Positions in a chunk.
const CHUNK_POSITIONS: usize = 1 << 17;

/// Widest block: its hot rows stay in a second-level cache.
const MAX_WIDTH: usize = 512;

/// A block narrower than this is not worth its pass.
const MIN_WIDTH: usize = 16;

/// Width of the block for a corpus: no more cells than half the positions.
pub(super) fn width(n_positions: usize, n_columns: usize) -> usize {
    let width = n_columns.min(MAX_WIDTH).min((n_positions / 2).isqrt());
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
        block.resize((width + 1) * (width + 1), 0);
        for (_, unit) in layout.units_over(chunk.clone()) {
            let last = unit.end.min(chunk.end.saturating_add(reach));
            let span = unit.start.max(chunk.start)..unit.end.min(chunk.end);
            workers.signal().check()?;
            count(&layout.codes[span.start..last], span.len(), width, reach, block);
        }
        workers.signal().advance(chunk.len() as u64);
        Ok(())
    })?;
    Ok(fold(&blocks, width, diagonal))
}

/// Counts the pairs that start at the first `n_starts` of `codes`.
fn count(codes: &[u32], n_starts: usize, width: usize, reach: usize, block: &mut [u32]) {
    let stride = width + 1;
    for (i, &code) in codes[..n_starts].iter().enumerate() {
        let row = &mut block[(code as usize).min(width) * stride..][..stride];
        for &other in &codes[i + 1..codes.len().min(i + 1 + reach)] {
            let count = &mut row[(other as usize).min(width)];
            // Only the corner, which nobody reads, can wrap.
            *count = count.wrapping_add(1);
        }
    }
}

/// The sum of the blocks, folded into its upper half.
fn fold(blocks: &[Vec<u32>], width: usize, diagonal: Diagonal) -> Head<u32> {
    let at = |row: usize, column: usize| -> u32 {
        blocks.iter().map(|block| block.get(row * (width + 1) + column).copied().unwrap_or(0)).sum()
    };
    let cell = |row: usize, column: usize| match diagonal {
        _ if row != column => at(row, column) + at(column, row),
        Diagonal::Pairs => at(row, row),
        Diagonal::Twice => 2 * at(row, row),
        Diagonal::Zero => 0,
    };
    let row = |row| (row..width).map(|column| (column as u32, cell(row, column))).filter(|cell| cell.1 > 0).collect();
    Head { rows: (0..width).map(row).collect() }
}
