//! Weights of terms in documents: term frequency times document frequency times normalization.
//!
//! Write tf for the count of a cell, n for the total, max and mean for the largest and the mean of the *nonzero* counts of its
//! document, N for the number of documents, df for the number of documents with the term. A cell of zero stays zero in every
//! scheme; a weight that becomes zero is kept as a stored zero. Names and formulas: Manning, Raghavan & Schütze (2008),
//! *Introduction to Information Retrieval*, fig. 6.15; Robertson & Zaragoza (2009), doi:10.1561/1500000019; Singhal, Buckley &
//! Mitra (1996), doi:10.1145/243199.243206.

use std::str::FromStr;

use super::logarithm::Base;
use super::sparse::Sparse;
use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// How the count of a cell becomes a term frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermFrequency {
    /// tf
    Count,
    /// 1
    Boolean,
    /// tf / n
    Prop,
    /// tf / max
    Propmax,
    /// 1 + log tf
    Logcount,
    /// ln(1 + tf), natural in any base
    Log1p,
    /// √tf
    Sqrt,
    /// k + (1 - k) tf / max
    Augmented,
    /// (1 + log tf) / (1 + log mean)
    Logave,
    /// 1 + log(1 + log tf)
    Doublelog,
    /// tf (k1 + 1) / (tf + k1 (1 - b + b n / mean n)), which saturates at k1 + 1
    Bm25,
}

const TERM_FREQUENCIES: [(&str, TermFrequency); 11] = [
    ("count", TermFrequency::Count),
    ("boolean", TermFrequency::Boolean),
    ("prop", TermFrequency::Prop),
    ("propmax", TermFrequency::Propmax),
    ("logcount", TermFrequency::Logcount),
    ("log1p", TermFrequency::Log1p),
    ("sqrt", TermFrequency::Sqrt),
    ("augmented", TermFrequency::Augmented),
    ("logave", TermFrequency::Logave),
    ("doublelog", TermFrequency::Doublelog),
    ("bm25", TermFrequency::Bm25),
];

/// What a document frequency is turned into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFrequency {
    /// df
    Count,
    /// 1
    Unary,
    /// plus + log(smoothing + (N + docs) / (k + df))
    Inverse,
    /// plus + log(smoothing + largest df / (k + df))
    Inversemax,
    /// max(0, log((N - df) / (k + df)))
    Inverseprob,
    /// ln(1 + (N - df + ½) / (df + ½)), never negative
    Lucene,
    /// ln((N - df + ½) / (df + ½)), negative where df > N / 2
    Robertson,
}

const DOCUMENT_FREQUENCIES: [(&str, DocumentFrequency); 7] = [
    ("count", DocumentFrequency::Count),
    ("unary", DocumentFrequency::Unary),
    ("inverse", DocumentFrequency::Inverse),
    ("inversemax", DocumentFrequency::Inversemax),
    ("inverseprob", DocumentFrequency::Inverseprob),
    ("lucene", DocumentFrequency::Lucene),
    ("robertson", DocumentFrequency::Robertson),
];

/// What the weights of a document are divided by; a document of zeros is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Norm {
    /// 1
    None,
    /// Σ|w|
    L1,
    /// √Σw²
    L2,
    /// (1 - slope) pivot + slope u, u the number of distinct terms with tf > 0, pivot the mean of u over all documents
    PivotedUnique,
    /// (number of characters)^alpha
    ByteSize,
}

const NORMS: [(&str, Norm); 5] = [
    ("none", Norm::None),
    ("l1", Norm::L1),
    ("l2", Norm::L2),
    ("pivoted_unique", Norm::PivotedUnique),
    ("byte_size", Norm::ByteSize),
];

/// Names of the schemes for term frequency, document frequency and normalization.
pub fn names() -> [Vec<&'static str>; 3] {
    let tf = TERM_FREQUENCIES.iter().map(|entry| entry.0).collect();
    let df = DOCUMENT_FREQUENCIES.iter().map(|entry| entry.0).collect();
    [tf, df, NORMS.iter().map(|entry| entry.0).collect()]
}

fn named<T: Copy>(parameter: &'static str, table: &[(&str, T)], name: &str) -> Result<T> {
    let found = table.iter().find(|entry| entry.0 == name);
    let allowed = || table.iter().map(|entry| entry.0).collect::<Vec<_>>().join(", ");
    found.map(|entry| entry.1).ok_or_else(|| Error::parameter(parameter, name, format!("one of {}", allowed())))
}

impl FromStr for TermFrequency {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        named("tf", &TERM_FREQUENCIES, name)
    }
}

impl FromStr for DocumentFrequency {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        named("df", &DOCUMENT_FREQUENCIES, name)
    }
}

impl FromStr for Norm {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        named("norm", &NORMS, name)
    }
}

