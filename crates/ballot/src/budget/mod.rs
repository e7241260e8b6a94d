//! Participatory budgeting: which projects are paid for, by which rule, and why.
//!
//! [`tally`] takes an [`Election`](crate::pb::Election) and [`Options`] and gives an [`Outcome`]: winners in order with
//! what each supporter paid, round by round what stood where, ties and how they were broken. [`votes_short`] says how
//! many more votes a project would have needed. No float decides anything.
//!
//! Results are those of pabutools 1.2.3 with the same options, but for two choices: a project that no counted ballot
//! supports never wins here (pabutools takes it when it fits, in greedy counts and in Phragmén's rule), and a project that
//! costs nothing and has a supporter always does.

mod greedy;
mod limits;
mod options;
mod outcome;
mod phragmen;
mod profile;
mod shares;
mod tally;
#[cfg(test)]
mod tests;

pub use options::{
    Completion, Constraints, Detail, Envelope, Options, OrdinalScale, Rule, Start, Ties, Unaffordable, Utility,
};
pub use outcome::{
    Fall, FallReason, Loss, LossReason, Outcome, Payment, Phase, Round, Standing, Stop, Tie, TieStep, Unmet, Win,
};
pub use tally::{tally, votes_short};
