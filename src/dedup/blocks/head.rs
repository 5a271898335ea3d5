//! Titles and what stands around them: section, standfirst, author, date.

use std::ops::Range;

use crate::dedup::blocks::kind::{Kind, Reason};
use crate::dedup::blocks::label::{Judge, Label, furniture};
use crate::dedup::blocks::lexicon::Sign;
use crate::dedup::blocks::page::Role;
use crate::dedup::blocks::words::End;

/// Titles are looked for among so many lines before the text.
const REACH: usize = 14;
/// Words of a title (one less where author or date follows), and of a label of a section above it.
const TITLE: Range<u32> = 3..31;
const SECTION: u32 = 4;
/// Words of text that an article must have before another may begin, and the other must have too.
const ARTICLE: u32 = 60;
/// Paragraphs behind a title that are counted as its article, at most.
const FOLLOWING: usize = 40;
/// Lines at the top among which running text may turn out to be title or standfirst.
const TOP: usize = 12;
/// A title or standfirst has at most so many words.
const STANDFIRST: u32 = 60;

/// Text at the top that is followed by author or date alone is a title or a standfirst, no running text.
pub(super) fn mend_top(judge: &mut Judge<'_>) {
    let Some(first) = (0..judge.prose.len().min(TOP)).find(|&at| judge.prose[at]) else { return };
    let next = (first + 1..judge.prose.len()).find(|&at| judge.prose[at]);
    let Some(next) = next.filter(|&next| next > first + 1) else { return };
    let between = first + 1..next;
    let signed =
        between.clone().all(|at| matches!(judge.role(at), Role::Date | Role::Byline | Role::Furniture | Role::Site));
    let dated = between.clone().any(|at| matches!(judge.role(at), Role::Date | Role::Byline));
    if signed && dated && judge.n_words(first) <= STANDFIRST {
        judge.prose[first] = false;
    }
}

/// The line of a stretch that is the title of the text behind it.
pub(super) fn find(judge: &Judge<'_>, stretch: Range<usize>, hits: usize) -> Option<usize> {
    let has_article = stretch.start > 0 && judge.n_prose_words(0..stretch.start) >= ARTICLE;
    let begins_article = judge.n_prose_words(stretch.end..judge.prose.len().min(stretch.end + FOLLOWING)) >= ARTICLE;
    let from = stretch.start.max(stretch.end.saturating_sub(REACH));
    let mut best: Option<(usize, u32, bool)> = None;
    for at in from..stretch.end {
        if let Some((score, restarts)) = score(judge, &stretch, at) {
            if best.is_none_or(|(_, most, _)| score > most) {
                best = Some((at, score, restarts));
            }
        }
    }
    let (title, score, restarts) = best?;
    if stretch.start == 0 || !has_article {
        let titled = stretch.start == 0 || score >= 3 || hits > 0;
        return titled.then_some(title);
    }
    (restarts && begins_article && score >= 3).then_some(title)
}

/// How much a line looks like a title, and whether something says that an article begins; `None` if it cannot be one.
fn score(judge: &Judge<'_>, stretch: &Range<usize>, at: usize) -> Option<(u32, bool)> {
    let n_words = judge.n_words(at);
    let paragraph = &judge.page.paragraphs[at];
    let short =
        matches!(judge.role(at), Role::Short | Role::Sentence) || (judge.role(at) == Role::Prose && n_words < 31);
    let behind = (at + 1..stretch.end).find(|&next| !matches!(judge.role(next), Role::Furniture | Role::Site));
    let signed = behind.is_some_and(|next| matches!(judge.role(next), Role::Byline | Role::Date));
    let sized = TITLE.contains(&n_words) || (signed && n_words + 1 == TITLE.start);
    if !short
        || !sized
        || paragraph.shape.starts_lower
        || paragraph.shape.end == End::Comma
        || paragraph.shape.n_bars > 1
    {
        return None;
    }
    let titled = at > 0 && begins_page(judge, at);
    let first = at == stretch.start;
    let ended = !first && ends_article(judge, at - 1);
    let sectioned = !first && judge.n_words(at - 1) <= SECTION && judge.role(at - 1) == Role::Short;
    let labelled = sectioned && is_label(judge, at - 1);
    let pictured = at + 1 < stretch.end && matches!(judge.role(at + 1), Role::Furniture | Role::Caption);
    let mut score = 4 * u32::from(titled) + 2 * u32::from(signed) + 2 * u32::from(labelled) + u32::from(pictured);
    score += u32::from(n_words >= 4) + u32::from(ended || sectioned);
    score += match (first, at) {
        (true, 0) => 2,
        (true, _) => 1,
        _ => 0,
    };
    // Author or place between a title and the text, behind the end of another article.
    let led = ended && at + 1 < stretch.end;
    score += u32::from(led);
    score = score.saturating_sub(u32::from(paragraph.shape.end == End::Sentence));
    Some((score, titled || signed || labelled || led))
}

