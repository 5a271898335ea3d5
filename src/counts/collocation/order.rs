//! The order in which collocations are shown.

use std::cmp::Ordering;

use super::Collocations;
use crate::counts::sort::sort_by;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Shorter lists are sorted by one thread.
const SERIAL_BELOW: usize = 1 << 14;

/// What an n-gram is sorted by, its number among all of all sizes last.
#[derive(Clone, Copy)]
struct Place<T> {
    key: f64,
    count: T,
    number: u32,
}

/// The numbers of the n-grams, those of the first size first, by falling key (NaN last), falling count, rising size, and
/// the ids of their words.
///
/// # Errors
/// Not one key for each n-gram, 2^32 n-grams or more, [`crate::ErrorKind::Cancelled`].
pub fn by_key<T>(found: &[Collocations<T>], keys: &[f64], workers: &Workers) -> Result<Vec<u32>>
where
    T: Copy + PartialOrd + Send + Sync,
{
    let total: usize = found.iter().map(Collocations::len).sum();
    if keys.len() != total {
        return Err(Error::input(format!("{} keys for {total} n-grams", keys.len()), "one key for each n-gram"));
    }
    if total > u32::MAX as usize {
        return Err(Error::too_large("number of n-grams", total as u64, u32::MAX.into()));
    }
    let mut starts = Vec::with_capacity(found.len());
    let mut places = Vec::with_capacity(total);
    for listed in found {
        starts.push(places.len() as u32);
        let counts = listed.margins.iter().skip((1 << listed.size) - 1).step_by(1 << listed.size);
        for &count in counts {
            places.push(Place { key: keys[places.len()], count, number: places.len() as u32 });
        }
    }
    let words = |number: u32| {
        let listed = starts.partition_point(|&start| start <= number) - 1;
        let i = (number - starts[listed]) as usize * found[listed].size;
        (found[listed].size, &found[listed].term_ids[i..i + found[listed].size])
    };
    let compare = |a: &Place<T>, b: &Place<T>| {
        let by_key = falling(a.key, b.key);
        let by_count = || b.count.partial_cmp(&a.count).unwrap_or(Ordering::Equal);
        by_key.then_with(by_count).then_with(|| words(a.number).cmp(&words(b.number)))
    };
    let sorted = sort_by(places, compare, SERIAL_BELOW, workers)?;
    Ok(sorted.into_iter().map(|place| place.number).collect())
}

/// Falling, equal zeros alike, NaN last.
fn falling(a: f64, b: f64) -> Ordering {
    b.partial_cmp(&a).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// The ids of the words of some n-grams, by their numbers among all of all sizes, and where each starts and the last ends.
///
/// # Errors
/// A number beyond the last n-gram.
pub fn words<T>(found: &[Collocations<T>], numbers: &[u32]) -> Result<(Vec<u64>, Vec<u32>)> {
    let (mut starts, mut ids) = (vec![0], Vec::new());
    for &number in numbers {
        let mut i = number as usize;
        let listed = found.iter().find(|found| match i.checked_sub(found.len()) {
            Some(rest) => {
                i = rest;
                false
            }
            None => true,
        });
        let total = || found.iter().map(Collocations::len).sum::<usize>();
        let Some(listed) = listed else {
            return Err(Error::parameter("numbers", number, format!("below the number of n-grams, {}", total())));
        };
        ids.extend_from_slice(&listed.term_ids[i * listed.size..][..listed.size]);
        starts.push(ids.len() as u64);
    }
    Ok((starts, ids))
}
