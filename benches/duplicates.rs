//! The steps of the search for duplicates, on made-up texts of which a third are changed copies of earlier ones.

// The macros of criterion define functions without documentation.
#![allow(missing_docs)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use kolloc::corpus::documents::Documents;
use kolloc::corpus::spans::Spans;
use kolloc::dedup::bodies::Bodies;
use kolloc::dedup::compare::{Floor, edges};
use kolloc::dedup::fingerprint::Winnowing;
use kolloc::dedup::postings::{Postings, Sampling};
use kolloc::dedup::units::Units;
use kolloc::parallel::{Signal, Workers};

const N_DOCS: usize = 2_000;
const N_WORDS: usize = 300;

/// Numbers without end that look random (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as usize % bound
    }

    /// Low numbers are frequent, as words are.
    fn word(&mut self) -> usize {
        let most = 1 + self.below(20_000);
        self.below(most)
    }
}

fn documents() -> Documents {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut texts: Vec<Vec<usize>> = Vec::new();
    for doc in 0..N_DOCS {
        let text = if doc % 3 == 2 {
            let source = texts[random.below(doc)].clone();
            source.into_iter().map(|word| if random.below(20) == 0 { random.word() } else { word }).collect()
        } else {
            (0..N_WORDS).map(|_| random.word()).collect()
        };
        texts.push(text);
    }
    let written = |text: Vec<usize>| text.iter().map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
    Documents::from_texts(texts.into_iter().map(|text| Some(written(text)))).expect("valid texts")
}

fn bench(criterion: &mut Criterion) {
    let documents = documents();
    let left_out = Spans::none(documents.len());
    let n_bytes: usize = (0..documents.len()).map(|doc| documents.text(doc).len()).sum();
    let floor = Floor { containment: 0.4, passage: Some(12), short: 30, short_containment: 0.8, short_run: 8 };
    let sampling = Sampling { winnowing: Winnowing { k: 4, window: 4 }, short: 50, max_df: 50, passage: Some(12) };
    let units = Units::read(&documents, &left_out, &Workers::serial()).expect("not cancelled");
    let bodies = Bodies::group(&documents, &left_out, &units, &Signal::default()).expect("not cancelled");
    let postings = Postings::index(&units, &bodies, sampling, &Workers::serial()).expect("few postings");
    let mut group = criterion.benchmark_group("duplicates");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(n_bytes as u64));
    for n_threads in [1, 2] {
        let workers = || Workers::new(Some(n_threads), Arc::default()).expect("threads");
        group.bench_function(BenchmarkId::new("read units", n_threads), |bencher| {
            bencher.iter(|| black_box(Units::read(&documents, &left_out, &workers())));
        });
        group.bench_function(BenchmarkId::new("index fingerprints", n_threads), |bencher| {
            bencher.iter(|| black_box(Postings::index(&units, &bodies, sampling, &workers())));
        });
        group.bench_function(BenchmarkId::new("verify pairs", n_threads), |bencher| {
            bencher.iter(|| black_box(edges(&units, &bodies, &postings, floor, |_, _| true, &workers())));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
