//! Dispersion of the terms of a matrix, and of the positions of tokens, as Python sees it.

use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::convert::array1;
use super::enter::enter;
use super::term_document::PyTermDocument;
use super::tokens::PyTokens;
use crate::counts::csr::Csr;
use crate::counts::stretches;
use crate::counts::transpose::transpose;
use crate::error::Result;
use crate::parallel::Workers;
use crate::stats::dispersion::{Columns, MEASURES, Measure, Parts, of_columns};
use crate::stats::distances::of_positions;

/// Names of the measures, and whether 0 means evenly spread.
#[pyfunction]
pub(super) fn dispersion_measures() -> Vec<(&'static str, bool)> {
    MEASURES.iter().map(|measure| (measure.name, measure.zero_is_even)).collect()
}

/// The measures of all columns of a matrix whose rows are parts of the given sizes; shape (columns, measures).
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
#[pyo3(signature = (counts, measures, sizes, times=None, *, equal_parts=false, n_threads=None, progress=None))]
pub(super) fn dispersion<'py>(
    py: Python<'py>,
    counts: &PyTermDocument,
    measures: Vec<String>,
    sizes: &Bound<'_, PyAny>,
    times: Option<&Bound<'_, PyAny>>,
    equal_parts: bool,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let sizes = numbers(sizes, "sizes")?;
    let times = times.map(|times| numbers(times, "times")).transpose()?;
    let values = enter(py, n_threads, progress, |workers| {
        let parts = Parts::new(&sizes, times.as_deref(), equal_parts)?;
        of_matrix(&counts.matrix, &parts, &measures, workers)
    })?;
    PyArray1::from_vec(py, values).reshape([counts.matrix.n_columns, measures.len()])
}

/// Like [`dispersion`] for cells that are sums of weights, given as the arrays of a matrix.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one for each array and option")]
#[pyo3(signature = (
    indptr, indices, data, n_columns, measures, sizes, *, equal_parts=false, n_threads=None, progress=None
))]
pub(super) fn dispersion_of_weights<'py>(
    py: Python<'py>,
    indptr: &Bound<'_, PyAny>,
    indices: &Bound<'_, PyAny>,
    data: &Bound<'_, PyAny>,
    n_columns: usize,
    measures: Vec<String>,
    sizes: &Bound<'_, PyAny>,
    equal_parts: bool,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let indptr = array1::<u64>(indptr, "indptr")?.as_slice()?.to_vec();
    let indices = array1::<u32>(indices, "indices")?.as_slice()?.to_vec();
    let (data, sizes) = (numbers(data, "data")?, numbers(sizes, "sizes")?);
    let values = enter(py, n_threads, progress, |workers| {
        let parts = Parts::new(&sizes, None, equal_parts)?;
        of_matrix(&Csr::from_parts(n_columns, indptr, indices, data)?, &parts, &measures, workers)
    })?;
    PyArray1::from_vec(py, values).reshape([n_columns, measures.len()])
}

/// How often each type occurs in each document, or in so many parts of equally many tokens; a column for each id.
#[pyfunction]
#[pyo3(signature = (tokens, n_parts=None, *, n_threads=None, progress=None))]
pub(super) fn type_counts(
    py: Python<'_>,
    tokens: &PyTokens,
    n_parts: Option<usize>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<PyTermDocument> {
    let tokens = &tokens.tokens;
    let counted = enter(py, n_threads, progress, |workers| match n_parts {
        None => stretches::types(tokens, &tokens.doc_offsets, workers),
        Some(n) => stretches::types(tokens, &stretches::equal_starts(tokens, n.max(1)), workers),
    })?;
    Ok(PyTermDocument { matrix: counted.matrix, columns: counted.columns })
}

/// The measures of the distances between the occurrences of each type, by name; an entry for each id.
#[pyfunction]
#[pyo3(signature = (tokens, *, progress=None))]
pub(super) fn distances<'py>(
    py: Python<'py>,
    tokens: &PyTokens,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let found = enter(py, Some(1), progress, |workers| {
        workers.signal().begin(tokens.tokens.n_positions() as u64);
        of_positions(&tokens.tokens.term_ids, tokens.tokens.n_types(), workers.signal())
    })?;
    let columns = PyDict::new(py);
    columns.set_item("arf", PyArray1::from_vec(py, found.arf))?;
    columns.set_item("ald", PyArray1::from_vec(py, found.ald))?;
    columns.set_item("awt", PyArray1::from_vec(py, found.awt))?;
    columns.set_item("f_ald", PyArray1::from_vec(py, found.f_ald))?;
    columns.set_item("f_awt", PyArray1::from_vec(py, found.f_awt))?;
    Ok(columns)
}

fn of_matrix<V>(matrix: &Csr<V>, parts: &Parts, measures: &[String], workers: &Workers) -> Result<Vec<f64>>
where
    V: Copy + Default + Into<f64> + Send + Sync,
{
    let measures: Vec<Measure> = measures.iter().map(|name| name.parse()).collect::<Result<_>>()?;
    let by_term = transpose(matrix, workers)?;
    let columns = Columns { starts: &by_term.indptr, parts: &by_term.indices, counts: &by_term.data };
    of_columns(columns, parts, &measures, workers)
}

fn numbers(values: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Vec<f64>> {
    Ok(array1::<f64>(values, name)?.as_slice()?.to_vec())
}
