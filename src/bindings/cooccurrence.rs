//! `kolloc._core.Cooccurrence`: co-occurrence counts and their margins as Python sees them.

use numpy::PyArray1;
use pyo3::prelude::*;

use super::arrays::view;
use super::convert::{array1, vec_of};
use super::enter::enter;
use super::errors;
use super::term_document::from_json;
use super::tokens::PyTokens;
use crate::cooccurrence::{
    Amount, Amounts, Cells, Config, Cooccurrence, Edges, Rows, Shape, Tables, count, count_weighted,
};
use crate::counts::csr::Csr;
use crate::error::{Error, Result};
use crate::stats::association::{self as measure, Measure};

/// How often terms occur near each other.
#[pyclass(frozen, name = "Cooccurrence", module = "kolloc._core")]
pub(crate) struct PyCooccurrence {
    /// The counts, for the other modules here.
    pub(super) found: Cooccurrence,
}

type Array<'py, T> = Bound<'py, PyArray1<T>>;
type Four<'py> = (Array<'py, f64>, Array<'py, f64>, Array<'py, f64>, Array<'py, f64>);

#[pymethods]
impl PyCooccurrence {
    /// The co-occurrence of a tokenized corpus by a configuration in JSON, with a weight for each document if given.
    #[staticmethod]
    #[pyo3(signature = (tokens, config, doc_weights=None, *, n_threads=None, progress=None))]
    fn count(
        py: Python<'_>,
        tokens: &PyTokens,
        config: &str,
        doc_weights: Option<&Bound<'_, PyAny>>,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config: Config = from_json(py, config)?;
        let weights = doc_weights.map(|weights| vec_of::<f64>(weights, "doc_weights")).transpose()?;
        let found = enter(py, n_threads, progress, |workers| match &weights {
            None => count(&tokens.tokens, &config, workers),
            Some(weights) => count_weighted(&tokens.tokens, weights, &config, workers),
        })?;
        Ok(Self { found })
    }

