//! kolloc turns text into trustworthy counts: tokens, document-term matrices and co-occurrence tables, in parallel.
//!
//! # What is counted
//!
//! - A **document** is one text; a corpus is a sequence of them ([`corpus::documents`]).
//! - A **token** is an occurrence at a position of a document, a **type** a distinct form; [`text`] says what a token is.
//!   A token that was removed leaves a gap: its position stays and is never counted ([`corpus::tokens::GAP`]).
//! - A **term** is what a column stands for: a type, or an n-gram of types that no gap and no border of a unit interrupts
//!   ([`counts`]).
//! - A **pair** is two positions of one unit, neither a gap, at most a window apart ([`cooccurrence`]). With it come the
//!   margins that association measures need ([`stats`]).
//!
//! # What holds
//!
//! Work is cut by its content and results are put together in the order of the text, so every array is the same, byte for
//! byte, for any number of threads. Ids are given in order of first appearance. Counts are integers; sums of weights run
//! in the order of the text. Nothing is global: threads live as long as one operation ([`parallel`]).
//!
//! # The way through the house
//!
//! [`text`] finds tokens in characters; [`corpus`] makes integers of them; [`counts`] and [`cooccurrence`] count the
//! integers; [`dedup`] finds what is printed more than once; [`stats`] computes on counts alone. Modules know those
//! below them and none above. Failures are data ([`ErrorKind`]). The Python bindings stand apart, behind the feature
//! `python`, and nothing here knows of them.

#[cfg(feature = "python")]
mod bindings;
pub mod cooccurrence;
pub mod corpus;
pub mod counts;
pub mod dedup;
mod disjoint;
pub mod error;
mod large;
pub mod parallel;
mod prefetch;
pub mod stats;
pub mod text;

pub use error::{Error, ErrorKind, Result};
