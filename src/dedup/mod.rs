//! What is printed more than once, inside a page, on a site and across documents: labels, relations and spans.
//!
//! Nothing here removes text. Every finding names the bytes that it rests on, and every pair is verified with exact
//! integer counts before it is called anything.

pub mod blocks;
pub mod site;
