//! Segmenters from outside: Unicode's own test, the laws every segmenter keeps, and the short cut against the long way.

use std::sync::Arc;

use kolloc::corpus::tokenize::{Texts, tokenize_by};
use kolloc::corpus::tokens::Tokens;
use kolloc::parallel::{Signal, Workers};
use kolloc::text::normalize::NormalForm;
use kolloc::text::offsets::char_offsets;
use kolloc::text::{Segmenter, SegmenterConfig, SegmenterName, Sink, Starts, Tokenizer, TokenizerConfig, plain};
use proptest::prelude::*;

const NAMES: [SegmenterName; 4] =
    [SegmenterName::Auto, SegmenterName::Uax29, SegmenterName::Whitespace, SegmenterName::Regex];

fn segmentation(segmenter: SegmenterName) -> SegmenterConfig {
    let token_pattern = (segmenter == SegmenterName::Regex).then(|| r"\b\w\w+\b".to_string());
    SegmenterConfig { segmenter, token_pattern, split_hyphens: false, cut_possessive: true, language: None }
}

fn config(segmenter: SegmenterName) -> TokenizerConfig {
    TokenizerConfig {
        segmentation: segmentation(segmenter),
        lowercase: true,
        normalize: Some(NormalForm::Nfc),
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

/// Spans of a text, with what starts at each.
struct Spans(Vec<(usize, usize, Starts)>);

impl Sink for Spans {
    fn token(&mut self, _: &str, byte_start: usize, byte_end: usize, starts: Starts) {
        self.0.push((byte_start, byte_end, starts));
    }
}

fn spans(segmenter: &Segmenter, text: &str) -> Vec<(usize, usize, Starts)> {
    let mut spans = Spans(Vec::new());
    segmenter.segment(text, &mut spans);
    spans.0
}

fn tokens(texts: &[String], config: &TokenizerConfig, n_threads: usize, chunk_bytes: u64) -> Tokens {
    let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
    tokenize_by(texts, &Tokenizer::new(config).unwrap(), &workers, chunk_bytes).unwrap()
}

#[test]
fn all_cases_of_unicode_agree() {
    let data = include_str!("../data/WordBreakTest.txt");
    let cases = data.lines().filter_map(|line| line.split('#').next()).map(str::trim).filter(|case| !case.is_empty());
    let mut n_cases = 0;
    for case in cases {
        let segments: Vec<String> = case
            .split('÷')
            .map(|segment| {
                let codes = segment.split('×').flat_map(str::split_whitespace);
                codes.map(|code| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()).collect()
            })
            .filter(|segment: &String| !segment.is_empty())
            .collect();
        let text: String = segments.concat();
        assert_eq!(plain::word_segments(&text).collect::<Vec<_>>(), segments, "{case}");
        n_cases += 1;
    }
    assert_eq!(n_cases, 1944);
}

/// Text as news have it, and as nobody has: words, marks, links, scripts, invisible characters.
fn messy() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "peace",
        "Talks",
        "U.S.",
        "a.m.",
        "U.S.-led",
        "don't",
        "don\u{2019}t",
        "China\u{2019}s",
        "it's",
        "COVID-19",
        "3.5bn",
        "1,000",
        "24/7",
        "AT&T",
        "C++",
        "[w]ar",
        "#tag",
        "@me",
        "a@b.co",
        "https://x.example/a(b)",
        "www.x.example",
        "x.org/y",
        "Dr.",
        "No. 5",
        "Gen. Park",
        "J. K.",
        "Ph.D.",
        "co\u{ad}op",
        "zero\u{200b}width",
        "a\u{200d}b",
        "\u{feff}",
        "caf\u{e9}",
        "cafe\u{301}",
        "한국",
        "정부는",
        "中国经济",
        "日本の",
        "ภาษาไทย",
        "😀",
        "👩\u{200d}👩\u{200d}👧",
        "🇰🇷",
        "عربي",
        "ΟΔΟΣ",
        "½",
        "'",
        "\u{2019}",
        "\u{201c}",
        "\u{201d}",
        "\"",
        ".",
        ",",
        "!",
        "?",
        "…",
        "—",
        "–",
        "-",
        "--",
        "(",
        ")",
        "[",
        "]",
        "$",
        "%",
        "&",
        "@",
        "#",
        "/",
        ":",
        ";",
        "+",
        "_",
        "\u{301}",
        "。",
        "、",
        "「",
        "」",
    ]);
    let spaces =
        prop::sample::select(vec!["", "", " ", " ", " ", "\u{a0}", "\n", "\n\n", "\r\n", "\t", "\u{3000}", "\u{2029}"]);
    prop::collection::vec((pieces, spaces), 0..40)
        .prop_map(|parts| parts.into_iter().map(|(piece, space)| format!("{piece}{space}")).collect())
}

