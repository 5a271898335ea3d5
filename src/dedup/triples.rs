//! Sets of triples: how many different runs of three units two texts have in common, exactly.

/// Units in a triple.
pub const SIZE: usize = 3;

/// The set of triples of one text, asked about others; memory is used again from text to text.
#[derive(Debug)]
pub struct Triples {
    /// A bit for every key, sixteen times as many bits as keys: small enough for the nearest cache, it answers for almost
    /// every triple that is not in the set.
    bits: Vec<u64>,
    /// Open addressing by the hash; zero is an empty place.
    keys: Vec<u64>,
    /// Number of the question in which a key was last met.
    met: Vec<u32>,
    question: u32,
    len: u32,
}

impl Default for Triples {
    fn default() -> Self {
        Self { bits: vec![0; 1], keys: vec![0; 2], met: vec![0; 2], question: 0, len: 0 }
    }
}

impl Triples {
    /// Makes this the set of a text, and returns its size.
    pub fn fill(&mut self, units: &[u32]) -> u32 {
        let room = (2 * units.len()).next_power_of_two().max(2);
        self.bits.clear();
        self.bits.resize((room / 8).max(1), 0);
        self.keys.clear();
        self.keys.resize(room, 0);
        self.met.clear();
        self.met.resize(room, 0);
        self.question = 0;
        self.len = 0;
        for hash in hashes(units) {
            let place = self.place(hash);
            if self.keys[place] == 0 {
                self.keys[place] = hash;
                self.len += 1;
                let (word, bit) = self.bit(hash);
                self.bits[word] |= bit;
            }
        }
        self.len
    }

    /// Number of different triples of another text that are in the set.
    pub fn shared(&mut self, units: &[u32]) -> u32 {
        self.question += 1;
        let mut shared = 0;
        for hash in hashes(units) {
            let (word, bit) = self.bit(hash);
            if self.bits[word] & bit == 0 {
                continue;
            }
            let place = self.place(hash);
            if self.keys[place] == hash && self.met[place] != self.question {
                self.met[place] = self.question;
                shared += 1;
            }
        }
        shared
    }

    /// The bit of a hash, taken from the half of it that does not decide its place.
    #[inline]
    fn bit(&self, hash: u64) -> (usize, u64) {
        let high = (hash >> 32) as usize;
        ((high >> 6) & (self.bits.len() - 1), 1 << (high & 63))
    }

    /// Where a hash is, or the empty place where it would be.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let mask = self.keys.len() - 1;
        let mut place = hash as usize & mask;
        while self.keys[place] != 0 && self.keys[place] != hash {
            place = (place + 1) & mask;
        }
        place
    }
}

/// Bits without structure that the units of a triple are mixed with.
const MASKS: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xC4CE_B9FE_1A85_EC53];

/// Hashes of the triples of a text, none of them zero: both halves of one product, which needs no more than the triple.
fn hashes(units: &[u32]) -> impl Iterator<Item = u64> {
    units.windows(SIZE).map(|triple| {
        let two = (u64::from(triple[0]) << 32) | u64::from(triple[1]);
        let product = u128::from(two ^ MASKS[0]) * u128::from(u64::from(triple[2]) ^ MASKS[1]);
        ((product >> 64) as u64 ^ product as u64).max(1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    proptest! {
        #[test]
        fn counts_are_those_of_sets(texts in prop::collection::vec(prop::collection::vec(0u32..4, 0..30), 1..6)) {
            let sets: Vec<HashSet<&[u32]>> = texts.iter().map(|text| text.windows(SIZE).collect()).collect();
            let mut triples = Triples::default();
            for (text, set) in texts.iter().zip(&sets) {
                prop_assert_eq!(triples.fill(text) as usize, set.len());
                for (other, other_set) in texts.iter().zip(&sets) {
                    prop_assert_eq!(triples.shared(other) as usize, set.intersection(other_set).count());
                }
            }
        }
    }
}
