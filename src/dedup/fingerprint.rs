//! Fingerprints: which k-grams of units stand for a text (winnowing).
//!
//! Of every `window` consecutive k-grams the one with the smallest hash is taken, the last of equals unless an earlier choice
//! is still in the window. Any run of at least `window + k - 1` units that two texts share thus gives them at least one
//! fingerprint in common, wherever it stands. Source: Schleimer, Wilkerson & Aiken, SIGMOD 2003.

/// How texts are sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winnowing {
    /// Units in a k-gram.
    pub k: usize,
    /// Consecutive k-grams of which one is taken.
    pub window: usize,
}

/// Base of the polynomial hash, odd and without structure.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

impl Winnowing {
    /// Tells `take` hash and position of each fingerprint of a text, in order; none if it is shorter than a k-gram.
    pub fn fingerprints(self, units: &[u32], mut take: impl FnMut(u64, u32)) {
        let mut chosen: Option<(u64, usize)> = None;
        let mut recent = vec![0; self.window];
        let mut place = 0;
        for (position, hash) in self.hashes(units).enumerate() {
            recent[place] = hash;
            place = if place + 1 == self.window { 0 } else { place + 1 };
            let n_seen = position + 1;
            match chosen {
                // The choice is still in the window and the newcomer is not smaller.
                Some((smallest, at)) if at + self.window > position && hash >= smallest => continue,
                // A newcomer that is smaller than the smallest is the smallest.
                Some((smallest, at)) if at + self.window > position && hash < smallest => {
                    chosen = Some((hash, position))
                }
                _ if n_seen < self.window && n_seen + self.k <= units.len() => continue,
                _ => chosen = last_smallest(&recent, place, position, n_seen.min(self.window)),
            }
            if let Some((hash, at)) = chosen {
                take(hash, at as u32);
            }
        }
    }

    /// Hash of each k-gram in order.
    pub fn hashes(self, units: &[u32]) -> impl Iterator<Item = u64> {
        let highest = (1..self.k).fold(1u64, |power, _| power.wrapping_mul(BASE));
        let first = units.len().min(self.k.saturating_sub(1));
        let mut sum = units[..first].iter().fold(0, |sum: u64, &unit| extended(sum, unit));
        (self.k - 1..units.len()).map(move |last| {
            sum = extended(sum, units[last]);
            let hash = mixed(sum);
            sum = sum.wrapping_sub(scattered(units[last + 1 - self.k]).wrapping_mul(highest));
            hash
        })
    }
}

#[inline]
fn extended(sum: u64, unit: u32) -> u64 {
    sum.wrapping_mul(BASE).wrapping_add(scattered(unit))
}

/// Never zero, so that the order and the number of units always count.
#[inline]
fn scattered(unit: u32) -> u64 {
    u64::from(unit) + 1
}

/// Spreads a sum over all bits (the finalizer of MurmurHash3).
#[inline]
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ (hash >> 33)
}

/// The smallest hash among the last `n` up to `position`, the latest of equals; the next one would go to `place`.
#[inline]
fn last_smallest(recent: &[u64], place: usize, position: usize, n: usize) -> Option<(u64, usize)> {
    let mut smallest: Option<(u64, usize)> = None;
    let mut at = place;
    for age in 0..n {
        at = if at == 0 { recent.len() - 1 } else { at - 1 };
        if smallest.is_none_or(|(hash, _)| recent[at] < hash) {
            smallest = Some((recent[at], position - age));
        }
    }
    smallest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fingerprints(winnowing: Winnowing, units: &[u32]) -> Vec<(u64, u32)> {
        let mut taken = Vec::new();
        winnowing.fingerprints(units, |hash, position| taken.push((hash, position)));
        taken
    }

    #[test]
    fn short_texts_have_one_and_shorter_ones_none() {
        let winnowing = Winnowing { k: 4, window: 4 };
        assert_eq!(fingerprints(winnowing, &[1, 2, 3]), []);
        for n in 4..=7 {
            assert_eq!(fingerprints(winnowing, &(0..n).collect::<Vec<_>>()).len(), 1, "{n}");
        }
    }

    #[test]
    fn a_text_of_one_word_is_sampled_sparsely() {
        let taken = fingerprints(Winnowing { k: 4, window: 4 }, &[7; 1000]);
        assert!(taken.len() <= 250, "{}", taken.len());
    }

    proptest! {
        #[test]
        fn rolling_hashes_are_those_of_the_k_grams(units in prop::collection::vec(0u32..5, 0..40), k in 1usize..6) {
            let winnowing = Winnowing { k, window: 3 };
            let rolled: Vec<u64> = winnowing.hashes(&units).collect();
            let anew: Vec<u64> = units.windows(k).map(|gram| mixed(gram.iter().fold(0, |sum, &unit| extended(sum, unit)))).collect();
            prop_assert_eq!(rolled, anew);
        }

        #[test]
        fn every_window_holds_a_fingerprint_and_shared_runs_share_one(
            units in prop::collection::vec(0u32..9, 0..60), before in prop::collection::vec(0u32..9, 0..20),
            k in 1usize..5, window in 1usize..6,
        ) {
            let winnowing = Winnowing { k, window };
            let taken = fingerprints(winnowing, &units);
            prop_assert!(taken.windows(2).all(|pair| pair[0].1 < pair[1].1));
            let hashes: Vec<u64> = winnowing.hashes(&units).collect();
            prop_assert!(taken.iter().all(|&(hash, at)| hashes[at as usize] == hash));
            for start in 0..(hashes.len() + 1).saturating_sub(window) {
                let inside = |at: u32| (start..start + window).contains(&(at as usize));
                prop_assert!(taken.iter().any(|&(_, at)| inside(at)));
            }
            if units.len() >= window + k - 1 {
                let longer = [&before[..], &units].concat();
                let others = fingerprints(winnowing, &longer);
                prop_assert!(taken.iter().any(|&(hash, _)| others.iter().any(|&(other, _)| other == hash)));
            }
        }
    }
}
