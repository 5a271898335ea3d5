//! The units of all documents as integers, read once and compared many times.
//!
//! A unit is known by 31 bits of the xxh3 hash of its folded bytes (seed 0), and by whether it is of a script without spaces.
//! The hash depends on the bytes alone, so documents read at different times or on different machines can be compared.

use std::ops::Range;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::corpus::documents::Documents;
use crate::corpus::spans::Spans;
use crate::dedup::canonical::Reader;
use crate::error::Result;
use crate::parallel::{Workers, ranges_by_weight};

/// Text of one piece of work, in bytes.
const CHUNK_BYTES: u64 = 1 << 20;

/// About as many bytes as a unit has, spaces included.
const BYTES_PER_UNIT: usize = 6;

/// A longer stretch between quotation marks is one that was never closed.
const LONGEST_QUOTATION: usize = 500;

/// About so many words as a number of units is: three for five pairs of characters of scripts without spaces.
pub fn n_words(units: &[u32]) -> u32 {
    let unspaced = units.iter().filter(|&&unit| unit & 1 == 1).count();
    (units.len() - unspaced + (3 * unspaced).div_ceil(5)) as u32
}

/// Whether some units are fewer than so many words.
pub fn fewer_words(units: &[u32], than: u32) -> bool {
    // A unit is three fifths of a word at least.
    units.len() < 2 * than as usize && n_words(units) < than
}

/// What documents are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    /// Hash of each unit, all documents one after the other; odd if it is of a script without spaces.
    pub ids: Vec<u32>,
    /// Where each document starts in `ids`; one entry more than documents.
    pub offsets: Vec<u64>,
    /// Positions within each document that stand between quotation marks.
    pub quoted: Spans,
    /// xxh3-128 of the bytes of each text.
    pub raw_hashes: Vec<u128>,
    /// xxh3-128 of the folded text of each document; units may be the same where it differs in their borders.
    pub folded_hashes: Vec<u128>,
    /// xxh3-128 of the folded text of each document with what was left out.
    pub whole_hashes: Vec<u128>,
}

impl Default for Units {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            offsets: vec![0],
            quoted: Spans::default(),
            raw_hashes: Vec::new(),
            folded_hashes: Vec::new(),
            whole_hashes: Vec::new(),
        }
    }
}

impl Units {
    /// Reads documents outside the byte ranges left out.
    ///
    /// # Errors
    /// Cancelled by the caller.
    ///
    /// # Panics
    /// If `left_out` is of another number of documents.
    pub fn read(documents: &Documents, left_out: &Spans, workers: &Workers) -> Result<Self> {
        assert_eq!(documents.len(), left_out.n_docs(), "ranges of each document");
        let weight = |doc: usize| documents.text(doc).len() as u64 + 1;
        let chunks = ranges_by_weight(documents.len(), weight, CHUNK_BYTES);
        workers.signal().begin((0..documents.len()).map(weight).sum());
        let mut readers: Vec<Reader> = (0..workers.n_threads()).map(|_| Reader::default()).collect();
        let parts = workers.map_with(&mut readers, chunks, |reader, docs| {
            let mut part = Self::default();
            part.ids.reserve(docs.clone().map(weight).sum::<u64>() as usize / BYTES_PER_UNIT);
            for doc in docs {
                part.push(reader, documents.text(doc), left_out.of(doc));
                workers.signal().check()?;
                workers.signal().advance(weight(doc));
            }
            Ok(part)
        })?;
        let mut all = Self::default();
        all.ids.reserve_exact(parts.iter().map(|part| part.ids.len()).sum());
        parts.iter().for_each(|part| all.append(part));
        Ok(all)
    }

