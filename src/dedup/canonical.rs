//! What two texts are compared by: letters and digits alone, in one case, cut into units.
//!
//! A **unit** is a word: a run of letters, digits and marks. Of scripts written without spaces (Han, kana, Thai ...) it
//! is a pair of neighbouring characters, or a single one that has no neighbour. Case, full-width forms, punctuation,
//! symbols, spaces, invisible characters, HTML tags and entities and the addresses of links do not count, so that two
//! prints of one text have the same units whatever a site did to its typography. The units of a text that follow each other are its
//! **folded text**. Unfit where punctuation or numbers' separators carry the difference: `1,000` is two units here.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::char_class::{CharClass, CharClasses};
use crate::text::normalize::{NormalForm, Piece};

/// Bytes of a tag or an entity are looked for so far and no further.
const LONGEST_TAG: usize = 400;
const LONGEST_ENTITY: usize = 10;

/// A byte in each of eight places, and what makes a letter of ASCII small.
const EACH: u64 = 0x0101_0101_0101_0101;
const SMALL: u64 = 0x20 * EACH;

/// A unit as it is met: its folded bytes, where it lies in the original text, and whether it is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'a> {
    /// Letters and digits in lower case.
    pub folded: &'a [u8],
    /// First byte in the original text.
    pub byte_start: usize,
    /// Byte behind the last one. Units of unspaced scripts share a character with the next.
    pub byte_end: usize,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
    /// Whether it is of a script written without spaces.
    pub unspaced: bool,
}

/// Cuts texts into units; one for each thread.
#[derive(Debug)]
pub struct Reader {
    classes: CharClasses,
    folded: Vec<u8>,
}

impl Default for Reader {
    fn default() -> Self {
        Self { classes: CharClasses::get(), folded: Vec::new() }
    }
}

impl Reader {
    /// Tells `unit` every unit of a text outside the byte ranges left out (ascending, disjoint), and returns the folded text.
    pub fn read(&mut self, text: &str, left_out: &[Range<usize>], mut unit: impl FnMut(Unit<'_>)) -> &[u8] {
        self.folded.clear();
        let prepared = NormalForm::Nfc.apply(text);
        match &prepared {
            Cow::Borrowed(text) => self.read_parts(text, left_out, &mut unit),
            Cow::Owned(normal) => {
                let pieces = NormalForm::Nfc.pieces(text);
                let to_normal = |range: &Range<usize>| in_normal(&pieces, range.start)..in_normal(&pieces, range.end);
                let left_out: Vec<Range<usize>> = left_out.iter().map(to_normal).collect();
                self.read_parts(normal, &left_out, &mut |found: Unit<'_>| {
                    let byte_start =
                        pieces[pieces.partition_point(|piece| piece.normal <= found.byte_start) - 1].original;
                    let byte_end = pieces[pieces.partition_point(|piece| piece.normal < found.byte_end)].original;
                    unit(Unit { byte_start, byte_end, ..found });
                });
            }
        }
        &self.folded
    }

