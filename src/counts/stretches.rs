//! How often each type occurs in consecutive stretches of the positions: documents, or equal parts of the corpus.

use std::ops::Range;

use crate::corpus::tokens::{GAP, Tokens};
use crate::counts::accumulator::Accumulator;
use crate::counts::columns::Columns;
use crate::counts::csr::Csr;
use crate::counts::rows::{self, Cells, Rows};
use crate::counts::term_document::{self, TermDocument};
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Positions of one chunk of stretches.
const CHUNK: u64 = 1 << 16;

/// A row for each stretch, a column for each type in the order of the ids.
///
/// # Errors
/// Starts that do not ascend from 0 to the number of positions, a corpus of 2^32 - 1 positions or more,
/// [`crate::ErrorKind::Cancelled`].
pub fn types(tokens: &Tokens, starts: &[u64], workers: &Workers) -> Result<TermDocument> {
    term_document::check_size(tokens)?;
    let n = tokens.n_positions() as u64;
    if starts.first() != Some(&0) || starts.last() != Some(&n) || !starts.is_sorted() {
        return Err(Error::parameter("starts", "other values", format!("ascending from 0 to {n}")));
    }
    let weight = |stretch: usize| starts[stretch + 1] - starts[stretch] + 1;
    let matrix = count(tokens, starts, &ranges_by_weight(starts.len() - 1, weight, CHUNK), workers)?;
    Ok(TermDocument { matrix, columns: all_columns(tokens, "") })
}

/// Where `n` parts of equally many tokens start, and where the last one ends; their sizes differ by at most one token.
///
/// # Panics
/// If `n` is 0.
pub fn equal_starts(tokens: &Tokens, n: usize) -> Vec<u64> {
    let n_tokens = tokens.term_ids.iter().filter(|&&id| id != GAP).count() as u128;
    let mut starts = vec![0];
    let positions = tokens.term_ids.iter().enumerate().filter(|(_, id)| **id != GAP);
    for (seen, (position, _)) in positions.enumerate() {
        while starts.len() < n && seen as u128 >= n_tokens * starts.len() as u128 / n as u128 {
            starts.push(position as u64);
        }
    }
    starts.resize(n, tokens.n_positions() as u64);
    starts.push(tokens.n_positions() as u64);
    starts
}

/// The counts of stretches by chunks, which must cover them in order; the stretches cover all positions.
pub(crate) fn count(tokens: &Tokens, starts: &[u64], chunks: &[Range<usize>], workers: &Workers) -> Result<Csr<u32>> {
    workers.signal().begin(tokens.n_positions() as u64);
    rows::build(&Stretches { tokens, starts }, chunks, workers)
}

/// All types as columns.
pub(crate) fn all_columns(tokens: &Tokens, concatenator: &str) -> Columns {
    let n = tokens.n_types();
    let (starts, term_ids) = ((0..=n as u64).collect(), (0..n as u32).collect());
    Columns::found(tokens.vocabulary.clone(), concatenator.to_string(), starts, term_ids)
}

struct Stretches<'a> {
    tokens: &'a Tokens,
    starts: &'a [u64],
}

impl Rows for Stretches<'_> {
    fn n_columns(&self) -> usize {
        self.tokens.n_types()
    }

    fn n_accumulated(&self) -> usize {
        self.tokens.n_types()
    }

    fn room(&self) -> usize {
        self.tokens.n_positions()
    }

    fn append(&self, stretch: usize, accumulator: &mut Accumulator, cells: &mut Cells) {
        let ids = &self.tokens.term_ids[self.starts[stretch] as usize..self.starts[stretch + 1] as usize];
        accumulator.reserve(ids.len());
        ids.iter().filter(|&&id| id != GAP).for_each(|&id| accumulator.add(id, 1));
        let (indices, data) = cells.room(accumulator.len());
        accumulator.write(indices, data);
    }

    fn work(&self, stretches: &Range<usize>) -> u64 {
        self.starts[stretches.end] - self.starts[stretches.start]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::vocabulary::Vocabulary;

    fn tokens() -> Tokens {
        let mut vocabulary = Vocabulary::default();
        let mut id = |term: &str| if term == "_" { GAP } else { vocabulary.intern(term) };
        let term_ids: Vec<u32> = "a b _ a _ c c".split(' ').map(&mut id).collect();
        let n = term_ids.len() as u64;
        Tokens::from_parts(term_ids, vec![0, 4, n], vec![0, 4], vec![0, 4], vocabulary).unwrap()
    }

    #[test]
    fn equal_parts_hold_equally_many_tokens() {
        assert_eq!(equal_starts(&tokens(), 2), [0, 3, 7]);
        assert_eq!(equal_starts(&tokens(), 5), [0, 1, 3, 5, 6, 7]);
        assert_eq!(equal_starts(&tokens(), 7), [0, 0, 1, 3, 3, 5, 6, 7]);
        assert_eq!(equal_starts(&tokens(), 1), [0, 7]);
    }

    #[test]
    fn types_are_counted_in_each_stretch() {
        let matrix = types(&tokens(), &[0, 3, 3, 7], &Workers::serial()).unwrap().matrix;
        assert_eq!(matrix.row(0), (&[0, 1][..], &[1, 1][..]));
        assert_eq!(matrix.row(1), (&[][..], &[][..]));
        assert_eq!(matrix.row(2), (&[0, 2][..], &[1, 2][..]));
        assert!(types(&tokens(), &[0, 3], &Workers::serial()).is_err());
    }
}
