//! The words of a paragraph as hashes, and what its outer shape says: length, beginning, end, marks of quotation.
//!
//! One pass over the bytes. A word is a run of letters or of digits, lower-cased, apostrophes and invisible characters
//! left out, so that case, punctuation and spacing do not matter; Chinese, Japanese and Thai characters are words of their
//! own and count half. A hash is of the letters, never of an id, and the same on every machine.

use crate::dedup::blocks::word_hash::WordHash;
pub(super) use crate::dedup::blocks::word_hash::is_number;

/// How a paragraph ends, closing quotes and brackets aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Full stop or exclamation mark.
    Sentence,
    /// Question mark.
    Question,
    /// Dots that say: cut off here.
    Dots,
    /// Comma, colon, semicolon or dash: something follows.
    Comma,
    /// Anything else.
    Open,
}

impl End {
    /// Whether a sentence ends there.
    pub(super) fn is_sentence(self) -> bool {
        matches!(self, Self::Sentence | Self::Question)
    }
}

/// What a paragraph looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Length in words, two characters of Chinese, Japanese or Thai for one.
    pub n_words: u32,
    /// Number of sentence ends.
    pub n_stops: u32,
    /// How it ends.
    pub end: End,
    /// Whether the first letter is a lower-case one.
    pub starts_lower: bool,
    /// Opening marks of quotation less closing ones, curly and angular.
    pub open_quotes: i32,
    /// Whether the first character is an opening mark of quotation.
    pub starts_quoted: bool,
    /// Upright bars between words.
    pub n_bars: u32,
}

/// Words of a page in order, and where its sentences end.
#[derive(Default, Debug)]
pub(super) struct Words {
    /// Hash of each word.
    pub hashes: Vec<u32>,
    /// Number of words before the end of each sentence.
    pub sentence_ends: Vec<u32>,
}

impl Words {
    /// Forgets the words and keeps the room.
    pub(super) fn clear(&mut self) {
        self.hashes.clear();
        self.sentence_ends.clear();
    }
}

const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const STOP: u8 = 3;
const SPACE: u8 = 4;
const HIGH: u8 = 5;

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'.' | b'!' | b'?' => STOP,
            b' ' | b'\n' | b'\r' | b'\t' | 11 | 12 => SPACE,
            128..=255 => HIGH,
            _ => 0,
        };
        byte += 1;
    }
    table
}

static CLASSES: [u8; 256] = classes();

/// What a character beyond ASCII does.
enum Role {
    /// Part of a word, with its lower-case form.
    Letter(char),
    /// A word of its own.
    Ideograph,
    /// Nothing: invisible, a combining mark or an apostrophe.
    Silent,
    /// Ends a sentence at once.
    Stop,
    /// Dots that say: cut off here.
    Dots,
    /// Opens a quotation.
    Opens,
    /// Closes a quotation.
    Closes,
    /// White space.
    Space,
    /// Ends a word and nothing more.
    Other,
}

fn role(c: char) -> Role {
    match c {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '’' => Role::Silent,
        '“' | '„' | '«' | '「' | '『' | '《' => Role::Opens,
        '”' | '»' | '」' | '』' | '》' => Role::Closes,
        '。' | '！' | '？' | '؟' | '۔' | '।' | '｡' | '．' => Role::Stop,
        '…' => Role::Dots,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
            Role::Ideograph
        }
        '\u{e01}'..='\u{e5b}' | '\u{20000}'..='\u{3ffff}' => Role::Ideograph,
        _ if c.is_alphanumeric() => Role::Letter(c.to_lowercase().next().unwrap_or(c)),
        _ if c.is_whitespace() => Role::Space,
        _ => Role::Other,
    }
}

/// The pass over one paragraph.
struct Scan<'a> {
    words: &'a mut Words,
    shape: Shape,
    /// Of the word under way.
    hash: WordHash,
    /// Letters of the word under way.
    length: u32,
    digits: bool,
    /// Letters of the word before the mark at hand.
    last_length: u32,
    ideographs: u32,
    /// Words so far in this paragraph that are no ideographs.
    spaced: u32,
    started: bool,
    /// A stop was just read; a space would end the sentence.
    pending: bool,
}

