//! The table of words and the short cuts of segmentation, against maps and the long way.

use std::collections::HashMap;
use std::sync::Arc;

use kolloc::corpus::tokenize::tokenize_by;
use kolloc::parallel::Workers;
use kolloc::text::word_run::{WordRuns, is_word};
use kolloc::text::{Segmenter, SegmenterConfig, SegmenterName, Sink, Starts, Tokenizer, TokenizerConfig};
use proptest::prelude::*;

use super::texts;

fn segmentation(segmenter: SegmenterName, split_hyphens: bool, cut_possessive: bool) -> SegmenterConfig {
    SegmenterConfig { segmenter, token_pattern: None, split_hyphens, cut_possessive, language: None }
}

fn unchanged() -> TokenizerConfig {
    TokenizerConfig {
        segmentation: segmentation(SegmenterName::Whitespace, false, false),
        lowercase: false,
        normalize: None,
        remove_punct: false,
        remove_symbols: false,
        remove_numbers: false,
        remove_urls: false,
        stopwords: None,
        stopword_list: Vec::new(),
        min_chars: None,
        max_chars: None,
        stem: None,
        keep_gaps: true,
    }
}

/// Words that differ in their last byte, in their length or in bytes that are zero, around the lengths that are kept apart.
fn words() -> impl Strategy<Value = String> {
    let alike = (0..40usize, prop::sample::select(vec!["", "a", "b", "\0", "é", "中"]))
        .prop_map(|(n, end)| format!("{}{end}", "a".repeat(n)));
    prop_oneof![3 => alike, 1 => "[a-c\0]{1,20}", 1 => "\\PC{1,20}"]
}

struct Spans(Vec<(usize, usize, Starts)>);

impl Sink for Spans {
    fn token(&mut self, _: &str, byte_start: usize, byte_end: usize, starts: Starts) {
        self.0.push((byte_start, byte_end, starts));
    }
}

proptest! {
    #[test]
    fn the_table_of_words_is_a_map_in_order_of_appearance(
        texts in prop::collection::vec(prop::collection::vec(words(), 0..60), 0..8),
        n_threads in 1..5usize, chunk_bytes in 1..200u64,
    ) {
        let texts: Vec<String> = texts.into_iter().map(|words| words.join(" ")).collect();
        let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
        let found = tokenize_by(&texts[..], &Tokenizer::new(&unchanged()).unwrap(), &workers, chunk_bytes).unwrap();
        let mut ids: HashMap<&str, u32> = HashMap::new();
        let mut frequencies: Vec<u64> = Vec::new();
        let mut expected = Vec::new();
        for word in texts.iter().flat_map(|text| text.split_whitespace()) {
            let next = ids.len() as u32;
            let id = *ids.entry(word).or_insert(next);
            frequencies.resize(ids.len(), 0);
            frequencies[id as usize] += 1;
            expected.push(id);
        }
        prop_assert_eq!(&found.term_ids, &expected);
        prop_assert_eq!(found.vocabulary.frequencies(), &frequencies[..]);
        for (word, &id) in &ids {
            prop_assert_eq!(found.vocabulary.term(id), *word);
            prop_assert_eq!(found.vocabulary.id(word), Some(id));
        }
    }

    #[test]
    fn short_cuts_of_segmentation_find_what_the_long_way_finds(text in texts(), split in any::<bool>(), cut in any::<bool>()) {
        let segmenter = Segmenter::new(&segmentation(SegmenterName::Auto, split, cut)).unwrap();
        let (mut fast, mut slow) = (Spans(Vec::new()), Spans(Vec::new()));
        segmenter.segment(&text, &mut fast);
        segmenter.segment_without_short_cut(&text, &mut slow);
        prop_assert_eq!(&fast.0, &slow.0);
        prop_assert!(fast.0.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        prop_assert!(fast.0.iter().all(|&(start, end, _)| start < end && text.get(start..end).is_some()));
    }

    #[test]
    fn runs_of_word_bytes_end_where_the_definition_says(bytes in prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300), prop::collection::vec(prop::sample::select(b"aZ9_ .\xC3".to_vec()), 0..300),
    ]) {
        let mut runs = WordRuns::default();
        let mut start = 0;
        while start < bytes.len() {
            let expected = start + bytes[start..].iter().take_while(|&&byte| is_word(byte)).count();
            prop_assert_eq!(runs.end(&bytes, start), expected);
            start = expected.max(start + 1);
        }
    }
}
