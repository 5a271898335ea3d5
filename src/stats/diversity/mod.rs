//! How rich the vocabulary of a text is: measures of its frequencies, and of the order of its tokens ([`sequence`]).
//!
//! A text has N tokens of V types, of which V1 occur once; S2 is the sum of squared frequencies. log is the logarithm to a
//! base that the caller chooses ([`Options::log_base`]). A text without tokens has no value in any measure: NaN.
//!
//! Sources: Tweedie, F. J. & Baayen, R. H. (1998), *How variable may a constant be?*, doi:10.1023/A:1001749303137; others at
//! the functions. Where another program divides by zero and prints an infinity, the value here is NaN.

pub mod sampling;
pub mod sequence;
mod table;

pub use table::{of_counts, of_texts};

use std::f64::consts::LN_10;
use std::str::FromStr;

use crate::error::{Error, Result};

/// Exponent of Brunet's W.
const BRUNET: f64 = 0.172;
/// Halvings of an interval: more than digits.
const HALVINGS: usize = 120;

/// What the measures leave to the caller.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Base of the logarithms of Herdan, Dugast, Summer and Maas.
    pub log_base: f64,
    /// Number of tokens drawn for `hdd` and `rarefied_types`.
    pub sample: u64,
    /// Number of tokens of a window or a segment.
    pub window: usize,
    /// Whether a factor of `mtld` closes at a ratio of the threshold and not only below it.
    pub closes_at_threshold: bool,
    /// Seed of the draws of `vocd_d`.
    pub seed: u64,
}

/// The frequencies of a text's types.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    /// Distinct frequencies, ascending, above zero, and how many types have each.
    pub spectrum: Vec<(f64, f64)>,
    /// Number of tokens.
    pub n: f64,
    /// Number of types.
    pub v: f64,
    /// Number of types that occur once.
    pub v1: f64,
    /// Sum of squared frequencies.
    pub s2: f64,
}

impl Frequencies {
    /// Takes frequencies in any order; zeros are no types. The vector is sorted.
    pub fn new(counts: &mut Vec<f64>) -> Self {
        counts.retain(|&count| count > 0.0);
        counts.sort_unstable_by(f64::total_cmp);
        let mut found = Self::default();
        for run in counts.chunk_by(|one, other| one == other) {
            let (count, types) = (run[0], run.len() as f64);
            found.spectrum.push((count, types));
            found.n += count * types;
            found.v += types;
            found.s2 += count * count * types;
        }
        found.v1 = found.spectrum.first().filter(|entry| entry.0 == 1.0).map_or(0.0, |entry| entry.1);
        found
    }

    /// Sum of a function of the frequencies of all types.
    fn sum(&self, term: impl Fn(f64) -> f64) -> f64 {
        self.spectrum.iter().map(|&(count, types)| types * term(count)).sum()
    }
}

/// How a measure is computed.
#[derive(Clone, Copy, Debug)]
pub enum Formula {
    /// From the frequencies alone.
    Closed(fn(&Frequencies, &Options) -> f64),
    /// From the types of the tokens in their order, numbered below the length of the marks.
    Ordered(fn(&[u32], &mut sequence::Marks, &Options) -> f64),
}

/// A measure by its name.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The name that the caller writes.
    pub name: &'static str,
    /// How it is computed.
    pub formula: Formula,
}

const fn closed(name: &'static str, formula: fn(&Frequencies, &Options) -> f64) -> Measure {
    Measure { name, formula: Formula::Closed(formula) }
}

const fn ordered(name: &'static str, formula: fn(&[u32], &mut sequence::Marks, &Options) -> f64) -> Measure {
    Measure { name, formula: Formula::Ordered(formula) }
}

