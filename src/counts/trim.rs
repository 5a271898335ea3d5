//! Which terms a matrix keeps, by how often and in how many documents they occur.
//!
//! Every bound is inclusive, is judged on the matrix as it came in, and all of them must hold. Shares, quantiles and ranks
//! are first turned into a least and a greatest count ([`Limits`]), so that a term is judged by four comparisons.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Absorbs the rounding of a product such as `0.07 * 100`, which floating point puts above 7.
const SLACK: f64 = 1e-9;

/// One bound on a total count or a document frequency.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// A number of tokens or of documents.
    Count(u64),
    /// A share between 0 and 1: of the sum of all counts, or of the number of documents.
    Share(f64),
    /// A quantile between 0 and 1 over the terms of the matrix, by linear interpolation (type 7).
    Quantile(f64),
}

/// Bounds on the terms of a matrix; a bound that is `None` does not restrict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trim {
    /// Least total count.
    pub min_count: Option<Bound>,
    /// Greatest total count.
    pub max_count: Option<Bound>,
    /// Least document frequency.
    pub min_df: Option<Bound>,
    /// Greatest document frequency.
    pub max_df: Option<Bound>,
    /// Greatest share of documents without the term.
    pub max_sparsity: Option<f64>,
    /// Greatest rank by descending total count; ties share the smallest rank, so all terms tied at the border stay.
    pub top: Option<u64>,
    /// Least rank by descending total count, ties as in `top`.
    pub bottom_from: Option<u64>,
    /// Number of terms left after all other bounds: the most frequent, ties broken by the order of the columns.
    pub max_terms: Option<u64>,
}

/// Least and greatest total count and document frequency of a term that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Least total count.
    pub min_cf: u64,
    /// Greatest total count.
    pub max_cf: u64,
    /// Least document frequency.
    pub min_df: u64,
    /// Greatest document frequency.
    pub max_df: u64,
}

/// The terms of a matrix, as far as bounds depend on them.
pub struct Distribution<'a> {
    /// Sum of all counts.
    pub total: u64,
    /// Number of documents, empty ones included.
    pub n_docs: u64,
    /// The total counts in any order; asked for by quantiles and ranks alone.
    pub cf: &'a dyn Fn() -> Vec<u64>,
    /// The document frequencies in any order; asked for by quantiles alone.
    pub df: &'a dyn Fn() -> Vec<u64>,
}

impl Limits {
    /// Whether a term with this total count and document frequency is kept.
    #[inline]
    pub fn keep(&self, cf: u64, df: u64) -> bool {
        (self.min_cf..=self.max_cf).contains(&cf) && (self.min_df..=self.max_df).contains(&df)
    }
}

impl Trim {
    /// No bound at all.
    pub const NOTHING: Self = Self {
        min_count: None,
        max_count: None,
        min_df: None,
        max_df: None,
        max_sparsity: None,
        top: None,
        bottom_from: None,
        max_terms: None,
    };

    /// Checks every bound by itself.
    ///
    /// # Errors
    /// A share, quantile or sparsity outside 0 to 1; a rank or number of terms of 0.
    pub fn check(&self) -> Result<()> {
        let bounds = [
            ("min_count", self.min_count),
            ("max_count", self.max_count),
            ("min_df", self.min_df),
            ("max_df", self.max_df),
        ];
        for (name, bound) in bounds {
            match bound {
                Some(Bound::Share(p)) => check_share(name, p, "a share between 0 and 1")?,
                Some(Bound::Quantile(p)) => check_share(name, p, "a quantile between 0 and 1")?,
                Some(Bound::Count(_)) | None => {}
            }
        }
        self.max_sparsity.map_or(Ok(()), |s| check_share("max_sparsity", s, "between 0 and 1"))?;
        for (name, k) in [("top", self.top), ("bottom_from", self.bottom_from), ("max_terms", self.max_terms)] {
            if k == Some(0) {
                return Err(Error::parameter(name, 0, "at least 1"));
            }
        }
        Ok(())
    }

    /// The bounds (all but `max_terms`) as counts, for terms distributed like this.
    ///
    /// # Errors
    /// As [`Trim::check`].
    pub fn limits(&self, terms: &Distribution) -> Result<Limits> {
        self.check()?;
        let (cf, df, n_docs) = (terms.cf, terms.df, terms.n_docs);
        let dense = self.max_sparsity.map_or(0, |s| at_least((1.0 - s) * n_docs as f64));
        let limits = Limits {
            min_cf: lower(self.min_count, cf, terms.total).max(self.top.map_or(0, |k| ranked(cf(), k).unwrap_or(0))),
            max_cf: upper(self.max_count, cf, terms.total),
            min_df: lower(self.min_df, df, n_docs).max(dense),
            max_df: upper(self.max_df, df, n_docs),
        };
        // Rank k or more means a count below the (k - 1)-th largest; if there is no count below it, nothing is left.
        Ok(match self.bottom_from {
            Some(k) if k > 1 => match ranked(cf(), k - 1).and_then(|border| border.checked_sub(1)) {
                Some(highest) => Limits { max_cf: limits.max_cf.min(highest), ..limits },
                None => Limits { min_cf: u64::MAX, max_cf: 0, ..limits },
            },
            _ => limits,
        })
    }

