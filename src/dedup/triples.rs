//! Sets of n-grams: how many different runs of n units two texts have in common, exactly. Relations rest on triples.

/// Sets of runs of three units.
pub type Triples = Grams<3>;

/// The set of runs of `N` units of one text, asked about others; memory is used again from text to text.
#[derive(Debug)]
pub struct Grams<const N: usize> {
    /// A bit for every key, sixteen times as many bits as keys: small enough for the nearest cache, it answers for almost
    /// every n-gram that is not in the set.
    bits: Vec<u64>,
    /// Open addressing by the hash; zero is an empty place.
    keys: Vec<u64>,
    /// Number of the question in which a key was last met.
    met: Vec<u32>,
    question: u32,
    len: u32,
}

impl<const N: usize> Default for Grams<N> {
    fn default() -> Self {
        Self { bits: vec![0; 1], keys: vec![0; 2], met: vec![0; 2], question: 0, len: 0 }
    }
}

impl<const N: usize> Grams<N> {
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
        for hash in hashes::<N>(units) {
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

    /// Number of different n-grams of another text that are in the set.
    pub fn shared(&mut self, units: &[u32]) -> u32 {
        self.question += 1;
        let mut shared = 0;
        for hash in hashes::<N>(units) {
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

/// Bits without structure that units are mixed with.
const MASKS: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xC4CE_B9FE_1A85_EC53];

/// Hashes of the n-grams of a text, none of them zero.
fn hashes<const N: usize>(units: &[u32]) -> impl Iterator<Item = u64> {
    units.windows(N).map(|gram| hash(gram).max(1))
}

/// One product for every two units behind the first: a triple needs no more than one.
#[inline]
fn hash(gram: &[u32]) -> u64 {
    match gram {
        [] => 0,
        &[only] => mixed(u64::from(only), 0),
        &[first, ref rest @ ..] => rest.chunks(2).fold(u64::from(first), |hash, units| match *units {
            [one, other] => mixed(hash.rotate_left(32) ^ u64::from(one), u64::from(other)),
            _ => mixed(hash, u64::from(units[0])),
        }),
    }
}

/// Both halves of a product.
#[inline]
fn mixed(one: u64, other: u64) -> u64 {
    let product = u128::from(one ^ MASKS[0]) * u128::from(other ^ MASKS[1]);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn assert_counts_of_sets<const N: usize>(texts: &[Vec<u32>]) {
        let sets: Vec<HashSet<&[u32]>> = texts.iter().map(|text| text.windows(N).collect()).collect();
        let mut grams = Grams::<N>::default();
        for (text, set) in texts.iter().zip(&sets) {
            assert_eq!(grams.fill(text) as usize, set.len());
            for (other, other_set) in texts.iter().zip(&sets) {
                assert_eq!(grams.shared(other) as usize, set.intersection(other_set).count());
            }
        }
    }

    proptest! {
        #[test]
        fn counts_are_those_of_sets(texts in prop::collection::vec(prop::collection::vec(0u32..4, 0..30), 1..6)) {
            assert_counts_of_sets::<1>(&texts);
            assert_counts_of_sets::<3>(&texts);
            assert_counts_of_sets::<5>(&texts);
        }
    }
}
