//! Where the text of a page lies, and how much furniture stands before and behind it.
//!
//! Each paragraph has a weight: running text the number of its words, other lines a small loss, furniture a larger one.
//! The text is the range of paragraphs with the largest sum; among equal ones the first.

use std::ops::Range;

use crate::dedup::blocks::page::{Page, Role};

/// What lines take away from the sum.
const LINE: i64 = -3;
const FURNITURE: i64 = -12;
/// A range of less weight is not known to be the text.
const LEAST: i64 = 120;
/// The text is known for sure with so many words of running text, and so many per cent of the page's.
const SURE: u64 = 150;
const MOST: u64 = 60;
/// Furniture before or behind the text counts as such from so many pieces.
const HITS: usize = 3;

/// The text of a page and what surrounds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Zone {
    /// The paragraphs that hold the text; all of them where it is not known.
    pub text: Range<usize>,
    /// Paragraphs that end before this one stand in surroundings full of furniture.
    furnished_before: usize,
    /// So do those from this one on.
    furnished_from: usize,
    /// Whether the text is most of the running text of the page.
    pub is_sure: bool,
}

impl Zone {
    /// The zone of a page, by what is running text and what is furniture beyond doubt.
    pub(super) fn of(page: &Page, prose: &[bool], is_hit: impl Fn(usize) -> bool) -> Self {
        let (mut best, mut text) = (LEAST, 0..prose.len());
        let (mut sum, mut start) = (0, 0);
        for at in 0..prose.len() {
            if sum <= 0 {
                (sum, start) = (0, at);
            }
            sum += match page.paragraphs[at].role {
                _ if prose[at] => i64::from(page.paragraphs[at].shape.n_words),
                Role::Furniture | Role::Site | Role::Menu => FURNITURE,
                _ => LINE,
            };
            if sum > best {
                (best, text) = (sum, start..at + 1);
            }
        }
        let n_words = |paragraphs: Range<usize>| -> u64 {
            paragraphs.filter(|&at| prose[at]).map(|at| u64::from(page.paragraphs[at].shape.n_words)).sum()
        };
        let (inside, all) = (n_words(text.clone()), n_words(0..prose.len()));
        let last_before = (0..text.start).rev().filter(|&at| is_hit(at));
        let first_behind = (text.end..prose.len()).filter(|&at| is_hit(at));
        Self {
            furnished_before: full(last_before).map_or(0, |last| last + 1),
            furnished_from: full(first_behind).unwrap_or(prose.len()),
            is_sure: inside >= SURE && MOST * all <= 100 * inside,
            text,
        }
    }

    /// Whether a paragraph stands in surroundings full of furniture.
    pub(super) fn is_furnished(&self, at: usize) -> bool {
        at < self.furnished_before || at >= self.furnished_from
    }
}

/// The first piece of furniture, if there are enough of them.
fn full(mut hits: impl Iterator<Item = usize>) -> Option<usize> {
    let first = hits.next()?;
    (hits.take(HITS - 1).count() == HITS - 1).then_some(first)
}