/// All measures.
pub const MEASURES: [Measure; 28] = [
    closed("ttr", |text, _| ttr(text)),
    closed("herdan_c", herdan_c),
    closed("guiraud_r", |text, _| guiraud_r(text)),
    closed("cttr", |text, _| cttr(text)),
    closed("dugast_u", dugast_u),
    closed("summer_s", summer_s),
    closed("yule_k", |text, _| yule_k(text)),
    closed("yule_i", |text, _| yule_i(text)),
    closed("simpson_d", |text, _| simpson_d(text)),
    closed("herdan_vm", |text, _| herdan_vm(text)),
    closed("maas_a", |text, options| maas_a2(text, options).sqrt()),
    closed("maas_a2", maas_a2),
    closed("maas_lgv0", |text, _| maas_lgv0(text)),
    closed("maas_lgev0", |text, _| maas_lgv0(text) * LN_10),
    ordered("mattr", |ids, marks, options| sequence::mattr(ids, options.window, marks)),
    ordered("msttr", |ids, marks, options| sequence::msttr(ids, options.window, marks)),
    ordered("mtld", |ids, marks, options| sequence::mtld(ids, options.closes_at_threshold, marks)),
    ordered("mtld_ma", |ids, marks, options| sequence::mtld_ma(ids, options.closes_at_threshold, marks)),
    closed("hdd", |text, options| sampling::hdd(text, options.sample)),
    closed("rarefied_types", |text, options| sampling::rarefied_types(text, options.sample)),
    closed("vocd_d", |text, options| sampling::vocd_d(text, options.seed)),
    closed("vocd_d_expected", |text, _| sampling::vocd_d_expected(text)),
    closed("honore_r", |text, _| honore_r(text)),
    closed("brunet_w", |text, _| brunet_w(text)),
    closed("fisher_alpha", |text, _| fisher_alpha(text)),
    closed("entropy", |text, _| entropy(text)),
    closed("repeat_rate", |text, _| repeat_rate(text)),
    closed("hapax_share", |text, _| defined(text, || text.v1 / text.v)),
];

impl FromStr for Measure {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let names = || MEASURES.map(|measure| measure.name).join(", ");
        let found = MEASURES.into_iter().find(|measure| measure.name == name);
        found.ok_or_else(|| Error::parameter("measure", name, format!("one of {}", names())))
    }
}

/// `value` of a text that has tokens.
fn defined(text: &Frequencies, value: impl FnOnce() -> f64) -> f64 {
    if text.n > 0.0 { value() } else { f64::NAN }
}

/// A quotient that is NaN where its divisor is zero.
fn quotient(numerator: f64, divisor: f64) -> f64 {
    if divisor == 0.0 { f64::NAN } else { numerator / divisor }
}

/// log N and log V.
fn logarithms(text: &Frequencies, options: &Options) -> (f64, f64) {
    let base = options.log_base.ln();
    (text.n.ln() / base, text.v.ln() / base)
}

/// Types over tokens V / N, above 0 to 1. Johnson (1944).
pub fn ttr(text: &Frequencies) -> f64 {
    quotient(text.v, text.n)
}

/// log V / log N, from 0 to 1; does not depend on the base; N = 1 gives NaN. Herdan (1960).
pub fn herdan_c(text: &Frequencies, options: &Options) -> f64 {
    let (log_n, log_v) = logarithms(text, options);
    quotient(log_v, log_n)
}

/// V / √N. Guiraud (1954).
pub fn guiraud_r(text: &Frequencies) -> f64 {
    quotient(text.v, text.n.sqrt())
}

/// V / √(2 N). Carroll (1964).
pub fn cttr(text: &Frequencies) -> f64 {
    quotient(text.v, (2.0 * text.n).sqrt())
}

/// (log N)² / (log N - log V); V = N gives NaN; with another base, the value times a constant. Dugast (1978).
pub fn dugast_u(text: &Frequencies, options: &Options) -> f64 {
    let (log_n, log_v) = logarithms(text, options);
    if text.v == text.n { f64::NAN } else { quotient(log_n * log_n, log_n - log_v) }
}

/// log log V / log log N; NaN unless log V and log N are above zero and log log N is not zero. Summer (1966).
pub fn summer_s(text: &Frequencies, options: &Options) -> f64 {
    let (log_n, log_v) = logarithms(text, options);
    if log_v > 0.0 && log_n > 0.0 { quotient(log_v.ln(), log_n.ln()) } else { f64::NAN }
}

/// 10⁴ (S2 - N) / N², at least 0; higher is poorer. Yule (1944).
pub fn yule_k(text: &Frequencies) -> f64 {
    1e4 * quotient(text.s2 - text.n, text.n * text.n)
}

/// V² / (S2 - V); S2 = V gives NaN. Yule (1944).
pub fn yule_i(text: &Frequencies) -> f64 {
    quotient(text.v * text.v, text.s2 - text.v)
}

/// Σ f (f - 1) / (N (N - 1)), from 0 to 1; higher is poorer; N = 1 gives NaN. Simpson (1949), doi:10.1038/163688a0.
pub fn simpson_d(text: &Frequencies) -> f64 {
    quotient(text.s2 - text.n, text.n * (text.n - 1.0))
}

/// √(S2 / N² - 1 / V), at least 0. Herdan (1955).
pub fn herdan_vm(text: &Frequencies) -> f64 {
    defined(text, || (text.s2 / (text.n * text.n) - 1.0 / text.v).max(0.0).sqrt())
}