    fn push(&mut self, reader: &mut Reader, text: &str, left_out: &[Range<usize>]) {
        let start = self.ids.len();
        let ids = &mut self.ids;
        let mut quoted: Vec<Range<usize>> = Vec::new();
        let folded = reader.read(text, left_out, |unit| {
            if unit.quoted {
                let position = ids.len() - start;
                match quoted.last_mut() {
                    Some(last) if last.end == position => last.end += 1,
                    _ => quoted.push(position..position + 1),
                }
            }
            ids.push((xxh3_64(unit.folded) as u32 & !1) | u32::from(unit.unspaced));
        });
        quoted.retain(|range| range.len() <= LONGEST_QUOTATION);
        let hash = xxh3_128(folded);
        self.folded_hashes.push(hash);
        self.whole_hashes.push(if left_out.is_empty() { hash } else { xxh3_128(reader.read(text, &[], |_| ())) });
        self.raw_hashes.push(xxh3_128(text.as_bytes()));
        self.quoted.push(quoted);
        self.offsets.push(self.ids.len() as u64);
    }

    /// Adds the documents of others behind these.
    fn append(&mut self, others: &Self) {
        let base = self.ids.len() as u64;
        self.ids.extend_from_slice(&others.ids);
        self.offsets.extend(others.offsets[1..].iter().map(|offset| offset + base));
        (0..others.n_docs()).for_each(|doc| self.quoted.push(others.quoted.of(doc).to_vec()));
        self.raw_hashes.extend_from_slice(&others.raw_hashes);
        self.folded_hashes.extend_from_slice(&others.folded_hashes);
        self.whole_hashes.extend_from_slice(&others.whole_hashes);
    }

    /// Documents of which those that are known come from `known`, by their number, and the others from `read`, in order.
    pub fn merge(known: &Self, read: &Self, n_docs: usize, is_known: impl Fn(usize) -> bool) -> Self {
        let mut all = Self::default();
        all.ids.reserve_exact(known.ids.len() + read.ids.len());
        let mut next = 0;
        for doc in 0..n_docs {
            let (from, number) = if is_known(doc) {
                (known, doc)
            } else {
                next += 1;
                (read, next - 1)
            };
            all.ids.extend_from_slice(from.of(number));
            all.offsets.push(all.ids.len() as u64);
            all.quoted.push(from.quoted.of(number).to_vec());
            all.raw_hashes.push(from.raw_hashes[number]);
            all.folded_hashes.push(from.folded_hashes[number]);
            all.whole_hashes.push(from.whole_hashes[number]);
        }
        all
    }

    /// Number of documents.
    pub fn n_docs(&self) -> usize {
        self.offsets.len() - 1
    }

    /// How many of these positions of a document stand between quotation marks.
    ///
    /// # Panics
    /// If there is no such document.
    pub fn n_quoted(&self, doc: usize, positions: Range<usize>) -> u32 {
        let quoted = self.quoted.of(doc);
        let first = quoted.partition_point(|range| range.end <= positions.start);
        let inside = quoted[first..].iter().take_while(|range| range.start < positions.end);
        inside.map(|range| (range.end.min(positions.end) - range.start.max(positions.start)) as u32).sum()
    }

    /// The units of a document.
    ///
    /// # Panics
    /// If there is no such document.
    pub fn of(&self, doc: usize) -> &[u32] {
        &self.ids[self.offsets[doc] as usize..self.offsets[doc + 1] as usize]
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of ranges are what is tested")]
mod tests {
    use super::*;

    #[test]
    fn documents_are_read_one_by_one_or_together() {
        let texts = ["Peace talks “resume at last” today", "", "PEACE TALKS: resume!"];
        let documents = Documents::from_texts(texts.map(Some)).unwrap();
        let all = Units::read(&documents, &Spans::none(3), &Workers::serial()).unwrap();
        assert_eq!((all.of(0).len(), all.of(1).len(), all.of(2).len()), (6, 0, 3));
        assert_eq!(all.of(2), &all.of(0)[..3]);
        assert_eq!(all.quoted.of(0), [2..5]);
        let read = |docs: &[u32]| {
            let some = documents.take(docs).unwrap();
            Units::read(&some, &Spans::none(docs.len()), &Workers::serial()).unwrap()
        };
        assert_eq!(Units::merge(&read(&[0, 0]), &read(&[1, 2]), 3, |doc| doc == 0), all);
    }
}
