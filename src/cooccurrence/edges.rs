//! Cells by strength, and all partners of one term, without a loop over cells anywhere else.

use super::{Cells, Cooccurrence, Shape};

/// Cells as parallel arrays, in the order the function that returns them states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edges {
    /// Row of each cell.
    pub rows: Vec<u32>,
    /// Column of each cell.
    pub columns: Vec<u32>,
    /// Place of each cell in `indices` and `data` of the matrix.
    pub cells: Vec<u64>,
    /// Value of each cell.
    pub values: Vec<f64>,
}

impl Cooccurrence {
    /// The cells of at least `min_count`, largest first, ties by row, then by column; no more than `top` of them.
    ///
    /// In an upper triangle each pair stands once, with `row <= column`.
    pub fn edges(&self, min_count: f64, top: Option<usize>) -> Edges {
        let value = |cell| self.cells.value(cell);
        self.edges_by(|cell| Some(value(cell)).filter(|&value| value >= min_count), top)
    }

    /// The cells with the highest score, best first, ties by row, then by column; no more than `top` of them.
    ///
    /// `score` gets the place of a cell in `data`; cells without a score, or with NaN, are left out. `values` are the scores.
    pub fn edges_by(&self, score: impl Fn(usize) -> Option<f64>, top: Option<usize>) -> Edges {
        let scored = (0..self.cells.nnz()).filter_map(|cell| Some((score(cell)?, cell)));
        let mut scored: Vec<(f64, usize)> = scored.filter(|(score, _)| !score.is_nan()).collect();
        // Cells are stored by row and column, so their place breaks ties as wanted.
        let order = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if let Some(top) = top.filter(|&top| top < scored.len()) {
            if top > 0 {
                scored.select_nth_unstable_by(top - 1, order);
            }
            scored.truncate(top);
        }
        scored.sort_unstable_by(order);
        let mut edges = Edges::default();
        for (value, cell) in scored {
            edges.rows.push(self.cells.row_of(cell) as u32);
            edges.columns.push(self.cells.indices()[cell]);
            edges.cells.push(cell as u64);
            edges.values.push(value);
        }
        edges
    }

    /// All partners of row `i`: columns in ascending order, with values, both halves of a triangle.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row_full(&self, i: usize) -> Edges {
        let mut edges = Edges::default();
        let mut push = |column: usize, cell: usize| {
            edges.rows.push(i as u32);
            edges.columns.push(column as u32);
            edges.cells.push(cell as u64);
            edges.values.push(self.cells.value(cell));
        };
        if self.shape == Shape::Upper {
            for row in 0..i {
                let range = self.cells.row_range(row);
                if let Ok(place) = self.cells.indices()[range.clone()].binary_search(&(i as u32)) {
                    push(row, range.start + place);
                }
            }
        }
        self.cells.row_range(i).for_each(|cell| push(self.cells.indices()[cell] as usize, cell));
        edges
    }
}

impl Cells {
    /// Number of stored cells.
    pub fn nnz(&self) -> usize {
        self.indices().len()
    }

    /// Column of each stored cell.
    pub fn indices(&self) -> &[u32] {
        match self {
            Self::Counts(csr) => &csr.indices,
            Self::Weights(csr) => &csr.indices,
        }
    }

    /// Where each row starts.
    pub fn indptr(&self) -> &[u64] {
        match self {
            Self::Counts(csr) => &csr.indptr,
            Self::Weights(csr) => &csr.indptr,
        }
    }

    /// Value of a stored cell; exact, counts are below 2^32.
    pub fn value(&self, cell: usize) -> f64 {
        match self {
            Self::Counts(csr) => f64::from(csr.data[cell]),
            Self::Weights(csr) => csr.data[cell],
        }
    }

    /// Row of a stored cell.
    pub fn row_of(&self, cell: usize) -> usize {
        self.indptr().partition_point(|&start| start <= cell as u64) - 1
    }

    /// Places of the cells of a row.
    pub fn row_range(&self, row: usize) -> std::ops::Range<usize> {
        self.indptr()[row] as usize..self.indptr()[row + 1] as usize
    }
}
