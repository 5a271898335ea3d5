//! The whole way from text to types as one configuration.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::filter::{Removal, TypeRule};
use crate::text::fold::Fold;
use crate::text::normalize::NormalForm;
use crate::text::segmenter::{Segmenter, SegmenterConfig, Sink, Starts};
use crate::text::stem;
use crate::text::stopwords;

/// Everything that decides which tokens a text has. The defaults stand in the Python signature and nowhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenizerConfig {
    /// Where tokens lie.
    #[serde(flatten)]
    pub segmentation: SegmenterConfig,
    /// Whether types are lower case.
    pub lowercase: bool,
    /// Normal form of the text before it is cut.
    pub normalize: Option<NormalForm>,
    /// Remove types of punctuation only.
    pub remove_punct: bool,
    /// Remove types of symbols or emoji only.
    pub remove_symbols: bool,
    /// Remove types of digits and punctuation only.
    pub remove_numbers: bool,
    /// Remove links and e-mail addresses.
    pub remove_urls: bool,
    /// Name of a shipped list of stop words.
    pub stopwords: Option<String>,
    /// Further stop words.
    pub stopword_list: Vec<String>,
    /// Remove types with fewer code points.
    pub min_chars: Option<usize>,
    /// Remove types with more code points.
    pub max_chars: Option<usize>,
    /// Snowball stemmer, by language.
    pub stem: Option<String>,
    /// Whether removed tokens keep their position.
    pub keep_gaps: bool,
}

/// Cuts texts and knows the type of each piece.
pub struct Tokenizer {
    segmenter: Segmenter,
    normalize: Option<NormalForm>,
    rule: TypeRule,
    keep_gaps: bool,
}

impl Tokenizer {
    /// A tokenizer for a configuration.
    ///
    /// # Errors
    /// Values that are not allowed, each naming its argument.
    pub fn new(config: &TokenizerConfig) -> Result<Self> {
        if let Some(language) = config.segmentation.language.as_deref()
            && !(language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase()))
        {
            return Err(Error::parameter(
                "language",
                format!("'{language}'"),
                "None or a two-letter code such as 'en' or 'ko'",
            ));
        }
        if let (Some(min), Some(max)) = (config.min_chars, config.max_chars)
            && min > max
        {
            return Err(Error::parameter("min_chars", min, format!("at most max_chars ({max})")));
        }
        let segmenter = Segmenter::new(&config.segmentation)?;
        let fold = Fold {
            lowercase: config.lowercase,
            turkic: matches!(config.segmentation.language.as_deref(), Some("tr" | "az")),
            unify_spelling: segmenter.unifies_spelling(),
        };
        let removal = Removal {
            punctuation: config.remove_punct,
            symbols: config.remove_symbols,
            numbers: config.remove_numbers,
            links: config.remove_urls,
            min_chars: config.min_chars,
            max_chars: config.max_chars,
            ..Removal::default()
        };
        let stemmer = config.stem.as_deref().map(stem::stemmer).transpose()?;
        let rule = TypeRule { fold, removal, stemmer };
        let mut tokenizer = Self { segmenter, normalize: config.normalize, rule, keep_gaps: config.keep_gaps };
        tokenizer.add_stopwords(config)?;
        Ok(tokenizer)
    }

    /// Stop words go the way of the text: normalized, cut, folded. An entry of several tokens can match nothing whole and
    /// is left out.
    fn add_stopwords(&mut self, config: &TokenizerConfig) -> Result<()> {
        let mut words = config.stopwords.as_deref().map(stopwords::stopwords).transpose()?.unwrap_or_default();
        words.extend(config.stopword_list.iter().cloned());
        let mut folded = std::collections::HashSet::new();
        for word in &words {
            let text = self.prepare(word);
            let mut pieces = Vec::new();
            self.segment(&text, &mut Surfaces(&mut pieces));
            if let [piece] = pieces.as_slice() {
                folded.insert(self.rule.fold.apply(piece).into_owned());
            }
        }
        self.rule.removal.stopwords = folded;
        Ok(())
    }

    /// The text in the normal form chosen.
    pub fn prepare<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.normalize {
            Some(form) => form.apply(text),
            None => Cow::Borrowed(text),
        }
    }

    /// Tells the sink every piece of a prepared text, removed ones included.
    pub fn segment(&self, prepared: &str, sink: &mut impl Sink) {
        self.segmenter.segment(prepared, sink);
    }

    /// How pieces become types.
    pub fn rule(&self) -> &TypeRule {
        &self.rule
    }

    /// Whether removed tokens keep their position.
    pub fn keep_gaps(&self) -> bool {
        self.keep_gaps
    }

    /// The normal form chosen.
    pub fn normal_form(&self) -> Option<NormalForm> {
        self.normalize
    }
}

/// Collects the pieces themselves.
struct Surfaces<'a>(&'a mut Vec<String>);

impl Sink for Surfaces<'_> {
    fn token(&mut self, text: &str, byte_start: usize, byte_end: usize, _: Starts) {
        self.0.push(text[byte_start..byte_end].to_string());
    }
}
