//! One worker's vocabulary: surface forms to local ids, with the type each surface becomes.
//!
//! Surfaces of up to sixteen bytes (nearly all) are looked up as two machine words in an open-addressing table, longer
//! ones in a hash table over an arena. A surface is folded, judged and stemmed once, when it is first met; every further
//! occurrence costs one hash and one comparison. Local ids depend on which documents a worker met; each entry therefore
//! notes where it was met first, and [`crate::corpus::tokenize`] orders types by that.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use crate::text::filter::TypeRule;

/// Longest surface that is looked up as two machine words, in bytes.
pub const SHORT: usize = 16;

/// Short surfaces looked up together.
pub const BATCH: usize = 64;

/// Slot without an entry.
const VACANT: u32 = u32::MAX;

// In memory only; never stored, so the hash may change between versions.
const HASHER: FixedState = FixedState::with_seed(0x006b_6f6c_6c6f_6301);

/// A short surface: its bytes, zero-padded, its length, because a surface may hold zero bytes itself, local id and count.
#[derive(Clone, Copy)]
struct Known {
    bytes: [u64; 2],
    /// Occurrences, beside the key because that line of memory is there anyway.
    count: u64,
    len: u32,
    id: u32,
}

/// A surface too long for two machine words.
struct Long {
    id: u32,
    count: u64,
    surface: Box<str>,
}

/// A short surface on its way to an id.
#[derive(Clone, Copy, Debug)]
pub struct Short {
    bytes: [u64; 2],
    len: u32,
    /// Order of this occurrence in the corpus.
    first: u64,
}

impl Short {
    /// The surface at these bytes of a text, at most [`SHORT`] of them.
    #[inline]
    pub fn new(text: &str, start: usize, end: usize, first: u64) -> Self {
        Self { bytes: short_key(text.as_bytes(), start, end), len: (end - start) as u32, first }
    }
}

/// What a surface became.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Order of the first occurrence in the corpus.
    pub first: u64,
    /// End of the type in the arena of types; it starts where the one before ends.
    end: u64,
    /// Whether the surface is removed.
    pub removed: bool,
}

/// Surfaces seen by one worker.
///
/// The table holds four bytes a slot and the keys lie in order of first occurrence, so what frequent words need fits the
/// nearer caches: half the time of tokenization was waiting for slots that held the keys themselves.
pub struct Interner<'r> {
    rule: &'r TypeRule,
    /// Index into `short` of a surface, or [`VACANT`]; a power of two, at most half full.
    slots: Vec<u32>,
    short: Vec<Known>,
    long: HashTable<Long>,
    types: String,
    entries: Vec<Entry>,
}

impl<'r> Interner<'r> {
    /// An interner without surfaces.
    pub fn new(rule: &'r TypeRule) -> Self {
        Self {
            rule,
            slots: vec![VACANT; 1 << 12],
            short: Vec::new(),
            long: HashTable::new(),
            types: String::new(),
            entries: Vec::new(),
        }
    }

    /// Entries by local id.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The type of a local id; empty if removed.
    pub fn term(&self, id: usize) -> &str {
        let start = if id == 0 { 0 } else { self.entries[id - 1].end as usize };
        &self.types[start..self.entries[id].end as usize]
    }

    /// Local id of a surface of more than [`SHORT`] bytes; `first` is its place in the corpus.
    pub fn intern_long(&mut self, surface: &str, first: u64) -> u32 {
        let hash = HASHER.hash_one(surface);
        if let Some(known) = self.long.find_mut(hash, |known| *known.surface == *surface) {
            known.count += 1;
            return known.id;
        }
        let id = self.add(surface, first);
        let known = Long { id, count: 1, surface: surface.into() };
        self.long.insert_unique(hash, known, |known| HASHER.hash_one(&*known.surface));
        id
    }

    /// Local id and number of occurrences of each surface, in no particular order.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u64)> {
        let short = self.short.iter().map(|known| (known.id, known.count));
        short.chain(self.long.iter().map(|known| (known.id, known.count)))
    }

    /// Appends the local ids of at most [`BATCH`] short surfaces to `ids`.
    ///
    /// Two loops without a branch between them let the processor wait for many slots, then for many keys, at once; looked
    /// up one by one, tokens spend half their time waiting for memory.
    pub fn intern_batch(&mut self, batch: &[Short], ids: &mut Vec<u32>) {
        let mask = self.slots.len() - 1;
        let mut candidates = [VACANT; BATCH];
        for (candidate, surface) in candidates.iter_mut().zip(batch) {
            *candidate = self.slots[hash(surface.bytes) as usize & mask];
        }
        ids.extend(candidates.iter().zip(batch).map(
            |(&candidate, surface)| match self.short.get_mut(candidate as usize) {
                Some(known) if known.bytes == surface.bytes && known.len == surface.len => {
                    known.count += 1;
                    known.id
                }
                _ => self.intern_short(surface),
            },
        ));
    }

    fn intern_short(&mut self, surface: &Short) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = hash(surface.bytes) as usize & mask;
        while let Some(known) = self.short.get_mut(self.slots[at] as usize) {
            if known.bytes == surface.bytes && known.len == surface.len {
                known.count += 1;
                return known.id;
            }
            at = (at + 1) & mask;
        }
        self.insert_short(surface)
    }

    #[cold]
    fn insert_short(&mut self, surface: &Short) -> u32 {
        if 2 * (self.short.len() + 1) > self.slots.len() {
            self.grow();
        }
        let bytes: [[u8; 8]; 2] = surface.bytes.map(u64::to_le_bytes);
        let text = &bytes.as_flattened()[..surface.len as usize];
        let id = self.add(std::str::from_utf8(text).expect("surfaces lie on character borders"), surface.first);
        place(&mut self.slots, surface.bytes, self.short.len() as u32);
        self.short.push(Known { bytes: surface.bytes, count: 1, len: surface.len, id });
        id
    }

    #[cold]
    fn grow(&mut self) {
        let mut slots = vec![VACANT; 2 * self.slots.len()];
        for (index, known) in self.short.iter().enumerate() {
            place(&mut slots, known.bytes, index as u32);
        }
        self.slots = slots;
    }

    fn add(&mut self, surface: &str, first: u64) -> u32 {
        let id = self.entries.len() as u32;
        let term = self.rule.apply(surface);
        if let Some(term) = &term {
            self.types.push_str(term);
        }
        self.entries.push(Entry { first, end: self.types.len() as u64, removed: term.is_none() });
        id
    }
}

