//! Which segmenter cuts a text, and what it tells of each token.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::news::{NewsOptions, NewsSegmenter};
use crate::text::plain;

/// Version of Unicode behind word boundaries, normal forms and character properties, for provenance.
pub const UNICODE_VERSION: &str = "17.0.0";

/// Libraries whose data decide where words end, for provenance.
pub const SEGMENTER_VERSION: &str = "icu_segmenter 2.4.0, unicode-segmentation 1.13.3";

/// Receives the tokens of one document in text order.
pub trait Sink {
    /// A token at these bytes of the text. `starts` says what else begins here.
    fn token(&mut self, text: &str, byte_start: usize, byte_end: usize, starts: Starts);

    /// Whether to go on; asked now and then within a long text, which is left unfinished once this is false.
    fn keeps_going(&mut self) -> bool {
        true
    }
}

/// The largest unit that begins with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Starts {
    /// The token continues a sentence.
    Nothing,
    /// The token is the first of a sentence.
    Sentence,
    /// The token is the first of a paragraph, and so of a sentence.
    Paragraph,
}

/// Names of the segmenters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SegmenterName {
    /// What a reader of news takes for words: see [`crate::text::news`].
    Auto,
    /// Unicode Standard Annex #29, default word boundaries, untailored.
    Uax29,
    /// Maximal runs without white space.
    Whitespace,
    /// Matches of a regular expression.
    Regex,
}

/// Everything that decides where tokens lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmenterConfig {
    /// Which segmenter.
    pub segmenter: SegmenterName,
    /// Pattern of a token, for [`SegmenterName::Regex`] alone; with one group, the group is the token.
    pub token_pattern: Option<String>,
    /// Cut words at hyphens; the hyphen is then a token of its own (`auto` only).
    pub split_hyphens: bool,
    /// Cut the possessive ending `'s` off (`auto` only).
    pub cut_possessive: bool,
    /// Language of the text as an ISO 639-1 code; `fr`, `it` and `ca` split elisions (`auto` only).
    pub language: Option<String>,
}

/// Finds tokens, sentences and paragraphs.
#[derive(Debug)]
pub struct Segmenter {
    news: NewsSegmenter,
    rule: Rule,
}

#[derive(Debug)]
enum Rule {
    Auto,
    Uax29,
    Whitespace,
    Regex(regex::Regex),
}

impl Segmenter {
    /// A segmenter for a configuration.
    ///
    /// # Errors
    /// A missing, needless or invalid `token_pattern`.
    pub fn new(config: &SegmenterConfig) -> Result<Self> {
        let news = NewsOptions {
            split_hyphens: config.split_hyphens,
            cut_possessive: config.cut_possessive,
            split_elisions: matches!(config.language.as_deref(), Some("fr" | "it" | "ca")),
        };
        let rule = match (config.segmenter, &config.token_pattern) {
            (SegmenterName::Regex, Some(pattern)) => Rule::Regex(token_regex(pattern)?),
            (SegmenterName::Regex, None) => {
                return Err(Error::parameter("token_pattern", "None", "a regular expression with segmenter='regex'"));
            }
            (_, Some(pattern)) => {
                return Err(Error::parameter("token_pattern", pattern, "None unless segmenter='regex'"));
            }
            (SegmenterName::Auto, None) => Rule::Auto,
            (SegmenterName::Uax29, None) => Rule::Uax29,
            (SegmenterName::Whitespace, None) => Rule::Whitespace,
        };
        Ok(Self { news: NewsSegmenter::new(news), rule })
    }

    /// Whether types get the news spelling (one apostrophe, one hyphen, no invisible characters).
    pub fn unifies_spelling(&self) -> bool {
        matches!(self.rule, Rule::Auto)
    }

    /// Tells the sink every token of a text.
    pub fn segment(&self, text: &str, sink: &mut impl Sink) {
        match &self.rule {
            Rule::Auto => self.news.segment(text, sink),
            Rule::Uax29 => plain::emit(text, plain::uax29(text), self.news.unit_starts(text), sink),
            Rule::Whitespace => plain::emit(text, plain::whitespace(text), self.news.unit_starts(text), sink),
            Rule::Regex(regex) => plain::emit(text, plain::matches(regex, text), self.news.unit_starts(text), sink),
        }
    }

    /// [`Segmenter::segment`] of the news segmenter with every word taken the long way, the twin of its short cut.
    #[doc(hidden)]
    pub fn segment_without_short_cut(&self, text: &str, sink: &mut impl Sink) {
        self.news.segment_by::<false>(text, sink);
    }
}

fn token_regex(pattern: &str) -> Result<regex::Regex> {
    let allowed = "a regular expression without look-around or back-references, with at most one group";
    let regex = regex::Regex::new(pattern).map_err(|_| Error::parameter("token_pattern", pattern, allowed))?;
    if regex.captures_len() > 2 {
        return Err(Error::parameter("token_pattern", pattern, allowed));
    }
    Ok(regex)
}
