//! Which bodies share which fingerprints: an inverted index of those that are in at least two and not too many bodies.
//!
//! Fingerprints are partitioned by the top of their hash and sorted within each partition, partitions in parallel; the sort key
//! (hash, body, position) is total, so the index does not depend on threads or chunks. A fingerprint in one body alone is
//! dropped; one in more than `max_df` bodies is common and leads to a crowd ([`crate::dedup::crowds`]).
//!
//! Most pairs share single fingerprints that are in no long run. Such a run is longer than the fingerprint by more units than
//! stand half of them on one side, so a byte that is made from those before and one from those behind it tell nearly all of these pairs
//! without a look at their texts.

use std::sync::atomic::{AtomicU16, Ordering::Relaxed};

use crate::dedup::bodies::Bodies;
use crate::dedup::crowds::Crowds;
use crate::dedup::fingerprint::Winnowing;
use crate::dedup::units::Units;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};
use crate::prefetch::prefetch;

/// Units of one piece of work.
const CHUNK_UNITS: u64 = 1 << 19;
/// Units whose fingerprints make a partition that the caches hold.
const PARTITION_UNITS: usize = 1 << 18;
/// Partitions are told by so many top bits of the hash at least and at most.
const PARTITION_BITS: std::ops::RangeInclusive<u32> = 6..=12;
/// Postings of one piece of work.
const CHUNK_POSTINGS: u64 = 1 << 16;
/// So many fingerprints ahead the processor is told what will be read.
const AHEAD: usize = 8;
/// Marks the last posting of a fingerprint, in its position.
const LAST: u32 = 1 << 31;

/// How bodies are sampled and which fingerprints count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// How texts are winnowed.
    pub winnowing: Winnowing,
    /// Bodies with fewer units than this keep all their k-grams.
    pub short: usize,
    /// Fingerprints in more bodies than this are common.
    pub max_df: usize,
    /// Units of a run that is looked for.
    pub passage: Option<u32>,
}

impl Sampling {
    /// Units before or behind a fingerprint, on one side at least, of a run that is looked for; none if any may be in one.
    fn reach(self) -> Option<usize> {
        let more = (self.passage? as usize).checked_sub(self.winnowing.k)?;
        Some(more.div_ceil(2)).filter(|&reach| reach > 0)
    }

    fn of(self, n_units: usize) -> Winnowing {
        let window = if n_units < self.short { 1 } else { self.winnowing.window };
        Winnowing { window, ..self.winnowing }
    }
}

/// The index, read from the side of a body.
#[derive(Debug)]
pub struct Postings {
    /// Body, and position of the fingerprint in it with [`LAST`].
    postings: Vec<(u32, u32)>,
    /// What stands before and behind each posting; empty if that does not matter.
    sides: Vec<AtomicU16>,
    /// Places of the postings of each body.
    own: Vec<u32>,
    own_starts: Vec<usize>,
    /// Distinct fingerprints of each body that are not common.
    n_rare: Vec<u32>,
    /// Distinct fingerprints of each body that are common.
    n_common: Vec<u32>,
    /// Number of different fingerprints that are common.
    pub n_common_fingerprints: usize,
    crowds: Crowds,
}

type Row = (u64, u32, u32);

/// A byte that is the same for the same units; 0 where the text ends before.
fn side(units: Option<&[u32]>) -> u8 {
    let sum = |units: &[u32]| units.iter().fold(0u64, |sum, &unit| (sum ^ u64::from(unit)).wrapping_mul(SPREAD));
    units.map_or(0, |units| ((sum(units) >> 56) as u8).max(1))
}

/// A factor without structure.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

fn partition_bits(n_units: usize) -> u32 {
    (n_units / PARTITION_UNITS).max(1).ilog2().clamp(*PARTITION_BITS.start(), *PARTITION_BITS.end())
}

/// Rows of one partition, sorted, without most of those that are alone with their hash: `single` is told their bodies.
///
/// The next bits of the hash part the rows into about as many buckets as there are rows; most of them need no more sorting.
fn sorted_but_single(chunks: Vec<Vec<Row>>, partition_bits: u32, mut single: impl FnMut(u32)) -> Vec<Row> {
    const SINGLE: usize = usize::MAX;
    let n_rows: usize = chunks.iter().map(Vec::len).sum();
    let bits = n_rows.next_power_of_two().ilog2().max(1);
    let bucket = |hash: u64| (hash << partition_bits >> (64 - bits)) as usize;
    let mut places = vec![0; 1 << bits];
    chunks.iter().flatten().for_each(|&(hash, _, _)| places[bucket(hash)] += 1);
    let mut n_kept = 0;
    for place in &mut places {
        let here = std::mem::replace(place, if *place == 1 { SINGLE } else { n_kept });
        n_kept += if here == 1 { 0 } else { here };
    }
    let mut rows: Vec<Row> = vec![(0, 0, 0); n_kept];
    for (hash, body, position) in chunks.into_iter().flatten() {
        let place = &mut places[bucket(hash)];
        if *place == SINGLE {
            single(body);
        } else {
            rows[*place] = (hash, body, position);
            *place += 1;
        }
    }
    let mut start = 0;
    for end in places.into_iter().filter(|&end| end != SINGLE) {
        rows[start..end].sort_unstable();
        start = end;
    }
    rows
}

