//! How firm the groups are: the map is made again from random halves of the people, and each group is looked for in it.

use serde::Serialize;

/// How firm the groups are. From halves of the people drawn at random (the seed is given), each mapped afresh.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Stability {
    /// Halves that were drawn.
    pub rounds: usize,
    /// Halves with the same number of groups as the map, when each half chooses its own.
    pub same_number: usize,
    /// Mean adjusted Rand index between the groups of the map and those of a half (with as many groups), over the
    /// people of the half: 1 is the same groups, 0 what chance gives.
    pub agreement: f64,
    /// Each group, in the order of the map.
    pub groups: Vec<GroupStability>,
}

/// How firm a group is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupStability {
    /// Mean over the halves of the Jaccard index with the most similar group there (people in both ÷ people in either),
    /// 0 to 1. Hennig, "Cluster-wise assessment of cluster stability" (2007).
    pub found_again: f64,
    /// Halves where it was not found at all (Jaccard at most 0.5).
    pub lost: usize,
    pub firmness: Firmness,
}

/// What the figure means, by the bounds of Hennig (2008): from 0.85 firm, from 0.75 fair, from 0.6 a pattern whose members
/// are doubtful, below that none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Firmness {
    Firm,
    Fair,
    Doubtful,
    None,
}
