//! `kolloc._core.blocks` and what goes with it: lines of pages and their labels as Python sees them.

use numpy::{PyArray1, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::convert::array1;
use super::documents::PyDocuments;
use super::enter::enter;
use crate::corpus::documents::Documents;
use crate::corpus::excerpts::excerpts as documents_of_parts;
use crate::corpus::spans::Spans;
use crate::dedup::blocks::{Block, Blocks, Kind, LEFT_OUT, Reason, Repeat, find, left_out as spans_left_out};
use crate::dedup::site::Sites;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

type Names = (Vec<&'static str>, Vec<&'static str>, Vec<&'static str>, Vec<&'static str>);

/// The names of kinds, reasons and ways of repeating, by code, and of the kinds that a comparison leaves out.
#[pyfunction]
pub(super) fn block_names() -> Names {
    (
        Kind::ALL.iter().map(|kind| kind.text()).collect(),
        Reason::ALL.iter().map(|reason| reason.text()).collect(),
        Repeat::ALL.iter().map(|repeat| repeat.text()).collect(),
        LEFT_OUT.iter().map(|kind| kind.text()).collect(),
    )
}

/// The lines of documents with their labels: arrays by name, and where the blocks of each document end.
#[pyfunction]
#[pyo3(signature = (documents, sites=None, *, n_threads=None, progress=None))]
pub(super) fn blocks<'py>(
    py: Python<'py>,
    documents: &PyDocuments,
    sites: Option<&Bound<'py, PyAny>>,
    n_threads: Option<usize>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let codes = codes(sites)?;
    let documents = &documents.documents;
    let columns = enter(py, n_threads, progress, |workers| {
        let sites = codes.map(|codes| Sites::new(codes, documents.len())).transpose()?;
        let blocks = find(documents, sites.as_ref(), workers)?;
        Columns::new(documents, &blocks, workers)
    })?;
    columns.into_dict(py)
}

/// The bytes that a comparison leaves out: start and end of each span, and where those of each document end.
#[pyfunction]
#[pyo3(signature = (documents, sites=None, *, n_threads=None, progress=None))]
#[expect(clippy::type_complexity, reason = "three arrays")]
pub(super) fn left_out<'py>(
    py: Python<'py>,
    documents: &PyDocuments,
    sites: Option<&Bound<'py, PyAny>>,
    n_threads: Option<usize>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<u64>>)> {
    let codes = codes(sites)?;
    let documents = &documents.documents;
    let (starts, stops, ends) = enter(py, n_threads, progress, |workers| {
        let sites = codes.map(|codes| Sites::new(codes, documents.len())).transpose()?;
        Ok(ranges(&spans_left_out(documents, sites.as_ref(), workers)?))
    })?;
    Ok((PyArray1::from_vec(py, starts), PyArray1::from_vec(py, stops), PyArray1::from_vec(py, ends)))
}

/// Start and stop of each range, and where the ranges of each document end.
pub(super) fn ranges(spans: &Spans) -> (Vec<i64>, Vec<i64>, Vec<u64>) {
    let (mut starts, mut stops, mut ends) = (Vec::new(), Vec::new(), Vec::with_capacity(spans.n_docs()));
    for doc in 0..spans.n_docs() {
        starts.extend(spans.of(doc).iter().map(|range| range.start as i64));
        stops.extend(spans.of(doc).iter().map(|range| range.end as i64));
        ends.push(starts.len() as u64);
    }
    (starts, stops, ends)
}

/// New documents made of parts of documents: row, first byte and byte behind of each part, and where each document ends.
#[pyfunction]
pub(super) fn excerpts(
    py: Python<'_>,
    documents: &PyDocuments,
    rows: &Bound<'_, PyAny>,
    byte_start: &Bound<'_, PyAny>,
    byte_end: &Bound<'_, PyAny>,
    ends: &Bound<'_, PyAny>,
    missing: &Bound<'_, PyAny>,
) -> PyResult<PyDocuments> {
    let rows = array1::<u32>(rows, "rows")?.as_array().to_vec();
    let starts = array1::<i64>(byte_start, "byte_start")?.as_array().to_vec();
    let stops = array1::<i64>(byte_end, "byte_end")?.as_array().to_vec();
    let ends = array1::<u64>(ends, "ends")?.as_array().to_vec();
    let missing = array1::<bool>(missing, "missing")?.as_array().to_vec();
    let documents = enter(py, Some(1), None, |workers| {
        if rows.len() != starts.len() || rows.len() != stops.len() {
            let found = format!("{}, {} and {} entries", rows.len(), starts.len(), stops.len());
            return Err(Error::parameter("byte_start", found, "one entry for each of the rows"));
        }
        let byte = |at: i64| usize::try_from(at).unwrap_or(usize::MAX);
        let parts: Vec<_> = (0..rows.len()).map(|i| (rows[i] as usize, byte(starts[i])..byte(stops[i]))).collect();
        let ends: Vec<usize> = ends.iter().map(|&end| end as usize).collect();
        documents_of_parts(&documents.documents, &parts, &ends, &missing, workers.signal())
    })?;
    Ok(PyDocuments { documents })
}

