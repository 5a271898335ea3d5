//! Where a run of ASCII letters, digits and underscores ends: the innermost loop of tokenization.
//!
//! Sixty-four bytes are judged at once and remembered as bits, so that most words cost a shift and a count of zeros. On
//! x86-64 the judging takes sixteen bytes an instruction (SSE2 is part of that architecture); elsewhere one at a time.
//! Both are tested equal on every byte and on random text.

/// Bytes judged at once.
const BLOCK: usize = 64;

/// Finds ends of runs in one text, best asked in ascending order.
#[derive(Debug)]
pub struct WordRuns {
    /// Start of the block that `words` is about; `usize::MAX` before the first.
    base: usize,
    /// Bit `i` says whether byte `base + i` is a word byte.
    words: u64,
}

impl Default for WordRuns {
    /// For a text of which nothing is known yet.
    fn default() -> Self {
        Self { base: usize::MAX, words: 0 }
    }
}

impl WordRuns {
    /// End of the run of word bytes that begins at `start`; `start` itself if there is none.
    #[inline(always)]
    pub fn end(&mut self, bytes: &[u8], start: usize) -> usize {
        let mut at = start;
        loop {
            let base = at & !(BLOCK - 1);
            if base != self.base {
                self.words = words(bytes, base);
                self.base = base;
            }
            let outside = !self.words >> (at - base);
            if outside != 0 {
                return at + outside.trailing_zeros() as usize;
            }
            at = base + BLOCK;
        }
    }
}

/// Word bytes of the block at `base`; what lies beyond the text is none.
#[inline]
fn words(bytes: &[u8], base: usize) -> u64 {
    let judge = |block: &[u8; BLOCK]| {
        let (parts, _) = block.as_chunks::<16>();
        parts.iter().rev().fold(0, |words, part| words << 16 | u64::from(word_mask(part)))
    };
    match bytes.get(base..base + BLOCK) {
        Some(block) => judge(block.try_into().expect("a slice of a block")),
        None => {
            let mut block = [0; BLOCK];
            let rest = bytes.get(base..).unwrap_or_default();
            block[..rest.len()].copy_from_slice(rest);
            judge(&block)
        }
    }
}

/// Whether a byte is an ASCII letter, digit or `_`.
#[inline]
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Bit `i` says whether byte `i` is a word byte.
#[cfg(target_arch = "x86_64")]
#[inline]
fn word_mask(block: &[u8; 16]) -> u16 {
    // SAFETY: SSE2 is part of every x86-64 processor; the function reads nothing but its argument.
    unsafe { word_mask_sse2(u128::from_le_bytes(*block)) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
fn word_mask_sse2(block: u128) -> u16 {
    use std::arch::x86_64::{
        __m128i, _mm_add_epi8, _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_movemask_epi8, _mm_or_si128, _mm_set_epi64x,
        _mm_set1_epi8,
    };
    // SSE2 compares signed bytes: shifting a range so that it starts at -128 tests both ends with one comparison.
    #[target_feature(enable = "sse2")]
    fn in_range(bytes: __m128i, low: u8, len: i8) -> __m128i {
        let shifted = _mm_add_epi8(bytes, _mm_set1_epi8((-128i8).wrapping_sub(low as i8)));
        _mm_cmplt_epi8(shifted, _mm_set1_epi8(-128i8 + len))
    }
    let bytes = _mm_set_epi64x((block >> 64) as i64, block as i64);
    let letters = in_range(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), b'a', 26);
    let digits = in_range(bytes, b'0', 10);
    let underscore = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'_' as i8));
    _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letters, digits), underscore)) as u16
}

#[cfg(not(target_arch = "x86_64"))]
fn word_mask(block: &[u8; 16]) -> u16 {
    block.iter().enumerate().fold(0, |mask, (i, &byte)| mask | (u16::from(is_word(byte)) << i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_judged_like_the_plain_definition() {
        for byte in 0..=255u8 {
            for at in 0..16 {
                let mut block = [b'.'; 16];
                block[at] = byte;
                assert_eq!(word_mask(&block), u16::from(is_word(byte)) << at, "byte {byte}");
            }
        }
    }

    #[test]
    fn runs_of_any_length_end_where_they_should() {
        for len in 0..80 {
            for tail in ["", " ", "é and more text to fill a block"] {
                let text = format!("{}{tail}", "a1_Z".repeat(20).get(..len).unwrap());
                let mut runs = WordRuns::default();
                for start in 0..=len {
                    assert_eq!(runs.end(text.as_bytes(), start), len);
                }
                assert_eq!(runs.end(text.as_bytes(), 0), len);
            }
        }
    }
}
