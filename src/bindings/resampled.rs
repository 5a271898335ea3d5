//! Slopes, dispersion and diversity of documents that are drawn again, as Python sees them.

use numpy::ndarray::Array3;
use numpy::{IntoPyArray, PyArray3};
use pyo3::prelude::*;

use super::convert::vec_of;
use super::diversity::{Config, types_of};
use super::enter::enter;
use super::resampling::PyResampling;
use super::term_document::{PyTermDocument, from_json};
use crate::error::{Error, Result};
use crate::stats::dispersion::Measure;
use crate::stats::resampling::richness::Types;
use crate::stats::resampling::slopes::{Series, Slopes};
use crate::stats::resampling::spread::Spread;
use crate::stats::resampling::summary::{Interval, Summary, summarize};
use crate::stats::trend::Times;

type Three<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>, Bound<'py, PyAny>);

/// Summaries of the slope of the rate of each term in each series: shape (series, fields, terms).
///
/// A series is the groups of documents that its periods are, their times and their seasons; `scale` is what rates are
/// multiplied with.
#[pyfunction]
#[pyo3(signature = (resampling, counts, series, scale, interval, level, *, n_threads=None, progress=None))]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
pub(super) fn resampled_slopes<'py>(
    py: Python<'py>,
    resampling: &PyResampling,
    counts: &PyTermDocument,
    series: Vec<Three<'py>>,
    scale: f64,
    interval: &str,
    level: f64,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray3<f64>>> {
    let arrays = |(groups, times, seasons): &Three<'py>| {
        PyResult::Ok((
            vec_of::<u32>(groups, "groups")?,
            vec_of::<f64>(times, "times")?,
            vec_of::<u32>(seasons, "seasons")?,
        ))
    };
    let series = series.iter().map(arrays).collect::<PyResult<Vec<_>>>()?;
    let found = enter(py, n_threads, progress, |workers| {
        let of = |(groups, times, seasons): (Vec<u32>, Vec<f64>, Vec<u32>)| {
            let fits = groups.len() == times.len() && groups.iter().all(|&its| (its as usize) < resampling.n_groups());
            let times = Times::new(times, seasons)?;
            if fits { Ok(Series { times, groups }) } else { Err(Error::input("other groups", "one for each time")) }
        };
        let statistic = Slopes { series: series.into_iter().map(of).collect::<Result<_>>()?, scale };
        resampling.summaries(&counts.matrix, &statistic, interval, level, workers)
    })?;
    Ok(found.into_pyarray(py))
}

/// Summaries of measures of dispersion of each term: shape (measures, fields, terms). Parts are the documents, or their groups.
#[pyfunction]
#[pyo3(signature = (
    resampling, counts, measures, interval, level, *, by_group=false, equal_parts=false, n_threads=None, progress=None
))]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
pub(super) fn resampled_dispersion<'py>(
    py: Python<'py>,
    resampling: &PyResampling,
    counts: &PyTermDocument,
    measures: Vec<String>,
    interval: &str,
    level: f64,
    by_group: bool,
    equal_parts: bool,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray3<f64>>> {
    let found = enter(py, n_threads, progress, |workers| {
        let measures: Vec<Measure> = measures.iter().map(|name| name.parse()).collect::<Result<_>>()?;
        if by_group {
            let statistic = Spread { measures, n_groups: resampling.n_groups(), equal: equal_parts };
            return resampling.summaries(&counts.matrix, &statistic, interval, level, workers);
        }
        let interval = Interval { kind: interval.parse()?, level };
        resampling.with_sample(&counts.matrix, 0, workers, |sample| {
            sample.dispersion(&measures, equal_parts, interval, workers)
        })
    })?;
    Ok(found.into_pyarray(py))
}

/// Summaries of measures of diversity of each group of documents, by a configuration in JSON: shape (measures, fields, groups).
#[pyfunction]
#[pyo3(signature = (resampling, counts, config, interval, level, *, n_threads=None, progress=None))]
#[expect(clippy::too_many_arguments, reason = "one for each option")]
pub(super) fn resampled_diversity<'py>(
    py: Python<'py>,
    resampling: &PyResampling,
    counts: &PyTermDocument,
    config: &str,
    interval: &str,
    level: f64,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<Bound<'py, PyArray3<f64>>> {
    let config: Config = from_json(py, config)?;
    let found = enter(py, n_threads, progress, |workers| {
        let interval = Interval { kind: interval.parse()?, level };
        let (measures, options) = (config.measures()?, config.options());
        let (of_term, n_types) = types_of(counts, &config, workers)?;
        let values = resampling.with_sample(&counts.matrix, 0, workers, |sample| {
            sample.diversity(Types { of_term: &of_term, n_types }, &measures, &options, workers)
        })?;
        let of = |values: Vec<f64>| {
            let (&estimate, replicates) = values.split_first().unwrap_or((&f64::NAN, &[]));
            Ok(summarize(estimate, &mut replicates.to_vec(), &[], interval).fields())
        };
        let summed = workers.map(values, of)?;
        let shape = (measures.len(), Summary::FIELDS, resampling.n_groups());
        Ok(Array3::from_shape_fn(shape, |(measure, field, group)| summed[group * measures.len() + measure][field]))
    })?;
    Ok(found.into_pyarray(py))
}
