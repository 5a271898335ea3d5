//! Large arrays on large pages.
//!
//! The kernels write to and read from arrays of hundreds of megabytes in random order. With pages of 4 KiB most of that time goes
//! to page faults and address translation; asking Linux for pages of 2 MiB (what numpy does for its arrays) more than halves the
//! whole count. The request is a hint: where it is refused or unknown nothing changes but the speed.

use std::mem::MaybeUninit;

use crate::error::Result;
use crate::parallel::Workers;

/// Arrays below this many bytes are left alone.
const LARGE: usize = 4 << 20;

/// An array of zeros, untouched: its pages come when they are written, to whichever thread does.
pub(crate) fn zeros<T: Copy + Default>(n: usize) -> Vec<T> {
    // The allocator knows that fresh memory is zero and leaves it alone.
    let mut values = vec![T::default(); n];
    if size_of_val(&values[..]) >= LARGE {
        request(&mut values);
    }
    values
}

/// Room for `n` more values, on large pages if it is large and new.
pub(crate) fn reserve<T>(values: &mut Vec<T>, n: usize) {
    values.reserve_exact(n);
    let spare = values.spare_capacity_mut();
    if size_of_val(spare) >= LARGE {
        request(spare);
    }
}

/// Like [`reserve`], but without so much room in all it changes nothing.
pub(crate) fn try_reserve<T>(values: &mut Vec<T>, n: usize) {
    if values.try_reserve_exact(n).is_ok() {
        reserve(values, n);
    }
}

/// Appends, piece after piece, what each piece makes of its items; pieces are written in parallel.
///
/// # Errors
/// Cancelled by the caller; then nothing is appended.
pub(crate) fn extend<S: Sync, T: Send>(
    values: &mut Vec<T>,
    pieces: Vec<(&[S], impl Fn(&S) -> T + Send)>,
    workers: &Workers,
) -> Result<()> {
    let n_new = pieces.iter().map(|(items, _)| items.len()).sum();
    if values.capacity() - values.len() < n_new {
        reserve(values, n_new.max(values.capacity()));
    }
    let mut room = &mut values.spare_capacity_mut()[..n_new];
    let mut parts = Vec::with_capacity(pieces.len());
    for (items, value) in pieces {
        let (part, rest) = room.split_at_mut(items.len());
        parts.push((part, items, value));
        room = rest;
    }
    workers.map(parts, |(part, items, value): (&mut [MaybeUninit<T>], &[S], _)| {
        for (place, item) in part.iter_mut().zip(items) {
            place.write(value(item));
        }
        Ok(())
    })?;
    // SAFETY: the parts have the lengths of their pieces and together are the first `n_new` places of the spare capacity;
    // `map` returned without an error, so every place of every part has been written.
    unsafe { values.set_len(values.len() + n_new) };
    Ok(())
}

/// Asks for large pages where `memory` covers whole ones.
#[cfg(target_os = "linux")]
fn request<T>(memory: &mut [T]) {
    use std::ffi::{c_int, c_void};
    unsafe extern "C" {
        fn madvise(address: *mut c_void, length: usize, advice: c_int) -> c_int;
    }
    const MADV_HUGEPAGE: c_int = 14;
    const PAGE: usize = 2 << 20;
    let range = memory.as_mut_ptr_range();
    let (start, end) = ((range.start as usize).next_multiple_of(PAGE), range.end as usize / PAGE * PAGE);
    if start < end {
        // SAFETY: the advice changes neither contents nor access rights of the pages, which lie inside `memory`.
        unsafe { madvise(start as *mut c_void, end - start, MADV_HUGEPAGE) };
    }
}

#[cfg(not(target_os = "linux"))]
fn request<T>(_memory: &mut [T]) {}

/// Gives memory that this process has freed but the allocator holds back to the system.
///
/// What threads freed stays with their heaps otherwise: measured, a seventh of what tokens had grown the process by.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn give_back() {
    unsafe extern "C" {
        fn malloc_trim(pad: usize) -> std::ffi::c_int;
    }
    // SAFETY: the allocator's own function, safe to call from any thread at any time; it touches free memory alone.
    unsafe { malloc_trim(0) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_of_any_lengths_follow_what_was_there(
            before in prop::collection::vec(any::<u16>(), 0..20),
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..30), 0..12), n_threads in 1..5usize,
        ) {
            let workers = super::Workers::new(Some(n_threads), std::sync::Arc::default()).unwrap();
            let texts = |piece: &[u8]| piece.iter().map(u8::to_string).collect::<Vec<_>>();
            let mut values: Vec<String> = before.iter().map(u16::to_string).collect();
            let expected = [values.clone(), pieces.iter().flat_map(|piece| texts(piece)).collect()].concat();
            let pieces = pieces.iter().map(|piece| (&piece[..], u8::to_string)).collect();
            super::extend(&mut values, pieces, &workers).unwrap();
            prop_assert_eq!(values, expected);
        }
    }

    #[test]
    fn small_and_large_arrays_are_zero() {
        for n in [0, 1, (5 << 20) / 4] {
            let zeros = super::zeros::<u32>(n);
            assert!(zeros.len() == n && zeros.iter().all(|&value| value == 0));
        }
    }

    #[test]
    fn pieces_are_appended_in_order() {
        for n_threads in [1, 2, 3, 8] {
            let workers = super::Workers::new(Some(n_threads), std::sync::Arc::default()).unwrap();
            let mut values = vec![1];
            let pieces: [(&[u8], u8); 4] = [(&[1, 2], 1), (&[], 7), (&[3], 2), (&[4, 5, 6], 0)];
            let pieces = pieces.map(|(items, more)| (items, move |item: &u8| item + more));
            super::extend(&mut values, pieces.into(), &workers).unwrap();
            assert_eq!(values, [1, 2, 3, 5, 4, 5, 6]);
            workers.signal().cancel();
            assert!(super::extend(&mut values, vec![(&[1][..], |item: &u8| *item)], &workers).is_err());
            assert_eq!(values.len(), 7);
        }
    }

    #[test]
    fn room_that_nobody_has_is_no_failure() {
        let mut values: Vec<u64> = vec![1];
        super::try_reserve(&mut values, usize::MAX / 8 - 1);
        super::try_reserve(&mut values, 100);
        super::give_back();
        assert!(values == [1] && values.capacity() >= 101);
    }
}
