//! What is printed twice on one page: paragraphs, sentences, long runs of words.
//!
//! Every sequence of five words is looked up among those before it. What follows are counts: how many of a paragraph's
//! sequences stand in one other paragraph, before or behind, and how long the longest run in common is. One pass, one
//! table of first places, no matter how often a line is repeated.

use std::ops::Range;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::dedup::blocks::elsewhere::Elsewhere;
use crate::dedup::blocks::page::Page;

/// Words of a sequence.
pub(super) const GRAM: usize = 5;
/// Nearly all of a paragraph: this share of its sequences, in per cent.
const NEARLY_ALL: usize = 90;
/// A paragraph of fewer words is no pull quote.
pub(super) const PULL_QUOTE: u32 = 8;
/// A run of so many words in common makes a near repeat.
const LONG_RUN: usize = 12;
/// Sentences of fewer words are not compared word by word.
const SENTENCE: usize = 12;
/// Share of the shorter sentence's distinct words that the other must hold, in per cent.
const ALIKE: usize = 60;
/// Sentences compared for one paragraph, at most.
const COMPARED: usize = 4;
/// Paragraphs joined to find one that was printed with other line breaks, at most.
const JOINED: usize = 4;

/// How a paragraph resembles another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    /// The other paragraph.
    pub of: usize,
    /// How.
    pub how: How,
    /// Words of the longest run in common.
    pub run: usize,
}

/// The ways of being printed twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The same words, here or with other line breaks.
    Same,
    /// Nearly all of it stands in the other, which is longer.
    Within,
    /// A sentence or a long run in common.
    Near,
}

/// A run of words that stands in an earlier paragraph as well.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where it starts here and there, in words of the page.
    at: usize,
    source: usize,
    n_words: usize,
}

/// Sequences that one paragraph shares with one other.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    with: usize,
    n_grams: usize,
    run: usize,
}

/// The tables of one worker.
#[derive(Default, Debug)]
pub(super) struct Finder {
    /// First places of sequences, open addressing; 0 is free.
    first: Vec<u32>,
    /// Hash of the sequence at each word.
    grams: Vec<u32>,
    /// Paragraph of each word.
    owner: Vec<u32>,
    /// The best match behind each paragraph, and the one being counted.
    behind: Vec<(Shared, Shared)>,
    runs: Vec<Run>,
    elsewhere: Elsewhere,
    whole: HashMap<(u64, usize), usize, FixedState>,
}

impl Finder {
    /// For each paragraph of the page, what it repeats; `near` asks for near repeats as well.
    pub(super) fn find(&mut self, page: &Page, near: bool) -> Vec<Option<Copy>> {
        let mut copies = vec![None; page.paragraphs.len()];
        self.same_words(page, &mut copies);
        if near || self.elsewhere.may_hold_a_paragraph(page) {
            self.look_everywhere(page, near, &mut copies);
        }
        copies
    }

    /// Paragraphs of which something stands in others.
    fn look_everywhere(&mut self, page: &Page, near: bool, copies: &mut [Option<Copy>]) {
        self.prepare(page);
        for (paragraph, copy) in copies.iter_mut().enumerate() {
            let before = self.look_up(page, paragraph);
            if copy.is_none() {
                *copy = self.judged(page, paragraph, before, near);
            }
        }
        self.pull_quotes_ahead(page, copies);
    }

    /// Paragraphs that repeat one before, or several that together repeat one, or one that repeats several.
    fn same_words(&mut self, page: &Page, copies: &mut [Option<Copy>]) {
        self.whole.clear();
        let sums: Vec<(u64, usize)> = (0..copies.len()).map(|p| summed(page.words_of(p))).collect();
        for first in 0..sums.len() {
            let mut sum = (0, 0);
            for (last, &next) in sums.iter().enumerate().skip(first).take(JOINED) {
                if next.1 == 0 {
                    break;
                }
                sum = joined(sum, next);
                let parts = first..last + 1;
                let known = self.whole.get(&sum).copied();
                if let Some(of) = known.filter(|&of| of < first && copies[last].is_none()) {
                    self.accept(page, parts, of, copies);
                }
            }
            // Known from here on, alone and joined with those before.
            let mut sum = (0, 0);
            for back in (0..=first).rev().take(JOINED) {
                sum = joined(sums[back], sum);
                if sums[back].1 == 0 {
                    break;
                }
                if sum.1 >= 1 {
                    self.whole.entry(sum).or_insert(back);
                }
            }
        }
    }

