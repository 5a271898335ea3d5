//! What spans point at.

use kolloc::dedup::canonical::Reader;
use kolloc::dedup::places::char_spans;

use super::*;

fn folded_units(text: &str) -> Vec<Vec<u8>> {
    let mut units = Vec::new();
    Reader::default().read(text, &[], |unit| units.push(unit.folded.to_vec()));
    units
}

fn cut(text: &str, start: u64, end: u64) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn spans_lie_in_their_texts_and_unbroken_ones_read_the_same(texts in corpora()) {
        let (search, _, _) = search(&texts, &config(50), &workers(1));
        let n = texts.len() as u32;
        let rows: Vec<(u32, u32)> = (0..n).flat_map(|a| (0..n).map(move |b| (a, b))).collect();
        let spans = char_spans(&documents(&texts), &Spans::none(texts.len()), &search.units, &rows, &workers(2)).unwrap();
        for span in spans {
            let (a, b) = rows[span.pair as usize];
            let (in_a, in_b) = (&texts[a as usize], &texts[b as usize]);
            prop_assert!(span.char_start_a < span.char_end_a && span.char_end_a <= in_a.chars().count() as u64);
            prop_assert!(span.char_start_b < span.char_end_b && span.char_end_b <= in_b.chars().count() as u64);
            prop_assert!(span.equal <= span.length && span.quoted_a <= span.length && span.quoted_b <= span.length);
            if span.equal == span.length {
                let one = folded_units(&cut(in_a, span.char_start_a, span.char_end_a));
                prop_assert_eq!(one.len(), span.equal as usize);
                prop_assert_eq!(one, folded_units(&cut(in_b, span.char_start_b, span.char_end_b)));
            }
        }
    }
}
