//! What each paragraph is, from its neighbours: running text cuts the page into stretches of other lines, and each stretch
//! is judged as a whole.
//!
//! A stretch at the top or the foot of the page, or between paragraphs, holds furniture only if known phrases or repeated
//! labels say so. A title is looked for where a stretch leads into text. What nothing speaks against stays body.

use std::ops::Range;

use crate::dedup::blocks::head;
use crate::dedup::blocks::kind::{Kind, Reason};
use crate::dedup::blocks::lexicon::{Sign, Signs};
use crate::dedup::blocks::page::{Page, Role};
use crate::dedup::blocks::words::End;
use crate::dedup::blocks::zone::Zone;

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
    /// Number of pieces of furniture before each.
    hits_before: Vec<u32>,
    /// Where its text lies.
    pub zone: Zone,
    /// Titles found so far.
    pub titles: Vec<usize>,
}

/// The label of every paragraph of a page, articles not numbered yet, and which of them are titles.
pub(super) fn judge(page: &Page) -> Judge<'_> {
    let prose = page.paragraphs.iter().map(|paragraph| paragraph.role == Role::Prose).collect();
    let labels = vec![Label::new(Kind::Body, Reason::Prose, 0.9); page.paragraphs.len()];
    let mut judge = Judge {
        page,
        labels,
        prose,
        prose_before: Vec::new(),
        hits_before: Vec::new(),
        zone: Zone::default(),
        titles: Vec::new(),
    };
    head::mend_top(&mut judge);
    judge.author_notes();
    judge.sum_up();
    judge.zone = Zone::of(page, &judge.prose, |at| judge.is_hit(at));
    let n = page.paragraphs.len();
    let mut first = 0;
    while first < n {
        if judge.prose[first] {
            judge.text_among_furniture(first);
            first += 1;
            continue;
        }
        let end = (first..n).find(|&at| judge.prose[at]).unwrap_or(n);
        judge.stretch(first..end);
        first = end;
    }
    judge.headings_or_links();
    judge
}

