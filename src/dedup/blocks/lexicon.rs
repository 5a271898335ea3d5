//! Phrases by which readers know what is no part of an article, in nine languages, found by their words.
//!
//! The lists in `lexicon/` hold one phrase a line below headings in brackets: what the phrases stand for and where in a
//! block they must be (`whole`, `starts`, `ends` or `within`). `0` stands for any number. Case, punctuation and spacing
//! do not matter. The phrases are everyday wording of web pages and were written for this purpose.

use std::sync::OnceLock;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::dedup::blocks::words::{Words, is_number, scan};

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Sign {
    /// Word of menus.
    Menu,
    /// Sharing, buttons, placeholders.
    Button,
    /// Behind a shortened article.
    More,
    /// Heading of a list of articles.
    List,
    /// Heading of comments.
    Comment,
    /// Time counted from the visit.
    Time,
    /// Forms.
    Form,
    /// Legal notes.
    Legal,
    /// Appeals.
    Appeal,
    /// Names the author.
    Byline,
    /// Announces a date.
    Stamp,
    /// Name of a month.
    Month,
    /// Name of a weekday and other company of dates.
    Day,
    /// Credit of a picture.
    Credit,
    /// Note about an author.
    Bio,
    /// Leads into a quoted report.
    Handoff,
    /// Link to another article.
    Link,
}

/// Where in a block a phrase must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Whole,
    Starts,
    Ends,
    Within,
}

struct Phrase {
    words: Box<[u32]>,
    sign: Sign,
    place: Place,
}

/// The signs of one block: which were found, and how often those that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    found: u32,
    /// Number of phrases of appeals.
    pub n_appeals: u8,
    /// Number of phrases of author notes.
    pub n_bio: u8,
    /// Number of words that months and days account for.
    pub n_date_words: u8,
    /// Number of words of the longest phrase that announces a date.
    pub n_stamp_words: u8,
}

impl Signs {
    /// Whether such a phrase was found.
    pub(super) fn has(&self, sign: Sign) -> bool {
        self.found & (1 << sign as u32) != 0
    }

    /// Whether one of these was found.
    pub(super) fn has_any(&self, signs: &[Sign]) -> bool {
        signs.iter().any(|&sign| self.has(sign))
    }

    fn add(&mut self, sign: Sign, n_words: usize) {
        self.found |= 1 << sign as u32;
        match sign {
            Sign::Appeal => self.n_appeals = self.n_appeals.saturating_add(1),
            Sign::Bio => self.n_bio = self.n_bio.saturating_add(1),
            Sign::Month | Sign::Day => self.n_date_words = self.n_date_words.saturating_add(n_words as u8),
            Sign::Stamp => self.n_stamp_words = self.n_stamp_words.max(n_words as u8),
            _ => {}
        }
    }
}

/// Blocks with more words than this are read for phrases at their beginning and end alone.
const READ_WHOLE: usize = 120;

/// Phrases by their first word.
pub(super) struct Lexicon {
    by_first: HashMap<u32, Vec<Phrase>, FixedState>,
    /// First words of phrases that may stand anywhere in a block: those of one word, and the first two of others.
    within: KeySet,
    within_alone: KeySet,
    within_pairs: KeySet,
    /// First words of phrases at the end of a block, and the number of words of the longest of them.
    ends: KeySet,
    longest_end: usize,
}

/// A bit for each key by its high half, so that most words are passed at once.
struct KeySet(Box<[u64]>);

impl Default for KeySet {
    fn default() -> Self {
        Self(vec![0; 1 << 10].into_boxed_slice())
    }
}

impl KeySet {
    fn place(key: u32) -> (usize, u64) {
        let place = (key >> 16) as usize;
        (place / 64, 1 << (place % 64))
    }

    fn insert(&mut self, key: u32) {
        let (word, bit) = Self::place(key);
        self.0[word] |= bit;
    }

    /// Whether a key may be in the set; surely if it is.
    #[inline]
    fn may_hold(&self, key: u32) -> bool {
        let (word, bit) = Self::place(key);
        self.0[word] & bit != 0
    }
}

const LISTS: [&str; 9] = [
    include_str!("lexicon/en.txt"),
    include_str!("lexicon/de.txt"),
    include_str!("lexicon/fr.txt"),
    include_str!("lexicon/es.txt"),
    include_str!("lexicon/ru.txt"),
    include_str!("lexicon/ar.txt"),
    include_str!("lexicon/ko.txt"),
    include_str!("lexicon/zh.txt"),
    include_str!("lexicon/ja.txt"),
];

