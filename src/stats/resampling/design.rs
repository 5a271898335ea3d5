//! How units are drawn: the weights of all units in a replicate.

use std::str::FromStr;

use super::stream::Stream;
use crate::error::{Error, Result};

/// Replicates whose weights lie side by side.
pub const LANES: usize = 64;

/// How a replicate weights the units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// As many units as the stratum has, drawn with replacement: Multinomial(U; 1/U each).
    Multinomial,
    /// Independent Poisson weights of mean 1; the number of units is not fixed.
    Poisson,
    /// 1 for members of a group and 0 for others, exchanged among the units of a stratum; the label of each unit. The first
    /// replicate has all units, for the sums of both groups.
    Labels(Vec<u8>),
    /// 1 for all units but one: as many replicates as units, each without the unit of its number (the jackknife).
    LeaveOneOut,
    /// Given weights: replicate by replicate, a weight for each unit.
    Given(Vec<u8>),
}

impl FromStr for Scheme {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "multinomial" => Ok(Self::Multinomial),
            "poisson" => Ok(Self::Poisson),
            "jackknife" => Ok(Self::LeaveOneOut),
            _ => Err(Error::parameter("method", name, "one of multinomial, poisson, jackknife")),
        }
    }
}

/// Units, their strata, and how many replicates of them are drawn.
#[derive(Clone, Debug)]
pub struct Design {
    n_units: usize,
    n_replicates: usize,
    seed: u64,
    scheme: Scheme,
    /// Units of each stratum.
    strata: Vec<Vec<u32>>,
}

/// The weights of all units in up to [`LANES`] replicates: `weights[unit * LANES + lane]`.
#[derive(Clone, Debug)]
pub struct Block {
    /// Number of the first column; column 0 is the sample itself, columns 1 and up are the replicates.
    pub first: usize,
    /// Weights, 0 beyond the last replicate.
    pub weights: Vec<u8>,
}

impl Design {
    /// A design from the stratum of each unit.
    ///
    /// # Errors
    /// Given weights or labels that are not one for each unit, more than 2^32 units.
    pub fn new(stratum_of: &[u32], n_replicates: usize, seed: u64, scheme: Scheme) -> Result<Self> {
        let n_units = stratum_of.len();
        if n_units as u64 >= u64::from(u32::MAX) {
            return Err(Error::too_large("number of units", n_units as u64, u32::MAX.into()));
        }
        let n_replicates = if scheme == Scheme::LeaveOneOut { n_units } else { n_replicates };
        let (name, held, wanted) = match &scheme {
            Scheme::Labels(labels) => ("labels", labels.len(), n_units),
            Scheme::Given(weights) => ("weights", weights.len(), n_units * n_replicates),
            _ => ("", 0, 0),
        };
        if held != wanted {
            return Err(Error::parameter(name, format!("{held} values"), format!("one for each unit, {wanted}")));
        }
        let n_strata = stratum_of.iter().max().map_or(0, |&last| last as usize + 1);
        let mut strata = vec![Vec::new(); n_strata];
        stratum_of.iter().enumerate().for_each(|(unit, &stratum)| strata[stratum as usize].push(unit as u32));
        Ok(Self { n_units, n_replicates, seed, scheme, strata })
    }

    /// The same units without replicates.
    pub fn of_sample(&self) -> Self {
        Self { n_replicates: 0, scheme: Scheme::Multinomial, ..self.clone() }
    }

    /// Whether each replicate lacks one unit.
    pub fn leaves_one_out(&self) -> bool {
        self.scheme == Scheme::LeaveOneOut
    }

    /// Units of each stratum.
    pub fn strata(&self) -> &[Vec<u32>] {
        &self.strata
    }

    /// Number of units.
    pub fn n_units(&self) -> usize {
        self.n_units
    }

    /// Number of columns: the sample itself and the replicates.
    pub fn n_columns(&self) -> usize {
        self.n_replicates + 1
    }

    /// Number of blocks of columns.
    pub fn n_blocks(&self) -> usize {
        self.n_columns().div_ceil(LANES)
    }

    /// The weights of one block.
    pub fn block(&self, number: usize) -> Block {
        let first = number * LANES;
        let mut weights = vec![0u8; self.n_units * LANES];
        for lane in 0..LANES.min(self.n_columns().saturating_sub(first)) {
            match first + lane {
                0 => self.set_sample(&mut weights),
                column => self.draw(column - 1, lane, &mut weights),
            }
        }
        Block { first, weights }
    }

