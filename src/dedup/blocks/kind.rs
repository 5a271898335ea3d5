//! What a block is, and why it is thought to be so.

/// Declares an enum of codes with a name or a text for each.
macro_rules! coded {
    ($(#[$outer:meta])* $name:ident, $($(#[$inner:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$inner])* $variant,)+
        }

        impl $name {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The text by which users know it.
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

coded! {
    /// What a block is.
    Kind,
    /// Running text of an article. Whatever is not known to be something else is body.
    Body = "body",
    /// Title of an article.
    Headline = "headline",
    /// Heading inside an article, or the lines below its title that sum it up.
    Subheading = "subheading",
    /// Names of the authors.
    Byline = "byline",
    /// When and where an article was printed.
    Dateline = "dateline",
    /// Part of the paper, above the title.
    Section = "section",
    /// Text that belongs to a picture, and the picture's credit.
    Caption = "caption",
    /// Sentence that leads into a report quoted whole.
    Attribution = "attribution",
    /// Paragraph of a report that is quoted whole.
    QuotedReport = "quoted_report",
    /// A sentence of the body once more, set apart.
    PullQuote = "pull_quote",
    /// A paragraph of the page once more.
    Repeated = "repeated",
    /// Title of another article, between paragraphs or marked as related.
    RelatedLink = "related_link",
    /// Note about the author.
    AuthorBio = "author_bio",
    /// Title, snippet, label or time of another article in a list.
    Teaser = "teaser",
    /// Menus, buttons, headings of forms and lists.
    Navigation = "navigation",
    /// Other text of the site: legal notes, forms, appeals.
    Boilerplate = "boilerplate",
}

impl Kind {
    /// Whether the block belongs to no article of the page.
    pub fn is_outside(self) -> bool {
        matches!(self, Self::Navigation | Self::Teaser | Self::Boilerplate)
    }
}

coded! {
    /// Why a block has its kind.
    Reason,
    /// Nothing speaks against body.
    Prose = "running text",
    /// Short, yet nothing says that it is furniture.
    Kept = "short, but nothing says that it is not part of the text",
    /// The title of the first article.
    Title = "last line that can be a title before the text begins",
    /// The title of a later article.
    NewTitle = "can be a title, after the end of an article and before a new text",
    /// One sentence before lines of author and date.
    TitleBeforeDate = "single sentence before author or date, at the top of the page",
    /// Above a title.
    AboveTitle = "short line directly above a title",
    /// Between title and author, date or text.
    BelowTitle = "between a title and author, date or text",
    /// Alone between paragraphs.
    BetweenParagraphs = "short line without full stop between two paragraphs",
    /// Like the title of another article, between paragraphs.
    TitleBetweenParagraphs = "line like a title between two paragraphs, too long for a heading",
    /// Begins as lines with names of authors do.
    ByPhrase = "begins like a line that names the author",
    /// A date with little else.
    Dated = "a date or a word that announces one, with little else",
    /// Begins or ends as captions do.
    Credited = "begins or ends with the credit of a picture",
    /// Leads into a quoted report.
    LeadsIn = "leads into a report that is quoted whole",
    /// Within marks that open and close paragraphs apart.
    WithinQuotation = "between marks of quotation that open and close paragraphs apart",
    /// Words of author notes, at the end of an article.
    AboutAuthor = "phrases of author notes, behind the text of an article",
    /// Nearly all of it stands in a longer block.
    StandsInBody = "nearly all of it stands in a longer block of the page",
    /// The same words stand further up.
    SameWords = "the same words stand further up the page",
    /// Known phrase of menus.
    MenuPhrase = "known phrase of menus",
    /// Known phrase of buttons and placeholders.
    ButtonPhrase = "known phrase of buttons, sharing or placeholders",
    /// Known phrase that ends an article.
    MorePhrase = "known phrase behind a shortened article",
    /// Known heading of lists.
    ListHeading = "known heading of lists of other articles",
    /// Known heading of comment forms.
    CommentPhrase = "known phrase of comment sections",
    /// Relative time.
    RelativeTime = "time counted from the visit, as in lists of articles",
    /// Among furniture.
    AmongFurniture = "short line among known phrases of menus and buttons",
    /// After the heading of a list.
    InList = "in a list of other articles",
    /// Begins as links to other articles do.
    LinkPhrase = "begins like a link to another article",
    /// Known phrase of forms.
    FormPhrase = "known phrase of forms",
    /// Known phrase of legal notes.
    LegalPhrase = "known phrase of legal notes",
    /// Known phrases of appeals.
    AppealPhrase = "known phrases of appeals for money or subscriptions",
    /// Between blocks of furniture.
    BetweenFurniture = "appeal or note between other text of the site",
    /// Printed on many pages of the site.
    OnManyPages = "the same but for digits on many pages of the site",
}

coded! {
    /// How a block resembles an earlier one, or for a pull quote its source.
    Repeat,
    /// Nothing like it.
    None = "",
    /// The same words, or the same words with other line breaks.
    RepeatedBlock = "repeated_block",
    /// A sentence or a long run of words in common.
    NearRepeat = "near_repeat",
    /// Nearly all of it stands in a longer block, before or behind.
    PullQuote = "pull_quote",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_places_in_the_list() {
        assert!(Kind::ALL.iter().enumerate().all(|(code, &kind)| kind as usize == code));
        assert!(Reason::ALL.iter().enumerate().all(|(code, &reason)| reason as usize == code));
        assert_eq!(Kind::PullQuote.text(), "pull_quote");
        assert_eq!(Repeat::ALL.len(), 4);
    }
}
