//! Whatever comes in becomes one named type of the core here, or an error that says what is wrong where.

use arrow_array::builder::LargeStringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayRef, LargeStringArray};
use arrow_schema::{ArrowError, DataType};
use numpy::{Element, PyReadonlyArray1, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyFloat, PyString};

use super::enter::enter;
use super::errors;
use crate::corpus::documents::Documents;
use crate::error::{Error, Result};

/// Rows from which it is worth starting threads to check them.
const MANY: usize = 1 << 10;

/// Texts of an object with an Arrow stream, from the named column if the stream has columns.
///
/// `n_rows` is the number of rows the object claims to have; a stream that was read before gives none.
pub(super) fn documents_from_stream(
    object: &Bound<'_, PyAny>,
    column: Option<&str>,
    n_rows: Option<usize>,
) -> PyResult<Documents> {
    let py = object.py();
    if !object.hasattr("__arrow_c_stream__")? {
        let found = format!("an object of type {}", object.get_type().qualname()?);
        return Err(errors::to_python(py, &Error::input(found, "an object with an Arrow stream (__arrow_c_stream__)")));
    }
    let stream = take_stream(&object.call_method0("__arrow_c_stream__")?)?;
    let column = column.map(str::to_owned);
    let n_threads = n_rows.is_some_and(|n_rows| n_rows < MANY).then_some(1);
    enter(py, n_threads, None, move |workers| {
        let mut arrays = Vec::new();
        for array in ArrayStreamReader::try_new(stream).map_err(unreadable)? {
            workers.signal().check()?;
            arrays.push(text_column(array.map_err(unreadable)?, column.as_deref())?);
        }
        let documents =
            Documents::from_arrays(&arrays, workers).map_err(|error| in_column(error, column.as_deref()))?;
        match n_rows.filter(|&n_rows| n_rows != documents.len()) {
            None => Ok(documents),
            Some(n_rows) => {
                let found =
                    format!("a stream of {} rows where {n_rows} were expected; was it read before?", documents.len());
                Err(Error::input(found, "an Arrow stream that was not read yet"))
            }
        }
    })
}

fn take_stream(capsule: &Bound<'_, PyAny>) -> PyResult<FFI_ArrowArrayStream> {
    let pointer = capsule.cast::<PyCapsule>()?.pointer_checked(Some(c"arrow_array_stream"))?;
    // SAFETY: a capsule of this name holds a stream (Arrow PyCapsule interface); moving it out leaves it marked as released.
    Ok(unsafe { FFI_ArrowArrayStream::from_raw(pointer.cast().as_ptr()) })
}

fn unreadable(error: ArrowError) -> Error {
    Error::input(format!("an unreadable one ({error})"), "an Arrow stream that was not read yet")
}

fn in_column(error: Error, column: Option<&str>) -> Error {
    match (error.kind(), column) {
        (crate::ErrorKind::Input { found, expected }, Some(name)) => {
            Error::input(format!("{found} in column {name:?}"), expected)
        }
        _ => error,
    }
}

/// The array itself, or the named one of its columns.
fn text_column(array: ArrayRef, column: Option<&str>) -> Result<ArrayRef> {
    let (DataType::Struct(fields), Some(columns)) = (array.data_type(), array.as_struct_opt()) else {
        return Ok(array);
    };
    let names = || fields.iter().map(|field| format!("{:?}", field.name())).collect::<Vec<_>>().join(", ");
    if columns.null_count() > 0 {
        return Err(Error::input("a struct array with missing rows", "a table"));
    }
    match column {
        Some(name) => columns
            .column_by_name(name)
            .cloned()
            .ok_or_else(|| Error::parameter("text", format!("{name:?}"), format!("one of the columns {}", names()))),
        None if fields.len() == 1 => Ok(columns.column(0).clone()),
        None => Err(Error::parameter("text", "None", format!("the name of a column, one of {}", names()))),
    }
}

