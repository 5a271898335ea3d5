//! Clusters: documents of one text, each verified against the anchor of its cluster.
//!
//! Pairs that are exact, of the same text or near join documents into components. Components are no clusters yet: a chain of near
//! pairs may lead from one text to quite another. So within each component the longest document becomes an anchor and takes
//! all documents whose Jaccard similarity to it reaches the cohesion; of those left over the longest becomes the next anchor,
//! until none is left. Every member has thus been compared with its anchor itself; pairs that the search did not list are
//! compared here, for the first [`COMPARED`] anchors of a component. Ties go to the smaller hash of the
//! folded text, then to the earlier row, so that the order of documents does not matter.

use std::cmp::Reverse;

use crate::dedup::bodies::Bodies;
use crate::dedup::compare::Edge;
use crate::dedup::pairs::Pair;
use crate::dedup::relation::Relation;
use crate::dedup::triples::Triples;
use crate::dedup::units::Units;

/// Anchors of a component that all others are compared with, listed or not: a bound for components that do not cohere.
const COMPARED: usize = 32;

/// A document that is in no cluster.
pub const NO_CLUSTER: u32 = u32::MAX;

/// Documents by cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clusters {
    /// Cluster of each document, [`NO_CLUSTER`] if it is alone; numbered in the order of their first document.
    pub of_document: Vec<u32>,
    /// The anchor of each cluster: a document.
    pub anchors: Vec<u32>,
    /// Jaccard similarity of each document to the anchor of its cluster; 1 if it is alone.
    pub similarity: Vec<f64>,
    /// Components that cohesion has split.
    pub n_split: usize,
}

/// What joins documents.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Joining {
    /// Whether revised texts join, too.
    pub join_revised: bool,
    /// Jaccard similarity to the anchor that every member has.
    pub cohesion: f64,
}

impl Clusters {
    /// Clusters of documents from pairs and the edges of their bodies.
    pub fn of(units: &Units, bodies: &Bodies, edges: &[Edge], pairs: &[Pair], joining: Joining) -> Self {
        let n = units.n_docs();
        let component = components(n, pairs, joining.join_revised);
        let neighbours = Neighbours::of(bodies.len(), edges, joining.cohesion);
        let mut order: Vec<u32> = (0..n as u32).collect();
        let length = |document: u32| units.of(document as usize).len();
        let hash = |document: u32| units.folded_hashes[document as usize];
        order.sort_unstable_by_key(|&document| {
            (component[document as usize], Reverse(length(document)), hash(document), document)
        });
        let mut found =
            Self { of_document: vec![NO_CLUSTER; n], anchors: Vec::new(), similarity: vec![1.0; n], n_split: 0 };
        let mut comparison = Comparison { units, bodies, cohesion: joining.cohesion, triples: Triples::default() };
        let mut to_anchor = vec![-1.0; bodies.len()];
        for members in order.chunk_by(|&a, &b| component[a as usize] == component[b as usize]) {
            if members.len() > 1 {
                found.split(members, &mut comparison, &neighbours, &mut to_anchor);
            }
        }
        found.renumber();
        found
    }

    /// Gives the members of a component, longest first, to anchors.
    fn split(
        &mut self,
        members: &[u32],
        comparison: &mut Comparison<'_>,
        neighbours: &Neighbours,
        to_anchor: &mut [f64],
    ) {
        let bodies = comparison.bodies;
        let body = |document: u32| bodies.of_document[document as usize];
        let mut by_body: Vec<(u32, u32)> = members.iter().map(|&document| (body(document), document)).collect();
        by_body.sort_unstable();
        let of_body = |wanted: u32| {
            let start = by_body.partition_point(|&(body, _)| body < wanted);
            let end = by_body.partition_point(|&(body, _)| body <= wanted);
            &by_body[start..end]
        };
        let mut n_anchors = 0;
        for &anchor in members {
            if to_anchor[body(anchor) as usize] >= 0.0 {
                continue;
            }
            let cluster = self.anchors.len() as u32;
            let mut size = 0;
            let mut alike = vec![(body(anchor), 1.0)];
            alike.extend(neighbours.of_body(body(anchor)));
            if n_anchors < COMPARED {
                let unlisted = |body: u32| to_anchor[body as usize] < 0.0 && !neighbours.lists(alike[0].0, body);
                let others: Vec<u32> =
                    distinct(&by_body).filter(|&body| body != alike[0].0 && unlisted(body)).collect();
                alike.extend(comparison.alike(alike[0].0, &others));
            }
            for (near, similarity) in alike {
                if to_anchor[near as usize] >= 0.0 {
                    continue;
                }
                for &(_, document) in of_body(near) {
                    to_anchor[near as usize] = similarity;
                    self.of_document[document as usize] = cluster;
                    self.similarity[document as usize] = similarity;
                    size += 1;
                }
            }
            n_anchors += 1;
            if size > 1 {
                self.anchors.push(anchor);
            } else {
                self.of_document[anchor as usize] = NO_CLUSTER;
            }
        }
        self.n_split += usize::from(n_anchors > 1);
        members.iter().for_each(|&document| to_anchor[body(document) as usize] = -1.0);
    }

