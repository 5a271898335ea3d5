//! The standard normal distribution, as corrected bootstrap intervals need it.

/// The probability below `x`, by Marsaglia's series; error below 1e-15.
///
/// Marsaglia (2004), doi:10.18637/jss.v011.i04.
pub fn cdf(x: f64) -> f64 {
    if x.abs() > 8.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut sum, mut term, mut last, mut i) = (x, x, 0.0, 1.0);
    while sum != last {
        last = sum;
        i += 2.0;
        term *= x * x / i;
        sum = last + term;
    }
    0.5 + sum * (-0.5 * x * x - 0.918_938_533_204_672_8).exp()
}

/// The place below which `p` lies: -inf for 0, +inf for 1, NaN outside; by halving, then Newton's steps.
pub fn quantile(p: f64) -> f64 {
    match p {
        0.0 => return f64::NEG_INFINITY,
        1.0 => return f64::INFINITY,
        p if !(0.0..=1.0).contains(&p) => return f64::NAN,
        _ => {}
    }
    let (mut low, mut high) = (-8.0, 8.0);
    for _ in 0..24 {
        let middle = f64::midpoint(low, high);
        if cdf(middle) < p { low = middle } else { high = middle }
    }
    let mut x = f64::midpoint(low, high);
    for _ in 0..2 {
        x += (p - cdf(x)) * (0.5 * x * x + 0.918_938_533_204_672_8).exp();
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_normal_distribution() {
        for (x, p) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_542_9),
            (1.959_963_984_540_054, 0.975),
            (-3.0, 0.001_349_898_031_630_094_6),
        ] {
            assert!((cdf(x) - p).abs() < 1e-14, "{x}");
            assert!((quantile(p) - x).abs() < 1e-11, "{p}");
        }
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(quantile(f64::NAN).is_nan());
    }
}
