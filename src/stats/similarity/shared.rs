//! Similarities from what rows have in common.
//!
//! For a row, the postings of its rarer terms are added into one dense array over the rows within its window. What the frequent
//! terms add is at most the product of the two rows' norms over them (Cauchy-Schwarz); only where that could lift a pair among the
//! best is their dense product taken, for four rows at a time. Sums run in the order of the columns, the frequent ones last and in
//! four lanes, from whichever side a pair is looked at.

use super::best::Best;
use super::measure::Similarity;
use super::pairs::{Allowed, Found, Pair, Plan, Wanted};
use super::prepared::{LANES, Postings, Rows, Split};
use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::sparse::Sparse;

/// Rows that are looked at together.
const TOGETHER: usize = 4;
/// Rows a worker takes at a time.
const CHUNK: usize = 32;
/// Bounds are raised by more than rounding can amount to.
const SLACK: f64 = 1.0 + 1e-9;

/// Similarities between the rows of a matrix, or between those of two with the same columns.
///
/// Without `top`, each pair of one matrix stands once, the smaller row first. With `top` or a bound, pairs without a common term are
/// left out of measures that are 0 for them, and pairs without a value of all.
///
/// # Errors
/// Matrices of different widths, negative values where minima are taken, more pairs than the limit, cancelled by the caller.
pub fn similarities(
    first: &Sparse<'_>,
    second: Option<&Sparse<'_>>,
    measure: Similarity,
    allowed: &Allowed<'_>,
    wanted: &Wanted,
    workers: &Workers,
) -> Result<Found> {
    let other = second.unwrap_or(first);
    check(first, other, measure)?;
    let once = wanted.top.is_none();
    let plan = Plan::new(first.n_rows(), second.map(Sparse::n_rows), allowed, wanted, once)?;
    let split = Split::new(other, measure);
    let right = Rows::new(other, &plan.second, &split, measure);
    let own_left = (!plan.own).then(|| Rows::new(first, &plan.first, &split, measure));
    let left = own_left.as_ref().unwrap_or(&right);
    let postings = Postings::new(&right, other.n_columns());
    let n = other.n_columns() as f64;
    let kernel = Kernel { measure, n, plan: &plan, wanted, left, right: &right, postings: &postings };
    let mut states: Vec<State> = (0..workers.n_threads()).map(|_| State::default()).collect();
    workers.signal().begin(plan.first.len() as u64);
    let parts = workers.map_with(&mut states, disjoint::ranges(plan.first.len(), CHUNK), |state, places| {
        state.prepare(&postings, plan.second.len());
        let mut pairs = Vec::new();
        let n_places = places.len() as u64;
        let (mut place, end) = (places.start, places.end);
        while place < end {
            let n_together = TOGETHER.min(end - place);
            kernel.rows(place, n_together, state, &mut pairs);
            place += n_together;
        }
        plan.count(pairs.len())?;
        workers.signal().advance(n_places);
        Ok(pairs)
    })?;
    Ok(Found::new(parts.concat(), wanted, plan.in_order()))
}

fn check(first: &Sparse<'_>, second: &Sparse<'_>, measure: Similarity) -> Result<()> {
    if first.n_columns() != second.n_columns() {
        let found = format!("matrices of {} and {} columns", first.n_columns(), second.n_columns());
        return Err(Error::input(found, "two matrices with the same columns"));
    }
    let negative = |matrix: &Sparse<'_>| matrix.values().iter().any(|&value| value < 0.0);
    if measure.takes_minima() && (negative(first) || negative(second)) {
        return Err(Error::parameter("measure", "ruzicka", "one that allows negative weights"));
    }
    Ok(())
}

/// What a thread keeps: sums for rows that are looked at together, and how far it has read each posting list.
#[derive(Default)]
struct State {
    sums: Vec<Vec<f64>>,
    cursors: Vec<usize>,
}

impl State {
    fn prepare(&mut self, postings: &Postings, n_slots: usize) {
        if self.sums.is_empty() {
            self.sums = vec![vec![0.0; n_slots]; TOGETHER];
            self.cursors = postings.starts()[..postings.starts().len() - 1].to_vec();
        }
    }
}

struct Kernel<'a> {
    measure: Similarity,
    n: f64,
    plan: &'a Plan<'a>,
    wanted: &'a Wanted,
    left: &'a Rows,
    right: &'a Rows,
    postings: &'a Postings,
}

