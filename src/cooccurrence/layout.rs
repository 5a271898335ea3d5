//! The corpus as codes, with the borders of its units, and the positions at which each row's term occurs.
//!
//! One pass turns term ids into codes and, with the counts per part known from the ranking, writes each position straight to
//! its place in an index sorted by row and position. Parts write to disjoint places, so the index does not depend on them.
//! Room: 4 bytes for each position of the corpus and 8 for each occurrence of a row's term.

use std::ops::Range;
use std::sync::atomic::AtomicU64;

use super::places::{Places, place};
use super::ranking::Ranking;
use super::scatter::Scatter;
use crate::corpus::tokens::{Tokens, Unit};
use crate::error::Result;
use crate::large::zeros;
use crate::parallel::Workers;

/// Positions between two looks at the signal.
const CHECK_EVERY: usize = 1 << 20;

/// Codes of all positions, and where units start.
pub(super) struct Layout {
    /// Code at each position.
    pub(super) codes: Vec<u32>,
    /// Where each non-empty unit starts, then the number of positions.
    unit_starts: Vec<u32>,
}

impl Layout {
    /// Positions of a unit.
    pub(super) fn unit(&self, unit: usize) -> Range<usize> {
        self.unit_starts[unit] as usize..self.unit_starts[unit + 1] as usize
    }

    /// Number of positions of the longest unit, beyond which no window reaches.
    pub(super) fn longest_unit(&self) -> usize {
        (0..self.n_units()).map(|unit| self.unit(unit).len()).max().unwrap_or(0)
    }

    /// Number of units that are not empty.
    pub(super) fn n_units(&self) -> usize {
        self.unit_starts.len() - 1
    }

    /// Number and positions of each unit that shares a position with `positions`.
    pub(super) fn units_over(&self, positions: Range<usize>) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        let first = self.unit_starts.partition_point(|&start| start as usize <= positions.start).saturating_sub(1);
        let units = (first..self.n_units()).map(|unit| (unit, self.unit(unit)));
        units.take_while(move |(_, unit)| unit.start < positions.end)
    }

    /// Positions before and after `position` that a window around it covers, itself included.
    pub(super) fn window(&self, position: usize, unit: usize, before: usize, after: usize) -> Range<usize> {
        let unit = self.unit(unit);
        position.saturating_sub(before).max(unit.start)..(position + after + 1).min(unit.end)
    }
}

/// The rows a kernel goes through, and the code each counts for.
pub(super) enum RowCodes {
    /// All columns from this code on, in order.
    From(u32),
    /// One code for each row.
    Nodes(Vec<u32>),
}

impl RowCodes {
    /// Code of a row.
    pub(super) fn code(&self, row: usize) -> u32 {
        match self {
            Self::From(first) => first + row as u32,
            Self::Nodes(codes) => codes[row],
        }
    }

    /// Number of rows.
    pub(super) fn len(&self, n_columns: usize) -> usize {
        match self {
            Self::From(first) => n_columns.saturating_sub(*first as usize),
            Self::Nodes(codes) => codes.len(),
        }
    }

    /// Row of each code, `u32::MAX` where it has none.
    fn row_of(&self, ranking: &Ranking) -> Vec<u32> {
        let mut row_of = vec![u32::MAX; ranking.n_codes];
        (0..self.len(ranking.n_columns())).for_each(|row| row_of[self.code(row) as usize] = row as u32);
        row_of
    }
}

/// Where the term of each row occurs, by row and position.
pub(super) struct Occurrences {
    /// Where each row starts.
    starts: Vec<usize>,
    /// Occurrences, ascending within a row.
    places: Vec<u64>,
}

impl Occurrences {
    /// Occurrences of a row's term.
    pub(super) fn row(&self, row: usize) -> Places<'_> {
        Places(&self.places[self.starts[row]..self.starts[row + 1]])
    }

    /// The same occurrences as other rows, given where each starts and where the last one ends.
    pub(super) fn cut(self, starts: Vec<usize>) -> Self {
        Self { starts, places: self.places }
    }

    /// Number of positions of a row's term.
    pub(super) fn len(&self, row: usize) -> usize {
        self.starts[row + 1] - self.starts[row]
    }
}

