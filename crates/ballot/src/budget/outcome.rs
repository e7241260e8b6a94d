//! The result of a count, with everything an explanation needs. Projects are positions in the election's list.

use serde::Serialize;

use super::options::Options;
use crate::number::{Decimal, Exact};

/// Which part of the count did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Projects that cost nothing and have a supporter: chosen before anything else.
    Free,
    /// The rule itself.
    Rule,
    /// The greedy fill after it ([`Completion::Greedy`](super::Completion::Greedy) and `Add1Utilitarian`).
    Fill,
}

/// What some supporters paid for a project each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// What each of them paid, rounded down to the places of the election's money, at least two.
    pub amount: Decimal,
    pub voters: u64,
    /// Whether that is all they had left: they paid less than the price and are out of money now.
    pub last: bool,
}

/// A project that won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Win {
    pub project: usize,
    pub cost: Decimal,
    pub phase: Phase,
    /// Which [`Round`] chose it, as a position in [`Outcome::rounds`] when rounds were asked for.
    pub round: usize,
    /// Ballots that support it (with utilities by points: those that give it any).
    pub supporters: u64,
    /// What the rule counts for it before anything is bought: votes, or points.
    pub score: Decimal,
    /// Equal Shares and Phragmén: the most that a supporter paid (by points: for each point; Phragmén: what each had
    /// earned at that moment). `None` for greedy choices.
    pub price: Option<Exact>,
    /// Equal Shares: cost / price: the number of supporters that could have shared the cost at that price.
    pub effective_votes: Option<Exact>,
    /// Supporters who paid the full price, and those who paid what they had left (Equal Shares).
    pub full_payers: u64,
    pub partial_payers: u64,
    /// What the supporters paid, the highest amount first; the amounts together give the cost, but for rounding. Empty
    /// for greedy choices and without [`Detail::Rounds`](super::Detail::Rounds).
    pub payments: Vec<Payment>,
}

/// Why a project did not win.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum LossReason {
    /// No ballot supports it, and the rule spends only money of supporters.
    NoSupport,
    /// It has fewer votes or points than the threshold asks for.
    BelowThreshold,
    /// It costs more than the whole budget.
    OverBudget,
    /// Equal Shares: its supporters had less money left than it costs, from this round on.
    SupportersShort { round: usize },
    /// It did not fit into the money that was left (greedy, knapsack, fill).
    DoesNotFit,
    /// It did not fit into its envelope, or that has its full number of projects.
    Envelope,
    /// The full number of projects was reached.
    MaxProjects,
    /// A winner excludes it.
    Incompatible { winner: usize },
    /// It needs a project that did not win.
    Needs { project: usize },
    /// The count stopped before it came to be chosen (stop at the first unaffordable; Phragmén).
    Stopped,
}

/// A project that did not win.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    pub project: usize,
    pub cost: Decimal,
    pub supporters: u64,
    pub score: Decimal,
    pub reason: LossReason,
    /// Equal Shares: what its supporters had left together at the end, exactly. `None` for other rules.
    pub supporters_left: Option<Exact>,
}

/// Where a project stands in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub project: usize,
    /// Equal Shares: cost / price with what supporters have left, rounded down to thousandths. Greedy: the score (votes or
    /// points; by cost: for each unit of money, in millionths). Phragmén: the money each supporter must have earned, rounded up to
    /// millionths: the smallest wins.
    pub value: Decimal,
    /// Equal Shares: the price, rounded up to the places of [`Payment::amount`]; otherwise `None`.
    pub price: Option<Decimal>,
}

/// Why a project dropped out in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FallReason {
    /// Its supporters together have less money left than it costs.
    SupportersShort,
    /// It does not fit into the budget that is left.
    DoesNotFit,
    Envelope,
    MaxProjects,
    Incompatible,
}

/// A project that dropped out at the beginning of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fall {
    pub project: usize,
    pub reason: FallReason,
    /// Equal Shares: what its supporters have left together, rounded down to the places of the money, at least two.
    pub supporters_have: Option<Decimal>,
}

/// Which step decided between tied projects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieStep {
    LowestCost,
    MostVotes,
    Lot,
    Name,
}

/// Projects that stood exactly equal, and what decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// The tied projects in the order into which they were put; the first was chosen.
    pub projects: Vec<usize>,
    /// What set the first apart from the second.
    pub step: TieStep,
}

/// One round: what stood where, what was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
    pub phase: Phase,
    /// Projects that dropped out before the choice.
    pub fallen: Vec<Fall>,
    /// Projects that could be chosen, the best first.
    pub standings: Vec<Standing>,
    /// `None` in the last round, when nothing could be chosen any more.
    pub chosen: Option<usize>,
    pub tie: Option<Tie>,
    /// What is left of the budget after the round; below zero never.
    pub left: Decimal,
}

/// Why the count ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// No project is left that could be chosen.
    NothingLeft,
    /// No further project fits into the budget (Add1: the run is exhaustive).
    Exhausted,
    /// Add1: the next run would have spent more than the budget; this is the run before it.
    NextOverspends,
    /// Greedy that stops at the first unaffordable project; Phragmén: the next project to be bought would overspend.
    FirstUnaffordable {
        project: usize,
    },
    MaxProjects,
}

/// A wish of the constraints that the outcome does not meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Unmet {
    MinProjects { wanted: u32, chosen: u32 },
}

/// The result of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub options: Options,
    /// Ballots that were counted (knapsack: those within the budget), empty ones among them.
    pub voters: u64,
    pub budget: Decimal,
    pub spent: Decimal,
    /// In the order in which they were chosen.
    pub winners: Vec<Win>,
    /// In the order of the file.
    pub losers: Vec<Loss>,
    /// Empty with [`Detail::Winners`](super::Detail::Winners).
    pub rounds: Vec<Round>,
    /// All ties that were broken in the run that counts, with the round in which.
    pub ties: Vec<(usize, Tie)>,
    /// Equal Shares: money for each voter at the start and in the run that counts.
    pub endowment_start: Option<Exact>,
    pub endowment: Option<Exact>,
    /// Equal Shares: how many runs the outcome stands for, the first and the one that overspent included; and how many of them were
    /// proven to give the same projects as the one before and were not counted again.
    pub runs: u64,
    pub runs_skipped: u64,
    pub stop: Stop,
    pub unmet: Vec<Unmet>,
}

impl Outcome {
    /// The winning projects in order.
    #[must_use]
    pub fn chosen(&self) -> Vec<usize> {
        self.winners.iter().map(|win| win.project).collect()
    }
}