    /// The columns that are kept, ascending, of a matrix whose columns have the given total counts and document frequencies.
    ///
    /// # Errors
    /// As [`Trim::check`].
    pub fn columns(&self, cf: &[u64], df: &[u64], n_docs: u64) -> Result<Vec<u32>> {
        let total = cf.iter().sum();
        let limits = self.limits(&Distribution { total, n_docs, cf: &|| cf.to_vec(), df: &|| df.to_vec() })?;
        let kept = (0..cf.len()).filter(|&j| limits.keep(cf[j], df[j])).map(|j| j as u32).collect();
        Ok(match self.max_terms {
            Some(k) => most_frequent(kept, |j| cf[j as usize], k),
            None => kept,
        })
    }
}

/// The `k` columns of greatest count, ties going to the earlier column, in the order in which they came.
pub(crate) fn most_frequent(columns: Vec<u32>, cf: impl Fn(u32) -> u64, k: u64) -> Vec<u32> {
    let counts: Vec<u64> = columns.iter().map(|&j| cf(j)).collect();
    let Some(border) = ranked(counts.clone(), k) else { return columns };
    let above = counts.iter().filter(|&&count| count > border).count() as u64;
    let mut room_at_border = k - above;
    let mut columns = columns;
    let mut counts = counts.into_iter();
    columns.retain(|_| match counts.next() {
        Some(count) if count == border && room_at_border > 0 => {
            room_at_border -= 1;
            true
        }
        count => count > Some(border),
    });
    columns
}

/// The `k`-th largest value, counting from 1; `None` if there are fewer.
pub(crate) fn ranked(mut values: Vec<u64>, k: u64) -> Option<u64> {
    let from_smallest = (values.len() as u64).checked_sub(k)? as usize;
    (from_smallest < values.len()).then(|| *values.select_nth_unstable(from_smallest).1)
}

fn lower(bound: Option<Bound>, values: &dyn Fn() -> Vec<u64>, whole: u64) -> u64 {
    match bound {
        None => 0,
        Some(Bound::Count(count)) => count,
        Some(Bound::Share(p)) => at_least(p * whole as f64),
        Some(Bound::Quantile(p)) => at_least(quantile(values(), p)),
    }
}

fn upper(bound: Option<Bound>, values: &dyn Fn() -> Vec<u64>, whole: u64) -> u64 {
    match bound {
        None => u64::MAX,
        Some(Bound::Count(count)) => count,
        Some(Bound::Share(p)) => at_most(p * whole as f64),
        Some(Bound::Quantile(p)) => at_most(quantile(values(), p)),
    }
}

fn at_least(value: f64) -> u64 {
    (value - SLACK).ceil().max(0.0) as u64
}

fn at_most(value: f64) -> u64 {
    (value + SLACK).floor().max(0.0) as u64
}

/// Type-7 quantile: linear interpolation at `(n - 1) * p` between the sorted values; 0 without values.
fn quantile(mut values: Vec<u64>, p: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return 0.0 };
    let at = last as f64 * p;
    let below = (at.floor() as usize).min(last);
    let (_, &mut low, above) = values.select_nth_unstable(below);
    let high = above.iter().copied().min().unwrap_or(low);
    low as f64 + (at - below as f64) * (high - low) as f64
}

