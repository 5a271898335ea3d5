//! Paragraphs or sentences as documents of their own, so that they can be searched like documents.

use std::ops::Range;

use crate::corpus::documents::Documents;
use crate::corpus::excerpts::{Part, excerpts};
use crate::corpus::spans::Spans;
use crate::corpus::tokens::Unit;
use crate::error::Result;
use crate::parallel::{Workers, ranges_by_weight};
use crate::text::Starts;
use crate::text::news::{NewsOptions, NewsSegmenter};

/// Text of one piece of work, in bytes.
const CHUNK_BYTES: u64 = 1 << 20;

/// Parts of documents, in their order.
#[derive(Debug)]
pub struct Parts {
    /// The parts.
    pub documents: Documents,
    /// Document that each part is of.
    pub parents: Vec<u32>,
    /// Where each part starts in its document, in code points.
    pub char_starts: Vec<u64>,
}

/// The units of documents without white space at their edges; those that begin in a byte range left out are none.
///
/// # Errors
/// Cancelled by the caller.
///
/// # Panics
/// If `left_out` is of another number of documents.
pub fn parts(documents: &Documents, unit: Unit, left_out: &Spans, workers: &Workers) -> Result<Parts> {
    let weight = |doc: usize| documents.text(doc).len() as u64 + 1;
    let chunks = ranges_by_weight(documents.len(), weight, CHUNK_BYTES);
    workers.signal().begin((0..documents.len()).map(weight).sum());
    let segmenter =
        NewsSegmenter::new(NewsOptions { split_hyphens: false, cut_possessive: false, split_elisions: false });
    let found = workers.map(chunks, |docs| {
        let mut found: Vec<(Part, u64)> = Vec::new();
        for doc in docs {
            workers.signal().check()?;
            let text = documents.text(doc);
            let mut chars = Chars { text, byte: 0, chars: 0 };
            let cuts = left_out.of(doc);
            for range in units(&segmenter, text, unit) {
                let next = cuts.partition_point(|cut| cut.end <= range.start);
                if cuts.get(next).is_none_or(|cut| cut.start > range.start) {
                    let char_start = chars.before(range.start);
                    found.push(((doc, range), char_start));
                }
            }
            workers.signal().advance(weight(doc));
        }
        Ok(found)
    })?;
    let (parts, char_starts): (Vec<Part>, Vec<u64>) = found.into_iter().flatten().unzip();
    let ends: Vec<usize> = (1..=parts.len()).collect();
    let parents = parts.iter().map(|(doc, _)| *doc as u32).collect();
    let documents = excerpts(documents, &parts, &ends, &vec![false; ends.len()], workers.signal())?;
    Ok(Parts { documents, parents, char_starts })
}

/// Byte ranges of the units of a text.
fn units(segmenter: &NewsSegmenter, text: &str, unit: Unit) -> Vec<Range<usize>> {
    let begins = |starts: Starts| match unit {
        Unit::Document => false,
        Unit::Paragraph => starts == Starts::Paragraph,
        Unit::Sentence => true,
    };
    let mut starts: Vec<usize> = match unit {
        Unit::Document => vec![0],
        _ => segmenter.unit_starts(text).into_iter().filter(|&(_, starts)| begins(starts)).map(|(at, _)| at).collect(),
    };
    starts.push(text.len());
    let trimmed = |pair: &[usize]| pair[0]..pair[0] + text[pair[0]..pair[1]].trim_end().len();
    starts.windows(2).map(trimmed).filter(|range| !range.is_empty()).collect()
}

/// Counts code points on the way through a text.
struct Chars<'t> {
    text: &'t str,
    byte: usize,
    chars: u64,
}

impl Chars<'_> {
    /// Code points before a byte, which must not be before the last one asked for.
    fn before(&mut self, byte: usize) -> u64 {
        self.chars += self.text[self.byte..byte].chars().count() as u64;
        self.byte = byte;
        self.chars
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of ranges are what is tested")]
mod tests {
    use super::*;

    #[test]
    fn units_are_documents_that_know_where_they_stood() {
        let text = "Home\n\n“Dr. Kim spoke.” Nobody answered.\n\n회담 재개. 평화!";
        let documents = Documents::from_texts([Some(text), None, Some(" ")]).unwrap();
        let of = |unit, left_out: &Spans| {
            let parts = parts(&documents, unit, left_out, &Workers::serial()).unwrap();
            let texts: Vec<String> = parts.documents.texts().map(str::to_string).collect();
            for ((part, parent), start) in texts.iter().zip(&parts.parents).zip(&parts.char_starts) {
                let rest: String = documents.text(*parent as usize).chars().skip(*start as usize).collect();
                assert!(rest.starts_with(part.as_str()), "{part} in {rest}");
            }
            texts
        };
        let none = Spans::none(3);
        assert_eq!(of(Unit::Sentence, &none), ["Home", "“Dr. Kim spoke.”", "Nobody answered.", "회담 재개.", "평화!"]);
        assert_eq!(of(Unit::Paragraph, &none), ["Home", "“Dr. Kim spoke.” Nobody answered.", "회담 재개. 평화!"]);
        let head: Spans = [vec![0..4], vec![], vec![]].into_iter().collect();
        assert_eq!(of(Unit::Paragraph, &head).len(), 2);
    }
}
