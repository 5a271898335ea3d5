//! Every variant equals the definition, for every number of threads and every way of cutting the work.

use std::sync::Arc;

use kolloc::cooccurrence::{Config, Context, Count, Diagonal, Margins, Tuning, count, count_tuned};
use kolloc::corpus::tokens::{GAP, Tokens, Unit};
use kolloc::corpus::vocabulary::Vocabulary;
use kolloc::parallel::Workers;
use proptest::prelude::*;

use super::reference::check;

/// Documents as paragraphs of sentences of ids below 12 or gaps.
fn corpora() -> impl Strategy<Value = Tokens> {
    let id = prop_oneof![4 => 0u32..3, 4 => 0u32..12, 1 => Just(GAP)];
    let sentence = prop::collection::vec(id, 1..9);
    let paragraph = prop::collection::vec(sentence, 1..4);
    let document = prop::collection::vec(paragraph, 0..3);
    prop::collection::vec(document, 0..5).prop_map(|documents| tokens(&documents))
}

fn tokens(documents: &[Vec<Vec<Vec<u32>>>]) -> Tokens {
    let names: Vec<String> = (0..12).map(|id| format!("t{id}")).collect();
    let mut tokens = Tokens {
        term_ids: Vec::new(),
        doc_offsets: vec![0],
        sentence_starts: Vec::new(),
        paragraph_starts: Vec::new(),
        vocabulary: Arc::new(Vocabulary::from_terms(names.iter().map(String::as_str))),
    };
    for document in documents {
        for paragraph in document {
            tokens.paragraph_starts.push(tokens.term_ids.len() as u64);
            for sentence in paragraph {
                tokens.sentence_starts.push(tokens.term_ids.len() as u64);
                tokens.term_ids.extend(sentence);
            }
        }
        tokens.doc_offsets.push(tokens.term_ids.len() as u64);
    }
    tokens
}

/// Any sound configuration.
fn configs() -> impl Strategy<Value = Config> {
    let units = prop_oneof![Just(Unit::Document), Just(Unit::Paragraph), Just(Unit::Sentence)];
    let contexts = prop_oneof![
        4 => Just(Context::Window),
        1 => Just(Context::Document),
        1 => Just(Context::Paragraph),
        1 => Just(Context::Sentence)
    ];
    let counts = prop_oneof![Just(Count::Frequency), Just(Count::Boolean), Just(Count::Weighted)];
    let sides =
        prop_oneof![3 => (1u32..6).prop_map(|w| (w, w)), 1 => (0u32..4, 1u32..7), 1 => (1u32..12).prop_map(|w| (w, 0))];
    let diagonals = prop_oneof![Just(Diagonal::Pairs), Just(Diagonal::Twice), Just(Diagonal::Zero)];
    let nodes =
        prop::option::weighted(0.3, prop::sample::subsequence((0u32..12).collect::<Vec<_>>(), 0..6).prop_shuffle());
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (contexts, units, counts, sides, diagonals, nodes, 1u64..4, flags).prop_map(
        |(context, within, count, (left, right), diagonal, nodes, min_count, (ordered, surface, weights))| {
            let window = context == Context::Window;
            let count = if !window && count == Count::Weighted { Count::Frequency } else { count };
            let ordered = ordered && (!window || (right > 0 && (left == 0 || left == right)));
            let margins = match count {
                Count::Boolean => Margins::Textual,
                Count::Frequency if surface && window => Margins::Surface,
                _ => Margins::Pairs,
            };
            let reach = if ordered { right } else { left.max(right) };
            let weights = (weights && count == Count::Weighted)
                .then(|| (0..reach).map(|d| f64::from((d * 7) % 5) + 0.3).collect());
            Config { context, left, right, within, count, weights, ordered, diagonal, margins, min_count, nodes }
        },
    )
}

fn workers(n_threads: usize) -> Workers {
    Workers::new(Some(n_threads), Arc::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_variant_equals_the_definition(tokens in corpora(), config in configs(), head in 0usize..14) {
        let standard = count(&tokens, &config, &workers(1)).unwrap();
        check(&tokens, &config, &standard);
        for (n_threads, chunk_work) in [(1, 1), (2, 1), (3, 300)] {
            let records = (head % 3 > 0).then_some(head * 40);
            let tuning = Tuning { head_width: Some(head), records, wide_records: n_threads == 3, chunk_work: Some(chunk_work) };
            prop_assert_eq!(&standard, &count_tuned(&tokens, &config, tuning, &workers(n_threads)).unwrap());
        }
    }
}

/// A corpus of frequent and rare terms, long enough for several parts, chunks and groups.
fn large(n: usize) -> Tokens {
    let mut state = 1u64;
    let mut random = move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    };
    let n_types = 3000;
    let names: Vec<String> = (0..n_types).map(|id| format!("t{id}")).collect();
    let term_ids: Vec<u32> = (0..n)
        .map(|_| if random() < 0.02 { GAP } else { (f64::from(n_types).powf(random()) as u32).min(n_types - 1) })
        .collect();
    let starts = |step: usize| (0..n as u64).step_by(step).collect::<Vec<u64>>();
    let mut doc_offsets = starts(600);
    doc_offsets.push(n as u64);
    Tokens {
        term_ids,
        doc_offsets,
        sentence_starts: starts(20),
        paragraph_starts: starts(100),
        vocabulary: Arc::new(Vocabulary::from_terms(names.iter().map(String::as_str))),
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let tokens = large(120_000);
    let base = Config { min_count: 2, ..super::config() };
    let boolean = Config { count: Count::Boolean, margins: Margins::Textual, ..base.clone() };
    let configs = [
        Config { left: 5, right: 5, ..base.clone() },
        Config { left: 1, right: 4, within: Unit::Sentence, ..base.clone() },
        Config { count: Count::Weighted, ..base.clone() },
        Config { count: Count::Weighted, ordered: true, ..base.clone() },
        Config { margins: Margins::Surface, ..base.clone() },
        boolean.clone(),
        Config { context: Context::Sentence, ..boolean.clone() },
        Config { context: Context::Sentence, ordered: true, ..boolean },
        Config { context: Context::Paragraph, ..base.clone() },
        Config { context: Context::Sentence, ordered: true, ..base.clone() },
        Config { nodes: Some(vec![2999, 0, 7]), ..base },
    ];
    for config in configs {
        let serial = count(&tokens, &config, &workers(1)).unwrap();
        for n_threads in [2, 3, 8] {
            assert!(serial == count(&tokens, &config, &workers(n_threads)).unwrap(), "{n_threads} threads, {config:?}");
        }
        let tuning = Tuning { head_width: Some(0), records: None, wide_records: false, chunk_work: Some(1000) };
        assert!(serial == count_tuned(&tokens, &config, tuning, &workers(3)).unwrap(), "without a head, {config:?}");
    }
}

#[test]
fn the_document_table_is_the_table_of_a_window_wider_than_any_document() {
    let tokens = large(5_000);
    let window = Config { left: 5_000, right: 5_000, ..super::config() };
    let document = Config { context: Context::Document, ..window.clone() };
    for ordered in [false, true] {
        let by_window = count(&tokens, &Config { ordered, ..window.clone() }, &workers(2)).unwrap();
        let by_document = count(&tokens, &Config { ordered, ..document.clone() }, &workers(2)).unwrap();
        assert_eq!(by_window.cells, by_document.cells);
        assert_eq!(by_window.row_margins, by_document.row_margins);
        assert_eq!((by_window.n, by_window.n_pairs), (by_document.n, by_document.n_pairs));
    }
}
