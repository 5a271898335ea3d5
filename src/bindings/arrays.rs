//! Arrays of the core as numpy sees them: moved out, or borrowed from the object that owns them.

use numpy::ndarray::ArrayView1;
use numpy::{Element, PyArray1, PyArrayMethods};
use pyo3::prelude::*;

/// A read-only view of `data`, which must be owned by `owner` and never move or change while `owner` lives.
///
/// # Safety
/// `data` points into memory that the immutable object `owner` keeps alive and unchanged.
pub(super) unsafe fn view<'py, T: Element>(data: &[T], owner: Bound<'py, PyAny>) -> Bound<'py, PyArray1<T>> {
    // SAFETY: promised by the caller; the array holds a reference to `owner`.
    let array = unsafe { PyArray1::borrow_from_array(&ArrayView1::from(data), owner) };
    array.readwrite().make_nonwriteable();
    array
}
