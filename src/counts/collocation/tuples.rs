//! How often the words of a pattern stand together, for all of them that occur and all that are asked about.
//!
//! Occurrences become records, dealt into partitions by their keys; questions are dealt alike. Each partition is then counted in
//! a table of its own, small enough for the cache, lists what is frequent, and answers its questions. Partitions that find
//! no room together are dealt in several passes over the text.

use std::ops::Range;

use crate::disjoint;
use crate::error::{Error, Result};
use crate::parallel::Workers;

use super::deal::{Shares, Source};
use super::keys::{Keys, Record};
use super::listing::{Found, Listing};
use super::pattern::{Pattern, Use};
use super::stream::{RARE, Stream};
use super::table::Table;
use super::{MAX_SIZE, Tuning};

/// Most partition bits: so many places are written to in turn.
const MOST_PARTITION_BITS: u32 = 12;
/// Occurrences from which on small records are worth many partitions.
const MANY: usize = 1 << 20;

/// What is counted, and of what.
pub(super) struct Job<'a> {
    pub stream: &'a Stream,
    pub code_bits: u32,
    pub pattern: &'a Pattern,
    /// N-grams whose margins are asked for.
    pub listings: &'a [Listing],
    /// Occurrences an n-gram needs to be listed; nothing is listed if absent.
    pub min_count: Option<u32>,
    pub tuning: &'a Tuning,
    pub workers: &'a Workers,
}

impl Job<'_> {
    /// Answers what is asked about the pattern, and returns the n-grams to be listed.
    pub fn run(&self) -> Result<Found> {
        let keys = self.keys();
        let n = self.pattern.n_words();
        match (n, keys.key_bits.max(keys.record_bits())) {
            (2, ..=64) if keys.record_bits() <= u32::BITS => self.count::<u32, 2>(keys),
            (2, ..=64) => self.count::<u64, 2>(keys),
            (3, ..=64) => self.count::<u64, 3>(keys),
            (4, ..=64) => self.count::<u64, 4>(keys),
            (5, ..=64) => self.count::<u64, 5>(keys),
            (2, ..=128) => self.count::<u128, 2>(keys),
            (3, ..=128) => self.count::<u128, 3>(keys),
            (4, ..=128) => self.count::<u128, 4>(keys),
            (5, ..=128) => self.count::<u128, 5>(keys),
            _ => Err(Error::too_large("number of types", 1 << self.code_bits, 1 << (128 / n))),
        }
    }

    fn keys(&self) -> Keys {
        let key_bits = self.code_bits * self.pattern.n_words();
        let class_bits = self.pattern.class_bits();
        let n = self.stream.len();
        let by_size = (n / self.tuning.partition.max(1)).next_power_of_two().ilog2();
        let narrow = (key_bits + class_bits).saturating_sub(u32::BITS);
        let wanted = if n >= MANY && narrow <= MOST_PARTITION_BITS { by_size.max(narrow) } else { by_size };
        Keys {
            code_bits: self.code_bits,
            key_bits,
            partition_bits: wanted.clamp(1, MOST_PARTITION_BITS.min(key_bits)),
            class_bits,
        }
    }

    fn count<R: Record, const N: usize>(&self, keys: Keys) -> Result<Found> {
        let mut places = [0; N];
        places.iter_mut().zip(self.pattern.places()).for_each(|(to, place)| *to = place);
        let occurrences = Occurrences { job: self, keys, places };
        let questions = self.questions(keys);
        let workers = self.workers;
        let shares = Shares::of::<R>(&occurrences, keys.n_partitions(), workers)?;
        let question_shares = Shares::of::<Question<R>>(&questions, keys.n_partitions(), workers)?;
        let (mut records, mut asked) = (Vec::new(), Vec::new());
        let mut tables: Vec<Table<R>> = (0..workers.n_threads()).map(|_| Table::default()).collect();
        let mut listed = Found::default();
        let room = (self.stream.len() * self.tuning.room).max(self.tuning.partition * size_of::<R>()) / size_of::<R>();
        let passes = shares.passes(room);
        for partitions in &passes {
            let sizes = shares.deal(&occurrences, partitions.clone(), &mut records, workers)?;
            let asked_sizes = question_shares.deal(&questions, partitions.clone(), &mut asked, workers)?;
            let own = disjoint::pieces(&mut records[..sizes.iter().sum()], sizes);
            let own_asked = disjoint::pieces(&mut asked[..asked_sizes.iter().sum()], asked_sizes);
            let items = partitions.clone().zip(own.into_iter().zip(own_asked)).collect();
            let found = workers.map_with(&mut tables, items, |table, (partition, (records, asked))| {
                self.fill(table, keys, records);
                asked.iter().for_each(|question| self.answer(table, question));
                Ok(self.frequent(table, keys, partition))
            })?;
            found.into_iter().for_each(|found| listed.append(found));
            workers.signal().advance((self.stream.len() / passes.len()) as u64);
        }
        Ok(listed)
    }

    fn fill<R: Record>(&self, table: &mut Table<R>, keys: Keys, records: &[R]) {
        if keys.class_bits == 0 {
            table.clear(records.len(), 0);
            records.iter().for_each(|&record| table.add(record, 0));
            return;
        }
        table.clear(records.len(), self.pattern.uses.len());
        for &record in records {
            let (remainder, class) = keys.parted(record);
            table.add(remainder, self.pattern.lacking(class));
        }
    }

    fn answer<R: Record>(&self, table: &Table<R>, question: &Question<R>) {
        let use_ = question.use_ as usize;
        let count = table.count(question.record, use_);
        let listing = &self.listings[question.listing as usize];
        match self.pattern.uses[use_] {
            Use::Margin { places, .. } => listing.set_margin(question.gram as usize, places, count),
            Use::Nested { .. } => listing.set_nested(question.gram as usize, count),
        }
    }

    /// The n-grams of a partition that occur often enough.
    fn frequent<R: Record>(&self, table: &Table<R>, keys: Keys, partition: usize) -> Found {
        let mut found = Found::default();
        let Some((size, min_count)) = self.pattern.listed().zip(self.min_count) else { return found };
        let use_at = |wanted: fn(&Use) -> bool| self.pattern.uses.iter().position(wanted);
        let whole = |place: &Use| matches!(*place, Use::Margin { size, places } if places + 1 == 1 << size);
        let Some(whole) = use_at(whole) else { return found };
        let nested = use_at(|place| matches!(place, Use::Nested { .. }));
        for (record, count, nested) in table.at_least(min_count, whole, nested) {
            found.codes.extend(keys.words(partition, record, size));
            found.counts.push(count);
            found.nested.push(nested);
        }
        found
    }

    fn questions(&self, keys: Keys) -> Questions<'_> {
        let mut parts = Vec::new();
        for (use_, place) in self.pattern.uses.iter().enumerate() {
            let (size, places) = match *place {
                Use::Margin { size, places } => (size, places),
                Use::Nested { .. } => (self.pattern.span(), self.pattern.mask),
            };
            for (number, listing) in self.listings.iter().enumerate().filter(|(_, listing)| listing.size == size) {
                parts.extend(listing.chunks().into_iter().map(|grams| Asked { number, listing, grams, use_, places }));
            }
        }
        Questions { keys, parts }
    }
}

