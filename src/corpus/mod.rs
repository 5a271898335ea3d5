//! Documents as borrowed text, tokens as integers, and the vocabulary between them.

pub mod documents;
mod text_column;
pub mod tokens;
pub mod vocabulary;
