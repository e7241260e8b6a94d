//! The map: from votes to positions, base clusters, groups and statements. Types here; the steps are in
//! `map/steps`.

mod steps;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub(crate) use steps::{build, choose, number_of_groups, places};

use crate::previous::Previous;
use crate::settings::Settings;
use crate::statements::{Representative, SharedStatements, Tally};
use crate::votes::{Conversation, PersonId, Standing, StatementId};

/// An opinion map. Equal votes, settings and previous map give an equal one, to the last bit.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Map {
    /// The two axes. An axis that the votes do not have (fewer than two statements, all votes equal) has variance 0.
    pub axes: [Component; 2],
    /// Everybody who voted, by id.
    pub people: Vec<PersonPlace>,
    /// Every statement, by id; removed and meta statements too, at the origin.
    pub statements: Vec<StatementPlace>,
    /// At most 100 small clusters of people close to each other, in the order of their place (x, then y).
    pub base_clusters: Vec<BaseCluster>,
    /// The groups, the one with the most people first. Empty when there are fewer than two different places.
    pub groups: Vec<Group>,
    /// What was found for each number of groups tried.
    pub tried: Vec<GroupCount>,
    /// Statements that nearly everybody shares, whichever group.
    pub shared: SharedStatements,
    /// For the next map.
    pub next: Previous,
}

/// One axis of the map: a principal component of the votes, unseen statements filled with their mean.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Component {
    /// Variance along the axis (votes squared; divisor: people − 1).
    pub variance: f64,
    /// Its share of the whole variance, 0 to 1.
    pub share: f64,
    /// Whether the search for the axis came to rest. If not, the axis is the best found, the same on every machine.
    pub settled: bool,
}

/// Where a person stands on the map.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PersonPlace {
    pub id: PersonId,
    /// Projection on the axes over seen statements only, times √(statements ÷ seen). Unit: votes.
    pub x: f64,
    pub y: f64,
    /// Votes given, on all statements (also removed ones: that is what counts for being grouped).
    pub votes: u32,
    /// Index into [`Map::base_clusters`]; none with too few votes to be grouped.
    pub base_cluster: Option<usize>,
    /// Index into [`Map::groups`]; none with too few votes to be grouped, or if there are no groups.
    pub group: Option<usize>,
}

/// Where a statement stands on the map, and how people voted on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementPlace {
    pub id: StatementId,
    pub standing: Standing,
    /// Where somebody would stand who agreed with this statement and saw no other.
    pub x: f64,
    pub y: f64,
    /// Distance from the origin: how much the statement divides people.
    pub extremity: f64,
    /// Votes of everybody.
    pub all: Tally,
    /// Votes of each group, in the order of [`Map::groups`].
    pub groups: Vec<Tally>,
    /// Product over the groups of (agree + 1) ÷ (seen + 2): high only if every group agrees (group-aware consensus, 0 to 1).
    pub all_groups_agree: f64,
    /// The same for disagreeing.
    pub all_groups_disagree: f64,
    /// Weight when the next statement to show is drawn; 0 for removed statements. See [`crate::priority`].
    pub priority: f64,
}

/// A small cluster of people who stand close to each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaseCluster {
    /// Mean place of its people.
    pub x: f64,
    pub y: f64,
    /// Its people, by id.
    pub members: Vec<PersonId>,
    /// Index into [`Map::groups`], if there are groups.
    pub group: Option<usize>,
}

/// People who vote alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Mean place of its people.
    pub x: f64,
    pub y: f64,
    /// How many people.
    pub people: usize,
    /// Indices into [`Map::base_clusters`].
    pub base_clusters: Vec<usize>,
    /// What marks the group: at most five statements, the one that it agrees with most clearly first.
    pub representative: Vec<Representative>,
}

/// What came of looking for this many groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GroupCount {
    pub groups: usize,
    /// Mean silhouette over the base clusters, −1 to 1: how much closer to their own group than to the next.
    pub silhouette: f64,
    /// Sum over people of the squared distance from their base cluster to the middle of the group. The lowest of the starts.
    pub inertia: f64,
    /// Whether the map uses this number.
    pub used: bool,
}

/// The map of a conversation.
///
/// `previous` is [`Map::next`] of the map before; without it, the number of groups is the best of this map alone.
/// Any conversation gives a map, also one without votes; whether it means anything, [`crate::assess`] says.
#[must_use]
pub fn map(conversation: &Conversation, settings: &Settings, previous: Option<&Previous>) -> Map {
    steps::build(conversation, settings, previous, None)
}
