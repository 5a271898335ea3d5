//! Statistics as pure functions of counts: arrays in, arrays out.

pub mod association;
pub mod contingency;
pub mod delta;
pub mod dispersion;
pub mod distances;
pub mod diversity;
pub mod entropy;
pub mod exact;
pub mod interaction;
pub mod keyness;
pub mod log_odds_prior;
pub mod logarithm;
pub mod rank_sum;
pub mod readability;
pub mod resampling;
pub mod similarity;
pub mod sparse;
pub mod trend;
pub mod two_groups;
pub mod weighting;
pub mod word_shift;
