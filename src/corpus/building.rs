//! The result of tokenization while it grows: chunks of local ids become one run of final ids.

use std::mem::MaybeUninit;
use std::sync::Arc;

use crate::corpus::chunk::Chunk;
use crate::corpus::interner::Interner;
use crate::corpus::tokens::{GAP, Tokens};
use crate::corpus::vocabulary::Vocabulary;
use crate::disjoint;
use crate::error::{Error, Result};
use crate::large;
use crate::parallel::Workers;

/// Fewer bytes than a token has on average, spaces included, in nearly every language.
const BYTES_PER_TOKEN: u64 = 4;

/// The tokens so far.
pub(super) struct Building {
    tokens: Tokens,
    vocabulary: Vocabulary,
    /// Final id of each local id of each worker; [`GAP`] if removed.
    final_ids: Vec<Vec<u32>>,
}

impl Building {
    /// No tokens yet of so many documents and bytes of text.
    pub fn new(n_docs: usize, n_bytes: u64) -> Self {
        // Room that is not touched costs nothing, while growing would copy all ids.
        let mut term_ids = Vec::new();
        large::try_reserve(&mut term_ids, (n_bytes / BYTES_PER_TOKEN) as usize);
        let mut doc_offsets = Vec::with_capacity(n_docs + 1);
        doc_offsets.push(0);
        let tokens = Tokens {
            term_ids,
            doc_offsets,
            sentence_starts: Vec::new(),
            paragraph_starts: Vec::new(),
            vocabulary: Arc::default(),
        };
        Self { tokens, vocabulary: Vocabulary::default(), final_ids: Vec::new() }
    }

    /// Final ids for the types that workers met since the last call, in order of first occurrence.
    ///
    /// # Errors
    /// More types than ids.
    pub fn name_new_types<'i, 'r: 'i>(&mut self, interners: impl Iterator<Item = &'i mut Interner<'r>>) -> Result<()> {
        let interners: Vec<_> = interners.collect();
        self.final_ids.resize_with(interners.len(), Vec::new);
        let mut order: Vec<(u64, usize, usize)> = Vec::new();
        for (worker, interner) in interners.iter().enumerate() {
            let new = interner.new_surfaces().iter().enumerate();
            order.extend(new.filter(|(_, new)| !new.removed).map(|(i, new)| (new.first, worker, i)));
        }
        order.sort_unstable();
        for (interner, final_ids) in interners.iter().zip(&mut self.final_ids) {
            final_ids.resize(interner.n_ids(), GAP);
        }
        for (_, worker, i) in order {
            let interner = &interners[worker];
            let local = interner.n_ids() - interner.new_surfaces().len() + i;
            self.final_ids[worker][local] = self.vocabulary.intern(interner.new_type(i));
        }
        interners.into_iter().for_each(Interner::forget_new);
        if self.vocabulary.len() >= GAP as usize {
            return Err(Error::too_large("number of types", self.vocabulary.len() as u64, u64::from(GAP) - 1));
        }
        Ok(())
    }

    /// Appends chunks, their removed positions kept as gaps or closed, and returns them empty.
    ///
    /// # Errors
    /// Cancelled by the caller.
    pub fn append(&mut self, chunks: Vec<Chunk>, keep_gaps: bool, workers: &Workers) -> Result<Vec<Chunk>> {
        let final_ids = &self.final_ids;
        let chunks = if keep_gaps {
            chunks
        } else {
            workers.map(chunks, |mut chunk| {
                chunk.close_gaps(&final_ids[chunk.worker]);
                Ok(chunk)
            })?
        };
        let n_new = chunks.iter().map(|chunk| chunk.ids.len()).sum();
        make_room(&mut self.tokens.term_ids, n_new);
        chunks.iter().for_each(|chunk| append_borders(&mut self.tokens, chunk));

        let ids = &mut self.tokens.term_ids;
        let room = &mut ids.spare_capacity_mut()[..n_new];
        let pieces = disjoint::pieces(room, chunks.iter().map(|chunk| chunk.ids.len()));
        let parts = chunks.into_iter().zip(pieces).collect();
        let emptied = workers.map(parts, |(mut chunk, part): (Chunk, &mut [MaybeUninit<u32>])| {
            let map = &final_ids[chunk.worker];
            for (place, &id) in part.iter_mut().zip(&chunk.ids) {
                place.write(map[id as usize]);
            }
            chunk.clear();
            Ok(chunk)
        })?;
        // SAFETY: the parts have the lengths of their chunks and together are the first `n_new` places of the spare capacity;
        // `map` returned without an error, so each chunk has written every place of its part.
        unsafe { ids.set_len(ids.len() + n_new) };
        Ok(emptied)
    }

    /// The tokens, with frequencies from the workers.
    pub fn finish<'i, 'r: 'i>(mut self, interners: impl Iterator<Item = &'i Interner<'r>>) -> Tokens {
        let mut frequencies = vec![0; self.vocabulary.len()];
        for (interner, final_ids) in interners.zip(&self.final_ids) {
            for (id, count) in interner.counts() {
                if let Some(frequency) = frequencies.get_mut(final_ids[id as usize] as usize) {
                    *frequency += count;
                }
            }
        }
        self.vocabulary.set_frequencies(frequencies);
        self.tokens.term_ids.shrink_to_fit();
        self.tokens.sentence_starts.shrink_to_fit();
        self.tokens.paragraph_starts.shrink_to_fit();
        self.tokens.vocabulary = Arc::new(self.vocabulary);
        self.tokens
    }
}

/// Room for `n` more ids.
fn make_room(ids: &mut Vec<u32>, n: usize) {
    if ids.capacity() - ids.len() < n {
        large::reserve(ids, n.max(ids.capacity()));
    }
}

/// Notes where the documents, sentences and paragraphs of the next chunk start; its ids are not there yet.
fn append_borders(tokens: &mut Tokens, chunk: &Chunk) {
    let base = tokens.doc_offsets[tokens.doc_offsets.len() - 1];
    let shift = |&at: &usize| base + at as u64;
    tokens.doc_offsets.extend(chunk.doc_ends.iter().map(shift));
    tokens.sentence_starts.extend(chunk.sentence_starts.iter().map(shift));
    tokens.paragraph_starts.extend(chunk.paragraph_starts.iter().map(shift));
}
