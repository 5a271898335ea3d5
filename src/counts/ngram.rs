//! N-grams of term ids, counted and identified by where they first appear, without a string and without a global table.
//!
//! An n-gram is its prefix of `n - 1` tokens (named by the position where that first appears) and one more term id: one
//! 64-bit key for any `n`. Chunks of positions deal their keys to tables by hash; the tables, small enough for the cache,
//! are worked on in parallel and each reads its keys in the order of positions, so that it finds first appearances whatever
//! the number of threads. What comes back is, by position, the first position of the n-gram that starts there.
//!
//! Room, for one `n`: 4 bytes for each position (kept), 24 to 50 bytes for each distinct n-gram while it is counted and 16
//! afterwards, and 16 bytes for each position of a slice. Fewer than 2^32 - 1 positions.

use std::ops::Range;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Slot;

use crate::corpus::tokens::{GAP, Tokens, Unit};
use crate::counts::grain::Grain;
use crate::counts::tally::Tally;
use crate::disjoint;
use crate::error::Result;
use crate::parallel::Workers;

/// The n-grams of one length.
pub(crate) struct Grams {
    /// Number of tokens in each.
    pub n: u32,
    /// First position of the n-gram that starts at each position; [`GAP`] where none does.
    pub firsts: Vec<u32>,
    /// What is known of each distinct n-gram, in no particular order.
    pub tallies: Vec<Tally>,
}

/// An n-gram on its way to its table; on the way back `key` is its first position.
#[derive(Clone, Copy, Debug, Default)]
struct Record {
    key: u64,
    position: u32,
    doc: u32,
}

/// Records of one chunk, table by table: those of table `t` are `records[ends[t - 1]..ends[t]]`.
#[derive(Clone, Debug, Default)]
struct Block {
    records: Vec<Record>,
    ends: Vec<usize>,
}

struct Known {
    key: u64,
    tally: Tally,
}

/// The n-grams of every length from the least, at least 2, to the greatest; lengths of which there are none may be left out.
pub(crate) fn all(
    tokens: &Tokens,
    within: Unit,
    (least, greatest): (u32, u32),
    grain: &Grain,
    workers: &Workers,
) -> Result<Vec<Grams>> {
    let mut found: Vec<Grams> = Vec::new();
    for n in 2..=greatest {
        let prefixes = found.last().map_or(&tokens.term_ids, |shorter| &shorter.firsts);
        let grams = extend(tokens, within, prefixes, n, grain, workers)?;
        // Shorter ones than asked for have done their work as prefixes.
        found.retain(|shorter| shorter.n >= least);
        if grams.tallies.is_empty() {
            break;
        }
        found.push(grams);
    }
    found.retain(|grams| grams.n >= least);
    Ok(found)
}

/// The n-grams one token longer than those `prefixes` names by position (types: the term ids themselves).
pub(crate) fn extend(
    tokens: &Tokens,
    within: Unit,
    prefixes: &[u32],
    n: u32,
    grain: &Grain,
    workers: &Workers,
) -> Result<Grams> {
    let n_positions = tokens.n_positions();
    let n_tables = grain.n_tables(n_positions);
    let windows = Windows { tokens, within, prefixes, n: n as usize };
    let mut tables: Vec<HashTable<Known>> = (0..n_tables).map(|_| HashTable::new()).collect();
    let mut firsts = vec![0; n_positions];
    let mut blocks = Vec::new();
    for slice in disjoint::ranges(n_positions, grain.slice) {
        let cut = disjoint::ranges(slice.len(), grain.chunk);
        let chunks = || cut.iter().map(|chunk| slice.start + chunk.start..slice.start + chunk.end);
        blocks.resize(cut.len(), Block::default());
        workers.map(blocks.iter_mut().zip(chunks()).collect(), |(block, chunk)| {
            block.deal(&windows, chunk, n_tables);
            Ok(())
        })?;
        let mut shares: Vec<Vec<&mut [Record]>> = (0..n_tables).map(|_| Vec::with_capacity(blocks.len())).collect();
        for block in &mut blocks {
            block.pieces().into_iter().zip(&mut shares).for_each(|(piece, share)| share.push(piece));
        }
        workers.map(tables.iter_mut().zip(shares).collect(), |(table, share)| {
            share.into_iter().flatten().for_each(|record| look_up(table, record));
            Ok(())
        })?;
        let parts = disjoint::pieces(&mut firsts[slice.clone()], cut.iter().map(Range::len));
        workers.map(blocks.iter().zip(chunks()).zip(parts).collect(), |((block, chunk), part)| {
            part.fill(GAP);
            for record in &block.records {
                part[record.position as usize - chunk.start] = record.key as u32;
            }
            workers.signal().advance(chunk.len() as u64);
            Ok(())
        })?;
    }
    let mut tallies = Vec::with_capacity(tables.iter().map(HashTable::len).sum());
    for table in tables {
        workers.signal().check()?;
        tallies.extend(table.into_iter().map(|known| known.tally));
    }
    Ok(Grams { n, firsts, tallies })
}

fn look_up(table: &mut HashTable<Known>, record: &mut Record) {
    let key = record.key;
    let slot = table.entry(mix(key), |known| known.key == key, |known| mix(known.key));
    let known = match slot {
        Slot::Occupied(known) => known.into_mut(),
        Slot::Vacant(place) => place.insert(Known { key, tally: Tally::NONE }).into_mut(),
    };
    known.tally.see(record.position, record.doc);
    record.key = u64::from(known.tally.first);
}

