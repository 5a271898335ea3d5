//! Threads, the order of documents and batches change nothing.

use std::collections::{BTreeMap, BTreeSet};

use kolloc::dedup::cluster::NO_CLUSTER;
use kolloc::dedup::measures::measures;
use kolloc::dedup::places::char_spans;
use kolloc::dedup::relation::Relation;
use proptest::sample::Index;

use super::*;

type Seen = (BTreeMap<(u32, u32), (Relation, [u32; 4], Vec<[u64; 4]>)>, BTreeSet<(BTreeSet<u32>, u128)>, Vec<u64>);

/// Pairs with all that is told of them, and clusters with the text of their anchor; documents by `names`.
fn seen(texts: &[String], names: &[u32], config: &SearchConfig) -> Seen {
    let (search, pairs, clusters) = search(texts, config, &workers(2));
    let rows: Vec<(u32, u32)> = pairs.listed.iter().map(|pair| (pair.a, pair.b)).collect();
    let spans = char_spans(&documents(texts), &Spans::none(texts.len()), &search.units, &rows, &workers(2)).unwrap();
    let measured = measures(&search, &pairs.listed, &workers(2)).unwrap();
    let mut by_pair = BTreeMap::new();
    for (number, (pair, (overlap, longest))) in pairs.listed.iter().zip(measured).enumerate() {
        let (a, b) = (names[pair.a as usize], names[pair.b as usize]);
        let own = spans.iter().filter(|span| span.pair as usize == number);
        let mut places: Vec<[u64; 4]> =
            own.map(|span| [span.char_start_a, span.char_end_a, span.char_start_b, span.char_end_b]).collect();
        let mut sizes = (overlap.size_a, overlap.size_b);
        let mut relation = pair.relation;
        if a > b {
            places.iter_mut().for_each(|place| *place = [place[2], place[3], place[0], place[1]]);
            sizes = (sizes.1, sizes.0);
            relation = relation.reversed();
        }
        places.sort_unstable();
        by_pair.insert((a.min(b), a.max(b)), (relation, [overlap.shared, sizes.0, sizes.1, longest], places));
    }
    let mut groups: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (row, &cluster) in clusters.of_document.iter().enumerate().filter(|&(_, &cluster)| cluster != NO_CLUSTER) {
        groups.entry(cluster).or_default().insert(names[row]);
    }
    let anchor = |cluster: u32| search.units.folded_hashes[clusters.anchors[cluster as usize] as usize];
    let groups = groups.into_iter().map(|(cluster, members)| (members, anchor(cluster))).collect();
    let mut similarity = vec![0; texts.len()];
    clusters.similarity.iter().zip(names).for_each(|(value, &name)| similarity[name as usize] = value.to_bits());
    (by_pair, groups, similarity)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn threads_change_nothing(texts in corpora(), max_df in 2..6usize) {
        let config = config(max_df);
        let (one, pairs, clusters) = search(&texts, &config, &workers(1));
        let rows: Vec<(u32, u32)> = pairs.listed.iter().map(|pair| (pair.a, pair.b)).collect();
        let spans = |search: &Search, n_threads| {
            char_spans(&documents(&texts), &Spans::none(texts.len()), &search.units, &rows, &workers(n_threads)).unwrap()
        };
        let expected = spans(&one, 1);
        for n_threads in [2, 3, 8] {
            let (other, other_pairs, other_clusters) = search(&texts, &config, &workers(n_threads));
            prop_assert_eq!(&one.units, &other.units);
            prop_assert_eq!(&one.bodies, &other.bodies);
            prop_assert_eq!(&one.edges, &other.edges);
            prop_assert_eq!(one.tally, other.tally);
            prop_assert_eq!(&pairs, &other_pairs);
            prop_assert_eq!(&clusters, &other_clusters);
            prop_assert_eq!(&expected, &spans(&other, n_threads));
        }
    }

    #[test]
    fn the_order_of_documents_changes_nothing_but_their_order(
        texts in corpora(), keys in prop::collection::vec(any::<Index>(), 9), max_df in prop_oneof![2..6usize, Just(50)],
    ) {
        let names: Vec<u32> = (0..texts.len() as u32).collect();
        let mut order = names.clone();
        order.sort_by_key(|&name| keys[name as usize].index(1000));
        let shuffled: Vec<String> = order.iter().map(|&name| texts[name as usize].clone()).collect();
        let config = config(max_df);
        prop_assert_eq!(seen(&texts, &names, &config), seen(&shuffled, &order, &config));
    }

    #[test]
    fn prints_of_one_text_that_are_cut_differently_may_stand_in_any_order(
        words in prop::collection::vec(0..WORDS.len(), 40..60), joints in prop::collection::vec(1..39usize, 2),
        keys in prop::collection::vec(any::<Index>(), 5),
    ) {
        let words: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
        let story = words.join(" ");
        let joined = |joint: usize| format!("{}{}", words[..joint].join(" "), words[joint..].join(" "));
        let quoted = format!("“{story}”");
        let longer = format!("{story} and what else the other page has to say of it");
        let texts = vec![story, joined(joints[0]), joined(joints[1]), quoted, longer];
        let names: Vec<u32> = (0..texts.len() as u32).collect();
        let mut order = names.clone();
        order.sort_by_key(|&name| keys[name as usize].index(1000));
        let shuffled: Vec<String> = order.iter().map(|&name| texts[name as usize].clone()).collect();
        prop_assert_eq!(seen(&texts, &names, &config(50)), seen(&shuffled, &order, &config(50)));
    }

    #[test]
    fn batches_give_what_all_at_once_gives(texts in corpora(), cuts in prop::collection::vec(any::<Index>(), 2)) {
        let config = config(3);
        let (whole, pairs, clusters) = search(&texts, &config, &workers(2));
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(texts.len() + 1)).collect();
        ends.sort_unstable();
        let (mut known, _, _) = search(&texts[..ends[0]], &config, &workers(2));
        for end in [ends[1], texts.len()] {
            let (before, after) = (Spans::none(known.units.n_docs()), Spans::none(end));
            let (documents, admission) = (documents(&texts[..end]), Admission::default());
            known = Search::update(&known.units, &before, &documents, &after, &config, &admission, &workers(3)).unwrap();
        }
        prop_assert_eq!(&whole.units, &known.units);
        prop_assert_eq!(&whole.edges, &known.edges);
        prop_assert_eq!((pairs, clusters), known.relate(&config, &Admission::default()).unwrap());
    }
}
