//! The three segmenters without opinions: Unicode word boundaries, white space, a regular expression.
//!
//! They only say where tokens lie; sentences and paragraphs are those of the news segmenter, laid over the tokens.

use std::ops::Range;

use icu_properties::CodePointMapData;
use icu_properties::props::WordBreak;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::char_class::{CharClass, CharClasses};
use crate::text::segmenter::{Sink, Starts};

/// All segments between the word boundaries of UAX #29.
pub fn word_segments(text: &str) -> impl Iterator<Item = &str> {
    text.split_word_bounds().flat_map(|segment| {
        let (head, tail) = segment.split_at(missed_boundary(segment).unwrap_or(0));
        [head, tail].into_iter().filter(|part| !part.is_empty())
    })
}

/// A boundary that unicode-segmentation 1.13 misses: in `a.` + joiner + emoji the full stop joins no letter (WB6), so it
/// goes with the emoji (WB4, WB3c).
fn missed_boundary(segment: &str) -> Option<usize> {
    const JOINER: char = '\u{200d}';
    let breaks = CodePointMapData::<WordBreak>::new();
    let is_word = |c| matches!(breaks.get(c), WordBreak::ALetter | WordBreak::HebrewLetter | WordBreak::Numeric);
    let is_mid = |c| {
        use WordBreak as W;
        matches!(breaks.get(c), W::MidLetter | W::MidNumLet | W::MidNum | W::SingleQuote | W::DoubleQuote)
    };
    let clings = |c: char| matches!(breaks.get(c), WordBreak::Extend | WordBreak::Format | WordBreak::ZWJ);
    let last_before = |end: usize| segment[..end].char_indices().rev().find(|&(_, c)| !clings(c));
    segment.match_indices(JOINER).find_map(|(at, _)| {
        let next = segment[at + JOINER.len_utf8()..].chars().next()?;
        let (mid, c) = last_before(at)?;
        let (_, before) = last_before(mid)?;
        // WB7a: a Hebrew letter keeps its apostrophe, whatever follows.
        let kept = breaks.get(c) == WordBreak::SingleQuote && breaks.get(before) == WordBreak::HebrewLetter;
        (!clings(next) && !is_word(next) && is_mid(c) && !kept).then_some(mid)
    })
}

/// Segments between the word boundaries of UAX #29, without those that hold nothing visible.
pub fn uax29(text: &str) -> impl Iterator<Item = Range<usize>> {
    let classes = CharClasses::get();
    let visible = move |c| {
        !matches!(classes.class(c), CharClass::Space | CharClass::Ignorable | CharClass::Joiner | CharClass::Mark)
    };
    let base = text.as_ptr() as usize;
    word_segments(text).filter(move |segment| segment.chars().any(visible)).map(move |segment| {
        let start = segment.as_ptr() as usize - base;
        start..start + segment.len()
    })
}

/// Maximal runs without white space.
pub fn whitespace(text: &str) -> impl Iterator<Item = Range<usize>> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |piece| {
        let start = piece.as_ptr() as usize - base;
        start..start + piece.len()
    })
}

/// Matches of a pattern, or of its group if it has one; empty matches are no tokens.
pub fn matches<'a>(regex: &'a regex::Regex, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let group = regex.captures_len() - 1;
    let whole = (group == 0).then(|| regex.find_iter(text).map(|m| m.range()));
    let grouped = (group == 1).then(|| regex.captures_iter(text).filter_map(|c| c.get(1)).map(|m| m.range()));
    whole.into_iter().flatten().chain(grouped.into_iter().flatten()).filter(|range| !range.is_empty())
}

/// Tells a sink about tokens, each with the unit that begins at it or between it and the token before.
pub fn emit(
    text: &str,
    tokens: impl Iterator<Item = Range<usize>>,
    unit_starts: Vec<(usize, Starts)>,
    sink: &mut impl Sink,
) {
    let mut unit_starts = unit_starts.into_iter().peekable();
    // What the news segmenter sees nothing in may still be a token here, so the first one starts the text by definition.
    let mut first = Starts::Paragraph;
    for token in tokens {
        let mut starts = std::mem::replace(&mut first, Starts::Nothing);
        while let Some((_, unit)) = unit_starts.next_if(|&(byte, _)| byte < token.end) {
            starts = starts.max(unit);
        }
        sink.token(text, token.start, token.end, starts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<&str> {
        ranges.map(|range| &text[range]).collect()
    }

    #[test]
    fn uax29_keeps_what_is_visible() {
        let text = "Can't stop, U.S.-led 3.5 _ \u{feff}war\u{200b}s";
        let expected = ["Can't", "stop", ",", "U.S", ".", "-", "led", "3.5", "_", "war", "s"];
        // The byte-order mark is a format character and sticks to what precedes it, here a space.
        assert_eq!(pieces(text, uax29(text)), expected);
    }

    #[test]
    fn white_space_of_any_kind_separates() {
        let text = " a\u{a0}b\u{3000}c,d\n";
        assert_eq!(pieces(text, whitespace(text)), ["a", "b", "c,d"]);
    }

    #[test]
    fn a_group_is_the_token() {
        let text = "aa-b cc-d";
        let plain = regex::Regex::new(r"\b\w\w+\b").unwrap();
        let group = regex::Regex::new(r"(\w)-").unwrap();
        assert_eq!(pieces(text, matches(&plain, text)), ["aa", "cc"]);
        assert_eq!(pieces(text, matches(&group, text)), ["a", "c"]);
    }
}
