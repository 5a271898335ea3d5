//! Occurrences of terms cut where documents end: each piece holds those of one term in one document.
//!
//! A piece looks like the occurrences of a row, so whatever counts rows counts pieces. Room: 4 bytes for each position, 8 for each
//! occurrence of the terms, 16 for each piece.

use super::layout::{Layout, Occurrences, RowCodes, lay_out};
use super::places::{Places, position};
use super::ranking::Ranking;
use crate::corpus::tokens::{Tokens, Unit};
use crate::error::Result;
use crate::parallel::Workers;

/// The occurrences of some terms, document by document.
pub(super) struct Pieces {
    /// The corpus as codes.
    pub(super) layout: Layout,
    /// Where the term of each piece occurs.
    pub(super) occurrences: Occurrences,
    /// Code of each piece.
    pub(super) codes: RowCodes,
    /// Document of each piece, ascending within a term.
    documents: Vec<u32>,
    /// Where the pieces of each term start; one entry more than terms.
    starts: Vec<usize>,
}

impl Pieces {
    /// The pieces of the terms with these codes.
    pub(super) fn new(
        tokens: &Tokens,
        unit: Unit,
        ranking: &Ranking,
        codes: &[u32],
        workers: &Workers,
    ) -> Result<Self> {
        let (layout, whole) = lay_out(tokens, unit, ranking, &RowCodes::Nodes(codes.to_vec()), workers)?;
        let (mut ends, mut of_piece, mut documents, mut starts) = (vec![0], Vec::new(), Vec::new(), vec![0]);
        for (term, &code) in codes.iter().enumerate() {
            workers.signal().check()?;
            let mut rest = whole.row(term).0;
            while let Some(&first) = rest.first() {
                let document = document_of(tokens, position(first));
                let end = tokens.doc_range(document).end;
                let n = rest.partition_point(|&place| position(place) < end);
                rest = &rest[n..];
                ends.push(ends[ends.len() - 1] + n);
                of_piece.push(code);
                documents.push(document as u32);
            }
            starts.push(documents.len());
        }
        Ok(Self { layout, occurrences: whole.cut(ends), codes: RowCodes::Nodes(of_piece), documents, starts })
    }

    /// Number of terms.
    pub(super) fn n_terms(&self) -> usize {
        self.starts.len() - 1
    }

    /// Code of the term of a piece.
    pub(super) fn code(&self, piece: usize) -> u32 {
        self.codes.code(piece)
    }

    /// The pieces of a term, each with its document.
    pub(super) fn of(&self, term: usize) -> impl ExactSizeIterator<Item = (usize, u32)> + '_ {
        (self.starts[term]..self.starts[term + 1]).map(|piece| (piece, self.documents[piece]))
    }

    /// The occurrences of a piece.
    pub(super) fn places(&self, piece: usize) -> Places<'_> {
        self.occurrences.row(piece)
    }
}

/// The document that holds a position.
fn document_of(tokens: &Tokens, position: usize) -> usize {
    tokens.doc_offsets.partition_point(|&start| start <= position as u64) - 1
}
