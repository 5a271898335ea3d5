//! Tokens without parts of their texts: every position that overlaps a masked span becomes a gap.
//!
//! Only documents with spans are cut again, by the walk that found the tokens, to see where positions lie; nothing else of
//! them is needed. Positions stay, so no n-gram and no window takes words for neighbours that were not.

use crate::corpus::spans::Spans;
use crate::corpus::tokenize::Texts;
use crate::corpus::tokens::{GAP, Tokens};
use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::{Signal, Workers, ranges_by_weight};
use crate::text::Tokenizer;
use crate::text::offsets::byte_offsets;

/// Bytes of text that a thread takes at a time.
const CHUNK_BYTES: u64 = 1 << 17;

/// The tokens of `texts` with a gap at every position that shares a byte with one of the spans; types and frequencies are
/// as if those tokens had been removed, ids by first appearance.
///
/// # Errors
/// Not as many documents or positions everywhere, [`crate::ErrorKind::Cancelled`].
pub fn mask(
    tokens: &Tokens,
    texts: &(impl Texts + ?Sized),
    tokenizer: &Tokenizer,
    spans: &Spans,
    workers: &Workers,
) -> Result<Tokens> {
    let n_docs = tokens.n_docs();
    if [texts.n_docs(), spans.n_docs()] != [n_docs; 2] {
        let found = format!("{} texts and spans of {}", texts.n_docs(), spans.n_docs());
        return Err(Error::input(found, "a text and a list of spans for each document of the tokens"));
    }
    let weight = |doc: usize| if spans.of(doc).is_empty() { 1 } else { texts.text(doc).len() as u64 + 64 };
    let chunks = ranges_by_weight(n_docs, weight, CHUNK_BYTES);
    workers.signal().begin((0..n_docs).map(weight).sum());
    let mut masked = tokens.clone();
    let sizes = chunks.iter().map(|docs| (tokens.doc_offsets[docs.end] - tokens.doc_offsets[docs.start]) as usize);
    let parts = disjoint::pieces(&mut masked.term_ids, sizes).into_iter().zip(chunks.iter().cloned()).collect();
    workers.map(parts, |(ids, docs): (&mut [u32], _)| {
        let mut rest = ids;
        for doc in docs.clone() {
            let (own, behind) = rest.split_at_mut(tokens.doc_range(doc).len());
            rest = behind;
            if !spans.of(doc).is_empty() {
                mask_document(own, doc, texts.text(doc), tokenizer, spans, workers.signal())?;
            }
        }
        workers.signal().advance(docs.map(weight).sum());
        Ok(())
    })?;
    masked.renumbered(workers)
}

/// Writes gaps over the ids of one document.
fn mask_document(
    ids: &mut [u32],
    doc: usize,
    text: &str,
    tokenizer: &Tokenizer,
    spans: &Spans,
    signal: &Signal,
) -> Result<()> {
    let places = byte_offsets(tokenizer, text, signal)?;
    if places.len() != ids.len() {
        let reason = format!("cut into {} positions now, into {} when its tokens were made", places.len(), ids.len());
        return Err(Error::document(doc, reason));
    }
    let mut spans = spans.of(doc).iter().peekable();
    for (id, (start, end)) in ids.iter_mut().zip(places) {
        while spans.next_if(|span| span.end <= start).is_some() {}
        if spans.peek().is_some_and(|span| span.start < end) {
            *id = GAP;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tokenize::tokenize;
    use crate::text::normalize::NormalForm;
    use crate::text::{SegmenterConfig, SegmenterName, TokenizerConfig};

    fn tokenizer(keep_gaps: bool) -> Tokenizer {
        let segmentation = SegmenterConfig {
            segmenter: SegmenterName::Auto,
            token_pattern: None,
            split_hyphens: false,
            cut_possessive: true,
            language: None,
        };
        Tokenizer::new(&TokenizerConfig {
            segmentation,
            lowercase: true,
            normalize: Some(NormalForm::Nfc),
            remove_punct: true,
            remove_symbols: false,
            remove_numbers: false,
            remove_urls: false,
            stopwords: None,
            stopword_list: Vec::new(),
            min_chars: None,
            max_chars: None,
            stem: None,
            keep_gaps,
        })
        .unwrap()
    }

    /// The words that are left, `_` at gaps.
    fn left(text: &str, masked: &str, keep_gaps: bool) -> String {
        let (tokenizer, workers) = (tokenizer(keep_gaps), Workers::serial());
        let texts = ["one two", text];
        let tokens = tokenize(texts.as_slice(), &tokenizer, &workers).unwrap();
        let start = text.find(masked).unwrap();
        let spans = [vec![], Vec::from([(start, start + masked.len())].map(|(start, end)| start..end))];
        let spans = spans.into_iter().collect();
        let found = mask(&tokens, texts.as_slice(), &tokenizer, &spans, &workers).unwrap();
        assert_eq!(found.doc_offsets, tokens.doc_offsets);
        assert_eq!(found.term_ids[..2], [0, 1]);
        let word = |&id: &u32| if id == GAP { "_" } else { found.vocabulary.term(id) };
        found.term_ids[2..].iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_overlaps_a_span_is_a_gap() {
        let table = [
            ("Peace talks, at last.", "talks", "peace _ _ at last _"),
            ("Peace talks, at last.", " talks, ", "peace _ _ at last _"),
            ("Peace talks, at last.", "e t", "_ _ _ at last _"),
            ("Peace talks, at last.", " ", "peace talks _ at last _"),
            ("Peace talks, at last.", "Peace talks, at last.", "_ _ _ _ _ _"),
            ("cafe\u{301} bar", "\u{301}", "_ bar"),
            ("co\u{ad}op shop", "\u{ad}", "_ shop"),
            ("회담 😀 평화", "😀", "회담 _ 평화"),
        ];
        for (text, masked, expected) in table {
            assert_eq!(left(text, masked, true), expected, "{text} without {masked}");
        }
    }

    #[test]
    fn positions_that_were_closed_up_are_found() {
        assert_eq!(left("Peace, talks: at last.", ": at", false), "peace talks _ last");
    }

    #[test]
    fn other_texts_are_refused() {
        let (tokenizer, workers) = (tokenizer(true), Workers::serial());
        let tokens = tokenize(["one two"].as_slice(), &tokenizer, &workers).unwrap();
        let spans: Spans = [vec![0..1; 1]].into_iter().collect();
        let error = mask(&tokens, ["one"].as_slice(), &tokenizer, &spans, &workers).unwrap_err();
        let message = "document in row 0: cut into 1 positions now, into 2 when its tokens were made";
        assert_eq!(error.to_string(), message);
        assert!(mask(&tokens, ["a", "b"].as_slice(), &tokenizer, &spans, &workers).is_err());
        assert!(mask(&tokens, ["one two"].as_slice(), &tokenizer, &Spans::none(2), &workers).is_err());
    }
}
