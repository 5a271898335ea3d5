//! `kolloc._core.TermDocument`: a document-term matrix as Python sees it.

use numpy::PyArray1;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::arrays::view;
use super::convert::array1;
use super::enter::enter;
use super::errors;
use super::tokens::PyTokens;
use crate::counts::columns::Columns;
use crate::counts::csr::Csr;
use crate::counts::term_document::{Config, count};
use crate::counts::trim::Trim;
use crate::counts::{frequency, group, select};
use crate::error::Error;

/// Counts of terms (columns) in documents or groups of documents (rows).
#[pyclass(frozen, name = "TermDocument", module = "kolloc._core")]
pub(crate) struct PyTermDocument {
    /// The counts, for the other modules here.
    pub(super) matrix: Csr<u32>,
    /// What its columns stand for.
    pub(super) columns: Columns,
}

type Frequencies<'py> = (Bound<'py, PyArray1<u64>>, Bound<'py, PyArray1<u64>>, Bound<'py, PyArray1<u64>>);
type Top<'py> = (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>);

#[pymethods]
impl PyTermDocument {
    /// The matrix of a tokenized corpus by a configuration in JSON.
    #[staticmethod]
    #[pyo3(signature = (tokens, config, *, n_threads=None, progress=None))]
    fn count(
        py: Python<'_>,
        tokens: &PyTokens,
        config: &str,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config: Config = from_json(py, config)?;
        let counted = enter(py, n_threads, progress, |workers| count(&tokens.tokens, &config, workers))?;
        Ok(Self { matrix: counted.matrix, columns: counted.columns })
    }

    /// A matrix from its arrays; the buffer of terms is UTF-8.
    #[staticmethod]
    fn from_parts(
        py: Python<'_>,
        indptr: &Bound<'_, PyAny>,
        indices: &Bound<'_, PyAny>,
        data: &Bound<'_, PyAny>,
        terms: &str,
        boundaries: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let indptr = array1::<u64>(indptr, "indptr")?.as_array().to_vec();
        let indices = array1::<u32>(indices, "indices")?.as_array().to_vec();
        let data = array1::<u32>(data, "data")?.as_array().to_vec();
        let boundaries = array1::<i64>(boundaries, "boundaries")?.as_array().to_vec();
        enter(py, Some(1), None, |_| {
            let pieces = boundaries.windows(2).map(|pair| terms.get(pair[0] as usize..pair[1] as usize));
            let pieces: Option<Vec<&str>> = pieces.collect();
            let pieces = pieces.ok_or_else(|| Error::parameter("boundaries", "other values", "boundaries of terms"))?;
            let matrix = Csr::from_parts(pieces.len(), indptr, indices, data)?;
            Ok(Self { matrix, columns: Columns::given(pieces) })
        })
    }

    /// Number of rows and columns.
    #[getter]
    fn shape(&self) -> (usize, usize) {
        (self.matrix.n_rows(), self.matrix.n_columns)
    }

    /// Where each row starts.
    #[getter]
    fn indptr<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u64>> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().matrix.indptr, slf.clone().into_any()) }
    }

    /// Column of each cell.
    #[getter]
    fn indices<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u32>> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().matrix.indices, slf.clone().into_any()) }
    }

    /// Count of each cell.
    #[getter]
    fn data<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u32>> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().matrix.data, slf.clone().into_any()) }
    }

    /// One term.
    fn term(&self, column: usize) -> PyResult<String> {
        if column >= self.columns.len() {
            let message = format!("column {column} is out of range for {} terms", self.columns.len());
            return Err(PyIndexError::new_err(message));
        }
        Ok(self.columns.term(column))
    }

    /// All terms in one buffer of UTF-8, and their boundaries.
    fn terms<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyArray1<i64>>)> {
        let (terms, boundaries) = enter(py, None, None, |workers| self.columns.terms(workers))?;
        Ok((PyBytes::new(py, terms.as_bytes()), PyArray1::from_vec(py, boundaries)))
    }

    /// Collection frequency, document frequency and rank of each column.
    fn frequencies<'py>(&self, py: Python<'py>) -> PyResult<Frequencies<'py>> {
        let found = enter(py, None, None, |workers| frequency::term_frequencies(&self.matrix, workers))?;
        let ranks = found.ranks();
        let array = |values| PyArray1::from_vec(py, values);
        Ok((array(found.cf), array(found.df), array(ranks)))
    }

    /// Sum of each row.
    fn row_sums<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<u64>>> {
        let sums = enter(py, None, None, |workers| frequency::row_sums(&self.matrix, workers))?;
        Ok(PyArray1::from_vec(py, sums))
    }

    /// Row, column and count of the largest cells of each row.
    fn top_terms<'py>(&self, py: Python<'py>, n: usize) -> PyResult<Top<'py>> {
        let top = enter(py, None, None, |workers| group::top_terms(&self.matrix, n, workers))?;
        let array = |values| PyArray1::from_vec(py, values);
        Ok((array(top.groups), array(top.columns), array(top.counts)))
    }

    /// Rows summed by their group.
    fn group(&self, py: Python<'_>, groups: &Bound<'_, PyAny>, n_groups: usize) -> PyResult<Self> {
        let groups = array1::<u32>(groups, "groups")?.as_array().to_vec();
        let matrix = enter(py, None, None, |workers| group::rows(&self.matrix, &groups, n_groups, workers))?;
        Ok(Self { matrix, columns: self.columns.clone() })
    }

    /// The columns that bounds keep, ascending.
    fn kept_columns<'py>(&self, py: Python<'py>, bounds: &str) -> PyResult<Bound<'py, PyArray1<u32>>> {
        let trim: Trim = from_json(py, bounds)?;
        let keep = enter(py, None, None, |workers| {
            trim.check()?;
            let found = frequency::term_frequencies(&self.matrix, workers)?;
            trim.columns(&found.cf, &found.df, self.matrix.n_rows() as u64)
        })?;
        Ok(PyArray1::from_vec(py, keep))
    }

    /// The given columns in the given order.
    fn select_columns(&self, py: Python<'_>, keep: &Bound<'_, PyAny>) -> PyResult<Self> {
        let keep = array1::<u32>(keep, "columns")?.as_array().to_vec();
        let matrix = enter(py, None, None, |workers| select::columns(&self.matrix, &keep, workers))?;
        Ok(Self { matrix, columns: self.columns.select(&keep) })
    }

    /// The given rows in the given order.
    fn select_rows(&self, py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<Self> {
        let rows: Vec<usize> = array1::<u32>(rows, "rows")?.as_array().iter().map(|&row| row as usize).collect();
        let matrix = enter(py, None, None, |workers| select::rows(&self.matrix, &rows, workers))?;
        Ok(Self { matrix, columns: self.columns.clone() })
    }
}

/// A configuration of the core from JSON.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(py: Python<'_>, json: &str) -> PyResult<T> {
    let invalid = |error: serde_json::Error| Error::parameter("config", error, "a configuration in JSON");
    serde_json::from_str(json).map_err(|error| errors::to_python(py, &invalid(error)))
}
