//! Margins of the pair model and of the unit model, over all terms and positions.
//!
//! How many tokens a position has within its reach is known without looking at them: everywhere but near the ends of units and
//! near gaps it is the reach itself. So the passes add up what is *missing*, per code, and subtract it from the frequency
//! times the reach; a corpus without gaps costs only the ends of its units.

use std::ops::Range;

use super::layout::Layout;
use super::ranking::Ranking;
use crate::error::Result;
use crate::parallel::{Workers, ranges_by_weight};

/// Positions in a chunk of units.
const CHUNK_POSITIONS: u64 = 1 << 18;

/// Sums per code that are the margins of rows and of columns, and over all codes.
pub(super) struct PairSums<V> {
    /// Pairs each code is the node of.
    pub(super) nodes: Vec<V>,
    /// Pairs each code is the collocate of.
    pub(super) collocates: Vec<V>,
    /// Pairs in all, as nodes see them.
    pub(super) incidences: V,
    /// Pairs of positions within the wider reach, each once.
    pub(super) n_pairs: V,
}

/// What one thread adds up: tokens missing within the reach of each code's positions.
#[derive(Default)]
struct Missing {
    nodes: Vec<u64>,
    collocates: Vec<u64>,
    pairs: u64,
    tokens_before: Vec<u32>,
}

/// Margins of frequencies: `reach` before and after the node, within units.
pub(super) fn pair_sums(
    layout: &Layout,
    ranking: &Ranking,
    reach: (usize, usize),
    workers: &Workers,
) -> Result<PairSums<u64>> {
    let longest = layout.longest_unit();
    let reach = (reach.0.min(longest), reach.1.min(longest));
    let chunks = unit_chunks(layout);
    let mut states: Vec<Missing> =
        (0..workers.n_threads().min(chunks.len().max(1))).map(|_| Missing::default()).collect();
    workers.map_with(&mut states, chunks, |missing, units| {
        missing.nodes.resize(ranking.n_codes, 0);
        missing.collocates.resize(ranking.n_codes, 0);
        for unit in units {
            workers.signal().check()?;
            missing.add(&layout.codes[layout.unit(unit)], reach, ranking);
        }
        Ok(())
    })?;
    let width = (reach.0 + reach.1) as u64;
    let (wider, n_tokens) = (reach.0.max(reach.1) as u64, ranking.n_tokens);
    let frequencies = code_frequencies(ranking);
    let less = |missing: fn(&Missing) -> &Vec<u64>| -> Vec<u64> {
        let mut sums: Vec<u64> = frequencies.iter().map(|frequency| frequency * width).collect();
        for state in &states {
            sums.iter_mut().zip(missing(state)).for_each(|(sum, missing)| *sum -= missing);
        }
        sums
    };
    let n_missing: u64 = states.iter().map(|state| state.nodes.iter().sum::<u64>()).sum();
    let pairs_missing: u64 = states.iter().map(|state| state.pairs).sum();
    Ok(PairSums {
        nodes: less(|state| &state.nodes),
        collocates: less(|state| &state.collocates),
        incidences: n_tokens * width - n_missing,
        n_pairs: n_tokens * wider - pairs_missing,
    })
}

impl Missing {
    /// Adds what is missing around the tokens of one unit.
    fn add(&mut self, codes: &[u32], reach: (usize, usize), ranking: &Ranking) {
        let wider = reach.0.max(reach.1);
        let n = codes.len();
        if ranking.has_gaps {
            let mut tokens_before = std::mem::take(&mut self.tokens_before);
            tokens_before.clear();
            tokens_before.push(0);
            let mut n_before = 0;
            tokens_before.extend(codes.iter().map(|&code| {
                n_before += u32::from(code != ranking.gap());
                n_before
            }));
            let within = |range: Range<usize>| (tokens_before[range.end] - tokens_before[range.start]) as usize;
            let around = |p: usize, k: usize| (within(p.saturating_sub(k)..p), within(p + 1..n.min(p + 1 + k)));
            self.add_positions(codes, 0..n, reach, ranking.gap(), around);
            self.tokens_before = tokens_before;
        } else {
            let around = |p: usize, k: usize| (p.min(k), (n - 1 - p).min(k));
            let head_end = wider.min(n);
            self.add_positions(codes, 0..head_end, reach, ranking.gap(), around);
            self.add_positions(codes, head_end.max(n.saturating_sub(wider))..n, reach, ranking.gap(), around);
        }
    }

    /// Adds what is missing around some positions of a unit, given the number of tokens (before, after) within a reach.
    fn add_positions(
        &mut self,
        codes: &[u32],
        positions: Range<usize>,
        (before, after): (usize, usize),
        gap: u32,
        around: impl Fn(usize, usize) -> (usize, usize),
    ) {
        for position in positions.filter(|&position| codes[position] != gap) {
            let code = codes[position] as usize;
            let ((left, left_far), (right_near, right)) = (around(position, before), around(position, after));
            self.nodes[code] += (before + after - left - right) as u64;
            // A token is the collocate of nodes up to `after` before it and up to `before` after it.
            self.collocates[code] += (before + after - right_near - left_far) as u64;
            self.pairs += (before.max(after) - left_far.max(right)) as u64;
        }
    }
}

