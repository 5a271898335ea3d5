//! Windows of rare terms, copied next to each other before they are counted.
//!
//! Counting a row from an index of its term jumps over the whole corpus, and waiting for memory costs more than counting. So one
//! walk through the corpus copies the window of every occurrence, as a record of `2 * reach + 1` codes, to the partition of
//! its row; partitions hold a megabyte or two, so that counting their rows one after the other stays in the cache.
//! Passes over ranges of rows keep the records within the room given, which is reused.

use std::ops::Range;

use super::accumulator::Accumulator;
use super::config::Diagonal;
use super::layout::Layout;
use super::ranking::Ranking;
use super::rows::RowChunk;
use crate::error::Result;
use crate::large::{reserve, zeros};
use crate::parallel::{Workers, ranges_by_weight};

/// Codes in a partition, about.
const PARTITION: usize = 1 << 19;

/// Codes in the partitions whose rows make one chunk, about: cells enough for large pages.
const CHUNK: u64 = 1 << 22;

/// Widest record; the windows of wider ones outweigh the jump to them.
const MAX_STRIDE: usize = 64;

/// Positions among which rare terms are looked for together.
const BATCH: usize = 1024;

/// Positions between two looks at the signal.
const CHECK_EVERY: usize = 1 << 18;

/// A code in a record, two bytes if all codes fit.
pub(super) trait RecordCode: Copy + Default + Send + Sync + Into<u32> {
    /// The code, which must fit.
    fn of(code: u32) -> Self;
}

impl RecordCode for u16 {
    fn of(code: u32) -> Self {
        debug_assert!(code <= u32::from(Self::MAX));
        code as Self
    }
}

impl RecordCode for u32 {
    fn of(code: u32) -> Self {
        code
    }
}

/// What to count: pairs at most `reach` apart in the rows from `first_row` on, each with more frequent terms.
pub(super) struct Records<'a> {
    /// The corpus as codes.
    pub(super) layout: &'a Layout,
    /// The terms.
    pub(super) ranking: &'a Ranking,
    /// First row to count.
    pub(super) first_row: usize,
    /// Largest distance of a pair.
    pub(super) reach: usize,
    /// What the diagonal holds.
    pub(super) diagonal: Diagonal,
}

/// Whether records suit a window.
pub(super) fn suit(reach: usize) -> bool {
    reach <= (MAX_STRIDE - 1) / 2
}

