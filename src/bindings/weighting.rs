//! Weights of a document-term matrix.

use numpy::PyArray1;
use pyo3::prelude::*;

use super::convert::array1;
use super::enter::{enter, enter_briefly};
use super::errors;
use crate::error::Result;
use crate::stats::logarithm::Base;
use crate::stats::sparse::Sparse;
use crate::stats::weighting::{self, DocumentFrequency, Given, Scheme, Smoothing};

type Array<'py> = Bound<'py, PyArray1<f64>>;
/// Where rows start, columns of cells, values of cells.
pub(super) type Cells<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>);

/// Runs `work` on the cells of a matrix, borrowed.
pub(super) fn with_cells<R>(
    cells: &Cells<'_>,
    n_columns: usize,
    work: impl FnOnce(Sparse<'_>) -> PyResult<R>,
) -> PyResult<R> {
    let (indptr, indices) = (array1::<u64>(&cells.0, "indptr")?, array1::<u32>(&cells.1, "indices")?);
    let values = array1::<f64>(&cells.2, "values")?;
    let matrix = Sparse::new(n_columns, indptr.as_slice()?, indices.as_slice()?, values.as_slice()?);
    work(matrix.map_err(|error| errors::to_python(cells.0.py(), &error))?)
}

/// Names of the schemes for term frequency, document frequency and normalization.
#[pyfunction]
pub(super) fn weighting_schemes() -> [Vec<&'static str>; 3] {
    weighting::names()
}

/// The constants of a scheme of document frequencies.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct DfOptions {
    df: String,
    base: f64,
    df_smoothing: f64,
    df_k: f64,
    df_docs: f64,
    df_plus: f64,
}

/// What a scheme makes of document frequencies among `n` documents.
#[pyfunction]
pub(super) fn document_frequencies<'py>(
    py: Python<'py>,
    df: &Bound<'_, PyAny>,
    n: f64,
    options: DfOptions,
) -> PyResult<Array<'py>> {
    let df = array1::<f64>(df, "df")?;
    let df = df.as_slice()?;
    let values = enter_briefly(py, |_| {
        let (smoothing, k, docs, plus) = (options.df_smoothing, options.df_k, options.df_docs, options.df_plus);
        let with = Smoothing { base: Base::new(options.base)?, smoothing, k, docs, plus };
        Ok(options.df.parse::<DocumentFrequency>()?.of(df, n, &with))
    })?;
    Ok(PyArray1::from_vec(py, values))
}

/// The constants of a scheme of weights.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(super) struct Options {
    tf: String,
    norm: String,
    base: f64,
    k: f64,
    k1: f64,
    b: f64,
    average_length: Option<f64>,
    slope: f64,
    pivot: Option<f64>,
    alpha: f64,
}

impl Options {
    fn scheme(&self) -> Result<Scheme> {
        let (tf, norm, base) = (self.tf.parse()?, self.norm.parse()?, Base::new(self.base)?);
        let Self { k, k1, b, average_length, slope, pivot, alpha, .. } = *self;
        Ok(Scheme { tf, norm, base, k, k1, b, average_length, slope, pivot, alpha })
    }
}

/// The weight of each cell, the mean length and the pivot.
#[pyfunction]
#[pyo3(signature = (cells, n_columns, options, factors=None, lengths=None, characters=None, *, n_threads=None))]
#[expect(clippy::too_many_arguments, reason = "what a scheme may ask for")]
pub(super) fn weigh<'py>(
    py: Python<'py>,
    cells: Cells<'_>,
    n_columns: usize,
    options: Options,
    factors: Option<Bound<'_, PyAny>>,
    lengths: Option<Bound<'_, PyAny>>,
    characters: Option<Bound<'_, PyAny>>,
    n_threads: Option<usize>,
) -> PyResult<(Array<'py>, f64, f64)> {
    let array = |array: &Option<Bound<'_, PyAny>>, name| match array {
        Some(array) => PyResult::Ok(Some(array1::<f64>(array, name)?.as_slice()?.to_vec())),
        None => Ok(None),
    };
    let (factors, lengths) = (array(&factors, "factors")?, array(&lengths, "lengths")?);
    let characters = array(&characters, "char_lengths")?;
    let given = Given { factors: factors.as_deref(), lengths: lengths.as_deref(), characters: characters.as_deref() };
    let weighted = with_cells(&cells, n_columns, |counts| {
        enter(py, n_threads, None, |workers| weighting::weigh(&counts, &options.scheme()?, given, workers))
    })?;
    Ok((PyArray1::from_vec(py, weighted.values), weighted.average_length, weighted.pivot))
}
