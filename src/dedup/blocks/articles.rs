//! Which article of its page a paragraph belongs to.

use crate::dedup::blocks::kind::Kind;
use crate::dedup::blocks::label::Judge;

/// An article has at least so many words of running text.
const SHORTEST: u32 = 60;

/// Numbers the articles from 1. A title begins another one if there was text since the last; the label above it goes
/// along. Furniture belongs to none.
pub(super) fn number(judge: &mut Judge<'_>) {
    let mut begins = vec![false; judge.labels.len()];
    let mut last = 0;
    for (number, &title) in judge.titles.iter().enumerate() {
        if number > 0 && judge.n_prose_words(last..title) >= SHORTEST {
            let above = title.checked_sub(1).filter(|&above| judge.labels[above].kind == Kind::Section);
            begins[above.unwrap_or(title)] = true;
        }
        last = title;
    }
    let mut article = 1;
    for (label, begins) in judge.labels.iter_mut().zip(begins) {
        article += u32::from(begins);
        label.article = if label.kind.is_outside() { 0 } else { article };
    }
}
