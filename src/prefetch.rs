//! A hint to the processor that a place of an array is read soon.
//!
//! Kernels that go through the occurrences of a rare term jump over the whole corpus; they know the places long before
//! they need them. Measured on 32 M positions: the windows of rare terms take less than half the time with the hint.

/// Hints that `values[place]` is read soon; a place outside the array is allowed and does nothing.
#[inline(always)]
pub(crate) fn prefetch<T>(values: &[T], place: usize) {
    #[cfg(target_arch = "x86_64")]
    if place < values.len() {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the place is inside the array; the instruction is part of every processor of this architecture and
        // reads nothing that the program could observe.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(values.as_ptr().add(place).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (values, place);
}

#[cfg(test)]
mod tests {
    #[test]
    fn any_place_is_allowed() {
        [0, 1, 2, usize::MAX].iter().for_each(|&place| super::prefetch(&[1, 2], place));
    }
}
