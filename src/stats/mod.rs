//! Statistics as pure functions of counts: arrays in, arrays out.

pub mod association;
pub mod resampling;
