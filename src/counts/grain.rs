//! How finely counting cuts its work. Results never depend on it; tests cut small inputs into many pieces.

/// Sizes of the pieces in which documents and positions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grain {
    /// Positions a worker takes at a time, whole documents where documents are counted.
    pub chunk: usize,
    /// Positions whose n-grams are held at a time before they are looked up.
    pub slice: usize,
    /// Positions for each table of n-grams; the number of tables is the next power of two, at most 1,024.
    pub table: usize,
    /// Fewer items than this are sorted by one thread.
    pub serial_sort: usize,
}

impl Grain {
    /// Sizes that were measured to be fast: a chunk's records and a table fit the second-level cache.
    pub const MEASURED: Self = Self { chunk: 1 << 16, slice: 1 << 22, table: 1 << 17, serial_sort: 1 << 14 };

    /// Number of n-gram tables for so many positions, a power of two.
    pub(crate) fn n_tables(&self, n_positions: usize) -> usize {
        n_positions.div_ceil(self.table.max(1)).next_power_of_two().clamp(1, 1024)
    }
}
