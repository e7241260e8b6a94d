//! The constants of the method, each with its source. Change one only knowingly: another number is another method.

/// The constants of the method. [`Settings::default`] has the published ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// A person is put into a group from this many votes on (or all statements, if there are fewer). Polis: 7.
    pub votes_to_be_grouped: usize,
    /// If fewer people than this have enough votes, those with the most votes fill up. Polis: 15.
    pub people_at_least: usize,
    /// People are first gathered into at most so many base clusters, groups are made of these. Polis: 100.
    pub base_clusters: usize,
    /// Rounds of k-means at most, for base clusters and for groups. Polis: 100.
    pub rounds: usize,
    /// Groups at most; also at most 2 + (base clusters ÷ 12), rounded down. Polis: 5.
    pub groups_at_most: usize,
    /// The number of groups changes after so many maps in a row that ask for the same other number. Polis: 4.
    pub maps_to_change: u32,
    /// Representative statements per group, and shared statements in each direction. Polis: 5.
    pub statements_each: usize,
    /// What a z value must exceed to count: the 90 % point of the normal distribution (one-sided). Polis: 1.2816.
    pub z: f64,
    /// Up to this many statements, how often each pair was seen together is kept as counts (16 bytes a pair): fast and
    /// quick to keep up to date. Beyond it the votes are gone through again and again: slower, but little memory.
    pub statements_in_pairs: usize,
    /// Threads to use, at least 1. The result does not depend on it.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            votes_to_be_grouped: 7,
            people_at_least: 15,
            base_clusters: 100,
            rounds: 100,
            groups_at_most: 5,
            maps_to_change: 4,
            statements_each: 5,
            z: 1.2816,
            statements_in_pairs: 2_048,
            threads: 2,
        }
    }
}
