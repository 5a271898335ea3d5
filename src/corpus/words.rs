//! The tokens that count as words, under one spelling: types mapped to types, then one pass over the positions.

use crate::corpus::tokens::{GAP, Tokens};
use crate::corpus::vocabulary::Vocabulary;
use crate::error::{Error, Result};
use crate::text::filter::TypeRule;

/// For each of some terms the number of its type under a rule, [`GAP`] if the rule removes it; and the number of types.
pub fn folded<'a>(terms: impl Iterator<Item = &'a str>, rule: &TypeRule) -> (Vec<u32>, usize) {
    let mut types = Vocabulary::default();
    let mapped = terms.map(|term| rule.apply(term).map_or(GAP, |folded| types.intern(&folded))).collect();
    (mapped, types.len())
}

/// Tokens of texts one after the other, and where each text starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Type of each token.
    pub ids: Vec<u32>,
    /// Where each text starts; one entry more than texts.
    pub starts: Vec<u64>,
}

/// The words of each document, or of the documents of each group one behind the other, under the numbers of `mapped`.
///
/// # Errors
/// Not one label for each document, a label of `n_groups` or more.
pub fn of_texts(tokens: &Tokens, mapped: &[u32], groups: Option<(&[u32], usize)>) -> Result<Texts> {
    let mut order: Vec<usize> = (0..tokens.n_docs()).collect();
    let (labels, n_texts) = groups.unwrap_or((&[], tokens.n_docs()));
    if groups.is_some() {
        if labels.len() != tokens.n_docs() {
            return Err(Error::parameter("labels", labels.len(), format!("one for each of {} rows", tokens.n_docs())));
        }
        if let Some(label) = labels.iter().find(|&&label| label as usize >= n_texts) {
            return Err(Error::parameter("labels", label, format!("below the number of groups, {n_texts}")));
        }
        order.sort_by_key(|&doc| labels[doc]);
    }
    let mut texts = Texts { ids: Vec::new(), starts: vec![0] };
    for doc in order {
        let text = labels.get(doc).map_or(doc, |&label| label as usize);
        // Texts without documents come before.
        texts.starts.resize(text + 1, texts.ids.len() as u64);
        let words = tokens.term_ids[tokens.doc_range(doc)].iter().filter_map(|&id| mapped.get(id as usize).copied());
        texts.ids.extend(words.filter(|&id| id != GAP));
    }
    texts.starts.resize(n_texts + 1, texts.ids.len() as u64);
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::filter::Removal;
    use crate::text::fold::Fold;

    #[test]
    fn words_are_gathered_by_text() {
        let mut vocabulary = Vocabulary::default();
        let term_ids: Vec<u32> = ["Peace", ",", "peace", "talks", "Peace"].map(|term| vocabulary.intern(term)).to_vec();
        let tokens = Tokens::from_parts(term_ids, vec![0, 3, 4, 5], vec![0, 3, 4], vec![0, 3, 4], vocabulary).unwrap();
        let fold = Fold { lowercase: true, turkic: false, unify_spelling: false };
        let rule = TypeRule { fold, removal: Removal { punctuation: true, ..Removal::default() }, stemmer: None };
        let (mapped, n_types) = folded(tokens.vocabulary.terms(), &rule);
        assert_eq!((&mapped[..], n_types), (&[0, GAP, 0, 1][..], 2));
        let of = |groups| of_texts(&tokens, &mapped, groups).unwrap();
        assert_eq!(of(None), Texts { ids: vec![0, 0, 1, 0], starts: vec![0, 2, 3, 4] });
        assert_eq!(of(Some((&[2, 0, 2], 4))), Texts { ids: vec![1, 0, 0, 0], starts: vec![0, 1, 1, 4, 4] });
        assert!(of_texts(&tokens, &mapped, Some((&[0, 1], 2))).is_err());
        assert!(of_texts(&tokens, &mapped, Some((&[0, 1, 2], 2))).is_err());
    }
}
