//! One Arrow array of strings, checked once and read as `&str` from then on.
//!
//! Arrays that come over the C interface are not checked by whoever sends them. A column is therefore fully validated when
//! it is made (offsets, views, dictionary keys, UTF-8); a failure names the row.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, GenericBinaryArray, LargeStringArray, OffsetSizeTrait, StringArray, StringViewArray, make_array,
};
use arrow_data::ArrayData;
use arrow_schema::DataType;

use crate::error::{Error, Result};

const EXPECTED: &str = "text (an Arrow array of Utf8, LargeUtf8, Utf8View or a Dictionary of these)";
const MISSING_KEY: u32 = u32::MAX;

/// Strings of one Arrow array, borrowed.
#[derive(Clone, Debug)]
pub(super) enum TextColumn {
    Utf8(StringArray),
    LargeUtf8(LargeStringArray),
    Utf8View(StringViewArray),
    /// Row of `values` for each row, [`MISSING_KEY`] for none.
    Dictionary {
        keys: Box<[u32]>,
        values: Box<TextColumn>,
    },
    /// Rows of an array of Arrow's null type.
    Missing(usize),
}

impl TextColumn {
    /// The strings of an array whose first row is `first_row` of the whole input.
    pub(super) fn new(array: &ArrayRef, first_row: usize) -> Result<Self> {
        let locate = |row: usize, byte: usize| Error::utf8(first_row + row, byte);
        match array.data_type() {
            DataType::Null => Ok(Self::Missing(array.len())),
            DataType::Dictionary(_, _) => dictionary(array, locate),
            _ => plain(array, locate),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Utf8(array) => array.len(),
            Self::LargeUtf8(array) => array.len(),
            Self::Utf8View(array) => array.len(),
            Self::Dictionary { keys, .. } => keys.len(),
            Self::Missing(len) => *len,
        }
    }

    /// The text of a row, `None` if it is missing.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Utf8(array) => array.is_valid(row).then(|| array.value(row)),
            Self::LargeUtf8(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Utf8View(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Dictionary { keys, values } => match keys[row] {
                MISSING_KEY => None,
                key => values.get(key as usize),
            },
            Self::Missing(_) => None,
        }
    }

    /// Where the buffers with the text itself lie.
    pub(super) fn buffer_addresses(&self) -> Vec<usize> {
        match self {
            Self::Utf8(array) => vec![array.values().as_ptr() as usize],
            Self::LargeUtf8(array) => vec![array.values().as_ptr() as usize],
            Self::Utf8View(array) => array.data_buffers().iter().map(|buffer| buffer.as_ptr() as usize).collect(),
            Self::Dictionary { values, .. } => values.buffer_addresses(),
            Self::Missing(_) => Vec::new(),
        }
    }
}

fn plain(array: &ArrayRef, locate: impl Fn(usize, usize) -> Error) -> Result<TextColumn> {
    let data = array.to_data();
    let as_bytes = match data.data_type() {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::Utf8View => DataType::BinaryView,
        other => return Err(Error::input(format!("values of type {other}"), EXPECTED)),
    };
    let sound = match &as_bytes {
        DataType::BinaryView => false,
        as_bytes => holds_text(&data, as_bytes),
    };
    if !sound && let Err(error) = data.validate_full() {
        return Err(match first_invalid(&data, as_bytes) {
            Some((row, byte)) => locate(row, byte),
            None => Error::input(format!("a damaged Arrow array ({error})"), EXPECTED),
        });
    }
    Ok(match data.data_type() {
        DataType::Utf8 => TextColumn::Utf8(StringArray::from(data)),
        DataType::LargeUtf8 => TextColumn::LargeUtf8(LargeStringArray::from(data)),
        _ => TextColumn::Utf8View(StringViewArray::from(data)),
    })
}

/// Whether boundaries and text are sound, missing rows included. Faster than Arrow's own check, which decides if this fails.
fn holds_text(data: &ArrayData, as_bytes: &DataType) -> bool {
    let Ok(data) = data.clone().into_builder().data_type(as_bytes.clone()).build() else { return false };
    let array = make_array(data);
    match as_bytes {
        DataType::Binary => cuts_text(array.as_binary::<i32>()),
        _ => cuts_text(array.as_binary::<i64>()),
    }
}

fn cuts_text<O: OffsetSizeTrait>(array: &GenericBinaryArray<O>) -> bool {
    let boundaries = array.value_offsets();
    let [Some(first), Some(last)] = [boundaries.first(), boundaries.last()].map(|at| at.map(|at| at.as_usize())) else {
        return false;
    };
    let text = array.value_data().get(first..last).map(simdutf8::basic::from_utf8);
    let Some(Ok(text)) = text else { return false };
    boundaries.iter().all(|at| text.is_char_boundary(at.as_usize() - first))
}

/// Row and byte of the first invalid UTF-8, if the array is sound otherwise.
fn first_invalid(data: &ArrayData, as_bytes: DataType) -> Option<(usize, usize)> {
    let data = data.clone().into_builder().data_type(as_bytes).build().ok()?;
    let array = make_array(data);
    (0..array.len()).find_map(|row| {
        let bytes: &[u8] = match array.data_type() {
            DataType::Binary => array.as_binary::<i32>().value(row),
            DataType::LargeBinary => array.as_binary::<i64>().value(row),
            _ => array.as_binary_view().value(row),
        };
        std::str::from_utf8(bytes).err().map(|error| (row, error.valid_up_to()))
    })
}

fn dictionary(array: &ArrayRef, locate: impl Fn(usize, usize) -> Error) -> Result<TextColumn> {
    let DataType::Dictionary(key_type, _) = array.data_type() else {
        return Err(Error::input(format!("values of type {}", array.data_type()), EXPECTED));
    };
    match **key_type {
        DataType::Int8 => keyed::<Int8Type>(array, locate),
        DataType::Int16 => keyed::<Int16Type>(array, locate),
        DataType::Int32 => keyed::<Int32Type>(array, locate),
        DataType::Int64 => keyed::<Int64Type>(array, locate),
        DataType::UInt8 => keyed::<UInt8Type>(array, locate),
        DataType::UInt16 => keyed::<UInt16Type>(array, locate),
        DataType::UInt32 => keyed::<UInt32Type>(array, locate),
        DataType::UInt64 => keyed::<UInt64Type>(array, locate),
        ref other => Err(Error::input(format!("dictionary keys of type {other}"), EXPECTED)),
    }
}

fn keyed<K: ArrowDictionaryKeyType>(array: &ArrayRef, locate: impl Fn(usize, usize) -> Error) -> Result<TextColumn> {
    use arrow_buffer::ArrowNativeType;

    let dictionary = array.as_dictionary::<K>();
    let n_values = dictionary.values().len();
    let mut keys = Vec::with_capacity(dictionary.len());
    for (row, key) in dictionary.keys().iter().enumerate() {
        keys.push(match key.map(|key| key.to_usize()) {
            None => MISSING_KEY,
            Some(Some(key)) if key < n_values.min(MISSING_KEY as usize) => key as u32,
            Some(_) => return Err(Error::input(format!("a dictionary key outside its values in row {row}"), EXPECTED)),
        });
    }
    let locate = |value: usize, byte| {
        let row = keys.iter().position(|&key| key as usize == value).unwrap_or(0);
        locate(row, byte)
    };
    let values = match dictionary.values().data_type() {
        DataType::Null => TextColumn::Missing(n_values),
        _ => plain(dictionary.values(), locate)?,
    };
    Ok(TextColumn::Dictionary { keys: keys.into(), values: Box::new(values) })
}
