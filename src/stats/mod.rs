//! Statistics as pure functions of counts: arrays in, arrays out.

pub mod association;
pub mod contingency;
pub mod dispersion;
pub mod distances;
pub mod diversity;
pub mod exact;
pub mod interaction;
pub mod logarithm;
pub mod resampling;
pub mod sparse;
pub mod trend;
pub mod weighting;