    /// A result from its parts, as [`PyCooccurrence::parts`] gives them.
    #[staticmethod]
    #[expect(clippy::too_many_arguments, reason = "one for each field")]
    fn from_parts(
        py: Python<'_>,
        config: &str,
        totals: (u64, u64, bool),
        amounts: (Bound<'_, PyAny>, Bound<'_, PyAny>),
        terms: &Bound<'_, PyAny>,
        row_terms: &Bound<'_, PyAny>,
        frequencies: (Bound<'_, PyAny>, Bound<'_, PyAny>),
        margins: (Bound<'_, PyAny>, Bound<'_, PyAny>),
        cells: (Bound<'_, PyAny>, Bound<'_, PyAny>, Bound<'_, PyAny>),
    ) -> PyResult<Self> {
        let config: Config = from_json(py, config)?;
        let terms = vec_of::<u32>(terms, "terms")?;
        let rows = match &config.nodes {
            Some(_) => Rows::Nodes(vec_of::<u32>(row_terms, "row_terms")?),
            None => Rows::Columns,
        };
        let indptr = vec_of::<u64>(&cells.0, "indptr")?;
        let indices = vec_of::<u32>(&cells.1, "indices")?;
        let weighted = array1::<f64>(&cells.2, "data").is_ok();
        let cells = if weighted {
            Csr::from_parts(terms.len(), indptr, indices, vec_of(&cells.2, "data")?).map(Cells::Weights)
        } else {
            Csr::from_parts(terms.len(), indptr, indices, vec_of(&cells.2, "data")?).map(Cells::Counts)
        };
        let found = Cooccurrence {
            terms,
            rows,
            shape: if totals.2 { Shape::Upper } else { Shape::Full },
            cells: cells.map_err(|error| errors::to_python(py, &error))?,
            row_margins: amounts_of(&margins.0, "row_margins")?,
            column_margins: amounts_of(&margins.1, "column_margins")?,
            n: amount_of(&amounts.0)?,
            n_pairs: amount_of(&amounts.1)?,
            frequencies: amounts_of(&frequencies.0, "frequencies")?,
            row_frequencies: amounts_of(&frequencies.1, "row_frequencies")?,
            n_tokens: totals.0,
            n_units: totals.1,
            config,
        };
        Ok(Self { found })
    }

    /// Number of rows and columns.
    #[getter]
    fn shape(&self) -> (usize, usize) {
        (self.found.row_terms().len(), self.found.terms.len())
    }

    /// Whether only cells with row <= column are stored.
    #[getter]
    fn is_upper(&self) -> bool {
        self.found.shape == Shape::Upper
    }

    /// Term id of each column.
    #[getter]
    fn terms<'py>(slf: &Bound<'py, Self>) -> Array<'py, u32> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().found.terms, slf.clone().into_any()) }
    }

    /// Term id of each row.
    #[getter]
    fn row_terms<'py>(slf: &Bound<'py, Self>) -> Array<'py, u32> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(slf.get().found.row_terms(), slf.clone().into_any()) }
    }

    /// Where each row starts.
    #[getter]
    fn indptr<'py>(slf: &Bound<'py, Self>) -> Array<'py, u64> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(slf.get().found.cells.indptr(), slf.clone().into_any()) }
    }

    /// Column of each cell.
    #[getter]
    fn indices<'py>(slf: &Bound<'py, Self>) -> Array<'py, u32> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(slf.get().found.cells.indices(), slf.clone().into_any()) }
    }

    /// Count or weight of each cell.
    #[getter]
    fn data<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyAny> {
        let owner = slf.clone().into_any();
        match &slf.get().found.cells {
            // SAFETY: the object is frozen and owns the vector.
            Cells::Counts(csr) => unsafe { view(&csr.data, owner) }.into_any(),
            // SAFETY: the object is frozen and owns the vector.
            Cells::Weights(csr) => unsafe { view(&csr.data, owner) }.into_any(),
        }
    }

    /// Margin of each row's term.
    #[getter]
    fn row_margins<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyAny> {
        amounts_view(&slf.get().found.row_margins, slf)
    }

    /// Margin of each column's term.
    #[getter]
    fn column_margins<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyAny> {
        amounts_view(&slf.get().found.column_margins, slf)
    }

    /// Collection frequency of each column's term.
    #[getter]
    fn frequencies<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyAny> {
        amounts_view(&slf.get().found.frequencies, slf)
    }

    /// Collection frequency of each row's term.
    #[getter]
    fn row_frequencies<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyAny> {
        amounts_view(&slf.get().found.row_frequencies, slf)
    }

    /// Sample size of the model.
    #[getter]
    fn n<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        amount(py, self.found.n)
    }

    /// Number of pairs of positions, or the sum of their weights.
    #[getter]
    fn n_pairs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        amount(py, self.found.n_pairs)
    }

    /// Number of tokens, gaps left out.
    #[getter]
    fn n_tokens(&self) -> u64 {
        self.found.n_tokens
    }

    /// Number of units.
    #[getter]
    fn n_units(&self) -> u64 {
        self.found.n_units
    }

    /// Rows, columns and places of the largest cells.
    #[pyo3(signature = (min_count, top=None))]
    fn edges<'py>(
        &self,
        py: Python<'py>,
        min_count: f64,
        top: Option<usize>,
    ) -> PyResult<(Array<'py, u32>, Array<'py, u32>, Array<'py, u64>)> {
        let Edges { rows, columns, cells, .. } = enter(py, Some(1), None, |_| Ok(self.found.edges(min_count, top)))?;
        Ok((PyArray1::from_vec(py, rows), PyArray1::from_vec(py, columns), PyArray1::from_vec(py, cells)))
    }

    /// Columns of all partners of a row and the places of their cells.
    fn partners<'py>(&self, py: Python<'py>, row: usize) -> PyResult<(Array<'py, u32>, Array<'py, u64>)> {
        let n = self.found.row_terms().len();
        if row >= n {
            let error = Error::parameter("row", row, format!("below the number of rows, {n}"));
            return Err(errors::to_python(py, &error));
        }
        let Edges { columns, cells, .. } = enter(py, Some(1), None, |_| Ok(self.found.row_full(row)))?;
        Ok((PyArray1::from_vec(py, columns), PyArray1::from_vec(py, cells)))
    }

    /// Observed counts, margins and sample sizes of cells; `node`, a row, puts its own margin first in each.
    #[pyo3(signature = (cells, node=None))]
    fn tables<'py>(&self, py: Python<'py>, cells: &Bound<'_, PyAny>, node: Option<usize>) -> PyResult<Four<'py>> {
        let cells = vec_of::<u64>(cells, "cells")?;
        let tables = enter(py, Some(1), None, |_| {
            let nnz = self.found.cells.nnz() as u64;
            if let Some(cell) = cells.iter().find(|&&cell| cell >= nnz) {
                return Err(Error::parameter("cells", cell, format!("below the number of cells, {nnz}")));
            }
            let mut tables = Tables::default();
            for cell in cells {
                let cell = cell as usize;
                let one = self.found.tables(cell..cell + 1);
                let swapped = node.is_some_and(|node| self.found.cells.row_of(cell) != node);
                let (r1, c1) = if swapped { (one.c1, one.r1) } else { (one.r1, one.c1) };
                tables.o11.extend(one.o11);
                tables.r1.extend(r1);
                tables.c1.extend(c1);
                tables.n.extend(one.n);
            }
            Ok(tables)
        })?;
        let array = |values| PyArray1::from_vec(py, values);
        Ok((array(tables.o11), array(tables.r1), array(tables.c1), array(tables.n)))
    }
}

