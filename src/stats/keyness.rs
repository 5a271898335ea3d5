//! What sets one text apart from another: measures of how often a word occurs in a target and in a reference.
//!
//! A word occurs `a` times in a target of `n1` tokens and `b` times in a reference of `n2`; p1 = a / n1, p2 = b / n2. With documents
//! in place of tokens the same measures are text dispersion keyness (Egbert & Biber 2019, doi:10.3366/cor.2019.0162). As a 2×2
//! table this is o11 = a, r1 = n1, c1 = a + b, n = n1 + n2 in the notation of [`super::contingency`]. Signed measures are positive
//! for over-use in the target. A word in neither text, an empty text or an impossible table gives NaN.

use std::f64::consts::LN_2;
use std::str::FromStr;

use super::contingency::{self, Correction, deviance, smallest_expected};
use super::exact;
use crate::disjoint::ranges;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Rows of one piece of work.
const CHUNK: usize = 1 << 10;

/// How often a word occurs in two texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Table {
    /// Count in the target.
    pub a: f64,
    /// Count in the reference.
    pub b: f64,
    /// Size of the target.
    pub n1: f64,
    /// Size of the reference.
    pub n2: f64,
}

impl Table {
    /// A measure of o11, r1, c1, n.
    fn of(&self, measure: impl FnOnce(f64, f64, f64, f64) -> f64) -> f64 {
        measure(self.a, self.n1, self.a + self.b, self.n1 + self.n2)
    }

    /// A function of p1 and p2 if the table has values.
    fn shares(&self, value: impl FnOnce(f64, f64) -> f64) -> f64 {
        let value = || value(self.a / self.n1, self.b / self.n2);
        self.of(|o11, r1, c1, n| {
            contingency::defined(o11, r1, c1, n, |_| if self.n2 > 0.0 { value() } else { f64::NAN })
        })
    }
}

/// What measures leave open.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Correction of `g2` and `chi2`.
    pub correction: Correction,
    /// n of `simple_maths`, per million.
    pub added: f64,
    /// Whether `log_ratio` takes a count of zero for ½.
    pub half_for_zero: bool,
    /// λ of `relevance`, from 0 to 1.
    pub relevance: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { correction: Correction::None, added: 1.0, half_for_zero: false, relevance: 0.6 }
    }
}

/// A measure by its name.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The name that the caller writes.
    pub name: &'static str,
    /// The function of one table.
    pub formula: fn(&Table, &Options) -> f64,
}

/// All measures.
pub const MEASURES: [Measure; 21] = [
    measure("g2", |table, options| table.of(|o, r, c, n| contingency::g2_corrected(o, r, c, n, options.correction))),
    measure("g2_2term", |table, _| table.of(contingency::g2_2term)),
    measure("chi2", |table, options| table.of(|o, r, c, n| contingency::chi2(o, r, c, n, options.correction))),
    measure("phi2", |table, _| table.of(contingency::phi2)),
    measure("bic", |table, _| bic(table)),
    measure("ell", |table, _| ell(table)),
    measure("odds_ratio", |table, _| table.of(contingency::odds_ratio)),
    measure("log_odds_ratio", |table, _| table.of(contingency::odds_ratio).ln()),
    measure("odds_ratio_cmle", |table, _| table.of(exact::odds_ratio_cmle)),
    measure("pmi", |table, _| pmi(table)),
    measure("log_ratio", log_ratio),
    measure("log_ratio_walter", |table, _| log_ratio_walter(table)),
    measure("relative_risk", |table, _| relative_risk(table)),
    measure("pct_diff", |table, _| 100.0 * (relative_risk(table) - 1.0)),
    measure("simple_maths", simple_maths),
    measure("diff_coeff", |table, _| diff_coeff(table)),
    measure("din", |table, _| 100.0 * diff_coeff(table)),
    measure("kld_frequency", |table, _| kld_frequency(table)),
    measure("relevance", relevance),
    measure("zeta", |table, _| zeta(table)),
    measure("expected", |table, _| table.of(|_, r1, c1, n| contingency::expected(r1, c1, n))),
];

