//! How alike two groupings are.

/// Adjusted Rand index of two groupings of the same things, −1 to 1: 1 if they are the same, 0 on average by chance
/// (Hubert and Arabie 1985). Things are compared position by position; two empty groupings are the same.
#[must_use]
pub fn adjusted_rand(one: &[usize], other: &[usize]) -> f64 {
    use std::collections::BTreeMap;
    let pairs = |counts: &BTreeMap<_, u64>| counts.values().map(|&n| n * n.saturating_sub(1) / 2).sum::<u64>();
    let counts = |labels: &[usize]| {
        labels.iter().fold(BTreeMap::new(), |mut counts: BTreeMap<(usize, usize), u64>, &label| {
            *counts.entry((label, 0)).or_default() += 1;
            counts
        })
    };
    let mut both: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for (&a, &b) in one.iter().zip(other) {
        *both.entry((a, b)).or_default() += 1;
    }
    let all = one.len().min(other.len()) as u64;
    let total = (all * all.saturating_sub(1) / 2) as f64;
    let (together, first, second) = (pairs(&both) as f64, pairs(&counts(one)) as f64, pairs(&counts(other)) as f64);
    if total == 0.0 {
        return 1.0;
    }
    let expected = first * second / total;
    let most = (first + second) / 2.0;
    if most == expected { 1.0 } else { (together - expected) / (most - expected) }
}
