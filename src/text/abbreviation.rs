//! Words that keep their full stop: titles, initials, `U.S.`, `a.m.`, `Inc.`, `No. 5`.
//!
//! One table serves words and sentences: an abbreviation is one token with its stop, and the stop does not end a sentence
//! by itself. Source: usage in English news; entries are lower case without the final stop.

/// When a listed word takes the full stop after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Is nothing but an abbreviation and never ends a sentence (`Mr. and Mrs. Moon`).
    Always,
    /// Stands before a name: a capitalized word must follow (`Gen. Park`).
    Title,
    /// Stands before a number (`No. 5`, `Sept. 3`).
    BeforeNumber,
    /// Always keeps its stop and may end a sentence (`Inc.`, `etc.`).
    Anywhere,
}

use Abbreviation::{Always, Anywhere, BeforeNumber, Title};

/// Sorted by word, for binary search.
const ABBREVIATIONS: &[(&str, Abbreviation)] = &[
    ("abs", BeforeNumber),
    ("adm", Title),
    ("amb", Title),
    ("approx", Anywhere),
    ("apr", BeforeNumber),
    ("art", BeforeNumber),
    ("asst", Title),
    ("aug", BeforeNumber),
    ("ave", Anywhere),
    ("bldg", Anywhere),
    ("blvd", Anywhere),
    ("brig", Title),
    ("bros", Anywhere),
    ("capt", Title),
    ("cf", Anywhere),
    ("chap", BeforeNumber),
    ("cmdr", Title),
    ("co", Anywhere),
    ("col", Title),
    ("comdr", Title),
    ("corp", Anywhere),
    ("cpl", Title),
    ("dec", BeforeNumber),
    ("dept", Anywhere),
    ("det", Title),
    ("dr", Always),
    ("est", Anywhere),
    ("etc", Anywhere),
    ("feb", BeforeNumber),
    ("fig", BeforeNumber),
    ("fr", Title),
    ("ft", Title),
    ("gen", Title),
    ("gov", Title),
    ("hon", Title),
    ("inc", Anywhere),
    ("insp", Title),
    ("jan", BeforeNumber),
    ("jr", Anywhere),
    ("jul", BeforeNumber),
    ("jun", BeforeNumber),
    ("lt", Title),
    ("ltd", Anywhere),
    ("maj", Title),
    ("mar", BeforeNumber),
    ("messrs", Always),
    ("mr", Always),
    ("mrs", Always),
    ("ms", Always),
    ("msgr", Title),
    ("mt", Title),
    ("mx", Always),
    ("no", BeforeNumber),
    ("nos", BeforeNumber),
    ("nov", BeforeNumber),
    ("nr", BeforeNumber),
    ("oct", BeforeNumber),
    ("p", BeforeNumber),
    ("ph.d", Anywhere),
    ("pp", BeforeNumber),
    ("pres", Title),
    ("prof", Always),
    ("pvt", Title),
    ("rep", Title),
    ("reps", Title),
    ("rev", Title),
    ("sec", BeforeNumber),
    ("sen", Title),
    ("sens", Title),
    ("sep", BeforeNumber),
    ("sept", BeforeNumber),
    ("sgt", Title),
    ("sr", Anywhere),
    ("st", Title),
    ("supt", Title),
    ("treas", Title),
    ("univ", Anywhere),
    ("vol", BeforeNumber),
    ("vs", Anywhere),
];

const LONGEST: usize = 6;

/// The rule for a word (any case, without its stop), if it is listed.
pub fn abbreviation(word: &str) -> Option<Abbreviation> {
    // Most words are told apart by their first letter and length, without a search.
    let first = word.bytes().next().map_or(0, |byte| byte.to_ascii_lowercase());
    if word.len() > LONGEST || LENGTHS[usize::from(first % 32)] & (1 << word.len()) == 0 {
        return None;
    }
    let packed = pack(word.as_bytes());
    PACKED.binary_search(&packed).ok().map(|i| ABBREVIATIONS[i].1)
}

/// Bit `n` says whether the table has a word of `n` bytes with this first letter (its low five bits).
const LENGTHS: [u8; 32] = {
    let mut lengths = [0; 32];
    let mut i = 0;
    while i < ABBREVIATIONS.len() {
        let word = ABBREVIATIONS[i].0.as_bytes();
        lengths[(word[0] % 32) as usize] |= 1 << word.len();
        i += 1;
    }
    lengths
};

/// The words of the table as numbers in the same order, because comparing numbers is cheap.
const PACKED: [u64; ABBREVIATIONS.len()] = {
    let mut packed = [0; ABBREVIATIONS.len()];
    let mut i = 0;
    while i < packed.len() {
        packed[i] = pack(ABBREVIATIONS[i].0.as_bytes());
        i += 1;
    }
    packed
};

/// At most eight bytes in lower case as a number that sorts like them.
const fn pack(word: &[u8]) -> u64 {
    let mut packed = 0;
    let mut i = 0;
    while i < 8 {
        let byte = if i < word.len() { word[i].to_ascii_lowercase() } else { 0 };
        packed = packed << 8 | byte as u64;
        i += 1;
    }
    packed
}

/// Whether a word is single letters with stops between them (`U.S`, `a.m`, `J`).
pub fn is_dotted_letters(word: &str) -> bool {
    // Longer chains are no acronyms; the bound keeps hostile text linear.
    if word.len() > 32 || matches!(word.as_bytes(), [first, second, ..] if first.is_ascii() && *second != b'.') {
        return false;
    }
    word.split('.').all(|piece| {
        let mut letters = piece.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

/// Capitalized words that begin a sentence far more often than they follow an abbreviation inside one.
const STARTERS: &[&str] = &[
    "A",
    "According",
    "After",
    "All",
    "Although",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "Nevertheless",
    "Nor",
    "Now",
    "On",
    "Once",
    "One",
    "Or",
    "Other",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
];

/// Whether a word, written as given, is one that usually begins a sentence.
pub fn is_sentence_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(ABBREVIATIONS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(STARTERS.is_sorted());
        assert!(ABBREVIATIONS.iter().all(|(word, _)| word.len() <= LONGEST));
    }

    #[test]
    fn words_are_found_in_any_case() {
        assert_eq!(abbreviation("Gen"), Some(Title));
        assert_eq!(abbreviation("NO"), Some(BeforeNumber));
        assert_eq!(abbreviation("peace"), None);
        assert_eq!(abbreviation("negotiations"), None);
    }

    #[test]
    fn dotted_letters_are_single_letters() {
        for (word, expected) in
            [("U.S", true), ("a.m", true), ("J", true), ("Ph.D", false), ("3.5", false), ("", false)]
        {
            assert_eq!(is_dotted_letters(word), expected, "{word}");
        }
    }
}
