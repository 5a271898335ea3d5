//! One worker's vocabulary: surface forms to local ids, with the type each surface becomes.
//!
//! Surfaces of up to sixteen bytes (nearly all) are looked up as two machine words in an open-addressing table, longer
//! ones in a hash table over an arena. A surface is folded, judged and stemmed once, when it is first met; every further
//! occurrence costs one hash and one comparison. Local ids depend on which documents a worker met; each new surface
//! therefore notes where it was met first, and [`crate::corpus::tokenize`] orders types by that.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use crate::corpus::vocabulary::hash_of;
use crate::large;
use crate::prefetch::prefetch;
use crate::text::filter::TypeRule;

/// Longest surface that is looked up as two machine words, in bytes.
pub const SHORT: usize = 16;

/// Short surfaces looked up together.
pub const BATCH: usize = 128;

/// Short surfaces that a large corpus may have before their array grows. Untouched room costs nothing, and an array of this
/// size is given back to the system at once, where smaller ones stay with the allocator and count for the peak.
const ROOM: usize = 1 << 20;

// In memory only; never stored, so the hash may change between versions.
const HASHER: FixedState = FixedState::with_seed(0x006b_6f6c_6c6f_6301);

/// A place of the table: in the lower half the number of a short surface, counted from 1, in the upper half that of its
/// hash, so that other surfaces are passed without a look at their keys. Vacant if 0.
type Slot = u64;

/// Index of the surface in a slot; out of range if there is none.
#[inline]
fn index(slot: Slot) -> usize {
    (slot as u32 as usize).wrapping_sub(1)
}

/// A short surface: its bytes, zero-padded, its length, because a surface may hold zero bytes itself, local id and count.
/// Aligned so that none lies across two lines of the cache.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Known {
    bytes: [u64; 2],
    /// Occurrences, beside the key because that line of memory is there anyway.
    count: u64,
    len: u32,
    id: u32,
}

/// A surface too long for two machine words; it lies in the arena of long surfaces, after the one before it.
struct Long {
    end: u64,
    count: u64,
    id: u32,
}

/// A short surface on its way to an id.
#[derive(Clone, Copy, Debug)]
pub struct Short {
    bytes: [u64; 2],
    hash: u64,
    len: u32,
    /// Where it starts in its document.
    start: u32,
}

impl Short {
    /// The surface at these bytes of a text, at most [`SHORT`] of them.
    #[inline]
    pub fn new(text: &str, start: usize, end: usize) -> Self {
        let bytes = short_key(text.as_bytes(), start, end);
        Self { bytes, hash: hash(bytes), len: (end - start) as u32, start: start as u32 }
    }
}

/// A surface met for the first time.
#[derive(Clone, Copy, Debug)]
pub struct New {
    /// Order of the first occurrence in the corpus.
    pub first: u64,
    /// Whether the surface is removed.
    pub removed: bool,
    /// Hash of its type, for the vocabulary of the corpus.
    pub hash: u32,
    /// End of its type among the new types; it starts where the one before ends.
    end: usize,
}

/// Surfaces seen by one worker.
///
/// The table holds eight bytes a slot and the keys lie in order of first occurrence, so what frequent words need fits the
/// nearer caches: half the time of tokenization was waiting for slots that held the keys themselves.
pub struct Interner<'r> {
    rule: &'r TypeRule,
    /// Where surfaces lie in `short`; a power of two, at most half full.
    slots: Vec<Slot>,
    short: Vec<Known>,
    /// Index into `long` of a surface.
    long_slots: HashTable<u32>,
    long: Vec<Long>,
    long_surfaces: String,
    n_ids: u32,
    new: Vec<New>,
    new_types: String,
}

impl<'r> Interner<'r> {
    /// An interner without surfaces; for `many`, it has room from the start.
    pub fn new(rule: &'r TypeRule, many: bool) -> Self {
        let mut short = Vec::new();
        if many {
            large::try_reserve(&mut short, ROOM);
        }
        Self {
            rule,
            slots: vec![0; 1 << 12],
            short,
            long_slots: HashTable::new(),
            long: Vec::new(),
            long_surfaces: String::new(),
            n_ids: 0,
            new: Vec::new(),
            new_types: String::new(),
        }
    }

    /// Number of local ids.
    pub fn n_ids(&self) -> usize {
        self.n_ids as usize
    }

