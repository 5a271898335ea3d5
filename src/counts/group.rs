//! Documents summed by a label, and the terms each group uses most.

use std::cmp::Reverse;
use std::ops::Range;

use crate::counts::accumulator::Accumulator;
use crate::counts::csr::Csr;
use crate::counts::rows::{self, Cells, Rows};
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// The sums of all rows with the same label; row `g` of the result belongs to label `g`, empty groups included.
///
/// # Errors
/// Not one label for each row, a label of `n_groups` or more, sums that 32 bits do not hold.
pub fn rows(matrix: &Csr<u32>, labels: &[u32], n_groups: usize, workers: &Workers) -> Result<Csr<u32>> {
    if labels.len() != matrix.n_rows() {
        return Err(Error::parameter("labels", labels.len(), format!("one for each of {} rows", matrix.n_rows())));
    }
    if let Some(label) = labels.iter().find(|&&label| label as usize >= n_groups) {
        return Err(Error::parameter("labels", label, format!("below the number of groups, {n_groups}")));
    }
    let members = Members::new(labels, n_groups);
    let groups = Groups { matrix, members: &members };
    check_sums(&groups, n_groups, workers)?;
    rows::build(&groups, &(0..n_groups).map(|group| group..group + 1).collect::<Vec<_>>(), workers)
}

/// The terms of each group, most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopTerms {
    /// Group (row) of each entry, ascending.
    pub groups: Vec<u32>,
    /// Column of each entry; within a group by descending count, ties by column.
    pub columns: Vec<u32>,
    /// Count of each entry, above zero.
    pub counts: Vec<u32>,
}

/// The `k` most frequent terms of each row; fewer where a row has fewer. Sum by label first for groups of documents.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`].
pub fn top_terms(matrix: &Csr<u32>, k: usize, workers: &Workers) -> Result<TopTerms> {
    let tops = workers.map((0..matrix.n_rows()).collect(), |row| Ok(top_of_row(matrix, row, k)))?;
    let mut top_terms = TopTerms::default();
    for (group, top) in tops.into_iter().enumerate() {
        for (Reverse(count), column) in top {
            top_terms.groups.push(group as u32);
            top_terms.columns.push(column);
            top_terms.counts.push(count);
        }
    }
    Ok(top_terms)
}

fn top_of_row(matrix: &Csr<u32>, row: usize, k: usize) -> Vec<(Reverse<u32>, u32)> {
    let (columns, counts) = matrix.row(row);
    let cells = counts.iter().map(|&count| Reverse(count)).zip(columns.iter().copied());
    let mut cells: Vec<_> = cells.filter(|cell| cell.0.0 > 0).collect();
    if k < cells.len() {
        cells.select_nth_unstable(k);
        cells.truncate(k);
    }
    cells.sort_unstable();
    cells
}

/// Rows by group: those of group `g` are `rows[starts[g]..starts[g + 1]]`, ascending.
struct Members {
    starts: Vec<usize>,
    rows: Vec<usize>,
}

impl Members {
    fn new(labels: &[u32], n_groups: usize) -> Self {
        let mut starts = vec![0; n_groups + 1];
        labels.iter().for_each(|&label| starts[label as usize + 1] += 1);
        (0..n_groups).for_each(|group| starts[group + 1] += starts[group]);
        let mut next = starts.clone();
        let mut rows = vec![0; labels.len()];
        for (row, &label) in labels.iter().enumerate() {
            rows[next[label as usize]] = row;
            next[label as usize] += 1;
        }
        Self { starts, rows }
    }

    fn of(&self, group: usize) -> &[usize] {
        &self.rows[self.starts[group]..self.starts[group + 1]]
    }
}

struct Groups<'a> {
    matrix: &'a Csr<u32>,
    members: &'a Members,
}

impl Groups<'_> {
    fn gather(&self, group: usize, accumulator: &mut Accumulator) {
        for &row in self.members.of(group) {
            let (columns, values) = self.matrix.row(row);
            accumulator.reserve(columns.len());
            // A stored zero would be listed again and again.
            let cells = columns.iter().zip(values).filter(|cell| *cell.1 > 0);
            cells.for_each(|(&column, &value)| accumulator.add(column, value));
        }
    }
}

/// The sum of a whole group bounds the sum of each of its cells.
fn check_sums(groups: &Groups, n_groups: usize, workers: &Workers) -> Result<()> {
    let sum = |&row: &usize| groups.matrix.row(row).1.iter().map(|&value| u64::from(value)).sum::<u64>();
    let sums =
        workers.map((0..n_groups).collect(), |group| Ok(groups.members.of(group).iter().map(sum).sum::<u64>()))?;
    match sums.into_iter().find(|&sum| sum > u64::from(u32::MAX)) {
        Some(sum) => Err(Error::too_large("sum of counts in a group", sum, u32::MAX.into())),
        None => Ok(()),
    }
}

impl Rows for Groups<'_> {
    fn n_columns(&self) -> usize {
        self.matrix.n_columns
    }

    fn n_accumulated(&self) -> usize {
        self.matrix.n_columns
    }

    fn room(&self) -> usize {
        self.matrix.nnz()
    }

    fn append(&self, group: usize, accumulator: &mut Accumulator, cells: &mut Cells) {
        self.gather(group, accumulator);
        let (indices, data) = cells.room(accumulator.len());
        accumulator.write(indices, data);
    }

    fn work(&self, groups: &Range<usize>) -> u64 {
        (self.members.starts[groups.end] - self.members.starts[groups.start]) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix() -> Csr<u32> {
        Csr { n_columns: 3, indptr: vec![0, 2, 2, 4], indices: vec![0, 2, 1, 2], data: vec![5, 6, 7, 8] }
    }

    #[test]
    fn groups_sum_their_rows_and_may_be_empty() {
        let grouped = rows(&matrix(), &[2, 0, 2], 4, &Workers::serial()).unwrap();
        let expected = Csr { n_columns: 3, indptr: vec![0, 0, 0, 3, 3], indices: vec![0, 1, 2], data: vec![5, 7, 14] };
        assert_eq!(grouped, expected);
        assert_eq!(rows(&Csr::empty(0, 2), &[], 0, &Workers::serial()).unwrap(), Csr::empty(0, 2));
    }

    #[test]
    fn labels_must_fit() {
        let message = |labels: &[u32]| rows(&matrix(), labels, 2, &Workers::serial()).unwrap_err().to_string();
        assert_eq!(message(&[0, 2, 0]), "labels must be below the number of groups, 2, got 2");
        assert_eq!(message(&[0]), "labels must be one for each of 3 rows, got 1");
        let large = Csr { n_columns: 1, indptr: vec![0, 1, 2], indices: vec![0, 0], data: vec![u32::MAX, 1] };
        assert!(rows(&large, &[0, 0], 1, &Workers::serial()).is_err());
        assert_eq!(rows(&large, &[0, 1], 2, &Workers::serial()).unwrap(), large);
    }

    #[test]
    fn top_terms_break_ties_by_column() {
        let matrix =
            Csr { n_columns: 4, indptr: vec![0, 4, 4, 5], indices: vec![0, 1, 2, 3, 1], data: vec![1, 2, 2, 1, 9] };
        let top = |k| {
            let top = top_terms(&matrix, k, &Workers::serial()).unwrap();
            (top.groups, top.columns, top.counts)
        };
        assert_eq!(top(3), (vec![0, 0, 0, 2], vec![1, 2, 0, 1], vec![2, 2, 1, 9]));
        assert_eq!(top(0), (vec![], vec![], vec![]));
        assert_eq!(top(9).0.len(), 5);
    }
}
