//! Which terms occur near each other: windows, documents, paragraphs and sentences, with the margins every measure needs.
//!
//! A *pair* is two positions `p < q` of one unit, neither a gap, at most the window apart. [`count`] returns for each two terms
//! how many pairs (or units, or distance weights) hold them, as a sparse matrix whose rows and columns run from the most
//! to the least frequent term, and beside it the margins over *all* terms and positions, so that any association measure can be
//! computed later without the text.
//!
//! How: terms are numbered by falling frequency and the corpus becomes such numbers once. In symmetric windows, pairs of the few
//! hundred most frequent terms, half of all pairs, go to a small dense block. Every other pair is counted in the row of its
//! rarer term, from copies of the windows around that term's occurrences, in a dense row of sums; a transposition by counting
//! sort makes the upper triangle. The other variants count row by row from an index of where each term occurs. No hash
//! table, no sort of pairs, and the same result for any number of threads.
//!
//! Room besides the result: 4 bytes for each position; for copied windows as much again, or for the index 8 bytes for each
//! occurrence; 8 bytes for each cell (16 if weighted); for each thread 8 to 20 for each term and 2 MiB for the block. Corpora are
//! limited to 2^32 - 2 positions, cells to 2^32 - 1; beyond that counting fails with an error, it never wraps.

mod accumulator;
mod boolean;
mod by_document;
mod config;
mod dense;
mod document_margins;
mod document_weights;
mod edges;
mod groups;
mod kernels;
mod layout;
mod margins;
mod ordered_context;
mod pieces;
mod places;
mod ranking;
mod records;
mod rows;
mod scatter;
mod surface;
mod tables;
mod transpose;
mod unit_context;
mod weighted;
mod window;

pub use by_document::ByDocument;
pub use config::{Config, Context, Count, Diagonal, Margins};
pub use document_margins::DocumentMargins;
pub use edges::Edges;
pub use groups::{GroupTables, Groups};
pub use tables::Tables;

use crate::corpus::tokens::Tokens;
use crate::counts::csr::Csr;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// The rows of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// The same terms as the columns.
    Columns,
    /// These term ids, in the order given.
    Nodes(Vec<u32>),
}

/// Which cells are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The matrix is symmetric; cells with row <= column are stored.
    Upper,
    /// All cells are stored.
    Full,
}

/// The cells of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Numbers of pairs, tokens or units.
    Counts(Csr<u32>),
    /// Sums of weights of distances or documents.
    Weights(Csr<f64>),
}

/// A number of pairs or units, or a sum of weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// An integer count.
    Count(u64),
    /// A sum of weights.
    Weight(f64),
}

impl Amount {
    /// The amount as a floating point number.
    pub fn value(self) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Weight(weight) => weight,
        }
    }
}

/// One amount per row or column.
#[derive(Clone, Debug, PartialEq)]
pub enum Amounts {
    /// Integer counts.
    Counts(Vec<u64>),
    /// Sums of weights.
    Weights(Vec<f64>),
}

/// Co-occurrence counts and the margins of their sampling model.
#[derive(Clone, Debug, PartialEq)]
pub struct Cooccurrence {
    /// Term id of each column, by falling number of tokens, ties by id; weights of documents do not matter.
    pub terms: Vec<u32>,
    /// Which terms the rows are.
    pub rows: Rows,
    /// Which cells are stored: the upper triangle if the matrix is symmetric and no nodes were given, else all.
    pub shape: Shape,
    /// The cells, columns ascending in each row.
    pub cells: Cells,
    /// Margin of each row's term: pairs it is the node of, tokens in its span, or units with it.
    pub row_margins: Amounts,
    /// Margin of each column's term: pairs it is the collocate of, its tokens, or units with it.
    pub column_margins: Amounts,
    /// Sample size of the model: pairs as nodes see them (both sides of each unless ordered), tokens (surface; the sample of
    /// a node is this less the node's own, see [`Cooccurrence::sample_size`]), or units, empty documents included.
    pub n: Amount,
    /// Pairs of positions, each once; their weights if counts are weighted.
    pub n_pairs: Amount,
    /// Collection frequency of each column's term; a sum of weights if documents have weights.
    pub frequencies: Amounts,
    /// Collection frequency of each row's term; a sum of weights if documents have weights.
    pub row_frequencies: Amounts,
    /// Tokens in all that were counted, gaps not.
    pub n_tokens: u64,
    /// Units in all that were counted: documents, empty ones included, or paragraphs, or sentences.
    pub n_units: u64,
    /// What was asked for.
    pub config: Config,
}

impl Cooccurrence {
    /// Term id of each row.
    pub fn row_terms(&self) -> &[u32] {
        match &self.rows {
            Rows::Columns => &self.terms,
            Rows::Nodes(nodes) => nodes,
        }
    }
}

/// Sizes that decide how the work is cut but never what comes out; tests vary them.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// Width of the dense block; `None` decides by the corpus.
    pub head_width: Option<usize>,
    /// Room for the records of rare windows, in codes of two bytes; `None` decides by the corpus.
    pub records: Option<usize>,
    /// Whether records hold codes of four bytes even if two would do.
    pub wide_records: bool,
    /// Steps of work in a chunk of rows; `None` decides by the work.
    pub chunk_work: Option<u64>,
}

impl Tuning {
    /// What [`count`] uses.
    pub const STANDARD: Self = Self { head_width: None, records: None, wide_records: false, chunk_work: None };
}

/// Returns how often terms occur near each other, as `config` says.
///
/// # Errors
/// A contradictory `config`, term ids outside the vocabulary, more than 2^32 - 2 positions, a cell beyond 2^32 - 1, or a
/// cancelled operation.
pub fn count(tokens: &Tokens, config: &Config, workers: &Workers) -> Result<Cooccurrence> {
    count_tuned(tokens, config, Tuning::STANDARD, workers)
}

/// [`count`] with other sizes.
///
/// # Errors
/// As [`count`].
#[doc(hidden)]
pub fn count_tuned(tokens: &Tokens, config: &Config, tuning: Tuning, workers: &Workers) -> Result<Cooccurrence> {
    check(tokens, config)?;
    kernels::count(tokens, config, tuning, None, workers)
}

/// [`count`] with a weight for each document: cells, margins, frequencies and totals are sums over documents of weight
/// times what [`count`] finds in that document, in floating point. Which terms have a column, and their order, is decided by
/// tokens without weights.
///
/// Documents of equal weight are counted together and added by ascending weight, so a few distinct weights cost little more
/// than none, and as many as documents much more.
///
/// # Errors
/// As [`count`]; weights that are not finite or below zero, or not one for each document.
pub fn count_weighted(
    tokens: &Tokens,
    doc_weights: &[f64],
    config: &Config,
    workers: &Workers,
) -> Result<Cooccurrence> {
    check(tokens, config)?;
    document_weights::count(tokens, doc_weights, config, workers)
}

fn check(tokens: &Tokens, config: &Config) -> Result<()> {
    config.validate(tokens.n_types())?;
    let limit = u64::from(u32::MAX) - 1;
    if tokens.n_positions() as u64 > limit {
        return Err(Error::too_large("number of positions", tokens.n_positions() as u64, limit));
    }
    Ok(())
}
