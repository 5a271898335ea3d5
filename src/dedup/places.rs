//! From pairs of documents to the characters that both have: spans with offsets on both sides.

use crate::corpus::documents::Documents;
use crate::corpus::spans::Spans;
use crate::dedup::align::{Aligner, Span};
use crate::dedup::canonical::Reader;
use crate::dedup::units::Units;
use crate::error::Result;
use crate::parallel::Workers;

/// Pairs, or documents, of one piece of work.
const CHUNK: usize = 256;

/// The same text in two documents; offsets in code points of their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CharSpan {
    /// Number of the pair.
    pub pair: u32,
    /// First character in the first document.
    pub char_start_a: u64,
    /// Character behind the last in the first document.
    pub char_end_a: u64,
    /// First character in the second document.
    pub char_start_b: u64,
    /// Character behind the last in the second document.
    pub char_end_b: u64,
    /// Units that are equal.
    pub equal: u32,
    /// Units of the longer side.
    pub length: u32,
    /// Units that the first document has between quotation marks.
    pub quoted_a: u32,
    /// Units that the second document has between quotation marks.
    pub quoted_b: u32,
}

/// The spans of each pair, in the order of the pairs and of their place in the first document.
///
/// # Errors
/// Cancelled by the caller.
///
/// # Panics
/// If a pair names a document that does not exist.
pub fn char_spans(
    documents: &Documents,
    left_out: &Spans,
    units: &Units,
    pairs: &[(u32, u32)],
    workers: &Workers,
) -> Result<Vec<CharSpan>> {
    workers.signal().begin(pairs.len() as u64);
    let chunks: Vec<_> = (0..pairs.len()).step_by(CHUNK).map(|start| start..pairs.len().min(start + CHUNK)).collect();
    let mut aligners: Vec<(Aligner, u32)> = (0..workers.n_threads()).map(|_| (Aligner::default(), u32::MAX)).collect();
    let aligned = workers.map_with(&mut aligners, chunks, |(aligner, filled), chunk| {
        let mut spans: Vec<(u32, Span)> = Vec::new();
        for pair in chunk.clone() {
            workers.signal().check()?;
            let (a, b) = pairs[pair];
            if *filled != a {
                aligner.fill(units.of(a as usize));
                *filled = a;
            }
            spans.extend(aligner.spans(units.of(b as usize)).into_iter().map(|span| (pair as u32, span)));
        }
        workers.signal().advance(chunk.len() as u64);
        Ok(spans)
    })?;
    let spans: Vec<(u32, Span)> = aligned.into_iter().flatten().collect();
    in_characters(documents, left_out, units, pairs, &spans, workers)
}

/// Reads every document with spans once more, to see where its units lie.
fn in_characters(
    documents: &Documents,
    left_out: &Spans,
    units: &Units,
    pairs: &[(u32, u32)],
    spans: &[(u32, Span)],
    workers: &Workers,
) -> Result<Vec<CharSpan>> {
    let mut wanted: Vec<(u32, u32, Side)> = Vec::with_capacity(2 * spans.len());
    for (number, &(pair, _)) in spans.iter().enumerate() {
        let (a, b) = pairs[pair as usize];
        wanted.extend([(a, number as u32, Side::A), (b, number as u32, Side::B)]);
    }
    wanted.sort_unstable();
    let by_document: Vec<&[(u32, u32, Side)]> = wanted.chunk_by(|one, other| one.0 == other.0).collect();
    let chunks = by_document.chunks(CHUNK).collect();
    let mut readers: Vec<Reader> = (0..workers.n_threads()).map(|_| Reader::default()).collect();
    let found = workers.map_with(&mut readers, chunks, |reader, chunk: &[&[(u32, u32, Side)]]| {
        let mut found = Vec::new();
        for requests in chunk {
            workers.signal().check()?;
            let document = requests[0].0 as usize;
            let places = unit_places(reader, documents.text(document), left_out.of(document));
            for &(_, number, side) in *requests {
                let (start, end) = side.of(spans[number as usize].1);
                found.push((number, side, places[start as usize].0, places[end as usize - 1].1));
            }
        }
        Ok(found)
    })?;
    let mut result: Vec<CharSpan> =
        spans.iter().map(|&(pair, span)| unplaced(units, pair, pairs[pair as usize], span)).collect();
    for (number, side, start, end) in found.into_iter().flatten() {
        let span = &mut result[number as usize];
        match side {
            Side::A => (span.char_start_a, span.char_end_a) = (start, end),
            Side::B => (span.char_start_b, span.char_end_b) = (start, end),
        }
    }
    Ok(result)
}

fn unplaced(units: &Units, pair: u32, (a, b): (u32, u32), span: Span) -> CharSpan {
    let quoted =
        |document: u32, (start, end): (u32, u32)| units.n_quoted(document as usize, start as usize..end as usize);
    CharSpan {
        pair,
        equal: span.equal,
        length: (span.end_a - span.start_a).max(span.end_b - span.start_b),
        quoted_a: quoted(a, Side::A.of(span)),
        quoted_b: quoted(b, Side::B.of(span)),
        ..CharSpan::default()
    }
}

/// Start and end of each unit of a text, in code points.
fn unit_places(reader: &mut Reader, text: &str, left_out: &[std::ops::Range<usize>]) -> Vec<(u64, u64)> {
    let mut places = Vec::new();
    let (mut byte, mut chars) = (0, 0);
    reader.read(text, left_out, |unit| {
        // Units of unspaced scripts overlap, so that one may start before the last one ends, but never before it starts.
        chars += n_chars(&text[byte..unit.byte_start]);
        byte = unit.byte_start;
        places.push((chars, chars + n_chars(&text[unit.byte_start..unit.byte_end])));
    });
    places
}

fn n_chars(text: &str) -> u64 {
    text.chars().count() as u64
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    A,
    B,
}

impl Side {
    fn of(self, span: Span) -> (u32, u32) {
        match self {
            Self::A => (span.start_a, span.end_a),
            Self::B => (span.start_b, span.end_b),
        }
    }
}
