//! Pairs of bodies that share fingerprints, verified exactly: shared triples, longest run, passages and what of them is quoted.
//!
//! Each body looks at the later ones it shares fingerprints with. Around the shared positions the longest runs of equal units are
//! taken from the texts themselves; if the run is a passage, or enough fingerprints are shared for the texts to be akin as
//! wholes, the sets of triples are intersected. Everything that is kept rests on integers counted on the texts.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::dedup::bodies::Bodies;
use crate::dedup::postings::{Postings, Sharable};
use crate::dedup::runs::{Run, extend, passages, sort_by_diagonal};
use crate::dedup::triples::Triples;
use crate::dedup::units::{Units, fewer_words, n_words};
use crate::error::Result;
use crate::parallel::{Workers, ranges_by_weight};

/// Postings of one piece of work.
const CHUNK_POSTINGS: u64 = 1 << 13;

/// What is kept of two bodies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// Shared triples by those of the smaller text, from which two texts are akin as wholes.
    pub containment: f64,
    /// Words of a run from which it is a passage; without them only texts akin as wholes are kept.
    pub passage: Option<u32>,
    /// Texts with fewer words than this are short; see [`n_words`].
    pub short: u32,
    /// Containment that a short text needs.
    pub short_containment: f64,
    /// Longest run that a short text needs.
    pub short_run: u32,
}

impl Floor {
    fn is_akin(&self, overlap: Overlap, is_short: bool, longest: u32) -> bool {
        let containment = if is_short { self.short_containment } else { self.containment };
        let smaller = f64::from(overlap.size_a.min(overlap.size_b));
        f64::from(overlap.shared) >= containment * smaller && (!is_short || longest >= self.short_run)
    }
}

/// Share of the fingerprints of the smaller text from which the sets of triples are intersected, by containment asked for.
///
/// A pair with containment c of triples shares c^(4/3) of its 4-grams, of which fingerprints are a sample; a third of that
/// leaves room for chance.
const GATE: f64 = 1.0 / 3.0;

/// A verified pair of bodies, `a` before `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The body with the smaller number.
    pub a: u32,
    /// The other one.
    pub b: u32,
    /// What they share as wholes; not counted for two that have a passage in common and are otherwise too unlike.
    pub overlap: Option<Overlap>,
    /// Words of the longest run found; see [`n_words`].
    pub longest: u32,
    /// Units of all disjoint runs that are passages.
    pub passages: u32,
    /// How many of these `a` has between quotation marks.
    pub quoted_a: u32,
    /// How many of these `b` has between quotation marks.
    pub quoted_b: u32,
}

/// The sets of triples of two texts, counted exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// Different triples of both.
    pub shared: u32,
    /// Different triples of the first text.
    pub size_a: u32,
    /// Different triples of the second text.
    pub size_b: u32,
}

impl Overlap {
    /// Shared triples by all triples; 0 for two texts without any.
    pub fn jaccard(&self) -> f64 {
        f64::from(self.shared) / f64::from((self.size_a + self.size_b - self.shared).max(1))
    }

    /// The same seen from the second text.
    pub fn reversed(self) -> Self {
        Self { shared: self.shared, size_a: self.size_b, size_b: self.size_a }
    }
}

/// How many pairs were looked at, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs that share a fingerprint.
    pub met: u64,
    /// Of these, pairs that share enough of them to be looked at.
    pub candidates: u64,
    /// Candidates without a passage that share too few fingerprints to be akin as wholes.
    pub unlike: u64,
    /// Candidates whose exact counts stayed below the floor.
    pub below_floor: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.met += other.met;
        self.candidates += other.candidates;
        self.unlike += other.unlike;
        self.below_floor += other.below_floor;
    }
}

/// All edges, ascending by `(a, b)`, of pairs that `admits` lets pass.
///
/// # Errors
/// Cancelled by the caller.
pub fn edges(
    units: &Units,
    bodies: &Bodies,
    postings: &Postings,
    floor: Floor,
    admits: impl Fn(u32, u32) -> bool + Sync,
    workers: &Workers,
) -> Result<(Vec<Edge>, Tally)> {
    let n = bodies.len();
    let sizes = (0..n).map(|_| AtomicU32::new(UNKNOWN)).collect::<Vec<_>>();
    let places = places_of_bodies(units, bodies);
    let is_short = |body: usize| fewer_words(units.of(bodies.representative(body)), floor.short);
    let short: Vec<bool> = (0..n).map(is_short).collect();
    let texts = Texts { units, bodies, places: &places, short: &short, sizes: &sizes };
    let chunks = ranges_by_weight(n, |body| postings.weight(body), CHUNK_POSTINGS);
    workers.signal().begin(n as u64);
    let mut comparers: Vec<Comparer> = (0..workers.n_threads()).map(|_| Comparer::new(n, floor)).collect();
    let parts = workers.map_with(&mut comparers, chunks, |comparer, chunk: Range<usize>| {
        let mut found = (Vec::new(), Tally::default());
        for a in chunk.clone() {
            workers.signal().check()?;
            comparer.compare(a as u32, texts, postings, floor, &admits, &mut found);
        }
        workers.signal().advance(chunk.len() as u64);
        Ok(found)
    })?;
    let mut all = (Vec::with_capacity(parts.iter().map(|(edges, _)| edges.len()).sum()), Tally::default());
    for (edges, tally) in parts {
        all.0.extend(edges);
        all.1.add(tally);
    }
    Ok(all)
}

