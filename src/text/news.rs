//! The default segmenter: what a reader of news takes for words.
//!
//! White space always separates. Runs of letters and digits are words; what may stand inside one (`don't`, `U.S.-led`,
//! `3.5bn`, `AT&T`, `Jae-in`) is decided character by character in `Walk::extend`. Links, addresses, tags and mentions
//! are whole; emoji are grapheme clusters; scripts without spaces are cut by dictionary; any other visible character is a
//! token of its own. ASCII runs between plain characters never leave the fast loop of `Walk::run`.
//!
//! Korean is cut at spaces (noun with particle); for morphemes bring tokens from a Korean analyser.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::abbreviation::{Abbreviation, abbreviation, is_dotted_letters};
use crate::text::char_class::{CharClass, CharClasses};
use crate::text::clitic::{elision, is_contracted};
use crate::text::dictionary::Dictionary;
use crate::text::link;
use crate::text::segmenter::{Sink, Starts};
use crate::text::sentence;
use crate::text::word_end::ends_word;
use crate::text::word_run::{WordRuns, is_word};

/// How often a long document is asked whether to go on, in bytes.
const CHECK_EVERY: usize = 1 << 16;

/// What can be chosen.
#[derive(Clone, Copy, Debug)]
pub struct NewsOptions {
    /// Cut words at hyphens.
    pub split_hyphens: bool,
    /// Cut a final `'s` off.
    pub cut_possessive: bool,
    /// Cut Romance elisions after the apostrophe (`l'` `Irlande`).
    pub split_elisions: bool,
}

/// The segmenter; see the module.
#[derive(Debug)]
pub struct NewsSegmenter {
    options: NewsOptions,
    classes: CharClasses,
}

impl NewsSegmenter {
    /// A segmenter with options.
    pub fn new(options: NewsOptions) -> Self {
        Self { options, classes: CharClasses::get() }
    }

    /// Tells the sink every token of a text.
    pub fn segment(&self, text: &str, sink: &mut impl Sink) {
        self.segment_by::<true>(text, sink);
    }

    /// [`NewsSegmenter::segment`] with or without the short cut for words between plain characters.
    pub(super) fn segment_by<const SHORT_CUT: bool>(&self, text: &str, sink: &mut impl Sink) {
        Walk::<_, SHORT_CUT> {
            text,
            bytes: text.as_bytes(),
            options: self.options,
            classes: self.classes,
            unit_at: 0,
            unit: Starts::Paragraph,
            line_start: 0,
            runs: WordRuns::default(),
            sink,
        }
        .run();
    }

    /// Byte offsets of tokens that begin a sentence or paragraph, ascending.
    pub fn unit_starts(&self, text: &str) -> Vec<(usize, Starts)> {
        struct UnitStarts(Vec<(usize, Starts)>);
        impl Sink for UnitStarts {
            fn token(&mut self, _: &str, byte_start: usize, _: usize, starts: Starts) {
                if starts > Starts::Nothing {
                    self.0.push((byte_start, starts));
                }
            }
        }
        let mut sink = UnitStarts(Vec::new());
        self.segment(text, &mut sink);
        sink.0
    }
}

/// One pass over one text.
struct Walk<'a, S, const SHORT_CUT: bool> {
    text: &'a str,
    bytes: &'a [u8],
    options: NewsOptions,
    classes: CharClasses,
    /// The first token at or after this byte begins `unit`; `usize::MAX` when none is due.
    unit_at: usize,
    unit: Starts,
    line_start: usize,
    runs: WordRuns,
    sink: &'a mut S,
}

/// What a full stop after a word does.
enum Stop {
    /// The stop and what follows continue the word.
    Joins,
    /// The stop belongs to the word; whether a sentence may end here.
    Belongs { may_end_sentence: bool },
    /// The word, stop included, is a link or an address up to this byte.
    Link(usize),
    /// The word ends before the stop.
    Ends,
}

