//! What the values of a statistic in all replicates say: standard error, bias, interval.

use std::str::FromStr;

use super::normal;
use crate::error::{Error, Result};

/// Share of replicates without a value above which there is no interval.
pub const MOST_MISSING: f64 = 0.05;

/// How an interval is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Quantiles of the replicates.
    Percentile,
    /// The quantiles mirrored at the estimate: 2θ - upper, 2θ - lower.
    Basic,
    /// θ - bias ± z se.
    Normal,
    /// Quantiles corrected for bias and acceleration, from the jackknife over units. Efron (1987), doi:10.2307/2289144.
    Bca,
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "percentile" => Ok(Self::Percentile),
            "basic" => Ok(Self::Basic),
            "normal" => Ok(Self::Normal),
            "bca" => Ok(Self::Bca),
            _ => Err(Error::parameter("interval", name, "one of percentile, basic, normal, bca")),
        }
    }
}

/// An interval: its kind and its level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// How it is made.
    pub kind: Kind,
    /// Share of the distribution that it covers, such as 0.95.
    pub level: f64,
}

/// What the replicates say of one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The value of the sample.
    pub estimate: f64,
    /// Standard deviation of the replicates, divisor B - 1.
    pub se: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Mean of the replicates minus the estimate.
    pub bias: f64,
    /// Twice the smaller share of replicates on one side of 0, at most 1 and at least 1 / (B + 1).
    pub p_boot: f64,
    /// Number of replicates without a finite value, which all else leaves out.
    pub missing: f64,
}

impl Summary {
    /// Number of fields.
    pub const FIELDS: usize = 7;

    /// The fields in order.
    pub fn fields(&self) -> [f64; Self::FIELDS] {
        [self.estimate, self.se, self.low, self.high, self.bias, self.p_boot, self.missing]
    }
}

/// The summary of an estimate, the values of its replicates and, for a corrected interval, those without one unit each.
///
/// `replicates` is left in another order.
pub fn summarize(estimate: f64, replicates: &mut Vec<f64>, without: &[f64], interval: Interval) -> Summary {
    let n_all = replicates.len();
    replicates.retain(|value| value.is_finite());
    let n = replicates.len() as f64;
    let mean = replicates.iter().sum::<f64>() / n;
    let squares = replicates.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    let se = if n > 1.0 { (squares / (n - 1.0)).sqrt() } else { f64::NAN };
    let missing = (n_all - replicates.len()) as f64;
    let (low, high) = if estimate.is_finite() && n > 1.0 && missing <= MOST_MISSING * n_all as f64 {
        ends(estimate, mean - estimate, se, replicates, without, interval)
    } else {
        (f64::NAN, f64::NAN)
    };
    Summary { estimate, se, low, high, bias: mean - estimate, p_boot: p_boot(replicates), missing }
}

/// The summary of an estimate and its values without one unit each: the jackknife.
///
/// se² is the sum over the strata h of (U_h - 1) / U_h Σ(θi - θ̄h)², the bias that of (U_h - 1) (θ̄h - θ), of U_h units each; a
/// stratum of one unit adds nothing. The interval is θ - bias ± z se; there is no probability. Efron & Tibshirani (1993).
pub fn jackknife(estimate: f64, without: &[f64], strata: &[Vec<u32>], level: f64) -> Summary {
    let (mut variance, mut bias, mut missing, mut n_all) = (0.0, 0.0, 0.0, 0.0);
    for stratum in strata.iter().filter(|stratum| stratum.len() > 1) {
        let its = || stratum.iter().map(|&unit| without[unit as usize]).filter(|value| value.is_finite());
        let n = its().count() as f64;
        let mean = its().sum::<f64>() / n;
        variance += (n - 1.0) / n * its().map(|value| (value - mean).powi(2)).sum::<f64>();
        bias += (n - 1.0) * (mean - estimate);
        missing += stratum.len() as f64 - n;
        n_all += stratum.len() as f64;
    }
    let (se, bias) = if n_all > 0.0 { (variance.sqrt(), bias) } else { (f64::NAN, f64::NAN) };
    let reach = if missing <= MOST_MISSING * n_all { normal::quantile((1.0 + level) / 2.0) * se } else { f64::NAN };
    let (low, high) = (estimate - bias - reach, estimate - bias + reach);
    Summary { estimate, se, low, high, bias, p_boot: f64::NAN, missing }
}

fn ends(estimate: f64, bias: f64, se: f64, replicates: &mut [f64], without: &[f64], interval: Interval) -> (f64, f64) {
    let tail = (1.0 - interval.level) / 2.0;
    match interval.kind {
        Kind::Percentile => (quantile(replicates, tail), quantile(replicates, 1.0 - tail)),
        Kind::Basic => (2.0 * estimate - quantile(replicates, 1.0 - tail), 2.0 * estimate - quantile(replicates, tail)),
        Kind::Normal => {
            let reach = normal::quantile(1.0 - tail) * se;
            (estimate - bias - reach, estimate - bias + reach)
        }
        Kind::Bca => {
            let share = replicates.iter().map(|&value| below(value, estimate)).sum::<f64>() / replicates.len() as f64;
            let (z0, a) = (normal::quantile(share), acceleration(without));
            let mut end = |p: f64| {
                let z = z0 + normal::quantile(p);
                quantile(replicates, normal::cdf(z0 + z / (1.0 - a * z)))
            };
            (end(tail), end(1.0 - tail))
        }
    }
}

