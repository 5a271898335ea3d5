//! Unicode normal forms of whole documents, and the way back to characters of the original.
//!
//! Almost every document is in normal form already and is borrowed; a scan for lead bytes that could matter decides most
//! of them without a look at the properties. Data: `icu_normalizer`.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use serde::{Deserialize, Serialize};

use crate::text::char_class::{CharClass, CharClasses};

/// Normal forms offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NormalForm {
    /// Canonical composition: `e` + accent and `é` are one.
    Nfc,
    /// Compatibility composition: full-width letters, ligatures and fractions lose their form as well.
    Nfkc,
}

impl NormalForm {
    fn normalizer(self) -> ComposingNormalizerBorrowed<'static> {
        match self {
            NormalForm::Nfc => ComposingNormalizerBorrowed::new_nfc(),
            NormalForm::Nfkc => ComposingNormalizerBorrowed::new_nfkc(),
        }
    }

    /// The normal form of a text; borrowed if it is the text itself.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        if self.surely_normal(text) { Cow::Borrowed(text) } else { self.normalizer().normalize(text) }
    }

    /// True only if the text is in normal form; cheap.
    fn surely_normal(self, text: &str) -> bool {
        match self {
            // Below U+0300 everything is composed; of the characters led by E2 only those news is full of are passed.
            NormalForm::Nfc => {
                let bytes = text.as_bytes();
                bytes.chunks(BLOCK).all(|block| !holds_other_lead(block))
                    && memchr::memchr_iter(0xE2, bytes).all(|i| bytes[i + 1] == 0x80 && bytes[i + 2] >= 0x82)
            }
            NormalForm::Nfkc => text.is_ascii(),
        }
    }

    /// Byte ranges of the original text behind byte offsets of its normal form: pairs of starts, ascending, of pieces
    /// that were normalized independently of each other.
    pub fn pieces(self, text: &str) -> Vec<Piece> {
        let normalizer = self.normalizer();
        let combining = CanonicalCombiningClassMapBorrowed::new();
        let mut pieces = Vec::new();
        let mut normal = 0;
        let mut start = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().copied();
            let boundary = next.is_none_or(|(_, next)| begins_piece(next, &combining));
            if boundary {
                let end = at + c.len_utf8();
                let piece = &text[start..end];
                let formed = normalizer.normalize(piece);
                // What stays as it is leads back character by character.
                let n_starts = if formed == piece { piece.len() } else { 1 };
                let starts = piece.char_indices().map(|(at, _)| at).take_while(|&at| at < n_starts);
                pieces.extend(starts.map(|at| Piece { normal: normal + at, original: start + at }));
                normal += formed.len();
                start = end;
            }
        }
        pieces.push(Piece { normal, original: text.len() });
        pieces
    }
}

/// Bytes judged together, so that the loop over them has no branch and becomes vector instructions.
const BLOCK: usize = 256;

/// Whether a block holds a lead byte of a character from U+0300 on other than E2.
fn holds_other_lead(block: &[u8]) -> bool {
    block.iter().fold(false, |found, &byte| found | ((byte > 0xCB) & (byte != 0xE2)))
}

/// Where a piece of text that is normalized on its own starts (bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// In the normal form.
    pub normal: usize,
    /// In the original.
    pub original: usize,
}

/// Whether a character never combines with what stands before it: not a mark, a vowel or final of Hangul, or one of the
/// few letters and signs that compose with their predecessor. Saying no too often only makes pieces longer.
fn begins_piece(c: char, combining: &CanonicalCombiningClassMapBorrowed<'_>) -> bool {
    if c.is_ascii() {
        return true;
    }
    let jamo = matches!(c, '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}' | '\u{FF9E}' | '\u{FF9F}');
    !jamo && CharClasses::get().class(c) != CharClass::Mark && combining.get_u8(c) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_text_is_borrowed() {
        for text in ["plain", "caf\u{e9} \u{201c}q\u{201d} \u{2014}", "정부 中国"] {
            assert!(matches!(NormalForm::Nfc.apply(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn decomposed_text_is_composed_and_kelvin_signs_become_letters() {
        assert_eq!(NormalForm::Nfc.apply("cafe\u{301}"), "caf\u{e9}");
        assert_eq!(NormalForm::Nfc.apply("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(NormalForm::Nfc.apply("\u{212a}\u{2000}"), "K\u{2002}");
        assert_eq!(NormalForm::Nfc.apply("½"), "½");
        assert_eq!(NormalForm::Nfkc.apply("½ ＡＢ"), "1⁄2 AB");
    }

    #[test]
    fn pieces_lead_back_to_the_original() {
        let text = "e\u{301}a\u{1112}\u{1161}\u{11ab}b";
        let piece = |normal, original| Piece { normal, original };
        let expected = vec![piece(0, 0), piece(2, 3), piece(3, 4), piece(6, 13), piece(7, 14)];
        assert_eq!(NormalForm::Nfc.pieces(text), expected);
    }

    #[test]
    fn what_stays_as_it_is_is_a_piece_for_each_character() {
        let starts = |text| NormalForm::Nfc.pieces(text).iter().map(|piece| piece.original).collect::<Vec<_>>();
        assert_eq!(starts("A\u{300}\u{200c}"), [0, 3, 6]);
        assert_eq!(starts("q\u{301}e\u{301}"), [0, 1, 3, 6]);
        // One character becomes two, and one of two marks joins its letter.
        assert_eq!(starts("\u{958}"), [0, 3]);
        assert_eq!(starts("A\u{300}\u{301}"), [0, 5]);
    }
}
