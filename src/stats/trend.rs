//! Trends of series over time: Theil–Sen slopes, Mann–Kendall tests, Pettitt's change point, for one term or all of them.
//!
//! A series has a value at each of n distinct times, in real units, so that unequal gaps count. Where a period has no
//! denominator it has no value and is left out by the caller; a period with a denominator and no hit is a 0. All pairs of
//! values are looked at: n (n - 1) / 2 slopes a series, of which one is selected, not sorted for.
//!
//! Sources: Theil (1950); Sen (1968), doi:10.1080/01621459.1968.10480934; Mann (1945), doi:10.2307/1907187; Kendall (1975),
//! *Rank Correlation Methods*; Hirsch, Slack & Smith (1982), doi:10.1029/WR018i001p00107; Hamed & Rao (1998),
//! doi:10.1016/S0022-1694(97)00125-X; Pettitt (1979), doi:10.2307/2346729.

use ndarray::Array2;

use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Fewer values say nothing of a trend.
const FEWEST: usize = 4;
/// Number of values up to which the distribution of S is taken exactly, without ties.
const EXACT: usize = 50;
/// Cells of work in a chunk of series.
const CHUNK: u64 = 1 << 16;

/// How trends are tested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Normal quantile of the interval of the slope, 1.96 for 95 %.
    pub z: f64,
    /// Normal quantile beyond which a rank autocorrelation is significant; none corrects nothing.
    pub autocorrelation: Option<f64>,
}

/// What is said of a series. All fields are NaN with fewer than four values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Theil–Sen slope: the median of all slopes of two values, per unit of time.
    pub slope: f64,
    /// median(y) - slope median(t).
    pub intercept: f64,
    /// Lower end of Sen's interval of the slope, at most the smallest slope of two values.
    pub slope_low: f64,
    /// Upper end.
    pub slope_high: f64,
    /// Mann–Kendall S, the number of rising pairs minus that of falling ones.
    pub s: f64,
    /// Variance of S without a trend, corrected for ties and, if asked for, for autocorrelation.
    pub var_s: f64,
    /// (S - sgn S) / √Var, 0 where S = 0.
    pub z: f64,
    /// τ-b, -1..1.
    pub tau: f64,
    /// Two-sided exact probability of S; NaN with ties or more than 50 values or several seasons.
    pub p_exact: f64,
    /// Place of the last value before the change: the first k at which |U_k| is largest.
    pub change: f64,
    /// Pettitt's K = max |U_k|.
    pub k: f64,
    /// min(1, 2 exp(-6 K² / (n³ + n²))).
    pub k_p: f64,
}

impl Trend {
    /// Number of fields.
    pub const FIELDS: usize = 12;

    const NONE: Self = Self::from_fields([f64::NAN; Self::FIELDS]);

    const fn from_fields(f: [f64; Self::FIELDS]) -> Self {
        let [slope, intercept, slope_low, slope_high, s, var_s, z, tau, p_exact, change, k, k_p] = f;
        Self { slope, intercept, slope_low, slope_high, s, var_s, z, tau, p_exact, change, k, k_p }
    }

    /// The fields in order.
    pub fn fields(&self) -> [f64; Self::FIELDS] {
        let Self { slope, intercept, slope_low, slope_high, s, var_s, z, tau, p_exact, change, k, k_p } = *self;
        [slope, intercept, slope_low, slope_high, s, var_s, z, tau, p_exact, change, k, k_p]
    }
}

/// Times, the season of each, and what follows from their number alone.
#[derive(Clone, Debug)]
pub struct Times {
    t: Vec<f64>,
    season: Vec<u32>,
    n_seasons: usize,
    middle: f64,
    /// Probability of each |S| or a larger one without a trend.
    exact: Vec<f64>,
}

impl Times {
    /// Times in ascending order; only pairs of one season are compared.
    ///
    /// # Errors
    /// Times that do not ascend, or not one season for each.
    pub fn new(t: Vec<f64>, season: Vec<u32>) -> Result<Self> {
        if season.len() != t.len() || !t.is_sorted_by(|a, b| a < b) {
            return Err(Error::input(
                "times that do not ascend, or other seasons",
                "ascending times and a season for each",
            ));
        }
        let n_seasons = season.iter().max().map_or(0, |&last| last as usize + 1);
        let exact = if t.len() <= EXACT && n_seasons == 1 { exact_probabilities(t.len()) } else { Vec::new() };
        Ok(Self { middle: median(&mut t.clone()), t, season, n_seasons, exact })
    }