    fn accept(&self, page: &Page, parts: Range<usize>, of: usize, copies: &mut [Option<Copy>]) {
        let words = page.paragraphs[parts.start].words.start..page.paragraphs[parts.end - 1].words.end;
        let source = page.paragraphs[of].words.start;
        let there = page.words.hashes.get(source..source + words.len());
        // Joined paragraphs must be a longer text than a label or two.
        let enough = parts.len() == 1 || words.len() >= GRAM;
        if enough && there == page.words.hashes.get(words.clone()) {
            for part in parts {
                // The paragraph there that holds the first word of this one.
                let at = source + page.paragraphs[part].words.start - words.start;
                let of = page.paragraphs.partition_point(|paragraph| paragraph.words.end <= at);
                let run = page.paragraphs[part].words.len();
                copies[part] = copies[part].or(Some(Copy { of, how: How::Same, run }));
            }
        }
    }

    fn prepare(&mut self, page: &Page) {
        let n = page.words.hashes.len();
        self.first.clear();
        self.first.resize((2 * n).next_power_of_two(), 0);
        self.behind.clear();
        self.behind.resize(page.paragraphs.len(), Default::default());
        self.owner.clear();
        self.owner.resize(n, 0);
        self.grams.clear();
        self.grams.resize(n, 0);
        for (number, paragraph) in page.paragraphs.iter().enumerate() {
            self.owner[paragraph.words.clone()].fill(number as u32);
            for at in paragraph.words.start..paragraph.words.end.saturating_sub(GRAM - 1) {
                self.grams[at] = gram(&page.words.hashes[at..at + GRAM]);
            }
        }
    }

    /// Looks the sequences of a paragraph up and enters them; what it shares most with one before.
    fn look_up(&mut self, page: &Page, paragraph: usize) -> Shared {
        self.runs.clear();
        let words = page.paragraphs[paragraph].words.clone();
        let (mut best, mut now) = (Shared::default(), Shared::default());
        let mask = self.first.len().wrapping_sub(1);
        for at in words.start..words.end.saturating_sub(GRAM - 1) {
            if let Some(source) = self.continued(page, at) {
                self.count(at, source, &mut now, &mut best);
                continue;
            }
            let mut slot = self.grams[at] as usize & mask;
            let source = loop {
                match self.first[slot] as usize {
                    0 => break None,
                    place if self.equal(page, place - 1, at) => break Some(place - 1),
                    _ => slot = (slot + 1) & mask,
                }
            };
            match source {
                None => self.first[slot] = at as u32 + 1,
                Some(source) if (self.owner[source] as usize) < paragraph => {
                    self.count(at, source, &mut now, &mut best)
                }
                Some(_) => {}
            }
        }
        for run in &self.runs {
            let other = &mut self.behind[self.owner[run.source] as usize].0;
            if other.with == paragraph {
                other.run = other.run.max(run.n_words);
            }
            if self.owner[run.source] as usize == best.with {
                best.run = best.run.max(run.n_words);
            }
        }
        best
    }

    /// The place that continues the last run, if the words there are the same.
    fn continued(&self, page: &Page, at: usize) -> Option<usize> {
        let run = self.runs.last().filter(|run| run.at + run.n_words + 1 == at + GRAM)?;
        let source = run.source + (at - run.at);
        let last = source + GRAM - 1;
        let same_owner = self.owner.get(last) == self.owner.get(run.source);
        (same_owner && page.words.hashes[last] == page.words.hashes[at + GRAM - 1]).then_some(source)
    }

    fn equal(&self, page: &Page, one: usize, other: usize) -> bool {
        let hashes = &page.words.hashes;
        self.grams[one] == self.grams[other] && hashes[one..one + GRAM] == hashes[other..other + GRAM]
    }

    fn count(&mut self, at: usize, source: usize, now: &mut Shared, best: &mut Shared) {
        let other = self.owner[source] as usize;
        tally(now, best, other);
        let paragraph = self.owner[at] as usize;
        let (best_behind, behind) = &mut self.behind[other];
        tally(behind, best_behind, paragraph);
        match self.runs.last_mut() {
            Some(run) if run.at + run.n_words - GRAM + 1 == at && run.source + at - run.at == source => {
                run.n_words += 1
            }
            _ => self.runs.push(Run { at, source, n_words: GRAM }),
        }
    }

