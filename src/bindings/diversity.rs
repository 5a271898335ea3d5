//! Lexical diversity of texts as Python sees it.

use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;
use serde::Deserialize;

use super::convert::array1;
use super::enter::enter;
use super::term_document::{PyTermDocument, from_json};
use super::tokens::PyTokens;
use crate::corpus::words::{folded, of_texts};
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::diversity::{self, Formula, MEASURES, Measure, Options};
use crate::text::filter::{Removal, TypeRule};
use crate::text::fold::Fold;

/// What is measured on which words.
#[derive(Deserialize)]
pub(super) struct Config {
    measures: Vec<String>,
    log_base: f64,
    sample: u64,
    window: usize,
    closed: String,
    seed: u64,
    remove_punct: bool,
    remove_symbols: bool,
    remove_numbers: bool,
    lowercase: bool,
}

impl Config {
    pub(super) fn measures(&self) -> Result<Vec<Measure>> {
        self.measures.iter().map(|name| name.parse()).collect()
    }

    pub(super) fn options(&self) -> Options {
        let Self { log_base, sample, window, seed, .. } = *self;
        Options { log_base, sample, window, closes_at_threshold: self.closed == "le", seed }
    }

    fn rule(&self) -> TypeRule {
        let removal = Removal {
            punctuation: self.remove_punct,
            symbols: self.remove_symbols,
            numbers: self.remove_numbers,
            ..Removal::default()
        };
        let fold = Fold { lowercase: self.lowercase, turkic: false, unify_spelling: false };
        TypeRule { fold, removal, stemmer: None }
    }
}

/// Names of the measures, and whether they need the order of the tokens.
#[pyfunction]
pub(super) fn diversity_measures() -> Vec<(&'static str, bool)> {
    MEASURES.iter().map(|measure| (measure.name, matches!(measure.formula, Formula::Ordered(_)))).collect()
}

/// Tokens, types and the measures of each document or group, by a configuration in JSON; shape (texts, 2 + measures).
#[pyfunction]
#[pyo3(signature = (tokens, config, groups=None, n_groups=0, *, n_threads=None, progress=None))]
pub(super) fn diversity_of_tokens<'py>(
    py: Python<'py>,
    tokens: &PyTokens,
    config: &str,
    groups: Option<&Bound<'_, PyAny>>,
    n_groups: usize,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let config: Config = from_json(py, config)?;
    let groups =
        groups.map(|groups| PyResult::Ok(array1::<u32>(groups, "groups")?.as_slice()?.to_vec())).transpose()?;
    let values = enter(py, n_threads, progress, |workers| {
        let (mapped, n_types) = folded(tokens.tokens.vocabulary.terms(), &config.rule());
        let groups = groups.as_ref().map(|labels| (&labels[..], n_groups));
        let texts = of_texts(&tokens.tokens, &mapped, groups)?;
        diversity::of_texts(&texts.ids, &texts.starts, n_types, &config.measures()?, &config.options(), workers)
    })?;
    table(py, values, &config)
}

/// Like [`diversity_of_tokens`] for the rows of a matrix, by measures of frequencies alone.
#[pyfunction]
#[pyo3(signature = (counts, config, *, n_threads=None, progress=None))]
pub(super) fn diversity_of_counts<'py>(
    py: Python<'py>,
    counts: &PyTermDocument,
    config: &str,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let config: Config = from_json(py, config)?;
    let values = enter(py, n_threads, progress, |workers| of_matrix(counts, &config, workers))?;
    table(py, values, &config)
}

/// The type of each column, and the number of types.
pub(super) fn types_of(counts: &PyTermDocument, config: &Config, workers: &Workers) -> Result<(Vec<u32>, usize)> {
    let (terms, boundaries) = counts.columns.terms(workers)?;
    let pieces = boundaries.windows(2).map(|pair| terms.get(pair[0] as usize..pair[1] as usize).unwrap_or(""));
    Ok(folded(pieces, &config.rule()))
}

fn of_matrix(counts: &PyTermDocument, config: &Config, workers: &Workers) -> Result<Vec<f64>> {
    let (mapped, n_types) = types_of(counts, config, workers)?;
    let matrix = &counts.matrix;
    let types = matrix.indices.iter().map(|&column| mapped.get(column as usize).copied());
    let types: Option<Vec<u32>> = types.collect();
    let types = types.ok_or_else(|| Error::system("a column has no term"))?;
    let (measures, options) = (config.measures()?, config.options());
    diversity::of_counts(&types, &matrix.data, &matrix.indptr, n_types, &measures, &options, workers)
}

fn table<'py>(py: Python<'py>, values: Vec<f64>, config: &Config) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let width = 2 + config.measures.len();
    let n = values.len() / width;
    PyArray1::from_vec(py, values).reshape([n, width])
}
