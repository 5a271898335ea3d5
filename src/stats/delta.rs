//! Distances between texts by their most frequent words: the Delta family.
//!
//! Columns are words by falling frequency, k = 1 to n; values are relative frequencies, z their standardized values by the
//! sample standard deviation (n - 1) of the column. Columns without variation are left out of measures of z, and n then counts
//! the others. Sources: Burrows (2002), doi:10.1093/llc/17.3.267; Argamon (2008), doi:10.1093/llc/fqn003; Evert et al. (2017),
//! doi:10.1093/llc/fqx023; Eder (2015), doi:10.1093/llc/fqt066; Ružička (1958).

use std::str::FromStr;

use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// A measure by its name; all are at least 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delta {
    /// mean |z - z'|
    Burrows,
    /// mean (z - z')²
    Quadratic,
    /// √Σ(z - z')² / n
    ArgamonStylo,
    /// 1 - cos(z, z'), at most 2
    Cosine,
    /// Σ|z - z'| (n - k + 1) / n
    Eder,
    /// Σ|√x - √x'|
    EderSimple,
    /// 1 - Σmin / Σmax, at most 1
    MinMax,
}

const MEASURES: [(&str, Delta); 7] = [
    ("burrows", Delta::Burrows),
    ("quadratic", Delta::Quadratic),
    ("argamon_stylo", Delta::ArgamonStylo),
    ("cosine", Delta::Cosine),
    ("eder", Delta::Eder),
    ("eder_simple", Delta::EderSimple),
    ("min_max", Delta::MinMax),
];

impl Delta {
    /// Names of all.
    pub fn names() -> Vec<&'static str> {
        MEASURES.iter().map(|entry| entry.0).collect()
    }

    fn takes_z(self) -> bool {
        !matches!(self, Self::EderSimple | Self::MinMax)
    }

    fn of(self, x: &[f64], y: &[f64]) -> f64 {
        let n = x.len() as f64;
        let sum = |of: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(&x, &y)| of(x, y)).sum::<f64>();
        match self {
            Self::Burrows => sum(&|x, y| (x - y).abs()) / n,
            Self::Quadratic => sum(&|x, y| (x - y) * (x - y)) / n,
            Self::ArgamonStylo => sum(&|x, y| (x - y) * (x - y)).sqrt() / n,
            Self::Cosine => 1.0 - sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt(),
            Self::Eder => {
                let weighted = x.iter().zip(y).enumerate().map(|(at, (x, y))| (x - y).abs() * (n - at as f64));
                weighted.sum::<f64>() / n
            }
            Self::EderSimple => sum(&|x, y| (x.sqrt() - y.sqrt()).abs()),
            Self::MinMax => 1.0 - sum(&f64::min) / sum(&f64::max),
        }
    }
}

impl FromStr for Delta {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = MEASURES.iter().find(|entry| entry.0 == name);
        let allowed = || format!("one of {}", Self::names().join(", "));
        found.map(|entry| entry.1).ok_or_else(|| Error::parameter("measure", name, allowed()))
    }
}

/// The distances of all pairs of rows of `x`, row after row, and the columns left out for want of variation.
///
/// # Errors
/// An array that is no multiple of its width, cancelled by the caller.
pub fn delta(measure: Delta, x: &[f64], n_columns: usize, workers: &Workers) -> Result<(Vec<f64>, Vec<u32>)> {
    if n_columns == 0 || !x.len().is_multiple_of(n_columns) {
        return Err(Error::parameter("n_terms", n_columns, "at least 1, and rows of so many values"));
    }
    let (rows, constant) = if measure.takes_z() { standardized(x, n_columns) } else { (x.to_vec(), Vec::new()) };
    let (n_rows, width) = (x.len() / n_columns, n_columns - constant.len());
    let row = |i: usize| &rows[i * width..(i + 1) * width];
    workers.signal().begin(n_rows as u64);
    let parts = workers.map(disjoint::ranges(n_rows, 1), |lines| {
        let found: Vec<f64> = lines.flat_map(|i| (0..n_rows).map(move |j| measure.of(row(i), row(j)))).collect();
        workers.signal().advance(1);
        Ok(found)
    })?;
    Ok((parts.concat(), constant))
}

fn standardized(x: &[f64], n_columns: usize) -> (Vec<f64>, Vec<u32>) {
    let n = (x.len() / n_columns) as f64;
    let column = |at: usize| x.iter().skip(at).step_by(n_columns);
    let moments = |at: usize| {
        let mean = column(at).sum::<f64>() / n;
        let variance = column(at).map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        let first = column(at).next();
        (column(at).any(|x| Some(x) != first)).then_some((mean, variance.sqrt()))
    };
    let moments: Vec<Option<(f64, f64)>> = (0..n_columns).map(moments).collect();
    let z = |(x, moments): (&f64, &Option<(f64, f64)>)| moments.map(|(mean, sd)| (x - mean) / sd);
    let rows = x.chunks_exact(n_columns).flat_map(|row| row.iter().zip(&moments).filter_map(z)).collect();
    let constant = (0..n_columns).filter(|&at| moments[at].is_none()).map(|at| at as u32).collect();
    (rows, constant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_values_are_reproduced() {
        let x = [0.10, 0.05, 0.03, 0.02, 0.08, 0.06, 0.02, 0.03, 0.12, 0.04, 0.05, 0.01];
        let expected = [
            (Delta::Burrows, [0.913663, 1.077327, 1.990990]),
            (Delta::Quadratic, [0.857143, 1.178571, 3.964286]),
            (Delta::Cosine, [0.549965, 1.533002, 1.995459]),
            (Delta::Eder, [2.327327, 2.654654, 4.981981]),
            (Delta::ArgamonStylo, [0.462910, 0.542810, 0.995526]),
            (Delta::EderSimple, [0.118295, 0.145612, 0.263907]),
            (Delta::MinMax, [0.227273, 0.25, 0.423077]),
        ];
        for (measure, values) in expected {
            let (found, constant) = delta(measure, &x, 4, &Workers::serial()).unwrap();
            assert!(constant.is_empty());
            for (place, value) in [1, 2, 5].into_iter().zip(values) {
                assert!((found[place] - value).abs() < 1e-6, "{measure:?}: {}", found[place]);
            }
        }
        let same = [0.1, 0.2, 0.1, 0.3];
        assert_eq!(delta(Delta::Burrows, &same, 2, &Workers::serial()).unwrap().1, [0]);
        assert!(delta(Delta::Burrows, &same, 0, &Workers::serial()).is_err());
    }
}
