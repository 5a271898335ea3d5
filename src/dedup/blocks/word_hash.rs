//! Hashes of words, of their letters in lower case and nothing else, taken eight bytes at a time.

/// Hashes of numbers have this bit, those of words do not.
const NUMBER: u32 = 1;

/// Whether the hash is of a number.
pub(super) fn is_number(word: u32) -> bool {
    word & NUMBER != 0
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0x5851_f42d_4c95_7f2d;

/// A byte in each of eight places, and what makes a letter of ASCII small.
const EACH: u64 = 0x0101_0101_0101_0101;
const SMALL: u64 = 0x20 * EACH;

/// The hash of a word under way; it does not matter in which pieces the word comes.
pub(super) struct WordHash {
    hash: u64,
    /// Bytes not yet taken, from the lowest on, and eight times their number.
    waiting: u64,
    n_bits: u32,
}

impl Default for WordHash {
    fn default() -> Self {
        Self { hash: SEED, waiting: 0, n_bits: 0 }
    }
}

impl WordHash {
    /// Adds a character that is in lower case.
    #[inline]
    pub(super) fn char(&mut self, lower: char) {
        lower.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.byte(byte));
    }

    #[inline]
    fn byte(&mut self, byte: u8) {
        self.waiting |= u64::from(byte) << self.n_bits;
        self.n_bits += 8;
        if self.n_bits == 64 {
            self.hash = mix(self.hash, self.waiting);
            (self.waiting, self.n_bits) = (0, 0);
        }
    }

    /// Adds the letters of ASCII, of either case, that `bytes` begin with, and returns their number.
    #[inline]
    pub(super) fn letters(&mut self, bytes: &[u8]) -> usize {
        let mut n = 0;
        while let Some(&eight) = bytes[n..].first_chunk().filter(|_| self.n_bits == 0) {
            let eight = u64::from_le_bytes(eight);
            let n_letters = n_letters(eight);
            n += n_letters;
            if n_letters < 8 {
                self.n_bits = 8 * n_letters as u32;
                self.waiting = (eight | SMALL) & !(u64::MAX << self.n_bits);
                return n;
            }
            self.hash = mix(self.hash, eight | SMALL);
        }
        while n < bytes.len() && bytes[n].is_ascii_alphabetic() {
            self.byte(bytes[n] | 0x20);
            n += 1;
        }
        n
    }

    /// The hash of a word or of a number.
    #[inline]
    pub(super) fn finish(self, number: bool) -> u32 {
        let hash = if self.n_bits > 0 { mix(self.hash, self.waiting) } else { self.hash };
        let folded = (hash.wrapping_mul(FACTOR) >> 32) as u32;
        (folded & !NUMBER) | u32::from(number)
    }
}

fn mix(hash: u64, eight: u64) -> u64 {
    (hash ^ eight).wrapping_mul(FACTOR).rotate_left(23)
}

/// How many of eight bytes, from the lowest on, are letters of ASCII.
#[inline]
fn n_letters(eight: u64) -> usize {
    // Without their highest bits, no sum of two bytes reaches the next byte.
    let small = (eight & (0x7F * EACH)) | SMALL;
    let at_least = |least: u8| small + u64::from(0x80 - least) * EACH;
    let letters = at_least(b'a') & !at_least(b'z' + 1) & !eight;
    (!letters & (0x80 * EACH)).trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_up_to_the_first_other_byte() {
        for byte in (0..=255u8).filter(|byte| !byte.is_ascii_alphabetic()) {
            for at in 0..9 {
                let mut text = *b"abcdEFGH ";
                text[at] = byte;
                assert_eq!(WordHash::default().letters(&text), at);
                assert_eq!(n_letters(u64::from_le_bytes(*text.first_chunk().unwrap())), at.min(8));
            }
        }
    }
}