    /// Numbers clusters in the order of their first document.
    fn renumber(&mut self) {
        let mut numbers = vec![NO_CLUSTER; self.anchors.len()];
        let mut anchors = Vec::with_capacity(self.anchors.len());
        for cluster in self.of_document.iter_mut().filter(|cluster| **cluster != NO_CLUSTER) {
            let number = &mut numbers[*cluster as usize];
            if *number == NO_CLUSTER {
                *number = anchors.len() as u32;
                anchors.push(self.anchors[*cluster as usize]);
            }
            *cluster = *number;
        }
        self.anchors = anchors;
    }
}

/// Bodies of a list sorted by body.
fn distinct(by_body: &[(u32, u32)]) -> impl Iterator<Item = u32> {
    by_body.chunk_by(|one, other| one.0 == other.0).map(|group| group[0].0)
}

/// Compares bodies whose similarity is not known.
struct Comparison<'b> {
    units: &'b Units,
    bodies: &'b Bodies,
    cohesion: f64,
    triples: Triples,
}

impl Comparison<'_> {
    fn text(&self, body: u32) -> &[u32] {
        self.units.of(self.bodies.members(body as usize)[0] as usize)
    }

    /// Those of other bodies that are alike enough, with their similarity.
    fn alike(&mut self, anchor: u32, others: &[u32]) -> Vec<(u32, f64)> {
        let mut sizes = Triples::default();
        let mut triples = std::mem::take(&mut self.triples);
        let size = if others.is_empty() { 0 } else { triples.fill(self.text(anchor)) };
        let similarity = |body: u32| {
            let shared = triples.shared(self.text(body));
            f64::from(shared) / f64::from((size + sizes.fill(self.text(body)) - shared).max(1))
        };
        let compared = others.iter().copied().zip(others.iter().copied().map(similarity).collect::<Vec<_>>());
        let alike = compared.filter(|&(_, similarity)| similarity >= self.cohesion).collect();
        self.triples = triples;
        alike
    }
}

/// Smallest document that each one is connected with.
fn components(n: usize, pairs: &[Pair], revised: bool) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..n as u32).collect();
    for pair in pairs {
        let joins = match pair.relation {
            Relation::Exact | Relation::SameText | Relation::Near => true,
            Relation::Revised => revised,
            _ => false,
        };
        if joins {
            let (a, b) = (root(&mut parent, pair.a), root(&mut parent, pair.b));
            parent[a.max(b) as usize] = a.min(b);
        }
    }
    (0..n as u32).map(|document| root(&mut parent, document)).collect()
}

fn root(parent: &mut [u32], mut document: u32) -> u32 {
    while parent[document as usize] != document {
        let above = parent[parent[document as usize] as usize];
        parent[document as usize] = above;
        document = above;
    }
    document
}

/// Bodies alike enough, by body.
struct Neighbours {
    starts: Vec<usize>,
    others: Vec<(u32, f64)>,
}

impl Neighbours {
    fn of(n_bodies: usize, edges: &[Edge], cohesion: f64) -> Self {
        let similarity = |edge: &Edge| edge.overlap.map_or(0.0, |overlap| overlap.jaccard());
        let alike = |edge: &&Edge| similarity(edge) >= cohesion;
        let mut starts = vec![0; n_bodies + 1];
        for edge in edges.iter().filter(alike) {
            starts[edge.a as usize + 1] += 1;
            starts[edge.b as usize + 1] += 1;
        }
        (0..n_bodies).for_each(|body| starts[body + 1] += starts[body]);
        let mut next = starts.clone();
        let mut others = vec![(0, 0.0); starts[n_bodies]];
        for edge in edges.iter().filter(alike) {
            for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
                others[next[from as usize]] = (to, similarity(edge));
                next[from as usize] += 1;
            }
        }
        Self { starts, others }
    }

    fn of_body(&self, body: u32) -> impl Iterator<Item = (u32, f64)> {
        self.others[self.starts[body as usize]..self.starts[body as usize + 1]].iter().copied()
    }

    fn lists(&self, body: u32, other: u32) -> bool {
        self.of_body(body).any(|(listed, _)| listed == other)
    }
}
