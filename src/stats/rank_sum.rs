//! The rank sum test of Mann and Whitney for counts that are mostly zero.
//!
//! Each document has a value, here the relative frequency of a word. Only values above zero are listed; all others are equal and
//! share the lowest ranks, so a word costs time in proportion to the documents that have it. Equal quotients of whole numbers are
//! equal in double precision, so ties are exact.
//!
//! Mann & Whitney (1947), doi:10.1214/aoms/1177730491; for keywords Kilgarriff (2001), doi:10.1075/ijcl.6.1.05kil.

/// Result of the test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankSum {
    /// Pairs of a target and a reference document in which the target has the larger value, ties counting ½: from 0 to n1 n2.
    pub u: f64,
    /// (U - n1 n2 / 2) moved ½ toward 0, over its standard deviation corrected for ties: approximately normal. Positive if the
    /// target has the larger values; NaN if all values are equal or a group is empty.
    pub z: f64,
}

/// The values above zero of two groups, to be ranked.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// Twice the bits of a positive value, whose order is that of the values, and 1 for the target.
    keys: Vec<u64>,
}

impl Ranking {
    /// Forgets all values.
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// Adds the value of a document; those that are not above zero, or infinite, are zeros.
    pub fn push(&mut self, value: f64, is_target: bool) {
        if value > 0.0 && value.is_finite() {
            self.keys.push(value.to_bits() << 1 | u64::from(is_target));
        }
    }

    /// Ranks what was added among `n1` target and `n2` reference documents.
    pub fn rank(&mut self, n1: f64, n2: f64) -> RankSum {
        self.keys.sort_unstable();
        let n = n1 + n2;
        let zeros = n - self.keys.len() as f64;
        let targets = self.keys.iter().filter(|&key| key & 1 == 1).count() as f64;
        let mut sum = (n1 - targets) * (zeros + 1.0) / 2.0;
        let mut ties = cube_less_itself(zeros);
        let mut below = zeros;
        for tied in self.keys.chunk_by(|one, other| one >> 1 == other >> 1) {
            let size = tied.len() as f64;
            // Targets stand behind the others of the same value.
            let targets = (tied.len() - tied.partition_point(|key| key & 1 == 0)) as f64;
            sum += targets * (below + (size + 1.0) / 2.0);
            ties += cube_less_itself(size);
            below += size;
        }
        let u = sum - n1 * (n1 + 1.0) / 2.0;
        let variance = n1 * n2 / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
        let away = u - n1 * n2 / 2.0;
        let z = if variance > 0.0 { ((away.abs() - 0.5).max(0.0) / variance.sqrt()).copysign(away) } else { f64::NAN };
        RankSum { u, z }
    }
}

fn cube_less_itself(size: f64) -> f64 {
    (size - 1.0) * size * (size + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_is_reproduced() {
        let mut ranking = Ranking::default();
        [12.0, 15.0, 18.0, 24.0, 88.0].iter().for_each(|&value| ranking.push(value, true));
        [3.0, 3.0, 13.0, 27.0, 33.0].iter().for_each(|&value| ranking.push(value, false));
        assert_eq!(ranking.rank(5.0, 5.0).u, 16.0);
    }

    #[test]
    fn zeros_share_the_lowest_ranks() {
        // Target 0 0 2 5, reference 0 2 1: pairs won 0 + 0 + 2.5 + 3, and half of the two ties of zeros.
        let mut ranking = Ranking::default();
        [2.0, 5.0, 0.0].iter().for_each(|&value| ranking.push(value, true));
        [2.0, 1.0].iter().for_each(|&value| ranking.push(value, false));
        let found = ranking.rank(4.0, 3.0);
        assert_eq!(found.u, 6.5);
        let variance: f64 = 12.0 / 12.0 * (8.0 - (24.0 + 6.0) / 42.0);
        assert!((found.z - 0.0).abs() < 1e-12 && variance > 0.0);
        ranking.clear();
        assert!(ranking.rank(4.0, 3.0).z.is_nan());
    }
}
