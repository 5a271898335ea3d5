//! How evenly a term is spread over the parts of a corpus, for one term or for all columns of a matrix.
//!
//! A corpus has n parts of so many tokens each; a term occurs v times in a part and f times in all. Write s for the share of
//! the corpus that a part holds and p = v / size. A part may stand for several equal ones, or for a fraction of one (a
//! document drawn twice, a reprint of weight ½): its *multiplicity* t counts in n and in every sum. Parts without tokens or
//! with t = 0 are left out. Parts in which the term does not occur enter by their number alone, so a term costs time in
//! proportion to the parts in which it occurs. With f = 0 or n < 2 all measures but [`range`] are NaN.
//!
//! Sources: Gries, S. Th. (2008), *Dispersions and adjusted frequencies in corpora*, doi:10.1075/ijcl.13.4.02gri; Gries
//! (2020), *Analyzing dispersion*, doi:10.1007/978-3-030-46216-1_5; others at the functions.

use std::f64::consts::LN_2;
use std::str::FromStr;

pub use column::{Column, Parts, Totals};
pub use table::{Columns, of_columns};

use crate::error::{Error, Result};
use column::Cell;

mod column;
mod table;

/// From here on the series for harmonic numbers is exact to the last digit.
const LARGE: f64 = 16.0;
/// Euler's constant.
const GAMMA: f64 = 0.577_215_664_901_532_9;

/// A measure of one column.
pub type Formula = fn(&Column) -> f64;

/// A measure by its name.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The name that the caller writes.
    pub name: &'static str,
    /// The function of one column.
    pub formula: Formula,
    /// Whether 0 means evenly spread, and 1 less the value measures evenness.
    pub zero_is_even: bool,
}

/// All measures.
pub const MEASURES: [Measure; 19] = [
    plain("range", range),
    plain("range_share", range_share),
    plain("sd", sd),
    plain("vc", vc),
    plain("juilland_d", juilland_d),
    plain("carroll_d2", carroll_d2),
    plain("rosengren_s", rosengren_s),
    plain("lyne_d3", lyne_d3),
    plain("dc", dc),
    zero_is_even("dp", dp),
    zero_is_even("dp_norm", dp_norm),
    zero_is_even("kld", kld),
    zero_is_even("kld_norm", kld_norm),
    plain("da", da),
    plain("juilland_u", juilland_u),
    plain("carroll_um", carroll_um),
    plain("rosengren_kf", rosengren_kf),
    plain("engwall_fm", engwall_fm),
    plain("kromer_ur", kromer_ur),
];

const fn plain(name: &'static str, formula: Formula) -> Measure {
    Measure { name, formula, zero_is_even: false }
}

const fn zero_is_even(name: &'static str, formula: Formula) -> Measure {
    Measure { name, formula, zero_is_even: true }
}

impl FromStr for Measure {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let names = || MEASURES.map(|measure| measure.name).join(", ");
        let found = MEASURES.into_iter().find(|measure| measure.name == name);
        found.ok_or_else(|| Error::parameter("measure", name, format!("one of {}", names())))
    }
}

/// Number of parts with the term; 0 if it does not occur.
pub fn range(column: &Column) -> f64 {
    column.k
}

/// Share of the parts that hold the term, above 0 to 1.
pub fn range_share(column: &Column) -> f64 {
    column.defined(|| column.k / column.parts.n)
}

/// Population standard deviation of v, in tokens; at least 0, which is even.
pub fn sd(column: &Column) -> f64 {
    column.defined(|| column.moments(|cell| cell.v).1.sqrt())
}

/// Variation coefficient: standard deviation of v over its mean f / n; at least 0, which is even.
pub fn vc(column: &Column) -> f64 {
    sd(column) / (column.f / column.parts.n)
}

/// 1 - (sd / mean of p) / √(n - 1), from 0 to 1, which is even; near 1 for nearly all terms if parts are many.
///
/// Juilland & Chang-Rodríguez (1964), *Frequency dictionary of Spanish words*. Parts of a multiplicity below 1 could lead
/// below 0, which becomes 0.
pub fn juilland_d(column: &Column) -> f64 {
    column.defined(|| {
        let (mean, variance) = column.moments(|cell| cell.v / cell.size);
        (1.0 - (variance / (column.parts.n - 1.0)).sqrt() / mean).clamp(0.0, 1.0)
    })
}

/// Entropy of p / Σp over log n, from 0 to 1, which is even; the base cancels. Carroll (1970).
pub fn carroll_d2(column: &Column) -> f64 {
    column.defined(|| {
        let sum = column.sum(|cell| cell.v / cell.size);
        let entropy = -column.sum(|cell| x_ln_x(cell.v / cell.size / sum));
        (entropy / column.parts.n.ln()).clamp(0.0, 1.0)
    })
}