impl Scan<'_> {
    fn end_word(&mut self) {
        if self.length > 0 {
            self.words.hashes.push(std::mem::take(&mut self.hash).finish(self.digits));
            self.spaced += 1;
            self.last_length = self.length;
            self.length = 0;
        }
    }

    /// A letter or digit comes: it goes on with the word under way or begins one.
    fn begin_letter(&mut self, digit: bool) {
        if self.length > 0 && self.digits && !digit {
            self.end_word();
        }
        if self.length == 0 {
            self.digits = digit;
            self.pending = false;
            self.shape.end = End::Open;
        }
    }

    fn letter(&mut self, lower: char, digit: bool) {
        self.begin_letter(digit);
        self.hash.char(lower);
        self.length = self.length.saturating_add(1);
    }

    /// Takes ASCII letters from the start of `bytes` into the word under way and returns their number, at least one.
    fn letters(&mut self, bytes: &[u8]) -> usize {
        if !self.started {
            (self.started, self.shape.starts_lower) = (true, bytes[0].is_ascii_lowercase());
        }
        self.begin_letter(false);
        let n = self.hash.letters(bytes);
        self.length = self.length.saturating_add(n as u32);
        n
    }

    fn ideograph(&mut self, c: char) {
        self.end_word();
        let mut hash = WordHash::default();
        hash.char(c);
        self.words.hashes.push(hash.finish(false));
        self.ideographs += 1;
        self.last_length = 3;
        self.pending = false;
        self.shape.end = End::Open;
        self.started = true;
    }

    fn stop(&mut self) {
        self.end_word();
        // Two dots in a row and more are an ellipsis.
        self.shape.end = match (self.pending, self.shape.end) {
            (true, End::Sentence) => End::Dots,
            (_, End::Dots) => End::Dots,
            _ => End::Sentence,
        };
        self.pending = true;
    }

    fn end_sentence(&mut self) {
        self.shape.n_stops += 1;
        self.words.sentence_ends.push(self.words.hashes.len() as u32);
        self.pending = false;
    }

    fn space(&mut self) {
        self.end_word();
        // A stop after one or two letters is that of an abbreviation or an initial.
        if self.pending && self.last_length > 2 && self.shape.end.is_sentence() {
            self.end_sentence();
        }
        self.pending = false;
    }

    fn ascii(&mut self, byte: u8) {
        match CLASSES[usize::from(byte)] {
            DIGIT => {
                self.started = true;
                self.letter(char::from(byte), true);
            }
            STOP if byte == b'.' => self.stop(),
            STOP => {
                self.pending = false;
                self.stop();
                if byte == b'?' {
                    self.shape.end = End::Question;
                }
            }
            SPACE => self.space(),
            _ => self.mark(byte),
        }
    }

    fn mark(&mut self, byte: u8) {
        match byte {
            b'\'' if self.length > 0 => return,
            b'|' => self.shape.n_bars += 1,
            b',' | b':' | b';' | b'-' => self.shape.end = End::Comma,
            _ => {}
        }
        self.end_word();
    }

    fn wide(&mut self, c: char) {
        match role(c) {
            Role::Silent => {}
            Role::Letter(lower) => {
                if !self.started {
                    (self.started, self.shape.starts_lower) = (true, c.is_lowercase());
                }
                self.letter(lower, c.is_numeric());
            }
            Role::Ideograph => self.ideograph(c),
            Role::Stop => {
                self.end_word();
                self.shape.end = if matches!(c, '？' | '؟') { End::Question } else { End::Sentence };
                self.end_sentence();
            }
            Role::Dots => {
                self.end_word();
                self.shape.end = End::Dots;
            }
            Role::Opens => {
                self.end_word();
                self.shape.starts_quoted |= !self.started;
                self.shape.open_quotes += 1;
            }
            Role::Closes => {
                self.end_word();
                self.shape.open_quotes -= 1;
            }
            Role::Space => self.space(),
            Role::Other => {
                self.end_word();
                if matches!(c, '、' | '，' | '：' | '；' | '–' | '—' | '،') {
                    self.shape.end = End::Comma;
                }
            }
        }
    }
}

