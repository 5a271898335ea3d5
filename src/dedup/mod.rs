//! What is printed more than once, inside a page, on a site and across documents: labels, relations and spans.
//!
//! Nothing here removes text. Every finding names the bytes that it rests on, and every pair is verified with exact
//! integer counts before it is called anything.

pub mod admission;
pub mod align;
pub mod blocks;
pub mod bodies;
pub mod canonical;
pub mod cluster;
pub mod compare;
pub mod crowds;
pub mod fingerprint;
pub mod measures;
pub mod neighbours;
pub mod pairs;
pub mod parts;
pub mod passages;
pub mod places;
pub mod postings;
pub mod relation;
pub mod reprints;
pub mod rewording;
pub mod runs;
pub mod search;
pub mod site;
pub mod triples;
pub mod units;
