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
use crate::parallel::Workers;

const EXPECTED: &str = "text (an Arrow array of Utf8, LargeUtf8, Utf8View or a Dictionary of these)";
const MISSING_KEY: u32 = u32::MAX;
/// Bytes that a thread checks at a time.
const PIECE: usize = 1 << 20;

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
    pub(super) fn new(array: &ArrayRef, first_row: usize, workers: &Workers) -> Result<Self> {
        let locate = |row: usize, byte: usize| Error::utf8(first_row + row, byte);
        match array.data_type() {
            DataType::Null => Ok(Self::Missing(array.len())),
            DataType::Dictionary(_, _) => dictionary(array, locate, workers),
            _ => plain(array, locate, workers),
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

fn plain(array: &ArrayRef, locate: impl Fn(usize, usize) -> Error, workers: &Workers) -> Result<TextColumn> {
    let data = array.to_data();
    let as_bytes = match data.data_type() {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::Utf8View => DataType::BinaryView,
        other => return Err(Error::input(format!("values of type {other}"), EXPECTED)),
    };
    let sound = match &as_bytes {
        DataType::BinaryView => false,
        as_bytes => holds_text(&data, as_bytes, workers)?,
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
fn holds_text(data: &ArrayData, as_bytes: &DataType, workers: &Workers) -> Result<bool> {
    let Ok(data) = data.clone().into_builder().data_type(as_bytes.clone()).build() else { return Ok(false) };
    let array = make_array(data);
    match as_bytes {
        DataType::Binary => cuts_text(array.as_binary::<i32>(), workers),
        _ => cuts_text(array.as_binary::<i64>(), workers),
    }
}

fn cuts_text<O: OffsetSizeTrait>(array: &GenericBinaryArray<O>, workers: &Workers) -> Result<bool> {
    let boundaries = array.value_offsets();
    let [Some(first), Some(last)] = [boundaries.first(), boundaries.last()].map(|at| at.map(|at| at.as_usize())) else {
        return Ok(false);
    };
    let Some(text) = array.value_data().get(first..last) else { return Ok(false) };
    let between = |at: usize| at == text.len() || text.get(at).is_some_and(|&byte| !is_continuation(byte));
    Ok(holds_utf8(text, workers)? && boundaries.iter().all(|at| between(at.as_usize() - first)))
}

/// Whether a byte goes on with a character of UTF-8.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

fn holds_utf8(text: &[u8], workers: &Workers) -> Result<bool> {
    let mut pieces = Vec::with_capacity(text.len() / PIECE + 1);
    let mut rest = text;
    while rest.len() > PIECE {
        // Pieces of characters each; four continuing bytes are no text wherever it is cut.
        let longest = PIECE + rest[PIECE..].iter().take(4).take_while(|&&byte| is_continuation(byte)).count();
        let (piece, behind) = rest.split_at(longest);
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    let sound = workers.map(pieces, |piece| Ok(simdutf8::basic::from_utf8(piece).is_ok()))?;
    Ok(sound.into_iter().all(|sound| sound))
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

fn dictionary(array: &ArrayRef, locate: impl Fn(usize, usize) -> Error, workers: &Workers) -> Result<TextColumn> {
    let DataType::Dictionary(key_type, _) = array.data_type() else {
        return Err(Error::input(format!("values of type {}", array.data_type()), EXPECTED));
    };
    match **key_type {
        DataType::Int8 => keyed::<Int8Type>(array, locate, workers),
        DataType::Int16 => keyed::<Int16Type>(array, locate, workers),
        DataType::Int32 => keyed::<Int32Type>(array, locate, workers),
        DataType::Int64 => keyed::<Int64Type>(array, locate, workers),
        DataType::UInt8 => keyed::<UInt8Type>(array, locate, workers),
        DataType::UInt16 => keyed::<UInt16Type>(array, locate, workers),
        DataType::UInt32 => keyed::<UInt32Type>(array, locate, workers),
        DataType::UInt64 => keyed::<UInt64Type>(array, locate, workers),
        ref other => Err(Error::input(format!("dictionary keys of type {other}"), EXPECTED)),
    }
}

fn keyed<K: ArrowDictionaryKeyType>(
    array: &ArrayRef,
    locate: impl Fn(usize, usize) -> Error,
    workers: &Workers,
) -> Result<TextColumn> {
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
        _ => plain(dictionary.values(), locate, workers)?,
    };
    Ok(TextColumn::Dictionary { keys: keys.into(), values: Box::new(values) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_text_where_the_whole_is() {
        let workers = Workers::new(Some(2), Default::default()).unwrap();
        for filling in ["a", "é", "한", "🙂"] {
            for shift in 0..4 {
                let text = ["x".repeat(shift), filling.repeat(2 * PIECE / filling.len() + 1)].concat().into_bytes();
                assert!(holds_utf8(&text, &workers).unwrap());
                for at in [PIECE - 4, PIECE - 1, PIECE, PIECE + 3, text.len() - 1] {
                    for byte in [0x80, 0xBF, 0xC3, 0xF0, 0xFF] {
                        let mut text = text.clone();
                        text[at] = byte;
                        let sound = std::str::from_utf8(&text).is_ok();
                        assert_eq!(holds_utf8(&text, &workers).unwrap(), sound, "{filling} {shift} {at} {byte}");
                    }
                }
            }
        }
        assert!(holds_utf8(b"", &workers).unwrap());
    }
}
