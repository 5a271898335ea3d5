//! What sort of thing a type is, read off its characters alone.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use crate::text::char_class::{CharClass, CharClasses};
use crate::text::link::is_host;

/// Sorts of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Holds a letter.
    Word,
    /// Digits, with punctuation inside or not: `1,000,000`, `3.14`, `24`.
    Number,
    /// Punctuation only.
    Punctuation,
    /// Symbols or emoji only (punctuation may stand beside them).
    Symbol,
    /// A link or an e-mail address.
    Link,
}

/// The sort of a type.
pub fn kind(term: &str) -> Kind {
    if is_link(term) {
        return Kind::Link;
    }
    let classes = CharClasses::get();
    let mut kind = Kind::Punctuation;
    for c in term.chars() {
        match classes.class(c) {
            CharClass::Letter => match CodePointMapData::<GeneralCategory>::new().get(c) {
                GeneralCategory::OtherNumber | GeneralCategory::LetterNumber => kind = Kind::Number,
                GeneralCategory::ConnectorPunctuation => {}
                _ => return Kind::Word,
            },
            CharClass::Unspaced => return Kind::Word,
            CharClass::Digit => kind = Kind::Number,
            CharClass::Symbol | CharClass::Emoji if kind == Kind::Punctuation => kind = Kind::Symbol,
            _ => {}
        }
    }
    kind
}

fn is_link(term: &str) -> bool {
    let lower_start = |prefix: &str| term.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if ["http://", "https://", "ftp://", "www."].iter().any(|prefix| lower_start(prefix) && term.len() > prefix.len()) {
        return true;
    }
    match term.split_once('@') {
        Some((local, host)) => !local.is_empty() && host.contains('.') && !host.contains('@'),
        None => is_host(term),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_sorted_by_their_characters() {
        for (kind_expected, terms) in [
            (
                Kind::Word,
                &[
                    "peace",
                    "4ever",
                    "gr8",
                    "covid-19",
                    "don't",
                    "u.s.",
                    "#tag",
                    "@who",
                    "중국",
                    "の",
                    "c++",
                    "talks.the",
                ][..],
            ),
            (Kind::Number, &["1,000,000", "3.14", "24", "٣", "½", "10"][..]),
            (Kind::Punctuation, &[".", "%", "/", "—", "。", "'", "_", "..."][..]),
            (Kind::Symbol, &["$", "£", "¢", "😀", "+", "<", "🇰🇷"][..]),
            (Kind::Link, &["https://a.example", "www.a.example", "a@b.co", "kolloc.org/x"][..]),
        ] {
            for term in terms {
                assert_eq!(kind(term), kind_expected, "{term}");
            }
        }
    }
}
