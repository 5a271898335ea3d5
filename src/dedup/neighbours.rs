//! Prints of one text in an order in which those that may be related to a document are its neighbours.
//!
//! A text printed a hundred thousand times has too many pairs to look at each. In the order of groups (where pairs must be of one),
//! dates and rows, the prints in reach of a document stand in one stretch; those that it is in no pair with
//! for being of its group or of its page, its **kin**, stand in runs that are skipped at one step.

use std::iter::from_fn;
use std::ops::Range;

use crate::dedup::admission::{Admission, Grouping, NO_DATE, NO_GROUP};

/// Documents that some pair is admitted of, in order.
pub struct Prints<'p> {
    admission: &'p Admission,
    order: Vec<u32>,
    /// The run of kin that each place belongs to.
    runs: Vec<Range<usize>>,
    /// Kin and place, ascending.
    by_kin: Vec<(u32, usize)>,
}

impl<'p> Prints<'p> {
    /// Puts documents in order; those that the rules admit to no pair at all are left out.
    pub fn of(documents: &[u32], admission: &'p Admission) -> Self {
        let mut order: Vec<u32> =
            documents.iter().copied().filter(|&document| may_be_admitted(admission, document)).collect();
        order.sort_unstable_by_key(|&document| (stretch(admission, document), document));
        let mut runs = Vec::with_capacity(order.len());
        for run in order.chunk_by(|&one, &other| kin(admission, one) == kin(admission, other)) {
            let start = runs.len();
            runs.resize(start + run.len(), start..start + run.len());
        }
        let mut by_kin: Vec<(u32, usize)> =
            order.iter().enumerate().map(|(place, &document)| (kin(admission, document), place)).collect();
        by_kin.sort_unstable();
        Self { admission, order, runs, by_kin }
    }

    /// The documents in order.
    pub fn documents(&self) -> &[u32] {
        &self.order
    }

    /// How many of them a document of these or of other prints may be related to.
    pub fn n_admitted(&self, document: u32) -> u64 {
        let (reach, kin) = (self.reach(document), kin(self.admission, document));
        let place = |end: usize| self.by_kin.partition_point(|&entry| entry < (kin, end));
        (reach.len() - (place(reach.end) - place(reach.start))) as u64
    }

    /// Those of them behind the place of a document, the nearest first.
    pub fn ahead(&self, document: u32) -> impl Iterator<Item = u32> + '_ {
        let (end, kin) = (self.reach(document).end, kin(self.admission, document));
        let mut at = self.place(document);
        from_fn(move || {
            if at < end && self.kin_at(at) == kin {
                at = self.runs[at].end;
            }
            (at < end).then(|| {
                at += 1;
                self.order[at - 1]
            })
        })
    }

    /// Those of them before the place of a document, the nearest first.
    pub fn behind(&self, document: u32) -> impl Iterator<Item = u32> + '_ {
        let (start, kin) = (self.reach(document).start, kin(self.admission, document));
        let mut at = self.place(document);
        from_fn(move || {
            if at > start && self.kin_at(at - 1) == kin {
                at = self.runs[at - 1].start;
            }
            (at > start).then(|| {
                at -= 1;
                self.order[at]
            })
        })
    }

    fn kin_at(&self, place: usize) -> u32 {
        kin(self.admission, self.order[place])
    }

    fn place(&self, document: u32) -> usize {
        let key = |document: u32| (stretch(self.admission, document), document);
        self.order.partition_point(|&other| key(other) < key(document))
    }

    /// The places of documents near enough in time and of a group that is near enough.
    fn reach(&self, document: u32) -> Range<usize> {
        let (group, date) = stretch(self.admission, document);
        let (first, last) = match self.admission.window {
            Some(window) => (date.saturating_sub(window), date.saturating_add(window)),
            None => (i64::MIN, i64::MAX),
        };
        let key = |other: u32| stretch(self.admission, other);
        let start = self.order.partition_point(|&other| key(other) < (group, first));
        start..self.order.partition_point(|&other| key(other) <= (group, last))
    }
}

fn may_be_admitted(admission: &Admission, document: u32) -> bool {
    let document = document as usize;
    (admission.window.is_none() || admission.dates[document] != NO_DATE)
        && (admission.grouping.is_none() || admission.groups[document] != NO_GROUP)
}

/// The group, where pairs must be of one, and the date.
fn stretch(admission: &Admission, document: u32) -> (u32, i64) {
    let group = if admission.grouping == Some(Grouping::Within) { admission.groups[document as usize] } else { 0 };
    (group, admission.date(document))
}

/// What two documents of no pair have in common. Parts of a text have its date and group, and stand in rows that follow
/// each other.
fn kin(admission: &Admission, document: u32) -> u32 {
    match admission.grouping {
        Some(Grouping::Across) => admission.groups[document as usize],
        _ => admission.parents.get(document as usize).copied().unwrap_or(document),
    }
}
