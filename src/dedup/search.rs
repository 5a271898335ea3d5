//! The whole search: documents to bodies, bodies to verified edges.
//!
//! What was read of documents is kept, so that an update reads only the new ones; everything after that is done anew over
//! all documents, which makes an update the same as a search from scratch.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::corpus::documents::Documents;
use crate::corpus::spans::Spans;
use crate::dedup::admission::{Admission, Grouping};
use crate::dedup::bodies::Bodies;
use crate::dedup::cluster::{Clusters, Joining};
use crate::dedup::compare::{Edge, Floor, Tally, edges};
use crate::dedup::fingerprint::Winnowing;
use crate::dedup::pairs::Pairs;
use crate::dedup::passages::recounted;
use crate::dedup::postings::{Postings, Sampling};
use crate::dedup::relation::Thresholds;
use crate::dedup::reprints::{links, with_links};
use crate::dedup::units::Units;
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// Texts with fewer units than this keep all their k-grams as fingerprints.
pub const FULLY_SAMPLED: usize = 50;

/// Everything that decides which pairs are found. The defaults stand in the Python signature and nowhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchConfig {
    /// Units in a fingerprint.
    pub shingle: usize,
    /// Consecutive k-grams of which one is a fingerprint.
    pub winnow: usize,
    /// Bodies from which on a fingerprint is common.
    pub max_df: usize,
    /// Share of the smaller text that a pair must share to be kept.
    pub floor: f64,
    /// From which shares on a relation holds.
    #[serde(flatten)]
    pub thresholds: Thresholds,
    /// Texts with fewer words are short.
    pub short: u32,
    /// Share of the smaller text that a pair with a short text must share.
    pub short_contained: f64,
    /// Longest run that a pair with a short text must share.
    pub short_run: u32,
    /// What joins clusters.
    #[serde(flatten)]
    pub joining: Joining,
    /// Largest difference of dates.
    pub window: Option<i64>,
    /// Whether pairs must be of one group, or of two.
    pub group: Option<Grouping>,
}

impl SearchConfig {
    /// # Errors
    /// A value that is not allowed, naming its argument.
    pub fn check(&self) -> Result<()> {
        at_least("shingle", self.shingle, 2, 32)?;
        at_least("winnow", self.winnow, 1, 64)?;
        at_least("max_df", self.max_df, 2, u32::MAX as usize)?;
        if let Some(passage) = self.thresholds.passage {
            at_least("passage", passage as usize, 4, 10_000)?;
        }
        share("floor", self.floor)?;
        share("contained", self.thresholds.contained)?;
        share("revised", self.thresholds.revised)?;
        share("near", self.thresholds.near)?;
        share("quoted", self.thresholds.quoted)?;
        share("short_contained", self.short_contained)?;
        share("cohesion", self.joining.cohesion)?;
        let Thresholds { near, contained, revised, .. } = self.thresholds;
        for (name, value) in [("revised", revised), ("contained", contained), ("near", near)] {
            if value < self.floor {
                return Err(Error::parameter(name, value, format!("at least the floor of the search, {}", self.floor)));
            }
        }
        match self.window {
            Some(window) if window < 0 => Err(Error::parameter("window", window, "0 or more")),
            _ => Ok(()),
        }
    }

    fn sampling(&self) -> Sampling {
        let winnowing = Winnowing { k: self.shingle, window: self.winnow };
        Sampling { winnowing, short: FULLY_SAMPLED, max_df: self.max_df }
    }

    fn floor(&self) -> Floor {
        Floor {
            containment: self.floor,
            passage: self.thresholds.passage,
            short: self.short,
            short_containment: self.short_contained,
            short_run: self.short_run,
        }
    }
}

fn at_least(name: &'static str, value: usize, least: usize, most: usize) -> Result<()> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(Error::parameter(name, value, format!("{least} to {most}")))
    }
}

