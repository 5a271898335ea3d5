//! Similarities, distances and what words add to them.

use numpy::PyArray1;
use pyo3::prelude::*;

use super::convert::array1;
use super::enter::enter;
use super::weighting::{Cells, with_cells};
use crate::error::Result;
use crate::parallel::Workers;
use crate::stats::delta::{self, Delta};
use crate::stats::entropy::Entropy;
use crate::stats::logarithm::Base;
use crate::stats::similarity::{self, Allowed, Distance, Divergence, Found, Groups, Similarity, Times, Wanted};
use crate::stats::sparse::Sparse;
use crate::stats::word_shift::Shift;

type Array<'py, T> = Bound<'py, PyArray1<T>>;
type Pairs<'py> = (Array<'py, u32>, Array<'py, u32>, Array<'py, f64>);

/// What is asked of pairs of rows.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct Options<'py> {
    measure: String,
    p: f64,
    base: f64,
    smoothing: f64,
    by_size: bool,
    top: Option<usize>,
    bound: Option<f64>,
    limit: u64,
    diagonal: bool,
    span: i64,
    within: bool,
    dates: Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>,
    groups: Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>,
}

/// Names of the similarities, of the distances, of the Delta measures and of the word shifts.
#[pyfunction]
pub(super) fn pair_measures() -> [Vec<&'static str>; 4] {
    [Similarity::names().collect(), Distance::names().to_vec(), Delta::names(), Shift::names()]
}

/// Similarities between the rows of one matrix or of two.
#[pyfunction]
#[pyo3(signature = (cells, other, n_columns, options, *, n_threads=None, progress=None))]
pub(super) fn pair_similarities<'py>(
    py: Python<'py>,
    cells: Cells<'_>,
    other: Option<Cells<'_>>,
    n_columns: usize,
    options: Options<'_>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Pairs<'py>> {
    let measure = options.measure.clone();
    pairs(py, &cells, other.as_ref(), n_columns, &options, n_threads, progress, |first, second, a, w, workers| {
        similarity::similarities(first, second, measure.parse::<Similarity>()?, a, w, workers)
    })
}

/// Distances between the rows of one matrix or of two.
#[pyfunction]
#[pyo3(signature = (cells, other, n_columns, options, *, n_threads=None, progress=None))]
pub(super) fn pair_distances<'py>(
    py: Python<'py>,
    cells: Cells<'_>,
    other: Option<Cells<'_>>,
    n_columns: usize,
    options: Options<'_>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Pairs<'py>> {
    let (measure, p, base) = (options.measure.clone(), options.p, options.base);
    let (smoothing, by_size) = (options.smoothing, options.by_size);
    pairs(py, &cells, other.as_ref(), n_columns, &options, n_threads, progress, |first, second, a, w, workers| {
        let measure = Distance::new(&measure, p, Divergence { base: Base::new(base)?, smoothing, by_size })?;
        similarity::distances(first, second, measure, a, w, workers)
    })
}

#[expect(clippy::too_many_arguments, reason = "those of the two functions above")]
fn pairs<'py>(
    py: Python<'py>,
    cells: &Cells<'_>,
    other: Option<&Cells<'_>>,
    n_columns: usize,
    options: &Options<'_>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
    work: impl Fn(&Sparse<'_>, Option<&Sparse<'_>>, &Allowed<'_>, &Wanted, &Workers) -> Result<Found> + Send + Sync,
) -> PyResult<Pairs<'py>> {
    let dates = match &options.dates {
        Some((first, second)) => Some((array1::<i64>(first, "date")?, array1::<i64>(second, "date")?)),
        None => None,
    };
    let groups = match &options.groups {
        Some((first, second)) => Some((array1::<u32>(first, "group")?, array1::<u32>(second, "group")?)),
        None => None,
    };
    let times = match &dates {
        Some((first, second)) => {
            Some(Times { first: first.as_slice()?, second: second.as_slice()?, span: options.span })
        }
        None => None,
    };
    let groups = match &groups {
        Some((first, second)) => {
            Some(Groups { first: first.as_slice()?, second: second.as_slice()?, within: options.within })
        }
        None => None,
    };
    let allowed = Allowed { times, groups, diagonal: options.diagonal };
    let wanted = Wanted { top: options.top, bound: options.bound, limit: options.limit };
    let run = |first: &Sparse<'_>, second: Option<&Sparse<'_>>| {
        enter(py, n_threads, progress, |workers| work(first, second, &allowed, &wanted, workers))
    };
    let found = with_cells(cells, n_columns, |first| match other {
        None => run(&first, None),
        Some(other) => with_cells(other, n_columns, |second| run(&first, Some(&second))),
    })?;
    let Found { rows, columns, values } = found;
    Ok((PyArray1::from_vec(py, rows), PyArray1::from_vec(py, columns), PyArray1::from_vec(py, values)))
}

/// Delta between all rows of relative frequencies, row after row, and the columns without variation.
#[pyfunction]
#[pyo3(signature = (measure, x, n_columns, *, n_threads=None))]
pub(super) fn delta_distances<'py>(
    py: Python<'py>,
    measure: &str,
    x: &Bound<'_, PyAny>,
    n_columns: usize,
    n_threads: Option<usize>,
) -> PyResult<(Array<'py, f64>, Array<'py, u32>)> {
    let x = array1::<f64>(x, "x")?;
    let x = x.as_slice()?;
    let (values, constant) =
        enter(py, n_threads, None, |workers| delta::delta(measure.parse::<Delta>()?, x, n_columns, workers))?;
    Ok((PyArray1::from_vec(py, values), PyArray1::from_vec(py, constant)))
}

/// The entropy of each row.
#[pyfunction]
pub(super) fn row_entropies<'py>(
    py: Python<'py>,
    cells: Cells<'_>,
    n_columns: usize,
    base: f64,
    normalized: bool,
    miller_madow: bool,
) -> PyResult<Array<'py, f64>> {
    let values = with_cells(&cells, n_columns, |matrix| {
        enter(py, Some(1), None, |_| {
            let entropy = Entropy { base: Base::new(base)?, normalized, miller_madow };
            Ok((0..matrix.n_rows()).map(|row| entropy.of(matrix.row(row).1)).collect::<Vec<f64>>())
        })
    })?;
    Ok(PyArray1::from_vec(py, values))
}

/// What each word adds to the difference of two texts.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "those of the formula")]
pub(super) fn word_shift<'py>(
    py: Python<'py>,
    kind: &str,
    p1: &Bound<'_, PyAny>,
    p2: &Bound<'_, PyAny>,
    scores1: &Bound<'_, PyAny>,
    scores2: &Bound<'_, PyAny>,
    reference: f64,
    base: f64,
) -> PyResult<Array<'py, f64>> {
    let (p1, p2) = (array1::<f64>(p1, "p1")?, array1::<f64>(p2, "p2")?);
    let (s1, s2) = (array1::<f64>(scores1, "scores")?, array1::<f64>(scores2, "scores")?);
    let (p1, p2, scores) = (p1.as_slice()?, p2.as_slice()?, [s1.as_slice()?, s2.as_slice()?]);
    let values = enter(py, Some(1), None, |_| kind.parse::<Shift>()?.of(p1, p2, scores, reference, Base::new(base)?))?;
    Ok(PyArray1::from_vec(py, values))
}
