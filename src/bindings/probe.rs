//! Work that ends in a chosen way, so that tests reach every exception and every way to stop.

use std::time::{Duration, Instant};

use pyo3::prelude::*;

use super::enter::enter;
use crate::error::Error;

/// Enters the core and ends as asked: with an error of a kind, a panic, or after a number of seconds.
#[pyfunction]
#[pyo3(name = "_probe", signature = (ending, *, seconds=0.0, n_threads=None, progress=None))]
pub(super) fn probe(
    py: Python<'_>,
    ending: &str,
    seconds: f64,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<()> {
    const STEPS: u64 = 1000;
    enter(py, n_threads, progress, |workers| {
        let start = Instant::now();
        let step = Duration::try_from_secs_f64(seconds / STEPS as f64).unwrap_or_default();
        workers.signal().begin(STEPS);
        for i in 1..=STEPS as u32 {
            workers.signal().check()?;
            std::thread::sleep((step * i).saturating_sub(start.elapsed()));
            workers.signal().advance(1);
        }
        match ending {
            "parameter" => Err(Error::parameter("window", 0, "at least 1")),
            "document" => Err(Error::document(3, "is not text")),
            "input" => Err(Error::input("numbers", "text")),
            "utf8" => Err(Error::utf8(3, 17)),
            "too large" => Err(Error::too_large("number of cells", 5, 4)),
            "cancelled" => Err(Error::cancelled()),
            "system" => Err(Error::system("no threads left")),
            "panic" => panic!("a probe was asked to panic"),
            _ => Ok(()),
        }
    })
}