/// Codes of the whole corpus, and the occurrences of the rows.
pub(super) fn lay_out(
    tokens: &Tokens,
    unit: Unit,
    ranking: &Ranking,
    rows: &RowCodes,
    workers: &Workers,
) -> Result<(Layout, Occurrences)> {
    let n = tokens.n_positions();
    let unit_starts: Vec<u32> =
        tokens.units(unit, 0..n).map(|unit| unit.start as u32).chain(std::iter::once(n as u32)).collect();
    let mut layout = Layout { codes: Vec::new(), unit_starts };
    let row_of = rows.row_of(ranking);
    let row_of_term: Vec<u32> = ranking.code_of.iter().map(|&code| row_of[code as usize]).collect();
    let (starts, cursors) = cursors(ranking, &row_of_term, rows.len(ranking.n_columns()));
    let n_occurrences = *starts.last().unwrap_or(&0);
    let (mut codes, mut places) = (zeros(n), zeros(n_occurrences));
    let shared_places = u64::share(&mut places);
    let mut rest = &mut codes[..];
    let mut items = Vec::new();
    for (part, cursors) in ranking.parts.iter().cloned().zip(cursors) {
        let (head, tail) = rest.split_at_mut(part.len());
        rest = tail;
        items.push((part, head, cursors));
    }
    let translation = Translation { ranking, row_of: &row_of, places: shared_places };
    workers.map(items, |(part, codes, mut cursors)| {
        for (unit, span) in layout.units_over(part.clone()) {
            let span = span.start.max(part.start)..span.end.min(part.end);
            for start in span.clone().step_by(CHECK_EVERY) {
                workers.signal().check()?;
                let span = start..(start + CHECK_EVERY).min(span.end);
                let codes = &mut codes[span.start - part.start..span.end - part.start];
                translation.translate(&tokens.term_ids[span.clone()], codes, span.start, unit as u32, &mut cursors);
            }
        }
        Ok(())
    })?;
    layout.codes = codes;
    Ok((layout, Occurrences { starts, places }))
}

/// Where each row starts in the index, and for each part where it writes the next occurrence of each row.
fn cursors(ranking: &Ranking, row_of_term: &[u32], n_rows: usize) -> (Vec<usize>, Vec<Vec<u32>>) {
    let mut next: Vec<u32> = vec![0; n_rows + 1];
    let rows = || row_of_term.iter().enumerate().filter(|(_, row)| **row != u32::MAX);
    rows().for_each(|(term, &row)| next[row as usize + 1] = ranking.frequencies[term] as u32);
    for row in 0..n_rows {
        next[row + 1] += next[row];
    }
    let starts = next.iter().map(|&start| start as usize).collect();
    let mut cursors = Vec::with_capacity(ranking.parts.len());
    for frequencies in &ranking.part_frequencies {
        cursors.push(next[..n_rows].to_vec());
        rows().for_each(|(term, &row)| next[row as usize] += frequencies[term]);
    }
    (starts, cursors)
}

/// What turns ids into codes and occurrences.
struct Translation<'a> {
    ranking: &'a Ranking,
    row_of: &'a [u32],
    places: &'a [AtomicU64],
}

impl Translation<'_> {
    /// Codes of `ids`, which lie in one unit from position `start` on; writes their occurrences at the cursors.
    fn translate(&self, ids: &[u32], codes: &mut [u32], start: usize, unit: u32, cursors: &mut [u32]) {
        let gap = self.ranking.gap();
        for (i, (&id, code)) in ids.iter().zip(codes).enumerate() {
            *code = self.ranking.code_of.get(id as usize).copied().unwrap_or(gap);
            let row = self.row_of[*code as usize];
            if let Some(cursor) = cursors.get_mut(row as usize) {
                place((start + i) as u32, unit).put(&self.places[*cursor as usize]);
                *cursor += 1;
            }
        }
    }
}
