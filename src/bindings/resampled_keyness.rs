//! `kolloc._core.KeynessScores`: measures of keyness of documents that are drawn again, as Python sees them.

use numpy::{IntoPyArray, PyArray1, PyArray3};
use pyo3::prelude::*;

use super::convert::vec_of;
use super::enter::enter;
use super::errors::to_python;
use super::resampling::PyResampling;
use super::term_document::PyTermDocument;
use crate::error::{Error, Result};
use crate::parallel::Workers;
use crate::stats::keyness::Options;
use crate::stats::log_odds_prior::{Prior, Variance};
use crate::stats::resampling::Sample;
use crate::stats::resampling::keyness::{Keyness, Score};
use crate::stats::resampling::ranks::Ranks;
use crate::stats::resampling::summary::Interval;
use crate::stats::resampling::sums::Feature;

type Ranking<'py> = (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<f64>>);

/// Measures, how they are computed, and what does not follow from the documents: a prior, a reference from elsewhere.
#[pyclass(frozen, name = "KeynessScores", module = "kolloc._core")]
pub(crate) struct PyKeynessScores {
    names: Vec<String>,
    options: Options,
    counts_documents: bool,
    /// α of each word, none where the prior is made of its counts; and α0, or the number of groups.
    alpha: Option<Vec<f64>>,
    strength: f64,
    variance: Variance,
    elsewhere: Option<(Vec<f64>, f64)>,
}

#[pymethods]
impl PyKeynessScores {
    /// Names of measures, `log_odds_prior` and `log_odds_prior_z` among them; correction, n of simple maths, whether ½ stands
    /// for a count of zero, λ of relevance; whether documents are counted; prior: α of each word or None, α0 or the number of groups, variance;
    /// elsewhere: count of each word in a reference of which nothing is drawn, and its size.
    #[new]
    #[pyo3(signature = (names, options, counts_documents, prior, elsewhere=None))]
    fn new(
        py: Python<'_>,
        names: Vec<String>,
        options: (String, f64, bool, f64),
        counts_documents: bool,
        prior: (Option<Bound<'_, PyAny>>, f64, String),
        elsewhere: Option<(Bound<'_, PyAny>, f64)>,
    ) -> PyResult<Self> {
        let alpha = prior.0.map(|alpha| vec_of::<f64>(&alpha, "alpha")).transpose()?;
        let elsewhere = elsewhere.map(|(b, total)| PyResult::Ok((vec_of::<f64>(&b, "b")?, total))).transpose()?;
        let (correction, added, half_for_zero, relevance) = options;
        let parsed = || Ok((correction.parse()?, prior.2.parse()?));
        let (correction, variance) = parsed().map_err(|error: Error| to_python(py, &error))?;
        let options = Options { correction, added, half_for_zero, relevance };
        Ok(Self { names, options, counts_documents, alpha, strength: prior.1, variance, elsewhere })
    }

    /// Summaries of the measures of each term: shape (measures, fields, terms).
    #[pyo3(signature = (resampling, counts, interval, level, *, n_threads=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "one for each option")]
    fn summaries<'py>(
        &self,
        py: Python<'py>,
        resampling: &PyResampling,
        counts: &PyTermDocument,
        interval: &str,
        level: f64,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyArray3<f64>>> {
        let found = enter(py, n_threads, progress, |workers| {
            let interval = Interval { kind: interval.parse()?, level };
            self.with_sample(resampling, counts, workers, |sample, keyness| {
                sample.summaries(&keyness, interval, workers)
            })
        })?;
        Ok(found.into_pyarray(py))
    }

    /// Interval of the rank of some terms among all by the first measure, and share of the replicates in which they are among
    /// the first `top`.
    #[pyo3(signature = (resampling, counts, terms, top, level, *, n_threads=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "one for each option")]
    fn ranks<'py>(
        &self,
        py: Python<'py>,
        resampling: &PyResampling,
        counts: &PyTermDocument,
        terms: &Bound<'_, PyAny>,
        top: usize,
        level: f64,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Ranking<'py>> {
        let terms = vec_of::<u32>(terms, "terms")?;
        let Ranks { low, high, top_share } = enter(py, n_threads, progress, |workers| {
            self.with_sample(resampling, counts, workers, |sample, keyness| {
                sample.ranks(&keyness, &terms, top, level, workers)
            })
        })?;
        Ok((low.into_pyarray(py), high.into_pyarray(py), top_share.into_pyarray(py)))
    }
}

impl PyKeynessScores {
    fn with_sample<R>(
        &self,
        resampling: &PyResampling,
        counts: &PyTermDocument,
        workers: &Workers,
        work: impl FnOnce(Sample<'_>, Keyness<'_>) -> Result<R>,
    ) -> Result<R> {
        resampling.needs_groups(if self.elsewhere.is_some() { 1 } else { 2 })?;
        let n_columns = counts.matrix.n_columns;
        let n_terms = self.elsewhere.as_ref().map_or(n_columns, |(b, _)| b.len());
        let n_more = n_terms.checked_sub(n_columns);
        let (Some(n_more), true) = (n_more, self.alpha.as_ref().is_none_or(|alpha| alpha.len() == n_terms)) else {
            return Err(Error::input("arrays of different lengths", "a prior and a count elsewhere of each word"));
        };
        let prior = self.alpha.as_ref().map_or(Prior::Groups(self.strength), |its| Prior::Given(its, self.strength));
        let score = |name: &String| match name.as_str() {
            "log_odds_prior" => Ok(Score::LogOdds(prior)),
            "log_odds_prior_z" => Ok(Score::LogOddsZ(prior, self.variance)),
            name => Ok(Score::Measure(name.parse()?)),
        };
        let scores = self.names.iter().map(score).collect::<Result<Vec<_>>>()?;
        if scores.is_empty() {
            return Err(Error::parameter("measures", "none", "one at least"));
        }
        let feature = if self.counts_documents { Feature::Presence } else { Feature::Count };
        let elsewhere = self.elsewhere.as_ref().map(|(b, total)| (&b[..], *total));
        let keyness = Keyness::new(scores, self.options, feature, elsewhere);
        resampling.with_sample(&counts.matrix, n_more, workers, |sample| work(sample, keyness))
    }
}
