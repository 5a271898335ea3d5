//! From edges between bodies to pairs of documents.
//!
//! Every document of a body is related to every document of a related body. Where that would be more than
//! [`MOST_OF_TWO_BODIES`] pairs, each document is listed with its [`NEIGHBOURS`] nearest ones by date (then by row), and the
//! pairs left out are counted: a text printed a hundred thousand times has five thousand million pairs.

use crate::dedup::admission::{Admission, NO_DATE};
use crate::dedup::bodies::Bodies;
use crate::dedup::compare::Edge;
use crate::dedup::relation::{Relation, Thresholds};

/// Pairs of documents listed for two bodies, or within one.
pub const MOST_OF_TWO_BODIES: usize = 10_000;
/// Documents each one is listed with beyond that.
pub const NEIGHBOURS: usize = 16;
/// Instead of the number of an edge: two documents of one body.
pub const SAME_BODY: u32 = u32::MAX;

/// Two documents and what they are to each other, `a` before `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The document in the earlier row.
    pub a: u32,
    /// The other one.
    pub b: u32,
    /// "a *relation* b".
    pub relation: Relation,
    /// Where the text went.
    pub direction: Direction,
    /// Number of the edge of their bodies, or [`SAME_BODY`].
    pub edge: u32,
}

/// Which of two documents had the text first, by their dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Direction {
    /// A date is missing or both are the same.
    None,
    /// The first document is earlier.
    AToB,
    /// The second document is earlier.
    BToA,
}

/// Pairs of documents, ascending, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// The pairs listed.
    pub listed: Vec<Pair>,
    /// Pairs that hold and are not listed.
    pub left_out: u64,
}

impl Pairs {
    /// Lists the pairs that the thresholds relate and the rules admit.
    pub fn list(bodies: &Bodies, edges: &[Edge], thresholds: &Thresholds, admission: &Admission) -> Self {
        let mut lister = Lister { bodies, admission, pairs: Self::default() };
        for body in 0..bodies.len() {
            lister.within(body);
        }
        for (number, edge) in edges.iter().enumerate() {
            if let Some(relation) = thresholds.relation(edge) {
                lister.between(number as u32, edge, relation);
            }
        }
        let mut pairs = lister.pairs;
        pairs.listed.sort_unstable();
        pairs
    }
}

struct Lister<'b> {
    bodies: &'b Bodies,
    admission: &'b Admission,
    pairs: Pairs,
}

impl Lister<'_> {
    fn within(&mut self, body: usize) {
        let members = self.bodies.members(body);
        let n = members.len();
        if n < 2 {
            return;
        }
        let of_pair = |a: u32, b: u32| {
            let exact = &self.bodies.exact;
            if exact[a as usize] == exact[b as usize] { Relation::Exact } else { Relation::SameText }
        };
        let mut found = Vec::new();
        if n * (n - 1) / 2 <= MOST_OF_TWO_BODIES {
            for (i, &a) in members.iter().enumerate() {
                found.extend(members[i + 1..].iter().map(|&b| (a, b, of_pair(a, b))));
            }
        } else {
            let order = self.by_date(members);
            for (i, &a) in order.iter().enumerate() {
                found.extend(order[i + 1..].iter().take(NEIGHBOURS).map(|&b| (a, b, of_pair(a, b))));
            }
            self.pairs.left_out += (n * (n - 1) / 2 - found.len()) as u64;
        }
        found.into_iter().for_each(|(a, b, relation)| self.add(a, b, relation, SAME_BODY));
    }

    fn between(&mut self, number: u32, edge: &Edge, relation: Relation) {
        let (of_a, of_b) = (self.bodies.members(edge.a as usize), self.bodies.members(edge.b as usize));
        if of_a.len() * of_b.len() <= MOST_OF_TWO_BODIES {
            for &a in of_a {
                of_b.iter().for_each(|&b| self.add(a, b, relation, number));
            }
            return;
        }
        let (of_a, of_b) = (self.by_date(of_a), self.by_date(of_b));
        let mut found: Vec<(u32, u32)> =
            of_a.iter().flat_map(|&a| self.nearest(a, &of_b).map(move |b| (a, b))).collect();
        found.extend(of_b.iter().flat_map(|&b| self.nearest(b, &of_a).map(move |a| (a, b))));
        found.sort_unstable();
        found.dedup();
        self.pairs.left_out += (of_a.len() * of_b.len() - found.len()) as u64;
        found.into_iter().for_each(|(a, b)| self.add(a, b, relation, number));
    }

    /// Documents by date, then by row.
    fn by_date(&self, documents: &[u32]) -> Vec<u32> {
        let mut order = documents.to_vec();
        order.sort_unstable_by_key(|&document| (self.admission.date(document), document));
        order
    }

    /// The documents around the place that this one would have among others, which are ordered by date.
    fn nearest<'o>(&self, document: u32, others: &'o [u32]) -> impl Iterator<Item = u32> + 'o {
        let key = |document: u32| (self.admission.date(document), document);
        let place = others.partition_point(|&other| key(other) < key(document));
        let start = place.saturating_sub(NEIGHBOURS / 2);
        others[start..others.len().min(place + NEIGHBOURS / 2)].iter().copied()
    }

    /// Adds a pair of which the relation is seen from the first document.
    fn add(&mut self, first: u32, second: u32, relation: Relation, edge: u32) {
        if !self.admission.admits(first, second) {
            return;
        }
        let (a, b) = (first.min(second), first.max(second));
        let relation = if a == first { relation } else { relation.reversed() };
        let direction = match (self.admission.date(a), self.admission.date(b)) {
            (NO_DATE, _) | (_, NO_DATE) => Direction::None,
            (of_a, of_b) if of_a == of_b => Direction::None,
            (of_a, of_b) if of_a < of_b => Direction::AToB,
            _ => Direction::BToA,
        };
        self.pairs.listed.push(Pair { a, b, relation, direction, edge });
    }
}
