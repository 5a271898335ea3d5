//! The corpus as one stream of codes in which n-grams are runs.
//!
//! Units and gaps become borders, words too rare to be in anything that is listed share one code, and all others are numbered
//! in the order of their ids: fewer bits for a key, and nothing but borders to look out for.

use std::ops::Range;

use crate::corpus::tokens::{GAP, Tokens, Unit};
use crate::disjoint;
use crate::error::Result;
use crate::parallel::{Workers, ranges_by_weight};

use super::MAX_SIZE;

/// Between two runs of words, and after the last.
pub(super) const BORDER: u32 = u32::MAX;
/// A word that no listed n-gram holds. All codes from here on are no words.
pub(super) const RARE: u32 = u32::MAX - 1;

/// Words to the left of a position that matter.
pub(super) const LEFT: usize = MAX_SIZE - 1;

/// Words as codes.
pub(super) struct Codes {
    /// Code of each type, [`RARE`] for none.
    of: Vec<u32>,
    /// Type of each code, ascending.
    pub terms: Vec<u32>,
}

impl Codes {
    /// Codes for the types that occur often enough.
    pub fn new(tokens: &Tokens, min_count: u64) -> Self {
        let mut codes = Self { of: vec![RARE; tokens.n_types()], terms: Vec::new() };
        for (id, (code, &frequency)) in codes.of.iter_mut().zip(tokens.vocabulary.frequencies()).enumerate() {
            if frequency >= min_count {
                *code = codes.terms.len() as u32;
                codes.terms.push(id as u32);
            }
        }
        codes
    }

    /// Bits that hold any code.
    pub fn bits(&self) -> u32 {
        (self.terms.len().max(2) - 1).ilog2() + 1
    }
}

/// Runs of codes, each with a border behind it.
pub(super) struct Stream {
    codes: Vec<u32>,
    /// Number of n-grams of each size, 0 and 1 left out.
    pub totals: [u64; MAX_SIZE + 1],
    parts: Vec<Range<usize>>,
}

impl Stream {
    /// The runs of some documents, given in ranges; `part` codes are worked on at a time.
    pub fn new(
        tokens: &Tokens,
        docs: &[Range<usize>],
        within: Unit,
        codes: &Codes,
        part: usize,
        workers: &Workers,
    ) -> Result<Self> {
        let positions =
            |docs: &Range<usize>| tokens.doc_offsets[docs.start] as usize..tokens.doc_offsets[docs.end] as usize;
        let pieces: Vec<Range<usize>> = docs
            .iter()
            .flat_map(|docs| {
                let weight = |doc| tokens.doc_range(docs.start + doc).len() as u64 + 1;
                let cut = ranges_by_weight(docs.len(), weight, part as u64);
                cut.into_iter().map(|cut| docs.start + cut.start..docs.start + cut.end)
            })
            .map(|docs| positions(&docs))
            .collect();
        let lengths = workers.map(pieces.clone(), |range| Ok(range.len() + tokens.units(within, range).count()))?;
        let mut stream = vec![BORDER; lengths.iter().sum()];
        let items = pieces.into_iter().zip(disjoint::pieces(&mut stream, lengths)).collect();
        let totals = workers.map(items, |(range, mut to)| {
            let mut totals = [0; MAX_SIZE + 1];
            for unit in tokens.units(within, range) {
                let (own, rest) = to.split_at_mut(unit.len() + 1);
                encode(&tokens.term_ids[unit], &codes.of, own, &mut totals);
                to = rest;
            }
            Ok(totals)
        })?;
        let sum = |size: usize| totals.iter().map(|totals| totals[size]).sum();
        Ok(Self { parts: disjoint::ranges(stream.len(), part), codes: stream, totals: std::array::from_fn(sum) })
    }

    /// Number of codes and borders.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Ranges of positions that are worked on at a time.
    pub fn parts(&self) -> &[Range<usize>] {
        &self.parts
    }

    /// Calls back with each position of a part at which `span` words follow one another: the words from there to the end of
    /// their run, as far as they matter, and how many stand before, at most [`LEFT`].
    #[inline(always)]
    pub fn visit(&self, part: usize, span: usize, mut found: impl FnMut(&[u32; MAX_SIZE], usize, usize)) {
        let Some(part) = self.parts.get(part) else { return };
        let reach = self.codes.len().min(part.end + MAX_SIZE);
        let before = &self.codes[part.start.saturating_sub(LEFT)..part.start];
        // The run in which the part starts, as far back as it matters.
        let mut start = part.start - before.iter().rev().take_while(|&&code| code != BORDER).count();
        while start < part.end {
            let run = &self.codes[start..reach];
            let length = run.iter().position(|&code| code == BORDER).unwrap_or(run.len());
            let first = part.start.max(start) - start;
            let last = (length + 1).saturating_sub(span).min(part.end - start);
            for i in first..last {
                let mut window = [BORDER; MAX_SIZE];
                let words = &run[i..length.min(i + MAX_SIZE)];
                match <&[u32; MAX_SIZE]>::try_from(words) {
                    Ok(words) => found(words, i.min(LEFT), MAX_SIZE),
                    Err(_) => {
                        window[..words.len()].copy_from_slice(words);
                        found(&window, i.min(LEFT), words.len());
                    }
                }
            }
            start += length + 1;
        }
    }
}

/// Writes the codes of a unit and the border behind it, and adds up its n-grams.
fn encode(ids: &[u32], codes: &[u32], to: &mut [u32], totals: &mut [u64; MAX_SIZE + 1]) {
    let mut length = 0;
    for (to, &id) in to.iter_mut().zip(ids) {
        if id == GAP {
            count_run(std::mem::take(&mut length), totals);
        } else {
            *to = codes[id as usize];
            length += 1;
        }
    }
    count_run(length, totals);
}

fn count_run(length: u64, totals: &mut [u64; MAX_SIZE + 1]) {
    for (size, total) in totals.iter_mut().enumerate().skip(2) {
        *total += (length + 1).saturating_sub(size as u64);
    }
}
