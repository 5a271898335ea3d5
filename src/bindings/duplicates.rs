//! `kolloc._core.Duplicates`: a search, its pairs and its clusters as Python sees them.

use std::sync::Arc;

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::convert::array1;
use super::documents::PyDocuments;
use super::enter::{enter, enter_briefly};
use super::term_document::from_json;
use crate::corpus::documents::Documents;
use crate::corpus::spans::Spans;
use crate::dedup::admission::Admission;
use crate::dedup::cluster::Clusters;
use crate::dedup::measures::{Measures, measures};
use crate::dedup::pairs::Pairs;
use crate::dedup::places::char_spans;
use crate::dedup::relation::Relation;
use crate::dedup::search::{FULLY_SAMPLED, Search, SearchConfig};

/// Documents, what was found in them, and how it was related.
#[pyclass(frozen, name = "Duplicates", module = "kolloc._core")]
pub(crate) struct PyDuplicates {
    documents: Documents,
    left_out: Arc<Spans>,
    admission: Arc<Admission>,
    search: Arc<Search>,
    pairs: Pairs,
    clusters: Clusters,
}

#[pymethods]
impl PyDuplicates {
    /// Texts with fewer units than this keep all their k-grams as fingerprints.
    #[classattr]
    const FULLY_SAMPLED: usize = FULLY_SAMPLED;

    /// Searches documents by a configuration in JSON.
    #[staticmethod]
    #[pyo3(signature = (documents, config, dates=None, groups=None, parents=None, *, n_threads=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "columns and how to run")]
    fn search(
        py: Python<'_>,
        documents: &PyDocuments,
        config: &str,
        dates: Option<&Bound<'_, PyAny>>,
        groups: Option<&Bound<'_, PyAny>>,
        parents: Option<&Bound<'_, PyAny>>,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config: SearchConfig = from_json(py, config)?;
        let admission = admission(&config, dates, groups, parents)?;
        let documents = documents.documents.clone();
        enter(py, n_threads, progress, |workers| {
            let left_out = Spans::none(documents.len());
            let search = Search::run(&documents, &left_out, &config, &admission, workers)?;
            let (pairs, clusters) = search.relate(&config, &admission)?;
            let (left_out, admission) = (Arc::new(left_out), Arc::new(admission));
            Ok(Self { documents, left_out, admission, search: Arc::new(search), pairs, clusters })
        })
    }

    /// A search over the same documents, with new ones behind them; columns are of all documents.
    #[pyo3(signature = (documents, config, dates=None, groups=None, parents=None, *, n_threads=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "columns and how to run")]
    fn update(
        &self,
        py: Python<'_>,
        documents: &PyDocuments,
        config: &str,
        dates: Option<&Bound<'_, PyAny>>,
        groups: Option<&Bound<'_, PyAny>>,
        parents: Option<&Bound<'_, PyAny>>,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config: SearchConfig = from_json(py, config)?;
        let admission = admission(&config, dates, groups, parents)?;
        let documents = documents.documents.clone();
        enter(py, n_threads, progress, |workers| {
            let left_out = Spans::none(documents.len());
            let known = &self.search.units;
            let search = Search::update(known, &documents, &left_out, &config, &admission, workers)?;
            let (pairs, clusters) = search.relate(&config, &admission)?;
            let (left_out, admission) = (Arc::new(left_out), Arc::new(admission));
            Ok(Self { documents, left_out, admission, search: Arc::new(search), pairs, clusters })
        })
    }

    /// The same search with other thresholds.
    fn relate(&self, py: Python<'_>, config: &str) -> PyResult<Self> {
        let config: SearchConfig = from_json(py, config)?;
        enter(py, Some(1), None, |_| {
            let (pairs, clusters) = self.search.relate(&config, &self.admission)?;
            let (left_out, admission, search) = (self.left_out.clone(), self.admission.clone(), self.search.clone());
            Ok(Self { documents: self.documents.clone(), left_out, admission, search, pairs, clusters })
        })
    }

    /// Number of pairs listed.
    #[getter]
    fn n_pairs(&self) -> usize {
        self.pairs.listed.len()
    }

