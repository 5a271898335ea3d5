//! What one pass over the columns of a matrix tells of two groups of its rows: counts, dispersion and rank sums of each term.

use super::dispersion::{self, Column, Columns, Parts};
use super::rank_sum::Ranking;
use crate::error::{Error, Result};
use crate::parallel::{Workers, ranges_by_weight};

/// Cells of one chunk of columns.
const CHUNK: u64 = 1 << 16;
/// What a column costs besides its cells, in cells.
const COLUMN: u64 = 8;

/// The group of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What is looked at.
    Target,
    /// What it is compared with.
    Reference,
    /// Neither of them.
    Neither,
}

impl Group {
    /// 0 is the target, 1 the reference, everything else neither.
    pub fn from_label(label: u8) -> Self {
        match label {
            0 => Self::Target,
            1 => Self::Reference,
            _ => Self::Neither,
        }
    }
}

/// What is computed besides counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// [`dispersion::dp`] of the target.
    pub dp: bool,
    /// [`dispersion::kld_norm`] of both groups.
    pub kld_norm: bool,
    /// The rank sum test of relative frequencies.
    pub ranks: bool,
}

/// Counts and statistics of each term; those not wanted are empty.
#[derive(Clone, Debug, Default)]
pub struct TwoGroups {
    /// Tokens in target and reference.
    pub counts: [Vec<u64>; 2],
    /// Documents with the term in target and reference.
    pub df: [Vec<u64>; 2],
    /// Deviation of proportions in the target.
    pub dp: Vec<f64>,
    /// Normalized Kullback-Leibler divergence in target and reference.
    pub kld_norm: [Vec<f64>; 2],
    /// U of the rank sum test, see [`super::rank_sum::RankSum`].
    pub u: Vec<f64>,
    /// Its z.
    pub z: Vec<f64>,
}

impl TwoGroups {
    fn extend(&mut self, other: &Self) {
        for group in 0..2 {
            self.counts[group].extend(&other.counts[group]);
            self.df[group].extend(&other.df[group]);
            self.kld_norm[group].extend(&other.kld_norm[group]);
        }
        self.dp.extend(&other.dp);
        self.u.extend(&other.u);
        self.z.extend(&other.z);
    }
}

/// The documents: their groups, sizes in tokens, and what follows from these.
#[derive(Clone, Debug)]
pub struct Documents<'a> {
    groups: &'a [Group],
    sizes: &'a [f64],
    parts: [Parts; 2],
    n: [f64; 2],
}

impl<'a> Documents<'a> {
    /// Documents without tokens are in no group when it comes to dispersion and ranks.
    ///
    /// # Errors
    /// Not one size for each document, sizes that are negative or no finite numbers.
    pub fn new(groups: &'a [Group], sizes: &'a [f64]) -> Result<Self> {
        if groups.len() != sizes.len() {
            return Err(Error::parameter("sizes", sizes.len(), format!("one for each of {} documents", groups.len())));
        }
        let of = |wanted: Group| {
            let size = |(&group, &size): (&Group, &f64)| if group == wanted { size } else { 0.0 };
            let sizes: Vec<f64> = groups.iter().zip(sizes).map(size).collect();
            let n = sizes.iter().filter(|&&size| size > 0.0).count();
            Ok((Parts::new(&sizes, None, false)?, n as f64))
        };
        let (target, reference) = (of(Group::Target)?, of(Group::Reference)?);
        Ok(Self { groups, sizes, parts: [target.0, reference.0], n: [target.1, reference.1] })
    }
}

/// Counts and statistics of all columns.
///
/// # Errors
/// A cell in a document that does not exist, [`crate::ErrorKind::Cancelled`].
pub fn of_columns(
    columns: Columns<'_, u32>,
    documents: &Documents<'_>,
    wanted: Wanted,
    workers: &Workers,
) -> Result<TwoGroups> {
    let n_docs = documents.groups.len();
    if let Some(document) = columns.parts.iter().find(|&&document| document as usize >= n_docs) {
        return Err(Error::parameter("documents", document, format!("below the number of documents, {n_docs}")));
    }
    let n = columns.starts.len().saturating_sub(1);
    let weight = |column: usize| columns.starts[column + 1] - columns.starts[column] + COLUMN;
    workers.signal().begin(columns.parts.len() as u64);
    let found = workers.map(ranges_by_weight(n, weight, CHUNK), |range| {
        let mut scratch =
            Scratch { spread: Column::default(), ranking: Ranking::default(), found: TwoGroups::default() };
        for number in range {
            let cells = columns.starts[number] as usize..columns.starts[number + 1] as usize;
            let (places, counts) = (&columns.parts[cells.clone()], &columns.counts[cells.clone()]);
            scratch.add(places, counts, documents, wanted);
            workers.signal().advance(cells.len() as u64);
        }
        Ok(scratch.found)
    })?;
    let mut all = TwoGroups::default();
    found.iter().for_each(|chunk| all.extend(chunk));
    Ok(all)
}

struct Scratch {
    spread: Column,
    ranking: Ranking,
    found: TwoGroups,
}

impl Scratch {
    fn add(&mut self, places: &[u32], counts: &[u32], documents: &Documents<'_>, wanted: Wanted) {
        let (mut sums, mut df) = ([0u64; 3], [0u64; 3]);
        for (&place, &count) in places.iter().zip(counts) {
            let group = documents.groups[place as usize] as usize;
            sums[group] += u64::from(count);
            df[group] += u64::from(count > 0);
        }
        for group in 0..2 {
            self.found.counts[group].push(sums[group]);
            self.found.df[group].push(df[group]);
            if wanted.kld_norm || wanted.dp && group == 0 {
                self.spread.fill(&documents.parts[group], places, counts);
            }
            if wanted.kld_norm {
                self.found.kld_norm[group].push(dispersion::kld_norm(&self.spread));
            }
            if wanted.dp && group == 0 {
                self.found.dp.push(dispersion::dp(&self.spread));
            }
        }
        if wanted.ranks {
            self.ranking.clear();
            for (&place, &count) in places.iter().zip(counts) {
                let group = documents.groups[place as usize];
                if group != Group::Neither {
                    let value = f64::from(count) / documents.sizes[place as usize];
                    self.ranking.push(value, group == Group::Target);
                }
            }
            let found = self.ranking.rank(documents.n[0], documents.n[1]);
            self.found.u.push(found.u);
            self.found.z.push(found.z);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_neither_group_do_not_count() {
        use Group::{Neither, Reference, Target};
        // Three documents with a term, of which one is in no group, and a fourth without.
        let columns = Columns { starts: &[0, 3, 3], parts: &[0, 1, 2], counts: &[2u32, 5, 1] };
        let sizes = [4.0, 5.0, 4.0, 4.0];
        let documents = Documents::new(&[Target, Neither, Reference, Target], &sizes).unwrap();
        let wanted = Wanted { dp: true, kld_norm: true, ranks: true };
        let found = of_columns(columns, &documents, wanted, &Workers::serial()).unwrap();
        assert_eq!(found.counts, [vec![2, 0], vec![1, 0]]);
        assert_eq!(found.df, [vec![1, 0], vec![1, 0]]);
        assert_eq!((found.dp[0], found.kld_norm[0][0], found.u[0]), (0.5, 0.5, 1.0));
        assert!(found.dp[1].is_nan() && found.z[1].is_nan());
        assert!(Documents::new(&[Target], &sizes).is_err());
        let documents = Documents::new(&[Target, Target], &sizes[..2]).unwrap();
        assert!(of_columns(columns, &documents, Wanted::default(), &Workers::serial()).is_err());
    }
}
