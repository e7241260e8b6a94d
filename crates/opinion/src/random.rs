//! Random numbers from a seed, the same on every machine: SplitMix64 (Steele, Lea and Flood 2014). Not for secrets.

/// A sequence of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    pub(crate) fn unit(&mut self) -> f64 {
        unit(self.next())
    }

    /// Below `bound`; 0 if `bound` is 0. The bias is below 2⁻³² for bounds that fit into memory.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.next()) * (bound as u128);
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// Puts the first `count` of a random order in front (Fisher and Yates).
    pub(crate) fn shuffle_front<T>(&mut self, things: &mut [T], count: usize) {
        for at in 0..count.min(things.len()) {
            let other = at + self.below(things.len() - at);
            things.swap(at, other);
        }
    }
}

/// The upper 53 bits as a number from 0 up to, not including, 1.
pub(crate) fn unit(random: u64) -> f64 {
    (random >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

/// Draws an index with the given weights from a random number. `None` if no weight is above 0.
pub(crate) fn draw(weights: &[f64], random: u64) -> Option<usize> {
    let total: f64 = weights.iter().fold(0.0, |total, weight| total + weight.max(0.0));
    let target = unit(random) * total;
    let mut sum = 0.0;
    let mut last = None;
    for (at, &weight) in weights.iter().enumerate() {
        if weight > 0.0 {
            sum += weight;
            last = Some(at);
            if target < sum {
                return last;
            }
        }
    }
    last
}
