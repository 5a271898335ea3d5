//! Clusters: documents of one text, each verified against the anchor of its cluster.
//!
//! Pairs that are exact, of the same text or near join documents into components. Components are no clusters yet: a chain of near
//! pairs may lead from one text to quite another. So within each component the longest document becomes an anchor and takes
//! all documents whose Jaccard similarity to it reaches the cohesion; of those left over the longest becomes the next anchor,
//! until none is left. Every member has thus been compared with its anchor itself. Ties go to the smaller hash of the
//! folded text, then to the earlier row, so that the order of documents does not matter.

use std::cmp::Reverse;

use crate::dedup::bodies::Bodies;
use crate::dedup::compare::Edge;
use crate::dedup::pairs::Pair;
use crate::dedup::relation::Relation;
use crate::dedup::units::Units;

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
    pub revised: bool,
    /// Jaccard similarity to the anchor that every member has.
    pub cohesion: f64,
}

impl Clusters {
    /// Clusters of documents from pairs and the edges of their bodies.
    pub fn of(units: &Units, bodies: &Bodies, edges: &[Edge], pairs: &[Pair], joining: Joining) -> Self {
        let n = units.n_docs();
        let component = components(n, pairs, joining.revised);
        let neighbours = Neighbours::of(bodies.len(), edges, joining.cohesion);
        let mut order: Vec<u32> = (0..n as u32).collect();
        let length = |document: u32| units.of(document as usize).len();
        let hash = |document: u32| units.folded_hashes[document as usize];
        order.sort_unstable_by_key(|&document| {
            (component[document as usize], Reverse(length(document)), hash(document), document)
        });
        let mut found =
            Self { of_document: vec![NO_CLUSTER; n], anchors: Vec::new(), similarity: vec![1.0; n], n_split: 0 };
        let mut to_anchor = vec![-1.0; bodies.len()];
        for members in order.chunk_by(|&a, &b| component[a as usize] == component[b as usize]) {
            if members.len() > 1 {
                found.split(members, bodies, &neighbours, &mut to_anchor);
            }
        }
        found.renumber();
        found
    }

    /// Gives the members of a component, longest first, to anchors.
    fn split(&mut self, members: &[u32], bodies: &Bodies, neighbours: &Neighbours, to_anchor: &mut [f64]) {
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
            let own = std::iter::once((body(anchor), 1.0));
            for (near, similarity) in own.chain(neighbours.of_body(body(anchor))) {
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
        let alike = |edge: &&Edge| edge.jaccard() >= cohesion;
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
                others[next[from as usize]] = (to, edge.jaccard());
                next[from as usize] += 1;
            }
        }
        Self { starts, others }
    }

    fn of_body(&self, body: u32) -> impl Iterator<Item = (u32, f64)> {
        self.others[self.starts[body as usize]..self.starts[body as usize + 1]].iter().copied()
    }
}