/// Adds the words of a paragraph to those of its page and returns its shape.
pub(super) fn scan(text: &str, words: &mut Words) -> Shape {
    let shape = Shape {
        n_words: 0,
        n_stops: 0,
        end: End::Open,
        starts_lower: false,
        open_quotes: 0,
        starts_quoted: false,
        n_bars: 0,
    };
    let mut scan = Scan {
        words,
        shape,
        hash: WordHash::default(),
        length: 0,
        digits: false,
        last_length: 0,
        ideographs: 0,
        spaced: 0,
        started: false,
        pending: false,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if CLASSES[usize::from(bytes[at])] == LETTER {
            at += scan.letters(&bytes[at..]);
        } else if bytes[at] < 128 {
            scan.ascii(bytes[at]);
            at += 1;
        } else if let Some(c) = text[at..].chars().next() {
            scan.wide(c);
            at += c.len_utf8();
        }
    }
    scan.end_word();
    if scan.shape.end.is_sentence() && scan.words.sentence_ends.last() != Some(&(scan.words.hashes.len() as u32)) {
        scan.end_sentence();
    }
    scan.shape.n_words = scan.spaced + scan.ideographs.div_ceil(2);
    scan.shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<u32> {
        let mut words = Words::default();
        scan(text, &mut words);
        words.hashes
    }

    fn shape(text: &str) -> Shape {
        scan(text, &mut Words::default())
    }

    #[test]
    fn case_punctuation_and_apostrophes_do_not_matter() {
        assert_eq!(hashes("Don’t STOP, now!"), hashes("don't stop now"));
        assert_eq!(hashes("Élan vital"), hashes("élan  vital."));
        assert_ne!(hashes("stop now"), hashes("now stop"));
        assert!(is_number(hashes("2031")[0]) && !is_number(hashes("G20")[0]));
        assert_eq!(hashes("7시간 전").len(), 3);
    }

    #[test]
    fn letters_count_alike_wherever_a_mark_parts_them() {
        let word = "abcdefghijKLMNOPqrstuvwxyz";
        for at in 1..word.len() {
            for len in [0, 1, 5, word.len() - at] {
                let plain = format!("{} x", &word[..at + len.min(word.len() - at)]);
                let parted = format!("{}\u{ad}{}", &plain[..at], &plain[at..]);
                assert_eq!(hashes(&plain), hashes(&parted), "{parted}");
            }
        }
    }

    #[test]
    fn ideographs_are_words_and_count_half() {
        assert_eq!(hashes("和平会谈").len(), 4);
        assert_eq!(shape("和平会谈").n_words, 2);
        assert_eq!(shape("평화 회담").n_words, 2);
    }

    #[test]
    fn ends_and_sentences_are_told_apart() {
        for (text, end, n_stops) in [
            ("It ended. Then it began.", End::Sentence, 2),
            ("“It ended.”", End::Sentence, 1),
            ("It ended in the…", End::Dots, 0),
            ("It ended in the...", End::Dots, 0),
            ("The U.S. Senate met", End::Open, 0),
            ("会谈结束。明天继续。", End::Sentence, 2),
            ("He said:", End::Comma, 0),
            ("Did it end?", End::Question, 1),
            ("", End::Open, 0),
        ] {
            let found = shape(text);
            assert_eq!((found.end, found.n_stops), (end, n_stops), "{text}");
        }
    }

    #[test]
    fn marks_of_quotation_are_balanced() {
        assert_eq!(shape("“He left").open_quotes, 1);
        assert!(shape("“He left").starts_quoted);
        assert_eq!(shape("he said”.").open_quotes, -1);
        assert_eq!(shape("“Yes,” he said, “no.”").open_quotes, 0);
    }
}
