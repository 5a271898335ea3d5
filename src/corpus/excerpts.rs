//! Documents made of parts of other documents.

use std::ops::Range;

use crate::corpus::documents::Documents;
use crate::error::{Error, Result};
use crate::parallel::Signal;

/// A part of a document: its row and its bytes there.
pub type Part = (usize, Range<usize>);

/// New documents, each made of the parts before its entry in `ends` and behind that of the one before.
///
/// A document without parts is empty, or missing where `missing` says so.
///
/// # Errors
/// Parts that do not lie within a document or that cut a character; `ends` that do not ascend to the number of parts.
pub fn excerpts(
    documents: &Documents,
    parts: &[Part],
    ends: &[usize],
    missing: &[bool],
    signal: &Signal,
) -> Result<Documents> {
    if !ends.is_sorted() || ends.last().copied().unwrap_or(0) != parts.len() || missing.len() != ends.len() {
        let found = format!("{} entries ending in {}", ends.len(), ends.last().copied().unwrap_or(0));
        return Err(Error::parameter("ends", found, format!("ascending numbers up to {}", parts.len())));
    }
    let mut text = Vec::with_capacity(parts.iter().map(|(_, bytes)| bytes.len()).sum());
    let mut offsets = Vec::with_capacity(ends.len() + 1);
    offsets.push(0);
    let mut first = 0;
    for &end in ends {
        signal.check()?;
        for (row, bytes) in &parts[first..end] {
            let source = if *row < documents.len() { documents.text(*row) } else { "" };
            let part = source.get(bytes.clone()).ok_or_else(|| {
                Error::document(*row, format!("has no part from byte {} to byte {}", bytes.start, bytes.end))
            })?;
            text.extend_from_slice(part.as_bytes());
        }
        offsets.push(text.len() as i64);
        first = end;
    }
    Documents::from_buffers(text, offsets, Some(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_and_checked() {
        let documents = Documents::from_texts([Some("peace talks"), Some("회담")]).unwrap();
        let make = |parts: &[Part], ends: &[usize]| {
            excerpts(&documents, parts, ends, &vec![false; ends.len()], &Signal::default())
        };
        let made = make(&[(0, 0..5), (1, 0..3), (0, 5..11)], &[2, 2, 3]).unwrap();
        assert_eq!(made.texts().collect::<Vec<_>>(), ["peace회", "", " talks"]);
        for (parts, ends) in [(vec![(1, 0..2)], vec![1]), (vec![(2, 0..1)], vec![1]), (vec![(0, 0..1)], vec![2])] {
            assert!(make(&parts, &ends).is_err(), "{parts:?} {ends:?}");
        }
    }
}
