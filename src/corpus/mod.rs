//! Documents as borrowed text, tokens as integers, and the vocabulary between them.

mod building;
pub mod char_spans;
mod chunk;
pub mod documents;
pub mod excerpts;
mod interner;
pub mod mask;
pub mod prose;
mod renumber;
pub mod spans;
mod text_column;
pub mod tokenize;
pub mod tokens;
pub mod vocabulary;
pub(crate) mod weight_classes;
pub mod words;
