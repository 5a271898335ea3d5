//! Ids by first appearance again, after positions have left or became gaps.
//!
//! One pass finds how often and where first each type occurs, a second writes the new ids, both in parallel.

use crate::corpus::tokens::GAP;
use crate::corpus::vocabulary::Vocabulary;
use crate::disjoint;
use crate::error::Result;
use crate::parallel::Workers;

/// Positions that a thread takes at a time.
const CHUNK: usize = 1 << 18;

/// How often and where first a type occurs.
#[derive(Clone, Copy, Default)]
struct Seen {
    count: u64,
    first: usize,
}

/// Writes new ids, in the order of first appearance, over `term_ids` and returns the types that still occur, counted.
/// Room: 16 bytes for each old type and thread.
pub(super) fn by_first_appearance(
    term_ids: &mut [u32],
    vocabulary: &Vocabulary,
    workers: &Workers,
) -> Result<Vocabulary> {
    let chunks = disjoint::ranges(term_ids.len(), CHUNK);
    let seen = survey(term_ids, vocabulary.len(), workers)?;
    let mut order: Vec<u32> = (0..vocabulary.len() as u32).filter(|&id| seen[id as usize].count > 0).collect();
    order.sort_unstable_by_key(|&id| seen[id as usize].first);
    let mut kept = Vocabulary::from_terms(order.iter().map(|&id| vocabulary.term(id)));
    kept.set_frequencies(order.iter().map(|&id| seen[id as usize].count).collect());
    let mut new_ids = vec![GAP; vocabulary.len()];
    for (new, &old) in order.iter().enumerate() {
        new_ids[old as usize] = new as u32;
    }
    workers.map(disjoint::pieces(term_ids, chunks.into_iter().map(|chunk| chunk.len())), |ids| {
        ids.iter_mut().filter(|id| **id != GAP).for_each(|id| *id = new_ids[*id as usize]);
        Ok(())
    })?;
    Ok(kept)
}

fn survey(term_ids: &[u32], n_types: usize, workers: &Workers) -> Result<Vec<Seen>> {
    let chunks = disjoint::ranges(term_ids.len(), CHUNK);
    let mut states = vec![vec![Seen::default(); n_types]; workers.n_threads().min(chunks.len()).max(1)];
    // Each thread takes chunks in the order of the text, so what it meets first comes first.
    workers.map_with(&mut states, chunks, |seen, positions| {
        for (&id, position) in term_ids[positions.clone()].iter().zip(positions).filter(|(id, _)| **id != GAP) {
            let seen = &mut seen[id as usize];
            if seen.count == 0 {
                seen.first = position;
            }
            seen.count += 1;
        }
        Ok(())
    })?;
    let mut states = states.into_iter();
    let mut all = states.next().unwrap_or_default();
    for state in states {
        for (one, other) in all.iter_mut().zip(state).filter(|(_, other)| other.count > 0) {
            one.first = if one.count == 0 { other.first } else { one.first.min(other.first) };
            one.count += other.count;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn ids_follow_the_first_appearance_for_any_number_of_threads() {
        let vocabulary = Vocabulary::from_terms(["a", "b", "c", "d"]);
        for n_threads in [1, 2, 3, 8] {
            let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
            let mut ids = [vec![GAP; CHUNK], vec![3, GAP], vec![1; CHUNK], vec![3, 0]].concat();
            let kept = by_first_appearance(&mut ids, &vocabulary, &workers).unwrap();
            assert_eq!(ids, [vec![GAP; CHUNK], vec![0, GAP], vec![1; CHUNK], vec![0, 2]].concat());
            assert_eq!(kept.terms().collect::<Vec<_>>(), ["d", "b", "a"]);
            assert_eq!(kept.frequencies(), [2, CHUNK as u64, 1]);
        }
    }

    #[test]
    fn without_a_token_there_is_no_type() {
        let vocabulary = Vocabulary::from_terms(["a"]);
        for mut ids in [vec![], vec![GAP]] {
            assert!(by_first_appearance(&mut ids, &vocabulary, &Workers::serial()).unwrap().is_empty());
        }
    }
}
