//! Participatory budgeting: which projects are paid for, by which rule, and why.
//!
//! [`tally`] takes an [`Election`](crate::pb::Election) and [`Options`] and gives an [`Outcome`]: winners in order with
//! what each supporter paid, round by round what stood where, ties and how they were broken. [`votes_short`] says how
//! many more votes a project would have needed. No float decides anything.
//!
//! Results are those of pabutools 1.2.3 with the same options, but for one choice: a project that costs nothing and has
//! a supporter always wins here. A project that nobody supports is no candidate of Equal Shares; greedy counts, what
//! fills up after Equal Shares, and Phragmén's rule take it last, when it fits. [`Constraints::min_votes`] leaves it out.

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
