//! Where the next sentence or paragraph starts: pure decisions on the text around a full stop or a line break.
//!
//! A sentence ends at `.`, `!`, `?` or their relatives, with the closing quotes and brackets that follow at once, unless a
//! lower-case letter comes next. Full stops inside abbreviations never get here (see [`crate::text::abbreviation`]). A
//! paragraph ends at a blank line; at a single line break only if the line looks finished. All look-ahead is bounded.

use crate::text::abbreviation::is_sentence_starter;
use crate::text::segmenter::Starts;

/// More closing marks than this after a full stop are noise; the bound keeps hostile text linear.
const LOOK_AHEAD: usize = 16;

/// A line shorter than this that ends without punctuation is a headline, a name or a label.
const SHORT_LINE: usize = 45;

/// Whether a character ends a sentence.
pub fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '։') || is_unspaced_terminator(c)
}

/// Terminators of scripts without spaces, after which the next sentence follows at once.
fn is_unspaced_terminator(c: char) -> bool {
    matches!(c, '。' | '｡' | '！' | '？' | '．')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）' | '】' | '》' | '〉')
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '¿'
            | '¡'
    )
}

/// Byte offset where the next sentence starts, if the terminator that ends at byte `after` ends one.
///
/// `terminator` is that character, `before` the character in front of it.
pub fn next_sentence(text: &str, after: usize, terminator: char, before: Option<char>) -> Option<usize> {
    let rest = &text[after..];
    // What most sentences end with, decided without decoding characters.
    if let [b' ', b'A'..=b'Z', ..] = rest.as_bytes() {
        return Some(after + 1);
    }
    let closed: usize =
        rest.chars().take(LOOK_AHEAD).take_while(|&c| is_closer(c) || is_terminator(c)).map(char::len_utf8).sum();
    let unspaced = is_unspaced_terminator(terminator) || rest[..closed].chars().any(is_unspaced_terminator);
    let rest = &rest[closed..];
    let first = rest.chars().next()?;
    if !first.is_whitespace() {
        let missing_space = first.is_uppercase() && before.is_some_and(|c| c.is_lowercase() || is_closer(c));
        return (unspaced || missing_space).then_some(after + closed);
    }
    let trimmed = rest.trim_start();
    let start = text.len() - trimmed.len();
    let opened = trimmed.chars().take(LOOK_AHEAD).find(|&c| !is_opener(c))?;
    // Spaced dots (`. . .`) are one ending.
    (!opened.is_lowercase() && !is_terminator(opened)).then_some(start)
}

/// Byte offset where the next sentence starts, if the abbreviation that ends at byte `after` ends one (`... U.S. The`).
pub fn after_abbreviation(text: &str, after: usize) -> Option<usize> {
    let rest = &text[after..];
    let closed: usize = rest.chars().take(LOOK_AHEAD).take_while(|&c| is_closer(c)).map(char::len_utf8).sum();
    let trimmed = rest[closed..].trim_start();
    let start = text.len() - trimmed.len();
    if start == after + closed {
        return None;
    }
    let word = trimmed.trim_start_matches(is_opener);
    let quoted = word.len() < trimmed.len();
    let len = word.bytes().take(LOOK_AHEAD).take_while(u8::is_ascii_alphabetic).count();
    let capital = word.starts_with(char::is_uppercase);
    (is_sentence_starter(&word[..len]) || (quoted && capital)).then_some(start)
}

/// Whether white space holds more than one line break, or a paragraph separator.
fn ends_paragraph(breaks: &str) -> bool {
    if breaks == "\n" {
        return false;
    }
    if breaks.bytes().filter(|&byte| byte == b'\n').count() > 1 {
        return true;
    }
    let mut lines = 0;
    let mut before = ' ';
    for c in breaks.chars() {
        lines += usize::from(matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}') && !(before == '\r' && c == '\n'));
        if lines > 1 || c == '\u{2029}' {
            return true;
        }
        before = c;
    }
    false
}

/// What begins after the white space at `breaks`, which holds at least one line break; `line` is the text of the line before.
pub fn after_line_break(line: &str, breaks: &str, next: &str) -> Starts {
    if ends_paragraph(breaks) {
        return Starts::Paragraph;
    }
    let continues = next.trim_start_matches(is_opener).starts_with(char::is_lowercase);
    let line = line.trim_end();
    if continues || line.ends_with([',', '-', '–', '—', '(']) {
        return Starts::Nothing;
    }
    let last = line.chars().rev().take(LOOK_AHEAD).find(|&c| !is_closer(c));
    let finished = last.is_some_and(|c| is_terminator(c) || c == ':');
    if finished || line.chars().take(SHORT_LINE).count() < SHORT_LINE { Starts::Paragraph } else { Starts::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest_after(text: &str) -> Option<&str> {
        let (at, terminator) = text.char_indices().find(|&(_, c)| is_terminator(c)).unwrap();
        let before = text[..at].chars().next_back();
        next_sentence(text, at + terminator.len_utf8(), terminator, before).map(|start| &text[start..])
    }

    #[test]
    fn a_terminator_ends_a_sentence_unless_lower_case_follows() {
        for (text, expected) in [
            ("Stop. Go.", Some("Go.")),
            ("“Stop.” He left", Some("He left")),
            ("“Stop!” he said", None),
            ("It fell. “Go”", Some("“Go”")),
            ("talks.The end", Some("The end")),
            ("3.5 percent", None),
            ("end . Next", Some("Next")),
            ("今天很好。明天", Some("明天")),
            ("「はい。」彼は", Some("彼は")),
            ("Wait... 20 men", Some("20 men")),
            ("The end.", None),
            ("Wait . . . he", None),
            ("(See it.) Then", Some("Then")),
        ] {
            assert_eq!(rest_after(text), expected, "{text}");
        }
    }

    #[test]
    fn after_an_abbreviation_only_a_likely_starter_begins_a_sentence() {
        for (rest, expected) in [
            (" The talks", Some("The talks")),
            (" Army", None),
            (" officials", None),
            ("” He said", Some("He said")),
            (" “We agree", Some("“We agree")),
            (", The", None),
            ("", None),
        ] {
            assert_eq!(after_abbreviation(rest, 0).map(|start| &rest[start..]), expected, "{rest}");
        }
    }

    #[test]
    fn a_single_line_break_ends_a_paragraph_only_after_a_finished_line() {
        let long = "a line that is rather long and was broken somewhere in the middle of";
        for (line, breaks, next, expected) in [
            ("Anything", "\n\n", "x", Starts::Paragraph),
            ("Anything", "\r\n \r\n", "x", Starts::Paragraph),
            ("Anything", "\r\n", "Next", Starts::Paragraph),
            ("It ends here.", "\n", "Next", Starts::Paragraph),
            ("It ends “here.”", "\n", "Next", Starts::Paragraph),
            ("Headline without a stop", "\n", "Next", Starts::Paragraph),
            (long, "\n", "committed by", Starts::Nothing),
            (long, "\n", "Parliament", Starts::Nothing),
            ("Seoul,", "\n", "Tokyo", Starts::Nothing),
        ] {
            assert_eq!(after_line_break(line, breaks, next), expected, "{line:?} {next:?}");
        }
    }
}