/// Texts of an iterable of `str`; `None`, `NaN`, `NA` and `NaT` are missing.
pub(super) fn documents_from_strings(strings: &Bound<'_, PyAny>) -> PyResult<Documents> {
    const CHECK_EVERY: usize = 1 << 14;
    let py = strings.py();
    if strings.is_instance_of::<PyString>() || strings.is_instance_of::<PyBytes>() {
        let found = format!("a single {}", strings.get_type().qualname()?);
        return Err(errors::to_python(py, &Error::input(found, "a list of str")));
    }
    let mut builder = LargeStringBuilder::new();
    for (row, item) in strings.try_iter()?.enumerate() {
        if row % CHECK_EVERY == 0 {
            py.check_signals()?;
        }
        match text_of(&item?, row)? {
            Some(bytes) => builder.append_value(utf8(py, &bytes, row)?),
            None => builder.append_null(),
        }
    }
    let array: LargeStringArray = builder.finish();
    enter(py, Some(1), None, |workers| Documents::from_arrays(&[std::sync::Arc::new(array)], workers))
}

/// UTF-8 of one item, encoded for this call alone so that no copy stays with the caller's `str`.
fn text_of<'py>(item: &Bound<'py, PyAny>, row: usize) -> PyResult<Option<Bound<'py, PyBytes>>> {
    let py = item.py();
    let Ok(string) = item.cast::<PyString>() else {
        return if is_missing(item)? { Ok(None) } else { Err(errors::to_python(py, &not_text(item, row)?)) };
    };
    string.encode_utf8().map(Some).map_err(|error| match error.is_instance_of::<PyUnicodeEncodeError>(py) {
        true => {
            let at = error.value(py).getattr("start").and_then(|start| start.extract::<usize>()).unwrap_or(0);
            let reason = format!(
                "holds half of a surrogate pair at character {at}, which is not text; \
                 clean it with text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')"
            );
            errors::to_python(py, &Error::document(row, reason))
        }
        false => error,
    })
}

fn utf8<'a>(py: Python<'_>, bytes: &'a Bound<'_, PyBytes>, row: usize) -> PyResult<&'a str> {
    std::str::from_utf8(bytes.as_bytes()).map_err(|error| errors::to_python(py, &Error::utf8(row, error.valid_up_to())))
}

fn is_missing(item: &Bound<'_, PyAny>) -> PyResult<bool> {
    if item.is_none() {
        return Ok(true);
    }
    if let Ok(number) = item.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let class = item.get_type().name()?;
    Ok(class == "NAType" || class == "NaTType")
}

fn not_text(item: &Bound<'_, PyAny>, row: usize) -> PyResult<Error> {
    let shown: String = item.repr()?.to_string_lossy().chars().take(40).collect();
    Ok(Error::input(format!("{} {shown} in row {row}", item.get_type().name()?), "str or None in every row"))
}

/// A contiguous one-dimensional array of exactly this type, or an error that names the parameter and what came.
pub(super) fn array1<'py, T: Element>(
    object: &Bound<'py, PyAny>,
    parameter: &str,
) -> PyResult<PyReadonlyArray1<'py, T>> {
    let py = object.py();
    match object.extract::<PyReadonlyArray1<'py, T>>() {
        Ok(array) if array.is_contiguous() => return Ok(array),
        _ => {}
    }
    let wanted = numpy::dtype::<T>(py);
    let found = match object.cast::<PyUntypedArray>() {
        Ok(array) if array.ndim() == 1 && !array.is_contiguous() => format!("a strided view of {}", array.dtype()),
        Ok(array) => format!("an array of {} with {} dimensions", array.dtype(), array.ndim()),
        Err(_) => object.get_type().name()?.to_string(),
    };
    let found = format!("{found} where {parameter} should be one of {wanted}");
    Err(errors::to_python(py, &Error::input(found, "a contiguous numpy array of one dimension and the exact type")))
}

/// The values of such an array, copied.
pub(super) fn vec_of<T: Element + Copy>(values: &Bound<'_, PyAny>, name: &'static str) -> PyResult<Vec<T>> {
    Ok(array1::<T>(values, name)?.as_slice()?.to_vec())
}
