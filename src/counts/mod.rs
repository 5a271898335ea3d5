//! Counts in sparse matrices: terms in documents, their bounds, orders and sums.

mod accumulator;
pub mod columns;
pub mod csr;
mod disjoint;
mod documents;
mod found;
mod given;
pub mod grain;
mod ngram;
mod numbering;
mod order;
mod rows;
mod sort;
mod tally;
pub mod term_document;
pub mod trim;

pub use order::Order;
