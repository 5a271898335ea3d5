//! What each document adds to some cells of a table.
//!
//! Units never leave their document, so a cell is the sum over the documents of what it would be in each of them alone. The kernels
//! that count rows count these parts as well: the occurrences of a term are cut where documents end ([`super::pieces`]), each
//! piece is a row of its own, and of that row only the cells asked for are kept. Of a symmetric pair the rarer term is the
//! row. Cells come in batches of consecutive rows, so that what is held at a time has a bound.
//!
//! Room: 4 bytes for each position, at most 24 for each occurrence of the terms asked for, and for each document of each cell of a
//! batch 24 bytes while it is counted. A batch has at most 2^24 of these, or those of one term.

use std::marker::PhantomData;
use std::ops::Range;

use super::boolean::Meetings;
use super::config::{Count, Margins};
use super::kernels::window_counts_fit;
use super::ordered_context::Sweeps;
use super::pieces::Pieces;
use super::ranking::Ranking;
use super::rows::{RowChunk, RowCounter, assemble};
use super::surface::Spans;
use super::unit_context::{Detail, Precedences, Products, UnitTerms};
use super::weighted::Weights;
use super::window::{Frequencies, Span};
use super::{Cells, Cooccurrence, Shape};
use crate::corpus::tokens::Tokens;
use crate::counts::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Documents of cells in a batch.
const BATCH: u64 = 1 << 24;

/// Steps of work in a chunk of terms.
const CHUNK: u64 = 1 << 18;

/// Stands for a column that is not asked for.
const NONE: u32 = u32::MAX;

/// Some cells of a table, to be counted document by document.
pub struct ByDocument<'a> {
    pub(super) table: &'a Cooccurrence,
    pub(super) ranking: Ranking,
    pub(super) pieces: Pieces,
    unit_terms: Option<UnitTerms>,
    /// The terms whose pieces are rows.
    pub(super) nodes: Vec<Node>,
    /// The cells of all of them, one node after the other.
    pub(super) wanted: Vec<Wanted>,
    n_docs: usize,
}

/// A term whose pieces are rows, and where its cells are.
pub(super) struct Node {
    code: u32,
    wanted: Range<usize>,
}

/// A cell that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    node: u32,
    collocate: u32,
    /// Place among the cells asked for.
    place: usize,
    /// Place among those of the table.
    pub(super) cell: usize,
}

impl<'a> ByDocument<'a> {
    /// The cells at some places in `indices` and `data` of a table, each once, which these tokens were counted for.
    ///
    /// # Errors
    /// A cell that does not exist, tokens of another vocabulary, or a cancelled operation.
    pub fn new(table: &'a Cooccurrence, tokens: &Tokens, cells: &[u64], workers: &Workers) -> Result<Self> {
        let n_types = tokens.n_types();
        if table.terms.iter().chain(table.row_terms()).any(|&term| term as usize >= n_types) {
            return Err(Error::input("tokens of another vocabulary", "the tokens that were counted"));
        }
        let nnz = table.cells.nnz() as u64;
        if let Some(cell) = cells.iter().find(|&&cell| cell >= nnz) {
            return Err(Error::parameter("cells", cell, format!("below the number of cells, {nnz}")));
        }
        let ranking = Ranking::new(tokens, &table.config, Some(&table.terms), workers)?;
        let wanted = wanted(table, &ranking, cells);
        let nodes: Vec<Node> = by_node(&wanted);
        let codes: Vec<u32> = nodes.iter().map(|node| node.code).collect();
        let pieces = Pieces::new(tokens, table.config.unit(), &ranking, &codes, workers)?;
        let mut found = Self { table, ranking, pieces, unit_terms: None, nodes, wanted, n_docs: tokens.n_docs() };
        found.unit_terms = found.terms_of_units(workers)?;
        Ok(found)
    }

    /// Consecutive rows whose cells are counted at a time; these have no more than `most_terms` different terms, or one row.
    pub fn batches(&self, most_terms: usize) -> Vec<Range<usize>> {
        let mut last_batch = vec![usize::MAX; self.ranking.n_codes];
        let (mut batches, mut start, mut held, mut n_terms) = (Vec::new(), 0, 0, 0);
        for (number, node) in self.nodes.iter().enumerate() {
            let wanted = &self.wanted[node.wanted.clone()];
            let size = wanted.iter().map(|wanted| self.most_documents(number, wanted)).sum::<u64>();
            let terms = || wanted.iter().map(|wanted| wanted.collocate).chain([node.code]);
            let new = |last: &[usize], batch| terms().filter(|&code| last[code as usize] != batch).count();
            if number > start && (held + size > BATCH || n_terms + new(&last_batch, batches.len()) > most_terms) {
                batches.push(start..number);
                (start, held, n_terms) = (number, 0, 0);
            }
            n_terms += new(&last_batch, batches.len());
            held += size;
            terms().for_each(|code| last_batch[code as usize] = batches.len());
        }
        if start < self.nodes.len() {
            batches.push(start..self.nodes.len());
        }
        batches
    }