impl Judge<'_> {
    /// Labels notes about authors: behind running text, before furniture or the end of the page. Where other paragraphs
    /// read the same, people are what the text is about.
    fn author_notes(&mut self) {
        let about = |at: &usize| self.prose[*at] && self.page.paragraphs[*at].signs.n_bio > 1;
        let n_about = (0..self.prose.len()).filter(about).count();
        let notes: Vec<usize> = (1..self.prose.len())
            .filter(about)
            .filter(|&at| self.prose[at - 1] && self.n_words(at) <= NOTE && self.ends_text(at))
            .collect();
        if 2 * notes.len() > n_about {
            for at in notes {
                self.labels[at] = Label::new(Kind::AuthorBio, Reason::AboutAuthor, 0.8);
            }
        }
    }

    /// Whether furniture or nothing stands between a paragraph and the next running text.
    fn ends_text(&self, at: usize) -> bool {
        let mut lines = (at + 1..self.prose.len()).take_while(|&next| !self.prose[next]).peekable();
        at + 1 == self.prose.len() || (lines.peek().is_some() && lines.any(|next| self.is_hit(next)))
    }

    fn sum_up(&mut self) {
        let (mut words, mut hits) = (0u32, 0u32);
        self.prose_before.push(0);
        self.hits_before.push(0);
        for at in 0..self.prose.len() {
            words = words.saturating_add(if self.prose[at] { self.n_words(at) } else { 0 });
            hits += u32::from(self.is_hit(at));
            self.prose_before.push(words);
            self.hits_before.push(hits);
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
        (self.hits_before[stretch.end] - self.hits_before[stretch.start]) as usize
    }

    /// The paragraphs up to a distance.
    fn around(&self, at: usize, distance: usize) -> Range<usize> {
        at.saturating_sub(distance)..(at + distance + 1).min(self.labels.len())
    }

    /// Whether furniture stands near, and no farther than running text.
    fn is_near_hit(&self, at: usize) -> bool {
        for distance in 0..=NEAR {
            let around = self.around(at, distance);
            if self.n_hits(around.clone()) > 0 {
                return true;
            }
            if self.n_prose_words(around) > 0 {
                return false;
            }
        }
        false
    }

    fn is_hit(&self, at: usize) -> bool {
        match self.role(at) {
            Role::Furniture | Role::Menu | Role::Site => true,
            Role::Appeal => self.page.paragraphs[at].signs.n_appeals > 1,
            _ => false,
        }
    }

    /// Labels a few words of running text that stand outside the text of the page with furniture on both sides.
    fn text_among_furniture(&mut self, at: usize) {
        let before = at.saturating_sub(CLOSE)..at;
        let behind = at + 1..(at + 1 + CLOSE).min(self.labels.len());
        let between = !before.is_empty() && self.n_hits(before) > 0 && self.n_hits(behind) > 0;
        if between && self.n_words(at) <= SNIPPET && self.zone.is_furnished(at) {
            self.labels[at] = Label::new(Kind::Boilerplate, Reason::BetweenFurniture, 0.6);
        }
    }

    fn stretch(&mut self, stretch: Range<usize>) {
        let outside = self.zone.is_furnished(stretch.start);
        // Where no running text stands at all, the lines themselves may be the text.
        let edge = outside || (stretch.start == 0) != (stretch.end == self.labels.len());
        let hits = self.n_hits(stretch.clone());
        let leads_to_text = self.zone.text.contains(&stretch.end);
        match if leads_to_text { head::find(self, stretch.clone(), hits) } else { None } {
            Some(title) => {
                self.lines(stretch.start..title, hits, true);
                head::label(self, stretch, title, hits);
            }
            None => self.lines(stretch, hits, edge),
        }
    }

    /// Labels lines that lead to no title. `edge`: nothing but furniture is expected among furniture.
    fn lines(&mut self, lines: Range<usize>, hits: usize, edge: bool) {
        let listing = lines.clone().find(|&at| self.page.paragraphs[at].signs.has_any(&[Sign::List, Sign::Time]));
        let has_times = lines.clone().any(|at| self.page.paragraphs[at].signs.has(Sign::Time));
        let first_hit = lines.clone().find(|&at| self.is_hit(at));
        let dense = hits > 1 && 4 * hits >= lines.len();
        for at in lines.clone() {
            let outside = self.zone.is_furnished(at);
            let behind_hit = (lines.start == 0 && edge) || first_hit.is_some_and(|hit| hit < at);
            let place = Surroundings {
                in_list: listing.is_some_and(|start| start < at)
                    || (has_times && first_hit.is_some_and(|hit| hit <= at)),
                among: (outside && self.zone.is_sure && self.n_hits(self.around(at, FAR)) > 0)
                    || ((outside || (hits > 0 && behind_hit && (edge || dense))) && self.is_near_hit(at)),
                beside: self.n_hits(self.around(at, 1)) > 0,
                noted: outside || hits > usize::from(self.is_hit(at)),
                alone: lines.len() == 1,
            };
            self.labels[at] = self.line(at, place);
        }
    }

    fn line(&self, at: usize, place: Surroundings) -> Label {
        let paragraph = &self.page.paragraphs[at];
        match paragraph.role {
            Role::Furniture => furniture(paragraph.signs),
            Role::Site => Label::new(Kind::Boilerplate, Reason::OnManyPages, 0.9),
            Role::Menu if place.in_list => Label::new(Kind::Teaser, Reason::InList, 0.8),
            Role::Menu if place.among || place.noted => Label::new(Kind::Navigation, Reason::MenuPhrase, 0.9),
            Role::Appeal if place.noted => note(paragraph.signs),
            Role::Link => Label::new(Kind::RelatedLink, Reason::LinkPhrase, 0.8),
            Role::Short | Role::Snippet | Role::Date | Role::Sentence | Role::Byline | Role::Caption
                if place.among && place.in_list =>
            {
                Label::new(Kind::Teaser, Reason::InList, 0.8)
            }
            Role::Sentence if place.among && paragraph.shape.n_words <= LINE => {
                Label::new(Kind::Boilerplate, Reason::AmongFurniture, 0.6)
            }
            Role::Short | Role::Snippet | Role::Date | Role::Byline | Role::Caption
                if place.among && paragraph.shape.n_words <= LINE =>
            {
                Label::new(Kind::Navigation, Reason::AmongFurniture, 0.7)
            }
            Role::Short if place.beside && place.noted && paragraph.shape.n_words <= LABEL => {
                Label::new(Kind::Navigation, Reason::AmongFurniture, 0.5)
            }
            Role::Date => Label::new(Kind::Dateline, Reason::Dated, 0.6),
            Role::Byline => Label::new(Kind::Byline, Reason::ByPhrase, 0.6),
            Role::Caption => Label::new(Kind::Caption, Reason::Credited, 0.7),
            Role::Short | Role::Menu | Role::Sentence if place.alone => self.between(at),
            _ => Label::new(Kind::Body, Reason::Kept, 0.5),
        }
    }

    /// Long lines between paragraphs are links only where there are several and no short ones: else they are headings.
    fn headings_or_links(&mut self) {
        let with = |labels: &[Label], reason: Reason| labels.iter().filter(|label| label.reason == reason).count();
        let n_headings = with(&self.labels, Reason::BetweenParagraphs);
        if n_headings > 0 || with(&self.labels, Reason::TitleBetweenParagraphs) < 2 {
            for label in self.labels.iter_mut().filter(|label| label.reason == Reason::TitleBetweenParagraphs) {
                *label = Label::new(Kind::Subheading, Reason::BetweenParagraphs, 0.5);
            }
        }
    }

    /// A single line between two paragraphs.
    fn between(&self, at: usize) -> Label {
        let paragraph = &self.page.paragraphs[at];
        let inside =
            at > 0 && at + 1 < self.labels.len() && self.n_words(at - 1).min(self.n_words(at + 1)) >= NEIGHBOUR;
        let open = matches!(paragraph.shape.end, End::Open | End::Question) && !paragraph.shape.starts_lower;
        let broken = self.page.paragraphs[at - usize::from(at > 0)].lines.len() > 1;
        match paragraph.shape.n_words {
            1..HEADING if inside && open => Label::new(Kind::Subheading, Reason::BetweenParagraphs, 0.7),
            0..HEADING => Label::new(Kind::Body, Reason::Kept, 0.5),
            _ if !inside || !open || broken => Label::new(Kind::Body, Reason::Kept, 0.5),
            _ => Label::new(Kind::RelatedLink, Reason::TitleBetweenParagraphs, 0.6),
        }
    }
}

