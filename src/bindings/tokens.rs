//! `kolloc._core.Tokens` and `Vocabulary`: ids, offsets and types as Python sees them.

use std::sync::Arc;

use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

use super::arrays::view;
use super::convert::array1;
use super::documents::PyDocuments;
use super::enter::{enter, enter_briefly};
use super::errors;
use super::term_document::from_json;
use crate::corpus::char_spans::CharSpans;
use crate::corpus::mask::mask;
use crate::corpus::tokenize::tokenize;
use crate::corpus::tokens::{GAP, Tokens};
use crate::corpus::vocabulary::Vocabulary;
use crate::error::Error;
use crate::text::offsets::char_offsets;
use crate::text::stopwords::stopwords;
use crate::text::{Tokenizer, TokenizerConfig};

/// A tokenized corpus.
#[pyclass(frozen, name = "Tokens", module = "kolloc._core")]
pub(crate) struct PyTokens {
    /// The tokens, for the other classes of this module.
    pub(super) tokens: Arc<Tokens>,
}

#[pymethods]
impl PyTokens {
    /// Tokens of documents by a configuration in JSON.
    #[staticmethod]
    #[pyo3(signature = (documents, config, *, n_threads=None, progress=None))]
    fn tokenize(
        py: Python<'_>,
        documents: &PyDocuments,
        config: &str,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config: TokenizerConfig = from_json(py, config)?;
        let tokens = enter(py, n_threads, progress, |workers| {
            tokenize(&documents.documents, &Tokenizer::new(&config)?, workers)
        })?;
        Ok(Self { tokens: Arc::new(tokens) })
    }

    /// Tokens from their arrays; the buffer of terms is UTF-8.
    #[staticmethod]
    fn from_parts(
        py: Python<'_>,
        term_ids: &Bound<'_, PyAny>,
        doc_offsets: &Bound<'_, PyAny>,
        sentence_starts: &Bound<'_, PyAny>,
        paragraph_starts: &Bound<'_, PyAny>,
        terms: &str,
        boundaries: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let term_ids = array1::<u32>(term_ids, "term_ids")?.as_array().to_vec();
        let doc_offsets = unsigned(doc_offsets, "doc_offsets")?;
        let sentence_starts = unsigned(sentence_starts, "sentence_starts")?;
        let paragraph_starts = unsigned(paragraph_starts, "paragraph_starts")?;
        let boundaries = array1::<i64>(boundaries, "boundaries")?.as_array().to_vec();
        let tokens = enter(py, Some(1), None, |_| {
            let vocabulary = Vocabulary::from_buffers(terms, &boundaries)?;
            Tokens::from_parts(term_ids, doc_offsets, sentence_starts, paragraph_starts, vocabulary)
        })?;
        Ok(Self { tokens: Arc::new(tokens) })
    }

    /// Tokens of documents given as lists of `str`, `None` where a token was removed.
    #[staticmethod]
    fn from_lists(py: Python<'_>, lists: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut vocabulary = Vocabulary::default();
        let (mut term_ids, mut doc_offsets, mut starts) = (Vec::new(), vec![0], Vec::new());
        for (row, list) in lists.try_iter()?.enumerate() {
            let list = list?;
            if list.is_instance_of::<PyString>() {
                let error = Error::document(row, "must be a list of str, got a single str");
                return Err(errors::to_python(py, &error));
            }
            let start = term_ids.len() as u64;
            for token in list.try_iter()? {
                let token = token?;
                let id = if token.is_none() { GAP } else { vocabulary.intern(token.cast::<PyString>()?.to_str()?) };
                term_ids.push(id);
            }
            if term_ids.len() as u64 > start {
                starts.push(start);
            }
            doc_offsets.push(term_ids.len() as u64);
        }
        let tokens = enter(py, Some(1), None, |_| {
            Tokens::from_parts(term_ids, doc_offsets, starts.clone(), starts, vocabulary)
        })?;
        Ok(Self { tokens: Arc::new(tokens) })
    }

    /// Number of documents.
    #[getter]
    fn n_docs(&self) -> usize {
        self.tokens.n_docs()
    }

    /// Number of tokens, gaps left out.
    #[getter]
    fn n_tokens(&self) -> u64 {
        self.tokens.vocabulary.frequencies().iter().sum()
    }

