//! Random numbers by counter: one stream for each replicate, whoever draws it and when.

/// The increment of SplitMix64, 2^64 divided by the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers: SplitMix64, whose n-th number is a hash of its key plus n steps.
///
/// Steele, Lea & Flood (2014), doi:10.1145/2660193.2660195. The streams of different replicates start at hashed places of one
/// cycle of 2^64 numbers, so that streams of millions of numbers do not meet.
#[derive(Clone, Debug)]
pub struct Stream {
    state: u64,
}

impl Stream {
    /// The stream of one replicate under a seed.
    pub fn new(seed: u64, replicate: u64) -> Self {
        Self { state: mix(mix(seed.wrapping_add(STEP)) ^ mix(replicate.wrapping_add(STEP).wrapping_mul(STEP))) }
    }

    /// The next number, each of 2^64 equally likely.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// An integer from 0 to `n` - 1; n / 2^64 is the largest difference of two probabilities.
    pub fn below(&mut self, n: u32) -> u32 {
        ((u128::from(self.draw()) * u128::from(n)) >> 64) as u32
    }

    /// A number of events with mean 1, by inversion.
    pub fn poisson(&mut self) -> u8 {
        let u = (self.draw() >> 11) as f64 * (1.0 / (1u64 << 53) as f64);
        let mut probability = (-1.0f64).exp();
        let mut below = probability;
        let mut count = 0u8;
        // Beyond 20 events lies less than one draw in 2^53.
        while u >= below && count < 20 {
            count += 1;
            probability /= f64::from(count);
            below += probability;
        }
        count
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_splitmix64_from_its_place() {
        // The published generator from state 1234567.
        let mut stream = Stream { state: 1_234_567 };
        let drawn: Vec<u64> = (0..3).map(|_| stream.draw()).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn draws_are_even_and_events_have_mean_and_variance_one() {
        let mut stream = Stream::new(0, 1);
        let mut seen = [0u32; 5];
        (0..50_000).for_each(|_| seen[stream.below(5) as usize] += 1);
        assert!(seen.iter().all(|&count| (9_600..10_400).contains(&count)), "{seen:?}");
        let events: Vec<f64> = (0..50_000).map(|_| f64::from(stream.poisson())).collect();
        let mean = events.iter().sum::<f64>() / 50_000.0;
        let variance = events.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 50_000.0;
        assert!((mean - 1.0).abs() < 0.02 && (variance - 1.0).abs() < 0.03, "{mean} {variance}");
    }
}
