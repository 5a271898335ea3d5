//! How evenly the occurrences of a term follow one another: measures of the distances between them.
//!
//! The corpus of N positions is taken as a ring: each of the f occurrences of a term has a distance d to the next one, the
//! last of them to the first; all d add up to N, and a single occurrence has d = N. A position without a term (a removed
//! token) is no occurrence but counts as distance, so that the numbers of a term do not depend on what else was removed.
//! They do depend on the order of the documents.
//!
//! One pass over the positions, with the last occurrence of each term at hand. Source: Savický, P. & Hlaváčová, J. (2002),
//! *Measures of word commonness*, doi:10.1076/jqul.9.3.215.14124.

use crate::error::{Error, Result};
use crate::parallel::Signal;

/// Positions between two looks at the wish to stop.
const STRETCH: usize = 1 << 16;
/// Distances below this look up their logarithm.
const NEAR: usize = 1 << 12;

/// The measures of each term, NaN where it does not occur.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distances {
    /// Average reduced frequency (1 / v) Σ min(d, v) with v = N / f, in tokens, from 1 to f; the larger, the more even.
    pub arf: Vec<f64>,
    /// Average logarithmic distance (1 / N) Σ d log10 d; the smaller, the more even.
    pub ald: Vec<f64>,
    /// Average waiting time ½ (1 + Σ d² / N), in positions; the smaller, the more even.
    pub awt: Vec<f64>,
    /// Adjusted frequency N 10^-ald, in tokens.
    pub f_ald: Vec<f64>,
    /// Adjusted frequency N² / Σ d², in tokens.
    pub f_awt: Vec<f64>,
}

/// What is known of a term so far.
#[derive(Clone, Copy, Debug, Default)]
struct Term {
    /// One more than the position of the first and of the last occurrence; 0 before there is one.
    first: u64,
    last: u64,
    /// Number of occurrences in all.
    f: u64,
    /// Number of distances of more than N / f, and the sum of the others.
    n_far: u64,
    near: u64,
    /// Σ d² and Σ d log10 d.
    squares: u128,
    logarithms: f64,
}

/// The measures of terms `0..n_terms` from the term at each position; other values are positions without a term.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`].
pub fn of_positions(ids: &[u32], n_terms: usize, signal: &Signal) -> Result<Distances> {
    let n = ids.len() as u64;
    let mut terms = frequencies(ids, n_terms, signal)?;
    let logarithms: Vec<f64> = (0..NEAR).map(d_log10_d).collect();
    for (number, stretch) in ids.chunks(STRETCH).enumerate() {
        signal.check()?;
        signal.advance(stretch.len() as u64);
        for (position, &id) in (number * STRETCH..).zip(stretch) {
            let Some(term) = terms.get_mut(id as usize) else { continue };
            let at = position as u64 + 1;
            match term.last {
                0 => term.first = at,
                last => term.add(at - last, n, &logarithms),
            }
            term.last = at;
        }
    }
    let mut found = Distances::default();
    for mut term in terms {
        if term.f > 0 {
            term.add(term.first + n - term.last, n, &logarithms);
        }
        found.push(&term, n as f64);
    }
    Ok(found)
}

fn frequencies(ids: &[u32], n_terms: usize, signal: &Signal) -> Result<Vec<Term>> {
    let mut terms = vec![Term::default(); n_terms];
    for stretch in ids.chunks(STRETCH) {
        signal.check()?;
        for &id in stretch {
            if let Some(term) = terms.get_mut(id as usize) {
                term.f += 1;
            }
        }
    }
    if ids.len() as u64 >= u64::from(u32::MAX) {
        return Err(Error::too_large("number of positions", ids.len() as u64, u64::from(u32::MAX) - 1));
    }
    Ok(terms)
}

fn d_log10_d(d: usize) -> f64 {
    if d > 1 { d as f64 * (d as f64).log10() } else { 0.0 }
}

impl Term {
    fn add(&mut self, d: u64, n: u64, logarithms: &[f64]) {
        // d > n / f, in integers: positions are fewer than 2^32.
        if d * self.f > n {
            self.n_far += 1;
        } else {
            self.near += d;
        }
        self.squares += u128::from(d) * u128::from(d);
        self.logarithms += logarithms.get(d as usize).copied().unwrap_or_else(|| d_log10_d(d as usize));
    }
}

impl Distances {
    fn push(&mut self, term: &Term, n: f64) {
        let (f, squares) = (term.f as f64, term.squares as f64);
        let defined = |value: f64| if term.f > 0 { value } else { f64::NAN };
        let ald = term.logarithms / n;
        self.arf.push(defined(term.near as f64 * f / n + term.n_far as f64));
        self.ald.push(defined(ald));
        self.awt.push(defined(0.5 * (1.0 + squares / n)));
        self.f_ald.push(defined(n * 10f64.powf(-ald)));
        self.f_awt.push(defined(n * n / squares));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of Gries (2008) and Gries (2020); the letter *a* is 0.
    const TEXTS: [(&str, [f64; 5]); 2] = [
        (
            "b a m n i b e u p k b a s a t b e w q n b c a g a b e s t a b a g h a b e a a t b a h a a b e a x a",
            [10.8, 0.6284169522247549, 3.18, 11.763946807534657, 9.328358208955223],
        ),
        (
            "b a m n i b e u p b a s a t b e w q n b c a g a b e s t a b a g h a b e a a t b a h a a b e a x a t",
            [11.1, 0.6167666793804538, 3.04, 12.083794333361386, 9.84251968503937],
        ),
    ];

    #[test]
    fn hand_values_are_reproduced() {
        for (text, expected) in TEXTS {
            let ids: Vec<u32> = text.split(' ').map(|letter| if letter == "a" { 0 } else { u32::MAX }).collect();
            let found = of_positions(&ids, 2, &Signal::default()).unwrap();
            let values = [&found.arf, &found.ald, &found.awt, &found.f_ald, &found.f_awt];
            for (value, expected) in values.iter().zip(expected) {
                assert!((value[0] - expected).abs() < 1e-12, "{}, expected {expected}", value[0]);
                assert!(value[1].is_nan());
            }
        }
    }

    #[test]
    fn a_single_occurrence_has_the_whole_ring_as_its_distance() {
        let found = of_positions(&[1, 0, 1, 1], 1, &Signal::default()).unwrap();
        assert_eq!((found.arf[0], found.awt[0], found.f_awt[0]), (1.0, 2.5, 1.0));
        assert!((found.ald[0] - 4f64.log10()).abs() < 1e-15);
        assert_eq!(of_positions(&[], 0, &Signal::default()).unwrap(), Distances::default());
    }
}