const fn measure(name: &'static str, formula: fn(&Table, &Options) -> f64) -> Measure {
    Measure { name, formula }
}

impl FromStr for Measure {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let names = || MEASURES.map(|measure| measure.name).join(", ");
        let found = MEASURES.into_iter().find(|measure| measure.name == name);
        found.ok_or_else(|| Error::parameter("measure", name, format!("one of {}", names())))
    }
}

/// |g2| - ln N, natural logarithm: above 0 is evidence of a difference; 2, 6 and 10 are the usual steps. No correction.
///
/// Wilson (2013), *Embracing Bayes factors for key item analysis*.
pub fn bic(table: &Table) -> f64 {
    table.of(contingency::g2).abs() - (table.n1 + table.n2).ln()
}

/// |g2| / (N ln of the smallest expected count), from 0 to 1; NaN unless that count is above 1. No correction.
///
/// Johnston, Berry & Mielke (2006), doi:10.2466/pms.103.2.412-414.
pub fn ell(table: &Table) -> f64 {
    let smallest = table.of(|_, r1, c1, n| smallest_expected(r1, c1, n));
    if smallest > 1.0 { table.of(contingency::g2).abs() / ((table.n1 + table.n2) * smallest.ln()) } else { f64::NAN }
}

/// ln(a / E), natural logarithm; a = 0 gives -inf. Church & Hanks (1990), <https://aclanthology.org/J90-1003>.
pub fn pmi(table: &Table) -> f64 {
    table.of(|o11, r1, c1, n| contingency::defined(o11, r1, c1, n, |e| (o11 / e).ln()))
}

/// log2(p1 / p2); a = 0 gives -inf, b = 0 gives +inf, unless ½ is taken for a count of zero.
///
/// Hardie (2014), *Log Ratio: an informal introduction*.
pub fn log_ratio(table: &Table, options: &Options) -> f64 {
    let count = |count: f64| if options.half_for_zero && count == 0.0 { 0.5 } else { count };
    table.shares(|_, _| ((count(table.a) / table.n1) / (count(table.b) / table.n2)).log2())
}

/// log2 of (a + ½) / (n1 + ½) over (b + ½) / (n2 + ½), always finite. Walter (1975), doi:10.1093/biomet/62.2.371.
pub fn log_ratio_walter(table: &Table) -> f64 {
    table.shares(|_, _| (((table.a + 0.5) / (table.n1 + 0.5)) / ((table.b + 0.5) / (table.n2 + 0.5))).log2())
}

/// p1 / p2, from 0 to infinity, 1 without a difference.
pub fn relative_risk(table: &Table) -> f64 {
    table.shares(|p1, p2| p1 / p2)
}

/// (10⁶ p1 + n) / (10⁶ p2 + n), above 0, 1 without a difference; the larger n, the more frequent the words on top.
///
/// Kilgarriff (2009), *Simple maths for keywords*.
pub fn simple_maths(table: &Table, options: &Options) -> f64 {
    table.shares(|p1, p2| (1e6 * p1 + options.added) / (1e6 * p2 + options.added))
}

/// (p1 - p2) / (p1 + p2), from -1 to 1. Hofland & Johansson (1982).
pub fn diff_coeff(table: &Table) -> f64 {
    table.shares(|p1, p2| (p1 - p2) / (p1 + p2))
}

/// λ ln p1 + (1 - λ) ln(p1 / p) with p = (a + b) / N, natural logarithm; a = 0 gives -inf. With λ = 1 the order is that of frequency, with
/// λ = 0 that of [`pmi`].
///
/// Sievert & Shirley (2014), *LDAvis: a method for visualizing and interpreting topics*, doi:10.3115/v1/W14-3110.
pub fn relevance(table: &Table, options: &Options) -> f64 {
    let (p, share) = ((table.a + table.b) / (table.n1 + table.n2), options.relevance);
    table.shares(|p1, _| p1.ln() - (1.0 - share) * p.ln())
}

