//! A search without passages: texts akin as wholes, as the search for everything has them.

use proptest::prelude::*;

use super::{config, corpora, search, workers};
use kolloc::dedup::pairs::Pair;
use kolloc::dedup::relation::Relation;
use kolloc::dedup::search::SearchConfig;

const OF_PASSAGES: [Relation; 2] = [Relation::Quotes, Relation::SharedPassage];

fn without_passages(config: &SearchConfig) -> SearchConfig {
    let mut config = config.clone();
    config.thresholds.passage = None;
    config
}

proptest! {
    #[test]
    fn without_passages_pairs_are_akin_and_counted_the_same(texts in corpora(), max_df in prop::sample::select(vec![2usize, 50])) {
        let everything = config(max_df);
        let wholes = without_passages(&everything);
        let (full, full_pairs, _) = search(&texts, &everything, &workers(1));
        let (found, pairs, _) = search(&texts, &wholes, &workers(2));
        for edge in &found.edges {
            let same = full.edges.iter().find(|other| (other.a, other.b) == (edge.a, edge.b));
            prop_assert!(same.is_some_and(|same| same.overlap == edge.overlap && same.longest == edge.longest));
            prop_assert_eq!((edge.passages, edge.quoted_a, edge.quoted_b), (0, 0, 0));
        }
        let told = |pair: &Pair| (pair.a, pair.b, pair.relation);
        let akin: Vec<_> = full_pairs.listed.iter().map(told).filter(|&(_, _, relation)| !OF_PASSAGES.contains(&relation)).collect();
        prop_assert!(pairs.listed.iter().map(told).all(|pair| akin.contains(&pair)));
        if max_df > texts.len() {
            // Nothing is common: who is near has enough fingerprints of its own.
            let is_near = |&&(_, _, relation): &&(u32, u32, Relation)| relation == Relation::Near;
            prop_assert!(akin.iter().filter(is_near).all(|pair| pairs.listed.iter().map(told).any(|other| other == *pair)));
        }
    }
}
