//! Sorting by several threads.
//!
//! Items are dealt into buckets between evenly sampled splitters, and the buckets are sorted in parallel. The order must be
//! total (no two items equal), so that the result does not depend on how the items were dealt. Needs room for one copy of
//! the items.

use std::cmp::Ordering;

use crate::disjoint;
use crate::error::Result;
use crate::parallel::Workers;

/// Buckets for a long input; each is sorted between two looks at the wish to stop.
const N_BUCKETS: usize = 64;
/// Sampled items for each bucket, enough for buckets of similar size.
const SAMPLES: usize = 32;

/// The items in ascending order; inputs shorter than `serial_below` are sorted on the spot.
pub(crate) fn sort_by<T: Copy + Send + Sync>(
    mut items: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering + Sync,
    serial_below: usize,
    workers: &Workers,
) -> Result<Vec<T>> {
    if items.len() < serial_below.max(2) {
        items.sort_unstable_by(&compare);
        return Ok(items);
    }
    let splitters = splitters(&items, &compare);
    let bucket_of = |item: &T| splitters.partition_point(|splitter| compare(splitter, item).is_le());
    let dealt = workers.map(disjoint::ranges(items.len(), items.len().div_ceil(N_BUCKETS)), |range| {
        let mut buckets = vec![Vec::new(); splitters.len() + 1];
        items[range].iter().for_each(|item| buckets[bucket_of(item)].push(*item));
        Ok(buckets)
    })?;
    let lengths: Vec<usize> =
        (0..=splitters.len()).map(|b| dealt.iter().map(|buckets| buckets[b].len()).sum()).collect();
    let slices: Vec<_> = disjoint::pieces(&mut items, lengths).into_iter().enumerate().collect();
    workers.map(slices, |(bucket, slice)| {
        let all = dealt.iter().flat_map(|buckets| &buckets[bucket]);
        slice.iter_mut().zip(all).for_each(|(to, from)| *to = *from);
        slice.sort_unstable_by(&compare);
        Ok(())
    })?;
    Ok(items)
}

fn splitters<T: Copy>(items: &[T], compare: &impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let step = items.len().div_ceil(N_BUCKETS * SAMPLES);
    let mut sample: Vec<T> = items.iter().step_by(step).copied().collect();
    sample.sort_unstable_by(compare);
    let step = sample.len().div_ceil(N_BUCKETS);
    sample.into_iter().step_by(step).skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn long_and_short_inputs_are_sorted_with_any_number_of_threads() {
        for n in [0u32, 1, 2, 5, 63, 64, 65, 1000, 10_007] {
            let items: Vec<u32> = (0..n).map(|i| (i.wrapping_mul(7919)) % n).collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            for n_threads in [1, 2, 3, 8] {
                let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
                assert_eq!(sort_by(items.clone(), u32::cmp, 2, &workers).unwrap(), expected);
            }
        }
    }
}
