//! Syllables of German: one for each vowel or diphthong.
//!
//! Diphthongs and long vowels written with two letters count once, from left to right: `aa ai au ay ee ei eu ey ie oo äu`;
//! every other vowel next to another is a syllable of its own (`The-a-ter`, `Na-ti-on`). The u of `qu` is none. Limits: `ie`
//! is taken for one vowel in `Familie` too, `eu` in `Museum`.

const VOWELS: [char; 9] = ['a', 'e', 'i', 'o', 'u', 'y', 'ä', 'ö', 'ü'];
const PAIRS: [&str; 11] = ["aa", "ai", "au", "ay", "ee", "ei", "eu", "ey", "ie", "oo", "äu"];

/// Number of syllables of lower-case letters; 0 without a vowel.
pub(super) fn syllables(letters: &str) -> u32 {
    let mut rest = letters;
    let mut count = 0;
    while let Some(first) = rest.chars().next() {
        let pair = PAIRS.iter().find(|pair| rest.starts_with(**pair));
        let taken = match (rest.starts_with("qu"), pair) {
            (true, _) => "qu".len(),
            (false, Some(pair)) => pair.len(),
            (false, None) => first.len_utf8(),
        };
        count += u32::from(VOWELS.contains(&first));
        rest = &rest[taken..];
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_syllables_of_a_dictionary() {
        for (word, expected) in [
            ("regierung", 3),
            ("bundestag", 3),
            ("theater", 3),
            ("nation", 3),
            ("häuser", 2),
            ("europäische", 5),
            ("quelle", 2),
            ("neue", 2),
            ("zeitung", 2),
            ("pst", 0),
        ] {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }
}
