//! The types of a corpus: strings in one arena, ids in order of insertion.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use crate::error::{Error, Result};

/// Strings with ids `0..len` in order of insertion, looked up both ways, and how often each occurs.
///
/// The arena is one buffer with offsets, the layout of an Arrow string array, so it is exported without a loop over strings.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    arena: String,
    offsets: Vec<u64>,
    frequencies: Vec<u64>,
    index: HashTable<Entry>,
}

/// A type in the index, with its hash, so that neither a larger table nor other types need its text.
#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: u32,
    id: u32,
}

// In memory only; never stored, so the hash may change between versions.
const HASHER: FixedState = FixedState::with_seed(0x006b_6f6c_6c6f_6300);

/// The hash of a type, see [`Vocabulary::intern_hashed`].
pub(super) fn hash_of(term: &str) -> u32 {
    (HASHER.hash_one(term) >> 32) as u32
}

/// The table looks at the lowest and at the highest bits.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

impl Vocabulary {
    /// A vocabulary of the given distinct terms, frequencies zero.
    pub fn from_terms<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        let mut vocabulary = Self::default();
        for term in terms {
            vocabulary.intern(term);
        }
        vocabulary
    }

    /// A vocabulary from one buffer with `len + 1` boundaries, frequencies zero.
    ///
    /// # Errors
    /// Boundaries that do not ascend within the buffer or cut a character, and terms that occur twice.
    pub fn from_buffers(buffer: &str, boundaries: &[i64]) -> Result<Self> {
        let mut vocabulary = Self::default();
        for pair in boundaries.windows(2) {
            let term = usize::try_from(pair[0]).ok().zip(usize::try_from(pair[1]).ok());
            let term = term.and_then(|(start, end)| buffer.get(start..end));
            let allowed = "ascending boundaries of distinct terms";
            let term =
                term.ok_or_else(|| Error::parameter("boundaries", format!("{}..{}", pair[0], pair[1]), allowed))?;
            let known = vocabulary.len();
            vocabulary.intern(term);
            if vocabulary.len() == known {
                return Err(Error::parameter("terms", format!("'{term}' twice"), "distinct terms"));
            }
        }
        Ok(vocabulary)
    }

    /// Number of types.
    pub fn len(&self) -> usize {
        self.frequencies.len()
    }

    /// Whether there is no type.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type with an id, which must be below [`Vocabulary::len`].
    pub fn term(&self, id: u32) -> &str {
        text_of(&self.arena, &self.offsets, id)
    }

    /// The id of a type, if it occurs.
    pub fn id(&self, term: &str) -> Option<u32> {
        let hash = hash_of(term);
        let entry = self.index.find(spread(hash), |entry| entry.hash == hash && self.term(entry.id) == term);
        entry.map(|entry| entry.id)
    }

    /// All types in id order.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len() as u32).map(|id| self.term(id))
    }

    /// How often each type occurs, by id.
    pub fn frequencies(&self) -> &[u64] {
        &self.frequencies
    }

    /// Sets how often each type occurs.
    ///
    /// # Panics
    /// If the number of frequencies is not the number of types.
    pub fn set_frequencies(&mut self, frequencies: Vec<u64>) {
        assert_eq!(frequencies.len(), self.len(), "one frequency per type");
        self.frequencies = frequencies;
    }

    /// The strings as one buffer and their `len + 1` boundaries in it (bytes).
    pub fn buffers(&self) -> (&str, Vec<i64>) {
        let boundaries = std::iter::once(0).chain(self.offsets.iter().map(|&end| end as i64)).collect();
        (&self.arena, boundaries)
    }

    /// Makes room for so many more types at once.
    pub fn reserve(&mut self, additional: usize) {
        self.index.reserve(additional, |entry| spread(entry.hash));
        self.offsets.reserve(additional);
        self.frequencies.reserve(additional);
    }

    /// The id of a type, which is added if it is new.
    pub fn intern(&mut self, term: &str) -> u32 {
        self.intern_hashed(term, hash_of(term))
    }

    /// [`Vocabulary::intern`] where the hash is known from before, so that threads can share the hashing.
    pub(super) fn intern_hashed(&mut self, term: &str, hash: u32) -> u32 {
        let is_term = |entry: &Entry| entry.hash == hash && text_of(&self.arena, &self.offsets, entry.id) == term;
        if let Some(entry) = self.index.find(spread(hash), is_term) {
            return entry.id;
        }
        let id = self.frequencies.len() as u32;
        self.index.insert_unique(spread(hash), Entry { hash, id }, |entry| spread(entry.hash));
        self.arena.push_str(term);
        self.offsets.push(self.arena.len() as u64);
        self.frequencies.push(0);
        id
    }
}

fn text_of<'a>(arena: &'a str, offsets: &[u64], id: u32) -> &'a str {
    let start = if id == 0 { 0 } else { offsets[id as usize - 1] as usize };
    &arena[start..offsets[id as usize] as usize]
}

impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        self.arena == other.arena && self.offsets == other.offsets && self.frequencies == other.frequencies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_insertion_and_lookups_go_both_ways() {
        let mut vocabulary = Vocabulary::from_terms(["peace", "talks", "", "평화"]);
        assert_eq!(vocabulary.intern("talks"), 1);
        assert_eq!(vocabulary.len(), 4);
        assert_eq!(vocabulary.id("평화"), Some(3));
        assert_eq!(vocabulary.id("war"), None);
        assert_eq!(vocabulary.terms().collect::<Vec<_>>(), ["peace", "talks", "", "평화"]);
        assert_eq!(vocabulary.buffers(), ("peacetalks평화", vec![0, 5, 10, 10, 16]));
    }
}
