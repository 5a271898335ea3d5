//! What each paragraph is, from its neighbours: running text cuts the page into stretches of other lines, and each stretch
//! is judged as a whole.
//!
//! A stretch at the top or the foot of the page, or between paragraphs, holds furniture only if known phrases or repeated
//! labels say so. A title is looked for where a stretch leads into text. What nothing speaks against stays body.

use std::ops::Range;

use crate::dedup::blocks::head;
use crate::dedup::blocks::kind::{Kind, Reason};
use crate::dedup::blocks::lexicon::Sign;
use crate::dedup::blocks::page::{Page, Role};
use crate::dedup::blocks::words::End;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Label {
    /// Its kind.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
    /// How sure that is, from 0 to 1.
    pub score: f32,
    /// Number of its article on the page.
    pub article: u32,
}

impl Label {
    pub(super) fn new(kind: Kind, reason: Reason, score: f32) -> Self {
        Self { kind, reason, score, article: 0 }
    }
}

/// A page under judgement.
pub(super) struct Judge<'a> {
    /// The page.
    pub page: &'a Page,
    /// What they are so far.
    pub labels: Vec<Label>,
    /// Which are running text.
    pub prose: Vec<bool>,
    /// Number of words of running text before each.
    pub prose_before: Vec<u32>,
    /// Titles found so far.
    pub titles: Vec<usize>,
}

/// The label of every paragraph of a page, articles not numbered yet, and which of them are titles.
pub(super) fn judge(page: &Page) -> Judge<'_> {
    let prose = page.paragraphs.iter().map(|paragraph| paragraph.role == Role::Prose).collect();
    let labels = vec![Label::new(Kind::Body, Reason::Prose, 0.9); page.paragraphs.len()];
    let mut judge = Judge { page, labels, prose, prose_before: Vec::new(), titles: Vec::new() };
    head::mend_top(&mut judge);
    judge.author_notes();
    judge.sum_prose();
    let n = page.paragraphs.len();
    let mut first = 0;
    while first < n {
        if judge.prose[first] {
            first += 1;
            continue;
        }
        let end = (first..n).find(|&at| judge.prose[at]).unwrap_or(n);
        judge.stretch(first..end);
        first = end;
    }
    judge
}

