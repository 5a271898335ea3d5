//! Shipped lists of stop words: Snowball's modest ones, and stopwords-iso for languages Snowball has none for.
//!
//! Sources: Snowball website, `algorithms/*/stop.txt` (BSD 3-clause); stopwords-iso 0.7.1 (MIT). Licences stand beside the
//! lists. The iso lists are wide: look at one before using it.

use crate::error::{Error, Result};

const LISTS: &[(&str, &str)] = &[
    ("de", include_str!("stopwords_lists/de.txt")),
    ("en", include_str!("stopwords_lists/en.txt")),
    ("es", include_str!("stopwords_lists/es.txt")),
    ("fr", include_str!("stopwords_lists/fr.txt")),
    ("ru", include_str!("stopwords_lists/ru.txt")),
    ("iso-ar", include_str!("stopwords_lists/iso-ar.txt")),
    ("iso-ja", include_str!("stopwords_lists/iso-ja.txt")),
    ("iso-ko", include_str!("stopwords_lists/iso-ko.txt")),
    ("iso-zh", include_str!("stopwords_lists/iso-zh.txt")),
];

const NAMES: &[(&str, &str)] =
    &[("german", "de"), ("english", "en"), ("spanish", "es"), ("french", "fr"), ("russian", "ru")];

/// The words of a shipped list, as printed at its source.
///
/// # Errors
/// An unknown name; the message lists what is known.
pub fn stopwords(name: &str) -> Result<Vec<String>> {
    let code = NAMES.iter().find(|(long, _)| *long == name).map_or(name, |(_, code)| code);
    match LISTS.iter().find(|(list, _)| *list == code) {
        Some((_, words)) => Ok(words.lines().map(String::from).collect()),
        None => {
            let known: Vec<String> = LISTS
                .iter()
                .map(|(list, _)| *list)
                .chain(NAMES.iter().map(|(long, _)| *long))
                .map(|list| format!("'{list}'"))
                .collect();
            let allowed = format!("a list of words or one of {}", known.join(", "));
            Err(Error::parameter("stopwords", format!("'{name}'"), allowed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_by_code_and_name() {
        assert_eq!(stopwords("en").unwrap(), stopwords("english").unwrap());
        assert_eq!(stopwords("en").unwrap().len(), 174);
        assert!(stopwords("xx").unwrap_err().to_string().contains("iso-ko"));
    }
}
