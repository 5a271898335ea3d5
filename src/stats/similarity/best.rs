//! The best of a row's candidates, ties by row.

use std::cmp::Ordering;

/// The `k` candidates of the highest scores that reach a bound; NaN reaches none.
pub(super) struct Best {
    k: usize,
    least: f64,
    candidates: Vec<(f64, u32)>,
}

impl Best {
    /// The best `k` of those with a score of at least `least`.
    pub(super) fn new(k: usize, least: f64) -> Self {
        Self { k, least, candidates: Vec::new() }
    }

    /// The score that a candidate must have; a lower one changes nothing.
    pub(super) fn least(&self) -> f64 {
        self.least
    }

    /// Offers a candidate.
    pub(super) fn offer(&mut self, score: f64, row: u32) {
        if score >= self.least && self.k > 0 {
            self.candidates.push((score, row));
            if self.candidates.len() >= self.k.saturating_mul(2).max(16) {
                self.shrink();
            }
        }
    }

    fn shrink(&mut self) {
        if self.candidates.len() >= self.k {
            self.candidates.select_nth_unstable_by(self.k - 1, order);
            self.candidates.truncate(self.k);
            self.least = self.candidates[self.k - 1].0;
        }
    }

    /// The best, by falling score.
    pub(super) fn into_sorted(mut self) -> Vec<(f64, u32)> {
        self.candidates.sort_unstable_by(order);
        self.candidates.truncate(self.k);
        self.candidates
    }
}

fn order(a: &(f64, u32), b: &(f64, u32)) -> Ordering {
    b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_ties_by_row() {
        let mut best = Best::new(3, 1.0);
        let scores = [2.0, 0.5, 3.0, 2.0, f64::NAN, 2.0, 1.0];
        (0..70).rev().for_each(|row| best.offer(scores[row % 7], row as u32));
        assert_eq!(best.into_sorted(), [(3.0, 2), (3.0, 9), (3.0, 16)]);
        let mut few = Best::new(usize::MAX, f64::NEG_INFINITY);
        few.offer(1.0, 5);
        few.offer(1.0, 3);
        assert_eq!(few.into_sorted(), [(1.0, 3), (1.0, 5)]);
    }
}
