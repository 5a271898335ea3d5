//! Exact inference for a 2×2 table with fixed margins: Fisher's test and the conditional odds ratio.
//!
//! With its margins fixed, o11 is hypergeometric. ln of its probability is minus the divergence Σ O ln(O / E) of the table plus
//! terms of Stirling's series (Loader 2000, *Fast and accurate computation of binomial probabilities*), so no factorials of large
//! numbers are subtracted and counts in the hundreds of millions keep their digits. Sums over tables run by the ratio of
//! neighbouring probabilities and end where terms no longer count. Everything is in the notation of [`super::contingency`] and
//! needs whole numbers: others, and impossible tables or a margin of zero, give NaN.

use super::contingency::{defined, divergence};

/// Probabilities that differ by less than this share are equal when tables are ordered by probability, as in R's `fisher.test`.
const EQUAL: f64 = 1e-7;
/// A term below this share of the sum no longer counts.
const NEGLIGIBLE: f64 = 1e-18;
const MOST_STEPS: usize = 100;

/// Natural logarithms of the p-values of Fisher's exact test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fisher {
    /// Of all tables that are at most as probable as this one.
    pub two_sided: f64,
    /// Of all tables with at least as large a count o11.
    pub over_use: f64,
}

/// Fisher's exact test, in logarithms, which do not underflow.
///
/// Fisher (1934); two-sided as in R: all tables whose probability is at most that of the observed one.
pub fn fisher(o11: f64, r1: f64, c1: f64, n: f64) -> Fisher {
    let Some(tables) = Tables::new(o11, r1, c1, n) else {
        return Fisher { two_sided: f64::NAN, over_use: f64::NAN };
    };
    let (log_p, mode) = (tables.log_probability(o11), tables.mode());
    // The tail that holds the observed table, in units of its probability, and the end of the other one.
    let (tail, over_use, end) = if o11 >= mode {
        let above = tables.sum(o11, Side::Up);
        (above, log_p + above.ln(), tables.least)
    } else {
        let below = tables.sum(o11, Side::Down);
        (below, (-(log_p + (below - 1.0).ln()).exp()).ln_1p(), tables.most)
    };
    let over_use = if o11 <= tables.least { 0.0 } else { over_use.min(0.0) };
    if tables.log_probability(mode) <= log_p + EQUAL {
        return Fisher { two_sided: 0.0, over_use };
    }
    let other = tables.opposite_tail(mode, end, log_p);
    Fisher { two_sided: (log_p + (tail + other).ln()).min(0.0), over_use }
}

/// Conditional maximum-likelihood odds ratio, from 0 to infinity, 1 without a difference.
///
/// The ratio under which the expected count of the noncentral hypergeometric distribution is the observed one, found by Newton's
/// method on its logarithm to full precision; R's `fisher.test` stops at about five digits. The smallest possible count gives 0,
/// the largest infinity, and margins with one possible table NaN.
pub fn odds_ratio_cmle(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    let Some(tables) = Tables::new(o11, r1, c1, n) else { return f64::NAN };
    match (o11 <= tables.least, o11 >= tables.most) {
        (true, true) => return f64::NAN,
        (true, false) => return 0.0,
        (false, true) => return f64::INFINITY,
        (false, false) => {}
    }
    let [o12, o21, o22] = [r1 - o11, c1 - o11, n - r1 - c1 + o11];
    let mut log_ratio = ((o11 / o12) * (o22 / o21)).ln();
    for _ in 0..MOST_STEPS {
        let (excess, variance) = tables.moments(o11, log_ratio.exp());
        let step = (excess / variance).clamp(-1.0, 1.0);
        log_ratio -= step;
        if step.abs() <= 4.0 * f64::EPSILON * log_ratio.abs().max(1.0) {
            break;
        }
    }
    log_ratio.exp()
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Up,
    Down,
}

/// All tables with the same margins, by their count o11.
struct Tables {
    r1: f64,
    c1: f64,
    n: f64,
    least: f64,
    most: f64,
    /// What the margins add to the logarithm of a probability.
    margins: f64,
}

