//! Texts of which something is left out: what is the same as a whole is called so, whatever was cut.

use kolloc::dedup::canonical::Reader;
use kolloc::dedup::pairs::Pair;
use kolloc::dedup::relation::Relation;
use proptest::sample::Index;

use super::*;

type Cut = Vec<std::ops::Range<usize>>;

/// Texts and what is left out of them; some stand there twice, cut in two ways or printed in capitals.
fn cut_corpora() -> impl Strategy<Value = Vec<(String, Cut)>> {
    let cut = prop::collection::vec((any::<Index>(), any::<Index>()), 0..3);
    let again = prop::collection::vec((any::<Index>(), any::<bool>(), cut.clone()), 0..5);
    (corpora(), prop::collection::vec(cut, 9), again).prop_map(|(texts, cuts, again)| {
        let mut prints: Vec<(String, Cut)> =
            texts.iter().zip(cuts).map(|(text, cut)| (text.clone(), ranges(text, &cut))).collect();
        for (which, loud, cut) in again {
            let text = which.get(&texts);
            let text = if loud { text.to_uppercase() } else { text.clone() };
            let ranges = ranges(&text, &cut);
            prints.push((text, ranges));
        }
        prints
    })
}

/// Ranges between words of a text.
fn ranges(text: &str, cut: &[(Index, Index)]) -> Cut {
    let mut borders: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    borders.extend([0, text.len()]);
    let at = |index: &Index| *index.get(&borders);
    cut.iter().map(|(one, other)| at(one).min(at(other))..at(one).max(at(other))).collect()
}

fn searched(prints: &[(String, Cut)], config: &SearchConfig, n_threads: usize) -> (Spans, Pairs, Clusters) {
    let texts: Vec<String> = prints.iter().map(|(text, _)| text.clone()).collect();
    let left_out: Spans = prints.iter().map(|(_, cut)| cut.clone()).collect();
    let (documents, admission) = (documents(&texts), Admission::default());
    let search = Search::run(&documents, &left_out, config, &admission, &workers(n_threads)).unwrap();
    let (pairs, clusters) = search.relate(config, &admission).unwrap();
    (left_out, pairs, clusters)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn texts_are_the_same_if_they_are_so_as_wholes_or_as_they_were_cut(prints in cut_corpora()) {
        let (left_out, pairs, _) = searched(&prints, &config(50), 2);
        let mut reader = Reader::default();
        let folded: Vec<[Vec<u8>; 2]> = prints
            .iter()
            .enumerate()
            .map(|(row, (text, _))| [&[][..], left_out.of(row)].map(|cuts| reader.read(text, cuts, |_| ()).to_vec()))
            .collect();
        for a in 0..prints.len() {
            for b in a + 1..prints.len() {
                let same = |way: usize| !folded[a][way].is_empty() && folded[a][way] == folded[b][way];
                let expected = if prints[a].0 == prints[b].0 && !prints[a].0.trim().is_empty() {
                    Some(Relation::Exact)
                } else {
                    (same(0) || same(1)).then_some(Relation::SameText)
                };
                let is_this = |pair: &&Pair| (pair.a as usize, pair.b as usize) == (a, b);
                let told = pairs.listed.iter().find(is_this).map(|pair| pair.relation);
                let told = told.filter(|told| matches!(told, Relation::Exact | Relation::SameText));
                prop_assert_eq!(told, expected, "{:?} {:?}", &prints[a], &prints[b]);
            }
        }
    }

    #[test]
    fn threads_and_order_change_nothing_where_texts_are_cut(
        prints in cut_corpora(), keys in prop::collection::vec(any::<Index>(), 14),
    ) {
        let (_, pairs, clusters) = searched(&prints, &config(4), 1);
        let (_, others, other_clusters) = searched(&prints, &config(4), 3);
        prop_assert_eq!((&pairs, clusters), (&others, other_clusters));
        let mut order: Vec<u32> = (0..prints.len() as u32).collect();
        order.sort_by_key(|&row| keys[row as usize].index(1000));
        let shuffled: Vec<(String, Cut)> = order.iter().map(|&row| prints[row as usize].clone()).collect();
        let (_, shuffled, _) = searched(&shuffled, &config(4), 2);
        let named = |pair: &Pair| {
            let (a, b) = (order[pair.a as usize], order[pair.b as usize]);
            (a.min(b), a.max(b), if a < b { pair.relation } else { pair.relation.reversed() })
        };
        let mut told: Vec<(u32, u32, Relation)> = shuffled.listed.iter().map(named).collect();
        told.sort_unstable();
        let expected: Vec<_> = pairs.listed.iter().map(|pair| (pair.a, pair.b, pair.relation)).collect();
        prop_assert_eq!(told, expected);
    }
}