    fn read_parts(&mut self, text: &str, left_out: &[Range<usize>], unit: &mut impl FnMut(Unit<'_>)) {
        let mut start = 0;
        for range in left_out {
            self.read_part(text, start..range.start, unit);
            start = range.end;
        }
        self.read_part(text, start..text.len(), unit);
    }

    fn read_part(&mut self, text: &str, part: Range<usize>, unit: &mut impl FnMut(Unit<'_>)) {
        if part.start >= part.end {
            return;
        }
        let mut walk = Walk { text, end: part.end, quotation: Quotation::default(), previous: None };
        let mut at = part.start;
        while at < walk.end {
            at = self.step(&mut walk, at, unit);
        }
        self.end_unspaced(&mut walk, unit);
    }

    /// Goes past a word or a character that is none, and returns where it ends.
    fn step(&mut self, walk: &mut Walk<'_>, at: usize, unit: &mut impl FnMut(Unit<'_>)) -> usize {
        let byte = walk.text.as_bytes()[at];
        if byte.is_ascii_alphanumeric() {
            return self.word(walk, at, unit);
        }
        if byte.is_ascii() {
            return walk.past_ascii(at);
        }
        let (c, class) = walk.char_at(at, self.classes);
        match class {
            CharClass::Letter | CharClass::Digit => self.word(walk, at, unit),
            CharClass::Unspaced => self.unspaced(walk, at, c, unit),
            _ => {
                walk.quotation.see(c);
                at + c.len_utf8()
            }
        }
    }

    /// Takes the word that starts here.
    fn word(&mut self, walk: &mut Walk<'_>, start: usize, unit: &mut impl FnMut(Unit<'_>)) -> usize {
        if walk.previous.is_some() {
            self.end_unspaced(walk, unit);
        }
        walk.quotation.see_text();
        let from = self.folded.len();
        let (bytes, mut at, mut end) = (walk.text.as_bytes(), start, start);
        while at < walk.end {
            let run = push_plain(&mut self.folded, &bytes[at..walk.end]);
            if run > 0 {
                at += run;
                end = at;
            }
            if at == walk.end || bytes[at].is_ascii() {
                break;
            }
            let (c, class) = walk.char_at(at, self.classes);
            match class {
                CharClass::Letter | CharClass::Digit | CharClass::Mark => {
                    push_folded(&mut self.folded, c);
                    at += c.len_utf8();
                    end = at;
                }
                CharClass::Ignorable | CharClass::Joiner => at += c.len_utf8(),
                _ => break,
            }
        }
        if bytes[at..walk.end].starts_with(b"://") && matches!(&self.folded[from..], b"http" | b"https") {
            self.folded.truncate(from);
            return walk.past_link(at);
        }
        let quoted = walk.quotation.holds();
        let folded = &self.folded[from..];
        unit(Unit { folded, byte_start: start, byte_end: end, quoted, unspaced: false });
        at
    }

    /// Takes a character of a script without spaces, which makes a pair with the one before it.
    fn unspaced(&mut self, walk: &mut Walk<'_>, at: usize, c: char, unit: &mut impl FnMut(Unit<'_>)) -> usize {
        walk.quotation.see_text();
        let from = self.folded.len();
        push_folded(&mut self.folded, c);
        let byte_end = at + c.len_utf8();
        if let Some(previous) = walk.previous {
            let quoted = walk.quotation.holds();
            let folded = &self.folded[previous.from..];
            unit(Unit { folded, byte_start: previous.at, byte_end, quoted, unspaced: true });
        }
        walk.previous = Some(Unspaced { from, at, end: byte_end, paired: walk.previous.is_some() });
        byte_end
    }

    /// A character without a neighbour on either side is a unit by itself.
    fn end_unspaced(&mut self, walk: &mut Walk<'_>, unit: &mut impl FnMut(Unit<'_>)) {
        if let Some(last) = walk.previous.take().filter(|last| !last.paired) {
            let quoted = walk.quotation.holds();
            let folded = &self.folded[last.from..];
            unit(Unit { folded, byte_start: last.at, byte_end: last.end, quoted, unspaced: true });
        }
    }
}

/// The last character of a script without spaces.
#[derive(Clone, Copy)]
struct Unspaced {
    /// Where it starts in the folded text.
    from: usize,
    at: usize,
    end: usize,
    paired: bool,
}

/// A part of a text on the way through it.
struct Walk<'t> {
    text: &'t str,
    end: usize,
    quotation: Quotation,
    previous: Option<Unspaced>,
}

impl Walk<'_> {
    fn char_at(&self, at: usize, classes: CharClasses) -> (char, CharClass) {
        let c = self.text[at..].chars().next().unwrap_or(' ');
        (c, classes.class(c))
    }

    /// Goes past an ASCII character that is no letter or digit, with the tag or entity that starts with it.
    fn past_ascii(&mut self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..self.end];
        match rest[0] {
            b' ' => at + 1,
            b'<' => at + tag(rest).unwrap_or(1),
            b'&' => at + entity(rest).unwrap_or(1),
            byte => {
                self.quotation.see(char::from(byte));
                at + 1
            }
        }
    }

    /// Goes past the rest of an address, which a space, a bracket or a quotation mark ends.
    fn past_link(&self, at: usize) -> usize {
        let ends = |&byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b')' | b'>' | b']' | b'"' | b'<');
        self.text.as_bytes()[at..self.end].iter().position(ends).map_or(self.end, |length| at + length)
    }
}