impl<S: Sink, const SHORT_CUT: bool> Walk<'_, S, SHORT_CUT> {
    fn run(mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            if !self.sink.keeps_going() {
                return;
            }
            let stop = self.bytes.len().min(at + CHECK_EVERY);
            while at < stop {
                let byte = self.bytes[at];
                at = if is_word(byte) {
                    self.word(at)
                } else if byte == b' ' {
                    at + 1
                } else if byte.is_ascii() {
                    self.ascii_mark(at, byte)
                } else {
                    self.other(at)
                };
            }
        }
    }

    /// A word that starts with an ASCII letter or digit; returns where to go on.
    #[inline]
    fn word(&mut self, start: usize) -> usize {
        let end = self.runs.end(self.bytes, start);
        let next = self.bytes.get(end).copied().unwrap_or(b' ');
        // Apart from the rest, because it is nearly always so.
        if SHORT_CUT && next == b' ' {
            self.token(start, end);
            return end + 1;
        }
        if SHORT_CUT && ends_word(self.text, start, end, next) {
            self.token(start, end);
            return end;
        }
        self.long_word(start, end)
    }

    /// A word whose first run ends at something that may continue it.
    fn long_word(&mut self, start: usize, run_end: usize) -> usize {
        let extent = self.extend(start, run_end);
        let resume = extent.end;
        let end = if self.options.cut_possessive { self.without_possessive(start, resume) } else { resume };
        if self.options.split_elisions
            && let Some(cut) = elision(&self.text[start..end]).map(|len| start + len)
        {
            self.token(start, cut);
            self.token(cut, end);
        } else {
            self.token(start, end);
        }
        if extent.may_end_sentence
            && let Some(next) = sentence::after_abbreviation(self.text, resume)
        {
            self.begin_unit(next, Starts::Sentence);
        }
        resume
    }

    #[inline]
    fn token(&mut self, start: usize, end: usize) {
        let starts = self.starts(start);
        self.sink.token(self.text, start, end, starts);
    }

    #[inline]
    fn starts(&mut self, byte_start: usize) -> Starts {
        if byte_start < self.unit_at {
            return Starts::Nothing;
        }
        self.unit_at = usize::MAX;
        std::mem::replace(&mut self.unit, Starts::Nothing)
    }

    fn begin_unit(&mut self, at: usize, unit: Starts) {
        if unit >= self.unit {
            self.unit_at = at;
            self.unit = unit;
        }
    }

    /// The end of a word that begins at `start` and whose first run ends at `end`.
    fn extend(&mut self, start: usize, mut end: usize) -> Extent {
        let mut may_end_sentence = false;
        loop {
            end = self.letters_end(end);
            let (class, len) = self.classes.at(self.text, end);
            let byte = self.bytes.get(end).copied().unwrap_or(b' ');
            let joins = match class {
                CharClass::Letter | CharClass::Digit | CharClass::Mark if len > 0 => true,
                CharClass::Ignorable | CharClass::Joiner => self.word_follows_invisible(end + len),
                CharClass::Apostrophe => self.joins_at_apostrophe(end, len),
                CharClass::Hyphen => !self.options.split_hyphens && self.word_at(end + len),
                _ => match byte {
                    b'.' => match self.full_stop(start, end) {
                        Stop::Joins => true,
                        Stop::Belongs { may_end_sentence: may } => {
                            may_end_sentence = may;
                            true
                        }
                        Stop::Link(end) => return Extent { end, may_end_sentence: false },
                        Stop::Ends => false,
                    },
                    b',' => self.digit_at(end.wrapping_sub(1)) && self.digit_at(end + 1),
                    b'&' => self.word_at(end + 1),
                    b'@' | b':' => match link::after_first_run(self.text, start, end) {
                        Some(end) => return Extent { end, may_end_sentence: false },
                        None => false,
                    },
                    b'+' if end == start + 1 && self.bytes[end..].starts_with(b"++") => {
                        return Extent { end: end + 2, may_end_sentence: false };
                    }
                    _ => false,
                },
            };
            if !joins {
                return Extent { end, may_end_sentence: may_end_sentence && self.bytes.get(end - 1) == Some(&b'.') };
            }
            end += len;
            end = self.runs.end(self.bytes, end);
        }
    }

    /// End of a run of letters outside ASCII, taken in one loop: the bulk of Korean, Russian or Arabic text.
    fn letters_end(&self, from: usize) -> usize {
        if self.bytes.get(from).is_none_or(u8::is_ascii) {
            return from;
        }
        let rest = &self.text[from..];
        let other = rest.char_indices().find(|&(_, c)| self.classes.class(c) != CharClass::Letter);
        from + other.map_or(rest.len(), |(at, _)| at)
    }

    fn full_stop(&self, start: usize, end: usize) -> Stop {
        let word = &self.text[start..end];
        if self.word_at(end + 1) {
            return self.full_stop_inside(start, end, word);
        }
        let dotted = is_dotted_letters(word);
        match abbreviation(word) {
            _ if dotted && word.contains('.') => Stop::Belongs { may_end_sentence: true },
            _ if dotted && self.is_initial(word, end + 1) => Stop::Belongs { may_end_sentence: false },
            Some(Abbreviation::Always) => Stop::Belongs { may_end_sentence: false },
            Some(Abbreviation::Anywhere) => Stop::Belongs { may_end_sentence: true },
            Some(Abbreviation::Title) if is_capitalized(word) && self.next_word(end + 1, char::is_uppercase) => {
                Stop::Belongs { may_end_sentence: false }
            }
            // In lower case "no." is an answer more often than a number.
            Some(Abbreviation::BeforeNumber) if word != "no" && self.next_word(end + 1, char::is_numeric) => {
                Stop::Belongs { may_end_sentence: false }
            }
            _ => Stop::Ends,
        }
    }

    /// A full stop with a letter or digit right after it.
    fn full_stop_inside(&self, start: usize, end: usize, word: &str) -> Stop {
        if self.digit_at(end - 1) && self.digit_at(end + 1) {
            return Stop::Joins;
        }
        if let Some(end) = link::at_full_stop(self.text, start, end) {
            return Stop::Link(end);
        }
        let mut rest = self.text[end + 1..].chars();
        let single = rest.next().is_some_and(char::is_alphabetic) && !rest.next().is_some_and(char::is_alphanumeric);
        if single && (is_dotted_letters(word) || word == "Ph") { Stop::Joins } else { Stop::Ends }
    }

    /// `J.` in `J. Smith`: one capital before a capitalized word that does not look like the start of a sentence.
    fn is_initial(&self, word: &str, after: usize) -> bool {
        is_capitalized(word)
            && self.next_word(after, char::is_uppercase)
            && sentence::after_abbreviation(self.text, after).is_none()
    }

    /// Whether one or more spaces and then a character of this sort follow.
    fn next_word(&self, after: usize, sort: fn(char) -> bool) -> bool {
        let rest = &self.text[after..];
        let next = rest.trim_start_matches([' ', '\u{a0}']);
        next.len() < rest.len() && next.chars().next().is_some_and(sort)
    }

    fn joins_at_apostrophe(&self, at: usize, len: usize) -> bool {
        let next = self.classes.at(self.text, at + len).0;
        match next {
            CharClass::Letter => self.bytes.get(at + len) != Some(&b'_'),
            CharClass::Digit => self.digit_at(at.wrapping_sub(1)),
            _ => false,
        }
    }

    fn word_at(&self, at: usize) -> bool {
        matches!(self.classes.at(self.text, at), (CharClass::Letter | CharClass::Digit, 1..))
    }

    /// Whether a word goes on after invisible characters.
    fn word_follows_invisible(&self, at: usize) -> bool {
        let invisible = |&c: &char| matches!(self.classes.class(c), CharClass::Ignorable | CharClass::Joiner);
        let next = self.text[at..].chars().take(8).find(|c| !invisible(c));
        next.is_some_and(|c| matches!(self.classes.class(c), CharClass::Letter | CharClass::Digit))
    }

    fn digit_at(&self, at: usize) -> bool {
        self.bytes.get(at).is_some_and(u8::is_ascii_digit)
    }

    /// The end of a word without its possessive `'s`, unless the word is a contraction such as `it's`.
    fn without_possessive(&self, start: usize, end: usize) -> usize {
        let word = &self.text[start..end];
        let Some(stem) = word.strip_suffix(['s', 'S']) else { return end };
        let base = stem.trim_end_matches(|c| self.classes.class(c) == CharClass::Apostrophe);
        if base.len() == stem.len() || base.is_empty() || is_contracted(base) { end } else { start + base.len() }
    }

    /// ASCII that is neither a word character nor a space; returns where to go on.
    fn ascii_mark(&mut self, at: usize, byte: u8) -> usize {
        match byte {
            b'\n' | b'\r' => self.line_break(at),
            b'#' | b'@' if self.word_at(at + 1) && !self.follows_word(at) => {
                let end = self.tag_end(at + 1);
                self.token(at, end);
                end
            }
            b'[' if self.is_editors_bracket(at) => self.long_word(at, at + 3),
            b'.' | b'!' | b'?' => {
                self.token(at, at + 1);
                self.terminator(at, char::from(byte));
                at + 1
            }
            0..=0x20 | 0x7f => at + 1,
            _ => {
                self.token(at, at + 1);
                at + 1
            }
        }
    }

    fn follows_word(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
    }

    fn tag_end(&self, from: usize) -> usize {
        let in_tag = |&(_, c): &(usize, char)| {
            matches!(
                self.classes.class(c),
                CharClass::Letter | CharClass::Digit | CharClass::Mark | CharClass::Unspaced
            )
        };
        let len: usize = self.text[from..].char_indices().take_while(in_tag).map(|(_, c)| c.len_utf8()).sum();
        from + len
    }

    /// `[w]ar`: one letter in brackets at the start of a word.
    fn is_editors_bracket(&self, at: usize) -> bool {
        let letter = |i: usize| self.bytes.get(at + i).is_some_and(u8::is_ascii_alphabetic);
        letter(1) && self.bytes.get(at + 2) == Some(&b']') && letter(3) && !self.follows_word(at)
    }

    fn terminator(&mut self, at: usize, terminator: char) {
        let after = at + terminator.len_utf8();
        let before = self.text[..at].chars().next_back();
        if let Some(next) = sentence::next_sentence(self.text, after, terminator, before) {
            self.begin_unit(next, Starts::Sentence);
        }
    }

    /// White space with at least one line break; returns its end.
    fn line_break(&mut self, at: usize) -> usize {
        let end = self.space_end(at);
        let line = &self.text[self.line_start.min(at)..at];
        match sentence::after_line_break(line, &self.text[at..end], &self.text[end..]) {
            Starts::Nothing => {}
            unit => self.begin_unit(end, unit),
        }
        self.line_start = end;
        end
    }

    /// End of the white space that begins at `at`.
    fn space_end(&self, at: usize) -> usize {
        let plain = self.bytes[at..].iter().take_while(|b| matches!(b, b'\n' | b' ' | b'\r' | b'\t')).count();
        let end = at + plain;
        if self.bytes.get(end).is_none_or(u8::is_ascii_graphic) {
            return end;
        }
        let rest = self.text[end..].trim_start_matches(|c| self.classes.class(c) == CharClass::Space);
        self.text.len() - rest.len()
    }

    /// A character outside ASCII at the start of a token; returns where to go on.
    fn other(&mut self, at: usize) -> usize {
        let c = self.text[at..].chars().next().unwrap_or(' ');
        let end = at + c.len_utf8();
        match self.classes.class(c) {
            CharClass::Letter | CharClass::Digit => return self.long_word(at, end),
            CharClass::Space if matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}') => return self.line_break(at),
            CharClass::Space | CharClass::Ignorable | CharClass::Joiner => {}
            CharClass::Unspaced => return self.unspaced(at),
            CharClass::Emoji | CharClass::Mark => {
                let end = at + self.text[at..].graphemes(true).next().map_or(c.len_utf8(), str::len);
                self.token(at, end);
                return end;
            }
            _ => {
                self.token(at, end);
                if sentence::is_terminator(c) {
                    self.terminator(at, c);
                }
            }
        }
        end
    }

    /// A run of script without spaces, cut by dictionary.
    fn unspaced(&mut self, at: usize) -> usize {
        let text = self.text;
        let classes = self.classes;
        let in_run = |c: char| matches!(classes.class(c), CharClass::Unspaced | CharClass::Mark);
        let run = &text[at..text.len() - text[at..].trim_start_matches(in_run).len()];
        Dictionary::words(run, |start, end| self.token(at + start, at + end));
        at + run.len()
    }
}

/// Where a word ends, and whether its last full stop may also end a sentence.
struct Extent {
    end: usize,
    may_end_sentence: bool,
}

fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
