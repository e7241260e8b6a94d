//! MinHash and its bands (Broder 1997; Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3).

use super::set::{features, mix};

/// How many bands a text has.
pub const BANDS: usize = 16;
/// Minima in a band. Two texts of similarity s share a band with probability 1 − (1 − s⁴)¹⁶: 1% at 0.16, half at 0.45, 99%
/// at 0.7.
const ROWS: usize = 4;

/// The bands of a text: [`BANDS`] numbers, all different from one another, or none when the text has no word.
#[must_use]
pub fn bands(title: &str, body: &str) -> Vec<i64> {
    let features = features(title, body);
    if features.is_empty() {
        return Vec::new();
    }
    let mut minima = [u64::MAX; BANDS * ROWS];
    // Permutations as odd multiples and sums, drawn once for all from SplitMix64.
    let mut seed = 0x6d61_6461_6e67_u64;
    for minimum in &mut minima {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let factor = mix(seed) | 1;
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let offset = mix(seed);
        for feature in &features {
            let value = feature.wrapping_mul(factor).wrapping_add(offset);
            // The lower bits of a product are the worse half.
            *minimum = (*minimum).min(value ^ (value >> 32));
        }
    }
    let band = |(number, rows): (usize, &[u64])| {
        let start = mix(u64::try_from(number).unwrap_or(0).wrapping_add(1));
        rows.iter().fold(start, |hash, row| mix(hash ^ row)).cast_signed()
    };
    minima.chunks(ROWS).enumerate().map(band).collect()
}
