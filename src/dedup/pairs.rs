//! From edges between bodies to pairs of documents.
//!
//! Every document of a body is related to every document of a related body. Where that would be more than
//! [`MOST_OF_TWO_BODIES`] pairs, each document is listed with its [`NEIGHBOURS`] nearest ones by date (then by row) of those
//! that the rules admit, and the pairs left out are counted: a text printed a hundred thousand times has five thousand
//! million pairs.

use crate::dedup::admission::{Admission, NO_DATE};
use crate::dedup::bodies::Bodies;
use crate::dedup::compare::Edge;
use crate::dedup::neighbours::Prints;
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
    /// Pairs that hold, are admitted and are not listed.
    pub left_out: u64,
}

impl Pairs {
    /// Lists the pairs that the thresholds relate, or that are the same as wholes (`links`, ascending), and the rules admit.
    pub fn list(
        bodies: &Bodies,
        edges: &[Edge],
        links: &[(u32, u32)],
        thresholds: &Thresholds,
        admission: &Admission,
    ) -> Self {
        let mut lister = Lister { bodies, admission, pairs: Self::default() };
        for body in 0..bodies.len() {
            lister.within(body);
        }
        for (number, edge) in edges.iter().enumerate() {
            let number = number as u32;
            match thresholds.relation(edge) {
                Some(relation) => {
                    let members = [edge.a, edge.b].map(|body| bodies.members(body as usize));
                    lister.between(number, members, relation);
                }
                None if links.binary_search(&(edge.a, edge.b)).is_ok() => lister.between_prints(number, edge),
                None => {}
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
    /// Lists pairs of one body: of the same text, at least outside what was left out of them.
    fn within(&mut self, body: usize) {
        let members = self.bodies.members(body);
        let n = members.len();
        if n < 2 {
            return;
        }
        let found: Vec<(u32, u32)> = if n * (n - 1) / 2 <= MOST_OF_TWO_BODIES {
            members.iter().enumerate().flat_map(|(i, &a)| members[i + 1..].iter().map(move |&b| (a, b))).collect()
        } else {
            let prints = Prints::of(members, self.admission);
            let n_admitted = prints.documents().iter().map(|&a| prints.n_admitted(a)).sum::<u64>() / 2;
            let mut found = nearest(&prints, &prints, n_admitted, NEIGHBOURS);
            found.iter_mut().for_each(|pair| *pair = (pair.0.min(pair.1), pair.0.max(pair.1)));
            self.listed_of(n_admitted, found)
        };
        for (a, b) in found {
            self.add(a, b, Relation::SameText, SAME_BODY);
        }
    }

    fn between(&mut self, number: u32, [of_a, of_b]: [&[u32]; 2], relation: Relation) {
        if of_a.len() * of_b.len() <= MOST_OF_TWO_BODIES {
            for &a in of_a {
                of_b.iter().for_each(|&b| self.add(a, b, relation, number));
            }
            return;
        }
        let (of_a, of_b) = (Prints::of(of_a, self.admission), Prints::of(of_b, self.admission));
        let n_admitted = of_a.documents().iter().map(|&a| of_b.n_admitted(a)).sum::<u64>();
        let mut found = nearest(&of_a, &of_b, n_admitted, NEIGHBOURS / 2);
        found.extend(nearest(&of_b, &of_a, n_admitted, NEIGHBOURS / 2).into_iter().map(|(b, a)| (a, b)));
        self.listed_of(n_admitted, found).into_iter().for_each(|(a, b)| self.add(a, b, relation, number));
    }

    /// Lists the pairs of two bodies that are the same as wholes.
    fn between_prints(&mut self, number: u32, edge: &Edge) {
        let whole = |document: &u32| self.bodies.whole[*document as usize];
        let by_whole = |body: u32| {
            let mut members = self.bodies.members(body as usize).to_vec();
            members.sort_unstable_by_key(|document| (whole(document), *document));
            members
        };
        let (of_a, of_b) = (by_whole(edge.a), by_whole(edge.b));
        let classes: Vec<[&[u32]; 2]> = of_a
            .chunk_by(|one, other| whole(one) == whole(other))
            .map(|class| {
                let start = of_b.partition_point(|document| whole(document) < whole(&class[0]));
                let end = of_b.partition_point(|document| whole(document) <= whole(&class[0]));
                [class, &of_b[start..end]]
            })
            .collect();
        classes.into_iter().for_each(|members| self.between(number, members, Relation::SameText));
    }

    /// What two documents are to each other as wholes, whatever is left out of them.
    fn as_prints(&self, a: u32, b: u32) -> Option<Relation> {
        let (a, b) = (a as usize, b as usize);
        let is_exact = self.bodies.exact[a] == self.bodies.exact[b];
        let is_same = self.bodies.whole[a] == self.bodies.whole[b];
        is_exact.then_some(Relation::Exact).or(is_same.then_some(Relation::SameText))
    }

    /// Each of some pairs once; the others of so many are counted as left out.
    fn listed_of(&mut self, n_admitted: u64, mut found: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
        found.sort_unstable();
        found.dedup();
        self.pairs.left_out += n_admitted - found.len() as u64;
        found
    }

    /// Adds a pair of which the relation is seen from the first document, unless they are the same as wholes.
    fn add(&mut self, first: u32, second: u32, relation: Relation, edge: u32) {
        if !self.admission.admits(first, second) {
            return;
        }
        let (a, b) = (first.min(second), first.max(second));
        let relation = self.as_prints(a, b).unwrap_or(relation);
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

/// Each of some documents with its nearest ones among others, so many to either side; with all of them if they are few.
fn nearest(documents: &Prints<'_>, others: &Prints<'_>, n_admitted: u64, most: usize) -> Vec<(u32, u32)> {
    let most = if n_admitted <= MOST_OF_TWO_BODIES as u64 { usize::MAX } else { most };
    let of_one = |document| others.behind(document).take(most).chain(others.ahead(document).take(most));
    documents.documents().iter().flat_map(|&document| of_one(document).map(move |other| (document, other))).collect()
}
