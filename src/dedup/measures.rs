//! The integers behind each pair of documents, seen from its first document.
//!
//! What the search did not need to count, the overlap of texts that share no more than a passage, is counted here.

use std::collections::HashMap;

use crate::dedup::align::Aligner;
use crate::dedup::compare::Overlap;
use crate::dedup::pairs::{Pair, SAME_BODY};
use crate::dedup::search::Search;
use crate::dedup::triples::Triples;
use crate::dedup::units::{Units, n_words};
use crate::error::Result;
use crate::parallel::Workers;

/// Pairs of one piece of work.
const CHUNK: usize = 512;

/// The overlap of each pair, and the words of its longest run.
///
/// # Errors
/// Cancelled by the caller.
pub fn measures(search: &Search, pairs: &[Pair], workers: &Workers) -> Result<Vec<(Overlap, u32)>> {
    workers.signal().begin(pairs.len() as u64);
    let mut measurers: Vec<Measurer> = (0..workers.n_threads()).map(|_| Measurer::default()).collect();
    let chunks = pairs.chunks(CHUNK).collect();
    let parts = workers.map_with(&mut measurers, chunks, |measurer, chunk: &[Pair]| {
        let measured: Vec<(Overlap, u32)> = chunk.iter().map(|pair| measurer.measure(search, pair)).collect();
        workers.signal().advance(chunk.len() as u64);
        Ok(measured)
    })?;
    Ok(parts.concat())
}

/// The same of any two documents, related or not.
///
/// # Panics
/// If there is no such document.
pub fn measure_two(units: &Units, a: usize, b: usize) -> (Overlap, u32) {
    let (mut first, mut second) = (Triples::default(), Triples::default());
    let (size_a, size_b) = (first.fill(units.of(a)), second.fill(units.of(b)));
    let mut aligner = Aligner::default();
    aligner.fill(units.of(a));
    (Overlap { shared: first.shared(units.of(b)), size_a, size_b }, aligner.longest_run(units.of(b)))
}

/// One thread's sets.
#[derive(Default)]
struct Measurer {
    first: Triples,
    /// Body whose triples are in `first`.
    filled: Option<u32>,
    scratch: Triples,
    sizes: HashMap<u32, u32>,
}

impl Measurer {
    fn measure(&mut self, search: &Search, pair: &Pair) -> (Overlap, u32) {
        let body = |document: u32| search.bodies.of_document[document as usize];
        if pair.edge == SAME_BODY {
            let size = self.size(search, body(pair.a));
            return (Overlap { shared: size, size_a: size, size_b: size }, n_words(search.units.of(pair.a as usize)));
        }
        let edge = &search.edges[pair.edge as usize];
        let overlap = edge.overlap.unwrap_or_else(|| self.overlap(search, edge.a, edge.b));
        (if body(pair.a) == edge.a { overlap } else { overlap.reversed() }, edge.longest)
    }

    fn overlap(&mut self, search: &Search, a: u32, b: u32) -> Overlap {
        let (size_a, size_b) = (self.size(search, a), self.size(search, b));
        if self.filled != Some(a) {
            self.first.fill(text(search, a));
            self.filled = Some(a);
        }
        Overlap { shared: self.first.shared(text(search, b)), size_a, size_b }
    }

    fn size(&mut self, search: &Search, body: u32) -> u32 {
        let scratch = &mut self.scratch;
        *self.sizes.entry(body).or_insert_with(|| scratch.fill(text(search, body)))
    }
}

fn text(search: &Search, body: u32) -> &[u32] {
    search.units.of(search.bodies.members(body as usize)[0] as usize)
}