fn check_share(name: &'static str, value: f64, allowed: &str) -> Result<()> {
    if (0.0..=1.0).contains(&value) { Ok(()) } else { Err(Error::parameter(name, value, allowed)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // "a a a a b b c d", "a b b e e", "a c f", "a b g"
    const CF: [u64; 7] = [7, 5, 2, 1, 2, 1, 1];
    const DF: [u64; 7] = [4, 3, 2, 1, 1, 1, 1];

    fn kept(trim: Trim) -> String {
        let columns = trim.columns(&CF, &DF, 4).unwrap();
        columns.into_iter().map(|j| char::from(b'a' + j as u8)).collect()
    }

    #[test]
    fn hand_values_of_the_specification() {
        use Bound::{Count, Quantile, Share};
        let none = Trim::NOTHING;
        let table = [
            (Trim { min_count: Some(Count(2)), ..none.clone() }, "abce"),
            (Trim { max_count: Some(Count(2)), ..none.clone() }, "cdefg"),
            (Trim { min_count: Some(Share(0.1)), ..none.clone() }, "abce"),
            (Trim { min_count: Some(Share(5.0 / 19.0)), ..none.clone() }, "ab"),
            (Trim { min_count: Some(Quantile(0.5)), ..none.clone() }, "abce"),
            (Trim { min_count: Some(Quantile(0.8)), ..none.clone() }, "ab"),
            (Trim { max_count: Some(Quantile(0.7)), ..none.clone() }, "cdefg"),
            (Trim { top: Some(2), ..none.clone() }, "ab"),
            (Trim { top: Some(3), ..none.clone() }, "abce"),
            (Trim { top: Some(4), ..none.clone() }, "abce"),
            (Trim { top: Some(5), ..none.clone() }, "abcdefg"),
            (Trim { top: Some(70), ..none.clone() }, "abcdefg"),
            (Trim { bottom_from: Some(1), ..none.clone() }, "abcdefg"),
            (Trim { bottom_from: Some(2), ..none.clone() }, "bcdefg"),
            (Trim { bottom_from: Some(3), ..none.clone() }, "cdefg"),
            (Trim { bottom_from: Some(4), ..none.clone() }, "dfg"),
            (Trim { bottom_from: Some(5), ..none.clone() }, "dfg"),
            (Trim { bottom_from: Some(6), ..none.clone() }, ""),
            (Trim { bottom_from: Some(9), ..none.clone() }, ""),
            (Trim { min_df: Some(Count(2)), ..none.clone() }, "abc"),
            (Trim { max_df: Some(Count(1)), ..none.clone() }, "defg"),
            (Trim { min_df: Some(Share(0.5)), ..none.clone() }, "abc"),
            (Trim { min_df: Some(Share(0.75)), ..none.clone() }, "ab"),
            (Trim { max_df: Some(Share(0.5)), ..none.clone() }, "cdefg"),
            (Trim { max_sparsity: Some(0.5), ..none.clone() }, "abc"),
            (Trim { max_sparsity: Some(0.49), ..none.clone() }, "ab"),
            (Trim { min_count: Some(Count(2)), max_df: Some(Count(2)), ..none.clone() }, "ce"),
            (Trim { min_count: Some(Count(5)), max_count: Some(Count(2)), ..none.clone() }, ""),
            (Trim { max_terms: Some(3), ..none.clone() }, "abc"),
            (Trim { max_terms: Some(4), ..none.clone() }, "abce"),
            (Trim { max_terms: Some(5), ..none.clone() }, "abcde"),
            (Trim { max_terms: Some(9), ..none.clone() }, "abcdefg"),
            (Trim { max_terms: Some(2), max_df: Some(Count(2)), ..none }, "ce"),
        ];
        for (trim, expected) in table {
            assert_eq!(kept(trim.clone()), expected, "{trim:?}");
        }
    }

    #[test]
    fn shares_that_floating_point_rounds_up_are_met_exactly() {
        let trim = Trim { min_df: Some(Bound::Share(0.07)), ..Trim::NOTHING };
        assert_eq!(trim.columns(&[7, 6], &[7, 6], 100).unwrap(), [0]);
        let trim = Trim { max_df: Some(Bound::Share(0.29)), ..Trim::NOTHING };
        assert_eq!(trim.columns(&[29, 30], &[29, 30], 100).unwrap(), [0]);
        let hundred_and_one: Vec<u64> = (0..=100).collect();
        let trim = Trim { max_count: Some(Bound::Quantile(0.29)), ..Trim::NOTHING };
        assert_eq!(trim.columns(&hundred_and_one, &hundred_and_one, 100).unwrap().len(), 30);
    }

    #[test]
    fn bounds_on_an_empty_matrix_keep_nothing() {
        let half = Some(Bound::Quantile(0.5));
        let trim = Trim { min_count: half, max_df: half, top: Some(1), bottom_from: Some(2), ..Trim::NOTHING };
        assert!(trim.columns(&[], &[], 0).unwrap().is_empty());
    }

    #[test]
    fn impossible_values_are_refused() {
        let message = |trim: Trim| trim.check().unwrap_err().to_string();
        let share = |p| Some(Bound::Share(p));
        assert_eq!(
            message(Trim { min_df: share(1.5), ..Trim::NOTHING }),
            "min_df must be a share between 0 and 1, got 1.5"
        );
        assert_eq!(
            message(Trim { max_count: Some(Bound::Quantile(-0.1)), ..Trim::NOTHING }),
            "max_count must be a quantile between 0 and 1, got -0.1"
        );
        assert!(message(Trim { max_df: share(f64::NAN), ..Trim::NOTHING }).ends_with("got NaN"));
        assert!(message(Trim { max_sparsity: Some(f64::NAN), ..Trim::NOTHING }).starts_with("max_sparsity"));
        assert_eq!(message(Trim { max_terms: Some(0), ..Trim::NOTHING }), "max_terms must be at least 1, got 0");
    }
}
