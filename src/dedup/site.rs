//! What a site prints on many of its pages, learned from the corpus.
//!
//! For every site the pages are counted that hold a paragraph, digits aside. It is the site's own if it stands on so many
//! pages that a paragraph on [`SHARE`] of them would reach that number with a probability of at most [`RISK`] (exact
//! binomial tail), and on at least [`LEAST`]. One on a fourth of all pages is [`Spread::Wide`]: furniture wherever it stands. Small sites abstain by themselves: no number of their pages is enough. A
//! paragraph of 40 words and more that several sites print is syndicated text and never furniture.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::corpus::documents::Documents;
use crate::dedup::blocks::{Template, TemplateReader, templates};
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Share of a site's pages that its own paragraphs surely exceed.
pub const SHARE: f64 = 0.03;
/// Probability that a paragraph on that share of pages is taken for the site's own.
pub const RISK: f64 = 1e-6;
/// Pages that must hold a paragraph, however small the site.
pub const LEAST: u64 = 3;

/// Which site each document is from, by number; [`NO_SITE`] where it is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sites(Vec<u32>);

/// The site is unknown: nothing is learned from the document and nothing is known of it.
pub const NO_SITE: u32 = u32::MAX;

impl Sites {
    /// The sites of so many documents.
    ///
    /// # Errors
    /// Another number of codes than of documents.
    pub fn new(codes: Vec<u32>, n_docs: usize) -> Result<Self> {
        if codes.len() != n_docs {
            return Err(Error::parameter("site", format!("{} codes", codes.len()), format!("{n_docs} codes")));
        }
        Ok(Self(codes))
    }
}

/// On how many pages of its site a paragraph stands that is the site's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// On more than [`SHARE`].
    Some,
    /// On a fourth at least.
    Wide,
}

/// What is known of all sites.
pub(super) struct SiteTable<'a> {
    sites: &'a Sites,
    own: HashMap<(u32, u64), Spread, FixedState>,
}

/// A paragraph on one page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    hash: u64,
    site: u32,
    is_long: bool,
}

const GRAIN: u64 = 1 << 20;
const N_PARTS: usize = 64;

impl<'a> SiteTable<'a> {
    /// Counts the paragraphs of all sites.
    pub(super) fn learn(documents: &Documents, sites: &'a Sites, workers: &Workers) -> Result<Self> {
        let n_pages = n_pages(sites);
        let enough = thresholds(&n_pages);
        let parts = partitioned(documents, sites, workers)?;
        let own = workers.map(parts, |mut rows| {
            rows.sort_unstable();
            Ok(site_owned(&rows, &n_pages, &enough))
        })?;
        Ok(Self { sites, own: own.into_iter().flatten().collect() })
    }

    /// On how many pages of its site a paragraph of a document stands, if it is the site's own.
    pub(super) fn spread(&self, doc: usize, template: &Template) -> Option<Spread> {
        self.own.get(&(self.sites.0[doc], template.hash)).copied()
    }
}

fn n_pages(sites: &Sites) -> HashMap<u32, u64, FixedState> {
    let mut n_pages = HashMap::default();
    for &site in sites.0.iter().filter(|&&site| site != NO_SITE) {
        *n_pages.entry(site).or_insert(0) += 1;
    }
    n_pages
}

/// Pages that must hold a paragraph for each site; sites that abstain are left out.
fn thresholds(n_pages: &HashMap<u32, u64, FixedState>) -> HashMap<u32, u64, FixedState> {
    let mut by_size = HashMap::<u64, Option<u64>, FixedState>::default();
    n_pages
        .iter()
        .filter_map(|(&site, &n)| by_size.entry(n).or_insert_with(|| enough(n)).map(|count| (site, count)))
        .collect()
}

/// The rows of all documents, by the high bits of their hashes.
fn partitioned(documents: &Documents, sites: &Sites, workers: &Workers) -> Result<Vec<Vec<Row>>> {
    let size = |doc: usize| documents.text(doc).len() as u64 + 64;
    workers.signal().begin(documents.n_bytes());
    let mut readers: Vec<TemplateReader> = (0..workers.n_threads()).map(|_| TemplateReader::default()).collect();
    let chunks = workers.map_with(&mut readers, ranges_by_weight(documents.len(), size, GRAIN), |reader, range| {
        let mut parts: Vec<Vec<Row>> = vec![Vec::new(); N_PARTS];
        for doc in range.filter(|&doc| sites.0[doc] != NO_SITE) {
            for template in templates(reader, documents.text(doc)) {
                let row = Row { hash: template.hash, site: sites.0[doc], is_long: template.is_long };
                parts[(template.hash >> 58) as usize].push(row);
            }
            workers.signal().advance(documents.text(doc).len() as u64);
        }
        Ok(parts)
    })?;
    let mut parts = vec![Vec::new(); N_PARTS];
    for chunk in chunks {
        parts.iter_mut().zip(chunk).for_each(|(part, rows): (&mut Vec<Row>, _)| part.extend(rows));
    }
    Ok(parts)
}

/// Paragraphs that are their site's own, from sorted rows.
fn site_owned(
    rows: &[Row],
    n_pages: &HashMap<u32, u64, FixedState>,
    enough: &HashMap<u32, u64, FixedState>,
) -> Vec<((u32, u64), Spread)> {
    let mut own = Vec::new();
    for same in rows.chunk_by(|one, other| one.hash == other.hash) {
        let several = same.first().map(|row| row.site) != same.last().map(|row| row.site);
        if several && same.iter().any(|row| row.is_long) {
            continue;
        }
        for pages in same.chunk_by(|one, other| one.site == other.site) {
            let (site, n) = (pages[0].site, pages.len() as u64);
            if enough.get(&site).is_some_and(|&enough| n >= enough) {
                let wide = n_pages.get(&site).is_some_and(|&all| 4 * n >= all);
                own.push(((site, pages[0].hash), if wide { Spread::Wide } else { Spread::Some }));
            }
        }
    }
    own
}

/// The least number of `n` pages that a paragraph on [`SHARE`] of them reaches with a probability of at most [`RISK`];
/// `None` if not even all are enough.
fn enough(n: u64) -> Option<u64> {
    // Logarithms of the probabilities of exactly k pages, from none upwards.
    let odds = (SHARE / (1.0 - SHARE)).ln();
    let mut logs = vec![n as f64 * (1.0 - SHARE).ln()];
    let expected = SHARE * n as f64;
    for k in 1..=n {
        let log = logs[k as usize - 1] + ((n - k + 1) as f64 / k as f64).ln() + odds;
        logs.push(log);
        if k as f64 > expected && log < RISK.ln() - 40.0 {
            break;
        }
    }
    let mut tail = 0.0;
    let mut least = None;
    for (k, log) in logs.iter().enumerate().rev() {
        tail += log.exp();
        if tail > RISK {
            break;
        }
        least = Some(k as u64);
    }
    least.map(|least| least.max(LEAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_sites_abstain_and_large_ones_ask_for_more_than_the_share() {
        assert_eq!([1, 2, 3].map(enough), [None; 3]);
        // 0.03 to the fourth power is 8.1e-7.
        assert_eq!(enough(4), Some(4));
        let counts = [10, 20, 100, 1000, 100_000].map(|n| enough(n).unwrap());
        assert!(counts.is_sorted(), "{counts:?}");
        assert!(counts[3] > 30 && counts[3] < 70, "{counts:?}");
        assert!(counts[4] > 3000 && counts[4] < 3300, "{counts:?}");
    }
}
