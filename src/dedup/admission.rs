//! Which documents may be related at all: within a time of each other, of one group or of two.

use crate::dedup::bodies::Bodies;

/// A document without a date.
pub const NO_DATE: i64 = i64::MIN;
/// A document without a group.
pub const NO_GROUP: u32 = u32::MAX;

/// Bodies with more pairs of members than this are let through; their pairs are judged one by one later.
const MOST_LOOKED_AT: usize = 64;

/// Whether the documents of a pair must have the same group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// Only pairs of one group.
    Within,
    /// Only pairs of two groups.
    Across,
}

/// Rules for pairs of documents.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// Date of each document in any unit, [`NO_DATE`] if it has none; empty without dates.
    pub dates: Vec<i64>,
    /// Largest difference of dates; a document without a date is then in no pair.
    pub window: Option<i64>,
    /// Group of each document, [`NO_GROUP`] if it has none; empty without groups.
    pub groups: Vec<u32>,
    /// What groups must be; a document without a group is then in no pair.
    pub grouping: Option<Grouping>,
    /// Text that each document is a part of; empty if they are texts of their own. Parts of one text are in no pair.
    pub parents: Vec<u32>,
}

impl Admission {
    /// Whether two documents may be related.
    pub fn admits(&self, a: u32, b: u32) -> bool {
        let (a, b) = (a as usize, b as usize);
        let in_time = self.window.is_none_or(|window| {
            let (one, other) = (self.dates[a], self.dates[b]);
            one != NO_DATE && other != NO_DATE && one.abs_diff(other) <= window.unsigned_abs()
        });
        let grouped = self.grouping.is_none_or(|grouping| {
            let (one, other) = (self.groups[a], self.groups[b]);
            one != NO_GROUP && other != NO_GROUP && (one == other) == (grouping == Grouping::Within)
        });
        in_time && grouped && (self.parents.is_empty() || self.parents[a] != self.parents[b])
    }

    /// Whether some documents of two bodies may be related; true where that would take long to say.
    pub fn admits_bodies(&self, bodies: &Bodies, a: u32, b: u32) -> bool {
        if self.window.is_none() && self.grouping.is_none() && self.parents.is_empty() {
            return true;
        }
        let (of_a, of_b) = (bodies.members(a as usize), bodies.members(b as usize));
        of_a.len() * of_b.len() > MOST_LOOKED_AT
            || of_a.iter().any(|&one| of_b.iter().any(|&other| self.admits(one, other)))
    }

    /// Date of a document, [`NO_DATE`] if it has none.
    pub fn date(&self, document: u32) -> i64 {
        self.dates.get(document as usize).copied().unwrap_or(NO_DATE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_groups_decide_and_missing_ones_admit_nothing() {
        let mut admission =
            Admission { dates: vec![0, 30, 31, NO_DATE], groups: vec![0, 0, 1, NO_GROUP], ..Default::default() };
        assert!(admission.admits(0, 3));
        admission.window = Some(30);
        assert!(
            admission.admits(0, 1) && !admission.admits(0, 2) && !admission.admits(0, 3) && !admission.admits(3, 3)
        );
        admission.grouping = Some(Grouping::Across);
        assert!(!admission.admits(0, 1) && admission.admits(1, 2));
        admission.grouping = Some(Grouping::Within);
        assert!(admission.admits(0, 1) && !admission.admits(1, 2));
    }
}