    fn set_sample(&self, weights: &mut [u8]) {
        for (unit, lanes) in weights.chunks_exact_mut(LANES).enumerate() {
            lanes[0] = if let Scheme::Labels(labels) = &self.scheme { labels[unit] } else { 1 };
        }
    }

    fn draw(&self, replicate: usize, lane: usize, weights: &mut [u8]) {
        let mut stream = Stream::new(self.seed, replicate as u64);
        // The weight of each unit in this lane.
        let (units, _) = weights.as_chunks_mut::<LANES>();
        match &self.scheme {
            Scheme::Multinomial => {
                for stratum in &self.strata {
                    for _ in stratum {
                        let drawn = stratum[stream.below(stratum.len() as u32) as usize];
                        let weight = &mut units[drawn as usize][lane];
                        // A unit is drawn 256 times in less than one of 10^500 replicates.
                        *weight = weight.saturating_add(1);
                    }
                }
            }
            Scheme::LeaveOneOut => {
                units.iter_mut().enumerate().for_each(|(number, unit)| unit[lane] = u8::from(number != replicate));
            }
            Scheme::Poisson => units.iter_mut().for_each(|unit| unit[lane] = stream.poisson()),
            Scheme::Given(given) => {
                let given = &given[replicate * self.n_units..][..self.n_units];
                units.iter_mut().zip(given).for_each(|(unit, &weight)| unit[lane] = weight);
            }
            Scheme::Labels(labels) => {
                if replicate == 0 {
                    units.iter_mut().for_each(|unit| unit[lane] = 1);
                    return;
                }
                for stratum in &self.strata {
                    let mut exchanged: Vec<u8> = stratum.iter().map(|&unit| labels[unit as usize]).collect();
                    for last in (1..exchanged.len()).rev() {
                        exchanged.swap(last, stream.below(last as u32 + 1) as usize);
                    }
                    stratum.iter().zip(exchanged).for_each(|(&unit, label)| units[unit as usize][lane] = label);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(design: &Design, column: usize) -> Vec<u8> {
        let block = design.block(column / LANES);
        block.weights.chunks_exact(LANES).map(|lanes| lanes[column % LANES]).collect()
    }

    #[test]
    fn strata_keep_their_sizes_and_labels_their_number() {
        let strata = [0, 1, 0, 1, 1, 2];
        let design = Design::new(&strata, 130, 7, Scheme::Multinomial).unwrap();
        assert_eq!((design.n_blocks(), column(&design, 0)), (3, vec![1; 6]));
        for replicate in 1..=130 {
            let weights = column(&design, replicate);
            assert_eq!(weights[0] + weights[2], 2);
            assert_eq!(weights[1] + weights[3] + weights[4], 3);
            assert_eq!(weights[5], 1);
        }
        let labels = vec![1, 1, 0, 0, 1, 0];
        let design = Design::new(&strata, 70, 7, Scheme::Labels(labels.clone())).unwrap();
        assert_eq!([0, 1].map(|number| column(&design, number)), [labels, vec![1; 6]]);
        for replicate in 2..=70 {
            let labels = column(&design, replicate);
            assert_eq!((labels[0] + labels[2], labels[1] + labels[3] + labels[4], labels[5]), (1, 2, 0));
        }
        assert_eq!(
            design.block(1).weights.chunks_exact(LANES).map(|lanes| lanes[7..].iter().sum::<u8>()).max(),
            Some(0)
        );
    }

    #[test]
    fn each_unit_is_left_out_once() {
        let design = Design::new(&[0; 70], 0, 0, Scheme::LeaveOneOut).unwrap();
        assert_eq!((design.n_columns(), column(&design, 0)), (71, vec![1; 70]));
        let without: Vec<u8> = (0..70).map(|unit| u8::from(unit != 66)).collect();
        assert_eq!(column(&design, 67), without);
        assert_eq!(design.of_sample().n_columns(), 1);
    }

    #[test]
    fn given_weights_are_taken_as_they_are() {
        let design = Design::new(&[0, 0], 2, 0, Scheme::Given(vec![2, 0, 1, 1])).unwrap();
        assert_eq!([1, 2].map(|replicate| column(&design, replicate)), [vec![2, 0], vec![1, 1]]);
        assert!(Design::new(&[0, 0], 2, 0, Scheme::Given(vec![2])).is_err());
    }
}
