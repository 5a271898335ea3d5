//! What formulas of readability ask of a text: its sentences, words, letters and syllables.
//!
//! Letters and syllables are a matter of the type, so they are counted once for each type; then one pass over the positions
//! adds them up by document. Words are tokens with a letter. A sentence without a word is none.

use std::collections::{HashMap, HashSet};

use crate::corpus::tokens::{GAP, Tokens, Unit};
use crate::corpus::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};
use crate::text::familiar::is_familiar;
use crate::text::kind::{Kind, kind};
use crate::text::syllable::Language;

/// Types, or positions, of one chunk.
const CHUNK: u64 = 1 << 14;
/// Letters and digits from which a word is long.
const LONG: u32 = 7;
/// Syllables from which a word is of many.
const MANY: u32 = 3;

/// What is counted of a document, in the order of [`count`].
pub const FIELDS: [&str; 9] = [
    "sentences",
    "words",
    "letters",
    "long_words",
    "syllables",
    "monosyllables",
    "polysyllables",
    "in_dictionary",
    "unfamiliar",
];

/// How types are judged.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Rules for syllables; without any, and where the dictionary lacks the word, it has none.
    pub language: Option<Language>,
    /// Syllables of lower-case words, which go before rules.
    pub dictionary: HashMap<String, u32>,
    /// Lower-case words that are familiar; all others are not.
    pub familiar: HashSet<String>,
}

impl Rules {
    /// What one occurrence of a type adds to the fields behind the number of sentences; nothing if it is no word.
    fn judge(&self, term: &str) -> Option<[u32; FIELDS.len() - 1]> {
        if kind(term) != Kind::Word {
            return None;
        }
        let letters = term.chars().filter(|c| c.is_alphanumeric()).count() as u32;
        let known = self.dictionary.get(term).or_else(|| self.dictionary.get(&term.to_lowercase())).copied();
        let syllables = known.or_else(|| self.language.map(|language| language.syllables(term))).unwrap_or(0);
        let unfamiliar = !self.familiar.is_empty() && !is_familiar(term, &self.familiar);
        Some([
            1,
            letters,
            u32::from(letters >= LONG),
            syllables,
            u32::from(syllables == 1),
            u32::from(syllables >= MANY),
            u32::from(known.is_some()),
            u32::from(unfamiliar),
        ])
    }
}

/// The [`FIELDS`] of each document, one document after the other.
///
/// # Errors
/// [`crate::ErrorKind::Cancelled`].
pub fn count(tokens: &Tokens, rules: &Rules, workers: &Workers) -> Result<Vec<i64>> {
    workers.signal().begin(tokens.n_positions() as u64);
    let judged = judgements(&tokens.vocabulary, rules, workers)?;
    let length = |doc: usize| tokens.doc_range(doc).len() as u64 + 1;
    let chunks = ranges_by_weight(tokens.n_docs(), length, CHUNK);
    let found = workers.map(chunks, |docs| {
        let mut rows = Vec::with_capacity(docs.len() * FIELDS.len());
        for doc in docs.clone() {
            workers.signal().check()?;
            rows.extend(of_document(tokens, doc, &judged)?);
        }
        workers.signal().advance(docs.map(|doc| tokens.doc_range(doc).len() as u64).sum());
        Ok(rows)
    })?;
    Ok(found.concat())
}

/// What each type adds.
fn judgements(
    vocabulary: &Vocabulary,
    rules: &Rules,
    workers: &Workers,
) -> Result<Vec<Option<[u32; FIELDS.len() - 1]>>> {
    let (text, boundaries) = vocabulary.buffers();
    let chunks = ranges_by_weight(vocabulary.len(), |_| 1, CHUNK / 16);
    let found = workers.map(chunks, |ids| {
        let terms = ids.map(|id| text.get(boundaries[id] as usize..boundaries[id + 1] as usize).unwrap_or(""));
        Ok(terms.map(|term| rules.judge(term)).collect::<Vec<_>>())
    })?;
    Ok(found.concat())
}

fn of_document(tokens: &Tokens, doc: usize, judged: &[Option<[u32; FIELDS.len() - 1]>]) -> Result<[i64; FIELDS.len()]> {
    let mut sums = [0; FIELDS.len()];
    for sentence in tokens.units(Unit::Sentence, tokens.doc_range(doc)) {
        let words = sums[1];
        for &id in tokens.term_ids[sentence].iter().filter(|&&id| id != GAP) {
            let facts = judged.get(id as usize).ok_or_else(|| Error::system("a token has no type"))?;
            for (sum, fact) in sums[1..].iter_mut().zip(facts.iter().flatten()) {
                *sum += i64::from(*fact);
            }
        }
        sums[0] += i64::from(sums[1] > words);
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_without_words_and_gaps_do_not_count() {
        let terms = ["the", "minister", "knows", ".", "24"];
        let tokens = Tokens::from_parts(
            vec![0, 1, 3, 4, 3, 2, GAP, 3],
            vec![0, 5, 5, 8],
            vec![0, 3, 5],
            vec![0, 5],
            Vocabulary::from_terms(terms),
        );
        let rules = Rules {
            language: Some(Language::English),
            dictionary: HashMap::from([("knows".into(), 4)]),
            familiar: HashSet::from(["the".into(), "know".into()]),
        };
        let found = count(&tokens.unwrap(), &rules, &Workers::serial()).unwrap();
        assert_eq!(found[..9], [1, 2, 11, 1, 4, 1, 1, 0, 1]);
        assert_eq!(found[9..18], [0; 9]);
        assert_eq!(found[18..], [1, 1, 5, 0, 4, 0, 1, 1, 0]);
    }
}
