//! N-grams that may be collocations, and how often n-grams of the text agree with them in each set of places.
//!
//! For an n-gram of n words and each set of its places, the *margin* is the number of n-grams of the text that have the same words
//! in these places, whatever the others are: all places, the count; none, the number of n-grams. From the 2^n margins
//! follow, by inclusion and exclusion, the 2^n cells of a table that any measure of association can be computed from.
//!
//! How: a set of places is a pattern that n-grams of several sizes share ([`pattern`]). Each pattern is counted once: its
//! occurrences, four bytes each for pairs of words, are dealt into partitions by key ([`deal`], [`keys`]), each partition is
//! counted in a table that fits the cache, and what the listed n-grams ask for is looked up there ([`tuples`]). Longer patterns
//! come first, so that only n-grams frequent enough to be listed ask. The cost is linear in the text: one count for a size of 2,
//! three for 3 (or 2 and 3), seven for 4, fifteen for 5.
//!
//! Room: 8 bytes for each position of the text while it is counted, 4 · 2^n + 4n for each listed n-gram, 8 for each type
//! and thread and use. Fewer than 2^32 - 1 positions and, for n-grams of 5, 2^25 types that are frequent enough.

mod deal;
mod keys;
mod listing;
pub mod order;
mod pattern;
mod stream;
mod table;
mod tuples;
mod words;

use std::ops::Range;
use std::slice::from_ref;

use serde::{Deserialize, Serialize};

use crate::corpus::tokens::{Tokens, Unit};
use crate::corpus::weight_classes::classes;
use crate::error::{Error, Result};
use crate::parallel::Workers;

use listing::Listing;
use pattern::Pattern;
use stream::{Codes, Stream};

/// Most words in an n-gram.
pub const MAX_SIZE: usize = 5;

/// Which n-grams are counted and listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// Numbers of words, ascending, each from 2 to [`MAX_SIZE`].
    pub sizes: Vec<usize>,
    /// The unit whose border no n-gram crosses.
    pub within: Unit,
    /// Occurrences an n-gram needs to be listed, at least 1; all n-grams count.
    pub min_count: u32,
}

/// Sizes that decide how the work is cut but never what comes out; tests vary them.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// Positions worked on at a time.
    pub part: usize,
    /// Occurrences in a partition, about.
    pub partition: usize,
    /// Bytes for each position that records of occurrences may take.
    pub room: usize,
}

impl Tuning {
    /// What [`count`] uses.
    pub const STANDARD: Self = Self { part: 1 << 19, partition: 1 << 15, room: 4 };
}

/// Listed n-grams of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocations<T> {
    /// Words in each.
    pub size: usize,
    /// Term ids, `size` for each n-gram.
    pub term_ids: Vec<u32>,
    /// Margins, 2^size for each n-gram, by the set of places as bits: 0 is the number of n-grams, the last the count.
    pub margins: Vec<T>,
    /// Occurrences of each n-gram inside a longer one of a size asked for.
    pub nested: Vec<T>,
}

impl<T> Collocations<T> {
    /// Number of n-grams.
    pub fn len(&self) -> usize {
        self.nested.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.nested.is_empty()
    }
}

/// The n-grams of each size that occur often enough, with their margins, in an order that is the same for any number of threads.
///
/// # Errors
/// Sizes or a count that are not allowed, too many positions or types, [`crate::ErrorKind::Cancelled`].
pub fn count(tokens: &Tokens, config: &Config, workers: &Workers) -> Result<Vec<Collocations<u32>>> {
    count_tuned(tokens, config, &Tuning::STANDARD, workers)
}