impl Lexicon {
    /// The lexicon of all languages.
    pub(super) fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut lexicon = Self {
            by_first: HashMap::default(),
            within: KeySet::default(),
            within_alone: KeySet::default(),
            within_pairs: KeySet::default(),
            ends: KeySet::default(),
            longest_end: 0,
        };
        for list in LISTS {
            let mut heading = None;
            for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    Some(words) => heading = heading_of(words),
                    None => lexicon.add(line, heading),
                }
            }
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, heading: Option<(Sign, Place)>) {
        let mut words = Words::default();
        scan(phrase, &mut words);
        if let (Some((sign, place)), Some(&first)) = (heading, words.hashes.first()) {
            let first = key(first);
            match (place, words.hashes.get(1)) {
                (Place::Within, None) => self.within_alone.insert(first),
                (Place::Within, Some(&second)) => self.within_pairs.insert(pair(first, key(second))),
                (Place::Ends, _) => {
                    self.ends.insert(first);
                    self.longest_end = self.longest_end.max(words.hashes.len());
                }
                (Place::Whole | Place::Starts, _) => {}
            }
            if place == Place::Within {
                self.within.insert(first);
            }
            let phrase = Phrase { words: words.hashes.into_boxed_slice(), sign, place };
            self.by_first.entry(first).or_default().push(phrase);
        }
    }

    /// The signs of a block, given its words.
    pub(super) fn signs(&self, words: &[u32]) -> Signs {
        let mut signs = Signs::default();
        if words.len() <= READ_WHOLE {
            self.look(words, 0..words.len(), &mut signs);
        } else {
            self.look(words, 0..1, &mut signs);
            self.look(words, words.len() - 8..words.len(), &mut signs);
        }
        signs
    }

    fn look(&self, words: &[u32], places: std::ops::Range<usize>, signs: &mut Signs) {
        for at in places {
            if at > 0 && !self.may_begin(words, at) {
                continue;
            }
            let rest = words.len() - at;
            for phrase in self.by_first.get(&key(words[at])).into_iter().flatten() {
                let fits = match phrase.place {
                    Place::Whole => at == 0 && rest == phrase.words.len(),
                    Place::Starts => at == 0,
                    Place::Ends => rest == phrase.words.len(),
                    Place::Within => true,
                };
                if fits && rest >= phrase.words.len() && same(&words[at..at + phrase.words.len()], &phrase.words) {
                    signs.add(phrase.sign, phrase.words.len());
                }
            }
        }
    }

    /// Whether a phrase may begin at a word that is not the first of its block; surely if one does.
    #[inline]
    fn may_begin(&self, words: &[u32], at: usize) -> bool {
        let first = key(words[at]);
        let within = || {
            let second = words.get(at + 1);
            self.within_alone.may_hold(first)
                || second.is_some_and(|&second| self.within_pairs.may_hold(pair(first, key(second))))
        };
        (self.within.may_hold(first) && within()) || (words.len() - at <= self.longest_end && self.ends.may_hold(first))
    }
}

/// All numbers are one.
fn key(word: u32) -> u32 {
    if is_number(word) { 1 } else { word }
}

fn pair(first: u32, second: u32) -> u32 {
    (first ^ second.rotate_left(15)).wrapping_mul(0x9E37_79B1)
}

fn same(words: &[u32], phrase: &[u32]) -> bool {
    words.iter().zip(phrase).all(|(&one, &other)| key(one) == key(other))
}

fn heading_of(words: &str) -> Option<(Sign, Place)> {
    let (sign, place) = words.split_once(' ')?;
    let sign = match sign {
        "menu" => Sign::Menu,
        "button" => Sign::Button,
        "more" => Sign::More,
        "list" => Sign::List,
        "comment" => Sign::Comment,
        "time" => Sign::Time,
        "form" => Sign::Form,
        "legal" => Sign::Legal,
        "appeal" => Sign::Appeal,
        "byline" => Sign::Byline,
        "stamp" => Sign::Stamp,
        "month" => Sign::Month,
        "day" => Sign::Day,
        "credit" => Sign::Credit,
        "bio" => Sign::Bio,
        "handoff" => Sign::Handoff,
        "link" => Sign::Link,
        _ => return None,
    };
    let place = match place {
        "whole" => Place::Whole,
        "starts" => Place::Starts,
        "ends" => Place::Ends,
        "within" => Place::Within,
        _ => return None,
    };
    Some((sign, place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Signs {
        let mut words = Words::default();
        scan(text, &mut words);
        Lexicon::get().signs(&words.hashes)
    }

    #[test]
    fn every_heading_of_the_lists_is_known() {
        for line in LISTS.iter().flat_map(|list| list.lines()).filter(|line| line.starts_with('[')) {
            assert!(heading_of(line.trim_matches(['[', ']'])).is_some(), "{line}");
        }
    }

    #[test]
    fn phrases_are_found_where_they_must_be() {
        for (text, sign) in [
            ("LEAVE A REPLY", Sign::Comment),
            ("Continue Reading →", Sign::More),
            ("7 hours ago", Sign::Time),
            ("Gull steals sandwich 12 mins ago", Sign::Time),
            ("Required fields are marked *", Sign::Form),
            ("3시간 전", Sign::Time),
            ("3小时前", Sign::Time),
            ("続きを読む", Sign::More),
            ("Weiterlesen", Sign::More),
            ("Lire aussi : la mer", Sign::Link),
            ("Все права защищены", Sign::Legal),
            ("اقرأ أيضا", Sign::Link),
        ] {
            assert!(signs(text).has(sign), "{text} {sign:?}");
        }
        for text in ["They continue reading the letter", "Home rule for the islands"] {
            assert_eq!(signs(text), Signs::default(), "{text}");
        }
    }
}
