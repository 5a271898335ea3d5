//! All pairs inside a unit: rows of the product of the unit-term table with itself.
//!
//! Each unit becomes a list of its distinct codes, ascending, with their counts. A row goes through the units of its term and
//! adds the product of the counts to every other code of the unit; in the triangle only to the codes before its own. So
//! the steps are the pairs of distinct terms, however long a unit is. Room: 8 bytes for each distinct term of each unit.

use std::marker::PhantomData;
use std::ops::Range;

use super::accumulator::{Accumulator, Tally};
use super::layout::Layout;
use super::places::{self, Places, position, unit};
use super::rows::RowCounter;
use super::window::{Span, finish};
use crate::error::Result;
use crate::parallel::{Signal, Workers, ranges_by_weight};
use crate::prefetch::prefetch;

/// Positions in a chunk of units.
const CHUNK_POSITIONS: u64 = 1 << 18;

/// Occurrences between the hint that a unit is needed and its use.
const AHEAD: usize = 12;

/// What is known of a term in a unit besides its code.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Detail {
    /// How often it occurs.
    Count,
    /// Its last position.
    LastPosition,
}

/// The distinct terms of each unit.
pub(super) struct UnitTerms {
    starts: Vec<usize>,
    codes: Vec<u32>,
    details: Vec<u32>,
}

impl UnitTerms {
    /// Collects the terms of all units; dropped terms and gaps are left out.
    pub(super) fn new(
        layout: &Layout,
        n_columns: usize,
        n_codes: usize,
        detail: Detail,
        workers: &Workers,
    ) -> Result<Self> {
        let chunks = ranges_by_weight(layout.n_units(), |unit| layout.unit(unit).len() as u64, CHUNK_POSITIONS);
        let mut scratch: Vec<Vec<u32>> = vec![Vec::new(); workers.n_threads().min(chunks.len().max(1))];
        let parts = workers.map_with(&mut scratch, chunks, |found, units: Range<usize>| {
            found.resize(n_codes, 0);
            let mut part = Self { starts: Vec::with_capacity(units.len()), codes: Vec::new(), details: Vec::new() };
            for unit in units {
                workers.signal().check()?;
                part.push(layout, unit, n_columns as u32, detail, found);
            }
            Ok(part)
        })?;
        let mut all = Self { starts: vec![0], codes: Vec::new(), details: Vec::new() };
        for part in parts {
            let start = all.codes.len();
            all.starts.extend(part.starts.iter().map(|end| start + end));
            all.codes.extend(part.codes);
            all.details.extend(part.details);
        }
        Ok(all)
    }

    /// Appends a unit; `found` is zero at every code before and after.
    fn push(&mut self, layout: &Layout, unit: usize, n_columns: u32, detail: Detail, found: &mut [u32]) {
        let positions = layout.unit(unit);
        let start = self.codes.len();
        for (position, &code) in positions.clone().zip(&layout.codes[positions]) {
            if code == n_columns || code == n_columns + 1 {
                continue;
            }
            let value = &mut found[code as usize];
            if *value == 0 {
                self.codes.push(code);
            }
            // One more than the position, so that zero stays the mark of absence.
            *value = if detail == Detail::Count { *value + 1 } else { position as u32 + 1 };
        }
        self.codes[start..].sort_unstable();
        for &code in &self.codes[start..] {
            let value = std::mem::take(&mut found[code as usize]);
            self.details.push(if detail == Detail::Count { value } else { value - 1 });
        }
        self.starts.push(self.codes.len());
    }

    /// Codes of a unit in ascending order, those from `limit` on left out, and what is known of them.
    fn below(&self, unit: u32, limit: u32) -> (&[u32], &[u32]) {
        let range = self.starts[unit as usize]..self.starts[unit as usize + 1];
        let end = range.start + self.codes[range.clone()].partition_point(|&code| code < limit);
        (&self.codes[range.start..end], &self.details[range.start..end])
    }

