//! Prints of one text under rules on dates, groups and parents: the nearest admitted ones, and all others counted.

use kolloc::corpus::spans::Spans;
use kolloc::dedup::admission::{Admission, Grouping, NO_DATE, NO_GROUP};
use kolloc::dedup::neighbours::Prints;
use kolloc::dedup::pairs::{MOST_OF_TWO_BODIES, NEIGHBOURS, Pairs};
use kolloc::dedup::search::Search;
use proptest::prelude::*;

use crate::{config, documents, workers};

/// Rules for pages that are texts of their own, or hold a few texts each, of the page's date and group.
fn rules(n: usize) -> impl Strategy<Value = Admission> {
    let date = prop_oneof![1 => Just(NO_DATE), 9 => 0..40i64];
    let group = prop_oneof![1 => Just(NO_GROUP), 9 => 0..4u32];
    let pages = prop::collection::vec((1..4usize, date, group), n);
    let grouping = prop_oneof![Just(None), Just(Some(Grouping::Within)), Just(Some(Grouping::Across))];
    (pages, prop::option::of(0..50i64), grouping, any::<bool>()).prop_map(move |(pages, window, grouping, split)| {
        let mut rules = Admission { window, grouping, ..Admission::default() };
        for (page, &(texts, date, group)) in pages.iter().enumerate() {
            for _ in 0..if split { texts } else { 1 } {
                rules.dates.push(date);
                rules.groups.push(group);
                rules.parents.push(page as u32);
            }
        }
        rules.dates.truncate(n);
        rules.groups.truncate(n);
        rules.parents.truncate(if split { n } else { 0 });
        rules
    })
}

/// Documents that are admitted with this one, by the order of their dates, those of its own group first.
fn admitted(document: u32, others: &[u32], rules: &Admission) -> Vec<u32> {
    let mut admitted: Vec<u32> =
        others.iter().copied().filter(|&other| other != document && rules.admits(document, other)).collect();
    admitted.sort_unstable_by_key(|&other| (rules.date(other), other));
    admitted
}

proptest! {
    #[test]
    fn neighbours_are_the_nearest_that_are_admitted(rules in rules(40), split in 0..40usize) {
        let all: Vec<u32> = (0..40).collect();
        for others in [&all[..], &all[split..]] {
            let prints = Prints::of(others, &rules);
            for &document in Prints::of(&all, &rules).documents() {
                let expected = admitted(document, others, &rules);
                let key = |other: u32| (rules.date(other), other);
                let (before, behind): (Vec<u32>, Vec<u32>) =
                    expected.iter().copied().partition(|&other| key(other) < key(document));
                prop_assert_eq!(prints.ahead(document).collect::<Vec<_>>(), behind);
                prop_assert_eq!(prints.behind(document).collect::<Vec<_>>(), before.into_iter().rev().collect::<Vec<_>>());
                prop_assert_eq!(prints.n_admitted(document), expected.len() as u64);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn pairs_left_out_are_those_that_would_have_been_admitted(rules in rules(300), second in 0..150usize) {
        let (story, other) = ("peace talks resume in the capital after a week of silence today", "and more");
        let texts: Vec<String> =
            (0..300).map(|row| if row < 300 - second { story.to_owned() } else { format!("{story} {other}") }).collect();
        let config = config(50);
        let search =
            Search::run(&documents(&texts), &Spans::none(300), &config, &rules, &workers(1)).unwrap();
        let pairs = Pairs::list(&search.bodies, &search.edges, &search.links, &config.thresholds, &rules);
        let is_pair = |a: u32, b: u32| (a < b && rules.admits(a, b)) as u64;
        let n_admitted: u64 = (0..300).flat_map(|a| (0..300).map(move |b| is_pair(a, b))).sum();
        prop_assert_eq!(pairs.listed.len() as u64 + pairs.left_out, n_admitted);
        if n_admitted <= MOST_OF_TWO_BODIES as u64 {
            prop_assert_eq!(pairs.left_out, 0);
        }
        let all: Vec<u32> = (0..300).collect();
        let mut partners = vec![0; 300];
        for pair in &pairs.listed {
            prop_assert!(rules.admits(pair.a, pair.b));
            partners[pair.a as usize] += 1;
            partners[pair.b as usize] += 1;
        }
        for document in all.iter().copied() {
            let n = admitted(document, &all, &rules).len();
            prop_assert!(partners[document as usize] >= n.min(NEIGHBOURS / 2), "of {}", n);
        }
    }
}
