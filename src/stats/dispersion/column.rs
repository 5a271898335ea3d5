//! The parts of a corpus, and the occurrences of one term in them.

use crate::error::{Error, Result};

/// The parts of a corpus.
#[derive(Clone, Debug)]
pub struct Parts {
    sizes: Vec<f64>,
    times: Vec<f64>,
    totals: Totals,
}

/// What measures need to know of all parts together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Totals {
    /// Number of parts with tokens, each as often as its multiplicity says.
    pub(super) n: f64,
    /// Number of tokens in all parts.
    pub(super) total: f64,
    /// Number of tokens of the smallest part.
    pub(super) smallest: f64,
}

impl Default for Totals {
    fn default() -> Self {
        Self { n: 0.0, total: 0.0, smallest: f64::INFINITY }
    }
}

impl Totals {
    /// Of parts with a size and a multiplicity each; those without tokens or of multiplicity 0 are left out.
    pub fn of(parts: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut totals = Self::default();
        for (size, times) in parts.filter(|part| part.0 > 0.0 && part.1 > 0.0) {
            totals.n += times;
            totals.total += times * size;
            totals.smallest = totals.smallest.min(size);
        }
        totals
    }
}

impl Parts {
    /// Parts of so many tokens, each standing for `times` parts (1 if `None`); `equal` takes all parts with tokens for
    /// equally large.
    ///
    /// # Errors
    /// Sizes or multiplicities that are negative or no finite numbers, not one multiplicity for each size.
    pub fn new(sizes: &[f64], times: Option<&[f64]>, equal: bool) -> Result<Self> {
        let ones = vec![1.0; sizes.len()];
        let times = times.unwrap_or(&ones);
        if times.len() != sizes.len() {
            return Err(Error::parameter("times", times.len(), format!("one for each of {} parts", sizes.len())));
        }
        for (name, values) in [("sizes", sizes), ("times", times)] {
            if let Some(value) = values.iter().find(|&&value| !(value >= 0.0 && value.is_finite())) {
                return Err(Error::parameter(name, value, "finite and at least 0"));
            }
        }
        let size = |&size: &f64| if equal { f64::from(u8::from(size > 0.0)) } else { size };
        let sizes: Vec<f64> = sizes.iter().map(size).collect();
        let totals = Totals::of(sizes.iter().copied().zip(times.iter().copied()));
        Ok(Self { sizes, times: times.to_vec(), totals })
    }

    /// Number of parts, those left out included.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there is no part at all.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }
}

/// The occurrences of one term: only the parts that hold it.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub(super) parts: Totals,
    pub(super) cells: Vec<Cell>,
    /// How often the term occurs.
    pub(super) f: f64,
    /// In how many parts it occurs.
    pub(super) k: f64,
}

/// A part that holds the term.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// How often the term occurs here.
    pub(super) v: f64,
    /// Number of tokens of the part.
    pub(super) size: f64,
    /// How many such parts there are.
    pub(super) t: f64,
}

impl Column {
    /// Replaces the occurrences: numbers of parts, each at most once, and counts. Zeros, and parts that are left out,
    /// count nothing.
    ///
    /// # Panics
    /// If there is no such part.
    pub fn fill<V: Copy + Into<f64>>(&mut self, parts: &Parts, numbers: &[u32], counts: &[V]) {
        let cells = numbers.iter().zip(counts).map(|(&part, &count)| {
            let part = part as usize;
            (count.into(), parts.sizes[part], parts.times[part])
        });
        self.take(parts.totals, cells);
    }

    /// The same from the totals of all parts, and count, size and multiplicity of parts that hold the term.
    pub fn take(&mut self, parts: Totals, cells: impl Iterator<Item = (f64, f64, f64)>) {
        self.parts = parts;
        self.cells.clear();
        (self.f, self.k) = (0.0, 0.0);
        for (v, size, t) in cells {
            if v > 0.0 && size > 0.0 && t > 0.0 {
                self.cells.push(Cell { v, size, t });
                self.f += t * v;
                self.k += t;
            }
        }
    }

    /// `value` where measures of dispersion have one.
    pub(super) fn defined(&self, value: impl FnOnce() -> f64) -> f64 {
        if self.f > 0.0 && self.parts.n >= 2.0 { value() } else { f64::NAN }
    }

    /// The sum of a function of the cells, each as often as its multiplicity says.
    pub(super) fn sum(&self, term: impl Fn(&Cell) -> f64) -> f64 {
        self.cells.iter().map(|cell| cell.t * term(cell)).sum()
    }

    /// Mean and population variance of `value` over all parts; it is 0 where the term does not occur.
    pub(super) fn moments(&self, value: impl Fn(&Cell) -> f64) -> (f64, f64) {
        let mean = self.sum(&value) / self.parts.n;
        let squares = self.sum(|cell| (value(cell) - mean).powi(2)) + self.n_without() * mean * mean;
        (mean, squares / self.parts.n)
    }

    /// Number of parts without the term.
    pub(super) fn n_without(&self) -> f64 {
        (self.parts.n - self.k).max(0.0)
    }
}
