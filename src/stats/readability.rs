//! How hard a text is to read, from counts of its words, sentences, letters and syllables.
//!
//! W words, St sentences, ASL = W / St, ASW = syllables / W. Without words or sentences every score is NaN. The constants
//! are those of the primary papers and hold for the language they were fitted to, which the caller declares.
//! Limits: the papers leave names and compounds out of some counts, which no count of letters can; scores of texts shorter
//! than the samples that a formula was fitted to (100 to 150 words, 30 sentences for SMOG) say little.

use std::str::FromStr;

use crate::error::{Error, Result};

/// More unfamiliar words than this share, and the conditional form of Dale and Chall adds its constant.
const HARD_SHARE: f64 = 0.05;

/// What a text holds: numbers, or sums of them with weights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Sentences.
    pub sentences: f64,
    /// Words: tokens with a letter.
    pub words: f64,
    /// Letters and digits in words.
    pub letters: f64,
    /// Words of seven letters or more.
    pub long_words: f64,
    /// Syllables.
    pub syllables: f64,
    /// Words of one syllable.
    pub monosyllables: f64,
    /// Words of three syllables or more.
    pub polysyllables: f64,
    /// Words that are not on a list of familiar ones.
    pub unfamiliar: f64,
}

impl Counts {
    fn asl(&self) -> f64 {
        self.words / self.sentences
    }

    fn asw(&self) -> f64 {
        self.syllables / self.words
    }
}

/// A score by its name.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// The name that the caller writes.
    pub name: &'static str,
    /// The function of the counts of one text.
    pub formula: fn(&Counts) -> f64,
    /// Codes of the languages it holds for; none means any.
    pub languages: &'static [&'static str],
    /// Whether it needs a list of familiar words.
    pub needs_list: bool,
}

const fn english(name: &'static str, formula: fn(&Counts) -> f64) -> Measure {
    Measure { name, formula, languages: &["en"], needs_list: false }
}

const fn familiar(name: &'static str, formula: fn(&Counts) -> f64) -> Measure {
    Measure { name, formula, languages: &["en"], needs_list: true }
}

/// All scores.
pub const MEASURES: [Measure; 15] = [
    english("flesch", flesch),
    english("flesch_kincaid", flesch_kincaid),
    english("fog", fog),
    english("smog", smog),
    english("ari", ari),
    english("coleman_liau", coleman_liau),
    Measure { name: "lix", formula: lix, languages: &[], needs_list: false },
    Measure { name: "rix", formula: rix, languages: &[], needs_list: false },
    english("forcast", forcast),
    familiar("dale_chall", dale_chall),
    familiar("dale_chall_conditional", dale_chall_conditional),
    familiar("dale_chall_1995", dale_chall_1995),
    english("linsear_write", linsear_write),
    Measure { name: "gulpease", formula: gulpease, languages: &["it"], needs_list: false },
    Measure { name: "flesch_amstad", formula: flesch_amstad, languages: &["de"], needs_list: false },
];

impl Measure {
    /// The score of one text; NaN without words or sentences.
    pub fn score(&self, counts: &Counts) -> f64 {
        if counts.words > 0.0 && counts.sentences > 0.0 { (self.formula)(counts) } else { f64::NAN }
    }
}

impl FromStr for Measure {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let names = || MEASURES.map(|measure| measure.name).join(", ");
        let found = MEASURES.into_iter().find(|measure| measure.name == name);
        found.ok_or_else(|| Error::parameter("measure", name, format!("one of {}", names())))
    }
}

/// 206.835 - 1.015 ASL - 84.6 ASW; higher is easier, without bounds. Flesch (1948), doi:10.1037/h0057532.
pub fn flesch(counts: &Counts) -> f64 {
    206.835 - 1.015 * counts.asl() - 84.6 * counts.asw()
}

/// 0.39 ASL + 11.8 ASW - 15.59, a US grade. Kincaid et al. (1975).
pub fn flesch_kincaid(counts: &Counts) -> f64 {
    0.39 * counts.asl() + 11.8 * counts.asw() - 15.59
}

/// 0.4 (ASL + 100 · share of words of three syllables or more), a US grade. Gunning (1952).
pub fn fog(counts: &Counts) -> f64 {
    0.4 * (counts.asl() + 100.0 * counts.polysyllables / counts.words)
}

/// 1.0430 √(30 · words of three syllables or more / St) + 3.1291, a US grade. McLaughlin (1969).
pub fn smog(counts: &Counts) -> f64 {
    1.0430 * (30.0 * counts.polysyllables / counts.sentences).sqrt() + 3.1291
}

/// 4.71 · letters per word + 0.5 ASL - 21.43, a US grade. Smith & Senter (1967).
pub fn ari(counts: &Counts) -> f64 {
    4.71 * counts.letters / counts.words + 0.5 * counts.asl() - 21.43
}

