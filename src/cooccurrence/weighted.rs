//! Distance weights summed in a window, one row at a time.
//!
//! Every row belongs to one thread and sums in the order of the text, with the rounding error of each addition carried along
//! (Kahan), so sums are the same bits for any number of threads and exact to about 2e-16 whatever their length.

use std::ops::AddAssign;

use super::accumulator::Accumulator;
use super::places;
use super::rows::RowCounter;
use super::window::Span;
use crate::error::Result;
use crate::parallel::Signal;

/// A compensated sum of positive numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sum {
    value: f64,
    excess: f64,
}

impl Sum {
    /// A sum of one number.
    pub(super) fn of(value: f64) -> Self {
        Self { value, excess: 0.0 }
    }

    /// Adds a number.
    #[inline(always)]
    pub(super) fn add(&mut self, amount: f64) {
        let amount = amount - self.excess;
        let value = self.value + amount;
        self.excess = (value - self.value) - amount;
        self.value = value;
    }

    /// The sum.
    pub(super) fn value(self) -> f64 {
        self.value
    }
}

impl AddAssign for Sum {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        self.add(other.value);
    }
}

/// Distance weights in a window.
pub(super) struct Weights<'a> {
    /// Rows and windows.
    pub(super) span: Span<'a>,
    /// Weight of each distance from 1.
    pub(super) weights: &'a [f64],
}

impl RowCounter for Weights<'_> {
    type Cell = f64;
    type Scratch = Accumulator<Sum>;

    fn scratch(&self) -> Accumulator<Sum> {
        Accumulator::new(self.span.n_codes)
    }

    fn span(&self) -> &Span<'_> {
        &self.span
    }

    fn count(
        &self,
        row: usize,
        sums: &mut Accumulator<Sum>,
        signal: &Signal,
        cells: &mut Vec<(u32, f64)>,
    ) -> Result<()> {
        let span = &self.span;
        let (limit, other) = (span.limit(row), span.other());
        span.windows(row, signal, |_, before, after| {
            for (&code, &weight) in before.iter().rev().zip(self.weights) {
                sums.add(if code < limit { code } else { other }, Sum::of(weight));
            }
            for (&code, &weight) in after.iter().zip(self.weights) {
                sums.add(if code < limit { code } else { other }, Sum::of(weight));
            }
        })?;
        let (start, own) = (cells.len(), span.rows.code(row));
        let push = |column, sum: Sum| {
            if column != own {
                cells.push((column, sum.value()));
            }
        };
        if span.triangle {
            sums.drain(limit, push)
        } else {
            sums.drain_sorted(limit, push)
        }
        let own = places::cell(span.diagonal, span.reach, span.ordered, |reach| {
            span.places(row).weighted_pairs(&self.weights[..reach.min(self.weights.len())], signal)
        })?;
        span.push_diagonal(row, cells, start, own);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sums_keep_their_precision() {
        let mut sum = Sum::default();
        (0..10_000_000).for_each(|_| sum.add(0.1));
        assert_eq!(sum.value(), 1_000_000.0);
    }
}
