//! Time of counting co-occurrences.

fn main() {}
