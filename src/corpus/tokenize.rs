//! Documents to tokens, in parallel, the same for any number of threads.
//!
//! The corpus goes by waves of chunks of whole documents. Within a wave each worker takes chunks as they come and writes
//! ids of its own `Interner`; then the types new in this wave are put in the order of their first occurrence and get
//! their final ids, which each chunk writes into its part of the result. Waves keep the memory for unfinished chunks
//! small: besides the result only some megabytes are alive at any time.

use std::ops::Range;

use crate::corpus::building::Building;
use crate::corpus::chunk::Chunk;
use crate::corpus::documents::Documents;
use crate::corpus::interner::{BATCH, Interner, SHORT, Short};
use crate::corpus::tokens::Tokens;
use crate::error::{Error, Result};
use crate::large;
use crate::parallel::{Signal, Workers, ranges_by_weight};
use crate::text::{Sink, Starts, Tokenizer};

/// Text of one chunk, in bytes: small enough to share the work evenly, large enough to forget the overhead.
const CHUNK_BYTES: u64 = 1 << 16;

/// Chunks of one wave for each thread.
const CHUNKS_PER_THREAD: usize = 48;

/// Bytes of text from which it is worth giving memory back to the system.
const LARGE: u64 = 1 << 24;

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
    let total: u64 = (0..texts.n_docs()).map(weight).sum();
    workers.signal().begin(total);
    let n_workers = workers.n_threads().min(chunks.len()).max(1);
    let mut locals: Vec<Local> = (0..n_workers).map(|index| Local::new(index, tokenizer, total >= LARGE)).collect();
    let mut building = Building::new(texts.n_docs(), total);
    for wave in chunks.chunks(CHUNKS_PER_THREAD * n_workers) {
        let pieces = workers.map_with(&mut locals, wave.to_vec(), |local, docs| {
            let chunk = local.segment(texts, docs.clone(), tokenizer, workers.signal())?;
            workers.signal().advance(docs.map(weight).sum());
            Ok(chunk)
        })?;
        building.name_new_types(locals.iter_mut().map(|local| &mut local.interner))?;
        let emptied = building.append(pieces, tokenizer.keep_gaps(), workers)?;
        emptied.into_iter().for_each(|chunk| locals[chunk.worker].emptied.push(chunk));
    }
    let tokens = building.finish(locals.iter().map(|local| &local.interner));
    drop(locals);
    if total >= LARGE {
        large::give_back();
    }
    Ok(tokens)
}

/// One worker's state.
struct Local<'t> {
    index: usize,
    interner: Interner<'t>,
    /// Short surfaces that wait to be looked up together.
    waiting: Vec<Short>,
    /// Chunks of earlier waves, to be filled again: fresh memory would cost as much as looking words up.
    emptied: Vec<Chunk>,
}

impl<'t> Local<'t> {
    fn new(index: usize, tokenizer: &'t Tokenizer, large: bool) -> Self {
        let interner = Interner::new(tokenizer.rule(), large);
        Self { index, interner, waiting: Vec::with_capacity(BATCH), emptied: Vec::new() }
    }

    fn segment(
        &mut self,
        texts: &(impl Texts + ?Sized),
        docs: Range<usize>,
        tokenizer: &Tokenizer,
        signal: &Signal,
    ) -> Result<Chunk> {
        let mut chunk = self.emptied.pop().unwrap_or_else(|| Chunk::new(self.index));
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
                document: (doc as u64) << 32,
                signal,
            };
            tokenizer.segment(&text, &mut sink);
            sink.look_up();
            signal.check()?;
            chunk.end_document();
        }
        Ok(chunk)
    }
}

/// Writes local ids.
struct Interning<'a, 't> {
    interner: &'a mut Interner<'t>,
    waiting: &'a mut Vec<Short>,
    chunk: &'a mut Chunk,
    /// Place in the corpus of the first byte of the document.
    document: u64,
    signal: &'a Signal,
}

impl Interning<'_, '_> {
    #[inline(never)]
    fn look_up(&mut self) {
        self.interner.intern_batch(self.waiting, self.document, &mut self.chunk.ids);
        self.waiting.clear();
    }

    #[inline(never)]
    fn long_token(&mut self, surface: &str, byte_start: usize) {
        self.look_up();
        let id = self.interner.intern_long(surface, self.document + byte_start as u64);
        self.chunk.ids.push(id);
    }

    #[inline(never)]
    fn begin_unit(&mut self, starts: Starts) {
        let at = self.chunk.ids.len() + self.waiting.len();
        self.chunk.begin_unit(at, starts == Starts::Paragraph);
    }
}

impl Sink for Interning<'_, '_> {
    #[inline(always)]
    fn token(&mut self, text: &str, byte_start: usize, byte_end: usize, starts: Starts) {
        if starts > Starts::Nothing {
            self.begin_unit(starts);
        }
        if byte_end - byte_start > SHORT {
            return self.long_token(&text[byte_start..byte_end], byte_start);
        }
        let surface = Short::new(text, byte_start, byte_end);
        self.interner.expect(&surface);
        self.waiting.push(surface);
        if self.waiting.len() == BATCH {
            self.look_up();
        }
    }

    fn keeps_going(&mut self) -> bool {
        self.signal.check().is_ok()
    }
}
