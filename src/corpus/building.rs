//! The result of tokenization while it grows: chunks of local ids become one run of final ids.

use std::sync::Arc;

use crate::corpus::chunk::Chunk;
use crate::corpus::interner::Interner;
use crate::corpus::tokens::{GAP, Tokens};
use crate::corpus::vocabulary::Vocabulary;
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
        // Each worker goes up through the corpus, so these are runs in order that only have to be merged.
        order.sort();
        for (interner, final_ids) in interners.iter().zip(&mut self.final_ids) {
            final_ids.resize(interner.n_ids(), GAP);
        }
        self.vocabulary.reserve(order.len());
        for (_, worker, i) in order {
            let interner = &interners[worker];
            let local = interner.n_ids() - interner.new_surfaces().len() + i;
            let hash = interner.new_surfaces()[i].hash;
            self.final_ids[worker][local] = self.vocabulary.intern_hashed(interner.new_type(i), hash);
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
        chunks.iter().for_each(|chunk| append_borders(&mut self.tokens, chunk));
        let pieces = chunks.iter().map(|chunk| {
            let map = &final_ids[chunk.worker];
            (&chunk.ids[..], move |&id: &u32| map[id as usize])
        });
        large::extend(&mut self.tokens.term_ids, pieces.collect(), workers)?;
        let mut emptied = chunks;
        emptied.iter_mut().for_each(Chunk::clear);
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

/// Notes where the documents, sentences and paragraphs of the next chunk start; its ids are not there yet.
fn append_borders(tokens: &mut Tokens, chunk: &Chunk) {
    let base = tokens.doc_offsets[tokens.doc_offsets.len() - 1];
    let shift = |&at: &usize| base + at as u64;
    tokens.doc_offsets.extend(chunk.doc_ends.iter().map(shift));
    tokens.sentence_starts.extend(chunk.sentence_starts.iter().map(shift));
    tokens.paragraph_starts.extend(chunk.paragraph_starts.iter().map(shift));
}