/// Length of the HTML tag that starts here.
fn tag(rest: &[u8]) -> Option<usize> {
    let opens = rest.get(1).is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'/' || byte == b'!');
    let inside = &rest[1..rest.len().min(LONGEST_TAG)];
    let stop = inside.iter().position(|&byte| byte == b'>' || byte == b'<').filter(|_| opens)?;
    (inside[stop] == b'>').then_some(stop + 2)
}

/// Length of the character entity that starts here.
fn entity(rest: &[u8]) -> Option<usize> {
    let inside = &rest[1..rest.len().min(LONGEST_ENTITY)];
    let stop = inside.iter().position(|&byte| !byte.is_ascii_alphanumeric() && byte != b'#')?;
    (stop > 1 && inside[stop] == b';').then_some(stop + 2)
}

/// Copies the letters and digits of ASCII that follow each other here, in lower case, and returns their number.
#[inline]
fn push_plain(folded: &mut Vec<u8>, bytes: &[u8]) -> usize {
    let mut taken = 0;
    while let Some(&eight) = bytes[taken..].first_chunk() {
        let eight = u64::from_le_bytes(eight);
        let n = n_plain(eight);
        // Digits have the bit that makes letters small; what is behind them is cut off again.
        folded.extend_from_slice(&(eight | SMALL).to_le_bytes());
        taken += n;
        if n < 8 {
            folded.truncate(folded.len() - 8 + n);
            return taken;
        }
    }
    let rest = bytes[taken..].iter().take_while(|byte| byte.is_ascii_alphanumeric());
    folded.extend(rest.map(u8::to_ascii_lowercase).inspect(|_| taken += 1));
    taken
}

/// How many of eight bytes, from the lowest on, are letters or digits of ASCII.
#[inline]
fn n_plain(eight: u64) -> usize {
    // Without their highest bits, no sum of two bytes reaches the next byte.
    let low = eight & (0x7F * EACH);
    let at_least = |bytes: u64, least: u8| bytes + u64::from(0x80 - least) * EACH;
    let within = |bytes: u64, first: u8, last: u8| at_least(bytes, first) & !at_least(bytes, last + 1);
    let plain = within(low | SMALL, b'a', b'z') | within(low, b'0', b'9');
    (!(plain & !eight) & (0x80 * EACH)).trailing_zeros() as usize / 8
}

