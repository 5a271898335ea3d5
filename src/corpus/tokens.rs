//! A tokenized corpus: one integer for each position, and where documents, paragraphs and sentences start.

use std::ops::Range;
use std::sync::Arc;

use crate::corpus::vocabulary::Vocabulary;

/// The id at a position whose token was removed. It keeps its position and is never counted.
pub const GAP: u32 = u32::MAX;

/// How far a window or an n-gram may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A whole document.
    Document,
    /// A paragraph of a document.
    Paragraph,
    /// A sentence of a paragraph.
    Sentence,
}

/// Term ids of all documents, one after the other.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Term id at each position, [`GAP`] where a token was removed.
    pub term_ids: Vec<u32>,
    /// Where each document starts in `term_ids`; one entry more than documents.
    pub doc_offsets: Vec<u64>,
    /// Positions (in `term_ids`) where a sentence starts, ascending; every document with positions starts one.
    pub sentence_starts: Vec<u64>,
    /// Positions (in `term_ids`) where a paragraph starts, ascending; a subset of `sentence_starts`.
    pub paragraph_starts: Vec<u64>,
    /// The types, ids in order of first appearance, with their frequencies.
    pub vocabulary: Arc<Vocabulary>,
}

impl Tokens {
    /// Number of documents, empty ones included.
    pub fn n_docs(&self) -> usize {
        self.doc_offsets.len() - 1
    }

    /// Number of positions, gaps included.
    pub fn n_positions(&self) -> usize {
        self.term_ids.len()
    }

    /// Number of types.
    pub fn n_types(&self) -> usize {
        self.vocabulary.len()
    }

    /// Positions of one document.
    pub fn doc_range(&self, doc: usize) -> Range<usize> {
        self.doc_offsets[doc] as usize..self.doc_offsets[doc + 1] as usize
    }

    /// Position ranges of the units within `positions`, which must lie on document boundaries; none is empty.
    pub fn units(&self, unit: Unit, positions: Range<usize>) -> Units<'_> {
        let starts: &[u64] = match unit {
            Unit::Document => &self.doc_offsets,
            Unit::Paragraph => &self.paragraph_starts,
            Unit::Sentence => &self.sentence_starts,
        };
        let first = starts.partition_point(|&start| start < positions.start as u64);
        let last = starts.partition_point(|&start| start < positions.end as u64);
        Units { starts: &starts[first..last], end: positions.end }
    }

    /// Number of tokens (gaps left out) in each document.
    pub fn doc_lengths(&self) -> Vec<u64> {
        let count = |doc| self.term_ids[self.doc_range(doc)].iter().filter(|&&id| id != GAP).count() as u64;
        (0..self.n_docs()).map(count).collect()
    }
}

/// Iterator over the position ranges of units, made by [`Tokens::units`].
#[derive(Clone, Debug)]
pub struct Units<'a> {
    starts: &'a [u64],
    end: usize,
}

impl Iterator for Units<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let (&start, rest) = self.starts.split_first()?;
            self.starts = rest;
            let end = rest.first().map_or(self.end, |&next| next as usize);
            // Empty documents share their start with the next document.
            if end > start as usize {
                return Some(start as usize..end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        Tokens {
            term_ids: vec![0, 1, GAP, 0, 2, 1],
            doc_offsets: vec![0, 3, 3, 6],
            sentence_starts: vec![0, 2, 3, 4],
            paragraph_starts: vec![0, 3],
            vocabulary: Arc::new(Vocabulary::default()),
        }
    }

    #[test]
    fn units_partition_the_documents_and_skip_empty_ones() {
        let tokens = tokens();
        let all = |unit| tokens.units(unit, 0..6).collect::<Vec<_>>();
        assert_eq!(all(Unit::Document), vec![0..3, 3..6]);
        assert_eq!(all(Unit::Paragraph), vec![0..3, 3..6]);
        assert_eq!(all(Unit::Sentence), vec![0..2, 2..3, 3..4, 4..6]);
        assert_eq!(tokens.units(Unit::Sentence, 3..6).collect::<Vec<_>>(), vec![3..4, 4..6]);
        assert_eq!(tokens.units(Unit::Sentence, 3..3).count(), 0);
    }

    #[test]
    fn gaps_hold_positions_but_are_not_tokens() {
        assert_eq!(tokens().doc_lengths(), vec![2, 0, 3]);
    }
}