impl Records<'_> {
    /// The rows in chunks, with room for `room` codes or one partition.
    pub(super) fn count<R: RecordCode>(&self, room: usize, workers: &Workers) -> Result<Vec<RowChunk<u32>>> {
        let stride = self.stride() as u64;
        let n_rows = self.ranking.n_columns() - self.first_row;
        let weight = |row: usize| self.frequency(self.first_row + row) * stride;
        let partition_size = PARTITION.min(room) as u64;
        let partitions: Vec<Range<usize>> = ranges_by_weight(n_rows, weight, partition_size)
            .into_iter()
            .map(|rows| rows.start + self.first_row..rows.end + self.first_row)
            .collect();
        let size = |partition: &Range<usize>| partition.clone().map(|row| self.frequency(row) * stride).sum::<u64>();
        let sizes: Vec<u64> = partitions.iter().map(size).collect();
        // A range ends with the partition that fills it.
        let passes =
            ranges_by_weight(partitions.len(), |i| sizes[i], (room as u64).saturating_sub(partition_size).max(1));
        let largest = passes.iter().map(|pass| sizes[pass.clone()].iter().sum::<u64>()).max().unwrap_or(0);
        let mut records = zeros::<R>(largest as usize);
        let mut states: Vec<Option<(Accumulator<u32>, Vec<u32>)>> = (0..workers.n_threads()).map(|_| None).collect();
        let mut chunks = Vec::new();
        for pass in passes {
            let n_codes = sizes[pass.clone()].iter().sum::<u64>() as usize;
            let (partitions, sizes) = (&partitions[pass.clone()], &sizes[pass]);
            self.copy(partitions, &mut records[..n_codes], workers)?;
            let mut rest = &records[..n_codes];
            let mut items = Vec::new();
            for group in ranges_by_weight(partitions.len(), |i| sizes[i], CHUNK) {
                let (own, others) = rest.split_at(sizes[group.clone()].iter().sum::<u64>() as usize);
                rest = others;
                items.push((&partitions[group], own));
            }
            chunks.extend(workers.map_with(&mut states, items, |state, (partitions, records)| {
                let new = || (Accumulator::new(self.ranking.n_codes), Vec::new());
                let (sums, order) = state.get_or_insert_with(new);
                workers.signal().advance(records.len() as u64);
                self.count_partitions(partitions, records, sums, order, workers)
            })?);
        }
        Ok(chunks)
    }

    /// Codes in a record: the window around an occurrence, itself in the middle.
    fn stride(&self) -> usize {
        2 * self.reach + 1
    }

    /// Number of occurrences of a row's term.
    fn frequency(&self, row: usize) -> u64 {
        self.ranking.frequencies[self.ranking.terms[row] as usize]
    }

    /// Copies the windows of the rows of some partitions: by partition, then in the order of the text.
    fn copy<R: RecordCode>(&self, partitions: &[Range<usize>], records: &mut [R], workers: &Workers) -> Result<()> {
        let Some((first, last)) = partitions.first().zip(partitions.last()) else { return Ok(()) };
        let rows = first.start..last.end;
        let mut partition_of = vec![0u32; rows.len()];
        let mut targets: Vec<Vec<Target<R>>> = self.ranking.parts.iter().map(|_| Vec::new()).collect();
        let mut rest = records;
        for (i, partition) in partitions.iter().enumerate() {
            partition_of[partition.start - rows.start..partition.end - rows.start].fill(i as u32);
            let terms = &self.ranking.terms[partition.clone()];
            for (targets, frequencies) in targets.iter_mut().zip(&self.ranking.part_frequencies) {
                let n_records: usize = terms.iter().map(|&term| frequencies[term as usize] as usize).sum();
                let (target, others) = rest.split_at_mut(n_records * self.stride());
                rest = others;
                targets.push(Target { records: target, n_codes: 0 });
            }
        }
        let items: Vec<_> = self.ranking.parts.iter().cloned().zip(targets).collect();
        workers.map(items, |(part, mut targets)| {
            for (_, unit) in self.layout.units_over(part.clone()) {
                let span = unit.start.max(part.start)..unit.end.min(part.end);
                for start in span.clone().step_by(CHECK_EVERY) {
                    workers.signal().check()?;
                    let span = start - unit.start..(start + CHECK_EVERY).min(span.end) - unit.start;
                    let codes = &self.layout.codes[unit.clone()];
                    match self.stride() {
                        3 => self.copy_windows::<R, 3>(codes, span, &rows, &partition_of, &mut targets),
                        5 => self.copy_windows::<R, 5>(codes, span, &rows, &partition_of, &mut targets),
                        7 => self.copy_windows::<R, 7>(codes, span, &rows, &partition_of, &mut targets),
                        9 => self.copy_windows::<R, 9>(codes, span, &rows, &partition_of, &mut targets),
                        11 => self.copy_windows::<R, 11>(codes, span, &rows, &partition_of, &mut targets),
                        21 => self.copy_windows::<R, 21>(codes, span, &rows, &partition_of, &mut targets),
                        _ => self.copy_windows::<R, 0>(codes, span, &rows, &partition_of, &mut targets),
                    }
                }
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Copies the windows around the positions `span` of a unit whose code is among `rows`; `STRIDE` 0 stands for any.
    fn copy_windows<R: RecordCode, const STRIDE: usize>(
        &self,
        unit: &[u32],
        span: Range<usize>,
        rows: &Range<usize>,
        partition_of: &[u32],
        targets: &mut [Target<R>],
    ) {
        let mut found = [0; BATCH];
        for start in span.clone().step_by(BATCH) {
            // Without a branch: which tokens are rare enough cannot be predicted.
            let mut n_found = 0;
            for (i, &code) in unit[start..span.end.min(start + BATCH)].iter().enumerate() {
                found[n_found & (BATCH - 1)] = i as u32;
                n_found += usize::from((code as usize).wrapping_sub(rows.start) < partition_of.len());
            }
            for &i in &found[..n_found] {
                let position = start + i as usize;
                let partition = partition_of[unit[position] as usize - rows.start];
                let Target { records, n_codes } = &mut targets[partition as usize];
                let record = &mut records[*n_codes..][..self.stride()];
                *n_codes += self.stride();
                self.copy_window::<R, STRIDE>(unit, position, record);
            }
        }
    }

    /// Copies the window around a position of a unit; what is outside counts as a dropped term.
    #[inline(always)]
    fn copy_window<R: RecordCode, const STRIDE: usize>(&self, unit: &[u32], position: usize, record: &mut [R]) {
        let start = position.saturating_sub(self.reach);
        let window = &unit[start..unit.len().min(position + self.reach + 1)];
        match (<&[u32; STRIDE]>::try_from(window), <&mut [R; STRIDE]>::try_from(&mut *record)) {
            // Of a size known to the compiler: a few moves instead of a loop.
            (Ok(window), Ok(record)) => *record = window.map(R::of),
            _ => {
                record.fill(R::of(self.ranking.n_columns() as u32));
                let place = start + self.reach - position;
                record[place..].iter_mut().zip(window).for_each(|(to, &code)| *to = R::of(code));
            }
        }
    }

    /// Counts the rows of some partitions.
    fn count_partitions<R: RecordCode>(
        &self,
        partitions: &[Range<usize>],
        mut records: &[R],
        sums: &mut Accumulator<u32>,
        order: &mut Vec<u32>,
        workers: &Workers,
    ) -> Result<RowChunk<u32>> {
        let n_rows = partitions.iter().map(ExactSizeIterator::len).sum();
        let mut chunk = RowChunk { lengths: Vec::with_capacity(n_rows), cells: Vec::new() };
        let room = |row| (self.frequency(row) * self.stride() as u64).min(row as u64 + 1);
        // Room that is not written costs nothing and goes back below.
        reserve(&mut chunk.cells, partitions.iter().cloned().flatten().map(room).sum::<u64>() as usize);
        for rows in partitions {
            workers.signal().check()?;
            let n_records: u64 = rows.clone().map(|row| self.frequency(row)).sum();
            let (own, rest) = records.split_at(n_records as usize * self.stride());
            records = rest;
            self.count_rows(rows.clone(), own, sums, order, &mut chunk);
        }
        chunk.cells.shrink_to_fit();
        Ok(chunk)
    }

    /// Counts the rows of one partition.
    fn count_rows<R: RecordCode>(
        &self,
        rows: Range<usize>,
        records: &[R],
        sums: &mut Accumulator<u32>,
        order: &mut Vec<u32>,
        chunk: &mut RowChunk<u32>,
    ) {
        let stride = self.stride();
        let ends = sort(&rows, records, stride, self.reach, order, |row| self.frequency(row));
        let mut start = 0;
        for (row, end) in rows.zip(ends) {
            let own = row as u32;
            let n_cells = chunk.cells.len();
            let n_own = (end - start) as u32;
            let own_records = order[start..end].iter().map(|&record| &records[record as usize..][..stride]);
            start = end;
            let push = |column, sum| {
                let count = if column < own { sum } else { self.own_cell(sum - n_own) };
                if count > 0 {
                    chunk.cells.push((column, count));
                }
            };
            // The own code counts as well: once for each occurrence, and twice for each pair of them.
            if n_own as usize * stride > row {
                // Cheaper to look at all columns at the end than to note each that is new.
                own_records.for_each(|record| sums.add_below_unnoted(own + 1, record, 1));
                sums.take_below(own + 1, push);
            } else {
                own_records.for_each(|record| sums.add_below(own + 1, record, 1));
                sums.drain(own + 1, push);
            }
            chunk.lengths.push((chunk.cells.len() - n_cells) as u32);
        }
    }

    /// The diagonal cell, given how often the term met itself, from both sides.
    fn own_cell(&self, met: u32) -> u32 {
        match self.diagonal {
            Diagonal::Pairs => met / 2,
            Diagonal::Twice => met,
            Diagonal::Zero => 0,
        }
    }
}

/// Where one part of the corpus copies the windows of one partition, and how much it has.
struct Target<'a, R> {
    records: &'a mut [R],
    n_codes: usize,
}

/// Sorts the places of records by row, keeping their order within a row, and returns where each row ends.
fn sort<R: RecordCode>(
    rows: &Range<usize>,
    records: &[R],
    stride: usize,
    middle: usize,
    order: &mut Vec<u32>,
    frequency: impl Fn(usize) -> u64,
) -> Vec<usize> {
    let mut cursors: Vec<usize> = Vec::with_capacity(rows.len());
    let mut next = 0;
    for row in rows.clone() {
        cursors.push(next);
        next += frequency(row) as usize;
    }
    order.resize(next, 0);
    for (i, record) in records.chunks_exact(stride).enumerate() {
        let cursor = &mut cursors[record[middle].into() as usize - rows.start];
        order[*cursor] = (i * stride) as u32;
        *cursor += 1;
    }
    cursors
}