    /// The trend of a series with a value at each time.
    pub fn trend(&self, y: &[f64], options: Options) -> Trend {
        let n = self.t.len();
        if n < FEWEST || y.len() != n || y.iter().any(|value| !value.is_finite()) {
            return Trend::NONE;
        }
        let mut slopes = Vec::with_capacity(n * (n - 1) / 2);
        self.set_slopes(y, &mut slopes);
        if slopes.is_empty() {
            return Trend::NONE;
        }
        let s = slopes.iter().copied().map(sign).sum::<f64>();
        let slope = median(&mut slopes);
        let (mut var_s, reach, tied) = self.variance(y);
        if let Some(limit) = options.autocorrelation {
            var_s *= self.correction(y, slope, limit);
        }
        let half = options.z * var_s.sqrt();
        let m = slopes.len() as f64;
        let mut at = |rank: f64| match rank.is_nan() {
            true => f64::NAN,
            false => *slopes.select_nth_unstable_by(rank.clamp(1.0, m) as usize - 1, f64::total_cmp).1,
        };
        let (slope_low, slope_high) = (at(((m - half) / 2.0).round()), at(((m + half) / 2.0).round() + 1.0));
        let (change, k, k_p) = pettitt(y);
        Trend {
            slope,
            intercept: median(&mut y.to_vec()) - slope * self.middle,
            slope_low,
            slope_high,
            s,
            var_s,
            z: if s == 0.0 { 0.0 } else { (s - s.signum()) / var_s.sqrt() },
            tau: s / reach,
            p_exact: if tied { f64::NAN } else { self.exact.get(s.abs() as usize).copied().unwrap_or(f64::NAN) },
            change,
            k,
            k_p,
        }
    }

    /// [`Trend::slope`] alone, of the times that have a value: NaN stands for none. `scratch` is room for slopes.
    pub fn slope(&self, y: &[f64], scratch: &mut Vec<f64>) -> f64 {
        let n = y.iter().filter(|value| value.is_finite()).count();
        if y.len() != self.t.len() || n < FEWEST {
            return f64::NAN;
        }
        let n_zeros = y.iter().filter(|&&value| value == 0.0).count();
        if self.n_seasons == 1 && 2 * n_zeros * n_zeros.saturating_sub(1) > n * (n - 1) {
            // More than half of all pairs have slope 0, as those of rare terms do.
            return 0.0;
        }
        self.set_slopes(y, scratch);
        median(scratch)
    }

    /// Number of times.
    pub fn len(&self) -> usize {
        self.t.len()
    }

    /// Whether there is no time at all.
    pub fn is_empty(&self) -> bool {
        self.t.is_empty()
    }

    /// The slopes of all pairs of one season that have two values.
    fn set_slopes(&self, y: &[f64], slopes: &mut Vec<f64>) {
        slopes.clear();
        for j in 1..y.len() {
            for i in (0..j).filter(|&i| self.season[i] == self.season[j]) {
                let slope = (y[j] - y[i]) / (self.t[j] - self.t[i]);
                if !slope.is_nan() {
                    slopes.push(slope);
                }
            }
        }
    }

    /// Variance of S, the largest |S| that the ties allow, and whether there are ties; over all seasons.
    fn variance(&self, y: &[f64]) -> (f64, f64, bool) {
        let mut total = (0.0, 0.0, false);
        for season in 0..self.n_seasons as u32 {
            let mut values: Vec<f64> =
                y.iter().zip(&self.season).filter(|(_, its)| **its == season).map(|(value, _)| *value).collect();
            values.sort_unstable_by(f64::total_cmp);
            let n = values.len() as f64;
            let (mut var, mut pairs) = (n * (n - 1.0) * (2.0 * n + 5.0), n * (n - 1.0) / 2.0);
            let all = pairs;
            for ties in values.chunk_by(|a, b| a == b).filter(|ties| ties.len() > 1) {
                let g = ties.len() as f64;
                var -= g * (g - 1.0) * (2.0 * g + 5.0);
                pairs -= g * (g - 1.0) / 2.0;
                total.2 = true;
            }
            total.0 += var / 18.0;
            total.1 += (all * pairs).sqrt();
        }
        total
    }