/// p1 + 1 - p2, from 0 to 2, 1 without a difference: of segments, the share of those of the target that have the word and of those of the
/// reference that do not.
///
/// Burrows (2007), doi:10.1093/llc/fqi067; Craig & Kinney (2009), *Shakespeare, Computers, and the Mystery of Authorship*.
pub fn zeta(table: &Table) -> f64 {
    table.shares(|p1, p2| p1 + (1.0 - p2))
}

/// Kullback-Leibler divergence of how the word is divided, a / (a + b), from how the tokens are, n1 / N, in bits, negative for
/// under-use; a count of zero adds 0.
///
/// The frequency among the dimensions of Gries (2021), *A new approach to (key) keywords analysis*, doi:10.32714/ricl.09.02.02.
pub fn kld_frequency(table: &Table) -> f64 {
    table.of(|o11, r1, c1, n| {
        contingency::defined(o11, r1, c1, n, |e| {
            let d = o11 - e;
            // The differences that the two deviances take off sum to zero.
            ((deviance(d, e) + deviance(-d, c1 - e)) / (c1 * LN_2)).copysign(d)
        })
    })
}

/// The measures of many words in two texts, an array for each measure.
///
/// # Errors
/// Arrays of different lengths, [`crate::ErrorKind::Cancelled`].
pub fn scores(
    measures: &[Measure],
    options: &Options,
    (a, b): (&[f64], &[f64]),
    (n1, n2): (f64, f64),
    workers: &Workers,
) -> Result<Vec<Vec<f64>>> {
    check_lengths(a, b)?;
    let chunks = workers.map(ranges(a.len(), CHUNK), |rows| {
        let tables: Vec<Table> = rows.map(|row| Table { a: a[row], b: b[row], n1, n2 }).collect();
        let column = |measure: &Measure| tables.iter().map(|table| (measure.formula)(table, options)).collect();
        Ok(measures.iter().map(column).collect::<Vec<Vec<f64>>>())
    })?;
    Ok((0..measures.len()).map(|i| chunks.iter().flat_map(|chunk| &chunk[i]).copied().collect()).collect())
}

/// ln of the p-values of Fisher's exact test of many words in two texts: two-sided, and for over-use in the target.
///
/// # Errors
/// Arrays of different lengths, [`crate::ErrorKind::Cancelled`].
pub fn fisher((a, b): (&[f64], &[f64]), (n1, n2): (f64, f64), workers: &Workers) -> Result<(Vec<f64>, Vec<f64>)> {
    check_lengths(a, b)?;
    let chunks = workers.map(ranges(a.len(), CHUNK), |rows| {
        let of_row = |row: usize| Table { a: a[row], b: b[row], n1, n2 };
        let test = |row| {
            let Table { a, b, n1, n2 } = of_row(row);
            exact::fisher(a, n1, a + b, n1 + n2)
        };
        Ok(rows.map(test).map(|found| (found.two_sided, found.over_use)).collect::<Vec<_>>())
    })?;
    Ok(chunks.into_iter().flatten().unzip())
}

