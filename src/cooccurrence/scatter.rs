//! Arrays that several threads fill at disjoint places known in advance.
//!
//! A counting sort in parallel writes each value to its final place; the places of two threads interleave, so no split into
//! slices separates them. Relaxed atomic stores are plain stores for the processor and keep the code free of data races.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

/// The array, to be written by several threads at once.
pub(super) fn shared(values: &mut [u32]) -> &[AtomicU32] {
    const { assert!(align_of::<AtomicU32>() == align_of::<u32>()) };
    // SAFETY: same size and bit validity by the documentation of the type, same alignment by the assertion above; the
    // exclusive borrow lasts as long as the shared one, so nobody reads or writes the array other than atomically.
    unsafe { &*(std::ptr::from_mut(values) as *const [AtomicU32]) }
}

/// A value that can be written by several threads at once.
pub(super) trait Scatter: Copy + Default + Send + Sync {
    /// The atomic type of the same layout.
    type Shared: Sync;

    /// The array, to be written by several threads at once.
    fn share(values: &mut [Self]) -> &[Self::Shared];

    /// Writes one place.
    fn put(self, place: &Self::Shared);
}

impl Scatter for u32 {
    type Shared = AtomicU32;

    fn share(values: &mut [Self]) -> &[AtomicU32] {
        shared(values)
    }

    fn put(self, place: &AtomicU32) {
        place.store(self, Relaxed);
    }
}

impl Scatter for f64 {
    type Shared = AtomicU64;

    fn share(values: &mut [Self]) -> &[AtomicU64] {
        const { assert!(align_of::<AtomicU64>() == align_of::<f64>() && size_of::<AtomicU64>() == size_of::<f64>()) };
        // SAFETY: same size and alignment by the assertion above, every bit pattern is valid for both; the exclusive
        // borrow lasts as long as the shared one, so nobody reads or writes the array other than atomically.
        unsafe { &*(std::ptr::from_mut(values) as *const [AtomicU64]) }
    }

    fn put(self, place: &AtomicU64) {
        place.store(self.to_bits(), Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_through_the_shared_view_is_in_the_array() {
        let mut counts = vec![0u32; 3];
        7u32.put(&u32::share(&mut counts)[1]);
        assert_eq!(counts, [0, 7, 0]);
        let mut weights = vec![0.0f64; 2];
        (-0.5f64).put(&f64::share(&mut weights)[0]);
        assert_eq!(weights, [-0.5, 0.0]);
    }
}
