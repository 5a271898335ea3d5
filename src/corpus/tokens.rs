//! A tokenized corpus: one integer for each position, and where documents, paragraphs and sentences start.

use std::ops::Range;
use std::sync::Arc;

use crate::corpus::renumber;
use crate::corpus::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::parallel::Workers;

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

    /// Tokens given as ids of a vocabulary, checked; frequencies are counted anew.
    ///
    /// # Errors
    /// Offsets that do not ascend from 0 to the number of ids, starts that are not ascending positions, ids without a term.
    pub fn from_parts(
        term_ids: Vec<u32>,
        doc_offsets: Vec<u64>,
        sentence_starts: Vec<u64>,
        paragraph_starts: Vec<u64>,
        mut vocabulary: Vocabulary,
    ) -> Result<Self> {
        let n = term_ids.len() as u64;
        if doc_offsets.first() != Some(&0) || doc_offsets.last() != Some(&n) || !doc_offsets.is_sorted() {
            return Err(Error::parameter("offsets", "other values", format!("ascending from 0 to {n}")));
        }
        for (name, starts) in [("sentence_starts", &sentence_starts), ("paragraph_starts", &paragraph_starts)] {
            if !starts.is_sorted_by(|a, b| a < b) || starts.last().is_some_and(|&last| last >= n) {
                return Err(Error::parameter(name, "other values", format!("ascending positions below {n}")));
            }
        }
        let mut frequencies = vec![0; vocabulary.len()];
        for &id in term_ids.iter().filter(|&&id| id != GAP) {
            match frequencies.get_mut(id as usize) {
                Some(frequency) => *frequency += 1,
                None => return Err(Error::parameter("term_ids", id, format!("below {}", vocabulary.len()))),
            }
        }
        vocabulary.set_frequencies(frequencies);
        Ok(Self { term_ids, doc_offsets, sentence_starts, paragraph_starts, vocabulary: Arc::new(vocabulary) })
    }

    /// Some documents in the given order, as if they had been tokenized alone: ids are by first appearance again.
    ///
    /// # Errors
    /// A document that does not exist, [`crate::ErrorKind::Cancelled`].
    pub fn take(&self, docs: &[u32], workers: &Workers) -> Result<Self> {
        self.gather(docs)?.renumbered(workers)
    }

    /// Some documents in the given order, under the ids that they have here; the frequencies stay those of all documents.
    pub(crate) fn gather(&self, docs: &[u32]) -> Result<Self> {
        let mut part = Self {
            term_ids: Vec::new(),
            doc_offsets: vec![0],
            sentence_starts: Vec::new(),
            paragraph_starts: Vec::new(),
            vocabulary: self.vocabulary.clone(),
        };
        for &doc in docs {
            if doc as usize >= self.n_docs() {
                return Err(Error::parameter("rows", doc, format!("below the number of documents, {}", self.n_docs())));
            }
            let range = self.doc_range(doc as usize);
            let base = part.term_ids.len() as u64;
            for (starts, all) in [
                (&mut part.sentence_starts, &self.sentence_starts),
                (&mut part.paragraph_starts, &self.paragraph_starts),
            ] {
                let within = |end: usize| all.partition_point(|&start| start < end as u64);
                let inside = &all[within(range.start)..within(range.end)];
                starts.extend(inside.iter().map(|start| start - range.start as u64 + base));
            }
            part.term_ids.extend_from_slice(&self.term_ids[range]);
            part.doc_offsets.push(part.term_ids.len() as u64);
        }
        Ok(part)
    }

    /// The same positions with ids by first appearance and frequencies counted again; types that are gone have no id.
    pub(super) fn renumbered(mut self, workers: &Workers) -> Result<Self> {
        self.vocabulary = Arc::new(renumber::by_first_appearance(&mut self.term_ids, &self.vocabulary, workers)?);
        Ok(self)
    }

    /// Number of tokens (gaps left out) in each document.
    pub fn doc_lengths(&self) -> Vec<u64> {
        // Counting would read all positions.
        let without_gaps = self.vocabulary.frequencies().iter().sum::<u64>() == self.term_ids.len() as u64;
        let tokens_in = |positions: Range<usize>| self.term_ids[positions].iter().filter(|&&id| id != GAP).count();
        let count = |doc| {
            let positions = self.doc_range(doc);
            (if without_gaps { positions.len() } else { tokens_in(positions) }) as u64
        };
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
