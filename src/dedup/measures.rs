//! The integers behind each pair of documents, seen from its first document.

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

/// Measures of pairs. Documents of one body share all they have.
pub fn measures(search: &Search, pairs: &[Pair]) -> Measures {
    let mut found = Measures::default();
    let mut triples = Triples::default();
    let mut sizes: Vec<Option<u32>> = vec![None; search.bodies.len()];
    for pair in pairs {
        let body = search.bodies.of_document[pair.a as usize];
        let (shared, size_a, size_b, longest) = if pair.edge == SAME_BODY {
            let units = search.units.of(pair.a as usize);
            let size = *sizes[body as usize].get_or_insert_with(|| triples.fill(units));
            (size, size, size, n_words(units))
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
