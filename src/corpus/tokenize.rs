//! Documents to tokens, in parallel, the same for any number of threads.
//!
//! The corpus goes by waves of chunks of whole documents. Within a wave each worker takes chunks as they come and writes
//! ids of its own `Interner`; then the types new in this wave are put in the order of their first occurrence and get
//! their final ids, and the chunks are rewritten and appended. Waves keep the memory for unfinished chunks small: besides
//! the result only some megabytes are alive at any time.

use std::ops::Range;
use std::sync::Arc;

use crate::corpus::documents::Documents;
use crate::corpus::interner::{BATCH, Interner, SHORT, Short};
use crate::corpus::tokens::{GAP, Tokens};
use crate::corpus::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::parallel::{Signal, Workers, ranges_by_weight};
use crate::text::{Sink, Starts, Tokenizer};

/// Text of one chunk, in bytes: small enough to share the work evenly, large enough to forget the overhead.
const CHUNK_BYTES: u64 = 1 << 18;

/// Chunks of one wave for each thread.
const CHUNKS_PER_THREAD: usize = 32;

/// Where documents come from.
pub trait Texts: Sync {
    /// Number of documents.
    fn n_docs(&self) -> usize;
    /// Text of one document.
    fn text(&self, doc: usize) -> &str;
}

impl<T: AsRef<str> + Sync> Texts for [T] {
    fn n_docs(&self) -> usize {
        self.len()
    }

    fn text(&self, doc: usize) -> &str {
        self[doc].as_ref()
    }
}

impl Texts for Documents {
    fn n_docs(&self) -> usize {
        self.len()
    }

    fn text(&self, doc: usize) -> &str {
        Documents::text(self, doc)
    }
}

/// The tokens of all documents.
///
/// # Errors
/// Cancelled by the caller, or more types than ids.
pub fn tokenize(texts: &(impl Texts + ?Sized), tokenizer: &Tokenizer, workers: &Workers) -> Result<Tokens> {
    tokenize_by(texts, tokenizer, workers, CHUNK_BYTES)
}

/// [`tokenize`] with a chunk size, so that tests can have many chunks in little text.
#[doc(hidden)]
pub fn tokenize_by(
    texts: &(impl Texts + ?Sized),
    tokenizer: &Tokenizer,
    workers: &Workers,
    chunk_bytes: u64,
) -> Result<Tokens> {
    let weight = |doc: usize| texts.text(doc).len() as u64 + 1;
    let chunks = ranges_by_weight(texts.n_docs(), weight, chunk_bytes);
    workers.signal().begin((0..texts.n_docs()).map(weight).sum());
    let n_workers = workers.n_threads().min(chunks.len()).max(1);
    let mut locals: Vec<Local> = (0..n_workers).map(|index| Local::new(index, tokenizer)).collect();
    let mut building = Building::new(texts.n_docs());
    for wave in chunks.chunks(CHUNKS_PER_THREAD * n_workers) {
        let pieces = workers.map_with(&mut locals, wave.to_vec(), |local, docs| {
            let chunk = local.segment(texts, docs.clone(), tokenizer, workers.signal())?;
            workers.signal().advance(docs.map(weight).sum());
            Ok(chunk)
        })?;
        building.name_new_types(&mut locals)?;
        let pieces = workers.map(pieces, |mut chunk| {
            chunk.rename(&locals[chunk.worker].global, tokenizer.keep_gaps());
            Ok(chunk)
        })?;
        pieces.iter().for_each(|chunk| building.append(chunk));
    }
    Ok(building.finish(locals))
}

/// One worker's state.
struct Local<'t> {
    index: usize,
    interner: Interner<'t>,
    /// Final id of each local id, as far as named; [`GAP`] if removed.
    global: Vec<u32>,
    /// Short surfaces that wait to be looked up together.
    waiting: Vec<Short>,
}

impl<'t> Local<'t> {
    fn new(index: usize, tokenizer: &'t Tokenizer) -> Self {
        Self {
            index,
            interner: Interner::new(tokenizer.rule()),
            global: Vec::new(),
            waiting: Vec::with_capacity(BATCH),
        }
    }

    fn segment(
        &mut self,
        texts: &(impl Texts + ?Sized),
        docs: Range<usize>,
        tokenizer: &Tokenizer,
        signal: &Signal,
    ) -> Result<Chunk> {
        let mut chunk = Chunk::new(self.index);
        for doc in docs {
            let text = tokenizer.prepare(texts.text(doc));
            // Places within a document must fit 32 bits.
            if text.len() > u32::MAX as usize {
                return Err(Error::document(doc, format!("{} bytes of text, the limit is {}", text.len(), u32::MAX)));
            }
            let mut sink = Interning {
                interner: &mut self.interner,
                waiting: &mut self.waiting,
                chunk: &mut chunk,
                first: (doc as u64) << 32,
                signal,
            };
            tokenizer.segment(&text, &mut sink);
            sink.look_up();
            signal.check()?;
            chunk.doc_ends.push(chunk.ids.len());
        }
        Ok(chunk)
    }
}

/// Tokens of some documents.
struct Chunk {
    worker: usize,
    ids: Vec<u32>,
    doc_ends: Vec<usize>,
    sentence_starts: Vec<usize>,
    paragraph_starts: Vec<usize>,
}