    /// What the number of documents with a cell does not exceed.
    fn most_documents(&self, node: usize, wanted: &Wanted) -> u64 {
        let pieces = self.pieces.of(node).len() as u64;
        match &self.table.cells {
            Cells::Counts(counts) => pieces.min(counts.data[wanted.cell].into()),
            // A sum of weights says nothing of the number of its terms.
            Cells::Weights(_) => pieces,
        }
    }

    /// What the cells of a batch are multiplied with to become observed counts of their margins, in the order of
    /// [`ByDocument::places`].
    pub fn times(&self, batch: &Range<usize>) -> Vec<f64> {
        let of = |wanted: &Wanted| if wanted.node == wanted.collocate { self.table.diagonal_factor() } else { 1.0 };
        self.cells_of(batch).iter().map(of).collect()
    }

    /// Number of cells asked for.
    pub(super) fn n_cells(&self) -> usize {
        self.wanted.len()
    }

    /// Places of the cells of a batch among those asked for.
    pub fn places(&self, batch: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.cells_of(batch).iter().map(|wanted| wanted.place)
    }

    /// What each document adds to the cells of a batch: a row for each cell in the order of [`ByDocument::places`], a column for
    /// each document.
    ///
    /// # Errors
    /// A cancelled operation.
    pub fn counts(&self, batch: &Range<usize>, workers: &Workers) -> Result<Cells> {
        let (config, span) = (&self.table.config, self.span());
        let (tally, narrow) = (PhantomData, PhantomData);
        let fits = window_counts_fit(config, &self.ranking);
        Ok(Cells::Counts(match (&self.unit_terms, config.count) {
            (None, _) if !config.is_window() => self.rows(&Sweeps { span }, batch, workers)?,
            (None, Count::Weighted) => {
                let weights = &config.distance_weights(self.pieces.layout.longest_unit());
                return Ok(Cells::Weights(self.rows(&Weights { span, weights }, batch, workers)?));
            }
            (None, Count::Boolean) => self.rows(&Meetings { span }, batch, workers)?,
            (None, Count::Frequency) if config.margins == Margins::Surface => {
                let in_span = (0..span.n_rows()).map(|_| 0.into()).collect();
                self.rows(&Spans { span, gap: self.ranking.gap(), in_span }, batch, workers)?
            }
            (None, Count::Frequency) if fits => {
                self.rows(&Frequencies::<u32> { span, tally: narrow }, batch, workers)?
            }
            (None, Count::Frequency) => self.rows(&Frequencies::<u64> { span, tally }, batch, workers)?,
            (Some(terms), _) if config.ordered => self.rows(&Precedences { span, terms }, batch, workers)?,
            (Some(terms), count) => {
                let boolean = count == Count::Boolean;
                self.rows(&Products::<u64> { span, terms, boolean, tally }, batch, workers)?
            }
        }))
    }

    /// The terms of units, where kernels need them.
    fn terms_of_units(&self, workers: &Workers) -> Result<Option<UnitTerms>> {
        let config = &self.table.config;
        if config.is_window() || (config.ordered && config.count != Count::Boolean) {
            return Ok(None);
        }
        let detail = if config.ordered { Detail::LastPosition } else { Detail::Count };
        let (n_columns, n_codes) = (self.ranking.n_columns(), self.ranking.n_codes);
        UnitTerms::new(&self.pieces.layout, n_columns, n_codes, detail, workers).map(Some)
    }