/// 5.88 · letters per word - 29.6 St / W - 15.8, a US grade. Coleman & Liau (1975), doi:10.1037/h0076540.
pub fn coleman_liau(counts: &Counts) -> f64 {
    5.88 * counts.letters / counts.words - 29.6 * counts.sentences / counts.words - 15.8
}

/// ASL + 100 · share of words of seven letters or more, for any language; 20 is easy, 60 hard. Björnsson (1968).
pub fn lix(counts: &Counts) -> f64 {
    counts.asl() + 100.0 * counts.long_words / counts.words
}

/// Words of seven letters or more per sentence, for any language. Anderson (1983).
pub fn rix(counts: &Counts) -> f64 {
    counts.long_words / counts.sentences
}

/// 20 - 15 · share of words of one syllable, a US grade. Caylor et al. (1973), whose sample has 150 words.
pub fn forcast(counts: &Counts) -> f64 {
    20.0 - 15.0 * counts.monosyllables / counts.words
}

/// 15.79 · share of unfamiliar words + 0.0496 ASL + 3.6365. Dale & Chall (1948).
pub fn dale_chall(counts: &Counts) -> f64 {
    15.79 * counts.unfamiliar / counts.words + 0.0496 * counts.asl() + 3.6365
}

/// [`dale_chall`], its constant added only if more than 5 % of the words are unfamiliar, as is common today.
pub fn dale_chall_conditional(counts: &Counts) -> f64 {
    let is_hard = counts.unfamiliar / counts.words > HARD_SHARE;
    dale_chall(counts) - if is_hard { 0.0 } else { 3.6365 }
}

/// 64 - 95 · share of unfamiliar words - 0.69 ASL; higher is easier. Chall & Dale (1995).
pub fn dale_chall_1995(counts: &Counts) -> f64 {
    64.0 - 95.0 * counts.unfamiliar / counts.words - 0.69 * counts.asl()
}

/// r = (words of at most two syllables + 3 · the others) / St; r / 2 if r is above 20, else (r - 2) / 2. O'Hayre (1966).
pub fn linsear_write(counts: &Counts) -> f64 {
    let r = (counts.words + 2.0 * counts.polysyllables) / counts.sentences;
    if r > 20.0 { r / 2.0 } else { (r - 2.0) / 2.0 }
}

/// 89 + (300 St - 10 · letters) / W, for Italian; higher is easier. Lucisano & Piemontese (1988).
pub fn gulpease(counts: &Counts) -> f64 {
    89.0 + (300.0 * counts.sentences - 10.0 * counts.letters) / counts.words
}

/// 180 - ASL - 58.5 ASW, for German; higher is easier. Amstad (1978).
pub fn flesch_amstad(counts: &Counts) -> f64 {
    180.0 - counts.asl() - 58.5 * counts.asw()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(values: [f64; 8]) -> Counts {
        let [words, sentences, letters, syllables, polysyllables, monosyllables, long_words, unfamiliar] = values;
        Counts { words, sentences, letters, syllables, polysyllables, monosyllables, long_words, unfamiliar }
    }

    /// The scores of three texts of the specification.
    const HAND_VALUES: [(&str, [f64; 3]); 15] = [
        ("flesch", [108.2675, -153.56, 35.65929824561405]),
        ("flesch_kincaid", [-0.7238888888888866, 35.92, 9.858947368421052]),
        ("fog", [1.8, 42.0, 17.270175438596493]),
        ("smog", [3.1291, 15.903189008614273, 11.855464076750408]),
        ("ari", [-5.05, 35.235, 9.005087719298249]),
        ("coleman_liau", [-4.737777777777779, 45.9, 13.568421052631574]),
        ("lix", [4.5, 105.0, 37.91228070175438]),
        ("rix", [0.0, 5.0, 2.0]),
        ("forcast", [6.666666666666666, 20.0, 12.105263157894736]),
        ("dale_chall", [3.8597, 18.0955, 8.10589649122807]),
        ("dale_chall_conditional", [0.2232, 18.0955, 8.10589649122807]),
        ("dale_chall_1995", [60.895, -24.95, 34.63]),
        ("linsear_write", [1.25, 6.5, 4.5]),
        ("gulpease", [125.66666666666666, 34.0, 78.47368421052632]),
        ("flesch_amstad", [110.5, -70.7, 59.74561403508771]),
    ];

    #[test]
    fn hand_values_are_reproduced() {
        let texts = [
            counts([9.0, 2.0, 27.0, 10.0, 0.0, 8.0, 0.0, 0.0]),
            counts([10.0, 2.0, 115.0, 42.0, 10.0, 0.0, 10.0, 9.0]),
            counts([19.0, 3.0, 110.0, 37.0, 7.0, 10.0, 6.0, 5.0]),
        ];
        for (name, expected) in HAND_VALUES {
            let measure: Measure = name.parse().unwrap();
            for (text, value) in texts.iter().zip(expected) {
                assert!((measure.score(text) - value).abs() < 1e-9, "{name}: {}, not {value}", measure.score(text));
            }
            assert!(measure.score(&Counts::default()).is_nan());
        }
    }
}
