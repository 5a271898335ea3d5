//! Compressed sparse rows: the one matrix of the crate.

use serde::{Deserialize, Serialize};

/// A matrix in compressed sparse row form, canonical: within a row, columns ascend and none occurs twice.
///
/// Row `i` holds `indices[indptr[i]..indptr[i + 1]]` (columns) and the same range of `data` (values).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Csr<V> {
    /// Number of columns; the number of rows is `indptr.len() - 1`.
    pub n_columns: usize,
    /// Where each row starts in `indices` and `data`; one entry more than rows.
    pub indptr: Vec<u64>,
    /// Column of each stored cell.
    pub indices: Vec<u32>,
    /// Value of each stored cell.
    pub data: Vec<V>,
}

impl<V> Csr<V> {
    /// A matrix without a stored cell.
    pub fn empty(n_rows: usize, n_columns: usize) -> Self {
        Self { n_columns, indptr: vec![0; n_rows + 1], indices: Vec::new(), data: Vec::new() }
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.indptr.len().saturating_sub(1)
    }

    /// Number of stored cells.
    pub fn nnz(&self) -> usize {
        self.indices.len()
    }

    /// Columns and values of one row.
    pub fn row(&self, i: usize) -> (&[u32], &[V]) {
        let range = self.indptr[i] as usize..self.indptr[i + 1] as usize;
        (&self.indices[range.clone()], &self.data[range])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_slices_of_the_arrays() {
        let csr = Csr { n_columns: 3, indptr: vec![0, 2, 2, 3], indices: vec![0, 2, 1], data: vec![5, 6, 7] };
        assert_eq!(csr.n_rows(), 3);
        assert_eq!(csr.row(0), (&[0, 2][..], &[5, 6][..]));
        assert_eq!(csr.row(1), (&[][..], &[][..]));
        assert_eq!(csr.row(2), (&[1][..], &[7][..]));
    }
}
