//! Distances between rows, each pair merged term by term.
//!
//! Terms that one row alone has matter, and nothing may cancel (the distance of equal rows is exactly 0), so both rows of a pair are
//! read; the work is the number of pairs times the length of two rows.

use super::best::Best;
use super::distance::{Distance, Row};
use super::measure::Facts;
use super::pairs::{Allowed, Found, Pair, Plan, Wanted};
use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::sparse::Sparse;

/// Rows a worker takes at a time.
const CHUNK: usize = 8;
/// Pairs between two looks at the wish to stop.
const PAIRS: usize = 1 << 12;

/// Distances between the rows of a matrix, or between those of two with the same columns.
///
/// Each pair of one matrix stands once, the smaller row first, but with `top` and where the distance depends on the side. With
/// `top` (the nearest) or a bound, pairs without a value are left out.
///
/// # Errors
/// Matrices of different widths, negative values where shares are taken, more pairs than the limit, cancelled by the caller.
pub fn distances(
    first: &Sparse<'_>,
    second: Option<&Sparse<'_>>,
    measure: Distance,
    allowed: &Allowed<'_>,
    wanted: &Wanted,
    workers: &Workers,
) -> Result<Found> {
    let other = second.unwrap_or(first);
    if first.n_columns() != other.n_columns() {
        let found = format!("matrices of {} and {} columns", first.n_columns(), other.n_columns());
        return Err(Error::input(found, "two matrices with the same columns"));
    }
    let negative = |matrix: &Sparse<'_>| matrix.values().iter().any(|&value| value < 0.0);
    if measure.takes_shares() && (negative(first) || negative(other)) {
        return Err(Error::parameter("measure", format!("{measure:?}"), "one that allows negative weights"));
    }
    let once = wanted.top.is_none() && measure.is_symmetric();
    let plan = Plan::new(first.n_rows(), second.map(Sparse::n_rows), allowed, wanted, once)?;
    let right = Cells::new(other);
    let own_left = second.map(|_| Cells::new(first));
    let left = own_left.as_ref().unwrap_or(&right);
    let masses = masses(&[first, other], measure);
    let n = other.n_columns() as f64;
    workers.signal().begin(plan.first.len() as u64);
    let parts = workers.map(disjoint::ranges(plan.first.len(), CHUNK), |places| {
        let mut pairs = Vec::new();
        for place in places.clone() {
            let row = plan.first[place];
            let x = left.row(row);
            let of = |second: u32| measure.of(x, right.row(second), n, &masses);
            let mut chosen: Vec<Pair> = Vec::new();
            let bound = wanted.bound.map_or(f64::NEG_INFINITY, |bound| -bound);
            let mut best = wanted.top.map(|top| Best::new(top, bound));
            for (i, &second) in plan.second[plan.ranges[place].clone()].iter().enumerate() {
                if i % PAIRS == 0 {
                    workers.signal().check()?;
                }
                if !plan.allows(row, second) {
                    continue;
                }
                let value = of(second);
                match &mut best {
                    Some(best) => best.offer(-value, second),
                    None if wanted.bound.is_none_or(|bound| value <= bound) => {
                        chosen.push(plan.pair(row, second, value, once));
                    }
                    None => {}
                }
            }
            // Adding zero makes a distance of -0 one of 0.
            let nearest = best.map(Best::into_sorted).unwrap_or_default();
            chosen.extend(nearest.into_iter().map(|(score, second)| (row, second, 0.0 - score)));
            plan.count(chosen.len())?;
            pairs.extend(chosen);
        }
        workers.signal().advance(places.len() as u64);
        Ok(pairs)
    })?;
    Ok(Found::new(parts.concat(), wanted, plan.in_order()))
}

/// Share of each column in both matrices.
fn masses(matrices: &[&Sparse<'_>; 2], measure: Distance) -> Vec<f64> {
    if !matches!(measure, Distance::ChiSquared) {
        return Vec::new();
    }
    let mut masses = vec![0.0; matrices[1].n_columns()];
    let same = std::ptr::eq(matrices[0], matrices[1]);
    for matrix in &matrices[usize::from(same)..] {
        for (&column, &value) in (0..matrix.n_rows()).flat_map(|row| matrix.row(row).0.iter().zip(matrix.row(row).1)) {
            masses[column as usize] += value;
        }
    }
    let total: f64 = masses.iter().sum();
    masses.iter_mut().for_each(|mass| *mass /= total);
    masses
}

/// Rows without their zeros.
struct Cells {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f64>,
    facts: Vec<Facts>,
}

impl Cells {
    fn new(matrix: &Sparse<'_>) -> Self {
        let mut cells = Self { starts: vec![0], columns: Vec::new(), values: Vec::new(), facts: Vec::new() };
        for row in 0..matrix.n_rows() {
            let mut facts = Facts::default();
            let (columns, values) = matrix.row(row);
            for (&column, &value) in columns.iter().zip(values).filter(|cell| *cell.1 != 0.0) {
                cells.columns.push(column);
                cells.values.push(value);
                facts.count += 1.0;
                facts.sum += value;
                facts.squares += value * value;
            }
            cells.starts.push(cells.columns.len());
            cells.facts.push(facts);
        }
        cells
    }

    fn row(&self, row: u32) -> Row<'_> {
        let row = row as usize;
        let cells = self.starts[row]..self.starts[row + 1];
        Row { columns: &self.columns[cells.clone()], values: &self.values[cells], facts: self.facts[row] }
    }
}
