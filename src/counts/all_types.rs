//! The matrix of all types as they are numbered already: one pass over the ids, without tallies.
//!
//! If nothing is left out and columns come by first appearance, the column of a type is its id, as long as ids are given
//! by first appearance, too. Tokens made here always are; those put together by a caller need not be.

use std::ops::Range;

use crate::corpus::tokens::Tokens;
use crate::counts::order::Order;
use crate::counts::stretches;
use crate::counts::term_document::{Config, TermDocument};
use crate::counts::trim::Trim;
use crate::error::Result;
use crate::parallel::Workers;

/// The document-term matrix if its columns are the types of the tokens; `None` if they are others.
pub(crate) fn count(
    tokens: &Tokens,
    config: &Config,
    docs: &[Range<usize>],
    workers: &Workers,
) -> Result<Option<TermDocument>> {
    let asked_for = config.ngram_range == (1, 1) && config.trim == Trim::NOTHING && config.order == Order::First;
    if !asked_for || !are_by_first_appearance(tokens, docs, workers)? {
        return Ok(None);
    }
    let matrix = stretches::count(tokens, &tokens.doc_offsets, docs, workers)?;
    Ok(Some(TermDocument { matrix, columns: stretches::all_columns(tokens, &config.concatenator) }))
}

/// Whether the tokens hold every type, each for the first time behind the type before it.
fn are_by_first_appearance(tokens: &Tokens, docs: &[Range<usize>], workers: &Workers) -> Result<bool> {
    let steps = workers.map(docs.to_vec(), |docs| {
        let positions = tokens.doc_offsets[docs.start] as usize..tokens.doc_offsets[docs.end] as usize;
        Ok(Steps::of(&tokens.term_ids[positions]))
    })?;
    let mut n_seen = 0;
    let ascend = steps.into_iter().all(|steps| {
        let follows = steps.leap <= n_seen;
        n_seen = n_seen.max(steps.n_seen);
        follows
    });
    Ok(ascend && n_seen as usize == tokens.n_types())
}

/// How the greatest id so far grows along some positions.
#[derive(Debug, PartialEq)]
struct Steps {
    /// The greatest id that leaves others out, as far as these positions tell: those must have come before.
    leap: u32,
    /// One more than the greatest id.
    n_seen: u32,
}

impl Steps {
    fn of(ids: &[u32]) -> Self {
        let mut steps = Self { leap: 0, n_seen: 0 };
        for &id in ids {
            // A gap becomes 0 and is no step.
            let n_seen = id.wrapping_add(1);
            if n_seen > steps.n_seen {
                if id > steps.n_seen {
                    steps.leap = id;
                }
                steps.n_seen = n_seen;
            }
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tokens::GAP;
    use crate::corpus::vocabulary::Vocabulary;
    use std::sync::Arc;

    #[test]
    fn order_of_first_appearance_is_seen_however_the_documents_are_cut() {
        let words = ["a", "b", "c", "d", "e"];
        for (ids, n_types, expected) in [
            (&[0, 1, GAP, 0, 2, 1, 3, 3][..], 4, true),
            (&[0, 1, 3, 2], 4, false),
            (&[1, 0], 2, false),
            (&[0, 2], 3, false),
            (&[0, 1, 2, 0], 4, false),
            (&[GAP, 0, GAP], 1, true),
            (&[GAP], 0, true),
            (&[], 0, true),
            (&[], 1, false),
        ] {
            let tokens = Tokens {
                term_ids: ids.to_vec(),
                doc_offsets: (0..=ids.len() as u64).collect(),
                sentence_starts: vec![],
                paragraph_starts: vec![],
                vocabulary: Arc::new(Vocabulary::from_terms(words[..n_types].iter().copied())),
            };
            for size in 1..=ids.len().max(1) {
                let docs = crate::disjoint::ranges(ids.len(), size);
                let found = are_by_first_appearance(&tokens, &docs, &Workers::serial()).unwrap();
                assert_eq!(found, expected, "{ids:?} by {size}");
            }
        }
    }
}
