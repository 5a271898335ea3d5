//! What an association measure needs of each cell: observed count, two margins, sample size, of one sampling model.

use std::ops::Range;

use super::config::{Diagonal, Margins};
use super::{Amounts, Cooccurrence};

/// Contingency tables of cells, as parallel arrays in the order of the cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// Observed count.
    pub o11: Vec<f64>,
    /// Margin of the row's term.
    pub r1: Vec<f64>,
    /// Margin of the column's term.
    pub c1: Vec<f64>,
    /// Sample size.
    pub n: Vec<f64>,
}

impl Cooccurrence {
    /// The tables of the cells at some places in `indices` and `data`.
    ///
    /// `o11` is the value of the cell but on the diagonal, where it is what the margins count: with `pairs` margins of a
    /// symmetric matrix both sides of each pair. If the stored diagonal cannot tell (a window with `left != right` and
    /// `diagonal` `pairs`, or units and `twice`), it is NaN.
    pub fn tables(&self, cells: Range<usize>) -> Tables {
        let mut tables = Tables::default();
        if cells.is_empty() {
            return tables;
        }
        let mut row = self.cells.row_of(cells.start);
        for cell in cells {
            while self.cells.row_range(row).end <= cell {
                row += 1;
            }
            let column = self.cells.indices()[cell] as usize;
            let own = self.row_terms()[row] == self.terms[column];
            let value = self.cells.value(cell);
            tables.o11.push(if own { value * self.diagonal_factor() } else { value });
            tables.r1.push(self.row_margins.get(row));
            tables.c1.push(self.column_margins.get(column));
            tables.n.push(self.sample_size(row));
        }
        tables
    }

    /// The size of the sample that the tables of a row share: `n`, less the node's own tokens with `surface` margins.
    pub fn sample_size(&self, row: usize) -> f64 {
        match self.config.margins {
            Margins::Surface => self.n.value() - self.row_frequencies.get(row),
            Margins::Pairs | Margins::Textual => self.n.value(),
        }
    }

    /// What turns a stored diagonal cell into an observed count.
    pub(super) fn diagonal_factor(&self) -> f64 {
        let config = &self.config;
        let one_sided = config.ordered || config.margins == Margins::Textual;
        let equal_sides = config.ordered || config.is_symmetric();
        match config.diagonal {
            Diagonal::Pairs if one_sided => 1.0,
            // With two different sides a stored cell of 1 or 2 does not tell how many units there were.
            Diagonal::Twice if one_sided => {
                if equal_sides {
                    0.5
                } else {
                    f64::NAN
                }
            }
            Diagonal::Pairs if config.is_symmetric() => 2.0,
            Diagonal::Pairs => f64::NAN,
            Diagonal::Twice | Diagonal::Zero => 1.0,
        }
    }
}

impl Amounts {
    /// One of the amounts.
    pub fn get(&self, i: usize) -> f64 {
        match self {
            Self::Counts(counts) => counts[i] as f64,
            Self::Weights(weights) => weights[i],
        }
    }
}
