//! Items dealt into partitions by several threads, in an order that does not depend on them.
//!
//! A source gives its items part by part, twice: once to find out how many go where, once to write them. A partition holds
//! the items of the first part, then those of the second, and so on.

use std::ops::Range;

use crate::disjoint;
use crate::error::Result;
use crate::large;
use crate::parallel::Workers;

/// Items that come in parts.
pub(super) trait Source<T>: Sync {
    /// Number of parts.
    fn n_parts(&self) -> usize;
    /// Calls back with partition and value of each item of a part; the same each time.
    fn visit(&self, part: usize, emit: impl FnMut(usize, T));
}

/// How many items of each part go to each partition.
pub(super) struct Shares {
    by_part: Vec<Vec<u32>>,
    n_partitions: usize,
}

impl Shares {
    /// Counts the items of a source.
    pub fn of<T>(source: &impl Source<T>, n_partitions: usize, workers: &Workers) -> Result<Self> {
        let by_part = workers.map((0..source.n_parts()).collect(), |part| {
            let mut shares = vec![0; n_partitions];
            source.visit(part, |partition, _| shares[partition] += 1);
            Ok(shares)
        })?;
        Ok(Self { by_part, n_partitions })
    }

    /// Number of items in a partition.
    pub fn size(&self, partition: usize) -> usize {
        self.by_part.iter().map(|shares| shares[partition] as usize).sum()
    }

    /// Consecutive partitions whose items find room together: as many as go into `room` items, but at least one.
    pub fn passes(&self, room: usize) -> Vec<Range<usize>> {
        let mut passes = Vec::new();
        let (mut start, mut sum) = (0, 0);
        for partition in 0..self.n_partitions {
            let size = self.size(partition);
            if partition > start && sum + size > room {
                passes.push(start..partition);
                (start, sum) = (partition, 0);
            }
            sum += size;
        }
        passes.push(start..self.n_partitions);
        passes
    }

    /// Writes the items of some partitions into `items`, which grows as needed, and returns the size of each.
    pub fn deal<T: Copy + Default + Send + Sync>(
        &self,
        source: &impl Source<T>,
        partitions: Range<usize>,
        items: &mut Vec<T>,
        workers: &Workers,
    ) -> Result<Vec<usize>> {
        let sizes: Vec<usize> = partitions.clone().map(|partition| self.size(partition)).collect();
        let n_items: usize = sizes.iter().sum();
        if items.len() < n_items {
            *items = large::zeros(n_items);
        }
        let lengths = partitions.clone().flat_map(|p| self.by_part.iter().map(move |shares| shares[p] as usize));
        let pieces = disjoint::pieces(&mut items[..n_items], lengths);
        let mut targets: Vec<Vec<Target<T>>> =
            self.by_part.iter().map(|_| Vec::with_capacity(partitions.len())).collect();
        let n_parts = targets.len().max(1);
        for (i, items) in pieces.into_iter().enumerate() {
            targets[i % n_parts].push(Target { items, n: 0 });
        }
        workers.map(targets.into_iter().enumerate().collect(), |(part, mut targets)| {
            source.visit(part, |partition, item| {
                if let Some(target) = targets.get_mut(partition.wrapping_sub(partitions.start)) {
                    target.items[target.n] = item;
                    target.n += 1;
                }
            });
            Ok(())
        })?;
        Ok(sizes)
    }
}

/// Where a part writes its items of one partition.
struct Target<'a, T> {
    items: &'a mut [T],
    n: usize,
}