const UNKNOWN: u32 = u32::MAX;

/// Marks a count of fingerprints of which one may be in a passage.
const MAY_BE_PASSAGE: u32 = 1 << 31;

/// Where the units of each body start, and how many there are.
fn places_of_bodies(units: &Units, bodies: &Bodies) -> Vec<(usize, u32)> {
    let place = |doc: usize| (units.offsets[doc] as usize, units.of(doc).len() as u32);
    (0..bodies.len()).map(|body| place(bodies.representative(body))).collect()
}

/// The texts of bodies, which of them are short, and the sizes of their sets of triples as they become known.
#[derive(Clone, Copy)]
struct Texts<'t> {
    units: &'t Units,
    bodies: &'t Bodies,
    places: &'t [(usize, u32)],
    short: &'t [bool],
    sizes: &'t [AtomicU32],
}

impl<'t> Texts<'t> {
    fn document(self, body: u32) -> usize {
        self.bodies.representative(body as usize)
    }

    fn of(self, body: u32) -> &'t [u32] {
        let (start, len) = self.places[body as usize];
        &self.units.ids[start..start + len as usize]
    }

    fn is_short(self, a: u32, b: u32) -> bool {
        self.short[a as usize] || self.short[b as usize]
    }

    fn size(self, body: u32, scratch: &mut Triples) -> u32 {
        let known = self.sizes[body as usize].load(Ordering::Relaxed);
        if known != UNKNOWN {
            return known;
        }
        let size = scratch.fill(self.of(body));
        self.sizes[body as usize].store(size, Ordering::Relaxed);
        size
    }

    fn overlap(self, a: u32, b: u32, sets: &mut Sets) -> Overlap {
        let size_b = self.size(b, &mut sets.scratch);
        if sets.filled != a {
            self.sizes[a as usize].store(sets.first.fill(self.of(a)), Ordering::Relaxed);
            sets.filled = a;
        }
        let size_a = self.size(a, &mut sets.scratch);
        Overlap { shared: sets.first.shared(self.of(b)), size_a, size_b }
    }

    /// Units of stretches that stand between quotation marks.
    fn quoted(self, body: u32, stretches: impl Iterator<Item = Range<usize>>) -> u32 {
        stretches.map(|stretch| self.units.n_quoted(self.document(body), stretch)).sum()
    }
}

/// One thread's memory.
struct Comparer {
    /// By body: fingerprints shared, with [`MAY_BE_PASSAGE`]; then one more than the place of its next seed, or zero if it is no candidate.
    counts: Vec<u32>,
    met: Vec<u32>,
    /// Those of `met` that are looked at, with the place of their first seed.
    candidates: Vec<(u32, u32)>,
    /// Shared fingerprints in the order they are met: the other body, and where they are in this one and in that.
    hits: Vec<(u32, u32, u32)>,
    seeds: Vec<(u32, u32)>,
    runs: Vec<Run>,
    sets: Sets,
    gates: Gates,
}

/// Share of the sharable fingerprints from which texts may be akin.
#[derive(Clone, Copy)]
struct Gates {
    long: f64,
    short: f64,
}

impl Gates {
    fn of(self, is_short: bool) -> f64 {
        if is_short { self.short } else { self.long }
    }
}

/// One thread's sets of triples.
struct Sets {
    first: Triples,
    /// Body whose triples are in `first`.
    filled: u32,
    scratch: Triples,
}

impl Comparer {
    fn new(n_bodies: usize, floor: Floor) -> Self {
        let gate = |containment: f64| GATE * containment.powf(4.0 / 3.0);
        Self {
            counts: vec![0; n_bodies],
            met: Vec::new(),
            candidates: Vec::new(),
            hits: Vec::new(),
            seeds: Vec::new(),
            runs: Vec::new(),
            sets: Sets { first: Triples::default(), filled: UNKNOWN, scratch: Triples::default() },
            gates: Gates { long: gate(floor.containment), short: gate(floor.short_containment) },
        }
    }

