//! Consecutive pieces of one slice, so that several threads can write into it at once.

/// Cuts a slice into consecutive mutable pieces of the given lengths, which must add up to the length of the slice.
pub(crate) fn pieces<T>(mut slice: &mut [T], lengths: impl IntoIterator<Item = usize>) -> Vec<&mut [T]> {
    let mut pieces = Vec::new();
    for length in lengths {
        let (piece, rest) = slice.split_at_mut(length);
        pieces.push(piece);
        slice = rest;
    }
    debug_assert!(slice.is_empty(), "the lengths cover the slice");
    pieces
}

/// Cuts `0..n` into consecutive ranges of at most `size` items.
pub(crate) fn ranges(n: usize, size: usize) -> Vec<std::ops::Range<usize>> {
    let size = size.max(1);
    (0..n.div_ceil(size)).map(|i| i * size..n.min((i + 1) * size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_follow_one_another_and_may_be_empty() {
        let mut values = [1, 2, 3];
        assert_eq!(pieces(&mut values, [0, 2, 0, 1]), [&mut [][..], &mut [1, 2], &mut [], &mut [3]]);
    }

    #[test]
    fn ranges_cover_everything_once() {
        assert_eq!(ranges(5, 2), vec![0..2, 2..4, 4..5]);
        assert!(ranges(0, 2).is_empty());
    }
}
