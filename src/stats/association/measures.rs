//! The formulas, each a pure function of one table; see [`super`] for the notation.

use crate::stats::contingency::{self, defined, deviance, g2};
use crate::stats::exact;

/// The observed count f.
pub fn observed(o11: f64, _r1: f64, _c1: f64, _n: f64) -> f64 {
    o11
}

/// The expected count E = r1 c1 / n of independent words; n = 0 gives NaN.
pub fn expected(_o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    contingency::expected(r1, c1, n)
}

/// Pointwise mutual information log2(f / E), in bits; f = 0 gives -inf.
///
/// Favours rare pairs. Church & Hanks (1990), <https://aclanthology.org/J90-1003>.
pub fn mi(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    mi_k(1, o11, r1, c1, n)
}

/// log2(f^k / E), in bits; f = 0 gives -inf. k above 1 takes from mutual information its favour for rare pairs.
///
/// Daille (1994).
pub fn mi_k(k: i32, o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| f64::from(k) * o11.log2() - e.log2())
}

/// f log2(f / E), in bits; f = 0 gives 0. Evert (2005).
pub fn local_mi(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| if o11 > 0.0 { o11 * (o11 / e).log2() } else { 0.0 })
}

/// Normalized mutual information ln(f / E) / -ln(f / n), from -1 to 1; f = 0 gives -1, f = n gives NaN. The base cancels.
///
/// Bouma (2009), *Normalized (pointwise) mutual information in collocation extraction*.
pub fn npmi(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| match o11 {
        0.0 => -1.0,
        // ln 1 = 0 on both sides.
        f if f == n => f64::NAN,
        f => (f / e).ln() / -(f / n).ln(),
    })
}

/// 14 + log2(2 f / (r1 + c1)), at most 14; f = 0 gives -inf. Does not depend on the size of the corpus.
///
/// Rychlý (2008), *A lexicographer-friendly association score*.
pub fn log_dice(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    14.0 + dice(o11, r1, c1, n).log2()
}

/// 2 f / (r1 + c1), from 0 to 1. Dice (1945), doi:10.2307/1932409.
pub fn dice(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| 2.0 * o11 / (r1 + c1))
}

/// f / (f + o12 + o21), from 0 to 1. Jaccard (1901).
pub fn jaccard(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / (r1 + c1 - o11))
}

/// Minimum sensitivity min(f / r1, f / c1), from 0 to 1. Pedersen & Bruce (1996).
pub fn min_sens(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / r1.max(c1))
}

/// f / sqrt(r1 c1), from 0 to 1. Evert (2005).
pub fn gmean(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / (r1.sqrt() * c1.sqrt()))
}

/// t-score (f - E) / sqrt(f), signed; f = 0 gives NaN. Church, Gale, Hanks & Hindle (1991).
pub fn t(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| if o11 > 0.0 { (o11 - e) / o11.sqrt() } else { f64::NAN })
}

/// z-score (f - E) / sqrt(E), signed, without continuity correction. Berry-Rogghe (1973).
pub fn z(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| (o11 - e) / e.sqrt())
}

/// 2 (f ln(f / E) - (f - E)), natural logarithm, with the sign of f - E; f = 0 gives -2 E. Evert (2008).
pub fn simple_ll(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| (2.0 * deviance(o11 - e, e)).copysign(o11 - e))
}

/// log2((f / r1) / (o21 / (n - r1))), in bits; f = 0 gives -inf, o21 = 0 gives +inf, n = r1 NaN.
///
/// Hardie (2014), *Log Ratio: an informal introduction*.
pub fn log_ratio(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| ((o11 / r1) / ((c1 - o11) / (n - r1))).log2())
}

/// Delta P of the second word given the first, f / r1 - o21 / (n - r1), from -1 to 1, directional; n = r1 gives NaN.
///
/// Gries (2013), doi:10.1075/ijcl.18.1.09gri.
pub fn delta_p_2_given_1(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / r1 - (c1 - o11) / (n - r1))
}

/// Delta P of the first word given the second, f / c1 - o12 / (n - c1), from -1 to 1, directional; n = c1 gives NaN.
///
/// Gries (2013), doi:10.1075/ijcl.18.1.09gri.
pub fn delta_p_1_given_2(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    delta_p_2_given_1(o11, c1, r1, n)
}

