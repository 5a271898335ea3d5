//! Columns for terms the caller names, to score new text with the columns of an earlier matrix.
//!
//! Every way to read a given string as types joined by the concatenator becomes a path in a tree over term ids; at each
//! position the tree is walked as far as it goes, so text that no term starts with costs one look-up a token.

use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::corpus::tokens::{GAP, Tokens, Unit};
use crate::corpus::vocabulary::Vocabulary;
use crate::counts::accumulator::Accumulator;
use crate::counts::columns::Columns;
use crate::counts::rows::{self, Cells, Rows};
use crate::counts::term_document::{Config, TermDocument};
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// The document-term matrix of the given terms; those that do not occur have empty columns.
pub(crate) fn count(
    tokens: &Tokens,
    config: &Config,
    terms: &[String],
    docs: &[Range<usize>],
    workers: &Workers,
) -> Result<TermDocument> {
    workers.signal().begin(tokens.n_positions() as u64);
    check_distinct(terms)?;
    let mut tree = Tree::new(tokens.n_types());
    for (column, term) in terms.iter().enumerate() {
        tree.insert_readings(&tokens.vocabulary, config, term, column as u32);
    }
    let source = Given { tokens, within: config.within, tree, n_columns: terms.len() };
    let matrix = rows::build(&source, docs, workers)?;
    Ok(TermDocument { matrix, columns: Columns::given(terms.iter().map(String::as_str)) })
}

fn check_distinct(terms: &[String]) -> Result<()> {
    let limit = u64::from(u32::MAX) - 1;
    if terms.len() as u64 > limit {
        return Err(Error::too_large("number of terms", terms.len() as u64, limit));
    }
    let mut seen = Vocabulary::default();
    for (i, term) in terms.iter().enumerate() {
        if seen.intern(term) as usize != i {
            return Err(Error::parameter("vocabulary", format!("{term:?} more than once"), "distinct terms"));
        }
    }
    Ok(())
}

/// Paths of term ids. A node is a number; [`GAP`] stands for no node and no column.
struct Tree {
    /// Node of each type.
    roots: Vec<u32>,
    nodes: Vec<Node>,
    children: HashMap<(u32, u32), u32, FixedState>,
}

#[derive(Clone, Copy)]
struct Node {
    column: u32,
    has_children: bool,
}

impl Tree {
    fn new(n_types: usize) -> Self {
        let children = HashMap::with_hasher(FixedState::with_seed(0));
        Self { roots: vec![GAP; n_types], nodes: Vec::new(), children }
    }

    /// Adds every sequence of types, as long as the configuration allows, whose string is the term.
    fn insert_readings(&mut self, vocabulary: &Vocabulary, config: &Config, term: &str, column: u32) {
        // Read so far, and what is left of the string.
        let mut open = vec![(Vec::new(), term)];
        let (least, greatest) = config.ngram_range;
        while let Some((path, rest)) = open.pop() {
            let length = path.len() as u32 + 1;
            let with = |id| path.iter().copied().chain([id]).collect::<Vec<u32>>();
            if let Some(id) = vocabulary.id(rest).filter(|_| length >= least) {
                self.insert(&with(id), column);
            }
            if length == greatest {
                continue;
            }
            for (end, _) in rest.char_indices().chain([(rest.len(), ' ')]) {
                let Some(behind) = rest[end..].strip_prefix(config.concatenator.as_str()) else { continue };
                if let Some(id) = vocabulary.id(&rest[..end]) {
                    open.push((with(id), behind));
                }
            }
        }
    }

    fn insert(&mut self, path: &[u32], column: u32) {
        let Some((&first, rest)) = path.split_first() else { return };
        if self.roots[first as usize] == GAP {
            self.roots[first as usize] = push(&mut self.nodes);
        }
        let mut node = self.roots[first as usize];
        for &id in rest {
            self.nodes[node as usize].has_children = true;
            node = *self.children.entry((node, id)).or_insert_with(|| push(&mut self.nodes));
        }
        self.nodes[node as usize].column = column;
    }
}

fn push(nodes: &mut Vec<Node>) -> u32 {
    nodes.push(Node { column: GAP, has_children: false });
    nodes.len() as u32 - 1
}

struct Given<'a> {
    tokens: &'a Tokens,
    within: Unit,
    tree: Tree,
    n_columns: usize,
}

impl Given<'_> {
    fn gather(&self, doc: usize, accumulator: &mut Accumulator) {
        for unit in self.tokens.units(self.within, self.tokens.doc_range(doc)) {
            let ids = &self.tokens.term_ids[unit];
            for (i, &id) in ids.iter().enumerate().filter(|(_, id)| **id != GAP) {
                let mut node = self.tree.roots[id as usize];
                let mut ahead = ids[i + 1..].iter();
                while let Some(&Node { column, has_children }) = self.tree.nodes.get(node as usize) {
                    if column != GAP {
                        accumulator.reserve(1);
                        accumulator.add(column, 1);
                    }
                    let next = if has_children { ahead.next() } else { None };
                    node = next.and_then(|&id| self.tree.children.get(&(node, id)).copied()).unwrap_or(GAP);
                }
            }
        }
    }
}

impl Rows for Given<'_> {
    fn n_columns(&self) -> usize {
        self.n_columns
    }

    fn n_accumulated(&self) -> usize {
        self.n_columns
    }

    fn room(&self) -> usize {
        self.tokens.n_docs().saturating_mul(self.n_columns).min(self.tokens.n_positions())
    }

    fn append(&self, doc: usize, accumulator: &mut Accumulator, cells: &mut Cells) {
        self.gather(doc, accumulator);
        let (indices, data) = cells.room(accumulator.len());
        accumulator.write(indices, data);
    }

    fn work(&self, docs: &Range<usize>) -> u64 {
        self.tokens.doc_offsets[docs.end] - self.tokens.doc_offsets[docs.start]
    }
}
