//! Counts in sparse matrices: terms in documents, their bounds, orders and sums.

mod accumulator;
mod all_types;
pub mod collocation;
pub mod columns;
pub mod csr;
mod documents;
mod found;
pub mod frequency;
mod given;
pub mod grain;
pub mod group;
mod ngram;
mod numbering;
mod order;
mod rows;
pub mod select;
mod sort;
pub mod stretches;
mod tally;
pub mod term_document;
pub mod transpose;
pub mod trim;

pub use order::Order;
