//! Which words a list of familiar words covers, in the manner of Dale and Chall.
//!
//! A word is familiar if it stands on the list, or if a regular inflection of a word on the list gives it: -s, -es, -ed, -d,
//! -ing, -er, -r, -est, -st and 's, with -y as -i- and a doubled consonant before the ending (Dale & Chall 1948, rules for
//! counting words). A hyphenated word is familiar if its parts are. Limit: names, which they count as familiar, are not
//! known as names.

use std::collections::HashSet;

/// Endings of regular inflections, and whether they follow a stem that has lost a final e.
const ENDINGS: [(&str, bool); 9] = [
    ("s", false),
    ("es", false),
    ("d", false),
    ("ed", false),
    ("ing", true),
    ("er", false),
    ("r", false),
    ("est", false),
    ("st", false),
];

/// Whether a list of lower-case words covers a word.
pub fn is_familiar(word: &str, list: &HashSet<String>) -> bool {
    let lower = word.to_lowercase().replace('\u{2019}', "'");
    let stripped = lower.strip_suffix("'s").or_else(|| lower.strip_suffix('\'')).unwrap_or(&lower);
    if is_covered(&lower, list) || is_covered(stripped, list) {
        return true;
    }
    let mut parts = stripped.split('-').filter(|part| !part.is_empty()).peekable();
    stripped.contains('-') && parts.peek().is_some() && parts.all(|part| is_covered(part, list))
}

fn is_covered(word: &str, list: &HashSet<String>) -> bool {
    list.contains(word)
        || ENDINGS.iter().any(|&(ending, drops_e)| {
            word.strip_suffix(ending).is_some_and(|stem| !stem.is_empty() && has_stem(stem, ending, drops_e, list))
        })
}

fn has_stem(stem: &str, ending: &str, drops_e: bool, list: &HashSet<String>) -> bool {
    let with = |end: &str| list.contains(&format!("{stem}{end}"));
    let of_y =
        !drops_e && ending.starts_with('e') && stem.strip_suffix('i').is_some_and(|s| list.contains(&format!("{s}y")));
    let letters = stem.as_bytes();
    let is_doubled =
        ending != "s" && ending != "es" && letters.len() > 2 && letters.ends_with(&letters[letters.len() - 2..][..1]);
    let undoubled = is_doubled && stem.get(..stem.len() - 1).is_some_and(|single| list.contains(single));
    list.contains(stem) || (drops_e && with("e")) || of_y || undoubled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_of_familiar_words_are_familiar() {
        let list: HashSet<String> =
            ["know", "hope", "happy", "stop", "big", "church", "home", "made"].map(String::from).into();
        for word in ["knows", "Hoped", "hoping", "happier", "stopped", "bigger", "churches", "home-made", "church’s"]
        {
            assert!(is_familiar(word, &list), "{word}");
        }
        for word in ["knowledge", "hopeful", "happily", "sto", "", "-", "agreement", "home-grown", "\u{e9}\u{e9}s"] {
            assert!(!is_familiar(word, &list), "{word}");
        }
    }
}
