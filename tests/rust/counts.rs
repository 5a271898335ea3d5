//! Matrices of counts against plain counting of joined strings, for any cut of the work and any number of threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use kolloc::ErrorKind;
use kolloc::corpus::tokens::{GAP, Tokens, Unit};
use kolloc::corpus::vocabulary::Vocabulary;
use kolloc::counts::columns::Columns;
use kolloc::counts::csr::Csr;
use kolloc::counts::grain::Grain;
use kolloc::counts::term_document::{Config, TermDocument, count, count_in_pieces};
use kolloc::counts::trim::{Bound, Trim};
use kolloc::counts::{Order, frequency, group, select, transpose};
use kolloc::parallel::Workers;
use proptest::prelude::*;

/// Types that are prefixes of one another or hold a concatenator, so that orders and readings of strings are put to the test.
const WORDS: [&str; 9] = ["b", "a", "ab", "a_b", "", "평화", "aB", "internationally", "a b"];

fn workers(n_threads: usize) -> Workers {
    Workers::new(Some(n_threads), Arc::default()).unwrap()
}

fn plain() -> Config {
    Config {
        ngram_range: (1, 1),
        within: Unit::Document,
        concatenator: "_".into(),
        trim: Trim::NOTHING,
        order: Order::First,
        vocabulary: None,
        binary: false,
    }
}

/// Documents of paragraphs of sentences of types; 0 is a gap.
fn tokens_of(docs: &[Vec<Vec<Vec<usize>>>]) -> Tokens {
    let mut tokens = Tokens {
        term_ids: vec![],
        doc_offsets: vec![0],
        sentence_starts: vec![],
        paragraph_starts: vec![],
        vocabulary: Arc::new(Vocabulary::from_terms(WORDS)),
    };
    for doc in docs {
        for paragraph in doc.iter().filter(|paragraph| paragraph.iter().any(|sentence| !sentence.is_empty())) {
            tokens.paragraph_starts.push(tokens.term_ids.len() as u64);
            for sentence in paragraph.iter().filter(|sentence| !sentence.is_empty()) {
                tokens.sentence_starts.push(tokens.term_ids.len() as u64);
                tokens.term_ids.extend(sentence.iter().map(|&word| if word == 0 { GAP } else { word as u32 - 1 }));
            }
        }
        tokens.doc_offsets.push(tokens.term_ids.len() as u64);
    }
    tokens
}

fn corpora() -> impl Strategy<Value = Tokens> {
    let sentence = prop::collection::vec(prop_oneof![3 => 0..=3usize, 1 => 0..=WORDS.len()], 0..7);
    let paragraph = prop::collection::vec(sentence, 0..3);
    prop::collection::vec(prop::collection::vec(paragraph, 0..3), 0..7).prop_map(|docs| tokens_of(&docs))
}

fn grains() -> impl Strategy<Value = Grain> {
    (1..20usize, 1..40usize, 1..20usize, 0..9usize).prop_map(|(chunk, slice, table, serial_sort)| Grain {
        chunk,
        slice,
        table,
        serial_sort,
    })
}

fn bounds() -> impl Strategy<Value = Option<Bound>> {
    prop_oneof![
        4 => Just(None),
        1 => (0..5u64).prop_map(|count| Some(Bound::Count(count))),
        1 => (0..=10u32).prop_map(|tenths| Some(Bound::Share(f64::from(tenths) / 10.0))),
    ]
}

fn trims() -> impl Strategy<Value = Trim> {
    (bounds(), bounds(), bounds(), bounds(), prop::option::weighted(0.3, 1..9u64)).prop_map(
        |(min_count, max_count, min_df, max_df, max_terms)| Trim {
            min_count,
            max_count,
            min_df,
            max_df,
            max_terms,
            ..Trim::NOTHING
        },
    )
}

fn configs() -> impl Strategy<Value = Config> {
    let units = prop::sample::select(vec![Unit::Document, Unit::Paragraph, Unit::Sentence]);
    let orders = prop::sample::select(vec![Order::First, Order::Term, Order::Frequency]);
    let concatenators = prop::sample::select(vec!["_", " ", "", "~~"]);
    (1..4u32, 0..3u32, units, concatenators, trims(), orders, any::<bool>()).prop_map(
        |(least, more, within, concatenator, trim, order, binary)| Config {
            ngram_range: (least, least + more),
            within,
            concatenator: concatenator.into(),
            trim,
            order,
            vocabulary: None,
            binary,
        },
    )
}

