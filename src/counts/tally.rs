//! How often each type occurs, in how many documents, and where first.
//!
//! Each worker keeps an array over all types and the arrays are merged by sum and minimum, which no order of work can
//! change. Room: 16 bytes for each type and thread.

use std::ops::Range;

use crate::corpus::tokens::{GAP, Tokens};
use crate::error::Result;
use crate::parallel::Workers;

/// What is known of one term while documents are read in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tally {
    /// First position at which the term starts; `u32::MAX` before any.
    pub first: u32,
    /// Occurrences.
    pub cf: u32,
    /// Documents with the term.
    pub df: u32,
    last_doc: u32,
}

impl Tally {
    /// Nothing seen yet.
    pub const NONE: Self = Self { first: u32::MAX, cf: 0, df: 0, last_doc: u32::MAX };

    /// Records an occurrence.
    #[inline]
    pub fn see(&mut self, position: u32, doc: u32) {
        // Without a branch: about every third token of a text is new to its document, which no predictor foresees.
        let is_new = self.last_doc != doc;
        self.first = self.first.min(position);
        self.cf += 1;
        self.df += u32::from(is_new);
        self.last_doc = doc;
    }

    /// Adds what was seen in other documents.
    fn merge(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.cf += other.cf;
        self.df += other.df;
    }
}

/// Tallies of all types by term id, documents taken in the given ranges.
pub(crate) fn types(tokens: &Tokens, docs: &[Range<usize>], workers: &Workers) -> Result<Vec<Tally>> {
    let n_states = workers.n_threads().min(docs.len()).max(1);
    let mut states = vec![vec![Tally::NONE; tokens.n_types()]; n_states];
    workers.map_with(&mut states, docs.to_vec(), |tallies, docs| {
        docs.clone().for_each(|doc| document(tokens, doc, tallies));
        workers.signal().advance(tokens.doc_offsets[docs.end] - tokens.doc_offsets[docs.start]);
        Ok(())
    })?;
    let mut states = states.into_iter();
    let mut tallies = states.next().unwrap_or_default();
    for state in states {
        tallies.iter_mut().zip(&state).for_each(|(to, from)| to.merge(from));
    }
    Ok(tallies)
}

fn document(tokens: &Tokens, doc: usize, tallies: &mut [Tally]) {
    let range = tokens.doc_range(doc);
    for (position, &id) in range.clone().zip(&tokens.term_ids[range]) {
        if id != GAP {
            tallies[id as usize].see(position as u32, doc as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::vocabulary::Vocabulary;
    use std::sync::Arc;

    #[test]
    fn occurrences_documents_and_first_positions_are_found() {
        let tokens = Tokens {
            term_ids: vec![1, 1, GAP, 0, 1, 0],
            doc_offsets: vec![0, 3, 3, 5, 6],
            sentence_starts: vec![0, 3, 5],
            paragraph_starts: vec![0, 3, 5],
            vocabulary: Arc::new(Vocabulary::from_terms(["a", "b", "never"])),
        };
        for n_threads in [1, 2, 3, 8] {
            let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
            let tallies = types(&tokens, &[0..1, 1..2, 2..3, 3..4], &workers).unwrap();
            let found: Vec<_> = tallies.iter().map(|t| (t.first, t.cf, t.df)).collect();
            assert_eq!(found, [(3, 2, 2), (0, 3, 2), (u32::MAX, 0, 0)]);
        }
    }
}
