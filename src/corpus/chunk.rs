//! Tokens of some documents on their way into the result.

use crate::corpus::tokens::GAP;

/// Tokens of some documents, as ids of the worker that met them.
pub(super) struct Chunk {
    /// Number of the worker.
    pub worker: usize,
    /// Its id at each position.
    pub ids: Vec<u32>,
    /// Position behind the last of each document.
    pub doc_ends: Vec<usize>,
    /// Positions where a sentence starts.
    pub sentence_starts: Vec<usize>,
    /// Positions where a paragraph starts.
    pub paragraph_starts: Vec<usize>,
}

impl Chunk {
    /// No documents yet, from this worker.
    pub fn new(worker: usize) -> Self {
        Self {
            worker,
            ids: Vec::new(),
            doc_ends: Vec::new(),
            sentence_starts: Vec::new(),
            paragraph_starts: Vec::new(),
        }
    }

    /// A sentence, and perhaps a paragraph, begins at this position.
    pub fn begin_unit(&mut self, at: usize, paragraph: bool) {
        self.sentence_starts.push(at);
        if paragraph {
            self.paragraph_starts.push(at);
        }
    }

    /// What came since the last document is a document.
    pub fn end_document(&mut self) {
        self.doc_ends.push(self.ids.len());
    }

    /// Takes positions out whose id becomes a gap; those behind move up.
    pub fn close_gaps(&mut self, final_ids: &[u32]) {
        let stays = |&id: &u32| final_ids[id as usize] != GAP;
        let mut kept_before = Vec::with_capacity(self.ids.len() + 1);
        let mut kept = 0;
        for id in &self.ids {
            kept_before.push(kept);
            kept += usize::from(stays(id));
        }
        kept_before.push(kept);
        self.doc_ends.iter_mut().for_each(|end| *end = kept_before[*end]);
        close_starts(&mut self.sentence_starts, &kept_before, &self.doc_ends);
        close_starts(&mut self.paragraph_starts, &kept_before, &self.doc_ends);
        self.ids.retain(stays);
    }

    /// Forgets the documents and keeps the room.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.doc_ends.clear();
        self.sentence_starts.clear();
        self.paragraph_starts.clear();
    }
}

/// Starts after gaps have closed: units left empty vanish.
fn close_starts(starts: &mut Vec<usize>, kept_before: &[usize], doc_ends: &[usize]) {
    starts.iter_mut().for_each(|start| *start = kept_before[*start]);
    starts.dedup();
    let end = doc_ends.last().copied().unwrap_or(0);
    starts.retain(|&start| start < end);
}