/// All n-grams of one document in the order of their positions.
fn n_grams(tokens: &Tokens, doc: usize, within: Unit, n: usize) -> Vec<Vec<u32>> {
    let units = tokens.units(within, tokens.doc_range(doc));
    let windows = units.flat_map(|unit| tokens.term_ids[unit].windows(n).map(<[u32]>::to_vec).collect::<Vec<_>>());
    windows.filter(|ids| !ids.contains(&GAP)).collect()
}

fn joined(ids: &[u32], concatenator: &str) -> String {
    ids.iter().map(|&id| WORDS[id as usize]).collect::<Vec<_>>().join(concatenator)
}

#[derive(Default)]
struct Known {
    cf: u64,
    by_doc: BTreeMap<usize, u32>,
}

fn within_bound(value: u64, whole: u64, least: Option<Bound>, greatest: Option<Bound>) -> bool {
    // The shares are tenths, so that integers say exactly what is at least or at most a share.
    let tenths = |p: f64| (p * 10.0).round() as u64;
    let enough = match least {
        Some(Bound::Count(count)) => value >= count,
        Some(Bound::Share(p)) => value * 10 >= tenths(p) * whole,
        _ => true,
    };
    let not_too_much = match greatest {
        Some(Bound::Count(count)) => value <= count,
        Some(Bound::Share(p)) => value * 10 <= tenths(p) * whole,
        _ => true,
    };
    enough && not_too_much
}

/// Term ids of the columns and the dense matrix, by plain counting.
fn reference(tokens: &Tokens, config: &Config) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
    let mut found: Vec<Vec<u32>> = Vec::new();
    let mut known: BTreeMap<Vec<u32>, Known> = BTreeMap::new();
    for n in config.ngram_range.0..=config.ngram_range.1 {
        for doc in 0..tokens.n_docs() {
            for ids in n_grams(tokens, doc, config.within, n as usize) {
                let entry = known.entry(ids.clone()).or_insert_with(|| {
                    found.push(ids);
                    Known::default()
                });
                entry.cf += 1;
                *entry.by_doc.entry(doc).or_insert(0) += 1;
            }
        }
    }
    let total: u64 = known.values().map(|known| known.cf).sum();
    let trim = &config.trim;
    found.retain(|ids| {
        let (cf, df) = (known[ids].cf, known[ids].by_doc.len() as u64);
        within_bound(cf, total, trim.min_count, trim.max_count)
            && within_bound(df, tokens.n_docs() as u64, trim.min_df, trim.max_df)
    });
    match config.order {
        Order::First => {}
        Order::Term => found.sort_by_key(|ids| joined(ids, &config.concatenator)),
        Order::Frequency => found.sort_by_key(|ids| std::cmp::Reverse(known[ids].cf)),
    }
    if let Some(k) = trim.max_terms {
        let mut ranked: Vec<usize> = (0..found.len()).collect();
        ranked.sort_by_key(|&i| std::cmp::Reverse(known[&found[i]].cf));
        ranked.truncate(k as usize);
        ranked.sort_unstable();
        found = ranked.into_iter().map(|i| found[i].clone()).collect();
    }
    let cell = |ids: &Vec<u32>, doc| known[ids].by_doc.get(&doc).copied().unwrap_or(0);
    let cell = |ids: &Vec<u32>, doc| if config.binary { cell(ids, doc).min(1) } else { cell(ids, doc) };
    let dense = (0..tokens.n_docs()).map(|doc| found.iter().map(|ids| cell(ids, doc)).collect()).collect();
    (found, dense)
}

fn dense(matrix: &Csr<u32>) -> Vec<Vec<u32>> {
    let row = |i: usize| {
        let mut row = vec![0; matrix.n_columns];
        let (columns, values) = matrix.row(i);
        columns.iter().zip(values).for_each(|(&column, &value)| row[column as usize] = value);
        row
    };
    (0..matrix.n_rows()).map(row).collect()
}

