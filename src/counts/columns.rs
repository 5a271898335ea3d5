//! What the columns of a matrix stand for: types, n-grams of types, or strings given by the caller.
//!
//! Columns that were found in a corpus keep term ids; their strings are put together only when asked for.

use std::sync::Arc;

use crate::corpus::vocabulary::Vocabulary;
use crate::disjoint;
use crate::error::Result;
use crate::parallel::Workers;

/// The terms of a matrix, in the order of its columns.
#[derive(Clone, Debug)]
pub struct Columns(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// Term ids of column `j` are `term_ids[starts[j]..starts[j + 1]]`.
    Found { vocabulary: Arc<Vocabulary>, concatenator: String, starts: Vec<u64>, term_ids: Vec<u32> },
    /// Bytes of column `j` are `text[boundaries[j]..boundaries[j + 1]]`.
    Given { text: String, boundaries: Vec<u64> },
}

/// Columns whose strings are written by one worker at a time.
const CHUNK: usize = 1 << 14;

impl Columns {
    /// Columns of types and n-grams.
    pub(crate) fn found(
        vocabulary: Arc<Vocabulary>,
        concatenator: String,
        starts: Vec<u64>,
        term_ids: Vec<u32>,
    ) -> Self {
        Self(Kind::Found { vocabulary, concatenator, starts, term_ids })
    }

    /// Columns of strings.
    pub fn given<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut text, mut boundaries) = (String::new(), vec![0]);
        for term in terms {
            text.push_str(term);
            boundaries.push(text.len() as u64);
        }
        Self(Kind::Given { text, boundaries })
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kind::Found { starts: bounds, .. } | Kind::Given { boundaries: bounds, .. } => bounds.len() - 1,
        }
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Term ids of a column, one for a type, `n` for an n-gram; `None` if columns were given as strings.
    pub fn term_ids(&self, column: usize) -> Option<&[u32]> {
        match &self.0 {
            Kind::Found { starts, term_ids, .. } => {
                Some(&term_ids[starts[column] as usize..starts[column + 1] as usize])
            }
            Kind::Given { .. } => None,
        }
    }

    /// Number of types each column is made of; `None` if columns were given as strings.
    pub fn sizes(&self) -> Option<Vec<u32>> {
        match &self.0 {
            Kind::Found { starts, .. } => Some(starts.windows(2).map(|pair| (pair[1] - pair[0]) as u32).collect()),
            Kind::Given { .. } => None,
        }
    }

    /// The string of one column.
    pub fn term(&self, column: usize) -> String {
        let mut bytes = vec![0; self.n_bytes(column)];
        self.write(column, &mut bytes);
        String::from_utf8(bytes).expect("joined strings are UTF-8")
    }

    /// The strings of all columns as one buffer and their `len + 1` boundaries in it (bytes).
    ///
    /// Two columns share a string only if a type contains the concatenator.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Cancelled`].
    pub fn terms(&self, workers: &Workers) -> Result<(String, Vec<i64>)> {
        let ranges = disjoint::ranges(self.len(), CHUNK);
        let lengths =
            workers.map(ranges.clone(), |columns| Ok(columns.map(|j| self.n_bytes(j)).collect::<Vec<_>>()))?;
        let chunk_sizes: Vec<usize> = lengths.iter().map(|lengths| lengths.iter().sum()).collect();
        let mut boundaries = Vec::with_capacity(self.len() + 1);
        boundaries.push(0);
        let mut end = 0;
        boundaries.extend(lengths.iter().flatten().map(|&length| {
            end += length as i64;
            end
        }));
        let mut bytes = vec![0; end as usize];
        let items = ranges.into_iter().zip(disjoint::pieces(&mut bytes, chunk_sizes)).zip(lengths).collect();
        workers.map(items, |((columns, mut bytes), lengths)| {
            for (column, length) in columns.zip(lengths) {
                let (term, rest) = bytes.split_at_mut(length);
                self.write(column, term);
                bytes = rest;
            }
            Ok(())
        })?;
        Ok((String::from_utf8(bytes).expect("joined strings are UTF-8"), boundaries))
    }

    /// The given columns, in the given order.
    pub fn select(&self, keep: &[u32]) -> Self {
        match &self.0 {
            Kind::Found { vocabulary, concatenator, .. } => {
                let (mut starts, mut term_ids) = (vec![0], Vec::new());
                for &column in keep {
                    term_ids.extend_from_slice(self.term_ids(column as usize).unwrap_or_default());
                    starts.push(term_ids.len() as u64);
                }
                Self::found(vocabulary.clone(), concatenator.clone(), starts, term_ids)
            }
            Kind::Given { text, boundaries } => {
                let bytes = |j: u32| boundaries[j as usize] as usize..boundaries[j as usize + 1] as usize;
                Self::given(keep.iter().map(|&column| &text[bytes(column)]))
            }
        }
    }

    fn n_bytes(&self, column: usize) -> usize {
        match &self.0 {
            Kind::Found { .. } => self.parts(column).map(<[u8]>::len).sum(),
            Kind::Given { boundaries, .. } => (boundaries[column + 1] - boundaries[column]) as usize,
        }
    }

    fn write(&self, column: usize, mut to: &mut [u8]) {
        match &self.0 {
            Kind::Found { .. } => self.parts(column).for_each(|part| {
                let (head, rest) = std::mem::take(&mut to).split_at_mut(part.len());
                head.copy_from_slice(part);
                to = rest;
            }),
            Kind::Given { text, boundaries } => {
                to.copy_from_slice(&text.as_bytes()[boundaries[column] as usize..boundaries[column + 1] as usize]);
            }
        }
    }

    fn parts(&self, column: usize) -> impl Iterator<Item = &[u8]> {
        match &self.0 {
            Kind::Found { vocabulary, concatenator, .. } => {
                Some(parts(vocabulary, concatenator, self.term_ids(column).unwrap_or_default()))
            }
            Kind::Given { .. } => None,
        }
        .into_iter()
        .flatten()
    }
}

