//! Where the lines of a page lie, and which lines together are one paragraph that was broken at a fixed width.

use std::ops::Range;

use memchr::memchr;

/// A line that holds more than white space, without the white space at its edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// First byte.
    pub byte_start: usize,
    /// Byte behind the last.
    pub byte_end: usize,
    /// Number of the line in the text, empty ones counted, from 1.
    pub number: u32,
}

impl Line {
    fn len(&self) -> usize {
        self.byte_end - self.byte_start
    }
}

/// Whether a character is white space for this module: Unicode's, and what is invisible at the edge of a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Fills `lines` with the lines of a text that are not empty. Line feeds alone separate them.
pub(super) fn lines(text: &str, lines: &mut Vec<Line>) {
    lines.clear();
    let (mut start, mut number) = (0, 1u32);
    while start < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length);
        let line = &text[start..end];
        let behind = line.trim_start_matches(is_blank);
        let inner = behind.trim_end_matches(is_blank);
        if !inner.is_empty() {
            let byte_start = end - behind.len();
            lines.push(Line { byte_start, byte_end: byte_start + inner.len(), number });
        }
        start = end + 1;
        number = number.saturating_add(1);
    }
}

/// Widths in bytes between which text may have been broken by a program; longer lines hold what cannot be broken.
const WIDTHS: Range<usize> = 60..121;

/// Fills `paragraphs` with ranges of lines. Most hold one line; lines broken at a fixed width are joined.
///
/// Neighbouring lines without an empty one between them are such a paragraph if few are wider than 120 bytes and in most
/// places the first word of the next line would have passed the width of the widest of the others.
pub(super) fn paragraphs(text: &str, lines: &[Line], paragraphs: &mut Vec<Range<usize>>) {
    paragraphs.clear();
    let mut first = 0;
    while first < lines.len() {
        let mut end = first + 1;
        while end < lines.len() && lines[end].number == lines[end - 1].number + 1 {
            end += 1;
        }
        join_broken(text, lines, first..end, paragraphs);
        first = end;
    }
}

fn join_broken(text: &str, lines: &[Line], neighbours: Range<usize>, paragraphs: &mut Vec<Range<usize>>) {
    let lengths = || lines[neighbours.clone()].iter().map(Line::len);
    let width = lengths().filter(|&length| length < WIDTHS.end).max().unwrap_or(0);
    let n_wider = lengths().filter(|&length| length >= WIDTHS.end).count();
    let broken = |next: usize| {
        let line = &text[lines[next].byte_start..lines[next].byte_end];
        let word = line.find(char::is_whitespace).unwrap_or(line.len());
        lines[next - 1].len() + 1 + word > width
    };
    let places = neighbours.start + 1..neighbours.end;
    let fixed = WIDTHS.contains(&width)
        && 4 * n_wider <= neighbours.len()
        && 2 * places.clone().filter(|&next| broken(next)).count() > places.len();
    let mut first = neighbours.start;
    for next in places {
        if !(fixed && broken(next)) {
            paragraphs.push(first..next);
            first = next;
        }
    }
    paragraphs.push(first..neighbours.end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (Vec<(u32, &str)>, Vec<Range<usize>>) {
        let (mut found, mut groups) = (Vec::new(), Vec::new());
        lines(text, &mut found);
        paragraphs(text, &found, &mut groups);
        (found.iter().map(|line| (line.number, &text[line.byte_start..line.byte_end])).collect(), groups)
    }

    #[test]
    fn a_line_of_white_space_is_empty_and_edges_are_cut() {
        let (found, _) = split("a\r\n\u{a0} \r\n  b\u{a0}\n\u{feff}\u{3000}\n\nc");
        assert_eq!(found, [(1, "a"), (3, "b"), (6, "c")]);
        assert_eq!(split("").0, []);
        assert_eq!(split("\n\n").0, []);
    }

    #[test]
    fn lines_broken_at_a_fixed_width_are_one_paragraph() {
        let text = "The harbour board met on Tuesday to hear what the ferry line had to say\n\
                    about its timetable, and sent its engineers home with more questions than\n\
                    answers.\n\nThe next hearing is in May.";
        assert_eq!(split(text).1, [0..3, 3..4]);
        assert_eq!(split("Home\nSport\nNews").1, [0..1, 1..2, 2..3]);
    }
}
