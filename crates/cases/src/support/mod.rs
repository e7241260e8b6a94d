//! Signatures and supports: one for each person and case, counted by a fold over the change feed.
//!
//! A person stands in a case as a *nullifier*: HMAC of the person's key under the case's own random key, so that lists
//! of two cases cannot be joined, and once the case's key is destroyed nobody can tell any more who is behind one. Giving
//! and taking back insert into the ledger's inbox and touch no row that others touch; the sequencer folds the counts
//! ([`Fold`]) in the step that gives positions, so a count says "as of position N" and [`verify`] at N finds the same.
//!
//! Regions and age bands stand in the ledger as salted commitments only; pages get them with small cells hidden
//! ([`suppress`]).
//!
//! Start reading at [`give`], then [`view`].

mod act;
pub mod batch;
pub mod burst;
mod claimed;
mod fold;
mod jobs;
mod key;
pub mod live;
mod model;
mod restore;
mod store;
pub mod suppress;
#[cfg(test)]
mod tests;
mod verify;
mod view;

pub(crate) use act::GIVEN;
pub use act::{give, may, mine, nullifier, receipt, withdraw};
pub(crate) use claimed::claimed;
pub use fold::{Fold, THRESHOLD};
pub use jobs::{BURSTS, Jobs, TIDY};
pub use key::{ClaimKeys, Persons, destroy_key, make_key};
pub use model::*;
pub(crate) use verify::some;
pub use verify::verify;
pub use view::view;
