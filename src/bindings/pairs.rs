//! Cells of a co-occurrence table document by document, as Python sees them.

use numpy::PyArray1;
use pyo3::prelude::*;

use super::convert::vec_of;
use super::cooccurrence::PyCooccurrence;
use super::enter::enter;
use super::tokens::PyTokens;
use crate::cooccurrence::{ByDocument, Cells};
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::dispersion::{Columns, Measure, Parts, of_columns};

type Floats<'py> = Bound<'py, PyArray1<f64>>;

/// Number of documents with each cell (the sum of their weights if they have any), and the measures of its dispersion over them.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
#[pyo3(signature = (table, tokens, cells, sizes, measures, doc_weights=None, *, n_threads=None, progress=None))]
pub(super) fn pair_documents<'py>(
    py: Python<'py>,
    table: &PyCooccurrence,
    tokens: &PyTokens,
    cells: &Bound<'_, PyAny>,
    sizes: &Bound<'_, PyAny>,
    measures: Vec<String>,
    doc_weights: Option<&Bound<'_, PyAny>>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<(Floats<'py>, Vec<Floats<'py>>)> {
    let (cells, sizes) = (vec_of::<u64>(cells, "cells")?, vec_of::<f64>(sizes, "sizes")?);
    let weights = doc_weights.map(|weights| vec_of::<f64>(weights, "doc_weights")).transpose()?;
    let n_docs = tokens.tokens.n_docs();
    let (df, spread) = enter(py, n_threads, progress, |workers| {
        let weights = weights.unwrap_or_else(|| vec![1.0; n_docs]);
        for (name, given) in [("sizes", sizes.len()), ("doc_weights", weights.len())] {
            if given != n_docs {
                return Err(Error::parameter(name, given, format!("one for each of {n_docs} documents")));
            }
        }
        let measures: Vec<Measure> = measures.iter().map(|name| name.parse()).collect::<Result<_>>()?;
        let parts = Parts::new(&sizes, None, false)?;
        let found = ByDocument::new(&table.found, &tokens.tokens, &cells, workers)?;
        let (mut df, mut spread) = (vec![0.0; cells.len()], vec![vec![0.0; cells.len()]; measures.len()]);
        workers.signal().begin(cells.len() as u64);
        for batch in found.batches() {
            let counted = found.counts(&batch, workers)?;
            let indptr = counted.indptr();
            let of_cell = |row: usize| &counted.indices()[indptr[row] as usize..indptr[row + 1] as usize];
            let values = workers.signal().part(|| dispersions(&counted, &weights, &parts, &measures, workers))?;
            for (row, place) in found.places(&batch).enumerate() {
                df[place] = of_cell(row).iter().map(|&document| weights[document as usize]).sum();
                for (number, column) in spread.iter_mut().enumerate() {
                    column[place] = values[row * measures.len() + number];
                }
            }
        }
        Ok((df, spread))
    })?;
    let array = |values| PyArray1::from_vec(py, values);
    Ok((array(df), spread.into_iter().map(array).collect()))
}

/// The measures of each row: `measures.len()` values for each.
fn dispersions(
    counted: &Cells,
    weights: &[f64],
    parts: &Parts,
    measures: &[Measure],
    workers: &Workers,
) -> Result<Vec<f64>> {
    if measures.is_empty() {
        return Ok(Vec::new());
    }
    let weighted = counted.indices().iter().enumerate();
    let counts: Vec<f64> = weighted.map(|(cell, &document)| weights[document as usize] * counted.value(cell)).collect();
    let columns = Columns { starts: counted.indptr(), parts: counted.indices(), counts: &counts };
    of_columns(columns, parts, measures, workers)
}