    /// 1 + 2 / (n (n-1) (n-2)) Σ (n-k)(n-k-1)(n-k-2) ρ_k over the significant rank autocorrelations without the trend.
    fn correction(&self, y: &[f64], slope: f64, limit: f64) -> f64 {
        let n = y.len();
        let detrended: Vec<f64> = y.iter().zip(&self.t).map(|(y, t)| y - slope * t).collect();
        let ranks = average_ranks(&detrended);
        let mean = (n as f64 + 1.0) / 2.0;
        let product = |k: usize| (k..n).map(|i| (ranks[i] - mean) * (ranks[i - k] - mean)).sum::<f64>();
        let all = product(0);
        if all == 0.0 {
            return 1.0;
        }
        let size = |n: f64| n * (n - 1.0) * (n - 2.0);
        let limit = limit / (n as f64).sqrt();
        let sum: f64 = (1..n)
            .map(|k| (k, product(k) / all))
            .filter(|(_, rho)| rho.abs() > limit)
            .map(|(k, rho)| size((n - k) as f64) * rho)
            .sum();
        1.0 + 2.0 / size(n as f64) * sum
    }
}

/// Series of many terms: the count of term `j` in each of its periods `periods[indptr[j]..indptr[j + 1]]`.
#[derive(Clone, Copy, Debug)]
pub struct Counts<'a> {
    /// Where each term starts.
    pub indptr: &'a [u64],
    /// Period of each count.
    pub periods: &'a [u32],
    /// The counts.
    pub counts: &'a [f64],
}

/// The trend of the rate of each term: counts times `scale` over the denominator of the period. Periods with a denominator of 0
/// are missing; `times` are those of the others. Shape ([`Trend::FIELDS`], terms).
///
/// # Errors
/// Arrays that do not fit, [`crate::ErrorKind::Cancelled`].
pub fn trends(
    counts: &Counts<'_>,
    denominators: &[f64],
    scale: f64,
    times: &Times,
    options: Options,
    workers: &Workers,
) -> Result<Array2<f64>> {
    let there: Vec<usize> = (0..denominators.len()).filter(|&period| denominators[period] > 0.0).collect();
    if there.len() != times.t.len() || counts.periods.iter().any(|&period| period as usize >= denominators.len()) {
        return Err(Error::input("periods that do not fit", "a time for each period with a denominator"));
    }
    let n_terms = counts.indptr.len().saturating_sub(1);
    let n_cells = counts.periods.len();
    if counts.counts.len() != n_cells
        || !counts.indptr.is_sorted()
        || counts.indptr.last().is_some_and(|&end| end as usize != n_cells)
    {
        return Err(Error::input("starts that do not fit the counts", "counts by term"));
    }
    let work = (there.len() * there.len()) as u64 + 1;
    workers.signal().begin(n_terms as u64);
    let found = workers.map(ranges_by_weight(n_terms, |_| work, CHUNK), |terms| {
        let mut dense = vec![0.0; denominators.len()];
        let n = terms.len() as u64;
        let of = |term: usize| {
            let cells = counts.indptr[term] as usize..counts.indptr[term + 1] as usize;
            dense.fill(0.0);
            cells.for_each(|cell| dense[counts.periods[cell] as usize] = counts.counts[cell]);
            let y: Vec<f64> = there.iter().map(|&period| scale * dense[period] / denominators[period]).collect();
            times.trend(&y, options).fields()
        };
        let fields: Vec<[f64; Trend::FIELDS]> = terms.map(of).collect();
        workers.signal().advance(n);
        Ok(fields)
    })?;
    let fields = found.concat();
    Ok(Array2::from_shape_fn((Trend::FIELDS, n_terms), |(field, term)| fields[term][field]))
}

fn sign(x: f64) -> f64 {
    f64::from(i8::from(x > 0.0) - i8::from(x < 0.0))
}

/// The median; `values` are left in another order.
fn median(values: &mut [f64]) -> f64 {
    let n = values.len();
    if n == 0 {
        return f64::NAN;
    }
    let (below, &mut high, _) = values.select_nth_unstable_by(n / 2, f64::total_cmp);
    if n % 2 == 1 {
        return high;
    }
    let low = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    f64::midpoint(low, high)
}

/// Ranks from 1, ties sharing their mean.
fn average_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for ties in order.chunk_by(|&a, &b| values[a] == values[b]) {
        ties.iter().for_each(|&i| ranks[i] = before as f64 + (ties.len() as f64 + 1.0) / 2.0);
        before += ties.len();
    }
    ranks
}

