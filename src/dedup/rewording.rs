//! How much wording any two texts share: sets of single units, pairs and so on up to runs of five, exactly.
//!
//! Long runs tell copies, single words tell rewriting: who rewrites heavily keeps the words and loses the runs.

use crate::dedup::compare::Overlap;
use crate::dedup::triples::Grams;
use crate::dedup::units::Units;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Units of the longest runs that are counted.
const LONGEST: usize = 5;
/// Pairs of one piece of work.
const CHUNK: usize = 64;

/// What each pair of documents shares, as runs of `n` units.
///
/// # Errors
/// An `n` that is not allowed, a document that does not exist, or cancelled by the caller.
pub fn overlaps(units: &Units, pairs: &[(u32, u32)], n: usize, workers: &Workers) -> Result<Vec<Overlap>> {
    let n_docs = units.n_docs();
    if let Some((a, b)) = pairs.iter().find(|(a, b)| *a.max(b) as usize >= n_docs) {
        return Err(Error::parameter("documents", a.max(b), format!("below the number of documents, {n_docs}")));
    }
    match n {
        1 => of_size::<1>(units, pairs, workers),
        2 => of_size::<2>(units, pairs, workers),
        3 => of_size::<3>(units, pairs, workers),
        4 => of_size::<4>(units, pairs, workers),
        LONGEST => of_size::<LONGEST>(units, pairs, workers),
        _ => Err(Error::parameter("n", n, format!("1 to {LONGEST}"))),
    }
}

fn of_size<const N: usize>(units: &Units, pairs: &[(u32, u32)], workers: &Workers) -> Result<Vec<Overlap>> {
    workers.signal().begin(pairs.len() as u64);
    let mut sets: Vec<(Grams<N>, Grams<N>)> = (0..workers.n_threads()).map(|_| Default::default()).collect();
    let parts =
        workers.map_with(&mut sets, pairs.chunks(CHUNK).collect(), |(first, second), chunk: &[(u32, u32)]| {
            let mut found = Vec::with_capacity(chunk.len());
            let mut filled: Option<(u32, u32)> = None;
            for &(a, b) in chunk {
                workers.signal().check()?;
                let size_a = match filled {
                    Some((document, size)) if document == a => size,
                    _ => first.fill(units.of(a as usize)),
                };
                filled = Some((a, size_a));
                let in_b = units.of(b as usize);
                found.push(Overlap { shared: first.shared(in_b), size_a, size_b: second.fill(in_b) });
            }
            workers.signal().advance(chunk.len() as u64);
            Ok(found)
        })?;
    Ok(parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::documents::Documents;
    use crate::corpus::spans::Spans;

    #[test]
    fn runs_of_each_length_are_counted_on_both_texts() {
        let texts = ["a b c d e f", "f a b c x d e", "a a a", ""];
        let documents = Documents::from_texts(texts.map(Some)).unwrap();
        let units = Units::read(&documents, &Spans::none(4), &Workers::serial()).unwrap();
        let pairs = [(0, 1), (0, 2), (3, 0)];
        let counts = |n: usize| {
            let found = overlaps(&units, &pairs, n, &Workers::serial()).unwrap();
            found.into_iter().map(|overlap| (overlap.shared, overlap.size_a, overlap.size_b)).collect::<Vec<_>>()
        };
        assert_eq!(counts(1), [(6, 6, 7), (1, 6, 1), (0, 0, 6)]);
        assert_eq!(counts(2), [(3, 5, 6), (0, 5, 1), (0, 0, 5)]);
        assert_eq!(counts(3), [(1, 4, 5), (0, 4, 1), (0, 0, 4)]);
        assert_eq!(counts(5), [(0, 2, 3), (0, 2, 0), (0, 0, 2)]);
    }

    #[test]
    fn other_lengths_and_documents_are_refused() {
        let message = |pairs: &[(u32, u32)], n| {
            overlaps(&Units::default(), pairs, n, &Workers::serial()).unwrap_err().to_string()
        };
        assert_eq!(message(&[], 6), "n must be 1 to 5, got 6");
        assert_eq!(message(&[], 0), "n must be 1 to 5, got 0");
        assert!(message(&[(0, 1)], 1).starts_with("documents must be below the number of documents, 0"));
    }
}
