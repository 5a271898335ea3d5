//! `kolloc._core.Duplicates`: a search, its pairs and its clusters as Python sees them.

use std::sync::Arc;

use numpy::PyArray1;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::blocks::ranges;
use super::convert::array1;
use super::documents::PyDocuments;
use super::enter::{enter, enter_briefly};
use super::term_document::from_json;
use crate::corpus::documents::Documents;
use crate::corpus::spans::Spans;
use crate::corpus::tokens::Unit;
use crate::dedup::admission::Admission;
use crate::dedup::blocks::left_out;
use crate::dedup::cluster::Clusters;
use crate::dedup::measures::{measure_two, measures};
use crate::dedup::pairs::Pairs;
use crate::dedup::parts::parts as units_as_documents;
use crate::dedup::places::char_spans;
use crate::dedup::relation::Relation;
use crate::dedup::rewording::overlaps;
use crate::dedup::search::{FULLY_SAMPLED, Search, SearchConfig};
use crate::dedup::site::Sites;
use crate::error::Result;
use crate::parallel::Workers;

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

    /// Searches documents by a configuration in JSON; furniture of pages and of the sites given is left out on request. Of
    /// documents of which the first ones were searched before, only the new ones are read.
    #[staticmethod]
    #[pyo3(signature = (documents, config, columns, known=None, *, n_threads=None, progress=None))]
    fn search(
        py: Python<'_>,
        documents: &PyDocuments,
        config: &str,
        columns: &Bound<'_, PyDict>,
        known: Option<Bound<'_, Self>>,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config: Config = from_json(py, config)?;
        let columns = Columns::read(columns)?;
        let documents = documents.documents.clone();
        let known = known.as_ref().map(Bound::get);
        enter(py, n_threads, progress, |workers| {
            let left_out = config.left_out(&documents, &columns, workers)?;
            let admission = columns.admission(&config.search);
            let search = match known {
                None => Search::run(&documents, &left_out, &config.search, &admission, workers),
                Some(Self { search, left_out: before, .. }) => {
                    Search::update(&search.units, before, &documents, &left_out, &config.search, &admission, workers)
                }
            }?;
            Self::related(documents, Arc::new(left_out), Arc::new(admission), Arc::new(search), &config.search)
        })
    }

    /// The same search with other thresholds.
    fn relate(&self, py: Python<'_>, config: &str) -> PyResult<Self> {
        let config: Config = from_json(py, config)?;
        enter(py, Some(1), None, |_| {
            let (left_out, admission, search) = (self.left_out.clone(), self.admission.clone(), self.search.clone());
            Self::related(self.documents.clone(), left_out, admission, search, &config.search)
        })
    }

    /// Number of pairs listed.
    #[getter]
    fn n_pairs(&self) -> usize {
        self.pairs.listed.len()
    }

    /// The pairs as columns by name.
    fn pairs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let listed = &self.pairs.listed;
        let columns = PyDict::new(py);
        columns.set_item("a", array(py, listed.iter().map(|pair| pair.a)))?;
        columns.set_item("b", array(py, listed.iter().map(|pair| pair.b)))?;
        columns.set_item("relation", array(py, listed.iter().map(|pair| pair.relation as u8)))?;
        columns.set_item("direction", array(py, listed.iter().map(|pair| pair.direction as u8)))?;
        Ok(columns)
    }

    /// What the pairs share, as columns by name, in the order of the pairs.
    #[pyo3(signature = (*, n_threads=None, progress=None))]
    fn measures<'py>(
        &self,
        py: Python<'py>,
        n_threads: Option<usize>,
        progress: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let (search, listed) = (&self.search, &self.pairs.listed);
        let measured = enter(py, n_threads, progress, |workers| measures(search, listed, workers))?;
        let columns = PyDict::new(py);
        columns.set_item("shared", array(py, measured.iter().map(|(overlap, _)| overlap.shared)))?;
        columns.set_item("size_a", array(py, measured.iter().map(|(overlap, _)| overlap.size_a)))?;
        columns.set_item("size_b", array(py, measured.iter().map(|(overlap, _)| overlap.size_b)))?;
        columns.set_item("longest_run", array(py, measured.iter().map(|&(_, longest)| longest)))?;
        Ok(columns)
    }

    /// What any two documents share: triples in both, in either, words of the longest run.
    fn compare(&self, py: Python<'_>, a: usize, b: usize) -> PyResult<(u32, u32, u32, u32)> {
        self.check_rows(a, b)?;
        let (overlap, longest) = enter_briefly(py, |_| Ok(measure_two(&self.search.units, a, b)))?;
        Ok((overlap.shared, overlap.size_a, overlap.size_b, longest))
    }

    /// Code of the relation that two documents would have by themselves, whatever their dates, groups and parents, compared
    /// as they were in the search.
    fn relation_alone(&self, py: Python<'_>, a: usize, b: usize, config: &str) -> PyResult<Option<u8>> {
        self.check_rows(a, b)?;
        let config = SearchConfig { window: None, group: None, ..from_json::<Config>(py, config)?.search };
        enter(py, Some(1), None, |workers| {
            let documents = self.documents.take(&[a as u32, b as u32])?;
            let left_out = [a, b].map(|document| self.left_out.of(document).to_vec()).into_iter().collect();
            let admission = Admission::default();
            let search = Search::run(&documents, &left_out, &config, &admission, workers)?;
            let (pairs, _) = search.relate(&config, &admission)?;
            Ok(pairs.listed.first().map(|pair| pair.relation as u8))
        })
    }

    /// What the given pairs of documents share as runs of `n` units, as columns by name.
    #[pyo3(signature = (a, b, n, *, n_threads=None, progress=None))]
    fn overlaps<'py>(
        &self,
        py: Python<'py>,
        a: &Bound<'py, PyAny>,
        b: &Bound<'py, PyAny>,
        n: usize,
        n_threads: Option<usize>,
        progress: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let (a, b) = (array1::<u32>(a, "a")?, array1::<u32>(b, "b")?);
        let pairs: Vec<(u32, u32)> = a.as_array().iter().copied().zip(b.as_array().iter().copied()).collect();
        let found = enter(py, n_threads, progress, |workers| overlaps(&self.search.units, &pairs, n, workers))?;
        let columns = PyDict::new(py);
        columns.set_item("shared", array(py, found.iter().map(|overlap| overlap.shared)))?;
        columns.set_item("size_a", array(py, found.iter().map(|overlap| overlap.size_a)))?;
        columns.set_item("size_b", array(py, found.iter().map(|overlap| overlap.size_b)))?;
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

    /// Bytes that were left out of the comparison: where ranges start and stop, and where those of each document end.
    #[expect(clippy::type_complexity, reason = "three arrays")]
    fn left_out<'py>(
        &self,
        py: Python<'py>,
    ) -> (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u64>>) {
        let (starts, stops, ends) = ranges(&self.left_out);
        (PyArray1::from_vec(py, starts), PyArray1::from_vec(py, stops), PyArray1::from_vec(py, ends))
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

impl PyDuplicates {
    fn check_rows(&self, a: usize, b: usize) -> PyResult<()> {
        let n = self.documents.len();
        if a.max(b) >= n {
            return Err(PyIndexError::new_err(format!("row {} is out of range for {n} documents", a.max(b))));
        }
        Ok(())
    }

    fn related(
        documents: Documents,
        left_out: Arc<Spans>,
        admission: Arc<Admission>,
        search: Arc<Search>,
        config: &SearchConfig,
    ) -> Result<Self> {
        let (pairs, clusters) = search.relate(config, &admission)?;
        Ok(Self { documents, left_out, admission, search, pairs, clusters })
    }
}

/// The configuration as Python sends it.
#[derive(serde::Deserialize)]
struct Config {
    /// Whether furniture is left out.
    cut_furniture: bool,
    #[serde(flatten)]
    search: SearchConfig,
}

impl Config {
    fn left_out(&self, documents: &Documents, columns: &Columns, workers: &Workers) -> Result<Spans> {
        if !self.cut_furniture {
            return Ok(Spans::none(documents.len()));
        }
        let sites = columns.sites.clone().map(|codes| Sites::new(codes, documents.len())).transpose()?;
        left_out(documents, sites.as_ref(), workers)
    }
}

/// Columns of documents, each one that is there.
struct Columns {
    dates: Option<Vec<i64>>,
    groups: Option<Vec<u32>>,
    parents: Option<Vec<u32>>,
    sites: Option<Vec<u32>>,
}

impl Columns {
    fn read(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
        let codes = |name: &str| -> PyResult<Option<Vec<u32>>> {
            let column = columns.get_item(name)?;
            column.map(|values| Ok(array1::<u32>(&values, name)?.as_array().to_vec())).transpose()
        };
        let dates = columns.get_item("dates")?;
        Ok(Self {
            dates: dates
                .map(|values| PyResult::Ok(array1::<i64>(&values, "dates")?.as_array().to_vec()))
                .transpose()?,
            groups: codes("groups")?,
            parents: codes("parents")?,
            sites: codes("sites")?,
        })
    }

    fn admission(&self, config: &SearchConfig) -> Admission {
        Admission {
            dates: self.dates.clone().unwrap_or_default(),
            window: config.window,
            groups: self.groups.clone().unwrap_or_default(),
            grouping: config.group,
            parents: self.parents.clone().unwrap_or_default(),
        }
    }
}

/// Paragraphs or sentences as documents, the document of each, and where it starts there in code points.
#[pyfunction]
#[pyo3(signature = (documents, unit, sites=None, *, cut_furniture=true, n_threads=None, progress=None))]
#[expect(clippy::type_complexity, reason = "documents and two arrays")]
pub(super) fn parts<'py>(
    py: Python<'py>,
    documents: &PyDocuments,
    unit: &str,
    sites: Option<&Bound<'py, PyAny>>,
    cut_furniture: bool,
    n_threads: Option<usize>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<(PyDocuments, Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u64>>)> {
    let unit: Unit = from_json(py, &format!("{unit:?}"))?;
    let sites = sites.map(|sites| PyResult::Ok(array1::<u32>(sites, "sites")?.as_array().to_vec())).transpose()?;
    let documents = &documents.documents;
    let parts = enter(py, n_threads, progress, |workers| {
        let cuts = if cut_furniture {
            let sites = sites.map(|codes| Sites::new(codes, documents.len())).transpose()?;
            left_out(documents, sites.as_ref(), workers)?
        } else {
            Spans::none(documents.len())
        };
        units_as_documents(documents, unit, &cuts, workers)
    })?;
    let (parents, char_starts) = (PyArray1::from_vec(py, parts.parents), PyArray1::from_vec(py, parts.char_starts));
    Ok((PyDocuments { documents: parts.documents }, parents, char_starts))
}

/// Names of the relations by code.
#[pyfunction]
pub(super) fn relations() -> Vec<&'static str> {
    Relation::ALL.into_iter().map(Relation::name).collect()
}
