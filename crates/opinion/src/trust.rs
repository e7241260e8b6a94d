//! How far a map can be trusted: how firm its groups are, how good its votes, and warnings when it means nothing.

use serde::Serialize;

use crate::map::Map;
use crate::settings::Settings;
use crate::stability::Stability;
use crate::votes::Conversation;

/// How far a map can be trusted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    pub quality: Quality,
    /// None when there are no groups.
    pub stability: Option<Stability>,
    /// Most serious first. Empty: nothing against the map was found.
    pub warnings: Vec<Warning>,
}

/// What to compute for an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trials {
    /// Where the drawing of halves and the shuffling of votes begin. The same seed gives the same assessment.
    pub seed: u64,
    /// Halves of the people to draw.
    pub rounds: usize,
    /// At most so many people are drawn for a half and for a shuffle; more people make groups no firmer than this tells.
    pub people_at_most: usize,
}

impl Default for Trials {
    fn default() -> Self {
        Self { seed: 1, rounds: 20, people_at_most: 5_000 }
    }
}

/// How good the votes are.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Quality {
    pub people: usize,
    /// People with enough votes to be grouped.
    pub grouped: usize,
    /// Statements on the map (not removed, not meta).
    pub statements: usize,
    /// Statements on the map that fewer than seven people saw.
    pub statements_hardly_seen: usize,
    /// Votes on these statements.
    pub votes: usize,
    /// The middle one of the numbers of votes that people gave.
    pub votes_per_person: u32,
    /// Votes ÷ (people × statements), 0 to 1.
    pub filled: f64,
    /// Passes ÷ votes.
    pub passes: f64,
    /// People with seven or more votes that are all the same (all agree, or all disagree, or all pass).
    pub all_the_same: usize,
    /// The most people that gave exactly the same votes on exactly the same statements (seven or more votes); 0 if none.
    pub identical: usize,
}

/// Why a map may mean nothing. Shares are 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "warning")]
pub enum Warning {
    /// There are no votes.
    NoVotes,
    /// All votes on each statement are equal: there is nothing to map.
    AllVotesEqual,
    /// Fewer people with enough votes than groups can be told from chance with (50).
    TooFewPeople { grouped: usize, needed: usize },
    /// Fewer statements on the map than it takes (7).
    TooFewStatements { statements: usize, needed: usize },
    /// The middle person voted on fewer statements than it takes to be grouped.
    TooFewVotes { votes_per_person: u32, needed: u32 },
    /// The people all stand in one place or the number of different places is below two: there are no groups.
    NoGroups,
    /// The best number of groups has a mean silhouette below 0.25 (Kaufman and Rousseeuw 1990: "no substantial structure").
    Shapeless { silhouette: f64, bound: f64 },
    /// Nearly everybody (95 %) is in one group.
    OneBloc { share: f64 },
    /// The first axis explains hardly more than with votes shuffled among those who voted on the same statement (less than
    /// 1.1 times as much).
    LikeChance { share: f64, by_chance: f64 },
    /// A group could not be found again in random halves of the people ([`crate::GroupStability::found_again`] below 0.6).
    UnstableGroup { group: usize, found_again: f64 },
    /// Many people (5 %) gave seven or more votes that are all the same: programs, or people who did not read.
    AllTheSame { share: f64, people: usize },
    /// Many people (at least ten, and 2 %) gave exactly the same votes on exactly the same statements.
    Identical { share: f64, people: usize },
}

/// How far `map`, made from this conversation with these settings, can be trusted.
#[must_use]
pub fn assess(conversation: &Conversation, map: &Map, settings: &Settings, trials: Trials) -> Assessment {
    let _ = (conversation, map, settings, trials);
    Assessment { quality: Quality::default(), stability: None, warnings: Vec::new() }
}
