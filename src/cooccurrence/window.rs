//! Frequencies in a window, one row at a time.
//!
//! For each occurrence of the row's term the window around it is a slice of codes, and each code adds one to a dense
//! accumulator. In the triangle only more frequent terms count; in full rows all terms do.

use super::accumulator::{Accumulator, Tally};
use super::config::Diagonal;
use super::layout::{Layout, Occurrences, RowCodes};
use super::places::{self, Places, position, unit};
use super::rows::RowCounter;
use crate::error::Result;
use crate::parallel::Signal;
use crate::prefetch::prefetch;

/// Occurrences between two looks at the signal.
pub(super) const CHECK_EVERY: usize = 1 << 12;

/// Occurrences between the hint that a window is needed and its use.
const AHEAD: usize = 16;

/// What all kernels that go through the occurrences of a row share.
pub(super) struct Span<'a> {
    /// The corpus as codes.
    pub(super) layout: &'a Layout,
    /// Where the terms of the rows occur.
    pub(super) occurrences: &'a Occurrences,
    /// The code of each row.
    pub(super) rows: &'a RowCodes,
    /// Positions before and after the node in which its collocates lie.
    pub(super) reach: (usize, usize),
    /// Whether rows count only columns before their own: the lower triangle.
    pub(super) triangle: bool,
    /// What the diagonal holds.
    pub(super) diagonal: Diagonal,
    /// Whether pairs are ordered.
    pub(super) ordered: bool,
    /// Number of columns.
    pub(super) n_columns: usize,
    /// One more than the largest code.
    pub(super) n_codes: usize,
}

impl Span<'_> {
    /// Number of rows.
    pub(super) fn n_rows(&self) -> usize {
        self.rows.len(self.n_columns)
    }

    /// Positions a row visits if no unit ends.
    pub(super) fn work(&self, row: usize) -> u64 {
        let width = self.reach.0.saturating_add(self.reach.1).min(self.layout.codes.len()) + 1;
        self.occurrences.len(row) as u64 * width as u64
    }

    /// The occurrences of a row's term.
    pub(super) fn places(&self, row: usize) -> Places<'_> {
        self.occurrences.row(row)
    }

    /// Codes below this one count in a row, others do not.
    pub(super) fn limit(&self, row: usize) -> u32 {
        if self.triangle { self.rows.code(row) } else { self.n_columns as u32 }
    }

    /// Code that stands for everything a row does not count.
    pub(super) fn other(&self) -> u32 {
        self.n_columns as u32
    }

    /// Calls `each` for every occurrence of a row's term with its unit and the codes before and after it, and looks at the
    /// signal.
    #[inline(always)]
    pub(super) fn windows(&self, row: usize, signal: &Signal, mut each: impl FnMut(u32, &[u32], &[u32])) -> Result<()> {
        self.slices(row, signal, |unit, codes, at| each(unit, &codes[..at], &codes[at + 1..]))
    }

    /// Hints that the windows behind the occurrence number `i` of a row are needed soon.
    #[inline(always)]
    pub(super) fn prefetch(&self, row: usize, i: usize) {
        if let Some(&ahead) = self.places(row).0.get(i + AHEAD) {
            prefetch(&self.layout.codes, position(ahead).saturating_sub(self.reach.0));
            prefetch(&self.layout.codes, position(ahead).saturating_add(self.reach.1));
        }
    }

    /// Calls `each` for every occurrence of a row's term with its unit, the codes around it, and its own place among these.
    #[inline(always)]
    pub(super) fn slices(&self, row: usize, signal: &Signal, mut each: impl FnMut(u32, &[u32], usize)) -> Result<()> {
        let places = self.occurrences.row(row).0;
        let (before, after) = self.reach;
        let codes = &self.layout.codes;
        let step = (CHECK_EVERY * 16 / before.saturating_add(after).max(1)).clamp(1, CHECK_EVERY);
        for (i, &place) in places.iter().enumerate() {
            if i % step == 0 {
                signal.check()?;
            }
            self.prefetch(row, i);
            let (position, unit) = (position(place), unit(place));
            let window = self.layout.window(position, unit as usize, before, after);
            each(unit, &codes[window.clone()], position - window.start);
        }
        Ok(())
    }

    /// Appends the row's own cell if the row has a column and the cell is not zero.
    pub(super) fn push_diagonal<V>(&self, row: usize, cells: &mut Vec<(u32, V)>, start: usize, value: V)
    where
        V: Copy + Default + PartialEq,
    {
        let code = self.rows.code(row);
        if (code as usize) < self.n_columns && value != V::default() {
            let place = cells[start..].partition_point(|&(column, _)| column < code);
            cells.insert(start + place, (code, value));
        }
    }
}

/// Frequencies in a window.
pub(super) struct Frequencies<'a, A> {
    /// Rows and windows.
    pub(super) span: Span<'a>,
    /// The type of the sums.
    pub(super) tally: std::marker::PhantomData<A>,
}

impl<A: Tally> RowCounter for Frequencies<'_, A> {
    type Cell = u32;
    type Scratch = Accumulator<A>;

    fn scratch(&self) -> Accumulator<A> {
        Accumulator::new(self.span.n_codes)
    }

    fn span(&self) -> &Span<'_> {
        &self.span
    }

    fn count(&self, row: usize, sums: &mut Accumulator<A>, signal: &Signal, cells: &mut Vec<(u32, u32)>) -> Result<()> {
        let span = &self.span;
        let limit = span.limit(row);
        let one = A::from(1);
        // The own term is met at every occurrence; its column is not used.
        span.slices(row, signal, |_, codes, _| sums.add_below(limit, codes, one))?;
        let start = cells.len();
        finish(span, row, sums, cells)?;
        let own = places::cell(span.diagonal, span.reach, span.ordered, |reach| Ok(span.places(row).pairs(reach)))?;
        span.push_diagonal(row, cells, start, own.cell()?);
        Ok(())
    }
}

/// Moves the sums of a row except its own column to the cells; ascending unless they will be transposed.
pub(super) fn finish<A: Tally>(
    span: &Span,
    row: usize,
    sums: &mut Accumulator<A>,
    cells: &mut Vec<(u32, u32)>,
) -> Result<()> {
    let (limit, own) = (span.limit(row), span.rows.code(row));
    let mut result = Ok(());
    let push = |column, sum: A| match sum.cell() {
        _ if column == own => (),
        Ok(count) => cells.push((column, count)),
        Err(error) => result = Err(error),
    };
    if span.triangle {
        sums.drain(limit, push)
    } else {
        sums.drain_sorted(limit, push)
    }
    result
}
