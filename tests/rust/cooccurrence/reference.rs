//! Co-occurrence as its definition reads: every pair of positions, one map of cells.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use kolloc::cooccurrence::{Config, Context, Cooccurrence, Count, Diagonal, Margins, Shape};
use kolloc::corpus::tokens::{GAP, Tokens, Unit};

/// Cells by (row term, column term), both halves, and margins by term; over all terms.
#[derive(Debug, Default)]
pub struct Reference {
    pub cells: BTreeMap<(u32, u32), f64>,
    pub rows: BTreeMap<u32, f64>,
    pub columns: BTreeMap<u32, f64>,
    pub n: f64,
    pub n_pairs: f64,
}

/// Positions of the units pairs may not leave.
fn units(tokens: &Tokens, config: &Config) -> Vec<Range<usize>> {
    let unit = match config.context {
        Context::Window => config.within,
        Context::Document => Unit::Document,
        Context::Paragraph => Unit::Paragraph,
        Context::Sentence => Unit::Sentence,
    };
    let starts = match unit {
        Unit::Document => &tokens.doc_offsets[..tokens.n_docs()],
        Unit::Paragraph => &tokens.paragraph_starts[..],
        Unit::Sentence => &tokens.sentence_starts[..],
    };
    let ends = starts.iter().skip(1).copied().chain([tokens.n_positions() as u64]);
    starts.iter().zip(ends).map(|(&start, end)| start as usize..end as usize).collect()
}

/// Counts by definition.
pub fn reference(tokens: &Tokens, config: &Config) -> Reference {
    let window = config.context == Context::Window;
    let (left, right) = if window { (config.left as usize, config.right as usize) } else { (usize::MAX, usize::MAX) };
    let left = if config.ordered { 0 } else { left };
    let units = units(tokens, config);
    let mut result = Reference::default();
    for unit in &units {
        pairs_of_unit(&tokens.term_ids, unit.clone(), (left, right), config, &mut result);
    }
    match config.margins {
        Margins::Pairs => (),
        Margins::Surface => surface(&tokens.term_ids, &units, (left, right), &mut result),
        Margins::Textual => {
            (result.rows, result.n) = (BTreeMap::new(), units.len() as f64);
            for unit in &units {
                let terms: BTreeSet<u32> = tokens.term_ids[unit.clone()].iter().copied().collect();
                terms.into_iter().for_each(|term| *result.rows.entry(term).or_default() += 1.0);
            }
            result.columns = result.rows.clone();
        }
    }
    result
}

fn pairs_of_unit(ids: &[u32], unit: Range<usize>, reach: (usize, usize), config: &Config, result: &mut Reference) {
    let mut met: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for p in unit.clone() {
        for q in p + 1..unit.end {
            let (i, j, distance) = (ids[p], ids[q], q - p);
            if i == GAP || j == GAP || distance > reach.0.max(reach.1) {
                continue;
            }
            let weight = match (config.count, &config.weights) {
                (Count::Weighted, Some(weights)) => weights[distance - 1],
                (Count::Weighted, None) => 1.0 / distance as f64,
                _ => 1.0,
            };
            result.n_pairs += weight;
            let mut incident = |node, collocate, weight: f64| {
                *result.rows.entry(node).or_default() += weight;
                *result.columns.entry(collocate).or_default() += weight;
                result.n += weight;
            };
            let (from_left, from_right) = (distance <= reach.1, distance <= reach.0);
            if from_left {
                incident(i, j, weight);
            }
            if from_right {
                incident(j, i, weight);
            }
            let mut add = |i, j, weight: f64| {
                let sum = met.entry((i, j)).or_default();
                *sum = if config.count == Count::Boolean { sum.max(weight) } else { *sum + weight };
            };
            if i != j {
                [(from_left, i, j), (from_right, j, i)].iter().filter(|x| x.0).for_each(|x| add(x.1, x.2, weight));
            } else {
                // The two sides apart, under keys no pair of terms has.
                add(i, GAP, weight);
                [(from_left, GAP - 1), (from_right, GAP - 2)].iter().filter(|x| x.0).for_each(|x| add(i, x.1, weight));
            }
        }
    }
    for ((i, j), sum) in met {
        let (j, sum) = match (j, config.diagonal) {
            (GAP, Diagonal::Pairs) => (i, sum),
            (GAP, Diagonal::Twice) if config.ordered => (i, 2.0 * sum),
            (j, Diagonal::Twice) if j != GAP && j >= GAP - 2 && !config.ordered => (i, sum),
            (j, _) if j >= GAP - 2 => continue,
            (j, _) => (j, sum),
        };
        *result.cells.entry((i, j)).or_default() += sum;
    }
}

