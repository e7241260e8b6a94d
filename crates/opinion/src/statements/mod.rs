//! Statements that mark a group, and statements that nearly everybody shares, with the significance tests of Polis.
//!
//! For a group and a statement, with agrees `a`, seen `n`: p = (a+1)/(n+2); one-proportion z = 2√(n+1)·((a+1)/(n+1) − ½);
//! against everybody outside, the pooled two-proportion z with one added to every count; and the ratio r = p inside ÷ p
//! outside. The same for disagreeing. A statement is representative if both z exceed 1.2816; the rank is r·z_r·p·z_p.

mod select;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub(crate) use select::{representative, share, shared};

use crate::votes::{Choice, StatementId};

/// Votes counted. Unit: people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    pub agree: u32,
    pub disagree: u32,
    /// Agree, disagree or pass.
    pub seen: u32,
}

impl Tally {
    /// Those who saw it and took no side.
    #[must_use]
    pub fn pass(self) -> u32 {
        self.seen - self.agree - self.disagree
    }

    /// From counts of disagree, pass, agree.
    pub(crate) fn of([disagree, pass, agree]: [u32; 3]) -> Self {
        Self { agree, disagree, seen: disagree + pass + agree }
    }

    /// Votes of this side.
    pub(crate) fn voted(self, by: Choice) -> u32 {
        match by {
            Choice::Agree => self.agree,
            Choice::Disagree => self.disagree,
            Choice::Pass => self.pass(),
        }
    }

    /// The others' votes, if `self` is everybody's.
    pub(crate) fn without(self, part: Self) -> Self {
        Self { agree: self.agree - part.agree, disagree: self.disagree - part.disagree, seen: self.seen - part.seen }
    }
}

/// A statement that marks a group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Representative {
    pub statement: StatementId,
    /// Whether the group stands out by agreeing or by disagreeing (never [`Choice::Pass`]).
    pub by: Choice,
    /// People of the group who voted so.
    pub voted: u32,
    /// People of the group who saw the statement.
    pub seen: u32,
    /// (voted + 1) ÷ (seen + 2).
    pub p: f64,
    /// z value of p being above one half.
    pub p_z: f64,
    /// p inside the group ÷ p outside of it.
    pub ratio: f64,
    /// z value of the share inside being above the share outside.
    pub ratio_z: f64,
    /// Whether both z values are significant. If a group has no significant statement, its best one is given alone.
    pub significant: bool,
    /// Whether this is the statement that the group agrees with most clearly, which comes first.
    pub best_agree: bool,
}

/// A statement that nearly everybody shares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shared {
    pub statement: StatementId,
    pub voted: u32,
    pub seen: u32,
    /// (voted + 1) ÷ (seen + 2), above one half.
    pub p: f64,
    /// z value of p being above one half, significant.
    pub z: f64,
}

/// Statements that nearly everybody shares, at most five each, the clearest first (p·z).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SharedStatements {
    pub agree: Vec<Shared>,
    pub disagree: Vec<Shared>,
}
