//! Whether a run of ASCII letters and digits is a whole word, read off the mark behind it.
//!
//! Most words are decided here, the rest by the rules of [`crate::text::news`], which must agree: tests take every word the
//! long way as well.

use crate::text::abbreviation::abbreviation;

/// Whether the word `start..end` surely ends before the mark that follows it; no if in doubt.
#[inline]
pub(super) fn ends_word(text: &str, start: usize, end: usize, mark: u8) -> bool {
    let bytes = text.as_bytes();
    let after = bytes.get(end + 1).copied().unwrap_or(b' ');
    match mark {
        _ if ENDS_ANY[usize::from(mark)] => true,
        b',' => !(bytes[end - 1].is_ascii_digit() && after.is_ascii_digit()),
        // No initial and no abbreviation.
        b'.' => {
            let ends = matches!(after, b' ' | b'\n') && end - start > 1;
            ends && abbreviation(&text[start..end]).is_none()
        }
        b':' => after != b'/',
        _ => false,
    }
}

/// ASCII that ends a word whatever stands before and after.
const ENDS_ANY: [bool; 256] = {
    let mut ends = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let mark = byte as u8;
        let inside = mark.is_ascii_alphanumeric() || matches!(mark, b'_' | b'\'' | b'-' | b'+');
        ends[byte] = !inside && !matches!(mark, b'.' | b',' | b'&' | b'@' | b':');
        byte += 1;
    }
    ends
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_end_words_unless_they_may_stand_inside() {
        for (text, len, expected) in [
            ("war!", 3, true),
            ("war*s", 3, true),
            ("war, and", 3, true),
            ("1,000", 1, false),
            ("3, 4", 1, true),
            ("talks. The", 5, true),
            ("talks.The", 5, false),
            ("J. Smith", 1, false),
            ("Gen. Park", 3, false),
            ("said: no", 4, true),
            ("http://a.example", 4, false),
            ("AT&T", 2, false),
            ("Jae-in", 3, false),
            ("don't", 3, false),
            ("c++", 1, false),
            ("caf\u{e9}", 3, false),
        ] {
            assert_eq!(ends_word(text, 0, len, text.as_bytes()[len]), expected, "{text}");
        }
    }
}
