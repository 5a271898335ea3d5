//! Pairs of positions that hold the same term.
//!
//! The row kernels leave a term's own column alone, because each pair of its positions would be met from both ends. Its positions are
//! known in order, so its pairs come from a sliding comparison of that list with itself, within units.

use super::config::Diagonal;

/// Positions of one term in order, with the unit of each.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    /// Positions, ascending.
    pub(super) positions: &'a [u32],
    /// Unit of each position.
    pub(super) units: &'a [u32],
}

impl Places<'_> {
    /// Number of pairs at most `reach` apart in the same unit.
    pub(super) fn pairs(self, reach: usize) -> u64 {
        let (mut n_pairs, mut first) = (0, 0);
        for i in 0..self.positions.len() {
            while self.units[first] != self.units[i] || (self.positions[i] - self.positions[first]) as usize > reach {
                first += 1;
            }
            n_pairs += (i - first) as u64;
        }
        n_pairs
    }

    /// Number of units with a pair at most `reach` apart.
    pub(super) fn units_with_pair(self, reach: usize) -> u64 {
        let mut n_units = 0;
        let mut last = u32::MAX;
        for (positions, units) in self.positions.windows(2).zip(self.units.windows(2)) {
            let near = units[0] == units[1] && (positions[1] - positions[0]) as usize <= reach;
            if near && last != units[0] {
                last = units[0];
                n_units += 1;
            }
        }
        n_units
    }

    /// Sum of the weights of all pairs, `weights[d - 1]` at distance `d`, none beyond; compensated.
    pub(super) fn weighted_pairs(self, weights: &[f64]) -> f64 {
        let mut sum = super::weighted::Sum::default();
        for i in 0..self.positions.len() {
            for j in i + 1..self.positions.len() {
                let distance = (self.positions[j] - self.positions[i]) as usize;
                if self.units[j] != self.units[i] || distance > weights.len() {
                    break;
                }
                sum.add(weights[distance - 1]);
            }
        }
        sum.value()
    }
}

/// What the diagonal holds, given the reach before and after, whether pairs are ordered, and the amount within a reach.
pub(super) fn cell<V: Default + std::ops::Add<Output = V>>(
    diagonal: Diagonal,
    (before, after): (usize, usize),
    ordered: bool,
    amount: impl Fn(usize) -> V,
) -> V {
    match diagonal {
        Diagonal::Zero => V::default(),
        Diagonal::Pairs => amount(before.max(after)),
        Diagonal::Twice if ordered => amount(after) + amount(after),
        Diagonal::Twice => amount(before) + amount(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stay_within_reach_and_unit() {
        let places = Places { positions: &[0, 1, 2, 5, 6, 9], units: &[0, 0, 0, 0, 1, 1] };
        assert_eq!([0, 1, 2, 3, 9].map(|reach| places.pairs(reach)), [0, 2, 3, 5, 7]);
        assert_eq!([0, 1, 3].map(|reach| places.units_with_pair(reach)), [0, 1, 2]);
        assert_eq!(places.weighted_pairs(&[1.0, 0.5]), 2.5);
        let (before, after) = (1, 3);
        let at = |diagonal, ordered| cell(diagonal, (before, after), ordered, |reach| places.pairs(reach));
        assert_eq!(at(Diagonal::Pairs, false), 5);
        assert_eq!(at(Diagonal::Twice, false), 7);
        assert_eq!(at(Diagonal::Zero, false), 0);
    }
}
