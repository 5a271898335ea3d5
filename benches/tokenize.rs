//! Time of cutting text into tokens: plain ASCII, typeset English, mixed scripts and tiny documents, one thread and all.

#![expect(missing_docs, reason = "criterion_group! makes a public function without docs")]

use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kolloc::corpus::tokenize::tokenize;
use kolloc::parallel::Workers;
use kolloc::text::normalize::NormalForm;
use kolloc::text::{SegmenterConfig, SegmenterName, Tokenizer, TokenizerConfig};

const CORPUS_BYTES: usize = 8 << 20;
const N_TYPES: f64 = 60_000.0;

/// Numbers from a fixed sequence.
struct Sequence(u64);

impl Sequence {
    /// A number from 0 up to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A rank whose probability falls as Zipf's law has it.
    fn rank(&mut self) -> usize {
        (self.next() * N_TYPES.ln()).exp() as usize
    }
}

/// A word for each rank: the more frequent, the shorter, as in English.
fn word(rank: usize, letters: &[char]) -> String {
    let mut sequence = Sequence(rank as u64 + 1);
    let length = 2.0 + (rank as f64 + 1.0).ln() * 0.6 + sequence.next() * 2.0;
    (0..length as usize).map(|_| letters[(sequence.next() * letters.len() as f64) as usize]).collect()
}

/// Sentences of about twenty words and paragraphs of about five, `alphabets` taking turns by sentence.
fn document(sequence: &mut Sequence, bytes: usize, alphabets: &[Vec<char>], typeset: bool) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut words = 0;
    while text.len() < bytes {
        let mut word = word(sequence.rank(), &alphabets[words / 20 % alphabets.len()]);
        if words % 20 == 0
            && let Some(initial) = word.get_mut(..1)
        {
            initial.make_ascii_uppercase();
        }
        text += &word;
        words += 1;
        text += match words % 100 {
            0 => ".\n\n",
            20 | 40 | 60 | 80 => ". ",
            n if n % 9 == 0 => ", ",
            13 if typeset => "’s ",
            27 if typeset => " – ",
            n if n % 31 == 0 => "-",
            _ => " ",
        };
    }
    text
}

fn corpus(doc_bytes: usize, alphabets: &[Vec<char>], typeset: bool) -> Vec<String> {
    let mut sequence = Sequence(7);
    (0..CORPUS_BYTES / doc_bytes).map(|_| document(&mut sequence, doc_bytes, alphabets, typeset)).collect()
}

fn alphabet(first: char, last: char) -> Vec<char> {
    (first..=last).collect()
}

/// A tokenizer for lower-case words, punctuation removed.
fn tokenizer(segmenter: SegmenterName) -> Tokenizer {
    let config = TokenizerConfig {
        segmentation: SegmenterConfig {
            segmenter,
            token_pattern: None,
            split_hyphens: false,
            cut_possessive: true,
            language: None,
        },
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
        keep_gaps: true,
    };
    Tokenizer::new(&config).expect("allowed options")
}

fn benches(criterion: &mut Criterion) {
    let latin = alphabet('a', 'z');
    let scripts = [latin.clone(), alphabet('а', 'я'), alphabet('가', '깋'), alphabet('一', '丿'), alphabet('à', 'ö')];
    let inputs = [
        ("ascii", corpus(4000, std::slice::from_ref(&latin), false)),
        ("typeset", corpus(4000, std::slice::from_ref(&latin), true)),
        ("mixed", corpus(4000, &scripts, true)),
        ("tiny", corpus(80, std::slice::from_ref(&latin), false)),
    ];
    let mut group = criterion.benchmark_group("tokenize");
    group.sample_size(10);
    for (name, texts) in &inputs {
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        let segmenters =
            [("auto", SegmenterName::Auto), ("uax29", SegmenterName::Uax29), ("whitespace", SegmenterName::Whitespace)];
        for (segmenter, which) in segmenters {
            let tokenizer = tokenizer(which);
            for (threads, n_threads) in [("one", Some(1)), ("all", None)] {
                let workers = Workers::new(n_threads, Arc::default()).expect("threads start");
                group.bench_function(format!("{name}/{segmenter}/{threads}"), |bench| {
                    bench.iter(|| tokenize(texts.as_slice(), &tokenizer, &workers).expect("nothing cancels"));
                });
            }
        }
    }
    group.finish();
}

criterion_group!(tokenize_benches, benches);
criterion_main!(tokenize_benches);
