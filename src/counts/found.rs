//! Columns for the terms that a corpus is found to hold.
//!
//! Types and n-grams are tallied, bounds are turned into limits on the tallies, and what lies within them is numbered by
//! first appearance, ordered, and given its column; rows are counted last. Terms outside the limits cost a tally each.

use std::ops::Range;

use crate::corpus::tokens::{GAP, Tokens};
use crate::counts::columns::Columns;
use crate::counts::documents::{Documents, place};
use crate::counts::grain::Grain;
use crate::counts::ngram::{self, Grams};
use crate::counts::numbering::Numbering;
use crate::counts::order::{Candidate, Spelling, arrange};
use crate::counts::rows;
use crate::counts::tally::{self, Tally};
use crate::counts::term_document::{Config, TermDocument};
use crate::counts::trim::{Distribution, Limits, Trim, most_frequent, ranked};
use crate::error::{Error, Result};
use crate::parallel::Workers;

/// The document-term matrix of whatever terms the corpus holds.
pub(crate) fn count(
    tokens: &Tokens,
    config: &Config,
    docs: &[Range<usize>],
    grain: &Grain,
    workers: &Workers,
) -> Result<TermDocument> {
    let (least, greatest) = config.ngram_range;
    workers.signal().begin((u64::from(greatest) + 1) * tokens.n_positions() as u64);
    let types = if least == 1 { Some(tally::types(tokens, docs, workers)?) } else { None };
    let mut grams = ngram::all(tokens, config.within, config.ngram_range, grain, workers)?;
    let limits = limits(types.as_deref(), &grams, &config.trim, tokens.n_docs())?;
    let terms = number(tokens.n_positions(), types.as_deref(), &mut grams, &limits, workers)?;
    let chosen = choose(tokens, &terms.candidates, config, grain, workers)?;
    let columns = spell_out(tokens, &terms.candidates, &chosen, config);
    let column_of = columns_of(&chosen, terms.candidates.len());
    let column_of = column_of.as_deref();

    let type_columns = types.as_ref().zip(terms.types.as_ref()).map(|(types, level)| {
        let column = |tally: &Tally| level.column(tally.first, column_of);
        types.iter().map(column).collect::<Vec<u32>>()
    });
    for (grams, level) in grams.iter_mut().zip(&terms.grams) {
        place(tokens, &mut grams.firsts, |first| level.column(first, column_of), docs, workers)?;
    }
    drop(terms);
    let streams: Vec<Vec<u32>> = grams.into_iter().map(|grams| grams.firsts).collect();
    let source = Documents { tokens, types: type_columns.as_deref(), grams: &streams, n_columns: chosen.len() };
    Ok(TermDocument { matrix: rows::build(&source, docs, workers)?, columns })
}

/// Terms within the limits by first appearance, types first, then shorter n-grams before longer ones.
struct Terms {
    candidates: Vec<Candidate>,
    types: Option<Level>,
    grams: Vec<Level>,
}

/// The terms of one length: number `k` is candidate `base + k`.
struct Level {
    numbering: Numbering,
    base: usize,
}

impl Level {
    fn column(&self, first: u32, column_of: Option<&[u32]>) -> u32 {
        let Some(number) = self.numbering.get(first) else { return GAP };
        let candidate = self.base + number as usize;
        column_of.map_or(candidate as u32, |columns| columns[candidate])
    }
}

/// Column of each candidate, [`GAP`] for none; nothing if they are the same, which saves a cache miss for each position.
fn columns_of(chosen: &[u32], n_candidates: usize) -> Option<Vec<u32>> {
    if chosen.len() == n_candidates && chosen.is_sorted() {
        return None;
    }
    let mut column_of = vec![GAP; n_candidates];
    chosen.iter().enumerate().for_each(|(column, &candidate)| column_of[candidate as usize] = column as u32);
    Some(column_of)
}

/// What all terms together say about bounds.
fn limits(types: Option<&[Tally]>, grams: &[Grams], trim: &Trim, n_docs: usize) -> Result<Limits> {
    let types = types.unwrap_or_default().iter().filter(|tally| tally.cf > 0);
    let all = || types.clone().chain(grams.iter().flat_map(|grams| &grams.tallies));
    trim.limits(&Distribution {
        total: all().map(|tally| u64::from(tally.cf)).sum(),
        n_docs: n_docs as u64,
        cf: &|| all().map(|tally| tally.cf.into()).collect(),
        df: &|| all().map(|tally| tally.df.into()).collect(),
    })
}

/// Numbers the terms within the limits; the tallies of n-grams are used up.
fn number(
    n_positions: usize,
    types: Option<&[Tally]>,
    grams: &mut [Grams],
    limits: &Limits,
    workers: &Workers,
) -> Result<Terms> {
    let mut candidates = Vec::new();
    let mut level = |n: u32, tallies: &[Tally]| {
        workers.signal().check()?;
        let kept = || tallies.iter().filter(|t| t.cf > 0 && limits.keep(t.cf.into(), t.df.into()));
        let numbering = Numbering::new(n_positions, kept().map(|tally| tally.first));
        let base = candidates.len();
        check_terms(base + numbering.len())?;
        numbering.list(n, kept(), &mut candidates);
        Ok(Level { numbering, base })
    };
    let types = types.map(|types| level(1, types)).transpose()?;
    let grams =
        grams.iter_mut().map(|grams| level(grams.n, &std::mem::take(&mut grams.tallies))).collect::<Result<_>>()?;
    Ok(Terms { candidates, types, grams })
}

fn check_terms(n_terms: usize) -> Result<()> {
    let limit = u64::from(u32::MAX) - 1;
    if n_terms as u64 > limit { Err(Error::too_large("number of terms", n_terms as u64, limit)) } else { Ok(()) }
}

/// Candidates that become columns, in the order of the columns.
fn choose(
    tokens: &Tokens,
    candidates: &[Candidate],
    config: &Config,
    grain: &Grain,
    workers: &Workers,
) -> Result<Vec<u32>> {
    let cf = |i: u32| u64::from(candidates[i as usize].cf);
    let mut chosen: Vec<u32> = (0..candidates.len() as u32).collect();
    if let Some(k) = config.trim.max_terms {
        // Those at the border stay until their order decides; ordering the rest would be in vain.
        let border = ranked(chosen.iter().map(|&i| cf(i)).collect(), k).unwrap_or(0);
        chosen.retain(|&i| cf(i) >= border);
    }
    let spelling = Spelling { tokens, concatenator: &config.concatenator };
    let chosen = arrange(candidates, chosen, config.order, &spelling, grain.serial_sort, workers)?;
    Ok(match config.trim.max_terms {
        Some(k) => most_frequent(chosen, cf, k),
        None => chosen,
    })
}

fn spell_out(tokens: &Tokens, candidates: &[Candidate], chosen: &[u32], config: &Config) -> Columns {
    let terms = || chosen.iter().map(|&i| &candidates[i as usize]);
    let mut starts = Vec::with_capacity(chosen.len() + 1);
    starts.push(0);
    let mut end = 0;
    starts.extend(terms().map(|term| {
        end += u64::from(term.n);
        end
    }));
    let mut term_ids = Vec::with_capacity(end as usize);
    terms().for_each(|term| term_ids.extend_from_slice(&tokens.term_ids[term.first as usize..][..term.n as usize]));
    Columns::found(tokens.vocabulary.clone(), config.concatenator.clone(), starts, term_ids)
}