/// 1 below, ½ at the estimate.
fn below(value: f64, estimate: f64) -> f64 {
    if value < estimate { 1.0 } else { f64::from(value == estimate) / 2.0 }
}

/// Σ(θ̄ - θi)³ / (6 (Σ(θ̄ - θi)²)^1.5) over the values without one unit each; 0 where they are all the same.
fn acceleration(without: &[f64]) -> f64 {
    let finite = || without.iter().copied().filter(|value| value.is_finite());
    let n = finite().count() as f64;
    let mean = finite().sum::<f64>() / n;
    let (squares, cubes) = finite().fold((0.0, 0.0), |(squares, cubes), value| {
        let d: f64 = mean - value;
        (squares + d * d, cubes + d * d * d)
    });
    if squares > 0.0 { cubes / (6.0 * squares.powf(1.5)) } else { 0.0 }
}

/// The quantile of type 7 (Hyndman & Fan 1996): linear between order statistics, (n - 1) p from the first.
///
/// NaN without values or with a NaN for `p`. `values`, all finite, are left in another order.
pub fn quantile(values: &mut [f64], p: f64) -> f64 {
    if values.is_empty() || p.is_nan() {
        return f64::NAN;
    }
    let place = (values.len() - 1) as f64 * p.clamp(0.0, 1.0);
    let i = place.floor() as usize;
    let (_, &mut low, above) = values.select_nth_unstable_by(i, f64::total_cmp);
    let high = above.iter().copied().fold(f64::INFINITY, f64::min);
    let part = place - i as f64;
    if part > 0.0 && high.is_finite() { low + part * (high - low) } else { low }
}

fn p_boot(replicates: &[f64]) -> f64 {
    if replicates.is_empty() {
        return f64::NAN;
    }
    let n = replicates.len() as f64;
    let share = |count: usize| count as f64 / n;
    let at_most = share(replicates.iter().filter(|&&value| value <= 0.0).count());
    let at_least = share(replicates.iter().filter(|&&value| value >= 0.0).count());
    (2.0 * at_most.min(at_least)).max(1.0 / (n + 1.0)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_means() -> Vec<f64> {
        let values = [1.0, 2.0, 6.0];
        let indices = (0..27).map(|i| [i % 3, i / 3 % 3, i / 9]);
        indices.map(|picked| picked.iter().map(|&i| values[i]).sum::<f64>() / 3.0).collect()
    }

    #[test]
    fn quantiles_of_all_resamples_are_those_worked_out_by_hand() {
        let interval = Interval { kind: Kind::Percentile, level: 0.95 };
        let found = summarize(3.0, &mut all_means(), &[], interval);
        assert!((found.low - 1.216667).abs() < 1e-6 && (found.high - 5.133333).abs() < 1e-6, "{found:?}");
        assert!((found.se * (26.0f64 / 27.0).sqrt() - 1.247219).abs() < 1e-6);
        assert!(found.bias.abs() < 1e-12 && (found.p_boot - 1.0 / 28.0).abs() < 1e-12);
    }

    #[test]
    fn the_jackknife_of_a_mean_is_that_worked_out_by_hand() {
        let found = jackknife(3.0, &[4.0, 3.5, 1.5], &[vec![0, 1, 2]], 0.95);
        assert!((found.se - 1.527525).abs() < 1e-6 && found.bias.abs() < 1e-12, "{found:?}");
        assert!((found.high - 3.0 - 1.959964 * 1.527525).abs() < 1e-5 && found.p_boot.is_nan());
        // Values 1 and 2 in a stratum, 6 alone in another: only the first can vary, by ½ / 3.
        let found = jackknife(3.0, &[4.0, 3.5, 1.5], &[vec![0, 1], vec![2]], 0.95);
        assert!((found.se - 0.25).abs() < 1e-12, "{found:?}");
        assert!(jackknife(3.0, &[f64::NAN, 3.5, 1.5], &[vec![0, 1, 2]], 0.95).low.is_nan());
        assert!(jackknife(3.0, &[f64::NAN], &[vec![0]], 0.95).se.is_nan());
    }

    #[test]
    fn replicates_without_a_value_are_left_out_and_many_leave_no_interval() {
        let interval = Interval { kind: Kind::Basic, level: 0.9 };
        let mut values: Vec<f64> = (0..100).map(f64::from).collect();
        values[..5].fill(f64::NAN);
        let found = summarize(50.0, &mut values.clone(), &[], interval);
        assert_eq!(found.missing, 5.0);
        assert!(found.low < found.high);
        values[5] = f64::INFINITY;
        let found = summarize(50.0, &mut values, &[], interval);
        assert!(found.low.is_nan() && found.se.is_finite() && found.missing == 6.0);
        let found = summarize(1.0, &mut vec![], &[], interval);
        assert!(found.se.is_nan() && found.p_boot.is_nan());
    }
}
