//! Measures of many texts, in parallel by fixed chunks of texts.

use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};
use crate::stats::diversity::sequence::Marks;
use crate::stats::diversity::{Formula, Frequencies, Measure, Options};

/// Tokens or cells of one chunk.
const CHUNK: u64 = 1 << 14;
/// What a text costs besides its tokens, in tokens.
const TEXT: u64 = 64;

/// N, V and the measures of each text: `2 + measures.len()` values. Text `i` has the types `ids[starts[i]..starts[i + 1]]`.
///
/// # Errors
/// A type of `n_types` or more, [`crate::ErrorKind::Cancelled`].
pub fn of_texts(
    ids: &[u32],
    starts: &[u64],
    n_types: usize,
    measures: &[Measure],
    options: &Options,
    workers: &Workers,
) -> Result<Vec<f64>> {
    if let Some(id) = ids.iter().find(|&&id| id as usize >= n_types) {
        return Err(Error::parameter("ids", id, format!("below the number of types, {n_types}")));
    }
    workers.signal().begin(ids.len() as u64);
    let mut states = vec![State::new(n_types); workers.n_threads()];
    let found = workers.map_with(&mut states, chunks(starts), |state, texts| {
        let mut values = Vec::with_capacity(texts.len() * (2 + measures.len()));
        for text in texts {
            let ids = &ids[starts[text] as usize..starts[text + 1] as usize];
            workers.signal().check()?;
            let frequencies = state.frequencies(ids, |_| 1.0);
            values.extend([frequencies.n, frequencies.v]);
            values.extend(measures.iter().map(|measure| match measure.formula {
                Formula::Closed(formula) => formula(&frequencies, options),
                Formula::Ordered(formula) => formula(ids, &mut state.marks, options),
            }));
            workers.signal().advance(ids.len() as u64);
        }
        Ok(values)
    })?;
    Ok(found.concat())
}

/// Like [`of_texts`] for texts given as the cells of a matrix of counts: types, each maybe several times, and counts.
///
/// # Errors
/// A measure that needs the order of tokens, a type of `n_types` or more, [`crate::ErrorKind::Cancelled`].
pub fn of_counts<V: Copy + Into<f64> + Sync>(
    types: &[u32],
    counts: &[V],
    starts: &[u64],
    n_types: usize,
    measures: &[Measure],
    options: &Options,
    workers: &Workers,
) -> Result<Vec<f64>> {
    let formulas = measures.iter().map(|measure| match measure.formula {
        Formula::Closed(formula) => Ok(formula),
        Formula::Ordered(_) => Err(Error::parameter("measures", measure.name, "measures of frequencies alone")),
    });
    let formulas = formulas.collect::<Result<Vec<_>>>()?;
    let mut states = vec![State::new(n_types); workers.n_threads()];
    let found = workers.map_with(&mut states, chunks(starts), |state, texts| {
        let mut values = Vec::with_capacity(texts.len() * (2 + formulas.len()));
        for text in texts {
            let cells = starts[text] as usize..starts[text + 1] as usize;
            let counts = &counts[cells.clone()];
            workers.signal().check()?;
            let frequencies = state.frequencies(&types[cells], |cell| counts[cell].into());
            values.extend([frequencies.n, frequencies.v]);
            values.extend(formulas.iter().map(|formula| formula(&frequencies, options)));
        }
        Ok(values)
    })?;
    Ok(found.concat())
}

fn chunks(starts: &[u64]) -> Vec<std::ops::Range<usize>> {
    ranges_by_weight(starts.len().saturating_sub(1), |text| starts[text + 1] - starts[text] + TEXT, CHUNK)
}

/// What one thread works with.
#[derive(Clone, Debug)]
struct State {
    marks: Marks,
    /// Count of each type; zero between texts.
    counts: Vec<f64>,
    found: Vec<f64>,
}

impl State {
    fn new(n_types: usize) -> Self {
        Self { marks: Marks::new(n_types), counts: vec![0.0; n_types], found: Vec::new() }
    }

    /// The frequencies of the types in some cells; those that have no number are left out.
    fn frequencies(&mut self, types: &[u32], count: impl Fn(usize) -> f64) -> Frequencies {
        for (cell, &id) in types.iter().enumerate() {
            if let Some(sum) = self.counts.get_mut(id as usize) {
                *sum += count(cell);
            }
        }
        self.found.clear();
        for &id in types {
            // A type met again has been taken already.
            self.found.extend(self.counts.get_mut(id as usize).map(std::mem::take));
        }
        Frequencies::new(&mut self.found)
    }
}
