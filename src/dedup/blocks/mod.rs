//! Blocks: what each line of a page is, why, what it repeats, and to which article of the page it belongs.
//!
//! A block is a line that holds more than white space. Lines are labelled, never removed; [`left_out`] names the bytes
//! that a comparison or a count had better leave out. A page is judged by itself: phrases of nine languages, the shape
//! of lines, what runs of lines lie between, and what is printed twice. With a site for each document, lines that many
//! pages of a site share are known beforehand ([`crate::dedup::site`]).
//!
//! Everything takes time and memory in proportion to the text, whatever it holds. Pages are independent of each other and
//! of their order.

mod articles;
mod dates;
mod elsewhere;
mod head;
mod kind;
mod label;
mod lexicon;
mod page;
mod quotation;
mod repeat;
mod split;
mod template;
mod word_hash;
mod words;
mod zone;

use std::ops::Range;

pub use kind::{Kind, Reason, Repeat};
pub(super) use template::{Template, TemplateReader, templates};

use crate::corpus::documents::Documents;
use crate::corpus::spans::Spans;
use crate::dedup::blocks::label::{Judge, Label, judge};
use crate::dedup::blocks::page::Page;
use crate::dedup::blocks::repeat::{Copy, Finder, How};
use crate::dedup::site::{SiteTable, Sites};
use crate::error::Result;
use crate::parallel::{Workers, ranges_by_weight};

/// Kinds that are not an article's own words: what a comparison of documents leaves out.
pub const LEFT_OUT: [Kind; 8] = [
    Kind::Navigation,
    Kind::Boilerplate,
    Kind::Teaser,
    Kind::RelatedLink,
    Kind::AuthorBio,
    Kind::Section,
    Kind::Repeated,
    Kind::PullQuote,
];

/// A line of a document and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// First byte in the text of its document.
    pub byte_start: usize,
    /// Byte behind the last.
    pub byte_end: usize,
    /// Number of the line, from 1, empty lines counted.
    pub line: u32,
    /// What it is.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// How it resembles the block `repeat_of`.
    pub repeat: Repeat,
    /// Number of its article on the page, 0 if it belongs to none.
    pub article: u32,
    /// How sure the kind is, from 0 to 1.
    pub score: f32,
    /// Number of the block in the document that it resembles, [`NO_BLOCK`] if none.
    pub repeat_of: u32,
    /// Words of the longest run in common with that block.
    pub shared_run: u32,
}

/// No block.
pub const NO_BLOCK: u32 = u32::MAX;

/// The blocks of all documents, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blocks {
    blocks: Vec<Block>,
    /// Where the blocks of each document end in `blocks`.
    ends: Vec<usize>,
}

impl Blocks {
    /// Number of documents.
    pub fn n_docs(&self) -> usize {
        self.ends.len()
    }

    /// All blocks, document after document.
    pub fn all(&self) -> &[Block] {
        &self.blocks
    }

    /// Where the blocks of a document stand among all.
    ///
    /// # Panics
    /// If there is no such document.
    pub fn range(&self, doc: usize) -> Range<usize> {
        (if doc == 0 { 0 } else { self.ends[doc - 1] })..self.ends[doc]
    }

    /// The blocks of a document.
    ///
    /// # Panics
    /// If there is no such document.
    pub fn of(&self, doc: usize) -> &[Block] {
        &self.blocks[self.range(doc)]
    }
}

/// Bytes of text that a worker takes at a time.
const GRAIN: u64 = 1 << 20;

/// The blocks of documents; `sites` says from which site each is.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`]; an argument `sites` of another length than `documents`.
pub fn find(documents: &Documents, sites: Option<&Sites>, workers: &Workers) -> Result<Blocks> {
    let parts = each_part(documents, sites, workers, |desk, known, range| {
        let mut part = Blocks::default();
        for doc in range {
            desk.label(documents.text(doc), true, known.map(|known| (known, doc)));
            desk.copy_out(&mut part.blocks);
            part.ends.push(part.blocks.len());
        }
        part
    })?;
    let mut blocks = Blocks::default();
    blocks.blocks.reserve_exact(parts.iter().map(|part| part.blocks.len()).sum());
    for part in parts {
        let before = blocks.blocks.len();
        blocks.blocks.extend(part.blocks);
        blocks.ends.extend(part.ends.into_iter().map(|end| before + end));
    }
    Ok(blocks)
}

