//! Clusters cohere, by sets of triples counted plainly.

use std::collections::HashSet;

use kolloc::dedup::cluster::NO_CLUSTER;
use kolloc::dedup::relation::Relation;

use super::*;

fn jaccard(a: &[u32], b: &[u32]) -> f64 {
    let (a, b): (HashSet<&[u32]>, HashSet<&[u32]>) = (a.windows(3).collect(), b.windows(3).collect());
    let shared = a.intersection(&b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_member_is_as_like_its_anchor_as_is_asked_for(texts in corpora(), cohesion in 0.3..0.95f64, revised: bool) {
        let joining = Joining { join_revised: revised, cohesion };
        let (search, pairs, clusters) = search(&texts, &SearchConfig { joining, ..config(50) }, &workers(2));
        let units = |document: usize| search.units.of(search.bodies.representative(search.bodies.of_document[document] as usize));
        for (row, &cluster) in clusters.of_document.iter().enumerate() {
            if cluster == NO_CLUSTER {
                prop_assert_eq!(clusters.similarity[row], 1.0);
                continue;
            }
            let anchor = clusters.anchors[cluster as usize] as usize;
            prop_assert_eq!(clusters.of_document[anchor], cluster);
            let same_body = search.bodies.of_document[row] == search.bodies.of_document[anchor];
            let expected = if same_body { 1.0 } else { jaccard(units(row), units(anchor)) };
            prop_assert_eq!(clusters.similarity[row], expected);
            prop_assert!(expected >= cohesion);
            prop_assert!(clusters.of_document.iter().filter(|&&other| other == cluster).count() > 1);
        }
        for pair in pairs.listed.iter().filter(|pair| matches!(pair.relation, Relation::Exact | Relation::SameText)) {
            prop_assert_eq!(clusters.of_document[pair.a as usize], clusters.of_document[pair.b as usize]);
            prop_assert_ne!(clusters.of_document[pair.a as usize], NO_CLUSTER);
        }
    }
}
