//! Small and empty corpora, selections of cells, errors and cancelling.

use std::sync::Arc;

use kolloc::ErrorKind;
use kolloc::cooccurrence::{Amount, Config, Context, Cooccurrence, Count, Margins, Shape, count};
use kolloc::parallel::{Signal, Workers};

use super::{config, corpus};

#[test]
fn corpora_without_a_pair_give_tables_without_a_cell() {
    let boolean = Config { count: Count::Boolean, margins: Margins::Textual, ..config() };
    let variants = [
        config(),
        boolean.clone(),
        Config { ordered: true, ..config() },
        Config { count: Count::Weighted, ..config() },
        Config { margins: Margins::Surface, ..config() },
        Config { context: Context::Document, ..config() },
        Config { context: Context::Document, ordered: true, ..config() },
        Config { context: Context::Document, ..boolean.clone() },
        Config { context: Context::Document, ordered: true, ..boolean },
        Config { nodes: Some(vec![]), ..config() },
    ];
    for documents in [&[][..], &[""], &["", "a", ""], &["_ _ _"], &["a", "b"]] {
        for config in &variants {
            let tokens = corpus(documents);
            for n_threads in [1, 2] {
                let workers = Workers::new(Some(n_threads), Arc::default()).unwrap();
                let result = count(&tokens, config, &workers).unwrap();
                assert_eq!(result.cells.nnz(), 0, "{documents:?} {config:?}");
                assert_eq!(result.terms.len(), tokens.n_types());
                assert_eq!(result.n_units, documents.len() as u64);
                assert_eq!(result.n_pairs.value(), 0.0);
            }
        }
    }
}

#[test]
fn wide_windows_cost_what_the_units_hold() {
    let tokens = corpus(&["a b c a"]);
    let wide = Config { left: u32::MAX, right: u32::MAX, ..config() };
    let result = count(&tokens, &wide, &Workers::serial()).unwrap();
    assert_eq!((result.n_pairs, result.n), (Amount::Count(6), Amount::Count(12)));
}

#[test]
fn edges_are_the_strongest_cells_with_ties_by_row_and_column() {
    let tokens = corpus(&["a b", "a b", "a c", "b c", "c d d"]);
    let result = count(&tokens, &config(), &Workers::serial()).unwrap();
    assert_eq!(result.shape, Shape::Upper);
    let list = |edges: kolloc::cooccurrence::Edges| -> Vec<(u32, u32, f64)> {
        (0..edges.rows.len()).map(|i| (edges.rows[i], edges.columns[i], edges.values[i])).collect()
    };
    // All of a, b, c occur three times: columns a, b, c, d.
    let all = vec![(0, 1, 2.0), (2, 3, 2.0), (0, 2, 1.0), (1, 2, 1.0), (3, 3, 1.0)];
    assert_eq!(list(result.edges(0.0, None)), all);
    assert_eq!(list(result.edges(0.0, Some(3))), all[..3]);
    assert_eq!(list(result.edges(2.0, Some(9))), all[..2]);
    assert_eq!(list(result.edges(0.0, Some(0))), []);
    let row = result.row_full(2);
    assert_eq!((row.columns, row.values), (vec![0, 1, 3], vec![1.0, 1.0, 2.0]));
}

#[test]
fn a_term_id_outside_the_vocabulary_and_a_cancelled_signal_are_errors() {
    let mut tokens = corpus(&["a b"]);
    let signal = Arc::new(Signal::default());
    let workers = Workers::new(Some(2), signal.clone()).unwrap();
    signal.cancel();
    assert_eq!(count(&tokens, &config(), &workers).unwrap_err().kind(), &ErrorKind::Cancelled);
    tokens.term_ids[1] = 2;
    let error = count(&tokens, &config(), &Workers::serial()).unwrap_err();
    assert_eq!(error.to_string(), "expected ids of the vocabulary, got term id 2");
}

#[test]
fn results_cross_threads() {
    fn check<T: Send + Sync + std::panic::UnwindSafe>() {}
    check::<Cooccurrence>();
    check::<Config>();
}