    /// Surfaces met since [`Interner::forget_new`]; theirs are the last local ids, in this order.
    pub fn new_surfaces(&self) -> &[New] {
        &self.new
    }

    /// The type of such a surface; empty if removed.
    pub fn new_type(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.new[index - 1].end };
        &self.new_types[start..self.new[index].end]
    }

    /// Forgets types that were noted elsewhere; surfaces keep their ids.
    pub fn forget_new(&mut self) {
        self.new.clear();
        self.new_types.clear();
    }

    /// Local id of a surface of more than [`SHORT`] bytes; `first` is its place in the corpus.
    pub fn intern_long(&mut self, surface: &str, first: u64) -> u32 {
        let hash = HASHER.hash_one(surface);
        let (long, surfaces) = (&self.long, &self.long_surfaces);
        if let Some(&index) = self.long_slots.find(hash, |&index| long_surface(long, surfaces, index) == surface) {
            let known = &mut self.long[index as usize];
            known.count += 1;
            return known.id;
        }
        let index = self.long.len() as u32;
        self.long_slots
            .insert_unique(hash, index, |&index| HASHER.hash_one(long_surface(&self.long, &self.long_surfaces, index)));
        self.long_surfaces.push_str(surface);
        let id = self.add(surface, first);
        self.long.push(Long { end: self.long_surfaces.len() as u64, count: 1, id });
        id
    }

    /// Local id and number of occurrences of each surface, in no particular order.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u64)> {
        let short = self.short.iter().map(|known| (known.id, known.count));
        short.chain(self.long.iter().map(|known| (known.id, known.count)))
    }

    /// Hints that a surface is looked up soon.
    #[inline]
    pub fn expect(&self, surface: &Short) {
        prefetch(&self.slots, home(surface.hash, self.slots.len()));
    }

    /// Appends the local ids of at most [`BATCH`] short surfaces of one document to `ids`; the document's place in the
    /// corpus plus the place of a surface in it is the place of the surface.
    ///
    /// All slots are read before any key, so that the processor waits for many of either at once; looked up one by one,
    /// tokens spend half their time waiting for memory.
    pub fn intern_batch(&mut self, batch: &[Short], document: u64, ids: &mut Vec<u32>) {
        let mut candidates = [0; BATCH];
        for (candidate, surface) in candidates.iter_mut().zip(batch) {
            *candidate = self.slots[self.find(surface.hash)];
            prefetch(&self.short, index(*candidate));
        }
        ids.extend(candidates.iter().zip(batch).map(
            |(&candidate, surface)| match self.short.get_mut(index(candidate)) {
                Some(known) if known.is(surface) => {
                    known.count += 1;
                    known.id
                }
                _ => self.intern_short(surface, document),
            },
        ));
    }

    /// The first slot that is vacant or has the tag of a hash.
    #[inline]
    fn find(&self, hash: u64) -> usize {
        let mut at = home(hash, self.slots.len());
        while self.slots[at] != 0 && (self.slots[at] ^ hash) >> 32 != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    /// A surface that is new, or that shares the tag of another.
    #[cold]
    fn intern_short(&mut self, surface: &Short, document: u64) -> u32 {
        let mut at = home(surface.hash, self.slots.len());
        while let Some(known) = self.short.get_mut(index(self.slots[at])) {
            if known.is(surface) {
                known.count += 1;
                return known.id;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.insert_short(surface, document + u64::from(surface.start))
    }

    fn insert_short(&mut self, surface: &Short, first: u64) -> u32 {
        if 2 * (self.short.len() + 1) > self.slots.len() {
            self.grow();
        }
        let bytes: [[u8; 8]; 2] = surface.bytes.map(u64::to_le_bytes);
        let text = &bytes.as_flattened()[..surface.len as usize];
        let id = self.add(std::str::from_utf8(text).expect("surfaces lie on character borders"), first);
        place(&mut self.slots, surface.hash, self.short.len() as u32);
        self.short.push(Known { bytes: surface.bytes, count: 1, len: surface.len, id });
        id
    }

    #[cold]
    fn grow(&mut self) {
        let mut slots = vec![0; 2 * self.slots.len()];
        for (index, known) in self.short.iter().enumerate() {
            place(&mut slots, hash(known.bytes), index as u32);
        }
        self.slots = slots;
    }

    fn add(&mut self, surface: &str, first: u64) -> u32 {
        let term = self.rule.apply(surface);
        let (removed, term) = (term.is_none(), term.unwrap_or_default());
        self.new_types.push_str(&term);
        self.new.push(New { first, removed, hash: hash_of(&term), end: self.new_types.len() });
        self.n_ids += 1;
        self.n_ids - 1
    }
}

impl Known {
    /// Compared without a branch.
    #[inline]
    fn is(&self, surface: &Short) -> bool {
        let [low, high] = [0, 1].map(|i| self.bytes[i] ^ surface.bytes[i]);
        (low | high | u64::from(self.len ^ surface.len)) == 0
    }
}

fn long_surface<'s>(long: &[Long], surfaces: &'s str, index: u32) -> &'s str {
    let start = if index == 0 { 0 } else { long[index as usize - 1].end as usize };
    &surfaces[start..long[index as usize].end as usize]
}

