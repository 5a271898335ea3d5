//! Logarithms to any base.

use crate::error::{Error, Result};

/// A base of logarithms, above 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Base(f64);

impl Base {
    /// Natural logarithms.
    pub const E: Self = Self(std::f64::consts::E);

    /// A base.
    ///
    /// # Errors
    /// A number that is not finite and above 1.
    pub fn new(base: f64) -> Result<Self> {
        if base.is_finite() && base > 1.0 {
            return Ok(Self(base));
        }
        Err(Error::parameter("base", base, "a finite number above 1"))
    }

    /// The logarithm of `x`: as precise as the platform's own for bases 2, 10 and e.
    pub fn log(self, x: f64) -> f64 {
        match self.0 {
            2.0 => x.log2(),
            10.0 => x.log10(),
            std::f64::consts::E => x.ln(),
            base => x.ln() / base.ln(),
        }
    }

    /// What natural logarithms are multiplied by.
    pub fn per_nat(self) -> f64 {
        self.0.ln().recip()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_are_exact_where_they_can_be() {
        assert_eq!(Base::new(2.0).unwrap().log(8.0), 3.0);
        assert_eq!(Base::new(10.0).unwrap().log(1000.0), 3.0);
        assert_eq!(Base::E.log(1.0), 0.0);
        assert!((Base::new(3.0).unwrap().log(81.0) - 4.0).abs() < 1e-15);
        assert!([1.0, 0.0, -2.0, f64::NAN, f64::INFINITY].iter().all(|&base| Base::new(base).is_err()));
    }
}
