//! Trends of many terms as Python sees them.

use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;

use super::convert::vec_of;
use super::enter::enter;
use crate::stats::trend::{Counts, Options, Times, trends as trends_of};

type Three<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>);

/// Trends of terms: counts by term (starts, periods, counts); denominator of each period, times and seasons of those whose
/// denominator is not 0; normal quantile of the interval, that of autocorrelations, and what counts are multiplied with.
#[pyfunction]
#[pyo3(signature = (counts, periods, options, *, n_threads=None, progress=None))]
pub(super) fn trends<'py>(
    py: Python<'py>,
    counts: Three<'py>,
    periods: Three<'py>,
    options: (f64, Option<f64>, f64),
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let (indptr, places) = (vec_of::<u64>(&counts.0, "indptr")?, vec_of::<u32>(&counts.1, "periods")?);
    let values = vec_of::<f64>(&counts.2, "counts")?;
    let (denominators, times) = (vec_of::<f64>(&periods.0, "denominators")?, vec_of::<f64>(&periods.1, "times")?);
    let seasons = vec_of::<u32>(&periods.2, "seasons")?;
    let found = enter(py, n_threads, progress, |workers| {
        let times = Times::new(times, seasons)?;
        let counts = Counts { indptr: &indptr, periods: &places, counts: &values };
        let (z, autocorrelation, scale) = options;
        trends_of(&counts, &denominators, scale, &times, Options { z, autocorrelation }, workers)
    })?;
    Ok(found.into_pyarray(py))
}
