//! One row of sums, dense while it is counted, sparse when it is done.
//!
//! Every addition notes its column in a list if the sum was zero before, without a branch: the place behind the list is
//! always written and only kept if the column is new. Draining goes through that list, so a row costs what it touched and
//! not its width. Room: 8 to 20 bytes for each code.

use std::ops::AddAssign;

use crate::error::{Error, Result};

/// An integer sum of the kernels.
pub(super) trait Tally: Copy + Default + PartialEq + AddAssign + Send + Sync + From<u32> {
    /// The sum as a cell.
    fn cell(self) -> Result<u32>;

    /// The product of two counts, which must fit.
    fn product(a: u32, b: u32) -> Self;
}

impl Tally for u32 {
    fn cell(self) -> Result<u32> {
        Ok(self)
    }

    fn product(a: u32, b: u32) -> Self {
        a * b
    }
}

impl Tally for u64 {
    fn cell(self) -> Result<u32> {
        u32::try_from(self).map_err(|_| Error::too_large("co-occurrence count of a cell", self, u64::from(u32::MAX)))
    }

    fn product(a: u32, b: u32) -> Self {
        Self::from(a) * Self::from(b)
    }
}

/// Sums by code, all zero between rows.
pub(super) struct Accumulator<A> {
    n_codes: u32,
    sums: Vec<A>,
    touched: Vec<u32>,
    n_touched: usize,
}

/// Sums behind those of the codes, for what does not count.
///
/// Several, because a sum that is increased again at once waits for the processor to finish the first time.
const LANES: usize = 64;

/// The place of a code: its own below `limit`, else one of the lanes.
#[inline(always)]
fn lane(code: u32, limit: u32, n_codes: u32, i: usize) -> u32 {
    if code < limit { code } else { n_codes + (i % LANES) as u32 }
}

impl<A: Copy + Default + PartialEq + AddAssign> Accumulator<A> {
    /// Zero sums for codes below `n_codes`.
    pub(super) fn new(n_codes: usize) -> Self {
        let n_sums = n_codes + LANES;
        Self { n_codes: n_codes as u32, sums: vec![A::default(); n_sums], touched: vec![0; n_sums + 1], n_touched: 0 }
    }

    /// Adds an amount, which must be above zero.
    #[inline(always)]
    pub(super) fn add(&mut self, code: u32, amount: A) {
        let sum = &mut self.sums[code as usize];
        self.touched[self.n_touched] = code;
        self.n_touched += usize::from(*sum == A::default());
        *sum += amount;
    }

    /// Adds an amount to each of some codes that are below `limit`.
    #[inline(always)]
    pub(super) fn add_below(&mut self, limit: u32, codes: &[impl Copy + Into<u32>], amount: A) {
        // Kept in a register; through `self` it would be stored at every step.
        let mut n_touched = self.n_touched;
        let (sums, touched) = (&mut self.sums[..], &mut self.touched[..]);
        for (i, &code) in codes.iter().enumerate() {
            let code = lane(code.into(), limit, self.n_codes, i);
            let sum = &mut sums[code as usize];
            touched[n_touched] = code;
            n_touched += usize::from(*sum == A::default());
            *sum += amount;
        }
        self.n_touched = n_touched;
    }

    /// Like [`Accumulator::add_below`], but without note of the columns; [`Accumulator::take_below`] finds and resets them.
    #[inline(always)]
    pub(super) fn add_below_unnoted(&mut self, limit: u32, codes: &[impl Copy + Into<u32>], amount: A) {
        let sums = &mut self.sums[..];
        for (i, &code) in codes.iter().enumerate() {
            sums[lane(code.into(), limit, self.n_codes, i) as usize] += amount;
        }
    }

    /// Hands out the sums of the codes below `limit` that are not zero, in ascending order, and resets these; no others may have
    /// been added.
    pub(super) fn take_below(&mut self, limit: u32, mut each: impl FnMut(u32, A)) {
        for (code, sum) in self.sums[..limit as usize].iter_mut().enumerate() {
            if *sum != A::default() {
                each(code as u32, std::mem::take(sum));
            }
        }
        self.sums[self.n_codes as usize..].fill(A::default());
    }

    /// Hands out the sums of the codes below `limit` in the order in which they came up, and resets all.
    pub(super) fn drain(&mut self, limit: u32, mut each: impl FnMut(u32, A)) {
        for &code in &self.touched[..self.n_touched] {
            let sum = std::mem::take(&mut self.sums[code as usize]);
            if code < limit {
                each(code, sum);
            }
        }
        self.n_touched = 0;
    }

    /// Hands out the sums of the codes below `limit` in ascending order, and resets all.
    pub(super) fn drain_sorted(&mut self, limit: u32, mut each: impl FnMut(u32, A)) {
        // Reading all sums in order beats sorting once the row is not sparse.
        if self.n_touched < limit as usize / 16 {
            self.touched[..self.n_touched].sort_unstable();
            return self.drain(limit, each);
        }
        for (code, sum) in self.sums[..limit as usize].iter().enumerate() {
            if *sum != A::default() {
                each(code as u32, *sum);
            }
        }
        self.drain(0, |_, _| ());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_draining_hand_out_every_sum_once_and_leave_zeros() {
        for n_codes in [4, 1000] {
            let mut row = Accumulator::<u32>::new(n_codes);
            for _ in 0..2 {
                [3, 1, 3, 0].iter().for_each(|&code| row.add(code, 2));
                let mut cells = Vec::new();
                row.drain_sorted(3, |code, sum| cells.push((code, sum)));
                assert_eq!(cells, [(0, 2), (1, 2)]);
                row.add(2, 1);
                row.add(0, 1);
                let mut cells = Vec::new();
                row.drain(3, |code, sum| cells.push((code, sum)));
                assert_eq!(cells, [(2, 1), (0, 1)]);
            }
        }
    }

    #[test]
    fn a_sum_beyond_a_cell_is_an_error() {
        assert!((1u64 << 32).cell().is_err());
        assert_eq!(u64::from(u32::MAX).cell().unwrap(), u32::MAX);
    }
}