    fn judged(&self, page: &Page, paragraph: usize, shared: Shared, near: bool) -> Option<Copy> {
        let here = &page.paragraphs[paragraph];
        if shared.n_grams > 0 && is_nearly_all(shared.n_grams, here.words.len()) && here.shape.n_words >= PULL_QUOTE {
            let how = if is_longer(page, shared.with, paragraph) { How::Within } else { How::Same };
            return Some(Copy { of: shared.with, how, run: shared.run });
        }
        if !near {
            return None;
        }
        let longest = self.runs.iter().max_by_key(|run| (run.n_words, std::cmp::Reverse(run.at)))?;
        let of = self.owner[longest.source] as usize;
        if longest.n_words >= LONG_RUN {
            return Some(Copy { of, how: How::Near, run: longest.n_words });
        }
        let alike = self.runs.iter().take(COMPARED).find(|run| sentences_alike(page, run))?;
        Some(Copy { of: self.owner[alike.source] as usize, how: How::Near, run: alike.n_words })
    }

    /// Paragraphs of which nearly all stands in a longer one further down.
    fn pull_quotes_ahead(&self, page: &Page, copies: &mut [Option<Copy>]) {
        for (paragraph, (shared, _)) in self.behind.iter().enumerate() {
            let here = &page.paragraphs[paragraph];
            let fits = here.shape.n_words >= PULL_QUOTE && is_nearly_all(shared.n_grams, here.words.len());
            let free = copies[paragraph].is_none_or(|copy| copy.how == How::Near);
            if fits && free && is_longer(page, shared.with, paragraph) {
                copies[paragraph] = Some(Copy { of: shared.with, how: How::Within, run: shared.run });
                // The source is no near repeat of its own quotation.
                copies[shared.with].take_if(|copy| copy.of == paragraph && copy.how == How::Near);
            }
        }
    }
}

fn tally(now: &mut Shared, best: &mut Shared, with: usize) {
    if now.with != with || now.n_grams == 0 {
        *now = if best.with == with { *best } else { Shared { with, n_grams: 0, run: 0 } };
    }
    now.n_grams += 1;
    if now.n_grams > best.n_grams {
        *best = Shared { run: if best.with == with { best.run } else { 0 }, ..*now };
    }
}

pub(super) fn is_nearly_all(n_grams: usize, n_words: usize) -> bool {
    n_words >= GRAM && 100 * n_grams >= NEARLY_ALL * (n_words + 1 - GRAM)
}

/// Whether a paragraph has at least a quarter more words than another.
fn is_longer(page: &Page, one: usize, other: usize) -> bool {
    4 * page.paragraphs[one].words.len() >= 5 * page.paragraphs[other].words.len()
}

fn gram(words: &[u32]) -> u32 {
    let hash = words.iter().fold(0u64, |hash, &word| (hash ^ u64::from(word)).wrapping_mul(FACTOR).rotate_left(29));
    (hash >> 32) as u32
}

pub(super) const FACTOR: u64 = 0x9fb2_1c65_1e98_df25;

/// A sum over words and their number, such that sums of neighbours can be joined.
fn summed(words: &[u32]) -> (u64, usize) {
    let sum = words.iter().fold(0u64, |sum, &word| sum.wrapping_mul(FACTOR).wrapping_add(u64::from(word) + 1));
    (sum, words.len())
}

fn joined((left, n_left): (u64, usize), (right, n_right): (u64, usize)) -> (u64, usize) {
    (left.wrapping_mul(FACTOR.wrapping_pow(n_right as u32)).wrapping_add(right), n_left + n_right)
}

/// Whether the sentences around both places of a run hold mostly the same words.
fn sentences_alike(page: &Page, run: &Run) -> bool {
    let (one, other) = (distinct(page, run.at), distinct(page, run.source));
    let shorter = one.len().min(other.len());
    let n_shared = one.iter().filter(|&word| other.binary_search(word).is_ok()).count();
    shorter >= SENTENCE && 100 * n_shared >= ALIKE * shorter
}

