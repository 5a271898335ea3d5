//! Alignment against plain tables: no longest run is missed, and no span claims what is not there.

use kolloc::dedup::align::Aligner;
use proptest::prelude::*;

/// Units of spaced words, few types or many.
fn units() -> impl Strategy<Value = Vec<u32>> {
    let few = prop::collection::vec((0..4u32).prop_map(|unit| 2 * unit), 0..90);
    let many = prop::collection::vec((0..400u32).prop_map(|unit| 2 * unit), 0..90);
    prop_oneof![few, many]
}

/// A text and one made of stretches of it.
fn related() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    let stretches = prop::collection::vec((0..90usize, 1..60usize, prop::collection::vec(any::<u8>(), 0..4)), 0..5);
    (units(), stretches).prop_map(|(text, stretches)| {
        let stretch = |(start, len, more): (usize, usize, Vec<u8>)| {
            let start = start.min(text.len());
            let part = text[start..(start + len).min(text.len())].to_vec();
            part.into_iter().chain(more.into_iter().map(|unit| 2 * u32::from(unit)))
        };
        let other = stretches.into_iter().flat_map(stretch).collect();
        (text, other)
    })
}

/// Units of the longest run in common, by the table of all pairs of positions.
fn longest(a: &[u32], b: &[u32]) -> u32 {
    let mut before = vec![0; b.len() + 1];
    let mut longest = 0;
    for one in a {
        let mut now = vec![0; b.len() + 1];
        for at in (0..b.len()).filter(|&at| b[at] == *one) {
            now[at + 1] = before[at] + 1;
            longest = longest.max(now[at + 1]);
        }
        before = now;
    }
    longest
}

/// Whether some sequence of four units stands more often in a text than is looked at.
fn repeats_itself(text: &[u32]) -> bool {
    text.windows(4).any(|gram| text.windows(4).filter(|other| other == &gram).count() > 8)
}

proptest! {
    #[test]
    fn the_longest_run_is_that_of_the_table((a, b) in related()) {
        let mut aligner = Aligner::default();
        aligner.fill(&a);
        let (found, exact) = (aligner.longest_run(&b), longest(&a, &b));
        prop_assert!(found <= exact);
        if !repeats_itself(&a) && !repeats_itself(&b) {
            prop_assert_eq!(found, if exact < 4 { 0 } else { exact });
        }
    }

    #[test]
    fn spans_and_passages_are_true_to_both_texts((a, b) in related(), least in 4..20u32) {
        let mut aligner = Aligner::default();
        aligner.fill(&a);
        let (mut in_a, mut in_b) = (vec![false; a.len()], vec![false; b.len()]);
        for run in aligner.passages(&b, least) {
            prop_assert!(run.len >= least);
            let (of_a, of_b) = (run.start_a as usize..run.end_a() as usize, run.start_b as usize..run.end_b() as usize);
            prop_assert_eq!(&a[of_a.clone()], &b[of_b.clone()]);
            prop_assert!(of_a.into_iter().all(|at| !std::mem::replace(&mut in_a[at], true)));
            prop_assert!(of_b.into_iter().all(|at| !std::mem::replace(&mut in_b[at], true)));
        }
        for span in aligner.spans(&b) {
            prop_assert!(span.start_a < span.end_a && span.end_a as usize <= a.len());
            prop_assert!(span.start_b < span.end_b && span.end_b as usize <= b.len());
            prop_assert!(span.equal <= (span.end_a - span.start_a).min(span.end_b - span.start_b));
            prop_assert_eq!(a[span.start_a as usize], b[span.start_b as usize]);
            prop_assert_eq!(a[span.end_a as usize - 1], b[span.end_b as usize - 1]);
        }
    }

    #[test]
    fn an_aligner_forgets_the_text_before((a, b) in related(), other in units()) {
        let mut used = Aligner::default();
        used.fill(&other);
        used.spans(&a);
        used.fill(&a);
        let mut fresh = Aligner::default();
        fresh.fill(&a);
        prop_assert_eq!(used.spans(&b), fresh.spans(&b));
        prop_assert_eq!(used.longest_run(&b), fresh.longest_run(&b));
    }
}