fn place(slots: &mut [Slot], hash: u64, index: u32) {
    let mut at = home(hash, slots.len());
    while slots[at] != 0 {
        at = (at + 1) & (slots.len() - 1);
    }
    slots[at] = hash >> 32 << 32 | Slot::from(index + 1);
}

/// The slot where a search begins, by the lower bits of the hash.
#[inline]
fn home(hash: u64, n_slots: usize) -> usize {
    hash as usize & (n_slots - 1)
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

/// Folded multiplication: every bit of the key reaches the bits that choose a slot and those that make its tag.
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
        interner.intern_batch(&[Short::new(text, 0, len)], first, &mut ids);
        ids[0]
    }

    #[test]
    fn surfaces_of_every_length_are_found_again() {
        let rule = rule();
        let mut interner = Interner::new(&rule, false);
        let surfaces: Vec<String> = (1..60).map(|len| "Ab\u{e9}x".chars().cycle().take(len).collect()).collect();
        for round in 0..2 {
            for (i, surface) in surfaces.iter().enumerate() {
                let padded = format!("{surface} and what follows");
                let text = if round == 0 { &padded } else { surface };
                assert_eq!(intern(&mut interner, text, surface.len(), 7), i as u32);
                assert_eq!(interner.new_type(i), surface.to_lowercase());
            }
        }
    }

    #[test]
    fn a_batch_may_hold_the_same_new_surface_twice() {
        let rule = rule();
        let mut interner = Interner::new(&rule, false);
        let batch = [(0, 1), (2, 3), (0, 1)].map(|(start, end)| Short::new("a b", start, end));
        let mut ids = vec![9];
        interner.intern_batch(&batch, 7, &mut ids);
        assert_eq!(interner.new_surfaces().iter().map(|new| new.first).collect::<Vec<_>>(), [7, 9]);
        assert_eq!(ids, [9, 0, 1, 0]);
        assert_eq!(interner.counts().collect::<Vec<_>>(), [(0, 2), (1, 1)]);
    }

    #[test]
    fn known_surfaces_keep_their_ids_when_their_types_are_forgotten() {
        let rule = rule();
        let mut interner = Interner::new(&rule, false);
        let long = "a rather long surface";
        assert_eq!((intern(&mut interner, "a", 1, 0), intern(&mut interner, long, long.len(), 1)), (0, 1));
        interner.forget_new();
        assert_eq!((intern(&mut interner, long, long.len(), 2), intern(&mut interner, "b", 1, 3)), (1, 2));
        assert_eq!((interner.n_ids(), interner.new_type(0)), (3, "b"));
        assert_eq!(interner.counts().collect::<Vec<_>>(), [(0, 1), (2, 1), (1, 2)]);
    }

    #[test]
    fn tables_grow_and_removed_surfaces_are_marked() {
        let rule = rule();
        let mut interner = Interner::new(&rule, false);
        for i in 0..10_000u32 {
            let surface = format!("w{i}");
            assert_eq!(intern(&mut interner, &surface, surface.len(), u64::from(i)), i);
        }
        let comma = intern(&mut interner, ",", 1, 3) as usize;
        assert!(interner.new_surfaces()[comma].removed);
        assert_eq!(interner.new_type(comma), "");
        let zero = intern(&mut interner, "a\0", 2, 4);
        assert_ne!(zero, intern(&mut interner, "a", 1, 5));
        assert_eq!(zero, intern(&mut interner, "a\0", 2, 6));
    }
}
