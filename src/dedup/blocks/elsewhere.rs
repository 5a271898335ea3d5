//! Whether a page is worth a search for paragraphs that stand in others: most pages are not.

use crate::dedup::blocks::page::{Page, Paragraph};
use crate::dedup::blocks::repeat::{FACTOR, GRAM, PULL_QUOTE, is_nearly_all};

/// How many sequences of a page have a hash, and the place of each in that table.
#[derive(Default, Debug)]
pub(super) struct Elsewhere {
    counts: Vec<u8>,
    places: Vec<u32>,
}

impl Elsewhere {
    /// Whether enough sequences of some paragraph may stand elsewhere on the page for nearly all of it to stand there; surely
    /// if they do.
    ///
    /// Places are counted by a hash alone. How often sequences stand elsewhere is never less than what is counted of them for a
    /// paragraph before or behind.
    pub(super) fn may_hold_a_paragraph(&mut self, page: &Page) -> bool {
        let is_long = |paragraph: &Paragraph| paragraph.shape.n_words >= PULL_QUOTE;
        if !page.paragraphs.iter().any(is_long) {
            return false;
        }
        self.count(page);
        let mut places = &self.places[..];
        page.paragraphs.iter().any(|paragraph| {
            let n_words = paragraph.words.len();
            let (own, rest) = places.split_at((n_words + 1).saturating_sub(GRAM));
            places = rest;
            let elsewhere = |&place: &u32| match self.counts[place as usize] {
                u8::MAX => n_words,
                n => usize::from(n) - 1,
            };
            is_long(paragraph) && is_nearly_all(own.iter().map(elsewhere).sum(), n_words)
        })
    }

    fn count(&mut self, page: &Page) {
        let hashes = &page.words.hashes;
        self.counts.clear();
        self.counts.resize((8 * hashes.len()).next_power_of_two(), 0);
        let mask = self.counts.len() - 1;
        self.places.clear();
        for paragraph in &page.paragraphs {
            rolled(&hashes[paragraph.words.clone()], |hash| {
                let place = (hash >> 32) as usize & mask;
                self.counts[place] = self.counts[place].saturating_add(1);
                self.places.push(place as u32);
            });
        }
    }
}

/// Tells `take` a hash of every sequence, made from that of the one before.
fn rolled(words: &[u32], mut take: impl FnMut(u64)) {
    let highest = FACTOR.wrapping_pow(GRAM as u32);
    let mut sum = 0u64;
    for (at, &word) in words.iter().enumerate() {
        sum = sum.wrapping_mul(FACTOR).wrapping_add(u64::from(word) + 1);
        if at >= GRAM {
            sum = sum.wrapping_sub((u64::from(words[at - GRAM]) + 1).wrapping_mul(highest));
        }
        if at + 1 >= GRAM {
            take(sum.wrapping_mul(FACTOR));
        }
    }
}
