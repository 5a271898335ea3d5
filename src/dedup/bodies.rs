//! Documents of one text: groups of the same bytes, and of the same folded text.
//!
//! A **body** is a folded text with all documents that hold it. Later steps compare bodies, so that a text printed a
//! hundred thousand times costs as much as one printed once. Hashes bring documents together; that they are equal is
//! confirmed on the bytes of each member. What is left out of documents is no part of their folded text here; documents that
//! are the same with it, but were cut differently, are of several bodies and related by [`crate::dedup::reprints`].

use std::collections::HashMap;

use foldhash::fast::FixedState;
use xxhash_rust::xxh3::xxh3_128;

use crate::corpus::documents::Documents;
use crate::corpus::spans::Spans;
use crate::dedup::canonical::Reader;
use crate::dedup::units::Units;
use crate::error::Result;
use crate::parallel::Signal;

/// Documents by body, and by exact text within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bodies {
    /// Body of each document; bodies are numbered in the order of their first document.
    pub of_document: Vec<u32>,
    /// First document with the same bytes, for each document; itself if it is the first.
    pub exact: Vec<u32>,
    /// First document with the same folded text, what was left out of it included, or with the same bytes.
    pub whole: Vec<u32>,
    /// Documents by body, ascending within each.
    members: Vec<u32>,
    /// Where the members of each body start; one entry more than bodies.
    starts: Vec<usize>,
    /// The document that stands for each body.
    representatives: Vec<u32>,
}

impl Bodies {
    /// Groups documents by their text outside the byte ranges left out. Documents without letters or digits share a body
    /// only if their bytes are the same, and none if they are empty.
    ///
    /// # Errors
    /// Cancelled by the caller.
    pub fn group(documents: &Documents, left_out: &Spans, units: &Units, signal: &Signal) -> Result<Self> {
        let n = units.n_docs();
        let same_bytes =
            |a: usize, b: usize| !documents.text(a).trim().is_empty() && documents.text(a) == documents.text(b);
        let exact = first_equal(n, |doc| units.raw_hashes[doc], signal, same_bytes)?;
        let folded = same_folded(documents, left_out, &units.folded_hashes, &exact, signal)?;
        let whole = same_folded(documents, &Spans::none(n), &units.whole_hashes, &exact, signal)?;
        let mut numbers = vec![u32::MAX; n];
        let mut of_document = Vec::with_capacity(n);
        let mut n_bodies = 0;
        for &first in &folded {
            if numbers[first as usize] == u32::MAX {
                numbers[first as usize] = n_bodies;
                n_bodies += 1;
            }
            of_document.push(numbers[first as usize]);
        }
        let (members, starts) = by_group(&of_document, n_bodies as usize);
        let mut bodies = Self { of_document, exact, whole, members, starts, representatives: Vec::new() };
        bodies.representatives = (0..bodies.len()).map(|body| bodies.elect(body, units)).collect();
        Ok(bodies)
    }

    /// The member with the most units, of these the one whose units, then whose bytes come first by their hashes: members
    /// may be cut differently (`1,000` and `1000`) and differ in their quotation marks, and which one is compared must not
    /// depend on the order of documents.
    fn elect(&self, body: usize, units: &Units) -> u32 {
        let order = |&a: &u32, &b: &u32| {
            let (a, b) = (a as usize, b as usize);
            let (in_a, in_b) = (units.of(a), units.of(b));
            let by_units = in_b.len().cmp(&in_a.len()).then_with(|| in_a.cmp(in_b));
            by_units.then_with(|| units.raw_hashes[a].cmp(&units.raw_hashes[b]))
        };
        self.members(body).iter().copied().min_by(order).unwrap_or_default()
    }

    /// Number of bodies.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The document whose units are compared with those of other bodies.
    ///
    /// # Panics
    /// If there is no such body.
    pub fn representative(&self, body: usize) -> usize {
        self.representatives[body] as usize
    }