impl Postings {
    /// Indexes the representative of each body.
    ///
    /// # Errors
    /// Cancelled by the caller, or more than 2³² postings.
    pub fn index(units: &Units, bodies: &Bodies, sampling: Sampling, workers: &Workers) -> Result<Self> {
        let of_body = |body: usize| units.of(bodies.representative(body));
        let chunks = ranges_by_weight(bodies.len(), |body| of_body(body).len() as u64 + 8, CHUNK_UNITS);
        let bits = partition_bits(units.ids.len());
        let n_partitions = 1 << bits;
        let sampled = workers.map(chunks, |chunk| {
            let mut rows: Vec<Vec<Row>> = vec![Vec::new(); n_partitions];
            for body in chunk {
                let units = of_body(body);
                sampling.of(units.len()).fingerprints(units, |hash, position| {
                    rows[(hash >> (64 - bits)) as usize].push((hash, body as u32, position));
                });
            }
            Ok(rows)
        })?;
        let mut partitions: Vec<Vec<Vec<Row>>> = vec![Vec::new(); n_partitions];
        for rows in sampled {
            rows.into_iter().zip(&mut partitions).for_each(|(rows, partition)| partition.push(rows));
        }
        let parts = workers.map(partitions, |rows| Ok(Part::of(rows, bits, sampling.max_df)))?;
        let key = |body: u32| units.folded_hashes[bodies.representative(body as usize)];
        let mut index = Self::joined(parts, bodies.len(), key)?;
        if let Some(reach) = sampling.reach() {
            index.sides = index.sides(of_body, sampling.winnowing.k, reach, workers)?;
        }
        let is_full = |body: &usize| of_body(*body).len() < sampling.short;
        index.count_full_as_sampled((0..bodies.len()).filter(is_full), sampling.winnowing.window as u32);
        Ok(index)
    }

    fn joined(mut parts: Vec<Part>, n_bodies: usize, key: impl Fn(u32) -> u128) -> Result<Self> {
        let n_postings: usize = parts.iter().map(|part| part.postings.len()).sum();
        if n_postings > u32::MAX as usize {
            return Err(Error::too_large("number of shared fingerprints", n_postings as u64, u64::from(u32::MAX)));
        }
        let mut index = Self {
            postings: Vec::with_capacity(n_postings),
            sides: Vec::new(),
            own: vec![0; n_postings],
            own_starts: vec![0; n_bodies + 1],
            n_rare: vec![0; n_bodies],
            n_common: vec![0; n_bodies],
            n_common_fingerprints: 0,
            crowds: Crowds::default(),
        };
        for part in &mut parts {
            index.postings.extend(std::mem::take(&mut part.postings));
            std::mem::take(&mut part.rare).iter().for_each(|&body| index.n_rare[body as usize] += 1);
            part.common.iter().flatten().for_each(|&(body, _)| index.n_common[body as usize] += 1);
            index.n_common_fingerprints += part.common.len();
        }
        let common = parts.into_iter().flat_map(|part| part.common);
        index.crowds = Crowds::of(common, n_bodies, |body| index.is_saturated(body), key);
        index.postings.iter().for_each(|&(body, _)| index.own_starts[body as usize + 1] += 1);
        (0..n_bodies).for_each(|body| index.own_starts[body + 1] += index.own_starts[body]);
        let mut next = index.own_starts.clone();
        for (place, &(body, _)) in index.postings.iter().enumerate() {
            index.own[next[body as usize]] = place as u32;
            next[body as usize] += 1;
        }
        Ok(index)
    }

