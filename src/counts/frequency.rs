//! How often terms occur: sums over rows and columns of a matrix of counts.

use crate::counts::csr::Csr;
use crate::disjoint;
use crate::error::Result;
use crate::parallel::Workers;

/// Cells summed at a time, and so the most arrays over all columns that are merged.
const CHUNK: usize = 1 << 18;

/// Frequencies of each column of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermFrequencies {
    /// Collection frequency: the sum of the column (tokens).
    pub cf: Vec<u64>,
    /// Document frequency: the number of rows where it is above zero (documents).
    pub df: Vec<u64>,
}

impl TermFrequencies {
    /// Rank of each column by descending collection frequency, from 1; equal frequencies share the smallest rank.
    pub fn ranks(&self) -> Vec<u64> {
        let mut order: Vec<usize> = (0..self.cf.len()).collect();
        order.sort_unstable_by_key(|&column| std::cmp::Reverse(self.cf[column]));
        let mut ranks = vec![0; order.len()];
        for (i, &column) in order.iter().enumerate() {
            let tied = i.checked_sub(1).map(|i| order[i]).filter(|&before| self.cf[before] == self.cf[column]);
            ranks[column] = tied.map_or(i as u64 + 1, |before| ranks[before]);
        }
        ranks
    }
}

/// Collection and document frequency of each column. Room: 16 bytes for each column and thread.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`].
pub fn term_frequencies(matrix: &Csr<u32>, workers: &Workers) -> Result<TermFrequencies> {
    let chunks = disjoint::ranges(matrix.nnz(), CHUNK);
    let n_states = workers.n_threads().min(chunks.len()).max(1);
    let mut states = vec![vec![(0u64, 0u64); matrix.n_columns]; n_states];
    workers.map_with(&mut states, chunks, |sums, cells| {
        for (&column, &value) in matrix.indices[cells.clone()].iter().zip(&matrix.data[cells]) {
            let (cf, df) = &mut sums[column as usize];
            *cf += u64::from(value);
            *df += u64::from(value > 0);
        }
        Ok(())
    })?;
    // Sums of integers, so it does not matter which thread met which cell.
    let mut states = states.into_iter();
    let mut sums = states.next().unwrap_or_default();
    for state in states {
        sums.iter_mut().zip(state).for_each(|(to, from)| *to = (to.0 + from.0, to.1 + from.1));
    }
    let (cf, df) = sums.into_iter().unzip();
    Ok(TermFrequencies { cf, df })
}

/// Sum of each row: the number of counted terms in each document.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`].
pub fn row_sums(matrix: &Csr<u32>, workers: &Workers) -> Result<Vec<u64>> {
    let sum = |row| matrix.row(row).1.iter().map(|&value| u64::from(value)).sum::<u64>();
    let chunks =
        crate::parallel::ranges_by_weight(matrix.n_rows(), |row| matrix.row(row).0.len() as u64 + 1, CHUNK as u64);
    Ok(workers.map(chunks, |rows| Ok(rows.map(sum).collect::<Vec<u64>>()))?.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tied_terms_share_the_smallest_rank() {
        // "a a a a b b c d", "a b b e e", "a c f", "a b g"
        let matrix = Csr {
            n_columns: 7,
            indptr: vec![0, 4, 7, 10, 13],
            indices: vec![0, 1, 2, 3, 0, 1, 4, 0, 2, 5, 0, 1, 6],
            data: vec![4, 2, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1],
        };
        let frequencies = term_frequencies(&matrix, &Workers::serial()).unwrap();
        assert_eq!(frequencies.cf, [7, 5, 2, 1, 2, 1, 1]);
        assert_eq!(frequencies.df, [4, 3, 2, 1, 1, 1, 1]);
        assert_eq!(frequencies.ranks(), [1, 2, 3, 5, 3, 5, 5]);
        assert_eq!(row_sums(&matrix, &Workers::serial()).unwrap(), [8, 5, 3, 3]);
    }

    #[test]
    fn nothing_has_no_frequencies() {
        let frequencies = term_frequencies(&Csr::empty(2, 0), &Workers::serial()).unwrap();
        assert!(frequencies.cf.is_empty() && frequencies.ranks().is_empty());
        assert_eq!(row_sums(&Csr::empty(2, 0), &Workers::serial()).unwrap(), [0, 0]);
    }
}
