//! Distances between rows: one row is laid over all columns, and each of the others is read against it.
//!
//! A row that is read finds the features it has in common with the one that is laid out by a look at each of its own. What is
//! left of either row, its sum less that of the common features, is kept to twice the digits of a double, so that nothing
//! cancels (the distance of equal rows is exactly 0). The work is the number of pairs times the length of one row. Distances
//! that do not follow from common features merge both rows.

use std::ops::Range;

use super::best::Best;
use super::distance::{Distance, Row, Summing};
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
    let masses = masses(&[first, other], measure);
    let right = Cells::new(other, measure, &masses);
    let own_left = second.map(|_| Cells::new(first, measure, &masses));
    let left = own_left.as_ref().unwrap_or(&right);
    let n = other.n_columns();
    let mut states = vec![Vec::new(); workers.n_threads()];
    workers.signal().begin(plan.first.len() as u64);
    let parts = workers.map_with(&mut states, disjoint::ranges(plan.first.len(), CHUNK), |laid, places| {
        laid.resize(if measure.is_separable() { n } else { 0 }, [0.0; 2]);
        let mut pairs = Vec::new();
        for place in places.clone() {
            let row = plan.first[place];
            left.lay(row, laid);
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
                let value = if measure.is_separable() {
                    separable(measure, (left, row), (&right, second), laid, n as f64)
                } else {
                    measure.merged(left.row(row), right.row(second))
                };
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
            left.lift(row, laid);
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

/// The distance of a row that is laid out and another.
fn separable(measure: Distance, first: (&Cells, u32), second: (&Cells, u32), laid: &[[f64; 2]], n: f64) -> f64 {
    let (x, y) = (first.1 as usize, second.1 as usize);
    let (facts, other) = (&first.0.facts[x], &second.0.facts[y]);
    let (shared, of_x, of_y) = measure.shared((facts.sum, other.sum), Common { laid, cells: second.0, row: second.1 });
    let alone = (first.0.totals[x].less(of_x), second.0.totals[y].less(of_y));
    measure.of_sums(shared, alone, facts, other, n)
}

/// A row, and the one that is laid out: the value of each column, and what it adds alone; zeros where it has none.
struct Common<'a> {
    laid: &'a [[f64; 2]],
    cells: &'a Cells,
    row: u32,
}

impl Summing for Common<'_> {
    /// What common features add, and what they would add alone in the row that is laid out and in the other.
    type Sums = (f64, Compensated, Compensated);

    fn sum(self, of: impl Fn(f64, f64) -> f64) -> Self::Sums {
        let (mut shared, mut of_x, mut of_y) = (0.0, Compensated::default(), Compensated::default());
        let cells = self.cells.range(self.row);
        let values = self.cells.values[cells.clone()].iter().zip(&self.cells.alone[cells.clone()]);
        for (&column, (&y, &y_alone)) in self.cells.columns[cells].iter().zip(values) {
            let [x, x_alone] = self.laid[column as usize];
            if x != 0.0 {
                shared += of(x, y);
                of_x.add(x_alone);
                of_y.add(y_alone);
            }
        }
        (shared, of_x, of_y)
    }
}

/// A sum with what its rounding lost (Knuth's two-sum).
#[derive(Clone, Copy, Debug, Default)]
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        let added = sum - self.sum;
        self.lost += (self.sum - (sum - added)) + (value - added);
        self.sum = sum;
    }

    /// The difference from a part of the same sum, at least 0.
    fn less(self, part: Self) -> f64 {
        let left = (self.sum - part.sum) + (self.lost - part.lost);
        if left < 0.0 { 0.0 } else { left }
    }
}

/// Rows without their zeros.
struct Cells {
    starts: Vec<usize>,
    columns: Vec<u32>,
    /// As the sums of the measure take them.
    values: Vec<f64>,
    /// What each value adds where the other row lacks the feature, and its sum over each row.
    alone: Vec<f64>,
    totals: Vec<Compensated>,
    facts: Vec<Facts>,
}