    /// What stands on either side of each posting, from the texts of the bodies.
    fn sides<'u>(
        &self,
        of_body: impl Fn(usize) -> &'u [u32] + Sync,
        k: usize,
        reach: usize,
        workers: &Workers,
    ) -> Result<Vec<AtomicU16>> {
        let sides: Vec<AtomicU16> = (0..self.postings.len()).map(|_| AtomicU16::new(0)).collect();
        let chunks = ranges_by_weight(self.own_starts.len() - 1, |body| self.weight(body), CHUNK_POSTINGS);
        workers.map(chunks, |bodies| {
            for body in bodies {
                let (units, own) = (of_body(body), self.own_of(body));
                for (at, &place) in own.iter().enumerate() {
                    prefetch(&self.postings, own[(at + AHEAD).min(own.len() - 1)] as usize);
                    let position = (self.postings[place as usize].1 & !LAST) as usize;
                    let before = position.checked_sub(reach).map(|start| &units[start..position]);
                    let behind = units.get(position + k..position + k + reach);
                    let sides_here = u16::from(side(before)) | u16::from(side(behind)) << 8;
                    sides[place as usize].store(sides_here, Relaxed);
                }
            }
            Ok(())
        })?;
        Ok(sides)
    }

    /// Whether a run that is looked for may lead through two postings of one fingerprint.
    #[inline]
    fn may_be_in_run(&self, one: usize, other: usize) -> bool {
        let Some(one) = self.sides.get(one) else { return true };
        let (one, differ) = (one.load(Relaxed), one.load(Relaxed) ^ self.sides[other].load(Relaxed));
        (one & 0xFF != 0 && differ & 0xFF == 0) || (one & 0xFF00 != 0 && differ & 0xFF00 == 0)
    }

    fn own_of(&self, body: usize) -> &[u32] {
        &self.own[self.own_starts[body]..self.own_starts[body + 1]]
    }

    /// Bodies that keep all k-grams share with sampled ones only what winnowing would have chosen.
    fn count_full_as_sampled(&mut self, full: impl Iterator<Item = usize>, window: u32) {
        for body in full {
            for count in [&mut self.n_rare[body], &mut self.n_common[body]] {
                *count = (2 * *count).div_ceil(window + 1);
            }
        }
    }

    /// Tells `meet` each later body that shares a fingerprint with this one, with the position in this and in the other, and
    /// whether a run that is looked for may lead through both.
    pub fn partners(&self, body: usize, mut meet: impl FnMut(u32, u32, u32, bool)) {
        let own_of = self.own_of(body);
        for (at, &place) in own_of.iter().enumerate() {
            let ahead = own_of[(at + AHEAD).min(own_of.len() - 1)] as usize;
            prefetch(&self.postings, ahead);
            prefetch(&self.sides, ahead);
            let place = place as usize;
            let own = self.postings[place].1;
            let mut last = own;
            let mut next = place + 1;
            while last & LAST == 0 {
                let Some(&(other, in_other)) = self.postings.get(next) else { break };
                meet(other, own & !LAST, in_other & !LAST, self.may_be_in_run(place, next));
                last = in_other;
                next += 1;
            }
        }
        self.crowds.partners(body, &mut |other, position, in_other| meet(other, position, in_other, true));
    }

    /// What two bodies could share.
    pub fn sharable(&self, a: usize, b: usize) -> Sharable {
        Sharable { rare: self.n_rare[a].min(self.n_rare[b]), common: self.n_common[a].min(self.n_common[b]) }
    }

    /// Whether more than half of the fingerprints of a body are common.
    pub fn is_saturated(&self, body: usize) -> bool {
        self.n_common[body] > self.n_rare[body]
    }

    /// Upper bound of the pairs to look at from the side of a body.
    pub fn weight(&self, body: usize) -> u64 {
        (self.own_starts[body + 1] - self.own_starts[body]) as u64 + 1
    }
}

/// What two bodies could share, in distinct fingerprints of the one that has fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharable {
    /// Those that the index tells of.
    pub rare: u32,
    /// Common ones.
    pub common: u32,
}

impl Sharable {
    /// Whether as many shared fingerprints as were seen are a share of those that the index tells of. Of common ones only
    /// anchors are told, so that others are judged by what they have apart from them.
    pub fn reaches(self, seen: u32, share: f64) -> bool {
        f64::from(seen) >= share * f64::from(self.rare)
    }

    /// The same if all common fingerprints that both may have are shared.
    pub fn may_reach(self, seen: u32, share: f64) -> bool {
        f64::from(seen + self.common) >= share * f64::from(self.rare + self.common)
    }
}

/// Postings of one partition.
#[derive(Default)]
struct Part {
    postings: Vec<(u32, u32)>,
    /// Body of each distinct (fingerprint, body) below the bound.
    rare: Vec<u32>,
    /// Bodies and positions of each fingerprint above it.
    common: Vec<Vec<(u32, u32)>>,
}

impl Part {
    fn of(rows: Vec<Vec<Row>>, partition_bits: u32, max_df: usize) -> Self {
        let mut part = Self::default();
        let mut rows = sorted_but_single(rows, partition_bits, |body| part.rare.push(body));
        rows.dedup_by_key(|&mut (hash, body, _)| (hash, body));
        for group in rows.chunk_by(|one, other| one.0 == other.0) {
            let bodies = group.iter().map(|&(_, body, _)| body);
            if group.len() > max_df {
                part.common.push(group.iter().map(|&(_, body, position)| (body, position)).collect());
                continue;
            }
            part.rare.extend(bodies.clone());
            if group.len() > 1 {
                part.postings.extend(group.iter().map(|&(_, body, position)| (body, position)));
                if let Some((_, last)) = part.postings.last_mut() {
                    *last |= LAST;
                }
            }
        }
        part
    }
}
