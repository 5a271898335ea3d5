//! Runs: the longest stretches of equal units around places where two texts are known to meet.

/// Equal units that follow each other in both texts and cannot be made longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// First position in the first text.
    pub start_a: u32,
    /// First position in the second text.
    pub start_b: u32,
    /// Number of units.
    pub len: u32,
}

impl Run {
    /// Position behind the last in the first text.
    pub fn end_a(self) -> u32 {
        self.start_a + self.len
    }

    /// Position behind the last in the second text.
    pub fn end_b(self) -> u32 {
        self.start_b + self.len
    }

    /// The same seen from the other text.
    pub fn turned(self) -> Self {
        Self { start_a: self.start_b, start_b: self.start_a, len: self.len }
    }
}

/// How far the second position is ahead of the first.
fn diagonal(&(in_a, in_b): &(u32, u32)) -> i64 {
    i64::from(in_b) - i64::from(in_a)
}

/// Orders pairs of positions so that those of one run follow each other.
pub fn sort_by_diagonal(seeds: &mut [(u32, u32)]) {
    seeds.sort_unstable_by_key(|seed| (diagonal(seed), seed.0));
}

/// The runs through sorted pairs of positions where k-grams seem to be equal, ascending by diagonal and position.
///
/// A seed whose units differ (two k-grams of one hash) gives no run.
pub fn extend(a: &[u32], b: &[u32], seeds: &[(u32, u32)], runs: &mut Vec<Run>) {
    runs.clear();
    let mut reached: Option<(i64, u32)> = None;
    for seed in seeds.iter() {
        if reached.is_some_and(|(on, end)| on == diagonal(seed) && seed.0 < end) {
            continue;
        }
        let (in_a, in_b) = (seed.0 as usize, seed.1 as usize);
        let ahead = a[in_a..].iter().zip(&b[in_b..]).take_while(|(one, other)| one == other).count();
        let behind = a[..in_a].iter().rev().zip(b[..in_b].iter().rev()).take_while(|(one, other)| one == other).count();
        if ahead > 0 {
            runs.push(Run {
                start_a: (in_a - behind) as u32,
                start_b: (in_b - behind) as u32,
                len: (ahead + behind) as u32,
            });
            reached = Some((diagonal(seed), (in_a + ahead) as u32));
        }
    }
}

/// Runs of which no two share a position in either text: longer ones first, then earlier ones in the first text, which must
/// not be the first for its place in the corpus; what is left of others is kept if it still has `least` units.
pub fn disjoint(mut runs: Vec<Run>, least: u32) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::new();
    runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.len), run.start_a, run.start_b));
    let (mut taken_a, mut taken_b) = (Taken::default(), Taken::default());
    for run in runs {
        let free = taken_a.free(run.start_a, run.len);
        let rest =
            free.and_then(|(skip, len)| taken_b.free(run.start_b + skip, len).map(|(more, len)| (skip + more, len)));
        if let Some((skip, len)) = rest.filter(|&(_, len)| len >= least) {
            let part = Run { start_a: run.start_a + skip, start_b: run.start_b + skip, len };
            taken_a.take(part.start_a, part.len);
            taken_b.take(part.start_b, part.len);
            kept.push(part);
        }
    }
    kept.sort_unstable();
    kept
}

/// Positions that are given away, as disjoint ranges by their start.
#[derive(Default)]
struct Taken(std::collections::BTreeMap<u32, u32>);

impl Taken {
    /// The first free stretch of a range: how many positions are skipped, and how many follow.
    fn free(&self, start: u32, len: u32) -> Option<(u32, u32)> {
        let end = start + len;
        let mut from = start;
        if let Some((_, &before)) = self.0.range(..=start).next_back() {
            from = from.max(before);
        }
        while from < end {
            match self.0.range(from..end).next() {
                Some((&next, &behind)) if next == from => from = behind,
                Some((&next, _)) => return Some((from - start, next - from)),
                None => return Some((from - start, end - from)),
            }
        }
        None
    }

    fn take(&mut self, start: u32, len: u32) {
        self.0.insert(start, start + len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(start_a: u32, start_b: u32, len: u32) -> Run {
        Run { start_a, start_b, len }
    }

    #[test]
    fn runs_grow_to_both_sides_and_each_is_found_once() {
        let (a, b) = ([9, 1, 2, 3, 4, 8], [1, 2, 3, 4, 7, 2, 3]);
        let mut runs = Vec::new();
        let mut seeds = [(3, 2), (2, 5), (2, 1)];
        sort_by_diagonal(&mut seeds);
        extend(&a, &b, &seeds, &mut runs);
        assert_eq!(runs, [run(1, 0, 4), run(2, 5, 2)]);
        extend(&a, &b, &[(0, 0)], &mut runs);
        assert_eq!(runs, [], "a seed of two k-grams with one hash");
    }

    #[test]
    fn longer_runs_win_and_rests_stay() {
        assert_eq!(disjoint(vec![run(0, 20, 5), run(3, 3, 9)], 2), [run(0, 20, 3), run(3, 3, 9)]);
        assert_eq!(disjoint(vec![run(0, 20, 5), run(3, 3, 9)], 4), [run(3, 3, 9)]);
        assert_eq!(disjoint(vec![run(0, 0, 4), run(0, 9, 4)], 1), [run(0, 0, 4)]);
    }

    proptest! {
        #[test]
        fn disjoint_runs_share_no_position(runs in prop::collection::vec((0u32..40, 0u32..40, 1u32..12), 0..12)) {
            let runs: Vec<Run> = runs.into_iter().map(|(a, b, len)| run(a, b, len)).collect();
            let kept = disjoint(runs.clone(), 2);
            let (mut in_a, mut in_b) = (std::collections::HashSet::new(), std::collections::HashSet::new());
            for part in &kept {
                prop_assert!((part.start_a..part.end_a()).all(|at| in_a.insert(at)));
                prop_assert!((part.start_b..part.end_b()).all(|at| in_b.insert(at)));
                let inside = |of: &Run| {
                    i64::from(of.start_a) - i64::from(of.start_b) == i64::from(part.start_a) - i64::from(part.start_b)
                        && of.start_a <= part.start_a && part.end_a() <= of.end_a()
                };
                prop_assert!(runs.iter().any(inside));
            }
        }
    }
}