/// [`count`] with other sizes of the work.
///
/// # Errors
/// As [`count`].
#[doc(hidden)]
pub fn count_tuned(
    tokens: &Tokens,
    config: &Config,
    tuning: &Tuning,
    workers: &Workers,
) -> Result<Vec<Collocations<u32>>> {
    check(tokens, config)?;
    let patterns = pattern::patterns(&config.sizes);
    workers.signal().begin(patterns.len() as u64 * tokens.n_positions() as u64);
    let codes = Codes::new(tokens, config.min_count.into());
    let counting = Counting { tokens, config, codes: &codes, patterns: &patterns, tuning, workers };
    let (totals, listings) = counting.run(from_ref(&(0..tokens.n_docs())), Vec::new(), Some(config.min_count))?;
    Ok(listings.into_iter().map(|listing| plain(listing, &codes, &totals)).collect())
}

/// [`count`] with a weight for each document: margins are sums over documents of weight times what [`count`] finds in that
/// document, in floating point. What is listed is decided by n-grams without weights. Documents of equal weight are
/// counted together and added by ascending weight; as many distinct weights as documents take long.
///
/// # Errors
/// As [`count`]; weights that are not finite or below zero, or not one for each document.
pub fn count_weighted(
    tokens: &Tokens,
    doc_weights: &[f64],
    config: &Config,
    workers: &Workers,
) -> Result<Vec<Collocations<f64>>> {
    check(tokens, config)?;
    let classes = classes(doc_weights, tokens.n_docs())?;
    let patterns = pattern::patterns(&config.sizes);
    workers.signal().begin((classes.len() as u64 + 1) * patterns.len() as u64 * tokens.n_positions() as u64);
    let codes = Codes::new(tokens, config.min_count.into());
    let counting = Counting { tokens, config, codes: &codes, patterns: &patterns, tuning: &Tuning::STANDARD, workers };
    let (_, listings) = counting.run(from_ref(&(0..tokens.n_docs())), Vec::new(), Some(config.min_count))?;
    let blank = |listing: &Listing| Collocations {
        size: listing.size,
        term_ids: plain(listing.blank(), &codes, &[0; MAX_SIZE + 1]).term_ids,
        margins: vec![0.0; listing.len() << listing.size],
        nested: vec![0.0; listing.len()],
    };
    let mut sums: Vec<Collocations<f64>> = listings.iter().map(blank).collect();
    for (weight, docs) in classes {
        let docs: Vec<Range<usize>> =
            docs.chunk_by(|a, b| a + 1 == *b).map(|run| run[0] as usize..run[0] as usize + run.len()).collect();
        let (totals, part) = counting.run(&docs, listings.iter().map(Listing::blank).collect(), None)?;
        for (sum, part) in sums.iter_mut().zip(part) {
            let part = plain(part, &codes, &totals);
            let add = |(sum, &count): (&mut f64, &u32)| *sum += weight * f64::from(count);
            sum.margins.iter_mut().zip(&part.margins).for_each(add);
            sum.nested.iter_mut().zip(&part.nested).for_each(add);
        }
    }
    Ok(sums)
}

fn plain(listing: Listing, codes: &Codes, totals: &[u64; MAX_SIZE + 1]) -> Collocations<u32> {
    let size = listing.size;
    let (mut term_ids, mut margins, nested) = listing.into_parts();
    term_ids.iter_mut().for_each(|code| *code = codes.terms[*code as usize]);
    margins.iter_mut().step_by(1 << size).for_each(|total| *total = totals[size] as u32);
    Collocations { size, term_ids, margins, nested }
}

/// What stays the same for all documents.
struct Counting<'a> {
    tokens: &'a Tokens,
    config: &'a Config,
    codes: &'a Codes,
    patterns: &'a [Pattern],
    tuning: &'a Tuning,
    workers: &'a Workers,
}

