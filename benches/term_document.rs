//! Time of counting terms in documents: long and tiny documents, types and pairs, one thread and all.

#![expect(missing_docs, reason = "criterion_group! makes a public function without docs")]

use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kolloc::corpus::tokens::{Tokens, Unit};
use kolloc::corpus::vocabulary::Vocabulary;
use kolloc::counts::Order;
use kolloc::counts::term_document::{Config, count};
use kolloc::counts::trim::Trim;
use kolloc::parallel::Workers;

const N_TOKENS: u64 = 2_000_000;
const N_TYPES: u64 = 50_000;

/// Types with frequencies falling as Zipf's law has it, from a fixed sequence of numbers.
fn corpus(doc_length: usize) -> Tokens {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 11) as f64 / (1u64 << 53) as f64 * (N_TYPES as f64).ln()).exp() as u32 - 1
    };
    let doc_offsets: Vec<u64> = (0..=N_TOKENS).step_by(doc_length).collect();
    let starts = doc_offsets[..doc_offsets.len() - 1].to_vec();
    let words: Vec<String> = (0..N_TYPES).map(|i| i.to_string()).collect();
    Tokens {
        term_ids: (0..N_TOKENS).map(|_| next()).collect(),
        doc_offsets,
        sentence_starts: starts.clone(),
        paragraph_starts: starts,
        vocabulary: Arc::new(Vocabulary::from_terms(words.iter().map(String::as_str))),
    }
}

fn term_document(criterion: &mut Criterion) {
    let mut benches = criterion.benchmark_group("term_document");
    benches.throughput(Throughput::Elements(N_TOKENS)).sample_size(10);
    for (documents, doc_length) in [("long", 2000), ("tiny", 10)] {
        let tokens = corpus(doc_length);
        for (terms, ngram_range) in [("types", (1, 1)), ("pairs", (2, 2))] {
            let config = Config {
                ngram_range,
                within: Unit::Document,
                concatenator: "_".into(),
                trim: Trim::NOTHING,
                order: Order::First,
                vocabulary: None,
                binary: false,
            };
            for (threads, n_threads) in [("one", Some(1)), ("all", None)] {
                let workers = Workers::new(n_threads, Arc::default()).expect("threads start");
                benches.bench_function(format!("{terms}/{documents}/{threads}"), |bench| {
                    bench.iter(|| count(&tokens, &config, &workers).expect("a valid configuration"));
                });
            }
        }
    }
    benches.finish();
}

criterion_group!(benches, term_document);
criterion_main!(benches);
