//! kolloc turns text into trustworthy counts.

#[cfg(feature = "python")]
mod bindings;
pub mod cooccurrence;
pub mod corpus;
pub mod counts;
pub mod error;
pub mod parallel;
pub mod stats;
pub mod text;

pub use error::{Error, ErrorKind, Result};