/// (Σ √(v s))² / f, from the least s to 1, which is even. Rosengren (1971), *The quantitative concept of language*.
pub fn rosengren_s(column: &Column) -> f64 {
    (rosengren_kf(column) / column.f).clamp(0.0, 1.0)
}

/// 1 - χ² / ((n - 1) f) with χ² of v against f / n, from 0 to 1, which is even.
///
/// Lyne (1985), *The vocabulary of French business correspondence*, whose divisor 4 f is this for his five parts.
pub fn lyne_d3(column: &Column) -> f64 {
    column.defined(|| {
        let (mean, variance) = column.moments(|cell| cell.v);
        let chi_squared = variance * column.parts.n / mean;
        (1.0 - chi_squared / ((column.parts.n - 1.0) * column.f)).clamp(0.0, 1.0)
    })
}

/// (Σ √v / n)² / (f / n), from 1 / n to 1, which is even. Zhang, Huang & Yu (2004).
pub fn dc(column: &Column) -> f64 {
    column.defined(|| (column.sum(|cell| cell.v.sqrt()).powi(2) / column.parts.n / column.f).clamp(0.0, 1.0))
}

/// Deviation of proportions ½ Σ |v / f - s|, from 0, which is even, to 1 - least s. Gries (2008).
///
/// Evaluated as the sum of the positive differences: both kinds add up to the same.
pub fn dp(column: &Column) -> f64 {
    column.defined(|| column.sum(|cell| (cell.v / column.f - cell.size / column.parts.total).max(0.0)))
}

/// dp / (1 - least s), from 0, which is even, to 1. Lijffijt & Gries (2012), doi:10.1075/ijcl.17.1.08lij.
pub fn dp_norm(column: &Column) -> f64 {
    (dp(column) / (1.0 - column.parts.smallest / column.parts.total)).clamp(0.0, 1.0)
}

/// Kullback-Leibler divergence Σ (v / f) log2((v / f) / s), in bits, from 0, which is even; v = 0 adds 0. Gries (2020).
pub fn kld(column: &Column) -> f64 {
    column.defined(|| {
        let share = |cell: &Cell| cell.v / column.f;
        column.sum(|cell| share(cell) * (share(cell) * (column.parts.total / cell.size)).log2()).max(0.0)
    })
}

/// 1 - 2^-kld, from 0, which is even, to 1. Gries (2021).
pub fn kld_norm(column: &Column) -> f64 {
    -(-kld(column) * LN_2).exp_m1()
}

/// 1 - (mean of |p - p'| over all pairs of parts) / (2 mean p), from 0 to 1, which is even.
///
/// Burch, Egbert & Biber (2017), doi:10.3366/cor.2017.0112. The sum over pairs is taken over the sorted p: each adds p times
/// the number of parts below it less those above it.
pub fn da(column: &Column) -> f64 {
    column.defined(|| {
        let mut sorted: Vec<(f64, f64)> = column.cells.iter().map(|cell| (cell.v / cell.size, cell.t)).collect();
        sorted.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let n = column.parts.n;
        let (mut below, mut differences, mut sum) = (column.n_without(), 0.0, 0.0);
        for (p, t) in sorted {
            differences += p * t * (2.0 * below + t - n);
            sum += p * t;
            below += t;
        }
        (1.0 - differences / ((n - 1.0) * sum)).clamp(0.0, 1.0)
    })
}

/// Adjusted frequency f · [`juilland_d`], in tokens.
pub fn juilland_u(column: &Column) -> f64 {
    column.f * juilland_d(column)
}

/// Adjusted frequency f · D2 + (1 - D2) f / n with [`carroll_d2`], in tokens. Carroll (1970).
pub fn carroll_um(column: &Column) -> f64 {
    let d2 = carroll_d2(column);
    column.f * d2 + (1.0 - d2) * column.f / column.parts.n
}

/// Adjusted frequency (Σ √(v s))², in tokens. Rosengren (1971).
pub fn rosengren_kf(column: &Column) -> f64 {
    column.defined(|| column.sum(|cell| (cell.v * (cell.size / column.parts.total)).sqrt()).powi(2))
}

/// Adjusted frequency f · range / n, in tokens. Engwall (1974).
pub fn engwall_fm(column: &Column) -> f64 {
    column.f * range_share(column)
}

/// Adjusted frequency Σ H(v) with the harmonic numbers 1 + 1/2 + ... + 1/v, in tokens. Kromer (2003).
///
/// Between whole numbers H is ψ(v + 1) + γ.
pub fn kromer_ur(column: &Column) -> f64 {
    column.defined(|| column.sum(|cell| harmonic(cell.v)))
}