fn place(slots: &mut [u32], bytes: [u64; 2], index: u32) {
    let mask = slots.len() - 1;
    let mut at = hash(bytes) as usize & mask;
    while slots[at] != VACANT {
        at = (at + 1) & mask;
    }
    slots[at] = index;
}

/// At most sixteen bytes as two little-endian words, zero-padded.
#[inline]
fn short_key(bytes: &[u8], start: usize, end: usize) -> [u64; 2] {
    let len = end - start;
    let block = match bytes.get(start..start + SHORT) {
        // Reads past the surface; what does not belong to it is masked below.
        Some(block) => block.try_into().unwrap_or([0; SHORT]),
        None => {
            let mut block = [0; SHORT];
            block[..len].copy_from_slice(&bytes[start..end]);
            block
        }
    };
    let value = u128::from_le_bytes(block);
    let mask = MASKS[len & 31];
    [value as u64 & mask[0], (value >> 64) as u64 & mask[1]]
}

/// Masks of the first `n` of sixteen bytes, by `n`; lengths beyond sixteen never occur and keep everything.
const MASKS: [[u64; 2]; 32] = {
    let mut masks = [[u64::MAX; 2]; 32];
    let mut len = 0;
    while len < SHORT {
        masks[len] = if len < 8 { [(1 << (8 * len)) - 1, 0] } else { [u64::MAX, (1 << (8 * (len - 8))) - 1] };
        len += 1;
    }
    masks
};

/// Folded multiplication: every bit of the key reaches the low bits that choose a slot.
#[inline]
fn hash(key: [u64; 2]) -> u64 {
    let left = key[0] ^ 0x9e37_79b9_7f4a_7c15;
    let right = key[1].rotate_left(32) ^ key[0].rotate_left(17) ^ 0xd6e8_feb8_6659_fd93;
    let product = u128::from(left) * u128::from(right);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::filter::Removal;
    use crate::text::fold::Fold;

    fn rule() -> TypeRule {
        let fold = Fold { lowercase: true, turkic: false, unify_spelling: true };
        TypeRule { fold, removal: Removal { punctuation: true, ..Removal::default() }, stemmer: None }
    }

    fn intern(interner: &mut Interner, text: &str, len: usize, first: u64) -> u32 {
        if len > SHORT {
            return interner.intern_long(&text[..len], first);
        }
        let mut ids = Vec::new();
        interner.intern_batch(&[Short::new(text, 0, len, first)], &mut ids);
        ids[0]
    }

    #[test]
    fn surfaces_of_every_length_are_found_again() {
        let rule = rule();
        let mut interner = Interner::new(&rule);
        let surfaces: Vec<String> = (1..60).map(|len| "Ab\u{e9}x".chars().cycle().take(len).collect()).collect();
        for round in 0..2 {
            for (i, surface) in surfaces.iter().enumerate() {
                let padded = format!("{surface} and what follows");
                let text = if round == 0 { &padded } else { surface };
                assert_eq!(intern(&mut interner, text, surface.len(), 7), i as u32);
                assert_eq!(interner.term(i), surface.to_lowercase());
            }
        }
    }

    #[test]
    fn a_batch_may_hold_the_same_new_surface_twice() {
        let rule = rule();
        let mut interner = Interner::new(&rule);
        let batch = [(0, 1), (2, 3), (0, 1)].map(|(start, end)| Short::new("a b", start, end, 0));
        let mut ids = vec![9];
        interner.intern_batch(&batch, &mut ids);
        assert_eq!(ids, [9, 0, 1, 0]);
        assert_eq!(interner.counts().collect::<Vec<_>>(), [(0, 2), (1, 1)]);
    }

    #[test]
    fn tables_grow_and_removed_surfaces_are_marked() {
        let rule = rule();
        let mut interner = Interner::new(&rule);
        for i in 0..10_000u32 {
            let surface = format!("w{i}");
            assert_eq!(intern(&mut interner, &surface, surface.len(), u64::from(i)), i);
        }
        let comma = intern(&mut interner, ",", 1, 3) as usize;
        assert!(interner.entries()[comma].removed);
        assert_eq!(interner.term(comma), "");
        let zero = intern(&mut interner, "a\0", 2, 4);
        assert_ne!(zero, intern(&mut interner, "a", 1, 5));
        assert_eq!(zero, intern(&mut interner, "a\0", 2, 6));
    }
}
