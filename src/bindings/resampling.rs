//! `kolloc._core.Resampling`: documents, their units and how these are drawn, as Python sees them.

use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray2, PyArray3};
use pyo3::prelude::*;

use super::convert::vec_of;
use super::enter::enter;
use super::term_document::PyTermDocument;
use crate::counts::csr::Csr;
use crate::counts::select;
use crate::counts::transpose::transpose;
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::association::Measure;
use crate::stats::resampling::contrast::{Contrast, Exchanged, Formula, permutation_p};
use crate::stats::resampling::design::{Design, LANES, Scheme};
use crate::stats::resampling::rates::{Balanced, Rates, effective_size};
use crate::stats::resampling::summary::{Interval, Summary, jackknife, summarize};
use crate::stats::resampling::sums::{Columns, Documents};
use crate::stats::resampling::{Sample, Statistic, Sums};

/// Documents in the order of groups and factors, and the design by which their units are drawn.
#[pyclass(frozen, name = "Resampling", module = "kolloc._core")]
pub(crate) struct PyResampling {
    design: Design,
    n_groups: usize,
    /// Row of each document.
    order: Vec<usize>,
    unit: Vec<u32>,
    group: Vec<u32>,
    factor: Vec<f64>,
    n_tokens: Vec<f64>,
}

#[pymethods]
impl PyResampling {
    /// A design: unit, group, factor and length of each document, stratum of each unit; number of replicates, seed and
    /// method; `given` are weights or labels.
    #[new]
    #[pyo3(signature = (documents, strata, n_groups, drawing, given=None))]
    fn new(
        py: Python<'_>,
        documents: (Bound<'_, PyAny>, Bound<'_, PyAny>, Bound<'_, PyAny>, Bound<'_, PyAny>),
        strata: &Bound<'_, PyAny>,
        n_groups: usize,
        drawing: (usize, u64, String),
        given: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let (unit, group) = (vec_of::<u32>(&documents.0, "units")?, vec_of::<u32>(&documents.1, "groups")?);
        let (factor, n_tokens) = (vec_of::<f64>(&documents.2, "factors")?, vec_of::<f64>(&documents.3, "n_tokens")?);
        let strata = vec_of::<u32>(strata, "strata")?;
        let given = given.map(|given| vec_of::<u8>(given, "given")).transpose()?;
        enter(py, Some(1), None, |_| {
            if [group.len(), factor.len(), n_tokens.len()] != [unit.len(); 3] {
                return Err(Error::input("arrays of different lengths", "arrays with an entry for each document"));
            }
            let (n_replicates, seed, method) = drawing;
            let scheme = match (method.as_str(), given) {
                ("labels", Some(labels)) => Scheme::Labels(labels),
                ("given", Some(weights)) => Scheme::Given(weights),
                (method, _) => method.parse()?,
            };
            let design = Design::new(&strata, n_replicates, seed, scheme)?;
            let mut order: Vec<usize> = (0..unit.len()).collect();
            order.sort_by(|&a, &b| group[a].cmp(&group[b]).then(factor[a].total_cmp(&factor[b])));
            let (unit, group) = (taken(&unit, &order), taken(&group, &order));
            let (factor, n_tokens) = (taken(&factor, &order), taken(&n_tokens, &order));
            Ok(Self { design, n_groups, order, unit, group, factor, n_tokens })
        })
    }

    /// The weight of each unit in each replicate.
    fn weights<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<u8>>> {
        let weights = enter(py, None, None, |workers| {
            let blocks = workers.map((0..self.design.n_blocks()).collect(), |number| Ok(self.design.block(number)))?;
            let shape = (self.design.n_columns() - 1, self.design.n_units());
            Ok(Array2::from_shape_fn(shape, |(replicate, unit)| {
                let column = replicate + 1;
                blocks[column / LANES].weights[unit * LANES + column % LANES]
            }))
        })?;
        Ok(weights.into_pyarray(py))
    }