fn x_ln_x(x: f64) -> f64 {
    if x > 0.0 { x * x.ln() } else { 0.0 }
}

/// The harmonic number of a number of at least 0.
fn harmonic(mut v: f64) -> f64 {
    let mut below = 0.0;
    while v < LARGE {
        v += 1.0;
        below += 1.0 / v;
    }
    let square = 1.0 / (v * v);
    let series = square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)));
    v.ln() + GAMMA + 0.5 / v - series - below
}

#[cfg(test)]
mod tests {
    use super::*;

    const EQUAL: [f64; 5] = [10.0; 5];
    const UNEQUAL: [f64; 5] = [9.0, 10.0, 10.0, 10.0, 11.0];

    fn value(name: &str, counts: &[f64], parts: &Parts) -> f64 {
        let numbers: Vec<u32> = (0..counts.len() as u32).collect();
        let mut column = Column::default();
        column.fill(parts, &numbers, counts);
        (name.parse::<Measure>().unwrap().formula)(&column)
    }

    /// The word of Gries (2008) in equal parts, and of Gries (2020) in unequal ones.
    const HAND_VALUES: [(&str, f64, f64); 19] = [
        ("range", 5.0, 5.0),
        ("range_share", 1.0, 1.0),
        ("sd", std::f64::consts::SQRT_2, std::f64::consts::SQRT_2),
        ("vc", 0.47140452079103173, 0.47140452079103173),
        ("juilland_d", 0.7642977396044841, 0.7851504534504508),
        ("carroll_d2", 0.925633916873193, 0.9379213032979956),
        ("rosengren_s", 0.9368466077729136, 0.9498163423042408),
        ("lyne_d3", 0.9444444444444444, 0.9444444444444444),
        ("dc", 0.9368466077729137, 0.9368466077729137),
        ("dp", 0.2, 0.18),
        ("dp_norm", 0.25, 0.2195121951219512),
        ("kld", 0.17267269771886237, 0.1369717293652208),
        ("kld_norm", 0.11280244036225984, 0.09057392752357085),
        ("da", 0.6666666666666666, 0.6974500344589938),
        ("juilland_u", 11.464466094067262, 11.777256801756762),
        ("carroll_um", 14.107607002478314, 14.255055639575946),
        ("rosengren_kf", 14.052699116593704, 14.247245134563613),
        ("engwall_fm", 15.0, 15.0),
        ("kromer_ur", 8.7, 8.7),
    ];

    #[test]
    fn hand_values_are_reproduced() {
        let counts = [1.0, 2.0, 3.0, 4.0, 5.0];
        let (equal, unequal) = (Parts::new(&EQUAL, None, false).unwrap(), Parts::new(&UNEQUAL, None, false).unwrap());
        for (name, in_equal, in_unequal) in HAND_VALUES {
            assert!((value(name, &counts, &equal) - in_equal).abs() < 1e-12, "{name}");
            assert!((value(name, &counts, &unequal) - in_unequal).abs() < 1e-12, "{name}");
        }
        let taken_for_equal = Parts::new(&UNEQUAL, None, true).unwrap();
        assert_eq!(value("dp_norm", &counts, &taken_for_equal), value("dp_norm", &counts, &equal));
    }

    #[test]
    fn a_part_of_multiplicity_two_is_two_parts() {
        let twice = Parts::new(&[4.0, 7.0, 5.0, 3.0, 0.0], Some(&[2.0, 1.0, 3.0, 0.0, 1.0]), false).unwrap();
        let written_out = Parts::new(&[4.0, 4.0, 7.0, 5.0, 5.0, 5.0], None, false).unwrap();
        for measure in MEASURES {
            let (one, other) = (
                value(measure.name, &[1.0, 3.0, 0.0, 2.0, 0.0], &twice),
                value(measure.name, &[1.0, 1.0, 3.0, 0.0, 0.0, 0.0], &written_out),
            );
            assert!((one - other).abs() < 1e-12, "{}: {one}, {other}", measure.name);
        }
    }

    #[test]
    fn nothing_is_said_of_absent_terms_and_single_parts() {
        let (none, one) = (Parts::new(&EQUAL, None, false).unwrap(), Parts::new(&[7.0], None, false).unwrap());
        for measure in MEASURES.into_iter().skip(1) {
            assert!(value(measure.name, &[0.0; 5], &none).is_nan(), "{}", measure.name);
            assert!(value(measure.name, &[3.0], &one).is_nan(), "{}", measure.name);
        }
        assert_eq!((value("range", &[0.0; 5], &none), value("range", &[3.0], &one)), (0.0, 1.0));
    }
}
