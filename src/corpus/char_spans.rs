//! Parts of texts given in code points, as users see them, turned into bytes, as the core holds them.
//!
//! Documents are independent and go in parallel; the offsets of one are sorted and found in a single walk through its text,
//! which counts the bytes that start a character, many at a time.

use std::ops::Range;

use crate::corpus::spans::Spans;
use crate::corpus::tokenize::Texts;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Bytes of text that a thread takes at a time.
const CHUNK_BYTES: u64 = 1 << 20;

/// Bytes whose characters are counted together, so that the loop over them becomes vector instructions.
const BLOCK: usize = 256;

/// Spans of documents in any order, as parallel arrays; offsets are code points of the original text.
#[derive(Clone, Copy, Debug)]
pub struct CharSpans<'a> {
    /// Document of each span.
    pub documents: &'a [u32],
    /// First character of each span.
    pub starts: &'a [i64],
    /// Character behind the last of each span.
    pub ends: &'a [i64],
}

impl CharSpans<'_> {
    /// The same spans in bytes.
    ///
    /// # Errors
    /// Arrays of different lengths, a document that does not exist, offsets outside a text, an end before its start (of
    /// several the one in the first document, then in the order given), [`crate::ErrorKind::Cancelled`].
    pub fn in_bytes(&self, texts: &(impl Texts + ?Sized), workers: &Workers) -> Result<Spans> {
        let lengths = [self.documents.len(), self.starts.len(), self.ends.len()];
        if lengths != [lengths[0]; 3] {
            return Err(Error::input(format!("lengths {lengths:?}"), "three arrays of one length"));
        }
        let n_docs = texts.n_docs();
        if let Some(document) = self.documents.iter().find(|&&document| document as usize >= n_docs) {
            return Err(Error::parameter("document", document, format!("below the number of documents, {n_docs}")));
        }
        let (starts, members) = self.by_document(n_docs);
        let weight = |doc: usize| if starts[doc] < starts[doc + 1] { texts.text(doc).len() as u64 + 64 } else { 1 };
        let ranges = workers.map(ranges_by_weight(n_docs, weight, CHUNK_BYTES), |docs| {
            let convert = |doc: usize| self.convert(doc, texts.text(doc), &members[starts[doc]..starts[doc + 1]]);
            docs.map(convert).collect::<Result<Vec<_>>>()
        })?;
        Ok(ranges.into_iter().flatten().collect())
    }

    /// Places in the arrays by document, in the order given: where each document starts, and the places.
    fn by_document(&self, n_docs: usize) -> (Vec<usize>, Vec<usize>) {
        let mut starts = vec![0; n_docs + 1];
        self.documents.iter().for_each(|&document| starts[document as usize + 1] += 1);
        (0..n_docs).for_each(|doc| starts[doc + 1] += starts[doc]);
        let mut next = starts.clone();
        let mut members = vec![0; self.documents.len()];
        for (place, &document) in self.documents.iter().enumerate() {
            let next = &mut next[document as usize];
            members[*next] = place;
            *next += 1;
        }
        (starts, members)
    }

    /// The spans of one document in bytes.
    fn convert(&self, doc: usize, text: &str, members: &[usize]) -> Result<Vec<Range<usize>>> {
        let mut chars = Vec::with_capacity(2 * members.len());
        for &span in members {
            let (start, end) = (self.starts[span], self.ends[span]);
            let of = format_args!("in the document of row {doc}");
            let Ok(first) = u64::try_from(start) else {
                return Err(Error::parameter("char_start", start, format!("at least 0 {of}")));
            };
            let Some(last) = u64::try_from(end).ok().filter(|&last| last >= first) else {
                return Err(Error::parameter("char_end", end, format!("at least char_start, {start}, {of}")));
            };
            chars.extend([first, last]);
        }
        let mut sorted: Vec<usize> = (0..chars.len()).collect();
        sorted.sort_unstable_by_key(|&offset| chars[offset]);
        let mut bytes = vec![0; chars.len()];
        let mut at = Place::default();
        for offset in sorted {
            if !at.go_to(text.as_bytes(), chars[offset]) {
                let allowed = format!("at most {}, the length of the document of row {doc}", text.chars().count());
                let name = if offset % 2 == 0 { "char_start" } else { "char_end" };
                return Err(Error::parameter(name, chars[offset], allowed));
            }
            bytes[offset] = at.byte;
        }
        Ok(bytes.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect())
    }
}

