//! The Python border: the only place that names pyo3, numpy or Arrow's C interface.
//!
//! Each function here checks, borrows, enters, calls and moves out; what it calls knows nothing of Python.

mod arrays;
mod blocks;
mod collocations;
mod convert;
mod cooccurrence;
mod dispersion;
mod diversity;
mod documents;
mod duplicates;
mod enter;
mod errors;
mod keyness;
mod pairs;
mod probe;
mod readability;
mod resampled;
mod resampled_keyness;
mod resampling;
mod similarity;
mod term_document;
mod tokens;
mod trend;
mod weighting;

#[pyo3::pymodule]
mod _core {
    use pyo3::prelude::*;
    use pyo3::types::PyModule;

    use crate::text::segmenter::{SEGMENTER_VERSION, UNICODE_VERSION};

    #[pymodule_export]
    use super::blocks::{block_names, blocks, excerpts, left_out};
    #[pymodule_export]
    use super::collocations::PyCollocations;
    #[pymodule_export]
    use super::cooccurrence::{PyCooccurrence, association, association_measures};
    #[pymodule_export]
    use super::dispersion::{dispersion, dispersion_measures, dispersion_of_weights, distances, type_counts};
    #[pymodule_export]
    use super::diversity::{diversity_measures, diversity_of_counts, diversity_of_tokens};
    #[pymodule_export]
    use super::documents::PyDocuments;
    #[pymodule_export]
    use super::duplicates::{PyDuplicates, parts, relations};
    #[pymodule_export]
    use super::keyness::{PyTermColumns, corrections, fisher_log_p, keyness, keyness_measures, log_odds_prior};
    #[pymodule_export]
    use super::pairs::pair_documents;
    #[pymodule_export]
    use super::probe::probe;
    #[pymodule_export]
    use super::readability::{has_syllables, prose_counts, prose_fields, readability_measures, readability_scores};
    #[pymodule_export]
    use super::resampled::{resampled_dispersion, resampled_diversity, resampled_slopes};
    #[pymodule_export]
    use super::resampled_keyness::PyKeynessScores;
    #[pymodule_export]
    use super::resampling::{PyResampling, summaries};
    #[pymodule_export]
    use super::similarity::{
        delta_distances, pair_distances, pair_measures, pair_similarities, row_entropies, word_shift,
    };
    #[pymodule_export]
    use super::term_document::PyTermDocument;
    #[pymodule_export]
    use super::tokens::{PyTokens, PyVocabulary, spans, stopword_list};
    #[pymodule_export]
    use super::trend::trends;
    #[pymodule_export]
    use super::weighting::{document_frequencies, weigh, weighting_schemes};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("__debug_build__", cfg!(debug_assertions))?;
        module.add("__unicode_version__", UNICODE_VERSION)?;
        module.add("__segmenter_version__", SEGMENTER_VERSION)?;
        module.add("__stemmer_version__", crate::text::stem::STEMMER_VERSION)
    }
}
