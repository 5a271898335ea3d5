//! Weighted documents: the sum over documents of weight times what each holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use kolloc::cooccurrence::{Amounts, Cells, Config, Context, Cooccurrence, Count, Margins, count, count_weighted};
use kolloc::corpus::tokens::Tokens;
use kolloc::parallel::Workers;

use super::{config, corpus};

const DOCUMENTS: [&str; 6] =
    ["a b a _ c. b a", "c c d ¶ a b", "", "a b a _ c. b a", "d d d a. _ e a", "f a b c d e a a b"];

fn workers(n_threads: usize) -> Workers {
    Workers::new(Some(n_threads), Arc::default()).unwrap()
}

/// One document under the ids of all.
fn alone(tokens: &Tokens, doc: usize) -> Tokens {
    let range = tokens.doc_range(doc);
    let inside = |starts: &[u64]| {
        let own = starts.iter().filter(|&&start| range.contains(&(start as usize)));
        own.map(|start| start - range.start as u64).collect()
    };
    Tokens {
        term_ids: tokens.term_ids[range.clone()].to_vec(),
        doc_offsets: vec![0, range.len() as u64],
        sentence_starts: inside(&tokens.sentence_starts),
        paragraph_starts: inside(&tokens.paragraph_starts),
        vocabulary: tokens.vocabulary.clone(),
    }
}

/// Cells by their two terms, and what else is summed, by name and term.
fn amounts(table: &Cooccurrence) -> BTreeMap<(&'static str, u32, u32), f64> {
    let mut all = BTreeMap::from([(("n", 0, 0), table.n.value()), (("pairs", 0, 0), table.n_pairs.value())]);
    for (row, &term) in table.row_terms().iter().enumerate() {
        all.insert(("row", term, 0), table.row_margins.get(row));
        all.insert(("row frequency", term, 0), table.row_frequencies.get(row));
        for cell in table.cells.row_range(row) {
            let (one, other) = (term, table.terms[table.cells.indices()[cell] as usize]);
            // Of a triangle either half may hold a pair.
            let (one, other) =
                if table.config.is_symmetric() { (one.min(other), one.max(other)) } else { (one, other) };
            all.insert(("cell", one, other), table.cells.value(cell));
        }
    }
    for (column, &term) in table.terms.iter().enumerate() {
        all.insert(("column", term, 0), table.column_margins.get(column));
        all.insert(("frequency", term, 0), table.frequencies.get(column));
    }
    all.retain(|_, value| *value != 0.0);
    all
}

fn configs() -> Vec<Config> {
    let boolean = Config { count: Count::Boolean, margins: Margins::Textual, ..config() };
    vec![
        config(),
        Config { left: 1, right: 3, ..config() },
        Config { ordered: true, ..config() },
        Config { count: Count::Weighted, ..config() },
        Config { margins: Margins::Surface, ..config() },
        Config { context: Context::Sentence, ..config() },
        Config { context: Context::Document, ..boolean.clone() },
        Config { nodes: Some(vec![2, 0]), ..config() },
        boolean,
    ]
}

#[test]
fn every_amount_is_the_sum_of_weight_times_what_each_document_holds() {
    let tokens = corpus(&DOCUMENTS);
    // Powers of two, so that every order of summing gives the same bits.
    let weights = [0.5, 2.0, 0.25, 0.5, 0.0, 1.0];
    for config in configs() {
        let mut expected = BTreeMap::new();
        for (doc, weight) in weights.iter().enumerate() {
            let table = count(&alone(&tokens, doc), &config, &Workers::serial()).unwrap();
            for (key, value) in amounts(&table) {
                *expected.entry(key).or_insert(0.0) += weight * value;
            }
        }
        expected.retain(|_, value| *value != 0.0);
        let plain = count(&tokens, &config, &Workers::serial()).unwrap();
        for n_threads in [1, 2, 3, 8] {
            let table = count_weighted(&tokens, &weights, &config, &workers(n_threads)).unwrap();
            assert_eq!((&table.terms, table.row_terms()), (&plain.terms, plain.row_terms()));
            assert_eq!(table.shape, plain.shape);
            let (found, wanted) = (amounts(&table), &expected);
            assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{config:?}");
            let close = |(key, value): (_, &f64)| (value - wanted[key]).abs() <= 1e-12 * value.abs();
            assert!(found.iter().all(|(key, value)| close((key, value))), "{config:?}");
        }
    }
}

#[test]
fn weights_decide_no_column() {
    let tokens = corpus(&["a b", "c d c d", "a b"]);
    let config = Config { min_count: 2, ..config() };
    let table = count_weighted(&tokens, &[0.5, 0.0, 0.5], &config, &Workers::serial()).unwrap();
    assert_eq!(table.terms, [0, 1, 2, 3]);
    assert_eq!(table.frequencies, Amounts::Weights(vec![1.0, 1.0, 0.0, 0.0]));
    let Cells::Weights(cells) = &table.cells else { panic!("cells are weights") };
    assert_eq!((cells.nnz(), cells.data[0]), (1, 1.0));
}

#[test]
fn many_weights_give_the_same_bits_in_any_order_of_documents() {
    let documents: Vec<String> = (0..700).map(|i| format!("a b w{} c w{} a", i % 7, i % 5)).collect();
    let backwards: Vec<&str> = documents.iter().rev().map(String::as_str).collect();
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    let weights: Vec<f64> = (0..700).map(|i| 1.0 / f64::from(i % 600 + 1)).collect();
    let reversed: Vec<f64> = weights.iter().rev().copied().collect();
    let tokens = corpus(&documents);
    let one = count_weighted(&tokens, &weights, &config(), &workers(1)).unwrap();
    assert!(one == count_weighted(&tokens, &weights, &config(), &workers(3)).unwrap());
    let other = corpus(&backwards);
    let other = (count_weighted(&other, &reversed, &config(), &workers(2)).unwrap(), other);
    // Ids and the order of equally frequent terms follow the documents, so compare by name.
    let named = |table: &Cooccurrence, tokens: &Tokens| {
        let mut cells: Vec<(String, String, u64)> = (0..table.terms.len())
            .flat_map(|row| table.cells.row_range(row).map(move |cell| (row, cell)))
            .map(|(row, cell)| {
                let name = |place: usize| tokens.vocabulary.term(table.terms[place]).to_string();
                let (one, two) = (name(row), name(table.cells.indices()[cell] as usize));
                (one.clone().min(two.clone()), one.max(two), table.cells.value(cell).to_bits())
            })
            .collect();
        cells.sort_unstable();
        cells
    };
    assert_eq!(named(&one, &tokens), named(&other.0, &other.1));
    assert_eq!(one.n, other.0.n);
}

#[test]
fn weights_that_cannot_be_are_refused() {
    let tokens = corpus(&["a b", "a"]);
    let message =
        |weights: &[f64]| count_weighted(&tokens, weights, &config(), &Workers::serial()).unwrap_err().to_string();
    assert_eq!(message(&[1.0]), "doc_weights must be one for each of 2 documents, got 1");
    assert_eq!(message(&[1.0, -1.0]), "doc_weights must be finite and at least 0, got -1");
    assert!(message(&[f64::NAN, 1.0]).ends_with("got NaN"));
    assert!(count_weighted(&corpus(&[]), &[], &config(), &Workers::serial()).is_ok());
}