/// A place in a text.
#[derive(Default)]
struct Place {
    byte: usize,
    chars: u64,
}

impl Place {
    /// Moves on to the place before which so many characters stand; false if the text has fewer.
    fn go_to(&mut self, text: &[u8], chars: u64) -> bool {
        while let Some(block) = text.get(self.byte..self.byte + BLOCK) {
            let n = block.iter().filter(|&&byte| starts_char(byte)).count() as u64;
            if self.chars + n > chars {
                break;
            }
            self.byte += BLOCK;
            self.chars += n;
        }
        // On to the first byte of the next character, which may have begun in the last block.
        while let Some(&byte) = text.get(self.byte).filter(|&&byte| self.chars < chars || !starts_char(byte)) {
            self.chars += u64::from(starts_char(byte));
            self.byte += 1;
        }
        self.chars == chars
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(texts: &[&str], list: &[(u32, i64, i64)]) -> Result<Spans> {
        let documents: Vec<u32> = list.iter().map(|span| span.0).collect();
        let starts: Vec<i64> = list.iter().map(|span| span.1).collect();
        let ends: Vec<i64> = list.iter().map(|span| span.2).collect();
        CharSpans { documents: &documents, starts: &starts, ends: &ends }.in_bytes(texts, &Workers::serial())
    }

    #[test]
    fn code_points_of_any_width_become_bytes() {
        let long = "é평😀a".repeat(400);
        let texts = [long.as_str(), "", "e\u{301}x"];
        let ends: Vec<usize> = long.char_indices().map(|(at, _)| at).chain([long.len()]).collect();
        for start in (0..1600).step_by(37) {
            for length in [1, 2, 255, 256, 257] {
                let end = (start + length).min(1600);
                let found = spans(&texts, &[(2, 1, 2), (0, start as i64, end as i64)]).unwrap();
                assert_eq!(found.of(0), std::slice::from_ref(&(ends[start]..ends[end])));
                assert_eq!(found.of(2), std::slice::from_ref(&(1..3)));
            }
        }
    }

    #[test]
    fn spans_come_in_any_order_and_may_overlap_or_be_empty() {
        let found = spans(&["abcdef", "ab"], &[(1, 0, 2), (0, 4, 6), (0, 0, 2), (0, 1, 3), (1, 1, 1)]).unwrap();
        assert_eq!(found.of(0), [0..3, 4..6]);
        assert_eq!(found.of(1), std::slice::from_ref(&(0..2)));
        assert_eq!(spans(&["a"], &[]).unwrap(), Spans::none(1));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let message = |span| spans(&["", "é평"], &[(1, 0, 2), span]).unwrap_err().to_string();
        assert_eq!(message((2, 0, 1)), "document must be below the number of documents, 2, got 2");
        assert_eq!(message((1, -1, 1)), "char_start must be at least 0 in the document of row 1, got -1");
        assert_eq!(message((1, 2, 1)), "char_end must be at least char_start, 2, in the document of row 1, got 1");
        assert_eq!(message((1, 2, 3)), "char_end must be at most 2, the length of the document of row 1, got 3");
        assert_eq!(message((1, 3, 3)), "char_start must be at most 2, the length of the document of row 1, got 3");
        assert_eq!(message((0, 0, i64::MAX)).split(',').next().unwrap(), "char_end must be at most 0");
        let unequal = CharSpans { documents: &[0], starts: &[], ends: &[1] };
        assert!(unequal.in_bytes(["a"].as_slice(), &Workers::serial()).is_err());
    }
}