impl Kernel<'_> {
    /// Appends the pairs of a few consecutive rows.
    fn rows(&self, place: usize, n_together: usize, state: &mut State, pairs: &mut Vec<Pair>) {
        let State { sums, cursors } = state;
        for (q, sums) in sums.iter_mut().enumerate().take(n_together) {
            self.add_rare(place + q, sums, cursors);
        }
        if self.wanted.top.is_none() && self.wanted.bound.is_none() {
            self.every(place, n_together, sums, pairs);
        } else {
            self.best(place, n_together, sums, pairs);
        }
    }

    fn add_rare(&self, place: usize, sums: &mut [f64], cursors: &mut [usize]) {
        let range = &self.plan.ranges[place];
        sums[range.clone()].fill(0.0);
        for (column, x) in self.left.rare(place) {
            let (slots, values) = self.postings.within(column, range, &mut cursors[column as usize]);
            if self.measure.takes_minima() {
                slots.iter().zip(values).for_each(|(&slot, &y)| sums[slot as usize] += x.min(y));
            } else {
                slots.iter().zip(values).for_each(|(&slot, &y)| sums[slot as usize] += x * y);
            }
        }
    }

    fn value(&self, shared: f64, place: usize, slot: usize) -> f64 {
        self.measure.of(shared, &self.left.facts[place], &self.right.facts[slot], self.n)
    }

    /// Every pair, whatever its value.
    fn every(&self, place: usize, n_together: usize, sums: &[Vec<f64>], pairs: &mut Vec<Pair>) {
        for (q, sums) in sums.iter().enumerate().take(n_together) {
            let (place, first) = (place + q, self.plan.first[place + q]);
            let x = self.left.frequent(place);
            for slot in self.plan.ranges[place].clone() {
                let second = self.plan.second[slot];
                if self.plan.allows(first, second) {
                    let shared = sums[slot] + product(x, self.right.frequent(slot));
                    pairs.push(self.plan.pair(first, second, self.value(shared, place, slot), true));
                }
            }
        }
    }

    fn best(&self, place: usize, n_together: usize, sums: &[Vec<f64>], pairs: &mut Vec<Pair>) {
        let least = self.wanted.bound.unwrap_or(f64::NEG_INFINITY);
        let k = self.wanted.top.unwrap_or(usize::MAX);
        let mut best: Vec<Best> = (0..n_together).map(|_| Best::new(k, least)).collect();
        let ranges = &self.plan.ranges[place..place + n_together];
        let start = ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let end = ranges.iter().map(|range| range.end).max().unwrap_or(0);
        // Rows beyond the last stand in for themselves.
        let x: [&[f64]; TOGETHER] = std::array::from_fn(|q| self.left.frequent(place + q.min(n_together - 1)));
        let second = start..end;
        for (slot, &second) in second.clone().zip(&self.plan.second[second]) {
            let mut needed = [false; TOGETHER];
            for (q, needed) in needed.iter_mut().enumerate().take(n_together) {
                *needed = ranges[q].contains(&slot) && self.may_enter(place + q, slot, sums[q][slot], &best[q]);
            }
            if needed == [false; TOGETHER] {
                continue;
            }
            let products = products(&x, self.right.frequent(slot));
            for q in (0..n_together).filter(|&q| needed[q]) {
                let shared = sums[q][slot] + products[q];
                let counts = shared != 0.0 || !self.measure.starts_at_zero();
                if counts && self.plan.allows(self.plan.first[place + q], second) {
                    best[q].offer(self.value(shared, place + q, slot), second);
                }
            }
        }
        let once = self.wanted.top.is_none();
        for (q, best) in best.into_iter().enumerate() {
            let first = self.plan.first[place + q];
            let mut chosen = best.into_sorted();
            if once {
                chosen.sort_unstable_by_key(|&(_, second)| second);
            }
            pairs.extend(chosen.into_iter().map(|(value, second)| self.plan.pair(first, second, value, once)));
        }
    }

    /// Whether a pair could be among the best whatever the frequent terms add.
    #[inline]
    fn may_enter(&self, place: usize, slot: usize, rare: f64, best: &Best) -> bool {
        let (x, y) = (&self.left.facts[place], &self.right.facts[slot]);
        let most = rare + x.frequent * y.frequent * SLACK;
        if self.measure == Similarity::Cosine {
            // Without a division: the square of a cosine that may be reached.
            let least = best.least();
            return least <= 0.0 || (most > 0.0 && most * most * SLACK >= least * least * (x.squares * y.squares));
        }
        let value = self.measure.of(most, x, y, self.n);
        value + (value.abs() + 1.0) * (SLACK - 1.0) >= best.least()
    }
}

/// The sum of products in four lanes.
fn product(x: &[f64], y: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    for (x, y) in x.as_chunks::<LANES>().0.iter().zip(y.as_chunks::<LANES>().0) {
        (0..LANES).for_each(|lane| lanes[lane] += x[lane] * y[lane]);
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

/// The same for several rows at once, each exactly as [`product`] has it.
fn products(x: &[&[f64]; TOGETHER], y: &[f64]) -> [f64; TOGETHER] {
    let mut lanes = [[0.0; LANES]; TOGETHER];
    let [a, b, c, d] = x.map(|x| x.as_chunks::<LANES>().0);
    let rows = a.iter().zip(b).zip(c.iter().zip(d));
    for (((a, b), (c, d)), y) in rows.zip(y.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            lanes[0][lane] += a[lane] * y[lane];
            lanes[1][lane] += b[lane] * y[lane];
            lanes[2][lane] += c[lane] * y[lane];
            lanes[3][lane] += d[lane] * y[lane];
        }
    }
    lanes.map(|lanes| (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
}