/// Furniture is close within so many lines, and a few words are at most so many.
const CLOSE: usize = 3;
const SNIPPET: u32 = 30;
/// Furniture is near within so many lines, and not far within so many.
const NEAR: usize = 5;
const FAR: usize = 8;

/// What stands around a line.
#[derive(Clone, Copy)]
struct Surroundings {
    /// In a list of other articles.
    in_list: bool,
    /// Among furniture, where no text is expected.
    among: bool,
    /// Next to furniture.
    beside: bool,
    /// With furniture in the same stretch.
    noted: bool,
    /// Between two paragraphs.
    alone: bool,
}

/// A label next to furniture has at most so many words.
const LABEL: u32 = 3;
/// A longer line among furniture is none for that alone.
const LINE: u32 = 10;
/// A note about an author has at most so many words.
const NOTE: u32 = 90;
/// Paragraphs on both sides of a heading have at least so many words.
const NEIGHBOUR: u32 = 15;
/// A heading between paragraphs has fewer words.
const HEADING: u32 = 9;

/// The label of a line that is furniture by its phrase.
pub(super) fn furniture(signs: Signs) -> Label {
    let by_sign = [
        (Sign::Time, Kind::Teaser, Reason::RelativeTime),
        (Sign::Comment, Kind::Navigation, Reason::CommentPhrase),
        (Sign::List, Kind::Navigation, Reason::ListHeading),
        (Sign::More, Kind::Navigation, Reason::MorePhrase),
        (Sign::Button, Kind::Navigation, Reason::ButtonPhrase),
        (Sign::Menu, Kind::Navigation, Reason::MenuPhrase),
        (Sign::Form, Kind::Boilerplate, Reason::FormPhrase),
        (Sign::Appeal, Kind::Boilerplate, Reason::AppealPhrase),
        (Sign::Legal, Kind::Boilerplate, Reason::LegalPhrase),
    ];
    by_sign
        .iter()
        .find(|(sign, ..)| signs.has(*sign))
        // A copyright needs no phrase.
        .map_or(Label::new(Kind::Boilerplate, Reason::LegalPhrase, 0.8), |&(_, kind, reason)| {
            Label::new(kind, reason, 0.95)
        })
}

fn note(signs: Signs) -> Label {
    let label = furniture(signs);
    Label { kind: Kind::Boilerplate, score: 0.8, ..label }
}
