//! The order of the columns.

use std::cmp::{Ordering, Reverse};

use serde::{Deserialize, Serialize};

use crate::corpus::tokens::Tokens;
use crate::counts::columns::parts;
use crate::counts::sort::sort_by;
use crate::disjoint;
use crate::error::Result;
use crate::parallel::Workers;

/// In which order terms become columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// By first appearance: all types, then all pairs, then all longer n-grams.
    First,
    /// By the bytes of the string, which is the order of code points; equal strings by first appearance.
    Term,
    /// By descending total count; equal counts by first appearance.
    Frequency,
}

/// A term that may become a column: the `n` tokens at position `first`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub first: u32,
    pub n: u32,
    pub cf: u32,
}

/// Terms sorted at a time.
const CHUNK: usize = 1 << 14;

/// Indices of the candidates in the wanted order; candidates must come in the order of first appearance.
pub(crate) fn arrange(
    candidates: &[Candidate],
    chosen: Vec<u32>,
    order: Order,
    spelling: &Spelling,
    serial_below: usize,
    workers: &Workers,
) -> Result<Vec<u32>> {
    match order {
        Order::First => Ok(chosen),
        Order::Frequency => {
            let rank = |&i: &u32| (Reverse(candidates[i as usize].cf), i);
            sort_by(chosen, |a, b| rank(a).cmp(&rank(b)), serial_below, workers)
        }
        Order::Term => {
            let ranges = disjoint::ranges(chosen.len(), CHUNK);
            let key = |&i: &u32| (spelling.head(&candidates[i as usize]), i);
            let keyed = workers.map(ranges, |range| Ok(chosen[range].iter().map(key).collect::<Vec<_>>()))?.concat();
            let compare = |a: &(u128, u32), b: &(u128, u32)| {
                let rest = || spelling.compare(&candidates[a.1 as usize], &candidates[b.1 as usize]);
                a.0.cmp(&b.0).then_with(rest).then(a.1.cmp(&b.1))
            };
            Ok(sort_by(keyed, compare, serial_below, workers)?.into_iter().map(|(_, i)| i).collect())
        }
    }
}

/// How the strings of terms read, without putting them together.
pub(crate) struct Spelling<'a> {
    pub tokens: &'a Tokens,
    pub concatenator: &'a str,
}

impl Spelling<'_> {
    fn term_ids(&self, term: &Candidate) -> &[u32] {
        &self.tokens.term_ids[term.first as usize..][..term.n as usize]
    }

    fn bytes(&self, term: &Candidate) -> impl Iterator<Item = u8> {
        parts(&self.tokens.vocabulary, self.concatenator, self.term_ids(term)).flatten().copied()
    }

    /// The first 16 bytes as a number, zeros behind a shorter string: unequal heads are in the order of the strings.
    fn head(&self, term: &Candidate) -> u128 {
        let mut head = [0; 16];
        head.iter_mut().zip(self.bytes(term)).for_each(|(to, byte)| *to = byte);
        u128::from_be_bytes(head)
    }

    fn compare(&self, a: &Candidate, b: &Candidate) -> Ordering {
        let equal = self.term_ids(a).iter().zip(self.term_ids(b)).take_while(|(a, b)| a == b).count() as u32;
        // Equal leading types spell equally; after them both strings continue with the concatenator or end.
        let rest = |term: &Candidate| Candidate { first: term.first + equal, n: term.n - equal, cf: 0 };
        match (a.n - equal, b.n - equal) {
            (0, _) | (_, 0) => a.n.cmp(&b.n),
            _ => self.bytes(&rest(a)).cmp(self.bytes(&rest(b))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::vocabulary::Vocabulary;
    use std::sync::Arc;

    #[test]
    fn n_grams_sort_as_their_joined_strings_do() {
        let words = ["a", "ab", "", "b", "a_b", "aB", "평화", "internationally", "international"];
        let pairs = (0..words.len() as u32).flat_map(|i| (0..words.len() as u32).map(move |j| [i, j]));
        let term_ids: Vec<u32> = pairs.flatten().collect();
        let n_positions = term_ids.len() as u32;
        let tokens = Tokens {
            term_ids,
            doc_offsets: vec![0, u64::from(n_positions)],
            sentence_starts: vec![0],
            paragraph_starts: vec![0],
            vocabulary: Arc::new(Vocabulary::from_terms(words)),
        };
        let term = |n| (0..=n_positions - n).map(move |first| Candidate { first, n, cf: 1 });
        let candidates: Vec<Candidate> = (1..=3).flat_map(term).collect();
        for concatenator in ["_", " ", "", "~", "\0"] {
            let spelling = Spelling { tokens: &tokens, concatenator };
            let chosen: Vec<u32> = (0..candidates.len() as u32).collect();
            let arranged = |serial_below| {
                arrange(&candidates, chosen.clone(), Order::Term, &spelling, serial_below, &Workers::serial()).unwrap()
            };
            let mut expected = chosen.clone();
            expected.sort_by_key(|&i| spelling.bytes(&candidates[i as usize]).collect::<Vec<u8>>());
            assert_eq!(arranged(2), expected, "{concatenator:?}");
            assert_eq!(arranged(1000), expected, "{concatenator:?}");
        }
    }

    #[test]
    fn frequent_terms_come_first_and_ties_keep_their_order() {
        let candidates = [3, 5, 3, 9].map(|cf| Candidate { first: 0, n: 1, cf });
        let tokens = Tokens {
            term_ids: vec![],
            doc_offsets: vec![0],
            sentence_starts: vec![],
            paragraph_starts: vec![],
            vocabulary: Arc::default(),
        };
        let spelling = Spelling { tokens: &tokens, concatenator: " " };
        let arranged =
            arrange(&candidates, vec![0, 1, 2, 3], Order::Frequency, &spelling, 9, &Workers::serial()).unwrap();
        assert_eq!(arranged, [3, 1, 0, 2]);
    }
}
