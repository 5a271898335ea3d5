//! Tokens in the span of at least one token of the node (Evert 2008), one row at a time.
//!
//! The windows of a node's occurrences advance together, so the union of them is walked by starting each where the one before
//! ended. Every token is met once; the node's own tokens are not counted. The number of tokens met is the row's margin.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::accumulator::Accumulator;
use super::places::{position, unit};
use super::rows::RowCounter;
use super::window::{CHECK_EVERY, Span};
use crate::error::Result;
use crate::parallel::Signal;

/// Tokens in the spans of nodes.
pub(super) struct Spans<'a> {
    /// Rows and windows.
    pub(super) span: Span<'a>,
    /// Code of gaps.
    pub(super) gap: u32,
    /// Number of tokens in the spans of each row, filled in while counting.
    pub(super) in_span: Vec<AtomicU64>,
}

impl RowCounter for Spans<'_> {
    type Cell = u32;
    type Scratch = Accumulator<u32>;

    fn scratch(&self) -> Accumulator<u32> {
        Accumulator::new(self.span.n_codes)
    }

    fn span(&self) -> &Span<'_> {
        &self.span
    }

    fn count(
        &self,
        row: usize,
        sums: &mut Accumulator<u32>,
        signal: &Signal,
        cells: &mut Vec<(u32, u32)>,
    ) -> Result<()> {
        let span = &self.span;
        let (before, after) = span.reach;
        let mut covered = 0;
        for (i, &place) in span.places(row).0.iter().enumerate() {
            if i % CHECK_EVERY == 0 {
                signal.check()?;
            }
            span.prefetch(row, i);
            let window = span.layout.window(position(place), unit(place) as usize, before, after);
            let start = window.start.max(covered).min(window.end);
            covered = covered.max(window.end);
            for codes in span.layout.codes[start..window.end].chunks(1 << 16) {
                signal.check()?;
                codes.iter().for_each(|&code| sums.add(code, 1));
            }
        }
        let own = span.rows.code(row);
        let mut in_span = 0;
        sums.drain_sorted(span.n_codes as u32, |code, count| {
            if code != own && code != self.gap {
                in_span += u64::from(count);
                if (code as usize) < span.n_columns {
                    cells.push((code, count));
                }
            }
        });
        self.in_span[row].store(in_span, Relaxed);
        Ok(())
    }
}
