//! Which parts of two texts are the same: spans on both sides, small changes within them bridged.
//!
//! All k-grams that both texts have are seeds; the longest runs through them are taken first, and no position is used twice.
//! Runs that follow each other in both texts at a small distance are one span. Memory and time are bounded for texts that
//! repeat themselves: a k-gram that is frequent in the first text keeps its first [`MOST_OCCURRENCES`] places.

use std::collections::VecDeque;

use crate::dedup::fingerprint::Winnowing;
use crate::dedup::runs::{Run, disjoint, extend};
use crate::dedup::units::n_words;

/// Units in a seed.
const SEED: usize = 4;
/// Places of a k-gram that are looked at.
const MOST_OCCURRENCES: usize = 8;
/// Units that a change may cover on either side without ending the span.
const BRIDGED: u32 = 12;
/// Equal units in a span, unless the texts are shorter.
const LEAST_EQUAL: u32 = 12;
/// Equal units in a span of short texts.
const LEAST_EQUAL_SHORT: u32 = 8;

/// The same text in two documents, as positions of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First position in the first text.
    pub start_a: u32,
    /// Position behind the last in the first text.
    pub end_a: u32,
    /// First position in the second text.
    pub start_b: u32,
    /// Position behind the last in the second text.
    pub end_b: u32,
    /// Units that are equal.
    pub equal: u32,
}

/// Aligns one text with others; memory is used again.
#[derive(Debug, Default)]
pub struct Aligner {
    text: Vec<u32>,
    /// Open addressing: hash of a k-gram and its last position, or [`EMPTY`].
    table: Vec<(u64, u32)>,
    /// The position before each one with the same k-gram, or [`EMPTY`].
    before: Vec<u32>,
    seeds: Vec<(u32, u32)>,
    runs: Vec<Run>,
}

const EMPTY: u32 = u32::MAX;

impl Aligner {
    /// Makes this the first text.
    pub fn fill(&mut self, text: &[u32]) {
        self.text.clear();
        self.text.extend_from_slice(text);
        self.table.clear();
        self.table.resize((2 * text.len()).next_power_of_two().max(2), (0, EMPTY));
        self.before.clear();
        // From behind, so that chains lead from the first place on.
        let hashes: Vec<u64> = seeds(text).collect();
        self.before.resize(hashes.len(), EMPTY);
        for (position, &hash) in hashes.iter().enumerate().rev() {
            let place = self.place(hash);
            let (_, next) = self.table[place];
            self.before[position] = next;
            self.table[place] = (hash, position as u32);
        }
    }

    fn place(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut place = hash as usize & mask;
        while self.table[place].1 != EMPTY && self.table[place].0 != hash {
            place = (place + 1) & mask;
        }
        place
    }

    /// Words of the longest run that the first text and this one have in common; 0 if it is shorter than a seed.
    pub fn longest_run(&mut self, other: &[u32]) -> u32 {
        self.find_runs(other);
        let words = |run: &Run| n_words(&self.text[run.start_a as usize..run.end_a() as usize]);
        self.runs.iter().map(words).max().unwrap_or(0)
    }

    /// The spans that the first text and this one have in common, ascending by their place in the first.
    pub fn spans(&mut self, other: &[u32]) -> Vec<Span> {
        self.find_runs(other);
        let runs = disjoint(std::mem::take(&mut self.runs), SEED as u32);
        let shorter = self.text.len().min(other.len()) as u32;
        let least = if shorter < 3 * LEAST_EQUAL { LEAST_EQUAL_SHORT.min(shorter) } else { LEAST_EQUAL };
        let mut spans: Vec<Span> = bridged(&runs).into_iter().filter(|span| span.equal >= least).collect();
        spans.sort_unstable();
        spans
    }

    fn find_runs(&mut self, other: &[u32]) {
        let mut found = std::mem::take(&mut self.seeds);
        found.clear();
        for (in_b, hash) in seeds(other).enumerate() {
            let mut in_a = self.table[self.place(hash)].1;
            for _ in 0..MOST_OCCURRENCES {
                if in_a == EMPTY {
                    break;
                }
                found.push((in_a, in_b as u32));
                in_a = self.before[in_a as usize];
            }
        }
        extend(&self.text, other, &mut found, &mut self.runs);
        self.seeds = found;
    }
}

fn seeds(text: &[u32]) -> impl Iterator<Item = u64> {
    Winnowing { k: SEED, window: 1 }.hashes(text)
}

/// Joins runs, ascending in the first text, that follow each other closely in both.
fn bridged(runs: &[Run]) -> Vec<Span> {
    let mut closed = Vec::new();
    let mut open: VecDeque<Span> = VecDeque::new();
    for run in runs {
        while open.front().is_some_and(|span| span.end_a + BRIDGED < run.start_a) {
            closed.extend(open.pop_front());
        }
        let follows = |span: &Span| {
            span.end_a <= run.start_a
                && (span.end_b..=span.end_b + BRIDGED).contains(&run.start_b)
                && run.start_a - span.end_a <= BRIDGED
        };
        match open.iter().rposition(follows).and_then(|place| open.remove(place)) {
            Some(mut span) => {
                span.end_a = run.end_a();
                span.end_b = run.end_b();
                span.equal += run.len;
                open.push_back(span);
            }
            None => open.push_back(Span {
                start_a: run.start_a,
                end_a: run.end_a(),
                start_b: run.start_b,
                end_b: run.end_b(),
                equal: run.len,
            }),
        }
    }
    closed.extend(open);
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(a: &[u32], b: &[u32]) -> Vec<(u32, u32, u32, u32, u32)> {
        let mut aligner = Aligner::default();
        aligner.fill(a);
        let flat = |span: Span| (span.start_a, span.end_a, span.start_b, span.end_b, span.equal);
        aligner.spans(b).into_iter().map(flat).collect()
    }

    #[test]
    fn small_changes_do_not_end_a_span_and_large_ones_do() {
        let a: Vec<u32> = (0..60).collect();
        let mut b = a.clone();
        b[20] = 900;
        b.splice(30..30, 500..505);
        assert_eq!(spans(&a, &b), [(0, 60, 0, 65, 59)]);
        b.splice(30..30, 600..620);
        assert_eq!(spans(&a, &b), [(0, 30, 0, 30, 29), (30, 60, 55, 85, 30)]);
    }

    #[test]
    fn parts_in_another_order_are_spans_of_their_own() {
        let a: Vec<u32> = (0..60).collect();
        let b: Vec<u32> = (30..60).chain(0..30).collect();
        assert_eq!(spans(&a, &b), [(0, 30, 30, 60, 30), (30, 60, 0, 30, 30)]);
    }

    #[test]
    fn short_texts_need_less_and_nothing_is_found_in_nothing() {
        let a: Vec<u32> = (0..10).collect();
        assert_eq!(spans(&a, &a), [(0, 10, 0, 10, 10)]);
        assert_eq!(spans(&a[..5], &a[..5]), [(0, 5, 0, 5, 5)]);
        assert_eq!(spans(&a, &[]), []);
        assert_eq!(spans(&[], &a), []);
    }

    #[test]
    fn a_text_of_one_word_is_no_trouble() {
        assert_eq!(spans(&[7; 20_000], &[7; 20_000]), [(0, 20_000, 0, 20_000, 20_000)]);
    }
}
