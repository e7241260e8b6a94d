//! What to count and how: the rule, what a supporter gets from a project, what to do with money left, ties, constraints.

use serde::Serialize;

use crate::number::Decimal;
use crate::pb::{Election, VoteType};

/// A voting rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Most votes (or points) first, as long as the money lasts.
    GreedyVotes,
    /// Most satisfaction for the money first: (supporters × utility) / cost. With cost utilities that is most votes
    /// first, with cardinality utilities most votes per unit of money first.
    GreedyCost,
    /// The Method of Equal Shares (Peters, Pierczyński, Skowron, *Proportional Participatory Budgeting with Additive
    /// Utilities*, NeurIPS 2021).
    EqualShares,
    /// Phragmén's sequential rule (Los, Christoff, Grossi, *Proportional Budget Allocations*, IJCAI 2022).
    Phragmen,
    /// Knapsack voting (Goel, Krishnaswamy, Sakshuwong, Aitamurto, 2019): a ballot is a whole plan within the budget; each
    /// unit of money of a project counts the ballots that hold it, so it is most votes first. A ballot whose projects
    /// together cost more than the budget (or `max_sum_cost`) is not counted.
    Knapsack,
}

/// What a supporter gets out of a project that is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Utility {
    /// As much as it costs: money spent in my sense.
    Cost,
    /// One: each project counts the same.
    Cardinality,
    /// The points that the ballot gave (cumulative and scoring ballots; for ordinal ones by [`OrdinalScale`]); one for
    /// ballots without points.
    Score,
}

/// Points for the places of an ordinal ballot, for [`Utility::Score`] and for greedy counts by points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrdinalScale {
    /// Number of projects on the ballot minus the place: with three named 2, 1, 0. The last one gets nothing (this is
    /// `Additive_Borda_Sat` of pabutools).
    #[default]
    Borda,
    /// Points of the first, second, … place; what comes after gets nothing. Many Polish cities: 3, 2, 1.
    Points(Vec<Decimal>),
}

/// What happens with money that Equal Shares leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// It is left.
    None,
    /// Everybody gets one step ([`Options::step`], one unit of money unless said otherwise) more and the rule is run
    /// again, until nothing more fits into the budget or the next run would spend more than there is.
    Add1,
    /// Add1, then greedy over what is left, by satisfaction per cost (as the rule's utility says).
    Add1Utilitarian,
    /// Greedy over what is left, by satisfaction per cost.
    Greedy,
}

/// Where Add1 begins (and what Equal Shares alone works with).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// Budget by voters, exactly.
    Exact,
    /// That, rounded down to whole units of money ("integral endowments").
    Floor,
}

/// How a tie is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// Lowest cost, then most votes, then the lot: one order of all projects, by SHA-256 of [`Options::seed`], a zero byte
    /// and the project's id, drawn once for the whole count.
    CostVotesLot,
    /// By id, byte by byte (the default of pabutools).
    Name,
}

/// What greedy rules do at a project that no longer fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unaffordable {
    /// Pass over it and go on.
    Skip,
    /// Stop there.
    Stop,
}

/// How much the outcome tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// Winners, cost, ties, endowment: no rounds, no distribution of payments. For speed.
    Winners,
    /// All of it.
    Rounds,
}

/// A part of the budget for a part of the projects: a district, a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Envelope {
    pub name: String,
    /// What the projects of the envelope may cost together.
    pub budget: Decimal,
    /// Ids of its projects.
    pub projects: Vec<String>,
    pub max_projects: Option<u32>,
}

/// Rules about the result beyond the budget. Projects are named by id.
///
/// What each does in every rule: a project under the threshold is no candidate. A project that no longer fits its
/// envelope, or whose envelope or election has its full number of projects, or that is incompatible with a winner, drops
/// out at that moment, with its supporters' money untouched; greedy rules that stop at the first unaffordable project
/// stop at a project over the budget or its envelope, and pass over the others. A project that needs another one waits,
/// and is chosen at the earliest after it. A smallest number cannot be forced on a rule: when it is missed, the outcome says so.
/// Add1 takes a run as exhaustive when no candidate could still be added under all of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Constraints {
    pub min_projects: Option<u32>,
    pub max_projects: Option<u32>,
    pub envelopes: Vec<Envelope>,
    /// Of each set at most one project wins.
    pub incompatible: Vec<Vec<String>>,
    /// The first can win only if the second has.
    pub depends: Vec<(String, String)>,
    /// Fewest ballots that must name a project.
    pub min_votes: Option<u64>,
    /// Fewest points that a project must have ([`Utility::Score`]); `min_project_score_threshold` of the format.
    pub min_score: Option<Decimal>,
}

impl Constraints {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Everything that a count needs besides the election.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Options {
    pub rule: Rule,
    pub utility: Utility,
    pub scale: OrdinalScale,
    pub completion: Completion,
    pub start: Start,
    /// What Add1 adds for each voter and run, above zero.
    pub step: Decimal,
    pub ties: Ties,
    /// What the lot is drawn from; published before the count.
    pub seed: String,
    pub unaffordable: Unaffordable,
    pub constraints: Constraints,
    pub detail: Detail,
}

impl Options {
    /// A rule with the usual settings for this kind of ballots: cost utilities for approvals, points where there are
    /// points or ranks, no completion, steps of one unit, skipping what does not fit.
    #[must_use]
    pub fn new(rule: Rule, election: &Election) -> Self {
        let utility = match election.vote_type {
            VoteType::Approval | VoteType::ChooseOne => Utility::Cost,
            VoteType::Cumulative | VoteType::Scoring | VoteType::Ordinal => Utility::Score,
        };
        Self {
            rule,
            utility,
            scale: OrdinalScale::default(),
            completion: Completion::None,
            start: Start::Exact,
            step: Decimal::whole(1),
            ties: Ties::CostVotesLot,
            seed: String::new(),
            unaffordable: Unaffordable::Skip,
            constraints: Constraints::default(),
            detail: Detail::Rounds,
        }
    }
}