    /// Term id at each position.
    #[getter]
    fn term_ids<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u32>> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().tokens.term_ids, slf.clone().into_any()) }
    }

    /// Where each document starts.
    #[getter]
    fn doc_offsets<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u64>> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().tokens.doc_offsets, slf.clone().into_any()) }
    }

    /// Positions that start a sentence.
    #[getter]
    fn sentence_starts<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u64>> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().tokens.sentence_starts, slf.clone().into_any()) }
    }

    /// Positions that start a paragraph.
    #[getter]
    fn paragraph_starts<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u64>> {
        // SAFETY: the object is frozen and owns the vector.
        unsafe { view(&slf.get().tokens.paragraph_starts, slf.clone().into_any()) }
    }

    /// The types.
    #[getter]
    fn vocabulary(&self) -> PyVocabulary {
        PyVocabulary { vocabulary: self.tokens.vocabulary.clone() }
    }

    /// Tokens of a document, `None` where one was removed.
    fn doc<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyList>> {
        check_row(row, self.tokens.n_docs())?;
        let ids = &self.tokens.term_ids[self.tokens.doc_range(row)];
        PyList::new(py, ids.iter().map(|&id| (id != GAP).then(|| self.tokens.vocabulary.term(id))))
    }

    /// Number of tokens of each document, gaps left out.
    fn doc_lengths<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<u64>>> {
        Ok(PyArray1::from_vec(py, enter_briefly(py, |_| Ok(self.tokens.doc_lengths()))?))
    }

    /// Some documents, as if they had been tokenized alone.
    fn take(&self, py: Python<'_>, rows: &Bound<'_, PyAny>) -> PyResult<Self> {
        let rows = array1::<u32>(rows, "rows")?.as_array().to_vec();
        let tokens = enter(py, None, None, |workers| self.tokens.take(&rows, workers))?;
        Ok(Self { tokens: Arc::new(tokens) })
    }

    /// Gaps at all positions that overlap spans, given in code points of the documents that the tokens were made of.
    #[expect(clippy::too_many_arguments, reason = "one for each array")]
    #[pyo3(signature = (documents, config, rows, char_start, char_end, *, n_threads=None, progress=None))]
    fn mask(
        &self,
        py: Python<'_>,
        documents: &PyDocuments,
        config: &str,
        rows: &Bound<'_, PyAny>,
        char_start: &Bound<'_, PyAny>,
        char_end: &Bound<'_, PyAny>,
        n_threads: Option<usize>,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let config: TokenizerConfig = from_json(py, config)?;
        let rows = array1::<u32>(rows, "document")?;
        let (starts, ends) = (array1::<i64>(char_start, "char_start")?, array1::<i64>(char_end, "char_end")?);
        let spans = CharSpans { documents: rows.as_slice()?, starts: starts.as_slice()?, ends: ends.as_slice()? };
        let tokens = enter(py, n_threads, progress, |workers| {
            let spans = spans.in_bytes(&documents.documents, workers)?;
            mask(&self.tokens, &documents.documents, &Tokenizer::new(&config)?, &spans, workers)
        })?;
        Ok(Self { tokens: Arc::new(tokens) })
    }

    /// Whether both hold the same tokens.
    fn equals(&self, other: &Self) -> bool {
        let (one, other) = (&self.tokens, &other.tokens);
        one.term_ids == other.term_ids
            && one.doc_offsets == other.doc_offsets
            && one.sentence_starts == other.sentence_starts
            && one.paragraph_starts == other.paragraph_starts
            && one.vocabulary == other.vocabulary
    }
}

/// The types of a corpus.
#[pyclass(frozen, name = "Vocabulary", module = "kolloc._core")]
pub(crate) struct PyVocabulary {
    vocabulary: Arc<Vocabulary>,
}

#[pymethods]
impl PyVocabulary {
    fn __len__(&self) -> usize {
        self.vocabulary.len()
    }

    /// The types by id.
    fn terms<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.vocabulary.terms())
    }

    /// One type.
    fn term(&self, id: usize) -> PyResult<&str> {
        if id >= self.vocabulary.len() {
            return Err(PyIndexError::new_err(format!("id {id} is out of range for {} types", self.vocabulary.len())));
        }
        Ok(self.vocabulary.term(id as u32))
    }

    /// The id of a type.
    fn id(&self, term: &str) -> PyResult<u32> {
        self.vocabulary.id(term).ok_or_else(|| PyKeyError::new_err(term.to_string()))
    }

    fn __contains__(&self, term: &str) -> bool {
        self.vocabulary.id(term).is_some()
    }

    /// How often each type occurs.
    #[getter]
    fn frequencies<'py>(slf: &Bound<'py, Self>) -> Bound<'py, PyArray1<u64>> {
        // SAFETY: the object is frozen and shares ownership of the vocabulary, which is immutable.
        unsafe { view(slf.get().vocabulary.frequencies(), slf.clone().into_any()) }
    }

    /// All types in one buffer of UTF-8, and their boundaries.
    fn buffers<'py>(&self, py: Python<'py>) -> (Bound<'py, PyBytes>, Bound<'py, PyArray1<i64>>) {
        let (terms, boundaries) = self.vocabulary.buffers();
        (PyBytes::new(py, terms.as_bytes()), PyArray1::from_vec(py, boundaries))
    }
}

/// Start and end of each token of a document, in code points of its text; shape (positions, 2).
#[pyfunction]
pub(super) fn spans<'py>(
    py: Python<'py>,
    documents: &PyDocuments,
    row: usize,
    config: &str,
) -> PyResult<Bound<'py, PyArray2<i64>>> {
    check_row(row, documents.documents.len())?;
    let config: TokenizerConfig = from_json(py, config)?;
    let spans = enter_briefly(py, |workers| {
        char_offsets(&Tokenizer::new(&config)?, documents.documents.text(row), workers.signal())
    })?;
    let n = spans.len();
    let flat: Vec<i64> = spans.into_iter().flat_map(|(start, end)| [start as i64, end as i64]).collect();
    PyArray1::from_vec(py, flat).reshape([n, 2])
}

/// The words of a shipped list of stop words.
#[pyfunction]
pub(super) fn stopword_list(py: Python<'_>, name: &str) -> PyResult<Vec<String>> {
    stopwords(name).map_err(|error| errors::to_python(py, &error))
}

fn unsigned(values: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Vec<u64>> {
    Ok(array1::<u64>(values, name)?.as_array().to_vec())
}

fn check_row(row: usize, n: usize) -> PyResult<()> {
    if row < n { Ok(()) } else { Err(PyIndexError::new_err(format!("row {row} is out of range for {n} documents"))) }
}