impl Cells {
    fn new(matrix: &Sparse<'_>, measure: Distance, masses: &[f64]) -> Self {
        let (starts, columns, values, alone, totals, facts) =
            (vec![0], Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut cells = Self { starts, columns, values, alone, totals, facts };
        for row in 0..matrix.n_rows() {
            let (mut facts, mut total) = (Facts::default(), Compensated::default());
            let (columns, values) = matrix.row(row);
            for value in values.iter().filter(|&&value| value != 0.0) {
                facts.count += 1.0;
                facts.sum += value;
                facts.squares += value * value;
            }
            for (&column, &value) in columns.iter().zip(values).filter(|cell| *cell.1 != 0.0) {
                let value = measure.scaled(value, facts.sum, || masses[column as usize]);
                let alone = measure.alone(value);
                total.add(alone);
                cells.columns.push(column);
                cells.values.push(value);
                cells.alone.push(alone);
            }
            cells.starts.push(cells.columns.len());
            cells.totals.push(total);
            cells.facts.push(facts);
        }
        cells
    }

    fn range(&self, row: u32) -> Range<usize> {
        self.starts[row as usize]..self.starts[row as usize + 1]
    }

    fn row(&self, row: u32) -> Row<'_> {
        let cells = self.range(row);
        Row { columns: &self.columns[cells.clone()], values: &self.values[cells], facts: self.facts[row as usize] }
    }

    /// Lays a row over all columns, if there are any to be laid over.
    fn lay(&self, row: u32, laid: &mut [[f64; 2]]) {
        for cell in self.range(row) {
            if let Some(place) = laid.get_mut(self.columns[cell] as usize) {
                *place = [self.values[cell], self.alone[cell]];
            }
        }
    }

    /// Takes a row away again.
    fn lift(&self, row: u32, laid: &mut [[f64; 2]]) {
        for &column in &self.columns[self.range(row)] {
            if let Some(place) = laid.get_mut(column as usize) {
                *place = [0.0; 2];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::logarithm::Base;
    use crate::stats::similarity::Divergence;

    fn distance(name: &str, by_size: bool, cells: (&[u64], &[u32], &[f64])) -> f64 {
        let with = Divergence { base: Base::new(2.0).unwrap(), smoothing: 0.0, by_size };
        let measure = Distance::new(name, 3.0, with).unwrap();
        let matrix = Sparse::new(6, cells.0, cells.1, cells.2).unwrap();
        let wanted = Wanted { top: None, bound: None, limit: 1 };
        distances(&matrix, None, measure, &Allowed::default(), &wanted, &Workers::serial()).unwrap().values[0]
    }

    #[test]
    fn hand_values_are_reproduced() {
        let cells = (&[0, 4, 8][..], &[0, 1, 2, 3, 0, 1, 4, 5][..], &[1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 2.0, 3.0][..]);
        let expected = [
            ("euclidean", 4.242640687),
            ("manhattan", 8.0),
            ("minkowski", 3.530348),
            ("canberra", 4.0),
            ("bray_curtis", 0.666667),
            ("hamming", 0.666667),
            ("hellinger", 0.813595906),
            ("jsd", 0.664044998),
            ("js_distance", 0.814890),
            ("cosine", 1.0 - 0.195180015),
            ("jaccard", 0.666667),
            ("min_max", 0.8),
        ];
        for (name, value) in expected {
            let got = distance(name, false, cells);
            assert!((got - value).abs() < 1e-6, "{name}: {got}");
        }
        assert!((distance("jsd", true, cells) - 0.646535).abs() < 1e-6);
    }

    #[test]
    fn equal_rows_are_at_no_distance_and_small_differences_keep_their_digits() {
        let values = [0.1, 0.7, 1e9 / 3.0, 0.1, 0.7, 1e9 / 3.0];
        let equal = (&[0, 3, 6][..], &[0, 1, 2, 0, 1, 2][..], &values[..]);
        let near = (&[0, 3, 5][..], &[0, 1, 2, 1, 2][..], &[0.1, 0.7, 1e9 / 3.0, 0.7, 1e9 / 3.0][..]);
        for name in ["euclidean", "manhattan", "minkowski", "hellinger", "chi_squared", "js_distance"] {
            assert_eq!(distance(name, false, equal), 0.0, "{name}");
        }
        for name in ["euclidean", "manhattan", "minkowski"] {
            let got = distance(name, false, near);
            assert!((got - 0.1).abs() < 1e-13, "{name}: {got}");
        }
    }
}