impl Tables {
    fn new(o11: f64, r1: f64, c1: f64, n: f64) -> Option<Self> {
        let whole = [o11, r1, c1, n].iter().all(|value| value.fract() == 0.0);
        if !whole || defined(o11, r1, c1, n, |_| 0.0).is_nan() {
            return None;
        }
        let margins = rest(r1) + rest(n - r1) + rest(c1) + rest(n - c1) - rest(n);
        Some(Self { r1, c1, n, least: (r1 + c1 - n).max(0.0), most: r1.min(c1), margins })
    }

    /// ln of the probability of the table with count `x`.
    fn log_probability(&self, x: f64) -> f64 {
        let cells = [x, self.r1 - x, self.c1 - x, self.n - self.r1 - self.c1 + x];
        let d = x - self.r1 / self.n * self.c1;
        self.margins - divergence(d, self.r1, self.c1, self.n) - cells.map(rest).iter().sum::<f64>()
    }

    /// Probability of count `x` + 1 over that of `x`.
    fn ratio(&self, x: f64) -> f64 {
        let o22 = self.n - self.r1 - self.c1 + x;
        ((self.r1 - x) / (x + 1.0)) * ((self.c1 - x) / (o22 + 1.0))
    }

    /// The sum of the probabilities from `x` to one end, in units of that of `x`.
    fn sum(&self, x: f64, side: Side) -> f64 {
        let (mut x, mut term, mut sum) = (x, 1.0, 1.0);
        loop {
            let ratio = match side {
                Side::Up if x < self.most => self.ratio(x),
                Side::Down if x > self.least => 1.0 / self.ratio(x - 1.0),
                _ => return sum,
            };
            x += if side == Side::Up { 1.0 } else { -1.0 };
            term *= ratio;
            sum += term;
            if ratio < 1.0 && term < NEGLIGIBLE * sum {
                return sum;
            }
        }
    }

    /// The most probable count.
    fn mode(&self) -> f64 {
        ((self.r1 + 1.0) / (self.n + 2.0) * (self.c1 + 1.0)).floor().clamp(self.least, self.most)
    }

    /// The sum, in units of `exp(log_p)`, of the probabilities between `mode` and `end` that are at most that.
    fn opposite_tail(&self, mode: f64, end: f64, log_p: f64) -> f64 {
        let fits = |x: f64| self.log_probability(x) <= log_p + EQUAL;
        if !fits(end) {
            return 0.0;
        }
        // Probabilities fall from the mode to the end: `near` is too probable, `far` is not, until they are neighbours.
        let (mut near, mut far) = (mode, end);
        while (far - near).abs() > 1.0 {
            let middle = (near + (far - near) / 2.0).trunc();
            *(if fits(middle) { &mut far } else { &mut near }) = middle;
        }
        let side = if end > mode { Side::Up } else { Side::Down };
        (self.log_probability(far) - log_p).exp() * self.sum(far, side)
    }

    /// Mean less `x` and variance of the count under an odds ratio.
    fn moments(&self, x: f64, odds_ratio: f64) -> (f64, f64) {
        let (mut sum, mut first, mut second) = (1.0, 0.0, 0.0);
        let mut add = |term: f64, away: f64| {
            sum += term;
            first += term * away;
            second += term * away * away;
            term * away * away < NEGLIGIBLE * second
        };
        let (mut term, mut away) = (1.0, 0.0);
        while x + away < self.most {
            let ratio = odds_ratio * self.ratio(x + away);
            away += 1.0;
            term *= ratio;
            if add(term, away) && ratio < 1.0 {
                break;
            }
        }
        (term, away) = (1.0, 0.0);
        while x + away > self.least {
            away -= 1.0;
            let ratio = 1.0 / (odds_ratio * self.ratio(x + away));
            term *= ratio;
            if add(term, away) && ratio < 1.0 {
                break;
            }
        }
        let mean = first / sum;
        (mean, second / sum - mean * mean)
    }
}

