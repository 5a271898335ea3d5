//! How much more often the words of an n-gram come together than all their parts explain: λ of Blaheta & Johnson.
//!
//! For an n-gram of n words and each pattern b of n bits let c_b be the number of n-grams in the text that have its words exactly
//! in the places with bit 1 and other words in the places with bit 0. λ is the interaction of highest order of the
//! saturated log-linear model of this table of 2^n cells, and σ its asymptotic standard error.
//!
//! Source: Blaheta, D. & Johnson, M. (2001), *Unsupervised learning of multi-word verbs*, ACL workshop on collocation, 54–60.

use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// N-grams that a thread takes at a time.
const CHUNK: usize = 1 << 12;

/// λ and z of n-grams of `n` words, whose margins, 2^n each, stand one after the other; see [`interaction`].
///
/// # Errors
/// `n` not from 2 to 5, another number of margins, a smoothing that is not finite or below zero, or
/// [`crate::ErrorKind::Cancelled`].
pub fn interactions<T: Copy + Into<f64> + Sync>(
    n: usize,
    margins: &[T],
    smoothing: f64,
    workers: &Workers,
) -> Result<(Vec<f64>, Vec<f64>)> {
    if !(2..=5).contains(&n) || !margins.len().is_multiple_of(1 << n) {
        return Err(Error::input(
            format!("{} margins for n-grams of {n}", margins.len()),
            "2^n for each n-gram of 2 to 5",
        ));
    }
    if !(smoothing.is_finite() && smoothing >= 0.0) {
        return Err(Error::parameter("smoothing", smoothing, "finite and at least 0"));
    }
    let chunks = disjoint::ranges(margins.len(), CHUNK << n);
    let found = workers.map(chunks, |chunk| {
        Ok(margins[chunk].chunks_exact(1 << n).map(|margins| interaction(margins, smoothing)).collect::<Vec<_>>())
    })?;
    Ok(found.into_iter().flatten().unzip())
}

/// λ = Σ_b (-1)^(n - |b|) ln(c_b + s), natural logarithm, and z = λ / sqrt(Σ_b 1 / (c_b + s)).
///
/// `margins` holds 2^n numbers: at `b` the n-grams that have the words in the places of b, whatever the other words are; the first is
/// the number of n-grams, the last the count. The cells follow by inclusion and exclusion. `smoothing` is s.
///
/// Positive values mean attraction, for n = 2 the logarithm of the odds ratio; for n of 3 and more λ is only what the parts
/// of the n-gram do not explain. Finite for s > 0; an empty cell without smoothing gives NaN, and so does a negative cell
/// (sums of weights may miss zero by their rounding: cells above -1e-9 times the sum count as 0).
///
/// # Panics
/// If `margins` does not hold 4 to 2^5 numbers, a power of two.
pub fn interaction<T: Copy + Into<f64>>(margins: &[T], smoothing: f64) -> (f64, f64) {
    let n_cells = margins.len();
    assert!(n_cells.is_power_of_two() && (4..=32).contains(&n_cells), "2^n margins of n words");
    let mut cells = [0.0; 32];
    let cells = &mut cells[..n_cells];
    cells.iter_mut().zip(margins).for_each(|(cell, &margin)| *cell = margin.into());
    let least = -1e-9 * cells[0];
    for place in (0..n_cells.ilog2()).map(|place| 1 << place) {
        // Those that have the word there are not those that have another.
        (0..n_cells).filter(|b| b & place == 0).for_each(|b| cells[b] -= cells[b | place]);
    }
    // By sign, each in rising order: n-grams with the same cells in other places get the same bits, so that they tie.
    let (mut signed, mut n_positive) = ([0.0; 32], 0);
    let signed = &mut signed[..n_cells];
    for (b, &cell) in cells.iter().enumerate() {
        let cell = if cell < 0.0 && cell >= least { 0.0 } else { cell } + smoothing;
        if cell <= 0.0 {
            return (f64::NAN, f64::NAN);
        }
        let is_positive = (n_cells.ilog2() - b.count_ones()).is_multiple_of(2);
        let place = if is_positive { n_positive } else { n_cells / 2 + b - n_positive };
        n_positive += usize::from(is_positive);
        signed[place] = cell;
    }
    let (positive, negative) = signed.split_at_mut(n_cells / 2);
    let [mut logs, mut inverses] = [0.0; 2];
    for (sign, cells) in [(1.0, positive), (-1.0, negative)] {
        cells.sort_unstable_by(f64::total_cmp);
        logs += sign * cells.iter().map(|cell| cell.ln()).sum::<f64>();
        inverses += cells.iter().map(|cell| 1.0 / cell).sum::<f64>();
    }
    (logs, logs / inverses.sqrt())
}

#[cfg(test)]
mod tests {
    use super::interaction;

    fn assert_close((lambda, z): (f64, f64), expected: (f64, f64)) {
        assert!((lambda - expected.0).abs() < 1e-9 && (z - expected.1).abs() < 1e-9, "{lambda} {z}");
    }

    #[test]
    fn hand_values_are_reproduced() {
        // a b: 3 of 10 pairs, a first in 3, b second in 4; b d: 2, 3 and 2.
        assert_close(interaction(&[10u32, 3, 4, 3], 0.5), (3.412_247_217_848_74, 1.936_082_617_182_166_6));
        assert_close(interaction(&[10.0, 3.0, 2.0, 2.0], 0.5), (3.218_875_824_868_2, 1.799_406_288_884_001_4));
    }

    #[test]
    fn an_empty_cell_needs_smoothing() {
        assert!(interaction(&[10u32, 3, 3, 3], 0.0).0.is_nan());
        let (lambda, z) = interaction(&[10u32, 4, 4, 2], 0.0);
        assert_close((lambda, z), (2.0f64.ln(), 2.0f64.ln() / 1.75f64.sqrt()));
        assert!(interaction(&[3u32, 4, 4, 2], 0.5).0.is_nan());
    }
}
