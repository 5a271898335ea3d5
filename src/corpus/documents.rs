//! The texts of a corpus, borrowed from Arrow arrays.
//!
//! A document is a row of a column of strings; a missing value is an empty document that remembers it was missing. Texts
//! are never copied: the column may come in chunks and in any of Arrow's string layouts, and a selection of rows is a list of row
//! numbers over the same chunks. Every array is validated when it enters, so that [`Documents::text`] cannot fail.

use std::sync::Arc;

use arrow_array::{ArrayRef, LargeBinaryArray, LargeStringArray};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use xxhash_rust::xxh3::Xxh3Default;

use super::text_column::TextColumn;
use crate::error::{Error, Result};
use crate::parallel::Signal;

/// Texts by row, immutable and cheap to clone.
#[derive(Clone, Debug)]
pub struct Documents {
    chunks: Arc<Chunks>,
    /// Rows of the chunks that belong to this selection, in order; all of them if `None`.
    rows: Option<Arc<[u32]>>,
    n_missing: usize,
    n_bytes: u64,
}

#[derive(Debug)]
struct Chunks {
    columns: Vec<TextColumn>,
    /// First row of each column, and the number of rows at the end.
    starts: Vec<usize>,
}

impl Chunks {
    #[inline]
    fn get(&self, row: usize) -> Option<&str> {
        let chunk = match self.columns.len() {
            1 => 0,
            _ => self.starts.partition_point(|&start| start <= row) - 1,
        };
        self.columns[chunk].get(row - self.starts[chunk])
    }
}

impl Documents {
    /// The texts of a column that comes in any number of arrays.
    ///
    /// # Errors
    /// An array that does not hold text, invalid UTF-8, a damaged array, or 2³² rows and more.
    pub fn from_arrays(arrays: &[ArrayRef]) -> Result<Self> {
        let mut starts = vec![0];
        let mut columns = Vec::with_capacity(arrays.len());
        let mut n_rows = 0;
        for array in arrays.iter().filter(|array| !array.is_empty() || arrays.len() == 1) {
            let column = TextColumn::new(array, n_rows)?;
            n_rows += column.len();
            starts.push(n_rows);
            columns.push(column);
        }
        if n_rows >= u32::MAX as usize {
            return Err(Error::too_large("number of documents", n_rows as u64, u64::from(u32::MAX) - 1));
        }
        Ok(Self::select(Arc::new(Chunks { columns, starts }), None))
    }

    /// Documents that own their texts; `None` is a missing text.
    ///
    /// # Errors
    /// 2³² rows and more.
    pub fn from_texts<T: AsRef<str>>(texts: impl IntoIterator<Item = Option<T>>) -> Result<Self> {
        let array: LargeStringArray = texts.into_iter().collect();
        Self::from_arrays(&[Arc::new(array)])
    }

    /// Documents in one buffer of UTF-8 with `n + 1` boundaries, and which of them are missing.
    ///
    /// # Errors
    /// Boundaries that descend or leave the buffer, a mask of another length, invalid UTF-8, or 2³² rows and more.
    pub fn from_buffers(text: Vec<u8>, offsets: Vec<i64>, missing: Option<&[bool]>) -> Result<Self> {
        let in_bounds = |pair: &[i64]| pair[0] <= pair[1];
        let last = offsets.last().copied().unwrap_or(-1);
        if !offsets.windows(2).all(in_bounds)
            || offsets.first().is_none_or(|&start| start < 0)
            || last > text.len() as i64
        {
            let allowed = format!("ascending boundaries from 0 to at most {} bytes", text.len());
            return Err(Error::parameter("offsets", format!("{} values ending in {last}", offsets.len()), allowed));
        }
        let n = offsets.len() - 1;
        if let Some(mask) = missing.filter(|mask| mask.len() != n) {
            return Err(Error::parameter(
                "missing",
                format!("{} values", mask.len()),
                format!("one value for each of {n} rows"),
            ));
        }
        for (row, pair) in offsets.windows(2).enumerate() {
            std::str::from_utf8(&text[pair[0] as usize..pair[1] as usize])
                .map_err(|error| Error::utf8(row, error.valid_up_to()))?;
        }
        let nulls = missing.map(|mask| NullBuffer::new(BooleanBuffer::collect_bool(n, |row| !mask[row])));
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        let damaged = |error: arrow_schema::ArrowError| Error::input(error.to_string(), "boundaries and UTF-8 text");
        let bytes = LargeBinaryArray::try_new(offsets, Buffer::from_vec(text), nulls).map_err(damaged)?;
        Self::from_arrays(&[Arc::new(LargeStringArray::try_from_binary(bytes).map_err(damaged)?)])
    }