impl Counting<'_> {
    /// Numbers of n-grams of some documents and the margins of the listed ones; if a count is given, what occurs so often
    /// is listed first.
    fn run(
        &self,
        docs: &[Range<usize>],
        mut listings: Vec<Listing>,
        min_count: Option<u32>,
    ) -> Result<([u64; MAX_SIZE + 1], Vec<Listing>)> {
        let Self { tuning, workers, .. } = *self;
        let stream = Stream::new(self.tokens, docs, self.config.within, self.codes, tuning.part, workers)?;
        let code_bits = self.codes.bits();
        for pattern in self.patterns {
            if pattern.n_words() == 1 {
                words::count(&stream, self.codes.terms.len(), pattern, &listings, workers)?;
                continue;
            }
            let job =
                tuples::Job { stream: &stream, code_bits, pattern, listings: &listings, min_count, tuning, workers };
            let found = job.run()?;
            if let Some(size) = pattern.listed().filter(|_| min_count.is_some()) {
                listings.push(Listing::found(size, found));
            }
        }
        listings.sort_by_key(|listing| listing.size);
        Ok((stream.totals, listings))
    }
}

fn check(tokens: &Tokens, config: &Config) -> Result<()> {
    let sizes = &config.sizes;
    let in_range = sizes.iter().all(|size| (2..=MAX_SIZE).contains(size));
    if sizes.is_empty() || !in_range || !sizes.is_sorted_by(|a, b| a < b) {
        let allowed = format!("ascending numbers of words from 2 to {MAX_SIZE}");
        return Err(Error::parameter("size", format!("{sizes:?}"), allowed));
    }
    if config.min_count == 0 {
        return Err(Error::parameter("min_count", 0, "at least 1"));
    }
    let limit = u64::from(u32::MAX) - 1;
    if tokens.n_positions() as u64 > limit {
        return Err(Error::too_large("number of positions", tokens.n_positions() as u64, limit));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::corpus::tokens::GAP;
    use crate::corpus::vocabulary::Vocabulary;

    /// Documents of a few hundred words in all, with gaps and sentences, out of a generator without a seed to choose.
    fn tokens() -> Tokens {
        let mut state = 1u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        let term_ids = (0..600).map(|_| if next(9) == 0 { GAP } else { (next(5) * next(4)) as u32 });
        let starts = vec![0, 7, 8, 90, 200, 201, 430];
        let names: Vec<String> = (0..13).map(|i| i.to_string()).collect();
        let vocabulary = Vocabulary::from_terms(names.iter().map(String::as_str));
        Tokens::from_parts(term_ids.collect(), vec![0, 90, 90, 600], starts, vec![0, 90], vocabulary).unwrap()
    }

    #[test]
    fn how_the_work_is_cut_changes_nothing() {
        let tokens = tokens();
        for sizes in [vec![2], vec![2, 3], vec![3, 5], vec![2, 3, 4, 5]] {
            let config = Config { sizes, within: Unit::Sentence, min_count: 2 };
            let sorted = |found: Vec<Collocations<u32>>| found.iter().map(rows).collect::<Vec<_>>();
            let expected = sorted(count(&tokens, &config, &Workers::serial()).unwrap());
            assert!(expected.iter().all(|rows| !rows.is_empty()));
            for (part, partition, room, n_threads) in [(1, 1, 1, 2), (7, 10, 4, 1), (64, 100, 100, 3)] {
                let tuning = Tuning { part, partition, room };
                let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
                assert_eq!(sorted(count_tuned(&tokens, &config, &tuning, &workers).unwrap()), expected);
            }
        }
    }

    /// N-grams with all that is known of them, in an order of their own.
    fn rows(found: &Collocations<u32>) -> Vec<(Vec<u32>, Vec<u32>, u32)> {
        let (size, n) = (found.size, found.len());
        let row = |i: usize| {
            let margins = found.margins[i << size..(i + 1) << size].to_vec();
            (found.term_ids[i * size..(i + 1) * size].to_vec(), margins, found.nested[i])
        };
        let mut rows: Vec<_> = (0..n).map(row).collect();
        rows.sort_unstable();
        rows
    }

    #[test]
    fn sizes_and_counts_are_checked() {
        let tokens = tokens();
        for (sizes, min_count) in [(vec![], 1), (vec![1], 1), (vec![6], 1), (vec![3, 2], 1), (vec![2], 0)] {
            let config = Config { sizes, within: Unit::Document, min_count };
            assert!(count(&tokens, &config, &Workers::serial()).is_err());
        }
    }
}