/// ln k! - (k ln k - k): half the logarithm of 2 π k, and Stirling's series.
fn rest(k: f64) -> f64 {
    if k <= 15.0 {
        // Factorials up to 15 are exact.
        let factorial: f64 = (2..=k.max(0.0) as u32).map(f64::from).product();
        return if k < 1.0 { 0.0 } else { factorial.ln() - k * (k.ln() - 1.0) };
    }
    let square = k * k;
    let terms = [1.0 / 1188.0, 1.0 / 1680.0, 1.0 / 1260.0, 1.0 / 360.0, 1.0 / 12.0];
    let series = terms.iter().fold(691.0 / 360_360.0, |sum, term| term - sum / square);
    0.5 * (std::f64::consts::TAU * k).ln() + series / k
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(name: &str, got: f64, expected: f64, tolerance: f64) {
        assert!((got / expected - 1.0).abs() <= tolerance, "{name}: {got}, expected {expected}");
    }

    #[test]
    fn hand_values_are_reproduced() {
        let cases = [
            ((6.0, 17.0, 8.0, 29.0), 0.4083471084970335, 0.2503414959187073, 2.6375930193241914),
            ((1.0, 17.0, 5.0, 29.0), 0.1296366468780262, 0.9933308071239105, 0.13473257612889597),
            ((7.0, 10.0, 9.0, 19.0), 0.06977851869492738, 0.05125679274286085, 7.166306303557892),
            ((1.0, 4.0, 4.0, 8.0), 34.0 / 70.0, 69.0 / 70.0, f64::NAN),
        ];
        for ((o11, r1, c1, n), two_sided, over_use, odds_ratio) in cases {
            let found = fisher(o11, r1, c1, n);
            assert_close("two-sided", found.two_sided.exp(), two_sided, 1e-12);
            assert_close("over-use", found.over_use.exp(), over_use, 1e-12);
            if !odds_ratio.is_nan() {
                assert_close("odds ratio", odds_ratio_cmle(o11, r1, c1, n), odds_ratio, 1e-12);
            }
        }
        assert_eq!(fisher(3.0, 17.0, 5.0, 29.0).two_sided, 0.0);
        assert_close("large", fisher(120.0, 1e5, 180.0, 3e5).two_sided.exp(), 8.969e-20, 1e-4);
        assert!((odds_ratio_cmle(120.0, 1e5, 180.0, 3e5) - 4.003584).abs() < 1e-6);
    }

    #[test]
    fn probabilities_of_all_tables_sum_to_one() {
        for (r1, c1, n) in [(17.0, 8.0, 29.0), (100.0, 900.0, 950.0), (2e6, 300.0, 9e8)] {
            let tables = Tables::new(f64::max(r1 + c1 - n, 0.0), r1, c1, n).unwrap();
            let counts = tables.least as u64..=tables.most as u64;
            let sum: f64 = counts.map(|x| tables.log_probability(x as f64).exp()).sum();
            assert_close("sum", sum, 1.0, 1e-12);
        }
    }

    #[test]
    fn logarithms_do_not_underflow() {
        // The only table with all of a word in one of two equal groups of a million: twice 2^-1000, less what is drawn already.
        let found = fisher(1000.0, 1e6, 1000.0, 2e6);
        let log_p: f64 = (0..1000).map(|i| ((1e6 - f64::from(i)) / (2e6 - f64::from(i))).ln()).sum();
        assert_close("over-use", found.over_use, log_p, 1e-13);
        assert_close("two-sided", found.two_sided, log_p + 2f64.ln(), 1e-13);
    }

    #[test]
    fn ends_of_the_range_and_impossible_tables() {
        assert_eq!(odds_ratio_cmle(0.0, 5.0, 5.0, 20.0), 0.0);
        assert_eq!(odds_ratio_cmle(5.0, 5.0, 5.0, 20.0), f64::INFINITY);
        for (o11, r1, c1, n) in [(0.0, 0.0, 5.0, 10.0), (6.0, 5.0, 7.0, 10.0), (1.5, 5.0, 7.0, 10.0)] {
            assert!(fisher(o11, r1, c1, n).two_sided.is_nan() && odds_ratio_cmle(o11, r1, c1, n).is_nan());
        }
        assert!(odds_ratio_cmle(5.0, 5.0, 10.0, 10.0).is_nan());
        assert_eq!(fisher(5.0, 5.0, 10.0, 10.0), Fisher { two_sided: 0.0, over_use: 0.0 });
    }
}