impl Chunk {
    fn new(worker: usize) -> Self {
        let ids = Vec::with_capacity(CHUNK_BYTES as usize / 4);
        Self { worker, ids, doc_ends: Vec::new(), sentence_starts: Vec::new(), paragraph_starts: Vec::new() }
    }

    /// Replaces local ids by final ones; without gaps, removed positions close up.
    fn rename(&mut self, map: &[u32], keep_gaps: bool) {
        self.ids.iter_mut().for_each(|id| *id = map[*id as usize]);
        if !keep_gaps {
            self.close_gaps();
        }
    }

    fn close_gaps(&mut self) {
        let mut kept_before = Vec::with_capacity(self.ids.len() + 1);
        let mut kept = 0;
        for &id in &self.ids {
            kept_before.push(kept);
            kept += usize::from(id != GAP);
        }
        kept_before.push(kept);
        self.doc_ends.iter_mut().for_each(|end| *end = kept_before[*end]);
        close_starts(&mut self.sentence_starts, &kept_before, &self.doc_ends);
        close_starts(&mut self.paragraph_starts, &kept_before, &self.doc_ends);
        self.ids.retain(|&id| id != GAP);
    }
}

/// Starts after gaps have closed: units left empty vanish.
fn close_starts(starts: &mut Vec<usize>, kept_before: &[usize], doc_ends: &[usize]) {
    starts.iter_mut().for_each(|start| *start = kept_before[*start]);
    starts.dedup();
    let end = doc_ends.last().copied().unwrap_or(0);
    starts.retain(|&start| start < end);
}

/// Writes local ids.
struct Interning<'a, 't> {
    interner: &'a mut Interner<'t>,
    waiting: &'a mut Vec<Short>,
    chunk: &'a mut Chunk,
    first: u64,
    signal: &'a Signal,
}

impl Interning<'_, '_> {
    #[inline(never)]
    fn look_up(&mut self) {
        self.interner.intern_batch(self.waiting, &mut self.chunk.ids);
        self.waiting.clear();
    }
}

impl Sink for Interning<'_, '_> {
    #[inline]
    fn token(&mut self, text: &str, byte_start: usize, byte_end: usize, starts: Starts) {
        if starts > Starts::Nothing {
            let at = self.chunk.ids.len() + self.waiting.len();
            self.chunk.sentence_starts.push(at);
            if starts == Starts::Paragraph {
                self.chunk.paragraph_starts.push(at);
            }
        }
        let first = self.first | byte_start as u64;
        if byte_end - byte_start > SHORT {
            self.look_up();
            let id = self.interner.intern_long(&text[byte_start..byte_end], first);
            self.chunk.ids.push(id);
            return;
        }
        self.waiting.push(Short::new(text, byte_start, byte_end, first));
        if self.waiting.len() == BATCH {
            self.look_up();
        }
    }

    fn keeps_going(&mut self) -> bool {
        self.signal.check().is_ok()
    }
}

/// The tokens so far.
struct Building {
    tokens: Tokens,
    vocabulary: Vocabulary,
}

impl Building {
    fn new(n_docs: usize) -> Self {
        let mut doc_offsets = Vec::with_capacity(n_docs + 1);
        doc_offsets.push(0);
        let tokens = Tokens {
            term_ids: Vec::new(),
            doc_offsets,
            sentence_starts: Vec::new(),
            paragraph_starts: Vec::new(),
            vocabulary: Arc::default(),
        };
        Self { tokens, vocabulary: Vocabulary::default() }
    }

    /// Final ids for the types that workers met since the last call, in order of first occurrence.
    fn name_new_types(&mut self, locals: &mut [Local]) -> Result<()> {
        let mut new: Vec<(u64, usize, usize)> = Vec::new();
        for (worker, local) in locals.iter().enumerate() {
            let entries = local.interner.entries().iter().enumerate().skip(local.global.len());
            new.extend(entries.map(|(id, entry)| (entry.first, worker, id)));
        }
        new.sort_unstable();
        for local in locals.iter_mut() {
            local.global.resize(local.interner.entries().len(), GAP);
        }
        for (_, worker, id) in new {
            let local = &mut locals[worker];
            if !local.interner.entries()[id].removed {
                local.global[id] = self.vocabulary.intern(local.interner.term(id));
            }
        }
        if self.vocabulary.len() >= GAP as usize {
            return Err(Error::too_large("number of types", self.vocabulary.len() as u64, u64::from(GAP) - 1));
        }
        Ok(())
    }

    fn append(&mut self, chunk: &Chunk) {
        let tokens = &mut self.tokens;
        let base = tokens.term_ids.len();
        let shift = |&at: &usize| (base + at) as u64;
        tokens.term_ids.extend_from_slice(&chunk.ids);
        tokens.doc_offsets.extend(chunk.doc_ends.iter().map(shift));
        tokens.sentence_starts.extend(chunk.sentence_starts.iter().map(shift));
        tokens.paragraph_starts.extend(chunk.paragraph_starts.iter().map(shift));
    }

    fn finish(mut self, locals: Vec<Local>) -> Tokens {
        let mut frequencies = vec![0; self.vocabulary.len()];
        for local in locals {
            for (id, count) in local.interner.counts() {
                if let Some(frequency) = frequencies.get_mut(local.global[id as usize] as usize) {
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
