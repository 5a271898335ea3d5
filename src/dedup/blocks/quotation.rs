//! Reports that an article quotes whole: a mark opens before one paragraph and closes behind a later one.

use crate::dedup::blocks::kind::{Kind, Reason};
use crate::dedup::blocks::label::{Judge, Label};
use crate::dedup::blocks::lexicon::Sign;

/// A report has so many paragraphs at least, and is followed through so many at most.
const SHORTEST: usize = 3;
const LONGEST: usize = 100;
/// The sentence that leads in has at most so many words.
const LEAD: u32 = 50;

/// Labels the paragraphs of quoted reports and the sentences that lead into them.
pub(super) fn label(judge: &mut Judge<'_>) {
    let mut at = 0;
    while at < judge.prose.len() {
        let Some(end) = end_of_report(judge, at) else {
            at += 1;
            continue;
        };
        for label in judge.labels[at..end].iter_mut().filter(|label| label.kind == Kind::Body) {
            *label = Label::new(Kind::QuotedReport, Reason::WithinQuotation, 0.8);
        }
        if at > 0 && leads_in(judge, at - 1) {
            judge.labels[at - 1] = Label::new(Kind::Attribution, Reason::LeadsIn, 0.8);
        }
        at = end;
    }
}

fn end_of_report(judge: &Judge<'_>, first: usize) -> Option<usize> {
    let shape = |at: usize| &judge.page.paragraphs[at].shape;
    if !(judge.prose[first] && shape(first).starts_quoted && shape(first).open_quotes == 1) {
        return None;
    }
    let reach = judge.prose.len().min(first + LONGEST);
    let last = (first + 1..reach).find(|&at| shape(at).open_quotes != 0)?;
    let whole = judge.labels[first..last].iter().all(|label| label.kind != Kind::Headline);
    (shape(last).open_quotes == -1 && last + 1 - first >= SHORTEST && whole).then_some(last + 1)
}

fn leads_in(judge: &Judge<'_>, at: usize) -> bool {
    let paragraph = &judge.page.paragraphs[at];
    judge.labels[at].kind == Kind::Body && paragraph.signs.has(Sign::Handoff) && paragraph.shape.n_words <= LEAD
}
