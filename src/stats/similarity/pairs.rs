//! Which pairs are looked at, and which of them are wanted.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};

/// Stands for a row that is in no group, and therefore in no pair.
pub const NO_GROUP: u32 = u32::MAX;

/// Stands for a row without a date, which is in no pair.
const NO_DATE: i64 = i64::MIN;

/// Dates of the rows, and how far apart those of a pair may be.
#[derive(Clone, Copy, Debug)]
pub struct Times<'a> {
    /// Of the first matrix; the smallest integer where there is none.
    pub first: &'a [i64],
    /// Of the second.
    pub second: &'a [i64],
    /// Largest difference.
    pub span: i64,
}

/// Groups of the rows, and whether both of a pair are of one.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    /// Of the first matrix.
    pub first: &'a [u32],
    /// Of the second.
    pub second: &'a [u32],
    /// Whether pairs are within groups, and not across.
    pub within: bool,
}

/// Pairs that are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed<'a> {
    /// Those near in time.
    pub times: Option<Times<'a>>,
    /// Those of one group or of two.
    pub groups: Option<Groups<'a>>,
    /// Rows with themselves, where there is one matrix.
    pub diagonal: bool,
}

/// Pairs that are returned.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The best of each row of the first matrix.
    pub top: Option<usize>,
    /// Those at least as similar, or at most as distant.
    pub bound: Option<f64>,
    /// Number of pairs beyond which there is no result.
    pub limit: u64,
}

/// Pairs and their values: by first row; then best first if the best were wanted, else by second row.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Row in the first matrix.
    pub rows: Vec<u32>,
    /// Row in the second.
    pub columns: Vec<u32>,
    /// Similarity or distance.
    pub values: Vec<f64>,
}

/// One pair.
pub(super) type Pair = (u32, u32, f64);

impl Found {
    pub(super) fn new(mut pairs: Vec<Pair>, wanted: &Wanted, sorted: bool) -> Self {
        match (sorted, wanted.top) {
            (true, _) => {}
            (false, Some(_)) => pairs.sort_by_key(|pair| pair.0),
            (false, None) => pairs.sort_unstable_by_key(|pair| (pair.0, pair.1)),
        }
        let rows = pairs.iter().map(|pair| pair.0).collect();
        let columns = pairs.iter().map(|pair| pair.1).collect();
        Self { rows, columns, values: pairs.into_iter().map(|pair| pair.2).collect() }
    }
}

/// The order in which rows are looked at, and for each row of the first matrix a range of the second.
pub(super) struct Plan<'a> {
    /// Rows of the first matrix, by date.
    pub(super) first: Vec<u32>,
    /// Rows of the second, by date: a *slot* each.
    pub(super) second: Vec<u32>,
    /// Slots near each row of `first`; neither end ever falls.
    pub(super) ranges: Vec<Range<usize>>,
    groups: Option<Groups<'a>>,
    /// Whether both matrices are one.
    pub(super) own: bool,
    diagonal: bool,
    count: AtomicU64,
    limit: u64,
}

impl<'a> Plan<'a> {
    /// A plan for matrices of these numbers of rows; `second` is `None` where there is one matrix alone. With `once`
    /// each pair of it is looked at from one side.
    ///
    /// # Errors
    /// Dates or groups of other lengths; more pairs than wanted where all are returned.
    pub(super) fn new(
        n_first: usize,
        n_second: Option<usize>,
        allowed: &Allowed<'a>,
        wanted: &Wanted,
        once: bool,
    ) -> Result<Self> {
        let own = n_second.is_none();
        let n_second = n_second.unwrap_or(n_first);
        if let Some(rows) = [n_first, n_second].iter().find(|&&rows| rows as u64 >= u64::from(u32::MAX)) {
            return Err(Error::too_large("number of rows", *rows as u64, u32::MAX.into()));
        }
        let fits = |first: usize, second: usize| first == n_first && second == n_second;
        if allowed.times.is_some_and(|times| !fits(times.first.len(), times.second.len())) {
            return Err(Error::parameter("date", "other dates", "a date for each row"));
        }
        if allowed.groups.is_some_and(|groups| !fits(groups.first.len(), groups.second.len())) {
            return Err(Error::parameter("group", "other groups", "a group for each row"));
        }
        let by_date = |dates: Option<&[i64]>, n: usize| {
            let mut rows: Vec<u32> = (0..n as u32).collect();
            if let Some(dates) = dates {
                rows.retain(|&row| dates[row as usize] != NO_DATE);
                rows.sort_by_key(|&row| dates[row as usize]);
            }
            rows
        };
        let first = by_date(allowed.times.map(|times| times.first), n_first);
        let second = by_date(allowed.times.map(|times| times.second), n_second);
        let range = |place: usize| {
            let near = match allowed.times {
                None => 0..second.len(),
                Some(times) => {
                    let date = times.first[first[place] as usize];
                    let (early, late) = (date.saturating_sub(times.span), date.saturating_add(times.span));
                    let start = second.partition_point(|&row| times.second[row as usize] < early);
                    start..second.partition_point(|&row| times.second[row as usize] <= late)
                }
            };
            let own_start = if own && once { place + usize::from(!allowed.diagonal) } else { 0 };
            near.start.max(own_start).min(near.end)..near.end
        };
        let ranges: Vec<Range<usize>> = (0..first.len()).map(range).collect();
        if wanted.top.is_none() && wanted.bound.is_none() && allowed.groups.is_none() {
            check_size(ranges.iter().map(|range| range.len() as u64).sum(), wanted.limit)?;
        }
        let (groups, diagonal, limit) = (allowed.groups, allowed.diagonal, wanted.limit);
        Ok(Self { first, second, ranges, groups, own, diagonal, count: AtomicU64::new(0), limit })
    }

    /// Whether a pair within its range is looked at.
    pub(super) fn allows(&self, first: u32, second: u32) -> bool {
        let apart = !self.own || self.diagonal || first != second;
        apart
            && self.groups.is_none_or(|groups| {
                let (one, other) = (groups.first[first as usize], groups.second[second as usize]);
                one != NO_GROUP && other != NO_GROUP && (one == other) == groups.within
            })
    }

    /// A pair as it is returned: of one matrix the smaller row first if each pair stands once.
    pub(super) fn pair(&self, first: u32, second: u32, value: f64, once: bool) -> Pair {
        if self.own && once && second < first { (second, first, value) } else { (first, second, value) }
    }

    /// Whether rows are looked at in their own order.
    pub(super) fn in_order(&self) -> bool {
        self.first.is_sorted() && self.second.is_sorted()
    }

    /// Counts pairs that are returned.
    ///
    /// # Errors
    /// More than the limit.
    pub(super) fn count(&self, pairs: usize) -> Result<()> {
        check_size(self.count.fetch_add(pairs as u64, Ordering::Relaxed) + pairs as u64, self.limit)
    }
}

fn check_size(pairs: u64, limit: u64) -> Result<()> {
    if pairs <= limit { Ok(()) } else { Err(Error::too_large("number of pairs", pairs, limit)) }
}
