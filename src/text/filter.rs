//! From the surface of a token to its type, or to nothing: spelling, removal, stem.
//!
//! Everything here is a function of the token's characters, so it is worked out once per distinct surface and never per
//! occurrence.

use std::borrow::Cow;
use std::collections::HashSet;

use frostem::Stemmer;

use crate::text::fold::Fold;
use crate::text::kind::{Kind, kind};

/// Which types are removed.
#[derive(Clone, Debug, Default)]
pub struct Removal {
    /// Types of punctuation only.
    pub punctuation: bool,
    /// Types of symbols or emoji only.
    pub symbols: bool,
    /// Types of digits and punctuation only.
    pub numbers: bool,
    /// Links and e-mail addresses.
    pub links: bool,
    /// These types (folded like the text).
    pub stopwords: HashSet<String>,
    /// Types with fewer code points.
    pub min_chars: Option<usize>,
    /// Types with more code points.
    pub max_chars: Option<usize>,
}

impl Removal {
    fn removes(&self, term: &str) -> bool {
        let by_kind = self.punctuation || self.symbols || self.numbers || self.links;
        if by_kind
            && match kind(term) {
                Kind::Word => false,
                Kind::Punctuation => self.punctuation,
                Kind::Symbol => self.symbols,
                Kind::Number => self.numbers,
                Kind::Link => self.links,
            }
        {
            return true;
        }
        let length = || term.chars().count();
        self.min_chars.is_some_and(|min| length() < min)
            || self.max_chars.is_some_and(|max| length() > max)
            || self.stopwords.contains(term)
    }
}

/// Maps surfaces to types.
pub struct TypeRule {
    /// How spelling is unified.
    pub fold: Fold,
    /// What is removed, judged on the folded form.
    pub removal: Removal,
    /// What comes last, if anything.
    pub stemmer: Option<Stemmer>,
}

impl TypeRule {
    /// The type of a surface; `None` if it is removed.
    pub fn apply<'a>(&self, surface: &'a str) -> Option<Cow<'a, str>> {
        let folded = self.fold.apply(surface);
        if folded.is_empty() || self.removal.removes(&folded) {
            return None;
        }
        match &self.stemmer {
            Some(stemmer) if kind(&folded) == Kind::Word => Some(Cow::Owned(stemmer.stem(&folded).into_owned())),
            _ => Some(folded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(removal: Removal) -> TypeRule {
        let fold = Fold { lowercase: true, turkic: false, unify_spelling: true };
        TypeRule { fold, removal, stemmer: None }
    }

    #[test]
    fn kinds_are_removed_one_by_one() {
        let surfaces = ["Peace", ",", "$", "1,000", "https://a.example", "a@b.co", "4ever"];
        let kept = |removal| {
            let rule = rule(removal);
            surfaces.iter().filter(|surface| rule.apply(surface).is_some()).copied().collect::<Vec<_>>()
        };
        assert_eq!(kept(Removal::default()), surfaces);
        assert_eq!(
            kept(Removal { punctuation: true, ..Removal::default() }),
            ["Peace", "$", "1,000", "https://a.example", "a@b.co", "4ever"]
        );
        let all = Removal { punctuation: true, symbols: true, numbers: true, links: true, ..Removal::default() };
        assert_eq!(kept(all), ["Peace", "4ever"]);
        assert_eq!(
            kept(Removal { min_chars: Some(3), max_chars: Some(5), ..Removal::default() }),
            ["Peace", "1,000", "4ever"]
        );
        let stopwords = HashSet::from(["peace".to_string()]);
        assert!(!kept(Removal { stopwords, ..Removal::default() }).contains(&"Peace"));
    }

    #[test]
    fn stems_come_after_removal() {
        let mut rule = rule(Removal { stopwords: HashSet::from(["having".to_string()]), ..Removal::default() });
        rule.stemmer = Some(crate::text::stem::stemmer("english").unwrap());
        assert_eq!(rule.apply("Having"), None);
        assert_eq!(rule.apply("Negotiations").as_deref(), Some("negoti"));
        assert_eq!(rule.apply("2,000").as_deref(), Some("2,000"));
    }
}
