//! Texts that are printed more often than a fingerprint may be common.
//!
//! A story with more versions than `max_df`, or a page that is mostly template, has lost most of its fingerprints for being common: it is
//! **saturated**. Comparing all saturated bodies of a common fingerprint would be quadratic. Instead each is compared with
//! the [`ANCHORS`] of them whose folded texts have the smallest hashes: the same few for all fingerprints of a story, whatever the
//! order of documents. Pairs of two that are no anchors are not found, but both are related to the anchors.

/// Bodies of a common fingerprint that all others are compared with.
pub const ANCHORS: usize = 8;

/// The saturated bodies of each common fingerprint.
#[derive(Debug, Default)]
pub struct Crowds {
    /// Body and position, by fingerprint, ascending by body within each.
    members: Vec<(u32, u32)>,
    /// Where the members of each fingerprint end.
    ends: Vec<usize>,
    /// The anchors of each fingerprint, ascending by body.
    anchors: Vec<Vec<(u32, u32)>>,
    /// Fingerprint and place in `members`, by body.
    own: Vec<(u32, u32)>,
    own_starts: Vec<usize>,
}

impl Crowds {
    /// From bodies and positions of each common fingerprint; `key` tells bodies apart, whatever their number.
    pub fn of(
        common: impl Iterator<Item = Vec<(u32, u32)>>,
        n_bodies: usize,
        is_saturated: impl Fn(usize) -> bool,
        key: impl Fn(u32) -> u128,
    ) -> Self {
        let mut crowds = Self { own_starts: vec![0; n_bodies + 1], ..Self::default() };
        for mut members in common {
            members.retain(|&(body, _)| is_saturated(body as usize));
            if members.len() < 2 {
                continue;
            }
            let mut anchors = members.clone();
            if anchors.len() > ANCHORS {
                anchors.select_nth_unstable_by_key(ANCHORS - 1, |&(body, _)| (key(body), body));
                anchors.truncate(ANCHORS);
            }
            anchors.sort_unstable();
            members.iter().for_each(|&(body, _)| crowds.own_starts[body as usize + 1] += 1);
            crowds.members.extend(members);
            crowds.ends.push(crowds.members.len());
            crowds.anchors.push(anchors);
        }
        (0..n_bodies).for_each(|body| crowds.own_starts[body + 1] += crowds.own_starts[body]);
        crowds.own = vec![(0, 0); crowds.members.len()];
        let mut next = crowds.own_starts.clone();
        let mut start = 0;
        for (fingerprint, &end) in crowds.ends.iter().enumerate() {
            for place in start..end {
                let body = crowds.members[place].0 as usize;
                crowds.own[next[body]] = (fingerprint as u32, place as u32);
                next[body] += 1;
            }
            start = end;
        }
        crowds
    }

    /// Tells `meet` each later body that is compared with this one, with the position in this and in the other.
    pub fn partners(&self, body: usize, meet: &mut impl FnMut(u32, u32, u32)) {
        for &(fingerprint, place) in &self.own[self.own_starts[body]..self.own_starts[body + 1]] {
            let (_, position) = self.members[place as usize];
            let anchors = &self.anchors[fingerprint as usize];
            let others = if anchors.iter().any(|&(anchor, _)| anchor as usize == body) {
                &self.members[place as usize + 1..self.ends[fingerprint as usize]]
            } else {
                &anchors[anchors.partition_point(|&(anchor, _)| anchor as usize <= body)..]
            };
            others.iter().for_each(|&(other, in_other)| meet(other, position, in_other));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_meets_the_anchors_once_and_few_others() {
        let n = 100u32;
        let common = vec![(0..n).map(|body| (body, body + 7)).collect::<Vec<_>>()];
        let crowds = Crowds::of(common.into_iter(), n as usize, |body| body != 50, |body| u128::from(body * 37 % 101));
        let mut pairs = Vec::new();
        for body in 0..n {
            crowds.partners(body as usize, &mut |other, position, in_other| {
                assert_eq!((position, in_other), (body + 7, other + 7));
                pairs.push((body, other));
            });
        }
        let mut anchors: Vec<u32> = (0..n).filter(|&body| body != 50).collect();
        anchors.sort_unstable_by_key(|body| body * 37 % 101);
        anchors.truncate(ANCHORS);
        let mut expected: Vec<(u32, u32)> = Vec::new();
        for a in (0..n).filter(|&body| body != 50) {
            expected.extend(
                (a + 1..n).filter(|&b| b != 50 && (anchors.contains(&a) || anchors.contains(&b))).map(|b| (a, b)),
            );
        }
        pairs.sort_unstable();
        assert_eq!(pairs, expected);
    }
}
