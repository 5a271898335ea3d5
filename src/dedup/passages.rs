//! The passages of pairs, counted anew for a longer kind of passage than that of the search.

use crate::dedup::align::Aligner;
use crate::dedup::bodies::Bodies;
use crate::dedup::compare::Edge;
use crate::dedup::relation::{Relation, Thresholds};
use crate::dedup::runs::Run;
use crate::dedup::units::Units;

/// Edges with the passages that these thresholds ask for, where it matters which of them are quoted: in pairs that share no
/// more than passages, of which one has a quotation. Their runs are taken from the texts once more.
pub fn recounted(units: &Units, bodies: &Bodies, edges: &[Edge], thresholds: &Thresholds) -> Vec<Edge> {
    let Some(passage) = thresholds.passage else { return edges.to_vec() };
    let mut aligner = Aligner::default();
    let mut filled = None;
    let mut recount = |edge: &Edge| {
        let rests_on_passages = matches!(thresholds.relation(edge), Some(Relation::Quotes | Relation::SharedPassage));
        if !rests_on_passages || edge.quoted_a.max(edge.quoted_b) == 0 {
            return *edge;
        }
        let (a, b) = (bodies.representative(edge.a as usize), bodies.representative(edge.b as usize));
        if filled.replace(a) != Some(a) {
            aligner.fill(units.of(a));
        }
        with_passages(edge, &aligner.passages(units.of(b), passage), units, a, b)
    };
    edges.iter().map(&mut recount).collect()
}

/// An edge with these passages of the documents that stand for its bodies.
pub(super) fn with_passages(edge: &Edge, passages: &[Run], units: &Units, a: usize, b: usize) -> Edge {
    let quoted = |document, start: u32, len: u32| units.n_quoted(document, start as usize..(start + len) as usize);
    Edge {
        passages: passages.iter().map(|run| run.len).sum(),
        quoted_a: passages.iter().map(|run| quoted(a, run.start_a, run.len)).sum(),
        quoted_b: passages.iter().map(|run| quoted(b, run.start_b, run.len)).sum(),
        ..*edge
    }
}
