//! The n-grams that are listed, and what is learned about them.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::disjoint;

/// N-grams asked about at a time.
const CHUNK: usize = 1 << 14;

/// N-grams of one size while their margins come in, each written once, from whichever thread finds it.
pub(super) struct Listing {
    /// Words in each.
    pub size: usize,
    codes: Vec<u32>,
    margins: Vec<AtomicU32>,
    nested: Vec<AtomicU32>,
}

/// N-grams that are frequent enough, as they come from a table.
#[derive(Default)]
pub(super) struct Found {
    /// Their codes, one n-gram after the other.
    pub codes: Vec<u32>,
    /// How often each occurs.
    pub counts: Vec<u32>,
    /// How often inside a longer n-gram.
    pub nested: Vec<u32>,
}

impl Found {
    /// Adds those of another table.
    pub fn append(&mut self, mut other: Self) {
        self.codes.append(&mut other.codes);
        self.counts.append(&mut other.counts);
        self.nested.append(&mut other.nested);
    }
}

impl Listing {
    /// N-grams of a size with their counts and nothing else known.
    pub fn found(size: usize, found: Found) -> Self {
        let listing = Self {
            size,
            codes: found.codes,
            margins: atoms(found.counts.len() << size),
            nested: found.nested.into_iter().map(AtomicU32::new).collect(),
        };
        let whole = (1 << size) - 1;
        found.counts.iter().enumerate().for_each(|(i, &count)| listing.set_margin(i, whole, count));
        listing
    }

    /// The same n-grams, of which nothing is known.
    pub fn blank(&self) -> Self {
        let Self { size, codes, .. } = self;
        Self { size: *size, codes: codes.clone(), margins: atoms(self.margins.len()), nested: atoms(self.len()) }
    }

    /// Number of n-grams.
    pub fn len(&self) -> usize {
        self.nested.len()
    }

    /// The codes of an n-gram.
    #[inline]
    pub fn words(&self, i: usize) -> &[u32] {
        &self.codes[i * self.size..][..self.size]
    }

    /// The n-grams in ranges that are worked on at a time.
    pub fn chunks(&self) -> Vec<Range<usize>> {
        disjoint::ranges(self.len(), CHUNK)
    }

    /// Records how many n-grams agree with this one in some places.
    #[inline]
    pub fn set_margin(&self, i: usize, places: usize, count: u32) {
        self.margins[i << self.size | places].store(count, Ordering::Relaxed);
    }

    /// Records how many occurrences lie inside a longer n-gram.
    #[inline]
    pub fn set_nested(&self, i: usize, count: u32) {
        self.nested[i].store(count, Ordering::Relaxed);
    }

    /// Codes, margins (2^size for each n-gram) and nested occurrences.
    pub fn into_parts(self) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
        let plain = |counts: Vec<AtomicU32>| counts.into_iter().map(AtomicU32::into_inner).collect();
        (self.codes, plain(self.margins), plain(self.nested))
    }
}

fn atoms(n: usize) -> Vec<AtomicU32> {
    std::iter::repeat_with(AtomicU32::default).take(n).collect()
}