/// Whether the first line of the page begins with the words of this one, as the title of a window does.
fn begins_page(judge: &Judge<'_>, at: usize) -> bool {
    let (title, line) = (judge.page.words_of(0), judge.page.words_of(at));
    line.len() >= 3 && title.len() >= line.len() && title[..line.len()] == *line
}

/// Whether a line ends an article.
fn ends_article(judge: &Judge<'_>, at: usize) -> bool {
    let signs = judge.page.paragraphs[at].signs;
    signs.has_any(&[Sign::More, Sign::Comment]) || judge.labels[at].kind == Kind::AuthorBio
}

/// Whether the same label stands above the first title.
fn is_label(judge: &Judge<'_>, at: usize) -> bool {
    judge.titles.first().is_some_and(|&title| title > 0 && judge.page.words_of(title - 1) == judge.page.words_of(at))
}

/// Labels a title and the lines around it.
pub(super) fn label(judge: &mut Judge<'_>, stretch: Range<usize>, title: usize, hits: usize) {
    let reason = match judge.role(title) {
        _ if !judge.titles.is_empty() => Reason::NewTitle,
        Role::Prose => Reason::TitleBeforeDate,
        _ => Reason::Title,
    };
    judge.labels[title] = Label::new(Kind::Headline, reason, 0.8);
    judge.titles.push(title);
    if let Some(above) = title.checked_sub(1).filter(|&above| above >= stretch.start) {
        let in_menu = judge.role(above) == Role::Menu && hits > 1;
        let label = matches!(judge.role(above), Role::Short | Role::Menu) && !in_menu;
        if label && (1..=SECTION).contains(&judge.n_words(above)) {
            judge.labels[above] = Label::new(Kind::Section, Reason::AboveTitle, 0.7);
        }
    }
    for at in title + 1..stretch.end {
        judge.labels[at] = below(judge, at, &stretch, hits);
    }
}

fn below(judge: &Judge<'_>, at: usize, stretch: &Range<usize>, hits: usize) -> Label {
    let signs = judge.page.paragraphs[at].signs;
    let dated = |near: usize| stretch.contains(&near) && judge.role(near) == Role::Date;
    match judge.role(at) {
        Role::Furniture | Role::Appeal => furniture(signs),
        Role::Site => Label::new(Kind::Boilerplate, Reason::OnManyPages, 0.9),
        Role::Menu if hits > 1 => Label::new(Kind::Navigation, Reason::MenuPhrase, 0.8),
        Role::Date => Label::new(Kind::Dateline, Reason::Dated, 0.9),
        Role::Byline => Label::new(Kind::Byline, Reason::ByPhrase, 0.9),
        Role::Caption => Label::new(Kind::Caption, Reason::Credited, 0.8),
        Role::Link => Label::new(Kind::RelatedLink, Reason::LinkPhrase, 0.8),
        Role::Short if (1..=SECTION).contains(&judge.n_words(at)) && (dated(at + 1) || (at > 0 && dated(at - 1))) => {
            Label::new(Kind::Byline, Reason::BelowTitle, 0.5)
        }
        Role::Short | Role::Menu if hits > 2 && judge.n_words(at) <= SECTION => {
            Label::new(Kind::Navigation, Reason::AmongFurniture, 0.6)
        }
        _ => Label::new(Kind::Subheading, Reason::BelowTitle, 0.6),
    }
}
