//! Margins and sample size of each document: what it adds to those of a table.
//!
//! How many tokens the windows around the occurrences of a term hold is added up for each document; the number of tokens
//! before each position makes a window with gaps cost as much as one without. Room besides that of the pieces: 8 bytes for
//! each document of each term, 4 for each position if there are gaps.

use std::ops::Range;

use super::by_document::{ByDocument, Wanted};
use super::config::{Config, Count, Margins};
use super::layout::Layout;
use super::pieces::Pieces;
use super::places::{position, unit};
use super::ranking::Ranking;
use super::rows::{RowChunk, assemble};
use crate::corpus::tokens::{Tokens, Unit};
use crate::counts::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Occurrences in a chunk of terms, and positions in one of documents.
const CHUNK: u64 = 1 << 18;

/// What each document adds to the margins of some cells.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentMargins {
    /// Margins as row: a row for each term, a column for each document.
    pub rows: Csr<u32>,
    /// Margins as column, where they are others.
    pub columns: Option<Csr<u32>>,
    /// Tokens of each term, where they are no part of its sample.
    pub own: Option<Csr<u32>>,
    /// Sample size of each document, those tokens included.
    pub n: Vec<f64>,
    /// The term that is the row of each cell.
    pub row_of: Vec<u32>,
    /// The term that is its column.
    pub column_of: Vec<u32>,
}

/// From which side a term is seen.
#[derive(Clone, Copy)]
enum Side {
    Row,
    Column,
    Own,
}

impl ByDocument<'_> {
    /// What each document adds to the margins of the cells of a batch, in the order of [`ByDocument::places`]. Weights of distances
    /// have none.
    ///
    /// # Errors
    /// Weights of distances, a margin of a document beyond 2^32 - 1, or a cancelled operation.
    pub fn margins(&self, batch: &Range<usize>, tokens: &Tokens, workers: &Workers) -> Result<DocumentMargins> {
        let config = &self.table.config;
        if config.count == Count::Weighted {
            return Err(Error::parameter("count", "weighted", "frequency or boolean"));
        }
        let cells = self.cells_of(batch);
        let mut codes: Vec<u32> =
            cells.iter().flat_map(|wanted| [self.row_code(wanted), self.column_code(wanted)]).collect();
        codes.sort_unstable();
        codes.dedup();
        let term = |code: u32| codes.partition_point(|&other| other < code) as u32;
        let pieces = Pieces::new(tokens, config.unit(), &self.ranking, &codes, workers)?;
        let counter = Counter::new(config, &self.ranking, &pieces, tokens.n_docs());
        let is_surface = config.margins == Margins::Surface;
        let same = config.margins == Margins::Textual || config.is_symmetric();
        let (row_of, column_of) =
            cells.iter().map(|wanted| (term(self.row_code(wanted)), term(self.column_code(wanted)))).unzip();
        Ok(DocumentMargins {
            rows: counter.terms(Side::Row, workers)?,
            columns: (!same).then(|| counter.terms(Side::Column, workers)).transpose()?,
            own: is_surface.then(|| counter.terms(Side::Own, workers)).transpose()?,
            n: counter.sizes(tokens, workers)?,
            row_of,
            column_of,
        })
    }

    fn row_code(&self, wanted: &Wanted) -> u32 {
        self.ranking.code_of[self.table.row_terms()[self.table.cells.row_of(wanted.cell)] as usize]
    }

    fn column_code(&self, wanted: &Wanted) -> u32 {
        self.table.cells.indices()[wanted.cell]
    }
}

/// Adds up margins.
struct Counter<'a> {
    config: &'a Config,
    pieces: &'a Pieces,
    gap: u32,
    n_terms: usize,
    n_docs: usize,
    /// Number of tokens before each position, if there are gaps.
    tokens_before: Vec<u32>,
}

impl<'a> Counter<'a> {
    fn new(config: &'a Config, ranking: &Ranking, pieces: &'a Pieces, n_docs: usize) -> Self {
        let mut tokens_before = Vec::new();
        if ranking.has_gaps {
            let mut n = 0;
            tokens_before.reserve_exact(pieces.layout.codes.len() + 1);
            tokens_before.push(0);
            tokens_before.extend(pieces.layout.codes.iter().map(|&code| {
                n += u32::from(code != ranking.gap());
                n
            }));
        }
        Self { config, pieces, gap: ranking.gap(), n_terms: pieces.n_terms(), n_docs, tokens_before }
    }

