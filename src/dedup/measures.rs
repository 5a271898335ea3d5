//! The integers behind each pair of documents, seen from its first document.
//!
//! What the search did not need to count, the overlap of texts that share no more than a passage, is counted here.

use crate::dedup::align::Aligner;
use crate::dedup::compare::Overlap;
use crate::dedup::pairs::{Pair, SAME_BODY};
use crate::dedup::search::Search;
use crate::dedup::triples::Triples;
use crate::dedup::units::{Units, n_words};
use crate::error::Result;
use crate::parallel::Workers;

/// Pairs, edges or bodies of one piece of work.
const CHUNK: usize = 256;

/// The overlap of each pair, and the words of its longest run.
///
/// # Errors
/// Cancelled by the caller.
pub fn measures(search: &Search, pairs: &[Pair], workers: &Workers) -> Result<Vec<(Overlap, u32)>> {
    let overlaps = overlaps_of_edges(search, pairs, workers)?;
    let mut prints: Vec<Prints> = (0..workers.n_threads()).map(|_| Prints::default()).collect();
    let parts = workers.map_with(&mut prints, pairs.chunks(CHUNK).collect(), |prints, chunk: &[Pair]| {
        workers.signal().check()?;
        Ok(chunk.iter().map(|pair| measure(search, pair, &overlaps, prints)).collect::<Vec<_>>())
    })?;
    Ok(parts.concat())
}

/// The text whose prints one thread compared last: a document that holds it, its triples and its words.
#[derive(Default)]
struct Prints {
    triples: Triples,
    of: Option<(u32, u32, u32)>,
}

impl Prints {
    /// Number of different triples and of words of a document.
    fn measures(&mut self, document: u32, units: &[u32]) -> (u32, u32) {
        match self.of {
            Some((known, size, words)) if known == document => (size, words),
            _ => {
                let (size, words) = (self.triples.fill(units), n_words(units));
                self.of = Some((document, size, words));
                (size, words)
            }
        }
    }
}

fn measure(search: &Search, pair: &Pair, overlaps: &[Overlap], prints: &mut Prints) -> (Overlap, u32) {
    let body = |document: u32| search.bodies.of_document[document as usize];
    if pair.edge == SAME_BODY {
        let (a, b) = (pair.a as usize, pair.b as usize);
        let in_a = search.units.of(a);
        // Prints of one text may be cut differently: `1,000` and `1000`.
        if in_a != search.units.of(b) {
            return measure_two(&search.units, a, b);
        }
        let (size, words) = prints.measures(pair.a, in_a);
        return (Overlap { shared: size, size_a: size, size_b: size }, words);
    }
    let edge = &search.edges[pair.edge as usize];
    let overlap = overlaps[pair.edge as usize];
    (if body(pair.a) == edge.a { overlap } else { overlap.reversed() }, edge.longest)
}

/// The overlap of every edge of these pairs, by its number; none of others.
///
/// The triples of the longer text are held while those of the shorter ones are looked up: few texts are long, and many share a
/// passage with these.
fn overlaps_of_edges(search: &Search, pairs: &[Pair], workers: &Workers) -> Result<Vec<Overlap>> {
    let mut overlaps: Vec<Option<Overlap>> = search.edges.iter().map(|edge| edge.overlap).collect();
    let mut uncounted: Vec<u32> = pairs.iter().map(|pair| pair.edge).filter(|&edge| edge != SAME_BODY).collect();
    uncounted.retain(|&edge| overlaps[edge as usize].is_none());
    let length = |body: u32| text(search, body).len();
    let longer_first = |edge: u32| {
        let edge = &search.edges[edge as usize];
        if length(edge.a) >= length(edge.b) { (edge.a, edge.b) } else { (edge.b, edge.a) }
    };
    uncounted.sort_unstable_by_key(|&edge| (longer_first(edge), edge));
    uncounted.dedup();
    let sizes = sizes(search, uncounted.iter().map(|&edge| longer_first(edge).1).collect(), workers)?;
    workers.signal().begin(uncounted.len() as u64);
    let mut sets: Vec<Triples> = (0..workers.n_threads()).map(|_| Triples::default()).collect();
    let parts = workers.map_with(&mut sets, uncounted.chunks(CHUNK).collect(), |triples, chunk: &[u32]| {
        let mut counted = Vec::with_capacity(chunk.len());
        for group in chunk.chunk_by(|&one, &other| longer_first(one).0 == longer_first(other).0) {
            let size = triples.fill(text(search, longer_first(group[0]).0));
            for &edge in group {
                let (longer, shorter) = longer_first(edge);
                let shared = triples.shared(text(search, shorter));
                let overlap = Overlap { shared, size_a: size, size_b: sizes[shorter as usize] };
                counted.push(if search.edges[edge as usize].a == longer { overlap } else { overlap.reversed() });
            }
            workers.signal().check()?;
        }
        workers.signal().advance(chunk.len() as u64);
        Ok(counted)
    })?;
    let counted = uncounted.into_iter().zip(parts.into_iter().flatten());
    counted.for_each(|(edge, overlap)| overlaps[edge as usize] = Some(overlap));
    Ok(overlaps.into_iter().map(Option::unwrap_or_default).collect())
}

/// Number of different triples of these bodies, by body; 0 of others.
fn sizes(search: &Search, mut bodies: Vec<u32>, workers: &Workers) -> Result<Vec<u32>> {
    bodies.sort_unstable();
    bodies.dedup();
    let mut sets: Vec<Triples> = (0..workers.n_threads()).map(|_| Triples::default()).collect();
    let parts = workers.map_with(&mut sets, bodies.chunks(CHUNK).collect(), |triples, chunk: &[u32]| {
        workers.signal().check()?;
        Ok(chunk.iter().map(|&body| triples.fill(text(search, body))).collect::<Vec<_>>())
    })?;
    let mut sizes = vec![0; search.bodies.len()];
    bodies.into_iter().zip(parts.into_iter().flatten()).for_each(|(body, size)| sizes[body as usize] = size);
    Ok(sizes)
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

fn text(search: &Search, body: u32) -> &[u32] {
    search.units.of(search.bodies.representative(body as usize))
}
