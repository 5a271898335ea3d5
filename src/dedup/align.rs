//! Which parts of two texts are the same: spans on both sides, small changes within them bridged.
//!
//! All k-grams that both texts have are seeds; the longest runs through them are taken first, and no position is used twice.
//! Runs that follow each other in both texts at a small distance are one span. Memory and time are bounded for texts that
//! repeat themselves: of a k-gram that is frequent in a text its first [`MOST_OCCURRENCES`] places are looked at. The result is
//! the same whichever text is the first.

use std::collections::VecDeque;

use crate::dedup::fingerprint::Winnowing;
use crate::dedup::runs::{Run, disjoint, extend, sort_by_diagonal};
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

impl Span {
    /// The same seen from the other text.
    fn turned(self) -> Self {
        let Self { start_a, end_a, start_b, end_b, equal } = self;
        Self { start_a: start_b, end_a: end_b, start_b: start_a, end_b: end_a, equal }
    }
}

/// Aligns one text with others; memory is used again.
#[derive(Debug, Default)]
pub struct Aligner {
    text: Vec<u32>,
    /// Open addressing by the hash of a k-gram.
    table: Vec<Place>,
    /// The next position with the same k-gram, or [`EMPTY`].
    next: Vec<u32>,
    /// Number of the text that the first one is being aligned with.
    question: u32,
    seeds: Vec<(u32, u32)>,
    runs: Vec<Run>,
}

const EMPTY: u32 = u32::MAX;

/// A k-gram of the first text, or none.
#[derive(Clone, Copy, Debug)]
struct Place {
    hash: u64,
    /// Its first position, or [`EMPTY`].
    first: u32,
    /// The question in which it was last met.
    question: u32,
    /// How often it was met in that question.
    met: u32,
}

const NO_PLACE: Place = Place { hash: 0, first: EMPTY, question: 0, met: 0 };

impl Aligner {
    /// Makes this the first text.
    pub fn fill(&mut self, text: &[u32]) {
        self.text.clear();
        self.text.extend_from_slice(text);
        self.table.clear();
        self.table.resize((2 * text.len()).next_power_of_two().max(2), NO_PLACE);
        self.next.clear();
        self.question = 0;
        // From behind, so that chains lead from the first place on.
        let hashes: Vec<u64> = seeds(text).collect();
        self.next.resize(hashes.len(), EMPTY);
        for (position, &hash) in hashes.iter().enumerate().rev() {
            let place = self.place(hash);
            self.next[position] = self.table[place].first;
            self.table[place] = Place { hash, first: position as u32, ..NO_PLACE };
        }
    }

    fn place(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut place = hash as usize & mask;
        while self.table[place].first != EMPTY && self.table[place].hash != hash {
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
        let mut runs = std::mem::take(&mut self.runs);
        let turned = self.text.as_slice() > other;
        if turned {
            runs.iter_mut().for_each(|run| *run = run.turned());
        }
        runs = disjoint(runs, SEED as u32);
        let shorter = self.text.len().min(other.len()) as u32;
        let least = if shorter < 3 * LEAST_EQUAL { LEAST_EQUAL_SHORT.min(shorter) } else { LEAST_EQUAL };
        let mut spans: Vec<Span> = bridged(&runs).into_iter().filter(|span| span.equal >= least).collect();
        if turned {
            spans.iter_mut().for_each(|span| *span = span.turned());
        }
        spans.sort_unstable();
        self.runs = runs;
        spans
    }

    /// Finds the runs through k-grams that the first text and this one have in common.
    fn find_runs(&mut self, other: &[u32]) {
        self.question += 1;
        self.seeds.clear();
        for (in_b, hash) in seeds(other).enumerate() {
            let place = self.place(hash);
            let found = &mut self.table[place];
            found.met = if found.question == self.question { found.met + 1 } else { 1 };
            found.question = self.question;
            let mut in_a = if found.met as usize > MOST_OCCURRENCES { EMPTY } else { found.first };
            for _ in 0..MOST_OCCURRENCES {
                if in_a == EMPTY {
                    break;
                }
                self.seeds.push((in_a, in_b as u32));
                in_a = self.next[in_a as usize];
            }
        }
        sort_by_diagonal(&mut self.seeds);
        extend(&self.text, other, &self.seeds, &mut self.runs);
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
    use proptest::prelude::*;

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
        let n = 2_000_000;
        let text = vec![7; n as usize];
        assert_eq!(spans(&text, &text), [(0, n, 0, n, n)]);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_which_text_is_the_first(
            a in prop::collection::vec(0u32..3, 0..60), b in prop::collection::vec(0u32..3, 0..60),
        ) {
            let mut turned: Vec<_> = spans(&b, &a);
            turned.iter_mut().for_each(|span| *span = (span.2, span.3, span.0, span.1, span.4));
            turned.sort_unstable();
            prop_assert_eq!(spans(&a, &b), turned);
        }
    }
}