    fn layout(&self) -> &Layout {
        &self.pieces.layout
    }

    /// Number of tokens at some positions.
    fn tokens(&self, positions: Range<usize>) -> u64 {
        if self.tokens_before.is_empty() {
            return positions.len() as u64;
        }
        u64::from(self.tokens_before[positions.end] - self.tokens_before[positions.start])
    }

    /// The margins of all terms.
    fn terms(&self, side: Side, workers: &Workers) -> Result<Csr<u32>> {
        let work = |term: usize| self.pieces.of(term).map(|(piece, _)| 1 + self.pieces.places(piece).0.len() as u64);
        let chunks = ranges_by_weight(self.n_terms, |term| work(term).sum(), CHUNK);
        let chunks = workers.map(chunks, |terms| {
            let mut chunk = RowChunk { lengths: Vec::new(), cells: Vec::new() };
            for term in terms {
                workers.signal().check()?;
                let before = chunk.cells.len();
                for (piece, document) in self.pieces.of(term) {
                    let margin = self.margin(piece, side);
                    let limit = u64::from(u32::MAX);
                    let held = u32::try_from(margin)
                        .map_err(|_| Error::too_large("margin of a term in a document", margin, limit))?;
                    if held > 0 {
                        chunk.cells.push((document, held));
                    }
                }
                chunk.lengths.push((chunk.cells.len() - before) as u32);
            }
            Ok(chunk)
        })?;
        assemble(chunks, self.n_docs, workers)
    }

    /// The margin of a term in a document.
    fn margin(&self, piece: usize, side: Side) -> u64 {
        let places = self.pieces.places(piece);
        let (before, after) = self.config.reach();
        let window =
            |place: u64, (before, after)| self.layout().window(position(place), unit(place) as usize, before, after);
        match (self.config.margins, side) {
            (Margins::Textual, _) => places.by_unit().count() as u64,
            (Margins::Surface, Side::Row) => {
                let own = self.pieces.code(piece);
                let mut covered = 0;
                let spans = places.0.iter().map(|&place| {
                    let window = window(place, (before, after));
                    let start = window.start.max(covered).min(window.end);
                    covered = covered.max(window.end);
                    &self.layout().codes[start..window.end]
                });
                spans.flatten().filter(|&&code| code != own && code != self.gap).count() as u64
            }
            (_, Side::Own) | (Margins::Surface, Side::Column) => places.0.len() as u64,
            (Margins::Pairs, side) => {
                // A token is the collocate of nodes up to `after` before it and up to `before` after it.
                let reach = if matches!(side, Side::Row) { (before, after) } else { (after, before) };
                places.0.iter().map(|&place| self.tokens(window(place, reach)) - 1).sum()
            }
        }
    }

    /// The sample size of each document.
    fn sizes(&self, tokens: &Tokens, workers: &Workers) -> Result<Vec<f64>> {
        let chunks = ranges_by_weight(self.n_docs, |document| tokens.doc_range(document).len() as u64 + 1, CHUNK);
        let sizes = workers.map(chunks, |documents| {
            workers.signal().check()?;
            Ok(documents.map(|document| self.size(tokens.doc_range(document)) as f64).collect::<Vec<_>>())
        })?;
        Ok(sizes.concat())
    }

    fn size(&self, document: Range<usize>) -> u64 {
        match self.config.margins {
            Margins::Textual if self.config.unit() == Unit::Document => 1,
            Margins::Textual => self.layout().units_over(document).count() as u64,
            Margins::Surface => self.tokens(document),
            Margins::Pairs => {
                let (before, after) = self.config.reach();
                let units = self.layout().units_over(document);
                let around = |(unit, positions): (usize, Range<usize>)| -> u64 {
                    let tokens = positions.filter(|&position| self.layout().codes[position] != self.gap);
                    tokens.map(|position| self.tokens(self.layout().window(position, unit, before, after)) - 1).sum()
                };
                units.map(around).sum()
            }
        }
    }
}
