//! Words of scripts written without spaces, by the dictionaries of ICU4X: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
//!
//! Limits: ICU's Chinese follows general vocabulary and splits many modern compounds; it is a baseline, not a parser.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Cuts runs of unspaced script.
#[derive(Debug)]
pub struct Dictionary;

impl Dictionary {
    /// Calls `word` with the start and end (bytes) of each word of a run.
    pub fn words(run: &str, mut word: impl FnMut(usize, usize)) {
        let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        let mut start = 0;
        for end in segmenter.segment_str(run) {
            if end > start {
                word(start, end);
                start = end;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(run: &str) -> Vec<&str> {
        let mut found = Vec::new();
        Dictionary::words(run, |start, end| found.push(&run[start..end]));
        found
    }

    #[test]
    fn runs_are_cut_into_words_that_join_to_the_run() {
        assert_eq!(words("中国经济增长"), ["中国", "经济", "增长"]);
        assert_eq!(words("日本の首相は東京で会見した"), ["日本", "の", "首相", "は", "東京", "で", "会見", "した"]);
        assert_eq!(words("ภาษาไทย"), ["ภาษา", "ไทย"]);
        assert_eq!(words(""), Vec::<&str>::new());
    }
}
