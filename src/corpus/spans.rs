//! Parts of texts: for each document, byte ranges that ascend and do not overlap.

use std::ops::Range;

/// Byte ranges of the text of each document, ascending and disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    ranges: Vec<Range<usize>>,
    /// Where the ranges of each document end in `ranges`.
    ends: Vec<usize>,
}

impl Spans {
    /// No ranges in each of so many documents.
    pub fn none(n_docs: usize) -> Self {
        Self { ranges: Vec::new(), ends: vec![0; n_docs] }
    }

    /// Number of documents.
    pub fn n_docs(&self) -> usize {
        self.ends.len()
    }

    /// The ranges of a document.
    ///
    /// # Panics
    /// If there is no such document.
    pub fn of(&self, doc: usize) -> &[Range<usize>] {
        let start = if doc == 0 { 0 } else { self.ends[doc - 1] };
        &self.ranges[start..self.ends[doc]]
    }

    /// Adds the next document with ranges in any order, which may touch or overlap; empty ones vanish.
    pub fn push(&mut self, mut ranges: Vec<Range<usize>>) {
        ranges.retain(|range| !range.is_empty());
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        let first = self.ranges.len();
        for range in ranges {
            match self.ranges[first..].last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => self.ranges.push(range),
            }
        }
        self.ends.push(self.ranges.len());
    }
}

impl FromIterator<Vec<Range<usize>>> for Spans {
    fn from_iter<I: IntoIterator<Item = Vec<Range<usize>>>>(documents: I) -> Self {
        let mut spans = Self::default();
        documents.into_iter().for_each(|ranges| spans.push(ranges));
        spans
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of ranges are what is tested")]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_sorted_and_merged_within_their_document() {
        let spans: Spans = [vec![7..9, 0..3, 3..5, 4..4], vec![], vec![1..2, 0..9]].into_iter().collect();
        assert_eq!(spans.n_docs(), 3);
        assert_eq!(spans.of(0), [0..5, 7..9]);
        assert!(spans.of(1).is_empty());
        assert_eq!(spans.of(2), [0..9]);
        assert!(Spans::none(2).of(1).is_empty());
    }
}