/// Names of the association measures.
#[pyfunction]
pub(super) fn association_measures() -> Vec<(&'static str, bool)> {
    Measure::all().map(|measure| (measure.name(), measure.is_test())).collect()
}

/// The values of an association measure for 2×2 tables.
#[pyfunction]
pub(super) fn association<'py>(
    py: Python<'py>,
    measure: &str,
    o11: &Bound<'_, PyAny>,
    r1: &Bound<'_, PyAny>,
    c1: &Bound<'_, PyAny>,
    n: &Bound<'_, PyAny>,
) -> PyResult<Array<'py, f64>> {
    let (o11, r1) = (vec_of::<f64>(o11, "o11")?, vec_of::<f64>(r1, "r1")?);
    let (c1, n) = (vec_of::<f64>(c1, "c1")?, vec_of::<f64>(n, "n")?);
    let scores =
        enter(py, Some(1), None, |_| -> Result<Vec<f64>> { measure.parse::<Measure>()?.scores(&o11, &r1, &c1, &n) })?;
    Ok(PyArray1::from_vec(py, scores))
}

/// (f - min_count) n_types / (r1 c1) of each table.
#[pyfunction]
pub(super) fn gensim_default<'py>(
    py: Python<'py>,
    o11: &Bound<'_, PyAny>,
    r1: &Bound<'_, PyAny>,
    c1: &Bound<'_, PyAny>,
    min_count: f64,
    n_types: f64,
) -> PyResult<Array<'py, f64>> {
    of_tables(py, o11, r1, c1, |o11, r1, c1| measure::gensim_default(o11, r1, c1, min_count, n_types))
}

/// z of collocates in the span of nodes: pairs, tokens of node and collocate, all tokens, positions of a span.
#[pyfunction]
pub(super) fn z_span<'py>(
    py: Python<'py>,
    o11: &Bound<'_, PyAny>,
    r1: &Bound<'_, PyAny>,
    c1: &Bound<'_, PyAny>,
    n: f64,
    span: f64,
) -> PyResult<Array<'py, f64>> {
    of_tables(py, o11, r1, c1, |o11, r1, c1| measure::z_span(o11, r1, c1, n, span))
}

/// A function of three arrays of one length.
fn of_tables<'py>(
    py: Python<'py>,
    o11: &Bound<'_, PyAny>,
    r1: &Bound<'_, PyAny>,
    c1: &Bound<'_, PyAny>,
    value: impl Fn(f64, f64, f64) -> f64 + Sync,
) -> PyResult<Array<'py, f64>> {
    let (o11, r1, c1) = (vec_of::<f64>(o11, "o11")?, vec_of::<f64>(r1, "r1")?, vec_of::<f64>(c1, "c1")?);
    let values = enter(py, Some(1), None, |_| {
        let lengths = [o11.len(), r1.len(), c1.len()];
        if lengths != [o11.len(); 3] {
            return Err(Error::input(format!("lengths {lengths:?}"), "three arrays of one length"));
        }
        Ok((0..o11.len()).map(|i| value(o11[i], r1[i], c1[i])).collect())
    })?;
    Ok(PyArray1::from_vec(py, values))
}

fn amounts_of(values: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Amounts> {
    if array1::<f64>(values, name).is_ok() {
        return Ok(Amounts::Weights(vec_of(values, name)?));
    }
    Ok(Amounts::Counts(vec_of(values, name)?))
}

fn amount_of(value: &Bound<'_, PyAny>) -> PyResult<Amount> {
    match value.extract::<u64>() {
        Ok(count) => Ok(Amount::Count(count)),
        Err(_) => Ok(Amount::Weight(value.extract()?)),
    }
}

fn amount<'py>(py: Python<'py>, amount: Amount) -> PyResult<Bound<'py, PyAny>> {
    Ok(match amount {
        Amount::Count(count) => count.into_pyobject(py)?.into_any(),
        Amount::Weight(weight) => weight.into_pyobject(py)?.into_any(),
    })
}

fn amounts_view<'py>(amounts: &Amounts, owner: &Bound<'py, PyCooccurrence>) -> Bound<'py, PyAny> {
    let owner = owner.clone().into_any();
    match amounts {
        // SAFETY: the object is frozen and owns the vector.
        Amounts::Counts(counts) => unsafe { view(counts, owner) }.into_any(),
        // SAFETY: the object is frozen and owns the vector.
        Amounts::Weights(weights) => unsafe { view(weights, owner) }.into_any(),
    }
}