/// Margins of weighted counts: `weights[d - 1]` at distance `d`, `reach` before and after the node, within units.
///
/// Missing tokens are counted per distance, eight distances at a time, and weighted in the order of the distances.
pub(super) fn weighted_pair_sums(
    layout: &Layout,
    ranking: &Ranking,
    (before, after): (usize, usize),
    weights: &[f64],
    workers: &Workers,
) -> Result<PairSums<f64>> {
    const BLOCK: usize = 8;
    let frequencies = code_frequencies(ranking);
    let zeros = || vec![0.0; ranking.n_codes];
    let mut sums = PairSums { nodes: zeros(), collocates: zeros(), incidences: 0.0, n_pairs: 0.0 };
    for first in (1..=weights.len()).step_by(BLOCK) {
        let distances = first..(first + BLOCK).min(weights.len() + 1);
        let (missing_before, missing_after) = missing_per_distance(layout, ranking, distances.clone(), workers)?;
        for distance in distances.clone() {
            let place = |code: usize| code * distances.len() + distance - first;
            let weight = weights[distance - 1];
            let (left, right) = (f64::from(distance <= before), f64::from(distance <= after));
            for (code, &frequency) in frequencies.iter().enumerate() {
                let with_before = weight * (frequency - u64::from(missing_before[place(code)])) as f64;
                let with_after = weight * (frequency - u64::from(missing_after[place(code)])) as f64;
                sums.nodes[code] += left * with_before + right * with_after;
                sums.collocates[code] += right * with_before + left * with_after;
            }
            let n_missing: u64 = (0..ranking.n_codes).map(|code| u64::from(missing_after[place(code)])).sum();
            let pairs = weight * (ranking.n_tokens - n_missing) as f64;
            sums.incidences += (left + right) * pairs;
            sums.n_pairs += pairs;
        }
    }
    Ok(sums)
}

/// For each code and each of some distances, the positions with no token at that distance before, and after.
fn missing_per_distance(
    layout: &Layout,
    ranking: &Ranking,
    distances: Range<usize>,
    workers: &Workers,
) -> Result<(Vec<u32>, Vec<u32>)> {
    let (size, gap) = (ranking.n_codes * distances.len(), ranking.gap());
    let chunks = unit_chunks(layout);
    let mut states = vec![(Vec::new(), Vec::new()); workers.n_threads().min(chunks.len().max(1))];
    workers.map_with(&mut states, chunks, |(before, after): &mut (Vec<u32>, Vec<u32>), units| {
        before.resize(size, 0);
        after.resize(size, 0);
        for unit in units {
            workers.signal().check()?;
            let codes = &layout.codes[layout.unit(unit)];
            for (k, distance) in distances.clone().enumerate() {
                let place = |code: u32| code as usize * distances.len() + k;
                let edge = distance.min(codes.len());
                let (head, tail) = (&codes[..edge], &codes[codes.len() - edge..]);
                head.iter().filter(|&&code| code != gap).for_each(|&code| before[place(code)] += 1);
                tail.iter().filter(|&&code| code != gap).for_each(|&code| after[place(code)] += 1);
                if ranking.has_gaps {
                    for (&left, &right) in codes.iter().zip(&codes[edge..]) {
                        if right == gap && left != gap {
                            after[place(left)] += 1;
                        }
                        if left == gap && right != gap {
                            before[place(right)] += 1;
                        }
                    }
                }
            }
        }
        Ok(())
    })?;
    let mut total = (vec![0; size], vec![0; size]);
    for (before, after) in &states {
        total.0.iter_mut().zip(before).for_each(|(sum, count)| *sum += count);
        total.1.iter_mut().zip(after).for_each(|(sum, count)| *sum += count);
    }
    Ok(total)
}

/// Number of units in which each code occurs.
pub(super) fn unit_frequencies(layout: &Layout, n_codes: usize, workers: &Workers) -> Result<Vec<u64>> {
    let chunks = unit_chunks(layout);
    let mut states = vec![(Vec::new(), Vec::new()); workers.n_threads().min(chunks.len().max(1))];
    workers.map_with(&mut states, chunks, |(last, counts): &mut (Vec<u32>, Vec<u64>), units| {
        last.resize(n_codes, 0);
        counts.resize(n_codes, 0);
        for unit in units {
            workers.signal().check()?;
            for &code in &layout.codes[layout.unit(unit)] {
                let code = code as usize;
                counts[code] += u64::from(last[code] != unit as u32 + 1);
                last[code] = unit as u32 + 1;
            }
        }
        Ok(())
    })?;
    let mut total = vec![0; n_codes];
    for (_, counts) in &states {
        total.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    Ok(total)
}

/// Chunks of units of about equal length.
fn unit_chunks(layout: &Layout) -> Vec<Range<usize>> {
    ranges_by_weight(layout.n_units(), |unit| layout.unit(unit).len() as u64, CHUNK_POSITIONS)
}

/// Frequency of each code; of dropped terms together.
fn code_frequencies(ranking: &Ranking) -> Vec<u64> {
    let mut frequencies = vec![0; ranking.n_codes];
    for (&code, &frequency) in ranking.code_of.iter().zip(&ranking.frequencies) {
        frequencies[code as usize] += frequency;
    }
    frequencies
}