    /// Summaries of statistics computed elsewhere, by the jackknife: estimates, and the values without each unit by statistic.
    fn jackknife<'py>(
        &self,
        py: Python<'py>,
        estimates: &Bound<'_, PyAny>,
        without: &Bound<'_, PyAny>,
        level: f64,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let (estimates, without) = (vec_of::<f64>(estimates, "estimates")?, vec_of::<f64>(without, "without")?);
        let found = enter(py, Some(1), None, |_| {
            let n = self.design.n_units();
            if without.len() != estimates.len() * n {
                return Err(Error::input("arrays of different lengths", "a value for each statistic and unit"));
            }
            let of = |(i, &estimate)| jackknife(estimate, &without[i * n..][..n], self.design.strata(), level).fields();
            let rows: Vec<[f64; Summary::FIELDS]> = estimates.iter().enumerate().map(of).collect();
            Ok(Array2::from_shape_fn((Summary::FIELDS, rows.len()), |(field, i)| rows[i][field]))
        })?;
        Ok(found.into_pyarray(py))
    }

    /// Summaries of the rate and the share of documents of each term: shape (2, fields, terms).
    #[pyo3(signature = (counts, interval, level, *, n_threads=None, progress=None))]
    fn rates<'py>(
        &self,
        py: Python<'py>,
        counts: &PyTermDocument,
        interval: &str,
        level: f64,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyArray3<f64>>> {
        let found =
            enter(py, n_threads, progress, |workers| self.summaries(&counts.matrix, &Rates, interval, level, workers))?;
        Ok(found.into_pyarray(py))
    }

    /// Summaries of measures of each term, group 0 against group 1: shape (measures, fields, terms).
    #[pyo3(signature = (counts, measures, interval, level, *, n_threads=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "one for each option")]
    fn contrast<'py>(
        &self,
        py: Python<'py>,
        counts: &PyTermDocument,
        measures: Vec<String>,
        interval: &str,
        level: f64,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyArray3<f64>>> {
        let found = enter(py, n_threads, progress, |workers| {
            let statistic = Contrast { formulas: formulas(&measures)? };
            self.needs_groups(2)?;
            self.summaries(&counts.matrix, &statistic, interval, level, workers)
        })?;
        Ok(found.into_pyarray(py))
    }

    /// p of measures of each term under exchanged labels: shape (measures, terms).
    #[pyo3(signature = (counts, measures, *, n_threads=None, progress=None))]
    fn exchanged<'py>(
        &self,
        py: Python<'py>,
        counts: &PyTermDocument,
        measures: Vec<String>,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let found = enter(py, n_threads, progress, |workers| {
            let statistic = Exchanged { formulas: formulas(&measures)? };
            let p = |_, _: Sums<'_>, values: &[Vec<f64>]| values.iter().map(|its| permutation_p(its)).collect();
            let by_term: Vec<Vec<f64>> =
                self.with_sample(&counts.matrix, 0, workers, |sample| sample.distributions(&statistic, workers, p))?;
            Ok(Array2::from_shape_fn((measures.len(), by_term.len()), |(measure, term)| by_term[term][measure]))
        })?;
        Ok(found.into_pyarray(py))
    }

    /// Summaries of balanced and pooled rates, shape (2, fields, terms), and the effective number of documents.
    #[pyo3(signature = (counts, interval, level, *, n_threads=None, progress=None))]
    fn balanced<'py>(
        &self,
        py: Python<'py>,
        counts: &PyTermDocument,
        interval: &str,
        level: f64,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<(Bound<'py, PyArray3<f64>>, f64)> {
        let (found, size) = enter(py, n_threads, progress, |workers| {
            let statistic = Balanced { n_groups: self.n_groups };
            let found = self.summaries(&counts.matrix, &statistic, interval, level, workers)?;
            Ok((found, effective_size(&self.group, &self.factor, &self.n_tokens, self.n_groups)))
        })?;
        Ok((found.into_pyarray(py), size))
    }
}

impl PyResampling {
    pub(super) fn n_groups(&self) -> usize {
        self.n_groups
    }

    pub(super) fn needs_groups(&self, n: usize) -> Result<()> {
        let found = self.n_groups;
        if found == n { Ok(()) } else { Err(Error::parameter("n_groups", found, format!("{n}"))) }
    }

    pub(super) fn summaries(
        &self,
        counts: &Csr<u32>,
        statistic: &impl Statistic,
        interval: &str,
        level: f64,
        workers: &Workers,
    ) -> Result<numpy::ndarray::Array3<f64>> {
        let interval = Interval { kind: interval.parse()?, level };
        self.with_sample(counts, 0, workers, |sample| sample.summaries(statistic, interval, workers))
    }

    /// Calls `work` with the counts by term, documents in the order of this design; so many more terms occur nowhere.
    pub(super) fn with_sample<R>(
        &self,
        counts: &Csr<u32>,
        n_more: usize,
        workers: &Workers,
        work: impl FnOnce(Sample<'_>) -> Result<R>,
    ) -> Result<R> {
        if counts.n_rows() != self.unit.len() {
            return Err(Error::input(format!("{} rows", counts.n_rows()), "a matrix with a row for each document"));
        }
        let is_ordered = self.order.is_sorted();
        let mut turned = match is_ordered {
            true => transpose(counts, workers)?,
            false => transpose(&select::rows(counts, &self.order, workers)?, workers)?,
        };
        let end = turned.indptr.last().copied().unwrap_or_default();
        turned.indptr.resize(turned.indptr.len() + n_more, end);
        let columns = Columns { indptr: &turned.indptr, documents: &turned.indices, counts: &turned.data };
        let Self { unit, group, factor, n_tokens, .. } = self;
        let documents = Documents { unit, group, factor, n_tokens };
        work(Sample { columns, documents, n_groups: self.n_groups, design: &self.design })
    }
}

/// The formulas of association measures by name: a term and a group attract each other as two words do.
fn formulas(measures: &[String]) -> Result<Vec<Formula>> {
    measures.iter().map(|name| Ok(name.parse::<Measure>()?.formula())).collect()
}

fn taken<T: Copy>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&row| values[row]).collect()
}

/// Summaries of statistics computed elsewhere: values of each replicate by statistic, and their estimates.
#[pyfunction]
pub(super) fn summaries<'py>(
    py: Python<'py>,
    estimates: &Bound<'_, PyAny>,
    replicates: &Bound<'_, PyAny>,
    interval: &str,
    level: f64,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let (estimates, replicates) = (vec_of::<f64>(estimates, "estimates")?, vec_of::<f64>(replicates, "replicates")?);
    let found = enter(py, Some(1), None, |_| -> Result<Array2<f64>> {
        let interval = Interval { kind: interval.parse()?, level };
        let n = replicates.len() / estimates.len().max(1);
        let of = |(i, &estimate)| summarize(estimate, &mut replicates[i * n..][..n].to_vec(), &[], interval).fields();
        let rows: Vec<[f64; Summary::FIELDS]> = estimates.iter().enumerate().map(of).collect();
        Ok(Array2::from_shape_fn((Summary::FIELDS, rows.len()), |(field, i)| rows[i][field]))
    })?;
    Ok(found.into_pyarray(py))
}