/// The bytes of an n-gram's string, piece by piece: types with the concatenator between them.
pub(crate) fn parts<'a>(
    vocabulary: &'a Vocabulary,
    concatenator: &'a str,
    term_ids: &'a [u32],
) -> impl Iterator<Item = &'a [u8]> {
    term_ids.iter().enumerate().flat_map(move |(i, &id)| {
        let between = if i == 0 { "" } else { concatenator };
        [between.as_bytes(), vocabulary.term(id).as_bytes()]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_joined_on_demand() {
        let vocabulary = Arc::new(Vocabulary::from_terms(["peace", "", "평화"]));
        let columns = Columns::found(vocabulary, "_".into(), vec![0, 1, 3, 6], vec![2, 0, 2, 1, 1, 0]);
        let (text, boundaries) = columns.terms(&Workers::serial()).unwrap();
        assert_eq!((text.as_str(), boundaries), ("평화peace_평화__peace", vec![0, 6, 18, 25]));
        assert_eq!(columns.term(1), "peace_평화");
        assert_eq!(columns.sizes(), Some(vec![1, 2, 3]));
        let selected = columns.select(&[2, 0]);
        assert_eq!((selected.term(0), selected.term_ids(1)), ("__peace".into(), Some(&[2][..])));
    }

    #[test]
    fn given_columns_behave_alike() {
        let columns = Columns::given(["b", "", "a b"]);
        assert_eq!((columns.len(), columns.sizes(), columns.term_ids(0)), (3, None, None));
        assert_eq!(columns.terms(&Workers::serial()).unwrap(), ("ba b".into(), vec![0, 1, 1, 4]));
        assert_eq!(columns.select(&[2]).term(0), "a b");
        assert!(Columns::given([]).is_empty());
    }
}
