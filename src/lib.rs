//! kolloc turns text into trustworthy counts.

pub mod cooccurrence;
pub mod corpus;
pub mod counts;
pub mod error;
pub mod parallel;
pub mod stats;

pub use error::{Error, ErrorKind, Result};