/// The occurrences of a pattern as records.
struct Occurrences<'a, const N: usize> {
    job: &'a Job<'a>,
    keys: Keys,
    places: [usize; N],
}

impl<R: Record, const N: usize> Source<R> for Occurrences<'_, N> {
    fn n_parts(&self) -> usize {
        self.job.stream.parts().len()
    }

    fn visit(&self, part: usize, mut emit: impl FnMut(usize, R)) {
        let pattern = self.job.pattern;
        self.job.stream.visit(part, pattern.span(), |words: &[u32; MAX_SIZE], before, after| {
            let words = self.places.map(|place| words[place]);
            if words.iter().all(|&word| word < RARE)
                && let Some(class) = pattern.class(before, after)
            {
                let (partition, record) = self.keys.cut(self.keys.key(words.into_iter()), class);
                emit(partition, record);
            }
        });
    }
}

/// How often one record has one use: asked for one n-gram of one listing.
#[derive(Clone, Copy, Debug, Default)]
struct Question<R> {
    record: R,
    gram: u32,
    listing: u16,
    use_: u16,
}

/// Some n-grams, asked about the same use.
struct Asked<'a> {
    number: usize,
    listing: &'a Listing,
    grams: Range<usize>,
    use_: usize,
    places: usize,
}

struct Questions<'a> {
    keys: Keys,
    parts: Vec<Asked<'a>>,
}

impl<R: Record> Source<Question<R>> for Questions<'_> {
    fn n_parts(&self) -> usize {
        self.parts.len()
    }

    fn visit(&self, part: usize, mut emit: impl FnMut(usize, Question<R>)) {
        let Asked { number, listing, grams, use_, places } = &self.parts[part];
        for gram in grams.clone() {
            let words = listing.words(gram);
            let words =
                super::pattern::places(*places).take_while(|&place| place < words.len()).map(|place| words[place]);
            let (partition, record) = self.keys.cut::<R>(self.keys.key(words), 0);
            // The class bits, all zero, are not part of what a table holds.
            let (record, _) = self.keys.parted(record);
            emit(partition, Question { record, gram: gram as u32, listing: *number as u16, use_: *use_ as u16 });
        }
    }
}