/// ln((f + ½)(o22 + ½) / ((o12 + ½)(o21 + ½))), natural logarithm, always finite. Evert (2005).
pub fn log_odds(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| {
        let (o12, o21, o22) = (r1 - o11, c1 - o11, n - r1 - c1 + o11);
        ((o11 + 0.5) / (o12 + 0.5)).ln() + ((o22 + 0.5) / (o21 + 0.5)).ln()
    })
}

/// Observed over expected, f / E, at least 0; 1 is independence. Evert (2005).
pub fn mu(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| o11 / e)
}

/// f (ln(f / E) - 1), natural logarithm; f = 0 gives 0. Quasthoff & Wolff (2002).
pub fn poisson_stirling(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| if o11 > 0.0 { o11 * ((o11 / e).ln() - 1.0) } else { 0.0 })
}

/// mi ln(f + 1), bits times nats; f = 0 gives 0. Sketch Engine's MI.log_f, which takes from mutual information its favour for
/// rare pairs.
pub fn mi_log_f(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| if o11 > 0.0 { (o11 / e).log2() * o11.ln_1p() } else { 0.0 })
}

/// Mutual information of the two words as variables, |g2| / (2 n ln 2), in bits, at least 0. Dunning (1998).
pub fn average_mi(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    g2(o11, r1, c1, n).abs() / (2.0 * n * std::f64::consts::LN_2)
}

/// [`z`] with the correction of Yates: (|f - E| - ½) / sqrt(E), with the sign of f - E and at least 0 before it.
///
/// Yates (1934), doi:10.2307/2983604.
pub fn z_yates(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |e| (((o11 - e).abs() - 0.5).max(0.0) / e.sqrt()).copysign(o11 - e))
}

/// -log10 of the two-sided p-value of Fisher's exact test, with the sign of f - E; counts that are not whole give NaN.
///
/// See [`exact::fisher`].
pub fn fisher(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    let log_p = exact::fisher(o11, r1, c1, n).two_sided;
    (-log_p / std::f64::consts::LN_10).copysign(o11 - contingency::expected(r1, c1, n))
}

/// Share of the second word given the first, f / r1, from 0 to 1, directional.
pub fn cond_p_2_given_1(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| o11 / r1)
}

/// Share of the first word given the second, f / c1, from 0 to 1, directional.
pub fn cond_p_1_given_2(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    cond_p_2_given_1(o11, c1, r1, n)
}

/// (f / r1) / (o21 / (n - r1)), at least 0, 1 without a difference; o21 = 0 gives +inf, n = r1 NaN.
pub fn relative_risk(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| (o11 / r1) / ((c1 - o11) / (n - r1)))
}

/// (f / n) 2 f / (r1 + c1), at least 0. Dias, Guilloré & Lopes (1999).
pub fn mutual_expectation(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    o11 / n * dice(o11, r1, c1, n)
}

/// f 2 f / (r1 + c1), at least 0: [`mutual_expectation`] on the scale of counts, as in Wordless.
pub fn mutual_expectation_count(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    o11 * dice(o11, r1, c1, n)
}

/// 3 log2 f - log2 r1 - log2 c1 - log2 n, in bits, negative for realistic counts; f = 0 gives -inf. As in text2vec.
pub fn lfmd(o11: f64, r1: f64, c1: f64, n: f64) -> f64 {
    defined(o11, r1, c1, n, |_| 3.0 * o11.log2() - r1.log2() - c1.log2() - n.log2())
}

/// (f - min_count) n_types / (r1 c1), 0 at f = `min_count`. Mikolov et al. (2013), arXiv:1310.4546, as gensim's `Phrases`.
pub fn gensim_default(o11: f64, r1: f64, c1: f64, min_count: f64, n_types: f64) -> f64 {
    if r1 > 0.0 && c1 > 0.0 { (o11 - min_count) / r1 * (n_types / c1) } else { f64::NAN }
}

/// z of a collocate in the span of a node: p = c1 / (n - r1), E = p r1 S, (f - E) / sqrt(E (1 - p)).
///
/// Here `r1` are the tokens of the node, `c1` those of the collocate, `n` all tokens, `span` = S the positions around each node.
/// Berry-Rogghe (1973).
pub fn z_span(o11: f64, r1: f64, c1: f64, n: f64, span: f64) -> f64 {
    let p = c1 / (n - r1);
    if !(r1 > 0.0 && p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    let e = p * r1 * span;
    (o11 - e) / (e * (1.0 - p)).sqrt()
}