/// The bytes of documents that are not an article's own words ([`LEFT_OUT`]), line by line.
///
/// # Errors
/// As [`find`].
pub fn left_out(documents: &Documents, sites: Option<&Sites>, workers: &Workers) -> Result<Spans> {
    let parts = each_part(documents, sites, workers, |desk, known, range| {
        let mut lists = Vec::with_capacity(range.len());
        for doc in range {
            desk.label(documents.text(doc), false, known.map(|known| (known, doc)));
            lists.push(desk.left_out());
        }
        lists
    })?;
    Ok(parts.into_iter().flatten().collect())
}

fn each_part<R: Send>(
    documents: &Documents,
    sites: Option<&Sites>,
    workers: &Workers,
    work: impl Fn(&mut Desk, Option<&SiteTable<'_>>, Range<usize>) -> R + Sync,
) -> Result<Vec<R>> {
    let known = sites.map(|sites| SiteTable::learn(documents, sites, workers)).transpose()?;
    let size = |doc: usize| documents.text(doc).len() as u64 + 64;
    workers.signal().begin(documents.n_bytes());
    let mut desks: Vec<Desk> = (0..workers.n_threads()).map(|_| Desk::default()).collect();
    workers.map_with(&mut desks, ranges_by_weight(documents.len(), size, GRAIN), |desk, range| {
        let bytes = range.clone().map(|doc| documents.text(doc).len() as u64).sum();
        let result = work(desk, known.as_ref(), range);
        workers.signal().advance(bytes);
        Ok(result)
    })
}

/// What one worker labels pages with.
#[derive(Default)]
struct Desk {
    page: Page,
    finder: Finder,
    labels: Vec<Label>,
    copies: Vec<Option<Copy>>,
}

impl Desk {
    /// Labels the paragraphs of a text; `near` asks for near repeats, `known` is the number of the document among those
    /// of which sites are known.
    fn label(&mut self, text: &str, near: bool, known: Option<(&SiteTable<'_>, usize)>) {
        self.page.read(text);
        if let Some((table, doc)) = known {
            template::mark_known(&mut self.page, |template| table.spread(doc, template));
        }
        self.copies = self.finder.find(&self.page, near);
        let mut judge = judge(&self.page);
        label_copies(&mut judge, &self.copies);
        quotation::label(&mut judge);
        articles::number(&mut judge);
        self.labels = judge.labels;
    }

    fn copy_out(&self, blocks: &mut Vec<Block>) {
        for ((paragraph, label), copy) in self.page.paragraphs.iter().zip(&self.labels).zip(&self.copies) {
            let first_of = |other: usize| self.page.paragraphs[other].lines.start as u32;
            let repeat = copy.map_or(Repeat::None, |copy| repeat_of(label.kind, copy.how));
            for line in &self.page.lines[paragraph.lines.clone()] {
                blocks.push(Block {
                    byte_start: line.byte_start,
                    byte_end: line.byte_end,
                    line: line.number,
                    kind: label.kind,
                    reason: label.reason,
                    repeat,
                    article: label.article,
                    score: label.score,
                    repeat_of: copy.map_or(NO_BLOCK, |copy| first_of(copy.of)),
                    shared_run: copy.map_or(0, |copy| copy.run as u32),
                });
            }
        }
    }

    fn left_out(&self) -> Vec<Range<usize>> {
        let out = |label: &Label| LEFT_OUT.contains(&label.kind);
        let paragraphs = self.page.paragraphs.iter().zip(&self.labels).filter(|(_, label)| out(label));
        paragraphs
            .flat_map(|(paragraph, _)| &self.page.lines[paragraph.lines.clone()])
            .map(|line| line.byte_start..line.byte_end)
            .collect()
    }
}

/// Whether a block that stands in a longer one is a pull quote follows from its kind.
fn repeat_of(kind: Kind, how: How) -> Repeat {
    match how {
        How::Same => Repeat::RepeatedBlock,
        How::Within if kind == Kind::PullQuote => Repeat::PullQuote,
        How::Within | How::Near => Repeat::NearRepeat,
    }
}

/// A paragraph of fewer words that stands twice keeps its kind: refrains and forms of address are text.
const REPEATED: u32 = 12;

fn label_copies(judge: &mut Judge<'_>, copies: &[Option<Copy>]) {
    for (at, copy) in copies.iter().enumerate() {
        let text = matches!(judge.labels[at].kind, Kind::Body | Kind::Subheading | Kind::RelatedLink);
        match copy.map(|copy| copy.how) {
            Some(How::Within) if text => {
                judge.labels[at] = Label::new(Kind::PullQuote, Reason::StandsInBody, 0.9);
            }
            Some(How::Same) if text && judge.n_words(at) >= REPEATED => {
                judge.labels[at] = Label::new(Kind::Repeated, Reason::SameWords, 0.95);
            }
            _ => {}
        }
    }
}
