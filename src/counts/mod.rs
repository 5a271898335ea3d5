//! Counts in sparse matrices.

pub mod csr;
