//! Numbers in the order of first appearance.

use crate::counts::order::Candidate;
use crate::counts::tally::Tally;

/// Numbers for a set of positions, ascending: the `k`-th smallest has number `k`. A bitmap with sums, 2 bits a position.
#[derive(Debug)]
pub(crate) struct Numbering {
    words: Vec<Word>,
    n: usize,
}

/// 64 positions; marks and sum side by side, for one cache miss instead of two.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    /// The positions in the set.
    marks: u64,
    /// How many positions of the set lie before these 64.
    before: u32,
}

impl Numbering {
    /// Numbers for the given positions, all below `n_positions`.
    pub fn new(n_positions: usize, positions: impl Iterator<Item = u32>) -> Self {
        let mut words = vec![Word::default(); n_positions.div_ceil(64)];
        positions.for_each(|position| words[position as usize / 64].marks |= 1 << (position % 64));
        let mut n = 0;
        for word in &mut words {
            word.before = n;
            n += word.marks.count_ones();
        }
        Self { words, n: n as usize }
    }

    /// How many positions have a number.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Number of the given position; `None` if it is not in the set.
    #[inline]
    pub fn get(&self, position: u32) -> Option<u32> {
        let word = self.words.get(position as usize / 64)?;
        let bit = 1u64 << (position % 64);
        (word.marks & bit != 0).then(|| word.before + (word.marks & (bit - 1)).count_ones())
    }

    /// Appends the terms of length `n` whose first position has a number, in the order of the numbers.
    pub fn list<'a>(&self, n: u32, tallies: impl Iterator<Item = &'a Tally>, to: &mut Vec<Candidate>) {
        let base = to.len();
        to.resize(base + self.n, Candidate::default());
        for tally in tallies {
            if let Some(number) = self.get(tally.first) {
                to[base + number as usize] = Candidate { first: tally.first, n, cf: tally.cf };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_numbered_in_ascending_order() {
        let numbering = Numbering::new(200, [199, 3, 64].into_iter());
        let numbers = [3, 64, 199, 4, 0, u32::MAX].map(|position| numbering.get(position));
        assert_eq!(numbers, [Some(0), Some(1), Some(2), None, None, None]);
        assert_eq!(numbering.len(), 3);
        assert_eq!(Numbering::new(0, [].into_iter()).get(0), None);
    }
}
