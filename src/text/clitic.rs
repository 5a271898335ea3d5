//! Short words that lean on others: English `'s` that is no possessive, Romance articles and pronouns before an apostrophe.

/// Words whose `'s` is "is", "has" or "us" and not a possessive; `one's` and names are possessives.
pub fn is_contracted(base: &str) -> bool {
    const CONTRACTED: &[&str] =
        &["he", "here", "how", "it", "let", "she", "that", "there", "what", "when", "where", "who", "why"];
    base.len() <= 5 && CONTRACTED.contains(&base.to_ascii_lowercase().as_str())
}

/// Whether a word, without its apostrophe, is the first part of a French, Italian or Catalan elision.
pub fn is_elided(clitic: &str) -> bool {
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
    }
}
