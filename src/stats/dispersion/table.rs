//! Measures of all columns of a matrix, in parallel by fixed chunks of columns.

use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};
use crate::stats::dispersion::{Column, Measure, Parts};

/// Cells of one chunk of columns.
const CHUNK: u64 = 1 << 16;
/// What a column costs besides its cells, in cells.
const COLUMN: u64 = 8;

/// The columns of a matrix whose rows are parts.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a, V> {
    /// Where each column starts; one entry more than columns.
    pub starts: &'a [u64],
    /// Part of each cell.
    pub parts: &'a [u32],
    /// Count of each cell.
    pub counts: &'a [V],
}

/// The measures of all columns: `measures.len()` values for each column.
///
/// # Errors
/// A cell in a part that does not exist, [`crate::ErrorKind::Cancelled`].
pub fn of_columns<V: Copy + Into<f64> + Sync>(
    columns: Columns<'_, V>,
    parts: &Parts,
    measures: &[Measure],
    workers: &Workers,
) -> Result<Vec<f64>> {
    if let Some(part) = columns.parts.iter().find(|&&part| part as usize >= parts.len()) {
        return Err(Error::parameter("parts", part, format!("below the number of parts, {}", parts.len())));
    }
    let n = columns.starts.len().saturating_sub(1);
    let weight = |column: usize| columns.starts[column + 1] - columns.starts[column] + COLUMN;
    workers.signal().begin(columns.parts.len() as u64);
    let found = workers.map(ranges_by_weight(n, weight, CHUNK), |range| {
        let mut values = Vec::with_capacity(range.len() * measures.len());
        let mut column = Column::default();
        for number in range {
            let cells = columns.starts[number] as usize..columns.starts[number + 1] as usize;
            column.fill(parts, &columns.parts[cells.clone()], &columns.counts[cells.clone()]);
            values.extend(measures.iter().map(|measure| (measure.formula)(&column)));
            workers.signal().advance(cells.len() as u64);
        }
        Ok(values)
    })?;
    Ok(found.concat())
}
