//! The one error type of the crate: opaque, cheap to clone, its kind carrying data instead of prose.
//!
//! Every failure a caller can cause is an [`ErrorKind`] variant that names the argument or the document, the value and what
//! is allowed. Bindings turn kinds into exceptions with a single `match`; nothing else inspects messages.

use std::fmt;
use std::sync::Arc;

/// Result of every fallible function of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, cheap to clone and to send between threads.
#[derive(Clone, Debug)]
pub struct Error(Arc<ErrorKind>);

/// The kinds of failure, each with the data a message or an exception attribute needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument has a value outside what is allowed.
    Parameter {
        /// Name of the argument as the caller writes it.
        parameter: &'static str,
        /// The value given, as text.
        value: String,
        /// What would have been accepted.
        allowed: String,
    },
    /// The text of one document cannot be used.
    Document {
        /// Zero-based row of the document in the input.
        row: usize,
        /// Why it cannot be used.
        reason: String,
    },
    /// The input has a type or layout that is not supported.
    Input {
        /// What was handed over.
        found: String,
        /// What is supported.
        expected: &'static str,
    },
    /// Bytes that are not valid UTF-8.
    Utf8 {
        /// Zero-based row of the document, or of the file in the list of files.
        row: usize,
        /// Offset of the first offending byte within that text.
        byte: usize,
    },
    /// A result would need more room than its index type or the given limit allows.
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Its size.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// The caller asked to stop (KeyboardInterrupt, or a callback that failed).
    Cancelled,
    /// The operating system refused a resource, such as a thread.
    System(String),
}

impl Error {
    /// What went wrong, as data.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// An argument outside its allowed values.
    pub fn parameter(parameter: &'static str, value: impl fmt::Display, allowed: impl Into<String>) -> Self {
        Self::new(ErrorKind::Parameter { parameter, value: value.to_string(), allowed: allowed.into() })
    }

    /// A document whose text cannot be used.
    pub fn document(row: usize, reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Document { row, reason: reason.into() })
    }

    /// An input of an unsupported type.
    pub fn input(found: impl Into<String>, expected: &'static str) -> Self {
        Self::new(ErrorKind::Input { found: found.into(), expected })
    }

    /// Invalid UTF-8 at a byte of a row.
    pub fn utf8(row: usize, byte: usize) -> Self {
        Self::new(ErrorKind::Utf8 { row, byte })
    }

    /// Something beyond a limit.
    pub fn too_large(what: &'static str, size: u64, limit: u64) -> Self {
        Self::new(ErrorKind::TooLarge { what, size, limit })
    }

    /// The caller asked to stop.
    pub fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled)
    }

    /// The operating system refused.
    pub fn system(reason: impl fmt::Display) -> Self {
        Self::new(ErrorKind::System(reason.to_string()))
    }

    fn new(kind: ErrorKind) -> Self {
        Self(Arc::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Parameter { parameter, value, allowed } => {
                write!(f, "{parameter} must be {allowed}, got {value}")
            }
            ErrorKind::Document { row, reason } => write!(f, "document in row {row}: {reason}"),
            ErrorKind::Input { found, expected } => write!(f, "expected {expected}, got {found}"),
            ErrorKind::Utf8 { row, byte } => write!(f, "row {row} is not valid UTF-8 at byte {byte}"),
            ErrorKind::TooLarge { what, size, limit } => {
                write!(f, "{what} is too large: {size}, the limit is {limit}")
            }
            ErrorKind::Cancelled => write!(f, "cancelled by the caller"),
            ErrorKind::System(reason) => write!(f, "the system refused: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_argument_value_and_what_is_allowed() {
        let error = Error::parameter("window", 0, "at least 1");
        assert_eq!(error.to_string(), "window must be at least 1, got 0");
        assert_eq!(Error::utf8(3, 17).to_string(), "row 3 is not valid UTF-8 at byte 17");
        assert_eq!(
            Error::too_large("number of cells", 5, 4).to_string(),
            "number of cells is too large: 5, the limit is 4"
        );
    }

    #[test]
    fn errors_cross_threads() {
        fn check<T: Send + Sync + std::panic::UnwindSafe>() {}
        check::<Error>();
    }
}