/// Longer sentences are cut here.
const LONGEST_SENTENCE: usize = 200;

/// Distinct words of the sentence around a word, in order of their hashes.
fn distinct(page: &Page, at: usize) -> Vec<u32> {
    let ends = &page.words.sentence_ends;
    let next = ends.partition_point(|&end| end as usize <= at);
    let paragraphs = &page.paragraphs;
    let paragraph = &paragraphs[paragraphs.partition_point(|paragraph| paragraph.words.end <= at)];
    let start = next.checked_sub(1).map_or(0, |last| ends[last] as usize).max(paragraph.words.start);
    let end = ends.get(next).map_or(usize::MAX, |&end| end as usize).min(paragraph.words.end);
    let mut words = page.words.hashes[start..end.min(start + LONGEST_SENTENCE)].to_vec();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_that_are_not_searched_hold_nothing(
            page in prop::collection::vec(prop::collection::vec((0..3usize, 0..25usize, 1..25usize), 1..3), 1..6),
        ) {
            let stretch = |&(of, start, len): &(usize, usize, usize)| {
                let word = |at: usize| if of == 2 { format!("w{} ", at % 3) } else { format!("w{} ", 30 * of + at) };
                (start..start + len).map(word).collect::<String>()
            };
            let paragraph = |parts: &Vec<_>| parts.iter().map(stretch).collect::<String>();
            let text = page.iter().map(paragraph).collect::<Vec<_>>().join("\n\n");
            let mut page = Page::default();
            page.read(&text);
            let mut finder = Finder::default();
            let mut expected = vec![None; page.paragraphs.len()];
            finder.same_words(&page, &mut expected);
            finder.look_everywhere(&page, false, &mut expected);
            prop_assert_eq!(finder.find(&page, false), expected, "{}", text);
        }
    }

    fn copies(text: &str) -> Vec<Option<(usize, How)>> {
        let mut page = Page::default();
        page.read(text);
        Finder::default().find(&page, true).into_iter().map(|copy| copy.map(|copy| (copy.of, copy.how))).collect()
    }

    const LONG: &str = "The board met on Tuesday. The ferry line asked for three more berths in the old harbour of \
                        Asterholm before winter. It did not get them.";
    const QUOTE: &str = "The ferry line asked for three more berths in the old harbour of Asterholm before winter";

    #[test]
    fn equal_paragraphs_point_at_the_first() {
        assert_eq!(
            copies("Op-Ed\n\nOther\n\n• Op-ed\n\nOP-ED"),
            [None, None, Some((0, How::Same)), Some((0, How::Same))]
        );
    }

    #[test]
    fn other_line_breaks_do_not_hide_a_copy() {
        let text =
            "Gifts are back! Keep the harbour paper alive.\n\nMore\n\nGifts are back!\n\nKeep the harbour paper alive.";
        assert_eq!(copies(text)[2..], [Some((0, How::Same)), Some((0, How::Same))]);
        let text =
            "Gifts are back!\n\nKeep the harbour paper alive.\n\nMore\n\nGifts are back! Keep the harbour paper alive.";
        assert_eq!(copies(text)[3], Some((0, How::Same)));
    }

    #[test]
    fn a_pull_quote_points_at_its_source_on_either_side() {
        assert_eq!(copies(&format!("{QUOTE}\n\n{LONG}")), [Some((1, How::Within)), None]);
        assert_eq!(copies(&format!("{LONG}\n\n“{QUOTE}.”")), [None, Some((0, How::Within))]);
    }

    #[test]
    fn a_sentence_in_other_words_is_a_near_repeat() {
        let one = "Despite the harbour paper’s attempts to inflate the line’s losses and magnify its faults, the line \
                   continues to play a part within the strait, dedicated to its winter mission.";
        let other = "Despite the harbour paper’s efforts to inflate the line’s costs and magnify its errors, the line \
                     remains a willing partner within the strait, dedicated to its guests.";
        assert_eq!(copies(&format!("{one}\n\n{other}"))[1], Some((0, How::Near)));
    }

    #[test]
    fn one_word_without_end_takes_linear_time() {
        let text = "fog ".repeat(200_000) + "\n\n" + &"fog\n".repeat(200_000);
        assert_eq!(copies(&text).len(), 200_001);
    }
}
