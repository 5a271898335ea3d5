//! How evenly counts are spread over what they are counts of.

use super::logarithm::Base;

/// What is done to the plain entropy.
#[derive(Clone, Copy, Debug)]
pub struct Entropy {
    /// Base of the logarithm.
    pub base: Base,
    /// Divide by log V, V the number of values above zero; 0 to 1, NaN for V = 1.
    pub normalized: bool,
    /// Add (V - 1) / (2N) nats, N the sum, for what a sample does not show. Miller (1955).
    pub miller_madow: bool,
}

impl Entropy {
    /// -Σ p log p of the shares of values of at least 0; 0 log 0 = 0; NaN if all are zero. Shannon (1948).
    pub fn of(self, values: &[f64]) -> f64 {
        let (total, mut types): (f64, f64) = (values.iter().sum(), 0.0);
        let mut nats = 0.0;
        for p in values.iter().filter(|&&value| value > 0.0).map(|value| value / total) {
            types += 1.0;
            nats -= p * p.ln();
        }
        if types == 0.0 {
            return f64::NAN;
        }
        // A single type has entropy 0, not -0.
        let nats = nats.max(0.0) + if self.miller_madow { (types - 1.0) / (2.0 * total) } else { 0.0 };
        if self.normalized { nats / types.ln() } else { nats * self.base.per_nat() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_values_are_reproduced() {
        let (x, y) = ([1.0, 1.0, 2.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0, 2.0, 3.0]);
        let bits = Entropy { base: Base::new(2.0).unwrap(), normalized: false, miller_madow: false };
        let nats = Entropy { base: Base::E, ..bits };
        let close = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-9, "{got}");
        close(bits.of(&x), 1.921928095);
        close(bits.of(&y), 1.842370993);
        close(nats.of(&x), 1.332179040);
        close(nats.of(&y), 1.277034259);
        close(Entropy { miller_madow: true, ..nats }.of(&x), 1.632179040);
        close(Entropy { normalized: true, ..bits }.of(&[3.0, 3.0]), 1.0);
        assert_eq!(bits.of(&[4.0]), 0.0);
        assert!(bits.of(&[0.0]).is_nan() && Entropy { normalized: true, ..bits }.of(&[4.0]).is_nan());
    }
}