    /// The documents of a body, ascending.
    ///
    /// # Panics
    /// If there is no such body.
    pub fn members(&self, body: usize) -> &[u32] {
        &self.members[self.starts[body]..self.starts[body + 1]]
    }
}

/// For each document the first one of the same folded text outside the byte ranges left out. Texts of signs alone have no
/// folded text, but may have the same bytes.
fn same_folded(
    documents: &Documents,
    left_out: &Spans,
    hashes: &[u128],
    exact: &[u32],
    signal: &Signal,
) -> Result<Vec<u32>> {
    let mut reader = Reader::default();
    let mut known: (usize, Vec<u8>) = (usize::MAX, Vec::new());
    let equal = |a: usize, b: usize| {
        if exact[a] == exact[b] {
            return true;
        }
        if known.0 != a {
            known = (a, reader.read(documents.text(a), left_out.of(a), |_| ()).to_vec());
        }
        !known.1.is_empty() && reader.read(documents.text(b), left_out.of(b), |_| ()) == known.1
    };
    let mut first = first_equal(hashes.len(), |doc| hashes[doc], signal, equal)?;
    let nothing = xxh3_128(&[]);
    let mut of_signs: HashMap<u32, u32, FixedState> = HashMap::default();
    for doc in (0..hashes.len()).filter(|&doc| hashes[doc] == nothing) {
        first[doc] = *of_signs.entry(exact[doc]).or_insert(doc as u32);
    }
    Ok(first)
}

/// For each item the first one that is equal to it: same hash, confirmed against the first item with that hash.
fn first_equal(
    n: usize,
    hash: impl Fn(usize) -> u128,
    signal: &Signal,
    mut equal: impl FnMut(usize, usize) -> bool,
) -> Result<Vec<u32>> {
    let mut order: Vec<u32> = (0..n as u32).collect();
    order.sort_unstable_by_key(|&item| (hash(item as usize), item));
    let mut first: Vec<u32> = (0..n as u32).collect();
    for group in order.chunk_by(|&a, &b| hash(a as usize) == hash(b as usize)) {
        for &item in &group[1..] {
            signal.check()?;
            if equal(group[0] as usize, item as usize) {
                first[item as usize] = group[0];
            }
        }
    }
    Ok(first)
}

/// Items by group, ascending within each, and where each group starts.
fn by_group(groups: &[u32], n_groups: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; n_groups + 1];
    groups.iter().for_each(|&group| starts[group as usize + 1] += 1);
    (0..n_groups).for_each(|group| starts[group + 1] += starts[group]);
    let mut next = starts.clone();
    let mut members = vec![0; groups.len()];
    for (item, &group) in groups.iter().enumerate() {
        members[next[group as usize]] = item as u32;
        next[group as usize] += 1;
    }
    (members, starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Workers;

    #[test]
    fn documents_of_one_text_are_one_body() {
        let texts =
            ["Peace talks.", "", "PEACE talks", "War", "Peace talks.", "", "…", "…", "1,000 peace", "1000 Peace"];
        let documents = Documents::from_texts(texts.map(Some)).unwrap();
        let left_out = Spans::none(documents.len());
        let units = Units::read(&documents, &left_out, &Workers::serial()).unwrap();
        let bodies = Bodies::group(&documents, &left_out, &units, &Signal::default()).unwrap();
        assert_eq!(bodies.of_document, [0, 1, 0, 2, 0, 3, 4, 4, 5, 5]);
        assert_eq!(bodies.exact, [0, 1, 2, 3, 0, 5, 6, 6, 8, 9]);
        assert_eq!(bodies.whole, [0, 1, 0, 3, 0, 5, 6, 6, 8, 8]);
        assert_eq!((bodies.len(), bodies.members(0), bodies.members(1)), (6, &[0, 2, 4][..], &[1][..]));
        assert_eq!((bodies.representative(0), bodies.representative(5)), (2, 8));
    }
}