fn codes(sites: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Vec<u32>>> {
    sites.map(|sites| Ok(array1::<u32>(sites, "sites")?.as_array().to_vec())).transpose()
}

/// Blocks, column by column.
struct Columns {
    ends: Vec<u64>,
    sizes: Vec<i64>,
    line: Vec<u32>,
    byte_start: Vec<i64>,
    byte_end: Vec<i64>,
    char_start: Vec<i64>,
    char_end: Vec<i64>,
    kind: Vec<u8>,
    reason: Vec<u8>,
    repeat: Vec<u8>,
    article: Vec<u32>,
    score: Vec<f32>,
    repeat_of: Vec<i64>,
    shared_run: Vec<u32>,
}

impl Columns {
    fn new(documents: &Documents, blocks: &Blocks, workers: &Workers) -> Result<Self> {
        let all = blocks.all();
        let (char_start, char_end) = in_code_points(documents, blocks, workers)?;
        let repeat_of = |block: &Block| if block.repeat == Repeat::None { -1 } else { i64::from(block.repeat_of) };
        Ok(Self {
            ends: (0..blocks.n_docs()).map(|doc| blocks.range(doc).end as u64).collect(),
            sizes: documents.texts().map(|text| text.len() as i64).collect(),
            line: all.iter().map(|block| block.line).collect(),
            byte_start: all.iter().map(|block| block.byte_start as i64).collect(),
            byte_end: all.iter().map(|block| block.byte_end as i64).collect(),
            char_start,
            char_end,
            kind: all.iter().map(|block| block.kind as u8).collect(),
            reason: all.iter().map(|block| block.reason as u8).collect(),
            repeat: all.iter().map(|block| block.repeat as u8).collect(),
            article: all.iter().map(|block| block.article).collect(),
            score: all.iter().map(|block| block.score).collect(),
            repeat_of: all.iter().map(repeat_of).collect(),
            shared_run: all.iter().map(|block| block.shared_run).collect(),
        })
    }

    fn into_dict(self, py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("ends", frozen(PyArray1::from_vec(py, self.ends)))?;
        dict.set_item("sizes", frozen(PyArray1::from_vec(py, self.sizes)))?;
        dict.set_item("line", frozen(PyArray1::from_vec(py, self.line)))?;
        dict.set_item("byte_start", frozen(PyArray1::from_vec(py, self.byte_start)))?;
        dict.set_item("byte_end", frozen(PyArray1::from_vec(py, self.byte_end)))?;
        dict.set_item("char_start", frozen(PyArray1::from_vec(py, self.char_start)))?;
        dict.set_item("char_end", frozen(PyArray1::from_vec(py, self.char_end)))?;
        dict.set_item("kind", frozen(PyArray1::from_vec(py, self.kind)))?;
        dict.set_item("reason", frozen(PyArray1::from_vec(py, self.reason)))?;
        dict.set_item("repeat", frozen(PyArray1::from_vec(py, self.repeat)))?;
        dict.set_item("article", frozen(PyArray1::from_vec(py, self.article)))?;
        dict.set_item("score", frozen(PyArray1::from_vec(py, self.score)))?;
        dict.set_item("repeat_of", frozen(PyArray1::from_vec(py, self.repeat_of)))?;
        dict.set_item("shared_run", frozen(PyArray1::from_vec(py, self.shared_run)))?;
        Ok(dict)
    }
}

/// The array, read-only from here on.
fn frozen<T: numpy::Element>(array: Bound<'_, PyArray1<T>>) -> Bound<'_, PyArray1<T>> {
    array.readwrite().make_nonwriteable();
    array
}

/// Start and end of each block in code points of its document.
fn in_code_points(documents: &Documents, blocks: &Blocks, workers: &Workers) -> Result<(Vec<i64>, Vec<i64>)> {
    let size = |doc: usize| documents.text(doc).len() as u64 + 64;
    let parts = workers.map(ranges_by_weight(documents.len(), size, 1 << 20), |range| {
        let mut places = Vec::new();
        for doc in range {
            let text = documents.text(doc);
            let (mut at, mut chars) = (0, 0i64);
            for block in blocks.of(doc) {
                chars += text[at..block.byte_start].chars().count() as i64;
                let start = chars;
                chars += text[block.byte_start..block.byte_end].chars().count() as i64;
                at = block.byte_end;
                places.push((start, chars));
            }
        }
        Ok(places)
    })?;
    Ok(parts.into_iter().flatten().unzip())
}