    fn select(chunks: Arc<Chunks>, rows: Option<Arc<[u32]>>) -> Self {
        let mut documents = Self { chunks, rows, n_missing: 0, n_bytes: 0 };
        for i in 0..documents.len() {
            match documents.get(i) {
                None => documents.n_missing += 1,
                Some(text) => documents.n_bytes += text.len() as u64,
            }
        }
        documents
    }

    /// Number of documents, empty and missing ones included.
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.chunks.starts[self.chunks.columns.len()], |rows| rows.len())
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a document, `None` if it is missing.
    ///
    /// # Panics
    /// If there is no such document.
    #[inline]
    pub fn get(&self, i: usize) -> Option<&str> {
        match &self.rows {
            None => self.chunks.get(i),
            Some(rows) => self.chunks.get(rows[i] as usize),
        }
    }

    /// The text of a document, empty if it is missing.
    ///
    /// # Panics
    /// If there is no such document.
    #[inline]
    pub fn text(&self, i: usize) -> &str {
        self.get(i).unwrap_or_default()
    }

    /// Whether the text of a document is missing.
    ///
    /// # Panics
    /// If there is no such document.
    pub fn is_missing(&self, i: usize) -> bool {
        self.get(i).is_none()
    }

    /// All texts in order, missing ones as empty.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|i| self.text(i))
    }

    /// Number of documents whose text is missing.
    pub fn n_missing(&self) -> usize {
        self.n_missing
    }

    /// Length of all texts in bytes of UTF-8.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// The given documents in the given order, which may repeat; no text is copied.
    ///
    /// # Errors
    /// A row that does not exist.
    pub fn take(&self, rows: &[u32]) -> Result<Self> {
        let n = self.len();
        if let Some(row) = rows.iter().find(|&&row| row as usize >= n) {
            return Err(Error::parameter("rows", row, format!("below the number of documents, {n}")));
        }
        let rows = match &self.rows {
            None => rows.into(),
            Some(own) => rows.iter().map(|&row| own[row as usize]).collect(),
        };
        Ok(Self::select(self.chunks.clone(), Some(rows)))
    }

    /// xxh3-128 over the length (8 bytes, little-endian) and the text of each document in order, as 32 hexadecimal digits.
    ///
    /// Missing and empty texts count the same; layout and chunks of the arrays do not matter.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Cancelled`].
    pub fn fingerprint(&self, signal: &Signal) -> Result<String> {
        const CHECK_EVERY: u64 = 1 << 20;
        signal.begin(self.n_bytes);
        let mut hasher = Xxh3Default::new();
        let mut unreported = 0;
        for text in self.texts() {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
            unreported += text.len() as u64 + 8;
            if unreported >= CHECK_EVERY {
                signal.check()?;
                signal.advance(unreported);
                unreported = 0;
            }
        }
        Ok(format!("{:032x}", hasher.digest128()))
    }

    /// The texts as one buffer and their `n + 1` boundaries in it (bytes); a copy.
    pub fn to_buffers(&self) -> (Vec<u8>, Vec<i64>) {
        let mut bytes = Vec::with_capacity(self.n_bytes as usize);
        let mut offsets = Vec::with_capacity(self.len() + 1);
        offsets.push(0);
        for text in self.texts() {
            bytes.extend_from_slice(text.as_bytes());
            offsets.push(bytes.len() as i64);
        }
        (bytes, offsets)
    }

    /// Addresses of the buffers that hold the texts, to tell a borrowed column from a copied one.
    pub fn buffer_addresses(&self) -> Vec<usize> {
        self.chunks.columns.iter().flat_map(TextColumn::buffer_addresses).collect()
    }
}

/// The same texts, in the same order, missing where the other is missing.
impl PartialEq for Documents {
    fn eq(&self, other: &Self) -> bool {
        (self.len(), self.n_bytes, self.n_missing) == (other.len(), other.n_bytes, other.n_missing)
            && (0..self.len()).all(|i| self.get(i) == other.get(i))
    }
}

impl Eq for Documents {}