fn assert_canonical(matrix: &Csr<u32>) {
    for i in 0..matrix.n_rows() {
        let (columns, values) = matrix.row(i);
        assert!(columns.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(columns.iter().all(|&column| (column as usize) < matrix.n_columns));
        assert!(values.iter().all(|&value| value > 0));
    }
}

fn strings(columns: &Columns) -> Vec<String> {
    let (text, boundaries) = columns.terms(&Workers::serial()).unwrap();
    boundaries.windows(2).map(|pair| text[pair[0] as usize..pair[1] as usize].to_owned()).collect()
}

fn assert_same(a: &TermDocument, b: &TermDocument) {
    assert_eq!(a.matrix, b.matrix);
    assert_eq!(strings(&a.columns), strings(&b.columns));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn matrices_equal_plain_counting_for_any_cut_and_number_of_threads(
        tokens in corpora(), config in configs(), grain in grains(),
    ) {
        let (terms, cells) = reference(&tokens, &config);
        let counted = count_in_pieces(&tokens, &config, &grain, &Workers::serial()).unwrap();
        assert_canonical(&counted.matrix);
        let found: Vec<_> = (0..counted.columns.len()).map(|j| counted.columns.term_ids(j).unwrap().to_vec()).collect();
        prop_assert_eq!(&found, &terms);
        prop_assert_eq!(dense(&counted.matrix), cells);
        let expected: Vec<String> = terms.iter().map(|ids| joined(ids, &config.concatenator)).collect();
        prop_assert_eq!(strings(&counted.columns), expected);
        for n_threads in [1, 2, 3, 8] {
            assert_same(&counted, &count_in_pieces(&tokens, &config, &grain, &workers(n_threads)).unwrap());
        }
        assert_same(&counted, &count(&tokens, &config, &workers(2)).unwrap());
    }

    #[test]
    fn a_given_vocabulary_counts_every_n_gram_that_reads_so(
        tokens in corpora(), config in configs(), grain in grains(), pick in prop::collection::vec(0..3usize, 60),
    ) {
        let config = Config { trim: Trim::NOTHING, order: Order::First, ..config };
        let (terms, cells) = reference(&tokens, &config);
        let mut chosen = vec!["nowhere".to_owned()];
        for (ids, pick) in terms.iter().zip(pick) {
            let term = joined(ids, &config.concatenator);
            if pick > 0 && !chosen.contains(&term) {
                chosen.insert(if pick == 1 { 0 } else { chosen.len() }, term);
            }
        }
        let cell = |row: &Vec<u32>, term: &String| {
            let columns = terms.iter().zip(row).filter(|(ids, _)| joined(ids, &config.concatenator) == *term);
            let count = columns.map(|(_, &count)| count).sum::<u32>();
            if config.binary { count.min(1) } else { count }
        };
        let expected: Vec<Vec<u32>> =
            cells.iter().map(|row| chosen.iter().map(|term| cell(row, term)).collect()).collect();
        let config = Config { vocabulary: Some(chosen.clone()), ..config };
        let counted = count_in_pieces(&tokens, &config, &grain, &workers(1)).unwrap();
        assert_canonical(&counted.matrix);
        prop_assert_eq!(dense(&counted.matrix), expected);
        prop_assert_eq!(strings(&counted.columns), chosen);
        for n_threads in [2, 3, 8] {
            assert_same(&counted, &count_in_pieces(&tokens, &config, &grain, &workers(n_threads)).unwrap());
        }
    }

    #[test]
    fn trimming_while_counting_equals_trimming_afterwards(tokens in corpora(), config in configs()) {
        let config = Config { binary: false, ..config };
        let all = count(&tokens, &Config { trim: Trim::NOTHING, ..config.clone() }, &workers(2)).unwrap();
        let frequencies = frequency::term_frequencies(&all.matrix, &workers(2)).unwrap();
        let keep = config.trim.columns(&frequencies.cf, &frequencies.df, tokens.n_docs() as u64).unwrap();
        let matrix = select::columns(&all.matrix, &keep, &workers(3)).unwrap();
        let trimmed = TermDocument { matrix, columns: all.columns.select(&keep) };
        assert_same(&trimmed, &count(&tokens, &config, &workers(2)).unwrap());
    }

    #[test]
    fn sums_and_selections_equal_those_of_the_dense_matrix(tokens in corpora(), seed in any::<u32>()) {
        let matrix = count(&tokens, &plain(), &workers(1)).unwrap().matrix;
        let rows = dense(&matrix);
        let n_groups = 1 + seed as usize % 4;
        let labels: Vec<u32> = (0..rows.len() as u32).map(|i| (i ^ seed) % n_groups as u32).collect();
        let mut sums = vec![vec![0; matrix.n_columns]; n_groups];
        for (row, &label) in rows.iter().zip(&labels) {
            row.iter().zip(&mut sums[label as usize]).for_each(|(value, sum)| *sum += value);
        }
        for n_threads in [1, 2, 3, 8] {
            let workers = workers(n_threads);
            let grouped = group::rows(&matrix, &labels, n_groups, &workers).unwrap();
            assert_canonical(&grouped);
            prop_assert_eq!(dense(&grouped), sums.clone());
            let transposed = transpose::transpose(&matrix, &workers).unwrap();
            for (i, row) in dense(&transposed).iter().enumerate() {
                prop_assert!(row.iter().enumerate().all(|(j, &value)| value == rows[j][i]));
            }
            let keep: Vec<usize> = (0..rows.len()).rev().chain(0..rows.len() / 2).collect();
            let selected = select::rows(&matrix, &keep, &workers).unwrap();
            prop_assert_eq!(dense(&selected), keep.iter().map(|&row| rows[row].clone()).collect::<Vec<_>>());
            prop_assert_eq!(frequency::row_sums(&matrix, &workers).unwrap(), tokens.doc_lengths());
        }
    }
}

#[test]
fn empty_corpora_documents_and_gaps_give_empty_rows() {
    let config = Config { ngram_range: (1, 3), order: Order::Term, ..plain() };
    for (docs, n_rows) in [(vec![], 0), (vec![vec![], vec![]], 2), (vec![vec![vec![vec![0, 0]]], vec![]], 2)] {
        let tokens = tokens_of(&docs);
        for n_threads in [1, 2] {
            let counted = count(&tokens, &config, &workers(n_threads)).unwrap();
            assert_eq!(counted.matrix, Csr::empty(n_rows, 0));
            assert!(counted.columns.is_empty());
        }
        let given = Config { vocabulary: Some(vec!["a".into()]), ..plain() };
        assert_eq!(count(&tokens, &given, &workers(2)).unwrap().matrix, Csr::empty(n_rows, 1));
    }
}

#[test]
fn documents_of_a_million_tokens_and_a_million_types_are_counted() {
    let n = 1_000_000u32;
    let words: Vec<String> = (0..n).map(|i| i.to_string()).collect();
    let tokens = Tokens {
        term_ids: (0..n).rev().chain(std::iter::repeat_n(7, n as usize)).collect(),
        doc_offsets: vec![0, u64::from(n), 2 * u64::from(n)],
        sentence_starts: vec![0, u64::from(n)],
        paragraph_starts: vec![0, u64::from(n)],
        vocabulary: Arc::new(Vocabulary::from_terms(words.iter().map(String::as_str))),
    };
    let one = count(&tokens, &Config { ngram_range: (1, 2), ..plain() }, &workers(1)).unwrap();
    assert_eq!(one.matrix.indptr, [0, 2 * u64::from(n) - 1, 2 * u64::from(n) + 1]);
    assert_eq!(one.matrix.row(1), (&[n - 8, 2 * n - 1][..], &[n, n - 1][..]));
    assert_eq!(one.columns.term(2 * n as usize - 1), "7_7");
    let two = count(&tokens, &Config { ngram_range: (1, 2), ..plain() }, &workers(2)).unwrap();
    assert_eq!(one.matrix, two.matrix);
}

#[test]
fn impossible_configurations_are_refused() {
    let tokens = tokens_of(&[]);
    let message = |config: Config| count(&tokens, &config, &workers(1)).unwrap_err().to_string();
    let allowed = "ngram_range must be two numbers of tokens, 1 or more, the smaller first";
    assert_eq!(message(Config { ngram_range: (0, 1), ..plain() }), format!("{allowed}, got (0, 1)"));
    assert_eq!(message(Config { ngram_range: (2, 1), ..plain() }), format!("{allowed}, got (2, 1)"));
    let twice = Some(vec!["a".to_owned(), "a".to_owned()]);
    assert_eq!(
        message(Config { vocabulary: twice, ..plain() }),
        "vocabulary must be distinct terms, got \"a\" more than once"
    );
    let trim = Trim { min_df: Some(Bound::Share(-0.5)), ..Trim::NOTHING };
    assert_eq!(message(Config { trim, ..plain() }), "min_df must be a share between 0 and 1, got -0.5");
    let bounded = Trim { min_df: Some(Bound::Count(1)), ..Trim::NOTHING };
    assert!(message(Config { trim: bounded, vocabulary: Some(vec![]), ..plain() }).starts_with("vocabulary must be"));
    assert!(message(Config { order: Order::Term, vocabulary: Some(vec![]), ..plain() }).starts_with("order must be"));
}

#[test]
fn counting_stops_when_asked_to() {
    let tokens = tokens_of(&[vec![vec![vec![1, 2]]]]);
    let workers = workers(2);
    workers.signal().cancel();
    let error = count(&tokens, &plain(), &workers).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Cancelled);
}

#[test]
fn a_configuration_survives_being_stored() {
    let trim = Trim { min_df: Some(Bound::Share(0.5)), max_terms: Some(3), ..Trim::NOTHING };
    let config = Config { trim, order: Order::Frequency, vocabulary: Some(vec!["a".into()]), ..plain() };
    let stored = serde_json::to_string(&config).unwrap();
    assert!(stored.contains(r#""min_df":{"share":0.5}"#) && stored.contains(r#""order":"frequency""#), "{stored}");
    assert_eq!(serde_json::from_str::<Config>(&stored).unwrap(), config);
}
