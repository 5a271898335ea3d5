//! One spelling for what readers take for the same word: case, apostrophes, hyphens, invisible characters.

use std::borrow::Cow;

use crate::text::char_class::{CharClass, CharClasses};

/// How tokens become types.
#[derive(Clone, Copy, Debug)]
pub struct Fold {
    /// Full lower case of Unicode (not case folding: `ß` stays).
    pub lowercase: bool,
    /// Dotted and dotless i as in Turkish and Azerbaijani.
    pub turkic: bool,
    /// Curly apostrophes become `'`, special hyphens `-`; soft hyphens and other invisible characters go, editors'
    /// brackets (`[w]ar`) too.
    pub unify_spelling: bool,
}

impl Fold {
    /// The type of a token.
    pub fn apply<'a>(&self, token: &'a str) -> Cow<'a, str> {
        let unified = if self.unify_spelling { unify(token) } else { Cow::Borrowed(token) };
        if !self.lowercase || is_lower(&unified) {
            return unified;
        }
        if self.turkic {
            let dotted = unified.chars().map(|c| match c {
                'I' => 'ı',
                'İ' => 'i',
                c => c,
            });
            return Cow::Owned(dotted.collect::<String>().to_lowercase());
        }
        Cow::Owned(unified.to_lowercase())
    }
}

/// Hangul, kana and Han: no case, and the bulk of what is not ASCII in some corpora.
fn is_caseless(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether lower-casing changes nothing, decided without allocating in the common cases.
fn is_lower(token: &str) -> bool {
    token
        .chars()
        .all(|c| if c.is_ascii() { !c.is_ascii_uppercase() } else { is_caseless(c) || c.to_lowercase().eq([c]) })
}

fn unify(token: &str) -> Cow<'_, str> {
    if token.is_ascii() && !token.starts_with('[') {
        return Cow::Borrowed(token);
    }
    // A mark that is a token of its own stays what it is.
    if token.chars().nth(1).is_none() {
        return Cow::Borrowed(token);
    }
    let classes = CharClasses::get();
    let bracket = token.len() > 3 && token.starts_with('[');
    let special = |c| matches!(classes.class(c), CharClass::Apostrophe | CharClass::Hyphen | CharClass::Ignorable);
    if !bracket && !token.chars().any(special) {
        return Cow::Borrowed(token);
    }
    let unified = token.chars().enumerate().filter_map(|(i, c)| match classes.class(c) {
        _ if bracket && (i == 0 || i == 2) => None,
        CharClass::Apostrophe => Some('\''),
        CharClass::Hyphen => Some('-'),
        CharClass::Ignorable => None,
        _ => Some(c),
    });
    Cow::Owned(unified.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_meet() {
        let fold = Fold { lowercase: true, turkic: false, unify_spelling: true };
        for (token, expected) in [
            ("don\u{2019}t", "don't"),
            ("DON'T", "don't"),
            ("[W]ar", "war"),
            ("co\u{ad}operate", "cooperate"),
            ("Jae\u{2010}in", "jae-in"),
            ("\u{2019}", "\u{2019}"),
            ("[", "["),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(fold.apply(token), expected, "{token:?}");
        }
    }

    #[test]
    fn nothing_is_changed_or_copied_without_need() {
        let fold = Fold { lowercase: false, turkic: false, unify_spelling: false };
        assert!(matches!(fold.apply("Don\u{2019}t"), Cow::Borrowed("Don\u{2019}t")));
        let fold = Fold { lowercase: true, turkic: false, unify_spelling: true };
        assert!(matches!(fold.apply("peace"), Cow::Borrowed("peace")));
    }

    #[test]
    fn turkish_has_two_letters_i() {
        let fold = Fold { lowercase: true, turkic: true, unify_spelling: true };
        assert_eq!(fold.apply("IĞDIR"), "ığdır");
        assert_eq!(fold.apply("İZMİR"), "izmir");
    }
}