/// The constants of [`DocumentFrequency`].
#[derive(Clone, Copy, Debug)]
pub struct Smoothing {
    /// Base of the logarithm.
    pub base: Base,
    /// Added within the logarithm.
    pub smoothing: f64,
    /// Added to df.
    pub k: f64,
    /// Added to N.
    pub docs: f64,
    /// Added outside the logarithm.
    pub plus: f64,
}

impl DocumentFrequency {
    /// The value of each document frequency among `n` documents; df = 0 with k = 0 gives +inf.
    pub fn of(self, df: &[f64], n: f64, with: &Smoothing) -> Vec<f64> {
        let largest = df.iter().copied().fold(0.0, f64::max);
        let inverse = |over: f64, df: f64| with.plus + with.base.log(with.smoothing + over / (with.k + df));
        let one = |df: f64| match self {
            Self::Count => df,
            Self::Unary => 1.0,
            Self::Inverse => inverse(n + with.docs, df),
            Self::Inversemax => inverse(largest, df),
            Self::Inverseprob => with.base.log((n - df) / (with.k + df)).max(0.0),
            Self::Lucene => ((n - df + 0.5) / (df + 0.5)).ln_1p(),
            Self::Robertson => ((n - df + 0.5) / (df + 0.5)).ln(),
        };
        df.iter().map(|&df| one(df)).collect()
    }
}

/// A complete scheme.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// Term frequency.
    pub tf: TermFrequency,
    /// Normalization.
    pub norm: Norm,
    /// Base of the logarithms of term frequencies.
    pub base: Base,
    /// Smallest augmented term frequency.
    pub k: f64,
    /// Where the term frequency of BM25 saturates.
    pub k1: f64,
    /// How much the length of a document counts in BM25, 0 to 1.
    pub b: f64,
    /// Mean length of BM25; of all documents here if not given.
    pub average_length: Option<f64>,
    /// Share of the document's own number of terms in the pivoted norm.
    pub slope: f64,
    /// Pivot of that norm; the mean of all documents here if not given.
    pub pivot: Option<f64>,
    /// Exponent of the number of characters.
    pub alpha: f64,
}

/// Arrays that go with a matrix, each only where its scheme asks for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// What each column is multiplied by.
    pub factors: Option<&'a [f64]>,
    /// Length n of each row; the sum of its counts if not given.
    pub lengths: Option<&'a [f64]>,
    /// Number of characters of each row.
    pub characters: Option<&'a [f64]>,
}

/// Weights, and the two means they rest on.
#[derive(Clone, Debug)]
pub struct Weighted {
    /// Weight of each stored cell.
    pub values: Vec<f64>,
    /// Mean length of BM25.
    pub average_length: f64,
    /// Pivot of the norm.
    pub pivot: f64,
}

/// The weight of each stored cell of a matrix of counts above zero.
///
/// # Errors
/// Arrays of other lengths than the matrix, a byte-size norm without numbers of characters, cancelled by the caller.
pub fn weigh(counts: &Sparse<'_>, scheme: &Scheme, given: Given<'_>, workers: &Workers) -> Result<Weighted> {
    let expect = |name, array: Option<&[f64]>, length: usize| match array {
        Some(array) if array.len() != length => {
            Err(Error::parameter(name, format!("{} values", array.len()), format!("{length} values")))
        }
        _ => Ok(()),
    };
    expect("factors", given.factors, counts.n_columns())?;
    expect("lengths", given.lengths, counts.n_rows())?;
    expect("char_lengths", given.characters, counts.n_rows())?;
    if scheme.norm == Norm::ByteSize && given.characters.is_none() {
        return Err(Error::parameter("char_lengths", "None", "given for norm byte_size"));
    }
    let length = |row: usize| given.lengths.map_or_else(|| counts.row(row).1.iter().sum(), |lengths| lengths[row]);
    let mean = |of: &dyn Fn(usize) -> f64| (0..counts.n_rows()).map(of).sum::<f64>() / counts.n_rows().max(1) as f64;
    let average_length = scheme.average_length.unwrap_or_else(|| mean(&length));
    let pivot = scheme.pivot.unwrap_or_else(|| mean(&|row| distinct(counts.row(row).1)));
    let chunks = counts.chunks();
    let mut values = vec![0.0; counts.nnz()];
    let sizes = chunks.iter().map(|rows| rows.clone().map(|row| counts.cells(row).len()).sum());
    let parts = disjoint::pieces(&mut values, sizes);
    workers.map(chunks.iter().cloned().zip(parts).collect(), |(rows, mut part)| {
        for row in rows {
            let (columns, tf) = counts.row(row);
            let (weights, rest) = std::mem::take(&mut part).split_at_mut(tf.len());
            part = rest;
            frequencies(tf, length(row), average_length, scheme, weights);
            if let Some(factors) = given.factors {
                weights.iter_mut().zip(columns).for_each(|(weight, &column)| *weight *= factors[column as usize]);
            }
            let norm = match scheme.norm {
                Norm::None => 1.0,
                Norm::L1 => weights.iter().map(|weight| weight.abs()).sum(),
                Norm::L2 => weights.iter().map(|weight| weight * weight).sum::<f64>().sqrt(),
                Norm::PivotedUnique => (1.0 - scheme.slope) * pivot + scheme.slope * distinct(tf),
                Norm::ByteSize => given.characters.map_or(1.0, |characters| characters[row].powf(scheme.alpha)),
            };
            if norm != 0.0 && norm != 1.0 {
                weights.iter_mut().for_each(|weight| *weight /= norm);
            }
        }
        Ok(())
    })?;
    Ok(Weighted { values, average_length, pivot })
}

