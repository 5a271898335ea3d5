//! The hand values of the formula specification, sections 3.2 and 3.3.

use std::collections::BTreeMap;

use kolloc::cooccurrence::{Amount, Amounts, Config, Context, Cooccurrence, Count, Diagonal, Margins, count};
use kolloc::corpus::tokens::Tokens;
use kolloc::parallel::Workers;

use super::reference::cells;
use super::{config, corpus};

const T2: [&str; 3] = ["a a a b b c", "a a c e", "a c e f g"];

/// Cells as "ab" → value; of a symmetric table each pair once, in alphabetical order.
fn table(tokens: &Tokens, config: &Config) -> BTreeMap<String, f64> {
    let result = count(tokens, config, &Workers::serial()).unwrap();
    let name = |id: u32| tokens.vocabulary.term(id).to_owned();
    let named = cells(&result).into_iter().map(|((i, j), value)| ((name(i), name(j)), value));
    named.filter(|((i, j), _)| config.ordered || i <= j).map(|((i, j), value)| (i + &j, value)).collect()
}

/// "aa4 ab6" as a map.
fn parse(text: &str) -> BTreeMap<String, f64> {
    let cell = |cell: &str| (cell[..2].to_owned(), cell[2..].parse().unwrap());
    text.split(|c: char| c == ';' || c.is_whitespace()).filter(|text| !text.is_empty()).map(cell).collect()
}

fn boolean(config: Config) -> Config {
    Config { count: Count::Boolean, margins: Margins::Textual, ..config }
}

fn weighted(config: Config) -> Config {
    Config { count: Count::Weighted, ..config }
}

#[test]
fn tables_of_the_three_documents() {
    let tokens = corpus(&T2);
    let window = config();
    let twice = Config { diagonal: Diagonal::Twice, ..window.clone() };
    let document = Config { context: Context::Document, ..window.clone() };
    let cases = [
        (document.clone(), "aa4 ab6 ac6 ae3 af1 ag1; bb1 bc2; ce2 cf1 cg1; ef1 eg1; fg1"),
        (boolean(document), "aa2 ab1 ac3 ae2 af1 ag1; bb1 bc1; ce2 cf1 cg1; ef1 eg1; fg1"),
        (twice.clone(), "aa8 ab3 ac3 ae2; bb2 bc2; ce2 cf1; ef1 eg1; fg1"),
        (boolean(twice.clone()), "aa4 ab1 ac2 ae2; bb2 bc1; ce2 cf1; ef1 eg1; fg1"),
        (weighted(twice), "aa7 ab2 ac2.5 ae1; bb2 bc1.5; ce2 cf.5; ef1 eg.5; fg1"),
        (Config { ordered: true, ..window.clone() }, "aa4 ab3 ac3 ae2; bb1 bc2; ce2 cf1; ef1 eg1; fg1"),
        (window.clone(), "aa4 ab3 ac3 ae2; bb1 bc2; ce2 cf1; ef1 eg1; fg1"),
        (boolean(window.clone()), "aa2 ab1 ac2 ae2; bb1 bc1; ce2 cf1; ef1 eg1; fg1"),
        (weighted(window.clone()), "aa3.5 ab2 ac2.5 ae1; bb1 bc1.5; ce2 cf.5; ef1 eg.5; fg1"),
        (Config { diagonal: Diagonal::Zero, ..window }, "ab3 ac3 ae2; bc2; ce2 cf1; ef1 eg1; fg1"),
    ];
    for (config, expected) in cases {
        assert_eq!(table(&tokens, &config), parse(expected), "{config:?}");
    }
}

#[test]
fn weights_by_distance() {
    let config = Config { left: 3, right: 3, diagonal: Diagonal::Twice, ..weighted(config()) };
    let found = table(&corpus(&["A D A C E A D F E B A C E D"]), &config);
    let expected = parse(
        "AA1.6666666666666667 AB1 AC2.8333333333333333 AD3.3333333333333333 AE2.8333333333333333 AF.83333333333333333
         BC.5 BD.33333333333333333 BE1.3333333333333333 BF.5 CD1.3333333333333333 CE2.3333333333333333
         DE2.3333333333333333 DF1 EF1.3333333333333333",
    );
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    found.iter().for_each(|(name, value)| assert!((value - expected[name]).abs() < 1e-12, "{name} {value}"));
    let config = Config { weights: Some(vec![3.0, 2.0, 1.0]), ..config };
    assert_eq!(table(&corpus(&["a b a b"]), &config), parse("aa4 ab10 bb4"));
}

