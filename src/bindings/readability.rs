//! Readability of texts as Python sees it.

use std::collections::{HashMap, HashSet};

use numpy::{IntoPyArray, PyArray1, PyArray2, PyArrayMethods, PyReadonlyArray2};
use pyo3::prelude::*;

use super::enter::{enter, enter_briefly};
use super::tokens::PyTokens;
use crate::corpus::prose::{FIELDS, Rules, count};
use crate::error::{Error, Result};
use crate::stats::readability::{Counts, MEASURES, Measure};
use crate::text::syllable::Language;

/// Names of the scores, codes of the languages each holds for (none: any), and whether it needs a list of words.
#[pyfunction]
pub(super) fn readability_measures() -> Vec<(&'static str, Vec<&'static str>, bool)> {
    let describe = |m: &Measure| (m.name, m.languages.to_vec(), m.needs_list);
    MEASURES.iter().map(describe).collect()
}

/// Names of what [`prose_counts`] counts.
#[pyfunction]
pub(super) fn prose_fields() -> Vec<&'static str> {
    FIELDS.to_vec()
}

/// Whether syllables are counted by rules in a language.
#[pyfunction]
pub(super) fn has_syllables(language: &str) -> bool {
    Language::from_code(language).is_some()
}

/// Sentences, words, letters and so on of each document; shape (documents, fields).
#[pyfunction]
#[pyo3(signature = (tokens, language, dictionary, familiar, *, n_threads=None, progress=None))]
pub(super) fn prose_counts<'py>(
    py: Python<'py>,
    tokens: &PyTokens,
    language: &str,
    dictionary: HashMap<String, u32>,
    familiar: HashSet<String>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray2<i64>>> {
    let rules = Rules { language: Language::from_code(language), dictionary, familiar };
    let tokens = tokens.tokens.clone();
    let found = enter(py, n_threads, progress, |workers| count(&tokens, &rules, workers))?;
    let n = found.len() / FIELDS.len();
    PyArray1::from_vec(py, found).reshape([n, FIELDS.len()])
}

/// Scores of texts from their counts, shape (texts, fields); shape (texts, measures).
#[pyfunction]
pub(super) fn readability_scores<'py>(
    py: Python<'py>,
    counts: PyReadonlyArray2<'_, f64>,
    measures: Vec<String>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let counts = counts.as_array();
    let scores = enter_briefly(py, |_| {
        let measures = measures.iter().map(|name| name.parse()).collect::<Result<Vec<Measure>>>()?;
        let texts = counts.rows().into_iter().map(|row| text_of(&row.to_vec())).collect::<Result<Vec<_>>>()?;
        let score = |(text, measure): (usize, usize)| measures[measure].score(&texts[text]);
        Ok(numpy::ndarray::Array2::from_shape_fn((texts.len(), measures.len()), score))
    })?;
    Ok(scores.into_pyarray(py))
}

fn text_of(row: &[f64]) -> Result<Counts> {
    let &[sentences, words, letters, long_words, syllables, monosyllables, polysyllables, _, unfamiliar] = row else {
        return Err(Error::parameter("counts", row.len(), format!("{} columns", FIELDS.len())));
    };
    Ok(Counts { sentences, words, letters, long_words, syllables, monosyllables, polysyllables, unfamiliar })
}
