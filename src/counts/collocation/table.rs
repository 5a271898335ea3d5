//! How often each record of a partition occurs, and for which uses: open addressing in a table that fits the cache.

use super::keys::Record;

/// Odd, without a pattern: the upper bits of a product depend on all bits of a record.
const SPREAD: u64 = 0xd6e8_feb8_6659_fd93;

/// A record and its number of occurrences; 0 marks a free slot.
#[derive(Clone, Copy, Debug, Default)]
struct Slot<R> {
    record: R,
    seen: u32,
}

/// Counts of the records of one partition at a time.
#[derive(Debug, Default)]
pub(super) struct Table<R> {
    slots: Vec<Slot<R>>,
    /// By slot and use, how many occurrences lack the use; empty if all occurrences have the same.
    lacking: Vec<u32>,
    n_uses: usize,
    n_used: usize,
    shift: u32,
}

impl<R: Record> Table<R> {
    /// Empties the table and makes room for so many records, of which many are expected to be equal.
    ///
    /// `n_uses` is 0 if all occurrences count for the same uses.
    pub fn clear(&mut self, n_records: usize, n_uses: usize) {
        let size = (n_records / 2).next_power_of_two().max(16);
        self.slots.clear();
        self.slots.resize(size, Slot::default());
        self.lacking.clear();
        self.lacking.resize(size * n_uses, 0);
        (self.n_uses, self.n_used, self.shift) = (n_uses, 0, u64::BITS - size.ilog2());
    }

    /// Counts an occurrence that has all uses but those of the bits `lacking`.
    #[inline(always)]
    pub fn add(&mut self, record: R, lacking: u32) {
        let place = self.place(record);
        let slot = &mut self.slots[place];
        slot.record = record;
        slot.seen += 1;
        let is_new = slot.seen == 1;
        if lacking != 0 {
            for (i, count) in self.lacking[place * self.n_uses..][..self.n_uses].iter_mut().enumerate() {
                *count += lacking >> i & 1;
            }
        }
        if is_new {
            self.n_used += 1;
            // Five eighths full, searches get long.
            if self.n_used * 8 > self.slots.len() * 5 {
                self.grow();
            }
        }
    }

    /// Number of occurrences of a record that have a use.
    pub fn count(&self, record: R, use_: usize) -> u32 {
        self.count_at(self.place(record), use_)
    }

    /// The records with at least so many occurrences that have a use, in no particular order, with their counts for two uses.
    pub fn at_least(&self, min_count: u32, use_: usize, other: Option<usize>) -> impl Iterator<Item = (R, u32, u32)> {
        let used = self.slots.iter().enumerate().filter(|(_, slot)| slot.seen > 0);
        used.map(move |(place, slot)| (place, slot.record, self.count_at(place, use_)))
            .filter(move |&(_, _, count)| count >= min_count)
            .map(move |(place, record, count)| (record, count, other.map_or(0, |other| self.count_at(place, other))))
    }

    fn count_at(&self, place: usize, use_: usize) -> u32 {
        self.slots[place].seen - self.lacking.get(place * self.n_uses + use_).copied().unwrap_or(0)
    }

    /// Where a record is, or the free slot where it belongs.
    #[inline(always)]
    fn place(&self, record: R) -> usize {
        let mut place = (record.folded().wrapping_mul(SPREAD) >> self.shift) as usize;
        let mask = self.slots.len() - 1;
        loop {
            let slot = &self.slots[place & mask];
            if slot.seen == 0 || slot.record == record {
                return place & mask;
            }
            place += 1;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        let lacking = std::mem::replace(&mut self.lacking, vec![0; size * self.n_uses]);
        self.shift -= 1;
        for (from, slot) in old.into_iter().enumerate().filter(|(_, slot)| slot.seen > 0) {
            let to = self.place(slot.record);
            self.slots[to] = slot;
            let n = self.n_uses;
            self.lacking[to * n..][..n].copy_from_slice(&lacking[from * n..][..n]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_are_counted_by_use_while_the_table_grows() {
        let mut table = Table::<u32>::default();
        for n_records in [0, 1000] {
            table.clear(n_records, 2);
            (0..1000u32).for_each(|i| table.add(i % 300, if i % 2 == 0 { 0b10 } else { 0 }));
            for i in 0..300 {
                let seen = if i < 100 { 4 } else { 3 };
                assert_eq!(table.count(i, 0), seen);
                // Three hundred is even: occurrences of one record are all even or all odd.
                assert_eq!(table.count(i, 1), if i % 2 == 0 { 0 } else { seen });
            }
            assert_eq!((table.count(300, 0), table.at_least(4, 0, None).count()), (0, 100));
        }
        table.clear(10, 0);
        table.add(7, 0);
        assert_eq!(table.count(7, 3), 1);
    }
}
