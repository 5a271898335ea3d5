//! Documents as borrowed text, tokens as integers, and the vocabulary between them.

pub mod interner;
pub mod tokenize;
pub mod tokens;
pub mod vocabulary;
