//! Co-occurrence counts: published hand values, and every variant against a reference that follows the definition.

#[path = "cooccurrence/document_weights.rs"]
mod document_weights;
#[path = "cooccurrence/hand_values.rs"]
mod hand_values;
#[path = "cooccurrence/interface.rs"]
mod interface;
#[path = "cooccurrence/properties.rs"]
mod properties;
#[path = "cooccurrence/reference.rs"]
mod reference;

use std::sync::Arc;

use kolloc::cooccurrence::{Config, Context, Count, Diagonal, Margins};
use kolloc::corpus::tokens::{GAP, Tokens, Unit};
use kolloc::corpus::vocabulary::Vocabulary;

/// A corpus of documents, paragraphs ("¶" between them), sentences ("." between them) and tokens; "_" is a gap.
fn corpus(documents: &[&str]) -> Tokens {
    let mut vocabulary = Vocabulary::default();
    let mut tokens = Tokens {
        term_ids: Vec::new(),
        doc_offsets: vec![0],
        sentence_starts: Vec::new(),
        paragraph_starts: Vec::new(),
        vocabulary: Arc::default(),
    };
    for document in documents {
        for paragraph in document.split('¶').filter(|text| !text.trim().is_empty()) {
            tokens.paragraph_starts.push(tokens.term_ids.len() as u64);
            for sentence in paragraph.split('.').filter(|text| !text.trim().is_empty()) {
                tokens.sentence_starts.push(tokens.term_ids.len() as u64);
                let ids =
                    sentence.split_whitespace().map(|token| if token == "_" { GAP } else { vocabulary.intern(token) });
                tokens.term_ids.extend(ids);
            }
        }
        tokens.doc_offsets.push(tokens.term_ids.len() as u64);
    }
    tokens.vocabulary = Arc::new(vocabulary);
    tokens
}

/// Window 2 within documents, frequencies, everything else as plain as can be.
fn config() -> Config {
    Config {
        context: Context::Window,
        left: 2,
        right: 2,
        within: Unit::Document,
        count: Count::Frequency,
        weights: None,
        ordered: false,
        diagonal: Diagonal::Pairs,
        margins: Margins::Pairs,
        min_count: 1,
        nodes: None,
    }
}
