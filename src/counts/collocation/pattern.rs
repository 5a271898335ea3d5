//! Which words of an n-gram are compared, and in which n-grams the same words stand.
//!
//! A pattern is a set of places relative to its first: bits 0 and 2 are two words with any one between them. The places 0 and 2 of a
//! trigram are this pattern, and so are 1 and 3 of a 4-gram, shifted by one; one count of the pattern serves them all. Near
//! the end of a run some of these n-grams have no room: by how many words stand before and after, occurrences fall into a few
//! classes, each with the same uses.

use super::MAX_SIZE;
use super::stream::LEFT;

/// What the count of a pattern is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// The words at these places of n-grams of a size.
    Margin {
        /// Words in the n-gram.
        size: usize,
        /// Places in the n-gram: the pattern, shifted.
        places: usize,
    },
    /// Occurrences in runs of at least this many words.
    Nested {
        /// Words in the longer n-gram.
        size: usize,
    },
}

/// The class of occurrences that count for nothing.
const NO_USE: u8 = u8::MAX;

/// A set of places and its uses.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The places, bit 0 among them.
    pub mask: usize,
    /// What its counts are for.
    pub uses: Vec<Use>,
    /// Bit sets of uses by class; class 0 is all of them.
    classes: Vec<u32>,
    /// Class by words before and words from here on.
    class_of: [[u8; MAX_SIZE + 1]; LEFT + 1],
}

/// All patterns that n-grams of some ascending sizes need, each after those that decide what is asked about it.
pub(super) fn patterns(sizes: &[usize]) -> Vec<Pattern> {
    let greatest = sizes.last().copied().unwrap_or(0);
    (1..1usize << greatest).rev().filter(|mask| mask & 1 == 1).map(|mask| Pattern::new(mask, sizes)).collect()
}

impl Pattern {
    fn new(mask: usize, sizes: &[usize]) -> Self {
        let span = span_of(mask);
        let mut uses = Vec::new();
        for &size in sizes.iter().filter(|&&size| size >= span) {
            uses.extend((0..=size - span).map(|shift| Use::Margin { size, places: mask << shift }));
        }
        let longer = sizes.iter().find(|&&size| size > span);
        if let Some(&size) = longer.filter(|_| mask + 1 == 1 << span && sizes.contains(&span)) {
            uses.push(Use::Nested { size });
        }
        let mut pattern =
            Self { mask, classes: vec![(1 << uses.len()) - 1], class_of: [[NO_USE; MAX_SIZE + 1]; LEFT + 1], uses };
        for before in 0..=LEFT {
            for after in span..=MAX_SIZE {
                let fits = |place: &Use| match *place {
                    Use::Margin { size, places } => {
                        let shift = places.trailing_zeros() as usize;
                        before >= shift && after + shift >= size
                    }
                    Use::Nested { size } => before + after >= size,
                };
                let class = pattern.uses.iter().enumerate().map(|(i, place)| u32::from(fits(place)) << i).sum::<u32>();
                if class != 0 {
                    let known = pattern.classes.iter().position(|&other| other == class);
                    pattern.class_of[before][after] = known.unwrap_or(pattern.classes.len()) as u8;
                    if known.is_none() {
                        pattern.classes.push(class);
                    }
                }
            }
        }
        pattern
    }

    /// Number of places from the first to the last.
    pub fn span(&self) -> usize {
        span_of(self.mask)
    }

    /// Number of places.
    pub fn n_words(&self) -> u32 {
        self.mask.count_ones()
    }

    /// The places, ascending.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        places(self.mask)
    }

    /// Size of the n-grams that are listed from this pattern's counts, if any are.
    pub fn listed(&self) -> Option<usize> {
        let span = self.span();
        let is_use = self.uses.contains(&Use::Margin { size: span, places: self.mask });
        (is_use && self.mask + 1 == 1 << span).then_some(span)
    }

    /// Bits that hold any class.
    pub fn class_bits(&self) -> u32 {
        self.classes.len().next_power_of_two().ilog2()
    }

    /// The class of an occurrence with so many words before, and from its first on; `None` if it is of no use.
    #[inline(always)]
    pub fn class(&self, before: usize, after: usize) -> Option<usize> {
        let class = self.class_of[before.min(LEFT)][after.min(MAX_SIZE)];
        (class != NO_USE).then_some(class as usize)
    }

    /// The uses that a class lacks, as bits.
    #[inline(always)]
    pub fn lacking(&self, class: usize) -> u32 {
        self.classes[0] & !self.classes[class]
    }
}

/// The bits of a mask, ascending.
pub(super) fn places(mask: usize) -> impl Iterator<Item = usize> {
    (0..usize::BITS as usize).filter(move |place| mask >> place & 1 == 1)
}

fn span_of(mask: usize) -> usize {
    (usize::BITS - mask.leading_zeros()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proper_subset_of_places_is_a_use_of_one_pattern() {
        for sizes in [&[2][..], &[3], &[2, 3], &[2, 3, 4, 5], &[2, 5]] {
            let patterns = patterns(sizes);
            for &size in sizes {
                for places in 1..1 << size {
                    let uses = patterns.iter().flat_map(|pattern| &pattern.uses);
                    assert_eq!(uses.filter(|&&place| place == Use::Margin { size, places }).count(), 1);
                }
            }
            let listed: Vec<usize> = patterns.iter().filter_map(Pattern::listed).collect();
            assert!(listed.into_iter().rev().eq(sizes.iter().copied()));
        }
    }

    #[test]
    fn words_before_and_after_decide_the_uses() {
        let patterns = patterns(&[2, 3]);
        let pair = patterns.iter().find(|pattern| pattern.mask == 0b11).unwrap();
        let uses = |before, after| {
            let class = pair.class(before, after).unwrap();
            let lacking = pair.lacking(class);
            pair.uses
                .iter()
                .enumerate()
                .filter(|(i, _)| lacking >> i & 1 == 0)
                .map(|(_, place)| *place)
                .collect::<Vec<_>>()
        };
        let margin = |size, places| Use::Margin { size, places };
        assert_eq!(uses(0, 2), [margin(2, 0b11)]);
        assert_eq!(uses(0, 3), [margin(2, 0b11), margin(3, 0b11), Use::Nested { size: 3 }]);
        assert_eq!(uses(4, 2), [margin(2, 0b11), margin(3, 0b110), Use::Nested { size: 3 }]);
        assert_eq!(pair.class(4, 5), Some(0));
        let skip = patterns.iter().find(|pattern| pattern.mask == 0b101).unwrap();
        assert_eq!((skip.class_bits(), skip.class(0, 3), skip.class(0, 2)), (0, Some(0), None));
    }
}