/// Spreads a key over 64 bits: both halves of a product, folded.
#[inline]
fn mix(key: u64) -> u64 {
    let product = u128::from(key ^ 0x243f_6a88_85a3_08d3) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
    (product >> 64) as u64 ^ product as u64
}

/// The table of a key; bits that neither the position in a table nor its tags use.
#[inline]
fn table_of(key: u64, n_tables: usize) -> usize {
    (mix(key) >> 40) as usize & (n_tables - 1)
}

impl Block {
    /// Gathers the n-grams that start in a chunk, table by table.
    fn deal(&mut self, windows: &Windows, chunk: Range<usize>, n_tables: usize) {
        self.ends.clear();
        self.ends.resize(n_tables + 1, 0);
        windows.visit(chunk.clone(), |key, _, _| self.ends[table_of(key, n_tables) + 1] += 1);
        for table in 1..=n_tables {
            self.ends[table] += self.ends[table - 1];
        }
        self.records.resize(self.ends[n_tables], Record::default());
        // `ends[t]` starts as the beginning of table t and is its end once all are dealt.
        windows.visit(chunk, |key, position, doc| {
            let end = &mut self.ends[table_of(key, n_tables)];
            self.records[*end] = Record { key, position, doc };
            *end += 1;
        });
        self.ends.pop();
    }

    fn pieces(&mut self) -> Vec<&mut [Record]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let lengths: Vec<usize> = starts.zip(&self.ends).map(|(start, end)| end - start).collect();
        disjoint::pieces(&mut self.records, lengths)
    }
}

/// All runs of `n` tokens without a gap inside one unit.
struct Windows<'a> {
    tokens: &'a Tokens,
    within: Unit,
    prefixes: &'a [u32],
    n: usize,
}

impl Windows<'_> {
    /// Calls back with key, position and document of each n-gram that starts in a range of positions, in that order.
    fn visit(&self, range: Range<usize>, mut found: impl FnMut(u64, u32, u32)) {
        let tokens = self.tokens;
        let starts = match self.within {
            Unit::Document => &tokens.doc_offsets,
            Unit::Paragraph => &tokens.paragraph_starts,
            Unit::Sentence => &tokens.sentence_starts,
        };
        let after = |starts: &[u64], position| starts.partition_point(|&start| start <= position as u64);
        let (mut doc, mut unit) = (after(&tokens.doc_offsets, range.start), after(starts, range.start));
        let mut position = range.start;
        while position < range.end {
            // `doc` and `unit` count what starts up to here: the next ones end this document and this unit.
            doc += tokens.doc_offsets[doc..].iter().take_while(|&&start| start <= position as u64).count();
            unit += starts[unit..].iter().take_while(|&&start| start <= position as u64).count();
            let doc_end = tokens.doc_offsets[doc] as usize;
            let end = starts.get(unit).map_or(doc_end, |&start| doc_end.min(start as usize));
            let last = end.min(range.end).min((end + 1).saturating_sub(self.n)).max(position);
            let prefixes = &self.prefixes[position..last];
            let nexts = &tokens.term_ids[(position + self.n - 1).min(end)..][..prefixes.len()];
            for (i, (&prefix, &next)) in prefixes.iter().zip(nexts).enumerate() {
                if prefix != GAP && next != GAP {
                    found(u64::from(prefix) << 32 | u64::from(next), (position + i) as u32, doc as u32 - 1);
                }
            }
            position = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::vocabulary::Vocabulary;
    use std::sync::Arc;

    fn tokens() -> Tokens {
        // a b a b | a - b a b ; (empty) ; b a b
        Tokens {
            term_ids: vec![0, 1, 0, 1, 0, GAP, 1, 0, 1, 1, 0, 1],
            doc_offsets: vec![0, 9, 9, 12],
            sentence_starts: vec![0, 4, 9],
            paragraph_starts: vec![0, 9],
            vocabulary: Arc::new(Vocabulary::from_terms(["a", "b"])),
        }
    }

    #[test]
    fn n_grams_stop_at_gaps_and_units_and_point_to_their_first_appearance() {
        let tokens = tokens();
        let g = GAP;
        let pairs = [
            (Unit::Document, [0, 1, 0, 1, g, g, 1, 0, g, 1, 0, g]),
            (Unit::Sentence, [0, 1, 0, g, g, g, 1, 0, g, 1, 0, g]),
        ];
        for chunk in 1..13 {
            for (slice, table) in [(1, 1), (5, 2), (100, 100)] {
                let grain = Grain { chunk, slice, table, serial_sort: 2 };
                for (within, expected) in pairs {
                    let two = extend(&tokens, within, &tokens.term_ids, 2, &grain, &Workers::serial()).unwrap();
                    assert_eq!(two.firsts, expected);
                }
                let two = extend(&tokens, Unit::Document, &tokens.term_ids, 2, &grain, &Workers::serial()).unwrap();
                let mut found: Vec<_> = two.tallies.iter().map(|t| (t.first, t.cf, t.df)).collect();
                found.sort_unstable();
                assert_eq!(found, [(0, 4, 2), (1, 4, 2)]);
                let three = extend(&tokens, Unit::Document, &two.firsts, 3, &grain, &Workers::serial()).unwrap();
                assert_eq!(three.firsts, [0, 1, 0, g, g, g, 1, g, g, 1, g, g]);
            }
        }
    }
}