    fn compare(
        &mut self,
        a: u32,
        texts: Texts<'_>,
        postings: &Postings,
        floor: Floor,
        admits: &impl Fn(u32, u32) -> bool,
        (edges, tally): &mut (Vec<Edge>, Tally),
    ) {
        let (counts, met, hits) = (&mut self.counts, &mut self.met, &mut self.hits);
        met.clear();
        hits.clear();
        postings.partners(a as usize, |b, in_a, in_b, may_be_passage| {
            hits.push((b, in_a, in_b));
            let count = &mut counts[b as usize];
            if *count == 0 {
                met.push(b);
            }
            *count = (*count + 1) | if may_be_passage { MAY_BE_PASSAGE } else { 0 };
        });
        tally.met += met.len() as u64;
        let (mut n_seeds, mut n_unlike) = (0, 0);
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        for &b in met.iter() {
            let count = &mut counts[b as usize];
            let (n_shared, may_be_passage) = (*count & !MAY_BE_PASSAGE, *count & MAY_BE_PASSAGE != 0);
            let is_short = texts.is_short(a, b);
            let seem_akin = postings.sharable(a as usize, b as usize).reaches(n_shared, self.gates.of(is_short));
            let may_share_passage = floor.passage.is_some() && (n_shared >= 2 || is_short);
            *count = 0;
            if !(may_share_passage || seem_akin) || !admits(a, b) {
                continue;
            }
            if may_be_passage || seem_akin {
                candidates.push((b, n_seeds));
                *count = n_seeds + 1;
                n_seeds += n_shared;
            } else {
                // No run through what they share is a passage.
                n_unlike += 1;
            }
        }
        self.seeds.clear();
        self.seeds.resize(n_seeds as usize, (0, 0));
        let seeds = &mut self.seeds;
        for &(b, in_a, in_b) in hits.iter() {
            let place = &mut counts[b as usize];
            if *place > 0 {
                seeds[*place as usize - 1] = (in_a, in_b);
                *place += 1;
            }
        }
        tally.candidates += candidates.len() as u64 + n_unlike;
        tally.unlike += n_unlike;
        candidates.sort_unstable();
        for &(b, start) in &candidates {
            let end = std::mem::take(&mut self.counts[b as usize]) - 1;
            let sharable = postings.sharable(a as usize, b as usize);
            match self.verify(a, b, start as usize..end as usize, sharable, texts, floor) {
                Verdict::Kept(edge) => edges.push(edge),
                Verdict::Unlike => tally.unlike += 1,
                Verdict::BelowFloor => tally.below_floor += 1,
            }
        }
        self.candidates = candidates;
    }

    fn verify(
        &mut self,
        a: u32,
        b: u32,
        seeds: Range<usize>,
        sharable: Sharable,
        texts: Texts<'_>,
        floor: Floor,
    ) -> Verdict {
        let (in_a, in_b) = (texts.of(a), texts.of(b));
        let is_short = texts.is_short(a, b);
        let gate = self.gates.of(is_short);
        let n_seeds = seeds.len() as u32;
        let seems_akin = sharable.reaches(n_seeds, gate);
        let seeds = &mut self.seeds[seeds];
        sort_by_diagonal(seeds);
        extend(in_a, in_b, seeds, &mut self.runs);
        let words = |run: &Run| n_words(&in_a[run.start_a as usize..run.end_a() as usize]);
        let longest = self.runs.iter().map(words).max().unwrap_or(0);
        let has_passage = floor.passage.is_some_and(|passage| longest >= passage);
        if !has_passage && !seems_akin {
            return Verdict::Unlike;
        }
        let may_be_akin = seems_akin || sharable.may_reach(n_seeds, gate);
        let overlap = may_be_akin.then(|| texts.overlap(a, b, &mut self.sets));
        let akin = overlap.is_some_and(|overlap| floor.is_akin(overlap, is_short, longest));
        if !akin && !has_passage {
            return Verdict::BelowFloor;
        }
        let passages = floor.passage.map_or(Vec::new(), |passage| passages(&self.runs, in_a, in_b, passage));
        Verdict::Kept(Edge {
            a,
            b,
            overlap,
            longest,
            passages: passages.iter().map(|run| run.len).sum(),
            quoted_a: texts.quoted(a, passages.iter().map(|run| run.start_a as usize..run.end_a() as usize)),
            quoted_b: texts.quoted(b, passages.iter().map(|run| run.start_b as usize..run.end_b() as usize)),
        })
    }
}

enum Verdict {
    Kept(Edge),
    Unlike,
    BelowFloor,
}
