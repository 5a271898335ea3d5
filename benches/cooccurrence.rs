//! Co-occurrence kernels on a synthetic corpus with Zipf's law: pairs of positions per second, whatever becomes of them.

// The macros of criterion define functions without documentation.
#![allow(missing_docs)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use kolloc::cooccurrence::{Config, Context, Count, Diagonal, Margins, count};
use kolloc::corpus::tokens::{Tokens, Unit};
use kolloc::corpus::vocabulary::Vocabulary;
use kolloc::parallel::Workers;

const N_POSITIONS: usize = 2_000_000;
const N_TYPES: usize = 50_000;
const DOC_LENGTH: usize = 800;
const SENTENCE_LENGTH: usize = 20;

/// A corpus whose term of rank r has a frequency proportional to 1 / (r + 2.7), always the same.
fn corpus() -> Tokens {
    let mut cumulative = Vec::with_capacity(N_TYPES);
    let mut sum = 0.0;
    for rank in 0..N_TYPES {
        sum += 1.0 / (rank as f64 + 2.7);
        cumulative.push(sum);
    }
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = || {
        // xorshift64*: good enough for a bench, and in three lines.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1u64 << 53) as f64
    };
    let draw = |at: f64| cumulative.partition_point(|&sum| sum < at).min(N_TYPES - 1) as u32;
    let term_ids = (0..N_POSITIONS).map(|_| draw(random() * sum)).collect();
    let starts = |step: usize| (0..N_POSITIONS as u64).step_by(step).collect::<Vec<u64>>();
    let names: Vec<String> = (0..N_TYPES).map(|id| format!("t{id}")).collect();
    Tokens {
        term_ids,
        doc_offsets: starts(DOC_LENGTH).into_iter().chain([N_POSITIONS as u64]).collect(),
        sentence_starts: starts(SENTENCE_LENGTH),
        paragraph_starts: starts(DOC_LENGTH),
        vocabulary: Arc::new(Vocabulary::from_terms(names.iter().map(String::as_str))),
    }
}

/// Window 5 within documents, frequencies, symmetric, terms of at least ten tokens.
fn window() -> Config {
    Config {
        context: Context::Window,
        left: 5,
        right: 5,
        within: Unit::Document,
        count: Count::Frequency,
        weights: None,
        ordered: false,
        diagonal: Diagonal::Pairs,
        margins: Margins::Pairs,
        min_count: 10,
        nodes: None,
    }
}

fn bench(criterion: &mut Criterion) {
    let tokens = corpus();
    let boolean = Config { count: Count::Boolean, margins: Margins::Textual, ..window() };
    let variants = [
        ("window 5", window()),
        ("window 5 within sentences", Config { within: Unit::Sentence, ..window() }),
        ("window 5 ordered", Config { ordered: true, ..window() }),
        ("window 5 weighted", Config { count: Count::Weighted, ..window() }),
        ("window 5 boolean", boolean.clone()),
        ("window 5 surface", Config { margins: Margins::Surface, ..window() }),
        ("window 5 of 20 nodes", Config { nodes: Some((0..20).collect()), ..window() }),
        ("sentences boolean", Config { context: Context::Sentence, ..boolean }),
        ("sentences frequency", Config { context: Context::Sentence, ..window() }),
    ];
    let mut group = criterion.benchmark_group("cooccurrence");
    group.sample_size(10);
    for (name, config) in variants {
        for n_threads in [1, 2] {
            let run = || {
                let workers = Workers::new(Some(n_threads), Arc::default()).expect("threads");
                count(&tokens, &config, &workers).expect("sound options")
            };
            group.throughput(Throughput::Elements(match run().n_pairs {
                kolloc::cooccurrence::Amount::Count(n_pairs) => n_pairs,
                kolloc::cooccurrence::Amount::Weight(_) => 5 * N_POSITIONS as u64,
            }));
            group.bench_function(BenchmarkId::new(name, n_threads), |bencher| bencher.iter(|| black_box(run())));
        }
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
