//! Documents of one text that differ in what was left out of them: other line breaks may change what is taken for furniture,
//! and the pages of one site hold another's paragraphs as their own.
//!
//! Their bodies are compared, whether or not the search has met them, so that the pair has counts like any other; what
//! they are to each other is told by their whole texts. A text cut in more ways than there are [`ANCHORS`] links each of its
//! bodies with those whose folded texts have the smallest hashes.

use crate::dedup::align::Aligner;
use crate::dedup::bodies::Bodies;
use crate::dedup::compare::{Edge, Overlap};
use crate::dedup::crowds::ANCHORS;
use crate::dedup::passages::with_passages;
use crate::dedup::triples::Triples;
use crate::dedup::units::Units;

/// Pairs of bodies that hold documents of one whole text, ascending.
pub fn links(units: &Units, bodies: &Bodies) -> Vec<(u32, u32)> {
    let mut classes: Vec<(u32, u32)> = bodies.whole.iter().copied().zip(bodies.of_document.iter().copied()).collect();
    classes.sort_unstable();
    classes.dedup();
    let key = |body: u32| (units.folded_hashes[bodies.representative(body as usize)], body);
    let mut links = Vec::new();
    for class in classes.chunk_by(|one, other| one.0 == other.0).filter(|class| class.len() > 1) {
        let mut of_class: Vec<u32> = class.iter().map(|&(_, body)| body).collect();
        of_class.sort_unstable_by_key(|&body| key(body));
        for (place, &anchor) in of_class.iter().take(ANCHORS).enumerate() {
            links.extend(of_class[place + 1..].iter().map(|&body| (anchor.min(body), anchor.max(body))));
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// Adds linked pairs of bodies to the edges found, both ascending.
pub fn with_links(
    units: &Units,
    bodies: &Bodies,
    mut edges: Vec<Edge>,
    links: &[(u32, u32)],
    passage: Option<u32>,
) -> Vec<Edge> {
    let mut comparison = Comparison::default();
    let known = |link: &&(u32, u32)| edges.binary_search_by_key(*link, |edge| (edge.a, edge.b)).is_err();
    let missing: Vec<(u32, u32)> = links.iter().filter(known).copied().collect();
    edges.extend(missing.into_iter().map(|link| comparison.edge(units, bodies, link, passage)));
    edges.sort_unstable_by_key(|edge| (edge.a, edge.b));
    edges
}

/// Memory for comparisons.
#[derive(Default)]
struct Comparison {
    sets: (Triples, Triples),
    aligner: Aligner,
}

impl Comparison {
    fn edge(&mut self, units: &Units, bodies: &Bodies, (a, b): (u32, u32), passage: Option<u32>) -> Edge {
        let (doc_a, doc_b) = (bodies.representative(a as usize), bodies.representative(b as usize));
        let (in_a, in_b) = (units.of(doc_a), units.of(doc_b));
        let (size_a, size_b) = (self.sets.0.fill(in_a), self.sets.1.fill(in_b));
        let overlap = Some(Overlap { shared: self.sets.0.shared(in_b), size_a, size_b });
        self.aligner.fill(in_a);
        let longest = self.aligner.longest_run(in_b);
        let edge = Edge { a, b, overlap, longest, passages: 0, quoted_a: 0, quoted_b: 0 };
        passage.map_or(edge, |passage| with_passages(&edge, &self.aligner.passages(in_b, passage), units, doc_a, doc_b))
    }
}
