//! `kolloc._core.Documents`: the texts of a corpus as Python sees them.

use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

use super::convert::{array1, documents_from_stream, documents_from_strings};
use super::enter::{enter, enter_briefly};
use crate::corpus::documents::Documents;

/// Texts by row, borrowed from Arrow where they came as Arrow.
#[pyclass(frozen, eq, name = "Documents", module = "kolloc._core")]
#[derive(PartialEq, Eq)]
pub(crate) struct PyDocuments {
    /// The texts, for the other classes of this module.
    pub(super) documents: Documents,
}

type Buffers<'py> = (Bound<'py, PyBytes>, Bound<'py, PyArray1<i64>>);

#[pymethods]
impl PyDocuments {
    /// Texts of an object with `__arrow_c_stream__`; `column` names one if it is a table.
    #[staticmethod]
    #[pyo3(signature = (data, column=None, *, n_rows=None))]
    fn from_arrow(data: &Bound<'_, PyAny>, column: Option<&str>, n_rows: Option<usize>) -> PyResult<Self> {
        Ok(Self { documents: documents_from_stream(data, column, n_rows)? })
    }

    /// Texts of an iterable of `str`, `None` where missing.
    #[staticmethod]
    fn from_strings(strings: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { documents: documents_from_strings(strings)? })
    }

    /// Texts in one buffer of UTF-8 with `n + 1` boundaries.
    #[staticmethod]
    #[pyo3(signature = (text, offsets, missing=None))]
    fn from_buffers(
        py: Python<'_>,
        text: Vec<u8>,
        offsets: &Bound<'_, PyAny>,
        missing: Option<PyReadonlyArray1<'_, bool>>,
    ) -> PyResult<Self> {
        let offsets = array1::<i64>(offsets, "offsets")?.as_array().to_vec();
        let missing = missing.map(|mask| mask.as_array().to_vec());
        let documents = enter(py, Some(1), None, |_| Documents::from_buffers(text, offsets, missing.as_deref()))?;
        Ok(Self { documents })
    }

    fn __len__(&self) -> usize {
        self.documents.len()
    }

    /// The text of a row, empty if it is missing.
    fn text<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyString>> {
        if row >= self.documents.len() {
            return Err(PyIndexError::new_err(format!(
                "row {row} is out of range for {} documents",
                self.documents.len()
            )));
        }
        Ok(PyString::new(py, self.documents.text(row)))
    }

    /// All texts, missing ones as empty.
    fn texts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.documents.texts())
    }

    /// Which rows are missing.
    fn is_missing<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<bool>>> {
        let documents = &self.documents;
        let mask: Vec<bool> =
            enter_briefly(py, |_| Ok((0..documents.len()).map(|row| documents.is_missing(row)).collect()))?;
        Ok(PyArray1::from_vec(py, mask))
    }

    /// Number of missing texts.
    #[getter]
    fn n_missing(&self) -> usize {
        self.documents.n_missing()
    }

    /// Length of all texts in bytes of UTF-8.
    #[getter]
    fn n_bytes(&self) -> u64 {
        self.documents.n_bytes()
    }

    /// The given rows in the given order, without a copy of their texts.
    fn take(&self, py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<Self> {
        let rows = array1::<u32>(rows, "rows")?;
        let rows = rows.as_slice()?;
        let documents = enter_briefly(py, |_| self.documents.take(rows))?;
        Ok(Self { documents })
    }

    /// These documents and others behind them, without a copy of their texts.
    fn chain(&self, py: Python<'_>, others: &Self) -> PyResult<Self> {
        Ok(Self { documents: enter_briefly(py, |_| self.documents.chain(&others.documents))? })
    }

    /// xxh3-128 over lengths and texts as hexadecimal digits.
    #[pyo3(signature = (*, progress=None))]
    fn fingerprint(&self, py: Python<'_>, progress: Option<Bound<'_, PyAny>>) -> PyResult<String> {
        enter(py, Some(1), progress, |workers| self.documents.fingerprint(workers.signal()))
    }

    /// Addresses of the buffers that hold the texts.
    fn buffer_addresses(&self) -> Vec<usize> {
        self.documents.buffer_addresses()
    }

    /// The texts as UTF-8 and their boundaries: a copy.
    fn to_buffers<'py>(&self, py: Python<'py>) -> PyResult<Buffers<'py>> {
        let (bytes, offsets) = enter(py, Some(1), None, |_| Ok(self.documents.to_buffers()))?;
        Ok((PyBytes::new(py, &bytes), PyArray1::from_vec(py, offsets)))
    }

    #[expect(clippy::type_complexity, reason = "the shape that pickle asks for")]
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<bool>>))>
    {
        let (bytes, offsets) = self.to_buffers(py)?;
        let rebuild = py.get_type::<Self>().getattr("from_buffers")?;
        Ok((rebuild, (bytes, offsets, self.is_missing(py)?)))
    }

    fn __repr__(&self) -> String {
        format!("<Documents: {} texts, {} bytes>", self.documents.len(), self.documents.n_bytes())
    }
}
