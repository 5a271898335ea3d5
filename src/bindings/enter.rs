//! The one door from Python into the core: detach, run, watch, cancel, map errors.
//!
//! The work runs on a thread of its own while the caller waits, at most 50 ms at a time, and in between handles signals and
//! reports progress. Threads live only as long as the call, so a process may fork between calls.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{Builder, scope};
use std::time::Duration;

use pyo3::prelude::*;

use super::errors;
use crate::error::{Error, Result};
use crate::parallel::{Signal, Workers};

const PATIENCE: Duration = Duration::from_millis(50);

/// Runs `work` without the interpreter, answering Ctrl-C and calling `progress(done, total)` meanwhile.
///
/// # Errors
/// The exception for the error of `work`; whatever a signal handler or `progress` raised, after the work has stopped;
/// `InternalError` if `work` panicked.
pub(super) fn enter<R: Send>(
    py: Python<'_>,
    n_threads: Option<usize>,
    progress: Option<Bound<'_, PyAny>>,
    work: impl FnOnce(&Workers) -> Result<R> + Send,
) -> PyResult<R> {
    let progress = progress.filter(|callback| !callback.is_none()).map(Bound::unbind);
    let signal = Arc::new(Signal::default());
    let outcome = py.detach(|| run_watched(n_threads, &signal, progress.as_ref(), work));
    if let (Ok(_), Some(callback), (done, total @ 1..)) = (&outcome, &progress, signal.progress()) {
        callback.call1(py, (done.max(total), total))?;
    }
    outcome.map_err(|stop| stop.into_python(py))
}

/// Like [`enter`] for work of a few milliseconds at most: on the calling thread, not interruptible.
///
/// # Errors
/// The exception for the error of `work`; `InternalError` if it panicked.
pub(super) fn enter_briefly<R: Send>(py: Python<'_>, work: impl FnOnce(&Workers) -> Result<R> + Send) -> PyResult<R> {
    let outcome = py.detach(|| caught(|| work(&Workers::serial())));
    outcome.map_err(|stop| stop.into_python(py))
}

/// Why there is no result.
enum Stop {
    Failed(Error),
    Panicked(Box<dyn std::any::Any + Send>),
    Raised(PyErr),
}

impl Stop {
    fn into_python(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Failed(error) => errors::to_python(py, &error),
            Self::Panicked(payload) => errors::internal(py, payload.as_ref()),
            Self::Raised(exception) => exception,
        }
    }
}

fn caught<R>(work: impl FnOnce() -> Result<R>) -> std::result::Result<R, Stop> {
    // Nothing the work touched is used again after a panic.
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(Stop::Failed),
        Err(payload) => Err(Stop::Panicked(payload)),
    }
}

fn run_watched<R: Send>(
    n_threads: Option<usize>,
    signal: &Arc<Signal>,
    progress: Option<&Py<PyAny>>,
    work: impl FnOnce(&Workers) -> Result<R> + Send,
) -> std::result::Result<R, Stop> {
    scope(|scope| {
        let (finished, news) = channel::<()>();
        let job = move || {
            // Dropped on return, which is the news that the work has ended.
            let _finished = finished;
            caught(|| work(&Workers::new(n_threads, signal.clone())?))
        };
        let thread = Builder::new().name("kolloc-work".into()).spawn_scoped(scope, job);
        let thread = thread.map_err(|error| Stop::Failed(Error::system(error)))?;
        let watched = watch(&news, signal, progress);
        if watched.is_err() {
            signal.cancel();
        }
        let outcome = thread.join().unwrap_or_else(|payload| Err(Stop::Panicked(payload)));
        watched.map_err(Stop::Raised).and(outcome)
    })
}

/// Waits for the end of the work; fails as soon as a signal handler or the callback does.
fn watch(news: &Receiver<()>, signal: &Signal, progress: Option<&Py<PyAny>>) -> PyResult<()> {
    let mut reported = (0, 0);
    while news.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
        let now = signal.progress();
        let changed = now.1 > 0 && now != reported;
        Python::attach(|py| {
            py.check_signals()?;
            if let Some(callback) = progress.filter(|_| changed) {
                callback.call1(py, now)?;
            }
            PyResult::Ok(())
        })?;
        reported = now;
    }
    Ok(())
}
