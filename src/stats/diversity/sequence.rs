//! Richness along a text: type-token ratios of windows, segments and stretches of the tokens in their order.

/// Below this ratio a factor of MTLD closes.
const THRESHOLD: f64 = 0.72;

/// How often each type stands in a window; all zero between calls.
#[derive(Clone, Debug)]
pub struct Marks(Vec<u32>);

impl Marks {
    /// Marks for so many types.
    pub fn new(n_types: usize) -> Self {
        Self(vec![0; n_types])
    }

    /// Adds a token; whether its type is new.
    fn add(&mut self, id: u32) -> bool {
        let mark = &mut self.0[id as usize];
        *mark += 1;
        *mark == 1
    }

    /// Takes a token away; whether it was the last of its type.
    fn remove(&mut self, id: u32) -> bool {
        let mark = &mut self.0[id as usize];
        *mark -= 1;
        *mark == 0
    }

    fn clear(&mut self, ids: impl IntoIterator<Item = u32>) {
        ids.into_iter().for_each(|id| self.0[id as usize] = 0);
    }
}

/// Mean type-token ratio of all windows of so many tokens; NaN for a shorter text. Covington & McFall (2010),
/// doi:10.1080/09296171003643098.
pub fn mattr(ids: &[u32], window: usize, marks: &mut Marks) -> f64 {
    if window == 0 || ids.len() < window {
        return f64::NAN;
    }
    let mut n_types = ids[..window].iter().filter(|&&id| marks.add(id)).count();
    let mut sum = n_types as u64;
    for (&gone, &come) in ids.iter().zip(&ids[window..]) {
        n_types -= usize::from(marks.remove(gone));
        n_types += usize::from(marks.add(come));
        sum += n_types as u64;
    }
    marks.clear(ids[ids.len() - window..].iter().copied());
    sum as f64 / (ids.len() - window + 1) as f64 / window as f64
}

/// Mean type-token ratio of consecutive segments of so many tokens, an incomplete rest left out; NaN for a shorter text.
/// Johnson (1944).
pub fn msttr(ids: &[u32], segment: usize, marks: &mut Marks) -> f64 {
    if segment == 0 || ids.len() < segment {
        return f64::NAN;
    }
    let segments = ids.chunks_exact(segment);
    let n = segments.len();
    let mut sum = 0;
    for ids in segments {
        sum += ids.iter().filter(|&&id| marks.add(id)).count() as u64;
        marks.clear(ids.iter().copied());
    }
    sum as f64 / n as f64 / segment as f64
}

/// Mean over the forward and the backward run of N over the number of factors, at least 1; no factor gives NaN.
///
/// A factor is a stretch whose type-token ratio falls below 0.72 (or to it, if `at_threshold`) with its last token; the rest
/// counts as (1 - ratio) / (1 - 0.72) of one. McCarthy & Jarvis (2010), doi:10.3758/BRM.42.2.381.
pub fn mtld(ids: &[u32], at_threshold: bool, marks: &mut Marks) -> f64 {
    let forward = n_factors(ids.iter().copied(), at_threshold, marks);
    let backward = n_factors(ids.iter().rev().copied(), at_threshold, marks);
    if forward > 0.0 && backward > 0.0 {
        0.5 * (ids.len() as f64 / forward + ids.len() as f64 / backward)
    } else {
        f64::NAN
    }
}

fn n_factors(ids: impl Iterator<Item = u32> + Clone, at_threshold: bool, marks: &mut Marks) -> f64 {
    let (mut factors, mut types, mut tokens) = (0.0, 0, 0);
    let mut start = ids.clone();
    for id in ids {
        tokens += 1;
        types += usize::from(marks.add(id));
        if closes(types, tokens, at_threshold) {
            marks.clear(start.by_ref().take(tokens));
            factors += 1.0;
            (types, tokens) = (0, 0);
        }
    }
    marks.clear(start);
    if tokens > 0 { factors + (1.0 - types as f64 / tokens as f64) / (1.0 - THRESHOLD) } else { factors }
}

/// Mean length of the factors that start at each token, forwards and backwards, the text taken as a ring.
///
/// A start from which the ratio of [`mtld`] stays above the threshold for the whole text is left out; if all are, the value
/// is NaN. Moving-average MTLD with wrapping: McCarthy & Jarvis (2010) propose the moving form; the ring spares the rests.
pub fn mtld_ma(ids: &[u32], at_threshold: bool, marks: &mut Marks) -> f64 {
    let (mut sum, mut n) = (0u64, 0u64);
    for start in 0..ids.len() {
        let (before, behind) = ids.split_at(start);
        let (back, first) = ids.split_at(start + 1);
        let forward = factor(behind.iter().chain(before).copied(), at_threshold, marks);
        let backward = factor(back.iter().rev().chain(first.iter().rev()).copied(), at_threshold, marks);
        for length in [forward, backward].into_iter().flatten() {
            sum += length as u64;
            n += 1;
        }
    }
    if n > 0 { sum as f64 / n as f64 } else { f64::NAN }
}

/// Number of tokens of the first factor.
fn factor(ids: impl Iterator<Item = u32> + Clone, at_threshold: bool, marks: &mut Marks) -> Option<usize> {
    let (mut types, mut tokens) = (0, 0);
    let mut closed = false;
    for id in ids.clone() {
        tokens += 1;
        types += usize::from(marks.add(id));
        closed = closes(types, tokens, at_threshold);
        if closed {
            break;
        }
    }
    marks.clear(ids.take(tokens));
    closed.then_some(tokens)
}

fn closes(types: usize, tokens: usize, at_threshold: bool) -> bool {
    let ratio = types as f64 / tokens as f64;
    ratio < THRESHOLD || (at_threshold && ratio == THRESHOLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_and_segments_leave_no_marks_behind() {
        let (ids, mut marks) = ([0, 0, 1, 0, 0, 1, 0], Marks::new(2));
        for (window, expected) in [(2, 0.8333333333333334), (3, 0.6666666666666666), (4, 0.5)] {
            assert!((mattr(&ids, window, &mut marks) - expected).abs() < 1e-15);
        }
        assert!(mattr(&ids, 8, &mut marks).is_nan() && msttr(&ids, 8, &mut marks).is_nan());
        msttr(&ids, 3, &mut marks);
        mtld(&ids, false, &mut marks);
        mtld_ma(&ids, false, &mut marks);
        assert_eq!(marks.0, [0, 0]);
    }

    #[test]
    fn a_factor_may_close_at_the_threshold() {
        // 18 types in 25 tokens.
        let ids: Vec<u32> = (0..18).chain(0..7).collect();
        let mut marks = Marks::new(18);
        assert!((mtld(&ids, true, &mut marks) - 25.0).abs() < 1e-12);
        assert!((mtld(&ids, false, &mut marks) - 25.0).abs() < 1e-12);
        assert!((mtld_ma(&[0, 0, 0, 1], false, &mut marks) - 2.5).abs() < 1e-12);
        assert!(mtld_ma(&[0, 1, 2], false, &mut marks).is_nan());
    }
}
