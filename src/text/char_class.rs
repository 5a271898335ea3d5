//! What each character does in a token of the news segmenter: continue a word, end it, stand alone or vanish.
//!
//! The Basic Multilingual Plane is one table of bytes, filled once from Unicode's properties; other planes ask the
//! properties directly. Unicode version: that of the `icu_properties` data compiled in.

use std::sync::LazyLock;

use icu_properties::props::{
    ExtendedPictographic, GeneralCategory, LineBreak, RegionalIndicator, Script, WhiteSpace, WordBreak,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Role of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum CharClass {
    /// White space, zero-width space, controls: separates tokens and is never part of one.
    Space,
    /// A letter, or anything else that continues a word (digits of other scripts included).
    Letter,
    /// A decimal digit.
    Digit,
    /// A combining mark or variation selector: belongs to the character before it.
    Mark,
    /// A letter of a script written without spaces (Han, kana, Thai, Lao, Khmer, Burmese): cut by dictionary.
    Unspaced,
    /// Soft hyphen, word joiner, byte-order mark, direction marks: no part of any type.
    Ignorable,
    /// Zero-width joiner or non-joiner: kept between letters.
    Joiner,
    /// An apostrophe, straight or curly.
    Apostrophe,
    /// A hyphen that joins words.
    Hyphen,
    /// Punctuation, a token of its own.
    Punctuation,
    /// A symbol, a token of its own.
    Symbol,
    /// An emoji or flag: the whole grapheme cluster is a token.
    Emoji,
}

static BASIC_PLANE: LazyLock<Box<[CharClass]>> = LazyLock::new(|| {
    let properties = Properties::new();
    (0..0x1_0000u32).map(|code| char::from_u32(code).map_or(CharClass::Space, |c| properties.class(c))).collect()
});

/// Classes of characters, a handle on the table.
#[derive(Clone, Copy, Debug)]
pub struct CharClasses {
    basic_plane: &'static [CharClass],
}

impl CharClasses {
    /// The table, filled at the first call in a process.
    pub fn get() -> Self {
        Self { basic_plane: &BASIC_PLANE }
    }

    /// Role of a character.
    pub fn class(self, c: char) -> CharClass {
        match self.basic_plane.get(c as usize) {
            Some(&class) => class,
            None => Properties::new().class(c),
        }
    }

    /// Role of the character at a byte offset and its length in bytes; white space of length 0 at the end.
    pub fn at(self, text: &str, byte: usize) -> (CharClass, usize) {
        match text[byte..].chars().next() {
            Some(c) => (self.class(c), c.len_utf8()),
            None => (CharClass::Space, 0),
        }
    }
}

struct Properties;

impl Properties {
    fn new() -> Self {
        Self
    }

    fn class(&self, c: char) -> CharClass {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}' => return CharClass::Apostrophe,
            '-' | '\u{2010}' | '\u{2011}' => return CharClass::Hyphen,
            '\u{200B}' => return CharClass::Space,
            '\u{200C}' | '\u{200D}' => return CharClass::Joiner,
            '_' => return CharClass::Letter,
            _ => {}
        }
        if CodePointSetData::new::<WhiteSpace>().contains(c) {
            return CharClass::Space;
        }
        if is_unspaced(c) {
            return CharClass::Unspaced;
        }
        let pictographic = CodePointSetData::new::<ExtendedPictographic>().contains(c);
        let regional = CodePointSetData::new::<RegionalIndicator>().contains(c);
        if !c.is_ascii() && (pictographic || regional) {
            return CharClass::Emoji;
        }
        by_category(CodePointMapData::<GeneralCategory>::new().get(c))
    }
}

/// Scripts whose words are found by dictionary; digits and punctuation of these scripts are not meant.
fn is_unspaced(c: char) -> bool {
    if c.is_ascii() || by_category(CodePointMapData::<GeneralCategory>::new().get(c)) != CharClass::Letter {
        return false;
    }
    let script = CodePointMapData::<Script>::new().get(c);
    matches!(script, Script::Han | Script::Hiragana | Script::Katakana)
        || CodePointMapData::<WordBreak>::new().get(c) == WordBreak::Katakana
        || CodePointMapData::<LineBreak>::new().get(c) == LineBreak::ComplexContext
}

fn by_category(category: GeneralCategory) -> CharClass {
    use GeneralCategory as G;
    match category {
        G::UppercaseLetter
        | G::LowercaseLetter
        | G::TitlecaseLetter
        | G::ModifierLetter
        | G::OtherLetter
        | G::LetterNumber
        | G::OtherNumber
        | G::ConnectorPunctuation => CharClass::Letter,
        G::DecimalNumber => CharClass::Digit,
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark => CharClass::Mark,
        G::Format => CharClass::Ignorable,
        G::Control | G::SpaceSeparator | G::LineSeparator | G::ParagraphSeparator | G::Surrogate => CharClass::Space,
        G::DashPunctuation
        | G::OpenPunctuation
        | G::ClosePunctuation
        | G::InitialPunctuation
        | G::FinalPunctuation
        | G::OtherPunctuation => CharClass::Punctuation,
        _ => CharClass::Symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_the_role_a_reader_gives_them() {
        use CharClass::*;
        let classes = CharClasses::get();
        for (text, expected) in [
            ("aÉж한あ", [Letter, Letter, Letter, Letter, Unspaced]),
            ("漢ーไ々〇", [Unspaced; 5]),
            ("1٣１_½", [Digit, Digit, Digit, Letter, Letter]),
            (" \u{a0}\u{3000}\u{200b}\0", [Space; 5]),
            ("\u{ad}\u{feff}\u{2060}\u{200e}\u{202a}", [Ignorable; 5]),
            (".,。…—", [Punctuation; 5]),
            ("$£+<\u{e000}", [Symbol; 5]),
            ("😀🇰❤✈🫡", [Emoji; 5]),
            ("'’‘ʼ＇", [Apostrophe; 5]),
        ] {
            let found: Vec<_> = text.chars().map(|c| classes.class(c)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
        assert_eq!(classes.class('\u{301}'), Mark);
        assert_eq!(classes.class('𠀀'), Unspaced);
    }
}
