//! From kinds of failure to the exceptions of `kolloc.exceptions`: one match, nothing else builds them.

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::{Error, ErrorKind};

/// The Python exception for a failure.
pub(super) fn to_python(py: Python<'_>, error: &Error) -> PyErr {
    let message = error.to_string();
    let data = PyDict::new(py);
    let filled = match error.kind() {
        ErrorKind::Parameter { parameter, value, allowed } => {
            let set = data.set_item("parameter", parameter).and_then(|()| data.set_item("value", value));
            set.and_then(|()| data.set_item("allowed", allowed)).map(|()| "ParameterError")
        }
        ErrorKind::Document { row, .. } => data.set_item("row", row).map(|()| "DocumentError"),
        ErrorKind::Input { .. } => Ok("InputTypeError"),
        ErrorKind::Utf8 { row, byte } => {
            data.set_item("row", row).and_then(|()| data.set_item("byte", byte)).map(|()| "EncodingError")
        }
        ErrorKind::TooLarge { size, limit, .. } => {
            data.set_item("size", size).and_then(|()| data.set_item("limit", limit)).map(|()| "TooLargeError")
        }
        ErrorKind::Cancelled => return PyKeyboardInterrupt::new_err(message),
        ErrorKind::System(_) => Ok("ResourceError"),
    };
    filled.and_then(|class| exception(py, class, &message, &data)).unwrap_or_else(|error| error)
}

/// The exception for a panic, which is a bug of this library.
pub(super) fn internal(py: Python<'_>, payload: &(dyn std::any::Any + Send)) -> PyErr {
    let reason = payload.downcast_ref::<&str>().copied();
    let reason = reason.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown reason");
    let message = format!("an invariant of kolloc is broken, please report this: {reason}");
    exception(py, "InternalError", &message, &PyDict::new(py)).unwrap_or_else(|error| error)
}

fn exception(py: Python<'_>, class: &str, message: &str, data: &Bound<'_, PyDict>) -> PyResult<PyErr> {
    let class = py.import("kolloc.exceptions")?.getattr(class)?;
    Ok(PyErr::from_value(class.call((message,), Some(data))?))
}
