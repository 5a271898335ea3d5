//! Units in which two terms meet in a window, one row at a time.
//!
//! Occurrences come in the order of the text, so the units of a row ascend: each column remembers the last unit that counted
//! for it and counts again only in a new one. Nothing is stored per unit, however long it is.

use std::ops::AddAssign;

use super::accumulator::Accumulator;
use super::places;
use super::rows::RowCounter;
use super::window::Span;
use crate::error::Result;
use crate::parallel::Signal;

/// A number of units, and the last of them plus one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Units {
    count: u32,
    last: u32,
}

impl Units {
    /// One unit.
    fn one(unit: u32) -> Self {
        Self { count: 1, last: unit + 1 }
    }
}

impl AddAssign for Units {
    /// Counts the unit of `other` unless it was the last one.
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        self.count += u32::from(self.last != other.last);
        self.last = other.last;
    }
}

/// Units with a pair of terms in a window.
pub(super) struct Meetings<'a> {
    /// Rows and windows.
    pub(super) span: Span<'a>,
}

impl RowCounter for Meetings<'_> {
    type Cell = u32;
    type Scratch = Accumulator<Units>;

    fn scratch(&self) -> Accumulator<Units> {
        Accumulator::new(self.span.n_codes)
    }

    fn span(&self) -> &Span<'_> {
        &self.span
    }

    fn count(&self, row: usize, sums: &mut Self::Scratch, signal: &Signal, cells: &mut Vec<(u32, u32)>) -> Result<()> {
        let span = &self.span;
        let (limit, other) = (span.limit(row), span.other());
        span.windows(row, signal, |unit, before, after| {
            let unit = Units::one(unit);
            before.iter().chain(after).for_each(|&code| sums.add(if code < limit { code } else { other }, unit));
        })?;
        let (start, own) = (cells.len(), span.rows.code(row));
        let push = |column, units: Units| {
            if column != own {
                cells.push((column, units.count));
            }
        };
        if span.triangle {
            sums.drain(limit, push)
        } else {
            sums.drain_sorted(limit, push)
        }
        // Twice the number of units may exceed a cell, so it is a wide sum until it is one.
        let own =
            places::cell(span.diagonal, span.reach, span.ordered, |reach| Ok(span.places(row).units_with_pair(reach)))?;
        span.push_diagonal(row, cells, start, super::accumulator::Tally::cell(own)?);
        Ok(())
    }
}
