//! The sparse matrices that statistics read: borrowed rows of cells.

use std::ops::Range;

use crate::error::{Error, Result};
use crate::parallel::ranges_by_weight;

/// Cells a worker takes at a time.
const CHUNK: u64 = 1 << 16;

/// A matrix in compressed sparse row form, borrowed: within a row, columns ascend and none occurs twice.
#[derive(Clone, Copy, Debug)]
pub struct Sparse<'a> {
    n_columns: usize,
    indptr: &'a [u64],
    indices: &'a [u32],
    values: &'a [f64],
}

impl<'a> Sparse<'a> {
    /// A matrix of its arrays, checked: row `i` holds the cells `indptr[i]..indptr[i + 1]`.
    ///
    /// # Errors
    /// Arrays that do not fit each other, columns out of range, not ascending or twice in a row.
    pub fn new(n_columns: usize, indptr: &'a [u64], indices: &'a [u32], values: &'a [f64]) -> Result<Self> {
        let nnz = indices.len() as u64;
        let fits = indptr.first() == Some(&0) && indptr.last() == Some(&nnz) && values.len() as u64 == nnz;
        if !fits || !indptr.is_sorted() {
            return Err(Error::parameter("indptr", "other values", format!("ascending from 0 to the {nnz} cells")));
        }
        let matrix = Self { n_columns, indptr, indices, values };
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

    /// Number of columns.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Number of stored cells.
    pub fn nnz(&self) -> usize {
        self.indices.len()
    }

    /// All stored values, row after row.
    pub fn values(&self) -> &'a [f64] {
        self.values
    }

    /// Columns and values of one row.
    pub fn row(&self, i: usize) -> (&'a [u32], &'a [f64]) {
        let cells = self.cells(i);
        (&self.indices[cells.clone()], &self.values[cells])
    }

    /// Places of the cells of one row.
    pub fn cells(&self, i: usize) -> Range<usize> {
        self.indptr[i] as usize..self.indptr[i + 1] as usize
    }

    /// Consecutive rows of about equally many cells, the same for any number of threads.
    pub(crate) fn chunks(&self) -> Vec<Range<usize>> {
        ranges_by_weight(self.n_rows(), |row| self.cells(row).len() as u64 + 1, CHUNK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_that_do_not_fit_are_refused() {
        assert!(Sparse::new(3, &[0, 2, 3], &[0, 2, 1], &[1.0, 2.0, 3.0]).is_ok());
        assert!(Sparse::new(3, &[0, 2, 3], &[2, 0, 1], &[1.0, 2.0, 3.0]).is_err());
        assert!(Sparse::new(2, &[0, 2, 3], &[0, 2, 1], &[1.0, 2.0, 3.0]).is_err());
        assert!(Sparse::new(3, &[0, 2], &[0, 2, 1], &[1.0, 2.0, 3.0]).is_err());
        assert!(Sparse::new(0, &[], &[], &[]).is_err());
    }
}