    /// What kernels see: each piece is a row.
    fn span(&self) -> Span<'_> {
        let config = &self.table.config;
        Span {
            layout: &self.pieces.layout,
            occurrences: &self.pieces.occurrences,
            rows: &self.pieces.codes,
            reach: config.reach(),
            triangle: self.table.shape == Shape::Upper,
            diagonal: config.diagonal,
            ordered: config.ordered,
            n_columns: self.ranking.n_columns(),
            n_codes: self.ranking.n_codes,
        }
    }

    /// The cells of a batch of terms.
    pub(super) fn cells_of(&self, batch: &Range<usize>) -> &[Wanted] {
        match self.nodes.get(batch.clone()) {
            Some([first, .., last]) => &self.wanted[first.wanted.start..last.wanted.end],
            Some([only]) => &self.wanted[only.wanted.clone()],
            _ => &[],
        }
    }

    fn rows<C: RowCounter>(&self, counter: &C, batch: &Range<usize>, workers: &Workers) -> Result<Csr<C::Cell>> {
        let work = |node: usize| self.pieces.of(node).map(|(piece, _)| counter.work(piece) + 16).sum::<u64>();
        let chunks = ranges_by_weight(batch.len(), |node| work(batch.start + node), CHUNK);
        let mut states: Vec<Option<State<C>>> =
            (0..workers.n_threads().min(chunks.len()).max(1)).map(|_| None).collect();
        let chunks = workers.map_with(&mut states, chunks, |state, nodes| {
            let state = state.get_or_insert_with(|| State {
                scratch: counter.scratch(),
                slots: vec![NONE; self.ranking.n_codes],
                row: Vec::new(),
            });
            let mut chunk = RowChunk { lengths: Vec::new(), cells: Vec::new() };
            for node in nodes.start + batch.start..nodes.end + batch.start {
                self.node(node, counter, state, workers, &mut chunk)?;
            }
            Ok(chunk)
        })?;
        assemble(chunks, self.n_docs, workers)
    }

    /// Appends the cells of one term: for each, documents and amounts.
    fn node<C: RowCounter>(
        &self,
        node: usize,
        counter: &C,
        state: &mut State<C>,
        workers: &Workers,
        chunk: &mut RowChunk<C::Cell>,
    ) -> Result<()> {
        let wanted = &self.wanted[self.nodes[node].wanted.clone()];
        wanted.iter().enumerate().for_each(|(slot, cell)| state.slots[cell.collocate as usize] = slot as u32);
        let mut found: Vec<(u32, u32, C::Cell)> = Vec::new();
        for (piece, document) in self.pieces.of(node) {
            state.row.clear();
            counter.count(piece, &mut state.scratch, workers.signal(), &mut state.row)?;
            let kept = state.row.iter().map(|&(column, value)| (state.slots[column as usize], document, value));
            found.extend(kept.filter(|cell| cell.0 != NONE));
        }
        wanted.iter().for_each(|cell| state.slots[cell.collocate as usize] = NONE);
        append_by_slot(&found, wanted.len(), chunk);
        workers.signal().advance(wanted.len() as u64);
        Ok(())
    }
}

/// Room of one thread.
struct State<C: RowCounter> {
    scratch: C::Scratch,
    /// Place of each code among the cells of a term.
    slots: Vec<u32>,
    row: Vec<(u32, C::Cell)>,
}

/// Appends (slot, document, value) by slot, each in the order given.
fn append_by_slot<V: Copy + Default>(found: &[(u32, u32, V)], n_slots: usize, chunk: &mut RowChunk<V>) {
    let mut lengths = vec![0u32; n_slots];
    found.iter().for_each(|&(slot, ..)| lengths[slot as usize] += 1);
    let mut next = chunk.cells.len();
    let mut cursors: Vec<usize> = Vec::with_capacity(n_slots);
    for &length in &lengths {
        cursors.push(next);
        next += length as usize;
    }
    chunk.cells.resize(next, (0, V::default()));
    for &(slot, document, value) in found {
        let cursor = &mut cursors[slot as usize];
        chunk.cells[*cursor] = (document, value);
        *cursor += 1;
    }
    chunk.lengths.append(&mut lengths);
}

/// The cells asked for, by node, then in the order given.
fn wanted(table: &Cooccurrence, ranking: &Ranking, cells: &[u64]) -> Vec<Wanted> {
    let code_of_row = |row: usize| ranking.code_of[table.row_terms()[row] as usize];
    let cell = |(place, &cell): (usize, &u64)| {
        let cell = cell as usize;
        let (row, column) = (code_of_row(table.cells.row_of(cell)), table.cells.indices()[cell]);
        let (node, collocate) = if table.shape == Shape::Upper { (column, row) } else { (row, column) };
        Wanted { node, collocate, place, cell }
    };
    let mut wanted: Vec<Wanted> = cells.iter().enumerate().map(cell).collect();
    wanted.sort_by_key(|wanted| wanted.node);
    wanted
}

fn by_node(wanted: &[Wanted]) -> Vec<Node> {
    let mut start = 0;
    let chunks = wanted.chunk_by(|a, b| a.node == b.node);
    chunks
        .map(|cells| {
            let range = start..start + cells.len();
            start = range.end;
            Node { code: cells[0].node, wanted: range }
        })
        .collect()
}
