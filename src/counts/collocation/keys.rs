//! Words packed into one number, and that number cut into a partition and a record.
//!
//! A key of `k` bits is multiplied by an odd number modulo 2^k, which loses nothing. The upper bits of the product, spread well,
//! are the partition; only the lower bits need to be stored, mostly four bytes for a pair of words. Multiplying by the
//! inverse gets the words back.

use std::fmt::Debug;
use std::ops::{BitAnd, BitOr, Shl, Shr};

/// A number wide enough to compute keys in.
pub(super) trait Wide:
    Copy
    + Debug
    + Eq
    + Send
    + Sync
    + From<u32>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
{
    /// Bits in the number.
    const BITS: u32;
    /// All bits.
    const ALL: Self;
    /// An odd number without a pattern.
    const MULTIPLIER: Self;
    /// Its inverse modulo 2^BITS.
    const INVERSE: Self;
    /// The lower bits of a product.
    fn times(self, other: Self) -> Self;
    /// The lowest 64 bits.
    fn low(self) -> u64;
}

macro_rules! wide {
    ($type:ty, $multiplier:expr) => {
        impl Wide for $type {
            const BITS: u32 = <$type>::BITS;
            const ALL: Self = <$type>::MAX;
            const MULTIPLIER: Self = $multiplier;
            const INVERSE: Self = {
                // Each step of Newton's method doubles the number of right bits, 3 at first.
                let mut inverse: $type = Self::MULTIPLIER;
                let mut step = 0;
                while step < 6 {
                    inverse = inverse.wrapping_mul((2 as $type).wrapping_sub(Self::MULTIPLIER.wrapping_mul(inverse)));
                    step += 1;
                }
                inverse
            };
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn low(self) -> u64 {
                self as u64
            }
        }
    };
}

wide!(u64, 0x9e37_79b9_7f4a_7c15);
wide!(u128, 0x243f_6a88_85a3_08d3_9e37_79b9_7f4a_7c15);

/// What is stored of a key.
pub(super) trait Record: Copy + Debug + Default + Eq + Send + Sync {
    /// What keys are computed in.
    type Wide: Wide;
    /// The record, which must fit.
    fn of(value: Self::Wide) -> Self;
    /// The value back.
    fn wide(self) -> Self::Wide;
    /// 64 bits that tell records apart, for a hash.
    fn folded(self) -> u64;
}

macro_rules! record {
    ($type:ty, $wide:ty, $folded:expr) => {
        impl Record for $type {
            type Wide = $wide;
            #[inline(always)]
            fn of(value: $wide) -> Self {
                value as Self
            }
            #[inline(always)]
            fn wide(self) -> $wide {
                <$wide>::from(self)
            }
            #[inline(always)]
            fn folded(self) -> u64 {
                let folded: fn(Self) -> u64 = $folded;
                folded(self)
            }
        }
    };
}

record!(u32, u64, u64::from);
record!(u64, u64, |record| record);
record!(u128, u128, |record| (record >> 64) as u64 ^ record as u64);

/// How words become records, and records words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    /// Bits of a word's code.
    pub code_bits: u32,
    /// Bits of all words together.
    pub key_bits: u32,
    /// The uppermost of them, which are the partition; at least 1.
    pub partition_bits: u32,
    /// Bits below the rest of the key, which hold the class of an occurrence.
    pub class_bits: u32,
}

impl Keys {
    /// Bits that a record must have room for.
    pub fn record_bits(&self) -> u32 {
        self.key_bits - self.partition_bits + self.class_bits
    }

    /// Number of partitions.
    pub fn n_partitions(&self) -> usize {
        1 << self.partition_bits
    }

    /// The key of some words.
    #[inline(always)]
    pub fn key<W: Wide>(&self, words: impl Iterator<Item = u32>) -> W {
        words.fold(W::from(0), |key, word| key << self.code_bits | W::from(word))
    }

    /// Partition and record of a key.
    #[inline(always)]
    pub fn cut<R: Record>(&self, key: R::Wide, class: usize) -> (usize, R) {
        let mixed = key.times(R::Wide::MULTIPLIER) & self.all::<R::Wide>();
        let rest = self.key_bits - self.partition_bits;
        let below = R::Wide::ALL >> (R::Wide::BITS - rest.max(1));
        let remainder = if rest == 0 { R::Wide::from(0) } else { mixed & below };
        ((mixed >> rest).low() as usize, R::of(remainder << self.class_bits | R::Wide::from(class as u32)))
    }

    /// The record without its class, and the class.
    #[inline(always)]
    pub fn parted<R: Record>(&self, record: R) -> (R, usize) {
        let value = record.wide();
        let class = value.low() as usize & ((1 << self.class_bits) - 1);
        (R::of(value >> self.class_bits), class)
    }

    /// The words, `n` of them, that a record without its class was made of.
    pub fn words<R: Record>(&self, partition: usize, remainder: R, n: usize) -> impl Iterator<Item = u32> {
        let mixed = R::Wide::from(partition as u32) << (self.key_bits - self.partition_bits) | remainder.wide();
        let key = mixed.times(R::Wide::INVERSE) & self.all::<R::Wide>();
        let (bits, one) = (self.code_bits, (1u64 << self.code_bits) - 1);
        (0..n as u32).rev().map(move |i| ((key >> (i * bits)).low() & one) as u32)
    }

    fn all<W: Wide>(&self) -> W {
        W::ALL >> (W::BITS - self.key_bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn come_back<R: Record>(keys: Keys, words: &[u32]) {
        let (partition, record) = keys.cut::<R>(keys.key(words.iter().copied()), 2);
        let (remainder, class) = keys.parted(record);
        assert!(partition < keys.n_partitions() && class == 2);
        assert!(keys.words(partition, remainder, words.len()).eq(words.iter().copied()), "{keys:?}");
    }

    #[test]
    fn words_come_back() {
        let keys =
            |code_bits, n, partition_bits| Keys { code_bits, key_bits: n * code_bits, partition_bits, class_bits: 2 };
        come_back::<u32>(keys(1, 2, 2), &[1, 0]);
        come_back::<u32>(keys(20, 2, 10), &[1_000_000, 7]);
        come_back::<u64>(keys(31, 2, 1), &[u32::MAX >> 1, 0]);
        come_back::<u64>(keys(20, 3, 1), &[3, 1 << 19, 5]);
        come_back::<u128>(keys(25, 5, 3), &[1 << 24, 0, 1, 2, (1 << 25) - 1]);
    }
}
