//! Ordered pairs of positions inside a unit, one row at a time.
//!
//! A row sweeps each unit of its term from the term's first position to the end and adds to every code it meets how often
//! the row's term stood before. That is the unit's length for each of its distinct terms: more steps than cells where terms
//! repeat, but nothing is stored besides the row.

use super::accumulator::{Accumulator, Tally};
use super::places::{self, position, unit};
use super::rows::RowCounter;
use super::window::{Span, finish};
use crate::error::Result;
use crate::parallel::Signal;

/// Positions between two looks at the signal.
const CHECK_EVERY: usize = 1 << 16;

/// Ordered pairs of positions inside a unit.
pub(super) struct Sweeps<'a> {
    /// Rows and units.
    pub(super) span: Span<'a>,
}

impl RowCounter for Sweeps<'_> {
    type Cell = u32;
    type Scratch = Accumulator<u64>;

    fn scratch(&self) -> Accumulator<u64> {
        Accumulator::new(self.span.n_codes)
    }

    fn span(&self) -> &Span<'_> {
        &self.span
    }

    fn work(&self, row: usize) -> u64 {
        let layout = self.span.layout;
        self.span.occurrences.len(row) as u64 * (layout.codes.len() / layout.n_units().max(1)) as u64
    }

    fn count(
        &self,
        row: usize,
        sums: &mut Accumulator<u64>,
        signal: &Signal,
        cells: &mut Vec<(u32, u32)>,
    ) -> Result<()> {
        let (span, own) = (&self.span, self.span.rows.code(row));
        let places = span.places(row);
        for same_unit in places.by_unit() {
            let positions = position(same_unit[0])..span.layout.unit(unit(same_unit[0]) as usize).end;
            let mut seen = 0;
            for codes in span.layout.codes[positions].chunks(CHECK_EVERY) {
                signal.check()?;
                for &code in codes {
                    seen += u64::from(code == own);
                    // The row's own sum is not used.
                    sums.add(code, seen);
                }
            }
        }
        let start = cells.len();
        finish(span, row, sums, cells)?;
        let own = places::cell(span.diagonal, span.reach, true, |reach| Ok(places.pairs(reach)))?;
        span.push_diagonal(row, cells, start, own.cell()?);
        Ok(())
    }
}