fn check_lengths(a: &[f64], b: &[f64]) -> Result<()> {
    if a.len() == b.len() {
        return Ok(());
    }
    Err(Error::input(format!("lengths {} and {}", a.len(), b.len()), "two arrays of one length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(name: &str, got: f64, expected: f64) {
        assert!((got - expected).abs() <= 2e-6 * expected.abs().max(1.0), "{name}: {got}, expected {expected}");
    }

    #[test]
    fn hand_values_are_reproduced() {
        let tables = [(6.0, 2.0, 17.0, 12.0), (1.0, 4.0, 17.0, 12.0), (120.0, 60.0, 1e5, 2e5)];
        let cases = [
            ("pmi", [0.2464, -1.075355, std::f64::consts::LN_2]),
            ("log_ratio", [1.082462, -2.5025, 2.0]),
            ("log_ratio_walter", [0.893085, -2.070389, 1.994022]),
            ("relative_risk", [2.117647, 0.176471, 4.0]),
            ("pct_diff", [111.764706, -82.352941, 300.0]),
            ("simple_maths", [2.11764, 0.176473, 3.990033]),
            ("din", [35.849057, -70.0, 60.0]),
            ("bic", [-2.093058, 0.412145, 70.620162]),
            ("ell", [0.036706, 0.179253, 0.0000678]),
            ("relevance", [-0.526312, -2.130070, -3.758001]),
            ("zeta", [1.186275, 0.72549, 1.0009]),
            ("odds_ratio_cmle", [2.637593, 0.134733, 4.003584]),
        ];
        for (name, values) in cases {
            let measure: Measure = name.parse().unwrap();
            for ((a, b, n1, n2), value) in tables.into_iter().zip(values) {
                assert_close(name, (measure.formula)(&Table { a, b, n1, n2 }, &Options::default()), value);
            }
        }
    }

    #[test]
    fn the_frequency_dimension_is_a_divergence() {
        let table = Table { a: 3.0, b: 1.0, n1: 10.0, n2: 10.0 };
        assert_close("kld", kld_frequency(&table), 0.75 * 1.5f64.log2() + 0.25 * 0.5f64.log2());
        assert_close("under-use", kld_frequency(&Table { a: 0.0, b: 4.0, ..table }), -1.0);
    }

    #[test]
    fn zeros_have_the_values_of_the_specification() {
        let options = Options { half_for_zero: true, ..Options::default() };
        let (none, only) = (Table { a: 0.0, b: 4.0, n1: 8.0, n2: 8.0 }, Table { a: 4.0, b: 0.0, n1: 8.0, n2: 8.0 });
        assert_eq!(log_ratio(&none, &Options::default()), f64::NEG_INFINITY);
        assert_eq!(log_ratio(&only, &Options::default()), f64::INFINITY);
        assert_eq!((log_ratio(&only, &options), log_ratio(&none, &options)), (3.0, -3.0));
        assert_eq!((pmi(&none), relative_risk(&only)), (f64::NEG_INFINITY, f64::INFINITY));
        let impossible = [(0.0, 0.0, 8.0, 8.0), (9.0, 0.0, 8.0, 8.0), (1.0, 0.0, 8.0, 0.0), (0.0, 1.0, 0.0, 8.0)];
        for (a, b, n1, n2) in impossible {
            for measure in MEASURES.iter().filter(|measure| measure.name != "expected") {
                let value = (measure.formula)(&Table { a, b, n1, n2 }, &options);
                // Without a reference the margins leave one table, of which tests say nothing.
                assert!(value.is_nan() || n2 == 0.0, "{} {a} {b} {value}", measure.name);
            }
        }
    }

    #[test]
    fn scores_are_those_of_single_tables_for_any_number_of_threads() {
        let a: Vec<f64> = (1..3001).map(f64::from).collect();
        let b: Vec<f64> = (0..3000).map(|i| f64::from(i * 7 % 101)).collect();
        let measures: Vec<Measure> = MEASURES.to_vec();
        let of = |n| {
            let workers = Workers::new(Some(n), Default::default()).unwrap();
            (
                scores(&measures, &Options::default(), (&a, &b), (1e6, 2e6), &workers).unwrap(),
                fisher((&a, &b), (1e6, 2e6), &workers).unwrap(),
            )
        };
        let (one, two) = (of(1), of(2));
        let bits = |columns: &[Vec<f64>]| columns.concat().iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&one.0), bits(&two.0));
        assert!(one.1 == two.1);
        assert_eq!(one.0[0][2999], contingency::g2(3000.0, 1e6, 3000.0 + b[2999], 3e6));
        assert!(scores(&measures, &Options::default(), (&a, &b[1..]), (1e6, 2e6), &Workers::serial()).is_err());
    }
}