proptest! {
    #[test]
    fn spans_ascend_on_character_borders_and_only_invisible_text_lies_between(text in prop_oneof![messy(), any::<String>()]) {
        for name in NAMES {
            let segmenter = Segmenter::new(&segmentation(name)).unwrap();
            let mut before = 0;
            let mut first = true;
            for (start, end, starts) in spans(&segmenter, &text) {
                prop_assert!(before <= start && start < end && end <= text.len());
                prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
                prop_assert!(!first || starts == Starts::Paragraph);
                if name == SegmenterName::Whitespace {
                    prop_assert!(text[before..start].trim().is_empty());
                }
                (before, first) = (end, false);
            }
        }
    }

    #[test]
    fn the_short_cut_for_plain_words_finds_what_the_long_way_finds(text in prop_oneof![messy(), "[ -~]{0,60}", any::<String>()]) {
        let segmenter = Segmenter::new(&segmentation(SegmenterName::Auto)).unwrap();
        let mut slow = Spans(Vec::new());
        segmenter.segment_without_short_cut(&text, &mut slow);
        prop_assert_eq!(spans(&segmenter, &text), slow.0);
    }

    #[test]
    fn tokens_are_the_same_for_any_threads_and_chunks(texts in prop::collection::vec(messy(), 0..12)) {
        for name in NAMES {
            let config = config(name);
            let expected = tokens(&texts, &config, 1, u64::MAX);
            for (n_threads, chunk_bytes) in [(1, 1), (2, 16), (3, 1), (8, 5)] {
                let found = tokens(&texts, &config, n_threads, chunk_bytes);
                prop_assert_eq!(&found.term_ids, &expected.term_ids);
                prop_assert_eq!(&found.doc_offsets, &expected.doc_offsets);
                prop_assert_eq!(&found.sentence_starts, &expected.sentence_starts);
                prop_assert_eq!(&found.paragraph_starts, &expected.paragraph_starts);
                prop_assert!(found.vocabulary == expected.vocabulary);
            }
        }
    }

    #[test]
    fn ids_follow_the_first_appearance(texts in prop::collection::vec(messy(), 0..6)) {
        let found = tokens(&texts, &config(SegmenterName::Auto), 2, 8);
        let mut next = 0;
        for &id in &found.term_ids {
            prop_assert!(id <= next);
            next = next.max(id + 1);
        }
        prop_assert_eq!(next as usize, found.n_types());
        let sum: u64 = found.vocabulary.frequencies().iter().sum();
        prop_assert_eq!(sum, found.n_positions() as u64);
    }

    #[test]
    fn offsets_point_at_the_tokens_in_any_normal_form(text in messy()) {
        let tokenizer = Tokenizer::new(&config(SegmenterName::Auto)).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let prepared = tokenizer.prepare(&text);
        let mut spans = Spans(Vec::new());
        tokenizer.segment(&prepared, &mut spans);
        let offsets = char_offsets(&tokenizer, &text, &Signal::default()).unwrap();
        prop_assert_eq!(offsets.len(), spans.0.len());
        for ((start, end), (byte_start, byte_end, _)) in offsets.into_iter().zip(spans.0) {
            let original: String = chars[start as usize..end as usize].iter().collect();
            let found = NormalForm::Nfc.apply(&original).into_owned();
            prop_assert!(found.contains(&prepared[byte_start..byte_end]), "{found:?} {:?}", &prepared[byte_start..byte_end]);
        }
    }

    #[test]
    fn closed_gaps_leave_the_kept_tokens_in_order(texts in prop::collection::vec(messy(), 0..6)) {
        let mut with = config(SegmenterName::Auto);
        with.remove_punct = true;
        let mut without = with.clone();
        without.keep_gaps = false;
        let (with, without) = (tokens(&texts, &with, 2, 8), tokens(&texts, &without, 2, 8));
        let kept: Vec<u32> = with.term_ids.iter().copied().filter(|&id| id != kolloc::corpus::tokens::GAP).collect();
        prop_assert_eq!(&kept, &without.term_ids);
        prop_assert_eq!(with.doc_lengths(), without.doc_lengths());
        let starts = &without.sentence_starts;
        prop_assert!(starts.is_sorted_by(|a, b| a < b));
        for doc in 0..without.n_docs() {
            let range = without.doc_range(doc);
            prop_assert!(range.is_empty() || starts.binary_search(&(range.start as u64)).is_ok());
        }
    }
}

#[test]
fn hostile_repetition_takes_linear_time() {
    let segmenter = Segmenter::new(&segmentation(SegmenterName::Auto)).unwrap();
    for piece in [
        "a.",
        ".)",
        "\n",
        ". ",
        "a@",
        "http://",
        "(",
        "'",
        "a-",
        "\u{301}",
        "\u{ad}",
        "a\u{200d}",
        "U.",
        "中",
        "ไ",
        "[a]",
        "😀\u{200d}",
        "#",
        "a,1",
    ] {
        let text = piece.repeat(200_000);
        // Quadratic work on this would take minutes.
        spans(&segmenter, &text);
    }
}

#[test]
fn documents_can_be_any_kind_of_text() {
    fn n_docs(texts: &(impl Texts + ?Sized)) -> usize {
        texts.n_docs()
    }
    assert_eq!(n_docs(&["a", "b"][..]), 2);
}