#[test]
fn ordered_and_unordered_pairs_of_a_unit_are_judged_separately() {
    let config = Config { ordered: true, ..boolean(config()) };
    assert_eq!(table(&corpus(&["a b a b", "b a"]), &config), parse("aa1 ab1 ba2 bb1"));
}

#[test]
fn a_removed_token_holds_its_place() {
    let config = Config { left: 1, right: 1, ..config() };
    assert_eq!(table(&corpus(&["a b a"]), &config), parse("ab2"));
    assert_eq!(table(&corpus(&["a _ b a"]), &config), parse("ab1"));
}

fn by_name(tokens: &Tokens, result: &Cooccurrence, amounts: &Amounts) -> String {
    let name = |i: usize| tokens.vocabulary.term(result.terms[i]);
    let mut named: Vec<String> = (0..result.terms.len()).map(|i| format!("{}{}", name(i), amounts.get(i))).collect();
    named.sort();
    named.join(" ")
}

#[test]
fn margins_of_pairs() {
    let tokens = corpus(&T2);
    let result = |config| count(&tokens, &config, &Workers::serial()).unwrap();
    let window = result(config());
    assert_eq!(by_name(&tokens, &window, &window.row_margins), "a16 b7 c8 e6 f3 g2");
    assert_eq!((window.n, window.n_pairs), (Amount::Count(42), Amount::Count(21)));
    let ordered = result(Config { ordered: true, ..config() });
    assert_eq!(by_name(&tokens, &ordered, &ordered.row_margins), "a12 b3 c3 e2 f1 g0");
    assert_eq!(by_name(&tokens, &ordered, &ordered.column_margins), "a4 b4 c5 e4 f2 g2");
    assert_eq!(ordered.n, Amount::Count(21));
    let document = result(Config { context: Context::Document, ..config() });
    assert_eq!(by_name(&tokens, &document, &document.row_margins), "a25 b10 c12 e7 f4 g4");
    assert_eq!((document.n, document.n_pairs), (Amount::Count(62), Amount::Count(31)));
    let textual = result(boolean(Config { context: Context::Document, ..config() }));
    assert_eq!(by_name(&tokens, &textual, &textual.row_margins), "a3 b1 c3 e2 f1 g1");
    assert_eq!(textual.n, Amount::Count(3));
}

/// O11, R1, C1 and N of one cell, from the tables of all cells; zeros where the cell is not stored.
fn contingency(tokens: &Tokens, config: &Config, node: &str, collocate: &str) -> [f64; 4] {
    let result = count(tokens, config, &Workers::serial()).unwrap();
    let place = |name: &str| result.terms.iter().position(|&term| tokens.vocabulary.term(term) == name).unwrap();
    let (row, column) = (place(node), place(collocate));
    let cell = result.cells.row_range(row).find(|&cell| result.cells.indices()[cell] == column as u32);
    let Some(cell) = cell else {
        return [0.0, result.row_margins.get(row), result.column_margins.get(column), result.sample_size(row)];
    };
    let tables = result.tables(cell..cell + 1);
    [tables.o11[0], tables.r1[0], tables.c1[0], tables.n[0]]
}

#[test]
fn tables_for_association_measures() {
    let tokens = corpus(&T2);
    assert_eq!(contingency(&tokens, &config(), "a", "c"), [3.0, 16.0, 8.0, 42.0]);
    assert_eq!(contingency(&tokens, &config(), "a", "a"), [8.0, 16.0, 16.0, 42.0]);
    let surface = Config { margins: Margins::Surface, ..config() };
    let cases = [
        ("a", "c", [[2, 6, 3, 9], [0, 0, 3, 9], [2, 6, 3, 9]]),
        ("c", "a", [[3, 8, 6, 12], [3, 5, 6, 12], [0, 3, 6, 12]]),
        ("b", "a", [[2, 3, 6, 13], [2, 2, 6, 13], [0, 1, 6, 13]]),
        ("e", "c", [[2, 6, 3, 13], [2, 4, 3, 13], [0, 2, 3, 13]]),
    ];
    for (node, collocate, expected) in cases {
        for ((left, right), expected) in [(2, 2), (2, 0), (0, 2)].into_iter().zip(expected) {
            let config = Config { left, right, ..surface.clone() };
            let found = contingency(&tokens, &config, node, collocate);
            assert_eq!(found, expected.map(f64::from), "{node} {collocate} L{left}R{right}");
        }
    }
}