fn distinct(tf: &[f64]) -> f64 {
    tf.iter().filter(|&&tf| tf > 0.0).count() as f64
}

/// Writes the term frequencies of one row.
fn frequencies(tf: &[f64], length: f64, average_length: f64, scheme: &Scheme, out: &mut [f64]) {
    let Scheme { base, k, k1, b, .. } = *scheme;
    let max = tf.iter().copied().fold(0.0, f64::max);
    let mean = || tf.iter().sum::<f64>() / distinct(tf);
    let put = |out: &mut [f64], one: &dyn Fn(f64) -> f64| {
        out.iter_mut().zip(tf).for_each(|(out, &tf)| *out = if tf == 0.0 { 0.0 } else { one(tf) });
    };
    match scheme.tf {
        TermFrequency::Count => out.copy_from_slice(tf),
        TermFrequency::Boolean => put(out, &|_| 1.0),
        TermFrequency::Prop => put(out, &|tf| tf / length),
        TermFrequency::Propmax => put(out, &|tf| tf / max),
        TermFrequency::Logcount => put(out, &|tf| 1.0 + base.log(tf)),
        TermFrequency::Log1p => put(out, &f64::ln_1p),
        TermFrequency::Sqrt => put(out, &f64::sqrt),
        TermFrequency::Augmented => put(out, &|tf| k + (1.0 - k) * tf / max),
        TermFrequency::Logave => {
            let of_mean = 1.0 + base.log(mean());
            put(out, &|tf| (1.0 + base.log(tf)) / of_mean);
        }
        TermFrequency::Doublelog => put(out, &|tf| 1.0 + base.log(1.0 + base.log(tf))),
        TermFrequency::Bm25 => {
            let short = k1 * (1.0 - b + b * length / average_length);
            put(out, &|tf| tf * (k1 + 1.0) / (tf + short));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEME: Scheme = Scheme {
        tf: TermFrequency::Count,
        norm: Norm::None,
        base: Base::E,
        k: 0.5,
        k1: 1.2,
        b: 0.75,
        average_length: None,
        slope: 0.25,
        pivot: None,
        alpha: 0.375,
    };

    /// this is a a sample; this is another another example example example.
    fn weights(scheme: Scheme, factors: Option<&[f64]>) -> Vec<f64> {
        let values = [1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 2.0, 3.0];
        let counts = Sparse::new(6, &[0, 4, 8], &[0, 1, 2, 3, 0, 1, 4, 5], &values).unwrap();
        weigh(&counts, &scheme, Given { factors, ..Given::default() }, &Workers::serial()).unwrap().values
    }

    #[test]
    fn hand_values_are_reproduced() {
        let ten = Base::new(10.0).unwrap();
        let with = Smoothing { base: ten, smoothing: 0.0, k: 0.0, docs: 0.0, plus: 0.0 };
        let df = [2.0, 2.0, 1.0, 1.0, 1.0, 1.0];
        let idf = DocumentFrequency::Inverse.of(&df, 2.0, &with);
        let ltc = weights(Scheme { tf: TermFrequency::Logcount, norm: Norm::L2, base: ten, ..SCHEME }, Some(&idf));
        let expected = [0.0, 0.0, 0.792857, 0.609407, 0.0, 0.0, 0.660961, 0.750420];
        assert!(ltc.iter().zip(expected).all(|(got, expected)| (got - expected).abs() < 1e-6), "{ltc:?}");
        let lucene = DocumentFrequency::Lucene.of(&df, 2.0, &with);
        let bm25 = weights(Scheme { tf: TermFrequency::Bm25, ..SCHEME }, Some(&lucene));
        let expected = [0.195662, 0.195662, 0.999950, 0.743865, 0.170684, 0.170684, 0.910402, 1.051672];
        assert!(bm25.iter().zip(expected).all(|(got, expected)| (got - expected).abs() < 1e-6), "{bm25:?}");
    }

    #[test]
    fn names_are_those_of_the_tables() {
        assert_eq!("logave".parse::<TermFrequency>().unwrap(), TermFrequency::Logave);
        assert_eq!("inversemax".parse::<DocumentFrequency>().unwrap(), DocumentFrequency::Inversemax);
        assert!("l3".parse::<Norm>().is_err());
        assert_eq!(names().map(|list| list.len()), [11, 7, 5]);
    }
}
