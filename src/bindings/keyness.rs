//! Keyness as Python sees it: two groups of documents, and the measures of their counts.

use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::convert::array1;
use super::enter::enter;
use super::term_document::PyTermDocument;
use crate::counts::csr::Csr;
use crate::counts::transpose::transpose;
use crate::error::{Error, Result};
use crate::stats::contingency::Correction;
use crate::stats::dispersion::Columns;
use crate::stats::keyness::{MEASURES, Measure, Options, fisher, scores};
use crate::stats::log_odds_prior::{Prior, Variance};
use crate::stats::two_groups::{Documents, Group, Wanted, of_columns};

type Array<'py> = Bound<'py, PyArray1<f64>>;

/// The columns of a document-term matrix, each as the documents that have the term.
#[pyclass(frozen, name = "TermColumns", module = "kolloc._core")]
pub(crate) struct PyTermColumns {
    by_term: Csr<u32>,
}

#[pymethods]
impl PyTermColumns {
    #[new]
    #[pyo3(signature = (counts, *, n_threads=None, progress=None))]
    fn new(
        py: Python<'_>,
        counts: &PyTermDocument,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Ok(Self { by_term: enter(py, n_threads, progress, |workers| transpose(&counts.matrix, workers))? })
    }

    /// Counts and statistics of each term in the documents labelled 0 (target) and 1 (reference), by name.
    #[pyo3(signature = (labels, sizes, *, dp=false, kld_norm=false, ranks=false, n_threads=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "one for each option")]
    fn compare<'py>(
        &self,
        py: Python<'py>,
        labels: &Bound<'_, PyAny>,
        sizes: &Bound<'_, PyAny>,
        dp: bool,
        kld_norm: bool,
        ranks: bool,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let labels = array1::<u8>(labels, "labels")?;
        let groups: Vec<Group> = labels.as_slice()?.iter().map(|&label| Group::from_label(label)).collect();
        let sizes = vec_of(sizes, "sizes")?;
        let found = enter(py, n_threads, progress, |workers| {
            let by_term = &self.by_term;
            let columns = Columns { starts: &by_term.indptr, parts: &by_term.indices, counts: &by_term.data };
            of_columns(columns, &Documents::new(&groups, &sizes)?, Wanted { dp, kld_norm, ranks }, workers)
        })?;
        let columns = PyDict::new(py);
        let ([a, b], [df_target, df_reference]) = (found.counts, found.df);
        for (name, values) in [("a", a), ("b", b), ("df_target", df_target), ("df_reference", df_reference)] {
            columns.set_item(name, PyArray1::from_vec(py, values))?;
        }
        let [kld_target, kld_reference] = found.kld_norm;
        let statistics = [
            ("dp", dp, found.dp),
            ("kld_target", kld_norm, kld_target),
            ("kld_reference", kld_norm, kld_reference),
            ("u", ranks, found.u),
            ("z", ranks, found.z),
        ];
        for (name, _, values) in statistics.into_iter().filter(|statistic| statistic.1) {
            columns.set_item(name, PyArray1::from_vec(py, values))?;
        }
        Ok(columns)
    }
}

/// Names of the measures of two counts.
#[pyfunction]
pub(super) fn keyness_measures() -> Vec<&'static str> {
    MEASURES.iter().map(|measure| measure.name).collect()
}

/// Names of the corrections of test statistics.
#[pyfunction]
pub(super) fn corrections() -> Vec<&'static str> {
    Correction::names().to_vec()
}

/// Measures of words that occur `a` times in `n1` tokens and `b` times in `n2`; shape (measures, words).
#[pyfunction]
#[pyo3(signature = (
    measures, a, b, n1, n2, *, correction="none", added=1.0, half_for_zero=false, relevance=0.6, n_threads=None
))]
#[expect(clippy::too_many_arguments, reason = "one for each array and option")]
pub(super) fn keyness<'py>(
    py: Python<'py>,
    measures: Vec<String>,
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    n1: f64,
    n2: f64,
    correction: &str,
    added: f64,
    half_for_zero: bool,
    relevance: f64,
    n_threads: Option<usize>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let (a, b) = (vec_of(a, "a")?, vec_of(b, "b")?);
    let shape = [measures.len(), a.len()];
    let values = enter(py, n_threads, None, |workers| {
        let measures: Vec<Measure> = measures.iter().map(|name| name.parse()).collect::<Result<_>>()?;
        let options = Options { correction: correction.parse()?, added, half_for_zero, relevance };
        Ok(scores(&measures, &options, (&a, &b), (n1, n2), workers)?.concat())
    })?;
    PyArray1::from_vec(py, values).reshape(shape)
}

/// ln p of Fisher's exact test, two-sided and for over-use.
#[pyfunction]
#[pyo3(signature = (a, b, n1, n2, *, n_threads=None))]
pub(super) fn fisher_log_p<'py>(
    py: Python<'py>,
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    n1: f64,
    n2: f64,
    n_threads: Option<usize>,
) -> PyResult<(Array<'py>, Array<'py>)> {
    let (a, b) = (vec_of(a, "a")?, vec_of(b, "b")?);
    let (two_sided, over_use) = enter(py, n_threads, None, |workers| fisher((&a, &b), (n1, n2), workers))?;
    Ok((PyArray1::from_vec(py, two_sided), PyArray1::from_vec(py, over_use)))
}

/// Log-odds with a Dirichlet prior: δ, and ζ by a variance.
///
/// Without `alpha`, the prior of each word, the group is one of `n_groups` and is compared with all of them.
#[pyfunction]
#[pyo3(signature = (a, b, n1, n2, alpha=None, total_alpha=0.0, n_groups=2.0, *, variance="two_term"))]
#[expect(clippy::too_many_arguments, reason = "one for each array and number")]
pub(super) fn log_odds_prior<'py>(
    py: Python<'py>,
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    n1: f64,
    n2: f64,
    alpha: Option<&Bound<'_, PyAny>>,
    total_alpha: f64,
    n_groups: f64,
    variance: &str,
) -> PyResult<(Array<'py>, Array<'py>)> {
    let (a, b) = (vec_of(a, "a")?, vec_of(b, "b")?);
    let alpha = alpha.map(|alpha| vec_of(alpha, "alpha")).transpose()?;
    let lengths = [a.len(), b.len(), alpha.as_ref().map_or(a.len(), Vec::len)];
    let (delta, z) = enter(py, Some(1), None, |_| {
        if lengths != [a.len(); 3] {
            return Err(Error::input(format!("lengths {lengths:?}"), "arrays of one length"));
        }
        let prior = alpha.as_ref().map_or(Prior::Groups(n_groups), |alpha| Prior::Given(alpha, total_alpha));
        let variance: Variance = variance.parse()?;
        let of_word = |(word, both)| {
            let odds = prior.log_odds(word, both, (n1, n2));
            (odds.delta, odds.z(variance))
        };
        Ok(a.iter().copied().zip(b.iter().copied()).enumerate().map(of_word).unzip::<_, _, Vec<f64>, Vec<f64>>())
    })?;
    Ok((PyArray1::from_vec(py, delta), PyArray1::from_vec(py, z)))
}

fn vec_of(values: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Vec<f64>> {
    Ok(array1::<f64>(values, name)?.as_slice()?.to_vec())
}