/// Place of the last value before the change (from 0), K and its approximate probability.
fn pettitt(y: &[f64]) -> (f64, f64, f64) {
    let n = y.len() as f64;
    let (mut u, mut place, mut k) = (0.0f64, 0, 0.0);
    for (i, &value) in y.iter().enumerate().take(y.len() - 1) {
        u += y.iter().map(|other| sign(other - value)).sum::<f64>();
        if u.abs() > k {
            (place, k) = (i, u.abs());
        }
    }
    let place = if k > 0.0 { place as f64 } else { f64::NAN };
    (place, k, (2.0 * (-6.0 * k * k / (n * n * n + n * n)).exp()).min(1.0))
}

/// Probability that |S| of n values in random order, no two the same, reaches each value from 0; Kendall (1938).
fn exact_probabilities(n: usize) -> Vec<f64> {
    // Share of orders with each number of falling pairs.
    let mut shares = vec![1.0];
    for size in 2..=n {
        let mut longer = vec![0.0; shares.len() + size - 1];
        for (fallen, share) in shares.iter().enumerate() {
            longer[fallen..fallen + size].iter_mut().for_each(|sum| *sum += share / size as f64);
        }
        shares = longer;
    }
    let most = shares.len() - 1;
    let at_least = |s: usize| -> f64 {
        let tail = |fallen: usize| (most as f64 - 2.0 * fallen as f64).abs() >= s as f64;
        (0..=most).filter(|&fallen| tail(fallen)).map(|fallen| shares[fallen]).sum::<f64>().min(1.0)
    };
    (0..=most).map(at_least).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trend(y: &[f64]) -> Trend {
        let times = Times::new((1..=y.len()).map(|t| t as f64).collect(), vec![0; y.len()]).unwrap();
        times.trend(y, Options { z: 1.959_963_984_540_054, autocorrelation: None })
    }

    fn assert_close(got: &[f64], expected: &[f64]) {
        let close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-6 || (a.is_nan() && b.is_nan());
        assert!(got.iter().zip(expected).all(close), "{got:?}, expected {expected:?}");
    }

    #[test]
    fn hand_values_are_reproduced() {
        let found = trend(&[10.0, 12.0, 11.0, 15.0, 18.0, 17.0]).fields();
        let expected =
            [1.666667, 7.666667, -1.0, 3.5, 11.0, 28.333333, 1.878673, 0.733333, 0.0555556, 2.0, 9.0, 0.290711];
        assert_close(&found, &expected);
        let found = trend(&[1.0, 2.0, 2.0, 3.0, 3.0, 3.0]);
        let expected = [0.4, 0.0, 0.666667, 11.0, 23.666667, 2.055566, 0.856349, f64::NAN];
        let fields =
            [found.slope, found.slope_low, found.slope_high, found.s, found.var_s, found.z, found.tau, found.p_exact];
        assert_close(&fields, &expected);
    }

    #[test]
    fn a_slope_alone_is_that_of_the_trend_and_leaves_times_without_a_value_out() {
        let mut scratch = Vec::new();
        let times = |n: usize| Times::new((0..n).map(|t| t as f64).collect(), vec![0; n]).unwrap();
        for seed in 0..40u32 {
            // From series of few zeros to such of nearly none but zeros.
            let y: Vec<f64> = (0..9u32).map(|t| f64::from((t * 7 + seed * 5) % 11 * u32::from(t > seed / 5))).collect();
            assert_eq!(times(9).slope(&y, &mut scratch), trend(&y).slope, "{y:?}");
        }
        let gap = [10.0, 12.0, f64::NAN, 11.0, 15.0, 18.0];
        let others = Times::new(vec![0.0, 1.0, 3.0, 4.0, 5.0], vec![0; 5]).unwrap();
        let expected = others.slope(&[10.0, 12.0, 11.0, 15.0, 18.0], &mut scratch);
        assert_eq!(times(6).slope(&gap, &mut scratch), expected);
        assert!(times(5).slope(&[1.0, f64::NAN, 2.0, 3.0, f64::NAN], &mut scratch).is_nan());
    }

    #[test]
    fn flat_and_short_series_have_no_trend() {
        let flat = trend(&[2.0; 6]);
        assert_eq!((flat.slope, flat.s, flat.z, flat.k, flat.k_p), (0.0, 0.0, 0.0, 0.0, 1.0));
        assert!(flat.tau.is_nan() && flat.change.is_nan());
        assert!(trend(&[1.0, 2.0, 3.0]).slope.is_nan());
        assert!(Times::new(vec![1.0, 1.0], vec![0, 0]).is_err());
    }
}
