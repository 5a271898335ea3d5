//! Which rows of a matrix are alike: all pairs that are allowed, the best of each row, or those beyond a bound.
//!
//! Rows of the second matrix are sorted by date, so that the rows within a window of time are a range. [`shared`] serves the
//! measures that follow from what two rows have in common; it walks the postings of a row's terms into one dense array and never
//! looks at a pair that cannot be among the best. [`scattered`] serves distances, to which terms of one row alone contribute;
//! it lays one row over all columns and reads the others against it. No matrix of all pairs is held; results are exact, and the same for any number of threads.

mod best;
mod distance;
mod measure;
mod pairs;
mod prepared;
mod scattered;
mod shared;

pub use distance::{Distance, Divergence};
pub use measure::Similarity;
pub use pairs::{Allowed, Found, Groups, NO_GROUP, Times, Wanted};
pub use scattered::distances;
pub use shared::similarities;
