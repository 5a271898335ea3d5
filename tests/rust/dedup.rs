//! The search for duplicates: the same for any threads, order and batches, and true to the texts it reports on.

#[path = "dedup/clusters.rs"]
mod clusters;
#[path = "dedup/crowds.rs"]
mod crowds;
#[path = "dedup/cuts.rs"]
mod cuts;
#[path = "dedup/determinism.rs"]
mod determinism;
#[path = "dedup/neighbours.rs"]
mod neighbours;
#[path = "dedup/spans.rs"]
mod spans;
#[path = "dedup/wholes.rs"]
mod wholes;

use std::sync::Arc;

use kolloc::corpus::documents::Documents;
use kolloc::corpus::spans::Spans;
use kolloc::dedup::admission::Admission;
use kolloc::dedup::cluster::{Clusters, Joining};
use kolloc::dedup::pairs::Pairs;
use kolloc::dedup::relation::Thresholds;
use kolloc::dedup::search::{Search, SearchConfig};
use kolloc::parallel::Workers;
use proptest::prelude::*;

/// Words of few types, some cut in two ways, some of scripts without spaces.
const WORDS: [&str; 14] =
    ["a", "b", "c", "d", "e", "f", "1,000", "1000", "co-op", "“coop”", "中国", "北京和", "평화", "Cafe\u{301}"];

fn workers(n_threads: usize) -> Workers {
    Workers::new(Some(n_threads), Arc::default()).unwrap()
}

/// As users have it, but for texts of which more than four hold a fingerprint.
fn config(max_df: usize) -> SearchConfig {
    SearchConfig {
        shingle: 4,
        winnow: 4,
        max_df,
        floor: 0.4,
        thresholds: Thresholds { near: 0.7, contained: 0.8, revised: 0.4, passage: Some(12), quoted: 0.8 },
        short: 30,
        short_contained: 0.8,
        short_run: 8,
        joining: Joining { join_revised: false, cohesion: 0.5 },
        window: None,
        group: None,
    }
}

fn documents(texts: &[String]) -> Documents {
    Documents::from_texts(texts.iter().map(|text| Some(text.as_str()))).unwrap()
}

fn search(texts: &[String], config: &SearchConfig, workers: &Workers) -> (Search, Pairs, Clusters) {
    let left_out = Spans::none(texts.len());
    let admission = Admission::default();
    let search = Search::run(&documents(texts), &left_out, config, &admission, workers).unwrap();
    let (pairs, clusters) = search.relate(config, &admission).unwrap();
    (search, pairs, clusters)
}

/// Texts that are cut out of a few long ones, with changed words and other marks here and there.
fn corpora() -> impl Strategy<Value = Vec<String>> {
    let stretch = || prop::collection::vec(0..WORDS.len(), 1..60);
    let part =
        (0..3usize, 0..40usize, 1..60usize, prop::option::weighted(0.4, (0..60usize, 0..WORDS.len())), 0..3usize);
    let texts = prop::collection::vec(prop::collection::vec(part, 0..4), 2..9);
    (prop::collection::vec(stretch(), 3), texts).prop_map(|(stretches, texts)| {
        texts.into_iter().map(|parts| parts.into_iter().map(|part| written(&stretches, part)).collect()).collect()
    })
}

type Part = (usize, usize, usize, Option<(usize, usize)>, usize);

fn written(stretches: &[Vec<usize>], (from, start, len, change, marks): Part) -> String {
    let mut words: Vec<&str> = stretches[from].iter().skip(start).take(len).map(|&word| WORDS[word]).collect();
    if let Some((at, word)) = change.filter(|&(at, _)| at < words.len()) {
        words[at] = WORDS[word];
    }
    let (opening, separator, closing) = [("", " ", ". "), ("“", ", ", "” "), ("<p>", "\n", "</p>\n\n")][marks];
    format!("{opening}{}{closing}", words.join(separator))
}
