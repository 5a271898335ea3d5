//! Snowball stemmers, by language name or code. Algorithms and data: `frostem`, pinned, because a new release means new stems.

use frostem::{Algorithm, Stemmer};

use crate::error::{Error, Result};

/// Version of the stemming algorithms, for provenance.
pub const STEMMER_VERSION: &str = "frostem 2.20261016.1";

/// The stemmer of a language (`english`, `en`, ...).
///
/// # Errors
/// An unknown name; the message lists what is known.
pub fn stemmer(language: &str) -> Result<Stemmer> {
    Stemmer::try_from_name(language).map_err(|_| {
        let known: Vec<&str> = Algorithm::all().iter().map(|algorithm| algorithm.name()).collect();
        Error::parameter("stem", format!("'{language}'"), format!("None or one of {}", known.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_names_and_codes() {
        assert_eq!(stemmer("english").unwrap().stem("negotiations"), "negoti");
        assert_eq!(stemmer("de").unwrap().stem("verhandlungen"), "verhandl");
        assert!(stemmer("klingon").is_err_and(|error| error.to_string().contains("english")));
    }
}