    /// The pairs as columns by name.
    fn pairs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (search, listed) = (&self.search, &self.pairs.listed);
        let measured: Measures = enter_briefly(py, |_| Ok(measures(search, listed)))?;
        let columns = PyDict::new(py);
        columns.set_item("a", array(py, listed.iter().map(|pair| pair.a)))?;
        columns.set_item("b", array(py, listed.iter().map(|pair| pair.b)))?;
        columns.set_item("relation", array(py, listed.iter().map(|pair| pair.relation as u8)))?;
        columns.set_item("direction", array(py, listed.iter().map(|pair| pair.direction as u8)))?;
        columns.set_item("shared", PyArray1::from_vec(py, measured.shared))?;
        columns.set_item("size_a", PyArray1::from_vec(py, measured.size_a))?;
        columns.set_item("size_b", PyArray1::from_vec(py, measured.size_b))?;
        columns.set_item("longest_run", PyArray1::from_vec(py, measured.longest))?;
        Ok(columns)
    }

    /// Cluster of each document, anchor of each cluster, similarity of each document to its anchor, components split.
    #[expect(clippy::type_complexity, reason = "a tuple of arrays")]
    fn clusters<'py>(
        &self,
        py: Python<'py>,
    ) -> (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<f64>>, usize) {
        let clusters = &self.clusters;
        (
            PyArray1::from_slice(py, &clusters.of_document),
            PyArray1::from_slice(py, &clusters.anchors),
            PyArray1::from_slice(py, &clusters.similarity),
            clusters.n_split,
        )
    }

    /// Number of units of each document.
    fn n_units<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u64>> {
        let offsets = &self.search.units.offsets;
        array(py, offsets.windows(2).map(|pair| pair[1] - pair[0]))
    }

    /// Body of each document.
    fn bodies<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u32>> {
        PyArray1::from_slice(py, &self.search.bodies.of_document)
    }

    /// What became of candidates, by name.
    fn tally<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (search, tally) = (&self.search, &self.search.tally);
        let counts = PyDict::new(py);
        counts.set_item("bodies", search.bodies.len())?;
        counts.set_item("pairs_met", tally.met)?;
        counts.set_item("candidates", tally.candidates)?;
        counts.set_item("unlike", tally.unlike)?;
        counts.set_item("below_floor", tally.below_floor)?;
        counts.set_item("verified", search.edges.len())?;
        counts.set_item("common_fingerprints", search.n_common_fingerprints)?;
        counts.set_item("saturated_bodies", search.n_saturated)?;
        counts.set_item("pairs_left_out", self.pairs.left_out)?;
        counts.set_item("components_split", self.clusters.n_split)?;
        Ok(counts)
    }

    /// Spans of the given pairs of documents as columns by name; `pair` is the place in the given arrays.
    #[pyo3(signature = (a, b, *, n_threads=None, progress=None))]
    fn spans<'py>(
        &self,
        py: Python<'py>,
        a: &Bound<'py, PyAny>,
        b: &Bound<'py, PyAny>,
        n_threads: Option<usize>,
        progress: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let (a, b) = (array1::<u32>(a, "a")?, array1::<u32>(b, "b")?);
        let pairs: Vec<(u32, u32)> = a.as_array().iter().copied().zip(b.as_array().iter().copied()).collect();
        let n = self.documents.len();
        let found = enter(py, n_threads, progress, |workers| {
            if let Some((a, b)) = pairs.iter().find(|(a, b)| *a.max(b) as usize >= n) {
                let allowed = format!("below the number of documents, {n}");
                return Err(crate::error::Error::parameter("documents", a.max(b), allowed));
            }
            char_spans(&self.documents, &self.left_out, &self.search.units, &pairs, workers)
        })?;
        let columns = PyDict::new(py);
        columns.set_item("pair", array(py, found.iter().map(|span| span.pair)))?;
        columns.set_item("char_start_a", array(py, found.iter().map(|span| span.char_start_a as i64)))?;
        columns.set_item("char_end_a", array(py, found.iter().map(|span| span.char_end_a as i64)))?;
        columns.set_item("char_start_b", array(py, found.iter().map(|span| span.char_start_b as i64)))?;
        columns.set_item("char_end_b", array(py, found.iter().map(|span| span.char_end_b as i64)))?;
        columns.set_item("equal_units", array(py, found.iter().map(|span| span.equal)))?;
        columns.set_item("units", array(py, found.iter().map(|span| span.length)))?;
        columns.set_item("quoted_a", array(py, found.iter().map(|span| span.quoted_a)))?;
        columns.set_item("quoted_b", array(py, found.iter().map(|span| span.quoted_b)))?;
        Ok(columns)
    }
}

fn array<T: numpy::Element>(py: Python<'_>, values: impl Iterator<Item = T>) -> Bound<'_, PyArray1<T>> {
    PyArray1::from_vec(py, values.collect())
}

fn admission(
    config: &SearchConfig,
    dates: Option<&Bound<'_, PyAny>>,
    groups: Option<&Bound<'_, PyAny>>,
    parents: Option<&Bound<'_, PyAny>>,
) -> PyResult<Admission> {
    let codes = |values: Option<&Bound<'_, PyAny>>, name| -> PyResult<Vec<u32>> {
        values.map_or(Ok(Vec::new()), |values| Ok(array1::<u32>(values, name)?.as_array().to_vec()))
    };
    let dates =
        dates.map_or(PyResult::Ok(Vec::new()), |dates| Ok(array1::<i64>(dates, "dates")?.as_array().to_vec()))?;
    let (groups, parents) = (codes(groups, "groups")?, codes(parents, "parents")?);
    Ok(Admission { dates, window: config.window, groups, grouping: config.group, parents })
}

/// Names of the relations by code.
#[pyfunction]
pub(super) fn relations() -> Vec<&'static str> {
    Relation::ALL.into_iter().map(Relation::name).collect()
}
