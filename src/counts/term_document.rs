//! The document-term matrix: how often each term occurs in each document.
//!
//! A first pass finds how often each term occurs and where first; bounds and the order of columns are settled from that.
//! Another pass over the ids makes the rows, chunks of documents in parallel. Terms outside the bounds never get a column,
//! a cell or a string. If all types are wanted as they come, the first pass is left out. Fewer than 2^32 - 1 positions.

use serde::{Deserialize, Serialize};

use crate::corpus::tokens::{Tokens, Unit};
use crate::counts::columns::Columns;
use crate::counts::csr::Csr;
use crate::counts::grain::Grain;
use crate::counts::order::Order;
use crate::counts::trim::Trim;
use crate::counts::{all_types, found, given};
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// What is counted and which columns come out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Least and greatest number of tokens in a term, both included.
    pub ngram_range: (u32, u32),
    /// The unit whose border no n-gram crosses.
    pub within: Unit,
    /// What stands between the types in the string of an n-gram.
    pub concatenator: String,
    /// Which terms become columns, judged by counts of tokens even if `binary`.
    pub trim: Trim,
    /// The order of the columns.
    pub order: Order,
    /// Exactly these columns, in this order; then neither bounds nor another order than `First` are allowed.
    pub vocabulary: Option<Vec<String>>,
    /// Whether cells are 1 instead of counts.
    pub binary: bool,
}

/// A document-term matrix and what its columns stand for.
#[derive(Clone, Debug)]
pub struct TermDocument {
    /// A row for each document, empty ones included; a column for each term.
    pub matrix: Csr<u32>,
    /// The terms.
    pub columns: Columns,
}

/// The document-term matrix of a tokenized corpus; every column occurs unless a vocabulary was given.
///
/// # Errors
/// A value in `config` that is not allowed, a corpus of 2^32 - 1 positions or more, [`crate::ErrorKind::Cancelled`].
pub fn count(tokens: &Tokens, config: &Config, workers: &Workers) -> Result<TermDocument> {
    count_in_pieces(tokens, config, &Grain::MEASURED, workers)
}

/// Like [`count`], the work cut as told; the result is the same.
///
/// # Errors
/// As [`count`].
pub fn count_in_pieces(tokens: &Tokens, config: &Config, grain: &Grain, workers: &Workers) -> Result<TermDocument> {
    config.check()?;
    check_size(tokens)?;
    let weight = |doc| tokens.doc_range(doc).len() as u64 + 1;
    let docs = ranges_by_weight(tokens.n_docs(), weight, grain.chunk as u64);
    let mut counted = match &config.vocabulary {
        Some(terms) => given::count(tokens, config, terms, &docs, workers)?,
        None => match all_types::count(tokens, config, &docs, workers)? {
            Some(counted) => counted,
            None => found::count(tokens, config, &docs, grain, workers)?,
        },
    };
    if config.binary {
        counted.matrix.data.fill(1);
    }
    Ok(counted)
}

impl Config {
    fn check(&self) -> Result<()> {
        let (least, greatest) = self.ngram_range;
        if least == 0 || least > greatest {
            let value = format!("({least}, {greatest})");
            return Err(Error::parameter("ngram_range", value, "two numbers of tokens, 1 or more, the smaller first"));
        }
        self.trim.check()?;
        if self.vocabulary.is_some() && self.trim != Trim::NOTHING {
            return Err(Error::parameter("vocabulary", "bounds besides", "the only choice of terms, without bounds"));
        }
        if self.vocabulary.is_some() && self.order != Order::First {
            return Err(Error::parameter("order", format!("{:?}", self.order), "'first' if a vocabulary is given"));
        }
        Ok(())
    }
}

/// Whether positions and documents are few enough for their numbers.
pub(crate) fn check_size(tokens: &Tokens) -> Result<()> {
    let limit = u64::from(u32::MAX) - 1;
    for (what, size) in [("number of positions", tokens.n_positions()), ("number of documents", tokens.n_docs())] {
        if size as u64 > limit {
            return Err(Error::too_large(what, size as u64, limit));
        }
    }
    Ok(())
}
