//! What two texts are to each other, from exact counts.

use crate::dedup::compare::{Edge, Overlap};

/// A relation of a text to another, read as "a *relation* b".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Relation {
    /// The same bytes.
    Exact,
    /// The same letters and digits.
    SameText,
    /// Nearly the same set of triples.
    Near,
    /// Nearly all of the other, smaller text, and more.
    Contains,
    /// Nearly all of this text is in the other, larger one.
    ContainedIn,
    /// Much of either text is in the other.
    Revised,
    /// The passages they share are quotations in one of them.
    Quotes,
    /// They share a passage and are not akin as wholes.
    SharedPassage,
}

impl Relation {
    /// All relations, in the order of their codes.
    pub const ALL: [Self; 8] = [
        Self::Exact,
        Self::SameText,
        Self::Near,
        Self::Contains,
        Self::ContainedIn,
        Self::Revised,
        Self::Quotes,
        Self::SharedPassage,
    ];

    /// Name as users write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::SameText => "same_text",
            Self::Near => "near",
            Self::Contains => "contains",
            Self::ContainedIn => "contained_in",
            Self::Revised => "revised",
            Self::Quotes => "quotes",
            Self::SharedPassage => "shared_passage",
        }
    }

    /// The same seen from the other text.
    pub fn reversed(self) -> Self {
        match self {
            Self::Contains => Self::ContainedIn,
            Self::ContainedIn => Self::Contains,
            symmetric => symmetric,
        }
    }
}

/// Share of the smaller text that is as good as all of it.
const WHOLE: f64 = 0.95;
/// Share of the larger text below which it is mostly something else.
const MOSTLY: f64 = 0.6;

/// From which shares on a relation holds.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Thresholds {
    /// Jaccard similarity of two texts that are near.
    pub near: f64,
    /// Share of the smaller text in the larger one that contains it.
    pub contained: f64,
    /// Share of either text in the other, of which one is revised.
    pub revised: f64,
    /// Words of a run that is a passage; without them only texts that are akin as wholes are related.
    pub passage: Option<u32>,
    /// Share of the passages between quotation marks, in either text, that makes them quotations.
    pub quoted: f64,
}

impl Thresholds {
    /// The relation of the first body of an edge to the second: the first that holds of near, contained, revised, quotes,
    /// shared passage. A text that holds another one is no revision of it, whatever the other is to it.
    pub fn relation(&self, edge: &Edge) -> Option<Relation> {
        let has_passage = self.passage.is_some_and(|passage| edge.longest >= passage);
        match edge.overlap.and_then(|overlap| self.as_wholes(overlap)) {
            None if has_passage && self.is_quotation(edge) => Some(Relation::Quotes),
            None => has_passage.then_some(Relation::SharedPassage),
            akin => akin,
        }
    }

    fn as_wholes(&self, overlap: Overlap) -> Option<Relation> {
        let shared = f64::from(overlap.shared);
        let (size_a, size_b) = (f64::from(overlap.size_a), f64::from(overlap.size_b));
        let (smaller, larger) = (size_a.min(size_b), size_a.max(size_b));
        if overlap.shared == 0 {
            None
        } else if shared >= self.near * (size_a + size_b - shared) {
            Some(Relation::Near)
        } else if self.is_contained(shared / smaller, shared / larger) {
            Some(if size_a > size_b { Relation::Contains } else { Relation::ContainedIn })
        } else {
            (shared >= self.revised * larger).then_some(Relation::Revised)
        }
    }

    /// Whether a text with these shares, in the smaller and in the larger one, is part of the larger. A text that lost and
    /// changed some words and gained some is a revision, though most of it is in the larger one, too.
    fn is_contained(&self, of_smaller: f64, of_larger: f64) -> bool {
        of_smaller >= self.contained && of_larger < self.contained && (of_smaller >= WHOLE || of_larger < MOSTLY)
    }

    fn is_quotation(&self, edge: &Edge) -> bool {
        f64::from(edge.quoted_a.max(edge.quoted_b)) >= self.quoted * f64::from(edge.passages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THRESHOLDS: Thresholds =
        Thresholds { near: 0.7, contained: 0.8, revised: 0.4, passage: Some(12), quoted: 0.8 };

    fn edge(shared: u32, size_a: u32, size_b: u32, longest: u32) -> Edge {
        let overlap = Some(Overlap { shared, size_a, size_b });
        Edge { a: 0, b: 1, overlap, longest, passages: longest, quoted_a: 0, quoted_b: 0 }
    }

    #[test]
    fn the_first_relation_that_holds_is_taken() {
        let cases = [
            (edge(70, 85, 85, 30), Some(Relation::Near)),
            (edge(69, 100, 69, 30), Some(Relation::Contains)),
            (edge(69, 69, 100, 30), Some(Relation::ContainedIn)),
            (edge(64, 100, 70, 30), Some(Relation::Revised)),
            (edge(56, 100, 70, 30), Some(Relation::Contains)),
            (edge(80, 99, 99, 30), Some(Relation::Revised)),
            (edge(40, 100, 100, 5), Some(Relation::Revised)),
            (edge(39, 100, 100, 12), Some(Relation::SharedPassage)),
            (edge(39, 100, 100, 11), None),
            (edge(0, 0, 0, 0), None),
        ];
        for (edge, expected) in cases {
            assert_eq!(THRESHOLDS.relation(&edge), expected, "{edge:?}");
        }
    }

    #[test]
    fn passages_in_quotation_marks_are_quotes() {
        let quoted = Edge { quoted_b: 16, ..edge(20, 100, 100, 20) };
        assert_eq!(THRESHOLDS.relation(&quoted), Some(Relation::Quotes));
        let hardly = Edge { quoted_b: 15, ..quoted };
        assert_eq!(THRESHOLDS.relation(&hardly), Some(Relation::SharedPassage));
    }

    #[test]
    fn codes_are_places_in_the_list() {
        for (code, relation) in Relation::ALL.into_iter().enumerate() {
            assert_eq!(relation as usize, code);
            assert_eq!(relation.reversed().reversed(), relation);
        }
    }
}
