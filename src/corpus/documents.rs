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
use crate::parallel::{Signal, Workers};

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
    pub fn from_arrays(arrays: &[ArrayRef], workers: &Workers) -> Result<Self> {
        let mut starts = vec![0];
        let mut columns = Vec::with_capacity(arrays.len());
        let mut n_rows = 0;
        for array in arrays.iter().filter(|array| !array.is_empty() || arrays.len() == 1) {
            let column = TextColumn::new(array, n_rows, workers)?;
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
        Self::from_arrays(&[Arc::new(array)], &Workers::serial())
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
        Self::from_arrays(&[Arc::new(LargeStringArray::try_from_binary(bytes).map_err(damaged)?)], &Workers::serial())
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

    /// These documents and others behind them; no text is copied.
    ///
    /// # Errors
    /// 2³² rows and more.
    pub fn chain(&self, others: &Self) -> Result<Self> {
        let shift = self.chunks.starts[self.chunks.columns.len()];
        let n_rows = shift + others.chunks.starts[others.chunks.columns.len()];
        if n_rows >= u32::MAX as usize {
            return Err(Error::too_large("number of documents", n_rows as u64, u64::from(u32::MAX) - 1));
        }
        let columns = self.chunks.columns.iter().chain(&others.chunks.columns).cloned().collect();
        let starts = &others.chunks.starts[1..];
        let starts = self.chunks.starts.iter().copied().chain(starts.iter().map(|start| start + shift)).collect();
        let own = |i: usize| self.rows.as_ref().map_or(i as u32, |rows| rows[i]);
        let other = |i: usize| others.rows.as_ref().map_or(i as u32, |rows| rows[i]) + shift as u32;
        let rows = (0..self.len()).map(own).chain((0..others.len()).map(other)).collect();
        Ok(Self::select(Arc::new(Chunks { columns, starts }), Some(rows)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::types::Int8Type;
    use arrow_array::{Array, DictionaryArray, Int64Array, NullArray, StringArray, StringViewArray, make_array};
    use arrow_data::ArrayData;
    use arrow_schema::DataType;

    const TEXTS: [Option<&str>; 5] =
        [Some("peace"), None, Some(""), Some("평화 협상은 열두 글자보다 길다"), Some("peace")];

    fn layouts() -> Vec<(&'static str, Vec<ArrayRef>)> {
        let utf8: ArrayRef = Arc::new(StringArray::from_iter(TEXTS));
        let large: ArrayRef = Arc::new(LargeStringArray::from_iter(TEXTS));
        let view: ArrayRef = Arc::new(StringViewArray::from_iter(TEXTS));
        let dictionary: ArrayRef = Arc::new(DictionaryArray::<Int8Type>::from_iter(TEXTS));
        let chunks = vec![utf8.slice(0, 2), utf8.slice(2, 0), utf8.slice(2, 3)];
        vec![
            ("utf8", vec![utf8]),
            ("large", vec![large]),
            ("view", vec![view]),
            ("dictionary", vec![dictionary]),
            ("chunks", chunks),
        ]
    }

    fn all(documents: &Documents) -> Vec<Option<&str>> {
        (0..documents.len()).map(|i| documents.get(i)).collect()
    }

    #[test]
    fn every_layout_holds_the_same_documents() {
        let expected = Documents::from_texts(TEXTS).unwrap();
        for (layout, arrays) in layouts() {
            let documents = Documents::from_arrays(&arrays, &Workers::serial()).unwrap();
            assert_eq!(all(&documents), TEXTS, "{layout}");
            assert_eq!((documents.n_missing(), documents.n_bytes()), (1, 53), "{layout}");
            assert_eq!(documents, expected, "{layout}");
            let fingerprint = documents.fingerprint(&Signal::default()).unwrap();
            assert_eq!(fingerprint, expected.fingerprint(&Signal::default()).unwrap(), "{layout}");
        }
    }

    #[test]
    fn the_fingerprint_sees_where_documents_end() {
        let of = |texts: &[&str]| {
            let documents = Documents::from_texts(texts.iter().map(Some)).unwrap();
            documents.fingerprint(&Signal::default()).unwrap()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["", "a"]), of(&["a", ""]));
        assert_eq!(of(&[]), "99aa06d3014798d86001c324468d497f", "xxh3-128 of nothing");
    }

    #[test]
    fn rows_are_taken_from_what_was_taken_and_text_is_borrowed() {
        let utf8 = StringArray::from_iter(TEXTS);
        let address = utf8.values().as_ptr() as usize;
        let documents = Documents::from_arrays(&[Arc::new(utf8)], &Workers::serial()).unwrap();
        let some = documents.take(&[4, 3, 1]).unwrap().take(&[2, 0]).unwrap();
        assert_eq!(all(&some), [None, Some("peace")]);
        assert_eq!((some.n_missing(), some.n_bytes()), (1, 5));
        assert_eq!(some.buffer_addresses(), [address]);
        assert!(some.take(&[2]).is_err());
    }

    #[test]
    fn chained_documents_stand_behind_each_other() {
        let (one, other) = (Documents::from_texts(TEXTS).unwrap(), Documents::from_texts([Some("war")]).unwrap());
        let chained = one.take(&[3, 0]).unwrap().chain(&other.take(&[0, 0]).unwrap()).unwrap();
        assert_eq!(all(&chained), [TEXTS[3], Some("peace"), Some("war"), Some("war")]);
        assert_eq!(all(&chained.chain(&one).unwrap())[4..], TEXTS);
        let nothing = Documents::from_arrays(&[], &Workers::serial()).unwrap();
        assert_eq!(nothing.chain(&one).unwrap(), one.chain(&nothing).unwrap());
    }

    #[test]
    fn buffers_go_out_and_come_back() {
        let documents = Documents::from_texts(TEXTS).unwrap();
        let (bytes, offsets) = documents.to_buffers();
        assert_eq!(offsets, [0, 5, 5, 5, 48, 53]);
        let missing: Vec<bool> = (0..5).map(|i| documents.is_missing(i)).collect();
        assert_eq!(Documents::from_buffers(bytes, offsets, Some(&missing)).unwrap(), documents);
    }

    #[test]
    fn broken_buffers_are_refused() {
        let refused: [(&[u8], &[i64], &str); 5] = [
            (b"ab", &[], "offsets must be ascending boundaries from 0 to at most 2 bytes, got 0 values ending in -1"),
            (
                b"ab",
                &[0, 3],
                "offsets must be ascending boundaries from 0 to at most 2 bytes, got 2 values ending in 3",
            ),
            (
                b"ab",
                &[2, 1],
                "offsets must be ascending boundaries from 0 to at most 2 bytes, got 2 values ending in 1",
            ),
            (
                b"ab",
                &[-1, 1],
                "offsets must be ascending boundaries from 0 to at most 2 bytes, got 2 values ending in 1",
            ),
            ("aé".as_bytes(), &[0, 2, 3], "row 0 is not valid UTF-8 at byte 1"),
        ];
        for (bytes, offsets, message) in refused {
            let error = Documents::from_buffers(bytes.to_vec(), offsets.to_vec(), None).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn invalid_utf8_is_named_by_its_row_in_the_whole_input() {
        let damaged = |data_type: DataType, bytes: &ArrayData| {
            // SAFETY: the layout is that of the binary array; the invalid UTF-8 in it is what is tested.
            unsafe { bytes.clone().into_builder().data_type(data_type).build_unchecked() }
        };
        let sound: ArrayRef = Arc::new(StringArray::from_iter_values(["a", "b"]));
        let bytes: [&[u8]; 3] = [b"fine", b"", b"not f\xffine and longer than twelve bytes"];
        let binary = arrow_array::BinaryArray::from_iter_values(bytes).to_data();
        let view = arrow_array::BinaryViewArray::from_iter_values(bytes).to_data();
        for data in [damaged(DataType::Utf8, &binary), damaged(DataType::Utf8View, &view)] {
            let error = Documents::from_arrays(&[sound.clone(), make_array(data)], &Workers::serial()).unwrap_err();
            assert_eq!(error.kind(), &crate::ErrorKind::Utf8 { row: 4, byte: 5 });
        }
    }

    #[test]
    fn what_is_not_text_is_refused_and_nothing_is_nothing() {
        let error = Documents::from_arrays(&[Arc::new(Int64Array::from(vec![1]))], &Workers::serial()).unwrap_err();
        assert!(error.to_string().ends_with("got values of type Int64"), "{error}");
        let missing = Documents::from_arrays(&[Arc::new(NullArray::new(2))], &Workers::serial()).unwrap();
        assert_eq!((missing.len(), missing.n_missing()), (2, 2));
        for arrays in [vec![], vec![Arc::new(StringArray::new_null(0)) as ArrayRef]] {
            let empty = Documents::from_arrays(&arrays, &Workers::serial()).unwrap();
            assert!(empty.is_empty());
            assert_eq!(empty.take(&[]).unwrap(), empty);
        }
    }

    #[test]
    fn documents_cross_threads() {
        fn check<T: Send + Sync>() {}
        check::<Documents>();
    }
}
