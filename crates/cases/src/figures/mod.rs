//! Open figures of services and agencies: how many cases came, how they were answered, and how long it took.
//!
//! All cases are counted, public or not; what leaves this module are numbers. A case is counted on the day it was filed,
//! with the agency that has it now. What it adds one to — its *facts* — is one pure function of its rows
//! ([`rules::facts`]). The [`Follower`] reads the change feed behind the acts: for each case that had one it computes the
//! facts anew and puts the difference into the sums, so that doing it twice changes nothing. Nobody who acts waits for it.
//!
//! Invariant: the sums are those of the facts in `case_fact`, and these are what [`rules::facts`] gives as of the position
//! in `figure_head`; [`recount`] counts the same from the cases themselves, [`differences`] compares.
//!
//! Start reading at [`Dashboard`], then [`rules`].

mod dashboard;
mod follower;
mod model;
mod recount;
pub mod rules;
pub(crate) mod store;
mod sums;
mod turn;

pub use self::dashboard::dashboard;
pub use self::follower::Follower;
pub use self::model::{Asked, Counts, Dashboard, Line, Month, Rating, Spread, Stage};
pub use self::recount::{differences, position, recount};
pub use self::turn::turn;
