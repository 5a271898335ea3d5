//! The integers behind each pair of documents, seen from its first document.

use crate::dedup::align::Aligner;
use crate::dedup::pairs::{Pair, SAME_BODY};
use crate::dedup::search::Search;
use crate::dedup::triples::Triples;
use crate::dedup::units::n_words;

/// Columns, one entry for each pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Different triples of both documents.
    pub shared: Vec<u32>,
    /// Different triples of the first document.
    pub size_a: Vec<u32>,
    /// Different triples of the second document.
    pub size_b: Vec<u32>,
    /// Words of the longest run.
    pub longest: Vec<u32>,
}

/// Measures of pairs. Those of two bodies are the measures of their representatives; documents of one body share all they
/// have, unless they are cut differently.
pub fn measures(search: &Search, pairs: &[Pair]) -> Measures {
    let mut found = Measures::default();
    let mut within = Within { search, sizes: vec![None; search.bodies.len()], triples: Triples::default() };
    for pair in pairs {
        let body = search.bodies.of_document[pair.a as usize];
        let (shared, size_a, size_b, longest) = if pair.edge == SAME_BODY {
            within.measure(body, pair)
        } else {
            let edge = &search.edges[pair.edge as usize];
            let (size_a, size_b) = if body == edge.a { (edge.size_a, edge.size_b) } else { (edge.size_b, edge.size_a) };
            (edge.shared, size_a, size_b, edge.longest)
        };
        found.shared.push(shared);
        found.size_a.push(size_a);
        found.size_b.push(size_b);
        found.longest.push(longest);
    }
    found
}

/// Measures documents of one body.
struct Within<'s> {
    search: &'s Search,
    /// Triples of the representative, by body.
    sizes: Vec<Option<u32>>,
    triples: Triples,
}

impl Within<'_> {
    fn measure(&mut self, body: u32, pair: &Pair) -> (u32, u32, u32, u32) {
        let units = |document: usize| self.search.units.of(document);
        let (of_body, in_a, in_b) =
            (units(self.search.bodies.representative(body as usize)), units(pair.a as usize), units(pair.b as usize));
        if in_a == of_body && in_b == of_body {
            let size = *self.sizes[body as usize].get_or_insert_with(|| self.triples.fill(of_body));
            return (size, size, size, n_words(of_body));
        }
        if in_a == in_b {
            let size = self.triples.fill(in_a);
            return (size, size, size, n_words(in_a));
        }
        let size_b = self.triples.fill(in_b);
        let size_a = self.triples.fill(in_a);
        let mut aligner = Aligner::default();
        aligner.fill(in_a);
        (self.triples.shared(in_b), size_a, size_b, aligner.longest(in_b))
    }
}