/// Lower case; full-width forms of ASCII lose their width.
fn push_folded(folded: &mut Vec<u8>, c: char) {
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    for lower in c.to_lowercase() {
        folded.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// First byte of the normal form at or behind a byte of the original.
fn in_normal(pieces: &[Piece], original: usize) -> usize {
    let i = pieces.partition_point(|piece| piece.original < original).min(pieces.len() - 1);
    pieces[i].normal
}

/// Whether the walk is inside quotation marks; an empty line ends a quotation, since marks that never close are common.
#[derive(Debug, Default)]
struct Quotation {
    open: Option<char>,
    line_is_empty: bool,
}

impl Quotation {
    fn holds(&self) -> bool {
        self.open.is_some()
    }

    fn see_text(&mut self) {
        self.line_is_empty = false;
    }

    fn see(&mut self, mark: char) {
        match mark {
            '\n' => {
                self.open = self.open.filter(|_| !self.line_is_empty);
                self.line_is_empty = true;
            }
            _ if mark.is_whitespace() => {}
            _ => {
                self.line_is_empty = false;
                self.see_punctuation(mark);
            }
        }
    }

    fn see_punctuation(&mut self, mark: char) {
        match (mark, self.open) {
            ('"' | '＂', None) => self.open = Some('"'),
            // The mark that opens in English closes in German.
            ('"' | '＂', Some(_)) | ('“', Some('„')) => self.open = None,
            ('“' | '„' | '«' | '「' | '『', _) => self.open = Some(mark),
            ('”' | '»' | '」' | '』', _) => self.open = None,
            _ => {}
        }
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of ranges are what is tested")]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<(String, &str, bool)> {
        let mut found = Vec::new();
        Reader::default().read(text, &[], |unit| {
            let folded = String::from_utf8(unit.folded.to_vec()).unwrap();
            found.push((folded, &text[unit.byte_start..unit.byte_end], unit.quoted));
        });
        found
    }

    fn folded(text: &str) -> Vec<String> {
        units(text).into_iter().map(|(folded, _, _)| folded).collect()
    }

    #[test]
    fn eight_bytes_at_a_time_are_read_as_one_by_one() {
        for byte in 0..=255u8 {
            for place in 0..20 {
                let mut bytes = *b"aZ09bY18cX27dW36eV45";
                bytes[place] = byte;
                let run = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                let mut folded = vec![b'-'];
                assert_eq!(push_plain(&mut folded, &bytes), run, "{byte} at {place}");
                assert_eq!(folded, [b"-", bytes[..run].to_ascii_lowercase().as_slice()].concat());
            }
        }
    }

    #[test]
    fn typography_does_not_count() {
        let plain = folded("dont stop the co operation of kyung wha 1 000 times");
        assert_eq!(folded("DONT stop… the co-operation\u{a0}of Kyung- wha; 1,000 times!"), plain);
        assert_eq!(folded("<p class=\"x\">Peace&nbsp;talks</p>"), ["peace", "talks"]);
        assert_eq!(folded("a < b & c > d"), ["a", "b", "c", "d"]);
        assert_eq!(folded("[talks](https://a.example/b?c) here http://x.example"), ["talks", "here"]);
        assert_eq!(folded("co\u{ad}operate \u{200b}ＡＢ１ cafe\u{301}"), ["cooperate", "ab1", "café"]);
    }

    #[test]
    fn unspaced_scripts_are_pairs_of_characters() {
        assert_eq!(folded("中国和美国，北京"), ["中国", "国和", "和美", "美国", "国北", "北京"]);
        assert_eq!(folded("第3条 A中"), ["第", "3", "条", "a", "中"]);
        assert_eq!(folded("정부는 발표했다"), ["정부는", "발표했다"]);
    }

    #[test]
    fn units_know_their_place_in_the_original() {
        let text = "Cafe\u{301}s „Ja“ 中国和";
        let places: Vec<&str> = units(text).into_iter().map(|(_, place, _)| place).collect();
        assert_eq!(places, ["Cafe\u{301}s", "Ja", "中国", "国和"]);
    }

    #[test]
    fn quotations_end_with_their_mark_or_with_an_empty_line() {
        let quoted = |text: &str| units(text).into_iter().map(|(_, _, quoted)| quoted).collect::<Vec<_>>();
        assert_eq!(quoted("he said “it is” so"), [false, false, true, true, false]);
        assert_eq!(quoted("er sagt „ja“ dazu"), [false, false, true, false]);
        assert_eq!(quoted("a \"b\nc\" d"), [false, true, true, false]);
        assert_eq!(quoted("a \"b\n \nc"), [false, true, false]);
        assert_eq!(quoted("习「和平」说"), [true, true, false]);
    }

    #[test]
    fn parts_left_out_are_not_read_and_part_words() {
        let text = "peace talks in seoul";
        let mut found = Vec::new();
        let mut reader = Reader::default();
        let whole = reader.read(text, &[3..8, 12..15], |unit| found.push(&text[unit.byte_start..unit.byte_end]));
        assert_eq!(whole, b"pealksseoul");
        assert_eq!(found, ["pea", "lks", "seoul"]);
        let decomposed = "e\u{301}a b e\u{301}c";
        let folded = reader.read(decomposed, &[3..6], |_| ()).to_vec();
        assert_eq!(String::from_utf8(folded).unwrap(), "ééc");
    }
}
