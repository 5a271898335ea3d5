//! Terms by falling frequency: the order of columns, and the small integers the kernels count with.
//!
//! One pass counts every term in parts of the corpus; terms that reach the minimum are sorted by falling frequency, ties by
//! id; each term then has a *code*. The counts per part stay, because they say where each part writes into an index by term.

use std::ops::Range;

use super::config::Config;
use crate::corpus::tokens::{GAP, Tokens};
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Positions between two looks at the signal.
const CHECK_EVERY: usize = 1 << 20;

/// Codes of the terms and their frequencies.
///
/// A code below `n_columns` is a column. `n_columns` stands for any dropped term, `n_columns + 1` for a gap, and the codes
/// from `n_columns + 2` are nodes too rare for a column.
pub(super) struct Ranking {
    /// Term id of each column.
    pub(super) terms: Vec<u32>,
    /// Code of each term id.
    pub(super) code_of: Vec<u32>,
    /// Collection frequency of each term id.
    pub(super) frequencies: Vec<u64>,
    /// One more than the largest code.
    pub(super) n_codes: usize,
    /// Positions that are not gaps.
    pub(super) n_tokens: u64,
    /// Whether any position is a gap.
    pub(super) has_gaps: bool,
    /// Consecutive parts of the positions, each counted on its own.
    pub(super) parts: Vec<Range<usize>>,
    /// Frequency of each term id in each part.
    pub(super) part_frequencies: Vec<Vec<u32>>,
}

impl Ranking {
    /// Counts the terms and orders them; `terms` gives the columns, whatever their frequencies here.
    pub(super) fn new(tokens: &Tokens, config: &Config, terms: Option<&[u32]>, workers: &Workers) -> Result<Self> {
        let n_types = tokens.n_types();
        let parts = parts(tokens.n_positions(), n_types, workers.n_threads());
        let counted = workers.map(parts.clone(), |part| frequencies(&tokens.term_ids, part, n_types, workers))?;
        let (part_frequencies, n_gaps): (Vec<_>, Vec<u64>) = counted.into_iter().unzip();
        let n_gaps: u64 = n_gaps.into_iter().sum();
        let mut frequencies = vec![0; n_types];
        for part in &part_frequencies {
            frequencies.iter_mut().zip(part).for_each(|(sum, &count)| *sum += u64::from(count));
        }
        let terms = terms.map_or_else(|| by_frequency(&frequencies, config.min_count), <[u32]>::to_vec);
        let (code_of, n_codes) = codes(&terms, n_types, config.nodes.as_deref().unwrap_or_default());
        let n_tokens = tokens.n_positions() as u64 - n_gaps;
        Ok(Self { terms, code_of, frequencies, n_codes, n_tokens, has_gaps: n_gaps > 0, parts, part_frequencies })
    }

    /// Number of columns.
    pub(super) fn n_columns(&self) -> usize {
        self.terms.len()
    }

    /// Code of positions whose token was removed.
    pub(super) fn gap(&self) -> u32 {
        self.n_columns() as u32 + 1
    }

    /// Frequencies of the given terms.
    pub(super) fn frequencies_of(&self, terms: &[u32]) -> Vec<u64> {
        terms.iter().map(|&term| self.frequencies[term as usize]).collect()
    }
}

/// The terms that reach the minimum, by falling frequency, ties by id.
fn by_frequency(frequencies: &[u64], min_count: u64) -> Vec<u32> {
    let mut terms: Vec<u32> = (0..frequencies.len() as u32).filter(|&t| frequencies[t as usize] >= min_count).collect();
    terms.sort_unstable_by_key(|&term| (std::cmp::Reverse(frequencies[term as usize]), term));
    terms
}

/// Several parts per thread, but no more than keep the counts per part smaller than the corpus. Nothing that depends on the
/// parts reaches a result.
fn parts(n_positions: usize, n_types: usize, n_threads: usize) -> Vec<Range<usize>> {
    let n_parts = (n_positions / (n_types + 1024)).clamp(1, if n_threads == 1 { 1 } else { 4 * n_threads });
    let size = n_positions.div_ceil(n_parts).max(1);
    (0..n_positions).step_by(size).map(|start| start..(start + size).min(n_positions)).collect()
}

/// Frequency of each term id in a part, and the number of its gaps.
fn frequencies(ids: &[u32], part: Range<usize>, n_types: usize, workers: &Workers) -> Result<(Vec<u32>, u64)> {
    let mut counts = vec![0; n_types];
    let mut n_gaps = 0;
    for ids in ids[part].chunks(CHECK_EVERY) {
        workers.signal().check()?;
        for &id in ids {
            match counts.get_mut(id as usize) {
                Some(count) => *count += 1,
                None if id == GAP => n_gaps += 1,
                None => return Err(Error::input(format!("term id {id}"), "ids of the vocabulary")),
            }
        }
    }
    Ok((counts, n_gaps))
}

/// Code of each term id, and one more than the largest code.
fn codes(terms: &[u32], n_types: usize, nodes: &[u32]) -> (Vec<u32>, usize) {
    let dropped = terms.len() as u32;
    let mut code_of = vec![dropped; n_types];
    for (code, &term) in terms.iter().enumerate() {
        code_of[term as usize] = code as u32;
    }
    let mut n_codes = terms.len() + 2;
    for &node in nodes {
        if code_of[node as usize] == dropped {
            code_of[node as usize] = n_codes as u32;
            n_codes += 1;
        }
    }
    (code_of, n_codes)
}
