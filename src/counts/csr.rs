//! Compressed sparse rows: the one matrix of the crate.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

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

    /// A matrix from its arrays, checked.
    ///
    /// # Errors
    /// Arrays that do not fit each other, columns out of range, not ascending or twice in a row.
    pub fn from_parts(n_columns: usize, indptr: Vec<u64>, indices: Vec<u32>, data: Vec<V>) -> Result<Self> {
        let nnz = indices.len() as u64;
        if indptr.first() != Some(&0) || indptr.last() != Some(&nnz) || !indptr.is_sorted() || data.len() as u64 != nnz
        {
            return Err(Error::parameter("indptr", "other values", format!("ascending from 0 to the {nnz} cells")));
        }
        let matrix = Self { n_columns, indptr, indices, data };
        let canonical = |row| {
            let columns = matrix.row(row).0;
            columns.is_sorted_by(|a, b| a < b) && columns.last().is_none_or(|&last| (last as usize) < n_columns)
        };
        match (0..matrix.n_rows()).find(|&row| !canonical(row)) {
            Some(row) => {
                let allowed = format!("ascending columns below {n_columns} in each row");
                Err(Error::parameter("indices", format!("others in row {row}"), allowed))
            }
            None => Ok(matrix),
        }
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
