//! Where tokens lie in the original text: the tokenizer's walk once more, noting places instead of types.

use std::borrow::Cow;

use crate::error::Result;
use crate::parallel::Signal;
use crate::text::normalize::Piece;
use crate::text::segmenter::{Sink, Starts};
use crate::text::tokenizer::Tokenizer;

/// Start and end of each token in the original text, in bytes; one entry per position, gaps included.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`].
pub fn byte_offsets(tokenizer: &Tokenizer, text: &str, signal: &Signal) -> Result<Vec<(usize, usize)>> {
    let prepared = tokenizer.prepare(text);
    let mut sink = Places { tokenizer, bytes: Vec::new(), signal };
    tokenizer.segment(&prepared, &mut sink);
    signal.check()?;
    let mut bytes = sink.bytes;
    if let (Cow::Owned(_), Some(form)) = (&prepared, tokenizer.normal_form()) {
        let pieces = form.pieces(text);
        for (start, end) in &mut bytes {
            *start = original_start(&pieces, *start);
            *end = original_end(&pieces, *end);
        }
    }
    Ok(bytes)
}

/// [`byte_offsets`] in code points.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`].
pub fn char_offsets(tokenizer: &Tokenizer, text: &str, signal: &Signal) -> Result<Vec<(u64, u64)>> {
    Ok(in_code_points(text, &byte_offsets(tokenizer, text, signal)?))
}

struct Places<'a> {
    tokenizer: &'a Tokenizer,
    bytes: Vec<(usize, usize)>,
    signal: &'a Signal,
}

impl Sink for Places<'_> {
    fn token(&mut self, text: &str, byte_start: usize, byte_end: usize, _: Starts) {
        if self.tokenizer.keep_gaps() || self.tokenizer.rule().apply(&text[byte_start..byte_end]).is_some() {
            self.bytes.push((byte_start, byte_end));
        }
    }

    fn keeps_going(&mut self) -> bool {
        self.signal.check().is_ok()
    }
}

/// Start of the piece that holds a byte of the normal form.
fn original_start(pieces: &[Piece], normal: usize) -> usize {
    pieces[pieces.partition_point(|piece| piece.normal <= normal) - 1].original
}

/// End of the piece that holds the byte before this one.
fn original_end(pieces: &[Piece], normal: usize) -> usize {
    pieces[pieces.partition_point(|piece| piece.normal < normal)].original
}

/// Byte offsets as counts of code points, in one pass; starts must ascend.
fn in_code_points(text: &str, bytes: &[(usize, usize)]) -> Vec<(u64, u64)> {
    if text.is_ascii() {
        return bytes.iter().map(|&(start, end)| (start as u64, end as u64)).collect();
    }
    let (mut at, mut chars) = (0, 0u64);
    let mut places = Vec::with_capacity(bytes.len());
    for &(start, end) in bytes {
        // Pieces of one normalized cluster may share their start.
        if start < at {
            at = 0;
            chars = 0;
        }
        chars += text[at..start].chars().count() as u64;
        at = start;
        places.push((chars, chars + text[start..end].chars().count() as u64));
    }
    places
}
