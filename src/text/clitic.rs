//! Short words that lean on others: English `'s` that is no possessive, Romance articles and pronouns before an apostrophe.

use crate::text::char_class::{CharClass, CharClasses};

/// Words whose `'s` is "is", "has" or "us" and not a possessive; `one's` and names are possessives.
pub fn is_contracted(base: &str) -> bool {
    const CONTRACTED: &[&str] =
        &["he", "here", "how", "it", "let", "she", "that", "there", "what", "when", "where", "who", "why"];
    base.len() <= 5 && CONTRACTED.contains(&base.to_ascii_lowercase().as_str())
}

/// Length of the elision that a word begins with, apostrophe included: `l'` of `l'Irlande`.
pub fn elision(word: &str) -> Option<usize> {
    let classes = CharClasses::get();
    let (at, apostrophe) = word.char_indices().find(|&(_, c)| classes.class(c) == CharClass::Apostrophe)?;
    let cut = at + apostrophe.len_utf8();
    (cut < word.len() && is_elided(&word[..at])).then_some(cut)
}

/// Whether a word, without its apostrophe, is the first part of a French, Italian or Catalan elision.
fn is_elided(clitic: &str) -> bool {
    ELIDED.contains(&clitic.to_lowercase().as_str())
}

/// What stands before the apostrophe of a French, Italian or Catalan elision.
const ELIDED: &[&str] = &[
    "all", "c", "d", "dall", "dell", "j", "jusqu", "l", "lorsqu", "m", "n", "nell", "puisqu", "qu", "quoiqu", "s",
    "sull", "t", "un",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pronouns_contract_and_names_own() {
        assert!(is_contracted("It") && is_contracted("let"));
        assert!(!is_contracted("China") && !is_contracted("one"));
    }

    #[test]
    fn articles_and_pronouns_elide() {
        assert!(is_elided("L") && is_elided("qu") && is_elided("dell"));
        assert!(!is_elided("rock"));
        assert_eq!(["l’Irlande", "l'", "rock'n"].map(elision), [Some(4), None, None]);
    }
}