/// (log N - log V) / (log N)², at least 0; lower is richer; N = 1 gives NaN. Maas (1972).
pub fn maas_a2(text: &Frequencies, options: &Options) -> f64 {
    let (log_n, log_v) = logarithms(text, options);
    defined(text, || quotient((log_n - log_v).max(0.0), log_n * log_n))
}

/// log10 V / √(1 - (log V / log N)²); V = N gives NaN. Maas (1972).
pub fn maas_lgv0(text: &Frequencies) -> f64 {
    let ratio = text.v.ln() / text.n.ln();
    if text.v == text.n { f64::NAN } else { text.v.log10() / (1.0 - ratio * ratio).sqrt() }
}

/// 100 ln N / (1 - V1 / V), natural logarithm; V1 = V gives NaN. Honoré (1979).
pub fn honore_r(text: &Frequencies) -> f64 {
    quotient(100.0 * text.n.ln(), 1.0 - text.v1 / text.v)
}

/// N^(V^-0.172), at least 1; higher is poorer. Brunet (1978).
pub fn brunet_w(text: &Frequencies) -> f64 {
    defined(text, || text.n.powf(text.v.powf(-BRUNET)))
}

/// The α of V = α ln(1 + N / α); V = N gives NaN. Fisher, Corbet & Williams (1943), doi:10.2307/1411.
pub fn fisher_alpha(text: &Frequencies) -> f64 {
    // Also where there is nothing.
    if text.v == text.n {
        return f64::NAN;
    }
    // V grows with α from 0 to N.
    rising_root(|log_alpha: f64| log_alpha.exp() * (text.n / log_alpha.exp()).ln_1p() - text.v, -50.0, 50.0).exp()
}

/// -Σ p log2 p of the relative frequencies p, in bits, from 0 to log2 V. Shannon (1948).
pub fn entropy(text: &Frequencies) -> f64 {
    defined(text, || (-text.sum(|count| count / text.n * (count / text.n).log2())).max(0.0))
}

/// Σ p² of the relative frequencies p, from 1 / V to 1; higher is poorer. Popescu (2009).
pub fn repeat_rate(text: &Frequencies) -> f64 {
    quotient(text.s2, text.n * text.n)
}

/// Where a function changes from negative to positive between two bounds.
fn rising_root(function: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if function(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: Options = Options { log_base: 10.0, sample: 10, window: 4, closes_at_threshold: false, seed: 1 };

    /// "a b c d d e e f f f".
    const HAND_VALUES: [(&str, f64); 17] = [
        ("ttr", 0.6),
        ("herdan_c", 0.7781512503836436),
        ("guiraud_r", 1.8973665961010275),
        ("cttr", 1.3416407864998738),
        ("dugast_u", 4.507575551943847),
        ("yule_k", 1000.0),
        ("yule_i", 2.5714285714285716),
        ("simpson_d", 0.1111111111111111),
        ("herdan_vm", 0.1825741858350554),
        ("maas_a", 0.47100822669711023),
        ("maas_a2", 0.22184874961635637),
        ("maas_lgv0", 1.2389425748792184),
        ("mattr", 0.6785714285714286),
        ("msttr", 0.875),
        ("hdd", 0.6),
        ("mtld", 4.166666666666667),
        ("honore_r", 460.51701859880916),
    ];

    fn value(name: &str, ids: &[u32]) -> f64 {
        let mut marks = sequence::Marks::new(8);
        let mut counts = vec![0.0; 8];
        ids.iter().for_each(|&id| counts[id as usize] += 1.0);
        match name.parse::<Measure>().unwrap().formula {
            Formula::Closed(formula) => formula(&Frequencies::new(&mut counts), &OPTIONS),
            Formula::Ordered(formula) => formula(ids, &mut marks, &OPTIONS),
        }
    }

    #[test]
    fn hand_values_are_reproduced() {
        for (name, expected) in HAND_VALUES {
            let found = value(name, &[0, 1, 2, 3, 3, 4, 4, 5, 5, 5]);
            assert!((found - expected).abs() < 1e-9, "{name}: {found}, expected {expected}");
        }
        assert!(value("summer_s", &[0, 1, 2, 3, 3, 4, 4, 5, 5, 5]).is_nan());
    }

    #[test]
    fn nothing_is_said_of_a_text_without_tokens() {
        for measure in MEASURES {
            assert!(value(measure.name, &[]).is_nan(), "{}", measure.name);
        }
    }

    #[test]
    fn the_alpha_of_fisher_solves_its_equation() {
        let text = Frequencies { n: 15609.0, v: 240.0, ..Frequencies::default() };
        assert!((fisher_alpha(&text) - 40.24728178439234).abs() < 1e-9);
    }
}
