//! Arrays that several threads fill at disjoint places known in advance.
//!
//! A counting sort in parallel writes each value to its final place; the places of two threads interleave, so no split into
//! slices separates them. Relaxed atomic stores are plain stores for the processor and keep the code free of data races.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

/// A value that can be written by several threads at once.
pub(super) trait Scatter: Copy + Default + Send + Sync {
    /// The atomic type of the same layout.
    type Shared: Sync;

    /// The array, to be written by several threads at once.
    fn share(values: &mut [Self]) -> &[Self::Shared];

    /// Writes one place.
    fn put(self, place: &Self::Shared);
}

/// Implements [`Scatter`] for a type through the atomic type of the same size.
macro_rules! scatter {
    ($value:ty, $atomic:ty, $bits:expr) => {
        impl Scatter for $value {
            type Shared = $atomic;

            fn share(values: &mut [Self]) -> &[$atomic] {
                const { assert!(align_of::<$atomic>() == align_of::<$value>()) };
                const { assert!(size_of::<$atomic>() == size_of::<$value>()) };
                // SAFETY: same size and alignment by the assertions above, and every bit pattern is valid for both; the
                // exclusive borrow lasts as long as the shared one, so the array is only accessed atomically.
                unsafe { &*(std::ptr::from_mut(values) as *const [$atomic]) }
            }

            #[inline(always)]
            fn put(self, place: &$atomic) {
                place.store($bits(self), Relaxed);
            }
        }
    };
}

scatter!(u32, AtomicU32, std::convert::identity);
scatter!(u64, AtomicU64, std::convert::identity);
scatter!(f64, AtomicU64, f64::to_bits);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn threads_fill_places_that_interleave(values in prop::collection::vec(any::<u64>(), 0..200), n_threads in 1..5usize) {
            let mut filled = vec![0u64; values.len()];
            let shared = u64::share(&mut filled);
            std::thread::scope(|scope| {
                for thread in 0..n_threads {
                    let own = values.iter().zip(shared).skip(thread).step_by(n_threads);
                    scope.spawn(move || own.for_each(|(value, place)| value.put(place)));
                }
            });
            prop_assert_eq!(filled, values);
        }
    }

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
