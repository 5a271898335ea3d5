//! A page taken apart: its lines, the paragraphs they form, the words of each and the signs found in them.

use std::ops::Range;

use crate::dedup::blocks::dates;
use crate::dedup::blocks::lexicon::{Lexicon, Sign, Signs};
use crate::dedup::blocks::split::{self, Line};
use crate::dedup::blocks::words::{End, Shape, Words, scan};

/// One line, or several that were broken at a fixed width.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// Its lines, by their place among those that are not empty.
    pub lines: Range<usize>,
    /// Its words, by their place on the page.
    pub words: Range<usize>,
    /// What it looks like.
    pub shape: Shape,
    /// What its phrases say.
    pub signs: Signs,
    /// What it can be by itself.
    pub role: Role,
}

/// What a paragraph can be, judged without its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    Prose,
    /// Short, but ends like a sentence.
    Sentence,
    /// Short and without an end.
    Short,
    /// Cut off with dots.
    Snippet,
    /// A date or its announcement.
    Date,
    /// Names authors.
    Byline,
    /// Caption or credit.
    Caption,
    /// Surely a part of the site.
    Furniture,
    /// A word of menus, which may as well be a heading.
    Menu,
    /// Phrases of the site, in what may as well be text.
    Appeal,
    /// Link to another article.
    Link,
    /// Printed on many pages of the site.
    Site,
}

/// A page, taken apart in buffers that serve many pages.
#[derive(Default, Debug)]
pub(super) struct Page {
    /// Lines that are not empty.
    pub lines: Vec<Line>,
    /// Paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// Words of all paragraphs.
    pub words: Words,
    ranges: Vec<Range<usize>>,
}

impl Page {
    /// Takes a text apart.
    pub(super) fn read(&mut self, text: &str) {
        split::lines(text, &mut self.lines);
        split::paragraphs(text, &self.lines, &mut self.ranges);
        self.words.clear();
        self.paragraphs.clear();
        let lexicon = Lexicon::get();
        for lines in &self.ranges {
            let part = &text[self.lines[lines.start].byte_start..self.lines[lines.end - 1].byte_end];
            let first = self.words.hashes.len();
            let shape = scan(part, &mut self.words);
            let words = first..self.words.hashes.len();
            let signs = lexicon.signs(&self.words.hashes[words.clone()]);
            let role = role(part, words.len(), &shape, &signs);
            self.paragraphs.push(Paragraph { lines: lines.clone(), words, shape, signs, role });
        }
    }

    /// The words of a paragraph.
    pub(super) fn words_of(&self, paragraph: usize) -> &[u32] {
        &self.words.hashes[self.paragraphs[paragraph].words.clone()]
    }
}

/// From this many words a sentence is running text.
const PROSE: u32 = 10;
/// From this many words even a line without an end is running text.
const LONG: u32 = 20;
/// A line of furniture has at most this many words, a legal note or an appeal `NOTE`.
const FURNITURE: u32 = 16;
const NOTE: u32 = 70;

fn role(text: &str, n_hashes: usize, shape: &Shape, signs: &Signs) -> Role {
    let n = shape.n_words;
    let stop = shape.end.is_sentence();
    let long = (n >= PROSE && (stop || shape.end == End::Comma)) || n >= LONG || shape.n_stops > 1;
    let furniture = [Sign::Time, Sign::Button, Sign::More, Sign::Comment, Sign::List];
    if n <= FURNITURE && !stop && shape.end != End::Comma && signs.has_any(&furniture) {
        return Role::Furniture;
    }
    let note = signs.has_any(&[Sign::Form, Sign::Legal]) || (n <= FURNITURE && is_copyright(text));
    if (note || signs.has(Sign::Appeal)) && n <= NOTE {
        return if note && !(long && n >= PROSE) { Role::Furniture } else { Role::Appeal };
    }
    if signs.has(Sign::Menu) && !stop {
        return Role::Menu;
    }
    if n <= FURNITURE && dates::is_dateline(text, n_hashes, signs) {
        return Role::Date;
    }
    if n <= 12 && signs.has(Sign::Byline) && !stop && names_follow(text) {
        return Role::Byline;
    }
    if n <= 45 && is_caption(text, shape, signs) {
        return Role::Caption;
    }
    if signs.has(Sign::Link) && n <= 30 && !stop {
        return Role::Link;
    }
    match shape.end {
        End::Dots if n <= 40 => Role::Snippet,
        _ if long => Role::Prose,
        _ if stop => Role::Sentence,
        _ => Role::Short,
    }
}

fn is_copyright(text: &str) -> bool {
    text.starts_with('©') || (text.contains('©') && text.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Whether the word behind the first begins like a name: not with a lower-case letter.
fn names_follow(text: &str) -> bool {
    text.split_whitespace().nth(1).and_then(|word| word.chars().next()).is_some_and(|c| !c.is_lowercase())
}

/// More bytes than this at the end are not looked at for a credit in brackets.
const CREDIT: usize = 60;

fn is_caption(text: &str, shape: &Shape, signs: &Signs) -> bool {
    if signs.has(Sign::Credit) && (shape.n_words <= 12 || text.get(..40).is_some_and(|start| start.contains(':'))) {
        return !shape.end.is_sentence();
    }
    // A credit in brackets behind the last sentence: (Agency/Name).
    let Some(inner) = text.strip_suffix([')', '）']) else { return false };
    let open = inner.rfind(['(', '（']).filter(|&open| inner.len() - open <= CREDIT);
    open.is_some_and(|open| {
        let credit = &inner[open..];
        let before = inner[..open].trim_end();
        credit.contains('/') && !credit.contains(['.', ';']) && before.ends_with(['.', '。', ',', '!', '?'])
    })
}