/// Evert's surface co-occurrence: tokens in the span of at least one node token.
fn surface(ids: &[u32], units: &[Range<usize>], (left, right): (usize, usize), result: &mut Reference) {
    (result.cells, result.rows, result.columns) = Default::default();
    let terms: BTreeSet<u32> = ids.iter().copied().filter(|&id| id != GAP).collect();
    for &node in &terms {
        for unit in units {
            for q in unit.clone().filter(|&q| ids[q] != GAP && ids[q] != node) {
                let nodes = unit.clone().filter(|&p| ids[p] == node);
                if nodes.into_iter().any(|p| if q < p { p - q <= left } else { q - p <= right }) {
                    *result.cells.entry((node, ids[q])).or_default() += 1.0;
                    *result.rows.entry(node).or_default() += 1.0;
                }
            }
        }
    }
    ids.iter().filter(|&&id| id != GAP).for_each(|&id| *result.columns.entry(id).or_default() += 1.0);
    result.n = ids.iter().filter(|&&id| id != GAP).count() as f64;
}

/// All cells of a result by (row term, column term), both halves.
pub fn cells(result: &Cooccurrence) -> BTreeMap<(u32, u32), f64> {
    let mut cells = BTreeMap::new();
    for (i, &row) in result.row_terms().iter().enumerate() {
        let edges = result.row_full(i);
        assert!(edges.columns.windows(2).all(|pair| pair[0] < pair[1]), "columns ascend");
        for (&column, &value) in edges.columns.iter().zip(&edges.values) {
            assert!(value != 0.0, "no zero is stored");
            cells.insert((row, result.terms[column as usize]), value);
        }
        if result.shape == Shape::Upper {
            let range = result.cells.row_range(i);
            assert!(result.cells.indices()[range].iter().all(|&column| column as usize >= i), "upper triangle");
        }
    }
    cells
}

/// Whether two amounts are the same up to the rounding weighted sums are allowed.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

/// Fails where a result departs from the definition.
pub fn check(tokens: &Tokens, config: &Config, result: &Cooccurrence) {
    let expected = reference(tokens, config);
    let frequency = |term: u32| tokens.term_ids.iter().filter(|&&id| id == term).count() as u64;
    let mut terms: Vec<u32> =
        (0..tokens.n_types() as u32).filter(|&term| frequency(term) >= config.min_count).collect();
    terms.sort_by_key(|&term| (std::cmp::Reverse(frequency(term)), term));
    assert_eq!(result.terms, terms);
    let rows = config.nodes.clone().unwrap_or(terms.clone());
    assert_eq!(result.row_terms(), rows);
    let kept = |(row, column): (u32, u32)| rows.contains(&row) && terms.contains(&column);
    let expected_cells: BTreeMap<_, _> = expected.cells.iter().filter(|cell| kept(*cell.0)).collect();
    let found = cells(result);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected_cells.keys().copied().collect::<Vec<_>>(), "cells stored");
    for (key, &value) in &found {
        assert!(close(value, *expected_cells[key]), "cell {key:?}: {value}, expected {}", expected_cells[key]);
    }
    let margin = |margins: &BTreeMap<u32, f64>, term| margins.get(&term).copied().unwrap_or(0.0);
    for (i, &row) in rows.iter().enumerate() {
        assert!(close(result.row_margins.get(i), margin(&expected.rows, row)), "margin of row term {row}");
        assert_eq!(result.row_frequencies.get(i), frequency(row) as f64);
    }
    for (j, &column) in terms.iter().enumerate() {
        assert!(
            close(result.column_margins.get(j), margin(&expected.columns, column)),
            "margin of column term {column}"
        );
        assert_eq!(result.frequencies.get(j), frequency(column) as f64);
    }
    assert!(close(result.n.value(), expected.n), "n {:?}, expected {}", result.n, expected.n);
    assert!(
        close(result.n_pairs.value(), expected.n_pairs),
        "pairs {:?}, expected {}",
        result.n_pairs,
        expected.n_pairs
    );
}
