//! `kolloc._core.Collocations`: n-grams with their margins as Python sees them.

use std::sync::Arc;

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::convert::array1;
use super::enter::enter;
use super::term_document::from_json;
use super::tokens::PyTokens;
use crate::corpus::vocabulary::Vocabulary;
use crate::counts::collocation::{Collocations, Config, count, count_weighted, order};
use crate::counts::columns::Columns;
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::interaction::interactions;

/// N-grams that may be collocations.
#[pyclass(frozen, name = "Collocations", module = "kolloc._core")]
pub(crate) struct PyCollocations {
    found: Found,
    vocabulary: Arc<Vocabulary>,
}

/// Those of each size, counted as printed or by weights of documents.
enum Found {
    Counts(Vec<Collocations<u32>>),
    Weights(Vec<Collocations<f64>>),
}

type Array<'py, T> = Bound<'py, PyArray1<T>>;
type Four<'py> = (Array<'py, f64>, Array<'py, f64>, Array<'py, f64>, Array<'py, f64>);

#[pymethods]
impl PyCollocations {
    /// The n-grams of a tokenized corpus by a configuration in JSON, with a weight for each document if given.
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
        let weights = doc_weights.map(|weights| array1::<f64>(weights, "doc_weights")).transpose()?;
        let weights = weights.as_ref().map(|weights| weights.as_slice()).transpose()?;
        let found = enter(py, n_threads, progress, |workers| match weights {
            None => count(&tokens.tokens, &config, workers).map(Found::Counts),
            Some(weights) => count_weighted(&tokens.tokens, weights, &config, workers).map(Found::Weights),
        })?;
        Ok(Self { found, vocabulary: tokens.tokens.vocabulary.clone() })
    }

    fn __len__(&self) -> usize {
        match &self.found {
            Found::Counts(found) => found.iter().map(Collocations::len).sum(),
            Found::Weights(found) => found.iter().map(Collocations::len).sum(),
        }
    }

    /// Number of words in each n-gram.
    fn lengths<'py>(&self, py: Python<'py>) -> Array<'py, i64> {
        let lengths = match &self.found {
            Found::Counts(found) => lengths(found),
            Found::Weights(found) => lengths(found),
        };
        PyArray1::from_vec(py, lengths)
    }

    /// How often each n-gram occurs.
    fn counts<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        match &self.found {
            Found::Counts(found) => PyArray1::from_vec(py, margins(found, i64::from, |n| (1 << n) - 1)).into_any(),
            Found::Weights(found) => PyArray1::from_vec(py, margins(found, |sum| sum, |n| (1 << n) - 1)).into_any(),
        }
    }

    /// How often each n-gram occurs inside a longer one.
    fn nested<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        match &self.found {
            Found::Counts(found) => {
                let nested = found.iter().flat_map(|found| found.nested.iter().map(|&count| i64::from(count)));
                PyArray1::from_vec(py, nested.collect()).into_any()
            }
            Found::Weights(found) => {
                PyArray1::from_vec(py, found.iter().flat_map(|found| found.nested.iter().copied()).collect()).into_any()
            }
        }
    }

    /// λ and z of each n-gram.
    #[pyo3(signature = (smoothing, *, n_threads=None))]
    fn interaction<'py>(
        &self,
        py: Python<'py>,
        smoothing: f64,
        n_threads: Option<usize>,
    ) -> PyResult<(Array<'py, f64>, Array<'py, f64>)> {
        let (lambda, z) = enter(py, n_threads, None, |workers| match &self.found {
            Found::Counts(found) => interactions_of(found, smoothing, workers),
            Found::Weights(found) => interactions_of(found, smoothing, workers),
        })?;
        Ok((PyArray1::from_vec(py, lambda), PyArray1::from_vec(py, z)))
    }

    /// Observed counts, margins of first and second word, and sample sizes; all n-grams must be pairs.
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Four<'py>> {
        let tables = enter(py, Some(1), None, |_| match &self.found {
            Found::Counts(found) => tables(found, f64::from),
            Found::Weights(found) => tables(found, |sum| sum),
        })?;
        let [o11, r1, c1, n] = tables.map(|values| PyArray1::from_vec(py, values));
        Ok((o11, r1, c1, n))
    }

    /// The numbers of the n-grams by falling key, ties by falling count, rising length and ids.
    #[pyo3(signature = (keys, *, n_threads=None))]
    fn order<'py>(
        &self,
        py: Python<'py>,
        keys: &Bound<'_, PyAny>,
        n_threads: Option<usize>,
    ) -> PyResult<Array<'py, u32>> {
        let keys = array1::<f64>(keys, "keys")?;
        let keys = keys.as_slice()?;
        let order = enter(py, n_threads, None, |workers| match &self.found {
            Found::Counts(found) => order::by_key(found, keys, workers),
            Found::Weights(found) => order::by_key(found, keys, workers),
        })?;
        Ok(PyArray1::from_vec(py, order))
    }

    /// Some n-grams as one buffer of UTF-8, and their boundaries.
    fn terms<'py>(
        &self,
        py: Python<'py>,
        numbers: &Bound<'_, PyAny>,
        concatenator: String,
    ) -> PyResult<(Bound<'py, PyBytes>, Array<'py, i64>)> {
        let numbers = array1::<u32>(numbers, "numbers")?;
        let numbers = numbers.as_slice()?;
        let (text, boundaries) = enter(py, None, None, |workers| {
            let (starts, ids) = match &self.found {
                Found::Counts(found) => order::words(found, numbers)?,
                Found::Weights(found) => order::words(found, numbers)?,
            };
            Columns::found(self.vocabulary.clone(), concatenator, starts, ids).terms(workers)
        })?;
        Ok((PyBytes::new(py, text.as_bytes()), PyArray1::from_vec(py, boundaries)))
    }
}

fn lengths<T>(found: &[Collocations<T>]) -> Vec<i64> {
    found.iter().flat_map(|found| std::iter::repeat_n(found.size as i64, found.len())).collect()
}

/// The margin at a set of places, which depends on the size, of each n-gram.
fn margins<T: Copy, V>(found: &[Collocations<T>], value: fn(T) -> V, places: fn(usize) -> usize) -> Vec<V> {
    let of_size = |found: &Collocations<T>| {
        let margins = found.margins.iter().skip(places(found.size)).step_by(1 << found.size);
        margins.map(|&margin| value(margin)).collect::<Vec<_>>()
    };
    found.iter().flat_map(of_size).collect()
}

fn interactions_of<T: Copy + Into<f64> + Sync>(
    found: &[Collocations<T>],
    smoothing: f64,
    workers: &Workers,
) -> Result<(Vec<f64>, Vec<f64>)> {
    let mut all = (Vec::new(), Vec::new());
    for found in found {
        let (mut lambda, mut z) = interactions(found.size, &found.margins, smoothing, workers)?;
        all.0.append(&mut lambda);
        all.1.append(&mut z);
    }
    Ok(all)
}

fn tables<T: Copy>(found: &[Collocations<T>], value: fn(T) -> f64) -> Result<[Vec<f64>; 4]> {
    if let Some(other) = found.iter().find(|found| found.size != 2) {
        return Err(Error::parameter("size", other.size, "2 for measures of pairs"));
    }
    Ok([|_| 3, |_| 1, |_| 2, |_| 0].map(|places: fn(usize) -> usize| margins(found, value, places)))
}