    /// Hints that the units of the occurrences from place `at` on are needed soon.
    fn prefetch(&self, places: Places, at: usize) {
        if let Some(&far) = places.0.get(at + 2 * AHEAD) {
            prefetch(&self.starts, unit(far) as usize);
        }
        if let Some(&near) = places.0.get(at + AHEAD) {
            let start = self.starts[unit(near) as usize];
            // Two lines of each: a sentence.
            [start, start + 16].iter().for_each(|&place| prefetch(&self.codes, place));
            [start, start + 16].iter().for_each(|&place| prefetch(&self.details, place));
        }
    }

    /// Mean number of terms of a unit.
    pub(super) fn mean(&self) -> u64 {
        (self.codes.len() / (self.starts.len() - 1).max(1)) as u64
    }
}

/// Pairs inside units: of positions, or one per unit.
pub(super) struct Products<'a, A> {
    /// Rows and units.
    pub(super) span: Span<'a>,
    /// The terms of the units.
    pub(super) terms: &'a UnitTerms,
    /// Whether a unit counts once.
    pub(super) boolean: bool,
    /// The type of the sums.
    pub(super) tally: PhantomData<A>,
}

impl<A: Tally> RowCounter for Products<'_, A> {
    type Cell = u32;
    type Scratch = Accumulator<A>;

    fn scratch(&self) -> Accumulator<A> {
        Accumulator::new(self.span.n_codes)
    }

    fn span(&self) -> &Span<'_> {
        &self.span
    }

    fn work(&self, row: usize) -> u64 {
        self.span.occurrences.len(row) as u64 * (1 + self.terms.mean())
    }

    fn count(&self, row: usize, sums: &mut Accumulator<A>, signal: &Signal, cells: &mut Vec<(u32, u32)>) -> Result<()> {
        let (span, limit) = (&self.span, self.span.limit(row));
        let places = span.places(row);
        let mut at = 0;
        for same_unit in places.by_unit() {
            signal.check()?;
            self.terms.prefetch(places, at);
            at += same_unit.len();
            let (codes, counts) = self.terms.below(unit(same_unit[0]), limit);
            if self.boolean {
                codes.iter().for_each(|&code| sums.add(code, A::from(1)));
            } else {
                let own = same_unit.len() as u32;
                codes.iter().zip(counts).for_each(|(&code, &count)| sums.add(code, A::product(own, count)));
            }
        }
        let start = cells.len();
        finish(span, row, sums, cells)?;
        let own = places::cell(span.diagonal, span.reach, span.ordered, |reach| {
            Ok(if self.boolean { places.units_with_pair(reach) } else { places.pairs(reach) })
        })?;
        span.push_diagonal(row, cells, start, own.cell()?);
        Ok(())
    }
}

/// Units in which one term stands before another: its first position is before the other's last.
pub(super) struct Precedences<'a> {
    /// Rows and units.
    pub(super) span: Span<'a>,
    /// The terms of the units with their last positions.
    pub(super) terms: &'a UnitTerms,
}

impl RowCounter for Precedences<'_> {
    type Cell = u32;
    type Scratch = Accumulator<u32>;

    fn scratch(&self) -> Accumulator<u32> {
        Accumulator::new(self.span.n_codes)
    }

    fn span(&self) -> &Span<'_> {
        &self.span
    }

    fn work(&self, row: usize) -> u64 {
        self.span.occurrences.len(row) as u64 * (1 + self.terms.mean())
    }

    fn count(
        &self,
        row: usize,
        sums: &mut Accumulator<u32>,
        signal: &Signal,
        cells: &mut Vec<(u32, u32)>,
    ) -> Result<()> {
        let (span, other) = (&self.span, self.span.other());
        let places = span.places(row);
        let mut at = 0;
        for same_unit in places.by_unit() {
            signal.check()?;
            self.terms.prefetch(places, at);
            at += same_unit.len();
            let first = position(same_unit[0]) as u32;
            let (codes, last) = self.terms.below(unit(same_unit[0]), span.n_columns as u32);
            codes.iter().zip(last).for_each(|(&code, &last)| sums.add(if first < last { code } else { other }, 1));
        }
        let start = cells.len();
        finish(span, row, sums, cells)?;
        let own = places::cell(span.diagonal, span.reach, true, |reach| Ok(places.units_with_pair(reach)))?;
        span.push_diagonal(row, cells, start, own.cell()?);
        Ok(())
    }
}
