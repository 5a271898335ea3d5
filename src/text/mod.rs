//! From characters to tokens: where words, sentences and paragraphs lie, and what type a token is.
//!
//! A [`Segmenter`] finds tokens as byte spans of a text and tells a [`Sink`] about each, together with the start of
//! sentences and paragraphs. What becomes of a span (a type, an offset) is the sink's business, so counting and tracing
//! back to the text are the same walk. Spelling is unified by [`fold`], forms by [`normalize`]; what a type is
//! (word, number, punctuation, link ...) follows from its letters alone ([`kind`]).

pub mod abbreviation;
pub mod char_class;
pub mod clitic;
pub mod dictionary;
pub mod familiar;
pub mod filter;
pub mod fold;
pub mod kind;
pub mod link;
pub mod news;
pub mod normalize;
pub mod offsets;
pub mod plain;
pub mod segmenter;
pub mod sentence;
pub mod stem;
pub mod stopwords;
pub mod syllable;
pub mod tokenizer;
mod word_end;
pub mod word_run;

pub use segmenter::{Segmenter, SegmenterConfig, SegmenterName, Sink, Starts};
pub use tokenizer::{Tokenizer, TokenizerConfig};
