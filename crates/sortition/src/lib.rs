//! Drawing committees: quotas that hold exactly, chances as equal as the quotas allow, a draw that everyone can repeat.
//!
//! A [`Task`] is a pool of people, the seats that each value of each feature must get, and a size. [`solve`] gives a
//! [`Solution`]: the chance of each person (leximin: the smallest chance is as large as possible, then the next) and a
//! [`Lottery`] over whole panels that realises those chances. A ticket number picks a panel of the lottery
//! ([`Lottery::panel`]), a panel says how many people of each *type* are in it, and [`assign`] draws the people of each
//! type uniformly. People with the same values are one type and have the same chance.
//!
//! Sources: Flanigan, Gölz, Gupta, Hennig, Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596
//! (2021); Flanigan, Kehne, Procaccia, "Fair sortition made transparent", NeurIPS 2021 (lotteries of equal weights).
//!
//! Nothing here reads files, clocks or randomness. Results do not depend on the order of people, features or quotas, and
//! are the same on every machine. Start reading at [`Task`], then [`solve`].

mod assign;
mod branch;
pub mod ceremony;
pub mod explain;
mod feasible;
#[cfg(any(test, feature = "generate"))]
pub mod generate;
mod lottery;
pub mod publish;
pub mod read;
mod simplex;
mod solve;
mod task;
mod types;

pub use assign::{Replacement, assign, replacement, reserves};
pub use feasible::{Bound, Change, Infeasible, Reason, feasible};
pub use lottery::{Lottery, Panel, Residual};
pub use solve::{Form, Options, Rule, Solution, Unsolved, solve};
pub use task::{Condition, Constraint, Feature, Person, Pool, Quota, Range, Task, Value};
pub use types::{Class, PersonType, Types};

#[cfg(test)]
mod tests;