impl Judge<'_> {
    /// Labels notes about authors: behind running text, before other lines or the end of the page.
    fn author_notes(&mut self) {
        for at in 1..self.prose.len() {
            let last = self.prose.get(at + 1).is_none_or(|next| !next);
            let fits = self.page.paragraphs[at].signs.n_bio > 1 && self.n_words(at) <= NOTE;
            if last && fits && self.prose[at] && self.prose[at - 1] {
                self.labels[at] = Label::new(Kind::AuthorBio, Reason::AboutAuthor, 0.8);
            }
        }
    }

    fn sum_prose(&mut self) {
        let mut sum = 0u32;
        self.prose_before.push(0);
        for at in 0..self.prose.len() {
            sum = sum.saturating_add(if self.prose[at] { self.n_words(at) } else { 0 });
            self.prose_before.push(sum);
        }
    }

    /// Number of words of running text among some paragraphs.
    pub(super) fn n_prose_words(&self, paragraphs: Range<usize>) -> u32 {
        self.prose_before[paragraphs.end] - self.prose_before[paragraphs.start]
    }

    /// Role of a paragraph.
    pub(super) fn role(&self, at: usize) -> Role {
        self.page.paragraphs[at].role
    }

    /// Number of words of a paragraph.
    pub(super) fn n_words(&self, at: usize) -> u32 {
        self.page.paragraphs[at].shape.n_words
    }

    /// Number of paragraphs that are furniture beyond doubt.
    fn n_hits(&self, stretch: Range<usize>) -> usize {
        stretch.filter(|&at| self.is_hit(at)).count()
    }

    fn is_hit(&self, at: usize) -> bool {
        match self.role(at) {
            Role::Furniture | Role::Menu | Role::Site => true,
            Role::Appeal => self.page.paragraphs[at].signs.n_appeals > 1,
            _ => false,
        }
    }

    fn stretch(&mut self, stretch: Range<usize>) {
        let top = stretch.start == 0;
        let foot = stretch.end == self.page.paragraphs.len();
        let hits = self.n_hits(stretch.clone());
        let title = if foot { None } else { head::find(self, stretch.clone(), hits) };
        match title {
            Some(title) => {
                self.lines(stretch.start..title, hits, true);
                head::label(self, stretch, title, hits);
            }
            None => self.lines(stretch, hits, top || foot),
        }
    }

    /// Labels lines that lead to no title. `edge`: nothing but furniture is expected among furniture.
    fn lines(&mut self, lines: Range<usize>, hits: usize, edge: bool) {
        let listing = (lines.clone()).find(|&at| self.page.paragraphs[at].signs.has_any(&[Sign::List, Sign::Time]));
        let has_times = lines.clone().any(|at| self.page.paragraphs[at].signs.has(Sign::Time));
        let first_hit = lines.clone().find(|&at| self.is_hit(at));
        let dense = 4 * hits >= lines.len();
        for at in lines.clone() {
            let in_list =
                listing.is_some_and(|start| start < at) || (has_times && first_hit.is_some_and(|hit| hit <= at));
            let behind_hit = lines.start == 0 || first_hit.is_some_and(|hit| hit < at);
            let among = hits > 0 && behind_hit && (edge || (dense && hits > 1));
            self.labels[at] = self.line(at, &lines, hits, in_list, among);
        }
    }

    fn line(&self, at: usize, lines: &Range<usize>, hits: usize, in_list: bool, among: bool) -> Label {
        let paragraph = &self.page.paragraphs[at];
        let others = hits - usize::from(self.is_hit(at));
        match paragraph.role {
            Role::Furniture => furniture(paragraph.signs),
            Role::Site => Label::new(Kind::Boilerplate, Reason::OnManyPages, 0.9),
            Role::Menu if in_list => Label::new(Kind::Teaser, Reason::InList, 0.8),
            Role::Menu if among || others > 0 => Label::new(Kind::Navigation, Reason::MenuPhrase, 0.9),
            Role::Appeal if others > 0 => note(paragraph.signs),
            Role::Link => Label::new(Kind::RelatedLink, Reason::LinkPhrase, 0.8),
            Role::Short | Role::Snippet | Role::Date | Role::Sentence | Role::Menu | Role::Byline if among => {
                if in_list {
                    Label::new(Kind::Teaser, Reason::InList, 0.8)
                } else {
                    Label::new(Kind::Navigation, Reason::AmongFurniture, 0.7)
                }
            }
            Role::Date => Label::new(Kind::Dateline, Reason::Dated, 0.6),
            Role::Caption => Label::new(Kind::Caption, Reason::Credited, 0.7),
            Role::Short | Role::Menu if lines.len() == 1 => self.between(at),
            _ => Label::new(Kind::Body, Reason::Kept, 0.5),
        }
    }

    /// A single line between two paragraphs.
    fn between(&self, at: usize) -> Label {
        let paragraph = &self.page.paragraphs[at];
        let inside =
            at > 0 && at + 1 < self.labels.len() && self.n_words(at - 1).min(self.n_words(at + 1)) >= NEIGHBOUR;
        let open = paragraph.shape.end == End::Open && !paragraph.shape.starts_lower && paragraph.shape.n_words > 0;
        match paragraph.shape.n_words {
            _ if !(inside && open) => Label::new(Kind::Body, Reason::Kept, 0.5),
            0..HEADING => Label::new(Kind::Subheading, Reason::BetweenParagraphs, 0.7),
            _ => Label::new(Kind::RelatedLink, Reason::TitleBetweenParagraphs, 0.6),
        }
    }
}

/// A note about an author has at most so many words.
const NOTE: u32 = 90;
/// Paragraphs on both sides of a heading have at least so many words.
const NEIGHBOUR: u32 = 15;
/// A heading between paragraphs has fewer words.
const HEADING: u32 = 9;

/// The label of a line that is furniture by its phrase.
pub(super) fn furniture(signs: crate::dedup::blocks::lexicon::Signs) -> Label {
    let by_sign = [
        (Sign::Time, Kind::Teaser, Reason::RelativeTime),
        (Sign::Comment, Kind::Navigation, Reason::CommentPhrase),
        (Sign::List, Kind::Navigation, Reason::ListHeading),
        (Sign::More, Kind::Navigation, Reason::MorePhrase),
        (Sign::Button, Kind::Navigation, Reason::ButtonPhrase),
        (Sign::Form, Kind::Boilerplate, Reason::FormPhrase),
        (Sign::Appeal, Kind::Boilerplate, Reason::AppealPhrase),
        (Sign::Legal, Kind::Boilerplate, Reason::LegalPhrase),
    ];
    by_sign
        .iter()
        .find(|(sign, ..)| signs.has(*sign))
        .map_or(Label::new(Kind::Navigation, Reason::MenuPhrase, 0.8), |&(_, kind, reason)| {
            Label::new(kind, reason, 0.95)
        })
}

fn note(signs: crate::dedup::blocks::lexicon::Signs) -> Label {
    let label = furniture(signs);
    Label { kind: Kind::Boilerplate, score: 0.8, ..label }
}
