//! Cells of a co-occurrence table document by document, as Python sees them.

use numpy::ndarray::{Array3, Axis};
use numpy::{IntoPyArray, PyArray1, PyArray2, PyArray3, PyArrayMethods};
use pyo3::prelude::*;

use super::convert::vec_of;
use super::cooccurrence::PyCooccurrence;
use super::enter::enter;
use super::resampling::{PyResampling, formulas, taken};
use super::tokens::PyTokens;
use crate::cooccurrence::{ByDocument, Cells, Groups};
use crate::counts::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::dispersion::{Columns, Measure, Parts, of_columns};
use crate::stats::resampling::summary::{Interval, Summary};
use crate::stats::resampling::sums::{self, Documents};
use crate::stats::resampling::tables::Tables;

type Floats<'py> = Bound<'py, PyArray1<f64>>;

/// Terms of a batch that is resampled; each takes 8 bytes for each replicate.
const MOST_TERMS: usize = 1 << 14;

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
        for batch in found.batches(usize::MAX) {
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

/// Summaries of association measures of cells: shape (measures, fields, cells).
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
#[pyo3(signature = (table, tokens, cells, resampling, measures, interval, level, *, n_threads=None, progress=None))]
pub(super) fn pair_bootstrap<'py>(
    py: Python<'py>,
    table: &PyCooccurrence,
    tokens: &PyTokens,
    cells: &Bound<'_, PyAny>,
    resampling: &PyResampling,
    measures: Vec<String>,
    interval: &str,
    level: f64,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray3<f64>>> {
    let cells = vec_of::<u64>(cells, "cells")?;
    let tokens = &tokens.tokens;
    let summaries = enter(py, n_threads, progress, |workers| {
        let PyResampling { design, n_groups, order, unit, group, factor, .. } = resampling;
        if *n_groups != 1 || order.len() != tokens.n_docs() {
            return Err(Error::input(
                "a design of other documents",
                "one of the documents that were counted, in one group",
            ));
        }
        let (formulas, interval) = (formulas(&measures)?, Interval { kind: interval.parse()?, level });
        let found = ByDocument::new(&table.found, tokens, &cells, workers)?;
        let mut summaries = Array3::zeros((formulas.len(), Summary::FIELDS, cells.len()));
        for batch in found.batches(MOST_TERMS) {
            let Cells::Counts(observed) = workers.signal().part(|| found.counts(&batch, workers))? else {
                return Err(Error::parameter("count", "weighted", "frequency or boolean"));
            };
            let margins = workers.signal().part(|| found.margins(&batch, tokens, workers))?;
            let ordered = |counts| by_place(counts, order);
            let (observed, rows) = (ordered(observed), ordered(margins.rows));
            let (others, less) = (margins.columns.map(ordered), margins.own.map(ordered));
            let tables = Tables {
                observed: columns_of(&observed),
                times: &found.times(&batch),
                rows: columns_of(&rows),
                columns: columns_of(others.as_ref().unwrap_or(&rows)),
                less: less.as_ref().map(columns_of),
                row_of: &margins.row_of,
                column_of: &margins.column_of,
                documents: Documents { unit, group, factor, n_tokens: &taken(&margins.n, order) },
                design,
            };
            let values = tables.summaries(&formulas, interval, workers)?;
            for (row, place) in found.places(&batch).enumerate() {
                summaries.index_axis_mut(Axis(2), place).assign(&values.index_axis(Axis(2), row));
            }
        }
        Ok(summaries)
    })?;
    Ok(summaries.into_pyarray(py))
}

/// Observed counts, margins, sample sizes and numbers of documents of cells in groups of documents: each of shape (cells, groups).
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
#[pyo3(signature = (table, tokens, cells, groups, n_groups, doc_weights=None, *, n_threads=None, progress=None))]
pub(super) fn pair_groups<'py>(
    py: Python<'py>,
    table: &PyCooccurrence,
    tokens: &PyTokens,
    cells: &Bound<'_, PyAny>,
    groups: &Bound<'_, PyAny>,
    n_groups: usize,
    doc_weights: Option<&Bound<'_, PyAny>>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<[Bound<'py, PyArray2<f64>>; 5]> {
    let (cells, of) = (vec_of::<u64>(cells, "cells")?, vec_of::<u32>(groups, "groups")?);
    let weights = doc_weights.map(|weights| vec_of::<f64>(weights, "doc_weights")).transpose()?;
    let tables = enter(py, n_threads, progress, |workers| {
        let groups = Groups { of: &of, n: n_groups, weights: weights.as_deref() };
        let tokens = &tokens.tokens;
        ByDocument::new(&table.found, tokens, &cells, workers)?.tables(tokens, groups, workers)
    })?;
    let array = |values| PyArray1::from_vec(py, values).reshape([cells.len(), n_groups]);
    Ok([array(tables.o11)?, array(tables.r1)?, array(tables.c1)?, array(tables.n)?, array(tables.df)?])
}

fn columns_of(counts: &Csr<u32>) -> sums::Columns<'_> {
    sums::Columns { indptr: &counts.indptr, documents: &counts.indices, counts: &counts.data }
}

/// Counts of documents that come in another order: `order` holds the document at each place.
fn by_place(mut counts: Csr<u32>, order: &[usize]) -> Csr<u32> {
    if order.is_sorted() {
        return counts;
    }
    let mut place_of = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &document)| place_of[document] = place as u32);
    let mut row = Vec::new();
    for ends in counts.indptr.windows(2) {
        let cells = ends[0] as usize..ends[1] as usize;
        row.clear();
        let moved = counts.indices[cells.clone()].iter().map(|&document| place_of[document as usize]);
        row.extend(moved.zip(counts.data[cells.clone()].iter().copied()));
        row.sort_unstable();
        for (cell, &(place, count)) in cells.zip(&row) {
            (counts.indices[cell], counts.data[cell]) = (place, count);
        }
    }
    counts
}
