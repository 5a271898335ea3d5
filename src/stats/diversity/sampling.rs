//! Richness of samples drawn from a text: expected numbers of types, and the curve that is fitted to them.
//!
//! Tokens are drawn without replacement, so a type of frequency f is missing from a sample of n of the N tokens with the
//! hypergeometric probability C(N - f, n) / C(N, n).

use crate::stats::diversity::{Frequencies, rising_root};

/// Sizes of the samples of voc-D.
const SIZES: std::ops::RangeInclusive<u64> = 35..=50;
/// Samples of each size in a trial.
const SAMPLES: usize = 100;
/// Trials, whose D are averaged.
const TRIALS: usize = 3;

/// Σ over types of the probability to be in a sample, over the size of the sample; N < n gives NaN.
///
/// The expected type-token ratio of samples of n = 42 tokens by default. McCarthy & Jarvis (2007),
/// doi:10.1177/0265532207080767.
pub fn hdd(text: &Frequencies, n: u64) -> f64 {
    rarefied_types(text, n) / n as f64
}

/// Expected number of types in a sample of n tokens, from 1 to min(n, V); N < n gives NaN. Hurlbert (1971),
/// doi:10.2307/1934145.
pub fn rarefied_types(text: &Frequencies, n: u64) -> f64 {
    if n == 0 || text.n < n as f64 {
        return f64::NAN;
    }
    text.sum(|count| 1.0 - missing(text.n, count, n))
}

/// The probability that a sample of `n` of `tokens` tokens lacks a type of this frequency.
fn missing(tokens: f64, count: f64, n: u64) -> f64 {
    let ratio = |(taken, j): (f64, u64)| ((tokens - taken - j as f64) / (tokens - j as f64)).max(0.0);
    if count.fract() == 0.0 && count < n as f64 {
        // The same the other way round: none of the type's places is drawn.
        return (0..count as u64).map(|j| ratio((n as f64, j))).product();
    }
    (0..n).map(|j| ratio((count, j))).product()
}

/// voc-D: the D of the curve (D / n) (√(1 + 2 n / D) - 1) that fits the type-token ratios of random samples best.
///
/// For each size n from 35 to 50 the mean ratio of 100 samples is taken, D is fitted by least squares, and the mean of three
/// such D is returned. The same seed draws the same samples. N < 50 gives NaN; +inf if no type repeats in any sample.
/// McKee, Malvern & Richards (2000), doi:10.1093/llc/15.3.323.
pub fn vocd_d(text: &Frequencies, seed: u64) -> f64 {
    if text.n < *SIZES.end() as f64 {
        return f64::NAN;
    }
    let mut stream = Stream(seed);
    let mut tokens = Vec::with_capacity(text.n as usize);
    let mut type_id = 0;
    for &(count, types) in &text.spectrum {
        for _ in 0..types as usize {
            tokens.resize(tokens.len() + count as usize, type_id);
            type_id += 1;
        }
    }
    let mut seen = vec![0u32; type_id as usize];
    let mut sample_number = 0;
    let mut ratio = |size: u64| {
        let mut n_types = 0u64;
        for _ in 0..SAMPLES {
            sample_number += 1;
            for drawn in 0..size as usize {
                let place = drawn + stream.below(tokens.len() - drawn);
                tokens.swap(drawn, place);
                let last = &mut seen[tokens[drawn] as usize];
                n_types += u64::from(*last != sample_number);
                *last = sample_number;
            }
        }
        n_types as f64 / (size as f64 * SAMPLES as f64)
    };
    let sum: f64 = (0..TRIALS).map(|_| fitted(&SIZES.map(|size| (size as f64, ratio(size))).collect::<Vec<_>>())).sum();
    sum / TRIALS as f64
}

/// [`vocd_d`] without chance: the curve is fitted to the expected ratios, [`rarefied_types`] over n.
///
/// The limit of infinitely many samples. McCarthy & Jarvis (2007), doi:10.1177/0265532207080767.
pub fn vocd_d_expected(text: &Frequencies) -> f64 {
    if text.n < *SIZES.end() as f64 {
        return f64::NAN;
    }
    fitted(&SIZES.map(|size| (size as f64, hdd(text, size))).collect::<Vec<_>>())
}

/// The D whose curve is nearest to points (sample size, type-token ratio) by least squares.
fn fitted(points: &[(f64, f64)]) -> f64 {
    // With no repetition at all, the larger D the better, up to rounding.
    if points.iter().all(|&(_, ratio)| ratio >= 1.0 - 1e-12) {
        return f64::INFINITY;
    }
    let slope = |log_d: f64| -> f64 {
        let of_point = |&(n, ratio): &(f64, f64)| {
            let root = (1.0 + 2.0 * n * (-log_d).exp()).sqrt();
            let curve = 2.0 / (root + 1.0);
            // The derivative of the curve by log D, times the residual.
            curve * curve * n * (-log_d).exp() / root * (curve - ratio)
        };
        points.iter().map(of_point).sum()
    };
    rising_root(slope, -10.0, 25.0).exp()
}

/// Random numbers that follow from a seed (SplitMix64 of Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195).
struct Stream(u64);

impl Stream {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; the odds of any two differ by less than 2^-32.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.draw()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_of_a_known_d_is_found_again() {
        for d in [3.0, 47.5, 900.0] {
            let points: Vec<_> =
                SIZES.map(|n| (n as f64, d / n as f64 * ((1.0 + 2.0 * n as f64 / d).sqrt() - 1.0))).collect();
            assert!((fitted(&points) / d - 1.0).abs() < 1e-9, "{}, expected {d}", fitted(&points));
        }
    }

    #[test]
    fn random_samples_come_near_their_expectation() {
        let text = Frequencies::new(&mut (1..60).map(|i| (i % 7 + 1) as f64).collect());
        let (drawn, expected) = (vocd_d(&text, 7), vocd_d_expected(&text));
        assert!((drawn / expected - 1.0).abs() < 0.05, "{drawn}, expected {expected}");
        assert_eq!(drawn, vocd_d(&text, 7));
        assert_ne!(drawn, vocd_d(&text, 8));
    }
}