fn share(name: &'static str, value: f64) -> Result<()> {
    if value > 0.0 && value <= 1.0 { Ok(()) } else { Err(Error::parameter(name, value, "above 0 and at most 1")) }
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Search {
    /// The documents as they were compared.
    pub units: Units,
    /// Documents of one text.
    pub bodies: Bodies,
    /// Verified pairs of bodies, ascending.
    pub edges: Vec<Edge>,
    /// Those of them that hold documents of one whole text, ascending.
    pub links: Vec<(u32, u32)>,
    /// Words of a run for which a pair was kept, however little else it shares.
    pub passage: Option<u32>,
    /// What became of candidates.
    pub tally: Tally,
    /// Different fingerprints that were common.
    pub n_common_fingerprints: usize,
    /// Bodies of which more than half of the fingerprints are common.
    pub n_saturated: usize,
}

impl Search {
    /// Searches documents outside the byte ranges left out.
    ///
    /// # Errors
    /// A configuration that is not allowed, or cancelled by the caller.
    pub fn run(
        documents: &Documents,
        left_out: &Spans,
        config: &SearchConfig,
        admission: &Admission,
        workers: &Workers,
    ) -> Result<Self> {
        config.check()?;
        let units = Units::read(documents, left_out, workers)?;
        Self::of_units(units, documents, left_out, config, admission, workers)
    }

    /// Searches documents of which the first ones have been read before, outside the ranges of `known_left_out`; those of
    /// which other ranges are left out now are read again.
    ///
    /// # Errors
    /// As [`Search::run`].
    pub fn update(
        known: &Units,
        known_left_out: &Spans,
        documents: &Documents,
        left_out: &Spans,
        config: &SearchConfig,
        admission: &Admission,
        workers: &Workers,
    ) -> Result<Self> {
        config.check()?;
        let is_known =
            |document: usize| document < known.n_docs() && known_left_out.of(document) == left_out.of(document);
        let unread: Vec<u32> = (0..documents.len() as u32).filter(|&document| !is_known(document as usize)).collect();
        let ranges = unread.iter().map(|&document| left_out.of(document as usize).to_vec()).collect();
        let read = Units::read(&documents.take(&unread)?, &ranges, workers)?;
        let units = Units::merge(known, &read, documents.len(), is_known);
        Self::of_units(units, documents, left_out, config, admission, workers)
    }

    fn of_units(
        units: Units,
        documents: &Documents,
        left_out: &Spans,
        config: &SearchConfig,
        admission: &Admission,
        workers: &Workers,
    ) -> Result<Self> {
        let bodies = Bodies::group(documents, left_out, &units, workers.signal())?;
        let postings = Postings::index(&units, &bodies, config.sampling(), workers)?;
        let admits = |a, b| admission.admits_bodies(&bodies, a, b);
        let (edges, tally) = edges(&units, &bodies, &postings, config.floor(), admits, workers)?;
        let mut links = links(&units, &bodies);
        links.retain(|&(a, b)| admits(a, b));
        let edges = with_links(&units, &bodies, edges, &links, config.thresholds.passage);
        let n_saturated = (0..bodies.len()).filter(|&body| postings.is_saturated(body)).count();
        let n_common_fingerprints = postings.n_common_fingerprints;
        let passage = config.thresholds.passage;
        Ok(Self { units, bodies, edges, links, passage, tally, n_common_fingerprints, n_saturated })
    }

    /// Pairs of documents and their clusters, for these thresholds.
    ///
    /// # Errors
    /// Thresholds that are not allowed, or below those by which pairs were kept.
    pub fn relate(&self, config: &SearchConfig, admission: &Admission) -> Result<(Pairs, Clusters)> {
        config.check()?;
        let passage = config.thresholds.passage;
        if let Some(passage) = passage.filter(|&passage| self.passage.is_none_or(|searched| passage < searched)) {
            let allowed = self.passage.map_or("None, since passages were not searched for".to_owned(), |searched| {
                format!("at least the passage of the search, {searched}")
            });
            return Err(Error::parameter("passage", passage, allowed));
        }
        let edges = if passage == self.passage {
            Cow::Borrowed(&self.edges)
        } else {
            Cow::Owned(recounted(&self.units, &self.bodies, &self.edges, &config.thresholds))
        };
        let pairs = Pairs::list(&self.bodies, &edges, &self.links, &config.thresholds, admission);
        let clusters = Clusters::of(&self.units, &self.bodies, &edges, &pairs.listed, config.joining);
        Ok((pairs, clusters))
    }
}
