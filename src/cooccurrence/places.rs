//! Where a term occurs: positions in order, each with its unit, and the pairs among them.
//!
//! The row kernels leave a term's own column alone, because each pair of its positions would be met from both ends. Its positions
//! are known in order, so its pairs come from a sliding comparison of that list with itself, within units.

use super::config::Diagonal;
use super::weighted::Sum;
use crate::error::Result;
use crate::parallel::Signal;

/// An occurrence: the unit in the upper half, the position in the lower one.
pub(super) fn place(position: u32, unit: u32) -> u64 {
    u64::from(unit) << 32 | u64::from(position)
}

/// Position of an occurrence.
pub(super) fn position(place: u64) -> usize {
    place as u32 as usize
}

/// Unit of an occurrence.
pub(super) fn unit(place: u64) -> u32 {
    (place >> 32) as u32
}

/// Occurrences of one term, ascending.
#[derive(Clone, Copy)]
pub(super) struct Places<'a>(pub(super) &'a [u64]);

impl<'a> Places<'a> {
    /// The occurrences unit by unit; none is empty.
    pub(super) fn by_unit(self) -> impl Iterator<Item = &'a [u64]> {
        self.0.chunk_by(|&a, &b| unit(a) == unit(b))
    }

    /// Number of pairs at most `reach` apart in the same unit.
    pub(super) fn pairs(self, reach: usize) -> u64 {
        let (mut n_pairs, mut first) = (0, 0);
        for (i, &place) in self.0.iter().enumerate() {
            while place - self.0[first] > distance_in_unit(reach) {
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
        for places in self.0.windows(2) {
            if places[1] - places[0] <= distance_in_unit(reach) && last != unit(places[0]) {
                last = unit(places[0]);
                n_units += 1;
            }
        }
        n_units
    }

    /// Sum of the weights of all pairs, `weights[d - 1]` at distance `d`, none beyond; compensated.
    pub(super) fn weighted_pairs(self, weights: &[f64], signal: &Signal) -> Result<f64> {
        let mut sum = Sum::default();
        for (i, &place) in self.0.iter().enumerate() {
            if i % 1024 == 0 {
                signal.check()?;
            }
            for &later in &self.0[i + 1..] {
                if later - place > distance_in_unit(weights.len()) {
                    break;
                }
                sum.add(weights[(later - place) as usize - 1]);
            }
        }
        Ok(sum.value())
    }
}

/// The largest difference of two occurrences of one unit at most `reach` apart. Units differ by 2^32 less the difference of
/// positions, which is above any reach because positions ascend.
fn distance_in_unit(reach: usize) -> u64 {
    (reach as u64).min(u64::from(u32::MAX))
}

/// What the diagonal holds, given the reach before and after, whether pairs are ordered, and the amount within a reach.
pub(super) fn cell<V: Default + std::ops::Add<Output = V>>(
    diagonal: Diagonal,
    (before, after): (usize, usize),
    ordered: bool,
    amount: impl Fn(usize) -> Result<V>,
) -> Result<V> {
    Ok(match diagonal {
        Diagonal::Zero => V::default(),
        Diagonal::Pairs => amount(before.max(after))?,
        Diagonal::Twice if ordered => amount(after)? + amount(after)?,
        Diagonal::Twice => amount(before)? + amount(after)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stay_within_reach_and_unit() {
        let places = [(0, 0), (1, 0), (2, 0), (5, 0), (6, 1), (9, 1)].map(|(position, unit)| place(position, unit));
        let places = Places(&places);
        assert_eq!([0, 1, 2, 3, 9].map(|reach| places.pairs(reach)), [0, 2, 3, 5, 7]);
        assert_eq!([0, 1, 3].map(|reach| places.units_with_pair(reach)), [0, 1, 2]);
        assert_eq!(places.weighted_pairs(&[1.0, 0.5], &Signal::default()).unwrap(), 2.5);
        let (before, after) = (1, 3);
        let at = |diagonal, ordered| cell(diagonal, (before, after), ordered, |reach| Ok(places.pairs(reach))).unwrap();
        assert_eq!(at(Diagonal::Pairs, false), 5);
        assert_eq!(at(Diagonal::Twice, false), 7);
        assert_eq!(at(Diagonal::Zero, false), 0);
    }
}
