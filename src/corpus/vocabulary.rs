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
    index: HashTable<u32>,
}

// In memory only; never stored, so the hash may change between versions.
const HASHER: FixedState = FixedState::with_seed(0x006b_6f6c_6c6f_6300);

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
        self.index.find(HASHER.hash_one(term), |&id| self.term(id) == term).copied()
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
        let text = |id| text_of(&self.arena, &self.offsets, id);
        self.index.reserve(additional, |&id| HASHER.hash_one(text(id)));
        self.offsets.reserve(additional);
        self.frequencies.reserve(additional);
    }

    /// The id of a type, which is added if it is new.
    pub fn intern(&mut self, term: &str) -> u32 {
        let hash = HASHER.hash_one(term);
        let text = |id| text_of(&self.arena, &self.offsets, id);
        if let Some(&id) = self.index.find(hash, |&id| text(id) == term) {
            return id;
        }
        let id = self.frequencies.len() as u32;
        self.index.insert_unique(hash, id, |&other| HASHER.hash_one(text(other)));
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
