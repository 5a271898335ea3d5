//! Paragraphs as templates: the same words, whatever the digits.

use xxhash_rust::xxh3::Xxh3;

use crate::dedup::blocks::page::{Page, Role};
use crate::dedup::blocks::words::is_number;
use crate::dedup::site::Spread;

/// What makes paragraphs of different pages the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::dedup) struct Template {
    /// xxh3 of the words, every number as one.
    pub hash: u64,
    /// Whether it is long enough to be an article's paragraph.
    pub is_long: bool,
}

/// From so many words on, a paragraph that several sites print is syndicated text.
const LONG: u32 = 40;
/// A paragraph of at most so many words may be furniture anywhere on a page; a longer one at an edge or among furniture.
const SHORT: u32 = 12;

fn template(page: &Page, paragraph: usize) -> Option<Template> {
    let words = page.words_of(paragraph);
    if words.is_empty() {
        return None;
    }
    let mut state = Xxh3::new();
    for &word in words {
        state.update(&if is_number(word) { 1 } else { word }.to_le_bytes());
    }
    Some(Template { hash: state.digest(), is_long: page.paragraphs[paragraph].shape.n_words >= LONG })
}

/// Adds the distinct templates of a text, in order of their hashes.
pub(in crate::dedup) fn templates(page: &mut TemplateReader, text: &str) -> Vec<Template> {
    page.0.read(text);
    let mut found: Vec<Template> = (0..page.0.paragraphs.len()).filter_map(|at| template(&page.0, at)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Buffers of one worker that reads templates.
#[derive(Default)]
pub(in crate::dedup) struct TemplateReader(Page);

/// Gives paragraphs that many pages of the site share their role.
pub(super) fn mark_known(page: &mut Page, known: impl Fn(&Template) -> Option<Spread>) {
    let n = page.paragraphs.len();
    let spread: Vec<Option<Spread>> =
        (0..n).map(|at| template(page, at).and_then(|template| known(&template))).collect();
    let from_top = spread.iter().take_while(|spread| spread.is_some()).count();
    let from_foot = n - spread.iter().rev().take_while(|spread| spread.is_some()).count();
    for at in 0..n {
        let edge = at < from_top || at >= from_foot;
        let among = at > 0 && at + 1 < n && spread[at - 1].is_some() && spread[at + 1].is_some();
        let paragraph = &mut page.paragraphs[at];
        let told = matches!(paragraph.role, Role::Date | Role::Byline | Role::Caption);
        let anywhere = spread[at] == Some(Spread::Wide) || paragraph.shape.n_words <= SHORT;
        if spread[at].is_some() && !told && (edge || among || anywhere) {
            paragraph.role = Role::Site;
        }
    }
}
